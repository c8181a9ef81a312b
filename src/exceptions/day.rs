//! Days of the calendar, for exceptions that end.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day in UTC, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

const SECONDS: u64 = 24 * 60 * 60;

/// From 0000-03-01 to 1970-01-01.
const SHIFT: i64 = 719_468;

impl Day {
    /// The day of a moment; before 1970 the first that is counted.
    #[must_use]
    pub fn of(moment: SystemTime) -> Self {
        let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self(i64::try_from(seconds / SECONDS).unwrap_or(i64::MAX))
    }

    /// `2027-01-31`, exactly so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range| {
            let part: &str = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten()
        };
        let day = Self::from_civil(number(0..4)?, number(5..7)?, number(8..10)?)?;
        // What is no day of that month comes out as another.
        (day.to_string() == text).then_some(day)
    }

    /// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
    fn from_civil(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - SHIFT))
    }

    /// How many days later another is; negative where it is earlier.
    #[must_use]
    pub fn until(self, other: Self) -> i64 {
        other.0 - self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.saturating_add(SHIFT);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let (day, month) = (of_year - (153 * shifted + 2) / 5 + 1, (shifted + 2) % 12 + 1);
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Day;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn days_are_read_and_printed_alike() {
        for text in ["1970-01-01", "2000-02-29", "2026-11-22", "2027-01-31", "9999-12-31", "1969-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        let mut day = Day::parse("1999-12-31").unwrap();
        for _ in 0..800 {
            day = Day(day.0 + 1);
            assert_eq!(Day::parse(&day.to_string()), Some(day));
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2027-02-29",
            "2027-1-31",
            "2027-13-01",
            "2027-00-10",
            "27-01-31",
            "2027/01/31",
            "2027-01-3x",
            "+027-01-31",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn moments_have_days() {
        let at = |seconds| Day::of(UNIX_EPOCH + Duration::from_secs(seconds)).to_string();
        assert_eq!(
            (at(0), at(86_399), at(86_400)),
            ("1970-01-01".into(), "1970-01-01".into(), "1970-01-02".into())
        );
        let from = Day::parse("2026-11-22").unwrap();
        assert_eq!(from.until(Day::parse("2027-01-31").unwrap()), 70);
    }
}

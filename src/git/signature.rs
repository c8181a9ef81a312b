//! Who made a commit, and when.

use crate::secrets;
use gix_hash::{Kind, ObjectId};
use gix_object::CommitRefIter;

/// Longest name that is told.
const LONGEST: usize = 200;

/// The author as `git log` names him, and the time of his writing as RFC 3339, both as far as they are known.
pub(super) fn author(data: &[u8], hash: Kind) -> (String, Option<String>) {
    let Ok(author) = CommitRefIter::from_bytes(data, hash).author() else {
        return ("an unknown author".to_owned(), None);
    };
    let author = author.trim();
    let name = String::from_utf8_lossy(author.name);
    let said = format!("{name} <{}>", String::from_utf8_lossy(author.email));
    // Anybody may call himself anything.
    let mut said: String = said.chars().take(LONGEST).collect();
    for found in secrets::scan(&said.clone()).iter().rev() {
        said.replace_range(found.start..found.end, "********");
    }
    (said, time(author.time))
}

/// `1709294400 +0100` as RFC 3339.
fn time(raw: &str) -> Option<String> {
    let (seconds, zone) = raw.trim().split_once(' ')?;
    let seconds: i64 = seconds.parse().ok()?;
    let zone = zone.trim();
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2).filter(|_| digits.len() == 4)?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let local = seconds.checked_add(sign * (hours * 3600 + minutes * 60))?;
    let (day, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
    let (year, month, day) = date(day)?;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let sign = if sign < 0 { '-' } else { '+' };
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}"
    ))
}

/// Year, month and day of a day after 1970-01-01, where the year has four digits
/// ([the algorithm](https://howardhinnant.github.io/date_algorithms.html#civil_from_days)).
fn date(day: i64) -> Option<(i64, i64, i64)> {
    let shifted = day.checked_add(719_468)?;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (0..=9999).contains(&year).then_some((year, month, day))
}

/// How a commit is called in sentences.
pub(super) fn short(id: &ObjectId) -> String {
    id.to_hex_with_len(10).to_string()
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_those_of_the_author() {
        for (raw, expected) in [
            ("0 +0000", Some("1970-01-01T00:00:00+00:00")),
            ("1709294400 +0100", Some("2024-03-01T13:00:00+01:00")),
            ("1709251200 -0830", Some("2024-02-29T15:30:00-08:30")),
            ("-1 +0000", Some("1969-12-31T23:59:59+00:00")),
            ("4102444799 +0000", Some("2099-12-31T23:59:59+00:00")),
            ("9223372036854775807 +0100", None),
            ("99999999999999 +0000", None),
            ("1 +9999", None),
            ("1 0100", None),
            ("x +0000", None),
            ("", None),
        ] {
            assert_eq!(time(raw).as_deref(), expected, "{raw}");
        }
    }
}

//! Timestamps in RFC 3339 and Go's durations.

use super::frame::{Call, CallError, Spec, Takes};
use crate::model::Value;

const TEXT: Takes = Takes::Text;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("formatdate", &[TEXT, TEXT], formatdate),
    Spec::new("timeadd", &[TEXT, TEXT], timeadd),
    Spec::new("timecmp", &[TEXT, TEXT], timecmp),
];

/// A moment as written: local fields, and the offset from UTC in minutes.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// Days since 1970-01-01, local.
    days: i64,
    /// Nanoseconds into the local day.
    nanoseconds: i64,
    offset: i64,
}

const DAY: i64 = 86_400 * SECOND;
const SECOND: i64 = 1_000_000_000;

impl Moment {
    fn parse(text: &str, argument: usize) -> Result<Self, CallError> {
        let refused = || CallError::at(argument, "not a valid RFC3339 timestamp");
        Self::read(text).ok_or_else(refused)
    }

    fn read(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.len() < 20 {
            return None;
        }
        let number = |from: usize, to: usize| {
            let digits = text.get(from..to)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i64>().ok()).flatten()
        };
        let mark = |at: usize, wanted: &str| text.get(at..at + 1) == Some(wanted);
        if !(mark(4, "-") && mark(7, "-") && mark(10, "T") && mark(13, ":") && mark(16, ":")) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let valid = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if !valid || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut rest = &text[19..];
        let mut fraction = 0;
        if let Some(after) = rest.strip_prefix('.') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let kept = after.get(..digits).filter(|kept| !kept.is_empty())?;
            fraction = format!("{kept:0<9.9}").parse().ok()?;
            rest = &after[digits..];
        }
        let offset = Self::read_offset(rest)?;
        let nanoseconds = ((hour * 60 + minute) * 60 + second) * SECOND + fraction;
        Some(Self { days: days_from_civil(year, month, day), nanoseconds, offset })
    }

    fn read_offset(text: &str) -> Option<i64> {
        if text == "Z" {
            return Some(0);
        }
        let (sign, rest) = match text.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (hours, minutes) =
            rest.split_once(':').filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2)?;
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }

    /// Nanoseconds since 1970 in UTC.
    fn instant(self) -> i128 {
        i128::from(self.days) * i128::from(DAY) + i128::from(self.nanoseconds - self.offset * 60 * SECOND)
    }

    fn plus(self, nanoseconds: i128) -> Option<Self> {
        let local = i128::from(self.days) * i128::from(DAY) + i128::from(self.nanoseconds) + nanoseconds;
        let days = i64::try_from(local.div_euclid(i128::from(DAY))).ok()?;
        let nanoseconds = i64::try_from(local.rem_euclid(i128::from(DAY))).ok()?;
        Some(Self { days, nanoseconds, ..self })
    }

    fn clock(self) -> (i64, i64, i64) {
        let seconds = self.nanoseconds / SECOND;
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// `+02:00` with the separator given.
    fn zone(self, separator: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        format!("{sign}{:02}{separator}{:02}", self.offset.abs() / 60, self.offset.abs() % 60)
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// <https://howardhinnant.github.io/date_algorithms.html>
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

fn formatdate(call: &Call<'_>) -> Result<Value, CallError> {
    let moment = Moment::parse(call.text(1), 1)?;
    let mut out = String::new();
    let mut rest = call.text(0);
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(c).len();
        match c {
            '\'' if rest.starts_with("''") => {
                out.push('\'');
                rest = &rest[2..];
                continue;
            }
            '\'' => {
                let (text, after) =
                    quoted(&rest[1..]).ok_or_else(|| CallError::at(0, "unterminated literal"))?;
                out.push_str(&text);
                rest = after;
                continue;
            }
            'a'..='z' | 'A'..='Z' => {
                let piece = date_piece(moment, &rest[..run]);
                out.push_str(&piece.ok_or_else(|| CallError::at(0, "invalid format verb"))?);
            }
            _ => out.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    Ok(Value::string(out))
}

/// Text up to the closing quote; two quotes are one.
fn quoted(mut rest: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    loop {
        let (before, after) = rest.split_once('\'')?;
        text.push_str(before);
        match after.strip_prefix('\'') {
            Some(next) => {
                text.push('\'');
                rest = next;
            }
            None => return Some((text, after)),
        }
    }
}

fn date_piece(moment: Moment, verb: &str) -> Option<String> {
    let (year, month, day) = civil_from_days(moment.days);
    let (hour, minute, second) = moment.clock();
    let half_hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    let month_name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at))?;
    let weekday = usize::try_from(moment.days.rem_euclid(7)).ok().and_then(|at| WEEKDAYS.get(at))?;
    Some(match verb {
        "YYYY" => format!("{year:04}"),
        "YY" => format!("{:02}", year.rem_euclid(100)),
        "MMMM" => (*month_name).to_owned(),
        "MMM" => month_name[..3].to_owned(),
        "MM" => format!("{month:02}"),
        "M" => month.to_string(),
        "DD" => format!("{day:02}"),
        "D" => day.to_string(),
        "EEEE" => (*weekday).to_owned(),
        "EEE" => weekday[..3].to_owned(),
        "hh" => format!("{hour:02}"),
        "h" => hour.to_string(),
        "HH" => format!("{half_hour:02}"),
        "H" => half_hour.to_string(),
        "AA" => if hour < 12 { "AM" } else { "PM" }.to_owned(),
        "aa" => if hour < 12 { "am" } else { "pm" }.to_owned(),
        "mm" => format!("{minute:02}"),
        "m" => minute.to_string(),
        "ss" => format!("{second:02}"),
        "s" => second.to_string(),
        "ZZZZZ" => moment.zone(":"),
        "ZZZZ" => moment.zone(""),
        "ZZZ" if moment.offset == 0 => "UTC".to_owned(),
        "ZZZ" => moment.zone(""),
        "Z" if moment.offset == 0 => "Z".to_owned(),
        "Z" => moment.zone(":"),
        _ => return None,
    })
}

/// Go's durations (`-1h30m`, `1.5s`), in nanoseconds.
fn duration(text: &str) -> Option<i128> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, after) = rest.split_at(digits);
        let letters = after.bytes().take_while(|byte| !byte.is_ascii_digit() && *byte != b'.').count();
        let (unit, after) = after.split_at_checked(letters)?;
        let unit: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.len() + fraction.len() == 0 || fraction.contains('.') || fraction.len() > 18 {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
        total = total.checked_add(whole.checked_mul(unit)?.checked_add(part.checked_mul(unit)? / scale)?)?;
        if total > i128::from(i64::MAX) {
            return None;
        }
        rest = after;
    }
    Some(if negative { -total } else { total })
}

fn timeadd(call: &Call<'_>) -> Result<Value, CallError> {
    let moment = Moment::parse(call.text(0), 0)?;
    let by = duration(call.text(1)).ok_or_else(|| CallError::at(1, "not a valid duration"))?;
    let moment = moment.plus(by).ok_or_else(|| CallError::new("the time is out of range"))?;
    let (year, month, day) = civil_from_days(moment.days);
    let (hour, minute, second) = moment.clock();
    let zone = if moment.offset == 0 { "Z".to_owned() } else { moment.zone(":") };
    Ok(Value::string(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")))
}

fn timecmp(call: &Call<'_>) -> Result<Value, CallError> {
    let (a, b) = (Moment::parse(call.text(0), 0)?.instant(), Moment::parse(call.text(1), 1)?.instant());
    Ok(Value::int(match a.cmp(&b) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }))
}

//! The digits of numbers under `format`'s numeric verbs, as Go's `fmt` lays them out.

use super::format::Verb;
use crate::frontends::terraform::convert::number;
use crate::model::{Digits, Number};

/// Sign, prefix and digits to the width, zeros going behind the sign.
fn assemble(verb: &Verb, negative: bool, body: &str) -> String {
    let sign = match (negative, verb.plus, verb.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    };
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + body.len());
    if verb.minus {
        return format!("{sign}{body}{}", " ".repeat(missing));
    }
    if verb.zero {
        return format!("{sign}{}{body}", "0".repeat(missing));
    }
    format!("{}{sign}{body}", " ".repeat(missing))
}

pub(super) fn integer(verb: &Verb, number: &Number) -> Option<String> {
    let size = number::to_whole(number)?;
    let (prefix, mut digits) = match verb.mode {
        'b' => ("0b", size.to_str_radix(2)),
        'o' => ("0", size.to_str_radix(8)),
        'x' => ("0x", size.to_str_radix(16)),
        'X' => ("0X", size.to_str_radix(16).to_ascii_uppercase()),
        _ => ("", size.to_string()),
    };
    let negative = number.is_negative();
    if let Some(least) = verb.precision {
        digits = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    }
    let prefix = if verb.sharp { prefix } else { "" };
    let zeros = if verb.zero && !verb.minus && verb.precision.is_none() {
        let sign = usize::from(negative || verb.plus || verb.space);
        verb.width.unwrap_or(0).saturating_sub(sign + prefix.len() + digits.len())
    } else {
        0
    };
    let body = format!("{prefix}{}{digits}", "0".repeat(zeros));
    let mut verb = *verb;
    verb.zero = false;
    Some(assemble(&verb, negative, &body))
}

/// Significant digits and the decimal exponent of the first one.
fn split(digits: Digits) -> (String, i32) {
    let exponent = i32::try_from(digits.point - 1).unwrap_or(0);
    if digits.digits.is_empty() { ("0".to_owned(), 0) } else { (digits.digits, exponent) }
}

/// All digits, rounded half to even to `keep` of them.
fn rounded(number: &Number, keep: impl Fn(&Digits) -> i64) -> (String, i32) {
    let all = number.digits(false).unwrap_or(Digits { digits: String::new(), point: 0 });
    let keep = keep(&all);
    split(match usize::try_from(keep) {
        Ok(keep) => all.rounded(keep),
        Err(_) => Digits { digits: String::new(), point: 0 },
    })
}

fn scientific(digits: &str, exponent: i32, places: usize, letter: char) -> String {
    let (first, fraction) = digits.split_at(1);
    let point = if places > 0 { "." } else { "" };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{fraction:0<places$}{letter}{sign}{:02}", exponent.abs())
}

fn positional(digits: &str, exponent: i32, places: usize) -> String {
    let padded = |at: i32| {
        usize::try_from(at)
            .ok()
            .and_then(|at| digits.as_bytes().get(at))
            .map_or('0', |digit| char::from(*digit))
    };
    let whole: String = if exponent < 0 { "0".to_owned() } else { (0..=exponent).map(padded).collect() };
    let point = if places > 0 { "." } else { "" };
    let places = i32::try_from(places).unwrap_or(i32::MAX);
    let fraction: String = (1..=places).map(|at| padded(exponent + at)).collect();
    format!("{whole}{point}{fraction}")
}

/// `%g` without a precision: the fewest digits that say the number.
pub(super) fn shortest(number: &Number) -> String {
    if number.is_infinite() {
        return number.to_string();
    }
    format!("{}{}", if number.is_negative() { "-" } else { "" }, general(number, None, 'e'))
}

fn general(number: &Number, precision: Option<usize>, letter: char) -> String {
    let wanted = precision.map(|wanted| i32::try_from(wanted.max(1)).unwrap_or(i32::MAX));
    let (digits, exponent) = match wanted {
        Some(wanted) => rounded(number, |_| wanted.into()),
        None => split(number.digits(true).unwrap_or(Digits { digits: String::new(), point: 0 })),
    };
    let digits = match digits.trim_end_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let most = match wanted {
        Some(wanted) if wanted > length && length > exponent => length,
        Some(wanted) => wanted,
        None => 6,
    };
    if exponent < -4 || exponent >= most {
        return scientific(digits, exponent, digits.len() - 1, letter);
    }
    positional(digits, exponent, usize::try_from(length - 1 - exponent).unwrap_or(0))
}

pub(super) fn float(verb: &Verb, number: &Number) -> String {
    let negative = number.is_negative();
    if number.is_infinite() {
        let mut verb = *verb;
        verb.zero = false;
        return assemble(&verb, negative, if negative || verb.plus { "Inf" } else { "+Inf" });
    }
    let places = verb.precision.unwrap_or(6);
    let wanted = i32::try_from(places).unwrap_or(i32::MAX - 1);
    let body = match verb.mode {
        'e' | 'E' => {
            let (digits, exponent) = rounded(number, |_| i64::from(wanted) + 1);
            scientific(&digits, exponent, places, verb.mode)
        }
        'f' => {
            let (digits, exponent) = rounded(number, |all| i64::from(wanted) + all.point);
            positional(&digits, exponent, places)
        }
        mode => general(number, verb.precision, if mode == 'G' { 'E' } else { 'e' }),
    };
    assemble(verb, negative, &body)
}

//! The digits of numbers under `format`'s numeric verbs, as Go's `fmt` lays them out.

use super::format::Verb;
use crate::frontends::terraform::convert::number;
use crate::model::Number;

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

pub(super) fn integer(verb: &Verb, number: Number) -> Option<String> {
    let value = number::to_integer(number)?;
    let size = value.unsigned_abs();
    let (prefix, mut digits) = match verb.mode {
        'b' => ("0b", format!("{size:b}")),
        'o' => ("0", format!("{size:o}")),
        'x' => ("0x", format!("{size:x}")),
        'X' => ("0X", format!("{size:X}")),
        _ => ("", size.to_string()),
    };
    if let Some(least) = verb.precision {
        digits = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    }
    let prefix = if verb.sharp { prefix } else { "" };
    let zeros = if verb.zero && !verb.minus && verb.precision.is_none() {
        let sign = usize::from(value < 0 || verb.plus || verb.space);
        verb.width.unwrap_or(0).saturating_sub(sign + prefix.len() + digits.len())
    } else {
        0
    };
    let body = format!("{prefix}{}{digits}", "0".repeat(zeros));
    let mut verb = *verb;
    verb.zero = false;
    Some(assemble(&verb, value < 0, &body))
}

/// Significant digits and the decimal exponent of the first one.
fn digits_of(number: Number) -> (String, i32) {
    let text = match number {
        Number::Int(value) => value.unsigned_abs().to_string(),
        Number::Float(value) => format!("{:e}", value.abs()),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, ""));
    let exponent = exponent.parse().unwrap_or_else(|_| i32::try_from(mantissa.len()).unwrap_or(1) - 1);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { ("0".to_owned(), 0) } else { (digits.to_owned(), exponent) }
}

/// Rounds decimal digits half to even to `keep` digits.
fn round_digits(digits: &str, exponent: i32, keep: i32) -> (String, i32) {
    let Ok(keep) = usize::try_from(keep) else { return ("0".to_owned(), exponent) };
    if keep >= digits.len() {
        return (digits.to_owned(), exponent);
    }
    let (kept, cut) = digits.split_at(keep);
    let half = format!("5{}", "0".repeat(cut.len() - 1));
    let is_odd = kept.bytes().last().is_some_and(|digit| digit % 2 == 1);
    let up = cut > half.as_str() || (cut == half && is_odd);
    if !up {
        return if kept.is_empty() { ("0".to_owned(), exponent) } else { (kept.to_owned(), exponent) };
    }
    let mut raised: Vec<u8> = kept.bytes().collect();
    for at in (0..raised.len()).rev() {
        if raised[at] < b'9' {
            raised[at] += 1;
            return (String::from_utf8_lossy(&raised).into_owned(), exponent);
        }
        raised[at] = b'0';
    }
    (format!("1{}", String::from_utf8_lossy(&raised)), exponent + 1)
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
pub(super) fn shortest(number: Number) -> String {
    let negative = number::compare(number, Number::Int(0)).is_lt();
    format!("{}{}", if negative { "-" } else { "" }, general(number, None, 'e'))
}

fn general(number: Number, precision: Option<usize>, letter: char) -> String {
    let (digits, exponent) = digits_of(number);
    let wanted = precision.map(|wanted| i32::try_from(wanted.max(1)).unwrap_or(i32::MAX));
    let (digits, exponent) = match wanted {
        Some(wanted) => round_digits(&digits, exponent, wanted),
        None => (digits, exponent),
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

pub(super) fn float(verb: &Verb, number: Number) -> String {
    let negative = number::compare(number, Number::Int(0)).is_lt();
    let places = verb.precision.unwrap_or(6);
    let wanted = i32::try_from(places).unwrap_or(i32::MAX - 1);
    let (digits, exponent) = digits_of(number);
    let body = match verb.mode {
        'e' | 'E' => {
            let (digits, exponent) = round_digits(&digits, exponent, wanted.saturating_add(1));
            let digits = &digits[..digits.len().min(places + 1)];
            scientific(digits, exponent, places, verb.mode)
        }
        'f' => {
            let (digits, exponent) =
                round_digits(&digits, exponent, wanted.saturating_add(1).saturating_add(exponent));
            positional(&digits, exponent, places)
        }
        mode => general(number, verb.precision, if mode == 'G' { 'E' } else { 'e' }),
    };
    assemble(verb, negative, &body)
}

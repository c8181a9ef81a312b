//! Plain scalars read under YAML 1.1, as CloudFormation's own tools do.
//! <https://yaml.org/type/>. Timestamps stay text: `2012-10-17` is what policy documents say.

use std::borrow::Cow;

/// What a scalar stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved<'d> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(Cow<'d, str>),
}

/// Which grammar a scalar is read by. They differ in numbers with exponents alone; TOML's are JSON's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Json,
    Yaml,
}

/// Reads a plain scalar.
pub(super) fn resolve(text: Cow<'_, str>, notation: Notation) -> Resolved<'_> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Resolved::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Resolved::Bool(false);
        }
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Resolved::Text(text);
    }
    if let Some(number) = integer(&text) {
        return Resolved::Int(number);
    }
    match float(&text, notation) {
        Some(number) => Resolved::Float(number),
        None => Resolved::Text(text),
    }
}

fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x', ..] => (16, &digits[2..]),
        [b'0', b'b', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let first = digits.chars().next()?;
    if !(first.is_digit(radix) || first == '_' && radix != 10) {
        return None;
    }
    let plain: Cow<'_, str> =
        if digits.contains('_') { digits.replace('_', "").into() } else { Cow::Borrowed(digits) };
    if !plain.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let number = i128::from_str_radix(&plain, radix).ok()?;
    Some(if negative { -number } else { number })
}

/// YAML 1.1 wants a point, and a sign before the exponent; JSON neither. Infinity and sexagesimals stay text.
fn float(text: &str, notation: Notation) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (unsigned, None),
    };
    let pointed = match notation {
        Notation::Json => exponent.is_some() || digits.contains('.'),
        Notation::Yaml => {
            digits.contains('.') && exponent.is_none_or(|exponent| exponent.starts_with(['-', '+']))
        }
    };
    let plain = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'_'));
    let power = exponent.unwrap_or("0");
    if !pointed || !plain(digits) || !plain(power.strip_prefix(['-', '+']).unwrap_or(power)) {
        return None;
    }
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

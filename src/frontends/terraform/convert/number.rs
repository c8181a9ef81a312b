//! Arithmetic as go-cty does it over `math/big`. <https://github.com/zclconf/go-cty/blob/main/cty/value_ops.go>

use crate::model::{Binary, Digits, Number, PRECISION};
use num_bigint::BigUint;
use std::cmp::Ordering;

/// A decimal exponent beyond which a number counts as infinite or zero.
const MAX_EXPONENT: i64 = 40_000;

/// A float; an integer where every integer up to it is exact.
#[must_use]
pub fn from_f64(value: f64) -> Option<Number> {
    Number::from_f64(value)
}

#[must_use]
pub fn to_f64(number: &Number) -> f64 {
    match number {
        // An `as` cast of an integer rounds to the nearest float, which is what is wanted.
        Number::Int(value) => *value as f64,
        Number::Real(_) if number.is_infinite() => {
            if number.is_negative() {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }
        }
        Number::Real(_) => number.to_string().parse().unwrap_or(f64::NAN),
    }
}

/// The number as an index or count.
#[must_use]
pub fn to_integer(number: &Number) -> Option<i128> {
    match number {
        Number::Int(value) => Some(*value),
        Number::Real(_) if number.is_zero() => Some(0),
        Number::Real(_) => None,
    }
}

/// The whole number, however large, without its sign.
#[must_use]
pub fn to_whole(number: &Number) -> Option<BigUint> {
    let binary = number.binary()?;
    (binary.exponent() >= 0).then(|| binary.mantissa() << binary.exponent().unsigned_abs())
}

/// The number that a text is, as cty reads it: decimal, with an optional fraction and exponent (`e` or binary `p`).
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let negative = text.starts_with('-');
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(body, "Inf" | "inf") {
        return Some(Number::infinite(negative));
    }
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (digits, exponent, is_binary) = match body.split_once(['e', 'E', 'p']) {
        Some((digits, exponent)) => {
            let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if power.is_empty() || !plain(power) {
                return None;
            }
            // What is too long for an integer is beyond all bounds anyway.
            let power = power.parse::<i64>().unwrap_or(i64::MAX);
            (digits, if exponent.starts_with('-') { -power } else { power }, body.contains('p'))
        }
        None => (body, 0, false),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !plain(whole) || !plain(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    if !negative
        && exponent == 0
        && fraction.is_empty()
        && let Ok(value) = whole.parse()
    {
        return Some(Number::Int(value));
    }
    let fraction = fraction.trim_end_matches('0');
    let mantissa = BigUint::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?;
    let places = i64::try_from(fraction.len()).ok()?;
    Some(scaled(negative, mantissa, places, exponent, is_binary))
}

/// `mantissa × 10^-places × 10^exponent`, or `× 2^exponent`.
fn scaled(negative: bool, mantissa: BigUint, places: i64, exponent: i64, is_binary: bool) -> Number {
    if mantissa == BigUint::ZERO {
        return if negative { Number::negative_zero() } else { Number::Int(0) };
    }
    let (decimal, binary) =
        if is_binary { (-places, exponent) } else { (exponent.saturating_sub(places), 0) };
    if decimal.abs() > MAX_EXPONENT || binary.abs() > MAX_EXPONENT {
        let is_large = decimal > 0 || binary > 0;
        return if is_large { Number::infinite(negative) } else { Number::Int(0) };
    }
    let power = BigUint::from(10_u8).pow(u32::try_from(decimal.unsigned_abs()).unwrap_or(0));
    if decimal >= 0 {
        return Number::rounded(negative, mantissa * power, binary, false, PRECISION);
    }
    quotient(negative, &mantissa, &power, binary, PRECISION)
}

/// The nearest number to a fraction.
fn quotient(negative: bool, above: &BigUint, below: &BigUint, exponent: i64, precision: u64) -> Number {
    let shift = (precision + 2 + below.bits()).saturating_sub(above.bits());
    let above = above << shift;
    let whole = &above / below;
    let more = &whole * below != above;
    Number::rounded(negative, whole, exponent.saturating_sub_unsigned(shift), more, precision)
}

fn precision(a: &Binary, b: &Binary) -> u64 {
    a.precision().max(b.precision())
}

/// `None`: infinities that cancel each other.
#[must_use]
pub fn add(a: &Number, b: &Number) -> Option<Number> {
    if let (Number::Int(x), Number::Int(y)) = (a, b)
        && let Some(sum) = x.checked_add(*y)
    {
        return Some(Number::Int(sum));
    }
    let (Some(x), Some(y)) = (a.binary(), b.binary()) else {
        let opposed = a.is_infinite() && b.is_infinite() && a.is_negative() != b.is_negative();
        let infinite = if a.is_infinite() { a } else { b };
        return (!opposed).then(|| infinite.clone());
    };
    if a.is_zero() && b.is_zero() {
        let negative = a.is_negative() && b.is_negative();
        return Some(if negative { Number::negative_zero() } else { Number::Int(0) });
    }
    let precision = precision(&x, &y);
    let (left, right, exponent) = x.aligned(&y);
    let (negative, sum) = match (x.negative() == y.negative(), left.cmp(&right)) {
        (true, _) => (x.negative(), left + right),
        (false, Ordering::Less) => (y.negative(), right - left),
        (false, Ordering::Equal | Ordering::Greater) => (x.negative(), left - right),
    };
    Some(Number::rounded(negative, sum, exponent, false, precision))
}

#[must_use]
pub fn sub(a: &Number, b: &Number) -> Option<Number> {
    add(a, &neg(b))
}

/// `None`: zero times infinity. A product that needs more bits than its operands have gets up to 512.
#[must_use]
pub fn mul(a: &Number, b: &Number) -> Option<Number> {
    let negative = a.is_negative() != b.is_negative();
    if let (Number::Int(x), Number::Int(y)) = (a, b)
        && let Some(product) = x.checked_mul(*y).filter(|product| *product != 0 || !negative)
    {
        return Some(Number::Int(product));
    }
    let is_zero = a.is_zero() || b.is_zero();
    let (Some(x), Some(y)) = (a.binary(), b.binary()) else {
        return (!is_zero).then(|| Number::infinite(negative));
    };
    if is_zero {
        return Some(if negative { Number::negative_zero() } else { Number::Int(0) });
    }
    let product = x.mantissa() * y.mantissa();
    let needed = product.bits().saturating_sub(product.trailing_zeros().unwrap_or(0));
    let precision = precision(&x, &y).max(needed.min(PRECISION));
    Some(Number::rounded(negative, product, x.exponent() + y.exponent(), false, precision))
}

/// `None`: zero by zero, or infinity by infinity. Anything else by zero is infinite.
#[must_use]
pub fn div(a: &Number, b: &Number) -> Option<Number> {
    let negative = a.is_negative() != b.is_negative();
    if let (Number::Int(x), Number::Int(y)) = (a, b)
        && x.checked_rem(*y) == Some(0)
        && *x != 0
    {
        return x.checked_div(*y).map(Number::Int);
    }
    if (a.is_zero() && b.is_zero()) || (a.is_infinite() && b.is_infinite()) {
        return None;
    }
    if a.is_zero() || b.is_infinite() {
        return Some(if negative { Number::negative_zero() } else { Number::Int(0) });
    }
    if b.is_zero() {
        return Some(Number::infinite(negative));
    }
    let (Some(x), Some(y)) = (a.binary(), b.binary()) else { return Some(Number::infinite(negative)) };
    let exponent = x.exponent() - y.exponent();
    Some(quotient(negative, x.mantissa(), y.mantissa(), exponent, precision(&x, &y)))
}

/// The remainder with the sign of the dividend, by way of the rounded quotient. By zero it is the dividend. `None`:
/// an infinity.
#[must_use]
pub fn modulo(a: &Number, b: &Number) -> Option<Number> {
    if a.is_infinite() || b.is_infinite() {
        return None;
    }
    if b.is_zero() {
        return Some(a.clone());
    }
    if let (Number::Int(x), Number::Int(y)) = (a, b) {
        return x.checked_rem(*y).map(Number::Int);
    }
    let whole = truncate(&div(a, b)?);
    sub(a, &mul(&whole, b)?)
}

#[must_use]
pub fn neg(number: &Number) -> Number {
    match number {
        Number::Int(0) => Number::negative_zero(),
        Number::Int(value) => value.checked_neg().map_or_else(
            || Number::rounded(false, value.unsigned_abs().into(), 0, false, PRECISION),
            Number::Int,
        ),
        Number::Real(_) => match number.binary() {
            None => Number::infinite(!number.is_negative()),
            Some(_) if number.is_zero() => Number::Int(0),
            Some(binary) => Number::rounded(
                !binary.negative(),
                binary.mantissa().clone(),
                binary.exponent(),
                false,
                binary.precision(),
            ),
        },
    }
}

#[must_use]
pub fn compare(a: &Number, b: &Number) -> Ordering {
    a.compare(b)
}

/// `==`: the same digits, which forgives what lies behind the last one that is written.
#[must_use]
pub fn same(a: &Number, b: &Number) -> bool {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => a == b,
        (Number::Int(_) | Number::Real(_), Number::Int(_) | Number::Real(_)) => {
            (a.is_zero() && b.is_zero())
                || (a.is_negative() == b.is_negative() && a.to_string() == b.to_string())
        }
    }
}

/// Without the fraction.
fn truncate(number: &Number) -> Number {
    let Some(binary) = number.binary().filter(|binary| binary.exponent() < 0) else { return number.clone() };
    let whole = binary.mantissa() >> binary.exponent().unsigned_abs();
    let precision = whole.bits().max(64);
    Number::rounded(binary.negative(), whole, 0, false, precision)
}

/// Rounds down, or up for `up`.
#[must_use]
pub fn round(number: &Number, up: bool) -> Number {
    let whole = truncate(number);
    let step = match compare(&whole, number) {
        Ordering::Less if up => 1,
        Ordering::Greater if !up => -1,
        Ordering::Less | Ordering::Equal | Ordering::Greater => return whole,
    };
    add(&whole, &Number::Int(step)).unwrap_or(whole)
}

/// `%.10g`, which cty hashes numbers by.
#[must_use]
pub fn to_ten_digits(number: &Number) -> String {
    let sign = if number.is_negative() { "-" } else { "" };
    let Some(all) = number.digits(false) else { return number.to_string() };
    let length = i64::try_from(all.digits.len()).unwrap_or(i64::MAX);
    let Digits { digits, point } = all.rounded(10);
    let most = if length < 10 && length >= point { length } else { 10 };
    let exponent = point - 1;
    if digits.is_empty() {
        return format!("{sign}0");
    }
    if exponent < -4 || exponent >= most {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{dot}{rest}e{direction}{:02}", exponent.abs());
    }
    match usize::try_from(point) {
        Err(_) | Ok(0) => format!("{sign}0.{}{digits}", "0".repeat(usize::try_from(-point).unwrap_or(0))),
        Ok(point) => match digits.split_at_checked(point) {
            Some((whole, "")) => format!("{sign}{whole}"),
            Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
            None => format!("{sign}{digits:0<point$}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        parse(text).unwrap()
    }

    #[test]
    fn fractions_have_512_bits() {
        let third = div(&number("1"), &number("3")).unwrap();
        assert_eq!(third.to_string(), format!("0.{}5", "3".repeat(154)));
        assert_eq!(add(&number("0.1"), &number("0.2")).unwrap().to_string(), "0.3");
        assert_eq!(div(&number("1"), &number("8")).unwrap().to_string(), "0.125");
        assert_eq!(div(&number("6"), &number("3")), Some(Number::Int(2)));
        assert_eq!(modulo(&number("-7"), &number("3")), Some(Number::Int(-1)));
        assert_eq!(modulo(&number("7.5"), &number("2")).unwrap().to_string(), "1.5");
        assert_eq!(div(&number("0"), &number("0")), None);
        assert!(div(&number("1"), &number("0")).unwrap().is_infinite());
    }

    #[test]
    fn large_integers_stay_exact() {
        assert_eq!(add(&number("9007199254740993"), &number("1")).unwrap().to_string(), "9007199254740994");
        assert_eq!(number("1e3"), Number::Int(1000));
        assert_eq!(number("1.50").to_string(), "1.5");
        let large = "123456789012345678901234567890123456789012345678901";
        assert_eq!(add(&number(large), &Number::Int(0)).unwrap().to_string(), large);
    }

    #[test]
    fn texts_that_are_no_numbers_are_refused() {
        for text in ["", " 1", "0x1f", "1_0", "e5", "1e", "NaN", ".", "--1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn comparisons_cross_the_representations() {
        assert_eq!(compare(&number("1.5"), &number("2")), Ordering::Less);
        assert_eq!(compare(&number("-0.0"), &number("0")), Ordering::Equal);
        assert!(same(&number("-0"), &number("0")));
    }

    #[test]
    fn numbers_beyond_all_use_cost_nothing() {
        assert!(number("1e999999999").is_infinite());
        assert_eq!(number("1e-999999999"), Number::Int(0));
    }
}

//! Arithmetic as Terraform does it: exact on integers and on short decimals (`0.1 + 0.2` is `0.3`), else floating.

use crate::model::Number;
use std::cmp::Ordering;

/// Significant digits of a decimal that are computed with exactly.
const MAX_SCALE: i32 = 36;

/// `mantissa × 10^exponent`.
#[derive(Clone, Copy)]
struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    fn of(number: Number) -> Option<Self> {
        match number {
            Number::Int(value) => Some(Self { mantissa: value, exponent: 0 }),
            Number::Float(value) => Self::parse(&format!("{value:e}")),
        }
    }

    /// Digits with an optional sign, point and decimal exponent.
    fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { mantissa, exponent: exponent.checked_sub(i32::try_from(fraction.len()).ok()?)? })
    }

    /// Both mantissas over the smaller exponent.
    fn align(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let scale = |decimal: Self| {
            let by = u32::try_from(decimal.exponent - exponent).ok()?;
            decimal.mantissa.checked_mul(10_i128.checked_pow(by)?)
        };
        Some((scale(self)?, scale(other)?, exponent))
    }

    fn number(mut self) -> Option<Number> {
        while self.exponent < 0 && self.mantissa % 10 == 0 {
            if self.mantissa == 0 {
                return Some(Number::Int(0));
            }
            self.mantissa /= 10;
            self.exponent += 1;
        }
        if self.exponent < 0 {
            return format!("{}e{}", self.mantissa, self.exponent).parse().ok().map(Number::Float);
        }
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        self.mantissa.checked_mul(power).map(Number::Int)
    }
}

/// A float, as an integer where it is one.
#[must_use]
pub fn from_f64(value: f64) -> Number {
    if value.is_finite() && value.fract() == 0.0 {
        // The shortest decimal is what Terraform shows of a float, so it is also what it is worth here.
        if let Some(Number::Int(whole)) = Decimal::parse(&format!("{value:e}")).and_then(Decimal::number) {
            return Number::Int(whole);
        }
    }
    Number::Float(value)
}

#[must_use]
pub fn to_f64(number: Number) -> f64 {
    match number {
        // An `as` cast of an integer rounds to the nearest float, which is what is wanted.
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    }
}

/// The number as an index or count.
#[must_use]
pub fn to_integer(number: Number) -> Option<i128> {
    match number {
        Number::Int(value) => Some(value),
        Number::Float(_) => None,
    }
}

/// The number that a text is, as cty reads it: decimal, with an optional fraction and exponent (`e` or binary `p`).
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, exponent, binary) = match body.split_once(['e', 'E', 'p']) {
        Some((digits, exponent)) => (digits, Some(exponent), body.contains('p')),
        None => (body, None, false),
    };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !plain(whole) || !plain(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    if let Some(exponent) = exponent {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if exponent.is_empty() || !plain(exponent) {
            return None;
        }
    }
    if binary {
        let (mantissa, power) = text.split_once('p')?;
        return Some(from_f64(mantissa.parse::<f64>().ok()? * 2_f64.powi(power.parse().ok()?)));
    }
    if let Some(number) = Decimal::parse(text).and_then(Decimal::number) {
        return Some(number);
    }
    let float: f64 = text.parse().ok()?;
    float.is_finite().then(|| from_f64(float))
}

fn exactly(a: Number, b: Number, exact: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Number> {
    exact(Decimal::of(a)?, Decimal::of(b)?)?.number()
}

#[must_use]
pub fn add(a: Number, b: Number) -> Number {
    let exact = exactly(a, b, |a, b| {
        let (x, y, exponent) = a.align(b)?;
        Some(Decimal { mantissa: x.checked_add(y)?, exponent })
    });
    exact.unwrap_or_else(|| from_f64(to_f64(a) + to_f64(b)))
}

#[must_use]
pub fn sub(a: Number, b: Number) -> Number {
    add(a, neg(b))
}

#[must_use]
pub fn mul(a: Number, b: Number) -> Number {
    let exact = exactly(a, b, |a, b| {
        let exponent = a.exponent.checked_add(b.exponent)?;
        Some(Decimal { mantissa: a.mantissa.checked_mul(b.mantissa)?, exponent })
    });
    exact.unwrap_or_else(|| from_f64(to_f64(a) * to_f64(b)))
}

/// `None`: division by zero. Exact where the quotient has a short decimal form.
#[must_use]
pub fn div(a: Number, b: Number) -> Option<Number> {
    if is_zero(b) {
        return None;
    }
    let exact = exactly(a, b, |a, b| {
        let (mut x, y, _) = a.align(b)?;
        let mut exponent = 0;
        while x.checked_rem(y)? != 0 {
            x = x.checked_mul(10)?;
            exponent -= 1;
            if exponent < -MAX_SCALE {
                return None;
            }
        }
        Some(Decimal { mantissa: x.checked_div(y)?, exponent })
    });
    Some(exact.unwrap_or_else(|| from_f64(to_f64(a) / to_f64(b))))
}

/// The remainder with the sign of the dividend. `None`: division by zero.
#[must_use]
pub fn modulo(a: Number, b: Number) -> Option<Number> {
    if is_zero(b) {
        return None;
    }
    let exact = exactly(a, b, |a, b| {
        let (x, y, exponent) = a.align(b)?;
        Some(Decimal { mantissa: x.checked_rem(y)?, exponent })
    });
    Some(exact.unwrap_or_else(|| from_f64(to_f64(a) % to_f64(b))))
}

#[must_use]
pub fn neg(number: Number) -> Number {
    match number {
        Number::Int(value) => value.checked_neg().map_or(Number::Float(-(value as f64)), Number::Int),
        Number::Float(value) => from_f64(-value),
    }
}

#[must_use]
pub fn compare(a: Number, b: Number) -> Ordering {
    let exact = Decimal::of(a).zip(Decimal::of(b)).and_then(|(a, b)| a.align(b));
    match exact {
        Some((x, y, _)) => x.cmp(&y),
        None => to_f64(a).total_cmp(&to_f64(b)),
    }
}

#[must_use]
pub fn is_zero(number: Number) -> bool {
    compare(number, Number::Int(0)) == Ordering::Equal
}

/// Rounds down, or up for `up`.
#[must_use]
pub fn round(number: Number, up: bool) -> Number {
    match number {
        Number::Int(_) => number,
        Number::Float(value) => from_f64(if up { value.ceil() } else { value.floor() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        parse(text).unwrap()
    }

    #[test]
    fn short_decimals_are_exact() {
        assert_eq!(add(number("0.1"), number("0.2")).to_string(), "0.3");
        assert_eq!(sub(number("1"), number("0.9")).to_string(), "0.1");
        assert_eq!(mul(number("1.1"), number("1.1")).to_string(), "1.21");
        assert_eq!(div(number("1"), number("8")).unwrap().to_string(), "0.125");
        assert_eq!(div(number("6"), number("3")), Some(Number::Int(2)));
        assert_eq!(modulo(number("-7"), number("3")), Some(Number::Int(-1)));
        assert_eq!(modulo(number("7.5"), number("2")).unwrap().to_string(), "1.5");
        assert_eq!(div(number("1"), number("0")), None);
    }

    #[test]
    fn large_integers_stay_exact() {
        assert_eq!(add(number("9007199254740993"), number("1")).to_string(), "9007199254740994");
        assert_eq!(number("12345678901234567890123").to_string(), "12345678901234567890123");
        assert_eq!(number("1e3"), Number::Int(1000));
        assert_eq!(number("1.50").to_string(), "1.5");
    }

    #[test]
    fn texts_that_are_no_numbers_are_refused() {
        for text in ["", " 1", "0x1f", "1_0", "e5", "1e", "inf", "NaN", ".", "--1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn comparisons_cross_the_representations() {
        assert_eq!(compare(number("1.5"), number("2")), Ordering::Less);
        assert_eq!(compare(number("-0.0"), number("0")), Ordering::Equal);
    }
}

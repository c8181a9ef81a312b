//! Numbers.

use super::frame::{Call, CallError, Spec, Takes};
use crate::frontends::terraform::convert::number;
use crate::model::{Kind, Number, Value};
use num_bigint::BigUint;
use std::cmp::Ordering;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("abs", &[Takes::Number], abs),
    Spec::new("ceil", &[Takes::Number], |call| Ok(value(number::round(&call.number(0), true)))),
    Spec::new("floor", &[Takes::Number], |call| Ok(value(number::round(&call.number(0), false)))),
    Spec::new("log", &[Takes::Number, Takes::Number], log),
    Spec::new("max", &[], |call| extreme(call, Ordering::Greater)).rest(Takes::Number),
    Spec::new("min", &[], |call| extreme(call, Ordering::Less)).rest(Takes::Number),
    Spec::new("parseint", &[Takes::Any, Takes::Number], parseint),
    Spec::new("pow", &[Takes::Number, Takes::Number], pow),
    Spec::new("range", &[], range).rest(Takes::Number).uniform(),
    Spec::new("signum", &[Takes::Number], signum),
    Spec::new("sum", &[Takes::Any], sum),
];

pub(super) fn value(number: Number) -> Value {
    Value::new(Kind::Number(number))
}

fn abs(call: &Call<'_>) -> Result<Value, CallError> {
    let number = call.number(0);
    Ok(value(if number.is_negative() { number::neg(&number) } else { number }))
}

fn signum(call: &Call<'_>) -> Result<Value, CallError> {
    Ok(Value::int(call.integer(0)?.signum().into()))
}

fn float(result: f64) -> Result<Value, CallError> {
    number::from_f64(result).map(value).ok_or_else(|| CallError::new("the result is not a number"))
}

fn log(call: &Call<'_>) -> Result<Value, CallError> {
    float(number::to_f64(&call.number(0)).ln() / number::to_f64(&call.number(1)).ln())
}

fn pow(call: &Call<'_>) -> Result<Value, CallError> {
    float(number::to_f64(&call.number(0)).powf(number::to_f64(&call.number(1))))
}

fn extreme(call: &Call<'_>, wanted: Ordering) -> Result<Value, CallError> {
    let numbers = (0..call.len()).map(|at| call.number(at));
    let best = numbers.reduce(|best, next| if number::compare(&next, &best) == wanted { next } else { best });
    best.map(value).ok_or_else(|| CallError::new("must pass at least one number"))
}

fn parseint(call: &Call<'_>) -> Result<Value, CallError> {
    let Some(text) = call.arg(0).as_str() else {
        return Err(CallError::at(0, "first argument must be a string"));
    };
    let base = u32::try_from(call.integer(1)?).unwrap_or(0);
    if !(2..=62).contains(&base) {
        return Err(CallError::at(1, "base must be a whole number between 2 and 62 inclusive"));
    }
    let refused = || CallError::at(0, format!("cannot parse a base {base} integer from the text"));
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return Err(refused());
    }
    let mut total = BigUint::ZERO;
    for digit in digits.chars() {
        total = total * base + digit_value(digit, base).filter(|worth| *worth < base).ok_or_else(refused)?;
    }
    let precision = total.bits().max(64);
    Ok(value(Number::rounded(negative, total, 0, false, precision)))
}

/// Up to base 36 upper and lower case are the same; above, upper case follows lower case.
fn digit_value(digit: char, base: u32) -> Option<u32> {
    match digit {
        'A'..='Z' if base > 36 => Some(digit as u32 - 'A' as u32 + 36),
        _ => digit.to_digit(36),
    }
}

fn range(call: &Call<'_>) -> Result<Value, CallError> {
    let (zero, one) = (Number::Int(0), Number::Int(1));
    let down = |start: &Number, end: &Number| number::compare(end, start) == Ordering::Less;
    let (start, end, step) = match call.len() {
        1 => {
            let end = call.number(0);
            {
                let step = if down(&zero, &end) { Number::Int(-1) } else { one };
                (zero.clone(), end, step)
            }
        }
        2 => {
            let (start, end) = (call.number(0), call.number(1));
            {
                let step = if down(&start, &end) { Number::Int(-1) } else { one };
                (start, end, step)
            }
        }
        3 => (call.number(0), call.number(1), call.number(2)),
        _ => return Err(CallError::new("must have one, two, or three arguments")),
    };
    let falling = number::compare(&step, &zero) == Ordering::Less;
    if step.is_zero() && start != end {
        return Err(CallError::at(2, "step must not be zero"));
    }
    match number::compare(&end, &start) {
        Ordering::Less if !falling => return Err(CallError::new("end must be greater than start")),
        Ordering::Greater if falling => return Err(CallError::new("end must be less than start")),
        Ordering::Less | Ordering::Equal | Ordering::Greater => {}
    }
    let mut items = Vec::new();
    let mut at = start;
    let ahead = if falling { Ordering::Greater } else { Ordering::Less };
    while number::compare(&at, &end) == ahead {
        if items.len() >= 1024 {
            // Terraform's own bound.
            return Err(CallError::new("more than 1024 values were generated"));
        }
        let Some(next) = number::add(&at, &step) else { break };
        items.push(value(std::mem::replace(&mut at, next)));
    }
    Ok(Value::list(items))
}

fn sum(call: &Call<'_>) -> Result<Value, CallError> {
    let items = call.list(0)?;
    if items.is_empty() {
        return Err(CallError::at(0, "cannot sum an empty list"));
    }
    let mut total = Number::Int(0);
    for item in items {
        let item = crate::frontends::terraform::convert::to_number(item);
        let Ok(Kind::Number(item)) = item.map(|item| item.kind) else {
            return Err(CallError::at(0, "argument must be list, set, or tuple of number values"));
        };
        total = number::add(&total, &item).ok_or_else(|| CallError::new("the sum is not a number"))?;
    }
    Ok(value(total))
}

//! Operators of the expression language. <https://developer.hashicorp.com/terraform/language/expressions/operators>

use super::convert::{self, number};
use super::eval::{distribute, invalid};
use super::scalar;
use crate::model::{Kind, Number, Value};
use crate::syntax::hcl::BinaryOp;
use std::cmp::Ordering;

/// The right side is evaluated only where the left one does not decide.
pub(crate) fn binary(op: BinaryOp, left: &Value, right: impl Fn() -> Value) -> Value {
    let decided = match op {
        BinaryOp::And => scalar::truth(left) == Some(false),
        BinaryOp::Or => scalar::truth(left) == Some(true),
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual
        | BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::Modulo => false,
    };
    if decided {
        return Value::bool(op == BinaryOp::Or).marked(left.marks);
    }
    let right = right();
    let marks = left.marks.with(right.marks);
    distribute(left, &|left| distribute(&right, &|right| apply(op, left, right))).marked(marks)
}

fn apply(op: BinaryOp, left: &Value, right: &Value) -> Value {
    match op {
        BinaryOp::And => logical(left, right, false),
        BinaryOp::Or => logical(left, right, true),
        BinaryOp::Equal => equal(left, right, true),
        BinaryOp::NotEqual => equal(left, right, false),
        BinaryOp::Less => compare(left, right, Ordering::is_lt),
        BinaryOp::LessEqual => compare(left, right, Ordering::is_le),
        BinaryOp::Greater => compare(left, right, Ordering::is_gt),
        BinaryOp::GreaterEqual => compare(left, right, Ordering::is_ge),
        BinaryOp::Add => arithmetic(left, right, |a, b| Some(number::add(a, b))),
        BinaryOp::Subtract => arithmetic(left, right, |a, b| Some(number::sub(a, b))),
        BinaryOp::Multiply => arithmetic(left, right, |a, b| Some(number::mul(a, b))),
        BinaryOp::Divide => arithmetic(left, right, number::div),
        BinaryOp::Modulo => arithmetic(left, right, number::modulo),
    }
}

/// `&&` and `||`; `absorbing` is the operand that decides by itself, also against an unknown.
fn logical(left: &Value, right: &Value, absorbing: bool) -> Value {
    match (scalar::truth(left), scalar::truth(right)) {
        (Some(value), _) | (_, Some(value)) if value == absorbing => Value::bool(absorbing),
        (Some(_), Some(_)) => Value::bool(!absorbing),
        (Some(_) | None, None) | (None, Some(_)) => first_unknown(left, right, "an operand that is no bool"),
    }
}

fn equal(left: &Value, right: &Value, positive: bool) -> Value {
    match convert::equal(left, right) {
        Ok(equal) => Value::bool(equal == positive),
        Err(reason) => Value::unknown(reason),
    }
}

fn compare(left: &Value, right: &Value, holds: fn(Ordering) -> bool) -> Value {
    match (scalar::number(left), scalar::number(right)) {
        (Some(a), Some(b)) => Value::bool(holds(number::compare(a, b))),
        (Some(_) | None, None) | (None, Some(_)) => {
            first_unknown(left, right, "an operand that is no number")
        }
    }
}

type Arithmetic = fn(Number, Number) -> Option<Number>;

fn arithmetic(left: &Value, right: &Value, operation: Arithmetic) -> Value {
    match (scalar::number(left), scalar::number(right)) {
        (Some(a), Some(b)) => operation(a, b)
            .map_or_else(|| invalid("a division by zero"), |number| Value::new(Kind::Number(number))),
        (Some(_) | None, None) | (None, Some(_)) => {
            first_unknown(left, right, "an operand that is no number")
        }
    }
}

pub(crate) fn negate(operand: &Value) -> Value {
    arithmetic(&Value::int(0), operand, |a, b| Some(number::sub(a, b))).marked(operand.marks)
}

pub(crate) fn not(operand: &Value) -> Value {
    distribute(operand, &|value| match scalar::truth(value) {
        Some(value) => Value::bool(!value),
        None => first_unknown(value, value, "an operand that is no bool"),
    })
    .marked(operand.marks)
}

fn first_unknown(left: &Value, right: &Value, otherwise: &str) -> Value {
    match scalar::unknown_reason(left).or_else(|| scalar::unknown_reason(right)) {
        Some(reason) => Value::unknown(reason),
        None => invalid(otherwise),
    }
}

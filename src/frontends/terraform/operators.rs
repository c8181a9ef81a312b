//! Operators of the expression language. <https://developer.hashicorp.com/terraform/language/expressions/operators>

use super::choice::{distribute, distribute_pair};
use super::convert::{self, number};
use super::eval::invalid;
use super::{functions, scalar};
use crate::model::{Kind, Marks, Number, Value};
use crate::syntax::hcl::BinaryOp;
use std::cmp::Ordering;

const NO_BOOL: &str = "an operand that is no bool";
const NO_NUMBER: &str = "an operand that is no number";

/// The right side is evaluated only where the left one does not decide, as since Terraform 1.12.
pub(crate) fn binary(op: BinaryOp, left: &Value, right: impl Fn() -> Value) -> Value {
    if let Some(absorbing) = absorbing(op) {
        if scalar::truth(left) == Some(absorbing) {
            return Value::bool(absorbing).marked(left.marks);
        }
        if scalar::truth(left).is_none() && scalar::unknown_reason(left).is_none() {
            return invalid(NO_BOOL);
        }
    }
    let right = right();
    // Comparing looks inside.
    let deep = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
    let marks =
        functions::marks_of(left, deep).with(functions::marks_of(&right, deep)).without(Marks::SEVERAL);
    distribute_pair(left, &right, &|left, right| apply(op, left, right)).marked(marks)
}

/// The operand that decides by itself.
fn absorbing(op: BinaryOp) -> Option<bool> {
    match op {
        BinaryOp::And => Some(false),
        BinaryOp::Or => Some(true),
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
        | BinaryOp::Modulo => None,
    }
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
        BinaryOp::Add => arithmetic(left, right, number::add),
        BinaryOp::Subtract => arithmetic(left, right, number::sub),
        BinaryOp::Multiply => arithmetic(left, right, number::mul),
        BinaryOp::Divide => arithmetic(left, right, number::div),
        BinaryOp::Modulo => arithmetic(left, right, number::modulo),
    }
}

/// `&&` and `||`; `absorbing` is the operand that decides by itself, also against an unknown.
fn logical(left: &Value, right: &Value, absorbing: bool) -> Value {
    let refused =
        |value: &Value| convert::to_bool(value).is_err() || value.is_null() || wants(value, Marks::NUMBER);
    if refused(left) || refused(right) {
        return invalid(NO_BOOL);
    }
    match (scalar::truth(left), scalar::truth(right)) {
        (Some(value), _) | (_, Some(value)) if value == absorbing => typed(Value::bool(absorbing)),
        (Some(_), Some(_)) => Value::bool(!absorbing),
        (Some(_) | None, None) | (None, Some(_)) => typed(first_unknown(left, right, NO_BOOL)),
    }
}

fn equal(left: &Value, right: &Value, positive: bool) -> Value {
    match convert::equal(left, right) {
        Ok(equal) => Value::bool(equal == positive),
        Err(reason) => typed(Value::unknown(reason)),
    }
}

/// An unknown truth.
fn typed(value: Value) -> Value {
    if value.as_unknown().is_some() { value.of_scalar(Marks::BOOL) } else { value }
}

fn compare(left: &Value, right: &Value, holds: fn(Ordering) -> bool) -> Value {
    match numbers(left, right) {
        Ok((a, b)) => Value::bool(holds(number::compare(&a, &b))),
        Err(unknown) => typed(unknown),
    }
}

type Arithmetic = fn(&Number, &Number) -> Option<Number>;

fn arithmetic(left: &Value, right: &Value, operation: Arithmetic) -> Value {
    match numbers(left, right) {
        Ok((a, b)) => operation(&a, &b)
            .map_or_else(|| invalid("a result that is no number"), |number| Value::new(Kind::Number(number))),
        Err(unknown) if super::lazy::is_error(&unknown) => unknown,
        Err(unknown) => unknown.of_scalar(Marks::NUMBER),
    }
}

/// Both operands as numbers, or why there is no result.
fn numbers(left: &Value, right: &Value) -> Result<(Number, Number), Value> {
    let refused =
        |value: &Value| value.is_null() || convert::to_number(value).is_err() || wants(value, Marks::BOOL);
    if refused(left) || refused(right) {
        return Err(invalid(NO_NUMBER));
    }
    match (scalar::number(left), scalar::number(right)) {
        (Some(a), Some(b)) => Ok((a, b)),
        (Some(_) | None, None) | (None, Some(_)) => Err(first_unknown(left, right, NO_NUMBER)),
    }
}

/// An unknown of this type.
fn wants(value: &Value, of: Marks) -> bool {
    value.as_unknown().is_some() && value.marks.scalar() == of
}

pub(crate) fn negate(operand: &Value) -> Value {
    arithmetic(operand, operand, |number, _| Some(number::neg(number))).marked(operand.marks)
}

pub(crate) fn not(operand: &Value) -> Value {
    distribute(operand, &|value| match scalar::truth(value) {
        Some(value) => Value::bool(!value),
        None if wants(value, Marks::NUMBER) => invalid(NO_BOOL),
        None => typed(first_unknown(value, value, NO_BOOL)),
    })
    .marked(operand.marks)
}

fn first_unknown(left: &Value, right: &Value, otherwise: &str) -> Value {
    match scalar::unknown_reason(left).or_else(|| scalar::unknown_reason(right)) {
        Some(reason) => Value::unknown(reason),
        None => invalid(otherwise),
    }
}

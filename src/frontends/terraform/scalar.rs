//! Shorthands over [`super::convert`] for what expressions ask of a value most: a truth, a number, an index.

use super::convert;
use crate::model::{Kind, Number, Reason, Value};

/// The truth of a known condition.
pub(crate) fn truth(value: &Value) -> Option<bool> {
    convert::truth(value).ok()
}

/// The number of a known value that is one or converts to one.
pub(crate) fn number(value: &Value) -> Option<Number> {
    match convert::to_number(value).ok()?.kind {
        Kind::Number(number) => Some(number),
        Kind::Null | Kind::Bool(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            None
        }
        Kind::Unknown(_) => None,
    }
}

/// A whole number from zero on, as indexes and `count` are.
pub(crate) fn index(value: &Value) -> Option<usize> {
    usize::try_from(convert::number::to_integer(&number(value)?)?).ok()
}

/// The value as a string where it converts to one, else as it is.
pub(crate) fn as_string(value: &Value) -> Value {
    convert::to_string(value).unwrap_or_else(|_| value.clone())
}

/// Why a value is not known, also when only an open condition stands before it.
pub(crate) fn unknown_reason(value: &Value) -> Option<Reason> {
    match &value.kind {
        Kind::Unknown(unknown) => Some(unknown.reason.clone()),
        Kind::Choice(choice) => Some(super::choice::open_reason(choice)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {
            None
        }
    }
}

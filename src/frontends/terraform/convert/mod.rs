//! cty's conversions, equality and unification over [`Value`]. Knows no functions and no scopes.
//!
//! A [`Value`] says whether a list is a list, a tuple or a set, and an object from a map; all else of its type is
//! taken from what it holds, so that null, unknown and empty values fit every type. Rules: <https://github.com/zclconf/go-cty/blob/main/docs/convert.md>.

mod equality;
pub mod number;
mod shape;
mod unify;

pub(crate) use equality::distinct;
pub use equality::{equal, several, sort_as_set, truth};
pub use shape::Shape;
pub use unify::{unify, unify_all};

use crate::model::{Condition, Kind, Marks, Reason, Value};
use std::sync::Arc;

/// Why a conversion is refused, as Terraform words it.
pub type Refusal = String;

/// The name of a value's type, for messages.
#[must_use]
pub fn type_name(value: &Value) -> &'static str {
    match &value.kind {
        Kind::Null => "null",
        Kind::Bool(_) => "bool",
        Kind::Number(_) => "number",
        Kind::String(_) => "string",
        Kind::List(_) => "list",
        Kind::Object(_) => "object",
        Kind::Choice(_) | Kind::Unknown(_) => "unknown",
    }
}

fn with_kind(value: &Value, kind: Kind) -> Value {
    Value { kind, origin: value.origin.clone(), marks: value.marks }
}

/// Null, unknown values and strings stay as they are. A choice is converted on both sides.
pub fn to_string(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => Ok(value.clone().of_scalar(Marks::STRING)),
        Kind::String(_) => Ok(value.clone()),
        Kind::Bool(_) | Kind::Number(_) => {
            let text = value.to_text().unwrap_or_default();
            Ok(with_kind(value, Kind::String(text)))
        }
        Kind::List(_) | Kind::Object(_) => Err(format!("string required, but have {}", type_name(value))),
        Kind::Choice(_) => on_both_sides(value, &to_string),
    }
}

pub fn to_number(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) if value.marks.scalar() == Marks::BOOL => {
            Err("number required, but have bool".to_owned())
        }
        Kind::Null | Kind::Unknown(_) => Ok(value.clone().of_scalar(Marks::NUMBER)),
        Kind::Number(_) => Ok(value.clone()),
        Kind::String(text) => match number::parse(text) {
            Some(number) => Ok(with_kind(value, Kind::Number(number))),
            None => Err("a number is required".to_owned()),
        },
        Kind::Bool(_) | Kind::List(_) | Kind::Object(_) => {
            Err(format!("number required, but have {}", type_name(value)))
        }
        Kind::Choice(_) => on_both_sides(value, &to_number),
    }
}

pub fn to_bool(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) if value.marks.scalar() == Marks::NUMBER => {
            Err("bool required, but have number".to_owned())
        }
        Kind::Null | Kind::Unknown(_) => Ok(value.clone().of_scalar(Marks::BOOL)),
        Kind::Bool(_) => Ok(value.clone()),
        Kind::String(text) => match &**text {
            "true" | "1" => Ok(with_kind(value, Kind::Bool(true))),
            "false" | "0" => Ok(with_kind(value, Kind::Bool(false))),
            _ => Err("a bool is required".to_owned()),
        },
        Kind::Number(_) | Kind::List(_) | Kind::Object(_) => {
            Err(format!("bool required, but have {}", type_name(value)))
        }
        Kind::Choice(_) => on_both_sides(value, &to_bool),
    }
}

/// A list whose elements are all of one type.
pub fn to_list(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) if Shape::of(value) != Shape::Any => Err("list required".to_owned()),
        Kind::Null | Kind::Unknown(_) => Ok(value.clone()),
        Kind::List(items) => Ok(with_kind(value, Kind::List(unify_elements(items)?.into())).as_uniform()),
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => {
            Err(format!("list required, but have {}", type_name(value)))
        }
        Kind::Choice(_) => on_both_sides(value, &to_list),
    }
}

/// A list without doubles, in the order in which cty iterates a set.
pub fn to_set(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) if Shape::of(value) != Shape::Any => Err("set required".to_owned()),
        Kind::Null | Kind::Unknown(_) => Ok(value.clone()),
        Kind::List(items) => {
            // A set has the marks of its elements, since they decide what is a double.
            let marks =
                items.iter().fold(value.marks, |all, item| all.with(item.marks)).without(Marks::SEVERAL);
            let items = sort_as_set(unify_elements(items)?);
            Ok(with_kind(value, Kind::List(items.into())).marked(marks).as_set())
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => {
            Err(format!("set required, but have {}", type_name(value)))
        }
        Kind::Choice(_) => on_both_sides(value, &to_set),
    }
}

/// An object whose values are all of one type.
pub fn to_map(value: &Value) -> Result<Value, Refusal> {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) if Shape::of(value) != Shape::Any => Err("map required".to_owned()),
        Kind::Null | Kind::Unknown(_) => Ok(value.clone()),
        Kind::Object(object) => {
            let values: Vec<Value> = object.entries.iter().map(|entry| entry.value.clone()).collect();
            let values = unify_elements(&values)?;
            let mut object = (**object).clone();
            for (entry, value) in object.entries.iter_mut().zip(values) {
                entry.value = value;
            }
            Ok(with_kind(value, Kind::Object(Arc::new(object))).as_uniform())
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => {
            Err(format!("map required, but have {}", type_name(value)))
        }
        Kind::Choice(_) => on_both_sides(value, &to_map),
    }
}

/// The elements converted to the one type that all of them have or convert to.
pub fn unify_elements(items: &[Value]) -> Result<Vec<Value>, Refusal> {
    let refusal = || "all elements must have the same type".to_owned();
    let shape = unify_all(items.iter().map(Shape::of)).ok_or_else(refusal)?;
    // Of no type because there is none in common, not because nothing is known.
    if shape == Shape::Any && items.iter().any(|item| Shape::of(item) != Shape::Any) {
        return Err(refusal());
    }
    Ok(items.iter().map(|item| shape.apply(item)).collect())
}

/// A choice with both sides mapped. A side that is refused becomes an unknown that says so; both: the refusal.
fn on_both_sides(
    value: &Value,
    convert: &dyn Fn(&Value) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let Kind::Choice(choice) = &value.kind else { return convert(value) };
    let (then, otherwise) = (convert(&choice.then), convert(&choice.otherwise));
    if let (Err(refusal), Err(_)) = (&then, &otherwise) {
        return Err(refusal.clone());
    }
    let side = |side: Result<Value, Refusal>| {
        side.unwrap_or_else(|message| Value::unknown(Reason::Invalid { message: message.into() }))
    };
    let mut choice = (**choice).clone();
    choice.then = side(then);
    choice.otherwise = side(otherwise);
    Ok(with_kind(value, Kind::Choice(Arc::new(choice))))
}

/// A condition in words, for [`Reason::Condition`].
#[must_use]
pub fn condition_text(condition: &Condition) -> String {
    let joined = |parts: &[Arc<Condition>], word: &str| {
        parts.iter().map(|part| condition_text(part)).collect::<Vec<_>>().join(word)
    };
    match condition {
        Condition::Constant(value) => value.to_string(),
        Condition::Equals { name, value } => format!("{name} is {value}"),
        Condition::Open { text } => text.to_string(),
        Condition::Not(inner) => format!("not {}", condition_text(inner)),
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Named { name, .. } => name.to_string(),
    }
}

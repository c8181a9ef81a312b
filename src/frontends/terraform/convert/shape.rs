//! The types of values, as far as unification needs them: which scalars become strings.

use super::{to_bool, to_number, to_string};
use crate::model::{Kind, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type. Literal lists and objects are tuples and objects; unifying unequal ones makes lists and maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Null or unknown: fits every type.
    Any,
    Bool,
    Number,
    String,
    Tuple(Vec<Shape>),
    List(Box<Shape>),
    Object(BTreeMap<Arc<str>, Shape>),
    Map(Box<Shape>),
}

impl Shape {
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match &value.kind {
            Kind::Null | Kind::Unknown(_) => Self::Any,
            Kind::Bool(_) => Self::Bool,
            Kind::Number(_) => Self::Number,
            Kind::String(_) => Self::String,
            Kind::List(items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Kind::Object(object) => Self::Object(
                object.entries.iter().map(|entry| (Arc::clone(&entry.key), Self::of(&entry.value))).collect(),
            ),
            Kind::Choice(choice) => {
                pair(&Self::of(&choice.then), &Self::of(&choice.otherwise)).unwrap_or(Self::Any)
            }
        }
    }

    /// The value with its scalars converted. What does not convert stays as it is.
    #[must_use]
    pub fn apply(&self, value: &Value) -> Value {
        if let Kind::Choice(choice) = &value.kind {
            let mut choice = (**choice).clone();
            choice.then = self.apply(&choice.then);
            choice.otherwise = self.apply(&choice.otherwise);
            return Value { kind: Kind::Choice(Arc::new(choice)), ..value.clone() };
        }
        let converted = match self {
            Self::Any => return value.clone(),
            Self::Bool => to_bool(value),
            Self::Number => to_number(value),
            Self::String => to_string(value),
            Self::Tuple(shapes) => return map_items(value, &|at| shapes.get(at)),
            Self::List(shape) => return map_items(value, &|_| Some(&**shape)),
            Self::Object(shapes) => return map_entries(value, &|key| shapes.get(key)),
            Self::Map(shape) => return map_entries(value, &|_| Some(&**shape)),
        };
        converted.unwrap_or_else(|_| value.clone())
    }
}

fn map_items<'a>(value: &Value, shape_of: &dyn Fn(usize) -> Option<&'a Shape>) -> Value {
    let Some(items) = value.as_list() else { return value.clone() };
    let items: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(at, item)| shape_of(at).map_or_else(|| item.clone(), |shape| shape.apply(item)))
        .collect();
    Value { kind: Kind::List(items.into()), ..value.clone() }
}

fn map_entries<'a>(value: &Value, shape_of: &dyn Fn(&str) -> Option<&'a Shape>) -> Value {
    let Some(object) = value.as_object() else { return value.clone() };
    let mut object = (**object).clone();
    for entry in &mut object.entries {
        if let Some(shape) = shape_of(&entry.key) {
            entry.value = shape.apply(&entry.value);
        }
    }
    Value { kind: Kind::Object(Arc::new(object)), ..value.clone() }
}

/// The type that all types convert to; `None` where there is none.
#[must_use]
pub fn unify_all(shapes: impl IntoIterator<Item = Shape>) -> Option<Shape> {
    let mut scalars_as_text = None;
    let mut unified = Shape::Any;
    for shape in shapes {
        match pair(&unified, &shape) {
            Some(next) => unified = next,
            // A bool and a number have no common type, until a string joins them.
            None if is_scalar(&unified) && is_scalar(&shape) => scalars_as_text = Some(false),
            None => return None,
        }
        if scalars_as_text.is_some() && shape == Shape::String {
            (unified, scalars_as_text) = (Shape::String, None);
        }
    }
    if scalars_as_text.is_some() && unified != Shape::String { None } else { Some(unified) }
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(shape, Shape::Bool | Shape::Number | Shape::String)
}

fn pair(a: &Shape, b: &Shape) -> Option<Shape> {
    use Shape::{Any, Bool, List, Map, Number, Object, String, Tuple};
    match (a, b) {
        (Any, other) | (other, Any) => Some(other.clone()),
        (Bool, Bool) => Some(Bool),
        (Number, Number) => Some(Number),
        (String, String | Number | Bool) | (Number | Bool, String) => Some(String),
        (Tuple(x), Tuple(y)) if x.len() == y.len() => {
            x.iter().zip(y).map(|(x, y)| pair(x, y)).collect::<Option<Vec<_>>>().map(Tuple)
        }
        (Tuple(x), Tuple(y)) => unify_all(x.iter().chain(y).cloned()).map(|shape| List(Box::new(shape))),
        (Tuple(items), List(item)) | (List(item), Tuple(items)) => {
            let all = items.iter().cloned().chain([(**item).clone()]);
            unify_all(all).map(|shape| List(Box::new(shape)))
        }
        (List(x), List(y)) => pair(x, y).map(|shape| List(Box::new(shape))),
        (Object(x), Object(y)) if x.keys().eq(y.keys()) => x
            .iter()
            .zip(y.values())
            .map(|((key, x), y)| Some((Arc::clone(key), pair(x, y)?)))
            .collect::<Option<BTreeMap<_, _>>>()
            .map(Object),
        (Object(x), Object(y)) => {
            unify_all(x.values().chain(y.values()).cloned()).map(|shape| Map(Box::new(shape)))
        }
        (Object(values), Map(value)) | (Map(value), Object(values)) => {
            let all = values.values().cloned().chain([(**value).clone()]);
            unify_all(all).map(|shape| Map(Box::new(shape)))
        }
        (Map(x), Map(y)) => pair(x, y).map(|shape| Map(Box::new(shape))),
        (
            Bool | Number | String | Tuple(_) | List(_) | Object(_) | Map(_),
            Bool | Number | String | Tuple(_) | List(_) | Object(_) | Map(_),
        ) => None,
    }
}

/// Two branches of a conditional, converted to their common type. `None`: they have none, and Terraform refuses.
#[must_use]
pub fn unify(a: &Value, b: &Value) -> Option<(Value, Value)> {
    let shape = pair(&Shape::of(a), &Shape::of(b))?;
    Some((shape.apply(a), shape.apply(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_meet_in_strings() {
        let (a, b) = unify(&Value::int(1), &Value::string("x")).unwrap();
        assert_eq!((a.as_str(), b.as_str()), (Some("1"), Some("x")));
        assert!(unify(&Value::int(1), &Value::bool(true)).is_none());
        let three = [Shape::Bool, Shape::Number, Shape::String];
        assert_eq!(unify_all(three), Some(Shape::String));
        assert_eq!(unify_all([Shape::Bool, Shape::Number]), None);
    }

    #[test]
    fn tuples_of_unequal_length_become_lists() {
        let a = Value::list([Value::int(1)]);
        let b = Value::list([Value::string("x"), Value::int(2)]);
        let (a, b) = unify(&a, &b).unwrap();
        assert_eq!(a.as_list().unwrap()[0].as_str(), Some("1"));
        assert_eq!(b.as_list().unwrap()[1].as_str(), Some("2"));
    }

    #[test]
    fn null_takes_any_type() {
        assert!(unify(&Value::null(), &Value::list([])).is_some());
    }
}

//! The types of values, and values as of a type.

use super::{sort_as_set, to_bool, to_number, to_string, unify_all};
use crate::model::{Hop, Kind, Marks, Origin, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type. Literal lists and objects are tuples and objects; unifying unequal ones makes lists and maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Null or unknown, or an element of what is empty: fits every type.
    Any,
    Bool,
    Number,
    String,
    Tuple(Vec<Shape>),
    List(Box<Shape>),
    Set(Box<Shape>),
    Object(BTreeMap<Arc<str>, Shape>),
    Map(Box<Shape>),
}

use Shape::{Any, Bool, List, Map, Number, Object, Set, String, Tuple};

impl Shape {
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match &value.kind {
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => String,
            Kind::Null | Kind::Unknown(_) => marked(value.marks),
            Kind::Bool(_) => Bool,
            Kind::Number(_) => Number,
            Kind::String(_) => String,
            // A resource's schema, which is not here, converts what is written.
            Kind::List(_) | Kind::Object(_) if is_attribute(&value.origin) => Any,
            Kind::List(items) if value.marks.has(Marks::SET) => Set(element(value, items.iter())),
            Kind::List(items) if value.marks.has(Marks::UNIFORM) => List(element(value, items.iter())),
            Kind::List(items) if super::several(items).is_some() => List(element(value, items.iter())),
            Kind::List(items) => Tuple(items.iter().map(Self::of).collect()),
            Kind::Object(object) if value.marks.has(Marks::UNIFORM) => {
                Map(element(value, object.entries.iter().map(|entry| &entry.value)))
            }
            Kind::Object(object) if object.rest.is_some() => Any,
            Kind::Object(object) => Object(
                object.entries.iter().map(|entry| (Arc::clone(&entry.key), Self::of(&entry.value))).collect(),
            ),
            Kind::Choice(choice) => {
                unify_all([Self::of(&choice.then), Self::of(&choice.otherwise)]).unwrap_or(Any)
            }
        }
    }

    fn is_open(&self) -> bool {
        match self {
            Any => true,
            Bool | Number | String => false,
            Tuple(items) => items.iter().any(Self::is_open),
            List(item) | Set(item) | Map(item) => item.is_open(),
            Object(entries) => entries.values().any(Self::is_open),
        }
    }

    /// The value in this type. What does not convert stays as it is.
    #[must_use]
    pub fn apply(&self, value: &Value) -> Value {
        self.convert(value).unwrap_or_else(|| value.clone())
    }

    /// The value in this type; `None` where it does not convert.
    pub(crate) fn convert(&self, value: &Value) -> Option<Value> {
        match &value.kind {
            Kind::Null | Kind::Unknown(_) => {
                return Some(match self.scalar() {
                    Marks::NONE => value.clone(),
                    scalar => value.clone().of_scalar(scalar),
                });
            }
            Kind::Choice(choice) => {
                let mut choice = (**choice).clone();
                choice.then = self.apply(&choice.then);
                choice.otherwise = self.apply(&choice.otherwise);
                return Some(Value { kind: Kind::Choice(Arc::new(choice)), ..value.clone() });
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {}
        }
        match self {
            Any => Some(value.clone()),
            Bool => to_bool(value).ok(),
            Number => to_number(value).ok(),
            String => to_string(value).ok(),
            Tuple(shapes) => Some(map_items(value, &|at| shapes.get(at))?.as_structure()),
            List(shape) if **shape == Any => super::to_list(value).ok(),
            Set(shape) if **shape == Any => super::to_set(value).ok(),
            Map(shape) if **shape == Any => super::to_map(value).ok(),
            List(shape) => Some(shape.elements_of(map_items(value, &|_| Some(&**shape))?.as_uniform())),
            Set(shape) => {
                let list = map_items(value, &|_| Some(&**shape))?;
                let items = sort_as_set(list.as_list()?.to_vec());
                Some(shape.elements_of(Value { kind: Kind::List(items.into()), ..list }.as_set()))
            }
            Object(shapes) => Some(map_entries(value, &|key| shapes.get(key))?.as_structure()),
            Map(shape) => Some(shape.elements_of(map_entries(value, &|_| Some(&**shape))?.as_uniform())),
        }
    }

    fn scalar(&self) -> Marks {
        match self {
            Bool => Marks::BOOL,
            Number => Marks::NUMBER,
            String => Marks::STRING,
            Any | Tuple(_) | List(_) | Set(_) | Object(_) | Map(_) => Marks::NONE,
        }
    }

    /// A collection that is empty and yet says what its elements are.
    pub(crate) fn elements_of(&self, mut collection: Value) -> Value {
        let is_empty = match &collection.kind {
            Kind::List(items) => items.is_empty(),
            Kind::Object(object) => object.entries.is_empty(),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => false,
        };
        if is_empty {
            collection.marks = collection.marks.with(self.scalar());
        }
        collection
    }
}

/// The type that marks say.
fn marked(marks: Marks) -> Shape {
    match marks.scalar() {
        Marks::STRING => String,
        Marks::NUMBER => Number,
        Marks::BOOL => Bool,
        _ => Any,
    }
}

/// Whether a value came out of a resource, on whatever way it was carried on since.
fn is_attribute(origin: &Origin) -> bool {
    let mut origin = origin;
    while let Origin::Derived(step) = origin {
        match (&step.hop, step.from.as_slice()) {
            (Hop::Attribute(_), _) => return true,
            (_, [one]) => origin = one,
            _ => return false,
        }
    }
    false
}

/// The type of the elements of a collection: they have one, but what is empty does not say all of it.
fn element<'v>(collection: &Value, items: impl Iterator<Item = &'v Value>) -> Box<Shape> {
    let mut all = marked(collection.marks);
    for item in items {
        all = unify_all([all, Shape::of(item)]).unwrap_or(Any);
        if !all.is_open() {
            break;
        }
    }
    Box::new(all)
}

fn map_items<'a>(value: &Value, shape_of: &dyn Fn(usize) -> Option<&'a Shape>) -> Option<Value> {
    let convert = |(at, item): (usize, &Value)| match shape_of(at) {
        Some(shape) => shape.convert(item),
        None => Some(item.clone()),
    };
    let items = value.as_list()?.iter().enumerate().map(convert).collect::<Option<Vec<_>>>()?;
    Some(Value { kind: Kind::List(items.into()), ..value.clone() })
}

fn map_entries<'a>(value: &Value, shape_of: &dyn Fn(&str) -> Option<&'a Shape>) -> Option<Value> {
    let mut object = (**value.as_object()?).clone();
    for entry in &mut object.entries {
        if let Some(shape) = shape_of(&entry.key) {
            entry.value = shape.convert(&entry.value)?;
        }
    }
    Some(Value { kind: Kind::Object(Arc::new(object)), ..value.clone() })
}

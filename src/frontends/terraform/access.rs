//! Attributes and elements of values that are already there.

use super::choice::{choose, distribute, distribute_pair};
use super::eval::invalid;
use super::{convert, functions, scalar};
use crate::frontends::made;
use crate::model::{Condition, Hop, Kind, Marks, Origin, Origins, Reason, Step, Unknown, Value};
use std::sync::Arc;

/// Elements that are told apart where it is not known which is meant.
const MAX_ALTERNATIVES: usize = 64;

/// `value.name`
pub(crate) fn attr(value: &Value, name: &str) -> Value {
    distribute(value, &|value| match &value.kind {
        Kind::Object(object) => match (object.get(name), &object.rest) {
            (Some(entry), _) => carried(value, entry.value.clone()),
            (None, Some(rest)) => {
                any_element(value, rest).unwrap_or_else(|| made::value(computed(rest, name), None))
            }
            (None, None) => invalid(&format!("there is no attribute `{name}`")),
        },
        Kind::Unknown(_) if is_scalar(value) => invalid(&format!("there is no attribute `{name}`")),
        Kind::Unknown(unknown) => any_element(value, unknown)
            .unwrap_or_else(|| piece(value, Value::unknown(deeper(unknown, name)), name)),
        Kind::List(items) => match name.parse::<usize>() {
            Ok(at) => element(value, items, at),
            Err(_) => invalid(&format!("a list has no attribute `{name}`")),
        },
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Choice(_) => {
            invalid(&format!("there is no attribute `{name}`"))
        }
    })
    .marked(value.marks)
}

/// `value[key]`
pub(crate) fn index(value: &Value, key: &Value) -> Value {
    let marks = value.marks.with(key.marks).without(Marks::SEVERAL);
    distribute_pair(value, key, &|value, key| match (&value.kind, &key.kind) {
        (Kind::Unknown(_), _) if is_scalar(value) => invalid("this has no elements"),
        (Kind::List(_), _) if value.marks.has(Marks::SET) => invalid("elements of a set have no index"),
        (Kind::List(items), Kind::Unknown(unknown)) if convert::several(items).is_none() => {
            any_of(items.iter().enumerate().map(|(at, item)| (at.to_string(), item)), value, unknown)
        }
        (Kind::Object(object), Kind::Unknown(unknown)) if object.rest.is_none() => {
            any_of(object.entries.iter().map(|entry| (entry.key.to_string(), &entry.value)), value, unknown)
        }
        (Kind::Unknown(unknown), _) => {
            let found = Value::unknown(unknown.reason.clone());
            if let Some(element) = any_element(value, unknown) {
                return element;
            }
            match key.to_text() {
                Some(name) => piece(value, found, &name),
                None => some_of(value, found),
            }
        }
        (_, Kind::Unknown(unknown)) => Value::unknown(unknown.reason.clone()),
        (Kind::List(items), _) => match scalar::index(key) {
            Some(at) => element(value, items, at),
            None => invalid("an index that is no whole number"),
        },
        (Kind::Object(_), _) => match key.to_text() {
            Some(name) => attr(value, &name),
            None => invalid("a key that is no string"),
        },
        (Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Choice(_), _) => {
            invalid("this has no elements")
        }
    })
    .marked(marks)
}

/// An element of which it is not known which: each may be meant. Where they are many or unknown themselves, nothing
/// is gained by telling them apart.
fn any_of<'v>(elements: impl Iterator<Item = (String, &'v Value)>, whole: &Value, key: &Unknown) -> Value {
    let mut elements: Vec<(String, &Value)> = elements.collect();
    let unknown = || Value::unknown(key.reason.clone());
    if elements.is_empty() {
        return invalid("an element that does not exist");
    }
    if elements.len() > MAX_ALTERNATIVES {
        let mut unknown = unknown();
        let mut from = Vec::new();
        elements.iter().for_each(|(_, element)| functions::collect_origins(element, true, &mut from));
        unknown.origin = Origin::made_of(Hop::Branch, None, from);
        return unknown;
    }
    let is = |value: &str| match &key.reason {
        Reason::Variable { name } => {
            Condition::Equals { name: format!("var.{name}").into(), value: value.into() }
        }
        reason => Condition::Open { text: format!("the key ({reason}) is {value:?}").into() },
    };
    elements.dedup_by(|a, b| a.1.kind == b.1.kind);
    let last = elements.pop().map_or_else(unknown, |(_, element)| one_of(whole, element));
    elements
        .into_iter()
        .rev()
        .fold(last, |otherwise, (at, element)| choose(Arc::new(is(&at)), one_of(whole, element), otherwise))
}

/// What stands for every element of a collection whose keys are not known. Of several it is not known which.
pub(super) fn any_element(whole: &Value, unknown: &Unknown) -> Option<Value> {
    let [element] = &*unknown.elements else { return None };
    Some(one_of(whole, element))
}

/// A collection is not told which way it came: most of what is in it is never asked for.
fn one_of(whole: &Value, element: &Value) -> Value {
    match &element.kind {
        Kind::List(_) | Kind::Object(_) => element.clone().marked(whole.marks),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => carried(whole, element.clone()),
    }
}

/// Whether an unknown or null value is known to be a string, number or bool.
pub(crate) fn is_scalar(value: &Value) -> bool {
    match convert::Shape::of(value) {
        convert::Shape::Bool | convert::Shape::Number | convert::Shape::String => true,
        convert::Shape::Any
        | convert::Shape::Tuple(_)
        | convert::Shape::List(_)
        | convert::Shape::Set(_)
        | convert::Shape::Object(_)
        | convert::Shape::Map(_) => false,
    }
}

fn element(whole: &Value, items: &Arc<[Value]>, at: usize) -> Value {
    if let Some(reason) = convert::several(items) {
        // Any of them, if there are as many.
        let elements = items.iter().enumerate().map(|(at, item)| (at.to_string(), item));
        return any_of(elements, whole, &Unknown::new(reason));
    }
    items
        .get(at)
        .map_or_else(|| invalid("an element that does not exist"), |item| carried(whole, item.clone()))
}

/// An attribute of something unknown keeps the reason; of an unknown resource it names the attribute.
fn deeper(unknown: &Unknown, name: &str) -> Reason {
    match &unknown.reason {
        Reason::Computed { address, attribute } if !attribute.is_empty() => Reason::Computed {
            address: Arc::clone(address),
            attribute: Arc::from(format!("{attribute}.{name}")),
        },
        Reason::Variable { .. }
        | Reason::Computed { .. }
        | Reason::Data { .. }
        | Reason::Ephemeral { .. }
        | Reason::Module { .. }
        | Reason::Parameter { .. }
        | Reason::PseudoParameter { .. }
        | Reason::Import { .. }
        | Reason::DynamicReference { .. }
        | Reason::Function { .. }
        | Reason::Instance { .. }
        | Reason::Condition { .. }
        | Reason::File { .. }
        | Reason::Invalid { .. }
        | Reason::Cycle { .. }
        | Reason::Limit { .. }
        | Reason::Undeclared { .. }
        | Reason::Unsupported { .. } => computed(unknown, name),
    }
}

/// The reason of a resource's attribute that is not written: its address with this attribute.
pub(crate) fn computed(rest: &Unknown, name: &str) -> Reason {
    match &rest.reason {
        Reason::Computed { address, attribute } if attribute.is_empty() => {
            Reason::Computed { address: Arc::clone(address), attribute: Arc::from(name) }
        }
        Reason::Data { address, attribute } if attribute.is_empty() => {
            Reason::Data { address: Arc::clone(address), attribute: Arc::from(name) }
        }
        reason => reason.clone(),
    }
}

/// A piece of what somebody hands over is handed over with it.
fn piece(whole: &Value, piece: Value, name: &str) -> Value {
    match is_handed_over(&whole.origin) {
        true => {
            let origin = whole.origin.clone();
            Value { origin, ..piece }.via(Hop::Piece(Arc::from(name)), None)
        }
        false => piece,
    }
}

/// What is made of any elements of what is not known: where that came from.
pub(super) fn some_of(whole: &Value, made: Value) -> Value {
    let origin = is_handed_over(&whole.origin).then(|| whole.origin.clone());
    Value { origin: origin.unwrap_or_default(), ..made }
}

/// Whether a value is, or holds, a variable that is not marked and is left to somebody else.
pub(super) fn is_handed_over(origin: &Origin) -> bool {
    origin.way_from(&|hop| matches!(hop, Hop::UnmarkedVariable(_))).is_some()
}

/// A piece of a value that came a way came the same way.
pub(crate) fn carried(whole: &Value, mut piece: Value) -> Value {
    piece.origin = extend(&whole.origin, piece.origin);
    piece.marked(whole.marks)
}

fn extend(way: &Origin, piece: Origin) -> Origin {
    match way {
        Origin::None | Origin::Literal(_) => piece,
        Origin::Derived(step) => {
            let inner = match step.from.as_slice() {
                [one] => extend(one, piece),
                _ => piece,
            };
            let from = Origins::One(inner);
            Origin::Derived(Arc::new(Step { hop: step.hop.clone(), site: step.site, from }))
        }
    }
}

//! What a value holds in depth: unknowns, marks and origins.

use super::choices::reason_of;
use crate::model::{Kind, Marks, Origin, Unknown, Value};
use std::sync::Arc;

/// The first unknown in a value, elements and an object's open rest included; of what is made of known elements that in
/// them.
pub(super) fn first_unknown(value: &Value) -> Option<Arc<Unknown>> {
    match &value.kind {
        Kind::Unknown(unknown) => Some(inner(unknown)),
        Kind::List(items) => items.iter().find_map(first_unknown),
        Kind::Object(object) => {
            let inside = object.entries.iter().find_map(|entry| first_unknown(&entry.value));
            inside.or_else(|| object.rest.as_ref().map(inner))
        }
        Kind::Choice(choice) => Some(Arc::new(Unknown::new(reason_of(choice)))),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

fn inner(unknown: &Arc<Unknown>) -> Arc<Unknown> {
    unknown.elements.iter().find_map(first_unknown).unwrap_or_else(|| Arc::clone(unknown))
}

pub(crate) fn marks_of(value: &Value, inside: bool) -> Marks {
    let mut marks = value.marks;
    if inside {
        match &value.kind {
            Kind::List(items) => {
                marks = items.iter().fold(marks, |all, item| all.with(marks_of(item, true)));
            }
            Kind::Object(object) => {
                marks =
                    object.entries.iter().fold(marks, |all, entry| all.with(marks_of(&entry.value, true)));
            }
            Kind::Choice(choice) => {
                marks = marks.with(marks_of(&choice.then, true)).with(marks_of(&choice.otherwise, true));
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
        }
    }
    marks
}

pub(crate) fn collect_origins(value: &Value, inside: bool, origins: &mut Vec<Origin>) {
    if !matches!(value.origin, Origin::None) {
        origins.push(value.origin.clone());
    }
    if !inside {
        return;
    }
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| collect_origins(item, true, origins)),
        Kind::Object(object) => {
            object.entries.iter().for_each(|entry| collect_origins(&entry.value, true, origins));
        }
        Kind::Choice(choice) => {
            collect_origins(&choice.then, true, origins);
            collect_origins(&choice.otherwise, true, origins);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
    }
}

/// Gives the origin to every value that has none, `inside` too.
pub(super) fn set_origin(value: &mut Value, origin: &Origin, inside: bool) {
    if matches!(value.origin, Origin::None) {
        value.origin = origin.clone();
    }
    if !inside {
        return;
    }
    match &mut value.kind {
        Kind::List(items) => {
            let mut owned = items.to_vec();
            owned.iter_mut().for_each(|item| set_origin(item, origin, true));
            *items = owned.into();
        }
        Kind::Object(object) => {
            Arc::make_mut(object)
                .entries
                .iter_mut()
                .for_each(|entry| set_origin(&mut entry.value, origin, true));
        }
        Kind::Choice(choice) => {
            let choice = Arc::make_mut(choice);
            set_origin(&mut choice.then, origin, true);
            set_origin(&mut choice.otherwise, origin, true);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
    }
}

//! Normal form C, in which Terraform holds every string. <https://github.com/zclconf/go-cty/blob/main/cty/value_init.go>

use crate::model::{Kind, Value};
use std::borrow::Cow;
use std::sync::Arc;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Nearly every text is in normal form already, and nearly all of those are ASCII.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// A string and the strings in it.
pub(crate) fn value(value: Value) -> Value {
    if is_normal(&value) { value } else { normalized(&value) }
}

fn is_normal(value: &Value) -> bool {
    match &value.kind {
        Kind::String(text) => matches!(self::text(text), Cow::Borrowed(_)),
        Kind::List(items) => items.iter().all(is_normal),
        Kind::Object(object) => object
            .entries
            .iter()
            .all(|entry| matches!(text(&entry.key), Cow::Borrowed(_)) && is_normal(&entry.value)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => true,
    }
}

fn normalized(value: &Value) -> Value {
    let kind = match &value.kind {
        Kind::String(held) => Kind::String(Arc::from(text(held))),
        Kind::List(items) => Kind::List(items.iter().map(normalized).collect()),
        Kind::Object(object) => {
            let mut object = (**object).clone();
            for entry in &mut object.entries {
                entry.key = Arc::from(text(&entry.key));
                entry.value = normalized(&entry.value);
            }
            let rest = object.rest.clone();
            Kind::Object(Arc::new(crate::model::Object { rest, ..crate::model::Object::new(object.entries) }))
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => {
            return value.clone();
        }
    };
    Value { kind, ..value.clone() }
}

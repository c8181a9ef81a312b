//! Functions that change what is known to be sensitive or ephemeral, and nothing else.

use super::frame::{Call, CallError, Makes, Needs, Spec, Takes};
use super::inside::marks_of;
use crate::model::{Hop, Kind, Marks, Reason, Value};
use std::sync::Arc;

const fn spec(name: &'static str, run: super::frame::Run) -> Spec {
    Spec::new(name, &[Takes::Nullable], run).needs(Needs::Nothing).makes(Makes::Marks)
}

pub(super) const SPECS: &[Spec] = &[
    spec("ephemeralasnull", |call| Ok(without_ephemeral(call.arg(0)))),
    spec("issensitive", issensitive),
    spec("nonsensitive", |call| {
        let mut value = call.arg(0).clone();
        let was_hidden = marks_of(&value, true).has(Marks::SENSITIVE);
        value.marks = value.marks.without(Marks::SENSITIVE);
        // Who looks at what is shown needs to know.
        Ok(if was_hidden { value.via(Hop::Function("nonsensitive".into()), None) } else { value })
    }),
    spec("sensitive", |call| Ok(call.arg(0).clone().marked(Marks::SENSITIVE))),
];

/// A mark that is there is there whatever the value is; one that is not may come with an unknown value.
fn issensitive(call: &Call<'_>) -> Result<Value, CallError> {
    let value = call.arg(0);
    if value.marks.has(Marks::SENSITIVE) {
        return Ok(Value::bool(true));
    }
    Ok(match &value.kind {
        Kind::Unknown(unknown) => Value::unknown(unknown.reason.clone()),
        Kind::Choice(choice) => {
            let text = crate::frontends::terraform::convert::condition_text(&choice.condition);
            Value::unknown(Reason::Condition { text: text.into() })
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {
            Value::bool(false)
        }
    })
}

fn without_ephemeral(value: &Value) -> Value {
    if value.marks.has(Marks::EPHEMERAL) {
        let mut null = Value::null().marked(value.marks.without(Marks::EPHEMERAL));
        null.origin = value.origin.clone();
        return null;
    }
    let kind = match &value.kind {
        Kind::List(items) => Kind::List(items.iter().map(without_ephemeral).collect()),
        Kind::Object(object) => {
            let mut object = (**object).clone();
            object.entries.iter_mut().for_each(|entry| entry.value = without_ephemeral(&entry.value));
            Kind::Object(Arc::new(object))
        }
        Kind::Choice(choice) => {
            let mut choice = (**choice).clone();
            choice.then = without_ephemeral(&choice.then);
            choice.otherwise = without_ephemeral(&choice.otherwise);
            Kind::Choice(Arc::new(choice))
        }
        Kind::Unknown(unknown) if matches!(unknown.reason, Reason::Ephemeral { .. }) => Kind::Null,
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {
            value.kind.clone()
        }
    };
    Value { kind, ..value.clone() }
}

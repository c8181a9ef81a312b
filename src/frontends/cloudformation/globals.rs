//! SAM's `Globals`: properties that functions, APIs and tables of a template share.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>

use crate::model::{Choice, Kind, Object, Value};
use std::sync::Arc;

/// The section of `Globals` that a resource type takes part in.
pub(super) fn section(type_name: &str) -> Option<&str> {
    type_name.strip_prefix("AWS::Serverless::")
}

/// Maps are merged, lists joined, and of anything else the resource's own counts.
pub(super) fn merge(global: &Value, own: &Value) -> Value {
    match (&global.kind, &own.kind) {
        (Kind::Object(shared), Kind::Object(object)) => {
            let mut entries = shared.entries.clone();
            for entry in &object.entries {
                let mut entry = entry.clone();
                if let Some(shared) = shared.get(&entry.key) {
                    entry.value = merge(&shared.value, &entry.value);
                }
                entries.push(entry);
            }
            let rest = object.rest.clone().or_else(|| shared.rest.clone());
            let kind = Kind::Object(Arc::new(Object { rest, ..Object::new(entries) }));
            Value { kind, origin: own.origin.clone(), marks: own.marks }
        }
        (Kind::List(shared), Kind::List(items)) => {
            let items = shared.iter().chain(items.iter()).cloned();
            Value { origin: own.origin.clone(), marks: own.marks, ..Value::list(items) }
        }
        (_, Kind::Null) => global.clone(),
        (_, Kind::Choice(choice)) => {
            let choice = Choice {
                condition: Arc::clone(&choice.condition),
                then: merge(global, &choice.then),
                otherwise: merge(global, &choice.otherwise),
            };
            Value { kind: Kind::Choice(Arc::new(choice)), origin: own.origin.clone(), marks: own.marks }
        }
        (
            _,
            Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Unknown(_),
        ) => own.clone(),
    }
}

//! SAM's `Globals`: properties that resources of one type share. Follows what the SAM translator does with them.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>
//! <https://github.com/aws/serverless-application-model/blob/develop/samtranslator/plugins/globals/globals.py>

use super::call::call;
use crate::model::{Choice, Entry, Kind, Object, Origin, Value};
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// The section of `Globals` that a resource type takes part in. These three have none.
pub(super) fn section(type_name: &str) -> Option<&str> {
    let section = type_name.strip_prefix("AWS::Serverless::")?;
    (!["Application", "Connector", "GraphQLApi"].contains(&section)).then_some(section)
}

/// What may stand in a section: SAM refuses the properties that must be each resource's own.
pub(super) fn supported(section: &str, global: Value) -> Value {
    let own: &[&str] = match section {
        "Function" => &["Role", "Policies", "FunctionName", "Events", "InlineCode", "ImageUri"],
        "Api" => &["DefinitionBody", "StageName"],
        "HttpApi" => &["DefinitionBody", "DefinitionUri", "StageName"],
        "SimpleTable" => &["PrimaryKey", "TableName", "ProvisionedThroughput"],
        "StateMachine" => &["Definition", "DefinitionUri", "Role", "Policies", "Name", "Events"],
        _ => &[],
    };
    without(global, &|key| own.contains(&key))
}

/// What a resource takes of its section: `IgnoreGlobals` is `"*"`, or a list of properties. What the resource itself
/// says by a function counts as a whole, also where that is `AWS::NoValue`.
pub(super) fn unless_ignored(global: Value, resource: NodeRef<'_>) -> Option<Value> {
    let global = match resource.get("IgnoreGlobals") {
        Some(ignored) if ignored.scalar_text().is_some_and(|text| text == "*") => return None,
        Some(ignored) => {
            let keys: Vec<_> = ignored.items().filter_map(NodeRef::scalar_text).collect();
            without(global, &|key| keys.iter().any(|ignored| ignored == key))
        }
        None => global,
    };
    Some(match resource.get("Properties") {
        Some(own) => unless_replaced(global, own),
        None => global,
    })
}

fn without(value: Value, drops: &dyn Fn(&str) -> bool) -> Value {
    let Some(object) = value.as_object() else { return value };
    let kept = object.entries.iter().filter(|entry| !drops(&entry.key)).cloned().collect();
    let kept = Object { entries: kept, rest: object.rest.clone() };
    Value { kind: Kind::Object(Arc::new(kept)), origin: value.origin.clone(), marks: value.marks }
}

fn unless_replaced(global: Value, own: NodeRef<'_>) -> Value {
    let Some(object) = global.as_object().filter(|_| is_literal(&global)) else { return global };
    let mut entries: Vec<Entry> = Vec::with_capacity(object.entries.len());
    for entry in &object.entries {
        match own.get(&entry.key) {
            Some(node) if call(node).is_some() => {}
            Some(node) => {
                entries.push(Entry { value: unless_replaced(entry.value.clone(), node), ..entry.clone() });
            }
            None => entries.push(entry.clone()),
        }
    }
    let object = Object { entries, rest: object.rest.clone() };
    Value { kind: Kind::Object(Arc::new(object)), origin: global.origin.clone(), marks: global.marks }
}

/// Whether a list or map stands in the template as such, rather than being what a function returns.
fn is_literal(value: &Value) -> bool {
    matches!(value.origin, Origin::Literal(_))
}

/// The section with what a resource says itself.
pub(super) fn merge(type_name: &str, global: &Value, own: &Value) -> Value {
    match &own.kind {
        Kind::Choice(choice) => {
            let choice = Choice {
                condition: Arc::clone(&choice.condition),
                then: merge(type_name, global, &choice.then),
                otherwise: merge(type_name, global, &choice.otherwise),
            };
            Value { kind: Kind::Choice(Arc::new(choice)), origin: own.origin.clone(), marks: own.marks }
        }
        Kind::Object(object) => {
            let Some(shared) = global.as_object() else { return own.clone() };
            let section = section(type_name).unwrap_or_default();
            merged(shared, object, own, section)
        }
        Kind::Null => global.clone(),
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Unknown(_) => own.clone(),
    }
}

/// Maps are merged, lists joined, and of anything else the resource's own counts.
fn merged(shared: &Object, object: &Object, own: &Value, path: &str) -> Value {
    let keeps_all = path != "CapacityProvider.ManagedResourceTags" || object.entries.is_empty();
    let mut entries = if keeps_all { shared.entries.clone() } else { Vec::new() };
    for entry in &object.entries {
        let mut entry = entry.clone();
        if let Some(shared) = shared.get(&entry.key) {
            entry.value = both(&shared.value, &entry.value, &format!("{path}.{}", entry.key));
        }
        entries.push(entry);
    }
    let rest = object.rest.clone().or_else(|| shared.rest.clone());
    let kind = Kind::Object(Arc::new(Object { rest, ..Object::new(entries) }));
    Value { kind, origin: own.origin.clone(), marks: own.marks }
}

fn both(global: &Value, own: &Value, path: &str) -> Value {
    if !is_literal(global) || !is_literal(own) || path.ends_with(".Architectures") {
        return own.clone();
    }
    match (&global.kind, &own.kind) {
        (Kind::Object(shared), Kind::Object(object)) => merged(shared, object, own, path),
        (Kind::List(shared), Kind::List(items)) => {
            let items = shared.iter().chain(items.iter()).cloned();
            Value { origin: own.origin.clone(), marks: own.marks, ..Value::list(items) }
        }
        (
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_),
            _,
        ) => own.clone(),
    }
}

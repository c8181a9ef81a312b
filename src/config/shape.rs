//! Holds a document against a schema: everything that is wrong at once, each with its place. Knows as much of JSON
//! Schema as the schema of the configuration uses.

use crate::findings::selection::closest;
use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use serde_json::{Map, Value as Json};

/// What is wrong, and where.
pub(crate) type Wrong = (Span, String);

/// Everything that is wrong with a node. `name` is what it is called, empty for the document.
pub(crate) fn check(node: NodeRef<'_>, schema: &Json, name: &str, wrong: &mut Vec<Wrong>) {
    if let Some(kinds) = schema["anyOf"].as_array() {
        // The one that is meant says what is wrong.
        let meant = kinds.iter().find(|kind| is_of(node, kind)).or(kinds.first());
        if let Some(kind) = meant.filter(|kind| is_of(node, kind)) {
            return check(node, kind, name, wrong);
        }
        let wanted: Vec<String> = kinds.iter().map(describe).collect();
        wrong.push(mismatch(node, name, &wanted.join(" or ")));
        return;
    }
    if !is_of(node, schema) {
        wrong.push(mismatch(node, name, &describe(schema)));
        return;
    }
    if let Some(values) = schema["enum"].as_array() {
        one_of(node, values, name, wrong);
    }
    let number = resolved_integer(node);
    let bound = |key: &str| schema[key].as_i64().map(i128::from);
    if let (Some(number), Some(least), Some(most)) = (number, bound("minimum"), bound("maximum"))
        && !(least..=most).contains(&number)
    {
        wrong.push((node.span(), format!("`{name}` has to be from {least} to {most}")));
    }
    for item in node.items() {
        check(item, &schema["items"], name, wrong);
    }
    table(node, schema, name, wrong);
}

fn table(node: NodeRef<'_>, schema: &Json, name: &str, wrong: &mut Vec<Wrong>) {
    let none = Map::new();
    let known = schema["properties"].as_object().unwrap_or(&none);
    for (key, value) in node.entries() {
        let text = key.scalar_text().unwrap_or_default();
        let inner = if name.is_empty() { text.to_string() } else { format!("{name}.{text}") };
        match (known.get(text.as_ref()), &schema["additionalProperties"]) {
            (Some(schema), _) => check(value, schema, &inner, wrong),
            (None, Json::Bool(false)) => wrong.push((key.span(), unknown(&text, name, known))),
            (None, rest) => check(value, rest, &inner, wrong),
        }
    }
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        if node.is_mapping() && node.get(required).is_none() {
            // The table of a list may be written in pieces: its first key is surely its own.
            let at = node.entries().next().map_or(node.span(), |(key, _)| key.span());
            wrong.push((at, format!("`{name}` needs the key `{required}`")));
        }
    }
}

fn unknown(key: &str, name: &str, known: &Map<String, Json>) -> String {
    let place = if name.is_empty() { String::new() } else { format!(" of `{name}`") };
    let hint = match closest(key, known.keys().map(String::as_str)) {
        Some(best) => format!("did you mean `{best}`?"),
        None => {
            let all: Vec<String> = known.keys().map(|key| format!("`{key}`")).collect();
            format!("there are {}", all.join(", "))
        }
    };
    format!("`{key}` is no key{place}; {hint}")
}

fn one_of(node: NodeRef<'_>, values: &[Json], name: &str, wrong: &mut Vec<Wrong>) {
    let said = node.scalar_text().unwrap_or_default();
    let known: Vec<&str> = values.iter().filter_map(Json::as_str).collect();
    if !known.contains(&said.as_ref()) {
        let all: Vec<String> = known.iter().map(|value| format!("`{value}`")).collect();
        let hint = closest(&said, known.iter().copied())
            .map_or_else(String::new, |best| format!("; did you mean `{best}`?"));
        wrong.push((node.span(), format!("`{name}` is one of {}, not `{said}`{hint}", all.join(", "))));
    }
}

fn mismatch(node: NodeRef<'_>, name: &str, wanted: &str) -> Wrong {
    let found = match node.kind() {
        NodeKind::Mapping(_) => "a table",
        NodeKind::Sequence(_) => "a list",
        NodeKind::Null | NodeKind::Scalar(..) => match node.resolve() {
            Some(Resolved::Bool(_)) => "true or false",
            Some(Resolved::Int(_) | Resolved::Float(_)) => "a number",
            Some(Resolved::Text(_) | Resolved::Null) | None => "a text",
        },
    };
    (node.span(), format!("`{name}` has to be {wanted}, not {found}"))
}

fn describe(schema: &Json) -> String {
    let text = match schema["type"].as_str() {
        Some("object") => "a table",
        Some("array") => return format!("a list of {}", plural(&schema["items"])),
        Some("boolean") => "true or false",
        Some("integer") => "a whole number",
        Some("string") => "a text",
        Some(_) | None => "something else",
    };
    text.to_owned()
}

fn plural(schema: &Json) -> &'static str {
    match schema["type"].as_str() {
        Some("object") => "tables",
        Some(_) | None => "texts",
    }
}

fn is_of(node: NodeRef<'_>, schema: &Json) -> bool {
    match schema["type"].as_str() {
        Some("object") => matches!(node.kind(), NodeKind::Mapping(_)),
        Some("array") => matches!(node.kind(), NodeKind::Sequence(_)),
        Some("boolean") => matches!(node.resolve(), Some(Resolved::Bool(_))),
        Some("integer") => resolved_integer(node).is_some(),
        Some("string") => matches!(node.resolve(), Some(Resolved::Text(_))),
        // Any value.
        Some(_) | None => true,
    }
}

fn resolved_integer(node: NodeRef<'_>) -> Option<i128> {
    match node.resolve() {
        Some(Resolved::Int(number)) => Some(number),
        Some(Resolved::Null | Resolved::Bool(_) | Resolved::Float(_) | Resolved::Text(_)) | None => None,
    }
}

/// The document as JSON.
pub(super) fn json(node: NodeRef<'_>) -> Json {
    match node.kind() {
        NodeKind::Mapping(_) => Json::Object(
            node.entries()
                .map(|(key, value)| (key.scalar_text().unwrap_or_default().into_owned(), json(value)))
                .collect(),
        ),
        NodeKind::Sequence(_) => Json::Array(node.items().map(json).collect()),
        NodeKind::Null | NodeKind::Scalar(..) => match node.resolve() {
            Some(Resolved::Bool(value)) => Json::Bool(value),
            Some(Resolved::Int(number)) => i64::try_from(number).map_or(Json::Null, Json::from),
            Some(Resolved::Float(number)) => Json::from(number),
            Some(Resolved::Text(text)) => Json::String(text.into_owned()),
            Some(Resolved::Null) | None => Json::Null,
        },
    }
}

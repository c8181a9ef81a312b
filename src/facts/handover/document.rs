//! Static keys by name in JSON documents: environments as maps, as lists of names and values, and texts inside of them.

use super::text::{InText, named};
use crate::catalog;
use crate::catalog::handover::{HALVES, SESSION_TOKEN, is_named};
use crate::facts::holes::HOLE;
use serde_json::Value as Json;
use std::ops::Range;

/// A JSON document, in which a hole may stand for a value.
pub(super) fn parse(text: &str) -> Option<Json> {
    let trimmed = text.trim();
    if !trimmed.starts_with(['{', '[']) {
        return None;
    }
    let mut whole = String::with_capacity(trimmed.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in trimmed.chars() {
        if c == HOLE && !quoted {
            whole.push('"');
            whole.push(HOLE);
            whole.push('"');
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        whole.push(c);
    }
    serde_json::from_str(&whole).ok()
}

pub(super) fn walk(text: &str, json: &Json, found: &mut Vec<InText>) {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(inner) => found.extend(named(inner).map(|named| placed_in(text, inner, named))),
        Json::Array(items) => {
            let pairs: Vec<Variable<'_>> = items.iter().filter_map(pair).collect();
            found.extend(chosen(text, &pairs));
            items.iter().filter(|item| pair(item).is_none()).for_each(|item| walk(text, item, found));
        }
        Json::Object(fields) => {
            let set = fields.iter().filter_map(|(name, value)| {
                let value = value.as_str().filter(|value| !value.is_empty())?;
                Some(Variable { name, value, is_reference: false })
            });
            found.extend(chosen(text, &set.collect::<Vec<_>>()));
            fields.values().for_each(|value| walk(text, value, found));
        }
    }
}

/// An inner text that stands as it is in the outer one keeps its places; of another one the name is looked for.
fn placed_in(text: &str, inner: &str, named: InText) -> InText {
    match text.find(inner) {
        Some(start) => {
            let shift = |place: Range<usize>| start + place.start..start + place.end;
            let values = named.values.into_iter().map(shift).collect();
            InText { at: shift(named.at), values, ..named }
        }
        None => {
            let name = inner.get(named.at).unwrap_or_default();
            let at = text.find(name).map_or(0..0, |start| start..start + name.len());
            InText { at, values: Vec::new(), ..named }
        }
    }
}

/// A variable of an environment in a document.
struct Variable<'j> {
    name: &'j str,
    value: &'j str,
    /// Fetched from where secrets are kept.
    is_reference: bool,
}

fn pair(json: &Json) -> Option<Variable<'_>> {
    let field = |names: [&str; 2]| names.iter().find_map(|name| json.get(name)?.as_str());
    let name = field(["name", "Name"])?;
    let plain = field(["value", "Value"]);
    let fetched = field(["valueFrom", "ValueFrom"]);
    let stored = field(["type", "Type"]).is_some_and(catalog::names_a_store);
    let value = plain.or(fetched)?;
    (!value.is_empty()).then_some(Variable { name, value, is_reference: plain.is_none() || stored })
}

fn chosen(text: &str, variables: &[Variable<'_>]) -> Option<InText> {
    if variables.iter().any(|variable| variable.name.eq_ignore_ascii_case(SESSION_TOKEN)) {
        return None;
    }
    let of = |names: [&'static str; 2]| {
        names.into_iter().find_map(|known| {
            let variable = variables.iter().find(|variable| is_named(variable.name, known))?;
            Some((known, variable))
        })
    };
    let (name, variable) = HALVES.into_iter().find_map(of)?;
    let at = in_quotes(text, variable.name, 0).unwrap_or(0..0);
    let halves = HALVES.into_iter().filter_map(of);
    let values = halves.filter_map(|(_, half)| nearest(text, half.value, at.start)).collect();
    Some(InText { name, at, values, is_reference: variable.is_reference })
}

/// A string of a document.
fn in_quotes(text: &str, wanted: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text.get(from..)?.find(&format!("\"{wanted}\""))? + 1;
    Some(start..start + wanted.len())
}

/// Where a value stands that is known, next to a place.
fn nearest(text: &str, value: &str, to: usize) -> Option<Range<usize>> {
    if value.contains(HOLE) {
        return None;
    }
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(place) = in_quotes(text, value, from) {
        from = place.end;
        places.push(place);
    }
    places.into_iter().min_by_key(|place| place.start.abs_diff(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = HALVES[0][0];
    const ID: &str = HALVES[1][0];

    fn told(text: &str) -> Option<(&'static str, bool)> {
        named(&text.replace('?', &HOLE.to_string())).map(|found| (found.name, found.is_reference))
    }

    #[test]
    fn documents_set_keys() {
        for (text, expected) in [
            (r#"[{"environment":[{"name":"AWS_SECRET_ACCESS_KEY","value":?}]}]"#, Some((SECRET, false))),
            (r#"[{"environment":[{"value":"x","name":"AWS_ACCESS_KEY_ID"}]}]"#, Some((ID, false))),
            (r#"[{"secrets":[{"name":"AWS_SECRET_ACCESS_KEY","valueFrom":"arn:?"}]}]"#, Some((SECRET, true))),
            (r#"{"env":{"AWS_SECRET_ACCESS_KEY":"?"}}"#, Some((SECRET, false))),
            (r#"{"env":{"AWS_SECRET_ACCESS_KEY":""}}"#, None),
            (r#"{"commands":["export AWS_SECRET_ACCESS_KEY=?"]}"#, Some((SECRET, false))),
            (r#"[{"name":"AWS_SECRET_ACCESS_KEY","value":?},{"name":"AWS_SESSION_TOKEN","value":?}]"#, None),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}

//! `jsondecode` and `yamldecode`, also of a text that is known in part: what is not known stays so where it stands in the
//! document. It is taken for a value or a piece of one, never for more of the document.

use super::call::{Call, CallError};
use super::frame::{limit, too_many};
use super::pieces::Pieces;
use super::{MAX_ELEMENTS, json};
use crate::model::{Entry, Hop, Kind, Object, Origin, Part, Unknown, Value};
use crate::syntax::doc::ParseErrorKind;
use std::sync::Arc;

/// What stands around the number of an unknown part: characters that nobody writes.
const HOLE: [char; 2] = ['\u{e000}', '\u{e001}'];

/// Marks a part that may be several elements of a list, or none.
const BARE: &str = "b";

type Decode = fn(&Call<'_>, &str) -> Result<Value, CallError>;

pub(super) fn json(call: &Call<'_>) -> Result<Value, CallError> {
    decoded(call, json_of, true)
}

pub(super) fn yaml(call: &Call<'_>) -> Result<Value, CallError> {
    decoded(call, yaml_of, false)
}

fn json_of(call: &Call<'_>, text: &str) -> Result<Value, CallError> {
    if text.len() >= MAX_ELEMENTS && text.matches(',').count() >= MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    json::decode(text).or_else(|error| match error.kind {
        ParseErrorKind::Syntax => Err(CallError::at(0, "the text is not valid JSON")),
        ParseErrorKind::Limit => Ok(limit("a text of JSON that is nested too deeply")),
    })
}

fn yaml_of(_: &Call<'_>, text: &str) -> Result<Value, CallError> {
    super::yaml_read::decode(text)
        .unwrap_or_else(|| Err(CallError::at(0, "the text is not one YAML document that Terraform can hold")))
}

/// `quotes`: what stands outside of quotes needs some.
fn decoded(call: &Call<'_>, decode: Decode, quotes: bool) -> Result<Value, CallError> {
    let Some(unknown) = call.arg(0).as_unknown() else { return decode(call, call.text(0)) };
    let open = || Ok(Value::unknown(unknown.reason.clone()));
    let known = |part: &Part| matches!(part, Part::Text { text, .. } if !text.contains(HOLE));
    let is_hole = |part: &Part| matches!(part, Part::Unknown(_));
    if !unknown.parts.iter().any(known) || !unknown.parts.iter().all(|part| known(part) || is_hole(part)) {
        return open();
    }
    match decode(call, &with_holes(unknown, quotes)) {
        Ok(value) => Ok(filled(&value, unknown, call.name)),
        // What is put in may make it one.
        Err(_) => open(),
    }
}

fn with_holes(unknown: &Unknown, quotes: bool) -> String {
    let mut whole = String::new();
    let (mut inside, mut escaped) = (false, false);
    for (at, part) in unknown.parts.iter().enumerate() {
        match part {
            Part::Text { text, .. } => {
                for c in text.chars() {
                    inside ^= c == '"' && !escaped;
                    escaped = inside && c == '\\' && !escaped;
                }
                whole.push_str(text);
            }
            Part::Unknown(_) => {
                let quote = if quotes && !inside { "\"" } else { "" };
                // In YAML it may be anything, whether or not it stands in quotes.
                let bare = if quotes && inside { "" } else { BARE };
                whole.push_str(&format!("{quote}{}{at}{bare}{}{quote}", HOLE[0], HOLE[1]));
            }
        }
    }
    whole
}

/// The value with what is not known in place of the holes.
fn filled(value: &Value, unknown: &Unknown, name: &str) -> Value {
    let kind = match &value.kind {
        Kind::String(text) if text.contains(HOLE[0]) => return text_of(text, unknown, name),
        Kind::String(text) => {
            let origin = origin_of(text, unknown, name);
            return Value { origin, ..value.clone() };
        }
        Kind::List(items) if items.iter().any(is_bare) => {
            return Value {
                kind: Kind::Unknown(Arc::new(Unknown::new(unknown.reason.clone()))),
                ..value.clone()
            };
        }
        Kind::List(items) => Kind::List(items.iter().map(|item| filled(item, unknown, name)).collect()),
        Kind::Object(object) => {
            let is_known = |entry: &&Entry| !entry.key.contains(HOLE[0]);
            let entries = object
                .entries
                .iter()
                .filter(is_known)
                .map(|entry| Entry { value: filled(&entry.value, unknown, name), ..entry.clone() });
            let entries: Vec<Entry> = entries.collect();
            // A key that is not known may be any.
            let rest = (entries.len() < object.entries.len())
                .then(|| Arc::new(Unknown::new(unknown.reason.clone())));
            Kind::Object(Arc::new(Object {
                rest: rest.or_else(|| object.rest.clone()),
                ..Object::new(entries)
            }))
        }
        same @ (Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_)) => {
            same.clone()
        }
    };
    Value { kind, ..value.clone() }
}

/// Whether an element is nothing but a part that is not known.
fn is_bare(item: &Value) -> bool {
    item.as_str().is_some_and(|text| {
        text.starts_with(HOLE[0])
            && text.find(HOLE[1]) == Some(text.len() - HOLE[1].len_utf8())
            && text.contains(BARE)
    })
}

/// Of the part that a text stands in.
fn origin_of(text: &str, unknown: &Unknown, name: &str) -> Origin {
    let origin = unknown.parts.iter().find_map(|part| match part {
        Part::Text { text: whole, origin } if whole.contains(text) => Some(origin.clone()),
        Part::Text { .. } | Part::Unknown(_) => None,
    });
    origin.map_or(Origin::None, |origin| Origin::made_of(Hop::Function(name.into()), None, vec![origin]))
}

fn text_of(text: &str, unknown: &Unknown, name: &str) -> Value {
    let mut pieces = Pieces::default();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(HOLE[0]) {
        pieces.text(before, &origin_of(before, unknown, name));
        let (number, behind) = behind.split_once(HOLE[1]).unwrap_or((behind, ""));
        let part = number.trim_end_matches(BARE).parse::<usize>().ok().and_then(|at| unknown.parts.get(at));
        let reason = match part {
            Some(Part::Unknown(reason)) => reason,
            Some(Part::Text { .. }) | None => &unknown.reason,
        };
        pieces.unknown(reason);
        rest = behind;
    }
    pieces.text(rest, &origin_of(rest, unknown, name));
    pieces.finish(name)
}

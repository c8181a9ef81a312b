//! Strings put together of values: what is known, what is not, and what is a dynamic reference.

use crate::model::{Hop, Kind, Marks, Origin, Part, Reason, Step, Unknown, Value};
use crate::source::Site;
use memchr::memmem;
use std::sync::Arc;

const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// Whether a text may be, or hold, a dynamic reference.
pub(super) fn may_resolve(text: &str) -> bool {
    memmem::find(text.as_bytes(), OPEN.as_bytes()).is_some()
}

/// How pieces become one string.
#[derive(Debug, Clone)]
pub(super) struct Glue {
    /// What puts them together; `None` for a literal.
    pub(super) hop: Option<Hop>,
    pub(super) site: Site,
    pub(super) delimiter: Option<Value>,
}

/// Puts pieces without choices together. Pieces that `AWS::NoValue` removed take their delimiter with them.
pub(super) fn glue(pieces: Vec<Value>, glue: &Glue) -> Value {
    let mut parts: Vec<Part> = Vec::with_capacity(pieces.len());
    let mut marks = Marks::NONE;
    for (at, piece) in pieces.into_iter().filter(|piece| !piece.is_null()).enumerate() {
        marks = marks.with(piece.marks);
        if at > 0 {
            glue.delimiter.iter().for_each(|delimiter| push(&mut parts, delimiter.clone()));
        }
        push(&mut parts, piece);
    }
    let parts = with_dynamic_references(parts);
    let from: Vec<Origin> = parts.iter().filter_map(origin_of).collect();
    let origin = match &glue.hop {
        Some(hop) => Origin::Derived(Arc::new(Step { hop: hop.clone(), site: Some(glue.site), from })),
        None => from.into_iter().next().unwrap_or(Origin::Literal(glue.site)),
    };
    Value { kind: kind_of(parts), origin, marks }
}

/// How much text a piece brings into a string.
pub(super) fn len_of(piece: &Value) -> usize {
    let parts = piece.as_unknown().map(|unknown| unknown.parts.iter().map(|part| text_of(part).len()).sum());
    parts.or_else(|| piece.as_str().map(str::len)).unwrap_or(0)
}

fn push(parts: &mut Vec<Part>, piece: Value) {
    if let Some(text) = piece.to_text() {
        if !text.is_empty() {
            parts.push(Part::Text { text, origin: piece.origin });
        }
        return;
    }
    match piece.kind {
        Kind::Unknown(unknown) if unknown.parts.is_empty() => {
            parts.push(Part::Unknown(unknown.reason.clone()));
        }
        Kind::Unknown(unknown) => parts.extend(unknown.parts.iter().cloned()),
        Kind::List(_) | Kind::Object(_) => {
            parts.push(Part::Unknown(Reason::Invalid { message: "a list or map inside a string".into() }));
        }
        Kind::Choice(choice) => {
            parts.push(Part::Unknown(Reason::Condition { text: name_of(&choice.condition) }));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

fn origin_of(part: &Part) -> Option<Origin> {
    match part {
        Part::Text { origin, .. } => Some(origin.clone()).filter(|origin| *origin != Origin::None),
        Part::Unknown(_) => None,
    }
}

fn kind_of(parts: Vec<Part>) -> Kind {
    let reason = parts.iter().find_map(|part| match part {
        Part::Unknown(reason) => Some(reason.clone()),
        Part::Text { .. } => None,
    });
    let Some(reason) = reason else {
        let texts = parts.iter().map(|part| match part {
            Part::Text { text, .. } => &**text,
            Part::Unknown(_) => "",
        });
        return Kind::String(texts.collect::<String>().into());
    };
    let parts = if parts.len() == 1 { Vec::new() } else { parts };
    Kind::Unknown(Arc::new(Unknown { reason, parts: parts.into() }))
}

/// A condition as people know it.
pub(super) fn name_of(condition: &crate::model::Condition) -> Arc<str> {
    match condition {
        crate::model::Condition::Named { name, .. } => Arc::clone(name),
        crate::model::Condition::Open { text } => Arc::clone(text),
        crate::model::Condition::Not(inner) => format!("not {}", name_of(inner)).into(),
        crate::model::Condition::Constant(_)
        | crate::model::Condition::Equals { .. }
        | crate::model::Condition::And(_)
        | crate::model::Condition::Or(_) => "a condition".into(),
    }
}

/// A string as far as it is known.
pub(super) fn outline(value: &Value) -> Arc<str> {
    let parts = value.as_unknown().map(|unknown| Arc::clone(&unknown.parts)).unwrap_or_default();
    let texts = parts.iter().map(|part| match part {
        Part::Text { text, .. } => &**text,
        Part::Unknown(_) => "…",
    });
    value
        .to_text()
        .unwrap_or_else(|| if parts.is_empty() { "…".into() } else { texts.collect::<String>().into() })
}

/// Replaces every `{{resolve:…}}` by an unknown. It may begin in one part and end in another, with unknowns between.
fn with_dynamic_references(parts: Vec<Part>) -> Vec<Part> {
    let known: String = parts.iter().map(text_of).collect();
    let mut references = references_in(&known).into_iter().peekable();
    if references.peek().is_none() {
        return parts;
    }
    let mut result: Vec<Part> = Vec::new();
    let mut at = 0;
    for part in parts {
        match &part {
            Part::Unknown(_) => {
                let inside = references.peek().is_some_and(|(range, _)| range.start < at && at < range.end);
                if !inside {
                    result.push(part);
                }
            }
            Part::Text { text, origin } => {
                let end = at + text.len();
                while let Some((range, service)) = references.peek() {
                    if range.start >= end {
                        break;
                    }
                    push_slice(&mut result, &known, at..range.start, origin);
                    if range.end > end {
                        at = end;
                        break;
                    }
                    result.push(Part::Unknown(Reason::DynamicReference { service: service.as_str().into() }));
                    at = at.max(range.end);
                    references.next();
                }
                push_slice(&mut result, &known, at..end, origin);
                at = end;
            }
        }
    }
    result
}

fn text_of(part: &Part) -> &str {
    match part {
        Part::Text { text, .. } => text,
        Part::Unknown(_) => "",
    }
}

fn push_slice(parts: &mut Vec<Part>, known: &str, range: std::ops::Range<usize>, origin: &Origin) {
    if let Some(text) = known.get(range).filter(|text| !text.is_empty()) {
        parts.push(Part::Text { text: text.into(), origin: origin.clone() });
    }
}

/// Ranges and services of the references in a text.
fn references_in(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(OPEN)).map(|at| from + at) {
        let inner = start + OPEN.len();
        let Some(len) = text.get(inner..).and_then(|rest| rest.find(CLOSE)) else { break };
        let body = text.get(inner..inner + len).unwrap_or("");
        let service = body.split(':').next().unwrap_or("").to_owned();
        from = inner + len + CLOSE.len();
        found.push((start..from, service));
    }
    found
}

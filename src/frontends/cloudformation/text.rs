//! Strings put together of values: what is known, what is not, and what is a dynamic reference.

use super::dynamic::with_dynamic_references;
use crate::model::{Condition, Hop, Kind, Marks, Origin, Part, Reason, Unknown, Value};
use crate::source::Site;
use std::sync::Arc;

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
    let mut handed = Vec::new();
    for (at, piece) in pieces.into_iter().filter(|piece| !piece.is_null()).enumerate() {
        marks = marks.with(piece.marks);
        let leads = |hop: &Hop| matches!(hop, Hop::UnmarkedVariable(_));
        let says_nothing = piece.to_text().is_none_or(|text| text.is_empty());
        if says_nothing && piece.origin.way_from(&leads).is_some() {
            handed.push(piece.origin.clone());
        }
        if at > 0 {
            glue.delimiter.iter().for_each(|delimiter| push(&mut parts, delimiter.clone()));
        }
        push(&mut parts, piece);
    }
    let parts = with_dynamic_references(parts);
    let mut from: Vec<Origin> = parts.iter().filter_map(origin_of).collect();
    // What is unknown or empty brings no literal, but shows which parameter it came from.
    from.extend(handed);
    let origin = match &glue.hop {
        Some(hop) => Origin::made_of(hop.clone(), Some(glue.site), from),
        None => from.into_iter().next().unwrap_or(Origin::Literal(glue.site)),
    };
    Value { kind: kind_of(parts), origin, marks }
}

/// How much text a piece brings into a string.
pub(super) fn len_of(piece: &Value) -> usize {
    let parts = piece.as_unknown().map(|unknown| unknown.parts.iter().map(|part| text_of(part).len()).sum());
    parts.or_else(|| piece.as_str().map(str::len)).unwrap_or(0)
}

/// The parts that a string of these pieces has; none where all of it is known.
pub(super) fn parts_of(pieces: &[Value], glue: &Glue) -> usize {
    if !pieces.iter().any(|piece| piece.as_unknown().is_some()) {
        return 0;
    }
    let of = |piece: &Value| piece.as_unknown().map_or(1, |unknown| unknown.parts.len().max(1));
    let delimiters = glue.delimiter.as_ref().map_or(0, |delimiter| of(delimiter) * pieces.len());
    pieces.iter().map(of).sum::<usize>() + delimiters
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
    Kind::Unknown(Arc::new(Unknown { parts: parts.into(), ..Unknown::new(reason) }))
}

/// A condition as people know it.
pub(super) fn name_of(condition: &Condition) -> Arc<str> {
    let joined = |parts: &[Arc<Condition>], word: &str| match parts {
        [_, _, _, ..] | [] => "a condition".into(),
        [..] => parts.iter().map(|part| name_of(part)).collect::<Vec<_>>().join(word).into(),
    };
    match condition {
        Condition::Named { name, .. } => Arc::clone(name),
        Condition::Open { text } => Arc::clone(text),
        Condition::Not(inner) => format!("not {}", name_of(inner)).into(),
        Condition::Constant(value) => value.to_string().into(),
        Condition::Equals { name, value } if value.is_empty() => format!("{name} is empty").into(),
        Condition::Equals { name, value } => format!("{name} is {value}").into(),
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
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

fn text_of(part: &Part) -> &str {
    match part {
        Part::Text { text, .. } => text,
        Part::Unknown(_) => "",
    }
}

//! Dynamic references: `{{resolve:service:key}}` inside strings, written at once or put together of pieces.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use crate::model::{Origin, Part, Reason};
use memchr::memmem;
use std::ops::Range;

const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// Stands for a piece that is not known while references are looked for.
const UNKNOWN: char = '\u{0}';

/// Whether a text may be, or hold, a dynamic reference.
pub(super) fn may_resolve(text: &str) -> bool {
    memmem::find(text.as_bytes(), OPEN.as_bytes()).is_some()
}

/// A reference in a text.
struct Reference {
    range: Range<usize>,
    /// `None` where the service itself is not known.
    service: Option<String>,
}

/// Replaces every `{{resolve:…}}` by an unknown. It may begin in one part and end in another, with unknowns between.
pub(super) fn with_dynamic_references(parts: Vec<Part>) -> Vec<Part> {
    let known: String = parts
        .iter()
        .map(|part| match part {
            Part::Text { text, .. } => text.to_string(),
            Part::Unknown(_) => UNKNOWN.to_string(),
        })
        .collect();
    let mut references = references_in(&known).into_iter().peekable();
    if references.peek().is_none() {
        return parts;
    }
    let mut result: Vec<Part> = Vec::new();
    let mut at = 0;
    for part in parts {
        let (end, origin, unknown) = match &part {
            Part::Text { text, origin } => (at + text.len(), origin.clone(), None),
            Part::Unknown(reason) => (at + UNKNOWN.len_utf8(), Origin::None, Some(reason)),
        };
        while let Some(reference) = references.peek().filter(|reference| reference.range.start < end) {
            let range = reference.range.clone();
            if unknown.is_none() {
                push_slice(&mut result, &known, at..range.start, &origin);
            }
            if let (Some(reason), None) = (unknown, &reference.service) {
                // What is not even known to be a secret's name stays what it is.
                if !matches!(result.last(), Some(Part::Unknown(last)) if last == reason) {
                    result.push(Part::Unknown(reason.clone()));
                }
            }
            at = at.max(range.end.min(end));
            if range.end > end {
                break;
            }
            if let Some(service) = &reference.service {
                result.push(Part::Unknown(Reason::DynamicReference { service: service.as_str().into() }));
            }
            references.next();
        }
        if at < end {
            match unknown {
                Some(reason) => result.push(Part::Unknown(reason.clone())),
                None => push_slice(&mut result, &known, at..end, &origin),
            }
        }
        at = end;
    }
    result
}

fn push_slice(parts: &mut Vec<Part>, known: &str, range: Range<usize>, origin: &Origin) {
    if let Some(text) = known.get(range).filter(|text| !text.is_empty()) {
        parts.push(Part::Text { text: text.into(), origin: origin.clone() });
    }
}

/// The references in a text. One that is never closed may be closed by an unknown piece inside of it.
fn references_in(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(OPEN)).map(|at| from + at) {
        let inner = start + OPEN.len();
        let rest = text.get(inner..).unwrap_or("");
        let (body, end) = match (rest.find(CLOSE), rest.rfind(UNKNOWN)) {
            (Some(len), _) => (rest.get(..len).unwrap_or(""), inner + len + CLOSE.len()),
            (None, Some(_)) => (rest, text.len()),
            (None, None) => break,
        };
        let service = body.split(':').next().unwrap_or("");
        let service = (!service.contains(UNKNOWN)).then(|| service.to_owned());
        found.push(Reference { range: start..end, service });
        from = end;
    }
    found
}

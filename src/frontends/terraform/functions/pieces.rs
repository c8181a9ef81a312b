//! Building a text of pieces of which some may be unknown.

use super::frame::{too_long, too_many_parts};
use super::{MAX_PARTS, MAX_TEXT};
use crate::model::{Encoded, Kind, Origin, Part, Reason, Unknown, Value};
use std::sync::Arc;

/// A text under construction. Known pieces keep their origins beside unknown ones.
#[derive(Debug, Default)]
pub struct Pieces {
    parts: Vec<(Piece, Origin)>,
    length: usize,
    pub(super) encoded: Encoded,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Unknown(Reason),
}

impl Pieces {
    pub fn text(&mut self, text: &str, origin: &Origin) {
        if text.is_empty() {
            return;
        }
        self.length = self.length.saturating_add(text.len());
        if self.length > MAX_TEXT || self.parts.len() > MAX_PARTS {
            return;
        }
        if let Some((Piece::Text(last), last_origin)) = self.parts.last_mut()
            && last_origin == origin
        {
            last.push_str(text);
            return;
        }
        self.parts.push((Piece::Text(text.to_owned()), origin.clone()));
    }

    pub fn unknown(&mut self, reason: &Reason) {
        if self.parts.len() <= MAX_PARTS {
            self.parts.push((Piece::Unknown(reason.clone()), Origin::None));
        }
    }

    /// Notes that the encoding of a text is among the pieces.
    pub(crate) fn encodes(&mut self, value: &Value) {
        match &value.kind {
            Kind::String(text) => {
                self.encoded
                    .add([Part::Text { text: Arc::clone(text), origin: value.origin.clone() }].into());
            }
            Kind::Unknown(unknown) => {
                if !unknown.parts.is_empty() {
                    self.encoded.add(Arc::clone(&unknown.parts));
                }
                self.encoded.join(&unknown.encoded);
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_) => {}
        }
    }

    /// The parts of an unknown string, each known one through `change`.
    pub fn unknown_parts(&mut self, unknown: &Unknown, change: impl Fn(&str) -> String) {
        self.encoded.join(&unknown.encoded);
        if unknown.parts.is_empty() {
            self.unknown(&unknown.reason);
        }
        for part in unknown.parts.iter() {
            match part {
                Part::Text { text, origin } => self.text(&change(text), origin),
                Part::Unknown(reason) => self.unknown(reason),
            }
        }
    }

    /// A string or an unknown that stands for one; `false` for anything else.
    pub fn value(&mut self, value: &Value) -> bool {
        match &value.kind {
            Kind::String(text) => self.text(text, &value.origin),
            Kind::Unknown(unknown) => self.unknown_parts(unknown, str::to_owned),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_) => {
                return false;
            }
        }
        true
    }

    /// Whether nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// A string, or an unknown with its parts. `name` is of the function, for the bound.
    #[must_use]
    pub fn finish(self, name: &str) -> Value {
        if self.length > MAX_TEXT {
            return too_long(name);
        }
        if self.parts.len() > MAX_PARTS {
            return too_many_parts(name);
        }
        let reason = self.parts.iter().find_map(|(piece, _)| match piece {
            Piece::Text(_) => None,
            Piece::Unknown(reason) => Some(reason.clone()),
        });
        let Some(reason) = reason else {
            let mut text = String::with_capacity(self.length);
            for (piece, _) in &self.parts {
                if let Piece::Text(piece) = piece {
                    text.push_str(piece);
                }
            }
            return Value::string(text);
        };
        let part = |(piece, origin)| match piece {
            Piece::Text(text) => Part::Text { text: text.into(), origin },
            Piece::Unknown(reason) => Part::Unknown(reason),
        };
        let mut parts: Vec<Part> = self.parts.into_iter().map(part).collect();
        if parts.len() == 1 {
            parts.clear();
        }
        Value::new(Kind::Unknown(Arc::new(Unknown {
            parts: parts.into(),
            encoded: self.encoded,
            ..Unknown::new(reason)
        })))
    }
}

//! A policy document as JSON, of which parts may be unknown.

use super::refused;
use crate::frontends::terraform::convert::condition_text;
use crate::frontends::terraform::functions::{Pieces, json_escape};
use crate::model::{Kind, Origin, Reason, Value};

/// A piece of the document as JSON.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A string, or an unknown that will be one.
    Text(Value),
    List(Vec<Node>),
    Object(Vec<(Value, Node)>),
    /// Not known, not even whether it is one text or several.
    Open(Reason),
}

impl Node {
    pub(super) fn is_text(&self, wanted: &str) -> bool {
        matches!(self, Self::Text(text) if text.as_str() == Some(wanted))
    }

    /// A list of one is that one.
    pub(super) fn flattened(self) -> Self {
        match self {
            Self::List(mut items) if items.len() == 1 => items.pop().unwrap_or(Self::List(items)),
            Self::List(_) | Self::Text(_) | Self::Object(_) | Self::Open(_) => self,
        }
    }

    /// `&{aws:username}` stands for IAM's own `${aws:username}`, which Terraform would take for its own.
    pub(super) fn with_variables(self, old: bool) -> Result<Self, Reason> {
        Ok(match self {
            Self::Text(value) => match value.as_str() {
                Some(text) if text.contains("&{") && old => {
                    return Err(refused("a policy variable in a document of version 2008-10-17"));
                }
                Some(text) if text.contains("&{") => {
                    Self::Text(Value { kind: Kind::String(text.replace("&{", "${").into()), ..value })
                }
                _ => Self::Text(value),
            },
            Self::List(items) => {
                Self::List(items.into_iter().map(|item| item.with_variables(old)).collect::<Result<_, _>>()?)
            }
            Self::Object(_) | Self::Open(_) => self,
        })
    }

    pub(super) fn origins(&self, found: &mut Vec<Origin>) {
        let mut add = |value: &Value| {
            if value.origin != Origin::None && !found.contains(&value.origin) {
                found.push(value.origin.clone());
            }
        };
        match self {
            Self::Text(value) => add(value),
            Self::List(items) => items.iter().for_each(|item| item.origins(found)),
            Self::Object(entries) => {
                for (key, value) in entries {
                    value.origins(found);
                    if key.origin != Origin::None && !found.contains(&key.origin) {
                        found.push(key.origin.clone());
                    }
                }
            }
            Self::Open(_) => {}
        }
    }

    /// As Go writes it: without spaces, or indented by two for each level.
    pub(super) fn render(&self, level: Option<usize>, pieces: &mut Pieces) {
        let none = Origin::None;
        let inner = level.map(|level| level + 1);
        let line = |pieces: &mut Pieces, level: Option<usize>| {
            if let Some(level) = level {
                pieces.text("\n", &none);
                (0..level).for_each(|_| pieces.text("  ", &none));
            }
        };
        match self {
            Self::Text(value) => quoted(value, pieces),
            Self::Open(reason) => pieces.unknown(reason),
            Self::List(items) if items.is_empty() => pieces.text("[]", &none),
            Self::Object(entries) if entries.is_empty() => pieces.text("{}", &none),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    pieces.text(if at == 0 { "[" } else { "," }, &none);
                    line(pieces, inner);
                    item.render(inner, pieces);
                }
                line(pieces, level);
                pieces.text("]", &none);
            }
            Self::Object(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    pieces.text(if at == 0 { "{" } else { "," }, &none);
                    line(pieces, inner);
                    quoted(key, pieces);
                    pieces.text(if level.is_some() { ": " } else { ":" }, &none);
                    value.render(inner, pieces);
                }
                line(pieces, level);
                pieces.text("}", &none);
            }
        }
    }
}

/// A text in quotes, known or not.
fn quoted(value: &Value, pieces: &mut Pieces) {
    pieces.text("\"", &Origin::None);
    match &value.kind {
        Kind::Unknown(unknown) => pieces.unknown_parts(unknown, json_escape),
        Kind::Choice(choice) => {
            let text = condition_text(&choice.condition);
            pieces.unknown(&Reason::Condition { text: text.into() });
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {
            pieces.text(&json_escape(&value.to_text().unwrap_or_default()), &value.origin);
        }
    }
    pieces.text("\"", &Origin::None);
}

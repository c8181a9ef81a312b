//! Documents in which something is said of the root user: policies and patterns of events, written as JSON or as objects,
//! with what is not known of them left open.

use crate::facts::worlds::{Fork, World};
use crate::model::{Kind, Part, Unknown, Value};
use serde_json::Value as Json;

/// Stands for what is not known, in texts.
pub(super) const OPEN: char = '\u{e000}';

/// A value inside of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Doc {
    Null,
    /// A scalar; [`OPEN`] stands where it is not known.
    Text(String),
    List(Vec<Doc>),
    Object(Vec<(String, Doc)>),
    Open,
}

impl Doc {
    /// What an attribute holds: an object, or the JSON of one.
    pub(super) fn read(world: &World<'_>, value: &Value) -> Result<Self, Fork> {
        let value = world.settle(value)?;
        Ok(match &value.kind {
            Kind::String(text) => Self::parse(text),
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => Self::parse(&json_of(unknown)),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => Self::of(world, value)?,
        })
    }

    fn parse(text: &str) -> Self {
        serde_json::from_str(text).map_or(Self::Open, |json| Self::of_json(&json))
    }

    fn of_json(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Text(flag.to_string()),
            Json::Number(number) => Self::Text(number.to_string()),
            Json::String(text) => Self::text(text.clone()),
            Json::Array(items) => Self::List(items.iter().map(Self::of_json).collect()),
            Json::Object(fields) => {
                Self::Object(fields.iter().map(|(key, value)| (key.clone(), Self::of_json(value))).collect())
            }
        }
    }

    fn of(world: &World<'_>, value: &Value) -> Result<Self, Fork> {
        let value = world.settle(value)?;
        Ok(match &value.kind {
            Kind::Null => Self::Null,
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
                value.to_text().map_or(Self::Null, |text| Self::Text(text.to_string()))
            }
            Kind::List(items) => {
                Self::List(items.iter().map(|item| Self::of(world, item)).collect::<Result<_, _>>()?)
            }
            Kind::Object(object) if object.rest.is_some() => Self::Open,
            Kind::Object(object) => {
                let fields = object.entries.iter();
                let fields = fields.map(|entry| Ok((entry.key.to_string(), Self::of(world, &entry.value)?)));
                Self::Object(fields.collect::<Result<_, _>>()?)
            }
            Kind::Unknown(unknown) => Self::text(text_of(unknown)),
            Kind::Choice(_) => Self::Open,
        })
    }

    fn text(text: String) -> Self {
        if text.chars().all(|c| c == OPEN) && !text.is_empty() { Self::Open } else { Self::Text(text) }
    }

    /// The field of an object, in whatever case its name is written.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => {
                fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
            }
            Self::Null | Self::Text(_) | Self::List(_) | Self::Open => None,
        }
    }

    /// The elements of a list; anything else is a list of itself.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::Null => &[],
            Self::List(items) => items,
            Self::Text(_) | Self::Object(_) | Self::Open => std::slice::from_ref(self),
        }
    }

    pub(super) fn fields(&self) -> &[(String, Self)] {
        match self {
            Self::Object(fields) => fields,
            Self::Null | Self::Text(_) | Self::List(_) | Self::Open => &[],
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) | Self::Open => None,
        }
    }

    /// Whether it, or anything in it, is not known as a whole.
    pub(super) fn has_open(&self) -> bool {
        match self {
            Self::Open => true,
            Self::Text(_) | Self::Null => false,
            Self::List(items) => items.iter().any(Self::has_open),
            Self::Object(fields) => fields.iter().any(|(key, value)| key.contains(OPEN) || value.has_open()),
        }
    }
}

/// A text with what is not known of it marked.
pub(super) fn text_of(unknown: &Unknown) -> String {
    if unknown.parts.is_empty() {
        return OPEN.to_string();
    }
    let part = |part: &Part| match part {
        Part::Text { text, .. } => text.to_string(),
        Part::Unknown(_) => OPEN.to_string(),
    };
    unknown.parts.iter().map(part).collect()
}

/// The same, so that it stays JSON: what is not known outside of quotes is a whole value.
fn json_of(unknown: &Unknown) -> String {
    let mut json = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for part in unknown.parts.iter() {
        match part {
            Part::Text { text, .. } => {
                for c in text.chars() {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' => escaped = quoted,
                        '"' => quoted = !quoted,
                        _ => {}
                    }
                }
                json.push_str(text);
            }
            Part::Unknown(_) if quoted => json.push(OPEN),
            Part::Unknown(_) => {
                json.push('"');
                json.push(OPEN);
                json.push('"');
            }
        }
    }
    json
}

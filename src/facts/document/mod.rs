//! Documents inside of attributes: policies, container definitions. They are written as objects, or as the JSON text of one, of
//! which parts may be unknown; both come out as one tree whose leaves know their places. Must not know what a document is of.

mod locate;
mod text;

use super::provenance;
use super::worlds::{At, Fork, World};
use crate::facts::holes::HOLE;
use crate::model::{Kind, Part, Reason, Unknown, Value};
use crate::source::{Site, Sources};
use std::sync::Arc;

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    /// A string, number or bool.
    Text(Text),
    List(Vec<Node>),
    Object(Object),
    /// Not known, not even what kind of part it is.
    Unknown {
        reason: Reason,
        site: Option<Site>,
    },
}

/// A scalar. Each hole in it stands for something unknown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) holes: Vec<Reason>,
    pub(crate) site: Option<Site>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Object {
    pub(crate) members: Vec<Member>,
    /// Further members may be there.
    pub(crate) open: Option<Reason>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) key: Text,
    pub(crate) value: Node,
}

impl Text {
    pub(crate) fn known(&self) -> Option<&str> {
        self.holes.is_empty().then_some(self.text.as_str())
    }

    /// Whether it is one text or another, in whatever case.
    pub(crate) fn is(&self, wanted: &str) -> bool {
        self.text.eq_ignore_ascii_case(wanted)
    }
}

impl Node {
    /// The elements of a list; what is no list stands for a list of itself, and null for none.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null => &[],
            Self::Text(_) | Self::Object(_) | Self::Unknown { .. } => std::slice::from_ref(self),
        }
    }

    pub(crate) fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            Self::Null | Self::Text(_) | Self::List(_) | Self::Unknown { .. } => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Object(_) | Self::List(_) | Self::Unknown { .. } => None,
        }
    }

    /// The first place in it.
    pub(crate) fn site(&self) -> Option<Site> {
        match self {
            Self::Null => None,
            Self::Text(text) => text.site,
            Self::List(items) => items.iter().find_map(Self::site),
            Self::Object(object) => {
                object.members.iter().find_map(|member| member.value.site().or(member.key.site))
            }
            Self::Unknown { site, .. } => *site,
        }
    }

    /// Everything at a dotted path, lists stepped through; keys are told apart without their case.
    pub(crate) fn at(&self, path: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(path, &mut found);
        found
    }

    fn collect<'n>(&'n self, path: &str, found: &mut Vec<&'n Self>) {
        match self {
            Self::Null => {}
            Self::Text(_) => {
                if path.is_empty() {
                    found.push(self);
                }
            }
            Self::List(items) => items.iter().for_each(|item| item.collect(path, found)),
            Self::Unknown { .. } => found.push(self),
            Self::Object(_) if path.is_empty() => found.push(self),
            Self::Object(object) => {
                let (head, tail) = path.split_once('.').unwrap_or((path, ""));
                if let Some(member) = object.get(head) {
                    member.value.collect(tail, found);
                }
            }
        }
    }
}

impl Object {
    /// A member by its key in whatever case. Of equal keys the last one counts.
    pub(crate) fn get(&self, key: &str) -> Option<&Member> {
        self.members.iter().rev().find(|member| member.key.is(key) && !matches!(member.value, Node::Null))
    }
}

/// The document that an attribute holds. A text that is none comes out as the text.
pub(crate) fn read(world: &World<'_>, at: &At<'_>, sources: &Sources) -> Result<Node, Fork> {
    let fallback = at.entry().and_then(|entry| entry.site.or(entry.key_site));
    let Some(value) = at.value() else {
        return Ok(match at {
            At::Unknown { why, .. } => Node::Unknown { reason: why.reason.clone(), site: fallback },
            At::Absent | At::Found { .. } => Node::Null,
        });
    };
    let node = node(world, value, fallback)?;
    let Node::Text(whole) = &node else { return Ok(node) };
    let literals = match &world.settle(value)?.kind {
        Kind::Unknown(why) => of_parts(why),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_) => value.origin.literals(),
    };
    Ok(text::parse(whole, locate::Literals::new(&literals, sources)).unwrap_or(node))
}

fn node(world: &World<'_>, value: &Value, fallback: Option<Site>) -> Result<Node, Fork> {
    let value = world.settle(value)?;
    let here = provenance::literal(&value.origin).or(fallback);
    Ok(match &value.kind {
        Kind::Null => Node::Null,
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => Node::Text(Text {
            text: value.to_text().as_deref().unwrap_or_default().to_owned(),
            holes: Vec::new(),
            site: here,
        }),
        Kind::List(items) => {
            Node::List(items.iter().map(|item| node(world, item, fallback)).collect::<Result<_, _>>()?)
        }
        Kind::Object(object) => {
            let mut members = Vec::with_capacity(object.entries.len());
            for entry in &object.entries {
                let site = entry.site.or(entry.key_site).or(fallback);
                members.push(Member {
                    key: Text {
                        text: entry.key.to_string(),
                        holes: Vec::new(),
                        site: entry.key_site.or(site),
                    },
                    value: node(world, &entry.value, site)?,
                });
            }
            Node::Object(Object { members, open: object.rest.as_ref().map(|rest| rest.reason.clone()) })
        }
        Kind::Unknown(why) if why.parts.is_empty() => {
            Node::Unknown { reason: why.reason.clone(), site: here }
        }
        Kind::Unknown(why) => {
            let (text, holes) = with_holes(&why.parts);
            Node::Text(Text { text, holes, site: of_parts(why).first().copied().or(here) })
        }
        // Settled above.
        Kind::Choice(choice) => return node(world, &choice.then, fallback),
    })
}

fn of_parts(why: &Arc<Unknown>) -> Vec<Site> {
    let origins = why.parts.iter().filter_map(|part| match part {
        Part::Text { origin, .. } => Some(origin),
        Part::Unknown(_) => None,
    });
    origins.flat_map(crate::model::Origin::literals).collect()
}

fn with_holes(parts: &[Part]) -> (String, Vec<Reason>) {
    let (mut whole, mut holes) = (String::new(), Vec::new());
    for part in parts {
        match part {
            Part::Text { text, .. } => whole.push_str(text),
            Part::Unknown(reason) => {
                whole.push(HOLE);
                holes.push(reason.clone());
            }
        }
    }
    (whole, holes)
}

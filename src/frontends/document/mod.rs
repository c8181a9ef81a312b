//! Units as the documents that people write rules over: a template with its values in place of references, and what a
//! plan says of resources. Knows both shapes and how a path in one leads back to places; no rule and no rule language.

mod json;
mod plan;
mod template;

pub use plan::plan;
pub use template::{Forms, callers, template};

use crate::model::{Entry, Kind, Resource, Unit, Value};
use crate::source::Site;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

/// Where attributes stand below a resource: `Properties`; `change.after` and what is said in its shape.
type Below = &'static [&'static [&'static str]];

/// The resource at each path that one stands at (`Resources/Web`), and where its attributes are below that.
type Places<'u> = FxHashMap<String, (&'u Resource, Below)>;

/// A document, and what its resources are in the unit.
#[derive(Debug)]
pub struct Document<'u> {
    pub json: Json,
    pub unit: &'u Unit,
    places: Places<'u>,
    /// Where the document as a whole stands.
    pub head: Option<Site>,
}

/// What a path of a document is about.
#[derive(Debug)]
pub struct Found<'u> {
    pub resource: Option<&'u Resource>,
    /// The value there, or the innermost one around it that the unit knows.
    pub value: Option<&'u Value>,
    pub entry: Option<&'u Entry>,
    /// The attribute as people write it; empty for the resource as a whole.
    pub attribute: String,
    /// Something of the resource that is none of its attributes: `Type`, `DeletionPolicy`.
    pub is_beside: bool,
}

impl<'u> Document<'u> {
    /// What stands at a path such as `/Resources/Web/Properties/Tags/0`.
    #[must_use]
    pub fn find(&self, path: &[&str]) -> Found<'u> {
        let Some((resource, below, rest)) = self.resource(path) else {
            let attribute = path.join(".");
            return Found { resource: None, value: None, entry: None, attribute, is_beside: true };
        };
        let mut found = Found {
            resource: Some(resource),
            value: None,
            entry: None,
            attribute: String::new(),
            is_beside: false,
        };
        let Some(attributes) = below.iter().find_map(|below| rest.strip_prefix(*below)) else {
            // A path may end above the attributes: at the resource itself.
            if !below.iter().any(|below| below.starts_with(rest)) {
                found.attribute = rest.join(".");
                found.is_beside = true;
            }
            return found;
        };
        let mut value = &resource.body;
        for segment in attributes {
            let Some((next, entry)) = step(value, segment) else { break };
            value = next;
            found.value = Some(next);
            // Of an item its list's entry is the nearest that has a name.
            found.entry = entry.or(found.entry);
            if entry.is_some() {
                if !found.attribute.is_empty() {
                    found.attribute.push('.');
                }
                found.attribute.push_str(segment);
            }
        }
        found
    }

    /// The resource that a path leads into, and the rest of the path.
    fn resource<'p, 's>(&self, path: &'p [&'s str]) -> Option<(&'u Resource, Below, &'p [&'s str])> {
        let mut place = String::new();
        path.iter().enumerate().find_map(|(at, segment)| {
            if at > 0 {
                place.push('/');
            }
            place.push_str(segment);
            let (resource, below) = self.places.get(&place)?;
            Some((*resource, *below, path.get(at + 1..)?))
        })
    }
}

fn step<'u>(value: &'u Value, segment: &str) -> Option<(&'u Value, Option<&'u Entry>)> {
    match &value.kind {
        Kind::Object(object) => object.get(segment).map(|entry| (&entry.value, Some(entry))),
        Kind::List(items) => items.get(segment.parse::<usize>().ok()?).map(|item| (item, None)),
        Kind::Choice(choice) => step(&choice.then, segment).or_else(|| step(&choice.otherwise, segment)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => None,
    }
}

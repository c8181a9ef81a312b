//! Units as the documents that people write rules over: a template with its values in place of references, and what a
//! plan says of resources. Knows both shapes and how a path in one leads back to places; no rule and no rule language.

mod json;
mod plan;
mod template;

pub use plan::plan;
pub use template::{Forms, template};

use crate::model::{Entry, Kind, Resource, Unit, Value};
use crate::source::Site;
use serde_json::Value as Json;

/// A document, and what its resources are in the unit.
#[derive(Debug)]
pub struct Document<'u> {
    pub json: Json,
    pub unit: &'u Unit,
    /// Where in the document a resource's attributes begin (`/Resources/Web/Properties`), by segment; with the resource.
    pub resources: Vec<(Vec<String>, &'u Resource)>,
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
}

impl<'u> Document<'u> {
    /// What stands at a path such as `/Resources/Web/Properties/Tags/0`.
    #[must_use]
    pub fn find(&self, path: &[&str]) -> Found<'u> {
        let is_at = |(start, _): &&(Vec<String>, &'u Resource)| {
            // A path may end above the attributes: at the resource itself.
            let common = start.len().min(path.len());
            start[..common].iter().eq(path[..common].iter()) && common >= start.len().min(2)
        };
        let Some((start, resource)) = self.resources.iter().find(is_at) else {
            return Found { resource: None, value: None, entry: None, attribute: path.join(".") };
        };
        let mut found =
            Found { resource: Some(resource), value: None, entry: None, attribute: String::new() };
        let mut value = &resource.body;
        for segment in path.get(start.len()..).unwrap_or(&[]) {
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
}

fn step<'u>(value: &'u Value, segment: &str) -> Option<(&'u Value, Option<&'u Entry>)> {
    match &value.kind {
        Kind::Object(object) => object.get(segment).map(|entry| (&entry.value, Some(entry))),
        Kind::List(items) => items.get(segment.parse::<usize>().ok()?).map(|item| (item, None)),
        Kind::Choice(choice) => step(&choice.then, segment).or_else(|| step(&choice.otherwise, segment)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => None,
    }
}

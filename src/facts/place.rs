//! What is said of a resource beside its facts: addresses, construct, the calls that lead to it, the places of attributes.

use super::cdk;
use super::provenance;
use super::subject::{Anchor, Spot, Subject};
use super::worlds::At;
use crate::model::{Entry, Resource, Unit, Value};
use crate::source::{Site, Sources};
use litemap::LiteMap;
use std::sync::Arc;

pub(crate) fn subject(unit: &Unit, resource: &Resource) -> Subject {
    let words = LiteMap::from_iter([
        ("address", Arc::clone(&resource.address)),
        ("type", Arc::clone(&resource.type_name)),
    ]);
    Subject {
        frontend: unit.frontend,
        block: Some(resource.kind),
        addresses: addresses(unit, resource),
        construct: resource.construct.clone(),
        template: Some(resource.block.file),
        when: String::new(),
        calls: calls(resource),
        header: Anchor::new(resource.header),
        anchors: LiteMap::new_vec(),
        words,
    }
}

fn addresses(unit: &Unit, resource: &Resource) -> Vec<Arc<str>> {
    let alike = unit.alike.get(&resource.address).map_or(&[][..], Vec::as_slice);
    std::iter::once(&resource.address).chain(alike).cloned().collect()
}

/// The module calls that lead to a resource.
pub(crate) fn calls(resource: &Resource) -> Vec<Spot> {
    resource
        .calls
        .iter()
        .map(|(address, site)| Spot::new(*site, format!("called here as `{address}`")))
        .collect()
}

/// Where an attribute is decided; none where it is not set.
pub(crate) fn anchor(at: &At<'_>, path: &str) -> Option<Anchor> {
    let value = at.value()?;
    let mut anchor = Anchor::new(provenance::site(value, at.entry())?).attribute(path);
    anchor.chain = provenance::chain(value, at.entry(), &format!("`{}` is set here", last(path)), None);
    if let (Some(planned), Some(key)) =
        (provenance::planned(value), at.entry().and_then(|entry| entry.key_site))
    {
        anchor.related.push(Spot::new(key, format!("planned as `{planned}`, whatever is written here")));
    }
    Some(anchor)
}

/// A resource, standing where one of its attributes is decided; without a value where the attribute itself stands, and
/// without either as a whole.
#[must_use]
pub fn subject_at(
    unit: &Unit,
    resource: &Resource,
    (value, entry): (Option<&Value>, Option<&Entry>),
    attribute: &str,
) -> Subject {
    let mut subject = subject(unit, resource);
    let of_value = value.and_then(|value| {
        let mut anchor = Anchor::new(provenance::site(value, entry)?);
        let used_as = format!("`{}` is set here", last(attribute));
        anchor.chain = provenance::chain(value, entry, &used_as, None);
        Some(anchor)
    });
    let of_entry = || entry.and_then(|entry| entry.key_site.or(entry.site)).map(Anchor::new);
    if let Some(anchor) = of_value.or_else(of_entry) {
        subject.header = anchor.attribute(attribute);
    }
    cdk::stand_on_user_code(&mut subject, resource);
    subject
}

/// A resource, standing on something of it that is none of its attributes.
#[must_use]
pub fn subject_beside(unit: &Unit, resource: &Resource, site: Site) -> Subject {
    let mut subject = subject(unit, resource);
    subject.header = Anchor::new(site);
    cdk::stand_on_user_code(&mut subject, resource);
    subject
}

/// What is no resource's: a parameter, or a document as a whole.
#[must_use]
pub fn subject_of_place(unit: &Unit, site: Site, sources: &Sources) -> Subject {
    Subject {
        frontend: unit.frontend,
        block: None,
        addresses: Vec::new(),
        construct: None,
        template: None,
        when: String::new(),
        calls: Vec::new(),
        header: Anchor::new(site),
        anchors: LiteMap::new_vec(),
        words: LiteMap::from_iter([("address", sources.get(site.file).path.as_str().into())]),
    }
}

/// The name of an attribute without the blocks around it.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, last)| last)
}

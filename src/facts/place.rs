//! What is said of a resource beside its facts: addresses, construct, the calls that lead to it, the places of attributes.

use super::provenance;
use super::subject::{Anchor, Spot, Subject};
use super::worlds::At;
use crate::model::{Resource, Unit};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) fn subject(unit: &Unit, resource: &Resource) -> Subject {
    let words =
        BTreeMap::from([("address", resource.address.to_string()), ("type", resource.type_name.to_string())]);
    Subject {
        frontend: unit.frontend,
        block: Some(resource.kind),
        addresses: addresses(unit, resource),
        construct: resource.construct.clone(),
        template: Some(resource.block.file),
        when: String::new(),
        calls: calls(resource),
        header: Anchor::new(resource.header),
        anchors: BTreeMap::new(),
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

/// The name of an attribute without the blocks around it.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, last)| last)
}

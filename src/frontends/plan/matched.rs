//! Instances of a plan found again among the source's resources.

use super::address;
use super::change::Change;
use super::overlay::overlay;
use crate::model::{BlockKind, Unit};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The source's resources by address, with keys and without.
pub(super) struct Index<'u> {
    unit: &'u Unit,
    by_address: FxHashMap<&'u str, usize>,
    by_base: FxHashMap<String, usize>,
}

impl<'u> Index<'u> {
    pub(super) fn new(unit: &'u Unit) -> Self {
        let mut found = Self { unit, by_address: FxHashMap::default(), by_base: FxHashMap::default() };
        for (at, resource) in unit.resources.iter().enumerate() {
            if matches!(resource.kind, BlockKind::Managed | BlockKind::Data) {
                found.by_address.entry(&resource.address).or_insert(at);
                found.by_base.entry(address::base(&resource.address)).or_insert(at);
            }
        }
        found
    }
}

/// Puts the plan's values over the source's resources; returns the addresses of instances that the source does not have.
pub(super) fn matched(
    change: &Change<'_>,
    addresses: Vec<Arc<str>>,
    written: &Index<'_>,
    unit: &mut Unit,
) -> Vec<Arc<str>> {
    let is_data = change.mode == "data";
    let mut rest = Vec::new();
    for address in addresses {
        match written.by_address.get(&*address).and_then(|at| written.unit.resources.get(*at)) {
            Some(resource) => unit.resources.push(overlay(resource, change.planned, is_data)),
            None => rest.push(address),
        }
    }
    let Some(first) = rest.first().cloned() else { return rest };
    let alike = written.by_base.get(&address::base(&first)).and_then(|at| written.unit.resources.get(*at));
    let Some(resource) = alike else { return rest };
    let mut resource = overlay(resource, change.planned, is_data);
    resource.address = first;
    unit.resources.push(resource);
    unit.note_alike(rest);
    Vec::new()
}

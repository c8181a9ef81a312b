//! What watches in one unit, and who refers to what.

use crate::catalog::oversight::{self, Switch, Watch};
use crate::facts::document::{self, Node};
use crate::facts::holes::HOLE;
use crate::facts::provenance;
use crate::facts::worlds::{At, Fork, World};
use crate::model::{BlockKind, Domain, Part, Reason, Resource, Unit, Unknown};
use crate::source::Sources;
use std::sync::Arc;

/// Everything of a unit that watches, in the order of the unit.
pub(super) struct Around<'u> {
    unit: &'u Unit,
    sources: &'u Sources,
    watches: Vec<(&'u Resource, &'static Watch)>,
}

/// What a reference means.
pub(super) enum Meant {
    Nothing,
    Resource(Arc<str>),
    Named(Arc<str>),
    Open(Reason),
}

impl<'u> Around<'u> {
    pub(super) fn of(unit: &'u Unit, sources: &'u Sources) -> Self {
        let managed = unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed);
        let watches =
            managed.filter_map(|resource| Some((resource, oversight::watch(&resource.type_name)?))).collect();
        Self { unit, sources, watches }
    }

    /// The document that an attribute holds.
    pub(super) fn document(&self, world: &World<'_>, at: &At<'_>) -> Result<Node, Fork> {
        document::read(world, at, self.sources)
    }

    pub(super) fn domain(&self) -> &'u Domain {
        &self.unit.domain
    }

    pub(super) fn incomplete(&self) -> Option<&str> {
        self.unit.incomplete.as_deref()
    }

    /// What is there in a world.
    pub(super) fn existing(&self, world: &World<'_>) -> Result<Vec<(&'u Resource, &'static Watch)>, Fork> {
        let mut found = Vec::new();
        for (resource, watch) in &self.watches {
            let exists = match &resource.condition {
                Some(condition) => world.decide(condition)?,
                None => true,
            };
            if exists {
                found.push((*resource, *watch));
            }
        }
        Ok(found)
    }

    pub(super) fn all(&self) -> &[(&'u Resource, &'static Watch)] {
        &self.watches
    }

    /// Whether an address is that of a resource, or of one of those that are like it.
    pub(super) fn is(&self, resource: &Resource, address: &str) -> bool {
        let alike = self.unit.alike.get(&resource.address).map_or(&[][..], Vec::as_slice);
        std::iter::once(&resource.address)
            .chain(alike)
            .any(|known| **known == *address || base(known) == address || base(address) == &**known)
    }
}

/// The address without the key of its last part.
fn base(address: &str) -> &str {
    address.strip_suffix(']').and_then(|open| open.rsplit_once('[')).map_or(address, |(base, _)| base)
}

pub(super) fn meant(at: &At<'_>) -> Meant {
    let carried = || {
        let (address, _) = provenance::attribute(&at.value()?.origin)?.rsplit_once('.')?;
        Some(Meant::Resource(address.into()))
    };
    match at {
        At::Absent => Meant::Nothing,
        At::Unknown { why, .. } => match &why.reason {
            Reason::Computed { address, .. } => Meant::Resource(Arc::clone(address)),
            reason => carried().unwrap_or_else(|| Meant::Open(reason.clone())),
        },
        At::Found { .. } => carried().or_else(|| at.text().map(Meant::Named)).unwrap_or(Meant::Nothing),
    }
}

/// The text at a place, with what is not known of it marked; `None` where there is none.
pub(super) fn text(at: &At<'_>) -> Option<String> {
    match at {
        At::Absent => None,
        At::Unknown { why, .. } => Some(text_of(why)),
        At::Found { .. } => at.text().map(|text| text.to_string()),
    }
}

fn text_of(unknown: &Unknown) -> String {
    if unknown.parts.is_empty() {
        return HOLE.to_string();
    }
    let part = |part: &Part| match part {
        Part::Text { text, .. } => text.to_string(),
        Part::Unknown(_) => HOLE.to_string(),
    };
    unknown.parts.iter().map(part).collect()
}

/// Why what is at a place is not known.
pub(super) fn reason(at: &At<'_>, what: &str) -> String {
    at.reason().map_or_else(|| format!("a part of `{what}` is not known"), ToString::to_string)
}

pub(super) fn is_off(world: &World<'_>, resource: &Resource, switch: &Switch) -> Result<bool, Fork> {
    Ok(world.one(&resource.body, switch.at)?.text().as_deref() == Some(switch.off))
}

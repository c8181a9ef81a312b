//! Links inside one unit: which launch template or configuration a reference means, and whether the code of it is what
//! gets launched.

use super::worlds::{At, Fork, World};
use crate::catalog::compute::{self, Reference, Role};
use crate::model::{BlockKind, Frontend, Reason, Resource, Unit, Value};
use crate::model::{Hop, Origin};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The templates and configurations of a unit, by address and by literal name. Values are indices of resources.
#[derive(Debug)]
pub(crate) struct Links {
    by_address: FxHashMap<Arc<str>, usize>,
    /// Instances of a counted resource by the address of the resource as a whole.
    by_base: FxHashMap<Arc<str>, usize>,
    by_name: FxHashMap<(Role, Arc<str>), usize>,
}

/// What a launch says of a template or configuration.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Linked {
    /// Refers to none.
    Nothing,
    /// To this resource of the unit, whose code is what gets launched.
    To(usize),
    /// To one whose code is not here, or may not be what gets launched.
    Elsewhere { reason: String },
}

impl Links {
    pub(crate) fn new(unit: &Unit) -> Self {
        let mut links = Self {
            by_address: FxHashMap::default(),
            by_base: FxHashMap::default(),
            by_name: FxHashMap::default(),
        };
        for (at, resource) in unit.resources.iter().enumerate() {
            let Some(found) = templates_of(resource) else { continue };
            links.by_address.entry(Arc::clone(&resource.address)).or_insert(at);
            if let Some(base) = base(&resource.address) {
                links.by_base.entry(base.into()).or_insert(at);
            }
            for name in found.name.map_or_else(Vec::new, |path| resource.body.entries_at(path)) {
                if let Some(name) = name.value.to_text().filter(|name| !name.is_empty()) {
                    links.by_name.entry((found.role, name)).or_insert(at);
                }
            }
        }
        links
    }

    fn address(&self, address: &str) -> Option<usize> {
        self.by_address.get(address).or_else(|| self.by_base.get(address)).copied()
    }

    /// The resource that a name or id means.
    fn resolve(&self, at: &At<'_>, role: Role) -> Linked {
        match at {
            At::Absent => Linked::Nothing,
            At::Found { .. } => match at.text() {
                None => Linked::Nothing,
                Some(name) => self.by_name.get(&(role, Arc::clone(&name))).map_or_else(
                    || Linked::Elsewhere {
                        reason: format!("{} `{name}` is not in this project", noun(role)),
                    },
                    |found| Linked::To(*found),
                ),
            },
            At::Unknown { why, .. } => match &why.reason {
                Reason::Computed { address, .. } if self.address(address).is_some() => {
                    self.address(address).map_or(Linked::Nothing, Linked::To)
                }
                reason => match at.value().and_then(|value| self.carried(&value.origin)) {
                    Some(found) => Linked::To(found),
                    None => {
                        Linked::Elsewhere { reason: format!("the {} is not known: {reason}", noun(role)) }
                    }
                },
            },
        }
    }

    /// The template of which the value is an attribute whose own value is not known (a name made of variables).
    fn carried(&self, origin: &Origin) -> Option<usize> {
        let Origin::Derived(step) = origin else { return None };
        match &step.hop {
            Hop::Attribute(name) => name
                .rsplit_once('.')
                .and_then(|(address, _)| self.address(address))
                .or_else(|| self.address(name)),
            _ => None,
        }
        .or_else(|| step.from.iter().find_map(|from| self.carried(from)))
    }

    /// Follows a reference to a launch template.
    pub(crate) fn template(
        &self,
        world: &World<'_>,
        item: &Value,
        reference: &Reference,
        frontend: Frontend,
    ) -> Result<Linked, Fork> {
        let spec = match world.one(item, reference.at)? {
            At::Absent => return Ok(Linked::Nothing),
            At::Unknown { why, .. } => {
                return Ok(Linked::Elsewhere {
                    reason: format!("the launch template is not known: {}", why.reason),
                });
            }
            At::Found { value, .. } => value,
        };
        let version = world.one(spec, reference.version)?;
        let id = self.resolve(&world.one(spec, reference.id)?, Role::LaunchTemplate);
        let named = match id {
            Linked::To(_) => id,
            Linked::Nothing | Linked::Elsewhere { .. } => {
                match self.resolve(&world.one(spec, reference.name)?, Role::LaunchTemplate) {
                    Linked::Nothing => id,
                    name => name,
                }
            }
        };
        // A version taken from a template's attribute names the template as surely as its id does.
        let named = match (named, version.reason()) {
            (Linked::Elsewhere { reason }, Some(Reason::Computed { address, .. })) => {
                self.address(address).map_or(Linked::Elsewhere { reason }, Linked::To)
            }
            (named, _) => named,
        };
        let Linked::To(found) = named else { return Ok(named) };
        Ok(match code_is_launched(&version, frontend) {
            Ok(()) => Linked::To(found),
            Err(reason) => Linked::Elsewhere { reason },
        })
    }

    /// Follows the name of a launch configuration.
    pub(crate) fn configuration(&self, world: &World<'_>, item: &Value, path: &str) -> Result<Linked, Fork> {
        Ok(self.resolve(&world.one(item, path)?, Role::LaunchConfiguration))
    }
}

fn templates_of(resource: &Resource) -> Option<&'static compute::ComputeType> {
    compute::find(&resource.type_name)
        .filter(|found| found.role != Role::Launches && resource.kind == BlockKind::Managed)
}

/// The address without the key of its last part.
fn base(address: &str) -> Option<&str> {
    address.strip_suffix(']')?.rsplit_once('[').map(|(base, _)| base)
}

fn noun(role: Role) -> &'static str {
    match role {
        Role::Launches => "resource",
        Role::LaunchTemplate => "launch template",
        Role::LaunchConfiguration => "launch configuration",
    }
}

/// The code shows only the newest version of a template.
fn code_is_launched(version: &At<'_>, frontend: Frontend) -> Result<(), String> {
    match version {
        At::Absent => Ok(()),
        At::Found { .. } => match version.text().as_deref() {
            None | Some("$Latest" | "$Default") => Ok(()),
            Some(number) => Err(format!("version {number} is launched, and the code shows only the newest")),
        },
        At::Unknown { why, .. } => match &why.reason {
            Reason::Computed { attribute, .. } if follows_code(attribute) => Ok(()),
            // In a plan the newest version's number is itself known only after apply.
            Reason::Computed { .. } if frontend == Frontend::Plan => Ok(()),
            reason => Err(format!("the version that is launched is not known: {reason}")),
        },
    }
}

fn follows_code(attribute: &str) -> bool {
    ["latest_version", "default_version", "LatestVersionNumber", "DefaultVersionNumber"].contains(&attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_key_is_taken_off_an_address() {
        assert_eq!(
            base("module.a[\"x\"].aws_launch_template.t[0]"),
            Some("module.a[\"x\"].aws_launch_template.t")
        );
        assert_eq!(base("module.a[\"x\"].aws_launch_template.t"), None);
        assert_eq!(base("aws_launch_template.t"), None);
        assert_eq!(base("aws_launch_template.t[\"a.b\"]"), Some("aws_launch_template.t"));
    }
}

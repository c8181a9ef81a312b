//! Links inside one unit: which launch template or configuration a reference means, and whether the code of it is what
//! gets launched.

use super::provenance;
use super::worlds::{At, Fork, World};
use crate::catalog::compute::{self, Reference, Role};
use crate::model::{BlockKind, Condition, Frontend, Hop, Kind, Origin, Part, Reason, Resource, Unit, Value};
use crate::source::Site;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The templates and configurations of a unit, by address and by literal name. Values are indices of resources.
#[derive(Debug)]
pub(crate) struct Links {
    by_address: FxHashMap<Arc<str>, usize>,
    /// Instances of a counted resource by the address of the resource as a whole.
    by_base: FxHashMap<Arc<str>, usize>,
    by_name: FxHashMap<(Role, Arc<str>), Vec<Named>>,
    /// Images, and instances that images are made of, by address.
    images: FxHashMap<Arc<str>, usize>,
}

/// Images made of images.
const MAX_IMAGES: usize = 8;

/// A resource by its index, and when it exists.
type Named = (usize, Option<Arc<Condition>>);

/// What a launch says of a template or configuration.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Linked {
    /// Refers to none.
    Nothing,
    /// To this resource of the unit, whose code is what gets launched.
    To(usize),
    /// To one whose code is not here, or may not be what gets launched: then another version `of` this resource is.
    Elsewhere { reason: String, of: Option<usize> },
}

impl Linked {
    pub(crate) fn elsewhere(reason: impl Into<String>) -> Self {
        Self::Elsewhere { reason: reason.into(), of: None }
    }

    /// The resource, whichever version of it is launched.
    pub(crate) fn any_version(&self) -> Option<usize> {
        match self {
            Self::To(at) => Some(*at),
            Self::Elsewhere { of, .. } => *of,
            Self::Nothing => None,
        }
    }
}

impl Links {
    pub(crate) fn new(unit: &Unit) -> Self {
        let mut links = Self {
            by_address: FxHashMap::default(),
            by_base: FxHashMap::default(),
            by_name: FxHashMap::default(),
            images: FxHashMap::default(),
        };
        for (at, resource) in unit.resources.iter().enumerate() {
            if resource.kind == BlockKind::Managed && can_be_image(resource) {
                links.images.insert(Arc::clone(&resource.address), at);
            }
            let Some(found) = templates_of(resource) else { continue };
            let alike = unit.alike.get(&resource.address).map_or(&[][..], Vec::as_slice);
            for address in std::iter::once(&resource.address).chain(alike) {
                links.by_address.entry(Arc::clone(address)).or_insert(at);
                if let Some(base) = base(address) {
                    links.by_base.entry(base.into()).or_insert(at);
                }
            }
            for name in found.name.map_or_else(Vec::new, |path| resource.body.entries_at(path)) {
                if let Some(name) = name_key(&name.value, name.site, unit.frontend) {
                    let named = links.by_name.entry((found.role, name)).or_default();
                    named.push((at, resource.condition.clone()));
                }
            }
        }
        links
    }

    fn address(&self, address: &str) -> Option<usize> {
        self.by_address.get(address).or_else(|| self.by_base.get(address)).copied()
    }

    /// The resource that a name or id means.
    fn resolve(
        &self,
        world: &World<'_>,
        at: &At<'_>,
        role: Role,
        frontend: Frontend,
    ) -> Result<Linked, Fork> {
        let site = at.entry().and_then(|entry| entry.site);
        let key = || at.value().and_then(|value| name_key(value, site, frontend));
        Ok(match at {
            At::Absent => Linked::Nothing,
            At::Found { .. } => match at.text() {
                None => Linked::Nothing,
                // A name or id that a plan knows already says no more than the attribute that it is.
                Some(name) => match at.value().and_then(|value| self.carried(&value.origin)) {
                    Some(found) => Linked::To(found),
                    None => self.named(world, role, key())?.map_or_else(
                        || Linked::elsewhere(format!("{} `{name}` is not in this project", noun(role))),
                        Linked::To,
                    ),
                },
            },
            At::Unknown { why, .. } => match &why.reason {
                Reason::Computed { address, .. } if self.address(address).is_some() => {
                    self.address(address).map_or(Linked::Nothing, Linked::To)
                }
                reason => match at.value().and_then(|value| self.carried(&value.origin)) {
                    Some(found) => Linked::To(found),
                    None => self.named(world, role, key())?.map_or_else(
                        || Linked::elsewhere(format!("the {} is not known: {reason}", noun(role))),
                        Linked::To,
                    ),
                },
            },
        })
    }

    /// The resource that has a name here: of several, the first that exists.
    fn named(&self, world: &World<'_>, role: Role, key: Option<Arc<str>>) -> Result<Option<usize>, Fork> {
        let found = key.and_then(|key| self.by_name.get(&(role, key)));
        let found = found.map_or(&[][..], Vec::as_slice);
        for (at, condition) in found {
            let exists = match condition {
                Some(condition) if found.len() > 1 => world.decide(condition)?,
                Some(_) | None => true,
            };
            if exists {
                return Ok(Some(*at));
            }
        }
        Ok(None)
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
                return Ok(Linked::elsewhere(format!("the launch template is not known: {}", why.reason)));
            }
            At::Found { value, .. } => value,
        };
        let version = world.one(spec, reference.version)?;
        let id = self.resolve(world, &world.one(spec, reference.id)?, Role::LaunchTemplate, frontend)?;
        let named = match id {
            Linked::To(_) => id,
            Linked::Nothing | Linked::Elsewhere { .. } => {
                let name = world.one(spec, reference.name)?;
                match self.resolve(world, &name, Role::LaunchTemplate, frontend)? {
                    Linked::Nothing => id,
                    name => name,
                }
            }
        };
        // A version taken from a template's attribute names the template as surely as its id does.
        let named = match (named, version.reason()) {
            (Linked::Elsewhere { reason, of }, Some(Reason::Computed { address, .. })) => {
                self.address(address).map_or(Linked::Elsewhere { reason, of }, Linked::To)
            }
            (named, _) => named,
        };
        let Linked::To(found) = named else { return Ok(named) };
        Ok(match code_is_launched(&version, frontend) {
            Ok(()) => Linked::To(found),
            Err(reason) => Linked::Elsewhere { reason, of: Some(found) },
        })
    }

    /// Follows the name of a configuration.
    pub(crate) fn configuration(
        &self,
        world: &World<'_>,
        item: &Value,
        (path, role): (&str, Role),
        frontend: Frontend,
    ) -> Result<Linked, Fork> {
        self.resolve(world, &world.one(item, path)?, role, frontend)
    }

    /// What is handed to modules and nested stacks whose source is elsewhere, and to which.
    pub(crate) fn handed<'u>(&self, unit: &'u Unit) -> FxHashMap<usize, &'u str> {
        let mut handed = FxHashMap::default();
        for one in &unit.elsewhere {
            self.inside(&one.value, &mut |at| {
                handed.entry(at).or_insert(&*one.address);
            });
        }
        handed
    }

    /// The resources that a value refers to anywhere inside of it.
    fn inside(&self, value: &Value, found: &mut impl FnMut(usize)) {
        let mut refer = |reason: &Reason| {
            if let Reason::Computed { address, .. } = reason {
                self.address(address).into_iter().for_each(&mut *found);
            }
        };
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
                self.carried(&value.origin).into_iter().for_each(found);
            }
            Kind::Unknown(unknown) if !unknown.elements.is_empty() => {
                unknown.elements.iter().for_each(|item| self.inside(item, found));
            }
            Kind::Unknown(unknown) => {
                refer(&unknown.reason);
                unknown.parts.iter().for_each(|part| match part {
                    Part::Unknown(reason) => refer(reason),
                    Part::Text { .. } => {}
                });
            }
            Kind::List(items) => items.iter().for_each(|item| self.inside(item, found)),
            Kind::Object(object) => {
                object.rest.iter().for_each(|rest| refer(&rest.reason));
                let open = object.rest.iter().flat_map(|rest| rest.elements.iter());
                open.for_each(|item| self.inside(item, found));
                object.entries.iter().for_each(|entry| self.inside(&entry.value, found));
            }
            Kind::Choice(choice) => {
                self.inside(&choice.then, found);
                self.inside(&choice.otherwise, found);
            }
        }
    }

    /// Whether the image at a path is one of the unit that requires session tokens, itself or by what it is made of.
    pub(crate) fn image_requires_tokens(
        &self,
        world: &World<'_>,
        unit: &Unit,
        item: &Value,
        path: &str,
    ) -> Result<bool, Fork> {
        let (mut item, mut path) = (item, path);
        for _ in 0..MAX_IMAGES {
            let at = world.one(item, path)?;
            let Some(found) = self.referred(&at).and_then(|at| unit.resources.get(at)) else { break };
            item = &found.body;
            let image = compute::image(&found.type_name);
            if let Some(support) = image.and_then(|image| image.support) {
                return Ok(world.one(item, support)?.text().as_deref() == Some(compute::IMAGE_REQUIRES));
            }
            let launch = compute::find(&found.type_name).and_then(|kind| kind.launches.first());
            let next = image.and_then(|image| image.from).or_else(|| launch.and_then(|launch| launch.image));
            let Some(next) = next else { break };
            path = next;
        }
        Ok(false)
    }

    fn referred(&self, at: &At<'_>) -> Option<usize> {
        match at.reason() {
            Some(Reason::Computed { address, .. }) => self.images.get(address).copied(),
            Some(_) => None,
            None => provenance::attribute(&at.value()?.origin)
                .and_then(|name| name.rsplit_once('.'))
                .and_then(|(address, _)| self.images.get(address).copied()),
        }
    }
}

fn can_be_image(resource: &Resource) -> bool {
    compute::image(&resource.type_name).is_some() || &*resource.type_name == "aws_instance"
}

fn templates_of(resource: &Resource) -> Option<&'static compute::ComputeType> {
    compute::find(&resource.type_name)
        .filter(|found| found.role != Role::Launches && resource.kind == BlockKind::Managed)
}

/// What is the same where two names are: the text, or how it is put together of what is the same everywhere in a
/// deployment.
fn name_key(value: &Value, site: Option<Site>, frontend: Frontend) -> Option<Arc<str>> {
    if let Some(text) = value.to_text() {
        return Some(text).filter(|text| !text.is_empty());
    }
    let unknown = value.as_unknown()?;
    let mut key = String::new();
    match frontend {
        Frontend::Terraform | Frontend::Plan => {}
        // Nested stacks have names and parameters of their own.
        Frontend::CloudFormation | Frontend::Cdk => key.push_str(&format!("{:?}", site?.file)),
    }
    let alone = [Part::Unknown(unknown.reason.clone())];
    let parts = if unknown.parts.is_empty() { &alone[..] } else { &unknown.parts };
    for part in parts {
        match part {
            Part::Text { text, .. } => key.push_str(text),
            Part::Unknown(
                reason @ (Reason::Variable { .. }
                | Reason::Parameter { .. }
                | Reason::PseudoParameter { .. }
                | Reason::Computed { .. }),
            ) => key.push_str(&format!("\0{reason:?}\0")),
            Part::Unknown(_) => return None,
        }
    }
    Some(key.into())
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
        Role::SecurityConfiguration => "security configuration",
    }
}

/// The code shows only the newest version of a template.
fn code_is_launched(version: &At<'_>, frontend: Frontend) -> Result<(), String> {
    match version {
        At::Absent => Ok(()),
        At::Found { value, .. } => match version.text().as_deref() {
            None | Some("$Latest" | "$Default") => Ok(()),
            Some(_) if carries_code(&value.origin) => Ok(()),
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

/// Whether a known version number is the template's newest, by the attribute that it was taken from.
fn carries_code(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    let follows = match &step.hop {
        Hop::Attribute(name) => name.rsplit_once('.').is_some_and(|(_, attribute)| follows_code(attribute)),
        _ => false,
    };
    follows || step.from.iter().any(carries_code)
}

fn follows_code(attribute: &str) -> bool {
    compute::NEWEST_VERSION.contains(&attribute) || compute::DEFAULT_VERSION.contains(&attribute)
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

//! The ways in which a resource launches instances: what each says itself, what it refers to, what it takes over.

use super::fact::{Endpoint, Presence, Tokens};
use super::layers::Version;
use super::link::{Linked, Links};
use super::provenance;
use super::stated::{Stated, stated};
use super::subject::Anchor;
use super::worlds::{At, Fork, World};
use crate::catalog::compute::{self as catalog, ComputeType, Launch, Metadata};
use crate::model::{Resource, Unit, Value};
use crate::source::Site;
use std::sync::Arc;

/// One way in which a resource launches, in one world.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    pub(crate) own: Stated,
    pub(crate) linked: Linked,
    pub(crate) inherited: Option<Stated>,
    /// Where the launch stands within the resource.
    pub(crate) item: Option<Anchor>,
    /// Whether the image that is launched requires session tokens of whatever says nothing else.
    pub(crate) image: bool,
    pub(crate) settable: bool,
    /// One of several variants of a launch, which say things before it.
    pub(crate) variant: bool,
    pub(crate) version: Version,
    pub(crate) can_give_profile: bool,
}

/// What a launch makes of a template.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) user: usize,
    /// Whether what it launches is what the code says, and no other version.
    pub(crate) is_of_code: bool,
    pub(crate) takes_imds: bool,
    pub(crate) version: Option<Arc<str>>,
    pub(crate) profile: ProfileUse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfileUse {
    Exempt,
    Gives,
    Lacks { could_give: bool },
}

/// Every way in which a resource launches, with what it refers to.
pub(crate) fn starts(
    world: &World<'_>,
    unit: &Unit,
    resource: &Resource,
    kind: &ComputeType,
    links: &Links,
) -> Result<Vec<Start>, Fork> {
    let mut unsure = None;
    if let Some((path, prefixes)) = kind.except {
        let value = world.one(&resource.body, path)?;
        if value.text().is_some_and(|text| prefixes.iter().any(|prefix| text.starts_with(prefix))) {
            return Ok(Vec::new());
        }
        unsure = value.reason().map(ToString::to_string);
    }
    let mut found = Vec::new();
    for launch in kind.launches {
        for item in world.all(&resource.body, launch.at)? {
            one_item(world, unit, links, launch, item, &mut found)?;
        }
    }
    if let Some(reason) = unsure {
        for start in found.iter_mut().filter(|start| start.linked == Linked::Nothing) {
            start.linked = Linked::elsewhere(reason.as_str());
        }
    }
    Ok(found)
}

fn one_item(
    world: &World<'_>,
    unit: &Unit,
    links: &Links,
    launch: &'static Launch,
    item: At<'_>,
    found: &mut Vec<Start>,
) -> Result<(), Fork> {
    let place = place(&item).map(Anchor::new);
    let image = match (launch.image, item.value()) {
        (Some(path), Some(value)) => links.image_requires_tokens(world, unit, value, path)?,
        (Some(_) | None, _) => false,
    };
    let (own, linked, variants, version) = match item {
        At::Absent | At::Unknown { value: None, .. } => return Ok(()),
        At::Unknown { why, .. } => {
            let linked = Linked::elsewhere(why.reason.to_string());
            (stated(world, &Value::null(), launch)?, linked, Vec::new(), Version::NONE)
        }
        At::Found { value, .. } => {
            let linked = follow(world, unit, links, launch, value)?;
            let variants = match launch.overrides {
                Some(variant) => world.all(value, variant.at)?,
                None => Vec::new(),
            };
            let version = version(world, unit, launch, value, &linked)?;
            (stated(world, value, launch)?, linked, variants, version)
        }
    };
    let mut push =
        |launch: &Launch, own: Stated, linked: Linked, variant: Option<Version>| -> Result<(), Fork> {
            let says_nothing = matches!(launch.profile, catalog::Profile::Nowhere)
                && matches!(launch.metadata, Metadata::Nowhere)
                && (launch.template.is_some() || launch.configuration.is_some());
            if linked == Linked::Nothing && says_nothing {
                return Ok(());
            }
            let inherited = match linked {
                Linked::To(at) => template_says(world, &unit.resources[at])?,
                Linked::Nothing | Linked::Elsewhere { .. } => None,
            };
            if found.is_empty() {
                // Most launch one thing, and there may be many of them.
                found.reserve_exact(1);
            }
            found.push(Start {
                own,
                inherited,
                linked,
                item: place.clone(),
                image,
                settable: !matches!(launch.metadata, Metadata::Nowhere)
                    || launch.template.is_some()
                    || launch.configuration.is_some(),
                variant: variant.is_some(),
                version: variant.unwrap_or_else(|| version.clone()),
                can_give_profile: matches!(
                    launch.profile,
                    catalog::Profile::Paths(_) | catalog::Profile::Setting(_)
                ),
            });
            Ok(())
        };
    let mut varied = false;
    for variant in variants {
        let (Some(shape), At::Found { value, .. }) = (launch.overrides, variant) else { continue };
        varied = true;
        let own = stated(world, value, shape)?;
        let (linked, version) = match follow(world, unit, links, shape, value)? {
            Linked::Nothing => (linked.clone(), version.clone()),
            other => {
                let version = self::version(world, unit, shape, value, &other)?;
                (other, version)
            }
        };
        push(shape, own, linked, Some(version))?;
    }
    if !varied {
        push(launch, own, linked, None)?;
    }
    Ok(())
}

/// Where a launch stands: the name of its entry, or itself where the entry holds several.
fn place(item: &At<'_>) -> Option<Site> {
    let entry = item.entry()?;
    let several = entry.value.as_list().is_some_and(|items| items.len() > 1);
    let own = item.value().filter(|_| several).and_then(|value| provenance::literal(&value.origin));
    own.or(entry.key_site).or(entry.site)
}

fn follow(
    world: &World<'_>,
    unit: &Unit,
    links: &Links,
    launch: &Launch,
    item: &Value,
) -> Result<Linked, Fork> {
    if let Some(reference) = &launch.template {
        let linked = links.template(world, item, reference, unit.frontend)?;
        if linked != Linked::Nothing {
            return Ok(linked);
        }
    }
    if let Some(named) = launch.configuration {
        let linked = links.configuration(world, item, named, unit.frontend)?;
        if linked != Linked::Nothing {
            return Ok(linked);
        }
    }
    match launch.copied_from {
        Some(path) if world.one(item, path)?.is_set() => {
            Ok(Linked::elsewhere(format!("the rest is copied from `{path}`")))
        }
        Some(_) | None => Ok(Linked::Nothing),
    }
}

fn version(
    world: &World<'_>,
    unit: &Unit,
    launch: &Launch,
    item: &Value,
    linked: &Linked,
) -> Result<Version, Fork> {
    match (linked, &launch.template) {
        (Linked::To(at), Some(reference)) => Version::of(world, item, reference, &unit.resources[*at]),
        (Linked::To(_) | Linked::Nothing | Linked::Elsewhere { .. }, _) => Ok(Version::NONE),
    }
}

fn template_says(world: &World<'_>, template: &Resource) -> Result<Option<Stated>, Fork> {
    let launch = catalog::find(&template.type_name).and_then(|kind| kind.launches.first());
    launch.map(|launch| stated(world, &template.body, launch)).transpose()
}

/// What a launch makes of the template that it refers to.
pub(crate) fn usage(user: usize, start: &Start) -> Use {
    let profile = match start.own.profile.0 {
        Presence::NotApplicable => ProfileUse::Exempt,
        Presence::Present | Presence::Unknown => ProfileUse::Gives,
        Presence::Absent => ProfileUse::Lacks { could_give: start.can_give_profile },
    };
    let takes_imds = start.own.tokens.0 == Tokens::Absent && start.own.endpoint.0 != Endpoint::Disabled;
    let is_of_code = matches!(start.linked, Linked::To(_));
    Use { user, is_of_code, takes_imds, profile, version: start.version.said.clone() }
}

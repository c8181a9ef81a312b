//! What identity pools give to their clients, above all to those who have not signed in.

use super::fact::{Guest, GuestSetting, GuestState};
use super::grants::{Given, Grants, Source, policies};
use super::policy::{Actions, Effect, Policy};
use crate::catalog::iam::{self as catalog, IdentityPool, PoolRoles};
use crate::facts::document::Node;
use crate::facts::holes;
use crate::facts::place;
use crate::facts::provenance;
use crate::facts::stand::{self, Said};
use crate::facts::subject::{Anchor, Spot, Subject};
use crate::facts::worlds::{At, Fork, World};
use crate::model::{BlockKind, Kind, Reason, Resource, Unit, Value};
use crate::source::{Site, Sources};

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(Guest, Subject)> {
    let mut facts = Vec::new();
    let mut grants: Option<Grants<'_>> = None;
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        if let Some(pool) = catalog::identity_pool(&resource.type_name) {
            facts.extend(stand::each(unit, resource, |world| classic_flow(world, resource, pool)));
        }
        if let Some(roles) = catalog::pool_roles(&resource.type_name) {
            let grants = grants.get_or_insert_with(|| Grants::of(unit, sources));
            let pool = Roles { unit, grants, resource, roles, sources };
            facts.extend(stand::each(unit, resource, |world| pool.stated(world)));
        }
    }
    facts
}

fn said(what: GuestSetting, state: GuestState, anchor: Option<Anchor>) -> Said<Guest> {
    let anchors = anchor.map(|anchor| ("state", anchor)).into_iter().collect();
    Said { fact: Guest { what, state }, anchors, words: Vec::new() }
}

fn classic_flow(
    world: &World<'_>,
    resource: &Resource,
    pool: &IdentityPool,
) -> Result<Vec<Said<Guest>>, Fork> {
    let at = world.one(&resource.body, pool.classic_flow)?;
    let state = match (&at, at.text().map(|text| text.eq_ignore_ascii_case("true"))) {
        (At::Unknown { .. }, _) => GuestState::Unknown,
        (_, Some(true)) => GuestState::On,
        (_, Some(false) | None) => GuestState::Off,
    };
    let mut anchor = place::anchor(&at, pool.classic_flow);
    if let (Some(anchor), Some(reason)) = (&mut anchor, at.reason()) {
        anchor.reason = Some(reason.to_string());
    }
    Ok(vec![said(GuestSetting::ClassicFlow, state, anchor)])
}

struct Roles<'r> {
    unit: &'r Unit,
    grants: &'r Grants<'r>,
    resource: &'r Resource,
    roles: &'r PoolRoles,
    sources: &'r Sources,
}

impl Roles<'_> {
    fn stated(&self, world: &World<'_>) -> Result<Vec<Said<Guest>>, Fork> {
        let mut found = Vec::new();
        let of = |name: &str| world.one(&self.resource.body, &format!("{}.{name}", self.roles.roles));
        let (guest, signed_in) = (of("unauthenticated")?, of("authenticated")?);
        if let Some(role) = guest.value().filter(|_| guest.is_set()) {
            let same = signed_in.value().and_then(|other| is_same(role, other));
            let state = match same {
                Some(true) => GuestState::Same,
                Some(false) => GuestState::Own,
                None if signed_in.value().is_some() => GuestState::Unknown,
                None => GuestState::Own,
            };
            let mut anchor = self.anchor(&guest);
            anchor.reason = guest.reason().or(signed_in.reason()).map(ToString::to_string);
            found.push(said(GuestSetting::GuestRole, state, Some(anchor)));
            found.extend(self.actions(world, role, &guest)?);
        }
        found.extend(self.ambiguous(world)?);
        Ok(found)
    }

    fn anchor(&self, at: &At<'_>) -> Anchor {
        place::anchor(at, self.roles.roles).unwrap_or_else(|| Anchor::new(self.resource.header))
    }

    /// What the role of guests allows, as far as the unit says so.
    fn actions(&self, world: &World<'_>, role: &Value, at: &At<'_>) -> Result<Vec<Said<Guest>>, Fork> {
        let mut found = Vec::new();
        for given in self.grants.of_role(role) {
            let Some((action, site)) = self.everything(world, given)? else { continue };
            let mut anchor = Anchor::new(site.unwrap_or(self.resource.header)).attribute("Action");
            if let Some(entry) = at.entry().and_then(|entry| entry.site.or(entry.key_site)) {
                anchor.related.push(Spot::new(entry, "guests get the role here"));
            }
            let mut said = said(GuestSetting::GuestActions, GuestState::Everything, Some(anchor));
            said.words.push(("action", action.into()));
            found.push(said);
        }
        Ok(found)
    }

    /// What allows every action, of a service or at all.
    fn everything(&self, world: &World<'_>, given: &Given) -> Result<Option<(String, Option<Site>)>, Fork> {
        match &given.source {
            Source::Elsewhere => Ok(None),
            Source::Aws(name) => Ok((catalog::SENSITIVE_POLICIES.iter())
                .any(|(known, _)| *known == &**name)
                .then(|| (name.to_string(), given.site))),
            Source::Document(at, path) => {
                let Some(resource) = self.unit.resources.get(*at) else { return Ok(None) };
                let found = policies(world, resource, path, self.sources)?;
                let whole = found.iter().find_map(whole_service);
                Ok(whole.map(|(action, site)| (action, site.or(Some(resource.header)))))
            }
        }
    }

    fn ambiguous(&self, world: &World<'_>) -> Result<Vec<Said<Guest>>, Fork> {
        let mut found = Vec::new();
        for mapping in world.all(&self.resource.body, self.roles.mappings)? {
            let At::Found { value, .. } = mapping else { continue };
            // A list of blocks, or a map by the names of the identity providers.
            let Kind::Object(object) = &value.kind else { continue };
            let direct = world.one(value, self.roles.ambiguous)?;
            let mut all = vec![direct];
            if object.get(self.roles.ambiguous).is_none() {
                for entry in &object.entries {
                    all.push(world.one(&entry.value, self.roles.ambiguous)?);
                }
            }
            for at in all.into_iter().filter(At::is_set) {
                let state = match at.text().as_deref() {
                    Some("AuthenticatedRole") => GuestState::Authenticated,
                    Some("Deny") => GuestState::Denied,
                    Some(_) | None => GuestState::Unknown,
                };
                let anchor = place::anchor(&at, self.roles.ambiguous);
                found.push(said(GuestSetting::AmbiguousRole, state, anchor));
            }
        }
        Ok(found)
    }
}

/// Whether two values are the same role; none where it cannot be told.
fn is_same(one: &Value, other: &Value) -> Option<bool> {
    let attribute = |value: &Value| provenance::attribute(&value.origin).map(str::to_owned);
    match (one.to_text(), other.to_text()) {
        (Some(one), Some(other)) => return Some(one == other),
        (Some(_), None) | (None, Some(_)) => return attribute(one).map(|one| attribute(other) == Some(one)),
        (None, None) => {}
    }
    let (one, other) = (one.as_unknown()?, other.as_unknown()?);
    if !one.parts.is_empty() || !other.parts.is_empty() {
        return (one.parts == other.parts).then_some(true);
    }
    // What is taken out of a structure goes by the structure's name.
    let is_scalar = if let Reason::Computed { attribute, .. } | Reason::Data { attribute, .. } = &one.reason {
        ["arn", "Arn", "Ref"].contains(&&**attribute)
    } else {
        matches!(one.reason, Reason::Parameter { .. } | Reason::Import { .. })
    };
    let differ = matches!((&one.reason, &other.reason), (Reason::Computed { .. }, Reason::Computed { .. }));
    match (is_scalar, one.reason == other.reason) {
        (true, true) => Some(true),
        (true, false) if differ => Some(false),
        (true | false, _) => None,
    }
}

/// The first action of a policy that is a whole service, or everything, but for what AWS's own samples give to guests.
fn whole_service(policy: &Policy) -> Option<(String, Option<Site>)> {
    let allowing = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    allowing.into_iter().find_map(|statement| match &statement.actions {
        Actions::AllBut(_, site) => Some(("NotAction".to_owned(), *site)),
        Actions::These(patterns) => patterns.iter().filter_map(Node::as_text).find_map(|text| {
            let service =
                text.text.split_once(':').filter(|(_, name)| *name == "*").map(|(service, _)| service);
            let whole = text.text == "*"
                || service.is_some_and(|service| {
                    !service.contains(holes::HOLE)
                        && !catalog::GUEST_SERVICES.iter().any(|known| known.eq_ignore_ascii_case(service))
                });
            whole.then(|| (text.text.clone(), text.site))
        }),
    })
}

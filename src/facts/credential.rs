//! What lets somebody in for longer than a session: users, passwords, keys that are no access keys.

use super::fact::{Credential, Expiry, YesNo};
use super::subject::Subject;
use super::worlds::{At, Fork, World};
use super::{place, provenance, stand};
use crate::catalog::access_key;
use crate::catalog::credential::{self as catalog, CredentialType, Kind};
use crate::model::{BlockKind, Reason, Resource, Unit};
use rustc_hash::FxHashSet;
use std::sync::Arc;

pub(crate) fn lower(unit: &Unit) -> Vec<(Credential, Subject)> {
    let keyed = KeyedUsers::of(unit);
    let mut facts = Vec::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        for kind in catalog::of(&resource.type_name) {
            let asked = |world: &World<'_>| stated(world, resource, kind, &keyed);
            facts.extend(stand::stated(unit, resource, asked));
        }
    }
    facts
}

fn stated(
    world: &World<'_>,
    resource: &Resource,
    kind: &CredentialType,
    keyed: &KeyedUsers,
) -> Result<Option<stand::Stated<Credential>>, Fork> {
    let mut anchors = Vec::new();
    if !kind.at.is_empty() {
        let at = world.one(&resource.body, kind.at)?;
        if !is_there(&at, kind.text) {
            return Ok(None);
        }
        anchors.extend(place::anchor(&at, kind.at).map(|anchor| ("credential", anchor)));
    }
    let expires = match kind.expires {
        None => Expiry::Never,
        Some(path) => match world.one(&resource.body, path)? {
            At::Absent => Expiry::Never,
            At::Found { .. } => Expiry::Known,
            At::Unknown { .. } => Expiry::Unknown,
        },
    };
    let with_key = kind.kind == Kind::IamUser && keyed.has(world, resource)?;
    Ok(Some((Credential { kind: kind.kind, expires, with_key: YesNo::from(with_key) }, anchors)))
}

/// Whether an attribute is surely set: to a text, to what another resource hands over, to what somebody must give.
fn is_there(at: &At<'_>, text: Option<&str>) -> bool {
    match (at, text) {
        (At::Absent, _) => false,
        (At::Found { .. }, Some(wanted)) => at.text().as_deref() == Some(wanted),
        (At::Found { .. }, None) => at.is_set(),
        (At::Unknown { .. }, Some(_)) => false,
        (At::Unknown { why, .. }, None) => {
            let is_handed = matches!(
                why.reason,
                Reason::Computed { .. } | Reason::Data { .. } | Reason::Parameter { .. }
            );
            is_handed || !why.parts.is_empty()
        }
    }
}

/// The users that access keys of the unit are made for: by address, by literal name.
struct KeyedUsers {
    addresses: FxHashSet<Arc<str>>,
    names: FxHashSet<Arc<str>>,
}

impl KeyedUsers {
    fn of(unit: &Unit) -> Self {
        let mut users = Self { addresses: FxHashSet::default(), names: FxHashSet::default() };
        for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
            let Some(kind) = access_key::find(&resource.type_name) else { continue };
            for entry in resource.body.entries_at(kind.user) {
                users.names.extend(entry.value.to_text());
                if let Some(why) = entry.value.as_unknown()
                    && let Reason::Computed { address, .. } = &why.reason
                {
                    users.addresses.insert(Arc::clone(address));
                }
                if let Some((address, _)) =
                    provenance::attribute(&entry.value.origin).and_then(|name| name.rsplit_once('.'))
                {
                    users.addresses.insert(address.into());
                }
            }
        }
        users
    }

    fn has(&self, world: &World<'_>, user: &Resource) -> Result<bool, Fork> {
        if self.addresses.contains(&user.address) {
            return Ok(true);
        }
        for path in ["name", "UserName", "user_name"] {
            if world.one(&user.body, path)?.text().is_some_and(|name| self.names.contains(&name)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

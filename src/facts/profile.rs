//! Instance profiles: whether they hold a role.

use super::fact::{InstanceProfile, Presence};
use super::subject::Subject;
use super::worlds::{At, Fork, World};
use super::{place, stand};
use crate::catalog::instance_profile;
use crate::model::{BlockKind, Resource, Unit};

pub(crate) fn lower(unit: &Unit) -> Vec<(InstanceProfile, Subject)> {
    let mut facts = Vec::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        if let Some(path) = instance_profile::role(&resource.type_name) {
            facts.extend(stand::stated(unit, resource, |world| said(world, resource, path)));
        }
    }
    facts
}

fn said(
    world: &World<'_>,
    resource: &Resource,
    path: &str,
) -> Result<Option<stand::Stated<InstanceProfile>>, Fork> {
    let mut at = world.one(&resource.body, path)?;
    for former in instance_profile::roles(&resource.type_name).skip(1) {
        let list = world.one(&resource.body, former)?;
        if !at.is_set() && list.is_set() {
            at = list;
        }
    }
    let role = match &at {
        At::Unknown { .. } => Presence::Unknown,
        At::Found { .. } if at.is_set() => Presence::Present,
        At::Found { .. } | At::Absent => Presence::Absent,
    };
    let anchor = place::anchor(&at, path).map(|anchor| ("role", anchor));
    Ok(Some((InstanceProfile { role }, anchor.into_iter().collect())))
}

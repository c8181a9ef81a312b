//! What runs code elsewhere than on EC2: whether it has a role of its own.

use super::document::{self, Node};
use super::fact::Presence;
use super::iam::Workload;
use super::stand::{self, Said};
use super::subject::{Anchor, Subject};
use super::worlds::{At, Fork, World};
use crate::catalog::iam as catalog;
use crate::model::{BlockKind, Resource, Unit};
use crate::source::Sources;

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(Workload, Subject)> {
    let mut facts = Vec::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        for workload in catalog::workloads(&resource.type_name) {
            facts.extend(stand::each(unit, resource, |world| {
                Ok(said(world, resource, workload, sources)?.into_iter().collect())
            }));
        }
    }
    facts
}

fn said(
    world: &World<'_>,
    resource: &Resource,
    workload: &'static catalog::Workload,
    sources: &Sources,
) -> Result<Option<Said<Workload>>, Fork> {
    let (role, anchor) = if workload.at.is_empty() {
        let at = world.one(&resource.body, workload.role)?;
        // What is set is there, known or not.
        (Presence::from(at.is_set()), None)
    } else {
        let at = world.one(&resource.body, workload.at)?;
        if matches!(at, At::Absent) {
            return Ok(None);
        }
        let role = in_document(&document::read(world, &at, sources)?, workload.role);
        let mut anchor = at.entry().and_then(|entry| entry.key_site).map(Anchor::new);
        if let Some(anchor) = &mut anchor {
            workload.at.clone_into(&mut anchor.attribute);
            anchor.reason = at.reason().map(ToString::to_string);
        }
        (role, anchor)
    };
    let last = workload.role.rsplit('.').next().unwrap_or(workload.role);
    Ok(Some(Said {
        fact: Workload { kind: workload.kind, role },
        anchors: anchor.into_iter().map(|anchor| ("role", anchor)).collect(),
        words: vec![("kind", workload.kind.into()), ("role", last.into())],
    }))
}

/// Whether a document names a role wherever it has a place for one.
fn in_document(node: &Node, path: &str) -> Presence {
    let (above, role) = path.rsplit_once('.').unwrap_or(("", path));
    let mut state = Presence::Present;
    for place in node.at(above) {
        let found = match place {
            Node::Object(object) => match (object.get(role), &object.open) {
                (Some(member), _) => {
                    Presence::from(member.value.as_text().is_none_or(|text| !text.text.is_empty()))
                }
                (None, Some(_)) => Presence::Unknown,
                (None, None) => Presence::Absent,
            },
            Node::Unknown { .. } | Node::Text(_) => Presence::Unknown,
            Node::Null | Node::List(_) => continue,
        };
        match found {
            Presence::Absent => return found,
            Presence::Unknown => state = found,
            Presence::Present | Presence::NotApplicable => {}
        }
    }
    state
}

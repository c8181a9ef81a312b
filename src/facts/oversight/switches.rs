//! What watches over the root user, or over instance metadata, and whether it is switched on.

use super::alarm::{HANDLED_OFF, handled, root_metrics};
use super::around::{Around, text};
use super::root::asks_for_root;
use crate::catalog::oversight::{self as catalog, Guards, Switch, Watch};
use crate::facts::fact::{GuardKind, RootGuard, Switched};
use crate::facts::place;
use crate::facts::stand::{self, Stated};
use crate::facts::subject::Subject;
use crate::facts::worlds::{Fork, World};
use crate::model::{Resource, Unit, Value};
use std::sync::Arc;

pub(super) fn lower(unit: &Unit, around: &Around<'_>) -> Vec<(RootGuard, Subject)> {
    let metrics = root_metrics(around);
    let watched = has_root_rules(around);
    let mut facts = Vec::new();
    for (resource, watch) in around.all() {
        facts.extend(stand::stated(unit, resource, |world| {
            guard(world, around, (*resource, watch), &metrics, watched)
        }));
    }
    facts
}

type Said = Result<Option<Stated<RootGuard>>, Fork>;

fn guard(
    world: &World<'_>,
    around: &Around<'_>,
    (resource, watch): (&Resource, &Watch),
    metrics: &[Arc<str>],
    watched: bool,
) -> Said {
    match watch {
        Watch::Detector { off } => {
            switched(world, &resource.body, &[*off], GuardKind::Detector, Guards::RootUse)
        }
        Watch::EventRule { pattern, off, .. } => {
            let at = world.one(&resource.body, pattern)?;
            if !asks_for_root(&around.document(world, &at)?) {
                return Ok(None);
            }
            switched(world, &resource.body, off, GuardKind::EventRule, Guards::RootUse)
        }
        Watch::EventHandler { events } => handler(world, around, resource, events),
        Watch::Alarm { metrics: paths, off, .. } => {
            for path in *paths {
                for at in world.all(&resource.body, path)? {
                    if at.text().is_some_and(|name| metrics.contains(&name)) {
                        return switched(world, &resource.body, &[*off], GuardKind::Alarm, Guards::RootUse);
                    }
                }
            }
            Ok(None)
        }
        Watch::RecorderStatus { off } if watched => {
            switched(world, &resource.body, &[*off], GuardKind::Recorder, Guards::RootKeys)
        }
        Watch::Control { control, off } => {
            let at = world.one(&resource.body, control)?;
            match text(&at).and_then(|text| catalog::control(&text)) {
                Some((_, guards)) => switched(world, &resource.body, &[*off], GuardKind::Control, guards),
                None => Ok(None),
            }
        }
        Watch::DisabledControls { at } => disabled(world, resource, at),
        Watch::Standard { disabled: Some(at), .. } => disabled(world, resource, at),
        Watch::Standard { disabled: None, .. }
        | Watch::RecorderStatus { .. }
        | Watch::OrganizationPolicy { .. }
        | Watch::PolicyAttachment { .. }
        | Watch::LandingZoneControl { .. }
        | Watch::RootFeatures { .. }
        | Watch::TrustedService { .. }
        | Watch::EventTarget { .. }
        | Watch::MetricFilter { .. }
        | Watch::ConfigRule { .. }
        | Watch::ConformancePack { .. }
        | Watch::Hub { .. } => Ok(None),
    }
}

fn switched(world: &World<'_>, body: &Value, off: &[Switch], kind: GuardKind, guards: Guards) -> Said {
    for switch in off {
        let at = world.one(body, switch.at)?;
        if at.text().as_deref() == Some(switch.off) {
            let anchor = place::anchor(&at, switch.at).map(|anchor| ("state", anchor));
            let fact = RootGuard { kind, guards, state: Switched::Off };
            return Ok(Some((fact, anchor.into_iter().collect())));
        }
    }
    Ok(Some((RootGuard { kind, guards, state: Switched::On }, Vec::new())))
}

/// The first event of a function's that is about the root user and off, else any that is about it.
fn handler(world: &World<'_>, around: &Around<'_>, resource: &Resource, events: &str) -> Said {
    let mut found = None;
    for event in handled(world, resource, events)? {
        let at = world.one(event, "Properties.Pattern")?;
        if asks_for_root(&around.document(world, &at)?) {
            found = switched(world, event, &HANDLED_OFF, GuardKind::EventRule, Guards::RootUse)?;
            if found.as_ref().is_some_and(|(guard, _)| guard.state == Switched::Off) {
                break;
            }
        }
    }
    Ok(found)
}

/// The first control of a list of those that are off.
fn disabled(world: &World<'_>, resource: &Resource, path: &str) -> Said {
    for at in world.all(&resource.body, path)? {
        if let Some((_, guards)) = text(&at).and_then(|text| catalog::control(&text)) {
            let anchor = place::anchor(&at, path).map(|anchor| ("state", anchor));
            let fact = RootGuard { kind: GuardKind::Control, guards, state: Switched::Off };
            return Ok(Some((fact, anchor.into_iter().collect())));
        }
    }
    Ok(None)
}

/// Whether rules for the root user need the recorder.
fn has_root_rules(around: &Around<'_>) -> bool {
    around.all().iter().any(|(resource, watch)| {
        let Watch::ConfigRule { identifier, .. } = watch else { return false };
        resource.body.entries_at(identifier).iter().any(|entry| {
            let wanted = catalog::ROOT_KEY_RULES.iter().chain(&catalog::ROOT_MFA_RULES);
            entry.value.to_text().is_some_and(|text| wanted.clone().any(|wanted| **wanted == *text))
        })
    })
}

//! Whether somebody is told when the root user does something: by a rule of events with a target, or by an alarm on the
//! metric of a filter of logs.

use super::answer::Answer;
use super::around::{Around, Meant, is_off, meant, reason, text};
use super::root::{Said, filters, is_watched};
use crate::catalog::oversight::{Switch, Watch};
use crate::facts::holes::HOLE;
use crate::facts::worlds::{At, Fork, World};
use crate::model::{Resource, Value};
use std::sync::Arc;

type Existing<'e> = [(&'e Resource, &'static Watch)];

pub(super) fn alarm(world: &World<'_>, around: &Around<'_>) -> Result<Answer, Fork> {
    let existing = around.existing(world)?;
    let mut answer = Answer::absent();
    for (resource, watch) in &existing {
        answer = answer.or(match watch {
            Watch::EventRule { pattern, name, off, targets } => {
                let at = world.one(&resource.body, pattern)?;
                match watched(world, around, &at)? {
                    Said::No | Said::InPart => Answer::absent(),
                    Said::Open => Answer::unknown(reason(&at, pattern)),
                    Said::Yes if any_off(world, resource, off)? => {
                        Answer::idle(resource, "watches the root user, and is switched off")
                    }
                    Said::Yes if has_target(world, around, &existing, resource, name, *targets)? => {
                        Answer::present()
                    }
                    Said::Yes => Answer::idle(resource, "watches the root user, and has no target"),
                }
            }
            Watch::EventHandler { events } => handler(world, around, resource, events)?,
            Watch::MetricFilter { pattern, metric } => {
                let at = world.one(&resource.body, pattern)?;
                match text(&at).map_or(Said::No, |text| filters(&text)) {
                    Said::No | Said::InPart => Answer::absent(),
                    Said::Open => Answer::unknown(reason(&at, pattern)),
                    Said::Yes => alarmed(world, around, &existing, resource, metric)?,
                }
            }
            Watch::OrganizationPolicy { .. }
            | Watch::PolicyAttachment { .. }
            | Watch::LandingZoneControl { .. }
            | Watch::RootFeatures { .. }
            | Watch::TrustedService { .. }
            | Watch::EventTarget { .. }
            | Watch::Alarm { .. }
            | Watch::ConfigRule { .. }
            | Watch::ConformancePack { .. }
            | Watch::Standard { .. }
            | Watch::Hub { .. }
            | Watch::Control { .. }
            | Watch::DisabledControls { .. }
            | Watch::Detector { .. }
            | Watch::RecorderStatus { .. } => Answer::absent(),
        });
    }
    Ok(answer)
}

fn watched(world: &World<'_>, around: &Around<'_>, at: &At<'_>) -> Result<Said, Fork> {
    Ok(is_watched(&around.document(world, at)?))
}

fn any_off(world: &World<'_>, resource: &Resource, off: &[Switch]) -> Result<bool, Fork> {
    for switch in off {
        if is_off(world, resource, switch)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_target(
    world: &World<'_>,
    around: &Around<'_>,
    existing: &Existing<'_>,
    resource: &Resource,
    name: &str,
    targets: Option<&str>,
) -> Result<bool, Fork> {
    if let Some(targets) = targets {
        return Ok(world.all(&resource.body, targets)?.iter().any(At::is_set));
    }
    let name = world.one(&resource.body, name)?.text();
    for (target, watch) in existing {
        let Watch::EventTarget { rule } = watch else { continue };
        let is_of = match meant(&world.one(&target.body, rule)?) {
            Meant::Resource(address) => around.is(resource, &address),
            Meant::Named(named) => Some(&named) == name.as_ref(),
            // Which rule it is of, is not known: it may well be this one.
            Meant::Open(_) => true,
            Meant::Nothing => false,
        };
        if is_of {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The kinds of events of the Serverless Application Model that are rules.
const RULES: [&str; 2] = ["CloudWatchEvent", "EventBridgeRule"];

/// How these are switched off.
pub(super) const HANDLED_OFF: [Switch; 2] =
    [Switch { at: "Properties.State", off: "DISABLED" }, Switch { at: "Properties.Enabled", off: "false" }];

/// The events that trigger a function and are rules with it as their target.
pub(super) fn handled<'r>(
    world: &World<'_>,
    resource: &'r Resource,
    events: &str,
) -> Result<Vec<&'r Value>, Fork> {
    let mut found = Vec::new();
    let Some(entry) = resource.body.entries_at(events).into_iter().next() else { return Ok(found) };
    let events = world.settle(&entry.value)?.as_object();
    for event in events.into_iter().flat_map(|object| &object.entries) {
        let event = world.settle(&event.value)?;
        if world.one(event, "Type")?.text().is_some_and(|kind| RULES.contains(&&*kind)) {
            found.push(event);
        }
    }
    Ok(found)
}

fn handler(
    world: &World<'_>,
    around: &Around<'_>,
    resource: &Resource,
    events: &str,
) -> Result<Answer, Fork> {
    let mut answer = Answer::absent();
    for event in handled(world, resource, events)? {
        let at = world.one(event, "Properties.Pattern")?;
        let mut off = false;
        for switch in &HANDLED_OFF {
            off |= world.one(event, switch.at)?.text().as_deref() == Some(switch.off);
        }
        answer = answer.or(match watched(world, around, &at)? {
            Said::No | Said::InPart => Answer::absent(),
            Said::Open => Answer::unknown(reason(&at, "Pattern")),
            Said::Yes if off => {
                Answer::idle(resource, "watches the root user by an event that is switched off")
            }
            Said::Yes => Answer::present(),
        });
    }
    Ok(answer)
}

/// Whether an alarm on a filter's metric tells somebody.
fn alarmed(
    world: &World<'_>,
    around: &Around<'_>,
    existing: &Existing<'_>,
    filter: &Resource,
    metric: &str,
) -> Result<Answer, Fork> {
    let names = world.all(&filter.body, metric)?;
    let mut found: Option<Answer> = None;
    for (resource, watch) in existing {
        let Watch::Alarm { metrics, actions, off } = watch else { continue };
        for path in *metrics {
            for at in world.all(&resource.body, path)? {
                let looks = match meant(&at) {
                    Meant::Resource(address) if around.is(filter, &address) => Said::Yes,
                    Meant::Resource(address) if is_filter(around, existing, &address) => Said::No,
                    Meant::Nothing => Said::No,
                    Meant::Resource(_) | Meant::Named(_) | Meant::Open(_) => is_same(&at, &names),
                };
                let answer = match looks {
                    Said::No | Said::InPart => continue,
                    Said::Open => Answer::unknown(reason(&at, path)),
                    Said::Yes if is_off(world, resource, off)? => Answer::idle(
                        resource,
                        "would tell of the root user, and its actions are switched off",
                    ),
                    Said::Yes if world.all(&resource.body, actions)?.iter().any(At::is_set) => {
                        Answer::present()
                    }
                    Said::Yes => Answer::idle(resource, "looks at what the root user does, and tells nobody"),
                };
                found = Some(match found {
                    Some(known) => known.or(answer),
                    None => answer,
                });
            }
        }
    }
    let none = || Answer::idle(filter, "watches the root user, and no alarm looks at its metric");
    Ok(found.unwrap_or_else(none))
}

fn is_filter(around: &Around<'_>, existing: &Existing<'_>, address: &str) -> bool {
    let mut filters = existing.iter().filter(|(_, watch)| matches!(watch, Watch::MetricFilter { .. }));
    filters.any(|(resource, _)| around.is(resource, address))
}

/// Whether an alarm's metric is one of these: by its text, or by what neither of them knows.
fn is_same(at: &At<'_>, names: &[At<'_>]) -> Said {
    let Some(own) = text(at) else { return Said::No };
    Said::any(names.iter().map(|name| match text(name) {
        Some(name_text) if name_text == own && at.reason() == name.reason() => Said::Yes,
        Some(name_text) if own.contains(HOLE) || name_text.contains(HOLE) => Said::Open,
        Some(_) | None => Said::No,
    }))
}

/// The metrics of filters that are about the root user, by name; whatever the conditions are.
pub(super) fn root_metrics(around: &Around<'_>) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    for (resource, watch) in around.all() {
        let Watch::MetricFilter { pattern, metric } = watch else { continue };
        let is_root = resource
            .body
            .entries_at(pattern)
            .iter()
            .any(|entry| entry.value.to_text().is_some_and(|text| filters(&text) == Said::Yes));
        if is_root {
            found.extend(resource.body.entries_at(metric).iter().filter_map(|entry| entry.value.to_text()));
        }
    }
    found
}

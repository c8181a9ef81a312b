//! What an organization does about the root users of its members.

use super::answer::Answer;
use super::around::{Around, Meant, meant, reason, text};
use super::root::{Said, denies};
use crate::catalog::oversight::{self as catalog, Watch};
use crate::facts::fact::Guarding;
use crate::facts::holes::HOLE;
use crate::facts::worlds::{At, Fork, World};
use crate::model::Resource;

/// Whether the organization's centre has a feature on.
pub(super) fn feature(world: &World<'_>, around: &Around<'_>, wanted: &str) -> Result<Answer, Fork> {
    let mut answer = Answer::absent();
    for (resource, watch) in around.existing(world)? {
        let Watch::RootFeatures { enabled } = watch else { continue };
        for at in world.all(&resource.body, enabled)? {
            answer = answer.or(match text(&at).as_deref() {
                Some(text) if text == wanted => Answer::present(),
                Some(text) if text.contains(HOLE) => Answer::unknown(reason(&at, enabled)),
                Some(_) | None => Answer::absent(),
            });
        }
    }
    Ok(answer)
}

/// Whether an organization trusts IAM.
pub(super) fn trusts(
    world: &World<'_>,
    around: &Around<'_>,
    organization: &Resource,
    trusted: Option<&str>,
) -> Result<Answer, Fork> {
    let Some(trusted) = trusted else { return Ok(Answer::new(Guarding::NotApplicable)) };
    let mut answer = Answer::absent();
    let mut services = world.all(&organization.body, trusted)?;
    for (resource, watch) in around.existing(world)? {
        if let Watch::TrustedService { service } = watch {
            services.extend(world.all(&resource.body, service)?);
        }
    }
    for at in services {
        answer = answer.or(match text(&at).as_deref() {
            Some(catalog::TRUSTED_SERVICE) => Answer::present(),
            Some(text) if text.contains(HOLE) => Answer::unknown(reason(&at, trusted)),
            Some(_) | None => Answer::absent(),
        });
    }
    Ok(answer)
}

/// Whether a policy denies the members' root users everything, where it is attached.
pub(super) fn policy(world: &World<'_>, around: &Around<'_>) -> Result<Answer, Fork> {
    let existing = around.existing(world)?;
    let mut answer = Answer::absent();
    for (resource, watch) in &existing {
        answer = answer.or(match watch {
            Watch::OrganizationPolicy { content, kind, targets } => {
                let is_control = match world.one(&resource.body, kind)? {
                    At::Found { value, .. } => {
                        value.to_text().is_none_or(|kind| &*kind == catalog::SERVICE_CONTROL_POLICY)
                    }
                    At::Absent | At::Unknown { .. } => true,
                };
                let at = world.one(&resource.body, content)?;
                match (is_control, denies(&around.document(world, &at)?)) {
                    (false, _) | (true, Said::No) => Answer::absent(),
                    (true, Said::Yes) if is_attached(world, around, &existing, resource, *targets)? => {
                        Answer::present()
                    }
                    (true, Said::Yes) => {
                        Answer::idle(resource, "denies the root user, and is attached to nothing here")
                    }
                    (true, Said::InPart) => {
                        Answer::absent().beside(resource, "denies the root user some actions only")
                    }
                    (true, Said::Open) => Answer::unknown(reason(&at, content)),
                }
            }
            Watch::LandingZoneControl { identifier } => {
                let at = world.one(&resource.body, identifier)?;
                match text(&at) {
                    Some(text) if catalog::ROOT_CONTROLS.iter().any(|control| text.ends_with(control)) => {
                        Answer::present()
                    }
                    Some(text) if text.ends_with(HOLE) => Answer::unknown(reason(&at, identifier)),
                    Some(_) | None => Answer::absent(),
                }
            }
            Watch::PolicyAttachment { policy } => {
                let at = world.one(&resource.body, policy)?;
                match meant(&at) {
                    Meant::Nothing => Answer::absent(),
                    Meant::Resource(address) if is_policy(around, &existing, &address) => Answer::absent(),
                    Meant::Named(id) if &*id == catalog::FULL_ACCESS => Answer::absent(),
                    Meant::Resource(id) | Meant::Named(id) => {
                        Answer::unknown(format!("policy `{id}`, which is attached, is not in this project"))
                    }
                    Meant::Open(reason) => Answer::unknown(reason.to_string()),
                }
            }
            Watch::RootFeatures { .. }
            | Watch::TrustedService { .. }
            | Watch::EventRule { .. }
            | Watch::EventTarget { .. }
            | Watch::EventHandler { .. }
            | Watch::MetricFilter { .. }
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

type Existing<'e> = [(&'e Resource, &'static Watch)];

fn is_policy(around: &Around<'_>, existing: &Existing<'_>, address: &str) -> bool {
    existing.iter().any(|(resource, watch)| {
        matches!(watch, Watch::OrganizationPolicy { .. }) && around.is(resource, address)
    })
}

fn is_attached(
    world: &World<'_>,
    around: &Around<'_>,
    existing: &Existing<'_>,
    resource: &Resource,
    targets: Option<&str>,
) -> Result<bool, Fork> {
    if let Some(targets) = targets {
        return Ok(world.all(&resource.body, targets)?.iter().any(At::is_set));
    }
    for (attachment, watch) in existing {
        let Watch::PolicyAttachment { policy } = watch else { continue };
        let attached = match meant(&world.one(&attachment.body, policy)?) {
            Meant::Resource(address) => around.is(resource, &address),
            // Which of them it is, is not known: it may well be this one.
            Meant::Open(_) => true,
            Meant::Nothing | Meant::Named(_) => false,
        };
        if attached {
            return Ok(true);
        }
    }
    Ok(false)
}

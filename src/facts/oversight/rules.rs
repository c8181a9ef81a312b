//! Which rules of Config there are, by themselves, in packs, or brought by the standards of Security Hub.

use super::answer::Answer;
use super::around::{Around, is_off, reason, text};
use crate::catalog::oversight::{self as catalog, Watch};
use crate::facts::holes::HOLE;
use crate::facts::worlds::{At, Fork, World};
use crate::model::Resource;

/// Whether there is one of the managed rules.
pub(super) fn any(world: &World<'_>, around: &Around<'_>, wanted: &[&str]) -> Result<Answer, Fork> {
    let mut answer = Answer::absent();
    for (resource, watch) in around.existing(world)? {
        answer = answer.or(match watch {
            Watch::ConfigRule { identifier, owner } => rule(world, resource, identifier, *owner, wanted)?,
            Watch::ConformancePack { body, elsewhere } => pack(world, resource, body, elsewhere, wanted)?,
            Watch::Standard { arn, .. } => standard(world, resource, arn, wanted)?,
            Watch::Hub { defaults } if is_off(world, resource, defaults)? => Answer::absent(),
            Watch::Hub { defaults } => match world.one(&resource.body, defaults.at)? {
                at @ At::Unknown { .. } => Answer::unknown(reason(&at, defaults.at)),
                At::Absent | At::Found { .. }
                    if catalog::DEFAULT_STANDARDS.iter().any(|name| brings(name, wanted) == Some(true)) =>
                {
                    Answer::present()
                }
                At::Absent | At::Found { .. } => Answer::absent(),
            },
            Watch::OrganizationPolicy { .. }
            | Watch::PolicyAttachment { .. }
            | Watch::LandingZoneControl { .. }
            | Watch::RootFeatures { .. }
            | Watch::TrustedService { .. }
            | Watch::EventRule { .. }
            | Watch::EventTarget { .. }
            | Watch::EventHandler { .. }
            | Watch::MetricFilter { .. }
            | Watch::Alarm { .. }
            | Watch::Control { .. }
            | Watch::DisabledControls { .. }
            | Watch::Detector { .. }
            | Watch::RecorderStatus { .. } => Answer::absent(),
        });
    }
    Ok(answer)
}

/// Whether a standard brings one of the rules.
fn brings(standard: &str, wanted: &[&str]) -> Option<bool> {
    Some(catalog::standard(standard)?.iter().any(|rule| wanted.contains(rule)))
}

fn standard(world: &World<'_>, resource: &Resource, arn: &str, wanted: &[&str]) -> Result<Answer, Fork> {
    let at = world.one(&resource.body, arn)?;
    let Some(text) = text(&at) else { return Ok(Answer::absent()) };
    // The region is often put in, the standard's name seldom.
    Ok(match brings(&text, wanted) {
        Some(true) => Answer::present(),
        _ if text.rsplit_once("::").map_or(&*text, |(_, name)| name).contains(HOLE) => {
            Answer::unknown(reason(&at, arn))
        }
        Some(false) => Answer::absent(),
        None => Answer::unknown(format!("which rules the standard `{text}` brings is not known")),
    })
}

fn rule(
    world: &World<'_>,
    resource: &Resource,
    identifier: &str,
    owner: Option<&str>,
    wanted: &[&str],
) -> Result<Answer, Fork> {
    // The identifier of a rule of one's own is that of a function.
    if let Some(owner) = owner
        && let Some(owner) = world.one(&resource.body, owner)?.text()
        && catalog::CUSTOM_OWNERS.contains(&&*owner)
    {
        return Ok(Answer::absent());
    }
    let at = world.one(&resource.body, identifier)?;
    Ok(match text(&at) {
        Some(text) if wanted.contains(&text.as_str()) => Answer::present(),
        Some(text) if text.contains(HOLE) => Answer::unknown(reason(&at, identifier)),
        Some(_) | None => Answer::absent(),
    })
}

fn pack(
    world: &World<'_>,
    resource: &Resource,
    body: &str,
    elsewhere: &[&str],
    wanted: &[&str],
) -> Result<Answer, Fork> {
    let at = world.one(&resource.body, body)?;
    if let Some(text) = text(&at) {
        let said = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        return Ok(if said.clone().any(|line| wanted.iter().any(|wanted| line.contains(wanted))) {
            Answer::present()
        } else if text.contains(HOLE) {
            Answer::unknown(reason(&at, body))
        } else {
            Answer::absent()
        });
    }
    for path in elsewhere {
        if world.one(&resource.body, path)?.is_set() {
            let what = format!("the template of `{}` is not in this repository", resource.address);
            return Ok(Answer::unknown(what));
        }
    }
    Ok(Answer::absent())
}

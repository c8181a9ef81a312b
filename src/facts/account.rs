//! Settings of an account that others fall back on: metadata defaults, images, the password policy.

use super::fact::{Amount, DefaultSource, Expiry, MetadataDefault, PasswordPolicy, Tokens, Unsaid};
use super::subject::Subject;
use super::worlds::{At, Fork, World};
use super::{place, stand};
use crate::catalog::compute::{self, DEFAULT_TOKENS, IMAGE_REQUIRES, METADATA_DEFAULTS};
use crate::catalog::password_policy as policy;
use crate::model::{BlockKind, Resource, Unit};

pub(crate) fn metadata_defaults(unit: &Unit) -> Vec<(MetadataDefault, Subject)> {
    let mut facts = Vec::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        let (source, path, required) = if &*resource.type_name == METADATA_DEFAULTS {
            (DefaultSource::Account, DEFAULT_TOKENS, "required")
        } else if let Some(path) = compute::image(&resource.type_name).and_then(|image| image.support) {
            (DefaultSource::Image, path, IMAGE_REQUIRES)
        } else {
            continue;
        };
        facts.extend(stand::stated(unit, resource, |world| {
            let at = world.one(&resource.body, path)?;
            let tokens = match (&at, at.text().as_deref()) {
                (_, Some(text)) if text == required => Tokens::Required,
                (_, Some("optional")) => Tokens::Optional,
                (At::Unknown { .. }, _) => Tokens::Unknown,
                (At::Absent | At::Found { .. }, _) => Tokens::Absent,
            };
            let anchor = place::anchor(&at, path).map(|anchor| ("tokens", anchor));
            Ok(Some((MetadataDefault { source, tokens }, anchor.into_iter().collect())))
        }));
    }
    facts
}

pub(crate) fn password_policies(unit: &Unit) -> Vec<(PasswordPolicy, Subject)> {
    let mut facts = Vec::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        if &*resource.type_name == policy::TYPE {
            facts.extend(stand::stated(unit, resource, |world| {
                let mut anchors = Vec::new();
                for (field, path) in [("length", policy::LENGTH), ("age", policy::AGE)] {
                    let at = world.one(&resource.body, path)?;
                    anchors.extend(place::anchor(&at, path).map(|anchor| (field, anchor)));
                }
                Ok(Some((password_policy(world, resource)?, anchors)))
            }));
        }
    }
    facts
}

fn password_policy(world: &World<'_>, resource: &Resource) -> Result<PasswordPolicy, Fork> {
    let number = |path: &str| -> Result<Option<Amount>, Fork> {
        let at = world.one(&resource.body, path)?;
        Ok(match &at {
            At::Absent => None,
            At::Unknown { .. } => Some(Amount::Unsaid(Unsaid::Unknown)),
            At::Found { .. } => {
                let parsed = at.text().and_then(|text| text.parse().ok());
                Some(parsed.map_or(Amount::Unsaid(Unsaid::Unknown), Amount::Known))
            }
        })
    };
    let (mut on, mut open) = (0, false);
    for path in policy::KINDS {
        let at = world.one(&resource.body, path)?;
        on += u16::from(at.text().as_deref() == Some("true"));
        open |= matches!(at, At::Unknown { .. });
    }
    Ok(PasswordPolicy {
        length: number(policy::LENGTH)?.unwrap_or(Amount::Known(policy::DEFAULT_LENGTH)),
        // What is open can only make it better.
        kinds: if open && on < 3 { Amount::Unsaid(Unsaid::Unknown) } else { Amount::Known(on) },
        age: match number(policy::AGE)? {
            None | Some(Amount::Known(0)) => Expiry::Never,
            Some(Amount::Known(_)) => Expiry::Known,
            Some(Amount::Unsaid(Unsaid::Unknown)) => Expiry::Unknown,
        },
    })
}

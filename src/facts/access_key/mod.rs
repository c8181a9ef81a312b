//! Access keys that the code creates: whose, in use or not, and how their secret is kept.

mod script;

use super::fact::{AccessKey, KeyMaker, KeyStatus, KeyStorage, Owner};
use super::subject::{Anchor, Subject};
use super::worlds::{self, At, Fork, World};
use super::{cdk, place, provenance};
use crate::catalog::access_key::{self as catalog, AccessKeyType};
use crate::model::{BlockKind, Frontend, Part, Reason, Resource, Unit};
use crate::source::Sources;

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(AccessKey, Subject)> {
    let mut facts = Vec::new();
    unit.resources.iter().for_each(|resource| script::lower(unit, resource, sources, &mut facts));
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        let Some(kind) = catalog::find(&resource.type_name) else { continue };
        let own = resource.condition.as_ref();
        let Some(asked) = worlds::ask(&unit.domain, own, |world| fact(world, resource, kind)) else {
            facts.extend(undecided(unit, resource, kind));
            continue;
        };
        let branched = asked.len() > 1;
        let mut seen: Vec<(AccessKey, Subject)> = Vec::new();
        for (world, stated) in asked {
            let Some((fact, owner)) = stated else { continue };
            let mut subject = place::subject(unit, resource);
            if let Some(owner) = owner {
                subject.anchors.insert("owner", owner);
            }
            cdk::stand_on_user_code(&mut subject, resource);
            // The key exists in every branch; only whose it is may differ, which a template names and a variable hides.
            match unit.frontend {
                Frontend::Terraform | Frontend::Plan => match seen.first_mut() {
                    Some((known, _)) if known.owner != fact.owner => known.owner = Owner::Unknown,
                    Some(_) => {}
                    None => seen.push((fact, subject)),
                },
                Frontend::CloudFormation | Frontend::Cdk => {
                    let branch = [&world];
                    subject.when = worlds::when(&unit.domain, own, if branched { &branch[..] } else { &[] });
                    if !seen.iter().any(|(known, _)| *known == fact) {
                        seen.push((fact, subject));
                    }
                }
            }
        }
        if let [(_, only)] = seen.as_mut_slice() {
            only.when = worlds::when(&unit.domain, own, &[]);
        }
        facts.extend(seen);
    }
    facts
}

/// A key of which nothing is decided but that the code makes it; a generic resource may be none.
fn undecided(unit: &Unit, resource: &Resource, kind: &AccessKeyType) -> Option<(AccessKey, Subject)> {
    if kind.only_when.is_some() {
        return None;
    }
    let storage = if kind.pgp_key.is_some() { KeyStorage::Clear } else { KeyStorage::NotApplicable };
    let mut subject = place::subject(unit, resource);
    cdk::stand_on_user_code(&mut subject, resource);
    Some((
        AccessKey { by: KeyMaker::Resource, owner: Owner::Unknown, status: KeyStatus::Unknown, storage },
        subject,
    ))
}

fn fact(
    world: &World<'_>,
    resource: &Resource,
    kind: &AccessKeyType,
) -> Result<Option<(AccessKey, Option<Anchor>)>, Fork> {
    if let Some((path, wanted)) = kind.only_when
        && world.one(&resource.body, path)?.text().as_deref() != Some(wanted)
    {
        return Ok(None);
    }
    let user = world.one(&resource.body, kind.user)?;
    let owner = match &user {
        At::Found { .. } if user.text().is_some_and(|name| is_root(&name)) => Owner::Root,
        At::Found { .. } => Owner::User,
        At::Unknown { why, .. } if is_root_in_part(&why.parts) => Owner::Root,
        At::Unknown { why, .. } => match &why.reason {
            Reason::Computed { .. } => Owner::User,
            _ => Owner::Unknown,
        },
        At::Absent if stated_in_json(world, resource, kind.user)? => Owner::Root,
        At::Absent => Owner::Unknown,
    };
    let anchor = user.value().and_then(|value| {
        let mut anchor = Anchor::new(provenance::site(value, user.entry())?).attribute(kind.user);
        anchor.chain = provenance::chain(value, user.entry(), "the key is made for this user", None);
        Some(anchor)
    });
    let status = match world.one(&resource.body, kind.status)? {
        At::Absent => KeyStatus::Active,
        At::Unknown { .. } => KeyStatus::Unknown,
        At::Found { value, .. } => match value.to_text().as_deref() {
            Some("Inactive") => KeyStatus::Inactive,
            Some(_) | None => KeyStatus::Active,
        },
    };
    let storage = match kind.pgp_key {
        None => KeyStorage::NotApplicable,
        Some(path) if world.one(&resource.body, path)?.is_set() => KeyStorage::Encrypted,
        Some(_) => KeyStorage::Clear,
    };
    Ok(Some((AccessKey { by: KeyMaker::Resource, owner, status, storage }, anchor)))
}

/// Whether a JSON text at the head of the path names the root user: generic resources take their state as a document.
fn stated_in_json(world: &World<'_>, resource: &Resource, path: &str) -> Result<bool, Fork> {
    let Some((head, name)) = path.split_once('.') else { return Ok(false) };
    let Some(text) = world.one(&resource.body, head)?.text() else { return Ok(false) };
    let json: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    Ok(json.and_then(|json| json.get(name)?.as_str().map(is_root)).unwrap_or(false))
}

/// The names that stand for the root user. `arn:…:root` as a *principal* is the account and no business of keys.
fn is_root(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    ["root", "<root_account>", "<root_user>"].contains(&name.as_str())
        || (name.starts_with("arn:") && name.ends_with(":root"))
}

/// An ARN of the root user, of whatever account.
fn is_root_in_part(parts: &[Part]) -> bool {
    match parts {
        [Part::Text { text: first, .. }, .., Part::Text { text: last, .. }] => {
            first.starts_with("arn:") && last.ends_with(":root")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_root;

    #[test]
    fn root_is_known_by_its_names_and_its_arn() {
        for name in ["root", " Root ", "<root_account>", "<root_user>", "arn:aws:iam::123456789012:root"] {
            assert!(is_root(name), "{name}");
        }
        for name in ["bob", "rootless", "arn:aws:iam::123456789012:user/root", "grassroot"] {
            assert!(!is_root(name), "{name}");
        }
    }
}

//! What starts sessions: how long they may last, and whether it shows who is behind them.

use super::fact::{Seconds, SecondsUnsaid, Session, SessionKind, Trustee};
use super::pattern::Match;
use super::policy::{Effect, Policy};
use super::principal::Known;
use super::trust::{ASSUME, fallback, policy_at};
use crate::catalog::iam::{self as catalog, Sessions};
use crate::facts::document::Node;
use crate::facts::fact::Presence;
use crate::facts::place;
use crate::facts::stand::{self, Said};
use crate::facts::subject::{Anchor, Subject};
use crate::facts::worlds::{At, Fork, World};
use crate::model::{BlockKind, Resource, Unit};
use crate::source::{Site, Sources};

const SET_SOURCE_IDENTITY: &str = "sts:SetSourceIdentity";

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(Session, Subject)> {
    let mut facts = Vec::new();
    let mut known: Option<Known<'_>> = None;
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        let Some((sessions, path)) = catalog::sessions(&resource.type_name) else { continue };
        let known = &*known.get_or_insert_with(|| Known::of(unit));
        facts.extend(stand::each(unit, resource, |world| {
            let at = world.one(&resource.body, path)?;
            let mut anchors = Vec::new();
            anchors.extend(place::anchor(&at, path).map(|anchor| ("seconds", anchor)));
            let (kind, name) = match sessions {
                Sessions::Role => (SessionKind::Role, "a role"),
                Sessions::PermissionSet => (SessionKind::PermissionSet, "a permission set"),
                Sessions::Profile => (SessionKind::Profile, "a profile of IAM Roles Anywhere"),
            };
            let (source_identity, site) = source_identity(world, known, resource, sources)?;
            anchors.extend(site.map(|site| {
                let path = catalog::trust(&resource.type_name).unwrap_or_default();
                ("source_identity", Anchor::new(site).attribute(path))
            }));
            let text = at.text().unwrap_or_default();
            let words = vec![("kind", name.into()), ("duration", text)];
            Ok(vec![Said { fact: Session { kind, seconds: seconds(&at), source_identity }, anchors, words }])
        }));
    }
    facts
}

fn seconds(at: &At<'_>) -> Seconds {
    match at {
        At::Absent => Seconds::Other(SecondsUnsaid::Absent),
        At::Unknown { .. } => Seconds::Other(SecondsUnsaid::Unknown),
        At::Found { .. } => match at.text() {
            None => Seconds::Other(SecondsUnsaid::Absent),
            Some(text) => text
                .parse()
                .ok()
                .or_else(|| iso_8601(&text))
                .map_or(Seconds::Other(SecondsUnsaid::Unknown), Seconds::Known),
        },
    }
}

/// The seconds of a duration such as `PT1H30M`; none where months or years make them vary.
fn iso_8601(text: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut number = String::new();
    let mut in_time = false;
    let mut characters = text.strip_prefix('P')?.chars();
    while let Some(c) = characters.next() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'T' => {
                in_time = true;
                continue;
            }
            'W' => 604_800,
            'D' => 86_400,
            'H' if in_time => 3600,
            'M' if in_time => 60,
            'S' if in_time => 1,
            // A fraction of a second changes nothing.
            '.' if in_time => {
                let rest = characters.as_str();
                return (rest.ends_with('S')).then_some(total.checked_add(number.parse().ok()?)?);
            }
            _ => return None,
        };
        total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    (number.is_empty() && text.len() > 2).then_some(total)
}

/// Whether users and accounts that take on a role may say who is behind it, and the first of them.
fn source_identity(
    world: &World<'_>,
    known: &Known<'_>,
    resource: &Resource,
    sources: &Sources,
) -> Result<(Presence, Option<Site>), Fork> {
    let not_asked = (Presence::NotApplicable, None);
    let Some(path) = catalog::trust(&resource.type_name) else { return Ok(not_asked) };
    let Some((policy, at)) = policy_at(world, resource, path, sources)? else { return Ok(not_asked) };
    let Some(first) = first_person(known, resource, &policy) else { return Ok(not_asked) };
    let site = Some(first.unwrap_or_else(|| fallback(&at, resource)));
    let state = if says_source_identity(&policy) {
        Presence::Present
    } else if policy.open.is_some()
        || policy.statements.iter().any(|statement| statement.tests.open.is_some())
    {
        Presence::Unknown
    } else {
        Presence::Absent
    };
    Ok((state, site))
}

/// The place of the first user or account that may take the role on. `None`: there is none.
fn first_person(known: &Known<'_>, resource: &Resource, policy: &Policy) -> Option<Option<Site>> {
    let allowing = policy
        .statements
        .iter()
        .filter(|statement| statement.effect == Effect::Allow && statement.covers(ASSUME).0 == Match::Yes);
    allowing
        .flat_map(|statement| known.principals(resource, statement.principal.as_ref().unwrap_or(&Node::Null)))
        .find_map(|principal| {
            let is_person = match principal.is {
                Trustee::User | Trustee::ThisAccount | Trustee::ForeignAccount | Trustee::SomeAccount => true,
                Trustee::Anyone
                | Trustee::AnyoneElse
                | Trustee::Role
                | Trustee::Service
                | Trustee::Federated
                | Trustee::Unknown
                | Trustee::None => false,
            };
            is_person.then_some(principal.site)
        })
}

fn says_source_identity(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| {
        let sets = statement.effect == Effect::Allow && statement.covers(SET_SOURCE_IDENTITY).0 != Match::No;
        let tested = ["sts:sourceidentity", "aws:sourceidentity"];
        sets || statement.tests.all.iter().any(|test| tested.contains(&&*test.key.text))
    })
}

#[cfg(test)]
mod tests {
    use super::iso_8601;

    #[test]
    fn durations_are_read_as_seconds() {
        for (text, expected) in [
            ("PT1H", Some(3600)),
            ("PT1H30M", Some(5400)),
            ("PT43200S", Some(43200)),
            ("P1D", Some(86400)),
            ("P1DT1M", Some(86460)),
            ("PT8H0.5S", Some(28800)),
            ("P1M", None),
            ("PT", None),
            ("8h", None),
            ("PT99999999999S", None),
        ] {
            assert_eq!(iso_8601(text), expected, "{text}");
        }
    }
}

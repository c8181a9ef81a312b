//! What people may do that is hard to undo, and whether they are asked for a second factor.

use super::claims;
use super::fact::{Allows, Holder, Permission};
use super::grants::{Given, Grants, Key, Source};
use super::pattern::Match;
use super::policy::{Actions, Effect, Policy, Statement};
use super::trust::fallback;
use crate::catalog::iam as catalog;
use crate::facts::document::{self, Node, Text};
use crate::facts::fact::Presence;
use crate::facts::holes;
use crate::facts::stand::{self, Said};
use crate::facts::subject::{Anchor, Spot, Subject};
use crate::model::{BlockKind, Unit};
use crate::source::{Site, Sources};
use std::collections::BTreeMap;

/// A document with all who have it.
type Held<'g> = BTreeMap<(usize, &'static str), Vec<&'g Given>>;

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(Permission, Subject)> {
    let is_one = |type_name: &str| {
        catalog::grants(type_name).next().is_some() || catalog::managed_policy(type_name).is_some()
    };
    let any = unit.resources.iter().any(|one| one.kind == BlockKind::Managed && is_one(&one.type_name));
    if !any {
        return Vec::new();
    }
    let grants = Grants::of(unit, sources);
    let mut held = Held::new();
    let mut facts = Vec::new();
    for given in &grants.all {
        match &given.source {
            Source::Document(at, path) => held.entry((*at, path)).or_default().push(given),
            Source::Aws(name) => facts.extend(of_aws(unit, &grants, given, name)),
            Source::Elsewhere => {}
        }
    }
    for ((at, path), holders) in held {
        facts.extend(of_document(unit, &grants, at, path, &holders, sources));
    }
    facts
}

fn kind_of(key: &Key) -> Option<Holder> {
    match key.0 {
        catalog::Holder::User => Some(Holder::User),
        catalog::Holder::Group => Some(Holder::Group),
        catalog::Holder::PermissionSet => Some(Holder::PermissionSet),
        catalog::Holder::Role => None,
    }
}

fn holder_word(holder: Holder) -> &'static str {
    match holder {
        Holder::User => "a user",
        Holder::Group => "a group",
        Holder::PermissionSet => "a permission set",
    }
}

/// What holders have beside a policy decides as well.
fn beside(grants: &Grants<'_>, key: &Key) -> Presence {
    if grants.is_guarded(key) {
        Presence::Present
    } else if grants.is_open(key) {
        Presence::Unknown
    } else {
        Presence::Absent
    }
}

/// One of AWS's own policies that somebody is given.
fn of_aws(unit: &Unit, grants: &Grants<'_>, given: &Given, name: &str) -> Vec<(Permission, Subject)> {
    let known = catalog::SENSITIVE_POLICIES.iter().find(|(known, _)| *known == name);
    let (Some((_, everything)), Some(holder)) = (known, kind_of(&given.to)) else { return Vec::new() };
    // Identity Center asks for the second factor, and its sessions do not tell: nothing in code could.
    if holder == Holder::PermissionSet {
        return Vec::new();
    }
    let Some(resource) = unit.resources.get(given.by) else { return Vec::new() };
    let fact = Permission {
        holder,
        allows: if *everything { Allows::Everything } else { Allows::Sensitive },
        mfa: beside(grants, &given.to),
    };
    let mut anchor = Anchor::new(given.site.unwrap_or(resource.header)).attribute("managed policies");
    anchor.reason = Some(ELSEWHERE.to_owned());
    stand::each(unit, resource, |_| {
        Ok(vec![Said {
            fact,
            anchors: vec![("allows", anchor.clone())],
            words: vec![("holder", holder_word(holder).into()), ("action", name.into())],
        }])
    })
}

const ELSEWHERE: &str = "another policy of the same holder is not known here";

fn of_document(
    unit: &Unit,
    grants: &Grants<'_>,
    at: usize,
    path: &'static str,
    holders: &[&Given],
    sources: &Sources,
) -> Vec<(Permission, Subject)> {
    let Some(resource) = unit.resources.get(at) else { return Vec::new() };
    // Of several people the one counts for whom least is asked.
    let people = holders.iter().filter_map(|given| Some((kind_of(&given.to)?, *given)));
    let worst = people.min_by_key(|(_, given)| match beside(grants, &given.to) {
        Presence::Absent => 0,
        Presence::Unknown => 1,
        Presence::Present | Presence::NotApplicable => 2,
    });
    let Some((holder, given)) = worst else { return Vec::new() };
    let others = beside(grants, &given.to);
    let attached = (given.by != at)
        .then(|| unit.resources.get(given.by))
        .flatten()
        .map(|by| Spot::new(by.header, format!("given to {} here", holder_word(holder))));
    stand::each(unit, resource, |world| {
        let mut found = Vec::new();
        for at in world.all(&resource.body, path)? {
            let Some(policy) = Policy::of(&document::read(world, &at, sources)?) else { continue };
            for (allows, action, site, tests) in sensitive(&policy) {
                let mfa = match (tests, others) {
                    (Presence::Present, _) | (_, Presence::Present) => Presence::Present,
                    (Presence::Unknown, _) | (_, Presence::Unknown) => Presence::Unknown,
                    (Presence::Absent | Presence::NotApplicable, other) => other,
                };
                let site = site.unwrap_or_else(|| fallback(&at, resource));
                let mut anchor = Anchor::new(site).attribute(path);
                let because = if tests == Presence::Unknown { "a condition is not known" } else { ELSEWHERE };
                anchor.reason = Some(because.to_owned());
                anchor.related.extend(attached.clone());
                found.push(Said {
                    fact: Permission { holder, allows, mfa },
                    anchors: vec![("allows", anchor)],
                    words: vec![("holder", holder_word(holder).into()), ("action", action.into())],
                });
            }
        }
        Ok(found)
    })
}

/// The statements that allow what is sensitive: how much, by which words, where, and whether they ask for a second factor.
fn sensitive(policy: &Policy) -> Vec<(Allows, String, Option<Site>, Presence)> {
    let mut found = Vec::new();
    for statement in policy.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
        let covered = catalog::SENSITIVE_ACTIONS.iter().find_map(|action| {
            let (matched, pattern) = statement.covers(action);
            (matched == Match::Yes && concerns(statement, action)).then_some((*action, pattern))
        });
        let Some((action, pattern)) = covered else { continue };
        let everything = pattern.is_some_and(|text| ["*", "*:*"].contains(&&*text.text));
        let allows = if everything { Allows::Everything } else { Allows::Sensitive };
        let but = match &statement.actions {
            Actions::AllBut(patterns, site) => patterns.iter().find_map(Node::site).or(*site),
            Actions::These(_) => None,
        };
        let site = pattern.and_then(|text| text.site).or(but).or(statement.site);
        let said = pattern.map_or_else(|| action.to_owned(), |text| text.text.clone());
        found.push((allows, said, site, claims::asks_for_mfa(&statement.tests)));
    }
    found
}

/// Whether what a statement is about can be what an action is done to. Buckets have no slash in their names.
fn concerns(statement: &Statement, action: &str) -> bool {
    let Some(resource) = &statement.resource else { return true };
    let service = action.split(':').next().unwrap_or_default();
    let fits = |text: &Text| {
        if !text.text.starts_with("arn:") {
            return true;
        }
        let mut pieces = text.text.splitn(6, ':').skip(2);
        let of = pieces.next().unwrap_or_default();
        let name = pieces.nth(2).unwrap_or_default();
        let same = of.contains(['*', '?', holes::HOLE]) || of == service;
        same && !(service == "s3" && name.contains('/'))
    };
    resource.items().iter().any(|item| match item {
        Node::Text(text) => fits(text),
        Node::Unknown { .. } => true,
        Node::Null | Node::List(_) | Node::Object(_) => false,
    })
}

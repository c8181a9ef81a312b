//! Whom roles trust: a fact for each principal of each statement by which a role may be taken on.

use super::claims::{self, Found};
use super::fact::{Actions, Claim, Federation, Trust, Trustee};
use super::pattern::Match;
use super::policy::{self, Effect, Policy, Statement, Test};
use super::principal::{self, Known, Principal};
use crate::catalog::iam as catalog;
use crate::facts::document::{self, Node, Text};
use crate::facts::fact::Presence;
use crate::facts::provenance;
use crate::facts::stand::{self, Said};
use crate::facts::subject::{Anchor, Subject};
use crate::facts::worlds::{At, Fork, World};
use crate::model::{BlockKind, Resource, Unit};
use crate::source::{Site, Sources};
use rustc_hash::FxHashSet;

pub(super) const ASSUME: &str = "sts:AssumeRole";
const WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
const WITH_SAML: &str = "sts:AssumeRoleWithSAML";
const ASSUMING: [&str; 3] = [ASSUME, WITH_WEB_IDENTITY, WITH_SAML];

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(Trust, Subject)> {
    let mut facts = Vec::new();
    let mut known: Option<Known<'_>> = None;
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        let Some(path) = catalog::trust(&resource.type_name) else { continue };
        let known = &*known.get_or_insert_with(|| Known::of(unit));
        facts.extend(stand::each(unit, resource, |world| {
            let Some((policy, at)) = policy_at(world, resource, path, sources)? else {
                return Ok(Vec::new());
            };
            Ok(Trusts { known, resource, path, fallback: fallback(&at, resource) }.of(&policy))
        }));
    }
    for resource in alone(unit) {
        let (path, known) = (catalog::DOCUMENT.1, &*known.get_or_insert_with(|| Known::of(unit)));
        facts.extend(stand::each(unit, resource, |world| {
            let Some((mut policy, at)) = policy_at(world, resource, path, sources)? else {
                return Ok(Vec::new());
            };
            policy.open = None;
            policy.statements.retain(is_of_roles);
            Ok(Trusts { known, resource, path, fallback: fallback(&at, resource) }.of(&policy))
        }));
    }
    facts
}

/// Documents that nothing here takes: what is made of them is not here either, or there is nothing yet.
fn alone(unit: &Unit) -> impl Iterator<Item = &Resource> {
    let is_document = |resource: &&Resource| {
        resource.kind == BlockKind::Data && *resource.type_name == *catalog::DOCUMENT.0
    };
    let documents: Vec<&Resource> = unit.resources.iter().filter(is_document).collect();
    let mut taken = FxHashSet::default();
    let policies = unit.resources.iter().filter(|_| !documents.is_empty()).flat_map(|resource| {
        let own = (resource.kind == BlockKind::Data).then_some(&resource.address);
        let path = own.map_or_else(|| catalog::trust(&resource.type_name), |_| Some(catalog::DOCUMENT.1));
        let entries = path.map_or_else(Vec::new, |path| resource.body.entries_at(path));
        entries.into_iter().map(move |entry| (own, &entry.value.origin))
    });
    for (own, origin) in policies {
        provenance::attributes(origin, &mut |name| {
            let address = name.rsplit_once('.').map_or(name, |(address, _)| address);
            if own.is_none_or(|own| **own != *address) {
                taken.insert(address);
            }
        });
    }
    documents.into_iter().filter(move |document| !taken.contains(&*document.address))
}

/// Whether a statement says who may take on a role, whatever the policy is of.
fn is_of_roles(statement: &Statement) -> bool {
    let names_somebody = statement.principal.is_some() || statement.not_principal.is_some();
    let policy::Actions::These(patterns) = &statement.actions else { return false };
    let names =
        |text: &Text| text.text.get(..ASSUME.len()).is_some_and(|head| head.eq_ignore_ascii_case(ASSUME));
    names_somebody && patterns.iter().filter_map(Node::as_text).any(names)
}

/// The policy that says who may take on a role.
pub(super) fn policy_at<'v>(
    world: &World<'_>,
    resource: &'v Resource,
    path: &str,
    sources: &Sources,
) -> Result<Option<(Policy, At<'v>)>, Fork> {
    let at = world.one(&resource.body, path)?;
    Ok(Policy::of(&document::read(world, &at, sources)?).map(|policy| (policy, at)))
}

/// Where something of a policy stands that has no place of its own.
pub(super) fn fallback(at: &At<'_>, resource: &Resource) -> Site {
    at.entry().and_then(|entry| entry.site.or(entry.key_site)).unwrap_or(resource.header)
}

struct Trusts<'t> {
    known: &'t Known<'t>,
    resource: &'t Resource,
    path: &'static str,
    fallback: Site,
}

impl Trusts<'_> {
    fn of(&self, policy: &Policy) -> Vec<Said<Trust>> {
        let mut found = Vec::new();
        let denied: Vec<Test> =
            policy.statements.iter().filter(|one| denies_others(one)).flat_map(kept).collect();
        for statement in policy.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
            found.extend(self.statement(statement, &denied));
        }
        if let Some((reason, site)) = &policy.open {
            let principal = principal::unknown(reason, *site);
            found.push(self.said(&principal, &Conditions::none(Presence::Absent), (Actions::Unknown, None)));
        }
        found
    }

    fn statement(&self, statement: &Statement, denied: &[Test]) -> Vec<Said<Trust>> {
        let actions = actions(statement);
        let assumes = ASSUMING.map(|action| statement.covers(action).0);
        let is_said = !matches!(&statement.actions, policy::Actions::These(patterns) if patterns.is_empty());
        if assumes.iter().all(|found| *found == Match::No) && actions.0 == Actions::Named && is_said {
            return Vec::new();
        }
        let all = Conditions::of(statement, denied);
        if let Some((node, key)) = &statement.not_principal {
            let principal = Principal {
                is: Trustee::AnyoneElse,
                federation: Federation::None,
                issuer: None,
                said: String::new(),
                site: key.or_else(|| node.site()),
                reason: None,
            };
            return vec![self.said(&principal, &all, actions)];
        }
        let node = statement.principal.as_ref().unwrap_or(&Node::Null);
        let mut principals = self.known.principals(self.resource, node);
        for principal in &mut principals {
            // What a provider does not say of itself, the action does; and only by its own action it lets anybody in.
            let [_, web, saml] = assumes;
            principal.federation = match (principal.is, principal.federation) {
                (Trustee::Federated, Federation::None) => match (web == Match::Yes, saml == Match::Yes) {
                    (true, false) => Federation::WebIdentity,
                    (false, true) => Federation::Saml,
                    (true, true) | (false, false) => Federation::None,
                },
                (_, Federation::WebIdentity) if web == Match::No => Federation::None,
                (_, Federation::Saml) if saml == Match::No => Federation::None,
                (_, federation) => federation,
            };
        }
        if principals.is_empty() {
            let nobody = Principal {
                is: Trustee::None,
                federation: Federation::None,
                issuer: None,
                said: String::new(),
                site: statement.site,
                reason: None,
            };
            return vec![self.said(&nobody, &all, actions)];
        }
        principals.iter().map(|principal| self.said(principal, &all, actions)).collect()
    }

    fn said(
        &self,
        principal: &Principal,
        all: &Conditions<'_>,
        (actions, action_site): (Actions, Option<Site>),
    ) -> Said<Trust> {
        let issuer = all.shared_issuer(principal);
        let owner = match issuer {
            Some(_) => all.tests.map_or_else(|| Found::new(Claim::Absent), claims::owner),
            None => Found::new(Claim::NotApplicable),
        };
        let fact = Trust {
            principal: principal.is,
            actions,
            narrowed: all.narrowed(principal.is),
            federation: principal.federation,
            audience: all.audience(principal.federation),
            owner: owner.is,
        };
        let anchor = |site: Option<Site>| Anchor::new(site.unwrap_or(self.fallback)).attribute(self.path);
        // What is missed stands by the action: two findings of one policy at one place would be one.
        let mut who = anchor(principal.site);
        who.reason = principal.reason.as_ref().map(ToString::to_string);
        if principal.is == Trustee::SomeAccount {
            who.reason = Some("nothing says whether the account is this one's".to_owned());
        }
        let mut whose = anchor(owner.site.or(principal.site));
        whose.reason = owner.reason.as_ref().map(ToString::to_string);
        Said {
            fact,
            anchors: vec![("principal", who), ("owner", whose), ("actions", anchor(action_site))],
            words: vec![
                ("principal", principal.said.as_str().into()),
                ("issuer", issuer.unwrap_or_default().into()),
            ],
        }
    }
}

/// What a statement asks of those who come.
struct Conditions<'s> {
    tests: Option<&'s policy::Tests>,
    denied: &'s [Test],
    /// Where there is nothing to be asked.
    otherwise: Presence,
}

impl<'s> Conditions<'s> {
    fn of(statement: &'s Statement, denied: &'s [Test]) -> Self {
        Self { tests: Some(&statement.tests), denied, otherwise: Presence::Absent }
    }

    fn none(otherwise: Presence) -> Self {
        Self { tests: None, denied: &[], otherwise }
    }

    fn narrowed(&self, principal: Trustee) -> Presence {
        let anyone = matches!(principal, Trustee::Anyone | Trustee::AnyoneElse | Trustee::Unknown);
        self.tests.map_or(self.otherwise, |tests| claims::narrowed(tests, self.denied, anyone))
    }

    fn audience(&self, federation: Federation) -> Presence {
        match (federation, self.tests) {
            (Federation::None, _) | (_, None) => Presence::NotApplicable,
            (Federation::WebIdentity, Some(tests)) => claims::audience(tests),
            (Federation::Saml, Some(tests)) => claims::saml_audience(tests),
        }
    }

    /// The issuer that a principal's tokens come from, if many share it: by the provider, or by the keys of the conditions.
    fn shared_issuer(&self, principal: &Principal) -> Option<&'static str> {
        if principal.federation != Federation::WebIdentity {
            return None;
        }
        let tests = self.tests.map_or(&[][..], |tests| &tests.all);
        catalog::SHARED_ISSUERS.into_iter().find(|issuer| match &principal.issuer {
            // What follows the host is an enterprise's own.
            Some(said) => said.trim_end_matches('/') == *issuer,
            None => tests.iter().any(|test| test.key.text.starts_with(&format!("{issuer}:"))),
        })
    }
}

/// Which actions a statement names, and the place that says so.
fn actions(statement: &Statement) -> (Actions, Option<Site>) {
    let patterns = match &statement.actions {
        policy::Actions::AllBut(_, site) => return (Actions::AllButListed, *site),
        policy::Actions::These(patterns) => patterns,
    };
    let is_all = |text: &str| text == "*" || text.ends_with(":*");
    let all = patterns.iter().filter_map(Node::as_text).find(|text| is_all(&text.text));
    match all {
        Some(text) => (Actions::All, text.site),
        None if patterns.iter().any(|pattern| matches!(pattern, Node::Unknown { .. })) => {
            (Actions::Unknown, None)
        }
        None => (Actions::Named, patterns.iter().find_map(Node::site)),
    }
}

/// Whether a statement keeps everybody out who does not fulfil its conditions.
fn denies_others(statement: &Statement) -> bool {
    let from_anyone = match &statement.principal {
        Some(Node::Text(text)) => text.text == "*",
        Some(Node::Object(object)) => {
            let is_any = |node: &Node| node.as_text().is_some_and(|text| text.text == "*");
            object.members.iter().any(|member| member.value.items().iter().any(is_any))
        }
        Some(Node::Null | Node::List(_) | Node::Unknown { .. }) | None => false,
    };
    statement.effect == Effect::Deny && from_anyone && statement.covers(ASSUME).0 == Match::Yes
}

/// The one test of a denial; of several, all would have to fail.
fn kept(statement: &Statement) -> Option<Test> {
    match statement.tests.all.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

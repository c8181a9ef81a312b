//! Which policies users, groups, roles and permission sets have, as far as the unit says so.

use super::claims;
use super::policy::{Effect, Policy};
use crate::catalog::iam::{self as catalog, Grant, Holder};
use crate::facts::document;
use crate::facts::provenance;
use crate::facts::worlds::{self, World};
use crate::model::{BlockKind, Entry, Kind, Part, Reason, Resource, Unit, Value};
use crate::source::{Site, Sources};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Somebody who has policies, by address where the unit makes it, else by name.
pub(super) type Key = (Holder, Arc<str>);

/// A policy that somebody has.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// Written into the resource at this position, below this path.
    Document(usize, &'static str),
    /// One of AWS's own, by what follows `:policy/`.
    Aws(Arc<str>),
    Elsewhere,
}

#[derive(Debug)]
pub(super) struct Given {
    pub(super) to: Key,
    pub(super) source: Source,
    /// The resource that gives it, and the place there that names the policy.
    pub(super) by: usize,
    pub(super) site: Option<Site>,
}

pub(super) struct Grants<'u> {
    unit: &'u Unit,
    pub(super) all: Vec<Given>,
    /// Groups of users.
    groups: FxHashMap<Key, Vec<Key>>,
    /// Holders who are denied what they would do without a second factor.
    guarded: FxHashSet<Key>,
    /// Holders who have policies of which nothing is known.
    open: FxHashSet<Key>,
}

/// Who and which policies are there to be referred to.
struct Names {
    addresses: FxHashSet<Arc<str>>,
    holders: FxHashMap<Key, Arc<str>>,
    policies: FxHashMap<Arc<str>, usize>,
    policies_by_name: FxHashMap<Arc<str>, usize>,
    /// AWS's own, by the address of the data source that looks them up.
    aws: FxHashMap<Arc<str>, Arc<str>>,
}

impl<'u> Grants<'u> {
    pub(super) fn of(unit: &'u Unit, sources: &Sources) -> Self {
        let names = Names::of(unit);
        let mut grants = Self {
            unit,
            all: Vec::new(),
            groups: FxHashMap::default(),
            guarded: FxHashSet::default(),
            open: FxHashSet::default(),
        };
        for (at, resource) in unit.resources.iter().enumerate() {
            if resource.kind != BlockKind::Managed {
                continue;
            }
            for grant in catalog::grants(&resource.type_name) {
                grants.given(&names, at, resource, grant);
            }
            grants.member(&names, resource);
        }
        grants.judge_denials(sources);
        grants
    }

    fn given(&mut self, names: &Names, by: usize, resource: &Resource, grant: &Grant) {
        let holders = names.holders_at(resource, grant.holder, grant.to);
        for to in holders {
            if !grant.documents.is_empty() && !resource.body.entries_at(grant.documents).is_empty() {
                let source = Source::Document(by, grant.documents);
                self.all.push(Given { to: to.clone(), source, by, site: None });
            }
            if grant.managed.is_empty() {
                continue;
            }
            for (value, entry) in values_at(resource, grant.managed) {
                let site = provenance::site(value, Some(entry));
                self.all.push(Given { to: to.clone(), source: names.policy(self.unit, value), by, site });
            }
        }
    }

    fn member(&mut self, names: &Names, resource: &Resource) {
        let Some(membership) = catalog::membership(&resource.type_name) else { return };
        let groups: Vec<Key> = match membership.groups {
            "" => Vec::new(),
            path => names.holders_at(resource, Holder::Group, path),
        };
        for user in names.holders_at(resource, Holder::User, membership.users) {
            self.groups.entry(user).or_default().extend(groups.iter().cloned());
        }
    }

    /// Looks for denials without a second factor, once a document.
    fn judge_denials(&mut self, sources: &Sources) {
        let mut judged: FxHashMap<(usize, &'static str), (bool, bool)> = FxHashMap::default();
        for given in &self.all {
            let (guards, open) = match &given.source {
                Source::Aws(_) => (false, false),
                Source::Elsewhere => (false, true),
                Source::Document(at, path) => {
                    let Some(resource) = self.unit.resources.get(*at) else { continue };
                    *judged.entry((*at, path)).or_insert_with(|| denial(self.unit, resource, path, sources))
                }
            };
            if guards {
                self.guarded.insert(given.to.clone());
            }
            if open {
                self.open.insert(given.to.clone());
            }
        }
    }

    fn any(&self, holder: &Key, all: &FxHashSet<Key>) -> bool {
        let groups = self.groups.get(holder).map_or(&[][..], Vec::as_slice);
        std::iter::once(holder).chain(groups).any(|key| all.contains(key))
    }

    /// Whether a denial without a second factor is among what somebody has.
    pub(super) fn is_guarded(&self, holder: &Key) -> bool {
        self.any(holder, &self.guarded)
    }

    /// Whether somebody has policies that may hold such a denial.
    pub(super) fn is_open(&self, holder: &Key) -> bool {
        self.any(holder, &self.open)
    }

    /// Everything that a role has.
    pub(super) fn of_role<'g>(&'g self, value: &Value) -> impl Iterator<Item = &'g Given> {
        let names = referred(value);
        self.all
            .iter()
            .filter(move |given| given.to.0 == Holder::Role && names.iter().any(|name| **name == *given.to.1))
    }
}

/// Whether policies deny something without a second factor, and whether some of them are not known.
fn denial(unit: &Unit, resource: &Resource, path: &str, sources: &Sources) -> (bool, bool) {
    let asked = worlds::ask(&unit.domain, resource.condition.as_ref(), |world| {
        let (mut guards, mut open) = (false, false);
        for policy in policies(world, resource, path, sources)? {
            open |= policy.open.is_some();
            guards |= policy.statements.iter().any(|statement| {
                statement.effect == Effect::Deny && claims::denies_without_mfa(&statement.tests)
            });
        }
        Ok((guards, open))
    });
    let Some(asked) = asked else { return (false, true) };
    (asked.iter().any(|(_, (guards, _))| *guards), asked.iter().any(|(_, (_, open))| *open))
}

/// The policies that stand at a path.
pub(super) fn policies(
    world: &World<'_>,
    resource: &Resource,
    path: &str,
    sources: &Sources,
) -> Result<Vec<Policy>, worlds::Fork> {
    let mut found = Vec::new();
    for at in world.all(&resource.body, path)? {
        found.extend(Policy::of(&document::read(world, &at, sources)?));
    }
    Ok(found)
}

/// Every value at a path with its entry, the elements of lists one by one and both branches of a choice.
fn values_at<'r>(resource: &'r Resource, path: &str) -> Vec<(&'r Value, &'r Entry)> {
    fn flatten<'r>(value: &'r Value, entry: &'r Entry, found: &mut Vec<(&'r Value, &'r Entry)>) {
        match &value.kind {
            Kind::Null => {}
            Kind::List(items) => items.iter().for_each(|item| flatten(item, entry, found)),
            Kind::Choice(choice) => {
                flatten(&choice.then, entry, found);
                flatten(&choice.otherwise, entry, found);
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Unknown(_) => {
                found.push((value, entry));
            }
        }
    }
    let mut found = Vec::new();
    for entry in resource.body.entries_at(path) {
        flatten(&entry.value, entry, &mut found);
    }
    found
}

/// What a value refers to: addresses and names.
fn referred(value: &Value) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    if let Some(text) = value.to_text() {
        // The name ends the ARN of a role.
        found.push(text.rsplit('/').next().unwrap_or(&text).into());
    }
    if let Some((address, _)) = provenance::attribute(&value.origin).and_then(|name| name.rsplit_once('.')) {
        found.push(address.into());
    }
    if let Some(why) = value.as_unknown() {
        let reasons = std::iter::once(&why.reason).filter(|_| why.parts.is_empty());
        let parts = why.parts.iter().filter_map(|part| match part {
            Part::Unknown(reason) => Some(reason),
            Part::Text { .. } => None,
        });
        for reason in reasons.chain(parts) {
            if let Reason::Computed { address, .. } | Reason::Data { address, .. } = reason {
                found.push(Arc::clone(address));
            }
        }
        if let Some(Part::Text { text, .. }) = why.parts.last() {
            found.extend(text.rsplit_once('/').map(|(_, name)| name.into()));
        }
    }
    found
}

impl Names {
    fn of(unit: &Unit) -> Self {
        let mut names = Self {
            addresses: FxHashSet::default(),
            holders: FxHashMap::default(),
            policies: FxHashMap::default(),
            policies_by_name: FxHashMap::default(),
            aws: FxHashMap::default(),
        };
        for (at, resource) in unit.resources.iter().enumerate() {
            if resource.kind == BlockKind::Data && &*resource.type_name == catalog::POLICY_LOOK_UP {
                names.aws.extend(looked_up(resource).map(|name| (Arc::clone(&resource.address), name)));
            }
            if resource.kind != BlockKind::Managed {
                continue;
            }
            if let Some(policy) = catalog::managed_policy(&resource.type_name) {
                names.policies.insert(Arc::clone(&resource.address), at);
                for name in
                    resource.body.entries_at(policy.name).iter().filter_map(|entry| entry.value.to_text())
                {
                    names.policies_by_name.insert(name, at);
                }
            }
            let Some(kind) = catalog::holder(&resource.type_name) else { continue };
            names.addresses.insert(Arc::clone(&resource.address));
            for path in catalog::NAMES {
                for name in resource.body.entries_at(path).iter().filter_map(|entry| entry.value.to_text()) {
                    names.holders.insert((kind, name), Arc::clone(&resource.address));
                }
            }
        }
        names
    }

    /// Who is named at a path; the resource itself where there is none.
    fn holders_at(&self, resource: &Resource, kind: Holder, path: &str) -> Vec<Key> {
        if path.is_empty() {
            return vec![(kind, Arc::clone(&resource.address))];
        }
        let mut found: Vec<Key> =
            values_at(resource, path).into_iter().filter_map(|(value, _)| self.holder(kind, value)).collect();
        found.dedup();
        found
    }

    /// By the address where the unit makes it, so that a name and a reference come to the same.
    fn holder(&self, kind: Holder, value: &Value) -> Option<Key> {
        let names = referred(value);
        let address = names.iter().find(|name| self.addresses.contains(*name));
        let by_name = || names.iter().find_map(|name| self.holders.get(&(kind, Arc::clone(name))));
        let found = address.or_else(by_name).or(names.first())?;
        Some((kind, Arc::clone(found)))
    }

    fn policy(&self, unit: &Unit, value: &Value) -> Source {
        let here = |at: usize| {
            let policy = unit.resources.get(at).and_then(|found| catalog::managed_policy(&found.type_name));
            policy.map_or(Source::Elsewhere, |policy| Source::Document(at, policy.document))
        };
        if let Some(name) = aws_policy(value) {
            return Source::Aws(name);
        }
        let names = referred(value);
        if let Some(name) = names.iter().find_map(|name| self.aws.get(name)) {
            return Source::Aws(Arc::clone(name));
        }
        let found = names.iter().find_map(|name| self.policies.get(name));
        let found = found.or_else(|| names.iter().find_map(|name| self.policies_by_name.get(name)));
        found.map_or(Source::Elsewhere, |at| here(*at))
    }
}

/// The name of one of AWS's own policies that a data source looks up, by ARN or by a name that is theirs.
fn looked_up(resource: &Resource) -> Option<Arc<str>> {
    let one = |path: &str| resource.body.entries_at(path).first().map(|entry| &entry.value);
    if let Some(name) = one("arn").and_then(aws_policy) {
        return Some(name);
    }
    let name = one("name")?.to_text()?;
    let is_theirs = |known: &str| known.rsplit('/').next() == Some(&*name);
    catalog::SENSITIVE_POLICIES.iter().find(|(known, _)| is_theirs(known)).map(|(known, _)| (*known).into())
}

/// The name of one of AWS's own policies, with its path: `arn:aws:iam::aws:policy/job-function/SystemAdministrator`.
fn aws_policy(value: &Value) -> Option<Arc<str>> {
    let text: Arc<str> = match value.as_unknown() {
        None => value.to_text()?,
        // Partitions have their own.
        Some(why) => match why.parts.last()? {
            Part::Text { text, .. } => Arc::clone(text),
            Part::Unknown(_) => return None,
        },
    };
    text.split_once(":iam::aws:policy/").map(|(_, name)| name.into())
}

//! Whether something rotates a secret of Secrets Manager: the schedules of its unit, by what they refer to.

use super::fact::{Presence, Rotation, YesNo};
use super::provenance;
use super::stand;
use super::subject::Subject;
use super::worlds::{Fork, World};
use crate::catalog::rotation::{self as catalog, Referring, SecretType};
use crate::model::{BlockKind, Kind, Part, Reason, Resource, Unit, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Attachments of attachments.
const MAX_HOPS: usize = 8;

pub(crate) fn lower(unit: &Unit) -> Vec<(Rotation, Subject)> {
    let managed = || unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed);
    let secrets: Vec<(&Resource, &SecretType)> =
        managed().filter_map(|resource| Some((resource, catalog::secret(&resource.type_name)?))).collect();
    if secrets.is_empty() {
        return Vec::new();
    }
    let schedules = Schedules::of(unit, &secrets);
    let mut facts = Vec::new();
    for (resource, kind) in secrets {
        let found = stand::stated(unit, resource, |world| {
            let rotation = schedules.rotation(world, resource, kind)?;
            let describes = YesNo::from(describes(world, resource, kind)?);
            Ok(Some((Rotation { rotation, describes }, Vec::new())))
        });
        facts.extend(found.into_iter().map(|(fact, mut subject)| {
            subject.header.reason = schedules.open(&resource.address);
            (fact, subject)
        }));
    }
    facts
}

/// The schedules of a unit, by the secret that each may be for.
struct Schedules<'u> {
    by_secret: FxHashMap<Arc<str>, Vec<(&'u Resource, &'static Referring)>>,
    secrets: Secrets<'u>,
    /// Why it is not known which secret a schedule is for.
    reason: Option<String>,
    /// What is handed to where nobody can look, and what may set up a rotation there.
    elsewhere: FxHashMap<Arc<str>, &'u Arc<str>>,
}

/// What a reference may mean.
struct Secrets<'u> {
    addresses: FxHashMap<Arc<str>, &'u Arc<str>>,
    names: FxHashMap<Arc<str>, &'u Arc<str>>,
    attachments: FxHashMap<&'u str, &'u Value>,
}

impl<'u> Schedules<'u> {
    fn of(unit: &'u Unit, secrets: &[(&'u Resource, &SecretType)]) -> Self {
        let mut known = Secrets {
            addresses: FxHashMap::default(),
            names: FxHashMap::default(),
            attachments: FxHashMap::default(),
        };
        for (secret, kind) in secrets {
            let alike = unit.alike.get(&secret.address).map_or(&[][..], Vec::as_slice);
            for address in std::iter::once(&secret.address).chain(alike) {
                known.addresses.insert(Arc::clone(address), &secret.address);
                // The instance that a counted secret's schedule refers to may be one that nobody knows.
                known.addresses.entry(base(address).into()).or_insert(&secret.address);
            }
            for entry in secret.body.entries_at(kind.name) {
                if let Some(name) = entry.value.to_text().filter(|name| !name.is_empty()) {
                    known.names.insert(name, &secret.address);
                }
            }
        }
        for resource in &unit.resources {
            if let Some(kind) = catalog::attachment(&resource.type_name)
                && let Some(entry) = resource.body.entries_at(kind.secret).first()
            {
                known.attachments.insert(&resource.address, &entry.value);
            }
        }
        let mut elsewhere = FxHashMap::default();
        for handed in &unit.elsewhere {
            let mut targets = Vec::new();
            known.inside(&handed.value, &mut targets);
            elsewhere.extend(targets.into_iter().map(|secret| (Arc::clone(secret), &handed.address)));
        }
        let mut found = Self { by_secret: FxHashMap::default(), secrets: known, reason: None, elsewhere };
        for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
            let Some(kind) = catalog::schedule(&resource.type_name) else { continue };
            for entry in resource.body.entries_at(kind.secret) {
                let mut targets = Vec::new();
                if let Some(reason) = found.secrets.all(&entry.value, MAX_HOPS, &mut targets) {
                    found.reason = found.reason.or(Some(reason));
                }
                for target in targets {
                    found.by_secret.entry(Arc::clone(target)).or_default().push((resource, kind));
                }
            }
        }
        found
    }

    fn rotation(&self, world: &World<'_>, resource: &Resource, kind: &SecretType) -> Result<Presence, Fork> {
        for path in kind.rotated_by {
            if world.one(&resource.body, path)?.is_set() {
                return Ok(Presence::Present);
            }
        }
        for (schedule, referring) in self.by_secret.get(&resource.address).map_or(&[][..], Vec::as_slice) {
            if let Some(condition) = &schedule.condition
                && !world.decide(condition)?
            {
                continue;
            }
            let at = world.one(&schedule.body, referring.secret)?;
            let mut targets = Vec::new();
            if let Some(value) = at.value() {
                self.secrets.all(value, MAX_HOPS, &mut targets);
            }
            if targets.iter().any(|target| **target == resource.address)
                && does(world, &schedule.body, referring.needs)?
            {
                return Ok(Presence::Present);
            }
        }
        let is_open = self.reason.is_some() || self.elsewhere.contains_key(&resource.address);
        Ok(if is_open { Presence::Unknown } else { Presence::Absent })
    }

    /// Why it is not known whether a secret is rotated.
    fn open(&self, secret: &Arc<str>) -> Option<String> {
        let elsewhere = || {
            let address = self.elsewhere.get(secret)?;
            Some(format!("the secret is handed to `{address}`, which is not in this repository"))
        };
        self.reason.clone().or_else(elsewhere)
    }
}

/// Whether the name of a secret, or what the code calls it, says that no credential is kept in it.
fn describes(world: &World<'_>, resource: &Resource, kind: &SecretType) -> Result<bool, Fork> {
    let at = world.one(&resource.body, kind.name)?;
    let name = at.value().and_then(Value::to_text);
    let label = resource.address.rsplit('.').next().map(base).unwrap_or_default();
    let says_so = |name: &str| catalog::names_no_credential(name);
    Ok(says_so(label) || name.as_deref().is_some_and(says_so))
}

/// Whether a schedule says what rotates, and when.
fn does(world: &World<'_>, body: &Value, needs: &[&[&str]]) -> Result<bool, Fork> {
    for one_of in needs {
        let mut is_there = false;
        for path in *one_of {
            is_there |= world.one(body, path)?.is_set();
        }
        if !is_there {
            return Ok(false);
        }
    }
    Ok(true)
}

impl<'u> Secrets<'u> {
    /// The secrets that a value may refer to, in any branch; why, where it is not known.
    fn all(&self, value: &Value, hops: usize, found: &mut Vec<&'u Arc<str>>) -> Option<String> {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => None,
            Kind::List(items) => items.iter().find_map(|item| self.all(item, hops, found)),
            Kind::Choice(choice) => {
                let then = self.all(&choice.then, hops, found);
                self.all(&choice.otherwise, hops, found).or(then)
            }
            Kind::String(text) => {
                let carried = provenance::attribute(&value.origin).and_then(|name| name.rsplit_once('.'));
                found.extend(carried.and_then(|(address, _)| self.at(address)).or_else(|| self.named(text)));
                None
            }
            Kind::Unknown(unknown) => {
                let Reason::Computed { address, .. } = &unknown.reason else {
                    return Some(format!("which secret a schedule is for is not known: {}", unknown.reason));
                };
                if let Some(value) = self.attachments.get(&**address).filter(|_| hops > 0) {
                    return self.all(value, hops - 1, found);
                }
                found.extend(self.at(address));
                None
            }
        }
    }

    /// The secrets that a value refers to anywhere inside of it.
    fn inside(&self, value: &Value, found: &mut Vec<&'u Arc<str>>) {
        let carried = provenance::attribute(&value.origin).and_then(|name| name.rsplit_once('.'));
        found.extend(carried.and_then(|(address, _)| self.at(address)));
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.inside(item, found)),
            Kind::Object(object) => object.entries.iter().for_each(|entry| self.inside(&entry.value, found)),
            Kind::Choice(choice) => {
                self.inside(&choice.then, found);
                self.inside(&choice.otherwise, found);
            }
            Kind::Unknown(unknown) => {
                let parts = unknown.parts.iter().filter_map(|part| match part {
                    Part::Unknown(reason) => Some(reason),
                    Part::Text { .. } => None,
                });
                for reason in std::iter::once(&unknown.reason).chain(parts) {
                    let Reason::Computed { address, .. } = reason else { continue };
                    match self.attachments.get(&**address) {
                        Some(Value { kind: Kind::Unknown(through), .. }) => {
                            if let Reason::Computed { address, .. } = &through.reason {
                                found.extend(self.at(address));
                            }
                        }
                        Some(_) | None => found.extend(self.at(address)),
                    }
                }
            }
        }
    }

    fn at(&self, address: &str) -> Option<&'u Arc<str>> {
        self.addresses.get(address).or_else(|| self.addresses.get(base(address))).copied()
    }

    /// By the name, or by the name in an ARN, where six characters of AWS's choice may stand behind it.
    fn named(&self, text: &str) -> Option<&'u Arc<str>> {
        let name = text.split_once(":secret:").map_or(text, |(_, name)| name);
        let short = name.rsplit_once('-').filter(|(_, end)| end.len() == 6).map(|(name, _)| name);
        self.names.get(name).or_else(|| self.names.get(short?)).copied()
    }
}

/// The address without the key of its last part.
fn base(address: &str) -> &str {
    address.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map_or(address, |(base, _)| base)
}

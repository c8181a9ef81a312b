//! Lowers a project to a small, provider-neutral statement of what matters for credentials, by concept.
//!
//! Beside each fact stands its [`Subject`]: places, addresses, words. Facts say what is, never whether it is bad; they
//! know no policy.

mod access_key;
mod account;
mod branches;
mod cdk;
mod chunks;
mod compute;
mod concept;
mod credential;
mod document;
mod fact;
mod handover;
mod holes;
mod iam;
mod layers;
mod link;
mod oversight;
mod place;
mod profile;
mod provenance;
mod rotation;
mod schema;
mod secrets;
mod stand;
mod starts;
mod stated;
mod sts_endpoint;
mod subject;
#[cfg(test)]
pub(crate) mod testing;
mod unmarked;
mod wording;
mod workload;
mod worlds;

pub use concept::{Concept, Fact};
pub use fact::*;
pub use iam::{
    Actions, Allows, Claim, Endpoints, Federation, Guest, GuestSetting, GuestState, Holder, Permission,
    Seconds, SecondsUnsaid, Session, SessionKind, StsEndpoint, StsPlace, Trust, Trustee, Workload,
};
pub use place::{subject_at, subject_beside, subject_of_place};
pub use provenance::{chain, literal};
pub use schema::{VERSION, schema};
pub use secrets::{Past, past};
pub use subject::{Anchor, Spot, Subject, WITHIN};

use crate::model::{Acknowledgement, Project, Unit};
use crate::secrets::{Detection, Pattern};
use crate::source::{FileId, Site, Sources};
use rayon::prelude::*;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The facts of a project, by concept, each with its subject. The order is the project's.
#[derive(Debug, Default)]
pub struct Facts {
    stated: BTreeMap<Concept, Vec<(Fact, Arc<Subject>)>>,
    /// Every place of a source that holds a secret or a piece of one: never shown.
    pub secret_sites: Vec<Site>,
    /// Every secret as it is once put together: never shown, in whatever encoding.
    pub secret_texts: Vec<Arc<str>>,
    /// Texts in which there may be more secrets than were looked for, and why.
    pub cut: Vec<(Site, &'static str)>,
    /// What was said, with a reason, not to be wrong.
    pub acknowledged: Vec<Acknowledgement>,
}

impl Facts {
    pub fn push(&mut self, fact: impl Into<Fact>, subject: Subject) {
        let fact = fact.into();
        self.stated.entry(fact.concept()).or_default().push((fact, Arc::new(subject.fitted())));
    }

    fn extend<F: Into<Fact>>(&mut self, stated: Vec<(F, Subject)>) {
        stated.into_iter().for_each(|(fact, subject)| self.push(fact, subject));
    }

    /// The facts of a concept.
    #[must_use]
    pub fn of(&self, concept: Concept) -> &[(Fact, Arc<Subject>)] {
        self.stated.get(&concept).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn len(&self, concept: Concept) -> usize {
        self.of(concept).len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stated.is_empty()
    }

    #[must_use]
    pub fn subject(&self, concept: Concept, at: usize) -> Option<&Arc<Subject>> {
        self.of(concept).get(at).map(|(_, subject)| subject)
    }

    /// All facts as one document, keyed `c0`, `k0`, `s0` by their position; what `keyless facts` prints.
    ///
    /// # Errors
    /// Never for facts as they are; serialisation is fallible by its type.
    pub fn document(&self) -> serde_json::Result<Json> {
        let mut document = Map::new();
        document.insert("version".to_owned(), VERSION.into());
        for concept in Concept::ALL {
            let all: Vec<usize> = (0..self.len(concept)).collect();
            document.insert(concept.key().to_owned(), self.group(concept, &all)?);
        }
        Ok(Json::Object(document))
    }

    /// The facts at these positions, keyed by position.
    pub(crate) fn group(&self, concept: Concept, wanted: &[usize]) -> serde_json::Result<Json> {
        let mut group = Map::new();
        for at in wanted {
            if let Some((fact, _)) = self.of(concept).get(*at) {
                group.insert(format!("{}{at}", concept.prefix()), serde_json::to_value(fact)?);
            }
        }
        Ok(Json::Object(group))
    }

    /// Whether one of these places is that of a secret that the code holds.
    fn is_a_secret(&self, literals: &[Site]) -> bool {
        let meets =
            |a: Site, b: Site| a.file == b.file && a.span.start < b.span.end && b.span.start < a.span.end;
        literals.iter().any(|site| self.secret_sites.iter().any(|secret| meets(*site, *secret)))
    }

    /// Which positions hold facts of the same shape: one list a shape, in order of first appearance.
    #[must_use]
    pub fn shapes(&self, concept: Concept) -> Vec<Vec<usize>> {
        let mut known: rustc_hash::FxHashMap<&Fact, usize> = rustc_hash::FxHashMap::default();
        let mut shapes: Vec<Vec<usize>> = Vec::new();
        for (at, (fact, _)) in self.of(concept).iter().enumerate() {
            let shape = *known.entry(fact).or_insert_with(|| {
                shapes.push(Vec::new());
                shapes.len() - 1
            });
            if let Some(members) = shapes.get_mut(shape) {
                members.push(at);
            }
        }
        shapes
    }
}

/// What facts need of a unit's declarations, which need not be kept once this is known.
#[derive(Debug, Default)]
pub struct Declared {
    secrets: secrets::DeclaredSecrets,
    handed: Vec<handover::Stated>,
    unmarked: Vec<unmarked::Stated>,
}

impl Declared {
    fn of(unit: &Unit, sources: &Sources) -> Self {
        Self {
            secrets: secrets::declared(unit, sources),
            handed: handover::declared(unit),
            unmarked: unmarked::declared(unit),
        }
    }
}

/// Takes what facts need of a unit's declarations out of it, so that they can be dropped long before the end.
#[must_use]
pub fn take_declared(unit: &mut Unit, sources: &Sources) -> Declared {
    let declared = Declared::of(unit, sources);
    unit.declarations = Vec::new();
    declared
}

/// Lowers a project.
#[must_use]
pub fn lower(project: &Project, sources: &Sources, raw: &[(FileId, Vec<Detection>)]) -> Facts {
    lower_with(project, sources, raw, Vec::new(), (&|_| None, &|_| Vec::new()))
}

/// What is to be taken for the account's metadata default for what stands in a file, where the code does not say it.
pub type Assumed<'a> = &'a (dyn Fn(FileId) -> Option<AccountDefault> + Sync);

/// Forms of tokens that are looked for in what stands in a file.
pub type Patterns<'a> = &'a (dyn Fn(FileId) -> Vec<Arc<Pattern>> + Sync);

/// What a unit says by itself.
fn of_unit(unit: &Unit, sources: &Sources, assumed: Assumed<'_>) -> Facts {
    let mut facts = Facts::default();
    let (compute, (keys, (credentials, profiles))) = rayon::join(
        || compute::lower(unit, assumed),
        || {
            let others = || rayon::join(|| credential::lower(unit), || profile::lower(unit));
            rayon::join(|| access_key::lower(unit), others)
        },
    );
    facts.extend(compute);
    facts.extend(keys);
    facts.extend(credentials);
    facts.extend(profiles);
    facts.extend(rotation::lower(unit));
    facts.extend(account::metadata_defaults(unit));
    facts.extend(account::password_policies(unit));
    facts.extend(iam::trusts(unit, sources));
    facts.extend(iam::sessions(unit, sources));
    facts.extend(workload::lower(unit, sources));
    facts.extend(iam::guests(unit, sources));
    facts.extend(sts_endpoint::lower(unit, sources));
    facts.extend(iam::permissions(unit, sources));
    facts
}

/// Lowers a project. `declared` is what [`take_declared`] took out of its units.
#[must_use]
pub fn lower_with(
    project: &Project,
    sources: &Sources,
    raw: &[(FileId, Vec<Detection>)],
    declared: Vec<Declared>,
    (assumed, patterns): (Assumed<'_>, Patterns<'_>),
) -> Facts {
    let mut facts = Facts { acknowledged: project.acknowledged.clone(), ..Facts::default() };
    let lowered: Vec<Facts> = project.units.par_iter().map(|unit| of_unit(unit, sources, assumed)).collect();
    for (concept, stated) in lowered.into_iter().flat_map(|facts| facts.stated) {
        facts.stated.entry(concept).or_default().extend(stated);
    }
    let mut declared = declared;
    let left = project.units.iter().filter(|unit| !unit.declarations.is_empty());
    declared.extend(left.map(|unit| Declared::of(unit, sources)));
    let (mut secrets, mut handed, mut unmarked) = (Vec::new(), Vec::new(), Vec::new());
    for one in declared {
        secrets.push(one.secrets);
        handed.extend(one.handed);
        unmarked.extend(one.unmarked);
    }
    oversight::lower(project, sources, &mut facts);
    secrets::lower(project, sources, raw, secrets, patterns, &mut facts);
    let made = cdk::MadeBy::new(project);
    for one in &mut handed {
        made.stand_on_user_code(&mut one.subject);
    }
    unmarked.par_extend(project.units.par_iter().flat_map_iter(|unit| unmarked::lower(unit, sources)));
    for one in &mut unmarked {
        if one.subject.block.is_none() {
            made.stand_on_user_code(&mut one.subject);
        }
    }
    unmarked.retain(|stated| !facts.is_a_secret(&stated.literals));
    for stated in unmarked {
        facts.push(stated.fact, stated.subject);
    }
    handed.par_extend(project.units.par_iter().flat_map_iter(|unit| handover::lower(unit, sources)));
    for stated in handed.into_iter().filter(|stated| !facts.is_a_secret(&stated.literals)).collect::<Vec<_>>()
    {
        facts.push(stated.fact, stated.subject);
    }
    facts
}

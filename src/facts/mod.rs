//! Lowers a project to a small, provider-neutral statement of what matters for credentials, by concept.
//!
//! Beside each fact stands its [`Subject`]: places, addresses, words. Facts say what is, never whether it is bad; they
//! know no policy.

mod access_key;
mod account;
mod branches;
mod cdk;
mod chunks;
mod cloud_control;
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
mod said;
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
pub use said::{Declared, Said, forget, take_declared, take_said};
pub use schema::{VERSION, schema};
pub use secrets::{Past, past};
pub use subject::{Anchor, Anchored, Spot, Subject, WITHIN};

use crate::model::{Acknowledgement, Frontend, Project, Unit};
use crate::secrets::{Detection, Pattern};
use crate::source::{FileId, Site, Sources};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A fact with what stands beside it.
pub type Statement = (Arc<Fact>, Arc<Subject>);

/// Facts before one that may be of its shape, and are then held once.
const NEAR: usize = 8;

/// The facts of a project, by concept, each with its subject. The order is the project's.
#[derive(Debug, Default)]
pub struct Facts {
    stated: BTreeMap<Concept, Vec<Statement>>,
    /// Every place of a source that holds a secret or a piece of one: never shown.
    pub secret_sites: Vec<Site>,
    /// The same without what is only an example of AWS's documentation.
    keys_and_secrets: Vec<Site>,
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
        let stated = self.stated.entry(fact.concept()).or_default();
        // Instances are many, and of few shapes.
        let known = stated.iter().rev().take(NEAR).find(|(known, _)| **known == fact);
        let fact = known.map_or_else(|| Arc::new(fact), |(known, _)| Arc::clone(known));
        stated.push((fact, Arc::new(subject.fitted())));
    }

    fn extend<F: Into<Fact>>(&mut self, stated: Vec<(F, Subject)>) {
        stated.into_iter().for_each(|(fact, subject)| self.push(fact, subject));
    }

    /// Adds what units say, each by itself.
    fn join(&mut self, all: Vec<Self>) {
        let mut counts: BTreeMap<Concept, usize> = BTreeMap::new();
        for (concept, stated) in all.iter().flat_map(|facts| &facts.stated) {
            *counts.entry(*concept).or_default() += stated.len();
        }
        for (concept, count) in counts {
            self.stated.entry(concept).or_default().reserve_exact(count);
        }
        for (concept, stated) in all.into_iter().flat_map(|facts| facts.stated) {
            self.stated.entry(concept).or_default().extend(stated);
        }
    }

    fn shrink_to_fit(&mut self) {
        self.stated.values_mut().for_each(Vec::shrink_to_fit);
    }

    /// The facts of a concept.
    #[must_use]
    pub fn of(&self, concept: Concept) -> &[Statement] {
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
                group.insert(format!("{}{at}", concept.prefix()), serde_json::to_value(**fact)?);
            }
        }
        Ok(Json::Object(group))
    }

    /// Whether one of these places is that of a secret that the code holds. An example opens nothing, and is none.
    fn is_a_secret(&self, literals: &[Site]) -> bool {
        literals.iter().any(|site| self.keys_and_secrets.iter().any(|secret| meet(*site, *secret)))
    }

    /// An example that stands at one of these places needs no fact of its own.
    fn drop_examples(&mut self, literals: &[Site]) {
        let Some(secrets) = self.stated.get_mut(&Concept::Secrets) else { return };
        secrets.retain(|(fact, subject)| {
            let is_example = matches!(&**fact, Fact::Secret(secret) if secret.is_an_example());
            !is_example || !literals.iter().any(|site| meet(*site, subject.header.site))
        });
    }

    /// What a template says that is judged by itself is told there, not of the stack that it is handed to as a text. One that
    /// is written into another template is judged nowhere else.
    fn tell_templates_once(&mut self, templates: &FxHashSet<FileId>) {
        let Some(keys) = self.stated.get_mut(&Concept::AccessKeys) else { return };
        let is_of_template = |(fact, subject): &Statement| {
            let is_template = matches!(&**fact, Fact::AccessKey(key) if key.by == KeyMaker::Template);
            let is_judged = |file: FileId| file != subject.header.site.file && templates.contains(&file);
            is_template && subject.anchors.get("command").is_some_and(|anchor| is_judged(anchor.site.file))
        };
        keys.retain(|statement| !is_of_template(statement));
    }

    /// Which positions hold facts of the same shape: one list a shape, in order of first appearance.
    #[must_use]
    pub fn shapes(&self, concept: Concept) -> Vec<Vec<usize>> {
        let mut known: FxHashMap<&Fact, usize> = FxHashMap::default();
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

fn meet(a: Site, b: Site) -> bool {
    a.file == b.file && a.span.start < b.span.end && b.span.start < a.span.end
}

/// Lowers a project.
#[must_use]
pub fn lower(project: &Project, sources: &Sources, raw: &[(FileId, Vec<Detection>)]) -> Facts {
    lower_with(project, sources, raw, Default::default(), (&|_| None, &|_| Vec::new()))
}

/// What is to be taken for the account's metadata default for what stands in a file, where the code does not say it.
pub type Assumed<'a> = &'a (dyn Fn(FileId) -> Option<AccountDefault> + Sync);

/// Forms of tokens that are looked for in what stands in a file.
pub type Patterns<'a> = &'a (dyn Fn(FileId) -> Vec<Arc<Pattern>> + Sync);

/// What is configured for a file.
pub type ByFile<'a> = (Assumed<'a>, Patterns<'a>);

/// Lowers a project. `declared` is what [`take_declared`] took out of its units, `said` by their positions what
/// [`take_said`] did.
#[must_use]
pub fn lower_with(
    project: &Project,
    sources: &Sources,
    raw: &[(FileId, Vec<Detection>)],
    (mut declared, mut said): (Vec<Declared>, FxHashMap<usize, Said>),
    by_file: ByFile<'_>,
) -> Facts {
    let taken: Vec<Option<Said>> = (0..project.units.len()).map(|at| said.remove(&at)).collect();
    let of_unit = |(at, (unit, taken)): (usize, (&Unit, Option<Said>))| {
        taken.unwrap_or_else(|| Said::of(unit, &oversight::others(project, at), sources, by_file))
    };
    let all: Vec<Said> = project.units.par_iter().zip(taken).enumerate().map(of_unit).collect();
    let mut facts = Facts { acknowledged: project.acknowledged.clone(), ..Facts::default() };
    let (mut own, mut oversight, mut of_resources) = (Vec::new(), Vec::new(), Vec::new());
    let left = project.units.iter().filter(|unit| !unit.declarations.is_empty());
    declared.extend(left.map(|unit| Declared::of(unit, sources)));
    let (mut secrets, mut handed, mut unmarked) = (Vec::new(), Vec::new(), Vec::new());
    for one in declared {
        secrets.push(one.secrets);
        handed.extend(one.handed);
        unmarked.extend(one.unmarked);
    }
    let declared_here = handed.len();
    for one in all {
        own.push(one.own);
        oversight.push(one.oversight);
        of_resources.push(one.secrets);
        handed.extend(one.handed);
        unmarked.extend(one.unmarked);
    }
    facts.join(own);
    facts.join(oversight);
    let templates = project.units.iter().filter(|unit| unit.frontend == Frontend::CloudFormation);
    facts.tell_templates_once(&templates.flat_map(|unit| unit.files.iter().copied()).collect());
    secrets::lower(project, sources, raw, (of_resources, secrets), &mut facts);
    let made = cdk::MadeBy::new(project);
    for one in handed.iter_mut().take(declared_here) {
        made.stand_on_user_code(&mut one.subject);
    }
    for one in &mut unmarked {
        if one.subject.block.is_none() {
            made.stand_on_user_code(&mut one.subject);
        }
    }
    unmarked.retain(|stated| !facts.is_a_secret(&stated.literals));
    for stated in unmarked {
        facts.push(stated.fact, stated.subject);
    }
    handover::tell_once(&mut handed);
    handed.retain(|stated| !facts.is_a_secret(&stated.literals));
    let literals: Vec<Site> = handed.iter().flat_map(|stated| stated.literals.iter().copied()).collect();
    facts.drop_examples(&literals);
    for stated in handed {
        facts.push(stated.fact, stated.subject);
    }
    facts
}

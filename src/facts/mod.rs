//! Lowers a project to a small, provider-neutral statement of what matters for credentials, by concept.
//!
//! Beside each fact stands its [`Subject`]: places, addresses, words. Facts say what is, never whether it is bad; they
//! know no policy.

mod access_key;
mod branches;
mod cdk;
mod compute;
mod fact;
mod link;
mod place;
mod provenance;
mod secrets;
mod starts;
mod stated;
mod subject;
#[cfg(test)]
pub(crate) mod testing;
mod wording;
mod worlds;

pub use fact::*;
pub use subject::{Anchor, Spot, Subject};

use crate::model::{Acknowledgement, Project, Unit};
use crate::secrets::Detection;
use crate::source::{FileId, Site, Sources};
pub use secrets::Declared;
use serde_json::{Map, Value as Json};

/// The facts of a project, by concept, each with its subject. The order is the project's.
#[derive(Debug, Default)]
pub struct Facts {
    pub computes: Vec<(Compute, Subject)>,
    pub access_keys: Vec<(AccessKey, Subject)>,
    pub secrets: Vec<(Secret, Subject)>,
    /// Every place of a source that holds a secret or a piece of one: never shown.
    pub secret_sites: Vec<Site>,
    /// Every secret as it is once put together: never shown, in whatever encoding.
    pub secret_texts: Vec<std::sync::Arc<str>>,
    /// What was said, with a reason, not to be wrong.
    pub acknowledged: Vec<Acknowledgement>,
}

/// A group of facts of one shape; its name is a key of the document that policies are judged over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concept {
    Computes,
    AccessKeys,
    Secrets,
}

impl Concept {
    pub const ALL: [Self; 3] = [Self::Computes, Self::AccessKeys, Self::Secrets];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Computes => "computes",
            Self::AccessKeys => "access_keys",
            Self::Secrets => "secrets",
        }
    }
}

impl Facts {
    #[must_use]
    pub fn len(&self, concept: Concept) -> usize {
        match concept {
            Concept::Computes => self.computes.len(),
            Concept::AccessKeys => self.access_keys.len(),
            Concept::Secrets => self.secrets.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        Concept::ALL.iter().all(|concept| self.len(*concept) == 0)
    }

    #[must_use]
    pub fn subject(&self, concept: Concept, at: usize) -> Option<&Subject> {
        match concept {
            Concept::Computes => self.computes.get(at).map(|(_, subject)| subject),
            Concept::AccessKeys => self.access_keys.get(at).map(|(_, subject)| subject),
            Concept::Secrets => self.secrets.get(at).map(|(_, subject)| subject),
        }
    }

    /// All facts as one document, keyed `c0`, `k0`, `s0` by their position; what `keyless facts` prints.
    ///
    /// # Errors
    /// Never for facts as they are; serialisation is fallible by its type.
    pub fn document(&self) -> serde_json::Result<Json> {
        let mut document = Map::new();
        let all: Vec<usize> =
            (0..self.computes.len().max(self.access_keys.len()).max(self.secrets.len())).collect();
        for concept in Concept::ALL {
            let wanted: Vec<usize> = all.iter().copied().take_while(|at| *at < self.len(concept)).collect();
            document.insert(concept.key().to_owned(), self.group(concept, &wanted)?);
        }
        Ok(Json::Object(document))
    }

    /// The facts at these positions, keyed by position.
    pub(crate) fn group(&self, concept: Concept, wanted: &[usize]) -> serde_json::Result<Json> {
        let mut group = Map::new();
        for at in wanted {
            let json = match concept {
                Concept::Computes => self.computes.get(*at).map(|(fact, _)| serde_json::to_value(fact)),
                Concept::AccessKeys => self.access_keys.get(*at).map(|(fact, _)| serde_json::to_value(fact)),
                Concept::Secrets => self.secrets.get(*at).map(|(fact, _)| serde_json::to_value(fact)),
            };
            if let Some(json) = json {
                group.insert(format!("{}{at}", concept.prefix()), json?);
            }
        }
        Ok(Json::Object(group))
    }

    /// Which positions hold facts of the same shape: one list a shape, in order of first appearance.
    #[must_use]
    pub fn shapes(&self, concept: Concept) -> Vec<Vec<usize>> {
        match concept {
            Concept::Computes => shapes(self.computes.iter().map(|(fact, _)| fact)),
            Concept::AccessKeys => shapes(self.access_keys.iter().map(|(fact, _)| fact)),
            Concept::Secrets => shapes(self.secrets.iter().map(|(fact, _)| fact)),
        }
    }
}

impl Concept {
    /// The letter that begins its facts' keys.
    pub(crate) fn prefix(self) -> char {
        match self {
            Self::Computes => 'c',
            Self::AccessKeys => 'k',
            Self::Secrets => 's',
        }
    }
}

fn shapes<'f, F: Eq + std::hash::Hash + 'f>(facts: impl Iterator<Item = &'f F>) -> Vec<Vec<usize>> {
    let mut known: rustc_hash::FxHashMap<&F, usize> = rustc_hash::FxHashMap::default();
    let mut shapes: Vec<Vec<usize>> = Vec::new();
    for (at, fact) in facts.enumerate() {
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

/// Takes what facts need of a unit's declarations out of it, so that they can be dropped long before the end.
#[must_use]
pub fn take_declared(unit: &mut Unit) -> Declared {
    let declared = secrets::declared(unit);
    unit.declarations = Vec::new();
    declared
}

/// Lowers a project.
#[must_use]
pub fn lower(project: &Project, sources: &Sources, raw: &[(FileId, Vec<Detection>)]) -> Facts {
    lower_with(project, sources, raw, Vec::new())
}

/// Lowers a project. `declared` is what [`take_declared`] took out of its units.
#[must_use]
pub fn lower_with(
    project: &Project,
    sources: &Sources,
    raw: &[(FileId, Vec<Detection>)],
    declared: Vec<Declared>,
) -> Facts {
    let mut facts = Facts { acknowledged: project.acknowledged.clone(), ..Facts::default() };
    for unit in &project.units {
        compute::lower(unit, &mut facts.computes);
        access_key::lower(unit, &mut facts.access_keys);
    }
    secrets::lower(project, sources, raw, declared, &mut facts);
    facts
}

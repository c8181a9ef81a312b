//! Sightings as they are met: the same secret at the same place is one, whoever has it.

use super::sighting::Sighting;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// A map that all instances of a resource have in their environment is met once for each of them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    seen: Vec<Sighting>,
    /// By what two must have in common.
    known: FxHashMap<u64, Vec<usize>>,
}

impl Gathered {
    pub(super) fn add(&mut self, mut sighting: Sighting) {
        let mut hasher = FxHasher::default();
        (sighting.subject.header.site, &sighting.text, sighting.given).hash(&mut hasher);
        let known = self.known.entry(hasher.finish()).or_default();
        let same =
            known.iter().copied().find(|at| self.seen.get(*at).is_some_and(|one| one.is_same(&sighting)));
        match same.and_then(|at| self.seen.get_mut(at)) {
            Some(one) => {
                // As they come in the order of places.
                if sighting.subject.addresses.first() < one.subject.addresses.first() {
                    std::mem::swap(one, &mut sighting);
                }
                one.absorb(sighting);
            }
            None => {
                known.push(self.seen.len());
                self.seen.push(sighting);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Sighting> {
        self.seen
    }
}

impl Extend<Sighting> for Gathered {
    fn extend<I: IntoIterator<Item = Sighting>>(&mut self, all: I) {
        all.into_iter().for_each(|sighting| self.add(sighting));
    }
}

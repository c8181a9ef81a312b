//! Which findings a baseline covers.

use super::Entry;

/// What of a baseline a run met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// For each finding the entry that covers it.
    pub by: Vec<Option<usize>>,
    /// For each entry how many findings are what it is about, covered or not.
    pub met: Vec<u32>,
}

/// Sets entries against what findings come to. Where more findings are alike than were accepted, one of them is new and
/// nothing tells which: none is covered then. Expired entries meet findings and cover none.
#[must_use]
pub fn cover(entries: &[&Entry], found: &[Entry], today: &str) -> Covered {
    let mut covered = Covered { by: vec![None; found.len()], met: vec![0; entries.len()] };
    let mut by_fingerprint: rustc_hash::FxHashMap<&str, Vec<usize>> = rustc_hash::FxHashMap::default();
    for (at, found) in found.iter().enumerate() {
        by_fingerprint.entry(&found.fingerprint).or_default().push(at);
    }
    for (at, entry) in entries.iter().enumerate() {
        let alike = by_fingerprint.get(entry.fingerprint.as_str()).map_or(&[][..], Vec::as_slice);
        let is_free = |one: &&usize| covered.by.get(**one).is_some_and(Option::is_none);
        let about: Vec<usize> = alike
            .iter()
            .filter(is_free)
            .filter(|one| found.get(**one).is_some_and(|found| entry.is_about(found)))
            .copied()
            .collect();
        let many = u32::try_from(about.len()).unwrap_or(u32::MAX);
        if let Some(met) = covered.met.get_mut(at) {
            *met = many;
        }
        if many <= entry.count && !entry.is_expired(today) {
            for one in about {
                if let Some(by) = covered.by.get_mut(one) {
                    *by = Some(at);
                }
            }
        }
    }
    covered
}

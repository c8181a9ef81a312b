//! Two outcomes held against each other, by what survives lines that move: policy, words, file and addresses, but no line.

use super::Judged;
use crate::findings::{Finding, Outcome, Problem, ProblemKind, Severity, without_keys};
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What kind of thing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Finding(Severity),
    Open,
    Suppressed,
    Problem(ProblemKind),
}

/// What makes two things that are told the same, apart from their number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    kind: Kind,
    code: Arc<str>,
    title: String,
    path: String,
}

/// Everything that an outcome tells.
pub(super) struct Ledger<'a> {
    outcome: &'a Outcome,
    sources: &'a Sources,
    count: BTreeMap<Key, usize>,
    addresses: BTreeSet<(Key, String)>,
}

/// What is wrong with a tree after edits.
pub(super) enum Fault<'a> {
    /// The finding of this number among those that were to be mended is still there.
    Stays(usize),
    /// Something that was not there before.
    Brings(&'a Finding),
    BringsProblem(&'a Problem),
    /// Less is read or understood than before.
    Loses,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(outcome: &'a Outcome, sources: &'a Sources) -> Self {
        let (mut count, mut addresses) = (BTreeMap::<Key, usize>::new(), BTreeSet::new());
        for (key, finding) in findings(outcome, sources) {
            addresses.extend(finding.addresses.iter().map(|at| (key.clone(), without_keys(at))));
            *count.entry(key).or_default() += 1;
        }
        for problem in &outcome.problems {
            *count.entry(Key::of_problem(problem)).or_default() += 1;
        }
        Self { outcome, sources, count, addresses }
    }

    /// What is wrong with the tree after edits that were to mend these of the ledger's findings.
    pub(super) fn faults<'j>(&self, mended: &[&Finding], after: &'j Judged) -> Vec<Fault<'j>> {
        let now = Ledger::of(&after.outcome, &after.sources);
        let mut faults = Vec::new();
        if after.outcome.files < self.outcome.files || after.outcome.resources < self.outcome.resources {
            faults.push(Fault::Loses);
        }
        let keys: Vec<Key> = mended.iter().map(|finding| Key::open_or_not(finding, self.sources)).collect();
        let known = |key: &Key| self.count.get(key).copied().unwrap_or_default();
        let gone = |key: &Key| keys.iter().filter(|mended| *mended == key).count();
        let too_many = |key: &Key, count: usize| count > known(key).saturating_sub(gone(key));
        // Which of several that are told in the same words are left is told by their addresses.
        for (at, (key, finding)) in keys.iter().zip(mended).enumerate() {
            if now.count.get(key).is_some_and(|count| too_many(key, *count)) && now.may_hold(key, finding) {
                faults.push(Fault::Stays(at));
            }
        }
        for (key, finding) in findings(&after.outcome, &after.sources) {
            let is_new = |address: &Arc<str>| !self.addresses.contains(&(key.clone(), without_keys(address)));
            let is_more = gone(&key) == 0 && now.count.get(&key).is_some_and(|count| *count > known(&key));
            if is_more || finding.addresses.iter().any(is_new) {
                faults.push(Fault::Brings(finding));
            }
        }
        for problem in &after.outcome.problems {
            let key = Key::of_problem(problem);
            if now.count.get(&key).is_some_and(|count| *count > known(&key)) {
                faults.push(Fault::BringsProblem(problem));
            }
        }
        // Nobody is left to blame, and yet there are too many.
        if faults.is_empty() && now.count.iter().any(|(key, count)| too_many(key, *count)) {
            faults.extend((0..mended.len()).map(Fault::Stays));
        }
        faults
    }

    fn may_hold(&self, key: &Key, finding: &Finding) -> bool {
        finding.addresses.is_empty()
            || finding.addresses.iter().any(|at| self.addresses.contains(&(key.clone(), without_keys(at))))
    }
}

impl Key {
    /// Of what is not suppressed.
    pub(super) fn open_or_not(finding: &Finding, sources: &Sources) -> Self {
        let kind = if finding.reason.is_some() { Kind::Open } else { Kind::Finding(finding.severity) };
        Self::of(kind, finding, sources)
    }

    fn of(kind: Kind, finding: &Finding, sources: &Sources) -> Self {
        let path = sources.get(finding.primary.site.file).path.clone();
        Self { kind, code: Arc::clone(&finding.code), title: finding.title.clone(), path }
    }

    fn of_problem(problem: &Problem) -> Self {
        let kind = Kind::Problem(problem.kind);
        Self { kind, code: "".into(), title: problem.message.clone(), path: problem.path.clone() }
    }
}

/// What is told of the files as they are: what is past no edit changes.
fn findings<'a>(outcome: &'a Outcome, sources: &'a Sources) -> impl Iterator<Item = (Key, &'a Finding)> {
    let key = |kind, finding| (Key::of(kind, finding, sources), finding);
    let found = outcome.findings.iter().map(move |found| key(Kind::Finding(found.severity), found));
    let open = outcome.cannot_tell.iter().map(move |found| key(Kind::Open, found));
    let known = outcome.suppressed.iter().map(move |found| key(Kind::Suppressed, found));
    found.chain(open).chain(known).filter(|(_, finding)| {
        finding.commit.is_none() && sources.get(finding.primary.site.file).commit.is_none()
    })
}

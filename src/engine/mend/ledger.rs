//! Two outcomes held against each other, by what survives edits: the policy, the resource, and the place, which moves along
//! with them. Words do not survive: a condition that an edit changes is told with other words, and so is a case of a policy.
//!
//! What is told afterwards is nothing new where it was told before: as often, no graver, of the same policy and resource. And
//! nothing is new about a literal that was told and has one use less, nor about what is left of something that was mended: a
//! note of the same family, about the same resources.

use super::moved::Moved;
use crate::findings::selection::family;
use crate::findings::{Finding, Outcome, Place, Problem, ProblemKind, Redactor, Severity, without_keys};
use crate::source::{Sources, Span, folder_of};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[cfg(test)]
mod tests;

/// What kind of thing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Found,
    Open,
    Suppressed,
}

/// What is told of a resource: once for each folder that the finding has to do with, since addresses are a module's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: Kind,
    code: Arc<str>,
    address: String,
    folder: String,
}

/// A place of a file, by its path.
type At = (String, Span);

/// How often something is told, at least as gravely as each severity.
#[derive(Debug, Clone, Copy, Default)]
struct Count([usize; 3]);

impl Count {
    fn add(&mut self, severity: Severity) {
        self.0.iter_mut().take(rank(severity) + 1).for_each(|count| *count += 1);
    }

    fn take(&mut self, severity: Severity) {
        self.0.iter_mut().take(rank(severity) + 1).for_each(|count| *count = count.saturating_sub(1));
    }

    fn at(self, severity: Severity) -> usize {
        self.0.get(rank(severity)).copied().unwrap_or_default()
    }
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Note => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    }
}

/// A finding as ledgers hold it.
struct Told<'a> {
    finding: &'a Finding,
    kind: Kind,
    addresses: BTreeSet<String>,
    folders: BTreeSet<String>,
    primary: At,
    /// What it comes from: the first place of its chain.
    literal: At,
}

/// Everything that an outcome tells.
pub(super) struct Ledger<'a> {
    outcome: &'a Outcome,
    told: Vec<Told<'a>>,
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
        Self { outcome, told: told(outcome, sources).collect() }
    }

    /// What is wrong with the tree after edits that were to mend these of the ledger's findings.
    pub(super) fn faults<'j>(
        &self,
        mended: &[&Finding],
        moved: &Moved,
        (after, sources): (&'j Outcome, &'j Sources),
    ) -> Vec<Fault<'j>> {
        let now = Ledger::of(after, sources);
        let before = Before::of(self, mended, moved);
        let (counts, spots) = (counts(&now.told), spots(&now.told));
        let (mut stay, mut new, mut known) = (BTreeSet::new(), Vec::new(), Vec::new());
        for told in &now.told {
            if !before.is_more(told, &counts) && !before.is_where_it_was(told, &spots) || before.is_left(told)
            {
                continue;
            }
            // Which of several is the new one is told by where the others were.
            let here = before.about(told);
            let was_there = here.is_empty() && before.was_there(told);
            let still = if here.is_empty() && !was_there { before.alike(told) } else { here };
            if !still.is_empty() {
                stay.extend(still);
            } else if was_there {
                known.push(told.finding);
            } else {
                new.push(told.finding);
            }
        }
        let mut faults: Vec<Fault<'j>> = stay.into_iter().map(Fault::Stays).collect();
        // Where nobody else is to blame, one of those that were there is one too many.
        let brought = if faults.is_empty() && new.is_empty() { known } else { new };
        faults.extend(brought.into_iter().map(Fault::Brings));
        if after.files < self.outcome.files || after.resources < self.outcome.resources {
            faults.push(Fault::Loses);
        }
        let redactors = [&self.outcome.redactor, &after.redactor];
        let known = problems(self.outcome, redactors);
        let there: BTreeMap<_, Vec<&'j Problem>> = problems(after, redactors);
        for (key, problems) in &there {
            if problems.len() > known.get(key).map_or(0, Vec::len) {
                faults.extend(problems.iter().map(|problem| Fault::BringsProblem(problem)));
            }
        }
        faults
    }
}

/// What was told before, where it stands now.
struct Before<'l> {
    /// Without what was to be mended.
    counts: BTreeMap<Key, Count>,
    spots: BTreeMap<Spot<'l>, usize>,
    mended: Vec<Mended<'l>>,
    /// By policy, kind and place: numbers in `mended`.
    mended_at: BTreeMap<Spot<'l>, Vec<usize>>,
    mended_of: BTreeMap<Key, Vec<usize>>,
    /// By family and resource.
    mended_about: BTreeMap<(&'l str, String), Vec<usize>>,
    /// Secrets by the place of their literal: what was told of them, and whether that was to be mended.
    literals: BTreeMap<At, Vec<&'l Told<'l>>>,
}

/// A policy and kind, and a place.
type Spot<'l> = (Kind, &'l str, At);

struct Mended<'l> {
    number: usize,
    told: &'l Told<'l>,
    primary: At,
}

impl<'l> Before<'l> {
    fn of(ledger: &'l Ledger<'_>, mended: &[&Finding], moved: &Moved) -> Self {
        let numbers: BTreeMap<*const Finding, usize> =
            mended.iter().enumerate().map(|(number, one)| (std::ptr::from_ref(*one), number)).collect();
        let now = |(path, span): &At| (path.clone(), moved.span(path, *span));
        let mut before = Self {
            counts: counts(&ledger.told),
            spots: BTreeMap::new(),
            mended: Vec::new(),
            mended_at: BTreeMap::new(),
            mended_of: BTreeMap::new(),
            mended_about: BTreeMap::new(),
            literals: BTreeMap::new(),
        };
        for told in &ledger.told {
            let primary = now(&told.primary);
            let spot = (told.kind, &*told.finding.code, primary.clone());
            if told.is_secret() {
                before.literals.entry(now(&told.literal)).or_default().push(told);
            }
            let Some(number) = numbers.get(&std::ptr::from_ref(told.finding)).copied() else {
                *before.spots.entry(spot).or_default() += 1;
                continue;
            };
            let at = before.mended.len();
            for key in told.keys() {
                if let Some(count) = before.counts.get_mut(&key) {
                    count.take(told.finding.severity);
                }
                before.mended_of.entry(key).or_default().push(at);
            }
            for name in told.concerned() {
                before.mended_about.entry((family(&told.finding.code), name)).or_default().push(at);
            }
            before.mended_at.entry(spot).or_default().push(at);
            before.mended.push(Mended { number, told, primary });
        }
        before
    }

    /// Whether it is told more often than before, in every folder that it has to do with.
    fn is_more(&self, told: &Told<'_>, now: &BTreeMap<Key, Count>) -> bool {
        let severity = told.finding.severity;
        let count = |counts: &BTreeMap<Key, Count>, key: &Key| {
            counts.get(key).copied().unwrap_or_default().at(severity)
        };
        told.names().any(|address| {
            told.folders.iter().all(|folder| {
                let key = told.key(address, folder);
                count(now, &key) > count(&self.counts, &key)
            })
        })
    }

    /// Whether it stands where something of its policy was to be mended, and nothing else of it was.
    fn is_where_it_was(&self, told: &Told<'_>, now: &BTreeMap<Spot<'_>, usize>) -> bool {
        let spot = told.spot();
        let known = self.spots.get(&spot).copied().unwrap_or_default();
        self.mended_at.contains_key(&spot)
            && !self.about(told).is_empty()
            && now.get(&spot).is_some_and(|count| *count > known)
    }

    /// Something else was told there.
    fn was_there(&self, told: &Told<'_>) -> bool {
        self.spots.contains_key(&told.spot())
    }

    /// What was to be mended of the same policy, at the same place and about one of its resources.
    fn about(&self, told: &Told<'_>) -> BTreeSet<usize> {
        let at = self.mended_at.get(&told.spot()).into_iter().flatten();
        let here = at.filter_map(|at| self.mended.get(*at));
        let about = here.filter(|mended| told.shares(&mended.told.addresses));
        about.map(|mended| mended.number).collect()
    }

    /// The same of its resources elsewhere, where it says the same, or stands in a part of that.
    fn alike(&self, told: &Told<'_>) -> BTreeSet<usize> {
        let of = told.keys();
        let of = of.iter().filter_map(|key| self.mended_of.get(key)).flatten();
        let of = of.filter_map(|at| self.mended.get(*at));
        let is_it = |mended: &&Mended<'_>| {
            overlaps(&mended.primary, &told.primary) || mended.told.finding.title == told.finding.title
        };
        of.filter(is_it).map(|mended| mended.number).collect()
    }

    /// Whether it is what is left of something that was told before.
    fn is_left(&self, told: &Told<'_>) -> bool {
        told.kind == Kind::Found && (self.is_left_of_literal(told) || self.is_milder(told))
    }

    /// The literal was told before, as gravely, and one of its uses is gone.
    fn is_left_of_literal(&self, told: &Told<'_>) -> bool {
        let known = if told.is_secret() { self.literals.get(&told.literal) } else { None };
        known.into_iter().flatten().any(|known| {
            known.kind == Kind::Found
                && known.finding.severity >= told.finding.severity
                && !known.addresses.is_subset(&told.addresses)
        })
    }

    /// A note of the family of something that was mended and was more than a note, about what that was about.
    fn is_milder(&self, told: &Told<'_>) -> bool {
        let of = |name: &String| {
            let about = self.mended_about.get(&(family(&told.finding.code), name.clone()));
            about.into_iter().flatten().filter_map(|at| self.mended.get(*at)).any(|mended| {
                let known = mended.told;
                known.kind == Kind::Found
                    && known.finding.severity > Severity::Note
                    && !known.folders.is_disjoint(&told.folders)
                    && (known.finding.code != told.finding.code || !told.shares(&known.addresses))
            })
        };
        told.finding.severity == Severity::Note && !told.addresses.is_empty() && told.addresses.iter().all(of)
    }
}

impl<'a> Told<'a> {
    fn new(kind: Kind, finding: &'a Finding, sources: &Sources) -> Self {
        let at = |place: &Place| (sources.get(place.site.file).path.clone(), place.site.span);
        let places = [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related);
        let folders = places.map(|place| folder_of(&sources.get(place.site.file).path).to_owned()).collect();
        let addresses = finding.addresses.iter().map(|address| without_keys(address)).collect();
        let primary = at(&finding.primary);
        let literal = finding.chain.first().map_or_else(|| primary.clone(), at);
        Self { finding, kind, addresses, folders, primary, literal }
    }

    fn key(&self, address: &str, folder: &str) -> Key {
        Key {
            kind: self.kind,
            code: Arc::clone(&self.finding.code),
            address: address.to_owned(),
            folder: folder.to_owned(),
        }
    }

    /// What stands for its resources; an empty name where it is about none.
    fn names(&self) -> impl Iterator<Item = &str> {
        let none = self.addresses.is_empty().then_some("");
        none.into_iter().chain(self.addresses.iter().map(String::as_str))
    }

    fn keys(&self) -> Vec<Key> {
        let of = |address| self.folders.iter().map(move |folder| self.key(address, folder));
        self.names().flat_map(of).collect()
    }

    fn spot(&self) -> Spot<'a> {
        (self.kind, &self.finding.code, self.primary.clone())
    }

    /// Its resources, and those that its places are said to be of.
    fn concerned(&self) -> BTreeSet<String> {
        let Finding { primary, chain, related, .. } = self.finding;
        let labels = [primary].into_iter().chain(chain).chain(related).map(|place| place.label.as_str());
        let named = labels.flat_map(|label| label.split('`').skip(1).step_by(2)).map(without_keys);
        self.addresses.iter().cloned().chain(named).collect()
    }

    fn shares(&self, addresses: &BTreeSet<String>) -> bool {
        self.addresses.is_empty() && addresses.is_empty() || !self.addresses.is_disjoint(addresses)
    }

    /// Whether its cause is a literal, whoever uses it.
    fn is_secret(&self) -> bool {
        matches!(family(&self.finding.code), "KEY" | "SEC")
    }
}

fn counts(told: &[Told<'_>]) -> BTreeMap<Key, Count> {
    let mut counts = BTreeMap::<Key, Count>::new();
    for told in told {
        told.keys().into_iter().for_each(|key| counts.entry(key).or_default().add(told.finding.severity));
    }
    counts
}

fn spots<'a>(told: &[Told<'a>]) -> BTreeMap<Spot<'a>, usize> {
    let mut spots = BTreeMap::new();
    told.iter().for_each(|told| *spots.entry(told.spot()).or_default() += 1);
    spots
}

fn overlaps(a: &At, b: &At) -> bool {
    a.0 == b.0 && (a.1 == b.1 || a.1.start < b.1.end && b.1.start < a.1.end)
}

/// What hides a secret in the one may be left out in the other, so that nothing hides it there.
fn problems<'a>(
    outcome: &'a Outcome,
    redactors: [&Redactor; 2],
) -> BTreeMap<(ProblemKind, String, String), Vec<&'a Problem>> {
    let hidden = |text: &str| redactors.iter().fold(text.to_owned(), |text, redactor| redactor.redact(&text));
    let mut problems: BTreeMap<_, Vec<&Problem>> = BTreeMap::new();
    for problem in &outcome.problems {
        problems
            .entry((problem.kind, hidden(&problem.path), hidden(&problem.message)))
            .or_default()
            .push(problem);
    }
    problems
}

/// What is told of the files as they are: what is past no edit changes.
fn told<'a>(outcome: &'a Outcome, sources: &'a Sources) -> impl Iterator<Item = Told<'a>> {
    let lists = [
        (Kind::Found, &outcome.findings),
        (Kind::Open, &outcome.cannot_tell),
        (Kind::Suppressed, &outcome.suppressed),
    ];
    let all = lists.into_iter().flat_map(|(kind, list)| list.iter().map(move |finding| (kind, finding)));
    let present = all.filter(|(_, finding)| {
        finding.commit.is_none() && sources.get(finding.primary.site.file).commit.is_none()
    });
    present.map(|(kind, finding)| Told::new(kind, finding, sources))
}

/// Findings of one outcome, told again in others: by policy, file and resource.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeSet<(bool, Arc<str>, String, String)>);

impl Known {
    pub(super) fn add(&mut self, finding: &Finding, sources: &Sources) {
        self.0.extend(Self::keys(finding, sources));
    }

    pub(super) fn remove(&mut self, finding: &Finding, sources: &Sources) {
        Self::keys(finding, sources).iter().for_each(|key| {
            self.0.remove(key);
        });
    }

    pub(super) fn has(&self, finding: &Finding, sources: &Sources) -> bool {
        !self.0.is_empty() && Self::keys(finding, sources).iter().all(|key| self.0.contains(key))
    }

    fn keys(finding: &Finding, sources: &Sources) -> Vec<(bool, Arc<str>, String, String)> {
        let path = sources.get(finding.primary.site.file).path.clone();
        let key =
            |address: String| (finding.reason.is_some(), Arc::clone(&finding.code), path.clone(), address);
        if finding.addresses.is_empty() {
            return vec![key(String::new())];
        }
        finding.addresses.iter().map(|address| key(without_keys(address))).collect()
    }
}

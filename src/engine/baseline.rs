//! Baselines' part of a run: which files hold, what they cover of its findings, which entries nothing meets any more, and
//! what a new one would hold.

use super::CheckRequest;
use super::placed::Placed;
use super::shard::Part;
use crate::baseline::{self, Covered, Describe, Entry, FILE, cover, refusal};
use crate::config::Configs;
use crate::discover::{Inventory, relative};
use crate::exceptions::Day;
use crate::findings::selection::family;
use crate::findings::{
    Accepted, Finding, Outcome, Place, Problem, ProblemKind, Redactor, Refusal, Rewritten, Stale,
    Suppression, SuppressionKind,
};
use crate::policies::{self, Policy};
use crate::source::{FileId, Site, SourceFile, Sources, Span, folder_of};
use crate::system::{MAX_FILE, ReadError, Root, System, text};
use std::path::PathBuf;
use std::time::SystemTime;

/// Which baseline holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The one at each root, where there is one.
    #[default]
    Nearest,
    /// This one.
    File(PathBuf),
    Nothing,
}

/// What is to become of the findings that nothing covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accept {
    /// Where it is written, if not at the root.
    pub output: Option<PathBuf>,
    /// Why, for each new entry.
    pub reason: String,
    /// Errors that are credentials as well.
    pub include_secrets: bool,
    /// Only take out what nothing meets.
    pub only_prune: bool,
}

/// A baseline that was read.
struct Held {
    root: usize,
    shown: String,
    text: String,
    entries: Vec<(Entry, Site)>,
}

pub(super) struct Baselines<'a> {
    pub(super) request: &'a CheckRequest,
    pub(super) inventory: &'a Inventory,
    pub(super) configs: &'a Configs<'a>,
    pub(super) placed: &'a Placed<'a>,
    pub(super) system: &'a dyn System,
    pub(super) sources: &'a Sources,
    pub(super) policies: &'a [&'a Policy],
    pub(super) redactor: &'a Redactor,
    pub(super) part: Option<&'a Part>,
}

/// Findings and open questions of one root that nothing else silences, each with what it comes to.
struct Found {
    /// In `findings`, or else in `cannot_tell`, and at which position.
    at: Vec<(bool, usize)>,
    entries: Vec<Entry>,
}

impl Baselines<'_> {
    /// Sets the baselines against an outcome: what they cover becomes suppressed, what they do not is accepted if that is
    /// asked for.
    pub(super) fn apply(&self, outcome: &mut Outcome) {
        let held = match self.held() {
            Ok(held) => held,
            Err(problems) => return outcome.problems.extend(problems),
        };
        if held.is_empty() && self.request.accept.is_none() {
            return;
        }
        let today = Day::of(SystemTime::now()).to_string();
        let mut describe = Describe::new(self.policies, self.sources, self.redactor);
        let mut accepted = Accepted::default();
        let mut covering = Vec::new();
        for root in 0..self.inventory.roots.len() {
            let held = held.iter().find(|held| held.root == root);
            if held.is_none() && self.request.accept.is_none() {
                continue;
            }
            let found = self.found(root, outcome, &mut describe);
            let entries: Vec<&Entry> =
                held.into_iter().flat_map(|held| held.entries.iter().map(|(entry, _)| entry)).collect();
            let covered = cover(&entries, &found.entries, &today);
            if let Some(accept) = &self.request.accept {
                let met = Met { entries: &entries, found: &found, covered: &covered, today: &today };
                accepted.files.extend(self.accept(accept, root, held, &met, outcome, &mut accepted.refused));
            }
            if let Some(held) = held {
                self.stale(held, &covered, &today, outcome);
                let by = found.at.iter().zip(&covered.by);
                covering.extend(by.filter_map(|(at, by)| Some((*at, held.entries.get((*by)?)?.clone()))));
            }
        }
        suppress(outcome, covering);
        outcome.accepted = self.request.accept.is_some().then_some(accepted).map(Box::new);
    }

    /// The baselines that hold, each with the root that it is of.
    fn held(&self) -> Result<Vec<Held>, Vec<Problem>> {
        let mut held = Vec::new();
        let mut problems = Vec::new();
        let output = self.request.accept.as_ref().and_then(|accept| accept.output.as_ref());
        let named = match (&self.request.baseline, output) {
            (_, Some(output)) => Some((output, false)),
            (Wanted::File(file), None) => Some((file, true)),
            (Wanted::Nearest, None) => None,
            (Wanted::Nothing, None) => return Ok(held),
        };
        if let Some((path, has_to_be)) = named {
            let shown = path.display().to_string();
            if self.inventory.roots.len() > 1 {
                let message = "one baseline for several repositories: each has its own at its root";
                return Err(vec![problem(&shown, None, message.to_owned())]);
            }
            let absolute = self.inventory.working_folder.join(path);
            let is_there = has_to_be || self.system.kind(&absolute).is_ok();
            let read = || self.system.read(&absolute, MAX_FILE);
            if is_there && !self.inventory.roots.is_empty() {
                self.read(0, shown, read(), &mut held, &mut problems);
            }
        } else {
            for (at, root) in self.inventory.roots.iter().enumerate() {
                let path = root.path().join(FILE);
                if self.system.kind(&path).is_ok() {
                    self.read(
                        at,
                        self.inventory.shown(&path),
                        root.read(self.system, &path),
                        &mut held,
                        &mut problems,
                    );
                }
            }
        }
        if problems.is_empty() { Ok(held) } else { Err(problems) }
    }

    fn read(
        &self,
        root: usize,
        shown: String,
        read: Result<Vec<u8>, ReadError>,
        held: &mut Vec<Held>,
        problems: &mut Vec<Problem>,
    ) {
        let text = match read.and_then(text) {
            Ok(text) => text,
            Err(error) => {
                return problems.push(Problem { kind: ProblemKind::Config, ..error.problem(&shown) });
            }
        };
        let source = SourceFile::new(shown.clone(), shown.clone(), text.clone(), false);
        match baseline::read(&text) {
            Ok(entries) => {
                let (file, _) = self.sources.add(source);
                let site = |(entry, span): (Entry, Span)| (entry, Site::new(file, span));
                held.push(Held { root, shown, text, entries: entries.into_iter().map(site).collect() });
            }
            Err(wrong) => problems.extend(wrong.into_iter().map(|(span, message)| {
                let start = span.map(|span| source.position(span.start)).map(|at| (at.line, at.column));
                problem(&shown, start, message)
            })),
        }
    }

    /// What stands in a root, in the order of its places.
    fn found(&self, root: usize, outcome: &Outcome, describe: &mut Describe<'_>) -> Found {
        let mut found = Found { at: Vec::new(), entries: Vec::new() };
        for (is_found, list) in [(true, &outcome.findings), (false, &outcome.cannot_tell)] {
            for (at, finding) in list.iter().enumerate() {
                if self.root_of(finding.primary.site.file) == root {
                    found.at.push((is_found, at));
                    found.entries.push(describe.entry(finding));
                }
            }
        }
        found
    }

    /// The root that a file belongs to; the first where that cannot be told.
    fn root_of(&self, file: FileId) -> usize {
        let roots = &self.inventory.roots;
        if roots.len() == 1 {
            return 0;
        }
        let source = self.sources.get(file);
        let is_of = |root: &Root| self.inventory.shown(&root.path().join(&source.root_path)) == source.path;
        roots.iter().position(is_of).unwrap_or_default()
    }

    /// Tells of entries that nothing meets, or whose day is over, as far as this run can know.
    fn stale(&self, held: &Held, covered: &Covered, today: &str, outcome: &mut Outcome) {
        // What could not be judged may hold what is missed.
        if !outcome.problems.is_empty() {
            return;
        }
        for ((entry, site), met) in held.entries.iter().zip(&covered.met) {
            let is_expired = entry.is_expired(today) && *met > 0;
            if is_expired || *met == 0 && self.is_judged(held.root, entry) {
                outcome.stale.push(Stale {
                    site: *site,
                    code: entry.code.clone(),
                    path: entry.path.clone(),
                    addresses: entry.addresses.clone(),
                    expired: is_expired.then(|| entry.until.clone()),
                });
            }
        }
    }

    /// Whether this run would have met what an entry is about, were it there.
    fn is_judged(&self, root: usize, entry: &Entry) -> bool {
        let folder = folder_of(&entry.path);
        if self.part.is_some_and(|part| !part.takes(self.inventory, root, folder)) {
            return false;
        }
        let Some(root) = self.inventory.roots.get(root) else { return false };
        let path = root.path().join(&entry.path);
        let is_excluded = self.inventory.excludes.covers(&path, false, root.path())
            || self.configs.excludes(root, &path, false);
        let shown = self.inventory.shown(&path);
        let is_asked = self.inventory.asks_for(&path) && self.inventory.reports([shown.as_str()].into_iter());
        if is_excluded || !is_asked || entry.history && !self.request.history {
            return false;
        }
        let Some(policy) = self.policies.iter().find(|policy| policy.id == entry.code) else {
            // Of a policy that is not there any more, or that this run was not given.
            return policies::builtin()
                .is_ok_and(|all| all.iter().any(|policy| family(&policy.id) == family(&entry.code)));
        };
        let (_, settings) = self.configs.settings(Some(root), &path);
        settings.configure(policy).is_some() && policy.cases.iter().all(|case| settings.judges(case.set))
    }
}

/// How the entries of a root and its findings meet.
struct Met<'m> {
    entries: &'m [&'m Entry],
    found: &'m Found,
    covered: &'m Covered,
    today: &'m str,
}

impl Baselines<'_> {
    /// The baseline of a root as it is to be.
    fn accept(
        &self,
        accept: &Accept,
        root: usize,
        held: Option<&Held>,
        met: &Met<'_>,
        outcome: &Outcome,
        refused: &mut Vec<(Refusal, Finding)>,
    ) -> Option<Rewritten> {
        let home = self.inventory.roots.get(root)?;
        let path = match &accept.output {
            Some(output) => self.inventory.working_folder.join(output),
            None => match &self.request.baseline {
                Wanted::File(file) => self.inventory.working_folder.join(file),
                Wanted::Nearest | Wanted::Nothing => home.path().join(FILE),
            },
        };
        let shown =
            held.map_or_else(|| relative(&self.inventory.working_folder, &path), |held| held.shown.clone());
        let (mut kept, mut old): (Vec<Entry>, Vec<&Entry>) = (Vec::new(), Vec::new());
        let mut expired = 0;
        for (at, (entry, many)) in met.entries.iter().zip(&met.covered.met).enumerate() {
            let covers = met.covered.by.contains(&Some(at));
            let is_over = *many > 0 && entry.is_expired(met.today);
            if covers || is_over || *many == 0 && !self.is_judged(root, entry) {
                expired += usize::from(is_over);
                // What is gone of several that were alike must not make room for a new one.
                let left = if covers && self.is_judged(root, entry) { *many } else { entry.count };
                kept.push(Entry { count: left.min(entry.count), ..(*entry).clone() });
            } else {
                old.push(entry);
            }
        }
        let (kept_count, mut added) = (kept.len(), Vec::new());
        if !accept.only_prune {
            added = self.new_entries(accept, &kept, met, outcome, refused);
        }
        let mut pruned = old.len();
        for entry in &mut added {
            // More of what was accepted once: what was said of it stays.
            if let Some(at) = old.iter().position(|old| old.is_about(entry) && old.value == entry.value) {
                let known = old.swap_remove(at);
                entry.reason.clone_from(&known.reason);
                entry.until.clone_from(&known.until);
                pruned -= 1;
            }
        }
        let added_count = added.len();
        kept.extend(added);
        let text = baseline::write(kept);
        let is_same = held.map_or(added_count == 0, |held| held.text == text);
        Some(Rewritten {
            path,
            shown,
            text: (!is_same).then_some(text),
            added: added_count,
            kept: kept_count,
            pruned,
            expired,
        })
    }

    fn new_entries(
        &self,
        accept: &Accept,
        kept: &[Entry],
        met: &Met<'_>,
        outcome: &Outcome,
        refused: &mut Vec<(Refusal, Finding)>,
    ) -> Vec<Entry> {
        let mut added: Vec<Entry> = Vec::new();
        let found = met.found.at.iter().zip(&met.found.entries).zip(&met.covered.by);
        for (((is_found, at), entry), _) in found.filter(|(_, by)| by.is_none()) {
            let list = if *is_found { &outcome.findings } else { &outcome.cannot_tell };
            let Some(finding) = list.get(*at) else { continue };
            let fails = || self.placed.of(finding.primary.site.file).1.fail_on().is_reached_by(finding);
            // Whose day is over is for people to renew.
            if !is_found && !fails()
                || kept.iter().any(|kept| kept.is_expired(met.today) && kept.is_about(entry))
            {
                continue;
            }
            if let Some(why) = refusal(finding, accept.include_secrets) {
                refused.push((why, finding.clone()));
                continue;
            }
            match added.iter_mut().find(|known| known.is_about(entry) && known.value == entry.value) {
                Some(known) => known.count += 1,
                None => added.push(Entry { reason: accept.reason.clone(), ..entry.clone() }),
            }
        }
        added
    }
}

/// Moves what entries cover to what is suppressed.
fn suppress(outcome: &mut Outcome, covering: Vec<((bool, usize), (Entry, Site))>) {
    let mut findings: Vec<Option<Finding>> =
        std::mem::take(&mut outcome.findings).into_iter().map(Some).collect();
    let mut open: Vec<Option<Finding>> =
        std::mem::take(&mut outcome.cannot_tell).into_iter().map(Some).collect();
    for ((is_found, at), (entry, site)) in covering {
        let list = if is_found { &mut findings } else { &mut open };
        let Some(slot) =
            list.get_mut(at).filter(|slot| slot.as_ref().is_some_and(|finding| !finding.mandatory))
        else {
            continue;
        };
        let reason =
            if entry.reason.is_empty() { "accepted in the baseline".to_owned() } else { entry.reason };
        let suppression = Suppression {
            kind: SuppressionKind::Baseline,
            reason,
            until: (!entry.until.is_empty()).then_some(entry.until),
            place: Place { site, label: "accepted here".to_owned() },
        };
        outcome
            .suppressed
            .extend(slot.take().map(|finding| Finding { suppression: Some(suppression), ..finding }));
    }
    outcome.findings = findings.into_iter().flatten().collect();
    outcome.cannot_tell = open.into_iter().flatten().collect();
}

fn problem(path: &str, start: Option<(u32, u32)>, message: String) -> Problem {
    Problem { kind: ProblemKind::Config, path: path.to_owned(), start, message }
}

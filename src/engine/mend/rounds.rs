//! Mending until nothing is left to do: what clashes, or holds only once something else is mended, waits for the next round.

use super::batch::Occupied;
use super::ledger::Known;
use super::told::Teller;
use super::{
    Batch, Candidate, Ground, Judge, Judged, Places, Refused, diff, edited, judge_again, with_remains,
};
use crate::discover::relative;
use crate::engine::CheckRequest;
use crate::findings::mended::{FixTold, Mended, Patch};
use crate::findings::{Finding, Fix, Problem, ProblemKind, Safety};
use crate::system::{Overlay, System, Texts};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Each round mends something, and brings nothing to mend: what ends it is a bound for all that.
const ROUNDS: usize = 64;

/// How often a tree is judged where fixes do not hold together.
const RUNS: usize = 256;

/// What mending comes to.
#[derive(Debug, Default)]
pub struct Mending {
    pub told: Mended,
    pub writes: Vec<Write>,
    /// What kept the tree from being judged as a whole.
    pub problems: Vec<Problem>,
    /// Findings that fail a run are left once everything is written.
    pub fails: bool,
    /// Files read as infrastructure code.
    pub files: usize,
}

/// A file to be written.
#[derive(Clone, PartialEq, Eq)]
pub struct Write {
    /// Absolute and without links.
    pub path: PathBuf,
    /// As reports show it.
    pub shown: String,
    /// What it held when it was judged.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

impl std::fmt::Debug for Write {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Write").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What is to be mended, and what for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// With fixes that somebody has to take on.
    pub unsafe_fixes: bool,
    /// Only in files that can be written.
    pub to_write: bool,
}

/// Mends in memory what can be mended.
#[must_use]
pub fn mend(request: &CheckRequest, wanted: Wanted, system: &dyn System) -> Mending {
    let request = CheckRequest { fixes: true, ..request.clone() };
    let (first, _) = with_remains(&request, system);
    if system.interrupted().is_some() {
        let (problems, files) = (first.outcome.problems, first.outcome.files);
        return Mending { problems, files, ..Mending::default() }.abandoned();
    }
    let mending = rounds(&first, wanted, system, &|texts| judge_again(&request, system, texts));
    if system.interrupted().is_some() { mending.abandoned() } else { mending }
}

impl Mending {
    /// Nothing is known to hold where not everything was judged.
    fn abandoned(self) -> Self {
        let message = "interrupted: nothing was mended".to_owned();
        let interrupted = Problem { kind: ProblemKind::Limit, path: ".".to_owned(), start: None, message };
        let problems = [interrupted].into_iter().chain(self.problems).collect();
        Self { told: Mended::default(), writes: Vec::new(), problems, ..self }
    }
}

/// The same for a tree that is judged already.
pub(super) fn rounds(first: &Judged, wanted: Wanted, system: &dyn System, judge: &Judge<'_>) -> Mending {
    let Wanted { unsafe_fixes, to_write } = wanted;
    let existing = Existing::of(first);
    let teller = Teller::new(first);
    let mut state = State::default();
    for _ in 0..ROUNDS {
        if system.interrupted().is_some() {
            break;
        }
        let overlay = Overlay::new(system, &state.texts);
        let current = state.judged.as_ref().unwrap_or(first);
        let ground = current.ground(&overlay);
        let again = |more: &Texts| judge(&joined(&state.texts, more));
        let wanted = |finding: &Finding, fix: &Fix| {
            (fix.safety == Safety::Safe || unsafe_fixes) && !existing.has(ground, finding)
        };
        let round = round(ground, (&wanted, to_write), &again, RUNS.saturating_sub(state.runs));
        state.runs += round.runs;
        state.refused = round.refused;
        let Some((texts, judged)) = round.held else { break };
        let applied = round.applied.iter();
        let told: Vec<FixTold> = applied.map(|(finding, fix)| teller.fix(finding, fix, ground)).collect();
        let shown = shown(ground, &round.applied);
        state.applied.extend(told);
        state.shown.extend(shown);
        state.texts = joined(&state.texts, &texts);
        state.judged = Some(judged);
    }
    state.finish(&teller, unsafe_fixes, system, &existing)
}

fn joined(below: &Texts, above: &Texts) -> Texts {
    below.iter().chain(above).map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// Which files fixes edit, and how these are shown.
fn shown(ground: Ground<'_>, applied: &[(Finding, Fix)]) -> Vec<(PathBuf, String)> {
    let edits = applied.iter().flat_map(|(_, fix)| &fix.edits);
    let shown = edits.filter_map(|edit| {
        let path = ground.place(edit.site.file).ok()?;
        Some((path, ground.sources.get(edit.site.file).path.clone()))
    });
    shown.collect()
}

#[derive(Default)]
struct State {
    /// Every file that is edited, as it is to be.
    texts: Texts,
    judged: Option<Judged>,
    /// How edited files are shown.
    shown: BTreeMap<PathBuf, String>,
    applied: Vec<FixTold>,
    refused: Vec<(Finding, Fix, Refused)>,
    runs: usize,
}

impl State {
    fn finish(
        mut self,
        teller: &Teller<'_>,
        unsafe_fixes: bool,
        system: &dyn System,
        existing: &Existing,
    ) -> Mending {
        let first = teller.first;
        let last = self.judged.as_ref().unwrap_or(first);
        let ground = last.ground(system);
        let told = |finding: &Finding, fix: &Fix| teller.fix(finding, fix, ground);
        let mut mended = Mended { applied: std::mem::take(&mut self.applied), ..Mended::default() };
        let mut problems = first.outcome.problems.clone();
        let mut writes = Vec::new();
        for (path, shown) in &self.shown {
            match self.write(path, shown, first, system) {
                Ok((write, patch)) => {
                    writes.push(write);
                    mended.patches.push(patch);
                }
                Err(problem) => problems.push(problem),
            }
        }
        mended.refused =
            self.refused.iter().map(|(finding, fix, why)| (told(finding, fix), why.0.clone())).collect();
        let refused: BTreeSet<&str> =
            self.refused.iter().map(|(finding, ..)| finding.fingerprint.as_str()).collect();
        for finding in last.outcome.findings.iter().chain(&last.outcome.cannot_tell) {
            if existing.has(ground, finding) || refused.contains(finding.fingerprint.as_str()) {
                continue;
            }
            let is_left = |fix: &&Fix| fix.is_applicable() && (unsafe_fixes || fix.safety == Safety::Safe);
            if let Some(fix) = finding.fixes.iter().find(is_left) {
                let why = "more rounds are needed: run it again".to_owned();
                mended.refused.push((told(finding, fix), why));
            } else if let Some(fix) = finding.fixes.iter().find(|fix| fix.is_applicable()) {
                mended.waiting.push(told(finding, fix));
            } else if let Some(fix) = finding.fixes.first() {
                mended.advice.push(told(finding, fix));
            } else {
                mended.unmended += usize::from(finding.reason.is_none());
            }
        }
        let order = |told: &FixTold| (told.path.clone(), told.line, told.column, told.code.clone());
        mended.patches.sort_by(|a, b| a.path.cmp(&b.path));
        mended.applied.sort_by_cached_key(order);
        mended.waiting.sort_by_cached_key(order);
        mended.advice.sort_by_cached_key(order);
        mended.refused.sort_by_cached_key(|(told, _)| order(told));
        Mending { told: mended, writes, problems, fails: last.outcome.fails, files: first.outcome.files }
    }

    /// What a file is and is to be, if it is still what was judged.
    fn write(
        &self,
        path: &PathBuf,
        shown: &str,
        first: &Judged,
        system: &dyn System,
    ) -> Result<(Write, Patch), Problem> {
        let last = self.judged.as_ref().unwrap_or(first);
        let name = last.outcome.redactor.redact(&first.outcome.redactor.redact(shown));
        let changed = || Problem {
            kind: ProblemKind::Io,
            path: name.clone(),
            start: None,
            message: "it changed while it was looked at: not mended".to_owned(),
        };
        let (before, text) = edited::read(system, path).map_err(|_| changed())?;
        let read = |judged: &Judged| {
            judged.sources.all().into_iter().find(|file| file.path == shown && file.is_whole())
        };
        let judged = read(first).ok_or_else(changed)?;
        if judged.text() != text {
            return Err(changed());
        }
        let after = self.texts.get(path).ok_or_else(changed)?.to_vec();
        let new = crate::system::text(after.clone()).map_err(|_| changed())?;
        let outcomes = [(&first.outcome, &first.sources), (&last.outcome, &last.sources)];
        let text_of = |plain| diff::Text { plain, masked: diff::masked(plain, shown, &outcomes) };
        let relative = relative(&first.inventory.working_folder, path);
        let relative = last.outcome.redactor.redact(&first.outcome.redactor.redact(&relative));
        let mut patch = diff::patch((relative, name.clone()), &text_of(&text), &text_of(&new));
        if edited::is_utf16(&before) {
            patch.only_read = Some("the file is UTF-16");
        }
        Ok((Write { path: path.clone(), shown: name, before, after }, patch))
    }
}

/// What a change did not bring, where only a change is gated: it is not mended either.
struct Existing(Known);

impl Existing {
    fn of(first: &Judged) -> Self {
        let all = || first.outcome.findings.iter().chain(&first.outcome.cannot_tell);
        let mut known = Known::default();
        all().filter(|finding| finding.existing).for_each(|finding| known.add(finding, &first.sources));
        all().filter(|finding| !finding.existing).for_each(|finding| known.remove(finding, &first.sources));
        Self(known)
    }

    /// In the first round a finding says so itself; later ones have nothing that the first did not have.
    fn has(&self, ground: Ground<'_>, finding: &Finding) -> bool {
        finding.existing || self.0.has(finding, ground.sources)
    }
}

/// Whether a finding may be mended by a fix.
type Allowed<'a> = &'a dyn Fn(&Finding, &Fix) -> bool;

/// The fixes that hold together, as far as they are wanted and do not clash, each with its finding.
#[must_use]
pub fn together(
    ground: Ground<'_>,
    wanted: &dyn Fn(&Finding, &Fix) -> bool,
    runs: usize,
    judge: &Judge<'_>,
) -> Vec<(Finding, Fix)> {
    round(ground, (wanted, false), judge, runs).applied
}

/// What one round comes to.
struct Round {
    held: Option<(Texts, Judged)>,
    applied: Vec<(Finding, Fix)>,
    refused: Vec<(Finding, Fix, Refused)>,
    /// How often the tree was judged.
    runs: usize,
}

/// Mends each finding by the best of its fixes that holds, as far as they do not clash.
fn round(
    ground: Ground<'_>,
    (wanted, to_write): (Allowed<'_>, bool),
    judge: &Judge<'_>,
    runs: usize,
) -> Round {
    let findings = ground.outcome.findings.iter().chain(&ground.outcome.cannot_tell);
    let mut refused = Vec::new();
    let mut ways: Vec<Vec<Candidate<'_>>> = Vec::new();
    let places = Places::new(ground);
    for finding in findings {
        let mut candidates = Vec::new();
        for fix in finding.fixes.iter().filter(|fix| fix.is_applicable() && wanted(finding, fix)) {
            let candidate = Candidate::new(finding, fix, &places);
            match candidate.and_then(|one| if to_write { one.writable(ground) } else { Ok(one) }) {
                Ok(candidate) => candidates.push(candidate),
                Err(why) => refused.push((finding.clone(), fix.clone(), why)),
            }
        }
        ways.push(candidates);
    }
    let mut batch = Batch::new(ground, judge, runs);
    let mut open: Vec<&[Candidate<'_>]> = ways.iter().map(Vec::as_slice).collect();
    // Each pass either takes or refuses what it tries, so that this ends.
    loop {
        let mut occupied = Occupied::default();
        batch.taken.iter().for_each(|taken| occupied.add(taken));
        // What clashes with what is taken waits for the next round.
        open.retain(|ways| ways.first().is_some_and(|way| !occupied.clashes(way)));
        let (mut tried, mut rest) = (Vec::new(), Vec::new());
        for ways in open {
            match ways.split_first() {
                Some((way, others)) if !occupied.clashes(way) => {
                    occupied.add(way);
                    tried.push(way);
                    rest.push(others);
                }
                Some(_) => rest.push(ways),
                None => {}
            }
        }
        if tried.is_empty() {
            break;
        }
        batch.settle(&tried);
        let mended: BTreeSet<*const Finding> =
            batch.taken.iter().map(|taken| std::ptr::from_ref(taken.finding)).collect();
        rest.retain(|ways| {
            ways.first().is_some_and(|way| !mended.contains(&std::ptr::from_ref(way.finding)))
        });
        open = rest;
    }
    let taken: BTreeSet<*const Finding> =
        batch.taken.iter().map(|taken| std::ptr::from_ref(taken.finding)).collect();
    for (candidate, why) in &batch.refused {
        if !taken.contains(&std::ptr::from_ref(candidate.finding)) {
            refused.push((candidate.finding.clone(), candidate.fix.clone(), why.clone()));
        }
    }
    let applied = batch.taken.iter().map(|taken| (taken.finding.clone(), taken.fix.clone())).collect();
    Round { applied, refused, runs: runs - batch.runs, held: batch.held }
}

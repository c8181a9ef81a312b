//! Several fixes tried at once, and taken apart where they do not hold together.

use super::ledger::{Fault, Ledger};
use super::moved::Moved;
use super::{Ground, Judge, Judged, Places, Refused, edited, names, syntax};
use crate::findings::{Edit, Finding, Fix};
use crate::fixes::clash;
use crate::source::{Site, Span};
use crate::system::{Texts, explain};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// A fix that may be tried.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) finding: &'a Finding,
    pub(super) fix: &'a Fix,
    edits: Vec<(Arc<Path>, &'a Edit)>,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(finding: &'a Finding, fix: &'a Fix, places: &Places<'_>) -> Result<Self, Refused> {
        if fix.edits.is_empty() {
            return Err(Refused("it has to be written by hand".to_owned()));
        }
        let edits = fix.edits.iter().map(|edit| Ok((places.of(edit.site.file)?, edit)));
        Ok(Self { finding, fix, edits: edits.collect::<Result<_, Refused>>()? })
    }

    /// The same if all of its files can be written: half of a fix is none.
    pub(super) fn writable(self, ground: Ground<'_>) -> Result<Self, Refused> {
        let mut asked = BTreeSet::new();
        for (path, edit) in self.edits.iter().filter(|(path, _)| asked.insert(path)) {
            let refused = |error| {
                let name = ground.outcome.masked(ground.sources).path(edit.site.file);
                Refused(format!("it edits `{name}`: {}", explain(&error)))
            };
            ground.system.may_rewrite(path).map_err(refused)?;
        }
        Ok(self)
    }
}

/// The edits of several fixes that do not clash, by their files and in order.
#[derive(Default)]
pub(super) struct Occupied<'c>(BTreeMap<&'c Path, BTreeMap<Span, &'c Edit>>);

impl<'c> Occupied<'c> {
    /// Whether a fix is about the same bytes as one of them, in another way.
    pub(super) fn clashes(&self, fix: &Candidate<'_>) -> bool {
        fix.edits.iter().any(|(path, edit)| {
            let Some(known) = self.0.get(&**path) else { return false };
            let span = edit.site.span;
            let differ = |known: &Edit| known.site.span != span || known.text != edit.text;
            // They do not overlap, so that what ends before this one begins ends what may clash.
            let before = known.range(..=Span { start: span.end, end: u32::MAX }).rev();
            let near = before.take_while(|(known, _)| known.end >= span.start);
            near.into_iter().any(|(at, known)| differ(known) && clash(span, *at))
        })
    }

    pub(super) fn add(&mut self, fix: &'c Candidate<'_>) {
        for (path, edit) in &fix.edits {
            self.0.entry(path).or_default().insert(edit.site.span, edit);
        }
    }
}

/// What holds so far, and what it was tried on.
pub(super) struct Batch<'g, 'j, 'c> {
    ground: Ground<'g>,
    judge: &'j Judge<'j>,
    before: Ledger<'g>,
    /// How often the tree may still be judged.
    pub(super) runs: usize,
    pub(super) taken: Vec<&'c Candidate<'c>>,
    /// The files with all that is taken, and how the tree is judged with them.
    pub(super) held: Option<(Texts, Judged)>,
    pub(super) refused: Vec<(&'c Candidate<'c>, Refused)>,
}

/// Why several fixes do not hold.
struct Failed(Vec<Blame>);

/// One reason, and which of those that were tried it may be about; nobody where that cannot be said.
struct Blame {
    why: String,
    suspects: BTreeSet<usize>,
}

impl Failed {
    fn all(why: String) -> Self {
        Self(vec![Blame { why, suspects: BTreeSet::new() }])
    }

    /// Those that share a reason, directly or by others, belong together.
    fn parts(&self) -> Vec<BTreeSet<usize>> {
        let mut parts: Vec<BTreeSet<usize>> = Vec::new();
        for blame in self.0.iter().filter(|blame| !blame.suspects.is_empty()) {
            let (mut joined, apart): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|part| !part.is_disjoint(&blame.suspects));
            joined.push(blame.suspects.clone());
            parts = apart;
            parts.push(joined.into_iter().flatten().collect());
        }
        parts.sort_unstable_by_key(|part| part.first().copied());
        parts
    }

    /// What is said of one of those that were tried.
    fn why(&self, at: usize) -> String {
        let about = self.0.iter().find(|blame| blame.suspects.contains(&at));
        about.or(self.0.first()).map_or_else(String::new, |blame| blame.why.clone())
    }
}

impl<'g, 'j, 'c> Batch<'g, 'j, 'c> {
    pub(super) fn new(ground: Ground<'g>, judge: &'j Judge<'j>, runs: usize) -> Self {
        let before = Ledger::of(ground.outcome, ground.sources);
        Self { ground, judge, before, runs, taken: Vec::new(), held: None, refused: Vec::new() }
    }

    /// Takes of these all that hold, on top of what is taken. They do not clash.
    pub(super) fn settle(&mut self, tried: &[&'c Candidate<'c>]) {
        self.settle_among(tried, false);
    }

    /// `apart`: these were tried together with their neighbours, and each failed for a reason of its own.
    fn settle_among(&mut self, tried: &[&'c Candidate<'c>], apart: bool) {
        if tried.is_empty() {
            return;
        }
        let failed = match self.try_on(tried) {
            Ok(held) => {
                self.taken.extend(tried);
                self.held = Some(held);
                return;
            }
            Err(failed) => failed,
        };
        let parts = failed.parts();
        let is_suspect = |at: usize| parts.iter().any(|part| part.contains(&at));
        let of = |wanted: &dyn Fn(usize) -> bool| -> Vec<&'c Candidate<'c>> {
            tried.iter().enumerate().filter(|(at, _)| wanted(*at)).map(|(_, one)| *one).collect()
        };
        let innocent = of(&|at| !is_suspect(at));
        let is_each_alone = innocent.is_empty() && parts.iter().all(|part| part.len() == 1);
        if tried.len() == 1 || apart && is_each_alone {
            let refused = tried.iter().enumerate().map(|(at, one)| (*one, Refused(failed.why(at))));
            self.refused.extend(refused);
        } else if parts.is_empty() {
            let (first, second) = tried.split_at(tried.len() / 2);
            self.settle_among(first, false);
            self.settle_among(second, false);
        } else if !innocent.is_empty() {
            self.settle_among(&innocent, false);
            self.settle_among(&of(&is_suspect), apart);
        } else {
            // Parts have nothing to do with one another, so that a half of each is tried in one go.
            let first = halves(&parts);
            self.settle_among(&of(&|at| first.contains(&at)), is_each_alone);
            self.settle_among(&of(&|at| !first.contains(&at)), is_each_alone);
        }
    }

    fn try_on(&mut self, tried: &[&'c Candidate<'c>]) -> Result<(Texts, Judged), Failed> {
        let together = self.taken.iter().chain(tried).flat_map(|one| &one.edits);
        let edits: Vec<(&Path, &Edit)> = together.map(|(path, edit)| (&**path, *edit)).collect();
        let texts = self.ground.edited(edits.iter().copied()).map_err(|refused| Failed::all(refused.0))?;
        self.check_syntax(&texts, tried)?;
        self.check_names(&texts, tried)?;
        let Some(left) = self.runs.checked_sub(1) else {
            return Err(Failed::all("it was not tried: too many others did not hold".to_owned()));
        };
        self.runs = left;
        let judged = (self.judge)(&texts);
        let taken = self.taken.len();
        let mended: Vec<&Finding> = self.taken.iter().chain(tried).map(|one| one.finding).collect();
        let moved = Moved::by(edits.iter().map(|(_, edit)| *edit), self.ground.sources);
        let faults = self.before.faults(&mended, &moved, (&judged.outcome, &judged.sources));
        if faults.is_empty() {
            return Ok((texts, judged));
        }
        let suspects = |fault: &Fault<'_>| match fault {
            Fault::Stays(at) => at.checked_sub(taken).into_iter().collect(),
            Fault::Brings(finding) => bringing(tried, finding, &judged),
            Fault::BringsProblem(problem) => editing(tried, &BTreeSet::from([problem.path.clone()])),
            Fault::Loses => BTreeSet::new(),
        };
        // What a fix took out is a secret all the same.
        let known = &self.ground.outcome.redactor;
        let blame = |fault| Blame { why: known.redact(&words(fault, &judged)), suspects: suspects(fault) };
        Err(Failed(faults.iter().map(blame).collect()))
    }

    /// Before anything is judged: that is quicker, and a text that broke may be passed over.
    fn check_syntax(&self, texts: &Texts, tried: &[&Candidate<'_>]) -> Result<(), Failed> {
        for (path, after) in texts {
            let shown = path.to_string_lossy();
            let before = edited::read(self.ground.system, path).map(|(_, text)| text);
            let after = crate::system::text(after.to_vec());
            let breaks = match (before, after) {
                (Ok(before), Ok(after)) => syntax::breaks(&shown, &before, &after),
                (Err(_), _) | (_, Err(_)) => true,
            };
            if breaks {
                let edits = |one: &&Candidate<'_>| one.edits.iter().any(|(of, _)| **of == **path);
                let suspects = (0..tried.len()).filter(|at| tried.get(*at).is_some_and(edits)).collect();
                let why = "the file would not be understood any more".to_owned();
                return Err(Failed(vec![Blame { why, suspects }]));
            }
        }
        Ok(())
    }

    /// Two fixes may each declare what the other one does, in files of one module: whoever comes later is asked again.
    fn check_names(&self, texts: &Texts, tried: &[&Candidate<'_>]) -> Result<(), Failed> {
        let edited = self.taken.iter().chain(tried).flat_map(|one| &one.edits);
        let edited: BTreeMap<String, &Path> = edited
            .map(|(path, edit)| (self.ground.sources.get(edit.site.file).path.clone(), &**path))
            .collect();
        let Some(address) = names::declared_twice(self.ground.sources, &edited, texts) else { return Ok(()) };
        let label = address.rsplit('.').next().unwrap_or(&address);
        let suspects = tried
            .iter()
            .enumerate()
            .filter(|(_, one)| one.edits.iter().any(|(_, edit)| edit.text.contains(&format!("\"{label}\""))));
        let suspects = suspects.map(|(at, _)| at).collect();
        Err(Failed(vec![Blame { why: format!("`{address}` would be declared twice"), suspects }]))
    }
}

/// A half of each part; of those that are one, every other.
fn halves(parts: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let half = |(at, part): (usize, &BTreeSet<usize>)| {
        let count = if part.len() == 1 { at % 2 } else { part.len() / 2 };
        part.iter().take(count).copied().collect::<Vec<_>>()
    };
    parts.iter().enumerate().flat_map(half).collect()
}

/// Which of the fixes may have brought a finding: those about its resources, or else those of its files.
fn bringing(tried: &[&Candidate<'_>], finding: &Finding, judged: &Judged) -> BTreeSet<usize> {
    let about =
        |one: &Candidate<'_>| one.finding.addresses.iter().any(|address| finding.addresses.contains(address));
    let about: BTreeSet<usize> =
        tried.iter().enumerate().filter(|(_, one)| about(one)).map(|(at, _)| at).collect();
    if about.is_empty() { editing(tried, &files_of(finding, judged)) } else { about }
}

/// Which of the fixes edit one of these files, as they are shown.
fn editing(tried: &[&Candidate<'_>], shown: &BTreeSet<String>) -> BTreeSet<usize> {
    let names = |one: &Candidate<'_>| {
        one.edits.iter().any(|(path, _)| shown.iter().any(|name| path.ends_with(plain(name))))
    };
    tried.iter().enumerate().filter(|(_, one)| names(one)).map(|(at, _)| at).collect()
}

/// A path as far as it says names.
fn plain(shown: &str) -> &str {
    shown.trim_start_matches(['.', '/'])
}

fn files_of(finding: &Finding, judged: &Judged) -> BTreeSet<String> {
    let places = [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related);
    places.map(|place| judged.sources.get(place.site.file).path.clone()).collect()
}

fn words(fault: &Fault<'_>, judged: &Judged) -> String {
    match fault {
        Fault::Stays(_) => "the finding would still be there".to_owned(),
        Fault::Brings(finding) => {
            let Site { file, span } = finding.primary.site;
            let path = judged.outcome.masked(&judged.sources).path(file);
            let line = judged.sources.get(file).position(span.start).line;
            let word = if finding.reason.is_some() { "cannot tell: " } else { "" };
            format!("it would bring {} at {path}:{line}: {word}{}", finding.code, finding.title)
        }
        Fault::BringsProblem(problem) => {
            format!("it would bring a problem: {}: {}", problem.path, problem.message)
        }
        Fault::Loses => "less of the code would be understood".to_owned(),
    }
}

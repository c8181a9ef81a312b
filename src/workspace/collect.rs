//! From an outcome to answers, file by file.

use super::Shown;
use super::answer::{Answer, Kept, Place, Said, Spot, Suppressed, Trouble};
use super::buffer::Buffer;
use super::shift::Shift;
use crate::discover::relative;
use crate::findings::{self, Finding, Fix, Masked, Outcome, ProblemKind};
use crate::source::{FileId, Site, SourceFile, Sources};
use crate::system::{System, lexical, text};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of a file that somebody may open in an editor.
const MAX_OPENED: u64 = 16 << 20;

/// What a run read, and the texts that were edited then.
pub(super) struct Collect<'a> {
    pub(super) sources: &'a Sources,
    pub(super) buffers: &'a BTreeMap<PathBuf, Buffer>,
    pub(super) folder: &'a Path,
    pub(super) system: &'a dyn System,
}

/// A file of the run as it is now.
#[derive(Clone)]
struct Now {
    path: Shown,
    is_hidden: bool,
    /// From the text that was analysed to the one that is edited.
    shift: Rc<Shift>,
    /// The text that was analysed, where the one that is edited does not parse.
    broken: Option<Arc<str>>,
}

pub(super) struct Places<'a> {
    collect: &'a Collect<'a>,
    masked: Masked<'a>,
    known: RefCell<BTreeMap<FileId, Now>>,
    /// Where the lines of files begin of which the run holds only parts.
    lines: RefCell<BTreeMap<FileId, Vec<usize>>>,
}

impl<'a> Collect<'a> {
    pub(super) fn places(&'a self, masked: Masked<'a>) -> Places<'a> {
        Places { collect: self, masked, known: RefCell::default(), lines: RefCell::default() }
    }

    /// What there is to say, by file. The outcome is masked.
    pub(super) fn said(&self, outcome: &Outcome) -> BTreeMap<Shown, Said> {
        let places = self.places(outcome.masked(self.sources));
        let mut said: BTreeMap<Shown, Said> = BTreeMap::new();
        for finding in outcome.findings.iter().chain(&outcome.cannot_tell).chain(&outcome.suppressed) {
            if let Some(kept) = places.kept(finding, outcome.strict_in.contains(&finding.primary.site.file)) {
                said.entry(Arc::clone(&kept.place.path)).or_default().kept.push(kept);
            }
        }
        self.problems(outcome, &mut said);
        for (shown, broken) in self.broken() {
            let of_file = said.entry(shown).or_default();
            let is_syntax =
                |trouble: &Trouble| matches!(trouble.kind, ProblemKind::Syntax | ProblemKind::Limit);
            of_file.troubles.retain(|trouble| !is_syntax(trouble));
            of_file.troubles.extend(broken.iter().cloned());
        }
        said.retain(|_, said| !said.is_empty());
        said.values_mut().for_each(Said::sort);
        said
    }

    fn problems(&self, outcome: &Outcome, said: &mut BTreeMap<Shown, Said>) {
        if outcome.problems.is_empty() {
            return;
        }
        let sources: BTreeMap<String, Arc<SourceFile>> =
            self.sources.all().into_iter().map(|source| (source.path.clone(), source)).collect();
        for problem in &outcome.problems {
            let source = sources.get(&problem.path).filter(|source| source.is_whole());
            let text = source.map(|source| source.text());
            let buffer = self.buffer(&problem.path);
            let text = text.or_else(|| buffer.map(|buffer| &*buffer.analysed));
            let range = match (problem.start, text) {
                (Some(start), Some(text)) => rest_of_line(text, start),
                (Some(_) | None, _) => 0..0,
            };
            let shift = text.zip(buffer).map(|(text, buffer)| Shift::between(text, &buffer.current));
            let range = shift.map_or(Some(range.clone()), |shift| shift.range(&range)).unwrap_or(0..0);
            let of_file = said.entry(problem.path.as_str().into()).or_default();
            of_file.incomplete = true;
            of_file.troubles.push(Trouble { kind: problem.kind, range, message: problem.message.clone() });
        }
    }

    /// What is wrong with texts that are judged as they last were.
    fn broken(&self) -> impl Iterator<Item = (Shown, &[Trouble])> {
        let is_read = |shown: &Shown| self.sources.all().iter().any(|source| *source.path == **shown);
        let broken = self.buffers.iter().filter(|(_, buffer)| buffer.is_broken());
        let shown = broken.map(|(path, buffer)| (Shown::from(relative(self.folder, path)), &*buffer.errors));
        shown.filter(move |(shown, _)| is_read(shown))
    }

    fn buffer(&self, shown: &str) -> Option<&Buffer> {
        self.buffers.get(&lexical(&self.folder.join(shown)))
    }
}

impl Places<'_> {
    fn kept(&self, finding: &Finding, is_strict: bool) -> Option<Kept> {
        // What stands in the past stands in no file that can be edited.
        if self.collect.sources.get(finding.primary.site.file).commit.is_some() {
            return None;
        }
        let place = self.spot(&finding.primary)?;
        let spots = |places: &[findings::Place]| places.iter().filter_map(|place| self.spot(place)).collect();
        let said = finding.suppression.as_ref();
        let answer = Answer {
            code: Arc::clone(&finding.code),
            name: Arc::clone(&finding.name),
            severity: finding.severity,
            title: finding.title.clone(),
            help: finding.help.clone(),
            url: finding.url.clone(),
            place: Place { path: PathBuf::new(), range: 0..0, label: String::new(), is_hidden: false },
            addresses: finding.addresses.clone(),
            construct: finding.construct.clone(),
            chain: Vec::new(),
            related: Vec::new(),
            reason: finding.reason.clone(),
            suppressed: said.map(|said| Suppressed {
                kind: said.kind,
                reason: said.reason.clone(),
                until: said.until.clone(),
                place: None,
            }),
            mandatory: finding.mandatory,
            fingerprint: finding.fingerprint.clone(),
            is_fixable: finding.fixes.iter().any(Fix::is_applicable),
            is_strict,
        };
        Some(Kept {
            answer,
            place,
            chain: spots(&finding.chain),
            related: spots(&finding.related),
            said_at: said.and_then(|said| self.spot(&said.place)),
        })
    }

    fn spot(&self, place: &findings::Place) -> Option<Spot> {
        self.spot_at(place.site, place.label.clone())
    }

    /// Where something stands now; `None`: it is gone.
    pub(super) fn spot_at(&self, site: Site, label: String) -> Option<Spot> {
        let (now, range) = (self.now(site.file), self.range(site));
        let range = match &now.broken {
            Some(text) => now.shift.nearest(text, &range)?,
            None => now.shift.range(&range)?,
        };
        Some(Spot { path: now.path, range, label, is_hidden: now.is_hidden })
    }

    fn now(&self, file: FileId) -> Now {
        if let Some(now) = self.known.borrow().get(&file) {
            return now.clone();
        }
        let source = self.collect.sources.get(file);
        let buffer = self.collect.buffer(&source.path);
        let now = Now {
            path: source.path.as_str().into(),
            is_hidden: self.masked.path(file) != source.path,
            broken: buffer.filter(|buffer| buffer.is_broken()).map(|buffer| Arc::clone(&buffer.analysed)),
            shift: Rc::new(
                buffer.map_or_else(Shift::default, |buffer| Shift::between(source.text(), &buffer.current)),
            ),
        };
        self.known.borrow_mut().insert(file, now.clone());
        now
    }

    fn range(&self, site: Site) -> Range<usize> {
        let source = self.collect.sources.get(site.file);
        if source.is_whole() {
            return site.span.range();
        }
        let at = |offset: u32| {
            let position = source.position(offset);
            let line = (position.line as usize).saturating_sub(1);
            let start = self.line_start(site.file, &source, line)?;
            Some(start + (position.byte_column as usize).saturating_sub(1))
        };
        match (at(site.span.start), at(site.span.end)) {
            (Some(start), Some(end)) => start..end.max(start),
            (_, _) => 0..0,
        }
    }

    /// Where a line begins in a file of which the run holds only parts; of one that no editor would open, nothing is known.
    fn line_start(&self, file: FileId, source: &SourceFile, line: usize) -> Option<usize> {
        let mut lines = self.lines.borrow_mut();
        let starts = lines.entry(file).or_insert_with(|| {
            let path = lexical(&self.collect.folder.join(&source.path));
            let text = match self.collect.buffers.get(&path) {
                Some(buffer) => Some(buffer.analysed.to_string()),
                None => self.collect.system.read(&path, MAX_OPENED).and_then(text).ok(),
            };
            let text = text.unwrap_or_default();
            let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
            if text.is_empty() { Vec::new() } else { std::iter::once(0).chain(after).collect() }
        });
        starts.get(line).copied()
    }
}

/// From a line and a column in characters, both from 1, to the end of that line.
fn rest_of_line(text: &str, (line, column): (u32, u32)) -> Range<usize> {
    let lines = text.split_inclusive('\n');
    let start: usize = lines.clone().take(line.saturating_sub(1) as usize).map(str::len).sum();
    let line = lines.into_iter().nth(line.saturating_sub(1) as usize).unwrap_or("").trim_end();
    let mark = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let inner = line.get(mark..).unwrap_or("");
    let before =
        inner.char_indices().nth(column.saturating_sub(1) as usize).map_or(inner.len(), |(at, _)| at);
    start + mark + before..start + line.len()
}

//! How answers can be mended: fixes that hold when everything that they may bear on is judged again.

use super::collect::Collect;
use super::{Answer, Known, Paths, Place, Workspace};
use crate::discover::Inventory;
use crate::engine::mend::{self, Ground, Judged};
use crate::engine::{self, CheckRequest};
use crate::findings::{Edit, Effect, Finding, Fix, Safety};
use crate::source::Sources;
use crate::system::{Overlay, System, Texts};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How often a file is judged at most to find out which of its fixes hold together.
const MOST_RUNS: usize = 12;

/// A change of a file's text as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    pub path: PathBuf,
    /// Bytes; empty to insert.
    pub range: Range<usize>,
    pub text: String,
}

/// A way to mend an answer. Its words are free of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    pub title: String,
    pub safety: Safety,
    pub effect: Effect,
    pub because: String,
    pub note: String,
    /// In order, without overlaps; none where it has to be written by hand.
    pub edits: Vec<TextEdit>,
}

/// Files that were judged for a fix, as a fix is held against them.
struct Scope<'k> {
    known: &'k Known,
    changed: Paths,
    exact: Paths,
    inventory: Inventory,
}

impl Workspace<'_> {
    /// How an answer of a file can be mended, the best first: what can be applied was tried, and holds.
    #[must_use]
    pub fn fixes(&self, path: &Path, answer: &Answer) -> Vec<Mend> {
        let Some(known) = &self.known else { return Vec::new() };
        self.with_texts(known, |system| {
            let names = self.names(&self.real(path)).into_iter().collect();
            let scope = Scope::of(known, names);
            let (judged, edited) = self.proposed(&scope, answer, system);
            if edited.is_subset(&scope.exact) {
                return self.holding(&scope, &judged, answer, system);
            }
            // What is decided in a file that others use too is judged with them.
            let changed = scope.changed.union(&edited).cloned().collect();
            let scope = Scope::of(known, changed);
            let (judged, edited) = self.proposed(&scope, answer, system);
            if edited.is_subset(&scope.exact) {
                self.holding(&scope, &judged, answer, system)
            } else {
                Vec::new()
            }
        })
    }

    fn judged(&self, scope: &Scope<'_>, fixes: bool, system: &dyn System) -> Judged {
        let sources = Sources::default();
        let request = CheckRequest { fixes, ..self.request.clone() };
        let files = (&scope.inventory, scope.known.learned.configured.as_slice());
        let rest = self.rest(scope.known, &scope.exact);
        let scoped = engine::reanalyse(&request, files, &rest, system, &sources);
        Judged { outcome: scoped.outcome, sources, inventory: scope.inventory.restricted(&|_| true) }
    }

    /// The files judged with fixes, and those that the fixes of the answer would edit.
    fn proposed(&self, scope: &Scope<'_>, answer: &Answer, system: &dyn System) -> (Judged, Paths) {
        let judged = self.judged(scope, true, system);
        let fixes = self.found(&judged, answer).into_iter().flat_map(|finding| &finding.fixes);
        let edits = fixes.flat_map(|fix| &fix.edits);
        let edited = edits.map(|edit| judged.sources.get(edit.site.file).path.as_str().into()).collect();
        (judged, edited)
    }

    fn found<'j>(&self, judged: &'j Judged, answer: &Answer) -> Option<&'j Finding> {
        let collect = Collect {
            sources: &judged.sources,
            buffers: &self.buffers,
            folder: &self.folder,
            system: self.system,
        };
        let places = collect.places(judged.outcome.masked(&judged.sources));
        let at = |finding: &Finding| -> Option<Place> {
            let spot = places.spot_at(finding.primary.site, finding.primary.label.clone())?;
            Some(spot.told(&|shown| self.absolute(shown)))
        };
        let mut all = judged.outcome.findings.iter().chain(&judged.outcome.cannot_tell);
        all.find(|finding| {
            finding.code == answer.code
                && finding.fingerprint == answer.fingerprint
                && at(finding)
                    .is_some_and(|place| place.path == answer.place.path && place.range == answer.place.range)
        })
    }

    fn holding(&self, scope: &Scope<'_>, judged: &Judged, answer: &Answer, system: &dyn System) -> Vec<Mend> {
        let Some(finding) = self.found(judged, answer) else { return Vec::new() };
        let ground = Ground {
            outcome: &judged.outcome,
            sources: &judged.sources,
            inventory: &judged.inventory,
            system,
        };
        let judge = |texts: &Texts| self.judged(scope, false, &Overlay::new(system, texts));
        let mend = |fix: &Fix| {
            let edits = if fix.is_applicable() {
                let edits = self.in_the_editor(fix, judged)?;
                mend::verify(ground, finding, fix, &judge).ok()?;
                edits
            } else {
                Vec::new()
            };
            Some(Self::mend(fix, edits))
        };
        finding.fixes.iter().filter_map(mend).collect()
    }

    /// The edits of safe fixes of a file that hold together: of two that clash the first, of two that hold each for itself
    /// alone one.
    #[must_use]
    pub fn safe_fixes(&self, path: &Path) -> Vec<TextEdit> {
        let Some(known) = &self.known else { return Vec::new() };
        let names: Paths = self.names(&self.real(path)).into_iter().collect();
        self.with_texts(known, |system| {
            let mut scope = Scope::of(known, names.clone());
            let mut judged = self.judged(&scope, true, system);
            let edited = |judged: &Judged| -> Paths {
                let fixes = judged.outcome.findings.iter().filter(|found| stands_in(&names, found, judged));
                let fixes = fixes.flat_map(|found| &found.fixes).filter(|fix| fix.safety == Safety::Safe);
                let edits = fixes.flat_map(|fix| &fix.edits);
                edits.map(|edit| judged.sources.get(edit.site.file).path.as_str().into()).collect()
            };
            let others = edited(&judged);
            if !others.is_subset(&scope.exact) {
                // What is decided in a file that others use too is judged with them.
                scope = Scope::of(known, names.union(&others).cloned().collect());
                judged = self.judged(&scope, true, system);
            }
            let is_known = |fix: &Fix| {
                let path = |edit: &Edit| judged.sources.get(edit.site.file);
                fix.edits.iter().all(|edit| scope.exact.contains(path(edit).path.as_str()))
            };
            let wanted = |finding: &Finding, fix: &Fix| {
                fix.safety == Safety::Safe
                    && finding.reason.is_none()
                    && stands_in(&names, finding, &judged)
                    && is_known(fix)
                    && self.in_the_editor(fix, &judged).is_some()
            };
            let judge = |texts: &Texts| self.judged(&scope, false, &Overlay::new(system, texts));
            let held = mend::together(judged.ground(system), &wanted, MOST_RUNS, &judge);
            let edits = held.iter().filter_map(|(_, fix)| self.in_the_editor(fix, &judged));
            in_order(edits.flatten().collect())
        })
    }

    /// The edits of a fix in the texts of the editor. Of a broken one another is judged: there a fix is about blocks that are
    /// as they last parsed, or `None`.
    fn in_the_editor(&self, fix: &Fix, judged: &Judged) -> Option<Vec<TextEdit>> {
        let edits = fix.edits.iter().map(|edit| {
            let source = judged.sources.get(edit.site.file);
            let path = self.absolute(&source.path);
            let range = edit.site.span.range();
            let range = match self.buffers.get(&path) {
                Some(buffer) if *buffer.current != *source.text() => buffer.intact(source.text(), &range)?,
                Some(_) | None => range,
            };
            Some(TextEdit { path, range, text: edit.text.clone() })
        });
        Some(in_order(edits.collect::<Option<_>>()?))
    }

    fn mend(fix: &Fix, edits: Vec<TextEdit>) -> Mend {
        let is_applicable = fix.is_applicable();
        Mend {
            title: fix.title.clone(),
            safety: if is_applicable { fix.safety } else { Safety::Display },
            effect: fix.effect,
            because: fix.because.clone(),
            note: fix.note.clone(),
            edits,
        }
    }
}

/// Whether a finding stands in one of these files.
fn stands_in(names: &Paths, finding: &Finding, judged: &Judged) -> bool {
    names.contains(judged.sources.get(finding.primary.site.file).path.as_str())
}

fn in_order(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    edits.sort_by(|a, b| (&a.path, a.range.start, a.range.end).cmp(&(&b.path, b.range.start, b.range.end)));
    edits.dedup();
    edits
}

impl<'k> Scope<'k> {
    fn of(known: &'k Known, changed: Paths) -> Self {
        let (parts, exact) = known.units.parts(&changed, usize::MAX);
        let inventory = known.restricted(&parts, &changed);
        Self { known, changed, exact, inventory }
    }
}

//! Spans to lines and columns.

use super::{
    CommitView, Diagnostic, EditView, OfferView, PlaceView, Point, ProblemView, StaleView, SuppressionView,
};
use crate::findings::{Edit, Finding, Fix, Masked, Outcome, Place, Problem, Safety, Stale, Suppression};
use crate::source::Position;
use std::borrow::Borrow;

/// What is said of a fix that somebody has to look at, where nothing else is.
const LOOK: &str = "look at it before it is deployed";

pub(in crate::report) struct Resolve<'a> {
    outcome: &'a Outcome,
    sources: Masked<'a>,
}

impl<'a> Resolve<'a> {
    pub(in crate::report) fn new(outcome: &'a Outcome, sources: Masked<'a>) -> Self {
        Self { outcome, sources }
    }

    /// Sorted.
    pub(super) fn all<F: Borrow<Finding>>(&self, findings: impl IntoIterator<Item = F>) -> Vec<Diagnostic> {
        let each = findings.into_iter().map(|finding| self.diagnostic(finding.borrow()));
        let mut all: Vec<_> = each.collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all
    }

    /// Sorted.
    pub(super) fn stale(&self, stale: &[Stale]) -> Vec<StaleView> {
        let mut all: Vec<_> = stale
            .iter()
            .map(|stale| StaleView {
                path: self.sources.path(stale.site.file),
                start: self.sources.positions(stale.site).0.into(),
                code: stale.code.clone(),
                accepts: stale.path.clone(),
                addresses: stale.addresses.clone(),
                expired: stale.expired.clone(),
            })
            .collect();
        all.sort();
        all
    }

    fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let place = self.place(&finding.primary);
        Diagnostic {
            code: finding.code.to_string(),
            name: finding.name.to_string(),
            severity: finding.severity.into(),
            title: finding.title.clone(),
            help: finding.help.clone(),
            url: finding.url.clone(),
            path: place.path,
            start: place.start,
            end: place.end,
            label: place.label,
            addresses: finding.addresses.iter().map(ToString::to_string).collect(),
            construct: finding.construct.as_ref().map(ToString::to_string),
            chain: finding.chain.iter().map(|place| self.place(place)).collect(),
            related: finding.related.iter().map(|place| self.place(place)).collect(),
            reason: finding.reason.clone(),
            suppression: finding.suppression.as_ref().map(|said| self.suppression(said)),
            mandatory: finding.mandatory,
            existing: finding.existing,
            fails: self.outcome.is_failed_by(finding),
            commit: finding.commit.as_ref().map(|commit| CommitView {
                id: commit.id.clone(),
                time: commit.time.clone(),
                author: commit.author.clone(),
                in_tree: self.sources.commit(finding.primary.site.file).is_none(),
            }),
            fingerprint: finding.fingerprint.clone(),
            fixes: finding.fixes.iter().map(|fix| self.offer(fix)).collect(),
            site: finding.primary.site,
        }
    }

    fn offer(&self, fix: &Fix) -> OfferView {
        let edit = |edit: &Edit| {
            let (start, end) = self.sources.positions(edit.site);
            EditView {
                path: self.sources.path(edit.site.file),
                start: start.into(),
                end: end.into(),
                text: edit.text.clone(),
                site: edit.site,
            }
        };
        let mut edits: Vec<EditView> = fix.edits.iter().map(edit).collect();
        edits.sort_by(|a, b| (&a.path, a.start, a.end).cmp(&(&b.path, b.start, b.end)));
        let note = match fix.safety {
            Safety::Unsafe if fix.note.is_empty() => LOOK.to_owned(),
            Safety::Unsafe | Safety::Safe | Safety::Display => fix.note.clone(),
        };
        OfferView {
            title: fix.title.clone(),
            safety: fix.safety.into(),
            effect: fix.effect.into(),
            because: fix.because.clone(),
            note,
            edits,
        }
    }

    fn suppression(&self, said: &Suppression) -> SuppressionView {
        SuppressionView {
            kind: said.kind.into(),
            reason: said.reason.clone(),
            until: said.until.clone(),
            place: self.place(&said.place),
        }
    }

    pub(in crate::report) fn place(&self, place: &Place) -> PlaceView {
        let (start, end) = self.sources.positions(place.site);
        PlaceView {
            path: self.sources.path(place.site.file),
            start: start.into(),
            end: end.into(),
            label: place.label.clone(),
            site: place.site,
        }
    }

    pub(in crate::report) fn problem(&self, problem: &Problem) -> ProblemView {
        ProblemView {
            kind: problem.kind.into(),
            path: problem.path.clone(),
            start: problem.start.map(|(line, column)| Point { line, column, byte_column: None }),
            message: problem.message.clone(),
        }
    }
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        let Position { line, column, byte_column } = position;
        Self { line, column, byte_column: (byte_column != column).then_some(byte_column) }
    }
}

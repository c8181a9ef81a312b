//! Fixes as they are told.

use super::{Ground, Judged};
use crate::findings::mended::FixTold;
use crate::findings::{Finding, Fix};
use crate::source::{FileId, Site, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// Tells of fixes, with the places of their findings in the first tree, where that has them: lines may have moved since.
pub(super) struct Teller<'f> {
    pub(super) first: &'f Judged,
    /// By fingerprint and title.
    known: BTreeMap<(&'f str, &'f str), Site>,
}

impl<'f> Teller<'f> {
    pub(super) fn new(first: &'f Judged) -> Self {
        let all = first.outcome.findings.iter().chain(&first.outcome.cannot_tell);
        let mut known = BTreeMap::new();
        for finding in all {
            known.entry((&*finding.fingerprint, &*finding.title)).or_insert(finding.primary.site);
        }
        Self { first, known }
    }

    pub(super) fn fix(&self, finding: &Finding, fix: &Fix, ground: Ground<'_>) -> FixTold {
        let known = self.known.get(&(&*finding.fingerprint, &*finding.title));
        let (line, column) = match known {
            Some(site) => start(*site, &self.first.sources),
            None => start(finding.primary.site, ground.sources),
        };
        told(finding, fix, ground, (line, column))
    }
}

fn told(finding: &Finding, fix: &Fix, ground: Ground<'_>, (line, column): (u32, u32)) -> FixTold {
    let masked = ground.outcome.masked(ground.sources);
    let site = finding.primary.site;
    let files: BTreeSet<FileId> = fix.edits.iter().map(|edit| edit.site.file).collect();
    let mut files: Vec<String> = files.into_iter().map(|file| masked.path(file)).collect();
    files.sort();
    files.dedup();
    FixTold {
        code: finding.code.to_string(),
        severity: finding.reason.is_none().then_some(finding.severity),
        finding: finding.title.clone(),
        path: masked.path(site.file),
        line,
        column,
        title: fix.title.clone(),
        safety: fix.safety,
        effect: fix.effect,
        because: fix.because.clone(),
        note: fix.note.clone(),
        files,
    }
}

fn start(site: Site, sources: &Sources) -> (u32, u32) {
    let start = sources.get(site.file).position(site.span.start);
    (start.line, start.column)
}

//! Fixes as they are told.

use super::{Ground, Judged};
use crate::findings::mended::FixTold;
use crate::findings::{Finding, Fix};
use crate::source::{Site, Sources};

/// A fix, with the place of its finding in the first tree, where that has it: lines may have moved since.
pub(super) fn fix(finding: &Finding, fix: &Fix, ground: Ground<'_>, first: Option<&Judged>) -> FixTold {
    let masked = ground.outcome.masked(ground.sources);
    let site = finding.primary.site;
    let (line, column) = first
        .and_then(|first| {
            let all = first.outcome.findings.iter().chain(&first.outcome.cannot_tell);
            let same =
                |known: &&Finding| known.fingerprint == finding.fingerprint && known.title == finding.title;
            let known = all.into_iter().find(same)?;
            Some(start(known.primary.site, &first.sources))
        })
        .unwrap_or_else(|| start(site, ground.sources));
    let mut files: Vec<String> = fix.edits.iter().map(|edit| masked.path(edit.site.file)).collect();
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

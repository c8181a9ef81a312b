//! What several formats say of a report as a whole: what counts and in which order, by policy and by reason.

use super::Report;
use super::view::{Diagnostic, Level};
use std::collections::BTreeMap;

/// Families whose findings are live credentials more often than not, the gravest first.
const FIRST: [&str; 3] = ["KEY", "ROOT", "SEC"];

/// Findings that count: with `--changed-since`, those of the change. The worst come first: by severity, then mandatory
/// policies, then families, then as reports are sorted.
pub(super) fn worst_first(report: &Report) -> Vec<&Diagnostic> {
    let mut counting: Vec<_> = report.findings.iter().filter(|finding| !finding.existing).collect();
    counting.sort_by_key(|finding| (finding.severity, !finding.mandatory, family(&finding.code)));
    counting
}

/// What stood there before the change.
pub(super) fn existing(report: &Report) -> Vec<&Diagnostic> {
    report.findings.iter().filter(|finding| finding.existing).collect()
}

fn family(code: &str) -> usize {
    FIRST.iter().position(|family| code.starts_with(family)).unwrap_or(FIRST.len())
}

/// A policy with the number of its findings by severity.
#[derive(Debug)]
pub(super) struct OfPolicy<'a> {
    pub(super) first: &'a Diagnostic,
    pub(super) counts: [usize; 3],
}

impl OfPolicy<'_> {
    pub(super) fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// By policy, in the order in which their worst finding comes.
pub(super) fn by_policy<'a>(findings: &[&'a Diagnostic]) -> Vec<OfPolicy<'a>> {
    let mut all: Vec<OfPolicy<'a>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let at = *places.entry(&finding.code).or_insert(all.len());
        if at == all.len() {
            all.push(OfPolicy { first: finding, counts: [0; 3] });
        }
        if let Some(count) = all.get_mut(at).and_then(|of| of.counts.get_mut(finding.severity as usize)) {
            *count += 1;
        }
    }
    all
}

/// Why something could not be told, the most frequent reason first.
pub(super) fn reasons(report: &Report) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for open in &report.cannot_tell {
        *counts.entry(open.reason.as_deref().unwrap_or(&open.title)).or_default() += 1;
    }
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    reasons
}

/// How many of each severity, as the levels are ordered.
pub(super) fn counts(findings: &[&Diagnostic]) -> [usize; 3] {
    [Level::Error, Level::Warning, Level::Note]
        .map(|level| findings.iter().filter(|finding| finding.severity == level).count())
}

/// `2 errors, 1 note`; `no findings`.
pub(super) fn in_words(counts: [usize; 3]) -> String {
    let words = ["error", "warning", "note"];
    let parts: Vec<_> = counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// The one line that a run comes to.
pub(super) fn verdict(report: &Report) -> String {
    let found = in_words(counts(&worst_first(report)));
    if !report.problems.is_empty() {
        return format!("no full answer: {}, {found}", counted(report.problems.len(), "problem"));
    }
    if report.summary.files == 0 && report.findings.is_empty() {
        return "nothing to check".to_owned();
    }
    let is_gated = report.gate.as_ref().is_some_and(|gate| gate.whole.is_none());
    if is_gated { format!("{found} in this change") } else { found }
}

pub(super) fn counted(count: usize, word: &str) -> String {
    match word.strip_suffix('y') {
        _ if count == 1 => format!("1 {word}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {word}s"),
    }
}

/// At most so many characters, with what was left out marked.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{kept}…")
        }
    }
}

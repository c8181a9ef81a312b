//! What `keyless exceptions --import` prints: what other tools are told, and the exceptions that would say the same.

use super::escape::visible;
use super::view::{PlaceView, ProblemView, Resolve, SuppressionWord};
use crate::findings::{Imported, Masked, Outcome};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What `keyless exceptions --import --format json` prints. Fields may be added.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportReport {
    /// The version of this contract.
    pub version: u32,
    /// Sorted by path and start.
    pub told: Vec<ToldView>,
    /// What could not be read, parsed or fully analysed, and bad usage.
    pub problems: Vec<ProblemView>,
}

/// What another tool is told.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ToldView {
    /// Where; the label is what stands there.
    pub place: PlaceView,
    pub kind: SuppressionWord,
    pub rules: Vec<RuleView>,
    pub reason: String,
    /// The policies among these that report something there.
    pub needed: Vec<String>,
    /// What to write after `keyless: ` in a comment, or under `keyless` in metadata; null where nothing is needed.
    pub exception: Option<String>,
    /// The line that it belongs above, or behind.
    pub above: u32,
}

/// A rule of another tool.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RuleView {
    pub rule: String,
    /// The policies that ask the same; empty where there is none.
    pub policies: Vec<String>,
}

impl ImportReport {
    #[must_use]
    pub fn new(outcome: &Outcome, sources: Masked<'_>) -> Self {
        let resolve = Resolve::new(outcome, sources);
        let mut told: Vec<_> = outcome.imported.iter().map(|told| view(told, &resolve)).collect();
        told.sort_by_cached_key(|told| (told.place.path.clone(), told.place.start));
        Self {
            version: 1,
            told,
            problems: outcome.problems.iter().map(|problem| resolve.problem(problem)).collect(),
        }
    }
}

fn view(told: &Imported, resolve: &Resolve<'_>) -> ToldView {
    let rules = told.rules.iter();
    ToldView {
        place: resolve.place(&told.place),
        kind: told.kind.into(),
        rules: rules
            .map(|(rule, policies)| RuleView { rule: rule.clone(), policies: policies.clone() })
            .collect(),
        reason: told.reason.clone(),
        needed: told.needed.clone(),
        exception: told.exception.clone(),
        above: told.above,
    }
}

/// The JSON schema of the list, as it stands in `schema/import.schema.json`.
#[must_use]
pub fn import_schema() -> String {
    super::exceptions::schema_of::<ImportReport>("keyless exceptions --import")
}

/// Prints each place like a change: what stands there, and what says the same to keyless; then what needs nothing.
pub fn write_import(report: &ImportReport, out: &mut dyn Write) -> io::Result<()> {
    if report.told.is_empty() {
        return writeln!(out, "nothing is told to other tools");
    }
    let is_known = |told: &&ToldView| told.rules.iter().any(|rule| !rule.policies.is_empty());
    let (needed, others): (Vec<_>, Vec<_>) = report.told.iter().partition(|told| told.exception.is_some());
    let (idle, foreign): (Vec<_>, Vec<_>) = others.into_iter().partition(is_known);
    for told in &needed {
        change(told, out)?;
    }
    for told in &idle {
        let rules: Vec<&str> = told.rules.iter().map(|rule| rule.rule.as_str()).collect();
        writeln!(
            out,
            "{}: keyless reports nothing there that {} is about",
            place(told),
            visible(&rules.join(", "))
        )?;
    }
    if !idle.is_empty() {
        writeln!(out)?;
    }
    let rules = report.told.iter().flat_map(|told| &told.rules).filter(|rule| rule.policies.is_empty());
    let rules: BTreeSet<&str> = rules.map(|rule| rule.rule.as_str()).collect();
    if !rules.is_empty() {
        let rules: Vec<&str> = rules.into_iter().collect();
        writeln!(out, "no policy of keyless: {}\n", visible(&rules.join(", ")))?;
    }
    writeln!(
        out,
        "{} to take over, {} about what keyless does not report, {} about what it has no policy for",
        needed.len(),
        idle.len(),
        foreign.len()
    )
}

fn place(told: &ToldView) -> String {
    format!("{}:{}", visible(&told.place.path), told.place.start.line)
}

fn change(told: &ToldView, out: &mut dyn Write) -> io::Result<()> {
    let Some(exception) = &told.exception else { return Ok(()) };
    let (mark, at) = match told.kind {
        SuppressionWord::Metadata => ("", "in the same Metadata".to_owned()),
        SuppressionWord::Comment | SuppressionWord::Acknowledged | SuppressionWord::Baseline => {
            let at = if told.above == told.place.start.line {
                "in its place".to_owned()
            } else {
                format!("above line {}", told.above)
            };
            ("# ", at)
        }
    };
    let why = if told.reason.is_empty() { ", with a reason: there is none to take over" } else { "" };
    writeln!(out, "{}", place(told))?;
    writeln!(out, "- {mark}{}", visible(&told.place.label))?;
    writeln!(out, "+ {mark}keyless: {}", visible(exception))?;
    writeln!(out, "  {at}{why}\n")
}

//! `--format jsonl`: the report as one object a line, for tools that read streams; its schema in
//! `schema/line.schema.json`. The last line is the summary: without it, the output is not whole.

use super::Report;
use super::view::{Diagnostic, GateView, ProblemView, RepositoryView, StaleView, Summary};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// A line of `keyless check --format jsonl`. Fields and types may be added.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Finding(&'a Diagnostic),
    CannotTell(&'a Diagnostic),
    Suppressed(&'a Diagnostic),
    Problem(&'a ProblemView),
    /// An entry of a baseline that is of no use any more.
    Stale(&'a StaleView),
    /// The last line.
    Summary(Last<'a>),
}

#[derive(Debug, Serialize, JsonSchema)]
struct Last<'a> {
    /// The version of this contract.
    version: u32,
    /// Only with `--changed-since`: what the change was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<&'a GateView>,
    /// Only where paths are not relative to the root of the repository: how they become so.
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a RepositoryView>,
    /// Something reaches what the run, or the configuration of its file, fails on.
    fails: bool,
    #[serde(flatten)]
    summary: &'a Summary,
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Report {
        version,
        findings,
        cannot_tell,
        suppressed,
        problems,
        gate,
        repository,
        fails,
        stale,
        summary,
    } = report;
    let last = Last {
        version: *version,
        gate: gate.as_ref(),
        repository: repository.as_ref(),
        fails: *fails,
        summary,
    };
    let lines = findings.iter().map(Line::Finding);
    let lines = lines.chain(cannot_tell.iter().map(Line::CannotTell));
    let lines = lines.chain(suppressed.iter().map(Line::Suppressed));
    let lines = lines.chain(problems.iter().map(Line::Problem));
    let lines = lines.chain(stale.iter().map(Line::Stale));
    for line in lines.chain([Line::Summary(last)]) {
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

pub(super) fn schema() -> String {
    let mut schema = schemars::schema_for!(Line<'_>);
    schema.insert("title".to_owned(), "a line of a keyless report".into());
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

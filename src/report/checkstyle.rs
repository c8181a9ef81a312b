//! `--format checkstyle`: the XML of Checkstyle, which Jenkins and many other tools read.

use super::told::{message, problem};
use super::view::{Diagnostic, Level, ProblemView};
use super::xml::Xml;
use super::{Context, Report};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One `error` of a file.
struct Entry {
    line: u32,
    column: Option<u32>,
    severity: &'static str,
    message: String,
    source: String,
}

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut files: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for finding in &report.findings {
        files.entry(&finding.path).or_default().push(entry(finding, severity(finding)));
    }
    for open in report.cannot_tell.iter().filter(|_| context.strict) {
        files.entry(&open.path).or_default().push(entry(open, "info"));
    }
    for found in &report.problems {
        files.entry(&found.path).or_default().push(of_problem(found));
    }
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", "10.0")])?;
    for (path, mut entries) in files {
        entries.sort_by_key(|entry| (entry.line, entry.column));
        xml.open("file", &[("name", path)])?;
        entries.iter().try_for_each(|entry| print(entry, &mut xml))?;
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.end()
}

fn print(entry: &Entry, xml: &mut Xml<'_>) -> io::Result<()> {
    let line = entry.line.to_string();
    let column = entry.column.map(|column| column.to_string());
    let mut attributes = vec![("line", line.as_str())];
    attributes.extend(column.as_deref().map(|column| ("column", column)));
    attributes.extend([
        ("severity", entry.severity),
        ("message", entry.message.as_str()),
        ("source", entry.source.as_str()),
    ]);
    xml.empty("error", &attributes)
}

/// What the change does not touch is shown and fails nothing: who counts errors must not count it.
fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Level::Error | Level::Warning | Level::Note if finding.existing => "info",
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "info",
    }
}

/// Readers make a category of the source up to the last dot, and a type of what follows.
fn entry(diagnostic: &Diagnostic, severity: &'static str) -> Entry {
    Entry {
        line: diagnostic.start.line,
        column: Some(diagnostic.start.column),
        severity,
        message: message(diagnostic),
        source: format!("keyless.{}", diagnostic.code),
    }
}

fn of_problem(found: &ProblemView) -> Entry {
    Entry {
        line: found.start.map_or(1, |start| start.line),
        column: found.start.map(|start| start.column),
        severity: "error",
        message: problem(found),
        source: format!("keyless.problem.{}", found.kind.as_str()),
    }
}

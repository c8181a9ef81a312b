//! `--format rdjson`: the Reviewdog Diagnostic Format.
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>
//!
//! Columns count bytes of UTF-8, and the end is just after the last one. Paths are as they are: reviewdog runs where
//! keyless did, and finds the root by itself.

use super::told::{message, problem, sentence};
use super::view::{Diagnostic, Level, OfferView, PlaceView, Point, ProblemView};
use super::{Context, Report};
use crate::findings::Masked;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Result<'a> {
    source: Source,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

/// Another text for a piece of the file that the diagnostic stands in.
#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let open =
        report.cannot_tell.iter().filter(|_| context.strict).map(|open| entry(open, "INFO", context.sources));
    let found = report.findings.iter().map(|finding| entry(finding, severity(finding), context.sources));
    let diagnostics = found.chain(open).chain(report.problems.iter().map(of_problem)).collect();
    let source = Source { name: "keyless", url: env!("CARGO_PKG_REPOSITORY") };
    serde_json::to_writer_pretty(&mut *out, &Result { source, diagnostics })?;
    writeln!(out)
}

/// What the change does not touch is shown and fails nothing, whatever reviewdog is told to fail on.
fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Level::Error | Level::Warning | Level::Note if finding.existing => "INFO",
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Note => "INFO",
    }
}

fn entry<'a>(diagnostic: &'a Diagnostic, severity: &'static str, sources: Masked<'_>) -> Entry<'a> {
    let Diagnostic { path, start, end, code, url, chain, related, .. } = diagnostic;
    Entry {
        message: message(diagnostic),
        location: location(path, *start, *end),
        severity,
        code: Code { value: code, url },
        related_locations: chain.iter().chain(related).map(related_location).collect(),
        suggestions: safe(diagnostic).filter_map(|fix| suggestion(fix, path, sources)).collect(),
    }
}

/// A suggestion has no place for what has to be known before, and is applied with a click: nobody has to look at these first.
fn safe(diagnostic: &Diagnostic) -> impl Iterator<Item = &OfferView> {
    diagnostic.fixes.iter().filter(|fix| fix.safety.is_safe())
}

/// Each suggestion is a way of its own, so a fix is one only if its edits are of this file and become one edit: what lies
/// between them is taken from the file, if it is at hand and holds no secret.
fn suggestion(fix: &OfferView, path: &str, sources: Masked<'_>) -> Option<Suggestion> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    if fix.edits.iter().any(|edit| edit.path != path) {
        return None;
    }
    let mut text = first.text.clone();
    if fix.edits.len() > 1 {
        if sources.is_empty() {
            return None;
        }
        let file = sources.file(first.site.file);
        for pair in fix.edits.windows(2) {
            let [before, after] = pair else { continue };
            let between = before.site.span.end as usize..after.site.span.start as usize;
            let between = file.get(between).filter(|between| !between.contains('*'))?;
            text.push_str(&between);
            text.push_str(&after.text);
        }
    }
    Some(Suggestion { range: Range { start: place(first.start), end: Some(place(last.end)) }, text })
}

fn related_location(place: &PlaceView) -> Related<'_> {
    Related { message: sentence(&place.label), location: location(&place.path, place.start, place.end) }
}

fn location(path: &str, start: Point, end: Point) -> Location<'_> {
    Location { path, range: Some(Range { start: place(start), end: Some(place(end)) }) }
}

fn place(point: Point) -> Place {
    Place { line: point.line, column: Some(point.byte_column.unwrap_or(point.column)) }
}

/// Only the line of a problem is known in any unit.
fn of_problem(found: &ProblemView) -> Entry<'_> {
    let range = found.start.map(|start| Range { start: Place { line: start.line, column: None }, end: None });
    Entry {
        message: problem(found),
        location: Location { path: &found.path, range },
        severity: "ERROR",
        code: Code { value: found.kind.as_str(), url: "" },
        related_locations: Vec::new(),
        suggestions: Vec::new(),
    }
}

//! `--format gitlab`: a report for GitLab's Code Quality.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
//!
//! GitLab compares the reports of two branches by fingerprints, which have to differ within one, and knows files by
//! their path from the root of the repository.

use super::told::{Distinct, Grade, message, problem};
use super::view::{Diagnostic, ProblemView};
use super::{Context, Report};
use crate::findings::fingerprint;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer { report, distinct: Distinct::default() };
    let mut entries: Vec<_> =
        report.findings.iter().map(|finding| printer.diagnostic(finding, severity(finding))).collect();
    if context.strict {
        entries.extend(report.cannot_tell.iter().map(|open| printer.diagnostic(open, "info")));
    }
    entries.extend(report.problems.iter().map(|problem| printer.problem(problem)));
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

fn severity(finding: &Diagnostic) -> &'static str {
    match Grade::of(&finding.code, finding.severity) {
        Grade::Critical => "blocker",
        Grade::High => "critical",
        Grade::Medium => "major",
        Grade::Low => "minor",
    }
}

struct Printer<'a> {
    report: &'a Report,
    distinct: Distinct,
}

impl<'a> Printer<'a> {
    fn diagnostic(&mut self, diagnostic: &'a Diagnostic, severity: &'static str) -> Entry<'a> {
        Entry {
            description: message(diagnostic),
            check_name: &diagnostic.code,
            fingerprint: self.distinct.name(&diagnostic.fingerprint, "-"),
            severity,
            location: self.location(&diagnostic.path, diagnostic.start.line),
        }
    }

    /// What could not be judged fails a run like the gravest finding does.
    fn problem(&mut self, found: &'a ProblemView) -> Entry<'a> {
        let location = self.location(&found.path, found.start.map_or(1, |start| start.line));
        let print = fingerprint(&["problem", found.kind.as_str(), &location.path, &found.message]);
        Entry {
            description: problem(found),
            check_name: found.kind.as_str(),
            fingerprint: self.distinct.name(&print, "-"),
            severity: "blocker",
            location,
        }
    }

    fn location(&self, path: &str, line: u32) -> Location {
        Location { path: self.report.repository_path(path), lines: Lines { begin: line } }
    }
}

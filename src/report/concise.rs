//! `--format concise`: one line a finding, for editors, pipes and grep.

use super::escape::visible;
use super::told::headline;
use super::view::{Diagnostic, ProblemView};
use super::{Context, Report};
use std::io::{self, Write};

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        line(finding, finding.severity.as_str(), out)?;
    }
    if context.strict {
        for open in &report.cannot_tell {
            line(open, "cannot-tell", out)?;
        }
    }
    for found in &report.problems {
        writeln!(out, "{}", problem(found))?;
    }
    Ok(())
}

fn line(diagnostic: &Diagnostic, word: &str, out: &mut dyn Write) -> io::Result<()> {
    let Diagnostic { path, start, code, .. } = diagnostic;
    let headline = headline(diagnostic);
    // Apart from the level, so that what reads the level passes over what fails nothing.
    let known = if diagnostic.existing { "existing " } else { "" };
    let place = format!("{}:{}:{}", visible(path), start.line, start.column);
    writeln!(out, "{place}: {known}{word}[{code}] {headline}")
}

fn problem(problem: &ProblemView) -> String {
    let place = place(problem);
    format!("{place}: problem[{}] {}", problem.kind.as_str(), visible(&problem.message))
}

/// `path:line:column`, as far as it is known.
pub(super) fn place(problem: &ProblemView) -> String {
    let path = visible(&problem.path);
    match problem.start {
        Some(start) => format!("{path}:{}:{}", start.line, start.column),
        None => path.into_owned(),
    }
}

//! `--format github`: workflow commands, which GitHub Actions turns into annotations of a pull request.
//!
//! GitHub shows ten annotations of each severity a step, and drops the others without a word. So the worst findings are
//! annotations, a notice names what is left over, and the whole list follows in a group of the log. A problem is an
//! error, and is never pushed out by findings.

use super::concise;
use super::digest::{self, counted, cut};
use super::escape::visible;
use super::human;
use super::view::{Diagnostic, Level, ProblemView};
use super::{Context, Report};
use std::io::{self, Write};

/// Annotations of one severity that GitHub shows of one step.
const SHOWN: usize = 10;
/// Of these, what problems leave to errors that are findings.
const LEFT_TO_FINDINGS: usize = 5;
/// What the API of annotations takes.
const TITLE: usize = 255;
const MESSAGE: usize = 4_000;
/// Resources named in one annotation.
const ADDRESSES: usize = 5;

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ranked = digest::worst_first(report);
    let errors = ranked.iter().filter(|finding| finding.severity == Level::Error).count();
    let problems = report.problems.len().min(SHOWN - errors.min(LEFT_TO_FINDINGS));
    for problem in report.problems.iter().take(problems) {
        of_problem(report, problem, out)?;
    }
    let rooms = [SHOWN - problems, SHOWN, SHOWN];
    let over = overflow(&ranked, rooms, report.problems.len() - problems);
    let mut left = Vec::new();
    let mut shown = [0; 3];
    for finding in ranked {
        let level = finding.severity as usize;
        // The notice is one of the ten notices.
        let room = rooms[level] - usize::from(over && finding.severity == Level::Note);
        if shown[level] < room {
            shown[level] += 1;
            of_finding(report, finding, out)?;
        } else {
            left.push(finding);
        }
    }
    if over {
        notice(&left, report.problems.len() - problems, out)?;
    }
    log(report, context, out)
}

/// Whether something does not get an annotation.
fn overflow(ranked: &[&Diagnostic], rooms: [usize; 3], problems: usize) -> bool {
    problems > 0 || digest::counts(ranked).iter().zip(rooms).any(|(count, room)| *count > room)
}

fn of_finding(report: &Report, finding: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let word = match finding.severity {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let past = finding.commit.as_ref().filter(|commit| !commit.in_tree);
    let mut properties = Vec::new();
    let mut lines = Vec::new();
    match past {
        // Today's file has other lines, if there is one.
        Some(commit) => {
            lines.push(format!("in commit {}: {}:{}", commit.told(), finding.path, finding.start.line));
        }
        None => properties = place(report, finding),
    }
    properties.push(("title", cut(&format!("{}: {}", finding.code, finding.title), TITLE)));
    lines.push(finding.label.clone());
    if !finding.addresses.is_empty() {
        let mut named: Vec<_> = finding.addresses.iter().take(ADDRESSES).cloned().collect();
        if finding.addresses.len() > ADDRESSES {
            named.push(format!("and {} more", finding.addresses.len() - ADDRESSES));
        }
        lines.push(format!("concerns: {}", named.join(", ")));
    }
    lines.push(format!("help: {}", finding.help));
    lines.push(format!("see: {}", finding.url));
    lines.retain(|line| !line.is_empty() && line != "help: " && line != "see: ");
    command(word, &properties, &lines, out)
}

fn place(report: &Report, finding: &Diagnostic) -> Vec<(&'static str, String)> {
    let (start, end) = (finding.start, finding.end);
    // What ends with a line break ends on that line.
    let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
    let mut properties = vec![
        ("file", report.repository_path(&finding.path)),
        ("line", start.line.to_string()),
        ("endLine", last.to_string()),
    ];
    // GitHub takes columns within one line only.
    if start.line == end.line {
        properties.push(("col", start.column.to_string()));
        properties.push(("endColumn", end.column.max(start.column).to_string()));
    }
    properties
}

fn of_problem(report: &Report, problem: &ProblemView, out: &mut dyn Write) -> io::Result<()> {
    let mut properties = vec![("file", report.repository_path(&problem.path))];
    if let Some(start) = problem.start {
        properties.push(("line", start.line.to_string()));
        properties.push(("col", start.column.to_string()));
    }
    properties.push(("title", format!("keyless could not judge this ({})", problem.kind.as_str())));
    command("error", &properties, std::slice::from_ref(&problem.message), out)
}

/// What has no annotation, by policy.
fn notice(left: &[&Diagnostic], problems: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut parts: Vec<_> = digest::by_policy(left)
        .iter()
        .map(|of| format!("{} × {} ({})", of.total(), of.first.code, of.first.name))
        .collect();
    if problems > 0 {
        parts.insert(0, counted(problems, "problem"));
    }
    let count = left.len() + problems;
    let title = format!("keyless: {count} more without an annotation");
    let lines = [
        parts.join(", "),
        format!("GitHub shows {SHOWN} annotations of a severity; the log of this step lists everything"),
    ];
    command("notice", &[("title", title)], &lines, out)
}

/// Everything, for who reads the log; nothing of it starts a command.
fn log(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !report.findings.is_empty() || !report.problems.is_empty() || context.strict {
        let title = format!("keyless: {}", digest::verdict(report));
        writeln!(out, "::group::{}", data(&title))?;
        concise::write(report, context, out)?;
        writeln!(out, "::endgroup::")?;
    }
    human::closing(report, context, out)
}

fn command(
    word: &str,
    properties: &[(&str, String)],
    lines: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "::{word} ")?;
    for (at, (key, value)) in properties.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}{key}={}", property(&visible(value)))?;
    }
    let message: Vec<_> = lines.iter().map(|line| visible(line)).collect();
    writeln!(out, "::{}", data(&cut(&message.join("\n"), MESSAGE)))
}

/// As GitHub takes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As GitHub takes a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_means_something_to_the_runner_is_escaped() {
        assert_eq!(data("50% %0A\r\n::error::x, y"), "50%25 %250A%0D%0A::error::x, y");
        assert_eq!(property("a,line=1::b%2C\n"), "a%2Cline=1%3A%3Ab%252C%0A");
    }
}

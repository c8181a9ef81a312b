//! `--format markdown`: a summary for a job's page or a comment on a pull request, as GitHub and GitLab render it.
//!
//! A comment holds 65,536 characters: every section has its share of them, and says what it leaves out. What the code or
//! somebody else wrote goes through `escape` here; it starts no tag, link, mention or row.

use super::digest::{self, counted, cut};
use super::view::{Diagnostic, Level, PlaceView, ProblemView};
use super::web::safe_url;
use super::{Context, Report};
use escape::{code, prose};
use std::io::{self, Write};

mod escape;

/// Bytes of a section's rows, and how many rows anybody reads.
const FINDINGS: (usize, usize) = (28_000, 30);
const PROBLEMS: (usize, usize) = (6_000, 10);
const OPEN: (usize, usize) = (5_000, 10);
const ASIDE: (usize, usize) = (5_000, 10);
const POLICIES: (usize, usize) = (8_000, 60);
/// Characters of one text in a row.
const TEXT: usize = 400;
/// Resources and steps of a chain shown of one finding.
const ADDRESSES: usize = 5;
const STEPS: usize = 6;

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { report, context };
    let ranked = digest::worst_first(report);
    let existing = digest::existing(report);
    writeln!(out, "## {} keyless: {}\n", mark(report, &ranked), digest::verdict(report))?;
    page.counts(&ranked, existing.len(), out)?;
    page.gate(out)?;
    page.problems(out)?;
    page.findings(&ranked, out)?;
    page.policies(&ranked, out)?;
    page.open(out)?;
    page.existing(&existing, out)?;
    page.suppressed(out)
}

fn mark(report: &Report, counting: &[&Diagnostic]) -> &'static str {
    match counting.first().map(|worst| worst.severity) {
        _ if !report.problems.is_empty() => "⛔",
        Some(Level::Error) => "❌",
        Some(Level::Warning) => "⚠️",
        Some(Level::Note) => "ℹ️",
        None => "✅",
    }
}

struct Page<'a> {
    report: &'a Report,
    context: Context<'a>,
}

impl Page<'_> {
    fn counts(&self, ranked: &[&Diagnostic], existing: usize, out: &mut dyn Write) -> io::Result<()> {
        let summary = &self.report.summary;
        let [errors, warnings, notes] = digest::counts(ranked);
        let mut columns = vec![("errors", errors), ("warnings", warnings), ("notes", notes)];
        if self.report.gate.is_some() {
            columns.push(("existing", existing));
        }
        columns.push(("could not tell", summary.cannot_tell));
        columns.push(("suppressed", summary.suppressed));
        columns.push(("problems", summary.problems));
        let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
        let counts: Vec<_> = columns.iter().map(|(_, count)| count.to_string()).collect();
        writeln!(out, "| {} |", names.join(" | "))?;
        writeln!(out, "|{}", "--:|".repeat(columns.len()))?;
        writeln!(out, "| {} |\n", counts.join(" | "))?;
        write!(
            out,
            "Checked {} with {}.",
            counted(summary.files, "file"),
            counted(summary.resources, "resource")
        )?;
        if let Some(history) = &summary.history {
            write!(
                out,
                " Looked through the history: {} in {}.",
                counted(history.texts, "text"),
                counted(history.commits, "commit")
            )?;
        }
        writeln!(out)
    }

    fn gate(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(gate) = &self.report.gate else { return Ok(()) };
        let since = code(&cut(&gate.since, TEXT));
        match &gate.whole {
            Some(whole) => {
                writeln!(
                    out,
                    "\n**Everything counts**, not the change since {since} alone: {}",
                    prose(&cut(whole, TEXT))
                )
            }
            None => {
                let told = |base| format!(" (merge base {})", code(base));
                let from = gate.short_base().map_or_else(String::new, told);
                writeln!(out, "\nOnly what the change since {since}{from} touches counts.")
            }
        }
    }

    fn problems(&self, out: &mut dyn Write) -> io::Result<()> {
        let problems = &self.report.problems;
        if problems.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n### Could not be judged\n")?;
        writeln!(out, "The answer is not full until these are settled; the rest was judged all the same.\n")?;
        let lines = problems.iter().map(|problem| format!("- {}\n", self.problem(problem)));
        rows(lines, PROBLEMS, "problem", problems.len(), out)
    }

    fn problem(&self, problem: &ProblemView) -> String {
        let at = problem.start.map_or(1, |start| start.line);
        let place = self.linked(&problem.path, problem.start.map(|_| at), (at, at), None);
        format!("{place}: {} ({})", prose(&cut(&problem.message, TEXT)), problem.kind.as_str())
    }

    fn findings(&self, ranked: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        if ranked.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n### Findings\n")?;
        writeln!(out, "| | policy | where | what |\n|---|---|---|---|")?;
        let lines = ranked.iter().map(|finding| {
            let level = match finding.severity {
                Level::Error => "❌ error",
                Level::Warning => "⚠️ warning",
                Level::Note => "ℹ️ note",
            };
            format!("| {level} | {} | {} | {} |\n", policy(finding), self.place(finding), details(finding))
        });
        rows(lines, FINDINGS, "finding", ranked.len(), out)
    }

    /// Where there is more than the table shows or one policy has many.
    fn policies(&self, ranked: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let by_policy = digest::by_policy(ranked);
        if by_policy.len() == ranked.len() {
            return Ok(());
        }
        open_aside(&format!("By policy ({})", counted(by_policy.len(), "policy")), out)?;
        writeln!(out, "| policy | | errors | warnings | notes |\n|---|---|--:|--:|--:|")?;
        let lines = by_policy.iter().map(|of| {
            let [errors, warnings, notes] = of.counts;
            format!(
                "| {} | {} | {errors} | {warnings} | {notes} |\n",
                policy(of.first),
                prose(&of.first.name)
            )
        });
        rows(lines, POLICIES, "policy", by_policy.len(), out)?;
        close_aside(out)
    }

    fn open(&self, out: &mut dyn Write) -> io::Result<()> {
        let reasons = digest::reasons(self.report);
        if reasons.is_empty() {
            return Ok(());
        }
        let count = self.report.cannot_tell.len();
        open_aside(&format!("Could not tell in {}", counted(count, "case")), out)?;
        writeln!(
            out,
            "The code alone does not answer these; a plan or a value does (`keyless check --strict` lists them).\n"
        )?;
        let lines =
            reasons.iter().map(|(reason, count)| format!("- {count} × {}\n", prose(&cut(reason, TEXT))));
        rows(lines, OPEN, "reason", reasons.len(), out)?;
        close_aside(out)
    }

    fn existing(&self, existing: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        if existing.is_empty() {
            return Ok(());
        }
        open_aside(&format!("Existing: {}, not in this change", counted(existing.len(), "finding")), out)?;
        let lines = existing.iter().map(|finding| {
            let severity = finding.severity.as_str();
            format!(
                "- {}: {severity} {} {}\n",
                self.place(finding),
                policy(finding),
                prose(&cut(&finding.title, TEXT))
            )
        });
        rows(lines, ASIDE, "finding", existing.len(), out)?;
        close_aside(out)
    }

    fn suppressed(&self, out: &mut dyn Write) -> io::Result<()> {
        let suppressed = &self.report.suppressed;
        if suppressed.is_empty() {
            return Ok(());
        }
        open_aside(&format!("Suppressed: {}", suppressed.len()), out)?;
        let lines = suppressed.iter().map(|finding| {
            let said = finding.suppression.as_ref().map_or_else(String::new, |said| {
                let until =
                    said.until.as_deref().map_or_else(String::new, |day| format!(" until {}", prose(day)));
                let place = &said.place;
                let at = self.linked(&place.path, Some(place.start.line), lines_of(place), None);
                format!("<br>{}{until} ({at})", prose(&cut(&said.reason, TEXT)))
            });
            let title = prose(&cut(&finding.title, TEXT));
            format!("- {} {} {title}{said}\n", policy(finding), self.place(finding))
        });
        rows(lines, ASIDE, "finding", suppressed.len(), out)?;
        close_aside(out)
    }

    fn place(&self, finding: &Diagnostic) -> String {
        let past = finding.commit.as_ref().filter(|commit| !commit.in_tree);
        let lines = (finding.start.line, finding.end.line);
        let place = self.linked(
            &finding.path,
            Some(finding.start.line),
            lines,
            past.map(|commit| commit.id.as_str()),
        );
        match past {
            Some(commit) => format!("{place}<br>in commit {}", prose(&commit.told())),
            None => place,
        }
    }

    /// `path:line`, linked to its text where the job says what is checked out.
    fn linked(&self, path: &str, line: Option<u32>, lines: (u32, u32), commit: Option<&str>) -> String {
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        let name = code(&format!("{}{line}", cut(path, TEXT)));
        match self.context.web.and_then(|web| web.link(path, lines, commit)) {
            Some(link) => format!("[{name}](<{link}>)"),
            None => name,
        }
    }
}

fn lines_of(place: &PlaceView) -> (u32, u32) {
    (place.start.line, place.end.line)
}

/// The policy's code, linked to its page.
fn policy(finding: &Diagnostic) -> String {
    let name = code(&finding.code);
    match safe_url(&finding.url) {
        Some(url) => format!("[{name}](<{url}>)"),
        None => name,
    }
}

/// A finding in one cell: title, what is there, and the rest behind a click.
fn details(finding: &Diagnostic) -> String {
    let mut text = format!("**{}**", prose(&cut(&finding.title, TEXT)));
    if !finding.label.is_empty() {
        text.push_str(&format!("<br>{}", prose(&cut(&finding.label, TEXT))));
    }
    let mut more = Vec::new();
    if !finding.help.is_empty() {
        more.push(prose(&cut(&finding.help, TEXT)));
    }
    if !finding.addresses.is_empty() {
        let shown = finding.addresses.iter().take(ADDRESSES).map(|address| code(&cut(address, TEXT)));
        let rest = finding.addresses.len().saturating_sub(ADDRESSES);
        let rest = (rest > 0).then(|| format!("and {rest} more"));
        more.push(format!("concerns: {}", shown.chain(rest).collect::<Vec<_>>().join(", ")));
    }
    if let Some(construct) = &finding.construct {
        more.push(format!("construct: {}", code(&cut(construct, TEXT))));
    }
    let steps: Vec<_> = finding.chain.iter().take(STEPS).map(step).collect();
    if !steps.is_empty() {
        more.push(format!("how it got there: {}", steps.join(" → ")));
    }
    if let Some(since) = finding.commit.as_ref().filter(|commit| commit.in_tree) {
        more.push(format!("since commit {}", prose(&since.told())));
    }
    if !more.is_empty() {
        text.push_str(&format!("<details><summary>what to do</summary>{}</details>", more.join("<br>")));
    }
    text
}

fn step(place: &PlaceView) -> String {
    let at = code(&format!("{}:{}", cut(&place.path, TEXT), place.start.line));
    if place.label.is_empty() { at } else { format!("{at} {}", prose(&cut(&place.label, TEXT))) }
}

fn open_aside(title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n<details><summary>{title}</summary>\n")
}

fn close_aside(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n</details>")
}

/// As many rows as the section may take, and what was left out.
fn rows(
    rows: impl Iterator<Item = String>,
    (bytes, most): (usize, usize),
    word: &str,
    all: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut room = bytes;
    let mut shown = 0;
    for row in rows.take(most) {
        let Some(left) = room.checked_sub(row.len()) else { break };
        room = left;
        shown += 1;
        out.write_all(row.as_bytes())?;
    }
    match all - shown {
        0 => Ok(()),
        left => {
            let words = counted(left, word);
            let words = words.split_once(' ').map_or(words.as_str(), |(_, words)| words);
            writeln!(out, "\n… and {left} more {words}: other outputs of this run have them all.")
        }
    }
}

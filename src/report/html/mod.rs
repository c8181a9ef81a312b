//! `--format html`: the whole report as one file for a browser.
//!
//! It loads nothing: style and script stand in it, and a Content-Security-Policy lets exactly these two hashes work.
//! Everything is there without the script, which sorts, filters and pages. No text of the report gets into the script,
//! the style, or a comment.

mod escape;
mod frame;
mod map;
mod rows;

use super::digest::{self, counted};
use super::view::{Diagnostic, Level};
use super::{Context, Report};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use escape::{prose, text};
use frame::Frames;
use rows::{Row, Table};
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ranked = digest::worst_first(report);
    let existing = digest::existing(report);
    let verdict = digest::verdict(report);
    head(&verdict, out)?;
    header(report, &verdict, &ranked, existing.len(), out)?;
    writeln!(out, "<main>")?;
    problems(report, context, out)?;
    map::write(&ranked, out)?;
    let mut page = Page { frames: Frames::new(context), out };
    page.findings(&ranked)?;
    page.existing(&existing)?;
    page.open(report)?;
    page.suppressed(report)?;
    writeln!(out, "</main>")?;
    write!(out, "<footer><p>keyless {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, " · this file loads nothing and holds no secret</p></footer>")?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn head(verdict: &str, out: &mut dyn Write) -> io::Result<()> {
    let hash = |content: &str| STANDARD.encode(Sha256::digest(content));
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
        script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">",
        hash(STYLE),
        hash(SCRIPT)
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
    writeln!(out, "<meta name=\"robots\" content=\"noindex\">")?;
    writeln!(out, "<title>keyless: {}</title>\n<style>{STYLE}</style>\n</head>\n<body>", text(verdict))
}

fn header(
    report: &Report,
    verdict: &str,
    ranked: &[&Diagnostic],
    existing: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let summary = &report.summary;
    let state = match ranked.first().map(|worst| worst.severity) {
        _ if !report.problems.is_empty() => "problem",
        Some(level) => level.as_str(),
        None => "clean",
    };
    writeln!(
        out,
        "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header class=\"{state}\">"
    )?;
    writeln!(out, "<p class=\"brand\">keyless</p>\n<h1>{}</h1>", text(&capital(verdict)))?;
    write!(
        out,
        "<p class=\"lead\">Checked {} with {}.",
        counted(summary.files, "file"),
        counted(summary.resources, "resource")
    )?;
    if let Some(history) = &summary.history {
        let (texts, commits) = (counted(history.texts, "text"), counted(history.commits, "commit"));
        write!(out, " Looked through the history: {texts} in {commits}.")?;
    }
    if let Some(gate) = &report.gate {
        let since = text(&gate.since);
        match &gate.whole {
            Some(whole) => {
                write!(
                    out,
                    " <strong>Everything counts</strong>, not the change since <code>{since}</code> alone: {}",
                    prose(whole)
                )?;
            }
            None => {
                let told = |base| format!(" (merge base <code>{}</code>)", text(base));
                let from = gate.short_base().map_or_else(String::new, told);
                write!(out, " Only what the change since <code>{since}</code>{from} touches counts.")?;
            }
        }
    }
    writeln!(out, "</p>\n<ul class=\"tiles\">")?;
    let [errors, warnings, notes] = digest::counts(ranked);
    let mut tiles = vec![
        ("error", "errors", errors, "findings"),
        ("warning", "warnings", warnings, "findings"),
        ("note", "notes", notes, "findings"),
    ];
    if report.gate.is_some() {
        tiles.push(("quiet", "existing", existing, "existing"));
    }
    tiles.push(("quiet", "could not tell", summary.cannot_tell, "open"));
    tiles.push(("quiet", "suppressed", summary.suppressed, "suppressed"));
    tiles.push(("problem", "problems", summary.problems, "problems"));
    for (class, word, count, target) in tiles {
        let word = if count == 1 { word.strip_suffix('s').unwrap_or(word) } else { word };
        let inner = format!("<b>{count}</b> <span>{word}</span>");
        if count == 0 {
            writeln!(out, "<li class=\"{class} zero\"><span class=\"tile\">{inner}</span></li>")?;
        } else {
            writeln!(out, "<li class=\"{class}\"><a class=\"tile\" href=\"#{target}\">{inner}</a></li>")?;
        }
    }
    writeln!(out, "</ul>\n</header>")
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn problems(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.problems.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"problems\">\n<h2>Could not be judged</h2>")?;
    writeln!(
        out,
        "<p>The answer is not full until these are settled. The rest was judged all the same.</p>\n<ul class=\"problems\">"
    )?;
    for problem in &report.problems {
        let place = rows::place(&problem.path, problem.start, problem.start, None, context);
        let kind = problem.kind.as_str();
        writeln!(out, "<li>{place} <span class=\"kind\">{kind}</span> {}</li>", prose(&problem.message))?;
    }
    writeln!(out, "</ul>\n</section>")
}

struct Page<'a, 'o> {
    frames: Frames<'a>,
    out: &'o mut dyn Write,
}

impl Page<'_, '_> {
    fn findings(&mut self, ranked: &[&Diagnostic]) -> io::Result<()> {
        writeln!(self.out, "<section id=\"findings\">\n<h2>Findings</h2>")?;
        rows::controls(ranked, self.out)?;
        if ranked.is_empty() {
            writeln!(self.out, "<p class=\"none\">No findings.</p>")?;
        } else {
            self.table("Findings, the worst first", ranked, "finding")?;
        }
        writeln!(self.out, "</section>")
    }

    fn existing(&mut self, existing: &[&Diagnostic]) -> io::Result<()> {
        if existing.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<section id=\"existing\">\n<h2>Existing</h2>")?;
        writeln!(self.out, "<p>Nothing of these is in the change: they fail nothing.</p>")?;
        self.table("Existing findings", existing, "existing")?;
        writeln!(self.out, "</section>")
    }

    fn open(&mut self, report: &Report) -> io::Result<()> {
        let reasons = digest::reasons(report);
        if reasons.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<section id=\"open\">\n<h2>Could not tell</h2>")?;
        writeln!(
            self.out,
            "<p>The code alone does not answer these; a plan or a value does.</p>\n<ul class=\"reasons\">"
        )?;
        for (reason, count) in reasons.iter().take(12) {
            writeln!(self.out, "<li><b>{count}</b> × {}</li>", prose(reason))?;
        }
        let rest: usize = reasons.iter().skip(12).map(|(_, count)| count).sum();
        if rest > 0 {
            writeln!(self.out, "<li><b>{rest}</b> × for other reasons</li>")?;
        }
        writeln!(self.out, "</ul>")?;
        let open: Vec<_> = report.cannot_tell.iter().collect();
        self.table("Questions that the code leaves open", &open, "open")?;
        writeln!(self.out, "</section>")
    }

    fn suppressed(&mut self, report: &Report) -> io::Result<()> {
        if report.suppressed.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<section id=\"suppressed\">\n<h2>Suppressed</h2>")?;
        writeln!(self.out, "<p>Somebody took the responsibility for these; they fail nothing.</p>")?;
        let suppressed: Vec<_> = report.suppressed.iter().collect();
        self.table("Suppressed findings", &suppressed, "suppressed")?;
        writeln!(self.out, "</section>")
    }

    fn table(&mut self, caption: &str, all: &[&Diagnostic], kind: &str) -> io::Result<()> {
        let bodies = self.frames.of_all(all);
        let open = all.len() <= 3;
        let table = Table { caption, kind, context: self.frames.context };
        let rows: Vec<_> = all
            .iter()
            .zip(bodies)
            .enumerate()
            .map(|(at, (diagnostic, frames))| Row { diagnostic, at, frames, open })
            .collect();
        table.write(&rows, self.out)
    }
}

/// The word and the sign of a severity.
fn badge(level: Level, kind: &str) -> String {
    let (word, sign) = match (kind, level) {
        ("open", _) => ("open", "?"),
        (_, Level::Error) => ("error", "✕"),
        (_, Level::Warning) => ("warning", "!"),
        (_, Level::Note) => ("note", "i"),
    };
    format!(
        "<span class=\"badge {word}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{word}</span>"
    )
}

//! `--format human`: diagnostics as people read them, and a summary.

use super::concise;
use super::escape::visible;
use super::snippet::{Label, Shown, draw};
use super::told::headline;
use super::view::{Diagnostic, Level, PlaceView, ProblemView, StaleView};
use super::{Context, Report, Style};
use crate::findings::{Masked, MaskedFile};
use crate::source::{FileId, Site};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

/// Addresses shown of one finding.
const ADDRESSES: usize = 5;
/// Reasons shown of what could not be told.
const REASONS: usize = 3;
/// Findings listed that were there before the change.
const EXISTING: usize = 20;

pub(super) fn write(
    report: &Report,
    context: Context<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut printer =
        Printer { style, files: Files { sources: context.sources, masked: HashMap::new() }, out };
    for finding in report.findings.iter().filter(|finding| !finding.existing) {
        printer.diagnostic(finding, finding.severity.as_str())?;
    }
    if context.strict {
        for open in report.cannot_tell.iter().filter(|open| !open.existing) {
            printer.diagnostic(open, "cannot tell")?;
        }
    }
    printer.existing(report, context.strict)?;
    for problem in &report.problems {
        printer.problem(problem)?;
    }
    if !report.problems.is_empty() {
        writeln!(printer.out)?;
    }
    printer.summary(report, context)
}

/// The last lines alone: what was looked at, and what it came to.
pub(super) fn closing(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let files = Files { sources: context.sources, masked: HashMap::new() };
    Printer { style: &Style::plain(), files, out }.summary(report, context)
}

struct Printer<'a> {
    style: &'a Style,
    files: Files<'a>,
    out: &'a mut dyn Write,
}

/// Masked texts of the files that the present diagnostic shows.
struct Files<'a> {
    sources: Masked<'a>,
    masked: HashMap<FileId, MaskedFile>,
}

impl Files<'_> {
    fn get(&mut self, id: FileId) -> &MaskedFile {
        self.masked.entry(id).or_insert_with(|| self.sources.file(id))
    }

    /// Forgets other files than this one: findings come sorted by file.
    fn turn_to(&mut self, id: FileId) {
        if !self.masked.contains_key(&id) {
            self.masked.clear();
        }
    }
}

impl Printer<'_> {
    fn diagnostic(&mut self, diagnostic: &Diagnostic, word: &str) -> io::Result<()> {
        let head = format!("{word}[{}]", diagnostic.code);
        let painted = self.paint(diagnostic.severity, &head);
        let title = visible(&diagnostic.title);
        let lines = wrap(&title, self.style.width, head.chars().count() + 2, 2);
        writeln!(self.out, "{painted}: {}", lines.join("\n  "))?;
        if self.files.sources.is_empty() {
            self.places(diagnostic)?;
        } else {
            self.snippets(diagnostic)?;
        }
        if let Some(reason) = &diagnostic.reason {
            self.note("because", reason)?;
        }
        self.addresses(diagnostic)?;
        if let Some(construct) = &diagnostic.construct {
            self.note("construct", construct)?;
        }
        if let Some(commit) = &diagnostic.commit {
            let word = if commit.in_tree { "since" } else { "commit" };
            self.note(word, &commit.told())?;
        }
        if !diagnostic.help.is_empty() {
            self.note("help", &diagnostic.help)?;
        }
        if !diagnostic.url.is_empty() {
            self.note("see", &diagnostic.url)?;
        }
        writeln!(self.out)
    }

    /// The primary place's file first, then the others in the order of the chain.
    fn snippets(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let mut files: Vec<(FileId, Vec<Label>)> = Vec::new();
        let mut add = |site: Site, text: &str, primary: bool| {
            let label = Label { span: site.span, text: visible(text).into_owned(), primary };
            match files.iter_mut().find(|(file, _)| *file == site.file) {
                Some((_, labels)) => labels.push(label),
                None => files.push((site.file, vec![label])),
            }
        };
        add(diagnostic.site, &diagnostic.label, true);
        // A step that stands on the primary's characters would only say the same again.
        let others = diagnostic.chain.iter().chain(&diagnostic.related);
        let others = others.filter(|place| !overlap(place.site, diagnostic.site));
        others.for_each(|place: &PlaceView| add(place.site, &place.label, false));
        self.files.turn_to(diagnostic.site.file);
        for (id, labels) in files {
            let path = self.files.sources.path(id);
            // As git takes it.
            let path = match self.files.sources.commit(id) {
                Some(commit) => format!("{commit}:{path}"),
                None => path,
            };
            let name = visible(&path).into_owned();
            let drawn = draw(&Shown { file: self.files.get(id), name }, &labels, self.style);
            self.out.write_all(drawn.as_bytes())?;
        }
        Ok(())
    }

    /// Where there are no sources to cut from: each place with what is there, the primary one first.
    fn places(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let Diagnostic { path, start, label, commit, .. } = diagnostic;
        let past = commit.as_ref().filter(|commit| !commit.in_tree);
        let path = past.map_or_else(|| path.clone(), |commit| format!("{}:{path}", commit.short()));
        writeln!(self.out, "  at {}:{}:{}: {}", visible(&path), start.line, start.column, visible(label))?;
        let is_same = |place: &&PlaceView| place.path == diagnostic.path && place.start == diagnostic.start;
        for place in diagnostic.chain.iter().chain(&diagnostic.related).filter(|place| !is_same(place)) {
            let PlaceView { path, start, label, .. } = place;
            writeln!(self.out, "     {}:{}:{}: {}", visible(path), start.line, start.column, visible(label))?;
        }
        Ok(())
    }

    /// The resources concerned, where the snippet does not name the only one.
    fn addresses(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let mut shown: Vec<_> = diagnostic.addresses.iter().take(ADDRESSES).cloned().collect();
        match diagnostic.addresses.len() {
            0 => return Ok(()),
            all if all > ADDRESSES => shown.push(format!("and {} more", all - ADDRESSES)),
            _ => {}
        }
        self.note("concerns", &shown.join(", "))
    }

    fn note(&mut self, word: &str, text: &str) -> io::Result<()> {
        let indent = word.len() + 4;
        let text = visible(text);
        let lines = wrap(&text, self.style.width, indent, indent);
        let painted = self.style.theme.styles.help.style(word).to_string();
        let between = format!("\n{}", " ".repeat(indent));
        writeln!(self.out, "  {painted}: {}", lines.join(&between))
    }

    /// What was there before, a line each: nobody has to mend it now.
    fn existing(&mut self, report: &Report, strict: bool) -> io::Result<()> {
        let open = report.cannot_tell.iter().filter(|_| strict).map(|open| (open, "cannot tell"));
        let all = report.findings.iter().map(|finding| (finding, finding.severity.as_str()));
        let known: Vec<_> = all.chain(open).filter(|(diagnostic, _)| diagnostic.existing).collect();
        if known.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "existing, not touched by this change:")?;
        for (diagnostic, word) in known.iter().take(EXISTING) {
            let Diagnostic { code, severity, path, start, .. } = diagnostic;
            let head = self.paint(*severity, &format!("{word}[{code}]"));
            let place = format!("{}:{}:{}", visible(path), start.line, start.column);
            writeln!(self.out, "  {place}: {head} {}", headline(diagnostic))?;
        }
        if known.len() > EXISTING {
            writeln!(self.out, "  and {} more (`--format concise` lists them)", known.len() - EXISTING)?;
        }
        writeln!(self.out)
    }

    /// What the change was compared with, and what came of it.
    fn gate(&mut self, report: &Report) -> io::Result<()> {
        let Some(gate) = &report.gate else { return Ok(()) };
        let (since, whole) = (visible(&gate.since), &gate.whole);
        if let Some(whole) = whole {
            writeln!(self.out, "not compared with {since}, so that all findings count: {}", visible(whole))?;
        }
        let existing = report.findings.iter().filter(|finding| finding.existing).count();
        if let Some(short) = gate.short_base().filter(|_| whole.is_none() || existing > 0) {
            let new = report.findings.len() - existing;
            writeln!(self.out, "compared with {since} (merge base {short}): {new} new, {existing} existing")?;
        }
        Ok(())
    }

    fn problem(&mut self, problem: &ProblemView) -> io::Result<()> {
        let head = format!("problem[{}]", problem.kind.as_str());
        let painted = self.style.theme.styles.error.style(&head).to_string();
        writeln!(self.out, "{painted}: {}: {}", concise::place(problem), visible(&problem.message))
    }

    fn paint(&self, level: Level, text: &str) -> String {
        let styles = &self.style.theme.styles;
        let style = match level {
            Level::Error => styles.error,
            Level::Warning => styles.warning,
            Level::Note => styles.advice,
        };
        style.style(text).to_string()
    }

    fn summary(&mut self, report: &Report, context: Context<'_>) -> io::Result<()> {
        let summary = &report.summary;
        if summary.files == 0 {
            if report.problems.is_empty() {
                let paths: Vec<_> = context.paths.iter().map(|path| visible(path)).collect();
                writeln!(self.out, "no Terraform, CloudFormation or CDK files under {}", paths.join(", "))?;
            }
        } else {
            writeln!(
                self.out,
                "checked {} with {}: {}{}",
                counted(summary.files, "file"),
                counted(summary.resources, "resource"),
                found(report),
                suppressed(summary.suppressed)
            )?;
        }
        self.gate(report)?;
        if let Some(history) = &summary.history {
            writeln!(
                self.out,
                "looked through the history: {} in {}",
                counted(history.texts, "text"),
                counted(history.commits, "commit")
            )?;
        }
        self.stale(&report.stale)?;
        if summary.cannot_tell > 0 {
            self.open_questions(report, context.strict)?;
        }
        if summary.problems > 0 {
            writeln!(
                self.out,
                "{} kept this from being a full answer",
                counted(summary.problems, "problem")
            )?;
        }
        Ok(())
    }

    fn stale(&mut self, stale: &[StaleView]) -> io::Result<()> {
        let gone = |path: &str, expired: bool| {
            stale.iter().filter(|entry| entry.path == path && entry.expired.is_some() == expired).count()
        };
        let mut paths: Vec<&str> = stale.iter().map(|entry| entry.path.as_str()).collect();
        paths.dedup();
        for path in paths {
            let shown = visible(path);
            let (nothing, over) = (gone(path, false), gone(path, true));
            if nothing > 0 {
                let entries = if nothing == 1 { "1 entry is" } else { &format!("{nothing} entries are") };
                writeln!(self.out, "{shown}: {entries} stale (`keyless baseline --prune` takes that out)")?;
            }
            if over > 0 {
                let entries = if over == 1 { "1 entry has" } else { &format!("{over} entries have") };
                writeln!(self.out, "{shown}: {entries} expired")?;
            }
        }
        Ok(())
    }

    fn open_questions(&mut self, report: &Report, strict: bool) -> io::Result<()> {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for open in &report.cannot_tell {
            *reasons.entry(open.reason.as_deref().unwrap_or(&open.title)).or_default() += 1;
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        let hint = if strict { "" } else { " (`--strict` lists them)" };
        writeln!(self.out, "could not tell in {}{hint}:", counted(report.cannot_tell.len(), "case"))?;
        for (reason, count) in reasons.iter().take(REASONS) {
            writeln!(self.out, "  {count} × {}", visible(reason))?;
        }
        let rest: usize = reasons.iter().skip(REASONS).map(|(_, count)| count).sum();
        if rest > 0 {
            writeln!(self.out, "  {rest} × for other reasons")?;
        }
        Ok(())
    }
}

fn overlap(a: Site, b: Site) -> bool {
    a == b || (a.file == b.file && a.span.start < b.span.end && b.span.start < a.span.end)
}

fn found(report: &Report) -> String {
    let count = |level: Level| {
        report.findings.iter().filter(|finding| finding.severity == level && !finding.existing).count()
    };
    let parts: Vec<_> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .map(|level| (count(level), level.as_str()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let is_gated = report.findings.iter().any(|finding| finding.existing);
    match (parts.is_empty(), is_gated) {
        (true, true) => "no new findings".to_owned(),
        (true, false) => "no findings".to_owned(),
        (false, _) => parts.join(", "),
    }
}

fn suppressed(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", {count} suppressed") }
}

pub(super) fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Lines of words, the first `first` columns shorter than the width, the others `rest`.
pub(super) fn wrap(text: &str, width: usize, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = width.saturating_sub(first).max(20);
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines.push(String::new());
            room = width.saturating_sub(rest).max(20);
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
        }
        used += length;
    }
    lines
}

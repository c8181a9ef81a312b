//! Code frames: some lines of a masked file, numbered, with the characters that are meant marked.

use super::escape::{prose, push, text};
use crate::findings::MaskedFile;
use crate::report::Context;
use crate::report::escape::push_visible;
use crate::report::view::{Diagnostic, PlaceView};
use crate::source::{FileId, Site};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines before and after what is marked, and marked lines shown of a long place.
const CONTEXT: u32 = 2;
const MARKED: u32 = 12;
/// Characters shown of a line, and of these before the first mark.
const WIDTH: usize = 180;
const BEFORE: usize = 60;
/// Bytes of excerpts in one file: a browser still opens it soon.
const BUDGET: usize = 16 << 20;
/// Related places that are shown with their code.
const RELATED: usize = 12;

/// Makes the excerpts of a report.
pub(super) struct Frames<'a> {
    pub(super) context: Context<'a>,
    left: usize,
}

impl<'a> Frames<'a> {
    pub(super) fn new(context: Context<'a>) -> Self {
        Self { context, left: BUDGET }
    }

    /// The excerpts of each, in the order given. Files are masked once each, and not all held at once.
    pub(super) fn of_all(&mut self, all: &[&Diagnostic]) -> Vec<String> {
        let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
        for (at, diagnostic) in all.iter().enumerate() {
            by_file.entry(diagnostic.site.file).or_default().push(at);
        }
        let mut made = vec![String::new(); all.len()];
        for numbers in by_file.into_values() {
            let mut files = Files { context: self.context, masked: BTreeMap::new() };
            for at in numbers {
                let (Some(diagnostic), Some(place)) = (all.get(at), made.get_mut(at)) else { continue };
                let frames = files.of(diagnostic);
                if let Some(left) = self.left.checked_sub(frames.len()) {
                    self.left = left;
                    *place = frames;
                } else {
                    *place = "<p class=\"none\">The excerpt is left out: this file would grow too large.</p>"
                        .to_owned();
                }
            }
        }
        made
    }
}

/// The masked files of diagnostics that stand in one file.
struct Files<'a> {
    context: Context<'a>,
    masked: BTreeMap<FileId, MaskedFile>,
}

impl Files<'_> {
    fn of(&mut self, diagnostic: &Diagnostic) -> String {
        let mut html = if self.context.sources.is_empty() {
            without_code(diagnostic)
        } else {
            self.frame(diagnostic.site, &diagnostic.label, true)
        };
        self.list(
            "How the value gets there",
            "ol",
            &diagnostic.chain,
            diagnostic.site,
            usize::MAX,
            &mut html,
        );
        self.list("See also", "ul", &diagnostic.related, diagnostic.site, RELATED, &mut html);
        html
    }

    fn list(
        &mut self,
        title: &str,
        tag: &str,
        places: &[PlaceView],
        primary: Site,
        most: usize,
        html: &mut String,
    ) {
        if places.is_empty() {
            return;
        }
        html.push_str(&format!("<h3>{title}</h3>\n<{tag} class=\"places\">"));
        for (at, place) in places.iter().enumerate() {
            // The code of the primary place stands above.
            let is_shown = place.site == primary || at >= most || self.context.sources.is_empty();
            let frame = if is_shown { String::new() } else { self.frame(place.site, "", false) };
            html.push_str("<li>");
            html.push_str(&format!("<p>{}", prose(&place.label)));
            if is_shown {
                let (path, line) = (text(&place.path), place.start.line);
                html.push_str(&format!(" <span class=\"at\">{path}:{line}</span>"));
            }
            html.push_str(&format!("</p>{frame}</li>\n"));
        }
        html.push_str(&format!("</{tag}>\n"));
    }

    fn name(&self, file: FileId) -> String {
        let path = self.context.sources.path(file);
        // As git takes it.
        self.context.sources.commit(file).map_or(path.clone(), |commit| format!("{commit}:{path}"))
    }

    fn frame(&mut self, site: Site, label: &str, primary: bool) -> String {
        let sources = self.context.sources;
        // What was read from reports has no code.
        if sources.is_empty() {
            return format!("<p>{}</p>\n", prose(label));
        }
        let name = self.name(site.file);
        let file = self.masked.entry(site.file).or_insert_with(|| sources.file(site.file));
        let position = file.position(site.span.start);
        let class = if primary { "frame primary" } else { "frame" };
        let mut html = format!(
            "<figure class=\"{class}\"><figcaption>{}:{}:{}</figcaption><pre tabindex=\"0\"><code>",
            text(&name),
            position.line,
            position.column
        );
        lines(file, site, &mut html);
        html.push_str("</code></pre>");
        if !label.is_empty() {
            html.push_str(&format!("<p class=\"label\">{}</p>", prose(label)));
        }
        html.push_str("</figure>\n");
        html
    }
}

/// The lines around a place. Lines of the held text that are no neighbours in the file are no context.
/// What stands for the code where there are no files to cut from.
fn without_code(diagnostic: &Diagnostic) -> String {
    let Diagnostic { path, start, label, commit, .. } = diagnostic;
    let past = commit.as_ref().filter(|commit| !commit.in_tree);
    let name = past.map_or_else(|| path.clone(), |commit| format!("{}:{path}", commit.short()));
    format!(
        "<figure class=\"frame primary\"><figcaption>{}:{}:{}</figcaption><p class=\"label\">{}</p></figure>\n",
        text(&name),
        start.line,
        start.column,
        prose(label)
    )
}

fn lines(file: &MaskedFile, site: Site, html: &mut String) {
    let span = site.span.range();
    let first = file.line_at(site.span.start);
    let last = file.line_at(site.span.end.saturating_sub(u32::from(!site.span.is_empty()))).max(first);
    let shown_last = last.min(first + MARKED - 1);
    let number = |line: u32| file.line_span(line).map(|line| file.position(line.start).line);
    let Some(of_first) = number(first) else { return };
    for line in first.saturating_sub(CONTEXT).max(1)..=shown_last + CONTEXT {
        let (Some(of_line), Some(at)) = (file.line_span(line), number(line)) else { continue };
        if i64::from(at) - i64::from(of_first) != i64::from(line) - i64::from(first) {
            continue;
        }
        // The empty line after a file's last line break is no line.
        if line > last && of_line.is_empty() && of_line.end as usize == file.len() {
            continue;
        }
        // What a long place leaves out is no context of it.
        if line > shown_last && shown_last < last {
            html.push_str("<span class=\"cut\">…</span>\n");
            break;
        }
        let class = if (first..=last).contains(&line) { "line hit" } else { "line" };
        html.push_str(&format!("<span class=\"{class}\" data-n=\"{at}\">"));
        one_line(file, of_line.range(), &span, html);
        html.push_str("</span>\n");
    }
}

/// One line, cut to what lies around its mark.
fn one_line(file: &MaskedFile, line: Range<usize>, span: &Range<usize>, html: &mut String) {
    let mark = span.start.clamp(line.start, line.end)..span.end.clamp(line.start, line.end);
    let centre = if mark.is_empty() && span.start >= line.end { line.start } else { mark.start };
    let back = file.chars(line.start..centre).rev();
    let from = back.take(BEFORE).last().map_or(centre, |(at, _)| at);
    let short = file.chars(line.clone()).nth(WIDTH).is_none();
    let from = if short { line.start } else { from };
    let to = file.chars(from..line.end).nth(WIDTH).map_or(line.end, |(at, _)| at);
    if from > line.start {
        html.push('…');
    }
    let piece = |range: Range<usize>| {
        let mut shown = String::new();
        for (at, character) in file.chars(range) {
            match character {
                '\t' => shown.push_str("    "),
                '\r' if at + 1 == line.end => {}
                '\u{feff}' if at == 0 => {}
                _ => push_visible(character, &mut shown),
            }
        }
        shown
    };
    let (start, end) = (mark.start.clamp(from, to), mark.end.clamp(from, to));
    push(&piece(from..start), html);
    if start < end {
        html.push_str("<mark>");
        push(&piece(start..end), html);
        html.push_str("</mark>");
    }
    push(&piece(end..to), html);
    if to < line.end {
        html.push('…');
    }
}

//! Excerpts of a masked file with labels under the characters that they mean, drawn by miette.
//!
//! Lines may be 20 MB long (minified JSON) and hold anything: an excerpt shows a window of each line, with hidden
//! characters made visible, and keeps the positions of the file.

use super::escape::push_visible;
use super::style::Style;
use crate::findings::MaskedFile;
use crate::source::Span;
use miette::{
    Diagnostic, GraphicalReportHandler, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use std::fmt;
use std::ops::Range;

/// Lines shown before and after a labelled one.
const CONTEXT: u32 = 1;
/// Columns that line numbers and frames take.
const FRAME: usize = 10;
const TAB: &str = "    ";

/// A label of one file.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// A file as it may be shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) file: &'a MaskedFile,
    pub(super) name: String,
}

/// A label cut to one line.
#[derive(Debug, Clone)]
struct Mark {
    line: u32,
    range: Range<usize>,
    text: String,
    primary: bool,
}

/// Draws the labels of one file, near ones in one excerpt; the one with the primary label comes first.
pub(super) fn draw(shown: &Shown<'_>, labels: &[Label], style: &Style) -> String {
    let width = style.width - FRAME;
    let handler = GraphicalReportHandler::new_themed(style.theme.clone())
        .with_width(style.width)
        .with_urls(false)
        .with_wrap_lines(false)
        .with_context_lines(1)
        .without_syntax_highlighting();
    let mut groups = shown.group(shown.marks(labels), width);
    groups.sort_by_key(|marks| !marks.iter().any(|mark| mark.primary));
    let mut drawn = String::new();
    for marks in groups {
        let excerpt = Excerpt::new(shown, &marks, width);
        // Writing to a string does not fail. The header is empty: it leaves one line break.
        let mut text = String::new();
        let _ = handler.render_report(&mut text, &excerpt);
        drawn.push_str(text.strip_prefix('\n').unwrap_or(&text));
    }
    drawn
}

impl Shown<'_> {
    fn marks(&self, labels: &[Label]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = labels.iter().map(|label| self.mark(label)).collect();
        marks.sort_by(|a, b| {
            (a.line, a.range.start, a.range.end, !a.primary).cmp(&(
                b.line,
                b.range.start,
                b.range.end,
                !b.primary,
            ))
        });
        marks.dedup_by(|later, kept| {
            let same = later.line == kept.line && later.range == kept.range;
            if same {
                kept.primary |= later.primary;
                if !later.text.is_empty() && !kept.text.split("; ").any(|text| text == later.text) {
                    let between = if kept.text.is_empty() { "" } else { "; " };
                    kept.text = format!("{}{between}{}", kept.text, later.text);
                }
            }
            same
        });
        marks
    }

    /// The first line with text of a label. Where it goes on, the label says how far.
    fn mark(&self, label: &Label) -> Mark {
        let whole = label.span.range();
        let text = self.file.get(whole.clone()).unwrap_or_default();
        let blank = text.len() - text.trim_start().len();
        let start = if blank < text.len() { whole.start + blank } else { whole.start };
        let at = self.file.line_at(to_u32(start));
        let line = self.file.line_span(at).unwrap_or_default().range();
        let end = whole.end.clamp(start, line.end.max(start));
        let last = self.file.position(to_u32(whole.start + text.trim_end().len())).line;
        let text = match last > self.file.position(to_u32(start)).line {
            true if label.text.is_empty() => format!("to line {last}"),
            true => format!("{} (to line {last})", label.text),
            false => label.text.clone(),
        };
        Mark { line: at, range: start..end, text, primary: label.primary }
    }

    /// Marks that fit into one excerpt: few lines apart, and in one window if their line is long.
    fn group(&self, marks: Vec<Mark>, width: usize) -> Vec<Vec<Mark>> {
        let mut groups: Vec<Vec<Mark>> = Vec::new();
        for mark in marks {
            let fits = groups.last().and_then(|group| group.last().map(|last| (group, last))).is_some_and(
                |(group, last)| {
                    let first_here = group.iter().find(|other| other.line == mark.line);
                    let start = first_here.map_or(mark.range.start, |first| first.range.start);
                    let line = self.file.line_span(mark.line).unwrap_or_default();
                    let in_file = |mark: &Mark| self.file.position(to_u32(mark.range.start)).line;
                    let apart = mark.line - last.line;
                    apart <= 2 * CONTEXT + 1
                        && in_file(&mark) == in_file(last) + apart
                        && (line.len() <= width || mark.range.end.saturating_sub(start) <= width)
                },
            );
            match groups.last_mut() {
                Some(group) if fits => group.push(mark),
                Some(_) | None => groups.push(vec![mark]),
            }
        }
        groups
    }
}

/// What miette draws: some lines of a file, cut to the width.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    first_line: u32,
    /// In the excerpt, with the line and column in the file, from 0.
    labels: Vec<(LabeledSpan, usize, usize)>,
}

impl Excerpt {
    fn new(shown: &Shown<'_>, marks: &[Mark], width: usize) -> Self {
        let first = marks.first().map_or(1, |mark| mark.line);
        let last = marks.last().map_or(1, |mark| mark.line);
        // Lines of the held text that are no neighbours in the file are no context.
        let in_file = |line| shown.file.line_span(line).map(|span| shown.file.position(span.start).line);
        let marked = in_file(first).unwrap_or(1);
        let before = |line: &u32| in_file(*line).is_some_and(|at| at + (first - line) == marked);
        let first_line = (first.saturating_sub(CONTEXT).max(1)..=first).find(before).unwrap_or(first);
        let mut excerpt = Self {
            name: shown.name.clone(),
            text: String::new(),
            first_line: in_file(first_line).unwrap_or(1),
            labels: Vec::new(),
        };
        for line in first_line..=last + CONTEXT {
            let Some(span) = shown.file.line_span(line) else { break };
            if line > last && in_file(line) != in_file(last).map(|at| at + (line - last)) {
                break;
            }
            // The empty line after a file's last line break is no line.
            if span.is_empty() && span.end as usize == shown.file.len() && line > last {
                break;
            }
            let here: Vec<&Mark> = marks.iter().filter(|mark| mark.line == line).collect();
            excerpt.push_line(shown, span.range(), &here, width);
        }
        excerpt
    }

    fn push_line(&mut self, shown: &Shown<'_>, line: Range<usize>, marks: &[&Mark], width: usize) {
        let window = window(shown.file, &line, marks, width);
        let mut starts = vec![None; marks.len()];
        let mut ends = vec![None; marks.len()];
        if window.start > line.start {
            self.text.push('…');
        }
        for (offset, character) in shown.file.chars(window.clone()) {
            self.note(offset, marks, &mut starts, &mut ends);
            match character {
                '\t' => self.text.push_str(TAB),
                '\u{feff}' if offset == 0 => {}
                _ => push_visible(character, &mut self.text),
            }
        }
        self.note(window.end, marks, &mut starts, &mut ends);
        let end_of_text = self.text.len();
        if window.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
        for ((mark, start), end) in marks.iter().zip(starts).zip(ends) {
            let start = start.unwrap_or(end_of_text);
            let length = end.unwrap_or(end_of_text).saturating_sub(start);
            let text = Some(mark.text.clone()).filter(|text| !text.is_empty());
            let label = if mark.primary {
                LabeledSpan::new_primary_with_span(text, (start, length))
            } else {
                LabeledSpan::new_with_span(text, (start, length))
            };
            let position = shown.file.position(to_u32(mark.range.start));
            self.labels.push((label, position.line as usize - 1, position.column as usize - 1));
        }
    }

    /// Remembers where in the excerpt the marks start and end that do so at `offset` of the file.
    fn note(&self, offset: usize, marks: &[&Mark], starts: &mut [Option<usize>], ends: &mut [Option<usize>]) {
        for ((mark, start), end) in marks.iter().zip(starts).zip(ends) {
            if start.is_none() && mark.range.start <= offset {
                *start = Some(self.text.len());
            }
            if end.is_none() && mark.range.end <= offset {
                *end = Some(self.text.len());
            }
        }
    }
}

/// The part of a line that is shown: all of it, or about `width` characters around its marks. Looks only at
/// what lies near the marks.
fn window(file: &MaskedFile, line: &Range<usize>, marks: &[&Mark], width: usize) -> Range<usize> {
    let start =
        marks.iter().map(|mark| mark.range.start).min().unwrap_or(line.start).clamp(line.start, line.end);
    let end = marks.iter().map(|mark| mark.range.end).max().unwrap_or(line.start).clamp(start, line.end);
    if line.len() <= 4 * width && file.chars(line.clone()).count() <= width {
        return line.clone();
    }
    let marked = file.chars(start..end).take(width).count();
    let room = width - marked;
    // At most half of the room goes before the marks, and what the end of the line leaves free.
    let after = file.chars(end..line.end).take(room).count();
    let before = (room / 2).max(room - after);
    let from = file.chars(line.start..start).rev().take(before).last().map_or(start, |(at, _)| at);
    let to = file.chars(from..line.end).nth(width).map_or(line.end, |(at, _)| at);
    from..to
}

impl SourceCode for Excerpt {
    /// With context: the whole excerpt. Without: a label alone, for the position in the heading.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let line_count = self.text.matches('\n').count();
        let (data, span, line, column) = if before > 0 {
            (self.text.as_str(), SourceSpan::from((0, self.text.len())), self.first_line as usize - 1, 0)
        } else {
            let found = self.labels.iter().find(|(label, _, _)| label.inner() == span);
            let (line, column) = found.map_or((0, 0), |(_, line, column)| (*line, *column));
            let range = span.offset()..span.offset() + span.len();
            (self.text.get(range).unwrap_or(""), *span, line, column)
        };
        let contents =
            MietteSpanContents::new_named(self.name.clone(), data.as_bytes(), span, line, column, line_count);
        Ok(Box::new(contents))
    }
}

impl Diagnostic for Excerpt {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|(label, _, _)| label.clone())))
    }
}

impl std::error::Error for Excerpt {}

impl fmt::Display for Excerpt {
    /// Empty: the heading is not miette's.
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

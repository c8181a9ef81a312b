//! Two texts of a file as a unified diff has them, masked: what a line holds of a secret is `*` in it.

use crate::findings::Outcome;
use crate::findings::mended::{Change, Hunk, Line, Patch};
use crate::source::{FileId, SourceFile, Sources};
use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// Lines shown before and after what changes.
const CONTEXT: u32 = 3;

/// A text, and the same with every byte of a secret as `*`.
pub(super) struct Text<'a> {
    pub(super) plain: &'a str,
    pub(super) masked: String,
}

struct Lines<'a> {
    plain: Vec<&'a str>,
    masked: Vec<&'a str>,
}

impl Text<'_> {
    fn lines(&self) -> Lines<'_> {
        let masked = if self.masked.len() == self.plain.len() { &self.masked } else { "" };
        Lines {
            plain: self.plain.split_inclusive('\n').collect(),
            masked: masked.split_inclusive('\n').collect(),
        }
    }
}

/// How a file is masked: by everything that outcomes know of it under any of its ids, and of secrets wherever they are.
pub(super) fn masked(text: &str, path: &str, outcomes: &[(&Outcome, &Sources)]) -> String {
    let mut result = text.to_owned();
    let mut join = |masked: &str| result = either(&result, masked);
    let bare = SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false);
    for (outcome, sources) in outcomes {
        // Nothing is known of the places of a file that no run has read.
        join(&outcome.redactor.masked(FileId(u32::MAX), &bare));
        for (id, file) in (0..).map(FileId).zip(sources.all()) {
            if file.path == path && file.is_whole() && file.text() == text {
                join(&outcome.redactor.masked(id, &file));
            }
        }
    }
    result
}

/// What two masked forms of one text hide. Both are as long as the text.
fn either(a: &str, b: &str) -> String {
    let bytes = a.bytes().zip(b.bytes()).map(|(a, b)| if b == b'*' { b } else { a });
    String::from_utf8(bytes.collect()).unwrap_or_default()
}

/// What makes the first text the second.
pub(super) fn patch((path, shown): (String, String), before: &Text<'_>, after: &Text<'_>) -> Patch {
    let mut input = InternedInput::default();
    input.update_before(before.plain.split_inclusive('\n'));
    input.update_after(after.plain.split_inclusive('\n'));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let changes: Vec<(Range<u32>, Range<u32>)> = diff.hunks().map(|hunk| (hunk.before, hunk.after)).collect();
    let (before, after) = (before.lines(), after.lines());
    let mut drawn = Drawn { before: &before, after: &after, hides: false };
    let near =
        |a: &(Range<u32>, Range<u32>), b: &(Range<u32>, Range<u32>)| b.0.start - a.0.end <= 2 * CONTEXT;
    let hunks = changes.chunk_by(near).map(|group| drawn.hunk(group)).collect();
    let only_read = drawn.hides.then_some("secrets in it are masked");
    Patch { path, shown, hunks, only_read }
}

struct Drawn<'a> {
    before: &'a Lines<'a>,
    after: &'a Lines<'a>,
    /// A line holds something of a secret.
    hides: bool,
}

impl Drawn<'_> {
    fn hunk(&mut self, group: &[(Range<u32>, Range<u32>)]) -> Hunk {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            return Hunk { before: (0, 0), after: (0, 0), lines: Vec::new() };
        };
        let all = u32::try_from(self.before.plain.len()).unwrap_or(u32::MAX);
        let lead = first.0.start.min(CONTEXT);
        let trail = (all - last.0.end).min(CONTEXT);
        let (mut at, mut other) = (first.0.start - lead, first.1.start - lead);
        let start = (at, other);
        let mut lines = Vec::new();
        for (before, after) in group {
            self.kept(at..before.start, other, &mut lines);
            lines.extend(before.clone().map(|line| self.line(Change::Removed, line, None)));
            lines.extend(after.clone().map(|line| self.line(Change::Added, line, None)));
            (at, other) = (before.end, after.end);
        }
        self.kept(at..at + trail, other, &mut lines);
        let end = (at + trail, other + trail);
        Hunk { before: counted(start.0, end.0), after: counted(start.1, end.1), lines }
    }

    fn kept(&mut self, range: Range<u32>, other: u32, lines: &mut Vec<Line>) {
        let others = other..;
        lines.extend(range.zip(others).map(|(line, twin)| self.line(Change::Kept, line, Some(twin))));
    }

    /// A line of the text that has it; one that both have is masked by what is known of either.
    fn line(&mut self, change: Change, at: u32, twin: Option<u32>) -> Line {
        let lines = if change == Change::Added { self.after } else { self.before };
        let plain = lines.plain.get(at as usize).copied().unwrap_or_default();
        let mut text = lines.masked.get(at as usize).copied().unwrap_or_default().to_owned();
        if let Some(masked) = twin.and_then(|twin| self.after.masked.get(twin as usize)) {
            text = either(&text, masked);
        }
        self.hides |= text != plain;
        let is_ended = text.ends_with('\n');
        text.truncate(text.len() - usize::from(is_ended));
        Line { change, text, is_ended }
    }
}

/// Lines from 0 as a hunk's head has them: of none, the line before it.
fn counted(start: u32, end: u32) -> (u32, u32) {
    let count = end - start;
    (if count == 0 { start } else { start + 1 }, count)
}

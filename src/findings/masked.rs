//! Sources as reporters see them: texts with every secret masked, paths without one. There is no way from here to a text
//! as it was read.

use super::Redactor;
use super::redact::starred;
use crate::source::{FileId, Position, Site, SourceFile, Sources, Span};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The files of a run, masked.
#[derive(Debug, Clone, Copy)]
pub struct Masked<'a> {
    sources: &'a Sources,
    redactor: &'a Redactor,
}

impl<'a> Masked<'a> {
    #[must_use]
    pub fn new(sources: &'a Sources, redactor: &'a Redactor) -> Self {
        Self { sources, redactor }
    }

    /// Whether there is nothing to cut excerpts from: what is printed was read from reports.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.len() == 0
    }

    /// What a file is called, relative to the working directory, with `/` between the names.
    #[must_use]
    pub fn path(&self, file: FileId) -> String {
        self.redactor.redact(&self.sources.get(file).path)
    }

    /// The commit that a text of the past is of, as sentences call it.
    #[must_use]
    pub fn commit(&self, file: FileId) -> Option<String> {
        self.sources.get(file).commit.as_ref().map(|commit| commit.short().to_owned())
    }

    /// Where a site starts and ends.
    #[must_use]
    pub fn positions(&self, site: Site) -> (Position, Position) {
        let file = self.sources.get(site.file);
        (file.position(site.span.start), file.position(site.span.end))
    }

    /// A whole file.
    #[must_use]
    pub fn file(&self, file: FileId) -> MaskedFile {
        let source = self.sources.get(file);
        MaskedFile { hidden: self.redactor.hidden(file, &source), source }
    }
}

/// A file in which every byte of a secret is `*`. Lengths and lines stay, so that spans hold. Its text is not held a second
/// time: what is shown of it is little.
#[derive(Debug)]
pub struct MaskedFile {
    source: Arc<SourceFile>,
    /// Where secrets are: in order, apart from each other, at borders of characters.
    hidden: Vec<Range<usize>>,
}

impl MaskedFile {
    /// In bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.source.text().len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A part of the text; `None` where there is none, or where a character would be split.
    #[must_use]
    pub fn get(&self, range: Range<usize>) -> Option<Cow<'_, str>> {
        let text = self.source.text();
        let is_border = |at| text.is_char_boundary(at) || at < text.len() && self.is_hidden(at);
        let is_part = range.start <= range.end && is_border(range.start) && is_border(range.end);
        let plain = text.get(range.clone()).filter(|_| !self.hides(&range)).map(Cow::Borrowed);
        let owned = || Cow::Owned(self.chars(range.clone()).map(|(_, character)| character).collect());
        is_part.then(|| plain.unwrap_or_else(owned))
    }

    /// The characters of a part with where they are in the file.
    pub fn chars(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, char)> {
        let text = self.source.text();
        let start = (0..=range.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let end = (range.end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
        let inside = text.get(start..end).unwrap_or("").char_indices();
        let shown = inside.flat_map(move |(at, character)| {
            let at = start + at;
            // Of a secret each byte is a character.
            let (bytes, shown) = match self.is_hidden(at) {
                true => (character.len_utf8(), starred(character)),
                false => (1, character),
            };
            (at..at + bytes).map(move |at| (at, shown))
        });
        shown.filter(move |(at, _)| range.contains(at))
    }

    fn hides(&self, range: &Range<usize>) -> bool {
        let next = self.hidden.partition_point(|hidden| hidden.end <= range.start);
        self.hidden.get(next).is_some_and(|hidden| hidden.start < range.end)
    }

    fn is_hidden(&self, at: usize) -> bool {
        self.hides(&(at..at + 1))
    }

    /// As [`SourceFile::line_at`].
    #[must_use]
    pub fn line_at(&self, offset: u32) -> u32 {
        self.source.line_at(offset)
    }

    /// As [`SourceFile::line_span`].
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        self.source.line_span(line)
    }

    /// As [`SourceFile::position`].
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.source.position(offset)
    }
}

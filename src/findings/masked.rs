//! Sources as reporters see them: texts with every secret masked, paths without one. There is no way from here to a text
//! as it was read.

use super::Redactor;
use crate::source::{FileId, Position, Site, SourceFile, Sources, Span};
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
        MaskedFile { text: self.redactor.masked(file, &source), source }
    }
}

/// A file in which every byte of a secret is `*`. Lengths and lines stay, so that spans hold.
#[derive(Debug)]
pub struct MaskedFile {
    source: Arc<SourceFile>,
    text: String,
}

impl MaskedFile {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
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

//! From sites in sources to places that an editor shows.

use super::item::{Spot, Step};
use super::text::{Encoding, Lines, small};
use crate::findings::{Masked, Place};
use crate::source::{FileId, Site, SourceFile, Sources};
use crate::system::lexical;
use lsp_types::{Position, Range};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The files of one run, as an editor counts them.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    masked: Masked<'a>,
    /// What paths are relative to.
    base: &'a Path,
    /// The texts of the editor: of these every character counts, also a byte order mark.
    buffers: BTreeSet<&'a Path>,
    encoding: Encoding,
    lines: RefCell<BTreeMap<FileId, Rc<Lines>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        (sources, masked): (&'a Sources, Masked<'a>),
        base: &'a Path,
        buffers: impl IntoIterator<Item = &'a Path>,
        encoding: Encoding,
    ) -> Self {
        let buffers = buffers.into_iter().collect();
        Self { sources, masked, base, buffers, encoding, lines: RefCell::default() }
    }

    pub(super) fn path(&self, file: FileId) -> PathBuf {
        self.path_of(&self.sources.get(file).path)
    }

    /// The path of a file that is shown by this name.
    pub(super) fn path_of(&self, shown: &str) -> PathBuf {
        lexical(&self.base.join(shown))
    }

    pub(super) fn range(&self, site: Site) -> Range {
        let file = self.sources.get(site.file);
        if !file.is_whole() {
            return Range::new(self.in_part(&file, site.span.start), self.in_part(&file, site.span.end));
        }
        let lines = Rc::clone(
            self.lines.borrow_mut().entry(site.file).or_insert_with(|| Rc::new(Lines::new(file.text()))),
        );
        let at =
            |offset: u32| self.unmarked(&file, lines.position(file.text(), offset as usize, self.encoding));
        Range::new(at(site.span.start), at(site.span.end))
    }

    /// An editor shows a file of the disk without its mark.
    fn unmarked(&self, file: &SourceFile, position: Position) -> Position {
        let mark =
            if file.text().starts_with('\u{feff}') { small(self.encoding.units("\u{feff}")) } else { 0 };
        if position.line > 0 || mark == 0 || self.buffers.contains(&*self.path_of(&file.path)) {
            return position;
        }
        Position::new(0, position.character.saturating_sub(mark))
    }

    /// Of a file of which only parts are held: as far as these tell.
    fn in_part(&self, file: &SourceFile, offset: u32) -> Position {
        let position = file.position(offset);
        let start = file.line_span(file.line_at(offset)).map_or(offset, |line| line.start);
        let before = file.text().get(start as usize..offset as usize).unwrap_or("");
        let wide = before.chars().filter(|character| character.len_utf16() == 2).count();
        let character = match self.encoding {
            Encoding::Utf8 => position.byte_column - 1,
            Encoding::Utf16 => position.column - 1 + small(wide),
            Encoding::Utf32 => position.column - 1,
        };
        Position::new(position.line - 1, character)
    }

    /// From a line and a column in characters, both from 1, to the end of that line.
    pub(super) fn rest_of_line(&self, shown: &str, (line, column): (u32, u32)) -> Range {
        let file = self.sources.all().into_iter().find(|file| file.path == shown && file.is_whole());
        let line = line.saturating_sub(1);
        let column = column.saturating_sub(1) as usize;
        let Some(file) = file else {
            let start = Position::new(line, small(column));
            return Range::new(start, start);
        };
        let span = file.line_span(line + 1).map(|span| file.slice(span)).unwrap_or("");
        let text = span.trim_start_matches('\u{feff}');
        let units = |text: &str| small(self.encoding.units(text));
        let before = text.char_indices().nth(column).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
        let end = text.trim_end().len().max(before.len());
        Range::new(
            Position::new(line, units(before)),
            Position::new(line, units(text.get(..end).unwrap_or(text))),
        )
    }

    /// A place, unless the name of its file holds a secret, or it is of the past.
    pub(super) fn spot(&self, site: Site) -> Option<Spot> {
        let file = self.sources.get(site.file);
        let is_shown = file.commit.is_none() && self.masked.path(site.file) == file.path;
        is_shown.then(|| Spot { path: self.path_of(&file.path), range: self.range(site) })
    }

    pub(super) fn step(&self, place: &Place) -> Option<Step> {
        Some(Step { spot: self.spot(place.site)?, label: place.label.clone() })
    }
}

//! The source lines that stack frames speak of, found among the files of the root.

use super::frames::{Frame, JVM, is_code, parse};
use super::source_map::{self, Reference, SourceMap};
use super::{Files, paths};
use crate::source::{FileId, Site, SourceFile, Span, folder_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a project keeps packages, by convention.
const PACKAGE_ROOTS: [&str; 8] = [
    "",
    "src/main/java",
    "src/main/kotlin",
    "src/main/scala",
    "src/main/groovy",
    "src",
    "app/src/main/java",
    "app/src/main/kotlin",
];

/// Files that the frames of an assembly speak of, and names in the path of one; what goes beyond is not looked for.
const MAX_FILES: usize = 20_000;
const MAX_PARTS: usize = 40;

/// A longer line was written by a program.
const MAX_LINE: usize = 4096;

type Found = (FileId, Arc<SourceFile>);

/// Finds frames' lines among the files of the root.
pub(super) struct Locator<'a> {
    files: &'a dyn Files,
    /// Folders that the frames' paths may be relative to, nearest first.
    folders: Vec<String>,
    /// By the frames' paths.
    found: BTreeMap<String, Option<Found>>,
    /// By their paths here; `None` where nothing is.
    taken: BTreeMap<String, Option<Found>>,
    /// By the path of what was compiled.
    maps: BTreeMap<String, Option<(String, SourceMap)>>,
}

impl<'a> Locator<'a> {
    /// `folder` is the assembly.
    pub(super) fn new(files: &'a dyn Files, folder: &str) -> Self {
        Self {
            files,
            folders: paths::ancestors(folder),
            found: BTreeMap::new(),
            taken: BTreeMap::new(),
            maps: BTreeMap::new(),
        }
    }

    /// The place of the first of these frames that is the user's and whose file is here: built code seldom is.
    pub(super) fn locate(&mut self, frames: &[String]) -> Option<Site> {
        for frame in frames.iter().filter_map(|frame| parse(frame)) {
            let Some((file, source)) = self.file(&frame.path) else { continue };
            if let Some(site) = self.original(&frame, &source) {
                return Some(site);
            }
            let line = source.line_span(frame.line)?;
            if line.len() <= MAX_LINE {
                return place(file, &source, frame.line, frame.column);
            }
        }
        None
    }

    /// Where a person wrote what a compiler made this of.
    fn original(&mut self, frame: &Frame, compiled: &SourceFile) -> Option<Site> {
        let column = frame.column?;
        if ![".js", ".mjs", ".cjs"].iter().any(|ending| frame.path.ends_with(ending)) {
            return None;
        }
        let (folder, original) = self
            .map(compiled)
            .and_then(|(folder, map)| Some((folder.clone(), map.original(frame.line, column)?)))?;
        let path = original.path.strip_prefix("file://").unwrap_or(&original.path);
        let path = path.rsplit_once("://").map_or(path, |(_, path)| path);
        if !is_code(path.rsplit('/').next().unwrap_or_default()) {
            return None;
        }
        let (file, source) = match paths::join(&folder, path) {
            Some(path) => self.take(&path)?,
            // Of the machine that compiled.
            None => self.file(path.trim_start_matches("../"))?,
        };
        place(file, &source, original.line, Some(original.column))
    }

    /// The map of a compiled file, and the folder that it is relative to.
    fn map(&mut self, compiled: &SourceFile) -> Option<&(String, SourceMap)> {
        if !self.maps.contains_key(&compiled.root_path) {
            let map = self.read_map(compiled);
            self.maps.insert(compiled.root_path.clone(), map);
        }
        self.maps.get(&compiled.root_path)?.as_ref()
    }

    fn read_map(&self, compiled: &SourceFile) -> Option<(String, SourceMap)> {
        let folder = folder_of(&compiled.root_path).to_owned();
        match source_map::reference(compiled.text())? {
            Reference::Text(text) => Some((folder, SourceMap::parse(&text)?)),
            Reference::Path(path) => {
                let path = paths::join(&folder, &path)?;
                Some((folder_of(&path).to_owned(), SourceMap::parse(&self.files.read(&path).ok()?)?))
            }
        }
    }

    fn file(&mut self, path: &str) -> Option<Found> {
        if !self.found.contains_key(path) {
            let found = self.search(path);
            self.found.insert(path.to_owned(), found);
        }
        self.found.get(path).cloned().flatten()
    }

    /// The path is another machine's: each end of it may be one here, the longest first, then the nearest.
    fn search(&mut self, path: &str) -> Option<Found> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        if parts.contains(&"..") || parts.len() > MAX_PARTS || self.found.len() > MAX_FILES {
            return None;
        }
        let is_jvm = JVM.iter().any(|ending| path.ends_with(ending));
        let roots = if is_jvm && !path.starts_with('/') { &PACKAGE_ROOTS[..] } else { &[""] };
        for start in 0..parts.len() {
            let tail = parts.get(start..).unwrap_or(&[]).join("/");
            let folders = self.folders.iter().flat_map(|folder| roots.iter().map(move |root| (folder, root)));
            let candidates: Vec<String> = folders
                .filter_map(|(folder, root)| paths::join(&paths::join(folder, root)?, &tail))
                .collect();
            if let Some(found) = candidates.iter().find_map(|candidate| self.take(candidate)) {
                return Some(found);
            }
        }
        None
    }

    /// The file at a path of the root, once a source of the run however many frames lead to it.
    fn take(&mut self, path: &str) -> Option<Found> {
        if !self.taken.contains_key(path) {
            let text = self.files.read(path).ok();
            self.taken.insert(path.to_owned(), text.map(|text| self.files.add(path, text)));
        }
        self.taken.get(path).cloned().flatten()
    }
}

/// From the column, or the first letter, to the end of a line that there is.
fn place(file: FileId, source: &SourceFile, line: u32, column: Option<u32>) -> Option<Site> {
    let line = source.line_span(line)?;
    let text = source.slice(line);
    let from = column.map_or(0, |column| offset_of(text, column));
    let rest = text.get(from..).map(str::trim).filter(|rest| !rest.is_empty());
    let shown = rest.or_else(|| Some(text.trim()).filter(|text| !text.is_empty()))?;
    let start = line.start as usize + (shown.as_ptr().addr() - text.as_ptr().addr());
    Some(Site::new(file, Span::new(start, start + shown.len())))
}

/// The byte offset of a column.
fn offset_of(text: &str, column: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units + 1 >= column as usize {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

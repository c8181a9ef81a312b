//! Stack frames as CDK apps leave them, and the source lines that they speak of.

use super::{Files, paths};
use crate::source::{FileId, Site, SourceFile, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line in a file of the machine that synthesized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) path: String,
    pub(super) line: u32,
    /// From 1, in UTF-16 units, as JavaScript counts.
    pub(super) column: Option<u32>,
}

/// Reads a frame: `new S (/app/app.js:13:5)`, `at /app/app.js:13:5`, `File "/app/app.py", line 12, in f`,
/// `at F() in /app/Program.cs:line 7`. What names no file of the user's is `None`.
pub(super) fn parse(frame: &str) -> Option<Frame> {
    let frame = frame.trim();
    if frame.starts_with("...") {
        return None;
    }
    let frame = frame.strip_prefix("at ").unwrap_or(frame);
    let (path, line, column) = python(frame).or_else(|| dotnet(frame)).or_else(|| javascript(frame))?;
    let path = path.strip_prefix("file://").unwrap_or(path).replace('\\', "/");
    let name = path.rsplit('/').next()?;
    (line > 0 && name.contains('.') && !is_foreign(&path)).then_some(Frame { path, line, column })
}

fn python(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let (path, rest) = frame.split_once(", line ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).map_or(rest, |end| &rest[..end]);
    let path = path.strip_prefix("File ").unwrap_or(path).trim_matches('"');
    Some((path, digits.parse().ok()?, None))
}

fn dotnet(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let (path, line) = frame.rsplit_once(":line ")?;
    let path = path.rsplit_once(" in ").map_or(path, |(_, path)| path);
    Some((path, line.trim().parse().ok()?, None))
}

fn javascript(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let location = match frame.strip_suffix(')') {
        Some(call) => call.rsplit_once('(')?.1,
        None => frame.split_once(" in ").map_or(frame, |(location, _)| location),
    };
    let location = location.strip_prefix("async ").unwrap_or(location);
    let (rest, last) = location.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    match rest.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some((path, line)) => Some((path, line, Some(last))),
        None => Some((rest, last, None)),
    }
}

/// Libraries, Node's inside, and the kernel that runs apps of other languages.
fn is_foreign(path: &str) -> bool {
    ["node_modules/", "site-packages/", "dist-packages/", "jsii-kernel", "jsii-runtime"]
        .iter()
        .any(|part| path.contains(part))
        || ["node:", "internal/", "<"].iter().any(|start| path.starts_with(start))
        || path.ends_with("/lib/program.js")
}

/// Finds frames' lines among the files of the root.
pub(super) struct Locator<'a> {
    files: &'a dyn Files,
    /// Folders that the frames' paths may be relative to, nearest first.
    folders: Vec<String>,
    found: BTreeMap<String, Option<(FileId, Arc<SourceFile>)>>,
}

impl<'a> Locator<'a> {
    /// `folder` is the assembly.
    pub(super) fn new(files: &'a dyn Files, folder: &str) -> Self {
        Self { files, folders: paths::ancestors(folder), found: BTreeMap::new() }
    }

    /// The place of the first of these frames that is the user's and whose file is here: built code seldom is.
    pub(super) fn locate(&mut self, frames: &[String]) -> Option<Site> {
        let mut frames = frames.iter().filter_map(|frame| parse(frame));
        let (frame, (file, source)) = frames.find_map(|frame| {
            let found = self.file(&frame.path)?;
            Some((frame, found))
        })?;
        let line = source.line_span(frame.line)?;
        let text = source.slice(line);
        let from = frame.column.map_or(0, |column| offset_of(text, column));
        let rest = text.get(from..).map(str::trim).filter(|rest| !rest.is_empty());
        let shown = rest.or_else(|| Some(text.trim()).filter(|text| !text.is_empty()))?;
        let start = line.start as usize + (shown.as_ptr().addr() - text.as_ptr().addr());
        Some(Site::new(file, Span::new(start, start + shown.len())))
    }

    fn file(&mut self, path: &str) -> Option<(FileId, Arc<SourceFile>)> {
        if !self.found.contains_key(path) {
            let found = self.search(path);
            self.found.insert(path.to_owned(), found);
        }
        self.found.get(path).cloned().flatten()
    }

    /// The path is another machine's: each end of it may be one here, the longest first, then the nearest.
    fn search(&self, path: &str) -> Option<(FileId, Arc<SourceFile>)> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        if parts.contains(&"..") {
            return None;
        }
        for start in 0..parts.len() {
            let tail = parts.get(start..).unwrap_or(&[]).join("/");
            for folder in &self.folders {
                let Some(candidate) = paths::join(folder, &tail) else { continue };
                if let Ok(text) = self.files.read(&candidate) {
                    return Some(self.files.add(&candidate, text));
                }
            }
        }
        None
    }
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

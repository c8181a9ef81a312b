//! Source files and places in them. Owns texts, spans and line tables; knows nothing of languages.

mod parts;

pub use parts::{Part, Parts};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

/// A file of one run. Ids are handed out in reading order and never printed or ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: to_u32(start), end: to_u32(end) }
    }

    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files are bounded far below 4 GiB (`discover` refuses larger ones), so saturation is never reached.
fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A span in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    pub file: FileId,
    pub span: Span,
}

impl Site {
    #[must_use]
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A line and a column, both from 1; the column counts Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
    /// The column counted in bytes of UTF-8.
    pub byte_column: u32,
}

/// The commit that a file is looked at as of, where that is not the working tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// From the oldest to the newest.
    pub number: usize,
    /// In full, in hexadecimal.
    pub id: String,
    /// Name and address, as untrusted as any text.
    pub author: String,
    /// When its author wrote it, as RFC 3339; `None` where that is no time.
    pub time: Option<String>,
}

impl Commit {
    /// How it is called in sentences.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

/// One file's text with what is needed to print places in it.
#[derive(Debug)]
pub struct SourceFile {
    /// Relative to the working directory, `/`-separated; what reports show.
    pub path: String,
    /// Relative to the root, `/`-separated; what fingerprints use.
    pub root_path: String,
    /// Ignored by git: read for evaluation, but literals that stand in it are not reported.
    pub git_ignored: bool,
    /// Of which the text is; `None`: of the working tree.
    pub commit: Option<Arc<Commit>>,
    text: Box<str>,
    line_starts: OnceLock<Vec<u32>>,
    /// Columns need no counting then, which matters in lines of megabytes.
    ascii: OnceLock<bool>,
    /// Characters before each block of the text, so that counting them in a line of megabytes is no walk through it.
    characters: OnceLock<Vec<u32>>,
    /// Where each line of the text starts in the file, if the text is only a part of it.
    origins: Option<Vec<Position>>,
}

/// Bytes that are counted one by one.
const BLOCK: usize = 4096;

impl SourceFile {
    #[must_use]
    pub fn new(path: String, root_path: String, text: String, git_ignored: bool) -> Self {
        Self {
            path,
            root_path,
            git_ignored,
            commit: None,
            text: text.into_boxed_str(),
            line_starts: OnceLock::new(),
            ascii: OnceLock::new(),
            characters: OnceLock::new(),
            origins: None,
        }
    }

    /// A file of which only some parts are held. Offsets are those in the parts one after another; positions are those in
    /// the file.
    #[must_use]
    pub fn of_parts(path: String, root_path: String, parts: Parts, git_ignored: bool) -> Self {
        Self { origins: Some(parts.origins), ..Self::new(path, root_path, parts.text, git_ignored) }
    }

    /// As it was as of a commit.
    #[must_use]
    pub fn as_of(self, commit: Arc<Commit>) -> Self {
        Self { commit: Some(commit), ..self }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is a file of the working tree, with all of its text.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.commit.is_none() && self.origins.is_none()
    }

    /// The text of a span; empty where the span lies outside the text or splits a character.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = || memchr::memchr_iter(b'\n', self.text.as_bytes());
            // Counting first is much quicker than moving what is found.
            let mut starts = Vec::with_capacity(breaks().count() + 1);
            starts.push(0);
            starts.extend(breaks().map(|at| to_u32(at + 1)));
            starts
        })
    }

    /// The line of the held text, from 1: what [`Self::line_span`] asks for.
    #[must_use]
    pub fn line_at(&self, offset: u32) -> u32 {
        to_u32(self.line_starts().partition_point(|start| *start <= offset).max(1))
    }

    /// The place in the file.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_at(offset);
        let start = self.line_starts().get(line as usize - 1).copied().unwrap_or(0);
        let (before, bytes) =
            if offset as usize <= self.text.len() && *self.ascii.get_or_init(|| self.text.is_ascii()) {
                (offset - start, offset - start)
            } else {
                let before = self.text.get(start as usize..offset as usize).unwrap_or("");
                let mark = if before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
                let end = start as usize + before.len();
                let characters = self.characters_before(end) - self.characters_before(start as usize);
                (characters - u32::from(mark > 0), to_u32(before.len() - mark))
            };
        match self.origins.as_ref().and_then(|origins| origins.get(line as usize - 1)) {
            Some(origin) => Position {
                line: origin.line,
                column: origin.column + before,
                byte_column: origin.byte_column + bytes,
            },
            None => Position { line, column: before + 1, byte_column: bytes + 1 },
        }
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let count = |bytes: &[u8]| to_u32(bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count());
        let blocks = self.characters.get_or_init(|| {
            let mut all = 0;
            let before = bytes.chunks(BLOCK).map(|block| {
                let before = all;
                all += count(block);
                before
            });
            before.collect()
        });
        let block = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let rest = bytes.get(block * BLOCK..offset).unwrap_or(&[]);
        blocks.get(block).copied().unwrap_or(0) + count(rest)
    }

    /// The span of a line of the held text (from 1) without its line break.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let starts = self.line_starts();
        let start = *starts.get(line.checked_sub(1)? as usize)?;
        let end = starts.get(line as usize).map_or(to_u32(self.text.len()), |next| next - 1);
        let text = self.text.get(start as usize..end as usize)?;
        Some(Span { start, end: end - u32::from(text.ends_with('\r')) })
    }
}

/// The folder that a path stands in: empty for a file at the root, and for the root itself.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// All files of a run. Append-only, so that files met during evaluation (`templatefile`) can join.
#[derive(Debug, Default)]
pub struct Sources {
    files: RwLock<Vec<Arc<SourceFile>>>,
    /// By their paths those that are met in several ways.
    shared: Mutex<FxHashMap<String, FileId>>,
}

impl Sources {
    pub fn add(&self, file: SourceFile) -> (FileId, Arc<SourceFile>) {
        let file = Arc::new(file);
        (self.share(&file), file)
    }

    /// Adds a file that may be met in another way, as a template and as the text that code hands to a stack: its places are
    /// the same then.
    pub fn add_once(&self, file: SourceFile) -> (FileId, Arc<SourceFile>) {
        let mut shared = self.shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = shared.get(&file.path).map(|id| (*id, self.get(*id)))
            && known.1.text() == file.text()
            && known.1.git_ignored == file.git_ignored
        {
            return known;
        }
        let path = file.path.clone();
        let added = self.add(file);
        shared.insert(path, added.0);
        added
    }

    /// Adds a file that others hold as well.
    pub fn share(&self, file: &Arc<SourceFile>) -> FileId {
        let mut files = self.files.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let id = FileId(to_u32(files.len()));
        files.push(Arc::clone(file));
        id
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.read().unwrap_or_else(std::sync::PoisonError::into_inner).len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file of an id that this `Sources` handed out.
    #[must_use]
    pub fn get(&self, id: FileId) -> Arc<SourceFile> {
        let files = self.files.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&files[id.0 as usize])
    }

    /// All of them, in the order in which they were added.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<SourceFile>> {
        self.files.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// A key that orders places the same way in every run: path, then span. Of the past of a path each commit is a place of
    /// its own, after the present.
    #[must_use]
    pub fn order(&self, site: Site) -> (String, Span) {
        let file = self.get(site.file);
        let path = match &file.commit {
            None => file.path.clone(),
            Some(commit) => format!("{}\0{:010}", file.path, commit.number),
        };
        (path, site.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_right_in_long_lines() {
        let text = "äb€\n".repeat(10) + &"aü€".repeat(9000) + "\n" + &"é".repeat(5000);
        let file = SourceFile::new(String::new(), String::new(), text.clone(), false);
        let mut expected = (1, 1);
        for (offset, c) in text.char_indices() {
            let position = file.position(to_u32(offset));
            assert_eq!((position.line, position.column), expected, "at {offset}");
            expected = if c == '\n' { (expected.0 + 1, 1) } else { (expected.0, expected.1 + 1) };
        }
    }

    #[test]
    fn columns_count_characters_in_any_text() {
        for (text, offset, expected) in [
            ("ab\ncd", 0, (1, 1, 1)),
            ("ab\ncd", 2, (1, 3, 3)),
            ("ab\ncd", 4, (2, 2, 2)),
            ("ab\ncd", 5, (2, 3, 3)),
            ("äb\ncd", 2, (1, 2, 3)),
            ("ab\nüd", 5, (2, 2, 3)),
            ("\u{feff}ab", 3, (1, 1, 1)),
            ("", 0, (1, 1, 1)),
        ] {
            let file = SourceFile::new(String::new(), String::new(), text.to_owned(), false);
            let position = file.position(offset);
            assert_eq!(
                (position.line, position.column, position.byte_column),
                expected,
                "{text:?} at {offset}"
            );
        }
    }
}

//! How answers can be mended: fixes that hold when everything that they may bear on is judged again.

use super::{Answer, Workspace};
use crate::findings::{Effect, Safety};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A change of a file's text as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    pub path: PathBuf,
    /// Bytes; empty to insert.
    pub range: Range<usize>,
    pub text: String,
}

/// A way to mend an answer. Its words are free of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    pub title: String,
    pub safety: Safety,
    pub effect: Effect,
    pub because: String,
    pub note: String,
    /// In order, without overlaps; none where it has to be written by hand.
    pub edits: Vec<TextEdit>,
}

impl Workspace<'_> {
    /// How an answer of a file can be mended, the best first: what can be applied was tried, and holds.
    #[must_use]
    pub fn fixes(&self, _path: &Path, _answer: &Answer) -> Vec<Mend> {
        Vec::new()
    }
}

//! What came of mending: fixes with what became of them, and the lines that change. Free of secrets.

use super::{Effect, Safety, Severity};

/// What a run that mends has to say.
#[derive(Debug, Default)]
pub struct Mended {
    /// One a file, sorted by path.
    pub patches: Vec<Patch>,
    /// The fixes that the patches are made of, in order of path and place.
    pub applied: Vec<FixTold>,
    /// Fixes that do not hold, and why.
    pub refused: Vec<(FixTold, String)>,
    /// Fixes that wait for somebody who takes them on.
    pub waiting: Vec<FixTold>,
    /// What can only be said, and has to be written by hand.
    pub advice: Vec<FixTold>,
    /// Findings that are left and have no fix of any kind.
    pub unmended: usize,
}

/// A fix with the finding that it mends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixTold {
    pub code: String,
    /// Of a finding; an open question has none.
    pub severity: Option<Severity>,
    /// What is wrong.
    pub finding: String,
    /// Where it stands: lines and columns from 1.
    pub path: String,
    pub line: u32,
    pub column: u32,
    /// What the fix does.
    pub title: String,
    pub safety: Safety,
    pub effect: Effect,
    pub because: String,
    pub note: String,
    /// The files that it edits.
    pub files: Vec<String>,
}

/// What becomes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// Relative to the working directory, with `/` between the names.
    pub path: String,
    /// As other reports show it: as the user named its folder.
    pub shown: String,
    pub hunks: Vec<Hunk>,
    /// Why it can only be read, and no program can apply it.
    pub only_read: Option<&'static str>,
}

/// Lines that change, with those around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The first line from 1, and how many: of the file as it is, and as it is to be.
    pub before: (u32, u32),
    pub after: (u32, u32),
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub change: Change,
    /// Without the line feed that ends it.
    pub text: String,
    /// Whether a line feed ends it; only the last line of a file may have none.
    pub is_ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Kept,
    Removed,
    Added,
}

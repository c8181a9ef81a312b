//! What keyless has to say: findings, open questions and problems, free of how they are printed.

mod absent;
mod build;
pub mod expect;
mod fingerprint;
pub mod redact;
pub mod selection;
mod severity;
mod stand;
mod suppress;

#[cfg(test)]
mod secret_tests;
#[cfg(test)]
mod tests;

pub use absent::{AbsentKind, AbsentModule, absent};
pub use build::{Verdicts, build, of_subjects};
pub use redact::Redactor;
pub use selection::Selection;
pub use severity::{FailOn, Severity};

use crate::source::{Commit, Site};
use std::sync::Arc;

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub site: Site,
    pub label: String,
}

/// A policy's verdict on a subject. Every text in it is free of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `IMDS01`.
    pub code: Arc<str>,
    /// `imdsv1-allowed`.
    pub name: Arc<str>,
    pub severity: Severity,
    pub title: String,
    pub help: String,
    pub url: String,
    /// Where the finding stands, with what is there.
    pub primary: Place,
    /// The resources concerned, sorted.
    pub addresses: Vec<Arc<str>>,
    /// CDK construct path.
    pub construct: Option<Arc<str>>,
    /// From the literal to its use; empty where the primary place says it all.
    pub chain: Vec<Place>,
    pub related: Vec<Place>,
    /// Only in `cannot_tell`: why.
    pub reason: Option<String>,
    /// Somebody said, with a reason, that it is not to be reported.
    pub suppression: Option<Suppression>,
    /// The commit that brought a secret in, where the history was looked through.
    pub commit: Option<Arc<Commit>>,
    /// Stable over moved lines; holds nothing derived from a secret.
    pub fingerprint: String,
}

/// What was said about a finding, and where: it is known, and does not fail a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub reason: String,
    /// Where it was said, with what it holds for.
    pub place: Place,
}

/// Something that could not be read, parsed or fully analysed, or bad usage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub kind: ProblemKind,
    /// As shown to the user, `/`-separated.
    pub path: String,
    /// Line and column from 1, where known.
    pub start: Option<(u32, u32)>,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    Syntax,
    Io,
    Limit,
    Config,
    Internal,
}

impl ProblemKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Io => "io",
            Self::Limit => "limit",
            Self::Config => "config",
            Self::Internal => "internal",
        }
    }
}

/// How much of the history was looked through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    pub commits: usize,
    /// Distinct texts of files.
    pub texts: usize,
}

/// Everything that a run has to say, sorted; what every reporter gets.
#[derive(Debug, Default)]
pub struct Outcome {
    pub findings: Vec<Finding>,
    pub cannot_tell: Vec<Finding>,
    /// Findings and open questions that somebody took the responsibility for.
    pub suppressed: Vec<Finding>,
    pub problems: Vec<Problem>,
    /// Something reaches what the run, or the configuration of its file, fails on.
    pub fails: bool,
    /// Open questions are to be shown one by one.
    pub strict: bool,
    /// Files read as infrastructure code.
    pub files: usize,
    /// Resources judged.
    pub resources: usize,
    /// How much of the history was looked through, if that was asked for.
    pub history: Option<Looked>,
    /// What must not be printed; reporters see texts through it alone.
    pub redactor: Redactor,
}

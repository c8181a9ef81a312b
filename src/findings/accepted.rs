//! What a run has to say of baselines: entries that nothing meets, and baselines as they are to be written.

use super::{Finding, Redactor};
use crate::source::Site;
use std::path::PathBuf;

/// An entry of a baseline that is of no use any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The entry.
    pub site: Site,
    pub code: String,
    /// Where it accepts a finding, from the root.
    pub path: String,
    pub addresses: Vec<String>,
    /// The last day on which it held, where there still is what it was about; else there is nothing of it any more.
    pub expired: Option<String>,
}

impl Stale {
    pub(super) fn mask(&mut self, redactor: &Redactor) {
        for text in [&mut self.code, &mut self.path].into_iter().chain(&mut self.addresses) {
            *text = redactor.redact(text);
        }
    }
}

/// Why a finding is not accepted, however much somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Its policy is mandatory.
    Mandatory,
    /// A long-lived credential: it takes a word more.
    Credential,
}

/// Baselines as they are to be written, and what they leave out.
#[derive(Debug, Default)]
pub struct Accepted {
    pub files: Vec<Rewritten>,
    /// Findings that are not accepted, and why.
    pub refused: Vec<(Refusal, Finding)>,
}

/// A baseline as it is to be.
#[derive(Debug)]
pub struct Rewritten {
    pub path: PathBuf,
    /// As reports show it.
    pub shown: String,
    /// `None`: it stays as it is, or there is nothing to write.
    pub text: Option<String>,
    pub added: usize,
    pub kept: usize,
    pub pruned: usize,
    /// Of those that are kept, those whose day is over.
    pub expired: usize,
}

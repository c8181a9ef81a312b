//! What somebody said about findings, as `keyless exceptions` lists it.

use super::{Place, Redactor, SuppressionKind};
use crate::exceptions::Day;
use crate::source::Commit;
use std::sync::Arc;

/// An exception, an acknowledgement or an accepted finding, with what it comes to in this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it was said, with what is there.
    pub place: Place,
    pub kind: SuppressionKind,
    /// It holds for all of its file.
    pub of_file: bool,
    pub policies: Vec<ListedPolicy>,
    /// Empty where none is stated.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Days that are left: 0 on the last one, negative after it.
    pub days_left: Option<i64>,
    /// Which commit brought its line in, where that was asked for and is known.
    pub commit: Option<Arc<Commit>>,
    /// Days since then.
    pub age_days: Option<i64>,
}

/// What it comes to for a policy that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPolicy {
    /// As written.
    pub named: String,
    /// Findings and open questions that it is about.
    pub findings: usize,
    pub state: ListedState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedState {
    /// It is why something is not reported.
    Used,
    /// There is nothing that it is about.
    Unused,
    /// Its policy is not on here, or the run does not see all that it may be about.
    NotJudged,
    /// Its policy is mandatory: it is reported all the same.
    Mandatory,
    Expired,
    WithoutReason,
    /// There is no such policy, or one that cannot be excepted from.
    NoPolicy,
    /// It looks like an exception, and is none.
    NotUnderstood,
}

impl ListedState {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Unused => "unused",
            Self::NotJudged => "not judged",
            Self::Mandatory => "mandatory",
            Self::Expired => "expired",
            Self::WithoutReason => "no reason",
            Self::NoPolicy => "no policy",
            Self::NotUnderstood => "not understood",
        }
    }
}

/// What another tool is told, and what would say the same to keyless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Where it is told.
    pub place: Place,
    pub kind: SuppressionKind,
    /// The rules that are named, each with the policies that ask the same.
    pub rules: Vec<(String, Vec<String>)>,
    /// Of these policies those that report something there.
    pub needed: Vec<String>,
    /// The exception from these; none where nothing is needed.
    pub exception: Option<String>,
    /// The line that the exception stands above, in the same file.
    pub above: u32,
    pub reason: String,
}

impl Imported {
    pub(super) fn mask(&mut self, redactor: &Redactor) {
        let Self { place, kind: _, rules, needed: _, exception, above: _, reason } = self;
        let rules = rules.iter_mut().map(|(rule, _)| rule);
        for text in [&mut place.label, reason].into_iter().chain(exception).chain(rules) {
            *text = redactor.redact(text);
        }
    }
}

impl Listed {
    pub(super) fn mask(&mut self, redactor: &Redactor) {
        let Self {
            place,
            kind: _,
            of_file: _,
            policies,
            reason,
            until: _,
            days_left: _,
            commit,
            age_days: _,
        } = self;
        let named = policies.iter_mut().map(|policy| &mut policy.named);
        for text in [&mut place.label, reason].into_iter().chain(named) {
            *text = redactor.redact(text);
        }
        if let Some(commit) = commit {
            let author = redactor.redact(&commit.author);
            Arc::make_mut(commit).author = author;
        }
    }
}

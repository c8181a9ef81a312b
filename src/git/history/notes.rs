//! What kept the history from being looked through as a whole, in few words: a partial clone lacks a thousand files for
//! one reason.

use crate::findings::{Problem, ProblemKind};
use std::collections::BTreeSet;

/// Problems of a kind that are told one by one.
const LISTED: usize = 20;

#[derive(Debug)]
pub(super) struct Notes {
    partial: bool,
    /// About the repository as a whole.
    repository: BTreeSet<(ProblemKind, String)>,
    /// By path.
    files: BTreeSet<(String, ProblemKind, String)>,
    /// Objects that are not here.
    absent: usize,
    shallow: usize,
}

impl Notes {
    pub(super) fn new(partial: bool) -> Self {
        Self { partial, repository: BTreeSet::new(), files: BTreeSet::new(), absent: 0, shallow: 0 }
    }

    pub(super) fn repository(&mut self, kind: ProblemKind, message: &str) {
        self.repository.insert((kind, message.to_owned()));
    }

    /// The parents of a commit were left out when the repository was cloned.
    pub(super) fn shallow(&mut self) {
        self.shallow += 1;
    }

    /// Something that a commit has is not here. No name of an object is told but that of commits: the name of a text is
    /// its digest, and could be tried against.
    pub(super) fn absent(&mut self, path: &str, commit: &str) {
        self.absent += 1;
        if !self.partial && self.files.len() < LISTED {
            let message = format!("as of commit {commit}: git does not have it, not analysed");
            self.files.insert((path.to_owned(), ProblemKind::Io, message));
        }
    }

    pub(super) fn file(&mut self, path: &str, kind: ProblemKind, message: String) {
        self.files.insert((path.to_owned(), kind, message));
    }

    pub(super) fn problems(self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut whole = |kind, message: String| problems.push(super::problem(kind, message));
        for (kind, message) in self.repository {
            whole(kind, message);
        }
        if self.shallow > 0 {
            whole(
                ProblemKind::Limit,
                "the history ends where a shallow clone was cut off; what is older is not analysed (`git fetch --unshallow`, \
                 in a workflow `fetch-depth: 0`)"
                    .to_owned(),
            );
        }
        if self.absent > 0 && self.partial {
            let many = if self.absent == 1 { "1 text".to_owned() } else { format!("{} texts", self.absent) };
            whole(
                ProblemKind::Io,
                format!(
                    "{many} of the history did not come with this partial clone, not analysed (clone without `--filter`)"
                ),
            );
        }
        let rest = self.files.len().saturating_sub(LISTED);
        let listed = self.files.into_iter().take(LISTED);
        problems.extend(listed.map(|(path, kind, message)| Problem { kind, path, start: None, message }));
        let unlisted = if self.partial { 0 } else { self.absent.saturating_sub(LISTED) };
        if rest + unlisted > 0 {
            let message = format!("{} more texts of the history could not be analysed", rest + unlisted);
            problems.push(super::problem(ProblemKind::Io, message));
        }
        problems
    }
}

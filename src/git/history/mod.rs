//! Secrets that a repository's history holds: every distinct text of a file that was ever part of a commit is searched
//! once, and each secret comes with the earliest commit that has it.
//!
//! Owns the walk through all commits. It must not know what infrastructure code is, nor what a policy says: which files
//! are wanted and what is found in a text is asked of [`Wanted`].
//!
//! Memory is bounded by the number of commits, folders and files, not by what they hold: texts are read in small batches
//! and dropped, and of a secret only its own characters and the name before them are kept.

mod commits;
mod files;
mod notes;
mod scan;

use super::repository::Repository;
use crate::findings::{Problem, ProblemKind};
use crate::secrets::Detection;
use crate::source::{Commit, Position};
use crate::system::System;
use commits::Commits;
use files::Files;
use notes::Notes;
use scan::Scan;
use std::path::Path;
use std::sync::Arc;

/// Texts that are read before any of them is searched: enough for every thread, and few enough to forget.
const BATCH: usize = 2048;

/// Which files are looked through, and for what. Paths are relative to the root, with `/` between the names.
pub trait Wanted: Sync {
    /// Whether something below a folder may be wanted.
    fn enters(&self, folder: &str) -> bool;
    /// How a file is looked through, by a number: a text is searched once for each. `None`: not at all.
    fn look(&self, path: &str) -> Option<u32>;
    /// The secrets in a text that once stood at a path.
    fn scan(&self, path: &str, text: &str) -> Vec<Detection>;
}

/// A secret that stood in a file once.
#[derive(Debug)]
pub struct Past {
    /// Relative to the root.
    pub path: String,
    /// The earliest commit that has it.
    pub commit: Arc<Commit>,
    /// Where [`Self::text`] stood in the file.
    pub start: Position,
    /// The secret, with the name that it was given where one stands right before it, and nothing else: whatever stood
    /// around it nobody looked at.
    pub text: String,
    /// In [`Self::text`].
    pub detection: Detection,
}

/// What a repository's history gives away.
#[derive(Debug, Default)]
pub struct History {
    /// Each secret once, from the earliest commit to the latest.
    pub secrets: Vec<Past>,
    /// Their paths are relative to the root.
    pub problems: Vec<Problem>,
    pub commits: usize,
    /// Distinct texts that were searched.
    pub texts: usize,
}

/// Searches the history of the repository whose work tree is `root`. Runs on the calling thread's rayon pool.
#[must_use]
pub fn read(root: &Path, wanted: &dyn Wanted, system: &dyn System) -> History {
    let mut history = History::default();
    let repository = match Repository::open(root, system) {
        Ok(repository) => repository,
        Err(message) => {
            let message = format!("`--history` needs a git repository: {message}");
            history.problems.push(problem(ProblemKind::Config, message));
            return history;
        }
    };
    let mut notes = Notes::new(repository.is_partial());
    let tips = repository.tips(&mut |message| notes.repository(ProblemKind::Io, message));
    let commits = Commits::reachable(&repository, tips, &mut notes);
    history.commits = commits.len();
    let mut files = Files::new(&repository, wanted);
    let mut scan = Scan::new(&repository, wanted);
    let mut batch = Vec::new();
    for (number, commit) in commits.iter().enumerate() {
        if system.interrupted().is_some() {
            let left = commits.len() - number;
            notes.repository(ProblemKind::Limit, &format!("interrupted: {left} commits were not searched"));
            break;
        }
        files.of_commit(number, commit, &mut batch, &mut notes);
        if batch.len() >= BATCH {
            scan.search(std::mem::take(&mut batch), &commits, &mut notes);
        }
    }
    scan.search(batch, &commits, &mut notes);
    history.texts = scan.searched();
    history.secrets = scan.finish(&commits);
    history.problems = notes.problems();
    history
}

/// What is the same of a secret however it is written: a key in several lines may be indented, or stand in one line with
/// escaped breaks.
#[must_use]
pub fn identity(secret: &str) -> String {
    let joined = secret.replace("\\r", "").replace("\\n", "");
    joined.chars().filter(|character| !character.is_whitespace()).collect()
}

fn problem(kind: ProblemKind, message: String) -> Problem {
    Problem { kind, path: String::new(), start: None, message }
}

//! What the server knows of a file: what there is to say, at positions of the editor. Every text in it is free of secrets.

use crate::findings::{ProblemKind, Severity};
use lsp_types::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is said, and how bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Finding(Severity),
    /// What the code alone does not answer.
    Open,
    /// A finding or an open question that somebody took the responsibility for.
    Suppressed,
    Problem(ProblemKind),
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub(super) path: PathBuf,
    pub(super) range: Range,
}

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub(super) spot: Spot,
    pub(super) label: String,
}

/// Something that there is to say of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) range: Range,
    /// The first byte of it in the text.
    pub(super) offset: u32,
    /// Empty for a problem, as are the name and the address of its page.
    pub(super) code: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) label: String,
    pub(super) help: String,
    /// Why it is open, or excepted.
    pub(super) reason: Option<String>,
    pub(super) addresses: Vec<Arc<str>>,
    /// From the literal to its use.
    pub(super) chain: Vec<Step>,
    pub(super) related: Vec<Step>,
    /// Somebody may except it where it stands.
    pub(super) is_exceptable: bool,
    /// There are edits that may mend it.
    pub(super) is_fixable: bool,
    /// The name of its file holds a secret.
    pub(super) is_hidden: bool,
    pub(super) fingerprint: String,
}

impl Item {
    pub(super) fn is_problem(&self) -> bool {
        matches!(self.kind, Kind::Problem(_))
    }

    /// In the order in which they are told: two of the same place, kind and words are one.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let Range { start, end } = self.range;
        (start, end, &self.code, self.kind, &self.title, &self.label, &self.fingerprint)
    }
}

/// Whether what comes from a target counts for a file: of several folders that a file is in, the innermost speaks for it.
pub(super) fn counts<'a>(target: &Path, path: &Path, targets: impl IntoIterator<Item = &'a PathBuf>) -> bool {
    let is_further_in =
        |other: &PathBuf| other.as_path() != target && other.starts_with(target) && path.starts_with(other);
    !path.starts_with(target) || !targets.into_iter().any(is_further_in)
}

/// The items of a file, those of several folders put together: sorted, each once.
pub(super) fn joined<'a>(all: impl IntoIterator<Item = &'a Arc<[Item]>>) -> Vec<&'a Item> {
    let mut items: Vec<&Item> = all.into_iter().flat_map(|items| items.iter()).collect();
    items.sort_by(|a, b| a.order().cmp(&b.order()));
    items.dedup_by(|a, b| {
        (a.range, &a.code, a.kind, &a.title) == (b.range, &b.code, b.kind, &b.title)
            && a.fingerprint == b.fingerprint
    });
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_folder_speaks_for_a_file() {
        let targets = ["/d", "/d/sub", "/other", "/x.tf"].map(PathBuf::from);
        for (path, expected) in [
            ("/d/a.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
            ("/d/sub/b.tf", vec!["/d/sub", "/other", "/x.tf"]),
            ("/d/subway/c.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
            ("/x.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
        ] {
            let counting = targets.iter().filter(|target| counts(target, Path::new(path), &targets));
            let counting: Vec<&str> = counting.filter_map(|target| target.to_str()).collect();
            assert_eq!(counting, expected, "{path}");
        }
    }
}

//! What the server knows of a file: what there is to say, at positions of the editor. Every text in it is free of secrets.

use super::settings::Settings;
use crate::findings::{ProblemKind, Severity};
use lsp_types::Range;
use std::collections::BTreeMap;
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

    /// Whether both are about the same place in the name of the same policy; of problems, in the same words.
    fn is_about(&self, other: &Self) -> bool {
        (self.range, &self.code) == (other.range, &other.code)
            && (!self.is_problem() || self.title == other.title)
    }

    /// An open question to which the other one is the answer.
    fn is_open_beside(&self, other: &Self) -> bool {
        matches!(self.kind, Kind::Open) && matches!(other.kind, Kind::Finding(_))
    }

    /// In the order in which they are told: two of the same place, kind and words are one.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let Range { start, end } = self.range;
        (start, end, &self.code, self.kind, &self.title, &self.label, &self.fingerprint)
    }
}

/// Whether what comes from a target counts for a file: of several folders that a file is in, the innermost says what is asked of
/// it, and an outer one is heard as well where it is asked the same: it may know who calls a module that lies further in.
pub(super) fn counts(target: &Path, path: &Path, targets: &BTreeMap<PathBuf, Settings>) -> bool {
    let holding = targets.iter().filter(|(other, _)| path.starts_with(other));
    let innermost = holding.max_by_key(|(other, _)| other.components().count());
    let asked = targets.get(target);
    !path.starts_with(target)
        || innermost.is_none_or(|(_, settings)| asked.is_none_or(|asked| asked.asks_as(settings)))
}

/// The items of a file, those of several folders put together: sorted, each once. What a folder says of a place in the name
/// of a policy, those after it do not say again; but what one cannot tell, another may know.
pub(super) fn joined<'a>(all: impl IntoIterator<Item = &'a Arc<[Item]>>) -> Vec<&'a Item> {
    let mut items: Vec<&Item> = Vec::new();
    for list in all {
        let known = items.len();
        for item in list.iter() {
            let earlier = &items[..known];
            if !earlier.iter().any(|other| other.is_about(item) && !other.is_open_beside(item)) {
                items.push(item);
            }
        }
        let (before, new) = items.split_at(known);
        let is_told =
            |item: &Item| new.iter().any(|other| other.is_about(item) && item.is_open_beside(other));
        let kept: Vec<&Item> = before.iter().copied().filter(|item| !is_told(item)).collect();
        items = kept.into_iter().chain(new.iter().copied()).collect();
    }
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
    fn the_innermost_folder_says_what_is_asked_of_a_file() {
        let other = Settings { strict: true, ..Settings::default() };
        let asked = |of_outer: &Settings| -> BTreeMap<PathBuf, Settings> {
            let targets = [("/d", of_outer), ("/d/sub", &other), ("/other", &other), ("/x.tf", &other)];
            targets.into_iter().map(|(path, settings)| (path.into(), settings.clone())).collect()
        };
        for (settings, path, expected) in [
            (&other, "/d/a.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
            (&other, "/d/sub/b.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
            (&Settings::default(), "/d/sub/b.tf", vec!["/d/sub", "/other", "/x.tf"]),
            (&Settings::default(), "/d/subway/c.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
            (&Settings::default(), "/x.tf", vec!["/d", "/d/sub", "/other", "/x.tf"]),
        ] {
            let targets = asked(settings);
            let counting = targets.keys().filter(|target| counts(target, Path::new(path), &targets));
            let counting: Vec<&str> = counting.filter_map(|target| target.to_str()).collect();
            assert_eq!(counting, expected, "{path}");
        }
    }
}

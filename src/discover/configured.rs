//! What configuration files leave out. Which files these are and what else they say is not known here.

use crate::system::Root;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the files.
pub const CONFIGURATION: &str = "keyless.toml";

/// Patterns in gitignore's language that hold below a folder.
#[derive(Debug, Clone)]
pub struct Globs {
    base: PathBuf,
    rules: Gitignore,
}

impl Globs {
    /// Patterns that cannot be read come back by their position, with the reason.
    #[must_use]
    pub fn new(base: &Path, patterns: &[String]) -> (Self, Vec<(usize, String)>) {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        let mut wrong = Vec::new();
        for (at, pattern) in patterns.iter().enumerate() {
            // gitignore's comments mean nothing in a list.
            let escaped = if pattern.starts_with('#') { format!("\\{pattern}") } else { pattern.clone() };
            // `./` says the same to people, and nothing to gitignore.
            let escaped = escaped.strip_prefix("./").map_or(escaped.clone(), |rest| format!("/{rest}"));
            if let Err(error) = builder.add_line(None, &escaped) {
                wrong.push((at, error.to_string()));
            }
        }
        let rules = builder.build().unwrap_or_else(|error| {
            wrong.push((0, error.to_string()));
            Gitignore::empty()
        });
        (Self { base: base.to_path_buf(), rules }, wrong)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether an absolute path, or a folder above it, matches.
    #[must_use]
    pub fn cover(&self, path: &Path, is_folder: bool) -> bool {
        path.strip_prefix(&self.base).is_ok_and(|below| {
            below.parent().is_some() && self.rules.matched_path_or_any_parents(below, is_folder).is_ignore()
        })
    }
}

/// What is asked of configuration on the way through folders.
pub trait Configured: Sync {
    /// What the configuration file of this very folder leaves out; of the root also what holds for all of it.
    fn excludes(&self, root: &Root, folder: &Path) -> Vec<Arc<Globs>>;
}

/// What holds in a folder, from the outermost configuration to the nearest.
#[derive(Debug, Clone, Default)]
pub(super) struct Excluded(Option<Arc<[Arc<Globs>]>>);

impl Excluded {
    /// What holds in a folder of the root, by the files above it.
    pub(super) fn down_to(configured: &dyn Configured, root: &Root, folder: &Path) -> Self {
        let mut above: Vec<&Path> =
            folder.ancestors().skip(1).take_while(|above| above.starts_with(root.path())).collect();
        above.reverse();
        above.into_iter().fold(Self::default(), |known, folder| known.entering(configured, root, folder))
    }

    /// What holds in a folder that may have a configuration file of its own.
    pub(super) fn entering(&self, configured: &dyn Configured, root: &Root, folder: &Path) -> Self {
        let more: Vec<_> =
            configured.excludes(root, folder).into_iter().filter(|globs| !globs.is_empty()).collect();
        if more.is_empty() {
            return self.clone();
        }
        Self(Some(self.0.iter().flat_map(|known| known.iter()).cloned().chain(more).collect()))
    }

    pub(super) fn cover(&self, path: &Path, is_folder: bool) -> bool {
        self.0.iter().flat_map(|known| known.iter()).any(|globs| globs.cover(path, is_folder))
    }
}

/// No configuration at all.
#[derive(Debug, Clone, Copy)]
pub struct Unconfigured;

impl Configured for Unconfigured {
    fn excludes(&self, _: &Root, _: &Path) -> Vec<Arc<Globs>> {
        Vec::new()
    }
}

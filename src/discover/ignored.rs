//! What git ignores and what the user excludes, both in gitignore's language.

use super::tracked::is_plain_file;
use crate::findings::{Problem, ProblemKind};
use crate::system::{ReadError, System, lexical, text};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest file of patterns that is read. One of a megabyte takes a second and hundreds of megabytes to make sense of.
pub(super) const MAX_IGNORE: u64 = 256 << 10;

/// The `.gitignore` files that hold in a folder, the nearest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Ignores(Option<Arc<Layer>>);

#[derive(Debug)]
struct Layer {
    rules: Gitignore,
    outer: Ignores,
}

impl Ignores {
    /// What holds in the root before any `.gitignore`: the repository's own exclude file.
    pub(super) fn of_root(system: &dyn System, root: &Path) -> Self {
        let file = root.join(".git/info/exclude");
        if is_plain_file(system, &file) {
            Self::default().with_file(system, root, &file).0
        } else {
            Self::default()
        }
    }

    /// What holds in a folder that has a `.gitignore`, and why that does not count, where it does not.
    pub(super) fn entering(&self, system: &dyn System, folder: &Path) -> (Self, Option<ReadError>) {
        self.with_file(system, folder, &folder.join(".gitignore"))
    }

    /// What holds in a folder, whether it has a `.gitignore` or not.
    pub(super) fn inside(self, system: &dyn System, folder: &Path) -> Self {
        // Git reads none through a link either.
        match is_plain_file(system, &folder.join(".gitignore")) {
            true => self.entering(system, folder).0,
            false => self,
        }
    }

    /// A file that cannot be read ignores nothing: what it hides is then judged, not missed.
    fn with_file(&self, system: &dyn System, folder: &Path, file: &Path) -> (Self, Option<ReadError>) {
        let lines = match system.read(file, MAX_IGNORE).and_then(text) {
            // Git knows bytes: a name in another encoding on one line says nothing of the other lines.
            Ok(lines) | Err(ReadError::NotText { lossy: lines, .. }) => lines,
            Err(error) => return (self.clone(), Some(error)),
        };
        let mut builder = GitignoreBuilder::new(folder);
        for line in lines.trim_start_matches('\u{feff}').lines() {
            // Git passes over a pattern that it cannot read.
            let _ = builder.add_line(None, line);
        }
        match builder.build() {
            Ok(rules) if !rules.is_empty() => {
                (Self(Some(Arc::new(Layer { rules, outer: self.clone() }))), None)
            }
            Ok(_) | Err(_) => (self.clone(), None),
        }
    }

    /// Whether git ignores a path whose parents it does not ignore.
    pub(super) fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        let mut layer = &self.0;
        while let Some(here) = layer {
            let matched = here.rules.matched(path, is_folder);
            if !matched.is_none() {
                return matched.is_ignore();
            }
            layer = &here.outer.0;
        }
        false
    }

    /// What holds in `folder`, and whether it is ignored itself. `folder` lies in `root`.
    pub(super) fn down_to(system: &dyn System, root: &Path, folder: &Path) -> (Self, bool) {
        let mut ignores = Self::of_root(system, root);
        let mut here = root.to_path_buf();
        let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
        for component in below.components() {
            ignores = ignores.inside(system, &here);
            here.push(component);
            if ignores.ignores(&here, true) {
                return (Self::default(), true);
            }
        }
        (ignores, false)
    }
}

/// The globs of `--exclude`.
#[derive(Debug, Clone)]
pub struct Excludes {
    working_folder: PathBuf,
    /// Hold below any folder that they are asked for with.
    anywhere: Gitignore,
    /// Started with `/`, `./` or `../`: hold at one place of the disk.
    anchored: Gitignore,
}

impl Excludes {
    /// Globs that cannot be read come back as problems.
    pub fn new(globs: &[String], working_folder: &Path) -> (Self, Vec<Problem>) {
        let mut anywhere = GitignoreBuilder::new("");
        let mut anchored = GitignoreBuilder::new("/");
        anywhere.allow_unclosed_class(false);
        anchored.allow_unclosed_class(false);
        let mut problems = Vec::new();
        for glob in globs {
            let is_anchored = ["./", "../", "/"].iter().any(|start| glob.starts_with(start));
            let added = if is_anchored {
                let place = lexical(&working_folder.join(glob));
                let ending = if glob.ends_with('/') { "/" } else { "" };
                anchored.add_line(None, &format!("{}{ending}", place.display())).map(drop)
            } else {
                // gitignore's comments and spaces mean nothing on a command line.
                let escaped = if glob.starts_with('#') { format!("\\{glob}") } else { glob.clone() };
                anywhere.add_line(None, &escaped).map(drop)
            };
            if let Err(error) = added {
                problems.push(Problem {
                    kind: ProblemKind::Config,
                    path: glob.clone(),
                    start: None,
                    message: format!("`--exclude` is no valid glob: {error}"),
                });
            }
        }
        let built = |builder: GitignoreBuilder| builder.build().unwrap_or_else(|_| Gitignore::empty());
        let excludes = Self {
            working_folder: working_folder.to_path_buf(),
            anywhere: built(anywhere),
            anchored: built(anchored),
        };
        (excludes, problems)
    }

    /// Whether an absolute path, or a folder above it, is excluded. Globs hold relative to the root and to the
    /// working directory.
    #[must_use]
    pub fn covers(&self, path: &Path, is_folder: bool, root: &Path) -> bool {
        if self.anywhere.is_empty() && self.anchored.is_empty() {
            return false;
        }
        let below = [root, &self.working_folder]
            .into_iter()
            .any(|base| path.strip_prefix(base).is_ok_and(|path| covers(&self.anywhere, path, is_folder)));
        below || covers(&self.anchored, path.strip_prefix("/").unwrap_or(path), is_folder)
    }
}

fn covers(globs: &Gitignore, path: &Path, is_folder: bool) -> bool {
    path.parent().is_some() && globs.matched_path_or_any_parents(path, is_folder).is_ignore()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(globs: &[&str], path: &str) -> bool {
        let globs: Vec<_> = globs.iter().map(ToString::to_string).collect();
        let (excludes, problems) = Excludes::new(&globs, Path::new("/repo/work"));
        assert_eq!(problems, []);
        excludes.covers(Path::new(path), false, Path::new("/repo"))
    }

    #[test]
    fn excludes_hold_from_the_working_directory_and_from_the_root() {
        assert!(covered(&["*.json"], "/repo/a/b.json"));
        assert!(covered(&["a/*.tf"], "/repo/a/b.tf"));
        assert!(covered(&["a/*.tf"], "/repo/work/a/b.tf"));
        assert!(!covered(&["a/*.tf"], "/repo/c/a/b.tf"));
        assert!(covered(&["**/a/*.tf"], "/repo/c/a/b.tf"));
        assert!(covered(&["vendor"], "/repo/x/vendor/y/z.tf"));
        assert!(covered(&["vendor/"], "/repo/x/vendor/y/z.tf"));
        assert!(covered(&["./a"], "/repo/work/a/b.tf"));
        assert!(!covered(&["./a"], "/repo/a/b.tf"));
        assert!(covered(&["../a"], "/repo/a/b.tf"));
        assert!(covered(&["/repo/a/"], "/repo/a/b.tf"));
        assert!(covered(&["#x"], "/repo/#x"));
        assert!(!covered(&["*.tf", "!keep.tf"], "/repo/keep.tf"));
    }

    #[test]
    fn a_bad_glob_is_a_problem() {
        let (_, problems) = Excludes::new(&["a[".to_owned()], Path::new("/"));
        assert_eq!(problems.len(), 1);
    }
}

//! What git ignores among files that no walk came by: those of modules that a call leads to.

use super::ignored::Ignores;
use super::relative;
use super::tracked::Tracked;
use crate::system::{Root, System};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// One root, seen as git sees it.
pub(crate) struct Ignored<'r> {
    root: &'r Root,
    system: &'r dyn System,
    /// Read when something is ignored.
    tracked: OnceLock<Tracked>,
    /// What holds in folders that were asked about, and above them.
    folders: Mutex<FxHashMap<PathBuf, Holding>>,
}

/// What holds in a folder, and whether it is ignored itself.
#[derive(Clone)]
struct Holding {
    ignores: Ignores,
    ignored: bool,
}

/// One folder of it.
pub(crate) struct IgnoredIn<'i, 'r> {
    root: &'i Ignored<'r>,
    holding: Holding,
}

impl<'r> Ignored<'r> {
    #[must_use]
    pub(crate) fn of_root(root: &'r Root, system: &'r dyn System) -> Self {
        Self { root, system, tracked: OnceLock::new(), folders: Mutex::default() }
    }

    /// `folder` is absolute and lies in the root.
    #[must_use]
    pub(crate) fn folder(&self, folder: &Path) -> IgnoredIn<'_, 'r> {
        IgnoredIn { root: self, holding: self.holding(folder) }
    }

    fn holding(&self, folder: &Path) -> Holding {
        let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(holding) = known().get(folder) {
            return holding.clone();
        }
        let outer = folder.parent().filter(|outer| outer.starts_with(self.root.path()));
        let outer = outer.map(|outer| self.holding(outer));
        let holding = match outer {
            Some(outer) if outer.ignored || outer.ignores.ignores(folder, true) => {
                Holding { ignores: Ignores::default(), ignored: true }
            }
            outer => {
                let around = outer
                    .map_or_else(|| Ignores::of_root(self.system, self.root.path()), |outer| outer.ignores);
                Holding { ignores: around.inside(self.system, folder), ignored: false }
            }
        };
        known().insert(folder.to_path_buf(), holding.clone());
        holding
    }
}

impl IgnoredIn<'_, '_> {
    /// Whether git ignores this file of the folder, and does not have it under version control all the same.
    #[must_use]
    pub(crate) fn ignores(&self, file: &Path) -> bool {
        let Ignored { root, system, tracked, .. } = self.root;
        (self.holding.ignored || self.holding.ignores.ignores(file, false))
            && !tracked
                .get_or_init(|| Tracked::of_root(*system, root.path()))
                .has(&relative(root.path(), file))
    }
}

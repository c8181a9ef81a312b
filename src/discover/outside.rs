//! What git ignores among files that no walk came by: those of modules that a call leads to.

use super::ignored::Ignores;
use super::relative;
use super::tracked::Tracked;
use crate::system::{Root, System};
use std::path::Path;
use std::sync::OnceLock;

/// One root, seen as git sees it.
pub(crate) struct Ignored<'r> {
    root: &'r Root,
    system: &'r dyn System,
    /// Read when something is ignored.
    tracked: OnceLock<Tracked>,
}

/// One folder of it.
pub(crate) struct IgnoredIn<'i, 'r> {
    root: &'i Ignored<'r>,
    ignores: Ignores,
    folder: bool,
}

impl<'r> Ignored<'r> {
    #[must_use]
    pub(crate) fn of_root(root: &'r Root, system: &'r dyn System) -> Self {
        Self { root, system, tracked: OnceLock::new() }
    }

    /// `folder` is absolute and lies in the root.
    #[must_use]
    pub(crate) fn folder(&self, folder: &Path) -> IgnoredIn<'_, 'r> {
        let (ignores, ignored) = Ignores::down_to(self.system, self.root.path(), folder);
        IgnoredIn { root: self, ignores: ignores.entering(self.system, folder).0, folder: ignored }
    }
}

impl IgnoredIn<'_, '_> {
    /// Whether git ignores this file of the folder, and does not have it under version control all the same.
    #[must_use]
    pub(crate) fn ignores(&self, file: &Path) -> bool {
        let Ignored { root, system, tracked } = self.root;
        (self.folder || self.ignores.ignores(file, false))
            && !tracked
                .get_or_init(|| Tracked::of_root(*system, root.path()))
                .has(&relative(root.path(), file))
    }
}

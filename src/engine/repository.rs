//! Where the working directory is in the work tree that is judged: formats whose readers know the repository alone
//! print paths from its root.

use crate::discover::{Inventory, relative};
use crate::findings::Repository;
use crate::system::{Root, System};

/// The one work tree that is judged; of several, the one that the working directory lies in. None where paths are
/// relative to its root as they are, and where there is none.
pub(super) fn of(inventory: &Inventory, system: &dyn System) -> Option<Repository> {
    let here = &inventory.working_folder;
    let holds_us = |root: &&Root| here.starts_with(root.path());
    let root = match inventory.roots.as_slice() {
        [root] => root,
        several => several.iter().filter(holds_us).max_by_key(|root| root.path().components().count())?,
    };
    let is_work_tree = system.kind(&root.path().join(".git")).is_ok();
    if !is_work_tree || root.path() == here {
        return None;
    }
    Some(Repository { root: relative(here, root.path()), folder: relative(root.path(), here) })
}

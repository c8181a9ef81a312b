//! Which files there are and what each may be. Owns roots, walking, git's and the user's exclusions; must not
//! know what is inside a file.

mod configured;
mod ignored;
mod inventory;
mod kind;
mod links;
mod outside;
mod start;
mod tracked;
mod values;
mod walk;

pub use configured::{CONFIGURATION, Configured, Globs, Unconfigured};
pub use ignored::Excludes;
pub use inventory::{Folder, Found, Inventory};
pub use kind::{Kind, is_surely_read, of_name as kind_of_name};
pub(crate) use outside::Ignored;
pub use start::root_of;
pub use values::{NamedValues, named_folder, named_values};
pub(crate) use walk::PASSED_OVER;

use crate::system::System;
use std::path::{Path, PathBuf};

/// Finds everything below `paths` that may be infrastructure code. Sorted, whatever the number of threads.
#[must_use]
pub fn discover(
    paths: &[PathBuf],
    excludes: &[String],
    configured: &dyn Configured,
    system: &dyn System,
) -> Inventory {
    let working_folder = match system.working_folder() {
        Ok(folder) => folder,
        Err(error) => return Inventory::failed(&error),
    };
    let (excludes, problems) = Excludes::new(excludes, &working_folder);
    let mut inventory = Inventory::new(working_folder, excludes, problems);
    let starts: Vec<_> =
        paths.iter().filter_map(|path| start::of_path(path, configured, system, &mut inventory)).collect();
    walk::walk(starts, configured, system, &mut inventory);
    inventory.settle();
    inventory
}

/// A path relative to another one, with `..` where needed and `/` between the names. Both absolute.
#[must_use]
pub fn relative(from: &Path, to: &Path) -> String {
    let from: Vec<_> = from.components().collect();
    let to: Vec<_> = to.components().collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).map(|component| component.as_os_str().to_string_lossy().into_owned());
    let names: Vec<_> = up.chain(down).collect();
    if names.is_empty() { ".".to_owned() } else { names.join("/") }
}

/// A shown folder and a name in it.
fn below(folder: &str, name: &str) -> String {
    match folder {
        "." => name.to_owned(),
        "/" => format!("/{name}"),
        _ => [folder, "/", name].concat(),
    }
}

#[cfg(test)]
mod tests;

//! Symbolic links, looked at when everything else is known, in order, so that the result is the same every time.

use super::configured::Configured;
use super::kind::{is_surely_read, of_name};
use super::walk::{Collected, PASSED_OVER, Place, walk_place};
use super::{Found, Inventory, Kind, below};
use crate::system::{FileKind, ReadError, Root, System};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A symbolic link, looked at when everything else is known.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) at: Place,
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) ignored: bool,
    pub(super) companion: bool,
}

/// Links to files are read under their own name, as Terraform does; a template is judged once, where it stands.
/// Links to folders are followed where they lead to what the walk has not seen inside the root.
pub(super) fn follow(
    collected: &mut Collected,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &Inventory,
) {
    if collected.links.is_empty() {
        return;
    }
    let mut seen: BTreeSet<PathBuf> = collected.folders.drain(..).collect();
    let mut links = std::mem::take(&mut collected.links);
    while !links.is_empty() {
        links.sort_by(|a, b| a.path.cmp(&b.path));
        let mut inner = Collected::default();
        for link in links {
            let Some(root) = inventory.roots.get(link.at.root) else { continue };
            match take(&link, root, system, collected) {
                Some(target) if !seen.contains(&target) => {
                    let entered = enter(&link, target, configured, system, inventory);
                    seen.extend(entered.folders.iter().cloned());
                    inner.append(entered);
                }
                Some(_) | None => {}
            }
        }
        links = std::mem::take(&mut inner.links);
        collected.append(inner);
    }
}

/// Takes a link to a file; gives back where a link to a folder leads.
fn take(link: &Link, root: &Root, system: &dyn System, collected: &mut Collected) -> Option<PathBuf> {
    let kind = of_name(&link.name);
    let shown = below(&link.at.shown, &link.name);
    let target = root
        .resolve(system, &link.path)
        .and_then(|target| Ok((system.kind(&target).map_err(ReadError::from)?, target)));
    let refused = match target {
        Ok((FileKind::Folder, target)) => return Some(target),
        Ok((FileKind::File, target)) => {
            let kind = kind?;
            if kind != Kind::Data || !collected.files.iter().any(|found| found.path == target) {
                let found = link.at.found(OsStr::new(&link.name), kind, link.ignored);
                collected.files.push(Found { companion: link.companion, linked: true, ..found });
            }
            return None;
        }
        Ok((FileKind::Link | FileKind::Special, _)) => ReadError::NotAFile,
        Err(refused) => refused,
    };
    // A folder outside holds nothing that this repository owns; a file that is surely read leaves a gap.
    let leads_to_folder =
        refused == ReadError::Outside && system.kind(&link.path).is_ok_and(|kind| kind == FileKind::Folder);
    if !leads_to_folder && kind.is_some_and(|kind| is_surely_read(&link.name, kind)) {
        collected.problems.push(refused.problem(&shown));
    }
    None
}

fn enter(
    link: &Link,
    target: PathBuf,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &Inventory,
) -> Collected {
    let root = inventory.roots.get(link.at.root).map_or(Path::new("/"), Root::path);
    let below_root = target.strip_prefix(root).unwrap_or(&target);
    if below_root.components().any(|part| PASSED_OVER.iter().any(|passed| part.as_os_str() == *passed)) {
        return Collected::default();
    }
    let place = Place {
        shown: below(&link.at.shown, &link.name),
        root_path: below(&link.at.root_path, &link.name),
        path: target,
        ..link.at.clone()
    };
    walk_place(place, configured, system, inventory)
}

//! From what the user named to where the walk starts.

use super::configured::{Configured, Excluded};
use super::ignored::Ignores;
use super::kind::of_name;
use super::tracked::is_plain_file;
use super::{Found, Inventory, Kind, below, relative};
use crate::findings::ProblemKind;
use crate::system::{FileKind, MAX_FILE, Root, System, explain, lexical};
use memchr::memmem;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// A folder to walk, with what holds in it.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// Absolute, without links.
    pub(super) path: PathBuf,
    pub(super) shown: String,
    pub(super) root_path: String,
    pub(super) root: usize,
    pub(super) ignores: Ignores,
    pub(super) excluded: Excluded,
    /// Take this one name, and its Terraform neighbours.
    pub(super) only: Option<OsString>,
}

/// `None`, and a problem, where there is nothing to walk.
pub(super) fn of_path(
    path: &Path,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) -> Option<Start> {
    let shown_path = path.display().to_string();
    let named = lexical(&inventory.working_folder.join(path));
    let found = system
        .canonical(&inventory.working_folder.join(path))
        .and_then(|real| Ok((system.kind(&real)?, real)));
    let (kind, real) = match found {
        Ok(found) => found,
        Err(error) => {
            let kind = match error.kind() {
                io::ErrorKind::NotFound => ProblemKind::Config,
                _ => ProblemKind::Io,
            };
            inventory.problem(kind, &shown_path, explain(&error));
            return None;
        }
    };
    // Where `..` follows a link, the text of a path leads elsewhere than the disk.
    let named = if system.canonical(&named).is_ok_and(|led| led == real) { named } else { real.clone() };
    let shown = relative(&inventory.working_folder, &named);
    match kind {
        FileKind::Folder => Some(of_folder(&real, shown, configured, system, inventory)),
        FileKind::File => of_file(&real, &named, shown, configured, system, inventory),
        FileKind::Link | FileKind::Special => {
            inventory.problem(ProblemKind::Config, &shown_path, "not a regular file or directory");
            None
        }
    }
}

fn of_folder(
    real: &Path,
    shown: String,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) -> Start {
    inventory.name_folder(real.to_path_buf(), shown.clone());
    begin(real, shown, None, configured, system, inventory)
}

/// A file is read with its Terraform neighbours, since Terraform reads folders; a manifest stands for its assembly.
fn of_file(
    real: &Path,
    named: &Path,
    shown: String,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) -> Option<Start> {
    let (real_parent, real_name) = (real.parent()?, real.file_name()?);
    if real_name == "manifest.json" && is_assembly(real_parent, system) {
        let shown = relative(&inventory.working_folder, named.parent()?);
        return Some(of_folder(real_parent, shown, configured, system, inventory));
    }
    if real_name.to_str().is_some_and(|name| name.ends_with(TEMPLATE)) && is_assembly(real_parent, system) {
        template_of_assembly(real, named, configured, system, inventory);
        return None;
    }
    // A link keeps its own name where it stands in a folder that can be walked.
    let (parent, name) = match system.canonical(named.parent()?) {
        Ok(parent) => (parent, named.file_name()?),
        Err(_) => (real_parent.to_path_buf(), real_name),
    };
    let root = root_of(&parent, system);
    let (folder, name) = if real.starts_with(&root) {
        (parent.as_path(), name.to_os_string())
    } else {
        (real_parent, real_name.to_os_string())
    };
    let shown_folder = relative(&inventory.working_folder, named.parent()?);
    let shown_file = below(&shown_folder, &name.to_string_lossy());
    inventory.name_file(folder.join(&name), if folder == parent { shown_file } else { shown });
    inventory.bases.push((folder.to_path_buf(), shown_folder.clone()));
    Some(begin(folder, shown_folder, Some(name), configured, system, inventory))
}

/// What a cloud assembly calls its templates.
const TEMPLATE: &str = ".template.json";

/// A synthesized template is read as the part of its assembly that it is: the manifests tell who made what.
fn template_of_assembly(
    real: &Path,
    named: &Path,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) {
    let (Some(parent), Some(shown)) = (real.parent(), named.parent()) else { return };
    let shown_folder = relative(&inventory.working_folder, shown);
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    inventory.name_file(real.to_path_buf(), below(&shown_folder, &name));
    inventory.bases.push((parent.to_path_buf(), shown_folder));
    let root = root_of(parent, system);
    let excluded = Excluded::down_to(configured, &Root::new(root.clone()), parent);
    if inventory.excludes.covers(real, false, &root) || excluded.cover(real, false) {
        return;
    }
    let folder = parent.ancestors().take_while(|folder| is_assembly(folder, system)).last().unwrap_or(parent);
    let found = Found {
        path: folder.to_path_buf(),
        shown: inventory.shown(folder),
        root_path: relative(&root, folder),
        kind: Kind::CdkOut,
        git_ignored: false,
        companion: false,
        linked: false,
        only: Some(BTreeSet::from([relative(&root, real)])),
        root: inventory.root(Root::new(root)),
    };
    inventory.files.push(found);
}

fn begin(
    folder: &Path,
    shown: String,
    only: Option<OsString>,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) -> Start {
    let root_folder = root_of(folder, system);
    // Who names an ignored path wants it read: then only what is ignored inside of it is.
    let (ignores, _) = Ignores::down_to(system, &root_folder, folder);
    let root_path = relative(&root_folder, folder);
    let root = Root::new(root_folder);
    let excluded = Excluded::down_to(configured, &root, folder);
    let root = inventory.root(root);
    Start { path: folder.to_path_buf(), shown, root_path, root, ignores, excluded, only }
}

/// The git work tree that holds a folder; else the folder itself, or what holds the cloud assembly that it is.
#[must_use]
pub fn root_of(folder: &Path, system: &dyn System) -> PathBuf {
    let work_tree = folder.ancestors().find(|folder| system.kind(&folder.join(".git")).is_ok());
    if let Some(work_tree) = work_tree {
        return work_tree.to_path_buf();
    }
    let outermost = folder.ancestors().take_while(|folder| is_assembly(folder, system)).last();
    outermost.and_then(Path::parent).unwrap_or(folder).to_path_buf()
}

/// Whether a folder holds a cloud assembly, by its manifest.
fn is_assembly(folder: &Path, system: &dyn System) -> bool {
    let has = |name: &str| is_plain_file(system, &folder.join(name));
    let named = folder.file_name().is_some_and(|name| name == "cdk.out");
    has("manifest.json") && (named || has("cdk.out") || has_assembly_manifest(folder, system))
}

/// Whether `manifest.json` in a folder is that of a cloud assembly, and not of a browser extension, say.
pub(super) fn has_assembly_manifest(folder: &Path, system: &dyn System) -> bool {
    let Ok(bytes) = system.read(&folder.join("manifest.json"), MAX_FILE) else { return false };
    let has = |marker: &str| memmem::find(&bytes, marker.as_bytes()).is_some();
    has("\"artifacts\"") && (has("\"aws:cloudformation:stack\"") || has("\"cdk:") || has("\"aws:cdk:"))
}

/// What a file that was named by itself is read as.
pub(super) fn kind_of_named(name: &str) -> Kind {
    of_name(name).unwrap_or(Kind::Data)
}

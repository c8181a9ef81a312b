//! Where a repository's objects are, and a door to them.
//!
//! `.git` of a linked work tree or of a submodule is a file that leads out of the root, to the user's own repository. It
//! is followed only where that repository names this folder as its own in turn, as git writes it on both sides: a tree
//! that somebody else packed cannot have keyless look into another repository of the machine. Alternate object stores are
//! read as git reads them, since only what a reference of this repository leads to is asked for.

use super::format::Format;
use super::references::are_alternates_sound;
use crate::system::{FileKind, MAX_FILE, ReadError, System, explain};
use gix_hash::{Kind, ObjectId};
use gix_object::Find;
use gix_odb::HeaderExt as _;
use gix_pack::cache::lru::MemoryCappedHashmap;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes that a thread keeps of objects that others are deltas of.
const PACK_CACHE: usize = 24 << 20;
/// Longest file of git's own that is read, but for objects and references.
const MAX_OWN: u64 = 64 << 20;

/// Bytes of a file that says what is checked out.
const MAX_HEAD: u64 = 64 << 10;

pub(super) type Handle = gix_odb::HandleArc;

/// A repository that is open for reading.
pub(super) struct Repository<'s> {
    pub(super) system: &'s dyn System,
    store: Arc<gix_odb::Store>,
    pub(super) git: PathBuf,
    /// What all work trees share.
    pub(super) common: PathBuf,
    pub(super) format: Format,
    /// Commits whose parents are not here, by name.
    shallow: HashSet<ObjectId>,
    pub(super) stashes: Vec<ObjectId>,
    pub(super) heads: Vec<ObjectId>,
}

impl<'s> Repository<'s> {
    /// The repository whose work tree is `root`.
    ///
    /// # Errors
    /// Why there is none that can be read, to be put behind a colon.
    pub(super) fn open(root: &Path, system: &'s dyn System) -> Result<Self, String> {
        let git = git_folder(root, system)?;
        let common = common_folder(&git, system)?;
        let text = |path: PathBuf| text_of(&path, system);
        let format = Format::read(&text(common.join("config")).unwrap_or_default())?;
        let objects = common.join("objects");
        if !system.kind(&objects).is_ok_and(|kind| kind == FileKind::Folder) {
            return Err("`.git` has no objects".to_owned());
        }
        // The library opens whatever it is told to, and reads all of it.
        let is_head = |folder: &PathBuf| match system.read(&folder.join("HEAD"), MAX_HEAD) {
            Ok(_) | Err(ReadError::Missing) => true,
            Err(_) => false,
        };
        if ![&git, &common].into_iter().all(is_head) {
            return Err("its `HEAD` cannot be read".to_owned());
        }
        if !are_alternates_sound(&objects, system) {
            return Err("the list of the stores that it shares objects with cannot be read".to_owned());
        }
        let options = gix_odb::store::init::Options {
            current_dir: Some(root.to_path_buf()),
            // A few bytes of a pack may say that they are any number of them.
            alloc_limit_bytes: usize::try_from(2 * MAX_FILE).ok(),
            ..Default::default()
        };
        let store = gix_odb::Store::at_opts(objects, format.hash, &mut std::iter::empty(), options)
            .map_err(|error| format!("its objects cannot be read: {}", explain(&error)))?;
        let named = |text: &str| ObjectId::from_hex(text.trim().as_bytes()).ok();
        let shallow = text(common.join("shallow")).unwrap_or_default().lines().filter_map(named).collect();
        let stash = text(common.join("logs/refs/stash")).unwrap_or_default();
        let stashes = stash.lines().filter_map(|line| named(line.split(' ').nth(1)?)).collect();
        let heads = work_trees(&common, system).into_iter().chain([git.clone(), common.clone()]);
        let heads = heads.filter_map(|folder| named(&text(folder.join("HEAD"))?)).collect();
        Ok(Self { system, store: Arc::new(store), git, common, format, shallow, stashes, heads })
    }

    pub(super) fn hash(&self) -> Kind {
        self.format.hash
    }

    pub(super) fn is_partial(&self) -> bool {
        self.format.partial
    }

    pub(super) fn is_shallow_at(&self, commit: &ObjectId) -> bool {
        self.shallow.contains(commit)
    }

    /// A part of the history was left out when it was cloned.
    pub(super) fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// For one thread.
    pub(super) fn handle(&self) -> Handle {
        let mut handle = self.store.to_cache_arc();
        handle.refresh_never();
        handle.with_pack_cache(|| Box::new(MemoryCappedHashmap::new(PACK_CACHE)))
    }
}

/// Why an object was not read.
pub(super) enum Unread {
    Missing,
    Broken,
}

/// Reads an object of this kind into `buffer`.
pub(super) fn object<'b>(
    handle: &Handle,
    id: &ObjectId,
    kind: gix_object::Kind,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b [u8], Unread> {
    match handle.try_find(id, buffer) {
        Ok(Some(found)) if found.kind == kind => Ok(found.data),
        Ok(None) => Err(Unread::Missing),
        Ok(Some(_)) | Err(_) => Err(Unread::Broken),
    }
}

/// The size of an object, without reading all of it.
pub(super) fn size(handle: &Handle, id: &ObjectId) -> Option<u64> {
    handle.header(id).ok().map(|header| header.size())
}

/// The folder that `.git` is or leads to.
fn git_folder(root: &Path, system: &dyn System) -> Result<PathBuf, String> {
    let dot = root.join(".git");
    let there = system.canonical(&dot).and_then(|real| Ok((system.kind(&real)?, real)));
    let (kind, real) = there.map_err(|_| "there is none".to_owned())?;
    if !real.starts_with(root) {
        return Err("`.git` is a link that leads out of this folder".to_owned());
    }
    match kind {
        FileKind::Folder => return Ok(real),
        FileKind::File => {}
        FileKind::Link | FileKind::Special => return Err("`.git` is neither folder nor file".to_owned()),
    }
    let said = text_of(&real, system).unwrap_or_default();
    let Some(target) = said.strip_prefix("gitdir:").map(str::trim) else {
        return Err("`.git` is a file that leads nowhere".to_owned());
    };
    let git = system
        .canonical(&root.join(target))
        .map_err(|error| format!("`.git` leads to {target}: {}", explain(&error)))?;
    let names = |back: &Path, ours: &Path| system.canonical(&git.join(back)).is_ok_and(|real| real == ours);
    let linked =
        text_of(&git.join("gitdir"), system).is_some_and(|back| names(Path::new(back.trim()), &real));
    let submodule = || {
        let config = text_of(&git.join("config"), system).unwrap_or_default();
        let work_tree = Format::read(&config).ok().and_then(|format| format.work_tree);
        work_tree.is_some_and(|back| names(Path::new(&back), root))
    };
    if git.starts_with(root) || linked || submodule() {
        return Ok(git);
    }
    Err(format!("`.git` leads to {target}, which does not say that this is a work tree of it"))
}

/// What a linked work tree shares with the others; else the folder itself.
fn common_folder(git: &Path, system: &dyn System) -> Result<PathBuf, String> {
    let Some(said) = text_of(&git.join("commondir"), system) else { return Ok(git.to_path_buf()) };
    let common = system.canonical(&git.join(said.trim()));
    // That of git's making is `worktrees/NAME` in it.
    let common = common.ok().filter(|common| git.starts_with(common));
    common.ok_or_else(|| "`.git` leads to a work tree whose repository is not there".to_owned())
}

fn work_trees(common: &Path, system: &dyn System) -> Vec<PathBuf> {
    let folder = common.join("worktrees");
    let listed = system.list(&folder).unwrap_or_default();
    listed.into_iter().map(|listed| folder.join(listed.name)).collect()
}

fn text_of(path: &Path, system: &dyn System) -> Option<String> {
    let bytes = system.read(path, MAX_OWN).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

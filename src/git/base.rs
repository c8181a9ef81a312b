//! The tree that a change begins at, to be read like a folder of the disk.

use super::commit;
use super::repository::{Handle, Repository, Unread, object, size};
use super::revision::{Unresolved, merge_bases, resolve};
use super::signature::short;
use super::trees::{self, Entry, Folder};
use crate::system::{MAX_FILE, System};
use gix_hash::ObjectId;
use gix_object::Kind;
use gix_object::tree::EntryKind;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Submodules within submodules that are entered.
const MAX_NESTED: usize = 8;
/// Folders that are listed, each as often as it is asked for. A tree of a few hundred bytes, whose folders hold one another
/// ten times each, can have more of them than there is time.
const MAX_LISTED: usize = 2_000_000;
/// Folders within folders that are entered.
const MAX_DEPTH: usize = 256;

/// Why there is nothing that a change could begin at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoBase {
    /// A clause, such as `main and HEAD have no commit in common`.
    pub why: String,
    /// The user named what is not there.
    pub misused: bool,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    File,
    Folder,
    Link,
}

/// The tree of a commit. Paths are relative to the work tree, `/` between the names; the root's is empty.
pub struct Base<'s> {
    system: &'s dyn System,
    root: PathBuf,
    repository: Repository<'s>,
    /// One for each thread that works.
    handles: Mutex<Vec<Handle>>,
    id: ObjectId,
    tree: ObjectId,
    head: ObjectId,
    folders: Mutex<HashMap<ObjectId, Arc<Folder>>>,
    /// Work trees of submodules, as of the commits that this one has them at.
    nested: Mutex<HashMap<Vec<u8>, Option<Arc<Base<'s>>>>>,
    depth: usize,
    /// Commits of the change, once asked for.
    brought: OnceLock<HashSet<String>>,
    incomplete: AtomicBool,
    listed: AtomicUsize,
}

impl std::fmt::Debug for Base<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Base").field("root", &self.root).field("id", &self.id).finish_non_exhaustive()
    }
}

/// A path that was followed to its end, with the tree that it ends in.
enum Followed<'s> {
    Here(Entry),
    /// In a submodule, with the rest of the path.
    Nested(Arc<Base<'s>>, Vec<u8>),
    Nothing,
}

impl<'s> Base<'s> {
    /// The best commit that the one checked out and `since` both come from, in the repository whose work tree is `root`
    /// (absolute, without links).
    pub fn open(root: &Path, since: &str, system: &'s dyn System) -> Result<Self, NoBase> {
        let no = |why: String| NoBase { why, misused: false };
        let repository = Repository::open(root, system)
            .map_err(|why| no(format!("there is no git repository to compare with: {why}")))?;
        let handle = repository.handle();
        let head = repository.head();
        let named = resolve(&repository, &handle, since).map_err(|unresolved| match unresolved {
            // Before the first commit, nothing can be named.
            Unresolved::Unknown(why) => NoBase { why, misused: head.is_some() },
            Unresolved::Absent(why) => no(why),
        })?;
        let head = head.ok_or_else(|| no("nothing is committed yet".to_owned()))?;
        let id = merge_bases(repository.handle(), named, head).first().copied().ok_or_else(|| {
            let why = if repository.is_shallow() {
                "have no commit in common in this shallow clone (fetch more of the history)"
            } else {
                "have no commit in common"
            };
            no(format!("`{since}` and HEAD {why}"))
        })?;
        Self::at(root, repository, (id, head), system, 0)
            .ok_or_else(|| no(format!("commit {}, where the change begins, cannot be read", short(&id))))
    }

    fn at(
        root: &Path,
        repository: Repository<'s>,
        (id, head): (ObjectId, ObjectId),
        system: &'s dyn System,
        depth: usize,
    ) -> Option<Self> {
        let handle = repository.handle();
        let tree = commit::read(&repository, &handle, &id, &mut Vec::new()).ok()?.tree;
        Some(Self {
            system,
            root: root.to_path_buf(),
            repository,
            handles: Mutex::new(vec![handle]),
            id,
            tree,
            head,
            folders: Mutex::default(),
            nested: Mutex::default(),
            depth,
            brought: OnceLock::new(),
            incomplete: AtomicBool::new(false),
            listed: AtomicUsize::new(0),
        })
    }

    /// The commit in full, in hexadecimal.
    #[must_use]
    pub fn id(&self) -> String {
        self.id.to_hex().to_string()
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether something was asked for that the tree has and that did not come with this clone, is broken, or is beyond the
    /// bounds.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        let nested = self.nested.lock().unwrap_or_else(PoisonError::into_inner);
        self.incomplete.load(Ordering::Relaxed)
            || nested.values().flatten().any(|nested| nested.is_incomplete())
    }

    /// What stands at a path; links are not followed.
    #[must_use]
    pub fn stands(&self, path: &str) -> Option<Stands> {
        match self.follow(path.as_bytes()) {
            Followed::Here(entry) => Some(stands(entry)),
            Followed::Nested(nested, rest) => nested.stands(&String::from_utf8_lossy(&rest)),
            Followed::Nothing => None,
        }
    }

    /// The names in a folder.
    #[must_use]
    pub fn list(&self, path: &str) -> Vec<(Vec<u8>, Stands)> {
        match self.follow(path.as_bytes()) {
            Followed::Here(entry) if entry.is_folder() => {
                let folder = self.listed(&entry.id, path.split('/').count()).unwrap_or_default();
                folder.iter().map(|(name, entry)| (name.clone(), stands(*entry))).collect()
            }
            Followed::Nested(nested, rest) => nested.list(&String::from_utf8_lossy(&rest)),
            Followed::Here(_) | Followed::Nothing => Vec::new(),
        }
    }

    /// What a file holds, or where a link leads. `None`: it is too large, or is not there.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        match self.follow(path.as_bytes()) {
            Followed::Here(entry) => match entry.kind {
                EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Link => self.blob(&entry.id),
                EntryKind::Tree | EntryKind::Commit => None,
            },
            Followed::Nested(nested, rest) => nested.read(&String::from_utf8_lossy(&rest)),
            Followed::Nothing => None,
        }
    }

    /// The paths of all files whose name ends so, sorted; those of submodules are not among them.
    #[must_use]
    pub fn files(&self, ending: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut steps = vec![(String::new(), self.tree, 0)];
        while let Some((path, id, depth)) = steps.pop() {
            let folder = self.listed(&id, depth).unwrap_or_default();
            for (name, entry) in folder.iter() {
                let name = String::from_utf8_lossy(name);
                let below = if path.is_empty() { name.into_owned() } else { format!("{path}/{name}") };
                if entry.is_folder() {
                    steps.push((below, entry.id, depth + 1));
                } else if entry.is_file() && below.ends_with(ending) {
                    found.push(below);
                }
            }
        }
        found.sort();
        found
    }

    /// Whether a commit (in full, in hexadecimal) belongs to the change: it is in what is checked out and not in the base.
    #[must_use]
    pub fn brought(&self, commit: &str) -> bool {
        let brought = self.brought.get_or_init(|| {
            let names = |from| commit::ancestors(&self.repository, from);
            let before = names(self.id);
            names(self.head)
                .into_iter()
                .filter(|id| !before.contains(id))
                .map(|id| id.to_hex().to_string())
                .collect()
        });
        brought.contains(commit)
    }

    fn with<T>(&self, work: impl FnOnce(&Handle) -> T) -> T {
        let taken = self.handles.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let handle = taken.unwrap_or_else(|| self.repository.handle());
        let done = work(&handle);
        self.handles.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        done
    }

    fn blob(&self, id: &ObjectId) -> Option<Vec<u8>> {
        let mut buffer = Vec::new();
        self.with(|handle| {
            if size(handle, id).is_some_and(|size| size > MAX_FILE) {
                return None;
            }
            object(handle, id, Kind::Blob, &mut buffer).ok().map(<[u8]>::to_vec).or_else(|| self.lacks())
        })
    }

    fn lacks<T>(&self) -> Option<T> {
        self.incomplete.store(true, Ordering::Relaxed);
        None
    }

    fn listed(&self, id: &ObjectId, depth: usize) -> Option<Arc<Folder>> {
        let listed = self.listed.fetch_add(1, Ordering::Relaxed);
        if listed >= MAX_LISTED || depth > MAX_DEPTH { self.lacks() } else { self.folder(id) }
    }

    fn folder(&self, id: &ObjectId) -> Option<Arc<Folder>> {
        let known = self.folders.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        known.or_else(|| {
            let hash = self.repository.hash();
            let read = self.with(|handle| trees::folder(handle, hash, id, &mut Vec::new()));
            match read {
                Ok(folder) => {
                    let folder = Arc::new(folder);
                    let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
                    Some(Arc::clone(folders.entry(*id).or_insert(folder)))
                }
                Err(Unread::Missing | Unread::Broken) => self.lacks(),
            }
        })
    }

    fn follow(&self, path: &[u8]) -> Followed<'s> {
        let mut at = Entry { kind: EntryKind::Tree, id: self.tree };
        let mut passed: Vec<u8> = Vec::new();
        let mut names = path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()).peekable();
        while let Some(name) = names.next() {
            if !at.is_folder() {
                return Followed::Nothing;
            }
            let found = self.folder(&at.id).and_then(|folder| folder.get(name).copied());
            let Some(found) = found else { return Followed::Nothing };
            if !passed.is_empty() {
                passed.push(b'/');
            }
            passed.extend_from_slice(name);
            at = found;
            if at.kind == EntryKind::Commit {
                let rest: Vec<&[u8]> = names.collect();
                return match self.nested(&passed, at.id) {
                    Some(nested) => Followed::Nested(nested, rest.join(&b'/')),
                    // Not fetched, or not at this commit: nothing is known of what it had.
                    None if rest.is_empty() => Followed::Here(at),
                    None => Followed::Nothing,
                };
            }
        }
        Followed::Here(at)
    }

    fn nested(&self, path: &[u8], id: ObjectId) -> Option<Arc<Base<'s>>> {
        if self.depth >= MAX_NESTED {
            return None;
        }
        let mut nested = self.nested.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let root = self.root.join(String::from_utf8_lossy(path).as_ref());
            let repository = Repository::open(&root, self.system).ok()?;
            let head = repository.head()?;
            Self::at(&root, repository, (id, head), self.system, self.depth + 1).map(Arc::new)
        };
        nested.entry(path.to_vec()).or_insert_with(open).clone()
    }
}

fn stands(entry: Entry) -> Stands {
    match entry.kind {
        EntryKind::Blob | EntryKind::BlobExecutable => Stands::File,
        EntryKind::Tree | EntryKind::Commit => Stands::Folder,
        EntryKind::Link => Stands::Link,
    }
}

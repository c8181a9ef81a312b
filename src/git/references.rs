//! What references lead to. Git's library opens whatever stands at their places and reads all of it, so these are looked at
//! before: a pipe is waited for without end, and a file of gigabytes is held.

use super::repository::Repository;
use crate::system::{FileKind, MAX_FILE, ReadError, System, explain};
use gix_hash::ObjectId;
use gix_object::Exists;
use std::io;
use std::path::{Path, PathBuf};

/// References that lead to one another, as many as git follows.
const MAX_SYMBOLIC: usize = 5;

/// Bytes of a file that one reference stands in, or the stores that objects are shared with.
const MAX_REFERENCE: u64 = 64 << 10;

/// Bytes of packed references.
const MAX_PACKED: u64 = MAX_FILE;

/// Folders inside each other that references stand in.
const MAX_DEPTH: usize = 64;

/// Stores that objects are shared with, those that they share with in turn included.
const MAX_ALTERNATES: usize = 100;

/// Folders below that of the repository in which git looks for a short name.
const BELOW: [&str; 5] = ["", "refs", "refs/tags", "refs/heads", "refs/remotes"];

impl Repository<'_> {
    /// Everything that git would keep: all references, the heads of all work trees, all stashes.
    pub(super) fn tips(&self, tell: &mut dyn FnMut(&str)) -> Vec<ObjectId> {
        let mut tips: Vec<ObjectId> = self.heads.iter().chain(&self.stashes).copied().collect();
        let unsound = "a reference is no file as git writes them: the references are not read";
        if self.are_sound(tell) {
            self.collect(&mut tips, tell);
        } else {
            tell(unsound);
        }
        tips.sort_unstable();
        tips.dedup();
        tips
    }

    fn collect(&self, tips: &mut Vec<ObjectId>, tell: &mut dyn FnMut(&str)) {
        let references = self.references();
        let platform = match references.iter() {
            Ok(platform) => platform,
            Err(_) => return tell("the packed references cannot be read"),
        };
        let all = match platform.all() {
            Ok(all) => all,
            Err(error) => return tell(&format!("the references cannot be read: {}", explain(&error))),
        };
        for reference in all {
            match reference.map(|reference| reference.target) {
                Ok(gix_ref::Target::Object(id)) => tips.push(id),
                // It leads to another, which is among them.
                Ok(gix_ref::Target::Symbolic(next)) => {
                    if self.is_circle(&next.as_bstr().to_string()) {
                        tell("a reference leads in a circle, and nowhere");
                    }
                }
                Err(_) => tell("a reference cannot be read, and what only it leads to is not analysed"),
            }
        }
    }

    /// Whether references from this one on never come to an object.
    fn is_circle(&self, name: &str) -> bool {
        let references = self.references();
        let mut name = name.to_owned();
        for _ in 0..=MAX_SYMBOLIC {
            if !self.is_readable(&name) {
                return false;
            }
            match references.try_find(name.as_str()).ok().flatten().map(|found| found.target) {
                Some(gix_ref::Target::Symbolic(next)) => name = next.as_bstr().to_string(),
                Some(gix_ref::Target::Object(_)) | None => return false,
            }
        }
        true
    }

    /// The commit that is checked out, if there is one yet.
    pub(super) fn head(&self) -> Option<ObjectId> {
        self.reference("HEAD").filter(|id| self.handle().exists(id))
    }

    /// What a reference leads to, symbolic ones followed. The name is full, or as short as git takes it.
    pub(super) fn reference(&self, name: &str) -> Option<ObjectId> {
        let references = self.references();
        let mut name = name.to_owned();
        for _ in 0..MAX_SYMBOLIC {
            let found = self.is_readable(&name).then(|| references.try_find(name.as_str()))?.ok()??;
            match found.target {
                gix_ref::Target::Object(id) => return Some(id),
                gix_ref::Target::Symbolic(next) => name = next.as_bstr().to_string(),
            }
        }
        None
    }

    /// Whether a name leads to nothing but short files, at all the places where git may look for it.
    pub(super) fn is_readable(&self, name: &str) -> bool {
        let name = name.strip_prefix("main-worktree/").unwrap_or(name);
        let short = BELOW.map(|folder| Path::new(folder).join(name));
        let of_remote = Path::new("refs/remotes").join(name).join("HEAD");
        let mut places = short.iter().chain([&of_remote]);
        places.all(|place| {
            let sound = |folder: &PathBuf| is_sound(&folder.join(place), self.system);
            sound(&self.git) && sound(&self.common)
        }) && self.is_packed_soundly()
    }

    fn is_packed_soundly(&self) -> bool {
        match self.system.open(&self.common.join("packed-refs")) {
            Ok(packed) => {
                let read = io::copy(&mut io::Read::take(packed, MAX_PACKED + 1), &mut io::sink());
                read.is_ok_and(|read| read <= MAX_PACKED)
            }
            Err(ReadError::Missing) => true,
            Err(_) => false,
        }
    }

    /// The same of all references that there are.
    fn are_sound(&self, tell: &mut dyn FnMut(&str)) -> bool {
        let mut folders: Vec<(PathBuf, usize)> = vec![(self.common.join("refs"), 0)];
        if self.git != self.common {
            folders.push((self.git.join("refs"), 0));
        }
        while let Some((folder, depth)) = folders.pop() {
            if depth > MAX_DEPTH {
                return false;
            }
            for listed in self.system.list(&folder).unwrap_or_default() {
                let path = folder.join(listed.name);
                match listed.kind {
                    FileKind::Folder => folders.push((path, depth + 1)),
                    FileKind::File if !is_sound(&path, self.system) => return false,
                    FileKind::File => {}
                    // The library reads neither.
                    FileKind::Link | FileKind::Special => {
                        tell("a reference is a link or no file, and what only it leads to is not analysed");
                    }
                }
            }
        }
        self.is_packed_soundly()
    }

    fn references(&self) -> gix_ref::file::Store {
        let hash = self.format.hash;
        if self.git == self.common {
            gix_ref::file::Store::at(self.git.clone(), hash)
        } else {
            gix_ref::file::Store::for_linked_worktree(self.git.clone(), self.common.clone(), hash)
        }
    }
}

/// Whether a place has a short file, a folder, or nothing.
fn is_sound(path: &Path, system: &dyn System) -> bool {
    match system.kind(path) {
        Ok(FileKind::File) => {
            system.head(path, MAX_REFERENCE + 1).is_ok_and(|bytes| bytes.len() as u64 <= MAX_REFERENCE)
        }
        Ok(FileKind::Folder) | Err(_) => true,
        Ok(FileKind::Link | FileKind::Special) => false,
    }
}

/// Whether the lists of the stores that objects are shared with can be read, from this store on.
pub(super) fn are_alternates_sound(objects: &Path, system: &dyn System) -> bool {
    let mut stores = vec![objects.to_path_buf()];
    let mut at = 0;
    while let Some(store) = stores.get(at).cloned() {
        at += 1;
        let named = match system.read(&store.join("info/alternates"), MAX_REFERENCE) {
            Ok(bytes) => gix_odb::alternate::parse(&bytes),
            Err(ReadError::Missing) => continue,
            Err(_) => return false,
        };
        let Ok(named) = named else { return false };
        for path in named.into_iter().map(|path| objects.join(path)) {
            if !stores.contains(&path) {
                stores.push(path);
            }
        }
        if stores.len() > MAX_ALTERNATES {
            return false;
        }
    }
    true
}

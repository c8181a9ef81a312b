//! The disk as it was at the base of a change: what git has there comes from its objects, and what git ignores, which has no
//! past, from the disk as it is. What was added since is not there.

use super::installed;
use crate::discover::{Ignored, relative};
use crate::git::{Base, Stands};
use crate::source::folder_of;
use crate::system::{FileKind, Gone, Listed, MAX_FILE, ReadError, Root, System, Worker, lexical};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// Links that are followed from one to the next.
const MAX_LINKS: usize = 40;

/// A work tree with the tree that it is compared with.
pub(super) struct Layer<'a> {
    pub(super) root: &'a Root,
    pub(super) base: Base<'a>,
    ignored: Ignored<'a>,
}

impl<'a> Layer<'a> {
    pub(super) fn new(root: &'a Root, base: Base<'a>, disk: &'a dyn System) -> Self {
        Self { root, base, ignored: Ignored::of_root(root, disk) }
    }
}

pub(super) struct AsOf<'l, 's> {
    pub(super) disk: &'s dyn System,
    pub(super) layers: &'l [Layer<'s>],
}

/// Where a path leads, links followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Something that git has in the base of this layer, at a path relative to its root.
    Base(usize, String, Stands),
    /// Something of the disk: ignored by git, or outside of all work trees.
    Disk(PathBuf),
    /// A folder in which git has nothing, but which may hold what it ignores.
    Bare(PathBuf),
}

impl<'l, 's> AsOf<'l, 's> {
    /// The layer whose work tree holds an absolute path: the innermost.
    fn layer(&self, path: &Path) -> Option<(usize, &'l Layer<'s>)> {
        let holds = |(_, layer): &(usize, &Layer<'s>)| path.starts_with(layer.root.path());
        let depth = |(_, layer): &(usize, &Layer<'s>)| layer.root.path().components().count();
        self.layers.iter().enumerate().filter(holds).max_by_key(depth)
    }

    /// Follows a path to its end.
    pub(super) fn locate(&self, path: &Path) -> io::Result<Place> {
        let mut path = lexical(path);
        'links: for _ in 0..MAX_LINKS {
            let Some((number, layer)) = self.layer(&path) else {
                let real = self.disk.canonical(&path)?;
                if self.layer(&real).is_none() {
                    return Ok(Place::Disk(real));
                }
                path = real;
                continue;
            };
            let below = path.strip_prefix(layer.root.path()).unwrap_or(Path::new("")).to_path_buf();
            let mut passed = String::new();
            let mut names = below.components();
            while let Some(name) = names.next() {
                let Component::Normal(name) = name else { return Err(io::ErrorKind::NotFound.into()) };
                let name = name.to_string_lossy();
                let here = if passed.is_empty() { name.into_owned() } else { format!("{passed}/{name}") };
                match layer.base.stands(&here) {
                    Some(Stands::Link) => {
                        let target = layer.base.read(&here).ok_or(io::ErrorKind::NotFound)?;
                        let target = String::from_utf8_lossy(&target).into_owned();
                        path = lexical(&layer.root.path().join(passed).join(target).join(names.as_path()));
                        continue 'links;
                    }
                    Some(Stands::Folder | Stands::File) => passed = here,
                    None => return self.of_disk(layer, &path, &here),
                }
            }
            let stands = layer.base.stands(&passed).ok_or(io::ErrorKind::NotFound)?;
            return Ok(Place::Base(number, passed, stands));
        }
        Err(io::Error::other("too many links"))
    }

    /// What git does not have in the base: there only where it has no past.
    fn of_disk(&self, layer: &Layer<'_>, path: &Path, first: &str) -> io::Result<Place> {
        if first.split('/').next() == Some(".git") {
            return Ok(Place::Disk(self.disk.canonical(path)?));
        }
        // What a file stands in the way of.
        let above = folder_of(first);
        if layer.base.stands(above) == Some(Stands::File) {
            return Err(io::ErrorKind::NotFound.into());
        }
        match self.disk.kind(path)? {
            FileKind::Folder => Ok(Place::Bare(path.to_path_buf())),
            FileKind::File | FileKind::Link | FileKind::Special if self.is_shared(layer, path) => {
                Ok(Place::Disk(self.disk.canonical(path)?))
            }
            FileKind::File | FileKind::Link | FileKind::Special => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_shared(&self, layer: &Layer<'_>, file: &Path) -> bool {
        file.parent().is_some_and(|folder| layer.ignored.folder(folder).ignores(file))
    }

    /// What stands in a folder of a work tree.
    fn names(&self, layer: &Layer<'_>, folder: &Path, path: &str) -> Vec<Listed> {
        let mut listed = Vec::new();
        let mut known = BTreeSet::new();
        for (name, stands) in layer.base.list(path) {
            let name = OsString::from(String::from_utf8_lossy(&name).into_owned());
            let kind = match stands {
                Stands::File => FileKind::File,
                Stands::Folder => FileKind::Folder,
                Stands::Link => FileKind::Link,
            };
            known.insert(name.clone());
            listed.push(Listed { name, kind });
        }
        let others = self.disk.list(folder).unwrap_or_default();
        let others: Vec<_> = others.into_iter().filter(|other| !known.contains(&other.name)).collect();
        if others.iter().any(|other| other.kind != FileKind::Folder) {
            let ignored = layer.ignored.folder(folder);
            listed.extend(others.into_iter().filter(|other| {
                other.kind == FileKind::Folder || ignored.ignores(&folder.join(&other.name))
            }));
        } else {
            listed.extend(others);
        }
        listed
    }

    /// The content of a file that is the one with this hash.
    fn checked_out(&self, path: &Path, hash: &str) -> Option<Vec<u8>> {
        let content = self.disk.read(path, MAX_FILE).ok()?;
        let found =
            Sha256::digest(&content).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        (found == hash).then_some(content)
    }

    fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.locate(path)? {
            Place::Base(layer, below, Stands::File) => {
                let base = self.layers.get(layer).map(|layer| &layer.base);
                let bytes = base.and_then(|base| base.read(&below));
                let bytes = bytes.ok_or_else(|| ReadError::Io("git cannot read it".to_owned()))?;
                let bytes = match stored_elsewhere(&bytes).map(|hash| self.checked_out(path, hash)) {
                    Some(Some(content)) => content,
                    Some(None) | None => bytes,
                };
                if bytes.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(bytes) }
            }
            Place::Disk(real) => {
                let bytes = self.disk.read(&real, limit)?;
                let asked = installed::root_module(path).filter(|_| self.layer(path).is_some());
                let of_base = asked.and_then(|root| installed::at_base(&bytes, root, self, self.disk));
                Ok(of_base.unwrap_or(bytes))
            }
            Place::Base(_, _, Stands::Folder | Stands::Link) | Place::Bare(_) => Err(ReadError::NotAFile),
        }
    }
}

/// The hash in [a pointer of Git LFS](https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md), which stands for a file in
/// git's objects.
fn stored_elsewhere(bytes: &[u8]) -> Option<&str> {
    let text = bytes.strip_prefix(b"version https://git-lfs.github.com/spec/v1\n")?;
    let lines = std::str::from_utf8(text).ok()?.lines();
    lines.take(8).find_map(|line| line.strip_prefix("oid sha256:"))
}

impl System for AsOf<'_, '_> {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        match self.locate(path)? {
            Place::Base(_, _, Stands::File) => Ok(FileKind::File),
            Place::Base(_, _, Stands::Folder) | Place::Bare(_) => Ok(FileKind::Folder),
            Place::Base(_, _, Stands::Link) => Ok(FileKind::Link),
            Place::Disk(real) => self.disk.kind(&real),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let (layer, folder, below) = match self.locate(folder)? {
            Place::Disk(real) => return self.disk.list(&real),
            Place::Base(layer, below, _) => match self.layers.get(layer) {
                Some(found) => (found, found.root.path().join(&below), below),
                None => return Err(io::ErrorKind::NotFound.into()),
            },
            Place::Bare(path) => match self.layer(&path) {
                Some((_, layer)) => {
                    let below = relative(layer.root.path(), &path);
                    (layer, path, below)
                }
                None => return self.disk.list(&path),
            },
        };
        Ok(self.names(layer, &folder, &below))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.bytes(path, limit)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        match self.locate(path)? {
            Place::Disk(real) if installed::root_module(path).is_none() => self.disk.open(&real),
            Place::Disk(_) | Place::Base(..) | Place::Bare(_) => {
                Ok(Box::new(Cursor::new(self.bytes(path, u64::MAX)?)))
            }
        }
    }

    fn head(&self, path: &Path, length: u64) -> Result<Vec<u8>, ReadError> {
        match self.locate(path)? {
            Place::Disk(real) => self.disk.head(&real, length),
            Place::Base(..) | Place::Bare(_) => {
                let mut bytes = self.bytes(path, u64::MAX)?;
                bytes.truncate(usize::try_from(length).unwrap_or(usize::MAX));
                Ok(bytes)
            }
        }
    }

    /// A plan was made of the code of today.
    fn show(&self, _plan: &Path, _folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        Err(ReadError::Io("there is no plan of the past".to_owned()))
    }

    fn worker(&self) -> Result<Box<dyn Worker>, Gone> {
        self.disk.worker()
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match self.locate(path)? {
            Place::Base(layer, below, _) => {
                let layer = self.layers.get(layer).ok_or(io::ErrorKind::NotFound)?;
                // Of the root itself, without a `/` at its end.
                let root = layer.root.path().to_path_buf();
                Ok(if below.is_empty() { root } else { root.join(below) })
            }
            Place::Disk(path) | Place::Bare(path) => Ok(path),
        }
    }

    fn interrupted(&self) -> Option<u8> {
        self.disk.interrupted()
    }

    fn now(&self) -> SystemTime {
        self.disk.now()
    }

    fn working_folder(&self) -> io::Result<PathBuf> {
        self.disk.working_folder()
    }
}

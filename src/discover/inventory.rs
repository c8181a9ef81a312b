//! What discovery found.

use super::kind::is_surely_read;
use super::{Excludes, Kind, below, relative};
use crate::findings::{Problem, ProblemKind};
use crate::system::{MAX_FILE, ReadError, Root, System, explain};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes that tell a binary.
const HEAD: u64 = 1024;

/// A file, or a folder of [`Kind::CdkOut`], that may hold infrastructure code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Absolute; its folder is free of links.
    pub path: PathBuf,
    /// Relative to the working directory, `/`-separated; what reports show.
    pub shown: String,
    /// Relative to the root, `/`-separated; what fingerprints use.
    pub root_path: String,
    /// Index into [`Inventory::roots`].
    pub root: usize,
    pub kind: Kind,
    /// Read for evaluation; literals that stand in it are not reported.
    pub git_ignored: bool,
    /// Read only because a file next to it was named.
    pub companion: bool,
    /// A symbolic link: where it leads is looked at again when it is read.
    pub linked: bool,
    /// Of an assembly, only what these templates say is asked for (relative to the root); `None`: all of it.
    pub only: Option<BTreeSet<String>>,
}

/// A folder with Terraform files: a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Absolute, without links.
    pub path: PathBuf,
    pub shown: String,
    pub root_path: String,
    /// Index into [`Inventory::roots`].
    pub root: usize,
    /// Indices into [`Inventory::files`], in order of paths.
    pub files: Vec<usize>,
}

/// Everything that discovery found, sorted by the paths as shown.
#[derive(Debug)]
pub struct Inventory {
    pub working_folder: PathBuf,
    pub roots: Vec<Root>,
    pub files: Vec<Found>,
    pub folders: Vec<Folder>,
    pub problems: Vec<Problem>,
    pub excludes: Excludes,
    /// The folders that were named, and how they are shown.
    pub(super) bases: Vec<(PathBuf, String)>,
    /// The files that were named, as shown.
    named_files: BTreeSet<String>,
    /// What the user named, absolute and without links.
    named: Vec<PathBuf>,
    folder_named: bool,
}

impl Inventory {
    pub(super) fn new(working_folder: PathBuf, excludes: Excludes, problems: Vec<Problem>) -> Self {
        Self {
            working_folder,
            roots: Vec::new(),
            files: Vec::new(),
            folders: Vec::new(),
            problems,
            excludes,
            bases: Vec::new(),
            named_files: BTreeSet::new(),
            named: Vec::new(),
            folder_named: false,
        }
    }

    pub(super) fn failed(error: &io::Error) -> Self {
        let message = format!("the working directory cannot be found: {}", explain(error));
        let problem = Problem { kind: ProblemKind::Io, path: ".".to_owned(), start: None, message };
        let (excludes, _) = Excludes::new(&[], Path::new("/"));
        Self::new(PathBuf::from("/"), excludes, vec![problem])
    }

    pub(super) fn root(&mut self, root: Root) -> usize {
        self.roots.iter().position(|known| *known == root).unwrap_or_else(|| {
            self.roots.push(root);
            self.roots.len() - 1
        })
    }

    pub(super) fn name_file(&mut self, path: PathBuf, shown: String) {
        self.named.push(path);
        self.named_files.insert(shown);
    }

    pub(super) fn name_folder(&mut self, path: PathBuf, shown: String) {
        self.folder_named = true;
        self.named.push(path.clone());
        self.bases.push((path, shown));
    }

    pub(super) fn problem(&mut self, kind: ProblemKind, path: &str, message: impl Into<String>) {
        self.problems.push(Problem { kind, path: path.to_owned(), start: None, message: message.into() });
    }

    /// The bytes of a found file; nothing of a binary whose name does not say that it is data. Quicker than through
    /// its [`Root`], which looks at every folder on the way again.
    pub fn read(&self, found: &Found, system: &dyn System) -> Result<Vec<u8>, ReadError> {
        self.read_up_to(found, MAX_FILE, system)
    }

    /// As [`Self::read`], with a limit of one's own.
    pub fn read_up_to(&self, found: &Found, limit: u64, system: &dyn System) -> Result<Vec<u8>, ReadError> {
        let name = found.shown.rsplit('/').next().unwrap_or("");
        if !is_surely_read(name, found.kind) && is_binary(&system.head(&found.path, HEAD)?) {
            return Ok(Vec::new());
        }
        match self.roots.get(found.root) {
            Some(root) if found.linked => system.read(&root.resolve(system, &found.path)?, limit),
            Some(_) | None => system.read(&found.path, limit),
        }
    }

    /// A found file of any size, to be read in pieces.
    pub fn open(&self, found: &Found, system: &dyn System) -> Result<Box<dyn Read + Send>, ReadError> {
        match self.roots.get(found.root) {
            Some(root) if found.linked => system.open(&root.resolve(system, &found.path)?),
            Some(_) | None => system.open(&found.path),
        }
    }

    /// Whether the walk came by a file, as shown.
    #[must_use]
    pub fn has(&self, shown: &str) -> bool {
        self.files.binary_search_by(|found| found.shown.as_str().cmp(shown)).is_ok()
    }

    /// Whether the user named this very file.
    #[must_use]
    pub fn is_named(&self, found: &Found) -> bool {
        self.named_files.contains(&found.shown)
    }

    /// Whether the user named the file that is shown so.
    #[must_use]
    pub fn names(&self, shown: &str) -> bool {
        self.named_files.contains(shown)
    }

    /// How reports show an absolute path: below a folder that the user named as the user named it, else
    /// relative to the working directory.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let base = self
            .bases
            .iter()
            .filter(|(base, _)| path.starts_with(base))
            .max_by_key(|(base, _)| base.components().count());
        match base {
            Some((base, shown)) if base == path => shown.clone(),
            Some((base, shown)) => below(shown, &relative(base, path)),
            None => relative(&self.working_folder, path),
        }
    }

    /// Whether an absolute path is or lies below one that the user named, whether or not something is there.
    #[must_use]
    pub fn asks_for(&self, path: &Path) -> bool {
        self.named.iter().any(|named| path.starts_with(named))
    }

    /// Whether a folder is asked for, or may hold what is.
    #[must_use]
    pub fn may_ask_for(&self, folder: &Path) -> bool {
        self.asks_for(folder) || self.named.iter().any(|named| named.starts_with(folder))
    }

    /// Whether something that stands at these places (as shown) is to be reported. Where only files were named,
    /// that is what touches one of them; their neighbours are read to understand them.
    #[must_use]
    pub fn reports<'a>(&self, mut places: impl Iterator<Item = &'a str>) -> bool {
        if self.named_files.is_empty() {
            return true;
        }
        if !self.folder_named {
            return places.any(|place| self.named_files.contains(place));
        }
        places.any(|place| {
            let found = self.files.binary_search_by(|found| found.shown.as_str().cmp(place)).ok();
            found.and_then(|at| self.files.get(at)).is_none_or(|found| !found.companion)
        })
    }

    /// Sorts, and lets each file stand once.
    pub(super) fn settle(&mut self) {
        // As text: comparing paths by their components takes longer than walking the disk.
        self.files.sort_by(|a, b| {
            let key = |found: &Found| (found.git_ignored, found.companion);
            (a.path.as_os_str(), key(a), &a.shown).cmp(&(b.path.as_os_str(), key(b), &b.shown))
        });
        self.files.dedup_by(|later, kept| {
            let same = later.path.as_os_str() == kept.path.as_os_str();
            if same {
                kept.companion &= later.companion;
                kept.only = match (kept.only.take(), later.only.take()) {
                    (Some(some), Some(others)) => Some(some.into_iter().chain(others).collect()),
                    (Some(_) | None, None) | (None, Some(_)) => None,
                };
            }
            same
        });
        self.files.sort_by(|a, b| (&a.shown, a.path.as_os_str()).cmp(&(&b.shown, b.path.as_os_str())));
        self.problems.sort();
        self.problems.dedup();
        self.folders = self.group();
    }

    /// The same with some of the files.
    #[must_use]
    pub fn restricted(&self, keep: &dyn Fn(&Found) -> bool) -> Self {
        let mut part = Self {
            working_folder: self.working_folder.clone(),
            roots: self.roots.clone(),
            files: self.files.iter().filter(|found| keep(found)).cloned().collect(),
            folders: Vec::new(),
            problems: self.problems.clone(),
            excludes: self.excludes.clone(),
            bases: self.bases.clone(),
            named_files: self.named_files.clone(),
            named: self.named.clone(),
            folder_named: self.folder_named,
        };
        part.folders = part.group();
        part
    }

    /// Leaves out files; `kept` says of each whether it stays.
    pub fn keep(&mut self, kept: &[bool]) {
        let mut kept = kept.iter();
        self.files.retain(|_| kept.next().copied().unwrap_or(true));
        self.folders = self.group();
    }

    fn group(&self) -> Vec<Folder> {
        let mut folders: BTreeMap<&OsStr, Folder> = BTreeMap::new();
        for (index, found) in self.files.iter().enumerate() {
            let Some(parent) = found.path.parent().filter(|_| found.kind.is_terraform()) else { continue };
            let folder = folders.entry(parent.as_os_str()).or_insert_with(|| Folder {
                path: parent.to_path_buf(),
                shown: parent_of(&found.shown),
                root_path: parent_of(&found.root_path),
                root: found.root,
                files: Vec::new(),
            });
            folder.files.push(index);
        }
        let mut folders: Vec<_> = folders.into_values().collect();
        folders.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
        folders
    }
}

/// Neither UTF-8 nor UTF-16 with a byte order mark has a zero byte in text.
fn is_binary(head: &[u8]) -> bool {
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    !utf16 && memchr::memchr(0, head).is_some()
}

fn parent_of(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
        None => ".".to_owned(),
    }
}

//! From commits to the texts that they brought in. A folder that was seen before is not entered again, so that what a
//! commit costs is what it changed, whatever its parents: a merge has what it brings in itself.

use super::Wanted;
use super::commits::Node;
use super::notes::Notes;
use crate::findings::ProblemKind;
use crate::git::repository::{Handle, Repository, Unread, object};
use crate::git::signature::short;
use gix_hash::ObjectId;
use gix_object::tree::EntryKind;
use gix_object::{Kind, TreeRefIter};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Folders within folders that are entered, as git itself does.
const MAX_DEPTH: usize = 2048;
/// Folders that are entered in all, each as often as it changed.
const MAX_FOLDERS: usize = 5_000_000;
/// Paths that are known at once. A repository of a few hundred bytes, whose folders hold one another ten times each, can
/// have more of them than there is time.
const MAX_PATHS: usize = 1_000_000;

/// A text that is to be searched.
#[derive(Debug, Clone)]
pub(super) struct Blob {
    pub(super) id: ObjectId,
    /// The first commit that has it at this path.
    pub(super) commit: usize,
    pub(super) path: Arc<str>,
}

/// What is known of a path: it is not wanted, or its number.
type Known = HashMap<Box<[u8]>, Option<u32>>;

/// What of a commit's tree is left to do, the next one last.
enum Step {
    Folder(ObjectId, Box<[u8]>),
    File(ObjectId, Box<[u8]>),
}

pub(super) struct Files<'a> {
    wanted: &'a dyn Wanted,
    handle: Handle,
    hash: gix_hash::Kind,
    /// Folders with a number of their path.
    folders: HashSet<(ObjectId, u32)>,
    folder_paths: Known,
    /// Texts with how they are looked through.
    texts: HashSet<(ObjectId, u32)>,
    looks: Known,
    full: bool,
}

impl<'a> Files<'a> {
    pub(super) fn new(repository: &Repository, wanted: &'a dyn Wanted) -> Self {
        Self {
            wanted,
            handle: repository.handle(),
            hash: repository.hash(),
            folders: HashSet::new(),
            folder_paths: HashMap::new(),
            texts: HashSet::new(),
            looks: HashMap::new(),
            full: false,
        }
    }

    /// Adds the wanted texts of a commit that no earlier one has, in order of paths.
    pub(super) fn of_commit(&mut self, number: usize, commit: &Node, out: &mut Vec<Blob>, notes: &mut Notes) {
        let mut steps = vec![Step::Folder(commit.tree, Box::from(&b""[..]))];
        let mut buffer = Vec::new();
        while let Some(step) = steps.pop() {
            match step {
                Step::File(id, path) => {
                    let Some(look) = self.look(&path) else { continue };
                    if self.texts.insert((id, look)) {
                        out.push(Blob { id, commit: number, path: String::from_utf8_lossy(&path).into() });
                    }
                }
                Step::Folder(id, path) => {
                    let Some(folder) = self.folder(&path) else { continue };
                    if self.is_enough(notes) || !self.folders.insert((id, folder)) {
                        continue;
                    }
                    let from = steps.len();
                    if let Err((kind, message)) = self.enter(&id, &path, &mut buffer, &mut steps) {
                        let shown = String::from_utf8_lossy(&path);
                        let commit = short(&commit.id);
                        match kind {
                            None => notes.absent(&shown, &commit),
                            Some(kind) => {
                                notes.file(&shown, kind, format!("as of commit {commit}: {message}"));
                            }
                        }
                    }
                    if let Some(steps) = steps.get_mut(from..) {
                        steps.reverse();
                    }
                }
            }
        }
    }

    fn is_enough(&mut self, notes: &mut Notes) -> bool {
        let paths = self.folder_paths.len() + self.looks.len();
        if self.folders.len() < MAX_FOLDERS && paths < MAX_PATHS {
            return false;
        }
        if !self.full {
            self.full = true;
            let message =
                "the history has too many folders and files; the rest is not analysed (name a folder of it)";
            notes.repository(ProblemKind::Limit, message);
        }
        true
    }

    /// Adds what is in a folder. An error without a kind: it is not here.
    fn enter(
        &self,
        id: &ObjectId,
        path: &[u8],
        buffer: &mut Vec<u8>,
        steps: &mut Vec<Step>,
    ) -> Result<(), (Option<ProblemKind>, &'static str)> {
        if memchr::memchr_iter(b'/', path).count() >= MAX_DEPTH {
            return Err((Some(ProblemKind::Limit), "nested too deeply, not analysed"));
        }
        let broken = (Some(ProblemKind::Io), "git's object cannot be read, not analysed");
        let data = object(&self.handle, id, Kind::Tree, buffer).map_err(|unread| match unread {
            Unread::Missing => (None, ""),
            Unread::Broken => broken,
        })?;
        for entry in TreeRefIter::from_bytes(data, self.hash) {
            let entry = entry.map_err(|_| broken)?;
            let mut below = Vec::with_capacity(path.len() + 1 + entry.filename.len());
            if !path.is_empty() {
                below.extend_from_slice(path);
                below.push(b'/');
            }
            below.extend_from_slice(entry.filename);
            match entry.mode.kind() {
                EntryKind::Tree => steps.push(Step::Folder(entry.oid.to_owned(), below.into())),
                EntryKind::Blob | EntryKind::BlobExecutable => {
                    steps.push(Step::File(entry.oid.to_owned(), below.into()));
                }
                // A link's target is a path; a submodule has a history of its own.
                EntryKind::Link | EntryKind::Commit => {}
            }
        }
        Ok(())
    }

    fn folder(&mut self, path: &[u8]) -> Option<u32> {
        if let Some(known) = self.folder_paths.get(path) {
            return *known;
        }
        let enters = path.is_empty() || self.wanted.enters(&String::from_utf8_lossy(path));
        let number = u32::try_from(self.folder_paths.len()).ok().filter(|_| enters);
        self.folder_paths.insert(path.into(), number);
        number
    }

    fn look(&mut self, path: &[u8]) -> Option<u32> {
        if let Some(known) = self.looks.get(path) {
            return *known;
        }
        let look = self.wanted.look(&String::from_utf8_lossy(path));
        self.looks.insert(path.into(), look);
        look
    }
}

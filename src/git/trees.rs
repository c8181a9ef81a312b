//! Paths in a commit's tree.

use super::repository::{Handle, Unread, object};
use gix_hash::{Kind as Hash, ObjectId};
use gix_object::tree::EntryKind;
use gix_object::{Kind, TreeRefIter};
use std::collections::BTreeMap;

/// Folders within folders that are entered.
const MAX_DEPTH: usize = 256;
/// Names that are looked at when two trees are compared, in all.
const MAX_NAMES: usize = 500_000;

/// What stands at a name of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: EntryKind,
    pub(super) id: ObjectId,
}

impl Entry {
    pub(super) fn is_file(self) -> bool {
        match self.kind {
            EntryKind::Blob | EntryKind::BlobExecutable => true,
            EntryKind::Tree | EntryKind::Link | EntryKind::Commit => false,
        }
    }

    pub(super) fn is_folder(self) -> bool {
        self.kind == EntryKind::Tree
    }
}

/// The names in a folder.
pub(super) type Folder = BTreeMap<Vec<u8>, Entry>;

/// A folder's names; an error is an object that is missing or broken.
pub(super) fn folder(
    handle: &Handle,
    hash: Hash,
    id: &ObjectId,
    buffer: &mut Vec<u8>,
) -> Result<Folder, Unread> {
    let data = object(handle, id, Kind::Tree, buffer)?;
    let mut folder = Folder::new();
    for entry in TreeRefIter::from_bytes(data, hash) {
        let entry = entry.map_err(|_| Unread::Broken)?;
        folder.insert(entry.filename.to_vec(), Entry { kind: entry.mode.kind(), id: entry.oid.to_owned() });
    }
    Ok(folder)
}

/// What stands at a path (`/` between the names, no `.` and no `..`), below a tree.
pub(super) fn entry(
    handle: &Handle,
    hash: Hash,
    tree: &ObjectId,
    path: &[u8],
    buffer: &mut Vec<u8>,
) -> Result<Option<Entry>, Unread> {
    let mut at = Entry { kind: EntryKind::Tree, id: *tree };
    for name in path.split(|byte| *byte == b'/') {
        if !at.is_folder() {
            return Ok(None);
        }
        let data = object(handle, &at.id, Kind::Tree, buffer)?;
        let mut found = None;
        for entry in TreeRefIter::from_bytes(data, hash) {
            let entry = entry.map_err(|_| Unread::Broken)?;
            if *entry.filename == *name {
                found = Some(Entry { kind: entry.mode.kind(), id: entry.oid.to_owned() });
                break;
            }
        }
        let Some(found) = found else { return Ok(None) };
        at = found;
    }
    Ok(Some(at))
}

/// The files of one tree at whose path another one has no file, in order of paths. What cannot be read, or is beyond the
/// bounds, is left out.
pub(super) fn lost(
    handle: &Handle,
    hash: Hash,
    earlier: &ObjectId,
    later: &ObjectId,
) -> Vec<(Vec<u8>, ObjectId)> {
    let mut buffer = Vec::new();
    let mut read = |id: Option<ObjectId>| {
        id.and_then(|id| folder(handle, hash, &id, &mut buffer).ok()).unwrap_or_default()
    };
    let mut lost = Vec::new();
    let mut names = 0;
    let mut steps = vec![(Vec::new(), *earlier, Some(*later), 0)];
    while let Some((path, earlier, later, depth)) = steps.pop() {
        if Some(earlier) == later || depth > MAX_DEPTH || names > MAX_NAMES {
            continue;
        }
        let (earlier, later) = (read(Some(earlier)), read(later));
        names += earlier.len();
        for (name, entry) in earlier {
            let mut below: Vec<u8> = path.clone();
            if !below.is_empty() {
                below.push(b'/');
            }
            below.extend(&name);
            let today = later.get(&name);
            if entry.is_folder() {
                let today = today.filter(|today| today.is_folder()).map(|today| today.id);
                steps.push((below, entry.id, today, depth + 1));
            } else if entry.is_file() && !today.is_some_and(|today| today.is_file()) {
                lost.push((below, entry.id));
            }
        }
    }
    lost.sort();
    lost
}

//! Who wrote a line: the commit that last touched it, as `git blame` tells it.
//!
//! A line is followed to the parent that has it, through merges, moves within the file that a diff does not see as such
//! excepted, and from file to file where one was renamed with most of its lines.

use super::commit::{self, Node};
use super::lines::{Hunk, earlier, hunks, similarity};
use super::repository::{Handle, Repository, object, size};
use super::signature::author;
use super::trees::{entry, lost};
use crate::source::Commit;
use crate::system::{MAX_FILE, ReadError, System, text};
use gix_hash::ObjectId;
use gix_object::Kind;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Commits that are looked at for one file.
const MAX_STEPS: usize = 100_000;
/// Files of a commit that another one may be made of.
const MAX_RENAMED: usize = 200;
/// Percent of a file that has to be the same where it was renamed.
const SIMILAR: u32 = 50;

/// A repository that is asked for the authors of lines.
pub struct Blame<'s> {
    repository: Repository<'s>,
    handle: Handle,
    head: Option<ObjectId>,
    nodes: HashMap<ObjectId, Option<Node>>,
    told: HashMap<ObjectId, Arc<Commit>>,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for Blame<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blame").field("head", &self.head).finish_non_exhaustive()
    }
}

/// A file as of a commit. The latest commit comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Suspect {
    time: i64,
    commit: ObjectId,
    path: Vec<u8>,
    blob: ObjectId,
}

/// A line that is asked for, by number, with where it stands in a suspect's text.
type Asked = Vec<(usize, u32)>;

impl<'s> Blame<'s> {
    /// The repository whose work tree is `root` (absolute, without links).
    ///
    /// # Errors
    /// Why there is none that can be read, to be put behind a colon.
    pub fn open(root: &Path, system: &'s dyn System) -> Result<Self, String> {
        let repository = Repository::open(root, system)?;
        let handle = repository.handle();
        let head = repository.head();
        Ok(Self { repository, handle, head, nodes: HashMap::new(), told: HashMap::new(), buffer: Vec::new() })
    }

    /// For each of these lines (from 1) of a file's present text the commit that last touched it. `None`: it is not
    /// committed, or who wrote it cannot be told. `path` is relative to the root, `/` between the names.
    pub fn lines(&mut self, path: &str, present: &str, lines: &[u32]) -> Vec<Option<Arc<Commit>>> {
        let mut blamed = vec![None; lines.len()];
        let Some(head) = self.head else { return blamed };
        let Some((suspect, hunks)) = self.of_head(head, path, present) else { return blamed };
        let asked: Asked = lines
            .iter()
            .enumerate()
            .filter_map(|(number, line)| Some((number, earlier(&hunks, line.checked_sub(1)?)?)))
            .collect();
        let mut queue = BinaryHeap::new();
        let mut waiting = BTreeMap::new();
        if !asked.is_empty() {
            queue.push(suspect.clone());
            waiting.insert(suspect, asked);
        }
        let mut steps = 0;
        while let Some(suspect) = queue.pop() {
            let Some(asked) = waiting.remove(&suspect) else { continue };
            steps += 1;
            if steps > MAX_STEPS {
                break;
            }
            let mut pass = |to: Suspect, asked: Asked| {
                if !asked.is_empty() {
                    queue.push(to.clone());
                    waiting.entry(to).or_insert_with(Asked::new).extend(asked);
                }
            };
            let own = self.step(&suspect, asked, &mut pass);
            if !own.is_empty() {
                let commit = self.told(suspect.commit);
                for (number, _) in own {
                    if let Some(blamed) = blamed.get_mut(number) {
                        *blamed = Some(Arc::clone(&commit));
                    }
                }
            }
        }
        blamed
    }

    /// The committed text that the present one was made of.
    fn of_head(&mut self, head: ObjectId, path: &str, present: &str) -> Option<(Suspect, Vec<Hunk>)> {
        let Node { time, .. } = *self.node(head)?;
        let blob = self.blob(head, path.as_bytes())?;
        let committed = self.text(&blob)?;
        let suspect = Suspect { time, commit: head, path: path.as_bytes().to_vec(), blob };
        Some((suspect, hunks(&committed, present)))
    }

    /// Hands lines over to the parents that have them; gives back those that the commit brought in.
    fn step(&mut self, suspect: &Suspect, asked: Asked, pass: &mut dyn FnMut(Suspect, Asked)) -> Asked {
        let Some(node) = self.node(suspect.commit).cloned() else { return asked };
        let mut origins: Vec<Option<Suspect>> = vec![None; node.parents.len()];
        for by_name in [true, false] {
            for (parent, origin) in node.parents.iter().zip(&mut origins) {
                if origin.is_some() {
                    continue;
                }
                let found = if by_name {
                    self.blob(*parent, &suspect.path).map(|blob| (suspect.path.clone(), blob))
                } else {
                    self.renamed(*parent, &node, suspect)
                };
                let Some((path, blob)) = found else { continue };
                let time = self.node(*parent).map_or(0, |node| node.time);
                let found = Suspect { time, commit: *parent, path, blob };
                if blob == suspect.blob {
                    pass(found, asked);
                    return Asked::new();
                }
                *origin = Some(found);
            }
        }
        let mut left = asked;
        let mut text = None;
        for origin in origins.into_iter().flatten() {
            if left.is_empty() {
                break;
            }
            if text.is_none() {
                text = self.text(&suspect.blob);
            }
            let (Some(before), Some(after)) = (self.text(&origin.blob), &text) else { continue };
            let hunks = hunks(&before, after);
            let (had, new): (Vec<_>, Vec<_>) = left
                .into_iter()
                .map(|(number, line)| (number, line, earlier(&hunks, line)))
                .partition(|(_, _, before)| before.is_some());
            pass(origin, had.into_iter().filter_map(|(number, _, before)| Some((number, before?))).collect());
            left = new.into_iter().map(|(number, line, _)| (number, line)).collect();
        }
        left
    }

    /// The file of a parent that a commit renamed to what the suspect is.
    fn renamed(&mut self, parent: ObjectId, node: &Node, suspect: &Suspect) -> Option<(Vec<u8>, ObjectId)> {
        let tree = self.node(parent)?.tree;
        let hash = self.repository.hash();
        let lost = lost(&self.handle, hash, &tree, &node.tree);
        if let Some(same) = lost.iter().find(|(_, id)| *id == suspect.blob) {
            return Some(same.clone());
        }
        let after = self.text(&suspect.blob)?;
        let mut best: Option<(u32, (Vec<u8>, ObjectId))> = None;
        for (path, id) in lost.into_iter().take(MAX_RENAMED) {
            let length = size(&self.handle, &id)?;
            let (small, large) = (length.min(after.len() as u64), length.max(after.len() as u64));
            if small * 100 < large * u64::from(SIMILAR) {
                continue;
            }
            let Some(before) = self.text(&id) else { continue };
            let alike = similarity(&before, &after);
            if alike >= SIMILAR && best.as_ref().is_none_or(|(known, _)| alike > *known) {
                best = Some((alike, (path, id)));
            }
        }
        best.map(|(_, found)| found)
    }

    fn node(&mut self, id: ObjectId) -> Option<&Node> {
        let Self { repository, handle, nodes, buffer, .. } = self;
        nodes.entry(id).or_insert_with(|| commit::read(repository, handle, &id, buffer).ok()).as_ref()
    }

    fn blob(&mut self, commit: ObjectId, path: &[u8]) -> Option<ObjectId> {
        let tree = self.node(commit)?.tree;
        let found = entry(&self.handle, self.repository.hash(), &tree, path, &mut self.buffer).ok()??;
        found.is_file().then_some(found.id)
    }

    fn text(&mut self, id: &ObjectId) -> Option<String> {
        if size(&self.handle, id)? > MAX_FILE {
            return None;
        }
        let data = object(&self.handle, id, Kind::Blob, &mut self.buffer).ok()?;
        match text(data.to_vec()) {
            Ok(text) | Err(ReadError::NotText { lossy: text, .. }) => Some(text),
            Err(_) => None,
        }
    }

    fn told(&mut self, id: ObjectId) -> Arc<Commit> {
        let Self { handle, told, buffer, .. } = self;
        let commit = told.entry(id).or_insert_with(|| {
            let (author, time) = match object(handle, &id, Kind::Commit, buffer) {
                Ok(data) => author(data, id.kind()),
                Err(_) => (String::new(), None),
            };
            Arc::new(Commit { number: 0, id: id.to_hex().to_string(), author, time })
        });
        Arc::clone(commit)
    }
}

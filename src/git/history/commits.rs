//! Every commit that references lead to, once, the oldest first.

use super::notes::Notes;
use crate::findings::ProblemKind;
use crate::git::commit;
use crate::git::repository::{Handle, Repository, Unread, object};
use crate::git::signature::{author, short};
use crate::source::Commit;
use gix_hash::ObjectId;
use gix_object::Kind;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

/// Tags of tags that are followed.
const MAX_TAGS: usize = 64;

/// A commit's name and what it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
}

/// Commits in an order in which none stands before its parents; of several that could be next the older one, then the one
/// with the smaller name. It depends on the commits alone.
pub(super) struct Commits {
    nodes: Vec<Node>,
    handle: Handle,
}

impl Commits {
    pub(super) fn reachable(repository: &Repository, tips: Vec<ObjectId>, notes: &mut Notes) -> Self {
        let handle = repository.handle();
        let mut graph = Graph::default();
        let mut buffer = Vec::new();
        for tip in tips {
            if let Some(commit) = peeled(&handle, repository, tip, &mut buffer, notes) {
                graph.number(commit);
            }
        }
        let mut at = 0;
        while let Some(id) = graph.ids.get(at).copied() {
            graph.read(at, id, &handle, repository, &mut buffer, notes);
            at += 1;
        }
        Self { nodes: graph.oldest_first(), handle }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// The name of a commit in sentences.
    pub(super) fn short(&self, number: usize) -> String {
        self.nodes.get(number).map_or_else(String::new, |node| short(&node.id))
    }

    /// Who made a commit, read once more.
    pub(super) fn told(&self, number: usize) -> Arc<Commit> {
        let mut buffer = Vec::new();
        let id = self.nodes.get(number).map(|node| node.id);
        let data = id.and_then(|id| object(&self.handle, &id, Kind::Commit, &mut buffer).ok());
        let (author, time) = match (data, id) {
            (Some(data), Some(id)) => author(data, id.kind()),
            (None, _) | (_, None) => (String::new(), None),
        };
        let id = id.map_or_else(String::new, |id| id.to_hex().to_string());
        Arc::new(Commit { number, id, author, time })
    }
}

/// The commit that a reference means, if it means one: tags are followed.
fn peeled(
    handle: &Handle,
    repository: &Repository,
    tip: ObjectId,
    buffer: &mut Vec<u8>,
    notes: &mut Notes,
) -> Option<ObjectId> {
    use gix_object::Find;
    let mut id = tip;
    for _ in 0..MAX_TAGS {
        let Ok(found) = handle.try_find(&id, buffer) else { break };
        let Some(found) = found else { break };
        match found.kind {
            Kind::Commit => return Some(id),
            Kind::Tag => {
                match gix_object::TagRefIter::from_bytes(found.data, repository.hash()).target_id() {
                    Ok(target) => id = target,
                    Err(_) => break,
                }
            }
            // A tag of a single file, say: no part of any commit.
            Kind::Tree | Kind::Blob => return None,
        }
    }
    let message = format!(
        "a reference leads to {}, which cannot be read: what only it leads to is not analysed",
        short(&id)
    );
    notes.repository(ProblemKind::Io, &message);
    None
}

/// Commits by number, in the order in which they were met.
#[derive(Default)]
struct Graph {
    numbers: HashMap<ObjectId, u32>,
    ids: Vec<ObjectId>,
    /// By number: the tree and the time, once read.
    read: Vec<Option<(ObjectId, i64)>>,
    /// Child and parent.
    edges: Vec<(u32, u32)>,
}

impl Graph {
    fn number(&mut self, id: ObjectId) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.ids.push(id);
            self.read.push(None);
        }
        number
    }

    fn read(
        &mut self,
        at: usize,
        id: ObjectId,
        handle: &Handle,
        repository: &Repository,
        buffer: &mut Vec<u8>,
        notes: &mut Notes,
    ) {
        let node = match commit::read(repository, handle, &id, buffer) {
            Ok(node) => node,
            Err(unread) => {
                let why = match unread {
                    Unread::Missing => "is not here",
                    Unread::Broken => "cannot be read",
                };
                let message =
                    format!("commit {} {why}: it and what is only before it is not analysed", short(&id));
                return notes.repository(ProblemKind::Io, &message);
            }
        };
        if let Some(read) = self.read.get_mut(at) {
            *read = Some((node.tree, node.time));
        }
        if node.cut {
            notes.shallow();
        }
        let child = u32::try_from(at).unwrap_or(u32::MAX);
        for parent in node.parents {
            let parent = self.number(parent);
            self.edges.push((child, parent));
        }
    }

    fn oldest_first(mut self) -> Vec<Node> {
        self.numbers = HashMap::new();
        // By parent, so that a parent's children are one range.
        self.edges.sort_unstable_by_key(|(child, parent)| (*parent, *child));
        self.edges.dedup();
        let mut waiting = vec![0_u32; self.ids.len()];
        for (child, _) in &self.edges {
            if let Some(count) = waiting.get_mut(*child as usize) {
                *count += 1;
            }
        }
        let key = |number: u32| {
            let at = number as usize;
            let time = self.read.get(at).copied().flatten().map_or(0, |(_, time)| time);
            Reverse((time, self.ids.get(at).copied(), number))
        };
        let numbers = 0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let ready = numbers.filter(|number| waiting.get(*number as usize) == Some(&0));
        let mut ready: BinaryHeap<_> = ready.map(key).collect();
        let mut nodes = Vec::with_capacity(self.ids.len());
        while let Some(Reverse((_, id, number))) = ready.pop() {
            if let (Some(id), Some(Some((tree, _)))) = (id, self.read.get(number as usize)) {
                nodes.push(Node { id, tree: *tree });
            }
            let first = self.edges.partition_point(|(_, parent)| *parent < number);
            for (child, _) in self.edges.iter().skip(first).take_while(|(_, parent)| *parent == number) {
                if let Some(count) = waiting.get_mut(*child as usize) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(key(*child));
                    }
                }
            }
        }
        nodes
    }
}

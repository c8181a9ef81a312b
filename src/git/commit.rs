//! What a commit says of where it stands: its tree, its parents, its time.

use super::repository::{Handle, Repository, Unread, object};
use gix_hash::ObjectId;
use gix_object::commit::ref_iter::Token;
use gix_object::{CommitRefIter, Kind, TagRefIter};
use std::collections::HashSet;

/// Tags of tags that are followed.
const MAX_TAGS: usize = 64;

/// A commit's own words, but for its author and message.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) tree: ObjectId,
    /// Those that are here: none where a shallow clone was cut off.
    pub(super) parents: Vec<ObjectId>,
    /// When it was committed, in seconds.
    pub(super) time: i64,
    /// It has parents that a shallow clone left out.
    pub(super) cut: bool,
}

pub(super) fn read(
    repository: &Repository,
    handle: &Handle,
    id: &ObjectId,
    buffer: &mut Vec<u8>,
) -> Result<Node, Unread> {
    let data = object(handle, id, Kind::Commit, buffer)?;
    let (mut tree, mut time) = (None, 0);
    let mut parents = Vec::new();
    for token in CommitRefIter::from_bytes(data, repository.hash()) {
        match token {
            Ok(Token::Tree { id }) => tree = Some(id),
            Ok(Token::Parent { id }) => parents.push(id),
            Ok(Token::Committer { signature }) => {
                time = signature.seconds();
                break;
            }
            Ok(Token::Author { .. } | Token::Encoding(_) | Token::ExtraHeader(_) | Token::Message(_)) => {}
            // Whatever follows, what it has and where it comes from is known.
            Err(_) => break,
        }
    }
    let tree = tree.ok_or(Unread::Broken)?;
    let cut = repository.is_shallow_at(id) && !parents.is_empty();
    if cut {
        parents.clear();
    }
    Ok(Node { tree, parents, time, cut })
}

/// A commit and all that it comes from, as far as they are here.
pub(super) fn ancestors(repository: &Repository, of: ObjectId) -> HashSet<ObjectId> {
    let handle = repository.handle();
    let mut buffer = Vec::new();
    let mut known = HashSet::from([of]);
    let mut next = vec![of];
    while let Some(id) = next.pop() {
        let parents =
            read(repository, &handle, &id, &mut buffer).map(|node| node.parents).unwrap_or_default();
        next.extend(parents.into_iter().filter(|parent| known.insert(*parent)));
    }
    known
}

/// The object that an object means, tags followed, with its kind.
pub(super) fn peeled(
    repository: &Repository,
    handle: &Handle,
    id: ObjectId,
    buffer: &mut Vec<u8>,
) -> Result<(ObjectId, Kind), Unread> {
    use gix_object::Find;
    let mut id = id;
    for _ in 0..MAX_TAGS {
        let found = handle.try_find(&id, buffer).map_err(|_| Unread::Broken)?.ok_or(Unread::Missing)?;
        match found.kind {
            Kind::Tag => {
                let tag = TagRefIter::from_bytes(found.data, repository.hash());
                id = tag.target_id().map_err(|_| Unread::Broken)?;
            }
            Kind::Commit | Kind::Tree | Kind::Blob => return Ok((id, found.kind)),
        }
    }
    Err(Unread::Broken)
}

//! Which commit a user means: `main`, `origin/main`, `v1.2`, `HEAD^1`, `HEAD~2`, `1a2b3c4`, `v1^{commit}`.
//!
//! [Git's language](https://git-scm.com/docs/gitrevisions) without what asks for a reflog (`@{1}`, `@{-1}`), for configuration
//! (`@{upstream}`), for messages (`:/text`), or for several commits (`a..b`).

use super::commit::{self, peeled};
use super::repository::{Handle, Repository, Unread};
use super::signature::short;
use gix_hash::{ObjectId, Prefix};
use gix_object::{Exists, Kind};
use gix_revision::{Graph, merge_base};
use std::collections::HashSet;

/// Steps to parents of one revision, in all.
const MAX_STEPS: u32 = 1_000_000;

/// Why a revision leads to no commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It names nothing: the user means something else, or it has to be fetched.
    Unknown(String),
    /// It names something that is not here: a shallow or partial clone left it out, or nothing ever was before it.
    Absent(String),
}

/// The commit that a revision means.
pub(super) fn resolve(
    repository: &Repository,
    handle: &Handle,
    revision: &str,
) -> Result<ObjectId, Unresolved> {
    let unknown = |why: &str| Unresolved::Unknown(format!("`{revision}` {why}"));
    let (name, mut steps) = revision.split_at(revision.find(['^', '~']).unwrap_or(revision.len()));
    if name.contains("@{") || name.contains(':') || name.contains("..") {
        return Err(unknown("is of a kind that keyless does not read: name a branch, a tag or a commit"));
    }
    let mut path = Vec::new();
    while !steps.is_empty() {
        let step;
        (step, steps) = one(steps).ok_or_else(|| unknown("is no revision that keyless reads"))?;
        path.push(step);
    }
    let found = named(repository, handle, name).map_err(|why| unknown(&why))?;
    let mut buffer = Vec::new();
    let mut id = as_commit(repository, handle, found, &mut buffer).map_err(|unread| match unread {
        Unread::Missing => Unresolved::Absent(format!("what `{name}` leads to did not come with this clone")),
        Unread::Broken => unknown("leads to no commit"),
    })?;
    for step in path {
        let (first, count) = match step {
            // What it leads to is a commit by now.
            Step::Peel => continue,
            Step::Parent(0) => continue,
            Step::Parent(number) => (number, 1),
            Step::Ancestor(count) => (1, count.min(MAX_STEPS)),
        };
        for _ in 0..count {
            let cut = |id: &ObjectId| {
                let short = short(id);
                Unresolved::Absent(format!(
                    "`{revision}` lies before {short}, where this shallow clone was cut off"
                ))
            };
            let node = commit::read(repository, handle, &id, &mut buffer).map_err(|_| cut(&id))?;
            match node.parents.get(first as usize - 1) {
                Some(parent) => id = *parent,
                None if node.cut => return Err(cut(&id)),
                None => {
                    let why = format!("`{revision}` leads to no commit: there are not so many before it");
                    return Err(Unresolved::Absent(why));
                }
            }
        }
    }
    if !handle.exists(&id) {
        return Err(Unresolved::Absent(format!("what `{revision}` leads to did not come with this clone")));
    }
    Ok(id)
}

/// The best commits that both come from, the first one first that git would take.
pub(super) fn merge_bases(handle: Handle, one: ObjectId, other: ObjectId) -> Vec<ObjectId> {
    let mut graph = Graph::new(handle, None);
    match merge_base(one, &[other], &mut graph) {
        Ok(Some(bases)) => bases.into_iter().collect(),
        Ok(None) | Err(_) => Vec::new(),
    }
}

/// What a name without steps leads to. The error goes on after the revision.
fn named(repository: &Repository, handle: &Handle, name: &str) -> Result<ObjectId, String> {
    let nothing = || "is no branch, tag or commit of this repository".to_owned();
    let name = if name == "@" { "HEAD" } else { name };
    let is_hex = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    // As git: a name in full is an object whatever references are called; a shorter one only where no reference is.
    if is_hex && name.len() == repository.hash().len_in_hex() {
        let id = ObjectId::from_hex(name.to_ascii_lowercase().as_bytes()).map_err(|_| nothing())?;
        return if handle.exists(&id) { Ok(id) } else { Err(nothing()) };
    }
    if !repository.is_readable(name) {
        return Err("is a reference that is no file as git writes them".to_owned());
    }
    if let Some(id) = repository.reference(name) {
        return Ok(id);
    }
    // `v1.2-14-g1a2b3c4`, as `git describe` prints it.
    let described = name.rsplit_once("-g").map_or(name, |(_, hex)| hex);
    match Prefix::from_hex(&described.to_ascii_lowercase()) {
        Ok(prefix) if described.len() <= repository.hash().len_in_hex() => {
            abbreviated(repository, handle, prefix).map_err(|many| {
                if many { "means several commits: write more of it".to_owned() } else { nothing() }
            })
        }
        Ok(_) | Err(_) => Err(nothing()),
    }
}

/// The only commit whose name begins so. The error says whether there are several.
fn abbreviated(repository: &Repository, handle: &Handle, prefix: Prefix) -> Result<ObjectId, bool> {
    let mut found = HashSet::new();
    handle.lookup_prefix(prefix, Some(&mut found)).map_err(|_| false)?;
    let mut buffer = Vec::new();
    let mut commits: Vec<ObjectId> =
        found.into_iter().filter(|id| as_commit(repository, handle, *id, &mut buffer).is_ok()).collect();
    commits.sort_unstable();
    match commits.as_slice() {
        [] => Err(false),
        [only] => Ok(*only),
        [..] => Err(true),
    }
}

fn as_commit(
    repository: &Repository,
    handle: &Handle,
    id: ObjectId,
    buffer: &mut Vec<u8>,
) -> Result<ObjectId, Unread> {
    match peeled(repository, handle, id, buffer)? {
        (id, Kind::Commit) => Ok(id),
        (_, Kind::Tree | Kind::Blob | Kind::Tag) => Err(Unread::Broken),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// `^{}`, `^{commit}`
    Peel,
    /// `^2`
    Parent(u32),
    /// `~2`
    Ancestor(u32),
}

/// The first step, and the rest.
fn one(steps: &str) -> Option<(Step, &str)> {
    for peel in ["^{}", "^{commit}", "^{object}"] {
        if let Some(rest) = steps.strip_prefix(peel) {
            return Some((Step::Peel, rest));
        }
    }
    let (sign, rest) = steps.split_at_checked(1).filter(|(_, rest)| !rest.starts_with('{'))?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, rest) = rest.split_at_checked(digits)?;
    let number = if digits.is_empty() { 1 } else { digits.parse().ok()? };
    match sign {
        "^" => Some((Step::Parent(number), rest)),
        "~" => Some((Step::Ancestor(number), rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_one_by_one() {
        for (steps, expected) in [
            ("^", Some((Step::Parent(1), ""))),
            ("^2~3", Some((Step::Parent(2), "~3"))),
            ("~", Some((Step::Ancestor(1), ""))),
            ("~10^", Some((Step::Ancestor(10), "^"))),
            ("^{commit}^", Some((Step::Peel, "^"))),
            ("^{tree}", None),
            ("^1{", Some((Step::Parent(1), "{"))),
            ("{", None),
            ("^99999999999", None),
        ] {
            assert_eq!(one(steps), expected, "{steps}");
        }
    }
}

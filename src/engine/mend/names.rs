//! Whether edits let a module declare a name twice: each file is sound then, and Terraform refuses all of them.

use crate::fixes::addresses;
use crate::source::{SourceFile, Sources, folder_of};
use crate::system::{Texts, text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// An address that a module declares more than once with the edited texts, and more often than before. The edited files are
/// given as they are shown, with where they are.
pub(super) fn declared_twice(
    sources: &Sources,
    edited: &BTreeMap<String, &Path>,
    texts: &Texts,
) -> Option<String> {
    let all: BTreeMap<String, Arc<SourceFile>> = sources
        .all()
        .into_iter()
        .filter(|source| source.is_whole() && is_module_file(&source.path))
        .map(|source| (source.path.clone(), source))
        .collect();
    let after = |path: &str| {
        let bytes = texts.get(*edited.get(path)?)?;
        text(bytes.to_vec()).ok()
    };
    // Each file that stands beside an edited one is looked at once.
    let mut beside: BTreeMap<&str, Declared<'_>> = BTreeMap::new();
    for path in edited.keys() {
        let (Some(source), Some(now)) = (all.get(path), after(path)) else { continue };
        let known = counted(addresses(path, source.text()));
        let mut new = counted(addresses(path, &now));
        new.retain(|address, count| *count > known.get(address).copied().unwrap_or(0));
        if new.is_empty() {
            continue;
        }
        let declared = beside.entry(folder_of(path)).or_insert_with(|| {
            let here = all.iter().filter(|(other, _)| folder_of(other) == folder_of(path));
            let mut declared = Declared::new();
            for (other, source) in here {
                let now = after(other);
                for address in addresses(other, now.as_deref().unwrap_or(source.text())) {
                    declared.entry(address).or_default().insert(other);
                }
            }
            declared
        });
        let is_beside = |address: &str| {
            declared.get(address).is_some_and(|files| files.iter().any(|other| *other != path))
        };
        if let Some((address, _)) = new.into_iter().find(|(address, count)| *count > 1 || is_beside(address))
        {
            return Some(address);
        }
    }
    None
}

/// The files of a folder that declare an address.
type Declared<'a> = BTreeMap<String, BTreeSet<&'a String>>;

fn counted(addresses: Vec<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    addresses.into_iter().for_each(|address| *counts.entry(address).or_default() += 1);
    counts
}

/// Files that override others declare again what these declare.
fn is_module_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.is_some_and(|stem| stem != "override" && !stem.ends_with("_override"))
}

//! Paths inside the root, without touching a disk.

pub(super) use crate::frontends::cloudformation::join;

/// The folder that holds this one, then that one's, up to the root (the empty path).
pub(super) fn ancestors(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = folder;
    while let Some((parent, _)) = rest.rsplit_once('/') {
        found.push(parent.to_owned());
        rest = parent;
    }
    found.push(String::new());
    found
}

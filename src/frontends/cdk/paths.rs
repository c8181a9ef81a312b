//! Paths inside the root, without touching a disk.

/// A path below a folder; `None` where it is absolute or leaves the root.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

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

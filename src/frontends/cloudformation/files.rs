//! Templates that are read because others name them, and paths inside the root, without touching a disk.

use crate::source::{FileId, SourceFile, folder_of};
use crate::syntax::doc::Document;
use std::sync::Arc;

/// A file of the run with its tree.
#[derive(Debug)]
pub struct Loaded {
    pub file: FileId,
    pub source: Arc<SourceFile>,
    pub(in crate::frontends) document: Document,
}

impl Loaded {
    #[must_use]
    pub fn new(file: FileId, source: Arc<SourceFile>, document: Document) -> Self {
        Self { file, source, document: document.of_file(file) }
    }
}

/// Where the files are. Paths are relative to the root, `/`-separated, free of `.` and `..`.
pub trait Files {
    /// Whether a file is there, be it readable or not.
    fn exists(&mut self, path: &str) -> bool;

    /// The template of a nested stack; what stands in the way has been told where it is `None`.
    fn template(&mut self, path: &str) -> Option<Arc<Loaded>>;

    /// A file that `AWS::Include` names; `None` where none is there.
    fn include(&mut self, path: &str) -> Option<Arc<Loaded>>;

    /// The path as users are shown it.
    fn shown(&self, path: &str) -> String;
}

/// A path that stands in a file, from the root: `None` for URLs, absolute paths, and what leaves the root.
#[must_use]
pub fn local_path(file: &str, path: &str) -> Option<String> {
    let folder = folder_of(file);
    join(folder, path)
}

/// A path below a folder; `None` where it is absolute or leaves the root.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
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

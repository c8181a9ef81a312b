//! What runs over the same folder have in common: files that were parsed and searched, as long as their texts are the same.
//! Knows nothing of what is said about them.

use super::load::FileRole;
use crate::findings::Problem;
use crate::secrets::Detection;
use crate::source::SourceFile;
use crate::syntax::hcl::Tree;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Parsed files by path. A file is found again only with the very text, and read as the same thing.
#[derive(Debug, Default)]
pub struct Kept {
    files: Mutex<FxHashMap<String, (u64, KeptFile)>>,
    /// Whole runs so far.
    run: AtomicU64,
}

/// All that a Terraform file comes to by itself.
#[derive(Debug, Clone)]
pub(super) struct KeptFile {
    pub(super) role: FileRole,
    pub(super) source: Arc<SourceFile>,
    pub(super) tree: Arc<Tree>,
    pub(super) detections: Arc<[Detection]>,
    pub(super) problems: Arc<[Problem]>,
}

impl KeptFile {
    fn is_of(&self, role: FileRole, source: &SourceFile) -> bool {
        let known = &self.source;
        self.role == role
            && known.path == source.path
            && known.root_path == source.root_path
            && known.git_ignored == source.git_ignored
            && known.is_whole()
            && source.is_whole()
            && known.text() == source.text()
    }
}

impl Kept {
    /// The file, if it is known as it is now.
    pub(super) fn file(&self, role: FileRole, source: &SourceFile) -> Option<KeptFile> {
        let mut files = self.files();
        let (used, known) = files.get_mut(&source.path)?;
        if !known.is_of(role, source) {
            return None;
        }
        *used = self.run.load(Ordering::Relaxed);
        Some(known.clone())
    }

    pub(super) fn keep(&self, file: KeptFile) {
        let run = self.run.load(Ordering::Relaxed);
        if file.source.is_whole() {
            self.files().insert(file.source.path.clone(), (run, file));
        }
    }

    /// A run over everything begins.
    pub(super) fn begin(&self) {
        self.run.fetch_add(1, Ordering::Relaxed);
    }

    /// Forgets what neither the last run over everything nor one after it asked for.
    pub(super) fn sweep(&self) {
        let run = self.run.load(Ordering::Relaxed);
        self.files().retain(|_, (used, _)| *used >= run);
    }

    fn files(&self) -> MutexGuard<'_, FxHashMap<String, (u64, KeptFile)>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The code of a run, parsed once: findings by the thousand are about the same files.

use super::Code;
use crate::source::{FileId, SourceFile, Sources, folder_of};
use memchr::memmem;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A file of code.
pub(in crate::fixes) type File = (FileId, Arc<SourceFile>);

/// New names by the type and the name of what is to be given them.
pub(in crate::fixes) type Names = BTreeMap<(String, String), String>;

#[derive(Debug, Default)]
pub(in crate::fixes) struct Codes {
    parsed: Mutex<BTreeMap<FileId, Option<Arc<Code>>>>,
    /// Whether a text stands in a file.
    holding: Mutex<BTreeMap<(FileId, String), bool>>,
    /// By the paths of folders from the root.
    folders: OnceLock<BTreeMap<String, Vec<File>>>,
    /// By folder and what is to be named.
    names: Mutex<BTreeMap<(String, String), Arc<Names>>>,
}

impl Codes {
    /// None where it is no code that can be edited.
    pub(in crate::fixes) fn read(&self, file: FileId, source: &Arc<SourceFile>) -> Option<Arc<Code>> {
        let known = self.parsed.lock().unwrap_or_else(PoisonError::into_inner).get(&file).cloned();
        known.unwrap_or_else(|| {
            let code = Code::read(file, Arc::clone(source)).map(Arc::new);
            let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
            parsed.entry(file).or_insert(code).clone()
        })
    }

    /// Whether a text stands in a file.
    pub(in crate::fixes) fn holds(&self, (file, source): &File, text: &str) -> bool {
        let key = (*file, text.to_owned());
        let known = self.holding.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        known.unwrap_or_else(|| {
            let holds = memmem::find(source.text().as_bytes(), text.as_bytes()).is_some();
            self.holding.lock().unwrap_or_else(PoisonError::into_inner).insert(key, holds);
            holds
        })
    }

    /// The files of a module that are whole.
    pub(in crate::fixes) fn files(&self, sources: &Sources, folder: &str) -> Vec<File> {
        let folders = self.folders.get_or_init(|| {
            let endings = [".tf", ".tf.json", ".tofu", ".tofu.json"];
            let mut folders: BTreeMap<String, Vec<File>> = BTreeMap::new();
            // Ids are handed out in the order in which files were added.
            for (source, at) in sources.all().into_iter().zip(0u32..) {
                let path = &source.root_path;
                if source.is_whole() && endings.iter().any(|ending| path.ends_with(ending)) {
                    let folder = folder_of(path);
                    folders.entry(folder.to_owned()).or_default().push((FileId(at), source));
                }
            }
            folders
        });
        folders.get(folder).cloned().unwrap_or_default()
    }

    /// The names that are found for all of a module at once.
    pub(in crate::fixes) fn names(
        &self,
        folder: &str,
        what: &str,
        find: impl FnOnce() -> Names,
    ) -> Arc<Names> {
        let key = (folder.to_owned(), what.to_owned());
        let known = self.names.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = Arc::new(find());
            let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(names.entry(key).or_insert(found))
        })
    }
}

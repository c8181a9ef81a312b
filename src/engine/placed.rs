//! Which configuration holds for which file of a run.

use crate::config::{Configs, Settings};
use crate::discover::Inventory;
use crate::source::{FileId, Sources, folder_of};
use crate::system::{Root, lexical};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Settings with their number in the run.
pub(super) type Numbered = (usize, Arc<Settings>);

/// The files of a run with what holds for them.
pub(super) struct Placed<'a> {
    inventory: &'a Inventory,
    configs: &'a Configs<'a>,
    sources: &'a Sources,
    /// No folder that was walked has a configuration file.
    plain: Option<Numbered>,
    by_file: Vec<OnceLock<Numbered>>,
    /// The root and the absolute path of folders, as shown.
    folders: Mutex<FxHashMap<String, (Option<Root>, PathBuf)>>,
}

impl<'a> Placed<'a> {
    /// Once everything is read.
    pub(super) fn new(inventory: &'a Inventory, configs: &'a Configs<'a>, sources: &'a Sources) -> Self {
        let plain = (!configs.is_configured()).then(|| configs.settings(None, Path::new("")));
        let by_file = (0..sources.len()).map(|_| OnceLock::new()).collect();
        Self { inventory, configs, sources, plain, by_file, folders: Mutex::default() }
    }

    /// What holds for a file.
    pub(super) fn of(&self, file: FileId) -> Numbered {
        match self.by_file.get(file.0 as usize) {
            Some(known) => known.get_or_init(|| self.find(file)).clone(),
            None => self.find(file),
        }
    }

    /// Everything that holds for any file.
    pub(super) fn all(&self) -> Vec<Arc<Settings>> {
        let files = (0..self.by_file.len()).filter_map(|at| u32::try_from(at).ok()).map(FileId);
        let all: BTreeMap<usize, Arc<Settings>> = files.map(|file| self.of(file)).collect();
        all.into_values().collect()
    }

    pub(super) fn number(&self, file: FileId) -> usize {
        self.of(file).0
    }

    fn find(&self, file: FileId) -> Numbered {
        let source = self.sources.get(file);
        if let Some(plain) = &self.plain
            && self.inventory.has(&source.path)
        {
            return plain.clone();
        }
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let (root, folder) = self.folder(&source.path, &source.root_path);
        self.configs.settings(root.as_ref(), &folder.join(name))
    }

    /// The root of a file, and its folder.
    fn folder(&self, shown: &str, root_path: &str) -> (Option<Root>, PathBuf) {
        let key = folder_of(shown).to_owned();
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders.get(&key) {
            return known.clone();
        }
        let inventory = self.inventory;
        let below = |root: &&Root| inventory.shown(&root.path().join(root_path)) == shown;
        let absolute = lexical(&inventory.working_folder.join(shown));
        let (root, path) = match inventory.roots.iter().find(below) {
            Some(root) => (Some(root.clone()), root.path().join(root_path)),
            None => (
                inventory.roots.iter().find(|root| absolute.starts_with(root.path())).cloned(),
                absolute.clone(),
            ),
        };
        let folder = path.parent().unwrap_or(&path).to_path_buf();
        folders.insert(key, (root.clone(), folder.clone()));
        (root, folder)
    }

    /// Whether configuration leaves out a path of a root.
    pub(super) fn excludes(&self, root: &Root, path: &Path) -> bool {
        self.configs.excludes(root, path, false)
    }
}

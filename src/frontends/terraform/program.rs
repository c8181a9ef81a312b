//! All modules of one root, and who calls whom.

use super::module::Module;
use crate::model::Reason;
use crate::source::{FileId, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files of the repository that evaluation asks for by name. Paths are relative to the root of the analysis.
pub trait Files: Sync {
    /// Reads a file that values may come from (`file`, `templatefile`) and lists it among the sources.
    ///
    /// # Errors
    /// [`Reason::File`] where it is outside the root, missing, too large or no UTF-8.
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason>;

    /// Reads a file whose places are never shown.
    ///
    /// # Errors
    /// As [`Files::read`].
    fn read_unlisted(&self, path: &str) -> Result<String, Reason>;

    /// A file's bytes, which need not be text.
    ///
    /// # Errors
    /// As [`Files::read`], but for text.
    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Reason> {
        self.read_unlisted(path).map(String::into_bytes)
    }

    /// Whether a regular file is there.
    ///
    /// # Errors
    /// [`Reason::File`] where the path leads out of the root.
    fn exists(&self, path: &str) -> Result<bool, Reason>;

    /// The paths below a folder, relative to it, `/`-separated and sorted.
    ///
    /// # Errors
    /// As [`Files::read`].
    fn list(&self, folder: &str) -> Result<Vec<String>, Reason>;
}

/// The modules of one root by folder.
#[derive(Debug, Default)]
pub struct Program {
    modules: BTreeMap<String, Arc<Module>>,
}

/// What is judged as a root, both in order of their folders.
#[derive(Debug, Default)]
pub struct Roots<'p> {
    pub uncalled: Vec<&'p Module>,
    pub of_circles: Vec<&'p Module>,
}

impl Program {
    pub fn add(&mut self, module: Module) {
        self.modules.insert(module.folder.clone(), Arc::new(module));
    }

    #[must_use]
    pub fn module(&self, folder: &str) -> Option<&Module> {
        self.modules.get(folder).map(|module| &**module)
    }

    /// A module with everything that it calls, so that what no other needs can be given back once it is judged.
    #[must_use]
    pub fn part(&self, module: &Module) -> Self {
        let closure = self.closure(module).into_iter();
        let modules = closure.filter_map(|folder| self.modules.get_key_value(folder));
        Self { modules: modules.map(|(folder, module)| (folder.clone(), Arc::clone(module))).collect() }
    }

    /// In order of their folders.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.values().map(|module| &**module)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// Folders that calls lead to and that are not in the program yet, sorted.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let called: BTreeSet<&str> = self.modules().flat_map(Module::called_folders).collect();
        called.into_iter().filter(|folder| !self.modules.contains_key(*folder)).map(str::to_owned).collect()
    }

    /// Of the given folders, those that no module of the given folders calls: what is judged as a root.
    /// A circle of calls has no such module; then the first folder of the circle is taken, and stands behind the others.
    /// `called` are folders that roots call which are not in the program.
    #[must_use]
    pub fn roots(&self, folders: &BTreeSet<String>, called: &BTreeSet<String>) -> Roots<'_> {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        called
            .iter()
            .filter_map(|folder| self.module(folder))
            .for_each(|module| self.reach(module, &mut reached));
        let called: BTreeSet<&str> = self
            .modules()
            .filter(|module| folders.contains(&module.folder))
            .flat_map(|module| module.local_sources().filter(|source| *source != module.folder))
            .chain(called.iter().map(String::as_str))
            .collect();
        let mut roots = Roots::default();
        let (uncalled, rest): (Vec<_>, Vec<_>) =
            folders.iter().partition(|folder| !called.contains(folder.as_str()));
        let mut take = |folders: Vec<&String>, roots: &mut Vec<_>| {
            for folder in folders {
                let Some(module) = self.module(folder) else { continue };
                if !reached.contains(folder.as_str()) {
                    roots.push(module);
                    self.reach(module, &mut reached);
                }
            }
        };
        take(uncalled, &mut roots.uncalled);
        take(rest, &mut roots.of_circles);
        roots
    }

    /// The module with everything that it calls.
    #[must_use]
    pub fn closure<'p>(&'p self, module: &'p Module) -> BTreeSet<&'p str> {
        let mut reached = BTreeSet::new();
        self.reach(module, &mut reached);
        reached
    }

    fn reach<'p>(&'p self, module: &'p Module, reached: &mut BTreeSet<&'p str>) {
        let mut open = vec![module];
        while let Some(module) = open.pop() {
            if reached.insert(&module.folder) {
                open.extend(module.called_folders().filter_map(|folder| self.module(folder)));
            }
        }
    }
}

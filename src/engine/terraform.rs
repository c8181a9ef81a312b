//! Terraform's part of a run: folders to programs, missing modules loaded, units out.

use super::Read;
use super::load::{FileRole, Loaded, Loader};
use crate::catalog;
use crate::facts;
use crate::findings::AbsentModule;
use crate::frontends::terraform::{self, Evaluated, Files, FolderFiles, Module, Options, Program};
use crate::model::Reason;
use crate::source::{FileId, SourceFile};
use crate::system::{FileKind, ReadError, Root};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Entries that a `fileset` looks at.
const MAX_LISTED: usize = 100_000;

/// Evaluates every Terraform root module below one analysis root.
pub(super) fn read(loader: &Loader<'_>, root: usize, items: Vec<Loaded>, read: &mut Read) {
    let Some(place) = loader.inventory.roots.get(root) else { return };
    let files = RootFiles::new(loader, place);
    let mut traced: BTreeSet<FileId> = BTreeSet::new();
    let mut folders: BTreeMap<String, FolderFiles> = BTreeMap::new();
    for item in items {
        sort_in(&mut folders, item, &mut traced, read);
    }
    let judged: BTreeSet<String> = folders.keys().cloned().collect();
    let mut program = Program::default();
    for (folder, members) in folders {
        let mut module = Module::new(folder, members);
        module.read_installed(&files);
        program.add(module);
    }
    load_missing(loader, place, &mut program, &mut traced, read);
    let keep = |type_name: &str| catalog::is_relevant(type_name);
    let options = Options { keep: &keep, traced: &traced, sources: loader.sources };
    let roots = program.roots(&judged);
    let finish = |mut evaluated: Evaluated| {
        let declared = facts::take_declared(&mut evaluated.unit);
        (evaluated, declared)
    };
    for (evaluated, declared) in terraform::evaluate(&program, &roots, &files, &options, finish) {
        read.problems.extend(evaluated.problems);
        read.declared.push(declared);
        read.absent.extend(evaluated.absent.into_iter().map(|(address, source, site)| AbsentModule {
            address,
            source,
            site,
        }));
        read.resources += evaluated.resources;
        read.project.units.push(evaluated.unit);
    }
}

/// Loads modules that calls lead to from outside of what was named, and from `.terraform/modules`.
fn load_missing(
    loader: &Loader<'_>,
    place: &Root,
    program: &mut Program,
    traced: &mut BTreeSet<FileId>,
    read: &mut Read,
) {
    let mut absent: BTreeSet<String> = BTreeSet::new();
    loop {
        let mut missing = program.missing();
        missing.retain(|folder| !absent.contains(folder));
        if missing.is_empty() {
            return;
        }
        for folder in missing {
            let third_party = folder.split('/').any(|part| part == ".terraform");
            let found = loader.folder(place, &folder, third_party);
            read.problems.extend(found.problems);
            let mut members = BTreeMap::new();
            for item in found.loaded {
                sort_in(&mut members, item, traced, read);
            }
            match members.remove(&folder) {
                Some(members) => program.add(Module::new(folder, members)),
                None => {
                    absent.insert(folder);
                }
            }
        }
    }
}

/// Puts a file into its folder, and notes what its text holds.
fn sort_in(
    folders: &mut BTreeMap<String, FolderFiles>,
    item: Loaded,
    traced: &mut BTreeSet<FileId>,
    read: &mut Read,
) {
    read.files += 1;
    if !item.detections.is_empty() {
        traced.insert(item.file.id);
        read.detections.push((item.file.id, item.detections));
    }
    let folder = item.file.source.root_path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let members = folders.entry(folder).or_default();
    match item.role {
        FileRole::Configuration => members.configuration.push(item.file),
        FileRole::Values => members.values.push(item.file),
        FileRole::Backend => members.backends.push(item.file),
    }
}

type ReadFile = Result<(FileId, Arc<SourceFile>), Reason>;

/// Files that values come from, inside one root; each is read once.
struct RootFiles<'a> {
    loader: &'a Loader<'a>,
    root: &'a Root,
    read: Mutex<FxHashMap<String, ReadFile>>,
}

impl<'a> RootFiles<'a> {
    fn new(loader: &'a Loader<'a>, root: &'a Root) -> Self {
        Self { loader, root, read: Mutex::default() }
    }

    fn walk(&self, folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Reason> {
        let names =
            self.root.list(self.loader.system, folder).map_err(|_| reason(&folder.to_string_lossy()))?;
        for listed in names {
            let name = listed.name.to_string_lossy();
            let path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}/{name}") };
            match listed.kind {
                FileKind::Folder => self.walk(&folder.join(&listed.name), &path, found)?,
                FileKind::File | FileKind::Link => found.push(path),
                FileKind::Special => {}
            }
            if found.len() > MAX_LISTED {
                return Err(Reason::Limit { what: "a folder with more than 100,000 files".into() });
            }
        }
        Ok(())
    }
}

fn reason(path: &str) -> Reason {
    Reason::File { path: Arc::from(path) }
}

impl Files for RootFiles<'_> {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(path) {
            return known.clone();
        }
        let result = self.read_unlisted(path).map(|text| {
            let shown = self.loader.inventory.shown(&self.root.path().join(path));
            self.loader.sources.add(SourceFile::new(shown, path.to_owned(), text, false))
        });
        read.insert(path.to_owned(), result.clone());
        result
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        self.root.read_text(self.loader.system, Path::new(path)).map_err(|_| reason(path))
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Reason> {
        self.root.read(self.loader.system, Path::new(path)).map_err(|_| reason(path))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        match self.root.resolve(self.loader.system, Path::new(path)) {
            Ok(real) => Ok(self.loader.system.kind(&real).is_ok_and(|kind| kind == FileKind::File)),
            Err(ReadError::Missing) => Ok(false),
            Err(_) => Err(reason(path)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        let mut found = Vec::new();
        self.walk(Path::new(folder), "", &mut found)?;
        found.sort();
        Ok(found)
    }
}

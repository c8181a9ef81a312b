//! The evaluator against a real `terraform console`, whose answers are kept in `testdata/…/eval`; `refresh.py` there
//! writes them.

mod console;
mod current;
mod instances;
pub(super) mod modules;
mod outcomes;
mod render;
mod telling;

use super::{Files, FolderFiles, Module, ModuleFile, Program};
use crate::model::Reason;
use crate::source::{FileId, SourceFile, Sources};
use crate::syntax::hcl;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/terraform/eval")
}

struct Disk {
    root: PathBuf,
    sources: Sources,
}

fn unreadable(path: &str) -> Reason {
    Reason::File { path: path.into() }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        let text = self.read_unlisted(path)?;
        Ok(self.sources.add(SourceFile::new(path.to_owned(), path.to_owned(), text, false)))
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        fs::read_to_string(self.root.join(path)).map_err(|_| unreadable(path))
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Reason> {
        fs::read(self.root.join(path)).map_err(|_| unreadable(path))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        Ok(self.root.join(path).is_file())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        let mut found = Vec::new();
        for name in names(&self.root.join(folder)) {
            let path = super::module::join(folder, &name);
            if self.root.join(&path).is_dir() {
                found.extend(self.list(&path)?.into_iter().map(|inner| format!("{name}/{inner}")));
            } else {
                found.push(name);
            }
        }
        found.sort();
        Ok(found)
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A module of a folder, with further files.
fn load(disk: &Disk, folder: &str, further: Vec<ModuleFile>) -> Option<Module> {
    let mut files = FolderFiles { configuration: further, ..FolderFiles::default() };
    for name in names(&disk.root.join(folder)) {
        let path = super::module::join(folder, &name);
        let (into, parse): (_, fn(&str) -> hcl::Parsed) = match name.as_str() {
            name if name.ends_with(".tf") => (&mut files.configuration, hcl::parse),
            name if name.ends_with(".tf.json") => (&mut files.configuration, hcl::parse_json),
            name if name.ends_with(".tfvars") => (&mut files.values, hcl::parse),
            name if name.ends_with(".tfvars.json") => (&mut files.values, hcl::parse_json_values),
            _ => continue,
        };
        let (id, source) = disk.read(&path).unwrap();
        let parsed = parse(source.text());
        assert!(parsed.errors.is_empty(), "{path}: {:?}", parsed.errors);
        into.push(ModuleFile { id, source, tree: parsed.tree.into() });
    }
    (!files.configuration.is_empty()).then(|| Module::new(folder.to_owned(), files))
}

/// A root module with all that it calls.
fn program(disk: &Disk, further: Vec<ModuleFile>) -> Program {
    let mut program = Program::default();
    let mut further = Some(further);
    let mut open = BTreeSet::from([String::new()]);
    while let Some(folder) = open.pop_first() {
        if let Some(module) = load(disk, &folder, further.take().unwrap_or_default()) {
            program.add(module);
            open.extend(program.missing());
        }
    }
    program
}

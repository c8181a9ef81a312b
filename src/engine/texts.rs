//! Texts beside infrastructure code that are read by themselves: files of variables in a folder that holds code or is
//! meant for them, and what CodeBuild runs.

use super::Read;
use super::load::{Item, Loader};
use crate::discover::{Found, kind_of_name};
use crate::model::{TextFile, TextKind};
use crate::secrets::{self, Detection};
use crate::source::{FileId, SourceFile, folder_of};
use std::collections::BTreeSet;
use std::path::Path;

/// Folders in which people keep the variables of the code that stands beside them.
const FOLDERS: [&str; 5] = ["env", "envs", ".env", ".envs", "environments"];

/// Files that say which folder holds infrastructure code, beside those that are it.
const MARKS: [&str; 5] = ["cdk.json", "samconfig.toml", "samconfig.yaml", "samconfig.yml", "terragrunt.hcl"];

/// A text with the token formats that it holds.
#[derive(Debug)]
pub(super) struct Scanned {
    text: TextFile,
    detections: Vec<Detection>,
}

impl Scanned {
    pub(super) fn join(self, read: &mut Read) {
        read.files += 1;
        read.project.texts.push(self.text);
        if !self.detections.is_empty() {
            read.detections.push((self.text.file, self.detections));
        }
    }
}

/// Files of variables, until it is known where the code is.
#[derive(Debug, Default)]
pub(super) struct Beside {
    settings: Vec<Found>,
    /// Root and folder of each file of code.
    folders: BTreeSet<(usize, String)>,
}

impl Beside {
    /// Notes where an item stands.
    pub(super) fn note(&mut self, item: &Item) {
        let (root, path) = match item {
            Item::Settings(found) => return self.settings.push((**found).clone()),
            Item::Terraform { root, loaded } => (*root, &loaded.file.source.root_path),
            Item::Unparsed { root, file } => (*root, &file.source.root_path),
            Item::Template { root, template } => (*root, &template.loaded.source.root_path),
            Item::SamConfig { root, path } => (*root, path),
            Item::Values { .. } | Item::Units { .. } | Item::Plan(_) | Item::Text(_) => return,
        };
        self.folders.insert((root, folder_of(path).to_owned()));
    }

    /// Reads those that stand beside code, and those that are named.
    pub(super) fn read(self, loader: &Loader<'_>, read: &mut Read) {
        for found in &self.settings {
            if !loader.inventory.is_named(found) && !self.is_beside(found, loader) {
                continue;
            }
            match loader.text(found) {
                Ok(text) => {
                    let kind = if is_sample(&found.shown) { TextKind::Sample } else { TextKind::Settings };
                    loader.scanned(found, text, kind).join(read);
                }
                Err(problem) => read.problems.push(problem),
            }
        }
    }

    fn is_beside(&self, found: &Found, loader: &Loader<'_>) -> bool {
        let folder = folder_of(&found.root_path);
        let above = meant_for(folder);
        [Some(folder), above].into_iter().flatten().any(|folder| {
            self.folders.contains(&(found.root, folder.to_owned())) || has_code(found.root, folder, loader)
        })
    }
}

fn has_code(root: usize, folder: &str, loader: &Loader<'_>) -> bool {
    let Some(root) = loader.inventory.roots.get(root) else { return false };
    let listed = root.list(loader.system, Path::new(folder)).unwrap_or_default();
    listed.iter().any(|listed| {
        let name = listed.name.to_string_lossy();
        MARKS.contains(&&*name) || kind_of_name(&name).is_some_and(crate::discover::Kind::is_terraform)
    })
}

/// The folder that variables in a folder are meant for, if it is called so.
pub(super) fn meant_for(folder: &str) -> Option<&str> {
    let name = folder.rsplit('/').next().unwrap_or_default();
    FOLDERS.contains(&name).then(|| folder_of(folder))
}

/// `.env.example`, `sample.env`: the values are made up.
fn is_sample(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let words = ["example", "sample", "template", "dist", "defaults", "tpl", "tmpl", "test"];
    name.split(['.', '-', '_']).any(|part| words.contains(&part))
}

/// Whether a file is a build specification: by its name, and what every one has.
pub(super) fn is_build(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let named = name.contains("buildspec") && (name.ends_with(".yml") || name.ends_with(".yaml"));
    named && text.lines().any(|line| line.starts_with("phases:"))
}

impl Loader<'_> {
    /// Makes a text a source of the run.
    pub(super) fn scanned(&self, found: &Found, text: String, kind: TextKind) -> Scanned {
        let source = SourceFile::new(found.shown.clone(), found.root_path.clone(), text, found.git_ignored);
        let detections = if source.git_ignored { Vec::new() } else { secrets::scan(source.text()) };
        let (file, _): (FileId, _) = self.sources.add(source);
        Scanned { text: TextFile { file, kind }, detections }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_build, is_sample};

    #[test]
    fn samples_say_so() {
        for name in [".env.example", "a/.env.sample", ".env.template", "example.env", ".env.local.dist"] {
            assert!(is_sample(name), "{name}");
        }
        for name in [".env", ".env.production", "a/example/.env", "prod.env", ".envrc"] {
            assert!(!is_sample(name), "{name}");
        }
    }

    #[test]
    fn builds_have_phases() {
        assert!(is_build("ci/buildspec-prod.yml", "version: 0.2\nphases:\n  build: {}\n"));
        assert!(!is_build("buildspec.yml", "kind: Template\n"));
        assert!(!is_build("build.yml", "phases:\n"));
    }
}

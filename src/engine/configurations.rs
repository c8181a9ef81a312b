//! The files of the SAM CLI: which there are, and which templates they deploy.

use super::Read;
use super::library::Library;
use super::load::Loader;
use super::values::Values;
use crate::findings::Problem;
use crate::frontends::cloudformation::{self, Environment, FILE_NAMES, Loaded, SamConfig};
use crate::secrets::{self, Detection};
use crate::source::SourceFile;
use crate::syntax::doc;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::PoisonError;

/// Whether a path is that of a file of the SAM CLI by its name.
pub(super) fn is_configuration(path: &str) -> bool {
    FILE_NAMES.contains(&path.rsplit('/').next().unwrap_or_default())
}

/// The named files of the SAM CLI, and those beside the templates and above them, each with its path.
pub(super) fn all(library: &Library<'_>, named: &[String], read: &mut Read) -> Vec<(String, SamConfig)> {
    let mut paths: BTreeSet<String> = named.iter().cloned().collect();
    let mut folders = BTreeSet::new();
    for (path, _) in library.templates() {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folders.insert(parent.to_owned());
            folder = parent;
        }
        folders.insert(String::new());
    }
    for folder in folders {
        let Ok(listed) = library.place.list(library.loader.system, Path::new(&folder)) else { continue };
        let is_there = |name: &&&str| listed.iter().any(|listed| listed.name.to_str() == Some(**name));
        if let Some(name) = FILE_NAMES.iter().find(is_there) {
            paths.insert(if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") });
        }
    }
    let read_one = |path: String| configuration(library, &path, read).map(|config| (path, config));
    paths.into_iter().filter_map(read_one).collect()
}

fn configuration(library: &Library<'_>, path: &str, read: &mut Read) -> Option<SamConfig> {
    let loaded = configuration_file(library, path, read)?;
    let mut further: Vec<Problem> = Vec::new();
    let config = cloudformation::samconfig(&loaded, &mut |named| {
        let path = cloudformation::local_path(path, named)?;
        let loaded = configuration_file(library, &path, read)?;
        let (assignments, problems) = cloudformation::parameters_in(&loaded);
        further.extend(problems);
        Some(assignments)
    });
    read.problems.extend(further);
    Some(config)
}

/// A file in whatever language its name says.
fn configuration_file(library: &Library<'_>, path: &str, read: &mut Read) -> Option<Loaded> {
    let known = library.values.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
    let (loaded, detections, problem) = match known {
        Some(Values { loaded, detections }) => (Some(loaded), detections, None),
        None => match library.source(path) {
            Ok(source) => parsed(library.loader, source),
            Err(error) => {
                read.problems.push(error.problem(&library.shown(path)));
                return None;
            }
        },
    };
    read.problems.extend(problem);
    let loaded = loaded?;
    read.files += 1;
    if !detections.is_empty() {
        read.detections.push((loaded.file, detections));
    }
    Some(loaded)
}

/// Which templates the files of the SAM CLI deploy.
pub(super) struct Deployments<'c> {
    by_template: BTreeMap<String, Vec<(&'c str, &'c Environment)>>,
}

impl<'c> Deployments<'c> {
    pub(super) fn new(library: &Library<'_>, configured: &'c [(String, SamConfig)]) -> Self {
        let mut by_template: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (path, config) in configured {
            for environment in &config.environments {
                let known = environment.templates.iter().find(|path| library.known_template(path).is_some());
                if let Some(template) = known {
                    by_template.entry(template.clone()).or_default().push((path.as_str(), environment));
                }
            }
        }
        Self { by_template }
    }

    /// The environments of a template, each with the path of its file.
    pub(super) fn of(&self, template: &str) -> Vec<(&'c str, &'c Environment)> {
        self.by_template.get(template).cloned().unwrap_or_default()
    }
}

/// Parses a file of values by the ending of its name, and makes it a source of the run.
pub(super) fn parsed(
    loader: &Loader<'_>,
    source: SourceFile,
) -> (Option<Loaded>, Vec<Detection>, Option<Problem>) {
    let document = if source.root_path.to_lowercase().ends_with(".toml") {
        doc::parse_toml(source.text())
    } else {
        doc::parse(source.text())
    };
    match document {
        Ok(document) => {
            let detections = if source.git_ignored { Vec::new() } else { secrets::scan(source.text()) };
            let (id, source) = loader.sources.add(source);
            (Some(Loaded::new(id, source, document)), detections, None)
        }
        Err(error) => (None, Vec::new(), Some(cloudformation::problem(&source, &error))),
    }
}

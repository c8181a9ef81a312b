//! Files of values for parameters that nobody names: whatever template they are for, a secret in them stands in the
//! repository. One that names its template is a deployment of it, as an environment of the SAM CLI is.

use super::Read;
use super::learned::Asked;
use super::library::Library;
use super::load::Loader;
use super::parameters;
use crate::frontends::cloudformation::{self, Assignment, Loaded, SamConfig};
use crate::secrets::{self, Detection};
use crate::source::{SourceFile, folder_of};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

/// A file of values with the token formats that its text holds.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) loaded: Loaded,
    pub(super) detections: Vec<Detection>,
}

impl Loader<'_> {
    /// Makes a file of values a source of the run; `None` for everything else.
    pub(super) fn parameter_values(&self, source: SourceFile) -> Option<Values> {
        let document = cloudformation::recognise_values(source.text())?;
        let detections = if source.git_ignored { Vec::new() } else { secrets::scan(source.text()) };
        let (id, source) = self.sources.add(source);
        Some(Values { loaded: Loaded::new(id, source, document), detections })
    }
}

/// What files say, each with its path from the root.
type Said = Vec<(String, SamConfig)>;

/// What the files say that neither the user nor a file of the SAM CLI names: those that name their template, and the rest.
pub(super) fn left(library: &Library<'_>, is_given: &dyn Fn(&str) -> bool, read: &mut Read) -> (Said, Said) {
    let left = std::mem::take(&mut *library.values.lock().unwrap_or_else(PoisonError::into_inner));
    let mut found = Vec::new();
    for (path, Values { loaded, detections }) in left.into_iter().filter(|(path, _)| !is_given(path)) {
        read.files += 1;
        if !detections.is_empty() {
            read.detections.push((loaded.file, detections));
        }
        found.push((path, cloudformation::values_of(&loaded)));
    }
    found.into_iter().partition(|(_, config)| !config.environments.is_empty())
}

/// Looks through values for secrets. What is not to be echoed is one: as the templates have it that stand in the same folder
/// or the one above and declare all of a file's parameters, if they agree.
pub(super) fn declare(files: &[(String, SamConfig)], library: &Library<'_>, read: &mut Read) {
    if files.is_empty() {
        return;
    }
    let templates = library.templates();
    for (path, config) in files {
        let folder = folder_of(path);
        let beside = templates.iter().filter(|(template, _)| {
            let at = folder_of(template);
            at == folder || at == folder_of(folder)
        });
        let beside: Vec<&(String, Arc<Loaded>)> = beside.collect();
        let names: BTreeSet<&Arc<str>> = config.assignments.iter().map(|one| &one.name).collect();
        let declared = beside.iter().map(|(_, loaded)| cloudformation::parameters_of(loaded));
        let declared: Vec<BTreeMap<Arc<str>, bool>> =
            declared.filter(|declared| names.iter().all(|name| declared.contains_key(*name))).collect();
        let marked = |one: &Assignment| {
            !declared.is_empty() && declared.iter().all(|declared| declared.get(&one.name) == Some(&true))
        };
        let asked = beside.iter().map(|(path, _)| path).chain([path]).map(|path| library.shown(path));
        read.asked.push(Asked::of_next(&read.project.units, asked.collect()));
        let declarations = config.assignments.iter().map(|one| one.declared(marked(one)));
        read.project.units.push(parameters::unit(path, declarations.collect()));
    }
}

//! Parameters of templates that the user gives with a run: from files to the frontend.

use super::load::Loader;
use super::{Given, Read, configurations};
use crate::discover::named_values;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation::{self, Assignment, Loaded};
use crate::model::{Declaration, Frontend, Unit};
use crate::source::SourceFile;
use crate::system::{self, MAX_FILE};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the files say, and what templates declare.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// In order: the last one for a parameter holds.
    assignments: Vec<Assignment>,
    /// Each file as named, with the names that it gives.
    files: Vec<(String, BTreeSet<Arc<str>>)>,
    /// Where these are, absolute and without links.
    paths: BTreeSet<PathBuf>,
    /// Parameters of templates, and whether one of this name is not to be echoed.
    declared: BTreeMap<Arc<str>, bool>,
}

impl Given {
    /// Reads the files of parameters.
    pub(super) fn parameters(&self, loader: &Loader<'_>, read: &mut Read) -> Parameters {
        let mut parameters = Parameters::default();
        for path in &self.parameters {
            if let Err(problem) = parameters.file(path, loader, read) {
                read.problems.push(problem);
            }
        }
        parameters
    }
}

impl Parameters {
    fn file(&mut self, path: &Path, loader: &Loader<'_>, read: &mut Read) -> Result<(), Problem> {
        let named =
            named_values(path, &loader.inventory.working_folder, &loader.inventory.roots, loader.system)?;
        let text = loader.system.read(&named.path, MAX_FILE).and_then(system::text);
        let text = text.map_err(|error| error.problem(&named.shown))?;
        let shown = named.shown.clone();
        self.paths.insert(named.path);
        let source = SourceFile::new(named.shown, named.root_path, text, named.git_ignored);
        let (loaded, detections, problem) = configurations::parsed(loader, source);
        read.problems.extend(problem);
        let Some(loaded) = loaded else { return Ok(()) };
        read.files += 1;
        read.brought.insert(shown.clone());
        if !detections.is_empty() {
            read.detections.push((loaded.file, detections));
        }
        let (assignments, problems) = cloudformation::parameters_in(&loaded);
        read.problems.extend(problems);
        let names: BTreeSet<Arc<str>> =
            assignments.iter().map(|assignment| Arc::clone(&assignment.name)).collect();
        if !names.is_empty() {
            self.files.push((shown, names));
        }
        self.assignments.extend(assignments);
        Ok(())
    }

    pub(super) fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// Takes note of a template that stands by itself.
    pub(super) fn declared_by(&mut self, template: &Loaded) {
        self.declared_as(cloudformation::parameters_of(template));
    }

    /// Takes note of parameters that stacks declare.
    pub(super) fn declared_as(&mut self, parameters: BTreeMap<Arc<str>, bool>) {
        for (name, no_echo) in parameters {
            *self.declared.entry(name).or_default() |= no_echo;
        }
    }

    /// Looks through assignments for secrets, whatever they reach.
    pub(super) fn declare(&self, assignments: &[Assignment], read: &mut Read) {
        let marked = |assignment: &Assignment| self.declared.get(&assignment.name) == Some(&true);
        if !assignments.is_empty() {
            let declarations = assignments.iter().map(|one| one.declared(marked(one)));
            read.project.units.push(unit("", declarations.collect()));
        }
    }

    /// Whether the user named the file at this path, absolute and without links.
    pub(super) fn are_of(&self, path: &Path) -> bool {
        self.paths.contains(path)
    }

    /// Once all templates are known: a file that gives none of them anything is a mistake.
    pub(super) fn finish(mut self, read: &mut Read) {
        let assignments = std::mem::take(&mut self.assignments);
        self.declare(&assignments, read);
        for (path, names) in self.files {
            if names.iter().any(|name| self.declared.contains_key(name)) {
                continue;
            }
            let message = "no template among the paths declares any of these parameters".to_owned();
            read.problems.push(Problem { kind: ProblemKind::Config, path, start: None, message });
        }
    }
}

/// Values for parameters, for themselves. The path is that of a file which nobody names.
pub(super) fn unit(path: &str, declarations: Vec<Declaration>) -> Unit {
    Unit { declarations, ..Unit::new(Frontend::CloudFormation, path.into()) }
}

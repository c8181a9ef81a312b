//! Values for variables that the user gives with a run: from flags, files and the environment to the frontend.

use super::Read;
use super::load::{FileRole, Loader};
use super::terraform::{self, Items};
use crate::discover::named_values;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::terraform::Inputs;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One `--var` or `--var-file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// `NAME=VALUE`
    Variable(String),
    File(PathBuf),
}

/// What a run gives to variables of root modules.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// In order: the last one for a variable holds.
    pub assignments: Vec<Assignment>,
    /// Names and values of `TF_VAR_…`.
    pub environment: Vec<(String, String)>,
    /// Files of parameters of templates: the last one for a parameter holds.
    pub parameters: Vec<PathBuf>,
}

impl Given {
    /// Takes the variables from among those of an environment: `TF_VAR_name`.
    pub fn with_environment(&mut self, environment: impl Iterator<Item = (OsString, OsString)>) {
        self.environment.clear();
        for (name, value) in environment {
            let name = name.to_string_lossy();
            if let Some(name) = name.strip_prefix("TF_VAR_").filter(|name| !name.is_empty()) {
                self.environment.push((name.to_owned(), value.to_string_lossy().into_owned()));
            }
        }
        self.environment.sort();
    }

    /// Whether there are files among what is given to variables.
    pub(super) fn names_files(&self) -> bool {
        self.assignments.iter().any(|assignment| matches!(assignment, Assignment::File(_)))
    }

    /// Reads the named files. `loaded` is what was found already, by root.
    pub(super) fn inputs(&self, loader: &Loader<'_>, loaded: &[Items], read: &mut Read) -> Inputs {
        let mut inputs = Inputs::default();
        for (name, text) in &self.environment {
            inputs.environment(name, text, loader.sources);
        }
        for assignment in &self.assignments {
            let result = match assignment {
                Assignment::Variable(text) => split(text).map(|(name, value)| {
                    inputs.name(name, value, loader.sources);
                }),
                Assignment::File(path) => file(path, loader, loaded, &mut inputs, read),
            };
            read.problems.extend(result.err());
        }
        inputs
    }

    /// A problem for each `--var` that no root module declares.
    pub(super) fn undeclared(&self, declared: &BTreeSet<Arc<str>>) -> Vec<Problem> {
        let named = self.assignments.iter().filter_map(|assignment| match assignment {
            Assignment::Variable(text) => split(text).ok().map(|(name, _)| name),
            Assignment::File(_) => None,
        });
        named
            .filter(|name| !declared.contains(*name))
            .map(|name| problem(format!("no root module declares a variable `{name}`")))
            .collect()
    }
}

/// The name and value of a `--var`. The value may be a secret: no message holds it.
fn split(text: &str) -> Result<(&str, &str), Problem> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(problem("a variable is given as NAME=VALUE".to_owned()));
    };
    if name.trim() != name || name.is_empty() {
        return Err(problem(format!("`{name}` is no name of a variable")));
    }
    Ok((name, value))
}

fn problem(message: String) -> Problem {
    Problem { kind: ProblemKind::Config, path: "--var".to_owned(), start: None, message }
}

fn file(
    path: &Path,
    loader: &Loader<'_>,
    loaded: &[Items],
    inputs: &mut Inputs,
    read: &mut Read,
) -> Result<(), Problem> {
    let named = named_values(path, &loader.inventory.working_folder, &loader.inventory.roots, loader.system)?;
    // A file of values beside a module is loaded already, and what is declared in it is told there.
    let found = loader.inventory.files.iter().find(|found| found.path == named.path);
    let known = found.and_then(|found| {
        loaded
            .get(found.root)?
            .loaded
            .iter()
            .find(|item| item.role == FileRole::Values && item.file.source.path == found.shown)
    });
    if let Some(item) = known {
        inputs.name_file(&item.file);
        return Ok(());
    }
    let (item, problems) = loader.values(named)?;
    read.problems.extend(problems);
    inputs.name_file(&item.file);
    terraform::read_values(loader, item, read);
    Ok(())
}

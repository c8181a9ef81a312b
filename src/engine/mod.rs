//! One run from paths to what keyless has to say. Owns the order of the steps; knows no format.

mod load;
mod outcome;
mod states;
mod templates;
mod terraform;

use crate::discover::discover;
use crate::facts::{self, Declared, Facts};
use crate::findings::{AbsentModule, Outcome, Problem, Selection};
use crate::model::Project;
use crate::secrets::Detection;
use crate::source::{FileId, Sources};
use crate::system::System;
use load::{Item, Loaded, Loader};
use std::path::PathBuf;

/// Token formats in the texts of files.
type Detections = Vec<(FileId, Vec<Detection>)>;

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    pub paths: Vec<PathBuf>,
    /// Globs of what is left out.
    pub excludes: Vec<String>,
    pub selection: Selection,
    /// Policies of the strict set as well.
    pub strict: bool,
}

/// What the code says, before it is judged.
#[derive(Debug, Default)]
pub struct Read {
    pub project: Project,
    pub problems: Vec<Problem>,
    detections: Detections,
    /// Calls of modules that are not here.
    absent: Vec<AbsentModule>,
    /// What facts need of declarations.
    declared: Vec<Declared>,
    /// Files read as infrastructure code.
    files: usize,
    /// Resources of any type.
    resources: usize,
}

/// Discovers, parses, links, lowers, judges. Runs on the calling thread's rayon pool.
#[must_use]
pub fn check(request: &CheckRequest, system: &dyn System, sources: &Sources) -> Outcome {
    let inventory = discover(&request.paths, &request.excludes, system);
    let mut read = read(&Loader { inventory: &inventory, system, sources });
    let facts =
        facts::lower_with(&read.project, sources, &read.detections, std::mem::take(&mut read.declared));
    outcome::judge(request, &inventory, &read, &facts, sources)
}

/// The facts of the given paths, and what stood in the way of knowing more.
#[must_use]
pub fn facts(request: &CheckRequest, system: &dyn System, sources: &Sources) -> (Facts, Vec<Problem>) {
    let inventory = discover(&request.paths, &request.excludes, system);
    let read = read(&Loader { inventory: &inventory, system, sources });
    let mut problems = inventory.problems;
    problems.extend(read.problems);
    (facts::lower_with(&read.project, sources, &read.detections, read.declared), problems)
}

fn read(loader: &Loader<'_>) -> Read {
    let mut read = Read::default();
    let mut modules: Vec<Vec<Loaded>> = loader.inventory.roots.iter().map(|_| Vec::new()).collect();
    for item in load::all(loader, &mut read.problems) {
        match item {
            Item::Terraform { root, loaded } => modules[root].push(*loaded),
            Item::Units(units) => {
                read.project.units.extend(units.units);
                read.project.states.extend(units.states);
                read.detections.extend(units.detections);
                read.resources += units.resources;
                read.files += units.files;
            }
        }
    }
    for (root, loaded) in modules.into_iter().enumerate() {
        terraform::read(loader, root, loaded, &mut read);
    }
    read
}

//! The code that a plan was made of: found beside it, evaluated, and brought together with what is planned.

use super::Read;
use super::plans::PlanFile;
use super::terraform::{Reading, RootFiles};
use crate::catalog::{Breadth, Interest};
use crate::discover::named_folder;
use crate::facts;
use crate::frontends::plan::{self, Written};
use crate::frontends::terraform::{self, Module, Options, Program};
use crate::source::{FileId, folder_of};
use crate::system::{FileKind, Root};
use std::collections::BTreeSet;
use std::path::Path;

/// Where the code of a plan is.
pub(super) struct Source {
    pub(super) folder: String,
    /// In a repository of its own, where `--source` leads there.
    pub(super) elsewhere: Option<(Root, Program, BTreeSet<FileId>)>,
}

/// Looks for the code of a plan: where the user says, else in the plan's folder, above and below it, and in every folder
/// that is judged in the same run. It has to declare what the plan's configuration does.
pub(super) fn find(plan: &PlanFile, reading: &mut Reading<'_>) -> Option<Source> {
    if let Some(path) = reading.loader.source {
        return named(path, reading);
    }
    let outline = plan.plan.outline();
    if outline.is_empty() {
        return None;
    }
    let declared = |module: &Module| outline.iter().filter(|address| module.declares(address)).count();
    // Code that has moved on since may lack some of it.
    let enough = |module: &Module| declared(module) * 2 > outline.len();
    let home = folder_of(&plan.origin.root_path);
    for folder in beside(home, reading) {
        if reading.program.module(&folder).is_none() {
            reading.add(&folder, enough);
        }
    }
    let mut found: Vec<(usize, usize, &str)> = reading
        .program
        .modules()
        .filter(|module| enough(module))
        .map(|module| {
            (outline.len() - declared(module), distance(home, &module.folder), module.folder.as_str())
        })
        .collect();
    found.sort_unstable();
    let folder = found.first()?.2.to_owned();
    Some(Source { folder, elsewhere: None })
}

fn named(path: &Path, reading: &mut Reading<'_>) -> Option<Source> {
    let found = named_folder(path, &reading.loader.inventory.working_folder, reading.loader.system);
    let (root, folder) = match found {
        Ok(found) => found,
        Err(problem) => {
            reading.read.problems.push(problem);
            return None;
        }
    };
    if root == *reading.place {
        let is_here = reading.program.module(&folder).is_some() || reading.add(&folder, |_| true);
        return is_here.then_some(Source { folder, elsewhere: None });
    }
    let (mut program, mut traced) = (Program::default(), BTreeSet::new());
    let mut there = Reading {
        loader: reading.loader,
        place: &root,
        program: &mut program,
        traced: &mut traced,
        read: reading.read,
    };
    let is_there = there.add(&folder, |_| true);
    is_there.then_some(Source { folder, elsewhere: Some((root, program, traced)) })
}

/// The plan's folder, those above it up to the root, and those right below it.
fn beside(home: &str, reading: &Reading<'_>) -> Vec<String> {
    let mut folders = vec![home.to_owned()];
    let listed = reading.place.list(reading.loader.system, Path::new(home)).unwrap_or_default();
    for entry in listed.iter().filter(|entry| entry.kind == FileKind::Folder) {
        let name = entry.name.to_string_lossy();
        if !name.starts_with('.') {
            folders.push(if home.is_empty() { name.into_owned() } else { format!("{home}/{name}") });
        }
    }
    let mut above = home;
    while !above.is_empty() {
        above = folder_of(above);
        folders.push(above.to_owned());
    }
    folders
}

/// Steps from one folder to another.
fn distance(from: &str, to: &str) -> usize {
    let parts = |folder: &str| folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let (from, to): (Vec<String>, Vec<String>) = (parts(from), parts(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    from.len() + to.len() - 2 * common
}

/// Judges a plan, over its source where that is there.
pub(super) fn judge(
    file: PlanFile,
    source: Option<&Source>,
    program: &Program,
    files: &RootFiles<'_>,
    options: &Options<'_>,
    read: &mut Read,
) {
    let module = source.and_then(|source| program.module(&source.folder));
    let evaluated = module.and_then(|module| {
        let mut inputs = options.inputs.clone();
        for (name, value) in file.plan.given() {
            inputs.plan(&module.folder, &name, &value);
        }
        let options = Options { inputs: &inputs, ..*options };
        terraform::evaluate(program, &[module], files, &options, |evaluated| evaluated).pop()
    });
    let written = evaluated.map(|evaluated| {
        read.problems.extend(evaluated.problems);
        let absent = evaluated.absent.into_iter().map(|call| (call.address, call.site));
        Written { unit: evaluated.unit, absent: absent.collect() }
    });
    if let Some(written) = written.as_ref().filter(|_| file.named) {
        let paths = written.unit.files.iter().map(|id| options.sources.get(*id).path.clone());
        read.brought.extend(paths);
    }
    let breadth = options.asked.map_or(Breadth::Whole, Interest::breadth);
    let (resources, changes) =
        (file.plan.resources, (breadth == Breadth::Whole).then(|| file.plan.changes()));
    let asked = Interest::new(breadth, file.plan.types.iter());
    let mut unified = plan::unit(file.plan, &file.origin, written, &asked, options.sources);
    unified.unit.planned = changes.unwrap_or_default();
    read.declared.push(facts::take_declared(&mut unified.unit, options.sources));
    read.detections.extend(unified.detections);
    read.resources += resources;
    read.files += 1;
    read.project.units.push(unified.unit);
}

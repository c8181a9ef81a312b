//! Runs over some of the files, for whoever keeps what a run over all of them said.
//!
//! What is judged as a whole (a root module with all that it calls, a template with what it nests, an assembly) is judged
//! alike whatever else is there, but for little that [`Rest`] tells. So a run over all files that bear on the units which a
//! changed file is a part of says of that file what a run over everything would.

use super::kept::Kept;
use super::load::Loader;
use super::own::Own;
use super::placed::Placed;
use super::redactor::redactor;
use super::{CheckRequest, Judged, Read, Run};
use crate::catalog::Breadth;
use crate::discover::{Inventory, discover};
use crate::findings::{Outcome, Redactor};
use crate::frontends::terraform::{Pointed, Spot};
use crate::model::{Project, Unit};
use crate::source::{FileId, Sources};
use crate::system::{Root, System};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Files as shown, and folders with a `/` at their ends.
pub type Paths = BTreeSet<Arc<str>>;

/// What a run over everything leaves for those that follow it.
#[derive(Debug)]
pub struct Learned {
    pub inventory: Inventory,
    /// Folders with a configuration file.
    pub configured: Vec<(Root, PathBuf)>,
    /// What is judged as a whole, each with all that bears on it.
    pub units: Vec<Paths>,
    /// Files that were read and bear on nobody knows what.
    pub loose: Paths,
    /// Texts that must not be shown.
    pub secrets: Vec<Arc<str>>,
    /// The user's own policies.
    pub own: Own,
}

/// What a run over some of the files has to know of the others.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rest<'r> {
    /// Texts that must not be shown.
    pub secrets: &'r [Arc<str>],
    /// Something there could not be judged.
    pub is_incomplete: bool,
    /// The user's own policies, which are not asked.
    pub own: Option<&'r Own>,
    /// Only how findings in these files can be mended is asked; `None`: of all.
    pub mended: Option<&'r Paths>,
}

/// What a run over some of the files says, and the units that were judged.
#[derive(Debug)]
pub struct Scoped {
    pub outcome: Outcome,
    pub units: Vec<Paths>,
}

/// What units asked for beside the files that they are made of.
#[derive(Debug)]
pub(super) struct Asked {
    /// Positions among the units of the project: they are judged together.
    pub(super) units: Range<usize>,
    /// As shown.
    pub(super) paths: Vec<String>,
}

impl Asked {
    /// By the unit that is added next.
    pub(super) fn of_next(units: &[Unit], paths: Vec<String>) -> Self {
        Self { units: units.len()..units.len() + 1, paths }
    }
}

/// Judges everything, and keeps what is worth it. `None` where somebody lost interest on the way.
#[must_use]
pub fn analyse(
    request: &CheckRequest,
    system: &dyn System,
    sources: &Sources,
    stop: &AtomicBool,
) -> Option<(Outcome, Learned)> {
    let kept = request.kept.as_deref();
    kept.into_iter().for_each(Kept::begin);
    let configs = request.configs(system);
    let inventory = discover(&request.paths, &request.excludes, &configs, system);
    let configured = configs.folders();
    let run = Run {
        request,
        inventory: &inventory,
        configs: &configs,
        system,
        part: None,
        rest: None,
        stop: Some(stop),
    };
    let judged = run.judged(sources);
    if run.is_stopped() {
        return None;
    }
    kept.into_iter().for_each(Kept::sweep);
    let units = units(&judged.read, sources);
    let bearing: BTreeSet<&Arc<str>> = units.iter().flatten().collect();
    let all = sources.all();
    let loose = all.iter().map(|source| Arc::<str>::from(source.path.as_str()));
    let loose = loose.filter(|path| !bearing.contains(path)).collect();
    let Judged { outcome, redactor, read, facts, own } = judged;
    let learned = Learned { configured, loose, secrets: facts.secret_texts.clone(), own, units, inventory };
    // Nobody waits until the memory of a large run is given back.
    rayon::spawn(move || drop((read, facts)));
    Some((outcome.masked_by(redactor), learned))
}

/// Judges the files of an inventory that is a part of the one of an earlier run. Policies of the user's own are left out.
#[must_use]
pub fn reanalyse(
    request: &CheckRequest,
    (inventory, configured): (&Inventory, &[(Root, PathBuf)]),
    rest: &Rest<'_>,
    system: &dyn System,
    sources: &Sources,
) -> Scoped {
    let configs = request.configs(system);
    configs.read_in(configured);
    let run = Run { request, inventory, configs: &configs, system, part: None, rest: Some(rest), stop: None };
    let judged = run.judged(sources);
    let units = units(&judged.read, sources);
    let Judged { outcome, redactor, read, facts, .. } = judged;
    rayon::spawn(move || drop((read, facts)));
    Scoped { outcome: outcome.masked_by(redactor), units }
}

/// What some of the files say, every attribute and declaration of it.
#[derive(Debug)]
pub struct Seen {
    pub project: Project,
    /// What the name at the place comes to that was asked about.
    pub pointed: Vec<Pointed>,
    /// What none of it must be shown without.
    pub redactor: Redactor,
}

/// Evaluates the files of an inventory as [`reanalyse`] does, and judges nothing.
#[must_use]
pub fn look(
    request: &CheckRequest,
    (inventory, configured): (&Inventory, &[(Root, PathBuf)]),
    rest: &Rest<'_>,
    spot: Spot<'_>,
    system: &dyn System,
    sources: &Sources,
) -> Seen {
    let configs = request.configs(system);
    configs.read_in(configured);
    let loader = request.loader(inventory, &configs, system, sources);
    let loader = Loader { breadth: Breadth::Whole, spot: Some(spot), ..loader };
    let mut read = super::read(&request.given, loader);
    let mut facts = super::lower(&Placed::new(inventory, &configs, sources), sources, &mut read);
    facts.secret_texts.extend(rest.secrets.iter().cloned());
    Seen { redactor: redactor(&facts, sources), project: read.project, pointed: read.pointed }
}

/// What was judged as a whole, with all that bears on it.
fn units(read: &Read, sources: &Sources) -> Vec<Paths> {
    let project = &read.project;
    let mut names: BTreeMap<FileId, Arc<str>> = BTreeMap::new();
    let mut name = |file: FileId| {
        let named = names.entry(file).or_insert_with(|| sources.get(file).path.as_str().into());
        Arc::clone(named)
    };
    let mut units: Vec<Paths> =
        project.units.iter().map(|unit| unit.files.iter().map(|file| name(*file)).collect()).collect();
    // A finding on a synthesized template stands on the code that made it.
    let by_file: BTreeMap<FileId, usize> = (project.units.iter().enumerate())
        .flat_map(|(at, unit)| unit.files.iter().map(move |file| (*file, at)))
        .collect();
    let of_resources = project.units.iter().enumerate().flat_map(|(at, unit)| {
        unit.resources.iter().filter_map(move |resource| Some((at, resource.user_site?.file)))
    });
    let of_others =
        project.made.iter().filter_map(|made| Some((*by_file.get(&made.block.file)?, made.user_site?.file)));
    let of_said = project.acknowledged.iter().flat_map(|said| {
        said.templates.iter().filter_map(|file| Some((*by_file.get(file)?, said.said_at.file)))
    });
    let users: BTreeSet<(usize, FileId)> = of_resources.chain(of_others).chain(of_said).collect();
    for (at, file) in users {
        let path = name(file);
        units.get_mut(at).into_iter().for_each(|unit| unit.extend([Arc::clone(&path)]));
    }
    let mut together: Vec<Paths> = Vec::new();
    for asked in &read.asked {
        let mut paths: Paths = asked.paths.iter().map(|path| Arc::from(path.as_str())).collect();
        paths.extend(units.get(asked.units.clone()).into_iter().flatten().flatten().cloned());
        if let Some(first) = units.get_mut(asked.units.start) {
            first.extend(paths.iter().cloned());
        }
        if asked.units.len() > 1 {
            together.push(paths);
        }
    }
    units.extend(together);
    units.extend(project.states.iter().map(|state| Paths::from([name(state.file)])));
    units.extend(project.texts.iter().map(|text| Paths::from([name(text.file)])));
    units.sort();
    units.dedup();
    units
}

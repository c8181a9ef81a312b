//! One run from paths to what keyless has to say. Owns the order of the steps; knows no format.

mod baseline;
mod configurations;
mod exceptions;
mod gate;
mod given;
mod history;
mod inline;
mod judging;
mod kept;
mod kindred;
mod later;
mod learned;
mod library;
mod listing;
mod load;
pub mod mend;
mod outcome;
pub mod own;
pub(crate) mod panics;
mod parameters;
mod patterns;
mod placed;
mod plan_source;
mod plans;
mod redactor;
mod repository;
mod shard;
mod stacks;
mod states;
mod templates;
mod terraform;
mod terragrunt;
mod texts;
mod values;

use crate::catalog::Breadth;
use crate::config::{Configs, Flags, Wanted};
use crate::discover::{Inventory, discover};
use crate::facts::{self, Declared, Facts, Said};
use crate::findings::{AbsentModule, FailOn, Outcome, Problem, ProblemKind, Redactor, Selection};
use crate::frontends::terraform::Pointed;
use crate::model::Project;
use crate::policies;
use crate::secrets::Detection;
use crate::source::{FileId, Site, Sources};
use crate::system::System;
pub use baseline::{Accept, Wanted as Baselines};
pub use given::{Assignment, Given};
pub use kept::Kept;
use learned::Asked;
pub use learned::{Learned, Paths, Rest, Scoped, Seen, analyse, look, reanalyse};
use load::{Item, Loader};
use outcome::Judge;
use placed::Placed;
use plans::PlanFile;
use rustc_hash::FxHashMap;
pub use shard::Shard;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Token formats in the texts of files.
type Detections = Vec<(FileId, Vec<Detection>)>;

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    pub paths: Vec<PathBuf>,
    /// Globs of what is left out.
    pub excludes: Vec<String>,
    /// The folder of the code that plans were made of, where it is not found beside them.
    pub source: Option<PathBuf>,
    /// Read binary plans through the `terraform` or `tofu` on the PATH.
    pub exec_terraform: bool,
    /// Values for variables of root modules.
    pub given: Given,
    pub selection: Selection,
    /// Policies of the strict set as well.
    pub strict: bool,
    /// What fails the run, whatever configuration says.
    pub fail_on: Option<FailOn>,
    /// Look through the history of the files as well.
    pub history: bool,
    /// Only what a change since this revision brings fails the run.
    pub changed_since: Option<String>,
    /// Which configuration files are read.
    pub configuration: Wanted,
    /// What is listed beside what a run has to say.
    pub lists: Lists,
    /// Say how findings can be mended.
    pub fixes: bool,
    /// Only if there are no more than this.
    pub most_mended: Option<usize>,
    /// Files and folders with policies of the user's own.
    pub own: Vec<PathBuf>,
    /// Which accepted findings there are.
    pub baseline: Baselines,
    /// The rest is to be accepted.
    pub accept: Option<Accept>,
    /// Only this part of what is there.
    pub shard: Option<Shard>,
    /// What runs over the same folder have parsed, and leave for those that follow.
    pub kept: Option<Arc<Kept>>,
}

/// What a run lists of what was said about findings.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// What it needs itself.
    #[default]
    Needed,
    /// All of it, with who said it.
    Exceptions,
    /// What other tools are told.
    Others,
}

impl CheckRequest {
    /// The configuration of the run.
    #[must_use]
    pub fn configs<'a>(&self, system: &'a dyn System) -> Configs<'a> {
        let flags = Flags { selection: self.selection.clone(), strict: self.strict, fail_on: self.fail_on };
        Configs::new(self.configuration.clone(), flags, system)
    }

    /// What has to be known for what is asked. Where files say what is on, or rules are anybody's, that is everything.
    fn breadth(&self, configs: &Configs<'_>) -> Breadth {
        let is_default = !self.strict && self.selection.select.is_empty() && self.own.is_empty();
        if is_default && !configs.is_configured() { Breadth::Default } else { Breadth::Strict }
    }

    fn loader<'a>(
        &'a self,
        inventory: &'a Inventory,
        configs: &'a Configs<'a>,
        system: &'a dyn System,
        sources: &'a Sources,
    ) -> Loader<'a> {
        let source = self.source.as_deref();
        let exec_terraform = self.exec_terraform;
        Loader {
            inventory,
            configs,
            system,
            sources,
            source,
            exec_terraform,
            breadth: self.breadth(configs),
            assignments: Vec::new(),
            stop: None,
            skipped: AtomicUsize::new(0),
            spot: None,
            kept: self.kept.as_deref(),
            parses_later: false,
        }
    }
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
    /// What units say whose values are gone, by their positions in the project.
    said: FxHashMap<usize, Said>,
    /// Names of the variables that root modules declare.
    variables: BTreeSet<Arc<str>>,
    /// Which files units asked for beside those that they are made of.
    asked: Vec<Asked>,
    /// What the name at the wanted place comes to.
    pointed: Vec<Pointed>,
    /// Files of a named plan's source and named files of parameters, as shown: what stands there is reported.
    brought: BTreeSet<String>,
    /// Files read as infrastructure code.
    files: usize,
    /// Resources of any type.
    resources: usize,
    /// Files that were left, since somebody wanted the run to end.
    skipped: usize,
}

/// Discovers, parses, links, lowers, judges. Runs on the calling thread's rayon pool.
#[must_use]
pub fn check(request: &CheckRequest, system: &dyn System, sources: &Sources) -> Outcome {
    let Unmasked { outcome, redactor, remains, .. } = unmasked(request, system, sources);
    remains.leave();
    outcome.masked_by(redactor)
}

/// An outcome that must not leave keyless yet, with what takes the secrets out of it, and the files that it is about.
struct Unmasked {
    outcome: Outcome,
    redactor: Redactor,
    inventory: Inventory,
    remains: Remains,
}

/// What an outcome was made of, and needs no more.
struct Remains {
    _read: Read,
    _facts: Facts,
}

impl Remains {
    /// Nobody waits until the memory of a large run is given back. Who judges again needs it before: that drops it.
    fn leave(self) {
        rayon::spawn(move || drop(self));
    }
}

fn unmasked(request: &CheckRequest, system: &dyn System, sources: &Sources) -> Unmasked {
    let configs = request.configs(system);
    let mut inventory = discover(&request.paths, &request.excludes, &configs, system);
    let part = shard::Part::of(request, &mut inventory, &configs, system);
    let run = Run {
        request,
        inventory: &inventory,
        configs: &configs,
        system,
        part: part.as_ref(),
        rest: None,
        stop: None,
    };
    let Judged { outcome, redactor, read, facts, .. } = run.judged(sources);
    Unmasked { outcome, redactor, inventory, remains: Remains { _read: read, _facts: facts } }
}

/// What a run is made of, once it is known which files there are.
#[derive(Clone, Copy)]
struct Run<'a> {
    request: &'a CheckRequest,
    inventory: &'a Inventory,
    configs: &'a Configs<'a>,
    system: &'a dyn System,
    part: Option<&'a shard::Part>,
    /// Only some of the files are here: what has to be known of the others.
    rest: Option<&'a Rest<'a>>,
    /// Somebody may lose interest on the way. What comes then is good for nothing.
    stop: Option<&'a AtomicBool>,
}

/// An outcome that is not masked yet, and what it was made of.
struct Judged {
    outcome: Outcome,
    redactor: Redactor,
    read: Read,
    facts: Facts,
    own: own::Own,
}

impl Run<'_> {
    fn judged(self, sources: &Sources) -> Judged {
        let Self { request, inventory, configs, system, part, rest, stop } = self;
        let loader = Loader { stop, ..request.loader(inventory, configs, system, sources) };
        let is_cut = system.interrupted().is_some();
        let mut read = read(&request.given, loader);
        read.problems.extend(interrupted(&read, is_cut, system));
        let placed = Placed::new(inventory, configs, sources);
        let mut facts = if self.is_stopped() { Facts::default() } else { lower(&placed, sources, &mut read) };
        read.project.units.iter_mut().for_each(facts::forget);
        facts.secret_texts.extend(rest.iter().flat_map(|rest| rest.secrets.iter().cloned()));
        let looked = request
            .history
            .then(|| history::search((inventory, configs, system), part, sources, &mut facts, &mut read));
        let known = rest.and_then(|rest| rest.own);
        let read_now = match known {
            Some(_) => own::Own::default(),
            None => own::Own::read(&own::paths(&request.own, configs), system),
        };
        let own = known.unwrap_or(&read_now);
        let settings = if own.has_options() { placed.all() } else { Vec::new() };
        // They may count what is in all of a repository.
        let told = if rest.is_some() || self.is_stopped() {
            own::Told::default()
        } else {
            own::judge(request, (inventory, configs, system), &facts, sources, (own, &settings))
        };
        let judge = Judge {
            request,
            inventory,
            configs,
            placed: &placed,
            system,
            part,
            rest,
            read: &read,
            facts: &facts,
            sources,
        };
        let (outcome, redactor) = judge.outcome(own, &told);
        let outcome = Outcome { history: looked, ..outcome }.lying_in(repository::of(inventory, system));
        drop(placed);
        Judged { outcome, redactor, read, facts, own: read_now }
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

/// The facts of the given paths, and what stood in the way of knowing more.
#[must_use]
pub fn facts(request: &CheckRequest, system: &dyn System, sources: &Sources) -> (Facts, Vec<Problem>) {
    let configs = request.configs(system);
    let inventory = discover(&request.paths, &request.excludes, &configs, system);
    let loader = request.loader(&inventory, &configs, system, sources);
    let is_cut = system.interrupted().is_some();
    let mut read = read(&request.given, Loader { breadth: Breadth::Strict, ..loader });
    read.problems.extend(interrupted(&read, is_cut, system));
    let facts = lower(&Placed::new(&inventory, &configs, sources), sources, &mut read);
    let mut problems = inventory.problems;
    problems.extend(read.problems);
    let own = own::Own::read(&own::paths(&request.own, &configs), system);
    let built_in = policies::builtin().unwrap_or_default();
    problems.extend(configs.problems(&built_in.iter().chain(own.policies()).collect::<Vec<_>>()));
    problems.extend(own.problems);
    let redactor = redactor::redactor(&facts, sources);
    problems.iter_mut().for_each(|problem| problem.mask(&redactor));
    problems.sort();
    problems.dedup();
    (facts, problems)
}

/// What somebody who wanted the run to end does not get to know.
fn interrupted(read: &Read, is_cut: bool, system: &dyn System) -> Option<Problem> {
    system.interrupted().filter(|_| is_cut || read.skipped > 0)?;
    let message = match read.skipped {
        _ if is_cut => "interrupted: nothing was judged".to_owned(),
        1 => "interrupted: 1 file was not judged".to_owned(),
        count => format!("interrupted: {count} files were not judged"),
    };
    Some(Problem { kind: ProblemKind::Limit, path: ".".to_owned(), start: None, message })
}

fn lower(placed: &Placed<'_>, sources: &Sources, read: &mut Read) -> Facts {
    patterns::detect(placed, sources, read);
    let taken = (std::mem::take(&mut read.declared), std::mem::take(&mut read.said));
    let assumed = |file| placed.of(file).1.account_default();
    let patterns = |file| placed.of(file).1.patterns().cloned().collect();
    let facts = facts::lower_with(&read.project, sources, &read.detections, taken, (&assumed, &patterns));
    read.problems.extend(facts.cut.iter().map(|(site, why)| cut(*site, why, sources)));
    facts
}

/// A text that was not looked through to its end.
fn cut(site: Site, why: &str, sources: &Sources) -> Problem {
    let source = sources.get(site.file);
    let start = source.position(site.span.start);
    Problem {
        kind: ProblemKind::Limit,
        path: source.path.clone(),
        start: Some((start.line, start.column)),
        message: format!("not analysed to its end: this text {why}"),
    }
}

fn read(given: &Given, mut loader: Loader<'_>) -> Read {
    let mut read = Read::default();
    let mut parameters = given.parameters(&loader, &mut read);
    loader.assignments = parameters.assignments().to_vec();
    loader.parses_later = loader.kept.is_none() && loader.spot.is_none() && !given.names_files();
    let loader = &loader;
    let mut modules: Vec<terraform::Items> =
        loader.inventory.roots.iter().map(|_| Default::default()).collect();
    let mut templates: Vec<stacks::Items> =
        loader.inventory.roots.iter().map(|_| Default::default()).collect();
    let mut plans: Vec<Vec<PlanFile>> = loader.inventory.roots.iter().map(|_| Vec::new()).collect();
    let mut beside = texts::Beside::default();
    for item in load::all(loader, &mut read.problems) {
        beside.note(&item);
        match item {
            Item::Terraform { root, loaded } => modules[root].loaded.push(*loaded),
            Item::Unparsed { root, file } => modules[root].unparsed.push(file),
            Item::Template { root, template } => templates[root].templates.push(*template),
            Item::SamConfig { root, path } => templates[root].configurations.push(path),
            Item::Values { root, values } => templates[root].values.push(*values),
            Item::Plan(plan) => plans[plan.root].push(*plan),
            Item::Settings(_) => {}
            Item::Text(text) => text.join(&mut read),
            Item::Units { root, units } => {
                templates[root].templates.extend(units.templates);
                parameters.declared_as(units.parameters);
                read.project.units.extend(units.units);
                read.project.states.extend(units.states);
                read.project.made.extend(units.made);
                read.project.acknowledged.extend(units.acknowledged);
                read.project.excepted.extend(units.excepted);
                read.detections.extend(units.detections);
                read.brought.extend(units.brought);
                read.resources += units.resources;
                read.files += units.files;
            }
        }
    }
    beside.read(loader, &mut read);
    for (root, templates) in templates.into_iter().enumerate() {
        stacks::read(loader, root, templates, &mut parameters, &mut read);
    }
    parameters.finish(&mut read);
    let inputs = given.inputs(loader, &modules, &mut read);
    for (root, (loaded, plans)) in modules.into_iter().zip(plans).enumerate() {
        terraform::read(loader, root, (loaded, plans), &inputs, &mut read);
    }
    // With files left out nobody knows what is declared.
    if !loader.is_stopped() {
        read.problems.extend(given.undeclared(&read.variables));
    }
    read.skipped = loader.skipped.load(Ordering::Relaxed);
    read
}

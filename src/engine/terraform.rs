//! Terraform's part of a run: folders to programs, missing modules loaded, units out.

use super::Read;
use super::inline;
use super::kindred;
use super::later;
use super::learned::Asked;
use super::load::{FileRole, Loaded, Loader, Unparsed};
use super::placed::Placed;
use super::plan_source;
use super::plans::PlanFile;
use super::templates::AssemblyFiles;
use super::terragrunt;
use crate::catalog::{Breadth, Interest};
use crate::discover::Ignored;
use crate::facts::{self, Declared, Said};
use crate::findings::{AbsentKind, AbsentModule};
use crate::frontends::cdk;
use crate::frontends::terraform::{self, Evaluated, Files, FolderFiles, Inputs, Module, Options, Program};
use crate::model::{Made, Reason};
use crate::source::{FileId, SourceFile, folder_of};
use crate::system::{FileKind, ReadError, Root};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Entries that a `fileset` looks at.
const MAX_LISTED: usize = 100_000;

/// The Terraform files below one analysis root.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) loaded: Vec<Loaded>,
    pub(super) unparsed: Vec<Unparsed>,
}

/// Evaluates every Terraform root module below one analysis root.
pub(super) fn read(
    loader: &Loader<'_>,
    root: usize,
    (items, plans): (Items, Vec<PlanFile>),
    inputs: &Inputs,
    read: &mut Read,
) {
    let Some(place) = loader.inventory.roots.get(root) else { return };
    let files = RootFiles::new(loader, place);
    let known = read.detections.iter().map(|(file, _)| *file);
    let mut traced: BTreeSet<FileId> = known.filter(|file| inputs.files().contains(file)).collect();
    let (kindred, loaded): (Vec<_>, Vec<_>) =
        items.loaded.into_iter().partition(|item| item.role == FileRole::Kindred);
    let (units, mut loaded): (Vec<_>, Vec<_>) =
        loaded.into_iter().partition(|item| item.role == FileRole::Terragrunt);
    // Whoever brings code of its own together with modules looks for these among all of them.
    let (now, mut later) = match units.is_empty() && plans.is_empty() {
        true => later::split(items.unparsed, &files),
        false => (items.unparsed, Vec::new()),
    };
    let mut program = Program::default();
    let mut reading = Reading { loader, place, program: &mut program, traced: &mut traced, read };
    loaded.extend(reading.parsed(&now));
    let mut judged = reading.add_all(loaded, &files);
    let mut roots = Vec::new();
    if !later.is_empty() {
        let asked = Interest::new(loader.breadth, std::iter::empty());
        let traced = &*reading.traced;
        let options = Options {
            traced,
            sources: loader.sources,
            inputs,
            asked: Some(&asked),
            spot: None,
            only_told: true,
        };
        let called: BTreeSet<&str> = reading.program.modules().flat_map(Module::local_sources).collect();
        let is_called = later.iter().any(|folder| called.contains(folder.name.as_str()));
        let found = if is_called { None } else { later::judge(&later, reading.program, &files, &options) };
        match found {
            Some(found) => roots = found,
            // Calls are written in a way that their folders were not seen before.
            None => {
                let all: Vec<Unparsed> = later.drain(..).flat_map(|folder| folder.files).collect();
                let loaded = reading.parsed(&all);
                judged.extend(reading.add_all(loaded, &files));
            }
        }
    }
    let units = terragrunt::read(units, &files, &mut reading);
    let plans: Vec<_> =
        plans.into_iter().map(|plan| (plan_source::find(&plan, &mut reading), plan)).collect();
    let types = program.modules().flat_map(Module::resource_types);
    let asked = Interest::new(loader.breadth, types);
    let options = Options {
        traced: &traced,
        sources: loader.sources,
        inputs,
        asked: Some(&asked),
        spot: loader.spot,
        only_told: false,
    };
    let called = roots.iter().flat_map(|root| root.called.iter().cloned()).collect();
    let others = program.roots(&judged, &called);
    let both = || [&others.uncalled, &others.of_circles].into_iter().flatten().copied();
    read.variables.extend(both().flat_map(|root| root.variable_names().cloned()));
    // Judged with what the unit hands over, and not with defaults alone.
    let alone = |root: &&Module| !units.iter().any(|unit| unit.is_about(&root.folder));
    let of_circles: BTreeSet<String> = others.of_circles.iter().map(|root| root.folder.clone()).collect();
    let parts = parts(&program, &both().filter(alone).collect::<Vec<_>>());
    if units.is_empty() && plans.is_empty() {
        program = Program::default();
    }
    // Whoever asks about a place may ask about any declaration.
    let told = Options { only_told: loader.spot.is_none(), ..options };
    let mut all: Vec<(bool, String, Judged)> = Vec::new();
    for root in roots {
        all.extend(root.judged.map(|judged| (false, root.folder, judged)));
        read.problems.extend(root.read.problems);
        read.detections.extend(root.read.detections);
        read.variables.extend(root.read.variables);
        read.files += root.read.files;
    }
    let others = evaluated_all(parts, &files, &told);
    all.extend(others.into_iter().map(|(folder, judged)| (of_circles.contains(&folder), folder, judged)));
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    all.into_iter().for_each(|(_, _, judged)| join(judged, read));
    kindred::judge(kindred, &files, &told, read);
    for unit in units {
        terragrunt::judge(unit, &program, &files, &options, read);
    }
    for (source, plan) in plans {
        let elsewhere = source.as_ref().and_then(|source| source.elsewhere.as_ref());
        match elsewhere {
            Some((root, program, traced)) => {
                let options = Options { traced, ..options };
                let files = RootFiles::new(loader, root);
                plan_source::judge(plan, source.as_ref(), program, &files, &options, read);
            }
            None => plan_source::judge(plan, source.as_ref(), &program, &files, &options, read),
        }
    }
}

/// A program that is being put together.
pub(super) struct Reading<'a> {
    pub(super) loader: &'a Loader<'a>,
    pub(super) place: &'a Root,
    pub(super) program: &'a mut Program,
    pub(super) traced: &'a mut BTreeSet<FileId>,
    pub(super) read: &'a mut Read,
}

impl Reading<'_> {
    fn parsed(&mut self, files: &[Unparsed]) -> Vec<Loaded> {
        let parsed: Vec<_> = files.par_iter().map(Unparsed::parsed).collect();
        let (loaded, problems): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
        self.read.problems.extend(problems.into_iter().flatten());
        loaded
    }

    /// Adds files by their folders, which are returned, with all that these call.
    fn add_all(&mut self, items: Vec<Loaded>, files: &RootFiles<'_>) -> BTreeSet<String> {
        let mut folders: BTreeMap<String, FolderFiles> = BTreeMap::new();
        for item in items {
            sort_in(&mut folders, item, self.traced, self.read);
        }
        let names = folders.keys().cloned().collect();
        let module = |(folder, members): (String, FolderFiles)| {
            let mut module = Module::new(folder, members);
            module.read_installed(files);
            module
        };
        let modules: Vec<Module> = folders.into_par_iter().map(module).collect();
        modules.into_iter().for_each(|module| self.program.add(module));
        load_missing(self.loader, self.place, self.program, self.traced, self.read);
        names
    }

    /// Adds what a folder holds, with all that it calls, if `wanted` says so of the module.
    pub(super) fn add(&mut self, folder: &str, wanted: impl FnOnce(&Module) -> bool) -> bool {
        let ignored = Ignored::of_root(self.place, self.loader.system);
        let found = self.loader.folder(self.place, folder, &ignored);
        let mut traced = BTreeSet::new();
        let mut seen = Read::default();
        let module = module_of(folder.to_owned(), found.loaded, &mut traced, &mut seen);
        let Some(mut module) = module.filter(wanted) else { return false };
        module.read_installed(&RootFiles::new(self.loader, self.place));
        self.program.add(module);
        self.traced.extend(traced);
        self.read.problems.extend(found.problems);
        self.read.detections.extend(seen.detections);
        self.read.files += seen.files;
        load_missing(self.loader, self.place, self.program, self.traced, self.read);
        true
    }
}

/// Evaluates a file of values that is no part of a module: what is declared in it.
pub(super) fn read_values(loader: &Loader<'_>, item: Loaded, read: &mut Read) {
    let Some(place) = loader.inventory.roots.first() else { return };
    let folder = item.file.source.root_path.clone();
    let mut traced = BTreeSet::new();
    let mut folders = BTreeMap::new();
    sort_in(&mut folders, item, &mut traced, read);
    let mut program = Program::default();
    for members in folders.into_values() {
        program.add(Module::new(folder.clone(), members));
    }
    let inputs = Inputs::default();
    let options = Options {
        traced: &traced,
        sources: loader.sources,
        inputs: &inputs,
        asked: None,
        spot: None,
        only_told: true,
    };
    let roots: Vec<&Module> = program.module(&folder).into_iter().collect();
    judge(parts(&program, &roots), &RootFiles::new(loader, place), &options, read);
}

/// Each root module with what it calls.
pub(super) fn parts(program: &Program, roots: &[&Module]) -> Vec<(String, Program)> {
    roots.iter().map(|root| (root.folder.clone(), program.part(root))).collect()
}

/// What a root module came to, and what was asked for on the way.
pub(super) struct Judged {
    evaluated: Evaluated,
    declared: Declared,
    said: Option<Said>,
    made: Vec<Made>,
    asked: Vec<String>,
    /// Questions that stay open.
    open: Vec<AbsentModule>,
}

/// Judges root modules, by their folders. What a module was parsed into is given back with the last that needs it.
fn evaluated_all(
    parts: Vec<(String, Program)>,
    files: &RootFiles<'_>,
    options: &Options<'_>,
) -> Vec<(String, Judged)> {
    let one = |(folder, program): (String, Program)| {
        if files.skips(program.module(&folder).map_or(0, Module::file_count)) {
            return None;
        }
        let judged = evaluated(&folder, &program, files, options)?;
        Some((folder, judged))
    };
    parts.into_par_iter().with_max_len(1).filter_map(one).collect()
}

/// Judges root modules in their order.
pub(super) fn judge(
    parts: Vec<(String, Program)>,
    files: &RootFiles<'_>,
    options: &Options<'_>,
    read: &mut Read,
) {
    evaluated_all(parts, files, options).into_iter().for_each(|(_, judged)| join(judged, read));
}

/// Evaluates a root module with what it calls.
pub(super) fn evaluated(
    folder: &str,
    program: &Program,
    files: &RootFiles<'_>,
    options: &Options<'_>,
) -> Option<Judged> {
    let placed = files.placed();
    let assumed = |file| placed.of(file).1.account_default();
    let patterns = |file| placed.of(file).1.patterns().cloned().collect();
    let finish = |mut evaluated: Evaluated| {
        // Who asks about a place looks at declarations as well.
        let declared = match options.spot {
            Some(_) => Declared::default(),
            None => facts::take_declared(&mut evaluated.unit, options.sources),
        };
        let open = inline::open(&evaluated.unit);
        let made = cdk::annotate(&mut evaluated.unit, options.sources, &files.of_synthesis());
        // Whoever wants all that is written wants more than its facts.
        let is_all = options.spot.is_some() || files.loader.breadth == Breadth::Whole;
        let said = match is_all {
            true => None,
            false => facts::take_said(&mut evaluated.unit, options.sources, (&assumed, &patterns)),
        };
        Judged { evaluated, declared, said, made, asked: Vec::new(), open }
    };
    let root = program.module(folder)?;
    let noting = Noting::new(files);
    let judged = terraform::evaluate(program, &[root], &noting, options, finish).pop()?;
    Some(Judged { asked: noting.asked(absent_folders(program, root)), ..judged })
}

fn join(judged: Judged, read: &mut Read) {
    let Judged { evaluated, declared, said, made, asked, open } = judged;
    read.absent.extend(open);
    read.asked.push(Asked::of_next(&read.project.units, asked));
    read.problems.extend(evaluated.problems);
    read.pointed.extend(evaluated.pointed);
    read.declared.push(declared);
    read.said.extend(said.map(|said| (read.project.units.len(), said)));
    read.project.made.extend(made);
    read.absent.extend(evaluated.absent.into_iter().map(|call| AbsentModule {
        kind: if call.is_path { AbsentKind::Folder } else { AbsentKind::Module },
        address: call.address,
        source: call.source,
        site: call.site,
        calls: call.calls,
    }));
    read.resources += evaluated.resources;
    read.project.units.push(evaluated.unit);
}

/// Folders that calls lead to and that hold nothing yet.
fn absent_folders<'p>(program: &'p Program, root: &'p Module) -> impl Iterator<Item = &'p str> {
    let modules = program.closure(root).into_iter().filter_map(|folder| program.module(folder));
    let called = modules.flat_map(Module::called_folders);
    called.filter(|folder| program.module(folder).is_none())
}

/// Loads modules that calls lead to from outside of what was named, and from `.terraform/modules`.
fn load_missing(
    loader: &Loader<'_>,
    place: &Root,
    program: &mut Program,
    traced: &mut BTreeSet<FileId>,
    read: &mut Read,
) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = program.missing();
    let ignored = Ignored::of_root(place, loader.system);
    while let Some(folder) = open.pop() {
        if program.module(&folder).is_some() || !known.insert(folder.clone()) {
            continue;
        }
        let found = loader.folder(place, &folder, &ignored);
        read.problems.extend(found.problems);
        if let Some(module) = module_of(folder, found.loaded, traced, read) {
            open.extend(module.called_folders().map(str::to_owned));
            program.add(module);
        }
    }
}

/// The module that a folder's files make; `None` where there are none.
pub(super) fn module_of(
    folder: String,
    loaded: Vec<Loaded>,
    traced: &mut BTreeSet<FileId>,
    read: &mut Read,
) -> Option<Module> {
    let mut folders = BTreeMap::new();
    loaded.into_iter().for_each(|item| sort_in(&mut folders, item, traced, read));
    folders.remove(&folder).map(|members| Module::new(folder, members))
}

/// Puts a file into its folder, and notes what its text holds.
fn sort_in(
    folders: &mut BTreeMap<String, FolderFiles>,
    item: Loaded,
    traced: &mut BTreeSet<FileId>,
    read: &mut Read,
) {
    read.files += 1;
    if !item.detections.is_empty() {
        traced.insert(item.file.id);
        read.detections.push((item.file.id, item.detections.to_vec()));
    }
    let folder = folder_of(&item.file.source.root_path).to_owned();
    let members = folders.entry(folder).or_default();
    match item.role {
        FileRole::Configuration => members.configuration.push(item.file),
        FileRole::Values => members.values.push(item.file),
        FileRole::Backend => members.backends.push(item.file),
        // These stand for themselves.
        FileRole::Terragrunt | FileRole::Kindred => {}
    }
}

type ReadFile = Result<(FileId, Arc<SourceFile>), Reason>;
type Listed = Result<Vec<String>, Reason>;

/// Files that values come from, inside one root; each is read once.
pub(super) struct RootFiles<'a> {
    loader: &'a Loader<'a>,
    root: &'a Root,
    ignored: Ignored<'a>,
    read: Mutex<FxHashMap<String, Arc<OnceLock<ReadFile>>>>,
    listed: Mutex<FxHashMap<String, Listed>>,
    placed: OnceLock<Placed<'a>>,
}

impl<'a> RootFiles<'a> {
    pub(super) fn new(loader: &'a Loader<'a>, root: &'a Root) -> Self {
        Self {
            loader,
            root,
            ignored: Ignored::of_root(root, loader.system),
            read: Mutex::default(),
            listed: Mutex::default(),
            placed: OnceLock::new(),
        }
    }

    pub(super) fn skips(&self, files: usize) -> bool {
        self.loader.skips(files)
    }

    /// Whether a path leads to a folder of the root.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let real = self.root.resolve(self.loader.system, Path::new(path));
        real.is_ok_and(|real| self.loader.system.kind(&real).is_ok_and(|kind| kind == FileKind::Folder))
    }

    /// Which configuration holds for which file; asked first when modules are loaded.
    fn placed(&self) -> &Placed<'a> {
        let Loader { inventory, configs, sources, .. } = *self.loader;
        self.placed.get_or_init(|| Placed::new(inventory, configs, sources))
    }

    /// What a third party wrote or git does not keep is not the user's to mend.
    fn ignores(&self, path: &str) -> bool {
        let file = self.root.path().join(path);
        let third_party = path.split('/').any(|part| part == ".terraform");
        third_party || file.parent().is_some_and(|folder| self.ignored.folder(folder).ignores(&file))
    }

    /// The same files, as those of an app that was synthesized here.
    fn of_synthesis(&self) -> AssemblyFiles<'_> {
        AssemblyFiles {
            loader: self.loader,
            root: self.root,
            git_ignored: false,
            parameters: Mutex::default(),
        }
    }

    fn walk(&self, folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Reason> {
        let names =
            self.root.list(self.loader.system, folder).map_err(|_| reason(&folder.to_string_lossy()))?;
        for listed in names {
            let name = listed.name.to_string_lossy();
            let path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}/{name}") };
            match listed.kind {
                FileKind::Folder => self.walk(&folder.join(&listed.name), &path, found)?,
                FileKind::File | FileKind::Link => found.push(path),
                FileKind::Special => {}
            }
            if found.len() > MAX_LISTED {
                return Err(Reason::Limit { what: "a folder with more than 100,000 files".into() });
            }
        }
        Ok(())
    }
}

/// That a file is too large is keyless's own bound; anything else is as Terraform has it.
fn unread(path: &str, error: &ReadError) -> Reason {
    match error {
        ReadError::TooLarge { limit } => {
            Reason::Limit { what: format!("a file of more than {} MiB", limit >> 20).into() }
        }
        ReadError::Missing
        | ReadError::Outside
        | ReadError::NotAFile
        | ReadError::NotText { .. }
        | ReadError::Io(_) => reason(path),
    }
}

fn reason(path: &str) -> Reason {
    Reason::File { path: Arc::from(path) }
}

/// Notes what is asked for while something is evaluated.
pub(super) struct Noting<'f, 'a> {
    files: &'f RootFiles<'a>,
    asked: Mutex<BTreeSet<String>>,
}

impl<'f, 'a> Noting<'f, 'a> {
    pub(super) fn new(files: &'f RootFiles<'a>) -> Self {
        Self { files, asked: Mutex::default() }
    }

    fn note(&self, path: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    /// As shown; folders with a `/` at their ends.
    pub(super) fn asked<'s>(self, folders: impl Iterator<Item = &'s str>) -> Vec<String> {
        let asked = self.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
        let shown = |path: &str| {
            let RootFiles { loader, root, .. } = self.files;
            let shown = loader.inventory.shown(&root.path().join(path.trim_end_matches('/')));
            if path.ends_with('/') { format!("{shown}/") } else { shown }
        };
        asked
            .iter()
            .map(|path| shown(path))
            .chain(folders.map(|folder| shown(&format!("{folder}/"))))
            .collect()
    }
}

impl Files for Noting<'_, '_> {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        self.note(path);
        self.files.read(path)
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        self.note(path);
        self.files.read_unlisted(path)
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Reason> {
        self.note(path);
        self.files.read_bytes(path)
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        self.note(path);
        self.files.exists(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        self.note(&format!("{folder}/"));
        self.files.list(folder)
    }
}

impl Files for RootFiles<'_> {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        let known = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let file = Arc::clone(known().entry(path.to_owned()).or_default());
        // Other files are read meanwhile.
        let read = file.get_or_init(|| {
            self.read_unlisted(path).map(|text| {
                let shown = self.loader.inventory.shown(&self.root.path().join(path));
                let ignored = self.ignores(path);
                self.loader.sources.add_once(SourceFile::new(shown, path.to_owned(), text, ignored))
            })
        });
        read.clone()
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        self.root.read_text(self.loader.system, Path::new(path)).map_err(|error| unread(path, &error))
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Reason> {
        self.root.read(self.loader.system, Path::new(path)).map_err(|error| unread(path, &error))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        match self.root.resolve(self.loader.system, Path::new(path)) {
            Ok(real) => Ok(self.loader.system.kind(&real).is_ok_and(|kind| kind == FileKind::File)),
            Err(ReadError::Missing) => Ok(false),
            Err(_) => Err(reason(path)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = listed.get(folder) {
            return known.clone();
        }
        let mut found = Vec::new();
        let result = self.walk(Path::new(folder), "", &mut found).map(|()| {
            found.sort();
            found
        });
        listed.insert(folder.to_owned(), result.clone());
        result
    }
}

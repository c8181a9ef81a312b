//! Templates to units: which stand by themselves and which are nested in others, and what is deployed with them.

use super::Read;
use super::load::Loader;
use super::parameters::Parameters;
use super::templates::Counter;
use crate::discover::Ignored;
use crate::findings::{AbsentKind, AbsentModule, Problem};
use crate::frontends::cloudformation::{
    self, Environment, FILE_NAMES, Files, Inputs, Loaded, Program, Recognised, SamConfig,
};
use crate::secrets::{self, Detection};
use crate::source::SourceFile;
use crate::syntax::doc;
use crate::system::{FileKind, ReadError, Root};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A parsed template with the token formats that its text holds.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) loaded: Arc<Loaded>,
    pub(super) detections: Vec<Detection>,
}

/// Whether a path is that of a file of the SAM CLI by its name.
pub(super) fn is_configuration(path: &str) -> bool {
    FILE_NAMES.contains(&path.rsplit('/').next().unwrap_or_default())
}

/// Evaluates the templates below one analysis root. A file of the SAM CLI that is named brings its templates.
///
/// One that another nests is judged as that one calls it, as modules are that others call; by itself only where
/// no evaluated template reaches it, or where a file of the SAM CLI deploys it.
pub(super) fn read(
    loader: &Loader<'_>,
    root: usize,
    (templates, named): (Vec<Template>, Vec<String>),
    parameters: &mut Parameters,
    read: &mut Read,
) {
    let is_needed = !templates.is_empty() || !named.is_empty();
    let Some(place) = loader.inventory.roots.get(root).filter(|_| is_needed) else { return };
    let known = templates.into_iter().map(|template| (template.loaded.source.root_path.clone(), template));
    let library = Library {
        loader,
        place,
        ignored: Ignored::of_root(place, loader.system),
        known: Mutex::new(known.collect()),
        snippets: Mutex::default(),
    };
    let configured = configurations(&library, &named, read);
    for (path, config) in configured.iter().filter(|(path, _)| named.contains(path)) {
        library.bring(path, config, read);
    }
    let deployments = Deployments::new(&library, &configured);
    let inputs = |path: &str| Inputs::new(parameters.assignments(), &deployments.of(path));
    let (evaluated, judged) = evaluate_all(&library, &deployments, &inputs);
    for loaded in judged.iter().filter_map(|path| library.known_template(path)) {
        parameters.declared_by(&loaded);
    }
    for (_, config) in configured {
        read.problems.extend(config.problems);
        parameters.declare(&config.assignments, read);
    }
    let known = library.known.into_inner().unwrap_or_else(PoisonError::into_inner);
    let snippets = library.snippets.into_inner().unwrap_or_else(PoisonError::into_inner);
    for template in known.into_values().chain(snippets.into_values().flatten()) {
        read.files += 1;
        if !template.detections.is_empty() {
            read.detections.push((template.loaded.file, template.detections));
        }
    }
    evaluated.into_iter().for_each(|one| one.finish(read));
}

/// Which templates the files of the SAM CLI deploy.
struct Deployments<'c> {
    by_template: BTreeMap<String, Vec<(&'c str, &'c Environment)>>,
}

impl<'c> Deployments<'c> {
    fn new(library: &Library<'_>, configured: &'c [(String, SamConfig)]) -> Self {
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
    fn of(&self, template: &str) -> Vec<(&'c str, &'c Environment)> {
        self.by_template.get(template).cloned().unwrap_or_default()
    }
}

/// Evaluates those that stand by themselves, then what none of them reached. Returns also which these are.
fn evaluate_all(
    library: &Library<'_>,
    deployments: &Deployments<'_>,
    inputs: &(dyn Fn(&str) -> Inputs + Sync),
) -> (Vec<Evaluated>, Vec<String>) {
    let all = library.templates();
    let nested: BTreeSet<String> = all
        .iter()
        .flat_map(|(_, loaded)| {
            cloudformation::nested_in(loaded).into_iter().chain(cloudformation::included_in(loaded))
        })
        .collect();
    let paths = all.into_iter().map(|(path, _)| path);
    let (mut judged, rest): (Vec<String>, Vec<String>) =
        paths.partition(|path| !nested.contains(path) || !deployments.of(path).is_empty());
    let mut evaluated: Vec<Evaluated> =
        judged.par_iter().map(|path| evaluate(library, path, inputs(path))).collect();
    let mut reached = BTreeSet::new();
    evaluated.iter().for_each(|one| reached.extend(one.program.nested.iter().cloned()));
    for path in rest {
        if !reached.contains(&path) {
            let one = evaluate(library, &path, inputs(&path));
            reached.extend(one.program.nested.iter().cloned());
            judged.push(path);
            evaluated.push(one);
        }
    }
    (evaluated, judged)
}

/// A template's unit, and what its evaluation left.
struct Evaluated {
    program: Program,
    problems: Vec<Problem>,
    resources: usize,
}

impl Evaluated {
    fn finish(self, read: &mut Read) {
        let Program { unit, problems, absent, .. } = self.program;
        read.problems.extend(problems);
        read.problems.extend(self.problems);
        read.resources += self.resources;
        read.absent.extend(absent.into_iter().map(|stack| AbsentModule {
            kind: if stack.is_include { AbsentKind::Include } else { AbsentKind::Stack },
            address: stack.address,
            source: stack.source,
            site: stack.site,
            calls: stack.calls,
        }));
        read.project.units.push(unit);
    }
}

fn evaluate(library: &Library<'_>, path: &str, inputs: Inputs) -> Evaluated {
    let counter = Counter::new(library.has_detections());
    let mut reader = Reader { library, problems: Vec::new() };
    let program = cloudformation::evaluate(path, inputs, &mut reader, &|type_name| counter.keep(type_name));
    let problems = reader.problems;
    Evaluated { program, problems, resources: counter.count() }
}

/// Templates of one root, those included that only others lead to.
struct Library<'a> {
    loader: &'a Loader<'a>,
    place: &'a Root,
    ignored: Ignored<'a>,
    known: Mutex<BTreeMap<String, Template>>,
    /// Included files that are no templates by themselves; `None` for what cannot be read.
    snippets: Mutex<BTreeMap<String, Option<Template>>>,
}

impl Library<'_> {
    /// In order of their paths.
    fn templates(&self) -> Vec<(String, Arc<Loaded>)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(path, template)| (path.clone(), Arc::clone(&template.loaded))).collect()
    }

    /// Reads the templates that a named file of the SAM CLI deploys.
    fn bring(&self, path: &str, config: &SamConfig, read: &mut Read) {
        let mut reader = Reader { library: self, problems: Vec::new() };
        for environment in &config.environments {
            let template = environment.templates.iter().find(|path| reader.exists(path)).cloned();
            if let Some(template) = template {
                reader.template(&template);
            }
        }
        read.problems.append(&mut reader.problems);
        read.brought.insert(self.shown(path));
    }

    fn known_template(&self, path: &str) -> Option<Arc<Loaded>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(path).map(|template| Arc::clone(&template.loaded))
    }

    /// A literal may be handed to a resource of any type.
    fn has_detections(&self) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().any(|template| !template.detections.is_empty())
    }

    fn shown(&self, path: &str) -> String {
        self.loader.inventory.shown(&self.place.path().join(path))
    }

    /// A file that something in the root leads to.
    fn source(&self, path: &str) -> Result<SourceFile, ReadError> {
        let text = self.place.read_text(self.loader.system, Path::new(path))?;
        let absolute = self.place.path().join(path);
        let folder = absolute.parent().unwrap_or(self.place.path());
        let git_ignored = self.ignored.folder(folder).ignores(&absolute);
        Ok(SourceFile::new(self.shown(path), path.to_owned(), text, git_ignored))
    }
}

/// Reads for one template.
struct Reader<'l, 'a> {
    library: &'l Library<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_, '_> {
    fn read(&mut self, path: &str) -> Option<SourceFile> {
        let source = self.library.source(path);
        let problem = |error: ReadError| error.problem(&self.library.shown(path));
        source.map_err(|error| self.problems.push(problem(error))).ok()
    }
}

impl Files for Reader<'_, '_> {
    fn exists(&mut self, path: &str) -> bool {
        let (place, system) = (self.library.place, self.library.loader.system);
        let real = place.resolve(system, Path::new(path));
        real.is_ok_and(|real| system.kind(&real).is_ok_and(|kind| kind == FileKind::File))
    }

    fn template(&mut self, path: &str) -> Option<Arc<Loaded>> {
        if let Some(loaded) = self.library.known_template(path) {
            return Some(loaded);
        }
        let source = self.read(path)?;
        let document = match cloudformation::recognise(&source) {
            Recognised::Template(document) => document,
            Recognised::Broken(problem) => {
                self.problems.push(problem);
                return None;
            }
            // A nested stack of this path is not deployed.
            Recognised::PassedOver => return None,
        };
        let mut all = self.library.known.lock().unwrap_or_else(PoisonError::into_inner);
        let template =
            all.entry(path.to_owned()).or_insert_with(|| self.library.loader.as_template(source, document));
        Some(Arc::clone(&template.loaded))
    }

    fn include(&mut self, path: &str) -> Option<Arc<Loaded>> {
        if let Some(loaded) = self.library.known_template(path) {
            return Some(loaded);
        }
        if !self.exists(path) {
            return None;
        }
        // Held while reading: a file that several templates include stands once.
        let mut snippets = self.library.snippets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = snippets.get(path) {
            return known.as_ref().map(|template| Arc::clone(&template.loaded));
        }
        let template = self.read(path).and_then(|source| match doc::parse(source.text()) {
            Ok(document) => Some(self.library.loader.as_template(source, document)),
            Err(error) => {
                self.problems.push(cloudformation::problem(&source, &error));
                None
            }
        });
        let loaded = template.as_ref().map(|template| Arc::clone(&template.loaded));
        snippets.insert(path.to_owned(), template);
        loaded
    }

    fn shown(&self, path: &str) -> String {
        self.library.shown(path)
    }
}

/// The named files of the SAM CLI, and those beside the templates and above them, each with its path.
fn configurations(library: &Library<'_>, named: &[String], read: &mut Read) -> Vec<(String, SamConfig)> {
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
    let source = match library.source(path) {
        Ok(source) => source,
        Err(error) => {
            read.problems.push(error.problem(&library.shown(path)));
            return None;
        }
    };
    let (loaded, detections, problem) = parsed(library.loader, source);
    read.problems.extend(problem);
    let loaded = loaded?;
    read.files += 1;
    if !detections.is_empty() {
        read.detections.push((loaded.file, detections));
    }
    Some(loaded)
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

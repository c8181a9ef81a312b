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

/// Evaluates the templates below one analysis root.
///
/// One that another nests is judged as that one calls it, as modules are that others call; by itself only where
/// no evaluated template reaches it, or where a file of the SAM CLI deploys it.
pub(super) fn read(
    loader: &Loader<'_>,
    root: usize,
    templates: Vec<Template>,
    parameters: &mut Parameters,
    read: &mut Read,
) {
    let Some(place) = loader.inventory.roots.get(root).filter(|_| !templates.is_empty()) else { return };
    let mut known = BTreeMap::new();
    for template in templates {
        known.insert(template.loaded.source.root_path.clone(), template);
    }
    let paths: Vec<String> = known.keys().cloned().collect();
    let nested: BTreeSet<String> = known
        .values()
        .map(|template| &template.loaded)
        .flat_map(|loaded| {
            cloudformation::nested_in(loaded).into_iter().chain(cloudformation::included_in(loaded))
        })
        .collect();
    let ignored = Ignored::of_root(place, loader.system);
    let library = Library {
        loader,
        place,
        ignored: Mutex::new(ignored),
        known: Mutex::new(known),
        snippets: Mutex::default(),
    };
    let configured = configurations(&library, &paths, read);
    let mut deployed: BTreeMap<String, Vec<(&str, &Environment)>> = BTreeMap::new();
    for (file_name, config) in &configured {
        for environment in &config.environments {
            let template = environment.templates.iter().find(|path| library.is_template(path));
            if let Some(template) = template {
                deployed.entry(template.clone()).or_default().push((file_name, environment));
            }
        }
    }
    let inputs = |path: &str| {
        let environments = deployed.get(path).map_or(&[][..], Vec::as_slice);
        let file_name = environments.first().map_or("", |(name, _)| name);
        let environments: Vec<&Environment> = environments.iter().map(|(_, one)| *one).collect();
        Inputs::new(parameters.assignments(), file_name, &environments)
    };
    let (tops, rest): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| !nested.contains(*path) || deployed.contains_key(*path));
    let evaluated: Vec<Evaluated> =
        tops.par_iter().map(|path| evaluate(&library, path, inputs(path))).collect();
    let mut reached = BTreeSet::new();
    let mut judged: Vec<&String> = tops;
    let mut all = evaluated;
    all.iter().for_each(|one| reached.extend(one.program.nested.iter().cloned()));
    for path in rest {
        if !reached.contains(path) {
            let one = evaluate(&library, path, inputs(path));
            reached.extend(one.program.nested.iter().cloned());
            judged.push(path);
            all.push(one);
        }
    }
    let known = library.known.into_inner().unwrap_or_else(PoisonError::into_inner);
    for path in judged {
        if let Some(template) = known.get(path) {
            parameters.declared_by(&template.loaded);
        }
    }
    for (_, config) in configured {
        read.problems.extend(config.problems);
        parameters.declare(&config.assignments, read);
    }
    let snippets = library.snippets.into_inner().unwrap_or_else(PoisonError::into_inner);
    for template in known.into_values().chain(snippets.into_values().flatten()) {
        read.files += 1;
        if !template.detections.is_empty() {
            read.detections.push((template.loaded.file, template.detections));
        }
    }
    all.into_iter().for_each(|one| one.finish(read));
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
    ignored: Mutex<Ignored<'a>>,
    known: Mutex<BTreeMap<String, Template>>,
    /// Included files that are no templates by themselves; `None` for what cannot be read.
    snippets: Mutex<BTreeMap<String, Option<Template>>>,
}

impl Library<'_> {
    fn is_template(&self, path: &str) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains_key(path)
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
        let ignored = self.ignored.lock().unwrap_or_else(PoisonError::into_inner);
        let git_ignored = ignored.folder(folder).ignores(&absolute);
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

/// The files of the SAM CLI beside the templates and above them, each with its name.
fn configurations(library: &Library<'_>, paths: &[String], read: &mut Read) -> Vec<(String, SamConfig)> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folders.insert(parent);
            folder = parent;
        }
        folders.insert("");
    }
    let mut found = Vec::new();
    for folder in folders {
        let Ok(listed) = library.place.list(library.loader.system, Path::new(folder)) else { continue };
        let name =
            FILE_NAMES.iter().find(|name| listed.iter().any(|listed| listed.name.to_str() == Some(**name)));
        let Some(name) = name else { continue };
        let path = if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") };
        found.extend(configuration(library, &path, read).map(|config| ((*name).to_owned(), config)));
    }
    found
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

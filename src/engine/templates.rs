//! CloudFormation's and CDK's part of a run: documents recognised by content, assemblies by their manifest.

use super::load::{Item, Loader, Taken, Units};
use super::plans::MAX_HELD;
use super::{configurations, library, texts};
use crate::catalog::Breadth;
use crate::discover::{Found, Kind, is_surely_read};
use crate::findings::Problem;
use crate::frontends::cdk;
use crate::frontends::cloudformation::{self, Inputs, Loaded, Recognised};
use crate::frontends::state;
use crate::model::{TextKind, Unit};
use crate::secrets::{self, Detection};
use crate::source::{FileId, SourceFile};
use crate::syntax::doc::Document;
use crate::system::{self, ReadError, Root};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Texts from here on are parsed and searched at the same time: most files that may be templates are none.
const LARGE: usize = 1 << 20;

impl Loader<'_> {
    /// A YAML or JSON file: a template, a plan, or nothing.
    pub(super) fn template(&self, found: &Found) -> Taken {
        if self.inventory.is_named(found) && configurations::is_configuration(&found.root_path) {
            let path = found.root_path.clone();
            return (Some(Item::SamConfig { root: found.root, path }), Vec::new());
        }
        if let Some(plan) = self.inventory.is_named(found).then(|| self.binary_plan(found)).flatten() {
            return plan;
        }
        let text = match self.data(found) {
            Ok(Some(Data::Text(text))) => text,
            Ok(Some(Data::Plan(plan))) => return *plan,
            Ok(None) => return (None, Vec::new()),
            Err(problem) => return (None, vec![problem]),
        };
        if let Some(plan) = self.held_plan(found, &text) {
            return plan;
        }
        if state::sniff(&text) {
            return self.state_of(found, text, false);
        }
        if texts::is_build(&found.shown, &text) {
            return (Some(Item::Text(Box::new(self.scanned(found, text, TextKind::Build)))), Vec::new());
        }
        let (is_template, is_values) = (cloudformation::sniff(&text), cloudformation::may_hold_values(&text));
        if !is_template && !is_values {
            return (None, Vec::new());
        }
        let source = SourceFile::new(found.shown.clone(), found.root_path.clone(), text, found.git_ignored);
        if !is_template {
            return (self.given(found.root, source), Vec::new());
        }
        let recognise = || cloudformation::recognise(&source);
        let (recognised, scanned) = if source.text().len() > LARGE && !source.git_ignored {
            let (recognised, scanned) = rayon::join(recognise, || secrets::scan(source.text()));
            (recognised, Some(scanned))
        } else {
            (recognise(), None)
        };
        let document = match recognised {
            Recognised::PassedOver => return (self.given(found.root, source), Vec::new()),
            Recognised::Broken(problem) => return (None, vec![problem]),
            Recognised::Template(document) => document,
        };
        let template = Box::new(self.as_template(source, document, scanned));
        (Some(Item::Template { root: found.root, template }), Vec::new())
    }

    /// A file of values for parameters, or nothing.
    fn given(&self, root: usize, source: SourceFile) -> Option<Item> {
        self.parameter_values(source).map(|values| Item::Values { root, values: Box::new(values) })
    }

    /// Makes a template a source of the run. `scanned` is what was found in its text, if it was looked for.
    pub(super) fn as_template(
        &self,
        source: SourceFile,
        document: Document,
        scanned: Option<Vec<Detection>>,
    ) -> library::Template {
        let (id, source) = self.sources.add_once(source);
        let ignored = source.git_ignored;
        let scan = || if ignored { Vec::new() } else { secrets::scan(source.text()) };
        let detections = scanned.unwrap_or_else(scan);
        library::Template { loaded: Arc::new(Loaded::new(id, source, document)), detections }
    }

    /// The text of a file that may be a template. What can be none of it (binary, too large) is passed over.
    fn data(&self, found: &Found) -> Result<Option<Data>, Problem> {
        let held = self.inventory.read_up_to(found, MAX_HELD, self.system);
        let read = match held {
            Err(ReadError::TooLarge { .. }) => match self.large_plan(found) {
                Ok(Some(plan)) => return Ok(Some(Data::Plan(Box::new(plan)))),
                Ok(None) => self.inventory.read(found, self.system),
                Err(error) => Err(error),
            },
            held => held,
        };
        match read.and_then(system::text) {
            Ok(text) => Ok(Some(Data::Text(text))),
            Err(ReadError::NotText { lossy, .. }) if !cloudformation::sniff(&lossy) => Ok(None),
            Err(error @ ReadError::NotText { .. }) => Err(error.problem(&found.shown)),
            Err(error) => {
                let name = found.path.file_name().unwrap_or_default().to_string_lossy();
                if is_surely_read(&name, found.kind) { Err(error.problem(&found.shown)) } else { Ok(None) }
            }
        }
    }

    /// The stacks of a cloud assembly.
    pub(super) fn assembly(&self, found: &Found) -> Taken {
        let Some(root) = self.inventory.roots.get(found.root) else { return (None, Vec::new()) };
        let parameters = Mutex::default();
        let assembly_files = AssemblyFiles { loader: self, root, git_ignored: found.git_ignored, parameters };
        let counter = Counter::new(Breadth::Whole);
        let mut assembly = cdk::load(&found.root_path, &assembly_files, &|type_name| counter.keep(type_name));
        let excluded = self.exclude(&mut assembly, root);
        let mut resources = counter.count().saturating_sub(excluded);
        let (mut brought, mut others) = (Vec::new(), Vec::new());
        if let Some(only) = &found.only {
            (brought, others) = self.confine(&mut assembly, only);
            resources = assembly.units.iter().map(|unit| unit.resources.len()).sum();
        }
        let cdk::Assembly { units, made, acknowledged, excepted, mut problems } = assembly;
        let mut templates: Vec<FileId> = units.iter().flat_map(|unit| unit.files.iter().copied()).collect();
        templates.sort_unstable();
        templates.dedup();
        let scan = |id: FileId| {
            let source = self.sources.get(id);
            let is_template = source.root_path.ends_with(".template.json");
            let detections = if is_template && !self.excludes(&source, root) {
                secrets::scan(source.text())
            } else {
                Vec::new()
            };
            (!detections.is_empty()).then_some((id, detections))
        };
        let parameters = assembly_files.parameters.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = templates.len();
        let detections = templates.into_iter().filter_map(scan).collect();
        let mut taken = Units {
            units,
            made,
            acknowledged,
            excepted,
            detections,
            resources,
            files,
            brought,
            ..Units::default()
        };
        taken.parameters = parameters;
        for root_path in others {
            let path = root.path().join(&root_path);
            let shown = self.inventory.shown(&path);
            let (item, found) =
                self.template(&Found { path, shown, root_path, kind: Kind::Data, ..found.clone() });
            problems.extend(found);
            if let Some(Item::Template { template, .. }) = item {
                taken.templates.push(*template);
            }
        }
        (Some(Item::Units { root: found.root, units: Box::new(taken) }), problems)
    }

    /// Takes what stands in excluded templates out of an assembly; how many resources that are.
    fn exclude(&self, assembly: &mut cdk::Assembly, root: &Root) -> usize {
        let mut known: BTreeMap<FileId, bool> = BTreeMap::new();
        let mut excludes =
            |file: FileId| *known.entry(file).or_insert_with(|| self.excludes(&self.sources.get(file), root));
        let mut left_out = 0;
        assembly.units.retain_mut(|unit| {
            let before = unit.resources.len();
            let top_is_out = unit.files.first().is_some_and(|file| excludes(*file));
            unit.resources.retain(|resource| !top_is_out && !excludes(resource.block.file));
            left_out += before - unit.resources.len();
            !top_is_out
        });
        left_out
    }

    fn excludes(&self, source: &SourceFile, root: &Root) -> bool {
        let path = root.path().join(&source.root_path);
        self.inventory.excludes.covers(&path, false, root.path()) || self.configs.excludes(root, &path, false)
    }

    /// Leaves of an assembly what its named templates are a part of. Returns the templates that belong to a named one, as
    /// shown, and the named ones that the manifests do not know.
    fn confine(&self, assembly: &mut cdk::Assembly, only: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
        let paths = |unit: &Unit| -> Vec<Arc<SourceFile>> {
            unit.files.iter().map(|file| self.sources.get(*file)).collect()
        };
        let named = |source: &Arc<SourceFile>| only.contains(&source.root_path);
        assembly.units.retain(|unit| paths(unit).iter().any(named));
        let (mut known, mut brought) = (BTreeSet::new(), Vec::new());
        for unit in &assembly.units {
            let sources = paths(unit);
            if sources.first().is_some_and(named) {
                brought.extend(sources.iter().map(|source| source.path.clone()));
            }
            known.extend(sources.iter().map(|source| source.root_path.clone()));
        }
        (brought, only.difference(&known).cloned().collect())
    }
}

/// What a file that may be a template holds.
enum Data {
    Text(String),
    Plan(Box<Taken>),
}

/// Counts the resources that a frontend asks about.
pub(super) struct Counter {
    breadth: Breadth,
    seen: AtomicUsize,
    /// Types that were asked about.
    known: Mutex<FxHashMap<Box<str>, bool>>,
}

impl Counter {
    pub(super) fn new(breadth: Breadth) -> Self {
        Self { breadth, seen: AtomicUsize::new(0), known: Mutex::default() }
    }

    pub(super) fn keep(&self, type_name: &str) -> bool {
        self.seen.fetch_add(1, Ordering::Relaxed);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keeps) = known.get(type_name) {
            return *keeps;
        }
        let keeps = self.breadth.keeps(type_name);
        known.insert(type_name.into(), keeps);
        keeps
    }

    pub(super) fn count(&self) -> usize {
        self.seen.load(Ordering::Relaxed)
    }
}

pub(super) struct AssemblyFiles<'a> {
    pub(super) loader: &'a Loader<'a>,
    pub(super) root: &'a Root,
    pub(super) git_ignored: bool,
    /// Declared by the templates, and which of them are `NoEcho`.
    pub(super) parameters: Mutex<BTreeMap<Arc<str>, bool>>,
}

impl cdk::Files for AssemblyFiles<'_> {
    fn inputs(&self) -> Inputs {
        Inputs::new(&self.loader.assignments, &[])
    }

    fn declared(&self, parameters: BTreeMap<Arc<str>, bool>) {
        let mut known = self.parameters.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, no_echo) in parameters {
            *known.entry(name).or_default() |= no_echo;
        }
    }

    fn read(&self, path: &str) -> io::Result<String> {
        self.root.read_text(self.loader.system, Path::new(path)).map_err(|error| match error {
            ReadError::Missing => io::Error::new(io::ErrorKind::NotFound, error.to_string()),
            ReadError::Outside
            | ReadError::NotAFile
            | ReadError::TooLarge { .. }
            | ReadError::NotText { .. }
            | ReadError::Io(_) => io::Error::other(error.to_string()),
        })
    }

    fn add(&self, path: &str, text: String) -> (FileId, Arc<SourceFile>) {
        let shown = self.shown(path);
        // The user's own code beside an ignored assembly is not ignored.
        let git_ignored = self.git_ignored && path.ends_with(".json");
        self.loader.sources.add(SourceFile::new(shown, path.to_owned(), text, git_ignored))
    }

    fn shown(&self, path: &str) -> String {
        self.loader.inventory.shown(&self.root.path().join(path))
    }
}

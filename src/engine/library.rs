//! The templates of one root, and what they lead to: each file is read once.

use super::Read;
use super::load::Loader;
use super::values::Values;
use crate::discover::Ignored;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation::{self, Files, Loaded, Recognised, SamConfig};
use crate::secrets::Detection;
use crate::source::SourceFile;
use crate::syntax::doc;
use crate::system::{FileKind, ReadError, Root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A parsed template with the token formats that its text holds.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) loaded: Arc<Loaded>,
    pub(super) detections: Vec<Detection>,
}

/// Templates of one root, those included that only others lead to.
pub(super) struct Library<'a> {
    pub(super) loader: &'a Loader<'a>,
    pub(super) place: &'a Root,
    pub(super) ignored: Ignored<'a>,
    pub(super) known: Mutex<BTreeMap<String, Template>>,
    /// Files of values that nobody has read yet.
    pub(super) values: Mutex<BTreeMap<String, Values>>,
    /// Included files that are no templates by themselves; `None` for what cannot be read.
    pub(super) snippets: Mutex<BTreeMap<String, Option<Template>>>,
}

impl Library<'_> {
    /// In order of their paths.
    pub(super) fn templates(&self) -> Vec<(String, Arc<Loaded>)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(path, template)| (path.clone(), Arc::clone(&template.loaded))).collect()
    }

    /// Reads the templates that a named file of the SAM CLI deploys.
    pub(super) fn bring(&self, path: &str, config: &SamConfig, read: &mut Read) {
        let mut reader = Reader::new(self);
        for environment in &config.environments {
            let template = environment.templates.iter().find(|path| reader.exists(path)).cloned();
            if let Some(template) = template {
                reader.template(&template);
            }
        }
        read.problems.append(&mut reader.problems);
        read.brought.insert(self.shown(path));
    }

    pub(super) fn known_template(&self, path: &str) -> Option<Arc<Loaded>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(path).map(|template| Arc::clone(&template.loaded))
    }

    /// A literal may be handed to a resource of any type.
    pub(super) fn has_detections(&self) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().any(|template| !template.detections.is_empty())
    }

    pub(super) fn shown(&self, path: &str) -> String {
        self.loader.inventory.shown(&self.place.path().join(path))
    }

    /// A file that something in the root leads to.
    pub(super) fn source(&self, path: &str) -> Result<SourceFile, ReadError> {
        let text = self.place.read_text(self.loader.system, Path::new(path))?;
        let absolute = self.place.path().join(path);
        let folder = absolute.parent().unwrap_or(self.place.path());
        let git_ignored = self.ignored.folder(folder).ignores(&absolute);
        Ok(SourceFile::new(self.shown(path), path.to_owned(), text, git_ignored))
    }
}

/// Reads for one template.
pub(super) struct Reader<'l, 'a> {
    pub(super) library: &'l Library<'a>,
    pub(super) problems: Vec<Problem>,
    /// Paths that it led to, whether or not something is there.
    pub(super) asked: BTreeSet<String>,
}

impl<'l, 'a> Reader<'l, 'a> {
    pub(super) fn new(library: &'l Library<'a>) -> Self {
        Self { library, problems: Vec::new(), asked: BTreeSet::new() }
    }

    pub(super) fn read(&mut self, path: &str) -> Option<SourceFile> {
        let source = self.library.source(path);
        let problem = |error: ReadError| error.problem(&self.library.shown(path));
        source.map_err(|error| self.problems.push(problem(error))).ok()
    }
}

impl Files for Reader<'_, '_> {
    fn exists(&mut self, path: &str) -> bool {
        self.asked.insert(path.to_owned());
        let (place, system) = (self.library.place, self.library.loader.system);
        let real = place.resolve(system, Path::new(path));
        real.is_ok_and(|real| system.kind(&real).is_ok_and(|kind| kind == FileKind::File))
    }

    fn template(&mut self, path: &str) -> Option<Arc<Loaded>> {
        self.asked.insert(path.to_owned());
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
            // What nests it says that it is a template, though nothing in it does.
            Recognised::PassedOver => match doc::parse(source.text()) {
                Ok(document) if has_resources(&document, source.text()) => document,
                Ok(_) => {
                    self.problems.push(no_template(&source));
                    return None;
                }
                Err(error) => {
                    self.problems.push(cloudformation::problem(&source, &error));
                    return None;
                }
            },
        };
        let mut all = self.library.known.lock().unwrap_or_else(PoisonError::into_inner);
        let template = all
            .entry(path.to_owned())
            .or_insert_with(|| self.library.loader.as_template(source, document, None));
        Some(Arc::clone(&template.loaded))
    }

    fn include(&mut self, path: &str) -> Option<Arc<Loaded>> {
        self.asked.insert(path.to_owned());
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
            Ok(document) => Some(self.library.loader.as_template(source, document, None)),
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

fn has_resources(document: &doc::Document, text: &str) -> bool {
    document
        .root(text)
        .is_some_and(|root| ["Resources", "Transform"].iter().any(|key| root.get(key).is_some()))
}

fn no_template(source: &SourceFile) -> Problem {
    Problem {
        kind: ProblemKind::Syntax,
        path: source.path.clone(),
        start: None,
        message: "a nested stack names this as its template, and it is none".to_owned(),
    }
}

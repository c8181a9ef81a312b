//! Templates of a repository: which ones nest which, and each with all that it nests as one unit.

use super::files::{Files, Loaded, join, local_path};
use super::include::Includes;
use super::load::LoadedResource;
use super::nested::{Absent, Calls, Child, Composed, NESTED, Surroundings, compose, location_of};
use super::samconfig::Inputs;
use super::template::{root_of, type_of};
use super::text;
use crate::catalog::Breadth;
use crate::findings::Problem;
use crate::model::{Frontend, Origin, Resource, Unit};
use crate::source::folder_of;
use crate::syntax::doc::NodeRef;
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A template with its nested stacks.
#[derive(Debug)]
pub struct Program {
    pub unit: Unit,
    pub problems: Vec<Problem>,
    pub absent: Vec<Absent>,
    /// Paths of the templates that are nested in it, and of the files that are included.
    pub nested: BTreeSet<String>,
}

/// Evaluates the template at a path. Only resources whose type `keep` wants are evaluated and returned; of their
/// properties those that a run of this breadth asks for.
#[must_use]
pub fn evaluate(
    path: &str,
    inputs: Inputs,
    files: &mut dyn Files,
    keep: &dyn Fn(&str) -> bool,
    breadth: Breadth,
) -> Program {
    let mut repository = Repository { files, keep, breadth, problems: Vec::new() };
    let of = (Frontend::CloudFormation, path);
    let Composed { unit, absent, nested } = compose(&mut repository, of, path, inputs.given, inputs.domain);
    Program { unit, problems: repository.problems, absent, nested }
}

/// The paths of the templates that a template names as those of its nested stacks. One that is named by where it is uploaded
/// to is judged by itself as well.
#[must_use]
pub fn nested_in(of: &Loaded) -> Vec<String> {
    let mentions = |name: &str| memmem::find(of.source.text().as_bytes(), name.as_bytes()).is_some();
    if !NESTED.iter().any(|(name, _)| mentions(name)) {
        return Vec::new();
    }
    let root = root_of(&of.document, of.source.text());
    let resources = root.and_then(|root| root.get("Resources"));
    let named = |resource: NodeRef<'_>| {
        let location = location_of(&type_of(resource)?)?;
        let text = resource.get("Properties")?.get(location)?;
        local_path(&of.source.root_path, &text.scalar_text().filter(|_| text.tag().is_none())?)
    };
    let entries = resources.into_iter().flat_map(NodeRef::entries);
    entries.filter_map(|(_, resource)| named(resource)).collect()
}

/// The parameters that a template declares, and whether each is not to be echoed.
#[must_use]
pub fn parameters_of(of: &Loaded) -> BTreeMap<Arc<str>, bool> {
    let Some(root) = root_of(&of.document, of.source.text()) else { return BTreeMap::new() };
    let parameters = super::parameters::read(of.file, root);
    parameters.into_iter().map(|(name, parameter)| (name, parameter.is_no_echo())).collect()
}

struct Repository<'r> {
    files: &'r mut dyn Files,
    keep: &'r dyn Fn(&str) -> bool,
    breadth: Breadth,
    problems: Vec<Problem>,
}

/// The paths that a URL may name once a file is uploaded, the likeliest first: each ends as the URL does, with a folder's name at
/// least, below a folder that the parent stands in. Of the bucket and what comes before nothing need be known.
fn uploaded(url: &str, parent: &str) -> Vec<String> {
    let path = ["https://", "http://", "s3://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let Some(path) = path.and_then(|path| path.split(['?', '#']).next()) else { return Vec::new() };
    // Behind the host, and behind what is put in last: a prefix that is put in ends in a slash.
    let known = path.split_once('/').map_or("", |(_, key)| key).rsplit(['…', '}']).next().unwrap_or_default();
    let known = known.rsplit("//").next().unwrap_or_default();
    let parts: Vec<&str> = known.split('/').filter(|part| !part.is_empty()).collect();
    let mut found = Vec::new();
    for folder in
        std::iter::successors(Some(folder_of(parent)), |at| (!at.is_empty()).then_some(folder_of(at)))
    {
        // A name alone says too little.
        let tails = 0..parts.len().saturating_sub(1);
        found.extend(tails.filter_map(|from| join(folder, &parts.get(from..)?.join("/"))));
    }
    found.retain(|path| path != parent);
    found
}

impl Surroundings for Repository<'_> {
    fn keep(&self, type_name: &str) -> bool {
        (self.keep)(type_name)
    }

    fn breadth(&self) -> Breadth {
        self.breadth
    }

    fn child(&mut self, nested: &LoadedResource, parent: &Loaded) -> Child {
        let location = location_of(&nested.resource.type_name);
        let body = nested.resource.body.as_object();
        let Some(entry) = location.and_then(|location| body?.get(location)) else { return Child::None };
        let written = match entry.value.as_object() {
            // Of the Serverless Application Repository.
            Some(application) => {
                application.get("ApplicationId").map_or_else(|| "…".into(), |id| text::outline(&id.value))
            }
            None => text::outline(&entry.value),
        };
        // As `aws cloudformation package` takes it: a path that is written as such.
        let literal = matches!(entry.value.origin, Origin::Literal(_));
        let path = entry.value.as_str().filter(|_| literal);
        match path.and_then(|path| local_path(&parent.source.root_path, path)) {
            Some(path) if self.files.exists(&path) => Child::At(path),
            // A bucket that is written down may be anybody's.
            Some(_) | None if literal => Child::Absent(written),
            Some(_) | None => {
                let mut paths = uploaded(&written, &parent.source.root_path).into_iter();
                paths.find(|path| self.files.exists(path)).map_or(Child::Absent(written), Child::At)
            }
        }
    }

    fn template(&mut self, path: &str) -> Option<Arc<Loaded>> {
        self.files.template(path)
    }

    fn includes(&mut self, of: &Loaded) -> Includes {
        Includes::read(of, self.files)
    }

    fn resource(&mut self, loaded: LoadedResource, calls: &Calls) -> Resource {
        Resource { calls: Arc::clone(calls), ..loaded.resource }
    }

    fn scoped(&self) -> bool {
        true
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn shown(&self, path: &str) -> String {
        self.files.shown(path)
    }
}

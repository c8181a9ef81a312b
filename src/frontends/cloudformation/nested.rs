//! A template with its nested stacks, as one unit. Shared by templates that name others by their path and by cloud
//! assemblies, which each say through [`Surroundings`] where a nested stack's template is.

use super::files::Loaded;
use super::given::Given;
use super::include::{INCLUDE, Includes};
use super::load::{Input, LoadedResource, evaluate_template};
use super::outputs::Outputs;
use crate::catalog::{Breadth, is_module};
use crate::findings::{Problem, ProblemKind};
use crate::model::{
    Condition, Declaration, DeclarationKind, Domain, Elsewhere, Frontend, Origin, Resource, Satisfiable,
    Unit, Value,
};
use crate::source::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Stacks nested in each other.
const MAX_NESTING: usize = 16;

/// Templates of one stack.
const MAX_TEMPLATES: usize = 500;

/// The types of nested stacks, each with the property that says where its template is.
pub(super) const NESTED: [(&str, &str); 2] =
    [("AWS::CloudFormation::Stack", "TemplateURL"), ("AWS::Serverless::Application", "Location")];

/// The property in which a nested stack says where its template is.
#[must_use]
pub(in crate::frontends) fn location_of(type_name: &str) -> Option<&'static str> {
    NESTED.iter().find(|(name, _)| *name == type_name).map(|(_, location)| *location)
}

/// What surrounds the templates of a unit.
pub(in crate::frontends) trait Surroundings {
    /// Whether resources of this type are evaluated and returned.
    fn keep(&self, type_name: &str) -> bool;

    /// Whose questions the properties that are evaluated are to answer.
    fn breadth(&self) -> Breadth;

    /// Where the template of a nested stack is that stands in this one.
    fn child(&mut self, nested: &LoadedResource, parent: &Loaded) -> Child;

    /// The template at a path; what stands in the way has been told where it is `None`.
    fn template(&mut self, path: &str) -> Option<Arc<Loaded>>;

    /// What a template includes.
    fn includes(&mut self, of: &Loaded) -> Includes;

    /// A resource as it is to be returned. `calls` are the nested stacks that lead to it, outermost first.
    fn resource(&mut self, loaded: LoadedResource, calls: &Calls) -> Resource;

    /// Whether addresses always say which nested stack a resource is of.
    fn scoped(&self) -> bool;

    fn problem(&mut self, problem: Problem);

    fn shown(&self, path: &str) -> String;
}

/// Address and head of each nested stack on the way.
pub(in crate::frontends) type Calls = Arc<[(Arc<str>, Site)]>;

/// Where the template of a nested stack is.
pub(in crate::frontends) enum Child {
    At(String),
    /// Elsewhere: as written.
    Absent(Arc<str>),
    /// Has been told, or is no business of this run.
    None,
}

/// What is not here of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The template of a nested stack.
    Stack,
    /// A file of resources that it includes.
    Include,
    /// What a module of the registry stands for.
    Module,
}

/// A nested stack whose template is not here, an include of resources that are not, or a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    pub what: Missing,
    pub address: Arc<str>,
    /// As written.
    pub source: Arc<str>,
    pub site: Site,
    pub calls: Arc<[(Arc<str>, Site)]>,
}

/// A unit with what was met on the way.
#[derive(Debug)]
pub(in crate::frontends) struct Composed {
    pub(in crate::frontends) unit: Unit,
    pub(in crate::frontends) absent: Vec<Absent>,
    /// Paths of the nested templates and included files that are a part of it.
    pub(in crate::frontends) nested: BTreeSet<String>,
}

/// Evaluates the template at a path with all that it nests. `given` is what its parameters are given; `domain` what is
/// known of names in the conditions under which they are.
pub(in crate::frontends) fn compose(
    surroundings: &mut dyn Surroundings,
    (frontend, name): (Frontend, &str),
    path: &str,
    given: BTreeMap<Arc<str>, Given>,
    domain: Domain,
) -> Composed {
    let unit = Unit { domain, ..Unit::new(frontend, name.into()) };
    let mut composer = Composer {
        surroundings,
        unit,
        taken: BTreeSet::new(),
        open: Vec::new(),
        templates: 0,
        outputs: Outputs::default(),
        absent: Vec::new(),
        nested: BTreeSet::new(),
    };
    composer.template(path, Stack { given, ..Stack::default() });
    let Composer { mut unit, outputs, absent, nested, .. } = composer;
    if let Some(Absent { what, address, source, .. }) = absent.first() {
        let part = if *what == Missing::Module { "module" } else { "template" };
        let what = format!("the {part} of `{address}` ({source}) is not in this repository");
        unit.incomplete = Some(what.into());
    }
    let of_resources =
        unit.resources.iter_mut().flat_map(|resource| [&mut resource.body, &mut resource.metadata]);
    for value in of_resources.chain(unit.elsewhere.iter_mut().map(|handed| &mut handed.value)) {
        if let Some(resolved) = outputs.resolve(value) {
            *value = resolved;
        }
    }
    Composed { unit, absent, nested }
}

struct Composer<'s> {
    surroundings: &'s mut dyn Surroundings,
    unit: Unit,
    taken: BTreeSet<Arc<str>>,
    /// Templates that the composer is inside of.
    open: Vec<String>,
    templates: usize,
    outputs: Outputs,
    absent: Vec<Absent>,
    nested: BTreeSet<String>,
}

/// A stack as its parent has it.
#[derive(Default)]
struct Stack {
    scope: String,
    address: Arc<str>,
    given: BTreeMap<Arc<str>, Given>,
    calls: Vec<(Arc<str>, Site)>,
    /// It exists only when this holds.
    condition: Option<Arc<Condition>>,
}

impl Composer<'_> {
    fn template(&mut self, path: &str, this: Stack) {
        self.templates += 1;
        if self.open.iter().any(|open| open == path) {
            return self.limit(path, "this nested stack contains itself");
        }
        if self.open.len() > MAX_NESTING || self.templates > MAX_TEMPLATES {
            return self.limit(path, "too many nested stacks");
        }
        let Some(template) = self.surroundings.template(path) else { return };
        if !self.open.is_empty() {
            self.nested.insert(path.to_owned());
        }
        let includes = self.surroundings.includes(&template);
        let Stack { scope, address, given, calls, condition } = this;
        let surroundings = &*self.surroundings;
        let keep = |name: &str| location_of(name).is_some() || surroundings.keep(name);
        let loaded = evaluate_template(Input {
            file: template.file,
            source: &template.source,
            document: &template.document,
            includes: &includes,
            keep: &keep,
            scope: &scope,
            given,
            domain: &self.unit.domain,
            taken: &self.taken,
            scoped: surroundings.scoped(),
            breadth: surroundings.breadth(),
        });
        self.unit.files.push(template.file);
        self.unit.files.extend(includes.loaded().map(|included| included.file));
        self.nested.extend(includes.loaded().map(|included| included.source.root_path.clone()));
        self.unit.declarations.extend(loaded.declarations);
        self.unit.domain = loaded.domain;
        loaded.problems.into_iter().for_each(|problem| self.surroundings.problem(problem));
        for (name, value) in loaded.outputs {
            self.outputs.add(&address, &name, value);
        }
        if loaded.open {
            self.unit.incomplete = Some("a macro may add resources to the template".into());
        }
        let shared: Calls = calls.clone().into();
        self.absent.extend(loaded.absent.into_iter().map(|(source, site)| Absent {
            what: Missing::Include,
            address: INCLUDE.into(),
            source,
            site,
            calls: Arc::clone(&shared),
        }));
        let mut children = Vec::new();
        let first = self.unit.resources.len();
        self.unit.resources.reserve(loaded.resources.len());
        for mut loaded in loaded.resources {
            if !self.confine(&mut loaded.resource, condition.as_ref()) {
                continue;
            }
            if location_of(&loaded.resource.type_name).is_some() {
                self.unit.declarations.extend(handed(&loaded.resource));
                let parameters = loaded.resource.body.entries_at("Parameters");
                let parameters: Vec<Value> =
                    parameters.into_iter().map(|entry| entry.value.clone()).collect();
                let own = (Arc::clone(&loaded.resource.address), loaded.resource.header);
                let child = Stack {
                    scope: scoped(&scope, &loaded.logical_id),
                    address: Arc::clone(&own.0),
                    given: std::mem::take(&mut loaded.arguments),
                    calls: calls.iter().cloned().chain([own]).collect(),
                    condition: loaded.resource.condition.clone(),
                };
                children.push((self.surroundings.child(&loaded, &template), child, parameters));
                if !self.surroundings.keep(&loaded.resource.type_name) {
                    continue;
                }
            }
            if is_module(&loaded.resource.type_name) {
                let Resource { address, type_name, header, .. } = &loaded.resource;
                let (address, source) = (Arc::clone(address), Arc::clone(type_name));
                let calls = Arc::clone(&shared);
                self.absent.push(Absent { what: Missing::Module, address, source, site: *header, calls });
            }
            let resource = self.surroundings.resource(loaded, &shared);
            self.unit.resources.push(resource);
        }
        // Nobody asks for them where no other template is of this unit.
        if !self.open.is_empty() || !children.is_empty() {
            let own = self.unit.resources.iter().skip(first);
            self.taken.extend(own.map(|resource| Arc::clone(&resource.address)));
        }
        drop(includes);
        self.open.push(path.to_owned());
        for (place, child, parameters) in children {
            match place {
                Child::At(path) => self.template(&path, child),
                Child::Absent(source) => {
                    let address = &child.address;
                    let handed =
                        parameters.into_iter().map(|value| Elsewhere { address: Arc::clone(address), value });
                    self.unit.elsewhere.extend(handed);
                    self.absent_stack(child, source);
                }
                Child::None => {}
            }
        }
        self.open.pop();
    }

    /// What stands in a nested stack exists only where that does; false where it can never be.
    fn confine(&self, resource: &mut Resource, condition: Option<&Arc<Condition>>) -> bool {
        let Some(outer) = condition else { return true };
        let both = match resource.condition.take() {
            Some(own) => Arc::new(Condition::And(vec![Arc::clone(outer), own])),
            None => Arc::clone(outer),
        };
        let possible = self.unit.domain.satisfiable(std::slice::from_ref(&both)) != Satisfiable::No;
        resource.condition = Some(both);
        possible
    }

    fn absent_stack(&mut self, mut stack: Stack, source: Arc<str>) {
        let Some((address, site)) = stack.calls.pop() else { return };
        let calls = stack.calls.into();
        self.absent.push(Absent { what: Missing::Stack, address, source, site, calls });
    }

    fn limit(&mut self, path: &str, message: &str) {
        let path = self.surroundings.shown(path);
        let message = message.to_owned();
        self.surroundings.problem(Problem { kind: ProblemKind::Limit, path, start: None, message });
    }
}

/// What is written down for parameters of a nested stack, whose template may be elsewhere.
fn handed(stack: &Resource) -> Vec<Declaration> {
    let mut found = Vec::new();
    for entry in stack.body.entries_at("Parameters") {
        for argument in entry.value.as_object().iter().flat_map(|object| &object.entries) {
            let Origin::Literal(site) = argument.value.origin else { continue };
            found.push(Declaration {
                kind: DeclarationKind::ParameterValue,
                name: Arc::clone(&argument.key),
                module: "".into(),
                name_site: argument.key_site.unwrap_or(site),
                block: argument.key_site.unwrap_or(site),
                value: argument.value.clone(),
                marked_secret: false,
            });
        }
    }
    found
}

fn scoped(scope: &str, id: &str) -> String {
    if scope.is_empty() { id.to_owned() } else { format!("{scope}/{id}") }
}

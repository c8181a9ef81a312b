//! A template to a unit of the model.

use super::conditions::Conditions;
use super::each::Expanded;
use super::evaluate::{Evaluator, Spent};
use super::given::{self, Given};
use super::globals;
use super::include::{self, Includes};
use super::metadata;
use super::nested;
use super::notes::Notes;
use super::operand::{Case, Operands};
use super::parameters;
use super::template::{MAX_INCLUDED, Template, root_of, type_of};
use crate::catalog;
use crate::findings::Problem;
use crate::model::{
    BlockKind, Choice, Declaration, DeclarationKind, Domain, Frontend, Kind, Object, Reason, Resource, Unit,
    Unknown, Value,
};
use crate::source::{FileId, Site, SourceFile};
use crate::syntax::doc::{Document, NodeRef};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Loads a template as a unit of its own. Only resources whose type `keep` wants are evaluated and returned.
#[must_use]
pub fn load(
    file: FileId,
    source: &SourceFile,
    document: &Document,
    keep: &dyn Fn(&str) -> bool,
) -> (Unit, Vec<Problem>) {
    let loaded = evaluate_template(Input {
        file,
        source,
        document,
        keep,
        scope: "",
        includes: &Includes::default(),
        given: BTreeMap::new(),
        domain: &Domain::default(),
        taken: &BTreeSet::new(),
        scoped: false,
        full: true,
    });
    let unit = Unit {
        frontend: Frontend::CloudFormation,
        name: source.root_path.as_str().into(),
        resources: loaded.resources.into_iter().map(|loaded| loaded.resource).collect(),
        declarations: loaded.declarations,
        domain: loaded.domain,
        files: vec![file],
        alike: rustc_hash::FxHashMap::default(),
        hidden: Vec::new(),
    };
    (unit, loaded.problems)
}

/// A template and what surrounds it.
pub(in crate::frontends) struct Input<'a> {
    pub(in crate::frontends) file: FileId,
    pub(in crate::frontends) source: &'a SourceFile,
    pub(in crate::frontends) document: &'a Document,
    pub(in crate::frontends) keep: &'a dyn Fn(&str) -> bool,
    /// Where in the unit the template stands; empty at the top.
    pub(in crate::frontends) scope: &'a str,
    pub(in crate::frontends) includes: &'a Includes,
    /// What parameters are given in place of their defaults.
    pub(in crate::frontends) given: BTreeMap<Arc<str>, Given>,
    /// What is known of names that stand in what is given.
    pub(in crate::frontends) domain: &'a Domain,
    /// Addresses of the unit that other templates have taken.
    pub(in crate::frontends) taken: &'a BTreeSet<Arc<str>>,
    /// Addresses begin with the scope, whether they are taken or not.
    pub(in crate::frontends) scoped: bool,
    /// All properties are evaluated, not just those that the catalogue names.
    pub(in crate::frontends) full: bool,
}

#[derive(Debug, Default)]
pub(in crate::frontends) struct Evaluated {
    pub(in crate::frontends) resources: Vec<LoadedResource>,
    pub(in crate::frontends) declarations: Vec<Declaration>,
    pub(in crate::frontends) domain: Domain,
    /// Only of nested stacks.
    pub(in crate::frontends) outputs: BTreeMap<Arc<str>, Value>,
    /// Includes of resources that are not here: as written, and where.
    pub(in crate::frontends) absent: Vec<(Arc<str>, Site)>,
    pub(in crate::frontends) problems: Vec<Problem>,
}

#[derive(Debug)]
pub(in crate::frontends) struct LoadedResource {
    pub(in crate::frontends) logical_id: Arc<str>,
    pub(in crate::frontends) resource: Resource,
    /// `Metadata["aws:asset:path"]`.
    pub(in crate::frontends) asset: Option<Arc<str>>,
    /// What a nested stack is handed.
    pub(in crate::frontends) arguments: BTreeMap<Arc<str>, Given>,
}

pub(in crate::frontends) fn evaluate_template(input: Input<'_>) -> Evaluated {
    let Some(root) = root_of(input.document, input.source.text()) else { return Evaluated::default() };
    let mut template = Template::new(input.file, root, input.includes, input.scope);
    let mut given = input.given;
    // Nobody else has them yet.
    for (name, parameter) in Arc::get_mut(&mut template.parameters).into_iter().flatten() {
        match given.remove(name) {
            Some(given) => parameter.give(given),
            None if !input.scope.is_empty() && parameter.has_default() => parameter.give(Given::Unsaid),
            None => {}
        }
    }
    let mut domain = parameters::domain(&template, input.domain);
    let mut notes = Notes::default();
    let bodies = expand(&template, "Conditions", &Conditions::default(), &domain, &mut notes);
    let conditions = Conditions::read(&template, bodies, &mut notes);
    domain.rules.extend(conditions.rules.iter().cloned());
    let resources = expand(&template, "Resources", &conditions, &domain, &mut notes);
    // The names that loops make are known from here on.
    template.resource_ids = Arc::new(resources.iter().map(|resource| Arc::clone(&resource.id)).collect());
    let scoped = |id: &&Arc<str>| input.scoped && !input.scope.is_empty() || input.taken.contains(*id);
    let ids = resources.iter().map(|resource| &resource.id).filter(scoped);
    let addresses = ids.map(|id| (Arc::clone(id), format!("{}/{id}", input.scope).into())).collect();
    template.addresses = Arc::new(addresses);
    let told = metadata::may_tell(input.source.text());
    let types = resources.par_iter().with_min_len(CHUNK).map(|found| type_of(found.body));
    let types: Vec<Option<Arc<str>>> = types.collect();
    let chosen = resources.into_iter().zip(types).filter_map(|(found, type_name)| {
        let chosen = Chosen { found, type_name: type_name? };
        chosen.is_wanted(&template, input.keep, told).then_some(chosen)
    });
    let chosen: Vec<Chosen<'_>> = chosen.collect();
    let mut loader = Loader::new(Evaluator::new(&template, &conditions, &domain), input.full);
    let at_once = input.includes.is_empty().then(|| loader.in_chunks(&chosen)).flatten();
    let resources = at_once.unwrap_or_else(|| loader.resources(&chosen));
    let mut declarations = parameters::declarations(&template);
    declarations.extend(loader.mappings());
    let outputs = loader.outputs(&mut declarations);
    notes.append(&mut loader.evaluator.notes);
    let demanded = std::mem::take(&mut loader.evaluator.demanded);
    // A nested stack may not be deployed: what it demands holds for what is its own, and for nothing around it.
    let own = format!("{}/", input.scope);
    let is_own = |name: &str| input.scope.is_empty() || name.starts_with(&own);
    for (name, keys) in demanded.into_iter().filter(|(name, _)| is_own(name)) {
        parameters::demand(&mut domain, name, &keys);
    }
    domain.rules.truncate(input.domain.rules.len());
    domain.rules.extend(conditions.rules.iter().filter(|rule| rule.names_pass(&is_own)).cloned());
    if template.includes_too_much() {
        notes.limit(format!("the files that are included come to more than {MAX_INCLUDED} bytes"));
    }
    let includes = !input.includes.is_empty() || include::is_mentioned(input.source.text());
    let absent = if includes { template.absent() } else { Vec::new() };
    Evaluated {
        resources,
        declarations,
        domain,
        outputs,
        absent,
        problems: notes.into_problems(input.file, input.source),
    }
}

/// The members of a section, with its loops run.
fn expand<'d>(
    template: &Template<'d>,
    section: &str,
    conditions: &Conditions,
    domain: &Domain,
    notes: &mut Notes,
) -> Vec<Expanded<'d>> {
    let mut expanded = Vec::new();
    let mut evaluator = Evaluator::new(template, conditions, domain);
    for section in template.sections(section) {
        evaluator.expand(section, &mut expanded);
    }
    notes.append(&mut evaluator.notes);
    expanded
}

/// A resource that is evaluated.
struct Chosen<'d> {
    found: Expanded<'d>,
    type_name: Arc<str>,
}

impl<'d> Chosen<'d> {
    /// `told`: whether metadata may tell something of a resource of any type.
    fn is_wanted(&self, template: &Template<'d>, keep: &dyn Fn(&str) -> bool, told: bool) -> bool {
        let metadata = || self.found.body.get("Metadata").map(|node| template.resolved(node));
        keep(&self.type_name) || told && metadata().is_some_and(metadata::is_told)
    }
}

/// Resources that one thread takes at a time. It does not depend on how many threads there are, so that neither does
/// what is found.
const CHUNK: usize = 2_048;

struct Loader<'t, 'd> {
    template: &'t Template<'d>,
    full: bool,
    /// What is looked at of each type so far.
    reads: FxHashMap<Arc<str>, Rc<[&'static str]>>,
    /// Sections of SAM's `Globals` that were needed so far.
    globals: BTreeMap<String, Option<Value>>,
    evaluator: Evaluator<'t, 'd>,
}

impl<'t, 'd> Loader<'t, 'd> {
    fn new(evaluator: Evaluator<'t, 'd>, full: bool) -> Self {
        let template = evaluator.template;
        Self { template, full, reads: FxHashMap::default(), globals: BTreeMap::new(), evaluator }
    }

    fn resources(&mut self, chosen: &[Chosen<'d>]) -> Vec<LoadedResource> {
        chosen.iter().filter_map(|chosen| self.resource(chosen)).collect()
    }

    /// All resources of a large template, on several threads; `None` where one after another must be looked at, since
    /// loops bind names around them or a part took more than its share of what a template may.
    fn in_chunks(&mut self, chosen: &[Chosen<'d>]) -> Option<Vec<LoadedResource>> {
        if chosen.len() <= CHUNK || chosen.iter().any(|chosen| !chosen.found.bindings.is_empty()) {
            return None;
        }
        let count = chosen.len().div_ceil(CHUNK);
        let chunks: Vec<_> = chosen.chunks(CHUNK).map(|chunk| (chunk, self.template.clone())).collect();
        let (full, this) = (self.full, &self.evaluator);
        let (conditions, domain) = (this.conditions, this.domain);
        let evaluated = chunks.into_par_iter().map(|(chunk, template)| {
            let mut part = Loader::new(Evaluator::sharing(&template, conditions, domain, count), full);
            (part.resources(chunk), part.evaluator.spent(count))
        });
        let evaluated: Vec<(Vec<LoadedResource>, Spent)> = evaluated.collect();
        if evaluated.iter().any(|(_, spent)| spent.notes.reach_a_limit()) {
            return None;
        }
        let mut resources = Vec::with_capacity(chosen.len());
        for (part, spent) in evaluated {
            resources.extend(part);
            self.evaluator.take(spent);
        }
        Some(resources)
    }

    fn resource(&mut self, chosen: &Chosen<'d>) -> Option<LoadedResource> {
        let Chosen { found: Expanded { id, key, body, bindings }, type_name } = chosen;
        let (key, body, type_name) = (*key, *body, Arc::clone(type_name));
        let metadata = body.get("Metadata").map(|node| self.template.resolved(node));
        let wanted = self.wanted(&type_name);
        let wanted = wanted.as_deref();
        self.evaluator.bindings.clone_from(bindings);
        let from = self.template.enter(body);
        let condition = body.get("Condition").and_then(|node| Some((node, node.scalar_text()?)));
        let condition = condition.map(|(node, name)| self.evaluator.condition(&name, node).holds);
        let evaluated = match &condition {
            Some(condition) => {
                let condition = Arc::clone(condition);
                // What can never exist is left out.
                self.evaluator.under(&condition, |evaluator| evaluated(evaluator, body, wanted))
            }
            None => Some(evaluated(&mut self.evaluator, body, wanted)),
        };
        self.template.leave(from);
        let (properties, told) = evaluated?;
        let value = match self.globals(&type_name, body) {
            Some(global) => globals::merge(&type_name, &global, &properties),
            None => properties,
        };
        let arguments = self.arguments(&type_name, body, &value);
        self.evaluator.bindings.clear();
        let text = |key: &str| metadata?.get(key)?.scalar_text().map(Arc::<str>::from);
        let from = self.template.enter(key);
        let resource = Resource {
            kind: BlockKind::Managed,
            address: self.template.address(id),
            type_name,
            construct: text("aws:cdk:path"),
            header: self.template.site(key.span()),
            block: self.template.site(key.span().to(match body.file() == key.file() {
                true => body.full_span(),
                false => key.full_span(),
            })),
            user_site: None,
            calls: Arc::from([]),
            body: value,
            metadata: told,
            condition,
        };
        self.template.leave(from);
        Some(LoadedResource {
            logical_id: Arc::clone(id),
            resource,
            asset: text("aws:asset:path"),
            arguments,
        })
    }

    /// The properties of a type that anybody looks at; `None`: all, as a nested stack is handed any.
    fn wanted(&mut self, type_name: &Arc<str>) -> Option<Rc<[&'static str]>> {
        if self.full || nested::location_of(type_name).is_some() || catalog::is_custom(type_name) {
            return None;
        }
        let read = || catalog::reads(type_name).into();
        Some(Rc::clone(self.reads.entry(Arc::clone(type_name)).or_insert_with(read)))
    }

    /// What a nested stack is handed: the values, and what they are to its conditions.
    fn arguments(
        &mut self,
        type_name: &str,
        body: NodeRef<'d>,
        properties: &Value,
    ) -> BTreeMap<Arc<str>, Given> {
        if nested::location_of(type_name).is_none() {
            return BTreeMap::new();
        }
        let nodes = body.get("Properties").and_then(|properties| properties.get("Parameters"));
        let (template, conditions) = (self.template, self.evaluator.conditions);
        let mut arguments = BTreeMap::new();
        for entry in properties.entries_at("Parameters") {
            for argument in entry.value.as_object().iter().flat_map(|object| &object.entries) {
                let node = nodes.and_then(|nodes| nodes.get(&argument.key));
                let cases = match (argument.value.to_text(), node) {
                    (Some(text), _) if !given::may_differ(&argument.value.origin) => {
                        vec![Case::known(text)]
                    }
                    (_, Some(node)) => {
                        Operands { template, conditions, bindings: &self.evaluator.bindings }.cases(node)
                    }
                    // Out of a file that is included.
                    (_, None) => vec![Case::named(format!("{}={}", entry.key, argument.key).into())],
                };
                let given = Given::Argument(argument.value.clone(), cases);
                arguments.insert(Arc::clone(&argument.key), given);
            }
        }
        arguments
    }

    /// What a resource takes part in of SAM's `Globals`.
    fn globals(&mut self, type_name: &str, resource: NodeRef<'d>) -> Option<Value> {
        let section = globals::section(type_name)?;
        if !self.globals.contains_key(section) {
            let mut sections = self.template.section("Globals");
            let found = sections.find(|(name, _)| name.scalar_text().is_some_and(|name| name == section));
            let value = found.map(|(_, node)| properties_of(&mut self.evaluator, Some(node)));
            let value = value.map(|value| globals::supported(section, value));
            self.globals.insert(section.to_owned(), value);
        }
        let global = self.globals.get(section).cloned().flatten()?;
        globals::unless_ignored(global, resource)
    }

    /// What the stack hands out: to its parent, and to everybody who may look at it.
    fn outputs(&mut self, declarations: &mut Vec<Declaration>) -> BTreeMap<Arc<str>, Value> {
        let template = self.template;
        let mut expanded = Vec::new();
        for section in template.sections("Outputs") {
            self.evaluator.expand(section, &mut expanded);
        }
        let mut outputs = BTreeMap::new();
        for Expanded { id, key, body, bindings } in expanded {
            let Some(value) = body.get("Value") else { continue };
            self.evaluator.bindings = bindings;
            let condition = body.get("Condition").and_then(|node| Some((node, node.scalar_text()?)));
            let value = match condition.map(|(node, name)| self.evaluator.condition(&name, node).holds) {
                Some(condition) => self.evaluator.under(&condition, |evaluator| evaluator.value(value)),
                None => Some(self.evaluator.value(value)),
            };
            let Some(value) = value else { continue };
            let from = template.enter(key);
            declarations.push(Declaration {
                kind: DeclarationKind::Output,
                name: Arc::clone(&id),
                module: Arc::clone(&template.scope),
                name_site: template.site(key.span()),
                block: template.site(key.span().to(match body.file() == key.file() {
                    true => body.full_span(),
                    false => key.full_span(),
                })),
                value: value.clone(),
                marked_secret: false,
            });
            template.leave(from);
            outputs.insert(id, value);
        }
        self.evaluator.bindings.clear();
        outputs
    }

    fn mappings(&mut self) -> Vec<Declaration> {
        let template = self.template;
        let mut declarations = Vec::new();
        for (name, body) in template.section("Mappings") {
            let Some(text) = name.scalar_text().filter(|text| !text.starts_with("Fn::")) else { continue };
            declarations.push(Declaration {
                kind: DeclarationKind::Mapping,
                name: text.into(),
                module: Arc::clone(&template.scope),
                name_site: template.site(name.span()),
                block: template.site(name.span().to(body.full_span())),
                value: self.evaluator.value(body),
                marked_secret: false,
            });
        }
        declarations
    }
}

/// A resource's properties, and what its metadata tells.
fn evaluated<'d>(
    evaluator: &mut Evaluator<'_, 'd>,
    body: NodeRef<'d>,
    wanted: Option<&[&'static str]>,
) -> (Value, Value) {
    let properties = match (body.get("Properties"), wanted) {
        (Some(node), Some(wanted)) => object_of(evaluator.properties(node, wanted)),
        (node, _) => properties_of(evaluator, node),
    };
    let metadata = body.get("Metadata").map(|node| evaluator.template.resolved(node));
    (properties, metadata.map_or_else(Value::null, |node| metadata::evaluate(evaluator, node)))
}

/// An object, or one for each branch, whatever the properties are written as.
fn properties_of<'d>(evaluator: &mut Evaluator<'_, 'd>, properties: Option<NodeRef<'d>>) -> Value {
    let value = properties.map_or_else(Value::null, |node| evaluator.value(node));
    object_of(value)
}

fn object_of(value: Value) -> Value {
    let rest = match &value.kind {
        Kind::Object(_) => return value,
        Kind::Choice(choice) => {
            let choice = Choice {
                condition: Arc::clone(&choice.condition),
                then: object_of(choice.then.clone()),
                otherwise: object_of(choice.otherwise.clone()),
            };
            return Value { kind: Kind::Choice(Arc::new(choice)), ..value };
        }
        Kind::Unknown(unknown) => Some(Arc::clone(unknown)),
        Kind::Null => None,
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => {
            let message = "properties that are not a map".into();
            Some(Arc::new(Unknown::new(Reason::Invalid { message })))
        }
    };
    Value { kind: Kind::Object(Arc::new(Object { entries: Vec::new(), rest })), ..value }
}

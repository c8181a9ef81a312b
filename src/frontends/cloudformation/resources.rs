//! The resources of a template, one by one, and what it declares beside them.

use super::each::Expanded;
use super::evaluate::{Evaluator, Spent};
use super::given::{self, Given};
use super::globals;
use super::load::LoadedResource;
use super::metadata;
use super::named;
use super::nested;
use super::operand::{Case, Operands};
use super::template::Template;
use crate::catalog::{self, Breadth};
use crate::model::{
    BlockKind, Choice, Declaration, DeclarationKind, Kind, Object, Reason, Resource, Unknown, Value,
};
use crate::syntax::doc::NodeRef;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// A resource that is evaluated.
pub(super) struct Chosen<'d> {
    pub(super) found: Expanded<'d>,
    pub(super) type_name: Arc<str>,
}

impl<'d> Chosen<'d> {
    /// `told`: whether metadata may tell something of a resource of any type, with the parameters that are not to be shown.
    pub(super) fn is_wanted(
        &self,
        template: &Template<'d>,
        keep: &dyn Fn(&str) -> bool,
        told: Option<&[&str]>,
    ) -> bool {
        let metadata = || self.found.body.get("Metadata").map(|node| template.resolved(node));
        let is_told = |hidden| metadata().is_some_and(|metadata| metadata::is_told(metadata, hidden));
        let is_module = catalog::is_module(&self.type_name);
        keep(&self.type_name)
            || is_module
            || told.is_some_and(is_told)
            || named::has_named(&self.type_name, self.found.body)
    }
}

/// Resources that one thread takes at a time. It does not depend on how many threads there are, so that neither does
/// what is found.
pub(super) const CHUNK: usize = 2_048;

pub(super) struct Loader<'t, 'd> {
    template: &'t Template<'d>,
    breadth: Breadth,
    /// What is looked at of each type so far.
    reads: FxHashMap<Arc<str>, Option<Rc<[&'static str]>>>,
    /// Sections of SAM's `Globals` that were needed so far.
    globals: BTreeMap<String, Option<Value>>,
    pub(super) evaluator: Evaluator<'t, 'd>,
}

impl<'t, 'd> Loader<'t, 'd> {
    pub(super) fn new(evaluator: Evaluator<'t, 'd>, breadth: Breadth) -> Self {
        let template = evaluator.template;
        Self { template, breadth, reads: FxHashMap::default(), globals: BTreeMap::new(), evaluator }
    }

    pub(super) fn resources(&mut self, chosen: &[Chosen<'d>]) -> Vec<LoadedResource> {
        chosen.iter().filter_map(|chosen| self.resource(chosen)).collect()
    }

    /// All resources of a large template, on several threads; `None` where one after another must be looked at, since
    /// loops bind names around them or a part took more than its share of what a template may.
    pub(super) fn in_chunks(&mut self, chosen: &[Chosen<'d>]) -> Option<Vec<LoadedResource>> {
        if chosen.len() <= CHUNK || chosen.iter().any(|chosen| !chosen.found.bindings.is_empty()) {
            return None;
        }
        let count = chosen.len().div_ceil(CHUNK);
        let chunks: Vec<_> = chosen.chunks(CHUNK).map(|chunk| (chunk, self.template.clone())).collect();
        let (breadth, this) = (self.breadth, &self.evaluator);
        let (conditions, domain) = (this.conditions, this.domain);
        let evaluated = chunks.into_par_iter().map(|(chunk, template)| {
            let mut part = Loader::new(Evaluator::sharing(&template, conditions, domain, count), breadth);
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

    /// The properties of a type that anybody looks at; `None`: all, as a nested stack is handed any, and of what no table
    /// knows the names of all are looked at.
    fn wanted(&mut self, type_name: &Arc<str>) -> Option<Rc<[&'static str]>> {
        if nested::location_of(type_name).is_some() || catalog::is_custom(type_name) {
            return None;
        }
        if let Some(known) = self.reads.get(type_name) {
            return known.clone();
        }
        let by_names = catalog::is_unlisted(type_name);
        let reads = self.breadth.reads(type_name).filter(|_| !by_names);
        let reads: Option<Rc<[&'static str]>> = reads.map(Into::into);
        self.reads.insert(Arc::clone(type_name), reads.clone());
        reads
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
    pub(super) fn outputs(&mut self, declarations: &mut Vec<Declaration>) -> BTreeMap<Arc<str>, Value> {
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

    pub(super) fn mappings(&mut self) -> Vec<Declaration> {
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

//! A template to a unit of the model.

use super::conditions::Conditions;
use super::each::Expanded;
use super::evaluate::Evaluator;
use super::globals;
use super::notes::Notes;
use super::parameters;
use super::template::{Template, root_of, type_of};
use crate::findings::Problem;
use crate::model::{
    BlockKind, Choice, Declaration, DeclarationKind, Domain, Frontend, Kind, Object, Reason, Resource, Unit,
    Unknown, Value,
};
use crate::source::{FileId, SourceFile};
use crate::syntax::doc::{Document, NodeRef};
use std::collections::{BTreeMap, BTreeSet};
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
        arguments: BTreeMap::new(),
        taken: &BTreeSet::new(),
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
    /// Parameters that a parent stack passes in.
    pub(in crate::frontends) arguments: BTreeMap<Arc<str>, Value>,
    /// Addresses of the unit that other templates have taken.
    pub(in crate::frontends) taken: &'a BTreeSet<Arc<str>>,
}

#[derive(Debug, Default)]
pub(in crate::frontends) struct Loaded {
    pub(in crate::frontends) resources: Vec<LoadedResource>,
    pub(in crate::frontends) declarations: Vec<Declaration>,
    pub(in crate::frontends) domain: Domain,
    /// Only of nested stacks.
    pub(in crate::frontends) outputs: BTreeMap<Arc<str>, Value>,
    pub(in crate::frontends) problems: Vec<Problem>,
}

#[derive(Debug)]
pub(in crate::frontends) struct LoadedResource {
    pub(in crate::frontends) logical_id: Arc<str>,
    pub(in crate::frontends) resource: Resource,
    /// `Metadata["aws:asset:path"]`.
    pub(in crate::frontends) asset: Option<Arc<str>>,
}

pub(in crate::frontends) fn evaluate_template(input: Input<'_>) -> Loaded {
    let Some(root) = root_of(input.document, input.source.text()) else { return Loaded::default() };
    let mut template = Template::new(input.file, root, input.scope);
    for (name, argument) in input.arguments {
        if let Some(parameter) = template.parameters.get_mut(&name) {
            parameter.pass(argument);
        }
    }
    let taken = template.resource_ids.iter().filter(|id| input.taken.contains(*id));
    template.addresses = taken.map(|id| (Arc::clone(id), format!("{}/{id}", input.scope).into())).collect();
    let mut domain = parameters::domain(&template);
    let mut notes = Notes::default();
    let bodies = expand(&template, "Conditions", &Conditions::default(), &domain, &mut notes);
    let conditions = Conditions::read(&template, bodies, &mut notes);
    domain.rules.clone_from(&conditions.rules);
    let resources = expand(&template, "Resources", &conditions, &domain, &mut notes);
    // The names that loops make are known from here on.
    template.resource_ids = resources.iter().map(|resource| Arc::clone(&resource.id)).collect();
    let mut loader = Loader {
        template: &template,
        keep: input.keep,
        globals: BTreeMap::new(),
        evaluator: Evaluator::new(&template, &conditions, &domain),
    };
    let resources = resources.into_iter().filter_map(|resource| loader.resource(resource)).collect();
    let mut declarations = parameters::declarations(&template);
    declarations.extend(loader.mappings());
    let outputs = if input.scope.is_empty() { BTreeMap::new() } else { loader.outputs() };
    notes.append(&mut loader.evaluator.notes);
    let demanded = std::mem::take(&mut loader.evaluator.demanded);
    demanded.into_iter().for_each(|(name, keys)| parameters::demand(&mut domain, name, &keys));
    Loaded { resources, declarations, domain, outputs, problems: notes.into_problems(input.source) }
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
    if let Some(section) = template.root.get(section) {
        let mut evaluator = Evaluator::new(template, conditions, domain);
        evaluator.expand(section, &mut expanded);
        notes.append(&mut evaluator.notes);
    }
    expanded
}

struct Loader<'t, 'd> {
    template: &'t Template<'d>,
    keep: &'t dyn Fn(&str) -> bool,
    /// Sections of SAM's `Globals` that were needed so far.
    globals: BTreeMap<String, Option<Value>>,
    evaluator: Evaluator<'t, 'd>,
}

impl<'d> Loader<'_, 'd> {
    fn resource(&mut self, found: Expanded<'d>) -> Option<LoadedResource> {
        let Expanded { id, key, body, bindings } = found;
        let type_name = type_of(body).filter(|name| (self.keep)(name))?;
        self.evaluator.bindings = bindings;
        let condition = body.get("Condition").and_then(|node| Some((node, node.scalar_text()?)));
        let condition = condition.map(|(node, name)| self.evaluator.condition(&name, node).holds);
        let properties = body.get("Properties");
        let value = match &condition {
            Some(condition) => {
                let condition = Arc::clone(condition);
                // What can never exist is left out.
                self.evaluator.under(&condition, |evaluator| properties_of(evaluator, properties))?
            }
            None => properties_of(&mut self.evaluator, properties),
        };
        let value = match self.globals(&type_name) {
            Some(global) => globals::merge(&global, &value),
            None => value,
        };
        self.evaluator.bindings.clear();
        let metadata = |key: &str| body.get("Metadata")?.get(key)?.scalar_text().map(Arc::<str>::from);
        let resource = Resource {
            kind: BlockKind::Managed,
            address: self.template.address(&id),
            type_name,
            construct: metadata("aws:cdk:path"),
            header: self.template.site(key.span()),
            block: self.template.site(key.span().to(body.full_span())),
            user_site: None,
            calls: Arc::from([]),
            body: value,
            condition,
        };
        Some(LoadedResource { logical_id: id, resource, asset: metadata("aws:asset:path") })
    }

    fn globals(&mut self, type_name: &str) -> Option<Value> {
        let section = globals::section(type_name)?;
        if !self.globals.contains_key(section) {
            let node = self.template.root.get("Globals").and_then(|globals| globals.get(section));
            let value = node.map(|node| properties_of(&mut self.evaluator, Some(node)));
            self.globals.insert(section.to_owned(), value);
        }
        self.globals.get(section).cloned().flatten()
    }

    fn outputs(&mut self) -> BTreeMap<Arc<str>, Value> {
        let mut expanded = Vec::new();
        if let Some(outputs) = self.template.root.get("Outputs") {
            self.evaluator.expand(outputs, &mut expanded);
        }
        let mut outputs = BTreeMap::new();
        for Expanded { id, body, bindings, .. } in expanded {
            if let Some(value) = body.get("Value") {
                self.evaluator.bindings = bindings;
                outputs.insert(id, self.evaluator.value(value));
            }
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

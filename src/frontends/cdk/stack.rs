//! A stack with its nested stacks, as one unit.

use super::assembly::{Assets, Context};
use super::metadata::Metadata;
use super::outputs::Outputs;
use super::paths;
use crate::findings::ProblemKind;
use crate::frontends::cloudformation::{self, Input, Loaded, LoadedResource};
use crate::model::{Domain, Frontend, Kind, Part, Resource, Unit, Value};
use crate::source::FileId;
use crate::syntax::doc;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const NESTED_STACK: &str = "AWS::CloudFormation::Stack";

/// Stacks nested in each other.
const MAX_NESTING: usize = 16;

/// Templates of one stack.
const MAX_TEMPLATES: usize = 500;

pub(super) struct Stack<'a> {
    pub(super) name: &'a str,
    /// The assembly that the stack belongs to.
    pub(super) folder: &'a str,
    pub(super) template: &'a str,
    pub(super) metadata: &'a Metadata,
    pub(super) assets: &'a Assets,
}

pub(super) fn load(context: &mut Context<'_>, stack: &Stack<'_>) -> Unit {
    let unit = Unit {
        frontend: Frontend::Cdk,
        name: stack.name.into(),
        resources: Vec::new(),
        declarations: Vec::new(),
        domain: Domain::default(),
        files: Vec::new(),
        alike: rustc_hash::FxHashMap::default(),
        hidden: Vec::new(),
    };
    let mut loader = Loader {
        context,
        stack,
        unit,
        taken: BTreeSet::new(),
        open: Vec::new(),
        templates: 0,
        assets: None,
        outputs: Outputs::default(),
    };
    loader.template(stack.template, &Nested::default());
    let Loader { mut unit, outputs, .. } = loader;
    for resource in &mut unit.resources {
        if let Some(body) = outputs.resolve(&resource.body) {
            resource.body = body;
        }
    }
    unit
}

struct Loader<'l, 'c> {
    context: &'l mut Context<'c>,
    stack: &'l Stack<'l>,
    unit: Unit,
    taken: BTreeSet<Arc<str>>,
    /// Templates that the loader is inside of.
    open: Vec<String>,
    templates: usize,
    assets: Option<BTreeMap<String, String>>,
    outputs: Outputs,
}

/// A nested stack as its parent has it; nothing for the stack itself.
#[derive(Default)]
struct Nested {
    scope: String,
    address: Arc<str>,
    asset: Option<String>,
    arguments: BTreeMap<Arc<str>, Value>,
}

impl Loader<'_, '_> {
    fn template(&mut self, path: &str, this: &Nested) {
        self.templates += 1;
        if self.open.iter().any(|open| open == path) {
            let message = "this nested stack contains itself".to_owned();
            return self.context.problem(ProblemKind::Limit, path, message);
        }
        if self.open.len() > MAX_NESTING || self.templates > MAX_TEMPLATES {
            let message = "too many nested stacks".to_owned();
            return self.context.problem(ProblemKind::Limit, path, message);
        }
        let Some((file, loaded)) = self.evaluate(path, this) else { return };
        self.unit.files.push(file);
        self.unit.declarations.extend(loaded.declarations);
        self.unit.domain.absorb(loaded.domain);
        self.context.problems.extend(loaded.problems);
        for (name, value) in loaded.outputs {
            self.outputs.add(&this.address, &name, value);
        }
        let mut nested = Vec::new();
        for loaded in loaded.resources {
            if &*loaded.resource.type_name == NESTED_STACK {
                nested.push(Nested {
                    scope: scoped(&this.scope, &loaded.logical_id),
                    address: Arc::clone(&loaded.resource.address),
                    asset: self.asset_of(&loaded),
                    arguments: arguments_of(&loaded),
                });
                if !(self.context.keep)(NESTED_STACK) {
                    continue;
                }
            }
            let resource = self.with_construct(loaded);
            self.taken.insert(Arc::clone(&resource.address));
            self.unit.resources.push(resource);
        }
        self.open.push(path.to_owned());
        for nested in nested {
            // A nested stack from elsewhere is no part of the assembly.
            let Some(asset) = &nested.asset else { continue };
            match paths::join(self.stack.folder, asset) {
                Some(path) => self.template(&path, &nested),
                None => {
                    self.context.outside(path, &format!("the template of nested stack `{}`", nested.scope));
                }
            }
        }
        self.open.pop();
    }

    fn evaluate(&mut self, path: &str, this: &Nested) -> Option<(FileId, Loaded)> {
        let text = self.context.read(path)?;
        let (file, source) = self.context.files.add(path, text);
        let document = match doc::parse(source.text()) {
            Ok(document) => document,
            Err(error) => {
                self.context.problems.push(cloudformation::problem(&source, &error));
                return None;
            }
        };
        let keep = self.context.keep;
        let keep = |name: &str| name == NESTED_STACK || keep(name);
        let (taken, scope, arguments) = (&self.taken, this.scope.as_str(), this.arguments.clone());
        let input =
            Input { file, source: &source, document: &document, keep: &keep, scope, arguments, taken };
        Some((file, cloudformation::evaluate_template(input)))
    }

    fn with_construct(&mut self, loaded: LoadedResource) -> Resource {
        let LoadedResource { logical_id, mut resource, .. } = loaded;
        if resource.construct.is_none() {
            resource.construct = self.stack.metadata.path_of(&logical_id).map(Arc::from);
        }
        if let Some(construct) = &resource.construct {
            resource.user_site = self.context.locator.locate(self.stack.metadata.frames(construct));
        }
        resource
    }

    /// The template of a nested stack: as its metadata says, else the asset whose hash its URL holds.
    fn asset_of(&mut self, nested: &LoadedResource) -> Option<String> {
        if let Some(asset) = &nested.asset {
            return Some(asset.to_string());
        }
        let url = nested.resource.body.as_object()?.get("TemplateURL")?;
        let url = texts_of(&url.value);
        let (context, stack) = (&mut *self.context, self.stack);
        let assets = self.assets.get_or_insert_with(|| stack.assets.read(context, stack.folder));
        assets.iter().find(|(hash, _)| url.contains(hash.as_str())).map(|(_, path)| path.clone())
    }
}

fn scoped(scope: &str, id: &str) -> String {
    if scope.is_empty() { id.to_owned() } else { format!("{scope}/{id}") }
}

fn arguments_of(nested: &LoadedResource) -> BTreeMap<Arc<str>, Value> {
    let parameters = nested.resource.body.as_object().and_then(|body| body.get("Parameters"));
    let object = parameters.and_then(|parameters| parameters.value.as_object());
    let entries = object.iter().flat_map(|object| &object.entries);
    entries.map(|entry| (Arc::clone(&entry.key), entry.value.clone())).collect()
}

/// What is known of a string.
fn texts_of(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => text.to_string(),
        Kind::Unknown(unknown) => {
            let known = unknown.parts.iter().filter_map(|part| match part {
                Part::Text { text, .. } => Some(&**text),
                Part::Unknown(_) => None,
            });
            known.collect()
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            String::new()
        }
    }
}

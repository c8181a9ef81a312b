//! A stack with its nested stacks, as one unit.

use super::assembly::Context;
use super::assets::Assets;
use super::metadata::{Metadata, nested_stack_of};
use super::paths;
use crate::catalog::Breadth;
use crate::findings::Problem;
use crate::frontends::cloudformation::{self, Calls, Child, Includes, Loaded, LoadedResource, Surroundings};
use crate::model::{Frontend, Kind, Made, Part, Reason, Resource, Unit, Value};
use crate::source::{FileId, Site};
use crate::syntax::doc::{self, NodeRef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) struct Stack<'a> {
    pub(super) name: &'a str,
    /// The assembly that the stack belongs to.
    pub(super) folder: &'a str,
    pub(super) template: &'a str,
    pub(super) metadata: &'a Metadata,
    pub(super) assets: &'a Assets,
}

/// The sections whose members may be constructs, beside resources.
const SECTIONS: [&str; 5] = ["Parameters", "Mappings", "Conditions", "Rules", "Outputs"];

/// A stack's unit, and the paths of the templates that it is made of.
pub(super) fn load(context: &mut Context<'_>, stack: &Stack<'_>) -> (Unit, BTreeSet<String>) {
    let mut loader = Loader { context, stack, assets: None, homes: BTreeMap::new(), stacks: BTreeMap::new() };
    let kind = (Frontend::Cdk, stack.name);
    let (given, domain) = loader.context.files.inputs().into_parts();
    let composed = cloudformation::compose(&mut loader, kind, stack.template, given, domain);
    let mut templates = composed.nested;
    templates.insert(stack.template.to_owned());
    (composed.unit, templates)
}

struct Loader<'l, 'c> {
    context: &'l mut Context<'c>,
    stack: &'l Stack<'l>,
    assets: Option<BTreeMap<String, String>>,
    /// Construct paths of nested stacks, by their template.
    homes: BTreeMap<String, String>,
    /// The same by the address of the resource that makes them.
    stacks: BTreeMap<Arc<str>, String>,
}

impl Surroundings for Loader<'_, '_> {
    fn keep(&self, type_name: &str) -> bool {
        (self.context.keep)(type_name)
    }

    fn breadth(&self) -> Breadth {
        Breadth::Whole
    }

    fn child(&mut self, nested: &LoadedResource, parent: &Loaded) -> Child {
        // A nested stack from elsewhere is no part of the assembly.
        let Some(asset) = self.asset_of(nested) else { return Child::Absent("another place".into()) };
        match paths::join(self.stack.folder, &asset) {
            Some(path) => {
                let home = self.homes.get(&parent.source.root_path).map_or("", String::as_str);
                let construct = nested.resource.construct.as_deref();
                let construct = construct.or_else(|| self.stack.metadata.path_of(&nested.logical_id, home));
                if let Some(stack) = construct.and_then(nested_stack_of) {
                    self.homes.insert(path.clone(), stack.clone());
                    self.stacks.insert(Arc::clone(&nested.resource.address), stack);
                }
                Child::At(path)
            }
            None => {
                let what = format!("the template of nested stack `{}`", nested.resource.address);
                self.context.outside(&parent.source.root_path, &what);
                Child::None
            }
        }
    }

    fn template(&mut self, path: &str) -> Option<Arc<Loaded>> {
        let text = self.context.read(path)?;
        let (file, source) = self.context.files.add(path, text);
        match doc::parse(source.text()) {
            Ok(document) => {
                if let Some(root) = document.root(source.text()) {
                    self.made(root, file, path);
                }
                let loaded = Arc::new(Loaded::new(file, source, document));
                if path == self.stack.template {
                    self.context.files.declared(cloudformation::parameters_of(&loaded));
                }
                Some(loaded)
            }
            Err(error) => {
                self.context.found.problems.push(cloudformation::problem(&source, &error));
                None
            }
        }
    }

    fn includes(&mut self, _of: &Loaded) -> Includes {
        Includes::default()
    }

    fn resource(&mut self, loaded: LoadedResource, calls: &Calls) -> Resource {
        self.with_construct(loaded, calls)
    }

    fn scoped(&self) -> bool {
        false
    }

    fn problem(&mut self, problem: Problem) {
        self.context.found.problems.push(problem);
    }

    fn shown(&self, path: &str) -> String {
        self.context.files.shown(path)
    }
}

impl Loader<'_, '_> {
    fn with_construct(&mut self, loaded: LoadedResource, calls: &Calls) -> Resource {
        let LoadedResource { logical_id, mut resource, .. } = loaded;
        if resource.construct.is_none() {
            let home = calls.last().and_then(|(address, _)| self.stacks.get(address));
            let home = home.map_or("", String::as_str);
            resource.construct = self.stack.metadata.path_of(&logical_id, home).map(Arc::from);
        }
        if let Some(construct) = &resource.construct {
            resource.user_site = self.context.locator.locate(self.stack.metadata.frames(construct));
        }
        resource
    }

    /// What the template at a path holds beside resources.
    fn made(&mut self, root: NodeRef<'_>, file: FileId, path: &str) {
        let home = self.homes.get(path).map_or("", String::as_str);
        let members = SECTIONS.iter().filter_map(|section| root.get(section)).flat_map(NodeRef::entries);
        for (name, body) in members {
            let id = name.scalar_text().unwrap_or_default();
            let Some(construct) = self.stack.metadata.path_of(&id, home) else { continue };
            self.context.found.made.push(Made {
                block: Site::new(file, name.span().to(body.full_span())),
                construct: construct.into(),
                user_site: self.context.locator.locate(self.stack.metadata.frames(construct)),
            });
        }
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

/// What is known of a string.
fn texts_of(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => text.to_string(),
        Kind::Unknown(unknown) => {
            let known = unknown.parts.iter().filter_map(|part| match part {
                Part::Text { text, .. } => Some(&**text),
                // The first version of the library hands the place of an asset over in parameters named after its hash.
                Part::Unknown(Reason::Parameter { name, .. }) => Some(&**name),
                Part::Unknown(_) => None,
            });
            known.collect()
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            String::new()
        }
    }
}

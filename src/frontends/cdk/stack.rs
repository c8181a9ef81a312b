//! A stack with its nested stacks, as one unit.

use super::assembly::{Assets, Context};
use super::metadata::Metadata;
use super::paths;
use crate::findings::Problem;
use crate::frontends::cloudformation::{self, Calls, Child, Includes, Loaded, LoadedResource, Surroundings};
use crate::model::{Domain, Frontend, Kind, Part, Resource, Unit, Value};
use crate::syntax::doc;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) struct Stack<'a> {
    pub(super) name: &'a str,
    /// The assembly that the stack belongs to.
    pub(super) folder: &'a str,
    pub(super) template: &'a str,
    pub(super) metadata: &'a Metadata,
    pub(super) assets: &'a Assets,
}

pub(super) fn load(context: &mut Context<'_>, stack: &Stack<'_>) -> Unit {
    let mut loader = Loader { context, stack, assets: None };
    let kind = (Frontend::Cdk, stack.name);
    cloudformation::compose(&mut loader, kind, stack.template, BTreeMap::new(), Domain::default()).unit
}

struct Loader<'l, 'c> {
    context: &'l mut Context<'c>,
    stack: &'l Stack<'l>,
    assets: Option<BTreeMap<String, String>>,
}

impl Surroundings for Loader<'_, '_> {
    fn keep(&self, type_name: &str) -> bool {
        (self.context.keep)(type_name)
    }

    fn child(&mut self, nested: &LoadedResource, parent: &Loaded) -> Child {
        // A nested stack from elsewhere is no part of the assembly.
        let Some(asset) = self.asset_of(nested) else { return Child::None };
        match paths::join(self.stack.folder, &asset) {
            Some(path) => Child::At(path),
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
            Ok(document) => Some(Arc::new(Loaded::new(file, source, document))),
            Err(error) => {
                self.context.problems.push(cloudformation::problem(&source, &error));
                None
            }
        }
    }

    fn includes(&mut self, _of: &Loaded) -> Includes {
        Includes::default()
    }

    fn resource(&mut self, loaded: LoadedResource, _calls: &Calls) -> Resource {
        self.with_construct(loaded)
    }

    fn scoped(&self) -> bool {
        false
    }

    fn problem(&mut self, problem: Problem) {
        self.context.problems.push(problem);
    }

    fn shown(&self, path: &str) -> String {
        self.context.files.shown(path)
    }
}

impl Loader<'_, '_> {
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

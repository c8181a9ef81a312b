//! `AWS::Include`: files of the repository whose content stands where the transform does.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html>
//!
//! Only what `aws cloudformation package` would upload is read: a location that is written as a path. What lies in S3
//! stays unknown.

use super::call::call;
use super::files::{Files, Loaded, local_path};
use crate::source::FileId;
use crate::syntax::doc::NodeRef;
use memchr::memmem;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const INCLUDE: &str = "AWS::Include";

/// Files that one template includes, included ones included.
const MAX_FILES: usize = 200;

/// Files included inside each other.
pub(super) const MAX_DEPTH: usize = 8;

/// The included files of a template, by the file that names them and the location as written there.
#[derive(Debug, Default)]
pub struct Includes {
    files: BTreeMap<(FileId, Box<str>), Option<Arc<Loaded>>>,
    /// Why some of them were not read.
    cut: Option<String>,
}

impl Includes {
    /// Reads all that a template includes.
    #[must_use]
    pub fn read(of: &Loaded, files: &mut dyn Files) -> Self {
        let mut includes = Self::default();
        includes.collect(of, &mut vec![of.source.root_path.clone()], files);
        includes
    }

    fn collect(&mut self, of: &Loaded, open: &mut Vec<String>, files: &mut dyn Files) {
        for location in locations_in(of) {
            let key = (of.file, Box::from(&*location));
            if self.files.contains_key(&key) {
                continue;
            }
            if self.files.len() >= MAX_FILES || open.len() > MAX_DEPTH {
                self.cut = Some(format!(
                    "more than {MAX_FILES} files are included, or more than {MAX_DEPTH} inside each other"
                ));
                return;
            }
            // What would include itself stays unknown.
            let path = local_path(&of.source.root_path, &location).filter(|path| !open.contains(path));
            let loaded = path.and_then(|path| {
                let loaded = files.include(&path)?;
                open.push(path);
                self.collect(&loaded, open, files);
                open.pop();
                Some(loaded)
            });
            self.files.insert(key, loaded);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Why some files were not read, if there are any.
    pub(super) fn cut(&self) -> Option<&str> {
        self.cut.as_deref()
    }

    /// The included files themselves.
    pub(in crate::frontends) fn loaded(&self) -> impl Iterator<Item = &Loaded> {
        self.files.values().flatten().map(|loaded| &**loaded)
    }

    /// The root of what stands in place of a transform with this argument (`Name` and `Parameters`).
    pub(super) fn get<'d>(&'d self, file: FileId, argument: NodeRef<'_>) -> Option<NodeRef<'d>> {
        let location = location(argument)?;
        let loaded = self.files.get(&(file, Box::from(&*location)))?.as_deref()?;
        loaded.document.root(loaded.source.text())
    }
}

/// The paths of the files that a template includes by itself.
#[must_use]
pub fn included_in(of: &Loaded) -> Vec<String> {
    let locations = locations_in(of).into_iter();
    locations.filter_map(|location| local_path(&of.source.root_path, &location)).collect()
}

/// Whether a text may include anything; quickly, since hardly any does.
pub(super) fn is_mentioned(text: &str) -> bool {
    memmem::find(text.as_bytes(), INCLUDE.as_bytes()).is_some()
}

fn locations_in(of: &Loaded) -> Vec<String> {
    let mut locations = Vec::new();
    if is_mentioned(of.source.text()) {
        for root in of.document.roots(of.source.text()) {
            root.get("Transform").into_iter().for_each(|node| top_level(node, &mut locations));
            embedded(root, &mut locations);
        }
    }
    locations
}

/// Where an include leads, as written.
fn location(argument: NodeRef<'_>) -> Option<std::borrow::Cow<'_, str>> {
    (argument.get("Name")?.scalar_text()? == INCLUDE).then_some(())?;
    argument.get("Parameters")?.get("Location")?.scalar_text()
}

/// Whether a transform is an include, and where it leads, for people.
pub(super) fn written(argument: NodeRef<'_>) -> Option<String> {
    let is_include =
        argument.get("Name").is_some_and(|name| name.scalar_text().is_some_and(|name| name == INCLUDE));
    let leads = || location(argument).map_or_else(|| "…".to_owned(), std::borrow::Cow::into_owned);
    is_include.then(leads)
}

/// Whether a template's `Transform` has an include among its transforms.
pub(super) fn includes_at_top(root: NodeRef<'_>) -> bool {
    root.get("Transform").is_some_and(|node| each_at_top(node).any(|node| location(node).is_some()))
}

/// The transforms of a template: one, or a list of them.
pub(super) fn each_at_top(transform: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::once(transform).chain(transform.items())
}

fn top_level(transform: NodeRef<'_>, found: &mut Vec<String>) {
    found.extend(each_at_top(transform).filter_map(location).map(std::borrow::Cow::into_owned));
}

fn embedded(node: NodeRef<'_>, found: &mut Vec<String>) {
    if let Some(call) = call(node).filter(|call| call.name == "Fn::Transform") {
        found.extend(location(call.argument).map(std::borrow::Cow::into_owned));
        return;
    }
    for (key, value) in node.entries() {
        if key.scalar_text().is_some_and(|key| key == "Fn::Transform") {
            found.extend(location(value).map(std::borrow::Cow::into_owned));
        } else {
            embedded(value, found);
        }
    }
    node.items().for_each(|item| embedded(item, found));
}

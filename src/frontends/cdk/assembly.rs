//! Manifests: which stacks and stages an assembly has.

use super::frames::Locator;
use super::metadata::Metadata;
use super::stack::{self, Stack};
use super::{Files, paths};
use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation;
use crate::model::Unit;
use crate::source::SourceFile;
use crate::syntax::doc::{self, Document, NodeRef};
use std::collections::{BTreeMap, BTreeSet};

/// Stages inside stages.
const MAX_STAGES: usize = 16;

pub(super) struct Context<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) keep: &'a dyn Fn(&str) -> bool,
    pub(super) locator: Locator<'a>,
    pub(super) problems: Vec<Problem>,
    units: Vec<Unit>,
    seen: BTreeSet<String>,
}

pub(super) fn load(
    folder: &str,
    files: &dyn Files,
    keep: &dyn Fn(&str) -> bool,
) -> (Vec<Unit>, Vec<Problem>) {
    let folder = folder.trim_matches('/');
    let mut context = Context {
        files,
        keep,
        locator: Locator::new(files, folder),
        problems: Vec::new(),
        units: Vec::new(),
        seen: BTreeSet::new(),
    };
    context.assembly(folder, 0);
    (context.units, context.problems)
}

impl Context<'_> {
    fn assembly(&mut self, folder: &str, depth: usize) {
        let Some(path) = paths::join(folder, "manifest.json") else { return };
        if !self.seen.insert(path.clone()) {
            return;
        }
        if depth > MAX_STAGES {
            self.problem(
                ProblemKind::Limit,
                &path,
                format!("more than {MAX_STAGES} stages inside each other"),
            );
            return;
        }
        let Some((source, document)) = self.json(&path) else { return };
        let Some(root) = document.root(source.text()) else { return };
        let Some(artifacts) = root.get("artifacts").filter(|artifacts| artifacts.is_mapping()) else {
            // An app without stacks has none.
            return;
        };
        let assets = Assets::named(artifacts);
        for (id, artifact) in artifacts.entries() {
            let text = |key: &str| artifact.get("properties")?.get(key)?.scalar_text();
            match artifact.get("type").and_then(NodeRef::scalar_text).as_deref() {
                Some("aws:cloudformation:stack") => {
                    let id = id.scalar_text().unwrap_or_default();
                    self.stack(folder, &id, artifact, &assets);
                }
                Some("cdk:cloud-assembly") => {
                    let directory = text("directoryName").and_then(|name| paths::join(folder, &name));
                    match directory {
                        Some(directory) => self.assembly(&directory, depth + 1),
                        None => self.outside(&path, "a stage"),
                    }
                }
                _ => {}
            }
        }
    }

    fn stack(&mut self, folder: &str, id: &str, artifact: NodeRef<'_>, assets: &Assets) {
        let property = |key: &str| artifact.get("properties")?.get(key)?.scalar_text();
        let Some(template) = property("templateFile").and_then(|file| paths::join(folder, &file)) else {
            let manifest = format!("{folder}/manifest.json");
            return self.outside(manifest.trim_start_matches('/'), &format!("the template of stack `{id}`"));
        };
        let mut metadata = Metadata::default();
        artifact.get("metadata").into_iter().for_each(|node| metadata.read(node));
        if let Some(file) = artifact.get("additionalMetadataFile").and_then(NodeRef::scalar_text)
            && let Some(path) = paths::join(folder, &file)
            && let Some((source, document)) = self.json(&path)
        {
            document.root(source.text()).into_iter().for_each(|node| metadata.read(node));
        }
        let name = artifact.get("displayName").and_then(NodeRef::scalar_text);
        let name = name.unwrap_or(std::borrow::Cow::Borrowed(id));
        let stack = Stack { name: &name, folder, template: &template, metadata: &metadata, assets };
        let unit = stack::load(self, &stack);
        self.units.push(unit);
    }

    /// Reads a JSON file that is no source of findings.
    pub(super) fn json(&mut self, path: &str) -> Option<(SourceFile, Document)> {
        let text = self.read(path)?;
        let source = SourceFile::new(self.files.shown(path), path.to_owned(), text, false);
        match doc::parse_json(source.text()) {
            Ok(document) => Some((source, document)),
            Err(error) => {
                self.problems.push(cloudformation::problem(&source, &error));
                None
            }
        }
    }

    pub(super) fn read(&mut self, path: &str) -> Option<String> {
        match self.files.read(path) {
            Ok(text) => Some(text),
            Err(error) => {
                self.problem(ProblemKind::Io, path, error.to_string());
                None
            }
        }
    }

    pub(super) fn problem(&mut self, kind: ProblemKind, path: &str, message: String) {
        let path = self.files.shown(path);
        self.problems.push(Problem { kind, path, start: None, message });
    }

    pub(super) fn outside(&mut self, path: &str, what: &str) {
        self.problem(ProblemKind::Io, path, format!("{what} is not named, or lies outside the repository"));
    }
}

/// Asset manifests of an assembly, read when a nested stack does not name its template itself.
#[derive(Debug)]
pub(super) struct Assets {
    files: Vec<String>,
}

impl Assets {
    fn named(artifacts: NodeRef<'_>) -> Self {
        let manifests = artifacts.entries().filter_map(|(_, artifact)| {
            let kind = artifact.get("type")?.scalar_text()?;
            let file = artifact.get("properties")?.get("file")?.scalar_text()?;
            (kind == "cdk:asset-manifest").then(|| file.into_owned())
        });
        Self { files: manifests.collect() }
    }

    /// Paths of file assets by their hash.
    pub(super) fn read(&self, context: &mut Context<'_>, folder: &str) -> BTreeMap<String, String> {
        let mut paths = BTreeMap::new();
        for file in &self.files {
            let Some((source, document)) = paths::join(folder, file).and_then(|path| context.json(&path))
            else {
                continue;
            };
            let files = document.root(source.text()).and_then(|root| root.get("files"));
            for (hash, asset) in files.into_iter().flat_map(NodeRef::entries) {
                let path =
                    asset.get("source").and_then(|source| source.get("path")).and_then(NodeRef::scalar_text);
                if let (Some(hash), Some(path)) = (hash.scalar_text(), path) {
                    paths.insert(hash.into_owned(), path.into_owned());
                }
            }
        }
        paths
    }
}

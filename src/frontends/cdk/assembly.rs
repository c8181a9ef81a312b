//! Manifests: which stacks and stages an assembly has.

use super::assets::Assets;
use super::locator::Locator;
use super::metadata::{Excepted, Metadata, Said};
use super::stack::{self, Stack};
use super::{Assembly, Files, paths};
use crate::exceptions::OfConstruct;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation;
use crate::model::{Acknowledgement, Unit};
use crate::source::{FileId, Site, SourceFile, Span};
use crate::syntax::doc::{self, Document, NodeRef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Stages inside stages.
const MAX_STAGES: usize = 16;

/// The namespace of this tool's rules among those of other plugins.
const NAMESPACE: &str = "keyless";

pub(super) struct Context<'a> {
    /// Of the whole app.
    folder: Arc<str>,
    pub(super) files: &'a dyn Files,
    pub(super) keep: &'a dyn Fn(&str) -> bool,
    pub(super) locator: Locator<'a>,
    pub(super) found: Assembly,
    seen: BTreeSet<String>,
    /// Files of the assembly that something is said in.
    said_in: BTreeMap<String, FileId>,
}

pub(super) fn load(folder: &str, files: &dyn Files, keep: &dyn Fn(&str) -> bool) -> Assembly {
    let folder = match folder {
        "." => "",
        folder => folder.trim_matches('/'),
    };
    let mut context = Context {
        folder: folder.into(),
        files,
        keep,
        locator: Locator::new(files, folder),
        found: Assembly::default(),
        seen: BTreeSet::new(),
        said_in: BTreeMap::new(),
    };
    context.assembly(folder, 0);
    context.found
}

/// The stacks of one manifest, and what is told of them.
struct Stacks<'a> {
    folder: &'a str,
    assets: Assets,
    /// By the stack's id.
    metadata: BTreeMap<String, Metadata>,
    templates: BTreeSet<String>,
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
        let mut stacks = Stacks {
            folder,
            assets: Assets::named(artifacts),
            metadata: BTreeMap::new(),
            templates: BTreeSet::new(),
        };
        for (id, artifact) in artifacts.entries() {
            match artifact.get("type").and_then(NodeRef::scalar_text).as_deref() {
                Some("aws:cloudformation:stack") => {
                    let id = id.scalar_text().unwrap_or_default();
                    self.stack(&id, artifact, &mut stacks);
                }
                Some("cdk:cloud-assembly") => {
                    let name = artifact.get("properties").and_then(|all| all.get("directoryName"));
                    let name = name.and_then(NodeRef::scalar_text);
                    match name.and_then(|name| paths::join(folder, &name)) {
                        Some(directory) => self.assembly(&directory, depth + 1),
                        None => self.outside(&path, "a stage"),
                    }
                }
                _ => {}
            }
        }
        self.products(&stacks);
    }

    fn stack(&mut self, id: &str, artifact: NodeRef<'_>, stacks: &mut Stacks<'_>) {
        let folder = stacks.folder;
        let property = |key: &str| artifact.get("properties")?.get(key)?.scalar_text();
        let manifest = paths::join(folder, "manifest.json").unwrap_or_default();
        let Some(template) = property("templateFile").and_then(|file| paths::join(folder, &file)) else {
            return self.outside(&manifest, &format!("the template of stack `{id}`"));
        };
        let mut metadata = Metadata::default();
        let inline = artifact.get("metadata");
        inline.into_iter().for_each(|node| metadata.read(node, &manifest));
        inline.into_iter().for_each(|node| stacks.assets.note(node));
        if let Some(file) = artifact.get("additionalMetadataFile").and_then(NodeRef::scalar_text) {
            match paths::join(folder, &file) {
                Some(path) => {
                    if let Some((source, document)) = self.json(&path)
                        && let Some(node) = document.root(source.text())
                    {
                        metadata.read(node, &path);
                        stacks.assets.note(node);
                    }
                }
                None => self.outside(&manifest, &format!("the metadata of stack `{id}`")),
            }
        }
        let name = artifact.get("displayName").and_then(NodeRef::scalar_text);
        let name = name.unwrap_or(std::borrow::Cow::Borrowed(id));
        let stack =
            Stack { name: &name, folder, template: &template, metadata: &metadata, assets: &stacks.assets };
        let (mut unit, templates) = stack::load(self, &stack);
        unit.assembly = Some(Arc::clone(&self.folder));
        unit.account =
            artifact.get("environment").and_then(NodeRef::scalar_text).and_then(|text| account(&text));
        stacks.templates.extend(templates);
        self.take(unit, &metadata);
        stacks.metadata.insert(id.to_owned(), metadata);
    }

    fn take(&mut self, unit: Unit, metadata: &Metadata) {
        let templates: Arc<[FileId]> = unit.files.clone().into();
        metadata.said.iter().for_each(|said| self.acknowledge(said, &templates));
        metadata.excepted.iter().for_each(|said| self.except(said, &templates));
        self.found.units.push(unit);
    }

    /// Keeps what is said of this tool's rules; other plugins' are their own.
    fn acknowledge(&mut self, said: &Said, templates: &Arc<[FileId]>) {
        let Some((NAMESPACE, rule)) = said.rule.split_once("::") else { return };
        let Some(said_at) = self.locator.locate(&said.frames).or_else(|| self.said_at(&said.file, said.span))
        else {
            return;
        };
        self.found.acknowledged.push(Acknowledgement {
            templates: Arc::clone(templates),
            construct: said.construct.as_str().into(),
            rule: rule.into(),
            reason: said.reason.as_str().into(),
            said_at,
        });
    }

    fn except(&mut self, said: &Excepted, templates: &Arc<[FileId]>) {
        let at = self.locator.locate(&said.frames).or_else(|| self.said_at(&said.file, said.span));
        let Some(said_at) = at else { return };
        self.found.excepted.push(OfConstruct {
            templates: Arc::clone(templates),
            construct: said.construct.as_str().into(),
            words: said.words.as_deref().map(Into::into),
            said_at,
        });
    }

    /// The place in the assembly, where the user's code is not here.
    fn said_at(&mut self, path: &str, span: Span) -> Option<Site> {
        if !self.said_in.contains_key(path) {
            let text = self.read(path)?;
            let (file, _) = self.files.add(path, text);
            self.said_in.insert(path.to_owned(), file);
        }
        self.said_in.get(path).map(|file| Site::new(*file, span))
    }

    /// Templates that others deploy: products of a service catalogue.
    fn products(&mut self, stacks: &Stacks<'_>) {
        for (stack, file) in stacks.assets.templates(self, stacks.folder) {
            let Some(path) = paths::join(stacks.folder, &file) else { continue };
            if stacks.templates.contains(&path) {
                continue;
            }
            let is_template = self.files.read(&path).is_ok_and(|text| cloudformation::sniff(&text));
            let Some(metadata) = stacks.metadata.get(&stack).filter(|_| is_template) else { continue };
            let Stacks { folder, assets, .. } = stacks;
            let product = Stack { name: &file, folder, template: &path, metadata, assets };
            let (unit, _) = stack::load(self, &product);
            self.take(unit, metadata);
        }
    }

    /// Reads a JSON file that is no source of findings.
    pub(super) fn json(&mut self, path: &str) -> Option<(SourceFile, Document)> {
        let text = self.read(path)?;
        let source = SourceFile::new(self.files.shown(path), path.to_owned(), text, false);
        match doc::parse_json(source.text()) {
            Ok(document) => Some((source, document)),
            Err(error) => {
                self.found.problems.push(cloudformation::problem(&source, &error));
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
        self.found.problems.push(Problem { kind, path, start: None, message });
    }

    pub(super) fn outside(&mut self, path: &str, what: &str) {
        self.problem(ProblemKind::Io, path, format!("{what} is not named, or lies outside the repository"));
    }
}

/// The account in `aws://ACCOUNT/REGION`; `unknown-account` where a stack may go into any.
fn account(environment: &str) -> Option<Arc<str>> {
    let account = environment.strip_prefix("aws://")?.split('/').next()?;
    account.bytes().all(|byte| byte.is_ascii_digit()).then(|| account.into())
}

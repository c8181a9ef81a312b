//! File assets of an assembly: read when a nested stack does not name its template itself, and for templates that no
//! stack is made of.

use super::assembly::Context;
use super::paths;
use crate::syntax::doc::NodeRef;
use std::collections::BTreeMap;

#[derive(Debug)]
pub(super) struct Assets {
    /// Asset manifests, by the stack that they belong to.
    manifests: Vec<(String, String)>,
    /// Paths by hash, as the first version of the library noted them among a stack's metadata.
    noted: BTreeMap<String, String>,
}

impl Assets {
    pub(super) fn named(artifacts: NodeRef<'_>) -> Self {
        let manifests = artifacts.entries().filter_map(|(id, artifact)| {
            let kind = artifact.get("type")?.scalar_text()?;
            let file = artifact.get("properties")?.get("file")?.scalar_text()?;
            let id = id.scalar_text()?;
            let stack = id.strip_suffix(".assets").unwrap_or(&id).to_owned();
            (kind == "cdk:asset-manifest").then(|| (stack, file.into_owned()))
        });
        Self { manifests: manifests.collect(), noted: BTreeMap::new() }
    }

    /// Takes the assets that a stack's metadata tells of.
    pub(super) fn note(&mut self, metadata: NodeRef<'_>) {
        for note in metadata.entries().flat_map(|(_, notes)| notes.items()) {
            if note.get("type").and_then(NodeRef::scalar_text).as_deref() != Some("aws:cdk:asset") {
                continue;
            }
            let text = |key: &str| note.get("data")?.get(key)?.scalar_text();
            if let (Some(hash), Some(path)) = (text("sourceHash").or_else(|| text("id")), text("path")) {
                self.noted.insert(hash.into_owned(), path.into_owned());
            }
        }
    }

    /// Paths of file assets by their hash.
    pub(super) fn read(&self, context: &mut Context<'_>, folder: &str) -> BTreeMap<String, String> {
        let mut paths = self.noted.clone();
        for (_, file) in &self.manifests {
            paths.extend(listed(file, context, folder));
        }
        paths
    }

    /// What may be templates among the assets, with the stack that each belongs to. Other assets are copies of files
    /// of the repository, named after their hash.
    pub(super) fn templates(&self, context: &mut Context<'_>, folder: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (stack, file) in &self.manifests {
            // Who keeps templates alone has no use for the list of what is uploaded with them.
            let path = paths::join(folder, file);
            if path.is_none_or(|path| context.files.read(&path).is_err()) {
                continue;
            }
            let listed = listed(file, context, folder).into_iter().map(|(_, path)| path);
            let templates = listed.filter(|path| path.ends_with(".template.json"));
            found.extend(templates.map(|path| (stack.clone(), path)));
        }
        found.sort();
        found.dedup();
        found
    }
}

fn listed(file: &str, context: &mut Context<'_>, folder: &str) -> Vec<(String, String)> {
    let read = paths::join(folder, file).and_then(|path| context.json(&path));
    let Some((source, document)) = read else { return Vec::new() };
    let files = document.root(source.text()).and_then(|root| root.get("files"));
    let assets = files.into_iter().flat_map(NodeRef::entries);
    let paths = assets.filter_map(|(hash, asset)| {
        let path = asset.get("source")?.get("path")?.scalar_text()?;
        Some((hash.scalar_text()?.into_owned(), path.into_owned()))
    });
    paths.collect()
}

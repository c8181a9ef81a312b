//! Modules as they are written: folders of files, and which of them call which. Knows no values.

use crate::fixes::Locks;
use crate::source::{FileId, Site, SourceFile, Sources, Span, folder_of};
use crate::syntax::hcl::{self, Block, Body, ExprId, ExprKind, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// <https://developer.hashicorp.com/terraform/language/files/dependency-lock>
const LOCK: &str = ".terraform.lock.hcl";

/// A file of code with its tree.
#[derive(Debug)]
pub(super) struct CodeFile {
    pub(super) id: FileId,
    pub(super) source: Arc<SourceFile>,
    pub(super) tree: Tree,
}

impl CodeFile {
    fn read(id: FileId, source: Arc<SourceFile>) -> Self {
        let is_json = source.root_path.ends_with(".json");
        let parsed = if is_json { hcl::parse_json(source.text()) } else { hcl::parse(source.text()) };
        Self { id, source, tree: parsed.tree }
    }

    pub(super) fn text(&self, span: Span) -> &str {
        self.tree.text(self.source.text(), span)
    }

    pub(super) fn site(&self, span: Span) -> Site {
        Site::new(self.id, self.tree.file_span(span))
    }

    pub(super) fn holds(&self, span: Span, site: Site) -> bool {
        self.id == site.file && self.tree.file_span(span).contains(site.span)
    }

    pub(super) fn attribute(&self, body: &Body, name: &str) -> Option<ExprId> {
        let named = body.attributes.iter().find(|attribute| self.text(attribute.name) == name);
        named.map(|attribute| attribute.expr)
    }

    pub(super) fn blocks<'t>(&'t self, body: &'t Body, keyword: &'t str) -> impl Iterator<Item = &'t Block> {
        body.blocks.iter().filter(move |block| self.text(block.keyword) == keyword)
    }

    pub(super) fn label<'t>(&'t self, block: &Block, at: usize) -> &'t str {
        block.labels.get(at).map_or("", |label| self.text(label.text))
    }

    /// A string without interpolation.
    pub(super) fn plain(&self, id: ExprId) -> Option<&str> {
        match self.tree.expr(id).kind {
            ExprKind::Plain(span) => Some(self.text(span)),
            _ => None,
        }
    }

    /// Whether an attribute of a block is the word `true`.
    pub(super) fn says_true(&self, body: &Body, name: &str) -> bool {
        let kind = self.attribute(body, name).map(|id| self.tree.expr(id).kind);
        matches!(kind, Some(ExprKind::Bool(true)))
    }
}

/// The files of one folder: a module.
#[derive(Debug)]
pub(in crate::fixes) struct Folder {
    /// From the root, without a slash at the end.
    pub(super) path: String,
    pub(super) files: Vec<CodeFile>,
    /// The file beside them that says which versions of providers run, where this is where plans are made.
    pub(super) lock: Option<String>,
    /// By keyword, the blocks of all files: each with the number of its file and its own.
    index: OnceLock<BTreeMap<String, Vec<(usize, usize)>>>,
}

impl Folder {
    pub(super) fn blocks<'f>(
        &'f self,
        keyword: &str,
    ) -> impl Iterator<Item = (&'f CodeFile, &'f Block)> + 'f {
        let index = self.index.get_or_init(|| {
            let mut index: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
            for (at, file) in self.files.iter().enumerate() {
                for (inner, block) in file.tree.body.blocks.iter().enumerate() {
                    index.entry(file.text(block.keyword).to_owned()).or_default().push((at, inner));
                }
            }
            index
        });
        index.get(keyword).into_iter().flatten().filter_map(|(at, inner)| {
            let file = self.files.get(*at)?;
            Some((file, file.tree.body.blocks.get(*inner)?))
        })
    }

    pub(super) fn named<'f>(
        &'f self,
        keyword: &'f str,
        labels: &[&str],
    ) -> Option<(&'f CodeFile, &'f Block)> {
        let wanted = |(file, block): &(&CodeFile, &Block)| {
            labels.iter().enumerate().all(|(at, label)| file.label(block, at) == *label)
        };
        self.blocks(keyword).find(wanted)
    }

    /// The top-level block that holds a place.
    pub(super) fn at(&self, site: Site) -> Option<(&CodeFile, &Block)> {
        let file = self.files.iter().find(|file| file.id == site.file)?;
        let block = file.tree.body.blocks.iter().find(|block| file.holds(block.span, site))?;
        Some((file, block))
    }
}

/// Where the code of a call is.
pub(super) enum Callee<'m> {
    Here(&'m Folder),
    /// In a registry, another repository, outside the root.
    Elsewhere,
}

/// The files of a folder, parsed when somebody asks.
#[derive(Debug, Default)]
struct Held {
    files: Vec<(FileId, Arc<SourceFile>)>,
    lock: Option<String>,
    parsed: OnceLock<Folder>,
}

/// All modules of a run that are the user's own.
#[derive(Debug)]
pub(in crate::fixes) struct Modules {
    folders: BTreeMap<String, Held>,
    /// By the path of a folder, those that call it.
    callers: OnceLock<BTreeMap<String, BTreeSet<String>>>,
}

impl Modules {
    pub(in crate::fixes) fn of(sources: &Sources, locks: Locks<'_>) -> Self {
        let mut folders: BTreeMap<String, Held> = BTreeMap::new();
        for (at, source) in sources.all().into_iter().enumerate() {
            let path = source.root_path.clone();
            let is_code = [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|end| path.ends_with(end));
            let third = path.split('/').any(|part| part == ".terraform");
            if !is_code || third || !source.is_whole() {
                continue;
            }
            let Ok(id) = u32::try_from(at) else { continue };
            let files = &mut folders.entry(folder_of(&path).to_owned()).or_default().files;
            if files.iter().all(|(_, known)| known.root_path != path) {
                files.push((FileId(id), source));
            }
        }
        for (path, held) in &mut folders {
            let name = if path.is_empty() { LOCK.to_owned() } else { format!("{path}/{LOCK}") };
            held.lock = locks(&name);
        }
        Self { folders, callers: OnceLock::new() }
    }

    pub(super) fn folder(&self, path: &str) -> Option<&Folder> {
        let (path, Held { files, lock, parsed }) = self.folders.get_key_value(path)?;
        Some(parsed.get_or_init(|| {
            let files = files.iter().map(|(id, source)| CodeFile::read(*id, Arc::clone(source)));
            Folder { path: path.clone(), files: files.collect(), lock: lock.clone(), index: OnceLock::new() }
        }))
    }

    /// The folder of a file.
    pub(in crate::fixes) fn of_file(&self, source: &SourceFile) -> Option<&Folder> {
        self.folder(folder_of(&source.root_path))
    }

    pub(super) fn callee(&self, folder: &Folder, file: &CodeFile, call: &Block) -> Callee<'_> {
        let source = file.attribute(&call.body, "source").and_then(|id| file.plain(id));
        let path = source.and_then(|source| joined(&folder.path, source));
        path.and_then(|path| self.folder(&path)).map_or(Callee::Elsewhere, Callee::Here)
    }

    /// The folders that call one.
    pub(super) fn callers(&self, callee: &Folder) -> Vec<&Folder> {
        let callers = self.callers.get_or_init(|| self.find_callers());
        let paths = callers.get(&callee.path).into_iter().flatten().filter(|path| **path != callee.path);
        paths.filter_map(|path| self.folder(path)).collect()
    }

    fn find_callers(&self) -> BTreeMap<String, BTreeSet<String>> {
        let calls = memchr::memmem::Finder::new("module");
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, Held { files, .. }) in &self.folders {
            if !files.iter().any(|(_, file)| calls.find(file.text().as_bytes()).is_some()) {
                continue;
            }
            let Some(folder) = self.folder(path) else { continue };
            for (file, call) in folder.blocks("module") {
                if let Callee::Here(called) = self.callee(folder, file, call) {
                    found.entry(called.path.clone()).or_default().insert(path.clone());
                }
            }
        }
        found
    }

    /// The folders from which a plan that has this one in it may be made: those that lead to it and nobody calls.
    pub(super) fn roots<'m>(&'m self, folder: &'m Folder) -> Vec<&'m Folder> {
        let mut seen: Vec<&Folder> = vec![folder];
        let mut roots = Vec::new();
        let mut at = 0;
        while let Some(next) = seen.get(at).copied() {
            at += 1;
            let callers = self.callers(next);
            if callers.is_empty() {
                roots.push(next);
            }
            for caller in callers {
                if seen.iter().all(|known| known.path != caller.path) {
                    seen.push(caller);
                }
            }
        }
        roots
    }
}

/// The folder that a local source names; none for a source of another kind.
fn joined(folder: &str, source: &str) -> Option<String> {
    let is_local =
        ["./", "../"].iter().any(|start| source.starts_with(start)) || [".", ".."].contains(&source);
    if !is_local {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in source.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn local_sources_name_folders() {
        for (folder, source, wanted) in [
            ("", "./modules/db", Some("modules/db")),
            ("live/prod", "../../modules//db/", Some("modules/db")),
            ("live", "..", Some("")),
            ("live", "../..", None),
            ("live", "terraform-aws-modules/rds/aws", None),
            ("live", "git::https://example.com/a.git", None),
        ] {
            assert_eq!(joined(folder, source).as_deref(), wanted, "{folder} {source}");
        }
    }
}

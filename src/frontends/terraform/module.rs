//! One module: the files of a folder, indexed by what they declare.

use super::Files;
use crate::source::{FileId, Site, SourceFile, Span};
use crate::syntax::hcl::{Block, Body, ExprId, ExprKind, Part, Tree};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A parsed file of a module.
#[derive(Debug)]
pub struct ModuleFile {
    pub id: FileId,
    pub source: Arc<SourceFile>,
    pub tree: Arc<Tree>,
}

impl ModuleFile {
    #[inline]
    pub(crate) fn text(&self, span: Span) -> &str {
        self.tree.text(self.source.text(), span)
    }

    #[inline]
    pub(crate) fn site(&self, span: Span) -> Site {
        Site::new(self.id, self.tree.file_span(span))
    }

    /// The file's name without its folder.
    pub(crate) fn name(&self) -> &str {
        self.source.root_path.rsplit('/').next().unwrap_or("")
    }

    /// Whether any text that is written in an expression, which is a string, is such.
    pub(super) fn has_text(&self, expr: ExprId, is: impl Fn(&str) -> bool) -> bool {
        match &self.tree.expr(expr).kind {
            ExprKind::Plain(span) => is(self.text(*span)),
            ExprKind::Template(parts) => self.tree.parts(*parts).iter().any(|part| match part {
                Part::Raw(span) => is(self.text(*span)),
                Part::Text { text, .. } => is(text),
                Part::Interpolation(_) | Part::If(_) | Part::For(_) => false,
            }),
            _ => false,
        }
    }

    /// The text of an expression that is a plain string.
    pub(crate) fn plain(&self, expr: ExprId) -> Option<&str> {
        if let ExprKind::Plain(span) = self.tree.expr(expr).kind { Some(self.text(span)) } else { None }
    }
}

/// A block of one of the module's files: at its top, or within one that is (in a `check`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockRef {
    pub(super) file: u32,
    pub(super) block: u32,
    pub(super) inner: Option<u32>,
}

/// A local value: the file and expression.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalRef {
    pub(crate) file: u32,
    pub(crate) name: Span,
    pub(crate) expr: ExprId,
}

/// A resource, data source or ephemeral resource; overriding blocks stand last.
#[derive(Debug)]
pub(crate) struct ResourceDecl {
    pub(crate) mode: Mode,
    pub(crate) type_name: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) blocks: Vec<BlockRef>,
    /// Another of the same name and of another mode or type.
    pub(super) same_name: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mode {
    Managed,
    Data,
    Ephemeral,
}

impl Mode {
    /// What an address of this mode begins with.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Managed => "",
            Self::Data => "data.",
            Self::Ephemeral => "ephemeral.",
        }
    }
}

/// What a module call refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ModuleSource {
    /// A folder, relative to the root of the analysis.
    Local(String),
    /// A registry, git or other remote source, as written.
    Remote(String),
    /// Not a literal.
    Unclear,
}

#[derive(Debug)]
pub(crate) struct ModuleCall {
    pub(crate) name: Arc<str>,
    pub(crate) blocks: Vec<BlockRef>,
    pub(crate) source: ModuleSource,
}

/// A provider's configuration; overriding blocks stand last.
#[derive(Debug)]
pub(crate) struct ProviderDecl {
    pub(crate) name: Arc<str>,
    pub(crate) alias: Option<Arc<str>>,
    pub(crate) blocks: Vec<BlockRef>,
}

/// The parsed files of one folder by what they are.
#[derive(Debug, Default)]
pub struct FolderFiles {
    /// `*.tf`, `*.tofu` and their JSON forms.
    pub configuration: Vec<ModuleFile>,
    /// `*.tfvars`, `*.tfvars.json`.
    pub values: Vec<ModuleFile>,
    /// `*.tfbackend`.
    pub backends: Vec<ModuleFile>,
}

/// A folder of Terraform code.
#[derive(Debug)]
pub struct Module {
    /// Relative to the root of the analysis; empty for the root itself.
    pub folder: String,
    pub(crate) files: Vec<ModuleFile>,
    /// Files of values that Terraform loads by itself, in the order in which it applies them.
    pub(crate) values: Vec<ModuleFile>,
    /// Files of values that somebody names on the command line.
    pub(crate) other_values: Vec<ModuleFile>,
    /// `*.tfbackend` files.
    pub(crate) backends: Vec<ModuleFile>,
    pub(crate) variables: BTreeMap<Arc<str>, Vec<BlockRef>>,
    /// Of several of one name the last one holds.
    pub(crate) locals: BTreeMap<Arc<str>, Vec<LocalRef>>,
    pub(crate) outputs: BTreeMap<Arc<str>, Vec<BlockRef>>,
    pub(crate) resources: Vec<ResourceDecl>,
    /// By name, the last one; it leads to the others of the name.
    pub(super) resource_index: FxHashMap<Arc<str>, u32>,
    /// By name; a second call of the same name, which Terraform refuses, by a key that nothing can refer to.
    pub(crate) calls: BTreeMap<Arc<str>, ModuleCall>,
    pub(crate) providers: Vec<ProviderDecl>,
    pub(crate) settings: Vec<BlockRef>,
    /// Modules that `terraform init` installed under this root: dotted call path to folder.
    pub(crate) installed: BTreeMap<String, String>,
}

impl Module {
    /// Files that hold its configuration.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    pub(crate) fn resource(&self, mode: Mode, type_name: &str, name: &str) -> Option<usize> {
        let mut at = self.resource_index.get(name).copied();
        while let Some(found) = at {
            let known = self.resources.get(found as usize)?;
            if known.mode == mode && *known.type_name == *type_name {
                return Some(found as usize);
            }
            at = known.same_name;
        }
        None
    }

    pub(crate) fn block(&self, at: BlockRef) -> (&ModuleFile, &Block) {
        let file = &self.files[at.file as usize];
        let block = &file.tree.body.blocks[at.block as usize];
        (file, at.inner.map_or(block, |inner| &block.body.blocks[inner as usize]))
    }

    /// An argument of something declared by these blocks, of which the last one that says it holds.
    pub(crate) fn argument(&self, blocks: &[BlockRef], name: &str) -> Option<(&ModuleFile, ExprId)> {
        blocks.iter().rev().find_map(|at| {
            let (file, block) = self.block(*at);
            find_attribute(file, &block.body, name).map(|expr| (file, expr))
        })
    }

    /// All files with the ids that spans point into.
    pub fn file_ids(&self) -> impl Iterator<Item = FileId> {
        [&self.files, &self.values, &self.other_values, &self.backends]
            .into_iter()
            .flatten()
            .map(|file| file.id)
    }

    /// Whether a variable is declared with `sensitive = true` or `ephemeral = true`.
    #[must_use]
    pub fn marks_secret(&self, variable: &str) -> bool {
        let blocks = self.variables.get(variable).map_or(&[][..], Vec::as_slice);
        ["sensitive", "ephemeral"].iter().any(|name| {
            self.argument(blocks, name)
                .is_some_and(|(file, expr)| matches!(file.tree.expr(expr).kind, ExprKind::Bool(true)))
        })
    }

    /// The types of resources, as often as they stand here.
    pub fn resource_types(&self) -> impl Iterator<Item = &Arc<str>> {
        self.resources.iter().map(|decl| &decl.type_name)
    }

    /// Names of the declared variables.
    pub fn variable_names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.variables.keys()
    }

    /// Folders that calls of this module name.
    pub fn local_sources(&self) -> impl Iterator<Item = &str> {
        self.calls.values().filter_map(|call| match &call.source {
            ModuleSource::Local(folder) => Some(folder.as_str()),
            ModuleSource::Remote(_) | ModuleSource::Unclear => None,
        })
    }

    /// Where `terraform init` says which modules it installed for a folder.
    #[must_use]
    pub fn manifest(folder: &str) -> String {
        join(folder, ".terraform/modules/modules.json")
    }

    /// Reads `.terraform/modules/modules.json`, which `terraform init` writes, where it is there.
    /// Format: <https://github.com/hashicorp/terraform/blob/main/internal/modsdir/record.go>
    pub fn read_installed(&mut self, files: &dyn Files) {
        let Ok(text) = files.read_unlisted(&Self::manifest(&self.folder)) else { return };
        let Ok(manifest) = serde_json::from_str::<serde_json::Value>(&text) else { return };
        let records = manifest.get("Modules").and_then(serde_json::Value::as_array);
        for record in records.into_iter().flatten() {
            let field = |name: &str| record.get(name).and_then(serde_json::Value::as_str);
            if let (Some(key), Some(folder)) = (field("Key"), field("Dir"))
                && !key.is_empty()
                && let Some(folder) = normalize(&join(&self.folder, folder))
            {
                self.installed.insert(key.to_owned(), folder);
            }
        }
    }

    /// Folders that calls lead to, of this module or, as far as `terraform init` installed them, of those below.
    pub fn called_folders(&self) -> impl Iterator<Item = &str> {
        self.local_sources().chain(self.installed.values().map(String::as_str))
    }
}

pub(crate) fn find_attribute(file: &ModuleFile, body: &Body, name: &str) -> Option<ExprId> {
    body.attributes.iter().find(|attribute| file.text(attribute.name) == name).map(|found| found.expr)
}

pub(crate) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// Resolves `.` and `..`; `None` where the path leaves the root.
pub(crate) fn normalize(path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

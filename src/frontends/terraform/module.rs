//! One module: the files of a folder, indexed by what they declare.

use super::Files;
use crate::source::{FileId, Site, SourceFile, Span};
use crate::syntax::hcl::{Block, Body, ExprId, Tree};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A parsed file of a module.
#[derive(Debug)]
pub struct ModuleFile {
    pub id: FileId,
    pub source: Arc<SourceFile>,
    pub tree: Tree,
}

impl ModuleFile {
    pub(crate) fn text(&self, span: Span) -> &str {
        self.tree.text(self.source.text(), span)
    }

    pub(crate) fn site(&self, span: Span) -> Site {
        Site::new(self.id, self.tree.file_span(span))
    }

    /// The file's name without its folder.
    pub(crate) fn name(&self) -> &str {
        self.source.root_path.rsplit('/').next().unwrap_or("")
    }

    fn is_override(&self) -> bool {
        let stem = self.name().split('.').next().unwrap_or("");
        stem == "override" || stem.ends_with("_override")
    }
}

/// A block at the top of one of the module's files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockRef {
    file: u32,
    block: u32,
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
    pub(crate) locals: BTreeMap<Arc<str>, LocalRef>,
    pub(crate) outputs: BTreeMap<Arc<str>, Vec<BlockRef>>,
    pub(crate) resources: Vec<ResourceDecl>,
    resource_index: FxHashMap<(Mode, Arc<str>, Arc<str>), usize>,
    pub(crate) calls: BTreeMap<Arc<str>, ModuleCall>,
    pub(crate) providers: Vec<BlockRef>,
    pub(crate) settings: Vec<BlockRef>,
    /// Modules that `terraform init` installed under this root: dotted call path to folder.
    pub(crate) installed: BTreeMap<String, String>,
}

impl Module {
    /// Indexes a folder's files.
    #[must_use]
    pub fn new(folder: String, files: FolderFiles) -> Self {
        let (values, other_values) = in_precedence(files.values);
        let mut module = Self {
            folder,
            files: in_loading_order(files.configuration),
            values,
            other_values,
            backends: files.backends,
            variables: BTreeMap::new(),
            locals: BTreeMap::new(),
            outputs: BTreeMap::new(),
            resources: Vec::new(),
            resource_index: FxHashMap::default(),
            calls: BTreeMap::new(),
            providers: Vec::new(),
            settings: Vec::new(),
            installed: BTreeMap::new(),
        };
        let files = std::mem::take(&mut module.files);
        for (at, file) in (0..).zip(&files) {
            for (block_at, block) in (0..).zip(&file.tree.body.blocks) {
                module.index(file, block, BlockRef { file: at, block: block_at });
            }
        }
        module.files = files;
        module
    }

    fn index(&mut self, file: &ModuleFile, block: &Block, at: BlockRef) {
        let label = |n: usize| block.labels.get(n).map(|label| Arc::<str>::from(file.text(label.text)));
        let mode = match file.text(block.keyword) {
            "resource" => Mode::Managed,
            "data" => Mode::Data,
            "ephemeral" => Mode::Ephemeral,
            "variable" => return push(&mut self.variables, label(0), at),
            "output" => return push(&mut self.outputs, label(0), at),
            "provider" => return self.providers.push(at),
            "terraform" => return self.settings.push(at),
            "locals" => return self.index_locals(file, block, at.file),
            "module" => return self.index_call(file, block, label(0), at),
            // `moved`, `removed`, `import`, `check` and what later versions bring declare nothing that is judged.
            _ => return,
        };
        let (Some(type_name), Some(name)) = (label(0), label(1)) else { return };
        let key = (mode, Arc::clone(&type_name), Arc::clone(&name));
        let next = self.resources.len();
        let mut index = *self.resource_index.entry(key).or_insert(next);
        // Terraform refuses a second block of the same name. Until somebody renames it, it is judged by itself.
        if !file.is_override() {
            index = next;
        }
        if index == next {
            self.resources.push(ResourceDecl { mode, type_name, name, blocks: Vec::new() });
        }
        if let Some(resource) = self.resources.get_mut(index) {
            resource.blocks.push(at);
        }
    }

    fn index_locals(&mut self, file: &ModuleFile, block: &Block, at: u32) {
        for attribute in &block.body.attributes {
            let name = Arc::from(file.text(attribute.name));
            self.locals.insert(name, LocalRef { file: at, name: attribute.name, expr: attribute.expr });
        }
    }

    fn index_call(&mut self, file: &ModuleFile, block: &Block, name: Option<Arc<str>>, at: BlockRef) {
        let Some(name) = name else { return };
        let written = find_attribute(file, &block.body, "source").map(|expr| file.plain(expr));
        let source = match written {
            None => None,
            Some(None) => Some(ModuleSource::Unclear),
            Some(Some(text)) => Some(module_source(&self.folder, text)),
        };
        let call = self.calls.entry(Arc::clone(&name)).or_insert_with(|| ModuleCall {
            name,
            blocks: Vec::new(),
            source: ModuleSource::Unclear,
        });
        call.blocks.push(at);
        if let Some(source) = source {
            call.source = source;
        }
    }

    pub(crate) fn resource(&self, mode: Mode, type_name: &str, name: &str) -> Option<usize> {
        self.resource_index.get(&(mode, Arc::from(type_name), Arc::from(name))).copied()
    }

    pub(crate) fn block(&self, at: BlockRef) -> (&ModuleFile, &Block) {
        let file = &self.files[at.file as usize];
        (file, &file.tree.body.blocks[at.block as usize])
    }

    /// All files with the ids that spans point into.
    pub fn file_ids(&self) -> impl Iterator<Item = FileId> {
        [&self.files, &self.values, &self.other_values, &self.backends]
            .into_iter()
            .flatten()
            .map(|file| file.id)
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

    /// Reads `.terraform/modules/modules.json`, which `terraform init` writes, where it is there.
    /// Format: <https://github.com/hashicorp/terraform/blob/main/internal/modsdir/record.go>
    pub fn read_installed(&mut self, files: &dyn Files) {
        let path = join(&self.folder, ".terraform/modules/modules.json");
        let Ok(text) = files.read_unlisted(&path) else { return };
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

    pub fn installed_folders(&self) -> impl Iterator<Item = &str> {
        self.installed.values().map(String::as_str)
    }
}

impl ModuleFile {
    /// The text of an expression that is a plain string.
    pub(crate) fn plain(&self, expr: ExprId) -> Option<&str> {
        if let crate::syntax::hcl::ExprKind::Plain(span) = self.tree.expr(expr).kind {
            Some(self.text(span))
        } else {
            None
        }
    }
}

pub(crate) fn find_attribute(file: &ModuleFile, body: &Body, name: &str) -> Option<ExprId> {
    body.attributes.iter().find(|attribute| file.text(attribute.name) == name).map(|found| found.expr)
}

fn push(map: &mut BTreeMap<Arc<str>, Vec<BlockRef>>, name: Option<Arc<str>>, at: BlockRef) {
    if let Some(name) = name {
        map.entry(name).or_default().push(at);
    }
}

/// Overrides are applied last, in the order of their names; `x.tofu` stands for `x.tf` where both are there.
fn in_loading_order(mut files: Vec<ModuleFile>) -> Vec<ModuleFile> {
    let tofu: Vec<String> = files
        .iter()
        .filter_map(|file| Some(file.name().replace(".tofu", ".tf")).filter(|name| name != file.name()))
        .collect();
    files.retain(|file| !tofu.iter().any(|name| name == file.name()));
    files.sort_by(|a, b| (a.is_override(), a.name()).cmp(&(b.is_override(), b.name())));
    files
}

/// `terraform.tfvars`, `terraform.tfvars.json`, then `*.auto.tfvars*` by name; the rest is loaded only when named.
/// <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
fn in_precedence(files: Vec<ModuleFile>) -> (Vec<ModuleFile>, Vec<ModuleFile>) {
    let rank = |file: &ModuleFile| match file.name() {
        "terraform.tfvars" => Some(0),
        "terraform.tfvars.json" => Some(1),
        name if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") => Some(2),
        _ => None,
    };
    let (mut loaded, other): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| rank(file).is_some());
    loaded.sort_by(|a, b| (rank(a), a.name()).cmp(&(rank(b), b.name())));
    (loaded, other)
}

fn module_source(folder: &str, source: &str) -> ModuleSource {
    if source.starts_with("./") || source.starts_with("../") || source == "." || source == ".." {
        return normalize(&join(folder, source))
            .map_or_else(|| ModuleSource::Remote(source.to_owned()), ModuleSource::Local);
    }
    ModuleSource::Remote(source.to_owned())
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

//! From the files of a folder to a module: what each block declares, and which blocks override which.
//! <https://developer.hashicorp.com/terraform/language/files/override>

use super::module::{
    BlockRef, FolderFiles, LocalRef, Mode, Module, ModuleCall, ModuleFile, ModuleSource, ProviderDecl,
    ResourceDecl, find_attribute, join, normalize,
};
use crate::syntax::hcl::Block;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

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
        let labelled =
            files.iter().flat_map(|file| &file.tree.body.blocks).filter(|block| block.labels.len() == 2);
        module.resources.reserve_exact(labelled.count());
        for (at, file) in (0..).zip(&files) {
            for (block_at, block) in (0..).zip(&file.tree.body.blocks) {
                module.index(file, block, BlockRef { file: at, block: block_at, inner: None });
            }
        }
        module.files = files;
        module
    }

    fn index(&mut self, file: &ModuleFile, block: &Block, at: BlockRef) {
        let label = |n: usize| label(file, block, n);
        match file.text(block.keyword) {
            "resource" => self.index_resource(Mode::Managed, file, block, at),
            "data" => self.index_resource(Mode::Data, file, block, at),
            "ephemeral" => self.index_resource(Mode::Ephemeral, file, block, at),
            "variable" => label(0).into_iter().for_each(|name| push(&mut self.variables, name, at)),
            "output" => label(0).into_iter().for_each(|name| push(&mut self.outputs, name, at)),
            "provider" => self.index_provider(file, block, at),
            "terraform" => self.settings.push(at),
            "locals" => self.index_locals(file, block, at.file),
            "module" => self.index_call(file, block, at),
            "check" => {
                for (inner, nested) in (0..).zip(&block.body.blocks) {
                    if file.text(nested.keyword) == "data" {
                        let at = BlockRef { inner: Some(inner), ..at };
                        self.index_resource(Mode::Data, file, nested, at);
                    }
                }
            }
            // `moved`, `removed`, `import` and what later versions bring declare nothing that is judged.
            _ => {}
        }
    }

    fn index_resource(&mut self, mode: Mode, file: &ModuleFile, block: &Block, at: BlockRef) {
        let text = |n: usize| block.labels.get(n).map(|label| file.text(label.text));
        let (Some(type_name), Some(name)) = (text(0), text(1)) else { return };
        let known = self.resource(mode, type_name, name);
        // Terraform refuses a second block of the same name. Until somebody renames it, it is judged by itself.
        if let Some(known) = known.filter(|_| file.is_override()) {
            self.resources[known].blocks.push(at);
            return;
        }
        let next = u32::try_from(self.resources.len()).unwrap_or(u32::MAX);
        let (name, same_name) = match self.resource_index.get_key_value(name) {
            Some((name, first)) => (Arc::clone(name), Some(*first)),
            None => (Arc::from(name), None),
        };
        if known.is_none() {
            self.resource_index.insert(Arc::clone(&name), next);
        }
        let type_name = self.type_name(type_name);
        self.resources.push(ResourceDecl { mode, type_name, name, blocks: vec![at], same_name });
    }

    /// One text for all resources of a type that follow each other, as they often do.
    fn type_name(&self, name: &str) -> Arc<str> {
        let recent = self.resources.iter().rev().take(8).map(|known| &known.type_name);
        recent.into_iter().find(|known| ***known == *name).map_or_else(|| Arc::from(name), Arc::clone)
    }

    fn index_provider(&mut self, file: &ModuleFile, block: &Block, at: BlockRef) {
        let Some(name) = label(file, block, 0) else { return };
        let alias = find_attribute(file, &block.body, "alias").and_then(|expr| file.plain(expr));
        let alias = alias.map(Arc::from);
        let known = self.providers.iter_mut().find(|known| known.name == name && known.alias == alias);
        match known.filter(|_| file.is_override()) {
            Some(known) => known.blocks.push(at),
            None => self.providers.push(ProviderDecl { name, alias, blocks: vec![at] }),
        }
    }

    fn index_locals(&mut self, file: &ModuleFile, block: &Block, at: u32) {
        for attribute in &block.body.attributes {
            let local = LocalRef { file: at, name: attribute.name, expr: attribute.expr };
            push(&mut self.locals, Arc::from(file.text(attribute.name)), local);
        }
    }

    fn index_call(&mut self, file: &ModuleFile, block: &Block, at: BlockRef) {
        let Some(name) = label(file, block, 0) else { return };
        let written = find_attribute(file, &block.body, "source").map(|expr| file.plain(expr));
        let source =
            written.map(|text| text.map_or(ModuleSource::Unclear, |text| module_source(&self.folder, text)));
        let mut key = Arc::clone(&name);
        if !file.is_override() {
            let mut other = 2;
            while self.calls.contains_key(&key) {
                key = Arc::from(format!("{name} {other}"));
                other += 1;
            }
        }
        let call = self.calls.entry(key).or_insert_with(|| ModuleCall {
            name,
            blocks: Vec::new(),
            source: ModuleSource::Unclear,
        });
        call.blocks.push(at);
        if let Some(source) = source {
            call.source = source;
        }
    }
}

fn label(file: &ModuleFile, block: &Block, n: usize) -> Option<Arc<str>> {
    block.labels.get(n).map(|label| Arc::from(file.text(label.text)))
}

/// Nearly all of them are alone under their name.
fn push<T>(map: &mut BTreeMap<Arc<str>, Vec<T>>, name: Arc<str>, declared: T) {
    match map.entry(name) {
        Entry::Vacant(vacant) => {
            vacant.insert(vec![declared]);
        }
        Entry::Occupied(mut known) => known.get_mut().push(declared),
    }
}

/// Endings of configuration, with what OpenTofu reads instead where both stand side by side.
const ENDINGS: [(&str, Option<&str>); 4] =
    [(".tf", Some(".tofu")), (".tf.json", Some(".tofu.json")), (".tofu", None), (".tofu.json", None)];

impl ModuleFile {
    /// The name without what says that it is configuration, and that ending.
    fn stem(&self) -> (&str, Option<&'static str>) {
        let name = self.name();
        let known = ENDINGS.iter().find_map(|(ending, rival)| Some((name.strip_suffix(ending)?, *rival)));
        known.unwrap_or((name, None))
    }

    /// <https://developer.hashicorp.com/terraform/language/files/override>
    fn is_override(&self) -> bool {
        let (stem, _) = self.stem();
        stem == "override" || stem.ends_with("_override")
    }
}

/// Overrides are applied last, in the order of their names; `x.tofu` stands for `x.tf` where both are there
/// (<https://opentofu.org/docs/language/files/>).
fn in_loading_order(mut files: Vec<ModuleFile>) -> Vec<ModuleFile> {
    let names: FxHashSet<&str> = files.iter().map(ModuleFile::name).collect();
    let stands_back = |file: &ModuleFile| {
        let (stem, rival) = file.stem();
        rival.is_some_and(|rival| names.contains(format!("{stem}{rival}").as_str()))
    };
    let mut left: Vec<bool> = files.iter().map(stands_back).collect();
    left.reverse();
    files.retain(|_| !left.pop().unwrap_or(false));
    files.sort_by_cached_key(|file| (file.is_override(), file.name().to_owned()));
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

//! From declarations to the model: resources, provider configurations and backends.

use super::emit::Walk;
use super::eval::Scope;
use super::instance::Instance;
use super::module::{BlockRef, Mode, ModuleFile, ProviderDecl, ResourceDecl};
use super::named::named;
use super::overrides::is_written;
use super::providers;
use crate::model::{BlockKind, Entry, Object, Resource, Value};
use crate::source::{Site, Span};
use std::rc::Rc;
use std::sync::Arc;

/// Resources of one unit that are looked at one by one.
const MAX_RESOURCES: usize = 50_000;

/// What is produced, and where it stands.
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) address: Arc<str>,
    pub(super) type_name: Arc<str>,
    pub(super) header: Site,
    pub(super) block: Site,
}

impl<'p> Walk<'p, '_> {
    pub(super) fn push(&mut self, instance: &Instance<'p>, block: Block, body: Object) {
        let Block { kind, address, type_name, header, block } = block;
        let made = Resource::new(kind, (type_name, address), (header, block), Value::object(body));
        self.resources.push(Resource { calls: Arc::clone(&instance.calls), ..made });
    }

    /// Counts the block, and produces its instances if they may tell somebody something: of others not even how many
    /// there are is found out.
    pub(super) fn resource(&mut self, instance: &Rc<Instance<'p>>, index: usize, decl: &ResourceDecl) {
        if decl.mode != Mode::Data {
            self.count += 1;
        }
        let Some(first) = decl.blocks.first() else { return };
        let asked = self.options.asked.filter(|_| !self.full);
        let unlisted =
            asked.filter(|asked| decl.mode == Mode::Managed && asked.is_judged_by_arguments(&decl.type_name));
        let named =
            unlisted.map(|_| named(instance.module, &decl.type_name, &decl.blocks)).unwrap_or_default();
        let is_kept = self.keeps(&decl.type_name);
        if !is_kept && named.is_empty() {
            return;
        }
        let is_written = |path: &str| is_written(instance.module, &decl.blocks, path);
        let told = asked.filter(|_| self.options.only_told && named.is_empty());
        if told.is_some_and(|asked| !asked.may_tell(&decl.type_name, is_written)) {
            return;
        }
        let expansion = self.evaluator.resource_expansion(instance, index);
        let keys = expansion.keys();
        let (file, block) = instance.module.block(*first);
        let provider: Arc<str> = providers::effective(instance, decl).into();
        let kind = match decl.mode {
            Mode::Managed => BlockKind::Managed,
            Mode::Data => BlockKind::Data,
            Mode::Ephemeral => BlockKind::Ephemeral,
        };
        let read = asked.and_then(|asked| asked.reads(&decl.type_name));
        let is_read = |name: &str| read.as_ref().is_none_or(|read| read.binary_search(&name).is_ok());
        let wanted = |name: &str| is_kept && is_read(name) || named.contains(&name);
        for key in &keys {
            if self.resources.len() >= MAX_RESOURCES {
                let what = "a root module with more than 50,000 resources";
                self.evaluator.limit(Some(file.site(block.header)), what);
                return;
            }
            let mut body = self.evaluator.resource_body(instance, decl, &expansion.frame(key), &wanted);
            let made = self.evaluator.document_entries(instance, (index, decl), key, &wanted);
            if !made.is_empty() {
                body.entries.extend(made);
                body = Object::new(body.entries);
            }
            let at = body.entries.partition_point(|entry| &*entry.key < "provider");
            body.entries.insert(at, Entry::new("provider", Value::string(Arc::clone(&provider))));
            let block = Block {
                kind,
                address: instance.resource_address(decl, key),
                type_name: Arc::clone(&decl.type_name),
                header: file.site(block.header),
                block: file.site(block.span),
            };
            self.push(instance, block, body);
        }
    }

    pub(super) fn provider(&mut self, instance: &Rc<Instance<'p>>, decl: &ProviderDecl) {
        let type_name = format!("provider.{}", decl.name);
        let Some(first) = decl.blocks.first().filter(|_| self.keeps(&type_name)) else { return };
        let (file, block) = instance.module.block(*first);
        let local =
            decl.alias.as_ref().map_or_else(|| type_name.clone(), |alias| format!("{type_name}.{alias}"));
        let read = self.options.asked.filter(|_| !self.full).and_then(|asked| asked.reads(&type_name));
        let skip = |name: &str| read.as_ref().is_some_and(|read| read.binary_search(&name).is_err());
        let body = self.evaluator.declared_body(instance, &decl.blocks, &skip, None);
        let block = Block {
            kind: BlockKind::Provider,
            address: instance.absolute(&local),
            type_name: Arc::from(type_name),
            header: file.site(block.header),
            block: file.site(block.span),
        };
        self.push(instance, block, body);
    }

    /// `backend "s3" {}` and `cloud {}` in a `terraform` block, and what OpenTofu encrypts the state with. One that an override
    /// replaces stands in the code all the same, with its credentials.
    pub(super) fn backends(&mut self, instance: &Rc<Instance<'p>>, at: BlockRef) {
        let (file, block) = instance.module.block(at);
        let encryption = block.body.blocks.iter().filter(|nested| file.text(nested.keyword) == "encryption");
        let encrypting = encryption.flat_map(|nested| &nested.body.blocks);
        for nested in block.body.blocks.iter().chain(encrypting) {
            let type_name = match (file.text(nested.keyword), nested.labels.first()) {
                ("backend", Some(label)) => format!("backend.{}", file.text(label.text)),
                ("key_provider", Some(label)) => format!("backend.key_provider.{}", file.text(label.text)),
                ("cloud", _) => "backend.cloud".to_owned(),
                _ => continue,
            };
            if self.keeps(&type_name) {
                let scope = Scope { instance, file, frame: None };
                let body = self.evaluator.body(&nested.body, &|_| false, scope);
                let block = Block::backend(type_name, file.site(nested.header), file.site(nested.span));
                self.push(instance, block, body);
            }
        }
    }

    /// `terraform init -backend-config=FILE`: the arguments of the module's backend, whose type stands in the
    /// module, or by convention in the name (`prod.s3.tfbackend`).
    /// <https://developer.hashicorp.com/terraform/language/backend#file>
    pub(super) fn backend_file(&mut self, instance: &Rc<Instance<'p>>, file: &'p ModuleFile) {
        let declared = instance.module.settings.iter().find_map(|at| {
            let (file, block) = instance.module.block(*at);
            let backend = block.body.blocks.iter().find(|nested| file.text(nested.keyword) == "backend")?;
            backend.labels.first().map(|label| file.text(label.text))
        });
        let stem = file.name().strip_suffix(".tfbackend").unwrap_or("");
        let named = stem.rsplit_once('.').map(|(_, backend)| backend);
        let type_name = format!("backend.{}", declared.or(named).unwrap_or("s3"));
        if self.keeps(&type_name) {
            let whole = file.site(Span::new(0, file.source.text().len()));
            let scope = Scope { instance, file, frame: None };
            let body = self.evaluator.body(&file.tree.body, &|_| false, scope);
            self.push(instance, Block::backend(type_name, whole, whole), body);
        }
    }
}

impl Block {
    fn backend(type_name: String, header: Site, block: Site) -> Self {
        let type_name: Arc<str> = Arc::from(type_name);
        Self { kind: BlockKind::Backend, address: Arc::clone(&type_name), type_name, header, block }
    }
}

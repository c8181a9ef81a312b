//! From modules to units: every instance of every resource that the catalogue asks for.

use super::eval::{Evaluator, Frame, Scope};
use super::given::Inputs;
use super::instance::Instance;
use super::module::{BlockRef, Mode, Module, ModuleFile, ModuleSource, ResourceDecl, find_attribute};
use super::program::{Files, Program};
use crate::findings::{Problem, ProblemKind};
use crate::model::{BlockKind, Domain, Entry, Frontend, Resource, Unit, Value};
use crate::source::{FileId, Site, Sources, Span};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// What the caller wants to see of a program.
pub struct Options<'a> {
    /// Whether resources of this type (`aws_instance`, `provider.aws`, `backend.s3`) are evaluated.
    pub keep: &'a (dyn Fn(&str) -> bool + Sync),
    /// Files in which a literal stands whose way matters: units with such a file are evaluated in full.
    pub traced: &'a BTreeSet<FileId>,
    pub sources: &'a Sources,
    /// What root modules are given from outside.
    pub inputs: &'a Inputs,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("traced", &self.traced).finish_non_exhaustive()
    }
}

/// What one root module came to.
#[derive(Debug)]
pub struct Evaluated {
    pub unit: Unit,
    pub problems: Vec<Problem>,
    /// Calls whose source is not here: address, source, place of the call.
    pub absent: Vec<(Arc<str>, Arc<str>, Site)>,
    /// Instances of resources of any type.
    pub resources: usize,
}

/// Resources of one unit that are looked at one by one.
const MAX_RESOURCES: usize = 200_000;

/// Evaluates the given root modules, each with all that it calls.
/// `finish` gets each on the thread that evaluated it.
pub fn evaluate<T: Send>(
    program: &Program,
    roots: &[&Module],
    files: &dyn Files,
    options: &Options<'_>,
    finish: impl Fn(Evaluated) -> T + Sync,
) -> Vec<T> {
    roots.par_iter().map(|root| finish(Walk::new(program, files, options, root).run(root))).collect()
}

struct Walk<'p, 'o> {
    evaluator: Evaluator<'p>,
    options: &'o Options<'o>,
    full: bool,
    seen: BTreeSet<&'p str>,
    resources: Vec<Resource>,
    declarations: Vec<crate::model::Declaration>,
    files: BTreeSet<FileId>,
    absent: Vec<(Arc<str>, Arc<str>, Site)>,
    count: usize,
}

impl<'p, 'o> Walk<'p, 'o> {
    fn new(program: &'p Program, files: &'p dyn Files, options: &'o Options<'o>, root: &'p Module) -> Self {
        let ids: BTreeSet<FileId> = program
            .closure(root)
            .into_iter()
            .filter_map(|folder| program.module(folder))
            .flat_map(Module::file_ids)
            .chain(options.inputs.files().iter().copied())
            .collect();
        Self {
            evaluator: Evaluator::new(program, files),
            options,
            full: !ids.is_disjoint(options.traced),
            seen: BTreeSet::new(),
            resources: Vec::new(),
            declarations: Vec::new(),
            files: ids,
            absent: Vec::new(),
            count: 0,
        }
    }

    fn run(mut self, root: &'p Module) -> Evaluated {
        let mut inputs = self.options.inputs.of(root);
        let refused = std::mem::take(&mut inputs.problems);
        self.module(&Instance::given(root, inputs));
        let unit = Unit {
            frontend: Frontend::Terraform,
            name: Arc::from(if root.folder.is_empty() { "." } else { root.folder.as_str() }),
            resources: self.resources,
            declarations: self.declarations,
            domain: Domain::default(),
            files: self.files.into_iter().collect(),
            alike: rustc_hash::FxHashMap::default(),
            hidden: Vec::new(),
        };
        let limits = self.evaluator.limits.into_inner();
        let problems = limits.into_iter().map(|(site, what)| {
            let place = site.map(|site| {
                let file = self.options.sources.get(site.file);
                let start = file.position(site.span.start);
                (file.path.clone(), (start.line, start.column))
            });
            Problem {
                kind: ProblemKind::Limit,
                path: place.as_ref().map_or_else(|| root.folder.clone(), |(path, _)| path.clone()),
                start: place.map(|(_, start)| start),
                message: format!("{what} was not analysed"),
            }
        });
        Evaluated {
            problems: refused.into_iter().chain(problems).collect(),
            unit,
            absent: self.absent,
            resources: self.count,
        }
    }

    fn module(&mut self, instance: &Rc<Instance<'p>>) {
        if self.seen.insert(&instance.module.folder) {
            self.declarations.extend(self.evaluator.declarations(instance));
        }
        for index in 0..instance.module.resources.len() {
            self.resource(instance, index);
        }
        for at in &instance.module.providers {
            self.provider(instance, *at);
        }
        if instance.parent.is_none() {
            for at in &instance.module.settings {
                self.backends(instance, *at);
            }
            for file in &instance.module.backends {
                self.backend_file(instance, file);
            }
        }
        for (name, call) in &instance.module.calls {
            for key in self.evaluator.call_expansion(instance, name).keys() {
                match self.evaluator.child(instance, name, &key) {
                    Some(child) => self.module(&child),
                    // A limit that ended the way is reported by itself.
                    None if self.evaluator.called(instance, name).is_some() => {}
                    None => self.note_absent(instance, name, &call.source, call.blocks.first().copied()),
                }
            }
        }
    }

    fn note_absent(
        &mut self,
        instance: &Rc<Instance<'p>>,
        name: &Arc<str>,
        source: &ModuleSource,
        at: Option<BlockRef>,
    ) {
        let Some(at) = at else { return };
        let (file, block) = instance.module.block(at);
        let source = match source {
            ModuleSource::Local(source) | ModuleSource::Remote(source) => Arc::from(source.as_str()),
            ModuleSource::Unclear => Arc::from("not a literal"),
        };
        let address = instance.absolute(&format!("module.{name}"));
        self.absent.push((address, source, file.site(block.header)));
    }

    fn resource(&mut self, instance: &Rc<Instance<'p>>, index: usize) {
        let Some(decl) = instance.module.resources.get(index) else { return };
        let (expansion, keys) = self.evaluator.frames(instance, index);
        if decl.mode == Mode::Managed {
            self.count += keys.len();
        }
        if !self.full && !(self.options.keep)(&decl.type_name) {
            return;
        }
        let Some(first) = decl.blocks.first() else { return };
        let (file, block) = instance.module.block(*first);
        let provider: Arc<str> = effective_provider(instance, decl).into();
        for key in &keys {
            if self.resources.len() >= MAX_RESOURCES {
                self.evaluator
                    .limit(Some(file.site(block.header)), "a root module with more than 200,000 resources");
                return;
            }
            let mut body = self.evaluator.resource_body(instance, decl, &expansion.frame(key));
            let at = body.entries.partition_point(|entry| &*entry.key < "provider");
            body.entries.insert(at, Entry::new("provider", Value::string(Arc::clone(&provider))));
            self.resources.push(Resource {
                kind: match decl.mode {
                    Mode::Managed => BlockKind::Managed,
                    Mode::Data => BlockKind::Data,
                    Mode::Ephemeral => BlockKind::Ephemeral,
                },
                address: instance.resource_address(decl, key),
                type_name: Arc::clone(&decl.type_name),
                construct: None,
                header: file.site(block.header),
                block: file.site(block.span),
                user_site: None,
                calls: Arc::clone(&instance.calls),
                body: Value::object(body),
                condition: None,
            });
        }
    }

    fn provider(&mut self, instance: &Rc<Instance<'p>>, at: BlockRef) {
        let (file, block) = instance.module.block(at);
        let Some(label) = block.labels.first() else { return };
        let type_name = format!("provider.{}", file.text(label.text));
        self.configuration(instance, at, BlockKind::Provider, &type_name, None);
    }

    /// `backend "s3" {}` and `cloud {}` in a `terraform` block.
    fn backends(&mut self, instance: &Rc<Instance<'p>>, at: BlockRef) {
        let (file, block) = instance.module.block(at);
        for (nested_at, nested) in block.body.blocks.iter().enumerate() {
            let type_name = match (file.text(nested.keyword), nested.labels.first()) {
                ("backend", Some(label)) => format!("backend.{}", file.text(label.text)),
                ("cloud", _) => "backend.cloud".to_owned(),
                _ => continue,
            };
            self.configuration(instance, at, BlockKind::Backend, &type_name, Some(nested_at));
        }
    }

    /// `terraform init -backend-config=FILE`: the arguments of the module's backend, whose type stands in the
    /// module, or by convention in the name (`prod.s3.tfbackend`).
    /// <https://developer.hashicorp.com/terraform/language/backend#file>
    fn backend_file(&mut self, instance: &Rc<Instance<'p>>, file: &'p ModuleFile) {
        let declared = instance.module.settings.iter().find_map(|at| {
            let (file, block) = instance.module.block(*at);
            let backend = block.body.blocks.iter().find(|nested| file.text(nested.keyword) == "backend")?;
            backend.labels.first().map(|label| file.text(label.text))
        });
        let stem = file.name().strip_suffix(".tfbackend").unwrap_or("");
        let named = stem.rsplit_once('.').map(|(_, backend)| backend);
        let type_name = format!("backend.{}", declared.or(named).unwrap_or("s3"));
        if !self.full && !(self.options.keep)(&type_name) {
            return;
        }
        let whole = file.site(Span::new(0, file.source.text().len()));
        let body = self.evaluator.body(&file.tree.body, &[], Scope { instance, file, frame: None });
        self.resources.push(Resource {
            kind: BlockKind::Backend,
            address: Arc::from(type_name.as_str()),
            type_name: Arc::from(type_name.as_str()),
            construct: None,
            header: whole,
            block: whole,
            user_site: None,
            calls: Arc::clone(&instance.calls),
            body: Value::object(body),
            condition: None,
        });
    }

    fn configuration(
        &mut self,
        instance: &Rc<Instance<'p>>,
        at: BlockRef,
        kind: BlockKind,
        type_name: &str,
        nested: Option<usize>,
    ) {
        if !self.full && !(self.options.keep)(type_name) {
            return;
        }
        let (file, outer) = instance.module.block(at);
        let block = nested.and_then(|at| outer.body.blocks.get(at)).unwrap_or(outer);
        let frame = Frame { names: Vec::new(), parent: None };
        let body = self.evaluator.body(&block.body, &[], Scope { instance, file, frame: Some(&frame) });
        let alias = body.get("alias").and_then(|entry| entry.value.to_text());
        let local = alias.map_or_else(|| type_name.to_owned(), |alias| format!("{type_name}.{alias}"));
        self.resources.push(Resource {
            kind,
            address: instance.absolute(&local),
            type_name: Arc::from(type_name),
            construct: None,
            header: file.site(block.header),
            block: file.site(block.span),
            user_site: None,
            calls: Arc::clone(&instance.calls),
            body: Value::object(body),
            condition: None,
        });
    }
}

/// The provider configuration that a resource is made with, by its name in the module where it is configured: `aws`,
/// `aws.us`. What a call hands over by `providers` counts as one of the module's own.
fn effective_provider(instance: &Instance<'_>, decl: &ResourceDecl) -> String {
    let named = decl.blocks.iter().rev().find_map(|at| {
        let (file, block) = instance.module.block(*at);
        let expr = find_attribute(file, &block.body, "provider")?;
        Some(file.text(file.tree.expr(expr).span).trim().trim_matches('"').to_owned())
    });
    let plain = || decl.type_name.split('_').next().unwrap_or_default().to_owned();
    let name = named.unwrap_or_else(plain);
    let mut owner = instance;
    while let (Some(parent), Some((call, _))) = (&owner.parent, &owner.call) {
        let handed_over = parent.module.calls.get(call).is_some_and(|call| {
            call.blocks.iter().any(|at| {
                let (file, block) = parent.module.block(*at);
                find_attribute(file, &block.body, "providers").is_some()
            })
        });
        if handed_over || name.contains('.') || !owner.module.providers.is_empty() {
            break;
        }
        owner = parent;
    }
    if owner.address.is_empty() { name } else { format!("{}/{name}", owner.address) }
}

//! From root modules to units: the walk through every module that one calls.

use super::eval::{self, Evaluator, Frame};
use super::given::Inputs;
use super::instance::Instance;
use super::module::{Module, ModuleCall, ModuleSource};
use super::program::{Files, Program};
use super::spot::{Pointed, Spot};
use crate::catalog;
use crate::catalog::{Breadth, Interest};
use crate::findings::{Problem, ProblemKind};
use crate::model::{Elsewhere, Frontend, Reason, Resource, Unit};
use crate::source::{FileId, Site, Sources};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// Arguments of a call that its module is not given.
pub(super) const OF_THE_CALL: [&str; 6] =
    ["source", "version", "providers", "count", "for_each", "depends_on"];

/// What the caller wants to see of a program.
pub struct Options<'a> {
    /// Files in which a literal stands whose way matters: units with such a file are evaluated in full.
    pub traced: &'a BTreeSet<FileId>,
    pub sources: &'a Sources,
    /// What root modules are given from outside.
    pub inputs: &'a Inputs,
    /// Which types of resources (`aws_instance`, `provider.aws`, `backend.s3`) are evaluated, and which of their
    /// attributes; `None`: no resource is.
    pub asked: Option<&'a Interest>,
    /// What is asked about by its place.
    pub spot: Option<Spot<'a>>,
    /// Of declarations only those are wanted that may tell of a secret.
    pub only_told: bool,
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
    /// Calls whose source is not here.
    pub absent: Vec<AbsentCall>,
    /// Blocks of resources of any type, once for each instance of their module.
    pub resources: usize,
    /// What the name at the wanted place comes to.
    pub pointed: Vec<Pointed>,
}

/// A call of a module whose source is not here.
#[derive(Debug)]
pub struct AbsentCall {
    /// `module.web`
    pub address: Arc<str>,
    pub source: Arc<str>,
    /// Whether it is the path of a folder.
    pub is_path: bool,
    /// The head of the call.
    pub site: Site,
    /// The calls that lead there, outermost first.
    pub calls: Arc<[(Arc<str>, Site)]>,
}

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

pub(super) struct Walk<'p, 'o> {
    program: &'p Program,
    pub(super) evaluator: Evaluator<'p>,
    pub(super) options: &'o Options<'o>,
    pub(super) full: bool,
    seen: BTreeSet<&'p str>,
    pub(super) resources: Vec<Resource>,
    declarations: Vec<crate::model::Declaration>,
    files: BTreeSet<FileId>,
    absent: Vec<AbsentCall>,
    /// Whether there is anything that somebody asks for where it is handed elsewhere.
    follows: bool,
    elsewhere: Vec<Elsewhere>,
    pub(super) count: usize,
    pub(super) pointed: Vec<Pointed>,
}

impl<'p, 'o> Walk<'p, 'o> {
    fn new(program: &'p Program, files: &'p dyn Files, options: &'o Options<'o>, root: &'p Module) -> Self {
        let modules = || program.closure(root).into_iter().filter_map(|folder| program.module(folder));
        let follows = modules()
            .flat_map(|module| &module.resources)
            .any(|decl| catalog::follows_elsewhere(&decl.type_name));
        let ids: BTreeSet<FileId> =
            modules().flat_map(Module::file_ids).chain(options.inputs.files().iter().copied()).collect();
        Self {
            program,
            evaluator: Evaluator::new(program, files).told(options.only_told),
            options,
            full: options.asked.is_some_and(|asked| asked.breadth() == Breadth::Whole)
                || !ids.is_disjoint(options.traced),
            seen: BTreeSet::new(),
            resources: Vec::new(),
            declarations: Vec::new(),
            files: ids,
            absent: Vec::new(),
            follows,
            elsewhere: Vec::new(),
            count: 0,
            pointed: Vec::new(),
        }
    }

    fn run(mut self, root: &'p Module) -> Evaluated {
        let mut inputs = self.options.inputs.of(root);
        let refused = std::mem::take(&mut inputs.problems);
        let root_instance = Instance::given(root, inputs);
        self.module(&root_instance);
        let shown = self.evaluator.shown(&root_instance, self.makes_secrets(root));
        self.declarations.extend(shown);
        let unit = Unit {
            resources: self.resources,
            declarations: self.declarations,
            files: self.files.into_iter().collect(),
            incomplete: self.absent.first().map(|call| {
                let what =
                    Reason::Module { address: Arc::clone(&call.address), source: Arc::clone(&call.source) };
                what.to_string().into()
            }),
            elsewhere: self.elsewhere,
            ..Unit::new(
                Frontend::Terraform,
                Arc::from(if root.folder.is_empty() { "." } else { root.folder.as_str() }),
            )
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
            pointed: self.pointed,
        }
    }

    /// Whether any resource that a root module leads to makes a secret.
    fn makes_secrets(&self, root: &'p Module) -> bool {
        let modules = self.program.closure(root).into_iter().filter_map(|folder| self.program.module(folder));
        modules.flat_map(|module| &module.resources).any(|decl| catalog::makes_secret(&decl.type_name))
    }

    /// Whether anything asks for resources of this type.
    pub(super) fn keeps(&self, type_name: &str) -> bool {
        self.full || self.options.asked.is_some_and(|asked| asked.keeps(type_name))
    }

    fn module(&mut self, instance: &Rc<Instance<'p>>) {
        self.point(instance);
        if self.seen.insert(&instance.module.folder) {
            self.declarations.extend(self.evaluator.declarations(instance));
            // Terraform passes over backends of called modules; what they hold stands in the code all the same.
            for at in &instance.module.settings {
                self.backends(instance, *at);
            }
            for file in &instance.module.backends {
                self.backend_file(instance, file);
            }
        }
        for (index, decl) in instance.module.resources.iter().enumerate() {
            self.resource(instance, index, decl);
        }
        for provider in &instance.module.providers {
            self.provider(instance, provider);
        }
        for (name, call) in &instance.module.calls {
            let expansion = self.evaluator.call_expansion(instance, name);
            for key in expansion.keys() {
                match self.evaluator.child(instance, name, &key) {
                    Some(child) => self.module(&child),
                    // A limit that ended the way is reported by itself.
                    None if self.evaluator.called(instance, name).is_some() => {}
                    None => {
                        let frame = expansion.frame(&key);
                        self.note_absent(instance, call, &frame);
                        // Who asks for every resource asks for no calls.
                        if self.options.asked.is_some_and(|asked| asked.breadth() != Breadth::Whole) {
                            self.handed(instance, call, &key, &frame);
                        }
                    }
                }
            }
        }
    }

    fn note_absent(&mut self, instance: &Rc<Instance<'p>>, call: &'p ModuleCall, frame: &Frame<'_>) {
        let Some(at) = call.blocks.first() else { return };
        let (file, block) = instance.module.block(*at);
        let source = match &call.source {
            ModuleSource::Local(source) | ModuleSource::Remote(source) => Arc::from(source.as_str()),
            ModuleSource::Unclear => Arc::from("not a literal"),
        };
        let address = instance.absolute(&format!("module.{}", call.name));
        if self.follows {
            self.note_elsewhere(instance, call, frame, &address);
        }
        let calls = Arc::clone(&instance.calls);
        let is_path = match &call.source {
            ModuleSource::Local(_) => true,
            // One that leads out of the root.
            ModuleSource::Remote(source) => source.starts_with("../"),
            ModuleSource::Unclear => false,
        };
        self.absent.push(AbsentCall { address, source, is_path, site: file.site(block.header), calls });
    }

    /// What a module is given that is not here.
    fn note_elsewhere(
        &mut self,
        instance: &Rc<Instance<'p>>,
        call: &'p ModuleCall,
        frame: &Frame<'_>,
        address: &Arc<str>,
    ) {
        for at in &call.blocks {
            let (file, block) = instance.module.block(*at);
            let arguments = block.body.attributes.iter();
            for argument in arguments.filter(|argument| !OF_THE_CALL.contains(&file.text(argument.name))) {
                let scope = eval::Scope { instance, file, frame: Some(frame) };
                let value = self.evaluator.eval(argument.expr, scope);
                self.elsewhere.push(Elsewhere { address: Arc::clone(address), value });
            }
        }
    }
}

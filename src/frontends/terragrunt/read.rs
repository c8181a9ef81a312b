//! One file: what it hands to a module, what it configures, and the code that it generates.

use super::super::terraform::{
    Evaluator, Files, FolderFiles, Instance, Module, ModuleFile, Program, Scope, find_attribute, join,
    normalize,
};
use super::parents::{Included, Parents};
use super::{arguments, generated};
use crate::findings::{Problem, ProblemKind};
use crate::model::{
    BlockKind, Declaration, DeclarationKind, Entry, Frontend, Hop, Kind, Object, Reason, Resource, Unit,
    Value,
};
use crate::source::{Site, folder_of};
use crate::syntax::hcl::{Block, ErrorKind, ExprId, ExprKind, Part, SyntaxError};
use std::sync::Arc;

/// The module that a file is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// This folder, relative to the root.
    Folder(String),
    /// Somewhere else, or known to Terragrunt alone.
    Elsewhere,
}

/// The module that a file names, whether or not it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// As written, as far as it is known.
    pub written: Arc<str>,
    pub site: Site,
}

/// What one file says.
#[derive(Debug)]
pub struct Configuration {
    /// Locals, inputs and what else is handed on; `remote_state`.
    pub unit: Unit,
    pub source: Source,
    pub called: Option<Called>,
    /// What it includes that is not here.
    pub absent: Vec<Included>,
    pub inputs: Vec<(Arc<str>, Value)>,
    /// Why further inputs may be handed over.
    pub open: Option<Reason>,
    /// What is written beside the module.
    pub generated: FolderFiles,
    pub problems: Vec<Problem>,
}

/// Reads a file.
#[must_use]
pub fn read(file: ModuleFile, files: &dyn Files) -> Configuration {
    let name: Arc<str> = Arc::from(file.source.root_path.as_str());
    let folder = folder_of(&name).to_owned();
    let id = file.id;
    // What others include is about no folder of its own.
    let is_unit = file.name().starts_with("terragrunt.hcl");
    let members = FolderFiles { configuration: vec![file], ..FolderFiles::default() };
    let module = Module::new(folder.clone(), members);
    let program = Program::default();
    let evaluator = Evaluator::wrapped(&program, files);
    let instance = Instance::root(&module);
    let unit = Unit {
        declarations: evaluator.declarations(&instance),
        files: vec![id],
        ..Unit::new(Frontend::Terraform, name)
    };
    let mut found = Configuration {
        unit,
        source: if is_unit { Source::Folder(folder) } else { Source::Elsewhere },
        called: None,
        absent: Vec::new(),
        inputs: Vec::new(),
        open: None,
        generated: FolderFiles::default(),
        problems: Vec::new(),
    };
    for file in &module.files {
        let scope = Scope { instance: &instance, file, frame: None };
        Reader { evaluator: &evaluator, scope, files, found: &mut found }.file();
    }
    found
}

struct Reader<'r, 'p> {
    evaluator: &'r Evaluator<'p>,
    scope: Scope<'r, 'p>,
    files: &'r dyn Files,
    found: &'r mut Configuration,
}

impl Reader<'_, '_> {
    fn file(&mut self) {
        let file = self.scope.file;
        let values = file.name().starts_with("terragrunt.values.");
        for attribute in &file.tree.body.attributes {
            match file.text(attribute.name) {
                "inputs" => self.inputs(attribute.expr),
                "generate" => {
                    for (_, expr) in self.items(attribute.expr) {
                        let items = self.items(expr);
                        let get =
                            |name: &str| items.iter().find(|(known, _)| known == name).map(|(_, expr)| *expr);
                        self.generate(&get);
                    }
                }
                "remote_state" => {
                    let site = file.site(attribute.name);
                    let value = self.evaluator.eval(attribute.expr, self.scope);
                    if let Some(object) = value.as_object() {
                        self.remote_state(object, site, file.site(file.tree.expr(attribute.expr).span));
                    }
                }
                name if name == "iam_web_identity_token" || values => {
                    let value = self.evaluator.eval(attribute.expr, self.scope);
                    self.declare(name, &value, file.site(attribute.name), attribute.expr);
                }
                _ => {}
            }
        }
        for block in &file.tree.body.blocks {
            self.block(block);
        }
        self.fallbacks();
    }

    /// `get_env("DB_PASSWORD", "fallback")`, wherever it stands: the fallback is written in code.
    fn fallbacks(&mut self) {
        let file = self.scope.file;
        for expr in file.tree.exprs() {
            let ExprKind::Call { name, args, .. } = &expr.kind else { continue };
            let [variable, fallback] = file.tree.ids(*args) else { continue };
            let (Some(variable), true) = (file.plain(*variable), file.text(*name) == "get_env") else {
                continue;
            };
            let value = self.evaluator.eval(*fallback, self.scope);
            self.declare(arguments::of_environment(variable), &value, file.site(*name), *fallback);
        }
    }

    fn block(&mut self, block: &Block) {
        let file = self.scope.file;
        let get = |name: &str| find_attribute(file, &block.body, name);
        match file.text(block.keyword) {
            "generate" => self.generate(&get),
            "remote_state" => {
                let object = self.evaluator.body(&block.body, &|_| false, self.scope);
                self.remote_state(&object, file.site(block.header), file.site(block.span));
            }
            "terraform" => self.terraform(block),
            // What is included may bring inputs of its own.
            "include" => {
                self.found.open = Some(Reason::Unsupported { what: "what `include` brings".into() });
                if let Some(expr) = get("path") {
                    self.include(expr, file.site(block.header));
                }
            }
            "unit" | "stack" => {
                for (name, expr) in get("values").map_or_else(Vec::new, |expr| self.items(expr)) {
                    let value = self.evaluator.eval(expr, self.scope);
                    self.declare(&name, &value, file.site(file.tree.expr(expr).span), expr);
                }
            }
            _ => {}
        }
    }

    /// `inputs`, where `merge` adds one object to another.
    fn inputs(&mut self, expr: ExprId) {
        let file = self.scope.file;
        if let ExprKind::Call { name, args, expand: false } = &file.tree.expr(expr).kind
            && file.text(*name) == "merge"
        {
            let args = file.tree.ids(*args).to_vec();
            return args.into_iter().for_each(|arg| self.inputs(arg));
        }
        let value = self.evaluator.eval(expr, self.scope);
        let Some(object) = value.as_object() else {
            self.found.open = Some(not_evaluated());
            return;
        };
        if object.rest.is_some() {
            self.found.open = Some(not_evaluated());
        }
        let block = file.site(file.tree.expr(expr).span);
        let of = (Arc::from("module"), Arc::from("inputs"));
        self.found.unit.resources.push(Resource::new(BlockKind::Call, of, (block, block), value.clone()));
        for entry in &object.entries {
            let site = entry.site.unwrap_or_else(|| file.site(file.tree.expr(expr).span));
            let given = self.known(entry);
            self.found.unit.declarations.push(Declaration {
                kind: DeclarationKind::VariableValue,
                name: Arc::clone(&entry.key),
                module: Arc::from(""),
                name_site: entry.key_site.unwrap_or(site),
                block: site,
                value: given.clone(),
                marked_secret: false,
            });
            let name = Arc::clone(&entry.key);
            self.found.inputs.retain(|(known, _)| *known != name);
            self.found.inputs.push((Arc::clone(&name), given.via(Hop::VariableValue(name), Some(site))));
        }
    }

    /// The value, or why it is not known in words that do not speak of Terraform.
    fn known(&self, entry: &Entry) -> Value {
        match entry.value.as_unknown() {
            Some(unknown) if unknown.parts.is_empty() => {
                let text = entry.site.map(|site| self.scope.file.source.slice(site.span));
                let reason = match text {
                    Some(text) if text.len() < 60 && !text.contains('\n') => {
                        Reason::Unsupported { what: format!("`{text}`").into() }
                    }
                    Some(_) | None => not_evaluated(),
                };
                Value::unknown(reason).marked(entry.value.marks)
            }
            Some(_) | None => entry.value.clone(),
        }
    }

    fn declare(&mut self, name: &str, value: &Value, name_site: Site, expr: ExprId) {
        let block = self.scope.file.site(self.scope.file.tree.expr(expr).span);
        self.declare_at(name, value, name_site, block);
    }

    fn declare_at(&mut self, name: &str, value: &Value, name_site: Site, block: Site) {
        self.found.unit.declarations.push(Declaration {
            kind: DeclarationKind::VariableValue,
            name: Arc::from(name),
            module: Arc::from(""),
            name_site,
            block,
            value: value.clone(),
            marked_secret: false,
        });
    }

    /// `remote_state`: the backend that Terragrunt configures, and its encryption.
    fn remote_state(&mut self, object: &Object, header: Site, block: Site) {
        let text = |name: &str| object.get(name).and_then(|entry| entry.value.to_text());
        if let Some(entry) = object.get("encryption") {
            self.declare_at("encryption", &entry.value, entry.key_site.unwrap_or(header), block);
        }
        let (Some(backend), Some(config)) = (text("backend"), object.get("config")) else { return };
        let type_name: Arc<str> = format!("backend.{backend}").into();
        let of = (Arc::clone(&type_name), type_name);
        let body = config.value.clone();
        self.found.unit.resources.push(Resource::new(BlockKind::Backend, of, (header, block), body));
    }

    /// `terraform`: where the module is, and what is handed to the program.
    fn terraform(&mut self, block: &Block) {
        let file = self.scope.file;
        if let Some(expr) = find_attribute(file, &block.body, "source") {
            let (folder, written) = self.place(expr);
            self.found.source = folder.map_or(Source::Elsewhere, Source::Folder);
            let written = written.as_deref().unwrap_or("not a literal").into();
            self.found.called = Some(Called { written, site: file.site(block.header) });
        }
        let extra = block.body.blocks.iter().filter(|inner| file.text(inner.keyword) == "extra_arguments");
        let mut bodies: Vec<Value> = extra
            .map(|inner| Value::object(self.evaluator.body(&inner.body, &|_| false, self.scope)))
            .collect();
        if let Some(expr) = find_attribute(file, &block.body, "extra_arguments") {
            let value = self.evaluator.eval(expr, self.scope);
            bodies.extend(
                value
                    .as_object()
                    .iter()
                    .flat_map(|object| object.entries.iter())
                    .map(|entry| entry.value.clone()),
            );
        }
        let header = file.site(block.header);
        for body in &bodies {
            let Some(object) = body.as_object() else { continue };
            let environment = object.get("env_vars").and_then(|entry| entry.value.as_object());
            for entry in environment.iter().flat_map(|object| object.entries.iter()) {
                let site = entry.key_site.unwrap_or(header);
                let name = arguments::of_environment(&entry.key);
                self.declare_at(name, &entry.value, site, entry.site.unwrap_or(site));
            }
            let Some(entry) = object.get("arguments") else { continue };
            for (name, value) in arguments::variables(&entry.value) {
                let site = entry.key_site.unwrap_or(header);
                self.declare_at(&name, &value, site, entry.site.unwrap_or(site));
            }
        }
    }

    /// The folder of this root that a source names, and how it is written where that is known.
    fn place(&self, expr: ExprId) -> (Option<String>, Option<String>) {
        let home = &self.scope.instance.module.folder;
        let text = self.evaluator.eval(expr, self.scope).to_text();
        let local = || Some(join(home, &local(text.as_deref()?)?));
        let path = self.based(expr, home).or_else(local);
        let folder = path.as_deref().and_then(|path| {
            let path = path.split_once('?').map_or(path, |(path, _)| path);
            normalize(&path.replace("//", "/"))
        });
        (folder, text.as_deref().map(ToOwned::to_owned).or(path))
    }

    /// `include`: the file that is included, if it is known to be elsewhere.
    fn include(&mut self, expr: ExprId, site: Site) {
        let home = &self.scope.instance.module.folder;
        let parents = Parents { home, files: self.files };
        let file = self.scope.file;
        let (is_here, written) = match &file.tree.expr(expr).kind {
            ExprKind::Call { name, args, .. } if file.text(*name) == "find_in_parent_folders" => {
                let args = file.tree.ids(*args);
                let Some(asked) = args.first().map_or(Some("terragrunt.hcl"), |arg| file.plain(*arg)) else {
                    return;
                };
                // With a second argument there is something else to take.
                (args.len() > 1 || parents.have(asked), asked.to_owned())
            }
            _ => {
                let text = self.evaluator.eval(expr, self.scope).to_text();
                let path = self.based(expr, home).or_else(|| Some(join(home, text.as_deref()?)));
                let Some(path) = path else { return };
                let written = text.as_deref().unwrap_or(&path).to_owned();
                let path = if written.starts_with('/') { None } else { normalize(&path.replace("//", "/")) };
                (path.is_some_and(|path| parents.has(&path)), written)
            }
        };
        if !is_here {
            self.found.absent.push(Included { written: written.into(), site });
        }
    }

    /// A path that begins at a folder which only Terragrunt's functions name.
    fn based(&self, expr: ExprId, home: &str) -> Option<String> {
        let file = self.scope.file;
        let ExprKind::Template(parts) = &file.tree.expr(expr).kind else { return None };
        let [Part::Interpolation(base), Part::Raw(rest)] = file.tree.parts(*parts) else { return None };
        let ExprKind::Call { name, .. } = &file.tree.expr(*base).kind else { return None };
        let rest = file.text(*rest);
        match file.text(*name) {
            "get_terragrunt_dir" | "get_original_terragrunt_dir" => Some(join(home, &format!(".{rest}"))),
            "get_repo_root" | "get_path_to_repo_root" => Some(format!(".{rest}")),
            _ => None,
        }
    }

    /// `generate`: code that is written into a file beside the module's.
    fn generate(&mut self, get: &dyn Fn(&str) -> Option<ExprId>) {
        let eval = |name: &str| get(name).map(|expr| self.evaluator.eval(expr, self.scope));
        let path = eval("path").and_then(|path| path.to_text());
        let disabled = eval("disable").is_some_and(|value| matches!(value.kind, Kind::Bool(true)));
        let ends = |end: &str| path.as_deref().is_some_and(|path| path.ends_with(end));
        let is_code = path.is_none() || ends(".tf") || ends(".tofu");
        let (Some(contents), true) = (get("contents"), (is_code || ends(".tfvars")) && !disabled) else {
            return;
        };
        let Some((code, errors)) = generated::code(self.evaluator, contents, self.scope) else { return };
        self.found.problems.extend(errors.iter().map(|error| problem(self.scope.file, error)));
        if is_code {
            self.found.generated.configuration.push(code);
        } else {
            self.found.generated.values.push(code);
        }
    }

    /// The items of an object whose keys are plain.
    fn items(&self, expr: ExprId) -> Vec<(String, ExprId)> {
        let file = self.scope.file;
        let ExprKind::Object(items) = &file.tree.expr(expr).kind else { return Vec::new() };
        let name = |key: ExprId| match &file.tree.expr(key).kind {
            ExprKind::Plain(span) | ExprKind::Name(span) => Some(file.text(*span).to_owned()),
            _ => None,
        };
        file.tree.items(*items).iter().filter_map(|item| Some((name(item.key)?, item.value))).collect()
    }
}

fn not_evaluated() -> Reason {
    Reason::Unsupported { what: "what Terragrunt computes".into() }
}

/// A path to a folder, rather than an address of something remote.
fn local(source: &str) -> Option<String> {
    let is_path = source.starts_with("./") || source.starts_with("../") || matches!(source, "." | "..");
    is_path.then(|| source.to_owned())
}

fn problem(file: &ModuleFile, error: &SyntaxError) -> Problem {
    let start = file.source.position(error.span.start);
    Problem {
        kind: match error.kind {
            ErrorKind::Syntax => ProblemKind::Syntax,
            ErrorKind::Limit => ProblemKind::Limit,
        },
        path: file.source.path.clone(),
        start: Some((start.line, start.column)),
        message: format!("in generated code: {}", error.message),
    }
}

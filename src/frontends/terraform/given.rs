//! Values that root modules are given from outside of their folders: on the command line, in files of values that
//! somebody names, in the environment, by a plan.

use super::eval::{Evaluator, Scope};
use super::instance::Instance;
use super::module::{BlockRef, FolderFiles, Module, ModuleFile};
use super::program::{Files, Program};
use crate::findings::{Problem, ProblemKind};
use crate::model::{Hop, Kind, Object, Origin, Reason, Step, Value};
use crate::source::{FileId, SourceFile, Sources};
use crate::syntax::hcl::{self, ExprKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is given to variables. Each root module takes what it declares.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Holds over everything else: what a plan of this root says.
    by_root: BTreeMap<String, BTreeMap<Arc<str>, Value>>,
    /// Hold over the values that stand beside the module.
    named: BTreeMap<Arc<str>, Input>,
    /// The values that stand beside the module hold over these.
    environment: BTreeMap<Arc<str>, Input>,
    files: BTreeSet<FileId>,
}

#[derive(Debug, Clone)]
enum Input {
    /// Read as the variable's type asks for: as it stands, or as an expression, if it is one.
    Text {
        text: Value,
        expression: Option<Value>,
    },
    Value(Value),
}

/// What one root module is given.
#[derive(Debug, Default)]
pub(crate) struct RootInputs {
    pub(crate) named: BTreeMap<Arc<str>, Value>,
    pub(crate) environment: BTreeMap<Arc<str>, Value>,
    /// What a plan was made with: holds where it is not what the code comes to by itself.
    pub(crate) planned: BTreeMap<Arc<str>, Value>,
    pub(crate) problems: Vec<Problem>,
}

impl Inputs {
    /// `--var NAME=TEXT`. Of several for one variable the last one holds.
    /// <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
    pub fn name(&mut self, name: &str, text: &str, sources: &Sources) {
        self.named.insert(Arc::from(name), Input::read(name, text, sources));
    }

    /// `--var-file`: every assignment of the file.
    pub fn name_file(&mut self, file: &ModuleFile) {
        self.files.insert(file.id);
        for (name, value) in values_of(file) {
            self.named.insert(name, Input::Value(value));
        }
    }

    /// `TF_VAR_name`.
    pub fn environment(&mut self, name: &str, text: &str, sources: &Sources) {
        self.environment.insert(Arc::from(name), Input::read(name, text, sources));
    }

    /// What Terragrunt sets `TF_VAR_name` to, where the user has not.
    pub fn hand_over(&mut self, name: &Arc<str>, value: Value) {
        self.environment.entry(Arc::clone(name)).or_insert(Input::Value(value));
    }

    /// The value that a plan of one root module, by its folder, was made with. Where the code comes to the same by
    /// itself, the place in the code is kept; else it was given from outside.
    pub fn plan(&mut self, folder: &str, name: &str, value: &Value) {
        let values = self.by_root.entry(folder.to_owned()).or_default();
        values.insert(Arc::from(name), from_outside(value, name));
    }

    /// Files that values come from, besides those of modules.
    #[must_use]
    pub fn files(&self) -> &BTreeSet<FileId> {
        &self.files
    }

    pub(crate) fn of(&self, module: &Module) -> RootInputs {
        let mut found = RootInputs::default();
        let by_root = self.by_root.get(&module.folder);
        for (name, blocks) in &module.variables {
            if let Some(value) = by_root.and_then(|values| values.get(name)) {
                found.planned.insert(Arc::clone(name), value.clone());
            }
            let literal = is_primitive(module, blocks);
            for (inputs, into, place) in [
                (&self.named, &mut found.named, "--var".to_owned()),
                (&self.environment, &mut found.environment, format!("TF_VAR_{name}")),
            ] {
                let Some(input) = inputs.get(name) else { continue };
                let value = input.as_type(literal).unwrap_or_else(|| {
                    let message =
                        format!("the value of `{name}`, which is not of a primitive type, is no expression");
                    found.problems.push(Problem {
                        kind: ProblemKind::Config,
                        path: place,
                        start: None,
                        message: message.clone(),
                    });
                    Value::unknown(Reason::Invalid { message: message.into() })
                });
                into.insert(Arc::clone(name), value);
            }
        }
        found
    }
}

impl Input {
    fn read(name: &str, text: &str, sources: &Sources) -> Self {
        let source = SourceFile::new(format!("value of {name}"), String::new(), text.to_owned(), true);
        let (id, source) = sources.add(source);
        let parsed = hcl::parse_expression(source.text());
        let root = parsed.root.filter(|_| parsed.errors.is_empty());
        let file = ModuleFile { id, source, tree: parsed.tree.into() };
        let expression = root
            .map(|root| evaluate(&file, |evaluator, scope| from_outside(&evaluator.eval(root, scope), name)));
        Self::Text { text: from_outside(&Value::string(text), name), expression }
    }

    fn as_type(&self, literal: bool) -> Option<Value> {
        match self {
            Self::Text { text, .. } if literal => Some(text.clone()),
            Self::Text { expression, .. } => expression.clone(),
            Self::Value(value) => Some(value.clone()),
        }
    }
}

/// Whether a variable takes text as it stands: its type is a primitive one, or none.
fn is_primitive(module: &Module, blocks: &[BlockRef]) -> bool {
    let Some((file, expr)) = module.argument(blocks, "type") else { return true };
    match file.tree.expr(expr).kind {
        ExprKind::Name(name) | ExprKind::Plain(name) => {
            ["string", "number", "bool"].contains(&file.text(name))
        }
        _ => false,
    }
}

/// The assignments of a file of values.
fn values_of(file: &ModuleFile) -> Vec<(Arc<str>, Value)> {
    evaluate(file, |evaluator, scope| {
        let value = |attribute: &hcl::Attribute| {
            let name: Arc<str> = Arc::from(file.text(attribute.name));
            let site = file.site(file.tree.expr(attribute.expr).span);
            let value = evaluator.eval(attribute.expr, scope);
            (Arc::clone(&name), value.via(Hop::VariableValue(name), Some(site)))
        };
        file.tree.body.attributes.iter().map(value).collect()
    })
}

/// Evaluates what stands in no module.
fn evaluate<T>(file: &ModuleFile, work: impl for<'p> FnOnce(&Evaluator<'p>, Scope<'_, 'p>) -> T) -> T {
    let program = Program::default();
    let module = Module::new(String::new(), FolderFiles::default());
    let evaluator = Evaluator::new(&program, &NoFiles);
    let instance = Instance::root(&module);
    work(&evaluator, Scope { instance: &instance, file, frame: None })
}

/// The value with nothing but [`Hop::Given`] to say where it came from.
pub(super) fn from_outside(value: &Value, name: &str) -> Value {
    let step = Step { hop: Hop::Given(Arc::from(name)), site: None, from: Vec::new().into() };
    replace_origin(value, &Origin::Derived(Arc::new(step)))
}

/// Whether two values say the same, wherever they come from.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::List(a), Kind::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        (Kind::Object(a), Kind::Object(b)) => {
            let said = |object: &Object| object.entries.iter().filter(|entry| !entry.value.is_null()).count();
            said(a) == said(b)
                && a.entries
                    .iter()
                    .filter(|entry| !entry.value.is_null())
                    .all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.value, &other.value)))
        }
        (Kind::Null, Kind::Null) => true,
        (
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_),
            _,
        ) => a.to_text().is_some_and(|text| b.to_text() == Some(text)),
    }
}

fn replace_origin(value: &Value, origin: &Origin) -> Value {
    let kind = value.kind.map_elements(None, &|inner| replace_origin(inner, origin));
    Value { kind, origin: origin.clone(), marks: value.marks }
}

/// Values given from outside name no files.
pub(super) struct NoFiles;

fn refused(path: &str) -> Reason {
    Reason::File { path: Arc::from(path) }
}

impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        Err(refused(path))
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        Err(refused(path))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        Err(refused(path))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        Err(refused(folder))
    }
}

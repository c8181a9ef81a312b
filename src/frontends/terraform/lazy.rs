//! Function calls: those that decide which arguments are evaluated or need the evaluator itself; all others
//! go to [`super::functions`].

use super::eval::{Evaluator, Frame, Scope, invalid};
use super::functions::{self, FileAccess};
use super::instance::Instance;
use super::module::{ModuleFile, join, normalize};
use super::program::Files;
use crate::model::{Hop, Kind, Origin, Reason, Step, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::hcl::{self, ExprId};
use std::rc::Rc;
use std::sync::Arc;

/// A parsed template file.
#[derive(Debug)]
pub(crate) struct TemplateFile {
    file: ModuleFile,
    root: Option<ExprId>,
}

/// Templates that render one another.
const MAX_TEMPLATE_DEPTH: usize = 16;

/// Files as functions see them: relative to the folder of the root module.
struct ModuleFiles<'p> {
    files: &'p dyn Files,
    folder: &'p str,
}

impl FileAccess for ModuleFiles<'_> {
    fn read(&self, path: &str) -> Result<(Arc<str>, Option<FileId>), Reason> {
        let path = resolve(self.folder, path)?;
        let (id, file) = self.files.read(&path)?;
        Ok((Arc::from(file.text()), Some(id)))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        self.files.exists(&resolve(self.folder, path)?)
    }

    fn fileset(&self, path: &str, pattern: &str) -> Result<Vec<Arc<str>>, Reason> {
        let listed = self.files.list(&resolve(self.folder, path)?)?;
        let matcher = functions::fileset_matcher(pattern);
        let matches = |path: &String| matcher.as_ref().is_some_and(|matcher| matcher.is_match(path));
        Ok(listed.into_iter().filter(matches).map(Arc::from).collect())
    }
}

/// A path of the code as one relative to the root of the analysis.
fn resolve(folder: &str, path: &str) -> Result<String, Reason> {
    normalize(&join(folder, path))
        .filter(|_| !path.starts_with(['/', '~']))
        .ok_or_else(|| Reason::File { path: Arc::from(path) })
}

impl<'p> Evaluator<'p> {
    pub(crate) fn call(
        &self,
        name: Span,
        args: &[ExprId],
        expand: bool,
        site: Site,
        scope: Scope<'_, 'p>,
    ) -> Value {
        let name = scope.file.text(name);
        match name.strip_prefix("core::").unwrap_or(name) {
            "try" => self.try_each(args, scope),
            "can" => {
                let value = args.first().map_or_else(|| invalid("no argument"), |arg| self.eval(*arg, scope));
                Value::bool(!is_error(&value))
            }
            "templatefile" | "templatestring" => self.render(name, args, site, scope),
            _ if name.contains("::") => Value::unknown(Reason::Function { name: Arc::from(name) }),
            plain => self.plain_call(plain, args, expand, site, scope),
        }
    }

    fn plain_call(
        &self,
        name: &str,
        args: &[ExprId],
        expand: bool,
        site: Site,
        scope: Scope<'_, 'p>,
    ) -> Value {
        let mut values: Vec<Value> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        if expand && let Some(last) = values.pop() {
            match last.as_list() {
                Some(items) => values.extend(items.iter().cloned()),
                None => {
                    return last.as_unknown().map_or_else(
                        || invalid("`...` after something that is no list"),
                        |unknown| Value::new(Kind::Unknown(Arc::clone(unknown))),
                    );
                }
            }
        }
        let access = ModuleFiles { files: self.files, folder: &scope.instance.root_module().folder };
        match functions::call(name, &values, &access) {
            Ok(value) => placed(value, site),
            Err(error) => invalid(&format!("{name}: {}", error.message)),
        }
    }

    /// The first argument that evaluates without an error. An unknown is no error: it decides, as in a plan.
    fn try_each(&self, args: &[ExprId], scope: Scope<'_, 'p>) -> Value {
        let mut last = invalid("no expression succeeded");
        for arg in args {
            last = self.eval(*arg, scope);
            if !is_error(&last) {
                return last;
            }
        }
        last
    }

    fn render(&self, name: &str, args: &[ExprId], site: Site, scope: Scope<'_, 'p>) -> Value {
        let [first, vars @ ..] = args else { return invalid("no template") };
        let first = self.eval(*first, scope);
        let vars = vars.first().map(|vars| self.eval(*vars, scope));
        let Some(text) = first.as_str() else {
            return match first.as_unknown() {
                Some(unknown) => Value::unknown(unknown.reason.clone()),
                None => invalid("the template is no string"),
            };
        };
        let template = match name {
            "templatefile" => self.template_file(text, scope.instance),
            // A template in a string has no file of its own to point at: places are lost, the text is judged.
            _ => return Value::unknown(Reason::Unsupported { what: "templatestring".into() }),
        };
        let template = match template {
            Ok(template) => template,
            Err(reason) => return Value::unknown(reason),
        };
        let Some(root) = template.root else { return invalid("the template has a syntax error") };
        let names = match vars.as_ref().map(|vars| &vars.kind) {
            Some(Kind::Object(object)) => {
                object.entries.iter().map(|entry| (Arc::clone(&entry.key), entry.value.clone())).collect()
            }
            Some(
                Kind::Null
                | Kind::Bool(_)
                | Kind::Number(_)
                | Kind::String(_)
                | Kind::List(_)
                | Kind::Choice(_)
                | Kind::Unknown(_),
            )
            | None => Vec::new(),
        };
        let depth = self.rendering.get();
        if depth >= MAX_TEMPLATE_DEPTH {
            return self.limit(Some(site), "a template that renders itself");
        }
        self.rendering.set(depth + 1);
        let frame = Frame { names, parent: None };
        let value =
            self.eval(root, Scope { instance: scope.instance, file: &template.file, frame: Some(&frame) });
        self.rendering.set(depth);
        let marks = vars.map_or(crate::model::Marks::NONE, |vars| vars.marks);
        value.via(Hop::File(Arc::from(template.file.source.path.as_str())), Some(site)).marked(marks)
    }

    fn template_file(&self, path: &str, instance: &Rc<Instance<'p>>) -> Result<Rc<TemplateFile>, Reason> {
        let path: Arc<str> = resolve(&instance.root_module().folder, path)?.into();
        let known = self.templates.borrow().get(&path).cloned();
        if let Some(template) = known {
            return Ok(template);
        }
        let (id, source) = self.files.read(&path)?;
        let parsed = hcl::parse_template(source.text());
        let template =
            Rc::new(TemplateFile { file: ModuleFile { id, source, tree: parsed.tree }, root: parsed.root });
        self.templates.borrow_mut().insert(path, Rc::clone(&template));
        Ok(template)
    }
}

/// Whether Terraform would fail here, so that `try` goes on and `can` is false.
fn is_error(value: &Value) -> bool {
    match value.as_unknown().map(|unknown| &unknown.reason) {
        Some(Reason::Invalid { .. } | Reason::Undeclared { .. } | Reason::File { .. }) => true,
        Some(
            Reason::Variable { .. }
            | Reason::Computed { .. }
            | Reason::Data { .. }
            | Reason::Ephemeral { .. }
            | Reason::Module { .. }
            | Reason::Parameter { .. }
            | Reason::PseudoParameter { .. }
            | Reason::Import { .. }
            | Reason::DynamicReference { .. }
            | Reason::Function { .. }
            | Reason::Instance { .. }
            | Reason::Condition { .. }
            | Reason::Cycle { .. }
            | Reason::Limit { .. }
            | Reason::Unsupported { .. },
        )
        | None => false,
    }
}

/// Functions do not know where they were called: the step that they added gets its place here.
fn placed(mut value: Value, site: Site) -> Value {
    if let Origin::Derived(step) = &value.origin
        && step.site.is_none()
        && matches!(step.hop, Hop::Function(_))
    {
        let step = Step { hop: step.hop.clone(), site: Some(site), from: step.from.clone() };
        value.origin = Origin::Derived(Arc::new(step));
    }
    value
}

//! Function calls: those that decide which arguments are evaluated or need the evaluator itself; all others
//! go to [`super::functions`].

use super::choice::{one_line, or_variable};
use super::eval::{Evaluator, Scope, choose, distribute, invalid};
use super::functions::{self, FileAccess};
use super::instance::Instance;
use super::module::{join, normalize};
use super::program::Files;
use crate::model::{Condition, Hop, Kind, Marks, Origin, Reason, Step, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::hcl::ExprId;
use std::cell::Cell;
use std::sync::Arc;

/// What became of an expression whose errors are caught.
enum Attempt {
    Sure(Value),
    /// It may fail, since something in it is unknown.
    Doubtful(Value),
    /// Terraform would fail on it or on anything inside.
    Refused,
}

/// Functions that fail on some arguments of the right type: whether they do is unknown with an argument.
const FALLIBLE: &[&str] = &[
    "base64decode",
    "cidrhost",
    "cidrnetmask",
    "cidrsubnet",
    "cidrsubnets",
    "coalesce",
    "coalescelist",
    "csvdecode",
    "element",
    "file",
    "filebase64",
    "index",
    "jsondecode",
    "lookup",
    "one",
    "parseint",
    "regex",
    "slice",
    "sum",
    "textdecodebase64",
    "timeadd",
    "timecmp",
    "formatdate",
    "tobool",
    "tolist",
    "tomap",
    "tonumber",
    "toset",
    "tostring",
    "yamldecode",
    "zipmap",
];

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

    fn read_bytes(&self, path: &str) -> Result<Arc<[u8]>, Reason> {
        self.files.read_bytes(&resolve(self.folder, path)?).map(Arc::from)
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
pub(crate) fn resolve(folder: &str, path: &str) -> Result<String, Reason> {
    normalize(&join(folder, path))
        .filter(|_| !path.starts_with(['/', '~']))
        .ok_or_else(|| Reason::File { path: Arc::from(path) })
}

impl<'p> Evaluator<'p> {
    /// A function of values, as called from anywhere in an instance.
    pub(super) fn called_with(
        &self,
        name: &str,
        values: &[Value],
        instance: &Instance<'p>,
    ) -> Result<Value, functions::CallError> {
        let access = ModuleFiles { files: self.files, folder: &instance.root_module().folder };
        let steps = Cell::new(0);
        let called = functions::call(name, values, &access, &steps);
        self.spend(steps.get());
        called
    }

    pub(crate) fn call(
        &self,
        name: Span,
        args: &[ExprId],
        expand: bool,
        site: Site,
        scope: Scope<'_, 'p>,
    ) -> Value {
        let name = scope.file.text(name);
        let name = name.strip_prefix("core::").unwrap_or(name);
        match name {
            "try" => self.try_each(args, scope),
            "can" => match args {
                [arg] => match self.attempt(*arg, scope) {
                    Attempt::Sure(value) => distribute(&value, &|side| Value::bool(!is_error(side))),
                    Attempt::Doubtful(_) => {
                        let name = Arc::from(format!("can({})", one_line(scope.text(*arg))));
                        Value::unknown(Reason::Function { name }).of_scalar(Marks::BOOL)
                    }
                    Attempt::Refused => Value::bool(false),
                },
                _ => invalid("`can` takes one argument"),
            },
            "templatefile" | "templatestring" => self.render(name, args, site, scope),
            _ if name.contains("::") || self.wrapped && !functions::is_known(name) => {
                Value::unknown(Reason::Function { name: Arc::from(name) })
            }
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
                None if super::access::is_scalar(&last) => {
                    return invalid("`...` after something that is no list");
                }
                None => {
                    return last.as_unknown().map_or_else(
                        || invalid("`...` after something that is no list"),
                        |unknown| Value::new(Kind::Unknown(Arc::clone(unknown))),
                    );
                }
            }
        }
        match self.called_with(name, &values, scope.instance) {
            Ok(value) => {
                self.note_limit(&value, site);
                if FALLIBLE.contains(&name) {
                    self.doubt(&value);
                }
                let value = placed(value, site);
                match name {
                    // Whichever is set first.
                    "coalesce" => values.iter().rev().skip(1).fold(value, or_variable),
                    _ => value,
                }
            }
            Err(error) => invalid(&format!("{name}: {}", error.message)),
        }
    }

    /// A bound that a function reached is a problem like any other; once, not wherever its result goes.
    pub(crate) fn note_limit(&self, value: &Value, site: Site) {
        let Some(Reason::Limit { what }) = value.as_unknown().map(|unknown| &unknown.reason) else { return };
        let known = self.limits.borrow().iter().any(|(_, known)| **known == **what);
        if !known {
            self.limit(Some(site), what);
        }
    }

    /// The first argument that evaluates without an error. An unknown is no error: it decides, as in a plan. Of an
    /// open condition each side is tried.
    fn try_each(&self, args: &[ExprId], scope: Scope<'_, 'p>) -> Value {
        let [first, rest @ ..] = args else { return invalid("no expression succeeded") };
        let or_else = |value: &Value| {
            distribute(value, &|side| match is_error(side) {
                true => self.try_each(rest, scope),
                false => side.clone(),
            })
        };
        match self.attempt(*first, scope) {
            Attempt::Sure(value) => or_else(&value),
            Attempt::Doubtful(value) if rest.is_empty() => value,
            Attempt::Doubtful(value) => {
                let condition = format!("`{}` can be evaluated", one_line(scope.text(*first)));
                let fallback = self.try_each(rest, scope);
                // A fallback that Terraform would refuse is never reached.
                if is_error(&fallback) {
                    return or_else(&value);
                }
                choose(Arc::new(Condition::Open { text: condition.into() }), or_else(&value), fallback)
            }
            Attempt::Refused => self.try_each(rest, scope),
        }
    }

    fn attempt(&self, expr: ExprId, scope: Scope<'_, 'p>) -> Attempt {
        let (refused, doubtful) = (self.refused.get(), self.doubtful.get());
        let value = self.eval(expr, scope);
        let is_refused = self.refused.replace(refused) > refused;
        let is_doubtful = self.doubtful.replace(doubtful) > doubtful;
        match (is_refused, is_doubtful) {
            (true, _) => Attempt::Refused,
            (false, true) => Attempt::Doubtful(value),
            (false, false) => Attempt::Sure(value),
        }
    }
}

/// Whether Terraform would fail here, so that `try` goes on and `can` is false.
pub(crate) fn is_error(value: &Value) -> bool {
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

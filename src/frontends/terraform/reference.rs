//! References: from a root name along its steps to a value, evaluating only what the steps ask for.

use super::access;
use super::eval::{Evaluator, Scope, invalid};
use super::instance::{Expansion, Instance, Key};
use super::module::Mode;
use super::target::instance_key;
use crate::model::{Hop, Reason, Value};
use crate::source::{Site, Span};
use crate::syntax::hcl::{ExprId, ExprKind};
use std::rc::Rc;
use std::sync::Arc;

/// One step of a reference.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Attr(Span),
    Index(ExprId),
    Splat(Vec<Step>),
}

/// Where a reference stands on its way: resources and modules are opened only as far as it goes.
#[derive(Debug, Clone)]
pub(super) enum Target<'p> {
    Value(Value),
    /// A resource with all its instances; which, in which module.
    Resources(Rc<Instance<'p>>, usize),
    Resource(Rc<Instance<'p>>, usize, Key),
    Calls(Rc<Instance<'p>>, Arc<str>),
    Call(Rc<Instance<'p>>, Arc<str>, Key),
}

impl<'p> Evaluator<'p> {
    pub(crate) fn reference(&self, id: ExprId, scope: Scope<'_, 'p>) -> Value {
        let site = scope.file.site(scope.file.tree.expr(id).span);
        let mut steps = Vec::new();
        let base = flatten(id, scope, &mut steps);
        steps.reverse();
        let (target, used) = match scope.file.tree.expr(base).kind {
            ExprKind::Name(name) => self.root(scope.file.text(name), &steps, site, scope),
            ExprKind::SplatItem => (Target::Value(scope.bound("*").unwrap_or_else(|| invalid("a splat"))), 0),
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Plain(_)
            | ExprKind::Template(_)
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. }
            | ExprKind::Call { .. }
            | ExprKind::Tuple(_)
            | ExprKind::Object(_)
            | ExprKind::For(_)
            | ExprKind::Conditional { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Parens(_) => (Target::Value(self.eval(base, scope)), 0),
        };
        match self.follow(target, steps.get(used..).unwrap_or(&[]), scope) {
            Target::Value(value) => value,
            // Put together of all that is written about it.
            target => self.weighed(self.whole(target), site),
        }
    }

    /// The target of a root name, and how many steps it took.
    fn root(&self, name: &str, steps: &[Step], site: Site, scope: Scope<'_, 'p>) -> (Target<'p>, usize) {
        if let Some(value) = scope.bound(name) {
            return match (name, steps.first()) {
                ("self", _) => (Target::Value(value), 0),
                // `each.key` is what carries a value, not `each`.
                ("each" | "count", Some(Step::Attr(span))) => {
                    let attribute = scope.file.text(*span);
                    let hop = Hop::Iterator(format!("{name}.{attribute}").into());
                    (Target::Value(access::attr(&value, attribute).via(hop, Some(site))), 1)
                }
                _ => (Target::Value(value.via(Hop::Iterator(Arc::from(name)), Some(site))), 0),
            };
        }
        if self.rendering.get() > 0 {
            // A template sees nothing but the values that were handed to it.
            return (Target::Value(undeclared(name)), 0);
        }
        if self.wrapped && name != "local" {
            let what = Arc::from(format!("`{name}`"));
            return (Target::Value(Value::unknown(Reason::Unsupported { what })), 0);
        }
        let instance = scope.instance;
        let attribute = |at: usize| match steps.get(at) {
            Some(Step::Attr(span)) => Some(scope.file.text(*span)),
            Some(Step::Index(_) | Step::Splat(_)) | None => None,
        };
        let Some(first) = attribute(0) else {
            return (Target::Value(undeclared(name)), 0);
        };
        match name {
            "var" => (Target::Value(self.variable(instance, first, site)), 1),
            "local" => (Target::Value(self.local(instance, first, site)), 1),
            "module" => (self.module_call(instance, first), 1),
            "path" => (Target::Value(path_value(instance, first)), 1),
            // `terraform.workspace` is chosen outside the code: taking it for `default` would judge an
            // environment that nobody has.
            "terraform" | "tofu" => {
                let name = Arc::from(format!("{name}.{first}"));
                (Target::Value(Value::unknown(Reason::Function { name })), 1)
            }
            "each" | "count" | "self" => {
                let what = Arc::from(format!("{name}.{first}"));
                (Target::Value(Value::unknown(Reason::Instance { what })), 1)
            }
            "data" | "ephemeral" => {
                let mode = if name == "data" { Mode::Data } else { Mode::Ephemeral };
                match attribute(1) {
                    Some(second) => (resource(instance, mode, first, second), 2),
                    None => (Target::Value(undeclared(&format!("{name}.{first}"))), 1),
                }
            }
            type_name => (resource(instance, Mode::Managed, type_name, first), 1),
        }
    }

    fn module_call(&self, instance: &Rc<Instance<'p>>, name: &str) -> Target<'p> {
        match instance.module.calls.get(name) {
            Some(call) => Target::Calls(Rc::clone(instance), Arc::clone(&call.name)),
            None => Target::Value(undeclared(&format!("module.{name}"))),
        }
    }

    pub(super) fn follow(&self, mut target: Target<'p>, steps: &[Step], scope: Scope<'_, 'p>) -> Target<'p> {
        for step in steps {
            target = match step {
                Step::Attr(span) => self.attr(target, scope.file.text(*span), scope.file.site(*span)),
                Step::Index(key) => self.index(target, &self.eval(*key, scope)),
                Step::Splat(each) => Target::Value(self.splat(target, each, scope)),
            };
        }
        target
    }

    fn attr(&self, target: Target<'p>, name: &str, site: Site) -> Target<'p> {
        match target {
            Target::Value(value) => {
                self.doubt(&value);
                Target::Value(access::attr(&value, name))
            }
            Target::Resources(instance, index) => match self.resource_expansion(&instance, index) {
                Expansion::Single => self.attr(Target::Resource(instance, index, Key::None), name, site),
                // One stands for all while their set is unknown: `x.a` is then an error or a mistake of ours.
                Expansion::Unknown { .. } => {
                    self.attr(Target::Resource(instance, index, Key::None), name, site)
                }
                Expansion::Each(_) => self.index(Target::Resources(instance, index), &Value::string(name)),
                Expansion::Count(_) => Target::Value(invalid("an attribute of a resource that has `count`")),
            },
            Target::Resource(instance, index, key) => {
                Target::Value(self.resource_attribute(&instance, index, &key, name, site))
            }
            Target::Calls(instance, call) => match self.call_expansion(&instance, &call) {
                Expansion::Single | Expansion::Unknown { .. } => {
                    self.attr(Target::Call(instance, call, Key::None), name, site)
                }
                Expansion::Each(_) => self.index(Target::Calls(instance, call), &Value::string(name)),
                Expansion::Count(_) => Target::Value(invalid("an attribute of a module that has `count`")),
            },
            Target::Call(instance, call, key) => {
                Target::Value(self.module_output(&instance, &call, &key, name, site))
            }
        }
    }

    fn index(&self, target: Target<'p>, key: &Value) -> Target<'p> {
        match target {
            Target::Value(value) => {
                self.doubt(&value);
                self.doubt(key);
                Target::Value(access::index(&value, key))
            }
            Target::Resources(instance, index) => {
                let expansion = self.resource_expansion(&instance, index);
                self.doubt_instance(&expansion, key);
                if matches!(expansion, Expansion::Single) {
                    return self.index(Target::Resource(instance, index, Key::None), key);
                }
                match instance_key(&expansion, key) {
                    Ok(key) => Target::Resource(instance, index, key),
                    Err(value) => Target::Value(value),
                }
            }
            Target::Calls(instance, call) => {
                let expansion = self.call_expansion(&instance, &call);
                self.doubt_instance(&expansion, key);
                if matches!(expansion, Expansion::Single) {
                    return self.index(Target::Call(instance, call, Key::None), key);
                }
                match instance_key(&expansion, key) {
                    Ok(key) => Target::Call(instance, call, key),
                    Err(value) => Target::Value(value),
                }
            }
            Target::Resource(..) | Target::Call(..) => match key.as_str() {
                // `aws_instance.a["id"]` is the attribute.
                Some(name) => {
                    let name = Arc::<str>::from(name);
                    let site = self.target_site(&target);
                    self.attr(target, &name, site)
                }
                None => Target::Value(access::index(&self.whole(target), key)),
            },
        }
    }

    /// One of several instances may not be there while their set or the key is unknown.
    fn doubt_instance(&self, expansion: &Expansion, key: &Value) {
        match expansion {
            Expansion::Unknown { .. } => self.doubtful.set(self.doubtful.get() + 1),
            Expansion::Count(_) | Expansion::Each(_) => self.doubt(key),
            Expansion::Single => {}
        }
    }
}

fn resource<'p>(instance: &Rc<Instance<'p>>, mode: Mode, type_name: &str, name: &str) -> Target<'p> {
    match instance.module.resource(mode, type_name, name) {
        Some(index) => Target::Resources(Rc::clone(instance), index),
        None => Target::Value(undeclared(&format!("{}{type_name}.{name}", mode.prefix()))),
    }
}

fn undeclared(name: &str) -> Value {
    Value::unknown(Reason::Undeclared { name: Arc::from(name) })
}

/// `path.module` as Terraform gives it: relative to the folder of the root module.
fn path_value(instance: &Instance<'_>, name: &str) -> Value {
    match name {
        "module" => {
            let root = &instance.root_module().folder;
            Value::string(relative(root, &instance.module.folder))
        }
        "root" => Value::string("."),
        _ => Value::unknown(Reason::Function { name: Arc::from(format!("path.{name}")) }),
    }
}

/// The way from one folder to another, both relative to the same root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    if from == to {
        return ".".to_owned();
    }
    let split = |path: &str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (from, to) = (split(from), split(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - common);
    up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/")
}

/// Collects the steps of a reference, last first, and returns what they start from.
fn flatten(id: ExprId, scope: Scope<'_, '_>, steps: &mut Vec<Step>) -> ExprId {
    let mut id = id;
    loop {
        match &scope.file.tree.expr(id).kind {
            ExprKind::Attr { base, name } => {
                steps.push(Step::Attr(*name));
                id = *base;
            }
            ExprKind::Index { base, key } => {
                steps.push(Step::Index(*key));
                id = *base;
            }
            ExprKind::Splat { base, each, .. } => {
                let mut inner = Vec::new();
                flatten(*each, scope, &mut inner);
                inner.reverse();
                steps.push(Step::Splat(inner));
                id = *base;
            }
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Plain(_)
            | ExprKind::Template(_)
            | ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Call { .. }
            | ExprKind::Tuple(_)
            | ExprKind::Object(_)
            | ExprKind::For(_)
            | ExprKind::Conditional { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Parens(_) => return id,
        }
    }
}

//! What goes into and comes out of a module: variables, locals, outputs, calls.

use super::eval::{Evaluator, Scope};
use super::given::same;
use super::instance::{Instance, Key, memoized};
use super::module::{Module, ModuleSource, find_attribute};
use super::types;
use crate::model::{Entry, Hop, Kind, Marks, Object, Reason, Value};
use crate::source::Site;
use std::rc::Rc;
use std::sync::Arc;

/// Module calls inside one another.
const MAX_CALLS: usize = 40;
/// Instances of modules in one unit.
const MAX_MODULES: usize = 10_000;

impl<'p> Evaluator<'p> {
    /// `var.name` as referred to at `site`.
    pub(crate) fn variable(&self, instance: &Rc<Instance<'p>>, name: &str, site: Site) -> Value {
        let Some((name, _)) = instance.module.variables.get_key_value(name) else {
            return Value::unknown(Reason::Undeclared { name: format!("var.{name}").into() });
        };
        let busy = || Value::unknown(Reason::Cycle { what: format!("var.{name}").into() });
        let value =
            memoized(&instance.variables, name, busy, || self.apart(|| self.variable_value(instance, name)));
        hop(value, Hop::VariableDefault(Arc::clone(name)), site)
    }

    fn variable_value(&self, instance: &Rc<Instance<'p>>, name: &Arc<str>) -> Value {
        let blocks = instance.module.variables.get(name).map_or(&[][..], Vec::as_slice);
        let declared = |argument: &str| instance.module.argument(blocks, argument);
        let flag = |attribute: &str| {
            let (file, expr) = declared(attribute)?;
            super::scalar::truth(&self.eval(expr, Scope { instance, file, frame: None }))
        };
        let given = self.given(instance, name);
        let default = || {
            let (file, expr) = declared("default")?;
            Some(self.eval(expr, Scope { instance, file, frame: None }))
        };
        let value = match given {
            Some(value) if !value.is_null() || flag("nullable") != Some(false) => Some(value),
            Some(_) | None => default(),
        };
        let unset = || Value::unknown(Reason::Variable { name: Arc::clone(name) });
        let typed = |value: Value| match declared("type") {
            Some((file, expr)) => {
                let scope = Scope { instance, file, frame: None };
                let to = types::constraint(file, expr, &|expr| self.eval(expr, scope));
                // Each element gets all defaults of its type.
                self.weighed(types::convert(&value, &to), file.site(file.tree.expr(expr).span))
            }
            None => value,
        };
        let mut value = typed(value.unwrap_or_else(unset));
        if let Some(planned) = instance.inputs.planned.get(name).cloned().map(typed)
            && !same(&value, &planned)
        {
            value = planned;
        }
        let (sensitive, ephemeral) = (flag("sensitive") == Some(true), flag("ephemeral") == Some(true));
        if sensitive && !value.marks.has(Marks::SENSITIVE) {
            value = value.marked(Marks::SENSITIVE).via(Hop::Marked(Arc::clone(name)), None);
        }
        if ephemeral {
            value = value.marked(Marks::EPHEMERAL);
        }
        if !sensitive && !ephemeral && instance.parent.is_none() && is_handed_over(&value) {
            let declared = blocks.first().map(|at| {
                let (file, block) = instance.module.block(*at);
                file.site(block.header)
            });
            value = value.via(Hop::UnmarkedVariable(Arc::clone(name)), declared);
        }
        value
    }

    /// What the caller, or for a root the files of values, set.
    fn given(&self, instance: &Rc<Instance<'p>>, name: &Arc<str>) -> Option<Value> {
        if let (Some(parent), Some((call, key))) = (&instance.parent, &instance.call) {
            let expansion = self.call_expansion(parent, call);
            let frame = expansion.frame(key);
            let (file, expr) = parent.module.argument(&parent.module.calls.get(call)?.blocks, name)?;
            let site = file.site(file.tree.expr(expr).span);
            let value = self.eval(expr, Scope { instance: parent, file, frame: Some(&frame) });
            let label = Arc::from(format!("{}.{name}", instance.address));
            return Some(hop(value, Hop::ModuleInput(label), site));
        }
        if let Some(value) = instance.inputs.named.get(name) {
            return Some(value.clone());
        }
        let beside = instance.module.values.iter().rev().find_map(|file| {
            let expr = find_attribute(file, &file.tree.body, name)?;
            let site = file.site(file.tree.expr(expr).span);
            let value = self.eval(expr, Scope { instance, file, frame: None });
            Some(hop(value, Hop::VariableValue(Arc::clone(name)), site))
        });
        beside.or_else(|| instance.inputs.environment.get(name).cloned())
    }

    /// `local.name` as referred to at `site`.
    pub(crate) fn local(&self, instance: &Rc<Instance<'p>>, name: &str, site: Site) -> Value {
        let known = instance.module.locals.get_key_value(name);
        match known.and_then(|(name, _)| Some((name, self.local_value(instance, name)?))) {
            Some((name, value)) => hop(value, Hop::Local(Arc::clone(name)), site),
            None => Value::unknown(Reason::Undeclared { name: format!("local.{name}").into() }),
        }
    }

    /// What a local comes to, the last of its name; `None` where there is none.
    pub(crate) fn local_value(&self, instance: &Rc<Instance<'p>>, name: &Arc<str>) -> Option<Value> {
        let local = instance.module.locals.get(name)?.last()?;
        let busy = || Value::unknown(Reason::Cycle { what: format!("local.{name}").into() });
        Some(memoized(&instance.locals, name, busy, || {
            let file = &instance.module.files[local.file as usize];
            self.apart(|| self.eval(local.expr, Scope { instance, file, frame: None }))
        }))
    }

    pub(crate) fn module_output(
        &self,
        instance: &Rc<Instance<'p>>,
        call: &Arc<str>,
        key: &Key,
        name: &str,
        site: Site,
    ) -> Value {
        let Some(child) = self.child(instance, call, key) else {
            return self.absent_module(instance, call);
        };
        let name: Arc<str> = Arc::from(name);
        let label: Arc<str> = Arc::from(format!("{}.{name}", child.address));
        let busy = || Value::unknown(Reason::Cycle { what: Arc::clone(&label) });
        let value = memoized(&child.outputs, &name, busy, || {
            let blocks = child.module.outputs.get(&name).map_or(&[][..], Vec::as_slice);
            match child.module.argument(blocks, "value") {
                Some((file, expr)) => {
                    self.apart(|| self.eval(expr, Scope { instance: &child, file, frame: None }))
                }
                None => Value::unknown(Reason::Undeclared { name: Arc::clone(&label) }),
            }
        });
        hop(value, Hop::ModuleOutput(label), site)
    }

    pub(crate) fn module_object(&self, instance: &Rc<Instance<'p>>, call: &Arc<str>, key: &Key) -> Value {
        let Some(child) = self.child(instance, call, key) else {
            return self.absent_module(instance, call);
        };
        let outputs = child.module.outputs.iter().filter_map(|(name, blocks)| {
            let (file, block) = child.module.block(*blocks.first()?);
            let site = file.site(block.header);
            Some(Entry::new(Arc::clone(name), self.module_output(instance, call, key, name, site)))
        });
        Value::object(Object::new(outputs.collect()))
    }

    fn absent_module(&self, instance: &Rc<Instance<'p>>, call: &Arc<str>) -> Value {
        let name = instance.module.calls.get(call).map_or(call, |call| &call.name);
        let address = instance.absolute(&format!("module.{name}"));
        if self.called(instance, call).is_some() {
            return Value::unknown(Reason::Limit { what: format!("module `{address}`").into() });
        }
        let source = match instance.module.calls.get(call).map(|call| &call.source) {
            Some(ModuleSource::Local(source) | ModuleSource::Remote(source)) => Arc::from(source.as_str()),
            Some(ModuleSource::Unclear) | None => Arc::from("not a literal"),
        };
        Value::unknown(Reason::Module { address, source })
    }

    /// The module that a call names; `None` where its source is not here.
    pub(crate) fn called(&self, instance: &Instance<'p>, call: &Arc<str>) -> Option<&'p Module> {
        let call = instance.module.calls.get(call)?;
        let folder = match &call.source {
            ModuleSource::Local(folder) => folder.as_str(),
            ModuleSource::Remote(_) | ModuleSource::Unclear => {
                instance.root_module().installed.get(&instance.path_of(&call.name)).map(String::as_str)?
            }
        };
        self.program.module(folder)
    }

    /// The called module in this call; `None` where its source is not here, or a limit is reached.
    pub(crate) fn child(
        &self,
        instance: &Rc<Instance<'p>>,
        call: &Arc<str>,
        key: &Key,
    ) -> Option<Rc<Instance<'p>>> {
        let slot = (Arc::clone(call), key.clone());
        let known = instance.children.borrow().get(&slot).cloned();
        known.unwrap_or_else(|| {
            let child = self.new_child(instance, call, key);
            instance.children.borrow_mut().insert(slot, child.clone());
            child
        })
    }

    fn new_child(&self, instance: &Rc<Instance<'p>>, call: &Arc<str>, key: &Key) -> Option<Rc<Instance<'p>>> {
        let declared = instance.module.calls.get(call)?;
        let (file, block) = instance.module.block(*declared.blocks.first()?);
        let module = self.called(instance, call)?;
        let site = file.site(block.header);
        if instance.is_inside(module) {
            self.limit(Some(site), "a module that calls itself");
            return None;
        }
        if instance.calls.len() >= MAX_CALLS {
            self.limit(Some(site), "a module that is nested too deeply");
            return None;
        }
        if self.modules.get() >= MAX_MODULES {
            self.limit(Some(site), "a root module with more than 10,000 instances of modules");
            return None;
        }
        self.modules.set(self.modules.get() + 1);
        Some(Instance::called(module, instance, declared, (Arc::clone(call), key.clone()), site))
    }
}

/// A value one hop further, if it has a way at all.
/// Whether the code leaves it to somebody else what a variable is: nothing is said, or that it is nothing.
fn is_handed_over(value: &Value) -> bool {
    match &value.kind {
        Kind::Null => true,
        Kind::String(text) => text.is_empty() || value.origin.is_given(),
        Kind::Unknown(unknown) => matches!(unknown.reason, Reason::Variable { .. }),
        Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            value.origin.is_given()
        }
    }
}

fn hop(value: Value, hop: Hop, site: Site) -> Value {
    value.via(hop, Some(site))
}

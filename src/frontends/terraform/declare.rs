//! Named values that people set: variables' defaults, assigned values, locals.

use super::candidate::{may_be_secret, passes_secret};
use super::emit::OF_THE_CALL;
use super::eval::{Evaluator, Scope};
use super::instance::Instance;
use super::module::{BlockRef, LocalRef, ModuleCall, ModuleFile, find_attribute};
use super::types::optional_default;
use crate::model::{Declaration, DeclarationKind, Entry, Marks, Object, Value};
use crate::syntax::hcl::{ExprId, ExprKind};
use std::rc::Rc;
use std::sync::Arc;

impl<'p> Evaluator<'p> {
    /// The declarations of an instance's module, with the files of values beside it.
    pub(crate) fn declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let mut found = self.variable_declarations(instance);
        found.extend(self.local_declarations(instance));
        found.extend(self.value_declarations(instance));
        found.extend(self.input_declarations(instance));
        found.extend(self.argument_declarations(instance));
        found.extend(self.output_declarations(instance));
        found
    }

    /// What outputs say under names of secrets.
    fn output_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let outputs = instance.module.outputs.iter();
        let blocks = outputs.flat_map(|(name, blocks)| blocks.iter().map(move |at| (name, *at)));
        let declare = |(name, at): (&Arc<str>, BlockRef)| {
            let (file, block) = instance.module.block(at);
            let expr = find_attribute(file, &block.body, "value")?;
            let tells =
                passes_secret(instance, file, name, expr) && self.tells(instance, file, name, expr, true);
            tells.then(|| Declaration {
                kind: DeclarationKind::ModuleOutput,
                name: Arc::clone(name),
                module: Arc::clone(&instance.address),
                name_site: file.site(block.header),
                block: file.site(file.tree.expr(expr).span),
                value: self.eval(expr, Scope { instance, file, frame: None }),
                marked_secret: false,
            })
        };
        blocks.filter_map(declare).collect()
    }

    /// What calls give to modules, which may be none of this repository.
    fn argument_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let mut found = Vec::new();
        let made =
            |(name, _): &(&Arc<str>, &ModuleCall)| !self.call_expansion(instance, name).keys().is_empty();
        let calls = instance.module.calls.iter().filter(made);
        for (call, at) in calls.flat_map(|(name, call)| call.blocks.iter().map(move |at| (name, *at))) {
            let (file, block) = instance.module.block(at);
            for argument in &block.body.attributes {
                let name = file.text(argument.name);
                let may_tell = || {
                    passes_secret(instance, file, name, argument.expr)
                        && self.tells(instance, file, name, argument.expr, true)
                };
                if OF_THE_CALL.contains(&name) || !may_tell() {
                    continue;
                }
                let span = file.tree.expr(argument.expr).span;
                found.push(Declaration {
                    kind: DeclarationKind::ModuleInput,
                    name: Arc::from(name),
                    module: instance.absolute(&format!("module.{call}")),
                    name_site: file.site(argument.name),
                    block: file.site(argument.name.to(span)),
                    value: self.eval(argument.expr, Scope { instance, file, frame: None }),
                    marked_secret: false,
                });
            }
        }
        found
    }

    /// What the root module shows, as far as it may be a secret that the code makes or uncovers.
    pub(crate) fn shown(&self, instance: &Rc<Instance<'p>>, makes_secrets: bool) -> Vec<Declaration> {
        let mut found = Vec::new();
        for (name, blocks) in &instance.module.outputs {
            for at in blocks {
                let (file, block) = instance.module.block(*at);
                let Some(expr) = find_attribute(file, &block.body, "value") else { continue };
                let text = file.text(file.tree.expr(expr).span);
                let tells = || {
                    let folded = text.to_ascii_lowercase();
                    folded.contains("nonsensitive") || folded.contains("secret_access_key")
                };
                if !makes_secrets && !tells() {
                    continue;
                }
                let scope = Scope { instance, file, frame: None };
                let sensitive = find_attribute(file, &block.body, "sensitive")
                    .is_some_and(|expr| super::scalar::truth(&self.eval(expr, scope)) == Some(true));
                found.push(Declaration {
                    kind: DeclarationKind::RootOutput,
                    name: Arc::clone(name),
                    module: Arc::clone(&instance.address),
                    name_site: file.site(block.header),
                    block: file.site(file.tree.expr(expr).span),
                    value: self.eval(expr, scope),
                    marked_secret: sensitive,
                });
            }
        }
        found
    }

    /// What is given from outside; values of files stand in those.
    fn input_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let mut found = Vec::new();
        for (name, value) in instance.inputs.environment.iter().chain(&instance.inputs.named) {
            let at = instance.module.variables.get(name).and_then(|blocks| blocks.first());
            let Some(at) = at.filter(|_| value.origin.is_given()) else { continue };
            let (file, block) = instance.module.block(*at);
            found.push(Declaration {
                kind: DeclarationKind::VariableValue,
                name: Arc::clone(name),
                module: Arc::clone(&instance.address),
                name_site: file.site(block.header),
                block: file.site(block.span),
                value: value.clone(),
                marked_secret: self.variable(instance, name, file.site(block.header)).marks != Marks::NONE,
            });
        }
        found
    }

    fn variable_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let mut found = Vec::new();
        for (name, blocks) in &instance.module.variables {
            for at in blocks {
                let (file, block) = instance.module.block(*at);
                let scope = Scope { instance, file, frame: None };
                let default = find_attribute(file, &block.body, "default");
                let flag = |attribute: &str| {
                    find_attribute(file, &block.body, attribute)
                        .is_some_and(|expr| super::scalar::truth(&self.eval(expr, scope)) == Some(true))
                };
                let declared = |value| Declaration {
                    kind: DeclarationKind::Variable,
                    name: Arc::clone(name),
                    module: Arc::clone(&instance.address),
                    name_site: file.site(block.header),
                    block: file.site(block.span),
                    value,
                    marked_secret: flag("sensitive") || flag("ephemeral"),
                };
                let of_type = find_attribute(file, &block.body, "type")
                    .and_then(|of| optional_defaults(instance, file, of, &|expr| self.eval(expr, scope)));
                found.extend(of_type.map(declared));
                let tells = |default: &ExprId| {
                    may_be_secret(instance, file, name, *default)
                        && self.tells(instance, file, name, *default, false)
                };
                let Some(default) = default.filter(tells) else { continue };
                found.push(declared(self.eval(default, scope)));
            }
        }
        found
    }

    fn local_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        // One that another one overrides stands in the code all the same.
        let all = instance.module.locals.iter().flat_map(|(name, all)| {
            let last = all.len().saturating_sub(1);
            all.iter().enumerate().map(move |(at, local)| (name, local, at == last))
        });
        let declare = |(name, local, holds): (&Arc<str>, &LocalRef, bool)| {
            let file = &instance.module.files[local.file as usize];
            if !may_be_secret(instance, file, name, local.expr)
                || !self.tells(instance, file, name, local.expr, false)
            {
                return None;
            }
            let span = file.tree.expr(local.expr).span;
            Some(Declaration {
                kind: DeclarationKind::Local,
                name: Arc::clone(name),
                module: Arc::clone(&instance.address),
                name_site: file.site(local.name),
                block: file.site(local.name.to(span)),
                value: if holds {
                    self.local_value(instance, name)?
                } else {
                    self.eval(local.expr, Scope { instance, file, frame: None })
                },
                marked_secret: false,
            })
        };
        all.filter_map(declare).collect()
    }

    fn value_declarations(&self, instance: &Rc<Instance<'p>>) -> Vec<Declaration> {
        let mut found = Vec::new();
        for file in instance.module.values.iter().chain(&instance.module.other_values) {
            for attribute in &file.tree.body.attributes {
                let name = file.text(attribute.name);
                let marked_secret = instance.module.marks_secret(name);
                let tells = || {
                    may_be_secret(instance, file, name, attribute.expr)
                        && self.tells(instance, file, name, attribute.expr, false)
                };
                if !marked_secret && !tells() {
                    continue;
                }
                let span = file.tree.expr(attribute.expr).span;
                found.push(Declaration {
                    kind: DeclarationKind::VariableValue,
                    name: Arc::from(name),
                    module: Arc::clone(&instance.address),
                    name_site: file.site(attribute.name),
                    block: file.site(attribute.name.to(span)),
                    value: self.eval(attribute.expr, Scope { instance, file, frame: None }),
                    marked_secret,
                });
            }
        }
        found
    }
}

/// The defaults of `optional` attributes in a type constraint, under their names, as far as these may be secrets.
/// <https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes>
fn optional_defaults(
    instance: &Instance<'_>,
    file: &ModuleFile,
    of: ExprId,
    eval: &dyn Fn(ExprId) -> Value,
) -> Option<Value> {
    let tree = &file.tree;
    let ExprKind::Call { name, args, .. } = &tree.expr(of).kind else { return None };
    let first = *tree.ids(*args).first()?;
    let items = match (file.text(*name), &tree.expr(first).kind) {
        ("list" | "set" | "map" | "optional", _) => return optional_defaults(instance, file, first, eval),
        ("object", ExprKind::Object(items)) => tree.items(*items),
        _ => return None,
    };
    let entries = items.iter().filter_map(|item| {
        let key = tree.expr(item.key).span;
        let name = file.text(key).trim_matches('"');
        let default = optional_default(file, item.value)
            .filter(|default| may_be_secret(instance, file, name, *default))
            .map(|default| (eval(default), file.site(tree.expr(default).span)));
        let inner = || {
            Some((
                optional_defaults(instance, file, item.value, eval)?,
                file.site(tree.expr(item.value).span),
            ))
        };
        let (value, site) = default.or_else(inner)?;
        Some(Entry { key_site: Some(file.site(key)), site: Some(site), ..Entry::new(name, value) })
    });
    let entries: Vec<Entry> = entries.collect();
    (!entries.is_empty()).then(|| Value::object(Object::new(entries)))
}

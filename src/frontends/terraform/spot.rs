//! What the name at a place comes to, in every instance of its module: for whoever points at it.

use super::emit::Walk;
use super::eval::{Frame, Scope};
use super::instance::{Expansion, Instance};
use super::module::{BlockRef, ModuleFile, find_attribute};
use crate::model::Value;
use crate::source::{Site, Span};
use crate::syntax::hcl::{ExprId, ExprKind};
use std::rc::Rc;
use std::sync::Arc;

/// A place in a file, by its path as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'a> {
    pub path: &'a str,
    pub offset: u32,
}

/// What stands there, and what it comes to.
#[derive(Debug, Clone)]
pub struct Pointed {
    /// As it is written, with the module before it: `module.web.var.ami`.
    pub name: Arc<str>,
    pub site: Site,
    pub value: Value,
}

/// Where names begin that mean the same in all of a module.
const ROOTS: [&str; 4] = ["var", "local", "module", "data"];
/// Instances whose own values are shown.
const MOST_INSTANCES: usize = 64;

impl<'p> Walk<'p, '_> {
    /// Notes what the name at the wanted place is in an instance of the module.
    pub(super) fn point(&mut self, instance: &Rc<Instance<'p>>) {
        let Some(spot) = self.options.spot else { return };
        let module = instance.module;
        let mut files = module.files.iter().chain(&module.values).chain(&module.other_values);
        let Some(file) = files.find(|file| file.source.path == spot.path) else { return };
        // Of JSON no place inside of a string is known for sure.
        if file.source.path.ends_with(".json") {
            return;
        }
        match self.reference(instance, file, spot.offset) {
            Some(pointed) => self.pointed.extend(pointed),
            None => self.pointed.extend(self.declared(instance, file, spot.offset)),
        }
    }

    fn reference(
        &self,
        instance: &Rc<Instance<'p>>,
        file: &'p ModuleFile,
        offset: u32,
    ) -> Option<Vec<Pointed>> {
        let ids = (0..).map(ExprId).zip(file.tree.exprs());
        let there = ids.filter(|(_, expr)| holds(expr.span, offset) && is_step(&expr.kind));
        let (id, expr) = there.min_by_key(|(_, expr)| expr.span.len())?;
        let pointed = |frame: Option<&Frame<'_>>| Pointed {
            name: instance.absolute(file.text(expr.span)),
            site: file.site(expr.span),
            value: self.evaluator.eval(id, Scope { instance, file, frame }),
        };
        match root_of(file, id)? {
            root if ROOTS.contains(&root) => Some(vec![pointed(None)]),
            "each" | "count" => {
                let expansion = self.around(instance, file, offset)?;
                let keys = expansion.keys().into_iter().take(MOST_INSTANCES);
                Some(keys.map(|key| pointed(Some(&expansion.frame(&key)))).collect())
            }
            _ => None,
        }
    }

    /// What the resource or call around a place is expanded to.
    fn around(&self, instance: &Rc<Instance<'p>>, file: &'p ModuleFile, offset: u32) -> Option<Expansion> {
        let is_there = |at: &BlockRef| {
            let (other, block) = instance.module.block(*at);
            other.id == file.id && holds(block.span, offset)
        };
        let resource = instance.module.resources.iter().position(|decl| decl.blocks.iter().any(is_there));
        if let Some(index) = resource {
            return Some(self.evaluator.resource_expansion(instance, index));
        }
        let mut calls = instance.module.calls.iter();
        let (name, _) = calls.find(|(_, call)| call.blocks.iter().any(is_there))?;
        Some(self.evaluator.call_expansion(instance, name))
    }

    /// A variable, a local, an output or an assignment that is declared there.
    fn declared(&self, instance: &Rc<Instance<'p>>, file: &'p ModuleFile, offset: u32) -> Option<Pointed> {
        let scope = Scope { instance, file, frame: None };
        let module = instance.module;
        let is_value = module.values.iter().chain(&module.other_values).any(|other| other.id == file.id);
        if is_value {
            let mut all = file.tree.body.attributes.iter();
            let attribute =
                all.find(|attribute| holds(attribute.name.to(file.tree.expr(attribute.expr).span), offset))?;
            let name = instance.absolute(&format!("var.{}", file.text(attribute.name)));
            let value = self.evaluator.eval(attribute.expr, scope);
            return Some(Pointed { name, site: file.site(attribute.name), value });
        }
        let block = file.tree.body.blocks.iter().find(|block| holds(block.span, offset))?;
        let label = block.labels.first().map(|label| file.text(label.text));
        match (file.text(block.keyword), label) {
            ("variable", Some(name)) => {
                let default = find_attribute(file, &block.body, "default");
                let is_there = holds(block.header, offset)
                    || default.is_some_and(|expr| holds(file.tree.expr(expr).span, offset));
                is_there.then(|| Pointed {
                    name: instance.absolute(&format!("var.{name}")),
                    site: file.site(block.header),
                    value: self.evaluator.variable(instance, name, file.site(block.header)),
                })
            }
            ("output", Some(name)) => {
                let expr = find_attribute(file, &block.body, "value")?;
                let is_there = holds(block.header, offset) || holds(file.tree.expr(expr).span, offset);
                is_there.then(|| Pointed {
                    name: instance.absolute(&format!("output.{name}")),
                    site: file.site(block.header),
                    value: self.evaluator.eval(expr, scope),
                })
            }
            ("locals", _) => {
                let mut all = block.body.attributes.iter();
                let attribute = all.find(|attribute| {
                    holds(attribute.name.to(file.tree.expr(attribute.expr).span), offset)
                })?;
                Some(Pointed {
                    name: instance.absolute(&format!("local.{}", file.text(attribute.name))),
                    site: file.site(attribute.name),
                    value: self.evaluator.eval(attribute.expr, scope),
                })
            }
            ("module", Some(call)) => {
                let mut all = block.body.attributes.iter();
                let attribute = all.find(|attribute| {
                    holds(attribute.name.to(file.tree.expr(attribute.expr).span), offset)
                })?;
                // Each instance of a call that is made several times has values of its own.
                if ["count", "for_each"].iter().any(|name| find_attribute(file, &block.body, name).is_some())
                {
                    return None;
                }
                Some(Pointed {
                    name: instance.absolute(&format!("module.{call}.{}", file.text(attribute.name))),
                    site: file.site(attribute.name),
                    value: self.evaluator.eval(attribute.expr, scope),
                })
            }
            (_, _) => None,
        }
    }
}

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

fn is_step(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Attr { .. } | ExprKind::Index { .. } | ExprKind::Splat { .. })
}

fn root_of(file: &ModuleFile, id: ExprId) -> Option<&str> {
    let mut id = id;
    loop {
        match &file.tree.expr(id).kind {
            ExprKind::Attr { base, .. } | ExprKind::Index { base, .. } | ExprKind::Splat { base, .. } => {
                id = *base;
            }
            ExprKind::Name(name) => return Some(file.text(*name)),
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Plain(_)
            | ExprKind::Template(_)
            | ExprKind::SplatItem
            | ExprKind::Call { .. }
            | ExprKind::Tuple(_)
            | ExprKind::Object(_)
            | ExprKind::For(_)
            | ExprKind::Conditional { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Parens(_) => return None,
        }
    }
}

//! What is handed to modules whose source is not here, as far as it may be a script, a document, an environment or a key: of
//! each such call what a resource is of a type that no table knows.

use super::emit::{OF_THE_CALL, Walk};
use super::eval::{Frame, Scope};
use super::instance::{Instance, Key};
use super::module::{Module, ModuleCall, ModuleFile, find_attribute};
use super::produce::Block;
use crate::catalog::handover;
use crate::catalog::pairs::VALUES;
use crate::model::{BlockKind, Entry, Object};
use crate::secrets::{may_hold_names, names_script, says_secret};
use crate::syntax::hcl::{ExprId, ExprKind, Part};
use std::rc::Rc;
use std::sync::Arc;

/// Locals that are followed from one to another.
const DEEPEST: u32 = 8;

impl<'p> Walk<'p, '_> {
    /// The inputs of one instance of a call that are worth looking at.
    pub(super) fn handed(
        &mut self,
        instance: &Rc<Instance<'p>>,
        call: &'p ModuleCall,
        key: &Key,
        frame: &Frame<'_>,
    ) {
        let Some(first) = call.blocks.first() else { return };
        let mut inputs = Vec::new();
        for (file, block) in call.blocks.iter().map(|at| instance.module.block(*at)) {
            for argument in &block.body.attributes {
                let name = file.text(argument.name);
                let looking = Looking { module: instance.module, file, depth: 0 };
                if OF_THE_CALL.contains(&name) || !names_script(name) && !looking.expression(argument.expr) {
                    continue;
                }
                let scope = Scope { instance, file, frame: Some(frame) };
                let value = self.evaluator.eval(argument.expr, scope);
                inputs.push(Entry {
                    key_site: Some(file.site(argument.name)),
                    site: Some(file.site(file.tree.expr(argument.expr).span)),
                    ..Entry::new(name, value)
                });
            }
        }
        if inputs.is_empty() {
            return;
        }
        let (file, block) = instance.module.block(*first);
        let block = Block {
            kind: BlockKind::Call,
            address: instance.absolute(&format!("module.{}{}", call.name, key.suffix())),
            type_name: Arc::from("module"),
            header: file.site(block.header),
            block: file.site(block.span),
        };
        self.push(instance, block, Object::new(inputs));
    }
}

/// An expression that is looked at without evaluating it.
#[derive(Clone, Copy)]
struct Looking<'m> {
    module: &'m Module,
    file: &'m ModuleFile,
    depth: u32,
}

impl Looking<'_> {
    /// Whether it may hold a script, a document, an entry that says secret, or a key that the code makes.
    fn expression(self, expr: ExprId) -> bool {
        let tree = &self.file.tree;
        let any = |exprs: &[ExprId]| exprs.iter().any(|expr| self.expression(*expr));
        match &tree.expr(expr).kind {
            ExprKind::Plain(_) => self.file.has_text(expr, may_hold_names),
            ExprKind::Template(parts) => {
                let put_in = |part: &Part| match part {
                    Part::Interpolation(inner) => self.expression(*inner),
                    Part::If(_) | Part::For(_) => true,
                    Part::Raw(_) | Part::Text { .. } => false,
                };
                self.file.has_text(expr, may_hold_names) || tree.parts(*parts).iter().any(put_in)
            }
            ExprKind::Call { name, args, .. } => {
                let reads = ["file", "filebase64", "templatefile", "templatestring"];
                reads.contains(&self.file.text(*name)) || any(tree.ids(*args))
            }
            ExprKind::Object(items) => tree.items(*items).iter().any(|item| {
                let tells = |key: &str| says_secret(key) || VALUES.contains(&key);
                self.file.plain(item.key).is_some_and(tells) || self.expression(item.value)
            }),
            ExprKind::Tuple(items) => any(tree.ids(*items)),
            ExprKind::For(id) => {
                let of = tree.for_expr(*id);
                any(&[of.collection, of.value])
            }
            ExprKind::Conditional { then, otherwise, .. } => any(&[*then, *otherwise]),
            ExprKind::Parens(inner) => self.expression(*inner),
            ExprKind::Attr { base, name } => match tree.expr(*base).kind {
                ExprKind::Name(root) => self.named(self.file.text(root), self.file.text(*name)),
                _ => self.expression(*base),
            },
            ExprKind::Index { base, .. } | ExprKind::Splat { base, .. } => self.expression(*base),
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. } => false,
        }
    }

    /// The same of what a name stands for.
    fn named(self, root: &str, name: &str) -> bool {
        if self.depth >= DEEPEST {
            return true;
        }
        let at = |file, expr| Self { file, depth: self.depth + 1, ..self }.expression(expr);
        match root {
            "local" => self.module.locals.get(name).and_then(|all| all.last()).is_some_and(|local| {
                self.module.files.get(local.file as usize).is_some_and(|file| at(file, local.expr))
            }),
            "var" => self.module.variables.get(name).and_then(|blocks| blocks.first()).is_some_and(|block| {
                let (file, block) = self.module.block(*block);
                find_attribute(file, &block.body, "default").is_some_and(|default| at(file, default))
            }),
            // What is rendered is read by that.
            "data" => ["template_file", "template_cloudinit_config", "cloudinit_config"].contains(&name),
            type_name => handover::key(type_name).is_some(),
        }
    }
}

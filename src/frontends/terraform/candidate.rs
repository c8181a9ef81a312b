//! Which named values are worth evaluating for their own sake: those in which a name may say that it is a secret's.
//! What a value takes over from another named value is looked for where that one stands.

use super::instance::Instance;
use super::module::ModuleFile;
use crate::secrets::says_secret;
use crate::syntax::hcl::{ExprId, ExprKind};

/// Whether a value of this name, as it is written, may hold one under a name that says secret.
pub(super) fn may_be_secret(instance: &Instance<'_>, file: &ModuleFile, name: &str, expr: ExprId) -> bool {
    let named = says_secret(name) || instance.module.marks_secret(name);
    Names { file, is_root: instance.parent.is_none() }.within(expr, named)
}

struct Names<'f> {
    file: &'f ModuleFile,
    is_root: bool,
}

impl Names<'_> {
    /// `named`: the nearest name above says secret.
    fn within(&self, expr: ExprId, named: bool) -> bool {
        let tree = &self.file.tree;
        match &tree.expr(expr).kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::SplatItem | ExprKind::Unary { .. } => false,
            ExprKind::Number | ExprKind::Plain(_) | ExprKind::Template(_) | ExprKind::Binary { .. } => named,
            ExprKind::Name(name) => named || self.comes_from_elsewhere(self.file.text(*name)),
            ExprKind::Attr { base, .. } | ExprKind::Index { base, .. } | ExprKind::Splat { base, .. } => {
                named || self.within(*base, false)
            }
            ExprKind::Parens(inner) => self.within(*inner, named),
            ExprKind::Tuple(items) => tree.ids(*items).iter().any(|item| self.within(*item, named)),
            ExprKind::Object(items) => tree.items(*items).iter().any(|item| match tree.expr(item.key).kind {
                ExprKind::Plain(key) => self.within(item.value, says_secret(self.file.text(key))),
                // A name that is put together may come to anything.
                _ => self.within(item.value, true),
            }),
            ExprKind::For(of) => {
                let of = tree.for_expr(*of);
                self.within(of.value, named || of.key.is_some()) || self.within(of.collection, false)
            }
            ExprKind::Conditional { then, otherwise, .. } => {
                self.within(*then, named) || self.within(*otherwise, named)
            }
            ExprKind::Call { name, args, .. } => {
                let name = self.file.text(*name);
                // Names out of texts.
                let decodes = name.ends_with("decode") || matches!(name, "zipmap" | "regex" | "regexall");
                named || decodes || tree.ids(*args).iter().any(|argument| self.within(*argument, false))
            }
        }
    }

    /// Whether the literal behind a reference may stand in no named value: in the output of a module, or in its call.
    fn comes_from_elsewhere(&self, root: &str) -> bool {
        root == "module" || root == "var" && !self.is_root
    }
}

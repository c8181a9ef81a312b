//! Which named values are worth evaluating for their own sake: those in which a name may say that it is a secret's.
//! What a value takes over from another named value is looked for where that one stands.

use super::instance::Instance;
use super::module::ModuleFile;
use crate::secrets::{holds_secrets, may_say_secret};
use crate::syntax::hcl::{ExprId, ExprKind};

/// Whether a value of this name, as it is written, may hold one under a name that says secret.
pub(super) fn may_be_secret(instance: &Instance<'_>, file: &ModuleFile, name: &str, expr: ExprId) -> bool {
    let named = may_say_secret(name) || instance.module.marks_secret(name);
    // Keys of several secrets need not say so again.
    holds_secrets(name) || Names { file, instance, passed: false }.within(expr, named)
}

/// The same of what a module is given or gives: what other named values hold of it is looked for where those stand, unless
/// it is only called a secret's here.
pub(super) fn passes_secret(instance: &Instance<'_>, file: &ModuleFile, name: &str, expr: ExprId) -> bool {
    let holds = || {
        matches!(file.tree.expr(expr).kind, ExprKind::Object(_) | ExprKind::Call { .. })
            && holds_secrets(name)
    };
    Names { file, instance, passed: true }.within(expr, may_say_secret(name)) || holds()
}

struct Names<'f, 'p> {
    file: &'f ModuleFile,
    instance: &'f Instance<'p>,
    passed: bool,
}

impl Names<'_, '_> {
    /// `named`: the nearest name above says secret.
    fn within(&self, expr: ExprId, named: bool) -> bool {
        let tree = &self.file.tree;
        match &tree.expr(expr).kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::SplatItem | ExprKind::Unary { .. } => false,
            ExprKind::Number | ExprKind::Plain(_) | ExprKind::Template(_) | ExprKind::Binary { .. } => named,
            ExprKind::Name(name) => named || !self.passed && self.file.text(*name) == "module",
            ExprKind::Attr { base, name } if self.is_variable(*base) => {
                named || !self.passed && self.is_given_secret(self.file.text(*name))
            }
            ExprKind::Attr { base, .. } | ExprKind::Index { base, .. } | ExprKind::Splat { base, .. } => {
                named || self.within(*base, false)
            }
            ExprKind::Parens(inner) => self.within(*inner, named),
            ExprKind::Tuple(items) => tree.ids(*items).iter().any(|item| self.within(*item, named)),
            ExprKind::Object(items) => {
                let items = tree.items(*items);
                let name = |key: ExprId| match tree.expr(key).kind {
                    ExprKind::Plain(key) => Some(self.file.text(key)),
                    _ => None,
                };
                let paired = items.iter().any(|item| matches!(name(item.key), Some("name" | "Name")));
                items.iter().any(|item| match name(item.key) {
                    // What a value is called may stand beside it.
                    Some("value" | "Value") if paired => self.within(item.value, true),
                    Some(key) => self.within(item.value, may_say_secret(key)),
                    // A name that is put together may come to anything.
                    None => self.within(item.value, true),
                })
            }
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

    fn is_variable(&self, base: ExprId) -> bool {
        matches!(self.file.tree.expr(base).kind, ExprKind::Name(name) if self.file.text(name) == "var")
    }

    /// Whether a call hands over what it names a secret: a literal there stands in no named value.
    fn is_given_secret(&self, variable: &str) -> bool {
        let (Some(parent), Some((call, _))) = (&self.instance.parent, &self.instance.call) else {
            return false;
        };
        let argument =
            parent.module.calls.get(call).and_then(|call| parent.module.argument(&call.blocks, variable));
        argument.is_some_and(|(file, expr)| {
            Names { file, instance: parent, passed: false }.within(expr, may_say_secret(variable))
        })
    }
}

//! Which arguments of a resource have a name that says secret, or hold one, read off the code without evaluating it: of types
//! that no table knows only these are looked at.

use super::module::{BlockRef, Module, ModuleFile};
use super::overrides::block_type;
use crate::catalog::pairs::{NAMES, VALUES};
use crate::catalog::{has_row, is_no_input, is_of_aws, says_secret_in};
use crate::secrets::may_hold_names;
use crate::syntax::hcl::{Body, ExprId, ExprKind, ObjectItem};

/// The names of such arguments and blocks, in blocks that declare one resource.
pub(super) fn named<'m>(module: &'m Module, type_name: &str, blocks: &[BlockRef]) -> Vec<&'m str> {
    let mut found = Vec::new();
    let says = says_secret_in(type_name);
    for (file, block) in blocks.iter().map(|at| module.block(*at)) {
        Looking { file, says, is_of_aws: is_of_aws(type_name) }.arguments(&block.body, &mut found);
    }
    found.retain(|name| !has_row(type_name, name));
    found
}

#[derive(Clone, Copy)]
struct Looking<'m> {
    file: &'m ModuleFile,
    says: fn(&str) -> bool,
    is_of_aws: bool,
}

impl<'m> Looking<'m> {
    fn arguments(self, body: &Body, found: &mut Vec<&'m str>) {
        for attribute in &body.attributes {
            let name = self.file.text(attribute.name);
            if !is_no_input(name) && ((self.says)(name) || self.expression(attribute.expr)) {
                found.push(name);
            }
        }
        let blocks = body.blocks.iter().filter(|block| self.block(&block.body));
        found.extend(blocks.map(|block| block_type(self.file, block)).filter(|name| !is_no_input(name)));
        if self.pair(body) {
            let attributes = body.attributes.iter().map(|attribute| self.file.text(attribute.name));
            found.extend(attributes.filter(|name| NAMES.contains(name) || VALUES.contains(name)));
        }
    }

    /// Whether anything in a nested block has such a name.
    fn block(self, body: &Body) -> bool {
        let argument =
            |name: &str, expr: ExprId| !is_no_input(name) && ((self.says)(name) || self.expression(expr));
        body.attributes.iter().any(|attribute| argument(self.file.text(attribute.name), attribute.expr))
            || self.pair(body)
            || body
                .blocks
                .iter()
                .any(|block| !is_no_input(block_type(self.file, block)) && self.block(&block.body))
    }

    /// Whether a value stands beside what it is called, and that says secret or is not known here.
    fn pair(self, body: &Body) -> bool {
        let names =
            || body.attributes.iter().map(|attribute| (self.file.text(attribute.name), attribute.expr));
        names().any(|(name, _)| VALUES.contains(&name))
            && names().any(|(name, expr)| NAMES.contains(&name) && self.may_call_secret(expr))
    }

    fn may_call_secret(self, expr: ExprId) -> bool {
        match self.file.plain(expr) {
            Some(name) => (self.says)(name),
            None => !self.is_of_aws,
        }
    }

    /// Whether a key in an expression has such a name.
    fn expression(self, expr: ExprId) -> bool {
        let tree = &self.file.tree;
        let any = |exprs: &[ExprId]| exprs.iter().any(|expr| self.expression(*expr));
        match &tree.expr(expr).kind {
            ExprKind::Object(items) => {
                let items = tree.items(*items);
                items.iter().any(|item| self.item(item)) || self.item_pair(items)
            }
            ExprKind::Tuple(items) => any(tree.ids(*items)),
            // What AWS's types are given as a document is a policy or a program, in the words of which there are no secrets.
            ExprKind::Call { name, .. }
                if self.is_of_aws && matches!(self.file.text(*name), "jsonencode" | "yamlencode") =>
            {
                false
            }
            ExprKind::Call { args, .. } => any(tree.ids(*args)),
            ExprKind::Conditional { then, otherwise, .. } => any(&[*then, *otherwise]),
            ExprKind::For(id) => self.expression(tree.for_expr(*id).value),
            ExprKind::Parens(inner) => self.expression(*inner),
            // A script or a document of somebody else's.
            ExprKind::Plain(_) | ExprKind::Template(_) => {
                !self.is_of_aws && self.file.has_text(expr, may_hold_names)
            }
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. } => false,
        }
    }

    fn item(self, item: &ObjectItem) -> bool {
        let key = self.file.plain(item.key);
        key.is_some_and(self.says) || !key.is_some_and(is_no_input) && self.expression(item.value)
    }

    fn item_pair(self, items: &[ObjectItem]) -> bool {
        let keys = || items.iter().filter_map(|item| Some((self.file.plain(item.key)?, item.value)));
        keys().any(|(key, _)| VALUES.contains(&key))
            && keys().any(|(key, value)| NAMES.contains(&key) && self.may_call_secret(value))
    }
}

//! A value in the native syntax as JSON has it.

use crate::syntax::hcl::{self, Expr, ExprKind, Tree};

/// Literals and lists of them as such, everything else as a template.
pub(super) fn as_json(text: &str) -> serde_json::Value {
    let parsed = hcl::parse_expression(text);
    let known = parsed.root.and_then(|root| literal(&parsed.tree, text, &parsed.tree.expr(root)));
    known.unwrap_or_else(|| serde_json::Value::String(format!("${{{text}}}")))
}

fn literal(tree: &Tree, text: &str, expr: &Expr) -> Option<serde_json::Value> {
    match &expr.kind {
        ExprKind::Null => Some(serde_json::Value::Null),
        ExprKind::Bool(value) => Some((*value).into()),
        ExprKind::Number => serde_json::from_str(tree.text(text, expr.span)).ok(),
        ExprKind::Plain(span) => Some(tree.text(text, *span).into()),
        ExprKind::Tuple(items) => {
            let items = tree.ids(*items).iter().map(|id| literal_or_template(tree, text, &tree.expr(*id)));
            Some(items.collect())
        }
        ExprKind::Template(_) => {
            let quoted = tree.text(text, expr.span).strip_prefix('"')?.strip_suffix('"')?;
            (!quoted.contains('\\')).then(|| quoted.into())
        }
        ExprKind::Name(_)
        | ExprKind::SplatItem
        | ExprKind::Attr { .. }
        | ExprKind::Index { .. }
        | ExprKind::Splat { .. }
        | ExprKind::Call { .. }
        | ExprKind::Object(_)
        | ExprKind::For(_)
        | ExprKind::Conditional { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Unary { .. }
        | ExprKind::Parens(_) => None,
    }
}

fn literal_or_template(tree: &Tree, text: &str, expr: &Expr) -> serde_json::Value {
    literal(tree, text, expr)
        .unwrap_or_else(|| serde_json::Value::String(format!("${{{}}}", tree.text(text, expr.span))))
}

//! What functions make of what they are given.

use super::path::{Field, Path, behind};
use super::{Holds, Place};
use crate::frontends::terraform::eval::Evaluator;
use crate::syntax::hcl::{ExprId, ExprKind};

impl<'p> Evaluator<'p> {
    pub(super) fn call_holds(
        &self,
        name: &str,
        args: &[ExprId],
        expand: bool,
        path: &Path<'_>,
        place: Place<'_, 'p>,
    ) -> Holds {
        let name = name.strip_prefix("core::").unwrap_or(name);
        if !path.is_empty()
            && !expand
            && let Some(holds) = self.piece_of(name, args, path, place)
        {
            return holds;
        }
        let made = made_by(name, self.all(args, &[], place), args.is_empty());
        if path.is_empty() { made } else { made.piece() }
    }

    /// What stands in a piece of what a function hands on of its arguments; `None` for one that makes something else.
    fn piece_of(&self, name: &str, args: &[ExprId], path: &Path<'_>, place: Place<'_, 'p>) -> Option<Holds> {
        let [first, rest @ ..] = path else { return None };
        Some(match (name, args) {
            ("lookup", [of, key, default @ ..]) => {
                let key = place.file.plain(*key).map_or(Field::Any, Field::Key);
                self.holds_behind(*of, [key], path, place).or(self.all(default, path, place))
            }
            ("merge" | "try" | "tomap" | "sensitive" | "nonsensitive" | "coalesce", args) => {
                self.all(args, path, place)
            }
            ("tolist" | "toset" | "distinct" | "reverse" | "compact" | "concat" | "setunion", args) => {
                Holds::of_all(args, |arg| self.holds_behind(*arg, [Field::Any], rest, place))
            }
            ("values" | "slice", [of, ..]) => self.holds_behind(*of, [Field::Any], rest, place),
            ("element" | "one", [of, ..]) => self.holds_behind(*of, [Field::Any, *first], rest, place),
            ("flatten", [of]) => self.flattened(*of, rest, place),
            _ => return None,
        })
    }

    /// A piece of any element of a list that is flattened.
    pub(super) fn flattened(&self, expr: ExprId, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        if place.depth >= super::DEEPEST {
            return Holds::ANYTHING;
        }
        let place = Place { depth: place.depth + 1, ..place };
        let tree = &place.file.tree;
        let all = |exprs: &[ExprId]| Holds::of_all(exprs, |expr| self.flattened(*expr, path, place));
        match &tree.expr(expr).kind {
            ExprKind::Parens(inner) => self.flattened(*inner, path, place),
            ExprKind::Tuple(items) => all(tree.ids(*items)),
            ExprKind::Conditional { then, otherwise, .. } => all(&[*then, *otherwise]),
            ExprKind::For(id) if tree.for_expr(*id).key.is_none() => {
                let of = tree.for_expr(*id);
                self.in_loop(of, place, |inside| self.flattened(of.value, path, inside))
            }
            ExprKind::Call { name, args, expand: false }
                if matches!(place.file.text(*name), "concat" | "flatten" | "tolist" | "distinct") =>
            {
                all(tree.ids(*args))
            }
            // Objects are not flattened.
            ExprKind::Object(_) => self.holds(expr, path, place),
            ExprKind::Call { name, .. } if place.file.text(*name) == "merge" => self.holds(expr, path, place),
            ExprKind::Attr { base, name } if self.is_locals(*base, place) => {
                self.flattened_local(place, place.file.text(*name), path)
            }
            _ => self.holds(expr, &[], place).piece(),
        }
    }

    /// A piece of what an expression comes to, behind some fields of it.
    pub(super) fn holds_behind<const N: usize>(
        &self,
        expr: ExprId,
        fields: [Field<'_>; N],
        path: &Path<'_>,
        place: Place<'_, 'p>,
    ) -> Holds {
        let (path, is_whole) = behind(fields, path);
        let holds = self.holds(expr, &path, place);
        if is_whole { holds } else { holds.piece() }
    }
}

/// What a function makes of arguments that hold this.
fn made_by(name: &str, args: Holds, takes_none: bool) -> Holds {
    match name {
        "merge" => Holds { bare: false, named: args.named || args.paired, ..args },
        "length" | "contains" | "can" | "issensitive" | "alltrue" | "anytrue" | "abs" | "ceil" | "floor"
        | "max" | "min" | "tonumber" | "tobool" | "sum" | "parseint" | "signum" | "startswith"
        | "endswith" | "strcontains" | "fileexists" => Holds::TEXT,
        "keys" | "fileset" | "file" | "filebase64" => Holds { document: true, ..Holds::TEXT },
        "jsonencode" | "yamlencode" => {
            Holds { document: args.named || args.document || args.paired, ..Holds::TEXT }
        }
        "replace" | "trim" | "trimprefix" | "trimsuffix" | "substr" | "format" | "formatlist" | "split" => {
            Holds { any: true, bare: true, document: true, ..args }
        }
        "concat" | "flatten" | "tolist" | "toset" | "tomap" | "values" | "lookup" | "element" | "slice"
        | "try" | "coalesce" | "coalescelist" | "compact" | "distinct" | "one" | "reverse" | "sort"
        | "setunion" | "setintersection" | "setsubtract" | "sensitive" | "nonsensitive" | "join"
        | "lower" | "upper" | "title" | "trimspace" | "tostring" | "chunklist" => {
            Holds { any: true, bare: true, ..args }
        }
        // What is made of nothing but unknowns is one.
        _ if args == Holds::NOTHING && !takes_none => Holds::TEXT,
        // Names out of texts, what nobody knows, and what may reach a bound of which people are to be told.
        _ => Holds::ANYTHING,
    }
}

//! What may stand in a value, read off the code without evaluating it: so that declarations in which no text can stand
//! under a name that says secret are not evaluated to find that out. Says too much rather than too little.
//!
//! What is asked for is a piece of a value, by the [`Path`] that leads there: of `local.settings[var.name]` only what
//! `lookup(local.settings[var.name], "groups")` takes of it.

mod functions;
mod holds;
mod names;
mod path;

pub(crate) use holds::Holds;
pub(crate) use names::Known;
use path::{Field, Path};

use super::eval::Evaluator;
use super::instance::Instance;
use super::module::ModuleFile;
use crate::catalog::pairs::{NAMES, VALUES};
use crate::secrets::{holds_secrets, may_say_secret};
use crate::syntax::hcl::{ExprId, ExprKind, ForExpr, ObjectItem, Part};
use std::rc::Rc;

/// Expressions and references inside one another.
const DEEPEST: u32 = 200;
/// Expressions that are looked at for one declaration.
const MOST_LOOKS: u32 = 50_000;

/// Where an expression stands: names that loops bind are looked up from the innermost on.
#[derive(Clone, Copy)]
struct Place<'a, 'p> {
    instance: &'a Rc<Instance<'p>>,
    file: &'a ModuleFile,
    bound: Option<&'a Bound<'a, 'p>>,
    depth: u32,
}

/// What a loop binds.
struct Bound<'a, 'p> {
    name: &'a str,
    to: To<'a, 'p>,
    outer: Option<&'a Bound<'a, 'p>>,
}

#[derive(Clone, Copy)]
enum To<'a, 'p> {
    /// A key, or a number.
    Text,
    /// Any element of what stands there.
    Element(ExprId, Place<'a, 'p>),
    /// `each` of the block around it, which goes through this if it goes through anything.
    Each(Option<(ExprId, Place<'a, 'p>)>),
}

impl<'a, 'p> Place<'a, 'p> {
    fn with(self, bound: &'a Bound<'a, 'p>) -> Place<'a, 'p> {
        Place { bound: Some(bound), ..self }
    }

    fn bound(&self, name: &str) -> Option<To<'a, 'p>> {
        let mut bound = self.bound;
        while let Some(inner) = bound {
            if inner.name == name {
                return Some(inner.to);
            }
            bound = inner.outer;
        }
        None
    }
}

impl<'p> Evaluator<'p> {
    /// Whether a declaration of this name is wanted: all are, or it may tell of a secret. `passed`: documents in it are looked
    /// through as well.
    pub(super) fn tells(
        &self,
        instance: &Rc<Instance<'p>>,
        file: &ModuleFile,
        name: &str,
        expr: ExprId,
        passed: bool,
    ) -> bool {
        if !self.is_told || holds_secrets(name) {
            return true;
        }
        self.looks.set(0);
        let holds = self.holds(expr, &[], Place { instance, file, bound: None, depth: 0 });
        let named = || may_say_secret(name) || instance.module.marks_secret(name);
        holds.named || passed && holds.document || holds.bare && named()
    }

    /// What stands in a piece of what an expression comes to.
    fn holds(&self, expr: ExprId, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        let looks = self.looks.get();
        if place.depth >= DEEPEST || looks >= MOST_LOOKS {
            return Holds::ANYTHING;
        }
        self.looks.set(looks + 1);
        let place = Place { depth: place.depth + 1, ..place };
        let (file, tree) = (place.file, &place.file.tree);
        match &tree.expr(expr).kind {
            ExprKind::Null => Holds::NOTHING,
            ExprKind::Bool(_) | ExprKind::Number | ExprKind::Binary { .. } | ExprKind::Unary { .. } => {
                Holds::TEXT
            }
            ExprKind::Plain(span) => Holds::text(file.text(*span)),
            ExprKind::Template(parts) => self.template_holds(tree.parts(*parts), path, place),
            ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. } => self.reference_holds(expr, path, place),
            ExprKind::Call { name, args, expand } => {
                self.call_holds(file.text(*name), tree.ids(*args), *expand, path, place)
            }
            ExprKind::Tuple(items) => match path {
                [] => self.all(tree.ids(*items), &[], place),
                [_, rest @ ..] => self.all(tree.ids(*items), rest, place),
            },
            ExprKind::Object(items) => match path {
                [] => self.object_holds(tree.items(*items), place),
                [first, rest @ ..] => self.entry_holds(tree.items(*items), first, rest, place),
            },
            ExprKind::For(id) => self.loop_holds(tree.for_expr(*id), path, place),
            ExprKind::Conditional { then, otherwise, .. } => self.all(&[*then, *otherwise], path, place),
            ExprKind::Parens(inner) => self.holds(*inner, path, place),
        }
    }

    fn all(&self, exprs: &[ExprId], path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        Holds::of_all(exprs, |expr| self.holds(*expr, path, place))
    }

    fn template_holds(&self, parts: &[Part], path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        let piece = |part: &Part| match part {
            Part::Interpolation(expr) => self.holds(*expr, path, place),
            Part::Raw(span) => Holds::text(place.file.text(*span)),
            Part::Text { text, .. } => Holds::text(text),
            Part::If(_) | Part::For(_) => Holds::ANYTHING,
        };
        let all = parts.iter().fold(Holds::NOTHING, |all, part| all.or(piece(part)));
        match parts {
            [Part::Interpolation(_)] => all,
            _ => Holds { any: true, bare: true, ..all },
        }
    }

    fn object_holds(&self, items: &[ObjectItem], place: Place<'_, 'p>) -> Holds {
        let file = place.file;
        let plain = |expr: ExprId| file.plain(expr);
        // What is the name beside a value, if it is one that says nothing of secrets wherever it goes.
        let harmless = || {
            items.iter().all(|item| match plain(item.key) {
                Some(key) if NAMES.contains(&key) => {
                    plain(item.value).is_some_and(|name| !may_say_secret(name))
                }
                Some(_) => true,
                None => false,
            })
        };
        Holds::of_all(items, |item| {
            let holds = self.holds(item.value, &[], place);
            let (named, paired) = match plain(item.key) {
                _ if !holds.bare => (false, false),
                Some(key) if VALUES.contains(&key) => (may_say_secret(key) || !harmless(), true),
                Some(key) => (may_say_secret(key), false),
                None => (true, true),
            };
            holds.under(named, paired)
        })
    }

    /// One of the entries, or any of them.
    fn entry_holds(
        &self,
        items: &[ObjectItem],
        wanted: &Field<'_>,
        rest: &Path<'_>,
        place: Place<'_, 'p>,
    ) -> Holds {
        let entries = items.iter().filter(|item| wanted.may_be(place.file.plain(item.key)));
        Holds::of_all(entries, |item| self.holds(item.value, rest, place))
    }

    fn loop_holds(&self, of: &ForExpr, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        self.in_loop(of, place, |inside| match (path, of.key) {
            ([], None) => self.holds(of.value, &[], inside),
            // Its keys may come to anything.
            ([], Some(_)) => {
                let made = self.holds(of.value, &[], inside);
                Holds { bare: false, named: made.named || made.bare, ..made }
            }
            // A list of all that have the same key.
            ([_], Some(_)) if of.grouping => self.holds(of.value, &[], inside),
            ([_, _, rest @ ..], Some(_)) if of.grouping => self.holds(of.value, rest, inside),
            ([_, rest @ ..], _) => self.holds(of.value, rest, inside),
        })
    }

    fn in_loop(
        &self,
        of: &ForExpr,
        place: Place<'_, 'p>,
        look: impl FnOnce(Place<'_, 'p>) -> Holds,
    ) -> Holds {
        let key = of.key_name.map_or("", |name| place.file.text(name));
        let key = Bound { name: key, to: To::Text, outer: place.bound };
        let to = To::Element(of.collection, place);
        let value = Bound { name: place.file.text(of.value_name), to, outer: Some(&key) };
        look(place.with(&value))
    }
}

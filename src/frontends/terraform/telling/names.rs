//! What stands behind names: variables with all that they are given, locals, outputs of modules, attributes of resources.

use super::path::{Field, Path, behind, written};
use super::{Bound, Holds, Place, To};
use crate::catalog::pairs::{NAMES, VALUES};
use crate::frontends::terraform::eval::Evaluator;
use crate::frontends::terraform::instance::{Expansion, Instance, Memo};
use crate::frontends::terraform::module::{Mode, Module, find_attribute};
use crate::frontends::terraform::overrides::writer;
use crate::frontends::terraform::policy_document;
use crate::frontends::terraform::rendered::renders;
use crate::secrets::may_say_secret;
use crate::syntax::hcl::{ExprId, ExprKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

impl<'p> Evaluator<'p> {
    pub(super) fn reference_holds(&self, expr: ExprId, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        let tree = &place.file.tree;
        let (fields, base) = steps(expr, place);
        let (path, is_whole) = behind(fields, path);
        let holds = match &tree.expr(base).kind {
            ExprKind::Name(name) => self.name_holds(place.file.text(*name), &path, place),
            ExprKind::Splat { base, each, .. } => self.splat_holds(*base, *each, &path, place),
            ExprKind::SplatItem => Holds::ANYTHING,
            _ => self.holds(base, &path, place),
        };
        if is_whole { holds } else { holds.piece() }
    }

    /// What is no list stands for one of itself.
    fn splat_holds(&self, base: ExprId, each: ExprId, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        let (fields, item) = steps(each, place);
        if !matches!(place.file.tree.expr(item).kind, ExprKind::SplatItem) {
            return self.holds(base, &[], place).piece();
        }
        let rest = path.get(1..).unwrap_or(&[]);
        let look = |fields: Vec<Field<'_>>| {
            let (path, is_whole) = behind(fields, rest);
            let holds = self.holds(base, &path, place);
            if is_whole { holds } else { holds.piece() }
        };
        let listed = || look(std::iter::once(Field::Any).chain(fields.iter().copied()).collect());
        match self.is_list(base, place) {
            Some(true) => listed(),
            Some(false) => look(fields.clone()),
            None => listed().or(look(fields.clone())),
        }
    }

    /// Whether it is a list that an expression comes to, if it says so.
    fn is_list(&self, expr: ExprId, place: Place<'_, 'p>) -> Option<bool> {
        let (file, tree) = (place.file, &place.file.tree);
        match &tree.expr(expr).kind {
            ExprKind::Tuple(_) => Some(true),
            ExprKind::For(id) => Some(tree.for_expr(*id).key.is_none()),
            ExprKind::Call { name, .. } => {
                let lists = ["values", "flatten", "concat", "tolist", "distinct", "keys", "split"];
                lists.contains(&file.text(*name)).then_some(true)
            }
            ExprKind::Attr { .. } => {
                let (fields, base) = steps(expr, place);
                let ExprKind::Name(name) = tree.expr(base).kind else { return None };
                let name = file.text(name);
                let module: &Module = place.instance.module;
                let (at, is_bound) = match (fields.as_slice(), place.bound(name)) {
                    (_, Some(_)) => (None, true),
                    ([Field::Key(kind), Field::Key(of)], None) if name == "data" => {
                        (module.resource(Mode::Data, kind, of), false)
                    }
                    ([Field::Key(of)], None) => (module.resource(Mode::Managed, name, of), false),
                    _ => (None, false),
                };
                let decl = at.filter(|_| !is_bound).and_then(|at| module.resources.get(at))?;
                Some(module.argument(&decl.blocks, "count").is_some())
            }
            _ => None,
        }
    }

    fn name_holds(&self, name: &str, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        if let Some(to) = place.bound(name) {
            return self.bound_holds(to, path, place);
        }
        let [Field::Key(first), rest @ ..] = path else { return Holds::ANYTHING };
        match name {
            "var" => self.variable_holds(place, first, rest),
            "local" => self.local_holds(place, first, rest),
            "path" | "terraform" | "tofu" => Holds::TEXT,
            "module" => self.module_holds(place, first, rest),
            "data" => match rest {
                [Field::Key(second), rest @ ..] => {
                    self.resource_holds(place, (Mode::Data, first, second), rest)
                }
                _ => Holds::ANYTHING,
            },
            // Outside of what they are bound in they are not known.
            "each" | "count" | "self" => Holds::NOTHING,
            "ephemeral" => Holds::ANYTHING,
            type_name => self.resource_holds(place, (Mode::Managed, type_name, first), rest),
        }
    }

    fn bound_holds(&self, to: To<'_, 'p>, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        let element = |expr: ExprId, at: Place<'_, 'p>, path: &Path<'_>| {
            self.holds_behind(expr, [Field::Any], path, Place { depth: place.depth, ..at })
        };
        match (to, path) {
            (To::Text | To::Each(None), _) | (To::Each(_), [Field::Key("key"), ..]) => Holds::TEXT,
            (To::Element(expr, at), path) => element(expr, at, path),
            (To::Each(Some((expr, at))), [Field::Key("value"), rest @ ..]) => element(expr, at, rest),
            (To::Each(Some((expr, at))), _) => element(expr, at, &[]).or(Holds::TEXT).piece(),
        }
    }

    fn variable_holds(&self, place: Place<'_, 'p>, name: &str, path: &Path<'_>) -> Holds {
        let instance = place.instance;
        let Some((name, blocks)) = instance.module.variables.get_key_value(name) else {
            return Holds::NOTHING;
        };
        remembered(instance, (Table::Variable, written(name, path)), || {
            let inputs = &instance.inputs;
            if [&inputs.named, &inputs.environment, &inputs.planned].iter().any(|all| all.contains_key(name))
            {
                return Holds::ANYTHING;
            }
            let declared = |argument: &str| instance.module.argument(blocks, argument);
            let here = |file| Place { file, bound: None, ..place };
            let mut holds = Holds::NOTHING;
            if let Some((file, expr)) = declared("type") {
                holds = holds.or(self.type_holds(expr, path, here(file)));
            }
            if let Some((file, expr)) = declared("default") {
                holds = holds.or(self.holds(expr, path, here(file)));
            }
            for file in &instance.module.values {
                if let Some(expr) = find_attribute(file, &file.tree.body, name) {
                    holds = holds.or(self.holds(expr, path, here(file)));
                }
            }
            holds.or(self.given_holds(place, name, path))
        })
    }

    /// What the call gives to a variable.
    fn given_holds(&self, place: Place<'_, 'p>, name: &str, path: &Path<'_>) -> Holds {
        let instance = place.instance;
        if let (Some(parent), Some((call, _))) = (&instance.parent, &instance.call)
            && let Some(call) = parent.module.calls.get(call)
            && let Some((file, expr)) = parent.module.argument(&call.blocks, name)
        {
            let given = Place { instance: parent, file, bound: None, depth: place.depth };
            let each = parent.module.argument(&call.blocks, "for_each");
            let each = To::Each(each.map(|(file, expr)| (expr, Place { file, ..given })));
            let each = Bound { name: "each", to: each, outer: None };
            let count = Bound { name: "count", to: To::Text, outer: Some(&each) };
            return self.holds(expr, path, given.with(&count));
        }
        Holds::NOTHING
    }

    /// Defaults of optional attributes.
    fn type_holds(&self, expr: ExprId, path: &Path<'_>, place: Place<'_, 'p>) -> Holds {
        if place.depth >= super::DEEPEST {
            return Holds::ANYTHING;
        }
        let place = Place { depth: place.depth + 1, ..place };
        let (file, tree) = (place.file, &place.file.tree);
        let all = |exprs: &[ExprId], path: &Path<'_>| {
            Holds::of_all(exprs, |expr| self.type_holds(*expr, path, place))
        };
        let below = path.get(1..).unwrap_or(&[]);
        match &tree.expr(expr).kind {
            ExprKind::Call { name, args, .. } => match (file.text(*name), tree.ids(*args)) {
                ("optional", [of, default, ..]) => {
                    self.type_holds(*of, path, place).or(self.holds(*default, path, place))
                }
                ("list" | "set" | "map", args) => all(args, below),
                (_, args) => all(args, path),
            },
            ExprKind::Tuple(items) => all(tree.ids(*items), below),
            ExprKind::Object(items) => Holds::of_all(tree.items(*items), |item| {
                let key = file.text(tree.expr(item.key).span).trim_matches('"');
                match path.first() {
                    Some(field) if !field.may_be(Some(key)) => Holds::NOTHING,
                    Some(_) => self.type_holds(item.value, below, place),
                    None => {
                        let holds = self.type_holds(item.value, &[], place);
                        let named = || may_say_secret(key) || VALUES.contains(&key) || NAMES.contains(&key);
                        holds.under(holds.bare && named(), false)
                    }
                }
            }),
            _ => Holds::NOTHING,
        }
    }

    fn local_holds(&self, place: Place<'_, 'p>, name: &str, path: &Path<'_>) -> Holds {
        let instance = place.instance;
        let Some(local) = instance.module.locals.get(name).and_then(|all| all.last()) else {
            return Holds::NOTHING;
        };
        remembered(instance, (Table::Local, written(name, path)), || {
            let file = &instance.module.files[local.file as usize];
            self.holds(local.expr, path, Place { file, bound: None, ..place })
        })
    }

    pub(super) fn is_locals(&self, expr: ExprId, place: Place<'_, 'p>) -> bool {
        let ExprKind::Name(name) = place.file.tree.expr(expr).kind else { return false };
        let name = place.file.text(name);
        name == "local" && place.bound(name).is_none()
    }

    /// A piece of any element of a local whose list is flattened.
    pub(super) fn flattened_local(&self, place: Place<'_, 'p>, name: &str, path: &Path<'_>) -> Holds {
        let instance = place.instance;
        let Some(local) = instance.module.locals.get(name).and_then(|all| all.last()) else {
            return Holds::NOTHING;
        };
        remembered(instance, (Table::Flat, written(name, path)), || {
            let file = &instance.module.files[local.file as usize];
            self.flattened(local.expr, path, Place { file, bound: None, ..place })
        })
    }

    /// Outputs of a module that is called once, or of one of its instances.
    fn module_holds(&self, place: Place<'_, 'p>, call: &str, path: &Path<'_>) -> Holds {
        let instance = place.instance;
        let Some((call, declared)) = instance.module.calls.get_key_value(call) else { return Holds::NOTHING };
        if *call != declared.name {
            return Holds::ANYTHING;
        }
        let Some(module) = self.called(instance, call) else { return Holds::NOTHING };
        let called = Called { call, module };
        match self.call_expansion(instance, call) {
            Expansion::Single => self.outputs_hold(place, &called, path),
            Expansion::Count(_) | Expansion::Each(_) => match path {
                [] => self.outputs_hold(place, &called, &[]),
                [_, rest @ ..] => self.outputs_hold(place, &called, rest),
            },
            Expansion::Unknown { .. } => match path {
                [] => self.outputs_hold(place, &called, &[]),
                [_, rest @ ..] => {
                    self.outputs_hold(place, &called, path).or(self.outputs_hold(place, &called, rest))
                }
            },
        }
    }

    /// An output of an instance, or the object of all of them.
    fn outputs_hold(&self, place: Place<'_, 'p>, called: &Called<'_>, path: &Path<'_>) -> Holds {
        let names = || called.module.outputs.keys();
        match path {
            [Field::Key(name), rest @ ..] => self.output_holds(place, called, name, rest),
            [Field::Any, rest @ ..] => {
                Holds::of_all(names(), |name| self.output_holds(place, called, name, rest))
            }
            [] => Holds::of_all(names(), |name| {
                let paired = VALUES.contains(&&**name);
                self.output_holds(place, called, name, &[]).under(may_say_secret(name) || paired, paired)
            }),
        }
    }

    fn output_holds(
        &self,
        place: Place<'_, 'p>,
        called: &Called<'_>,
        output: &str,
        path: &Path<'_>,
    ) -> Holds {
        let Some(blocks) = called.module.outputs.get(output) else { return Holds::NOTHING };
        let keys = self.call_expansion(place.instance, called.call).keys();
        let Some(key) = keys.first() else { return Holds::NOTHING };
        // What is given to one instance is given to all, but for what `each` is: that holds all of it here.
        let Some(child) = self.child(place.instance, called.call, key) else { return Holds::ANYTHING };
        remembered(&child, (Table::Output, written(output, path)), || {
            match child.module.argument(blocks, "value") {
                Some((file, expr)) => {
                    let inside = Place { instance: &child, file, bound: None, depth: place.depth };
                    self.holds(expr, path, inside)
                }
                None => Holds::NOTHING,
            }
        })
    }

    fn resource_holds(
        &self,
        place: Place<'_, 'p>,
        (mode, type_name, name): (Mode, &str, &str),
        path: &Path<'_>,
    ) -> Holds {
        let module: &Module = place.instance.module;
        let decl = module.resource(mode, type_name, name).and_then(|at| module.resources.get(at));
        let Some(decl) = decl else { return Holds::NOTHING };
        let says = |name: &str| module.argument(&decl.blocks, name).is_some();
        let wanted = match path {
            [_, Field::Key(wanted), ..] if says("for_each") || says("count") => wanted,
            [Field::Key(wanted), ..] if !says("for_each") && !says("count") => wanted,
            _ => return Holds::ANYTHING,
        };
        match writer(module, &decl.blocks, wanted) {
            Some(_) => Holds::ANYTHING,
            None if mode == Mode::Data
                && ([policy_document::TYPE, "local_file"].contains(&type_name) || renders(type_name)) =>
            {
                Holds::ANYTHING
            }
            None => Holds::NOTHING,
        }
    }
}

/// A call whose module is here.
struct Called<'a> {
    call: &'a Arc<str>,
    module: &'a Module,
}

/// The fields that a reference takes, outermost first, and what it takes them of.
fn steps<'a>(expr: ExprId, place: Place<'a, '_>) -> (Vec<Field<'a>>, ExprId) {
    let (file, tree) = (place.file, &place.file.tree);
    let mut fields = Vec::new();
    let mut base = expr;
    loop {
        match &tree.expr(base).kind {
            ExprKind::Attr { base: inner, name } => {
                fields.push(Field::Key(file.text(*name)));
                base = *inner;
            }
            ExprKind::Index { base: inner, key } => {
                fields.push(file.plain(*key).map_or(Field::Any, Field::Key));
                base = *inner;
            }
            _ => break,
        }
    }
    fields.reverse();
    (fields, base)
}

/// What is remembered of the named values of an instance of a module.
pub(crate) type Known = FxHashMap<(Table, String), Memo<Holds>>;

/// Which named value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Table {
    Variable,
    Local,
    /// Flattened.
    Flat,
    Output,
}

/// A name that is being looked at holds anything.
fn remembered(instance: &Instance<'_>, key: (Table, String), look: impl FnOnce() -> Holds) -> Holds {
    let known = instance.holds.borrow().get(&key).cloned();
    match known {
        Some(Memo::Done(holds)) => holds,
        Some(Memo::Busy) => Holds::ANYTHING,
        None => {
            instance.holds.borrow_mut().insert(key.clone(), Memo::Busy);
            let holds = look();
            instance.holds.borrow_mut().insert(key, Memo::Done(holds));
            holds
        }
    }
}

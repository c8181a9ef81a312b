//! What may stand in a value, read off the code without evaluating it: so that declarations in which no text can stand
//! under a name that says secret are not evaluated to find that out. Says too much rather than too little.

use super::eval::Evaluator;
use super::instance::{Expansion, Instance, Memo};
use super::module::{Mode, Module, ModuleFile, find_attribute};
use super::overrides::writer;
use crate::catalog::pairs::{NAMES, VALUES};
use crate::secrets::{holds_secrets, says_secret};
use crate::source::Span;
use crate::syntax::hcl::{ExprId, ExprKind, ObjectItem, Part};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Expressions and references inside one another.
const DEEPEST: u32 = 200;

/// What may stand in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Holds {
    /// A text, number or truth anywhere.
    any: bool,
    /// One that is not below a key of the value's own.
    bare: bool,
    /// One under a key that may say that it is secret.
    named: bool,
    /// An object in which one is called what another one beside it says.
    paired: bool,
    /// A text that is a document itself.
    document: bool,
}

impl Holds {
    const NOTHING: Self = Self { any: false, bare: false, named: false, paired: false, document: false };
    const TEXT: Self = Self { any: true, bare: true, ..Self::NOTHING };
    const ANYTHING: Self = Self { any: true, bare: true, named: true, paired: true, document: true };

    fn or(self, other: Self) -> Self {
        Self {
            any: self.any || other.any,
            bare: self.bare || other.bare,
            named: self.named || other.named,
            paired: self.paired || other.paired,
            document: self.document || other.document,
        }
    }

    /// A piece of it.
    fn piece(self) -> Self {
        Self { bare: self.any, ..self }
    }
}

/// Where an expression stands: names that loops bind are looked up from the innermost on.
#[derive(Clone, Copy)]
struct Place<'a, 'p> {
    instance: &'a Rc<Instance<'p>>,
    file: &'a ModuleFile,
    bound: Option<&'a Bound<'a>>,
    depth: u32,
}

struct Bound<'a> {
    name: &'a str,
    holds: Holds,
    outer: Option<&'a Bound<'a>>,
}

impl<'a, 'p> Place<'a, 'p> {
    fn with(self, bound: &'a Bound<'a>) -> Place<'a, 'p> {
        Place { bound: Some(bound), ..self }
    }

    fn bound(&self, name: &str) -> Option<Holds> {
        let mut bound = self.bound;
        while let Some(inner) = bound {
            if inner.name == name {
                return Some(inner.holds);
            }
            bound = inner.outer;
        }
        None
    }
}

/// One step of a reference.
enum Step {
    Attr(Span),
    Other,
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
        let holds = self.holds(expr, Place { instance, file, bound: None, depth: 0 });
        holds.named || passed && holds.document || holds.bare && says_secret(name)
    }

    fn holds(&self, expr: ExprId, place: Place<'_, 'p>) -> Holds {
        if place.depth >= DEEPEST {
            return Holds::ANYTHING;
        }
        let place = Place { depth: place.depth + 1, ..place };
        let (file, tree) = (place.file, &place.file.tree);
        let of = |expr: ExprId| self.holds(expr, place);
        let all = |exprs: &[ExprId]| exprs.iter().fold(Holds::NOTHING, |all, expr| all.or(of(*expr)));
        match &tree.expr(expr).kind {
            ExprKind::Null => Holds::NOTHING,
            ExprKind::Bool(_) | ExprKind::Number | ExprKind::Binary { .. } | ExprKind::Unary { .. } => {
                Holds::TEXT
            }
            ExprKind::Plain(span) => text(file.text(*span)),
            ExprKind::Template(parts) => self.template_holds(tree.parts(*parts), place),
            ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. } => self.reference_holds(expr, place),
            ExprKind::Call { name, args, .. } => {
                let args = tree.ids(*args);
                made_by(file.text(*name), all(args), args.is_empty())
            }
            ExprKind::Tuple(items) => all(tree.ids(*items)),
            ExprKind::Object(items) => self.object_holds(tree.items(*items), place),
            ExprKind::For(of) => {
                let of = tree.for_expr(*of);
                let element = self.holds(of.collection, place).piece();
                let key = of.key_name.map_or("", |name| file.text(name));
                let key = Bound { name: key, holds: Holds::TEXT, outer: place.bound };
                let value = Bound { name: file.text(of.value_name), holds: element, outer: Some(&key) };
                let made = self.holds(of.value, place.with(&value));
                match of.key {
                    // Its keys may come to anything.
                    Some(_) => Holds { bare: false, named: made.named || made.bare, ..made },
                    None => made,
                }
            }
            ExprKind::Conditional { then, otherwise, .. } => of(*then).or(of(*otherwise)),
            ExprKind::Parens(inner) => of(*inner),
        }
    }

    fn template_holds(&self, parts: &[Part], place: Place<'_, 'p>) -> Holds {
        let piece = |part: &Part| match part {
            Part::Interpolation(expr) => self.holds(*expr, place),
            Part::Raw(span) => text(place.file.text(*span)),
            Part::Text { text, .. } => self::text(text),
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
                Some(key) if NAMES.contains(&key) => plain(item.value).is_some_and(|name| !says_secret(name)),
                Some(_) => true,
                None => false,
            })
        };
        let mut all = Holds::NOTHING;
        for item in items {
            let holds = self.holds(item.value, place);
            let (named, paired) = match plain(item.key) {
                Some(key) if VALUES.contains(&key) => (says_secret(key) || !harmless(), true),
                Some(key) => (says_secret(key), false),
                None => (true, true),
            };
            all = all.or(Holds {
                bare: false,
                named: holds.named || holds.bare && named,
                paired: holds.paired || holds.bare && paired,
                ..holds
            });
        }
        all
    }

    fn reference_holds(&self, expr: ExprId, place: Place<'_, 'p>) -> Holds {
        let (file, tree) = (place.file, &place.file.tree);
        let mut steps = Vec::new();
        let mut base = expr;
        loop {
            match &tree.expr(base).kind {
                ExprKind::Attr { base: inner, name } => {
                    steps.push(Step::Attr(*name));
                    base = *inner;
                }
                ExprKind::Index { base: inner, .. } | ExprKind::Splat { base: inner, .. } => {
                    steps.push(Step::Other);
                    base = *inner;
                }
                _ => break,
            }
        }
        steps.reverse();
        let ExprKind::Name(name) = tree.expr(base).kind else {
            return if steps.is_empty() { Holds::ANYTHING } else { self.holds(base, place).piece() };
        };
        let name = file.text(name);
        if let Some(holds) = place.bound(name) {
            return if steps.is_empty() { holds } else { holds.piece() };
        }
        let attribute = |at: usize| match steps.get(at) {
            Some(Step::Attr(span)) => Some(file.text(*span)),
            Some(Step::Other) | None => None,
        };
        // Of a resource or module, or of one of its instances.
        let member = |at: usize| match (attribute(at), steps.get(at), attribute(at + 1)) {
            (Some(name), _, _) => Some((name, at + 1, true)),
            (None, Some(_), Some(name)) => Some((name, at + 2, false)),
            (None, _, _) => None,
        };
        let Some(first) = attribute(0) else { return Holds::ANYTHING };
        let rest = |holds: Holds, used: usize| if steps.len() > used { holds.piece() } else { holds };
        match name {
            "var" => rest(self.variable_holds(place, first), 1),
            "local" => match attribute(1).and_then(|key| self.entry_holds(place, first, key)) {
                Some(entry) => rest(entry, 2),
                None => rest(self.local_holds(place, first), 1),
            },
            "path" | "terraform" | "tofu" => Holds::TEXT,
            "module" => match member(1) {
                Some((output, used, direct)) => rest(self.output_holds(place, first, output, direct), used),
                None if steps.len() == 1 => self.outputs_hold(place, first),
                None => Holds::ANYTHING,
            },
            "data" => match (attribute(1), member(2)) {
                (Some(second), Some((wanted, _, direct))) => {
                    self.resource_holds(place, (Mode::Data, first, second), wanted, direct)
                }
                _ => Holds::ANYTHING,
            },
            // Outside of what they are bound in they are not known.
            "each" | "count" | "self" => Holds::NOTHING,
            "ephemeral" => Holds::ANYTHING,
            type_name => match member(1) {
                Some((wanted, _, direct)) => {
                    self.resource_holds(place, (Mode::Managed, type_name, first), wanted, direct)
                }
                None => Holds::ANYTHING,
            },
        }
    }

    fn variable_holds(&self, place: Place<'_, 'p>, name: &str) -> Holds {
        let instance = place.instance;
        let Some((name, blocks)) = instance.module.variables.get_key_value(name) else {
            return Holds::NOTHING;
        };
        remembered(instance, &(Table::Variable, Arc::clone(name)), || {
            let inputs = &instance.inputs;
            if [&inputs.named, &inputs.environment, &inputs.planned].iter().any(|all| all.contains_key(name))
            {
                return Holds::ANYTHING;
            }
            let declared = |argument: &str| instance.module.argument(blocks, argument);
            let here = |file| Place { file, bound: None, ..place };
            let mut holds = Holds::NOTHING;
            if let Some((file, expr)) = declared("type") {
                holds = holds.or(self.type_holds(expr, here(file)));
            }
            if let Some((file, expr)) = declared("default") {
                holds = holds.or(self.holds(expr, here(file)));
            }
            for file in &instance.module.values {
                if let Some(expr) = find_attribute(file, &file.tree.body, name) {
                    holds = holds.or(self.holds(expr, here(file)));
                }
            }
            if let (Some(parent), Some((call, _))) = (&instance.parent, &instance.call)
                && let Some(call) = parent.module.calls.get(call)
                && let Some((file, expr)) = parent.module.argument(&call.blocks, name)
            {
                let given = Place { instance: parent, file, bound: None, depth: place.depth };
                let each = parent.module.argument(&call.blocks, "for_each");
                let each = each.map(|(file, expr)| self.holds(expr, Place { file, ..given }).piece());
                let each =
                    Bound { name: "each", holds: each.unwrap_or_default().or(Holds::TEXT), outer: None };
                let count = Bound { name: "count", holds: Holds::TEXT, outer: Some(&each) };
                holds = holds.or(self.holds(expr, given.with(&count)));
            }
            holds
        })
    }

    /// Defaults of optional attributes.
    fn type_holds(&self, expr: ExprId, place: Place<'_, 'p>) -> Holds {
        if place.depth >= DEEPEST {
            return Holds::ANYTHING;
        }
        let place = Place { depth: place.depth + 1, ..place };
        let (file, tree) = (place.file, &place.file.tree);
        match &tree.expr(expr).kind {
            ExprKind::Call { name, args, .. } => match (file.text(*name), tree.ids(*args)) {
                ("optional", [of, default, ..]) => {
                    self.type_holds(*of, place).or(self.holds(*default, place))
                }
                (_, args) => {
                    args.iter().fold(Holds::NOTHING, |all, arg| all.or(self.type_holds(*arg, place)))
                }
            },
            ExprKind::Tuple(items) => tree
                .ids(*items)
                .iter()
                .fold(Holds::NOTHING, |all, item| all.or(self.type_holds(*item, place))),
            ExprKind::Object(items) => tree.items(*items).iter().fold(Holds::NOTHING, |all, item| {
                let holds = self.type_holds(item.value, place);
                let key = file.text(tree.expr(item.key).span).trim_matches('"');
                let named = says_secret(key) || VALUES.contains(&key) || NAMES.contains(&key);
                all.or(Holds { bare: false, named: holds.named || holds.bare && named, ..holds })
            }),
            _ => Holds::NOTHING,
        }
    }

    fn local_holds(&self, place: Place<'_, 'p>, name: &str) -> Holds {
        let instance = place.instance;
        let Some((name, locals)) = instance.module.locals.get_key_value(name) else { return Holds::NOTHING };
        let Some(local) = locals.last() else { return Holds::NOTHING };
        remembered(instance, &(Table::Local, Arc::clone(name)), || {
            let file = &instance.module.files[local.file as usize];
            self.holds(local.expr, Place { file, bound: None, ..place })
        })
    }

    /// An entry of a local that is written as an object with plain keys.
    fn entry_holds(&self, place: Place<'_, 'p>, name: &str, key: &str) -> Option<Holds> {
        let instance = place.instance;
        let local = instance.module.locals.get(name)?.last()?;
        let file = &instance.module.files[local.file as usize];
        let ExprKind::Object(items) = file.tree.expr(local.expr).kind else { return None };
        let items = file.tree.items(items);
        if items.iter().any(|item| file.plain(item.key).is_none()) {
            return None;
        }
        // The last of a key holds.
        let item = items.iter().rev().find(|item| file.plain(item.key) == Some(key))?;
        let known = (Table::Entry, Arc::from(format!("{name}.{key}")));
        Some(remembered(instance, &known, || self.holds(item.value, Place { file, bound: None, ..place })))
    }

    /// A module as a whole: an object of its outputs, or several of them.
    fn outputs_hold(&self, place: Place<'_, 'p>, call: &str) -> Holds {
        let Some((call, declared)) = place.instance.module.calls.get_key_value(call) else {
            return Holds::NOTHING;
        };
        if *call != declared.name {
            return Holds::ANYTHING;
        }
        let Some(module) = self.called(place.instance, call) else { return Holds::NOTHING };
        let is_single = matches!(self.call_expansion(place.instance, call), Expansion::Single);
        module.outputs.keys().fold(Holds::NOTHING, |all, name| {
            let holds = self.output_holds(place, call, name, is_single);
            let (named, paired) = (says_secret(name), VALUES.contains(&&**name));
            all.or(Holds {
                bare: false,
                named: holds.named || holds.bare && (named || paired),
                paired: holds.paired || holds.bare && paired,
                ..holds
            })
        })
    }

    /// `direct`: no instance of the call is named.
    fn output_holds(&self, place: Place<'_, 'p>, call: &str, output: &str, direct: bool) -> Holds {
        let instance = place.instance;
        let Some((call, declared)) = instance.module.calls.get_key_value(call) else { return Holds::NOTHING };
        if *call != declared.name {
            return Holds::ANYTHING;
        }
        if self.called(instance, call).is_none() {
            return Holds::NOTHING;
        }
        let expansion = self.call_expansion(instance, call);
        // An instance, or an output of the only one, may be named in another way.
        match expansion {
            Expansion::Each(_) if direct => return Holds::ANYTHING,
            Expansion::Single if !direct => return Holds::ANYTHING,
            Expansion::Single | Expansion::Count(_) | Expansion::Each(_) | Expansion::Unknown { .. } => {}
        }
        let keys = expansion.keys();
        let Some(key) = keys.first() else { return Holds::NOTHING };
        // What is given to one instance is given to all, but for what `each` is: that holds all of it here.
        let Some(child) = self.child(instance, call, key) else { return Holds::ANYTHING };
        let Some((name, blocks)) = child.module.outputs.get_key_value(output) else { return Holds::NOTHING };
        remembered(&child, &(Table::Output, Arc::clone(name)), || {
            match child.module.argument(blocks, "value") {
                Some((file, expr)) => {
                    self.holds(expr, Place { instance: &child, file, bound: None, depth: place.depth })
                }
                None => Holds::NOTHING,
            }
        })
    }

    fn resource_holds(
        &self,
        place: Place<'_, 'p>,
        (mode, type_name, name): (Mode, &str, &str),
        wanted: &str,
        direct: bool,
    ) -> Holds {
        let module: &Module = place.instance.module;
        let decl = module.resource(mode, type_name, name).and_then(|at| module.resources.get(at));
        let Some(decl) = decl else { return Holds::NOTHING };
        let says = |name: &str| module.argument(&decl.blocks, name).is_some();
        // An instance may go by the name of an attribute, and an attribute of the only one may be named in another way.
        if says("for_each") || says("count") == direct {
            return Holds::ANYTHING;
        }
        match writer(module, &decl.blocks, wanted) {
            Some(_) => Holds::ANYTHING,
            None if mode == Mode::Data && type_name == super::policy_document::TYPE => Holds::ANYTHING,
            None => Holds::NOTHING,
        }
    }
}

/// What is remembered of the named values of an instance of a module.
pub(crate) type Known = FxHashMap<(Table, Arc<str>), Memo<Holds>>;

/// Which named value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Table {
    Variable,
    Local,
    Entry,
    Output,
}

/// A name that is being looked at holds anything.
fn remembered(instance: &Instance<'_>, key: &(Table, Arc<str>), look: impl FnOnce() -> Holds) -> Holds {
    let known = instance.holds.borrow().get(key).cloned();
    match known {
        Some(Memo::Done(holds)) => holds,
        Some(Memo::Busy) => Holds::ANYTHING,
        None => {
            instance.holds.borrow_mut().insert(key.clone(), Memo::Busy);
            let holds = look();
            instance.holds.borrow_mut().insert(key.clone(), Memo::Done(holds));
            holds
        }
    }
}

fn text(text: &str) -> Holds {
    if text.is_empty() {
        return Holds::NOTHING;
    }
    let text = text.trim_start();
    // Blank, or as a format that begins with something else.
    let document = text.is_empty() || text.starts_with(['{', '[', '%']);
    // An option names what stands behind it.
    let named = text.starts_with("--") || text.contains(" --");
    Holds { document, named, ..Holds::TEXT }
}

/// What a function makes of arguments that hold this.
fn made_by(name: &str, args: Holds, takes_none: bool) -> Holds {
    match name.strip_prefix("core::").unwrap_or(name) {
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

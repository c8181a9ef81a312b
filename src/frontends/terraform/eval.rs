//! Expressions to values, as Terraform evaluates them, with unknowns and provenance.

use super::convert::number;
use super::instance::{Instance, Key};
use super::module::ModuleFile;
use super::program::{Files, Program};
use super::weight::Weights;
use super::{convert, lazy, normal, operators, scalar};
use crate::model::{Choice, Condition, Entry, Kind, Marks, Object, Reason, Unknown, Value};
use crate::source::Site;
use crate::syntax::hcl::{ExprId, ExprKind, ForExpr, ObjectItem, UnaryOp};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Evaluation steps for one unit; a tree that needs more is reported as not analysed.
const MAX_STEPS: u64 = 10_000_000;
/// Expressions and references inside one another.
const MAX_DEPTH: u32 = 400;
/// Outcomes of nested open conditions that are followed.
pub(crate) const MAX_OUTCOMES: usize = 32;

const MIXED: &str = "a condition whose results have different types";

/// Names bound by `for`, `each`, `count`, `self`, iterators and template variables; inner frames hide outer ones.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) names: Vec<(Arc<str>, Value)>,
    pub(crate) parent: Option<&'a Frame<'a>>,
}

/// Where an expression is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a, 'p> {
    pub(crate) instance: &'a Rc<Instance<'p>>,
    pub(crate) file: &'a ModuleFile,
    pub(crate) frame: Option<&'a Frame<'a>>,
}

impl<'a, 'p> Scope<'a, 'p> {
    pub(crate) fn with(self, frame: &'a Frame<'a>) -> Scope<'a, 'p> {
        Scope { frame: Some(frame), ..self }
    }

    fn lookup(&self, name: &str) -> Option<&'a Value> {
        let mut frame = self.frame;
        while let Some(inner) = frame {
            if let Some((_, value)) = inner.names.iter().rev().find(|(known, _)| **known == *name) {
                return Some(value);
            }
            frame = inner.parent;
        }
        None
    }

    pub(crate) fn bound(&self, name: &str) -> Option<Value> {
        self.lookup(name).cloned()
    }
}

/// The module instance by its address, the resource and its instance, and the attribute.
pub(crate) type OpenResource = (Arc<str>, usize, Key, Option<Arc<str>>);

/// One evaluation of a root module with all that it calls.
pub(crate) struct Evaluator<'p> {
    pub(crate) program: &'p Program,
    pub(crate) files: &'p dyn Files,
    pub(crate) templates: RefCell<FxHashMap<Arc<str>, Rc<super::lazy::TemplateFile>>>,
    pub(crate) rendering: Cell<usize>,
    steps: Cell<u64>,
    depth: Cell<u32>,
    weights: RefCell<Weights>,
    /// Resources that are being evaluated right now: which in which module, and which attribute.
    pub(crate) open_resources: RefCell<FxHashSet<OpenResource>>,
    /// Called modules so far.
    pub(crate) modules: Cell<usize>,
    /// Expressions so far that Terraform would refuse: what `try` and `can` ask for, since an error inside of a
    /// list or behind a call need not be seen in the result.
    pub(crate) refused: Cell<u64>,
    /// Bounds that were reached.
    pub(crate) limits: RefCell<BTreeSet<(Option<Site>, String)>>,
}

impl<'p> Evaluator<'p> {
    pub(crate) fn new(program: &'p Program, files: &'p dyn Files) -> Self {
        Self {
            program,
            files,
            templates: RefCell::default(),
            rendering: Cell::new(0),
            steps: Cell::new(0),
            depth: Cell::new(0),
            weights: RefCell::default(),
            open_resources: RefCell::default(),
            modules: Cell::new(0),
            refused: Cell::new(0),
            limits: RefCell::default(),
        }
    }

    pub(crate) fn limit(&self, site: Option<Site>, what: &str) -> Value {
        self.limits.borrow_mut().insert((site, what.to_owned()));
        Value::unknown(Reason::Limit { what: Arc::from(what) })
    }

    /// Counts a step; `true` once the unit's budget is spent.
    pub(crate) fn spent(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        steps > MAX_STEPS
    }

    /// Evaluates an expression of the scope's file.
    pub(crate) fn eval(&self, id: ExprId, scope: Scope<'_, 'p>) -> Value {
        let depth = self.depth.get();
        if depth >= MAX_DEPTH || self.spent() {
            let what =
                if depth >= MAX_DEPTH { "an expression nested too deeply" } else { "a module too large" };
            return self.limit(Some(scope.file.site(scope.file.tree.expr(id).span)), what);
        }
        self.depth.set(depth + 1);
        let mut value = self.eval_inner(id, scope);
        self.depth.set(depth);
        if self.weights.borrow_mut().exceed(&value) {
            value = self.limit(Some(scope.file.site(scope.file.tree.expr(id).span)), "a value too large");
        }
        self.note(&value);
        value
    }

    /// Counts a value that Terraform would refuse to compute.
    pub(crate) fn note(&self, value: &Value) {
        if lazy::is_error(value) {
            self.refused.set(self.refused.get() + 1);
        }
    }

    /// Evaluates something whose errors are not the asking expression's: Terraform reports those of a local or a
    /// branch not taken elsewhere or not at all.
    pub(crate) fn apart<T>(&self, compute: impl FnOnce() -> T) -> T {
        let refused = self.refused.get();
        let result = compute();
        self.refused.set(refused);
        result
    }

    fn eval_inner(&self, id: ExprId, scope: Scope<'_, 'p>) -> Value {
        let expr = scope.file.tree.expr(id);
        let site = scope.file.site(expr.span);
        match &expr.kind {
            ExprKind::Null => Value::null(),
            ExprKind::Bool(value) => Value::bool(*value).at(site),
            ExprKind::Number => number::parse(scope.file.text(expr.span))
                .map_or_else(|| invalid("not a number"), |number| Value::new(Kind::Number(number)).at(site)),
            ExprKind::Plain(span) => {
                Value::string(normal::text(scope.file.text(*span))).at(scope.file.site(*span))
            }
            ExprKind::Template(parts) => self.template(scope.file.tree.parts(*parts), site, scope),
            ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. } => self.reference(id, scope),
            ExprKind::Call { name, args, expand } => {
                self.call(*name, scope.file.tree.ids(*args), *expand, site, scope)
            }
            ExprKind::Tuple(items) => {
                Value::list(scope.file.tree.ids(*items).iter().map(|item| self.eval(*item, scope)))
            }
            ExprKind::Object(items) => self.object(scope.file.tree.items(*items), scope),
            ExprKind::For(id) => self.for_expr(scope.file.tree.for_expr(*id), scope),
            ExprKind::Conditional { condition, then, otherwise } => {
                self.conditional(*condition, *then, *otherwise, scope)
            }
            ExprKind::Binary { op, left, right } => {
                operators::binary(*op, &self.eval(*left, scope), || self.eval(*right, scope))
            }
            ExprKind::Unary { op, operand } => {
                let operand = self.eval(*operand, scope);
                match op {
                    UnaryOp::Negate => operators::negate(&operand),
                    UnaryOp::Not => operators::not(&operand),
                }
            }
            ExprKind::Parens(inner) => self.eval(*inner, scope),
        }
    }

    fn object(&self, items: &[ObjectItem], scope: Scope<'_, 'p>) -> Value {
        let mut entries = Vec::with_capacity(items.len());
        let mut rest = None;
        let mut marks = Marks::NONE;
        for item in items {
            let key = self.eval(item.key, scope);
            marks = marks.with(key.marks);
            let value = self.eval(item.value, scope);
            let tree = &scope.file.tree;
            match (key.to_text(), open_key(&key)) {
                (Some(text), _) => entries.push(Entry {
                    key: text,
                    key_site: Some(scope.file.site(tree.expr(item.key).span)),
                    site: Some(scope.file.site(tree.expr(item.value).span)),
                    value,
                }),
                (None, Some(unknown)) => rest = Some(unknown),
                (None, None) => return invalid("a key that is no string"),
            }
        }
        Value::object(Object { rest, ..Object::new(entries) }).marked(marks)
    }

    fn conditional(&self, condition: ExprId, then: ExprId, otherwise: ExprId, scope: Scope<'_, 'p>) -> Value {
        let decided = self.eval(condition, scope);
        let marks = decided.marks;
        let value = match scalar::truth(&decided) {
            Some(true) => self.branch(then, otherwise, scope),
            Some(false) => self.branch(otherwise, then, scope),
            None if scalar::unknown_reason(&decided).is_none() => invalid("a condition that is no bool"),
            None => {
                let text = scope.file.text(scope.file.tree.expr(condition).span);
                let condition = Condition::Open { text: format!("`{}`", one_line(text)).into() };
                let (then, otherwise) = self.apart(|| (self.eval(then, scope), self.eval(otherwise, scope)));
                match convert::unify(&then, &otherwise) {
                    Some((then, otherwise)) => choose(condition.into(), then, otherwise),
                    None => invalid(MIXED),
                }
            }
        };
        value.marked(marks)
    }

    /// The chosen branch, converted to the type that it has in common with the other one.
    fn branch(&self, chosen: ExprId, other: ExprId, scope: Scope<'_, 'p>) -> Value {
        let value = self.eval(chosen, scope);
        let other = self.apart(|| self.eval(other, scope));
        // A mark on either branch is one on the result.
        let unified = convert::unify(&value, &other).map_or_else(|| invalid(MIXED), |(value, _)| value);
        unified.marked(other.marks.without(Marks::SEVERAL))
    }

    fn for_expr(&self, expr: &ForExpr, scope: Scope<'_, 'p>) -> Value {
        let collection = self.eval(expr.collection, scope);
        let marks = collection.marks;
        let value = distribute(&collection, &|collection| match elements(collection) {
            Ok(items) => self.for_items(expr, &items, scope),
            Err(reason) => Value::unknown(reason),
        });
        value.marked(marks)
    }

    fn for_items(&self, expr: &ForExpr, items: &[(Value, Value)], scope: Scope<'_, 'p>) -> Value {
        let mut values = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut known: FxHashMap<Arc<str>, usize> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        let mut rest = None;
        // What decides whether an element is there, and under which key, is told by the whole.
        let mut marks = Marks::NONE;
        for (key, value) in items {
            if self.spent() {
                return self.limit(
                    Some(scope.file.site(scope.file.tree.expr(expr.value).span)),
                    "a `for` expression",
                );
            }
            // Of equal names the value's wins.
            let mut names = Vec::with_capacity(2);
            if let Some(name) = expr.key_name {
                names.push((Arc::from(scope.file.text(name)), key.clone()));
            }
            names.push((Arc::from(scope.file.text(expr.value_name)), value.clone()));
            let frame = Frame { names, parent: scope.frame };
            let inner = scope.with(&frame);
            if let Some(condition) = expr.condition {
                let decided = self.eval(condition, inner);
                marks = marks.with(decided.marks);
                match (scalar::truth(&decided), scalar::unknown_reason(&decided)) {
                    (Some(true), _) => {}
                    (Some(false), _) => continue,
                    (None, Some(reason)) => return Value::unknown(reason),
                    (None, None) => return invalid("a `for` condition that is no bool"),
                }
            }
            let item = self.eval(expr.value, inner);
            let Some(key) = expr.key else {
                values.push(item);
                continue;
            };
            let key = self.eval(key, inner);
            marks = marks.with(key.marks);
            match (key.to_text(), open_key(&key)) {
                (Some(text), _) => match known.entry(Arc::clone(&text)) {
                    Slot::Vacant(slot) => {
                        slot.insert(entries.len());
                        let item = if expr.grouping { Value::list([item]) } else { item };
                        entries.push(Entry::new(text, item));
                    }
                    Slot::Occupied(slot) if expr.grouping => {
                        groups.entry(*slot.get()).or_default().push(item);
                    }
                    Slot::Occupied(_) => return invalid(&format!("two elements with the key {text:?}")),
                },
                (None, Some(unknown)) => rest = Some(unknown),
                (None, None) => return invalid("a key that is no string"),
            }
        }
        for (at, more) in groups {
            if let Some(entry) = entries.get_mut(at) {
                let first = entry.value.as_list().into_iter().flat_map(|items| items.iter().cloned());
                entry.value = Value::list(first.chain(more).collect::<Vec<_>>());
            }
        }
        if expr.key.is_none() {
            return Value::list(values).marked(marks);
        }
        Value::object(Object { rest, ..Object::new(entries) }).marked(marks)
    }
}

/// Why a key is not known; `None` where it is known, or is none.
fn open_key(key: &Value) -> Option<Arc<Unknown>> {
    key.as_unknown().cloned().or_else(|| Some(Arc::new(Unknown::new(scalar::unknown_reason(key)?))))
}

/// Key and value of each element, as `for` and `for_each` see them; the reason where they are not known.
pub(crate) fn elements(collection: &Value) -> Result<Vec<(Value, Value)>, Reason> {
    match &collection.kind {
        Kind::List(items) if collection.marks.has(Marks::SET) => {
            Ok(items.iter().map(|item| (item.clone(), item.clone())).collect())
        }
        Kind::List(items) => {
            Ok((0..).zip(items.iter()).map(|(at, item)| (Value::int(at), item.clone())).collect())
        }
        Kind::Object(object) => match &object.rest {
            Some(unknown) => Err(unknown.reason.clone()),
            None => Ok(object
                .entries
                .iter()
                .map(|entry| {
                    let mut key = Value::string(Arc::clone(&entry.key));
                    if let Some(site) = entry.key_site {
                        key = key.at(site);
                    }
                    (key, entry.value.clone())
                })
                .collect()),
        },
        Kind::Unknown(_) if super::access::is_scalar(collection) => {
            Err(Reason::Invalid { message: "this is no collection".into() })
        }
        Kind::Unknown(unknown) => Err(unknown.reason.clone()),
        Kind::Choice(choice) => Err(open_reason(choice)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
            Err(Reason::Invalid { message: "this is no collection".into() })
        }
    }
}

pub(crate) fn open_reason(choice: &Choice) -> Reason {
    let text = match &*choice.condition {
        Condition::Open { text } => Arc::clone(text),
        Condition::Constant(_)
        | Condition::Equals { .. }
        | Condition::Not(_)
        | Condition::And(_)
        | Condition::Or(_)
        | Condition::Named { .. } => Arc::from("a condition"),
    };
    Reason::Condition { text }
}

/// One value where both sides agree or nothing more can be followed, else a choice.
pub(crate) fn choose(condition: Arc<Condition>, then: Value, otherwise: Value) -> Value {
    if then.kind == otherwise.kind {
        return then.marked(otherwise.marks);
    }
    let marks = then.marks.with(otherwise.marks);
    let choice = Choice { condition, then, otherwise };
    if outcomes(&choice.then) + outcomes(&choice.otherwise) > MAX_OUTCOMES {
        return Value::unknown(open_reason(&choice)).marked(marks);
    }
    Value::new(Kind::Choice(Arc::new(choice))).marked(marks)
}

fn outcomes(value: &Value) -> usize {
    match &value.kind {
        Kind::Choice(choice) => outcomes(&choice.then) + outcomes(&choice.otherwise),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => 1,
    }
}

/// Applies a function on both sides of open choices.
pub(crate) fn distribute(value: &Value, apply: &dyn Fn(&Value) -> Value) -> Value {
    match &value.kind {
        Kind::Choice(choice) => choose(
            Arc::clone(&choice.condition),
            distribute(&choice.then, apply),
            distribute(&choice.otherwise, apply),
        )
        .marked(value.marks),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => apply(value),
    }
}

pub(crate) fn invalid(message: &str) -> Value {
    Value::unknown(Reason::Invalid { message: message.into() })
}

/// Source text on one line and short, for reasons.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 {
        line = line.chars().take(57).chain("...".chars()).collect();
    }
    line
}

/// Marks of everything that a value was made of.
pub(crate) fn marks_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Marks {
    values.into_iter().fold(Marks::NONE, |marks, value| marks.with(value.marks))
}

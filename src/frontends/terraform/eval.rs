//! Expressions to values, as Terraform evaluates them, with unknowns and provenance.

pub(crate) use super::choice::{choose, distribute, open_condition};
use super::convert::number;
use super::instance::Key;
pub(crate) use super::loops::elements;
use super::loops::{open_key, with_elements};
use super::program::{Files, Program};
pub(crate) use super::scope::{Frame, Scope};
use super::weight::Weights;
use super::{lazy, normal, operators};
use crate::model::{Entry, Kind, Marks, Object, Reason, Value};
use crate::source::Site;
use crate::syntax::hcl::{ExprId, ExprKind, ObjectItem, UnaryOp};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// Evaluation steps for one unit; a tree that needs more is reported as not analysed.
const MAX_STEPS: u64 = 2_000_000;
/// Expressions and references inside one another: what the threads' stacks have room for.
const MAX_DEPTH: u32 = 4_000;
/// Places at which one bound is reported.
const MOST_PLACES: usize = 10;
/// The module instance by its address, the resource and its instance, and the attribute.
pub(crate) type OpenResource = (Arc<str>, usize, Key, Option<Arc<str>>);

/// One evaluation of a root module with all that it calls.
pub(crate) struct Evaluator<'p> {
    pub(crate) program: &'p Program,
    pub(crate) files: &'p dyn Files,
    /// A tool around Terraform knows the functions and names that Terraform does not.
    pub(crate) wrapped: bool,
    /// Only declarations are wanted that may tell of a secret.
    pub(crate) is_told: bool,
    /// Expressions that were looked at for what may stand in one declaration.
    pub(crate) looks: Cell<u32>,
    pub(crate) templates: RefCell<FxHashMap<Arc<str>, Rc<super::render::TemplateFile>>>,
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
    /// Steps so far that may fail, since what they were taken on is unknown: whether `try` goes on then.
    pub(crate) doubtful: Cell<u64>,
    /// Whether an open `if` in a template puts in both of its branches rather than one or the other: what is wanted
    /// where the text is code of which all is to be read.
    pub(crate) reads_both: Cell<bool>,
    /// Bounds that were reached.
    pub(crate) limits: RefCell<BTreeSet<(Option<Site>, String)>>,
}

impl<'p> Evaluator<'p> {
    pub(crate) fn new(program: &'p Program, files: &'p dyn Files) -> Self {
        Self {
            program,
            files,
            wrapped: false,
            is_told: false,
            looks: Cell::new(0),
            templates: RefCell::default(),
            rendering: Cell::new(0),
            steps: Cell::new(0),
            depth: Cell::new(0),
            weights: RefCell::default(),
            open_resources: RefCell::default(),
            modules: Cell::new(0),
            refused: Cell::new(0),
            doubtful: Cell::new(0),
            reads_both: Cell::new(false),
            limits: RefCell::default(),
        }
    }

    /// With those declarations only that may tell of a secret, or with all.
    pub(crate) fn told(self, only: bool) -> Self {
        Self { is_told: only, ..self }
    }

    /// For code that is not Terraform's own, but uses its language.
    pub(crate) fn wrapped(program: &'p Program, files: &'p dyn Files) -> Self {
        Self { wrapped: true, ..Self::new(program, files) }
    }

    /// A bound that was reached. What is beyond it may be everything that comes: then the first places are enough.
    pub(crate) fn limit(&self, site: Option<Site>, what: &str) -> Value {
        let mut limits = self.limits.borrow_mut();
        if limits.iter().filter(|(_, known)| known == what).count() < MOST_PLACES {
            limits.insert((site, what.to_owned()));
        }
        Value::unknown(Reason::Limit { what: Arc::from(what) })
    }

    /// Counts a step; `true` once the unit's budget is spent.
    pub(crate) fn spent(&self) -> bool {
        self.spend(1);
        self.steps.get() > MAX_STEPS
    }

    /// Counts work that is more than a step.
    pub(crate) fn spend(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
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
        let expr = scope.file.tree.expr(id);
        if may_be_larger(&expr.kind, &value) {
            value = self.weighed(value, scope.file.site(expr.span));
        }
        if value.as_unknown().is_some() {
            self.note(&value);
            self.note_limit(&value, scope.file.site(expr.span));
        }
        value
    }

    /// The value, if it is not larger than anybody may walk.
    pub(crate) fn weighed(&self, value: Value, site: Site) -> Value {
        if self.weights.borrow_mut().exceed(&value) {
            self.limit(Some(site), "a value too large")
        } else {
            value
        }
    }

    /// Counts a value that Terraform would refuse to compute.
    pub(crate) fn note(&self, value: &Value) {
        if lazy::is_error(value) {
            self.refused.set(self.refused.get() + 1);
        }
    }

    /// Counts a step on something unknown, which may fail.
    pub(crate) fn doubt(&self, of: &Value) {
        if super::scalar::unknown_reason(of).is_some() && !lazy::is_error(of) {
            self.doubtful.set(self.doubtful.get() + 1);
        }
    }

    /// Evaluates something whose errors are not the asking expression's: Terraform reports those of a local or a
    /// branch not taken elsewhere or not at all.
    pub(crate) fn apart<T>(&self, compute: impl FnOnce() -> T) -> T {
        let (refused, doubtful) = (self.refused.get(), self.doubtful.get());
        let result = compute();
        self.refused.set(refused);
        self.doubtful.set(doubtful);
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
                let text: Arc<str> = match normal::text(scope.file.text(*span)) {
                    std::borrow::Cow::Borrowed(text) => Arc::from(text),
                    std::borrow::Cow::Owned(text) => Arc::from(text),
                };
                Value::string(text).at(scope.file.site(*span))
            }
            ExprKind::Template(parts) => {
                let text = self.template(scope.file.tree.parts(*parts), site, scope);
                self.spend(Weights::made(&text));
                text
            }
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
        let (mut rest, mut open) = (None, Vec::new());
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
                (None, Some(unknown)) => {
                    rest = Some(unknown);
                    open.push(value);
                }
                (None, None) => return invalid("a key that is no string"),
            }
        }
        let rest = rest.map(|unknown| with_elements(&unknown, open));
        Value::object(Object { rest, ..Object::new(entries) }).marked(marks)
    }
}

/// Whether a value may be larger than all that it was made of, each of which was looked at. A name stands for what was, and
/// a step or a branch takes a piece of it, unless it takes several.
fn may_be_larger(kind: &ExprKind, value: &Value) -> bool {
    match kind {
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number
        | ExprKind::Plain(_)
        | ExprKind::Parens(_)
        | ExprKind::Binary { .. }
        | ExprKind::Unary { .. } => false,
        ExprKind::Name(_)
        | ExprKind::SplatItem
        | ExprKind::Attr { .. }
        | ExprKind::Index { .. }
        | ExprKind::Conditional { .. } => matches!(value.kind, Kind::Choice(_)),
        ExprKind::Splat { .. }
        | ExprKind::Template(_)
        | ExprKind::Call { .. }
        | ExprKind::Tuple(_)
        | ExprKind::Object(_)
        | ExprKind::For(_) => true,
    }
}

pub(crate) fn invalid(message: &str) -> Value {
    Value::unknown(Reason::Invalid { message: message.into() })
}

/// Marks of everything that a value was made of.
pub(crate) fn marks_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Marks {
    values.into_iter().fold(Marks::NONE, |marks, value| marks.with(value.marks))
}

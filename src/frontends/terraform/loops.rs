//! `for` expressions, and what can be iterated over.

use super::access::some_of;
use super::choice::{choose, distribute, open_condition, open_reason};
use super::eval::{Evaluator, invalid};
use super::module::ModuleFile;
use super::scalar;
use super::scope::{Frame, Scope};
use crate::model::{Entry, Kind, Marks, Object, Reason, Unknown, Value};
use crate::syntax::hcl::{ExprId, ExprKind, ForExpr};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

/// Values inside of an element that are looked at for what resources make.
const MAX_SEARCHED: usize = 256;

impl<'p> Evaluator<'p> {
    pub(crate) fn for_expr(&self, expr: &ForExpr, scope: Scope<'_, 'p>) -> Value {
        let collection = self.eval(expr.collection, scope);
        let marks = collection.marks;
        let value = distribute(&collection, &|collection| match elements(collection) {
            Ok(items) => self.for_items(expr, &items, scope),
            Err(reason) if matches!(reason, Reason::Invalid { .. }) => Value::unknown(reason),
            Err(reason) => self.for_unknown(expr, collection, reason, scope),
        });
        value.marked(marks)
    }

    /// What is made of elements that nobody knows: one of them, which stands for all. It says what of them is in the
    /// code.
    fn for_unknown(&self, expr: &ForExpr, collection: &Value, reason: Reason, scope: Scope<'_, 'p>) -> Value {
        let key = Value::unknown(reason.clone());
        let unknown = some_of(collection, Value::unknown(reason));
        let known = known_elements(collection, &key);
        if !known.is_empty() {
            return self.apart(|| self.for_items(expr, &known, scope));
        }
        if expr.key.is_some() && !may_be_made(expr.value, scope.file) {
            return unknown;
        }
        let element = unknown.clone().marked(Marks::SEVERAL);
        let made = self.apart(|| self.for_items(expr, &[(element.clone(), element)], scope));
        let says_something = match &made.kind {
            Kind::List(items) => items.iter().any(says_something),
            Kind::Object(object) => {
                let open = object.rest.iter().flat_map(|rest| rest.elements.iter());
                object.entries.iter().map(|entry| &entry.value).chain(open).any(says_something)
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => false,
        };
        if says_something { made } else { unknown }
    }

    fn for_items(&self, expr: &ForExpr, items: &[(Value, Value)], scope: Scope<'_, 'p>) -> Value {
        let mut values = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut known: FxHashMap<Arc<str>, usize> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        let mut rest: Option<Arc<Unknown>> = None;
        let mut open_items = Vec::new();
        // What decides whether an element is there, and under which key, is told by the whole.
        let mut marks = Marks::NONE;
        for (at, (key_of, value)) in items.iter().enumerate() {
            if self.spent() {
                return self.limit(
                    Some(scope.file.site(scope.file.tree.expr(expr.value).span)),
                    "a `for` expression",
                );
            }
            // Of equal names the value's wins.
            let mut names = Vec::with_capacity(3);
            if let Some(name) = expr.key_name {
                names.push((Arc::from(scope.file.text(name)), key_of.clone()));
            }
            names.push((Arc::from(scope.file.text(expr.value_name)), value.as_one()));
            names.push(Frame::place(at));
            let frame = Frame { names, parent: scope.frame };
            let inner = scope.with(&frame);
            let mut open = None;
            if let Some(condition) = expr.condition {
                let decided = self.eval(condition, inner);
                marks = marks.with(decided.marks);
                match (scalar::truth(&decided), scalar::unknown_reason(&decided)) {
                    (Some(true), _) => {}
                    (Some(false), _) => continue,
                    (None, Some(reason)) => {
                        open = Some((open_condition(condition, inner), reason));
                    }
                    (None, None) => return invalid("a `for` condition that is no bool"),
                }
            }
            let item = self.eval(expr.value, inner);
            let Some(key) = expr.key else {
                let is_several = open.is_some() || value.marks.has(Marks::SEVERAL);
                values.push(if is_several { item.marked(Marks::SEVERAL) } else { item });
                continue;
            };
            let item = match open {
                None => item,
                Some((condition, reason)) => {
                    rest = rest.or_else(|| Some(Arc::new(Unknown::new(reason))));
                    choose(condition, item, Value::null())
                }
            };
            // What stands for elements that are not known has several keys.
            let stands_for_several = value.marks.has(Marks::SEVERAL) && key_of.as_unknown().is_some();
            let of_several = stands_for_several.then(|| several_keys(value));
            let key = self.eval(key, inner);
            marks = marks.with(key.marks);
            match (key.to_text().filter(|_| of_several.is_none()), open_key(&key).or(of_several)) {
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
                (None, Some(unknown)) => {
                    rest = Some(unknown);
                    open_items.push(if expr.grouping { Value::list([item]) } else { item });
                }
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
        let rest = rest.map(|unknown| with_elements(&unknown, open_items));
        Value::object(Object { rest, ..Object::new(entries) }).marked(marks)
    }
}

/// Whether an expression hands on what resources or modules make: anything else that a map holds under keys that are not
/// known says little, and may take long to evaluate.
fn may_be_made(expr: ExprId, file: &ModuleFile) -> bool {
    let tree = &file.tree;
    match &tree.expr(expr).kind {
        // Types of resources have a provider in front.
        ExprKind::Name(name) => matches!(file.text(*name), name if name == "module" || name.contains('_')),
        ExprKind::Attr { base, .. } | ExprKind::Index { base, .. } | ExprKind::Splat { base, .. } => {
            may_be_made(*base, file)
        }
        ExprKind::Parens(inner) => may_be_made(*inner, file),
        ExprKind::Object(items) => tree.items(*items).iter().any(|item| may_be_made(item.value, file)),
        ExprKind::Tuple(items) => tree.ids(*items).iter().any(|item| may_be_made(*item, file)),
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number
        | ExprKind::Plain(_)
        | ExprKind::Template(_)
        | ExprKind::SplatItem
        | ExprKind::Unary { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Conditional { .. }
        | ExprKind::For(_)
        | ExprKind::Call { .. } => false,
    }
}

/// Whether more is known of what a loop made than that its element is not known.
fn says_something(made: &Value) -> bool {
    made.as_unknown().is_none_or(|unknown| {
        !unknown.elements.is_empty() || matches!(unknown.reason, Reason::Computed { .. })
    })
}

fn several_keys(element: &Value) -> Arc<Unknown> {
    let reason = element.as_unknown().map(|unknown| unknown.reason.clone());
    Arc::new(Unknown::new(reason.unwrap_or_else(|| Reason::Instance { what: "each.key".into() })))
}

/// The same with those elements that say what resources make: what else code says of elements whose keys are not known is
/// judged where it stands, and to follow it for an element that is not known whole may take long.
pub(crate) fn with_elements(unknown: &Arc<Unknown>, mut elements: Vec<Value>) -> Arc<Unknown> {
    elements.retain(|element| holds_made(element, &mut { MAX_SEARCHED }));
    match elements.is_empty() {
        true => Arc::clone(unknown),
        false => Arc::new(Unknown { elements: elements.into(), ..(**unknown).clone() }),
    }
}

fn holds_made(value: &Value, left: &mut usize) -> bool {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return false;
    }
    let made =
        |unknown: &Unknown| !unknown.elements.is_empty() || matches!(unknown.reason, Reason::Computed { .. });
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
        Kind::Unknown(unknown) => made(unknown),
        Kind::List(items) => items.iter().any(|item| holds_made(item, left)),
        Kind::Object(object) => {
            object.rest.as_deref().is_some_and(made)
                || object.entries.iter().any(|entry| holds_made(&entry.value, left))
        }
        Kind::Choice(choice) => holds_made(&choice.then, left) || holds_made(&choice.otherwise, left),
    }
}

/// Of a collection that is not known what is: those of its elements, which stand for several where their keys are not
/// known.
pub(super) fn known_elements(collection: &Value, key: &Value) -> Vec<(Value, Value)> {
    let open = |unknown: &Unknown| {
        let elements = unknown.elements.iter();
        elements.map(|element| (key.clone(), element.clone().marked(Marks::SEVERAL))).collect::<Vec<_>>()
    };
    match &collection.kind {
        Kind::Unknown(unknown) => open(unknown),
        Kind::Object(object) => {
            let elements = object.rest.as_deref().map(open).unwrap_or_default();
            let entries = || object.entries.iter().map(keyed);
            match (elements.is_empty(), object.rest.as_ref()) {
                // Variables of an environment, and more of them from elsewhere.
                (true, Some(rest))
                    if !object.entries.is_empty()
                        && object.entries.iter().all(|entry| is_plain(&entry.value)) =>
                {
                    let others = Value::unknown(rest.reason.clone()).marked(Marks::SEVERAL);
                    entries().chain([(others.clone(), others)]).collect()
                }
                (true, _) => elements,
                (false, _) => entries().chain(elements).collect(),
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Choice(_) => {
            Vec::new()
        }
    }
}

/// No collection: what loops make of those may be large.
fn is_plain(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => true,
        Kind::Choice(choice) => is_plain(&choice.then) && is_plain(&choice.otherwise),
        Kind::List(_) | Kind::Object(_) => false,
    }
}

fn keyed(entry: &Entry) -> (Value, Value) {
    let mut key = Value::string(Arc::clone(&entry.key));
    if let Some(site) = entry.key_site {
        key = key.at(site);
    }
    (key, entry.value.clone())
}

/// Why a key is not known; `None` where it is known, or is none.
pub(crate) fn open_key(key: &Value) -> Option<Arc<Unknown>> {
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
            None => Ok(object.entries.iter().map(keyed).collect()),
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

//! `for` expressions, and what can be iterated over.

use super::access::some_of;
use super::choice::{choose, distribute, open_condition, open_reason};
use super::eval::{Evaluator, invalid};
use super::scalar;
use super::scope::{Frame, Scope};
use crate::model::{Entry, Kind, Marks, Object, Reason, Unknown, Value};
use crate::syntax::hcl::ForExpr;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

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
        let unknown = some_of(collection, Value::unknown(reason));
        if expr.key.is_some() {
            return unknown;
        }
        let element = unknown.clone().marked(Marks::SEVERAL);
        let made = self.apart(|| self.for_items(expr, &[(element.clone(), element)], scope));
        let says_something =
            made.as_list().is_some_and(|items| items.iter().any(|item| item.as_unknown().is_none()));
        if says_something { made } else { unknown }
    }

    fn for_items(&self, expr: &ForExpr, items: &[(Value, Value)], scope: Scope<'_, 'p>) -> Value {
        let mut values = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut known: FxHashMap<Arc<str>, usize> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        let mut rest = None;
        // What decides whether an element is there, and under which key, is told by the whole.
        let mut marks = Marks::NONE;
        for (at, (key, value)) in items.iter().enumerate() {
            if self.spent() {
                return self.limit(
                    Some(scope.file.site(scope.file.tree.expr(expr.value).span)),
                    "a `for` expression",
                );
            }
            // Of equal names the value's wins.
            let mut names = Vec::with_capacity(3);
            if let Some(name) = expr.key_name {
                names.push((Arc::from(scope.file.text(name)), key.clone()));
            }
            names.push((Arc::from(scope.file.text(expr.value_name)), value.clone()));
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

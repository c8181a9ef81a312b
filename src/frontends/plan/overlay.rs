//! The plan's values over what the source says: places and chains stay the source's, and so does what was written where
//! secrets may stand; what the source cannot know is taken from the plan.

use super::alone::Decides;
use super::change::{Planned, scalar};
use crate::model::{Entry, Hop, Kind, Marks, Object, Reason, Resource, Unknown, Value};
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// The resource as planned. `computed`: attributes that the source does not set are taken over too (data sources).
pub(super) fn overlay(written: &Resource, planned: Planned<'_>, computed: bool) -> Resource {
    let over = Over { decides: Decides::of(&written.type_name) };
    let mut body = match &written.body.kind {
        Kind::Object(object) => over.object(object, planned, "", &["provider", "lifecycle"]),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => return written.clone(),
    };
    if computed {
        for (key, _, member) in planned.all_members() {
            if body.get(&key).is_none()
                && !over.decides.at(&key)
                && let Some(value) = as_planned(member)
            {
                body.entries.push(Entry::new(&*key, value));
            }
        }
        body = Object { rest: body.rest, ..Object::new(body.entries) };
    }
    Resource { body: Value::object(body), ..written.clone() }
}

struct Over {
    decides: Decides,
}

impl Over {
    fn object(&self, written: &Object, planned: Planned<'_>, path: &str, left_alone: &[&str]) -> Object {
        let entries = written.entries.iter().map(|entry| {
            if left_alone.contains(&&*entry.key) {
                return entry.clone();
            }
            let path = if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
            Entry { value: self.value(&entry.value, planned.key(&entry.key), &path), ..entry.clone() }
        });
        let mut object = Object { entries: entries.collect(), rest: None };
        if let Some(rest) = &written.rest {
            self.fill(&mut object, rest, planned, path);
        }
        object
    }

    /// Keys that the source cannot name.
    fn fill(&self, object: &mut Object, rest: &Arc<Unknown>, planned: Planned<'_>, path: &str) {
        for (key, _, below) in planned.all_members() {
            if object.get(&key).is_some() || below.is_null() && !below.is_unknown() {
                continue;
            }
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            let value = self.value(&Value::new(Kind::Unknown(Arc::clone(rest))), below, &path);
            object.entries.push(Entry::new(&*key, value));
            object.entries.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }

    fn value(&self, written: &Value, planned: Planned<'_>, path: &str) -> Value {
        if planned.is_unknown() || self.decides.at(path) {
            return written.clone();
        }
        // JSON writes a block of which there is one as an object.
        if written.as_object().is_some()
            && let Some(block) = only(planned)
        {
            return self.value(written, block, path);
        }
        match &written.kind {
            Kind::Unknown(why) => unknown(written, why, planned, path),
            Kind::Choice(choice) => {
                // The branch that comes to what is planned keeps its places.
                let branches = [&choice.then, &choice.otherwise];
                let same = |branch: &&&Value| agrees(branch, planned);
                match branches.iter().find(same) {
                    Some(branch) => self.value(branch, planned, path),
                    None => as_planned(planned).map_or_else(Value::null, |value| carried(value, written)),
                }
            }
            Kind::Object(object) if planned.after.is_some_and(NodeRef::is_mapping) => Value {
                kind: Kind::Object(Arc::new(self.object(object, planned, path, &[]))),
                ..written.clone()
            },
            Kind::List(items) => self.list(written, items, planned, path),
            Kind::String(text) if text.is_empty() => written.clone(),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => {
                if agrees(written, planned) || planned.is_null() {
                    return written.clone();
                }
                match as_planned(planned) {
                    Some(value) => contradicted(value, planned.is_sensitive()),
                    None => written.clone(),
                }
            }
        }
    }

    fn list(&self, written: &Value, items: &[Value], planned: Planned<'_>, path: &str) -> Value {
        let Some(all) = planned.items() else { return written.clone() };
        let several = items.iter().any(|item| item.marks.has(Marks::SEVERAL));
        if several || items.len() != all.len() {
            let template = items.first();
            let values = all.into_iter().map(|item| match template {
                Some(template) => self.value(template, item, path),
                None => as_planned(item).unwrap_or_else(Value::null),
            });
            return Value { kind: Kind::List(values.collect()), ..written.clone() };
        }
        // Sets are planned in an order of their own.
        let mut free = all;
        let values: Vec<Value> = items
            .iter()
            .map(|item| {
                let at = free.iter().position(|planned| agrees(item, *planned)).unwrap_or(0);
                let planned = free.remove(at);
                self.value(item, planned, path)
            })
            .collect();
        Value { kind: Kind::List(values.into()), ..written.clone() }
    }
}

fn unknown(written: &Value, why: &Arc<Unknown>, planned: Planned<'_>, path: &str) -> Value {
    if planned.is_null() {
        let never_stored = matches!(why.reason, Reason::Ephemeral { .. }) || path.ends_with("_wo");
        return if never_stored { written.clone() } else { Value::null() };
    }
    let Some(value) = as_planned(planned) else { return written.clone() };
    match &why.reason {
        Reason::Computed { address, attribute } | Reason::Data { address, attribute } => {
            carried(value, written).via(Hop::Attribute(format!("{address}.{attribute}").into()), None)
        }
        _ => carried(value, written),
    }
}

/// The planned value where the source says another.
fn contradicted(value: Value, sensitive: bool) -> Value {
    match value.to_text().filter(|_| !sensitive) {
        Some(text) => value.via(Hop::Planned(text), None),
        None => value,
    }
}

/// The planned value on the way that the written one took.
fn carried(value: Value, written: &Value) -> Value {
    Value { kind: value.kind, origin: written.origin.clone(), marks: written.marks.without(Marks::SEVERAL) }
}

/// What is planned, without places. `None`: null or not said.
fn as_planned(planned: Planned<'_>) -> Option<Value> {
    if planned.is_unknown() {
        let reason = Reason::Unsupported { what: "a value that is known only after apply".into() };
        return Some(Value::unknown(reason));
    }
    let after = planned.after.filter(|_| !planned.is_null())?;
    if let Some(items) = planned.items() {
        return Some(Value::list(items.into_iter().filter_map(as_planned)));
    }
    if !after.is_mapping() {
        return scalar(after);
    }
    let entries = planned
        .all_members()
        .into_iter()
        .filter_map(|(key, _, member)| Some(Entry::new(&*key, as_planned(member)?)));
    Some(Value::object(Object::new(entries.collect())))
}

/// The one block of a list.
fn only(planned: Planned<'_>) -> Option<Planned<'_>> {
    <[_; 1]>::try_from(planned.items()?).ok().map(|[block]| block)
}

/// Whether nothing that the source states is otherwise in the plan.
fn agrees(written: &Value, planned: Planned<'_>) -> bool {
    if planned.is_unknown() {
        return true;
    }
    match &written.kind {
        Kind::Unknown(_) => true,
        Kind::Null => planned.is_null(),
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
            planned.is_null() && written.to_text().is_some_and(|text| text.is_empty())
                || planned.after.and_then(scalar).and_then(|value| value.to_text()) == written.to_text()
        }
        Kind::List(items) => planned.items().is_some_and(|all| {
            all.len() == items.len() && items.iter().zip(all).all(|(item, planned)| agrees(item, planned))
        }),
        Kind::Object(object) => {
            let planned = only(planned).unwrap_or(planned);
            object.entries.iter().all(|entry| agrees(&entry.value, planned.key(&entry.key)))
        }
        Kind::Choice(choice) => agrees(&choice.then, planned) || agrees(&choice.otherwise, planned),
    }
}

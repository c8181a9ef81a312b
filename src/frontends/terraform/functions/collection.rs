//! Making lists and maps of lists and maps.

use super::frame::{Call, CallError, Makes, Needs, Spec, Takes, too_many};
use super::selection::converted;
use super::{MAX_ELEMENTS, sets};
use crate::frontends::terraform::convert;
use crate::frontends::terraform::loops::{open_key, with_elements};
use crate::model::{Choice, Condition, Entry, Kind, Marks, Object, Reason, Unknown, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

const fn same(name: &'static str, takes: &'static [Takes], run: super::frame::Run) -> Spec {
    Spec::new(name, takes, run).needs(Needs::Outside).makes(Makes::Same)
}

pub(super) const SPECS: &[Spec] = &[
    Spec::new("alltrue", &[Takes::Bools], |call| all(call, false)).needs(Needs::Nothing),
    Spec::new("anytrue", &[Takes::Bools], |call| all(call, true)).needs(Needs::Nothing),
    same("chunklist", &[Takes::List, Takes::Number], chunklist).uniform(),
    same("compact", &[Takes::Texts], compact).uniform(),
    same("concat", &[], concat).rest(Takes::Any).needs(Needs::Nothing),
    same("distinct", &[Takes::List], |call| {
        Ok(sets::with_open_doubles(Value::list(convert::distinct(call.items(0).to_vec())))
            .marked(inside(call.arg(0))))
    })
    .uniform(),
    same("flatten", &[Takes::Any], flatten),
    same("list", &[], list).rest(Takes::Nullable).needs(Needs::Nothing),
    same("map", &[], map).rest(Takes::Nullable).needs(Needs::Nothing),
    same("matchkeys", &[Takes::List, Takes::List, Takes::List], matchkeys).uniform(),
    same("merge", &[], merge).rest(Takes::Nullable).needs(Needs::Nothing),
    same("reverse", &[Takes::Collection], |call| {
        Ok(like_list(call.arg(0), Value::list(call.list(0)?.iter().rev().cloned())))
    }),
    same("slice", &[Takes::Any, Takes::Number, Takes::Number], slice),
    same("sort", &[Takes::Texts], sort).needs(Needs::All).uniform(),
    same("transpose", &[Takes::TextLists], transpose).needs(Needs::All).uniform(),
    same("zipmap", &[Takes::Texts, Takes::Any], zipmap).needs(Needs::Nothing),
];

/// What was written for `[…]` up to Terraform 0.11, and was there up to 0.14.
/// <https://developer.hashicorp.com/terraform/language/functions/list>
fn list(call: &Call<'_>) -> Result<Value, CallError> {
    converted(convert::to_list(&Value::list(call.args.iter().cloned())))
}

/// The same for `{…}`: keys and values by turns. <https://developer.hashicorp.com/terraform/language/functions/map>
fn map(call: &Call<'_>) -> Result<Value, CallError> {
    let mut entries = Vec::new();
    let mut rest = None;
    for pair in call.args.chunks(2) {
        let [key, value] = pair else { return Err(CallError::new("an odd number of arguments")) };
        match (key.to_text(), open_key(key)) {
            (Some(key), _) => entries.push(Entry::new(key, value.clone())),
            (None, Some(unknown)) => rest = Some(unknown),
            (None, None) => return Err(CallError::new("a key that is no string")),
        }
    }
    converted(convert::to_map(&Value::object(Object { rest, ..Object::new(entries) })))
}

/// A list where the argument is a list or set, else a tuple.
fn like_list(arg: &Value, result: Value) -> Value {
    if arg.marks.has(Marks::SET) || arg.marks.has(Marks::UNIFORM) { result.as_uniform() } else { result }
}

/// Whether all arguments are lists or maps, and not tuples, sets or objects.
fn all_uniform(args: &[Value]) -> bool {
    args.iter().all(|arg| arg.marks.has(Marks::UNIFORM))
}

/// The marks of what a list holds: which elements are left tells something of each.
fn inside(list: &Value) -> Marks {
    super::inside::marks_of(list, true).without(Marks::SEVERAL)
}

/// An unknown element that stands for any number of elements.
pub(super) fn several_because(reason: &Reason) -> Value {
    Value::unknown(reason.clone()).marked(Marks::SEVERAL)
}

/// Whether any element is `wanted`; the answer is then `wanted`. Null counts as false.
fn all(call: &Call<'_>, wanted: bool) -> Result<Value, CallError> {
    if let Some(unknown) = call.arg(0).as_unknown() {
        return Ok(Value::unknown(unknown.reason.clone()));
    }
    let mut open = None;
    for item in call.items(0) {
        match &item.kind {
            Kind::Bool(value) if *value == wanted => return Ok(Value::bool(wanted)),
            Kind::Null if !wanted => return Ok(Value::bool(false)),
            Kind::Unknown(unknown) => open = open.or(Some(unknown.reason.clone())),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_) => {}
        }
    }
    Ok(open.map_or_else(|| Value::bool(!wanted), Value::unknown))
}

fn chunklist(call: &Call<'_>) -> Result<Value, CallError> {
    let (items, size) = (call.items(0), call.count(1)?);
    if let Some(reason) = convert::several(items) {
        return Ok(Value::unknown(reason));
    }
    if items.is_empty() {
        return Ok(Value::list([]));
    }
    let size = if size == 0 { items.len() } else { size };
    Ok(Value::list(items.chunks(size).map(|chunk| Value::list(chunk.iter().cloned()).as_uniform())))
}

/// Unknown elements may be empty: each stays, as one that stands for any number.
fn compact(call: &Call<'_>) -> Result<Value, CallError> {
    let marks = inside(call.arg(0));
    let kept = call.items(0).iter().filter_map(|item| match &item.kind {
        Kind::Null => None,
        Kind::String(text) => (!text.is_empty()).then(|| item.clone()),
        Kind::Unknown(unknown) if unknown.parts.is_empty() => Some(item.clone().marked(Marks::SEVERAL)),
        Kind::Bool(_)
        | Kind::Number(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => Some(item.clone()),
    });
    Ok(Value::list(kept).marked(marks))
}

fn concat(call: &Call<'_>) -> Result<Value, CallError> {
    if call.args.is_empty() {
        return Err(CallError::new("at least one argument is required"));
    }
    let mut items: Vec<Value> = Vec::new();
    for at in 0..call.len() {
        let arg = call.arg(at);
        match arg.as_unknown() {
            Some(unknown) => {
                let mut open = several_because(&unknown.reason).marked(arg.marks);
                open.origin = arg.origin.clone();
                items.push(open);
            }
            None => items.extend_from_slice(call.sequence(at)?),
        }
        if items.len() > MAX_ELEMENTS {
            return Ok(too_many(call.name));
        }
    }
    if all_uniform(&call.args)
        && let Ok(items) = convert::unify_elements(&items)
    {
        return Ok(Value::list(items).as_uniform());
    }
    Ok(one_unknown(items))
}

/// A list of nothing but one open element says no more than that it is unknown.
fn one_unknown(items: Vec<Value>) -> Value {
    match (items.as_slice(), convert::several(&items)) {
        ([_], Some(reason)) => Value::unknown(reason),
        _ => Value::list(items),
    }
}

fn flatten(call: &Call<'_>) -> Result<Value, CallError> {
    let mut flat = Vec::new();
    call.list(0)?;
    flatten_into(call.arg(0), &mut flat);
    Ok(if flat.len() > MAX_ELEMENTS { too_many(call.name) } else { one_unknown(flat) })
}

/// An unknown element may be a list, unless a part of it is known to be text.
fn flatten_into(value: &Value, flat: &mut Vec<Value>) {
    for item in value.as_list().map_or(&[][..], |items| items) {
        if flat.len() > MAX_ELEMENTS {
            return;
        }
        match &item.kind {
            Kind::List(_) => flatten_into(&item.clone().marked(value.marks), flat),
            Kind::Unknown(unknown) if unknown.parts.is_empty() => {
                flat.push(item.clone().marked(Marks::SEVERAL));
            }
            Kind::Choice(choice) if holds_list(choice) => {
                let text = convert::condition_text(&choice.condition);
                flat.push(several_because(&Reason::Condition { text: text.into() }));
                // What either side holds is in the list under its condition, so that nothing known is lost.
                for side in [&choice.then, &choice.otherwise] {
                    let mut inside = Vec::new();
                    flatten_into(&Value::list([side.clone()]), &mut inside);
                    let taken = std::ptr::eq(side, &choice.then);
                    flat.extend(inside.into_iter().map(|item| only_when(&choice.condition, taken, item)));
                }
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => flat.push(item.clone()),
        }
    }
}

fn holds_list(choice: &Choice) -> bool {
    [&choice.then, &choice.otherwise].into_iter().any(|side| match &side.kind {
        Kind::List(_) => true,
        Kind::Choice(inner) => holds_list(inner),
        Kind::Unknown(unknown) => unknown.parts.is_empty(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => false,
    })
}

/// The item on one side of a condition, null on the other.
fn only_when(condition: &Arc<Condition>, taken: bool, item: Value) -> Value {
    let (then, otherwise) = if taken { (item, Value::null()) } else { (Value::null(), item) };
    Value::new(Kind::Choice(Arc::new(Choice { condition: Arc::clone(condition), then, otherwise })))
}

fn matchkeys(call: &Call<'_>) -> Result<Value, CallError> {
    let (values, keys, wanted) = (call.items(0), call.items(1), call.items(2));
    if let Some(reason) = [values, keys].into_iter().find_map(convert::several) {
        return Ok(Value::unknown(reason));
    }
    if values.len() != keys.len() {
        return Err(CallError::new("length of keys and values should be equal"));
    }
    let Some(shape) = convert::unify_all(keys.iter().chain(wanted).map(convert::Shape::of)) else {
        return Err(CallError::new("keys and searchset must be of the same type"));
    };
    let wanted: Vec<Value> = wanted.iter().map(|item| shape.apply(item)).collect();
    let mut found = Vec::new();
    for (value, key) in values.iter().zip(keys) {
        let key = shape.apply(key);
        for item in &wanted {
            match convert::equal(&key, item) {
                Ok(true) => {
                    found.push(value.clone());
                    break;
                }
                Ok(false) => {}
                Err(reason) => return Ok(Value::unknown(reason)),
            }
        }
    }
    Ok(Value::list(found))
}

/// Later entries win. What an open or unknown argument may override is known only where it does not.
fn merge(call: &Call<'_>) -> Result<Value, CallError> {
    let mut merged: BTreeMap<Arc<str>, Entry> = BTreeMap::new();
    let mut rest: Option<Arc<Unknown>> = None;
    let mut elements = Vec::new();
    for (at, arg) in call.args.iter().enumerate() {
        let (entries, open) = match &arg.kind {
            Kind::Null => continue,
            Kind::Object(object) => (object.entries.as_slice(), object.rest.clone()),
            Kind::Unknown(unknown) => (&[][..], Some(Arc::clone(unknown))),
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Choice(_) => {
                return Err(CallError::at(at, "arguments must be maps or objects"));
            }
        };
        if let Some(open) = open {
            for entry in merged.values_mut() {
                entry.value = unless_overridden(&entry.key, &entry.value, &open);
            }
            elements.extend(open.elements.iter().cloned());
            rest = rest.or(Some(open));
        }
        for entry in entries {
            merged.insert(Arc::clone(&entry.key), entry.clone());
        }
    }
    let rest = rest.map(|rest| with_elements(&Arc::new(Unknown::new(rest.reason.clone())), elements));
    if let (true, Some(rest)) = (merged.is_empty(), &rest) {
        return Ok(Value::new(Kind::Unknown(Arc::clone(rest))));
    }
    let result = Value::object(Object { entries: merged.into_values().collect(), rest });
    let maps: Vec<Value> = call.args.iter().filter(|arg| !arg.is_null()).cloned().collect();
    let is_map = !maps.is_empty() && all_uniform(&maps) && {
        let shapes: Vec<_> = maps.iter().map(convert::Shape::of).collect();
        shapes.windows(2).all(|pair| pair[0] == pair[1])
    };
    Ok(if is_map { result.as_uniform() } else { result })
}

fn unless_overridden(key: &str, value: &Value, open: &Unknown) -> Value {
    let text = format!("no later argument of `merge` sets `{key}`");
    let choice = Choice {
        condition: Arc::new(Condition::Open { text: text.into() }),
        then: value.clone(),
        otherwise: Value::unknown(open.reason.clone()),
    };
    Value::new(Kind::Choice(Arc::new(choice)))
}

fn slice(call: &Call<'_>) -> Result<Value, CallError> {
    let items = call.sequence(0)?;
    let (start, end) = (call.integer(1)?, call.integer(2)?);
    if start < 0 {
        return Err(CallError::at(1, "start index must not be less than zero"));
    }
    if start > end {
        return Err(CallError::at(1, "start index must not be greater than end index"));
    }
    let range = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
    if let Some(reason) = convert::several(items.get(..range.end).unwrap_or(items)) {
        return Ok(Value::unknown(reason));
    }
    match items.get(range) {
        Some(items) => Ok(like_list(call.arg(0), Value::list(items.iter().cloned()))),
        None => Err(CallError::at(2, "end index must not be greater than the length of the list")),
    }
}

fn sort(call: &Call<'_>) -> Result<Value, CallError> {
    call.texts(0)?;
    let mut items = call.items(0).to_vec();
    items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    Ok(Value::list(items))
}

fn transpose(call: &Call<'_>) -> Result<Value, CallError> {
    let mut turned: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
    for entry in &call.object(0)?.entries {
        if entry.value.is_null() {
            return Err(CallError::at(0, "input must not contain null"));
        }
        for item in entry.value.as_list().map_or(&[][..], |items| items) {
            let Some(text) = item.as_str() else {
                return Err(CallError::at(0, "input must not contain null"));
            };
            turned.entry(text.into()).or_default().push(Value::string(Arc::clone(&entry.key)));
        }
    }
    let entries = turned.into_iter().map(|(key, mut items)| {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        Entry::new(key, Value::list(items).as_uniform())
    });
    Ok(Value::object(Object::new(entries.collect())))
}

fn zipmap(call: &Call<'_>) -> Result<Value, CallError> {
    let unknown = call.args.iter().find_map(Value::as_unknown).map(|unknown| unknown.reason.clone());
    let (keys, values) = (call.items(0), if unknown.is_some() { call.items(1) } else { call.sequence(1)? });
    let several = || convert::several(keys).or_else(|| convert::several(values));
    if let Some(reason) = unknown.or_else(several) {
        let elements = values.iter().map(Value::as_one).collect();
        let unknown = with_elements(&Arc::new(Unknown::new(reason)), elements);
        return Ok(Value::new(Kind::Unknown(unknown)));
    }
    if keys.len() != values.len() {
        return Err(CallError::new("number of keys does not match number of values"));
    }
    let mut entries = Vec::with_capacity(keys.len());
    let (mut rest, mut open) = (None, Vec::new());
    for (key, value) in keys.iter().zip(values) {
        match &key.kind {
            Kind::String(key) => entries.push(Entry::new(Arc::clone(key), value.clone())),
            Kind::Unknown(unknown) => {
                rest = rest.or_else(|| Some(Arc::clone(unknown)));
                open.push(value.clone());
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_) => return Err(CallError::at(0, "a key is null")),
        }
    }
    // A key carries no mark of its own, so the map takes those of all keys.
    let marks = keys.iter().fold(Marks::NONE, |all, key| all.with(key.marks));
    let rest = rest.map(|unknown| with_elements(&unknown, open));
    let result = Value::object(Object { rest, ..Object::new(entries) }).marked(marks);
    Ok(if call.arg(1).marks.has(Marks::UNIFORM) { result.as_uniform() } else { result })
}

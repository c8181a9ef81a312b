//! `==`, conditions, and the order of sets.

use super::{Shape, condition_text, number, to_bool};
use crate::model::{Kind, Marks, Part, Reason, Unknown, Value};
use std::cmp::Ordering;

/// The reason why the length of a list is not known: it holds an element that stands for several.
#[must_use]
pub fn several(items: &[Value]) -> Option<Reason> {
    let item = items.iter().find(|item| item.marks.has(Marks::SEVERAL))?;
    Some(item.as_unknown().map_or_else(
        || Reason::Instance { what: "the number of elements".into() },
        |unknown| unknown.reason.clone(),
    ))
}

/// `a == b`: values of different types are unequal, not converted. `Err` where an unknown decides.
pub fn equal(a: &Value, b: &Value) -> Result<bool, Reason> {
    match (&a.kind, &b.kind) {
        (Kind::Unknown(_), _) | (_, Kind::Unknown(_)) if differ_in_type(a, b) => Ok(false),
        (Kind::Unknown(unknown), other) | (other, Kind::Unknown(unknown)) => against_unknown(unknown, other),
        (Kind::Choice(choice), _) => either(&choice.then, &choice.otherwise, b, &choice.condition),
        (_, Kind::Choice(choice)) => either(&choice.then, &choice.otherwise, a, &choice.condition),
        (Kind::Null, Kind::Null) => Ok(true),
        (Kind::Bool(x), Kind::Bool(y)) => Ok(x == y),
        (Kind::Number(x), Kind::Number(y)) => Ok(number::same(x, y)),
        (Kind::String(x), Kind::String(y)) => Ok(x == y),
        (Kind::List(x), Kind::List(y)) => {
            if let Some(reason) = several(x).or_else(|| several(y)) {
                return Err(reason);
            }
            if x.len() != y.len() || differ_in_kind(a, b) {
                return Ok(false);
            }
            all_equal(x.iter().zip(y.iter()))
        }
        (Kind::Object(x), Kind::Object(y)) => {
            if let Some(rest) = x.rest.as_ref().or(y.rest.as_ref()) {
                return Err(rest.reason.clone());
            }
            let keys = |object: &crate::model::Object| {
                object.entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>()
            };
            if keys(x) != keys(y) || differ_in_kind(a, b) {
                return Ok(false);
            }
            all_equal(x.entries.iter().zip(&y.entries).map(|(x, y)| (&x.value, &y.value)))
        }
        (
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_),
        ) => Ok(false),
    }
}

/// An unknown value of a scalar type is not equal to anything of another one.
fn differ_in_type(a: &Value, b: &Value) -> bool {
    if (a.as_unknown().is_some() || a.is_null()) && (b.as_unknown().is_some() || b.is_null()) {
        return false;
    }
    let (a, b) = (Shape::of(a), Shape::of(b));
    let scalar = |shape: &Shape| matches!(shape, Shape::String | Shape::Number | Shape::Bool);
    a != Shape::Any && b != Shape::Any && (scalar(&a) || scalar(&b)) && a != b
}

/// A list, a tuple and a set are never equal, nor a map and an object.
fn differ_in_kind(a: &Value, b: &Value) -> bool {
    let empty = |value: &Value| value.as_list().is_some_and(|items| items.is_empty());
    [Marks::SET, Marks::UNIFORM].iter().any(|mark| a.marks.has(*mark) != b.marks.has(*mark))
        || (empty(a) && empty(b) && a.marks.scalar() != b.marks.scalar())
}

/// One pair that differs decides, whatever the unknown ones are.
fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Result<bool, Reason> {
    let mut open = None;
    for (a, b) in pairs {
        match equal(a, b) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(reason) => open = open.or(Some(reason)),
        }
    }
    open.map_or(Ok(true), Err)
}

fn either(a: &Value, b: &Value, other: &Value, condition: &crate::model::Condition) -> Result<bool, Reason> {
    let (first, second) = (equal(a, other)?, equal(b, other)?);
    if first == second {
        Ok(first)
    } else {
        Err(Reason::Condition { text: condition_text(condition).into() })
    }
}

/// A string known in part differs from every text that does not begin or end as it does.
fn against_unknown(unknown: &Unknown, other: &Kind) -> Result<bool, Reason> {
    let ends = (unknown.parts.first(), unknown.parts.last());
    let differs = match other {
        Kind::Null => !unknown.parts.is_empty(),
        Kind::String(text) => {
            matches!(ends.0, Some(Part::Text { text: start, .. }) if !text.starts_with(&**start))
                || matches!(ends.1, Some(Part::Text { text: end, .. }) if !text.ends_with(&**end))
        }
        Kind::Bool(_)
        | Kind::Number(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => false,
    };
    if differs { Ok(false) } else { Err(unknown.reason.clone()) }
}

/// Whether a condition holds: a bool, or the texts that convert to one. `Err` for what is unknown or refused.
pub fn truth(value: &Value) -> Result<bool, Reason> {
    let invalid = |message: &str| Err(Reason::Invalid { message: message.into() });
    match to_bool(value).map(|value| value.kind) {
        Ok(Kind::Bool(value)) => Ok(value),
        Ok(Kind::Unknown(unknown)) => Err(unknown.reason.clone()),
        Ok(Kind::Choice(choice)) => {
            let (then, otherwise) = (truth(&choice.then)?, truth(&choice.otherwise)?);
            if then == otherwise {
                return Ok(then);
            }
            Err(Reason::Condition { text: condition_text(&choice.condition).into() })
        }
        Ok(Kind::Null) => invalid("the condition is null"),
        Ok(Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_)) => {
            invalid("the condition is not a bool")
        }
        Err(refusal) => invalid(&refusal),
    }
}

/// Distinct, in cty's order: strings by their bytes, numbers by size, `false` before `true`, collections by what cty
/// hashes them by, null last. Unknown values stay in the order in which they were given, behind the rest.
/// <https://github.com/zclconf/go-cty/blob/main/cty/set_internals.go>
#[must_use]
pub fn sort_as_set(items: Vec<Value>) -> Vec<Value> {
    let mut items = distinct(items);
    let is_structural = |item: &Value| matches!(item.kind, Kind::List(_) | Kind::Object(_));
    if items.iter().any(is_structural) {
        let mut keyed: Vec<(u8, String, Value)> = items
            .into_iter()
            .map(|item| {
                let mut key = String::new();
                write_hashed(&item, &mut key);
                (rank(&item), key, item)
            })
            .collect();
        keyed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        return keyed.into_iter().map(|(_, _, item)| item).collect();
    }
    items.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| scalar_order(a, b)));
    items
}

fn rank(value: &Value) -> u8 {
    match &value.kind {
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => 0,
        Kind::Null => 1,
        Kind::Choice(_) => 2,
        Kind::Unknown(_) => 3,
    }
}

/// What cty makes its hash of.
fn write_hashed(value: &Value, out: &mut String) {
    match &value.kind {
        Kind::Null => out.push('~'),
        Kind::Bool(flag) => out.push(if *flag { 'T' } else { 'F' }),
        Kind::Number(number) => out.push_str(&number::to_ten_digits(number)),
        Kind::String(text) => out.push_str(&serde_json::Value::from(&**text).to_string()),
        Kind::List(items) => {
            let is_list = value.marks.has(Marks::SET) || value.marks.has(Marks::UNIFORM);
            out.push(if is_list { '[' } else { '<' });
            for item in items.iter() {
                write_hashed(item, out);
                out.push(';');
            }
            out.push(if is_list { ']' } else { '>' });
        }
        Kind::Object(object) => {
            let is_map = value.marks.has(Marks::UNIFORM);
            out.push(if is_map { '{' } else { '<' });
            for entry in &object.entries {
                if is_map {
                    out.push_str(&serde_json::Value::from(&*entry.key).to_string());
                    out.push(':');
                }
                write_hashed(&entry.value, out);
                out.push(';');
            }
            out.push(if is_map { '}' } else { '>' });
        }
        Kind::Choice(_) | Kind::Unknown(_) => out.push('?'),
    }
}

fn scalar_order(a: &Value, b: &Value) -> Ordering {
    if let (Kind::Number(x), Kind::Number(y)) = (&a.kind, &b.kind) {
        return number::compare(x, y);
    }
    a.to_text().cmp(&b.to_text())
}

/// The first of equal values stays. Unknown values all stay.
pub(crate) fn distinct(items: Vec<Value>) -> Vec<Value> {
    let mut known: rustc_hash::FxHashMap<String, Vec<usize>> = rustc_hash::FxHashMap::default();
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    let mut key = String::new();
    for item in items {
        key.clear();
        write_hashed(&item, &mut key);
        // Numbers that differ far behind the point, and different kinds of unknowns, have one key.
        let same_key = known.get(&key);
        let is_new = !same_key.is_some_and(|same| {
            same.iter().any(|at| kept.get(*at).is_some_and(|kept| equal(kept, &item) == Ok(true)))
        });
        if is_new {
            match known.get_mut(&key) {
                Some(_) if item.as_unknown().is_some() => {}
                Some(same) => same.push(kept.len()),
                None => drop(known.insert(key.clone(), vec![kept.len()])),
            }
            kept.push(item);
        }
    }
    kept
}

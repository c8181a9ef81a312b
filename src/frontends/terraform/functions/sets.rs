//! Sets: lists without doubles, in cty's order.

use super::MAX_ELEMENTS;
use super::frame::{Call, CallError, Makes, Needs, Spec, Takes, too_many};
use crate::frontends::terraform::convert::{self, Shape};
use crate::model::{Kind, Marks, Value};
use rustc_hash::FxHashSet;
use std::sync::Arc;

const fn same(name: &'static str, takes: &'static [Takes], run: super::frame::Run) -> Spec {
    Spec::new(name, takes, run).rest(Takes::Set).needs(Needs::All).makes(Makes::Same)
}

pub(super) const SPECS: &[Spec] = &[
    same("setintersection", &[Takes::Set], |call| combine(call, |total, next| keep(total, next, true))),
    Spec::new("setproduct", &[], setproduct).rest(Takes::Any).needs(Needs::Outside).makes(Makes::Same),
    Spec::new("setsubtract", &[Takes::Set, Takes::Set], |call| {
        combine(call, |total, next| keep(total, next, false))
    })
    .makes(Makes::Same),
    same("setunion", &[Takes::Set], |call| {
        combine(call, |mut total, next| {
            total.extend_from_slice(next);
            total
        })
    })
    .needs(Needs::Outside),
];

/// Marks the unknown elements of a list without doubles: each may equal another and then is not there.
pub(super) fn with_open_doubles(set: Value) -> Value {
    let Some(items) = set.as_list() else { return set };
    if items.len() < 2 || !items.iter().any(|item| item.as_unknown().is_some()) {
        return set;
    }
    let mark = |item: &Value| match item.as_unknown() {
        Some(_) => item.clone().marked(Marks::SEVERAL),
        None => item.clone(),
    };
    Value { kind: Kind::List(items.iter().map(mark).collect()), ..set }
}

/// Scalars are of one type here, so their texts tell them apart.
fn keep(total: Vec<Value>, other: &[Value], present: bool) -> Vec<Value> {
    let texts: FxHashSet<Arc<str>> = other.iter().filter_map(Value::to_text).collect();
    let is_in = |item: &Value| match item.to_text() {
        Some(text) => texts.contains(&text),
        None => other.iter().any(|other| convert::equal(item, other) == Ok(true)),
    };
    total.into_iter().filter(|item| is_in(item) == present).collect()
}

/// Folds all sets after their elements got one type.
fn combine(call: &Call<'_>, step: fn(Vec<Value>, &[Value]) -> Vec<Value>) -> Result<Value, CallError> {
    let all = call.args.iter().flat_map(|arg| arg.as_list().map_or(&[][..], |items| items));
    let Some(shape) = convert::unify_all(all.map(Shape::of)) else {
        return Err(CallError::new("given sets must all have compatible element types"));
    };
    let mut sets = (0..call.len())
        .map(|at| convert::sort_as_set(call.items(at).iter().map(|item| shape.apply(item)).collect()));
    let first = sets.next().unwrap_or_default();
    let total = sets.fold(first, |total, next| step(total, &next));
    if total.len() > MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    Ok(with_open_doubles(Value::list(convert::sort_as_set(total)).as_set()))
}

fn setproduct(call: &Call<'_>) -> Result<Value, CallError> {
    if call.len() < 2 {
        return Err(CallError::new("at least two arguments are required"));
    }
    let mut size = 1_usize;
    for at in 0..call.len() {
        let items = call.list(at)?;
        if let Some(reason) = convert::several(items) {
            return Ok(Value::unknown(reason));
        }
        size = size.saturating_mul(items.len());
    }
    if size > MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    let unified: Vec<Vec<Value>> = (0..call.len())
        .map(|at| convert::unify_elements(call.items(at)).map_err(|message| CallError::at(at, message)))
        .collect::<Result<_, _>>()?;
    let mut product: Vec<Vec<Value>> = vec![Vec::new()];
    for items in &unified {
        let extended = |row: &Vec<Value>| {
            let row = row.clone();
            items.iter().map(move |item| row.iter().chain([item]).cloned().collect())
        };
        product = product.iter().flat_map(extended).collect();
    }
    let product = Value::list(product.into_iter().map(Value::list));
    let is_set = call.args.iter().any(|arg| arg.marks.has(Marks::SET));
    Ok(if is_set { product.as_set() } else { product.as_uniform() })
}

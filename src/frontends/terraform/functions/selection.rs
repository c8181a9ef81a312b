//! Picking and converting: `lookup`, `element`, `coalesce`, `length`, `tolist` and their like.

use super::frame::{Call, CallError, Makes, Needs, Spec, Takes};
use crate::frontends::terraform::convert::{self, Shape, number};
use crate::model::{Choice, Condition, Kind, Marks, Object, Part, Reason, Unknown, Value};
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

const fn same(name: &'static str, takes: &'static [Takes], run: super::frame::Run) -> Spec {
    Spec::new(name, takes, run).needs(Needs::Outside).makes(Makes::Same)
}

const ANY: Takes = Takes::Any;

pub(super) const SPECS: &[Spec] = &[
    same("coalesce", &[], coalesce).rest(Takes::Nullable).needs(Needs::Nothing),
    same("coalescelist", &[], coalescelist).rest(Takes::Nullable).needs(Needs::Nothing),
    Spec::new("contains", &[ANY, ANY], contains).needs(Needs::Nothing),
    same("element", &[ANY, Takes::Number], element),
    Spec::new("index", &[ANY, ANY], index).needs(Needs::Nothing),
    same("keys", &[Takes::Collection], keys),
    Spec::new("length", &[ANY], length).needs(Needs::Outside),
    same("lookup", &[ANY, Takes::Text, Takes::Nullable], lookup).optional(1).needs(Needs::Nothing),
    same("one", &[Takes::Collection], one),
    same("tobool", &[Takes::Nullable], |call| converted(convert::to_bool(call.arg(0)))).needs(Needs::Nothing),
    same("tolist", &[Takes::Nullable], |call| converted(convert::to_list(call.arg(0)))).needs(Needs::Nothing),
    same("tomap", &[Takes::Nullable], |call| converted(convert::to_map(call.arg(0)))).needs(Needs::Nothing),
    same("tonumber", &[Takes::Nullable], |call| converted(convert::to_number(call.arg(0))))
        .needs(Needs::Nothing),
    same("toset", &[Takes::Nullable], toset).needs(Needs::Nothing),
    same("tostring", &[Takes::Nullable], |call| converted(convert::to_string(call.arg(0))))
        .needs(Needs::Nothing),
    same("values", &[Takes::Collection], values).needs(Needs::Nothing),
];

pub(super) fn converted(result: Result<Value, String>) -> Result<Value, CallError> {
    result.map_err(|message| CallError::at(0, message))
}

fn unknown_because(reason: &Reason) -> Value {
    Value::unknown(reason.clone())
}

fn toset(call: &Call<'_>) -> Result<Value, CallError> {
    converted(convert::to_set(call.arg(0))).map(super::sets::with_open_doubles)
}

/// The first that is neither null nor empty text, in the type that all arguments have in common.
fn coalesce(call: &Call<'_>) -> Result<Value, CallError> {
    let is_structural = |arg: &Value| arg.as_list().is_some() || arg.as_object().is_some();
    let shape = if call.args.iter().any(is_structural) && call.args.iter().any(Value::is_null) {
        // With null, which has no type, collections stay what they are.
        Shape::Any
    } else {
        convert::unify_all(call.args.iter().map(Shape::of))
            .ok_or_else(|| CallError::new("all arguments must have the same type"))?
    };
    first_set(&call.args, &shape).ok_or_else(|| CallError::new("no non-null, non-empty-string arguments"))
}

fn first_set(args: &[Value], shape: &Shape) -> Option<Value> {
    let (arg, rest) = args.split_first()?;
    match &arg.kind {
        Kind::Null => first_set(rest, shape),
        Kind::Unknown(unknown) => {
            // A text with a known part is neither null nor empty.
            let certain = unknown.parts.iter().any(|part| matches!(part, Part::Text { .. }));
            if certain {
                return Some(arg.clone());
            }
            let then = unknown_because(&unknown.reason);
            Some(match first_set(rest, shape) {
                // What stands in for a value that nobody gives is in the code, whoever gives one.
                Some(otherwise) if otherwise.as_unknown().is_none() => {
                    let text = format!("whether there is a value ({})", unknown.reason).into();
                    let condition = Arc::new(Condition::Open { text });
                    Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise })))
                }
                Some(_) | None => then,
            })
        }
        Kind::String(text) if text.is_empty() => first_set(rest, shape),
        Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_) => Some(shape.apply(arg)),
    }
}

fn coalescelist(call: &Call<'_>) -> Result<Value, CallError> {
    if call.args.is_empty() {
        return Err(CallError::new("at least one argument is required"));
    }
    for (at, arg) in call.args.iter().enumerate() {
        match &arg.kind {
            Kind::Null => {}
            Kind::Unknown(unknown) => return Ok(unknown_because(&unknown.reason)),
            Kind::List(items) => {
                if let (true, Some(reason)) = (holds_only_open(items), convert::several(items)) {
                    return Ok(unknown_because(&reason));
                }
                if arg.marks.has(Marks::SET) {
                    return Err(CallError::at(at, "coalescelist arguments must be lists or tuples"));
                }
                if !items.is_empty() {
                    return Ok(arg.clone());
                }
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Choice(_) => {
                return Err(CallError::at(at, "coalescelist arguments must be lists or tuples"));
            }
        }
    }
    Err(CallError::new("no non-null arguments"))
}

/// All elements stand for any number, so the list may be empty.
fn holds_only_open(items: &[Value]) -> bool {
    items.iter().all(|item| item.marks.has(Marks::SEVERAL))
}

fn contains(call: &Call<'_>) -> Result<Value, CallError> {
    if let Some(unknown) = call.arg(0).as_unknown() {
        return Ok(unknown_because(&unknown.reason));
    }
    let (items, wanted) = (call.list(0)?, call.arg(1));
    let mut open = None;
    for item in items {
        match convert::equal(item, wanted) {
            Ok(true) => return Ok(Value::bool(true)),
            Ok(false) => {}
            Err(reason) => open = open.or(Some(reason)),
        }
    }
    Ok(open.map_or_else(|| Value::bool(false), Value::unknown))
}

fn index(call: &Call<'_>) -> Result<Value, CallError> {
    if let Some(unknown) = call.arg(0).as_unknown() {
        return Ok(unknown_because(&unknown.reason));
    }
    for (at, item) in call.sequence(0)?.iter().enumerate() {
        match convert::equal(item, call.arg(1)) {
            Ok(true) => return Ok(Value::int(at as i128)),
            Ok(false) => {}
            Err(reason) => return Ok(Value::unknown(reason)),
        }
    }
    Err(CallError::new("item not found"))
}

/// The index wraps around.
fn element(call: &Call<'_>) -> Result<Value, CallError> {
    let items = call.sequence(0)?;
    let Some(at) = number::to_integer(&call.number(1)).filter(|at| *at >= 0) else {
        return Err(CallError::at(1, "cannot use element function with a negative index"));
    };
    if items.is_empty() {
        return Err(CallError::at(0, "cannot use element function with an empty list"));
    }
    let length = items.len() as i128;
    let at = usize::try_from(if at < length { at } else { at % length }).unwrap_or(0);
    match open_before(items, at, i128::try_from(at).is_ok_and(|place| place < length)) {
        Some(reason) => Ok(Value::unknown(reason)),
        None => Ok(items.get(at).cloned().unwrap_or_else(Value::null)),
    }
}

/// Why the element at a place is not known: one before it, or itself, stands for several.
pub(super) fn open_before(items: &[Value], at: usize, is_inside: bool) -> Option<Reason> {
    let until = if is_inside { at + 1 } else { items.len() };
    convert::several(items.get(..until).unwrap_or(items))
}

fn keys(call: &Call<'_>) -> Result<Value, CallError> {
    let object = call.object(0)?;
    let keys =
        with_rest(object, object.entries.iter().map(|entry| Value::string(entry.key.clone())).collect());
    Ok(if call.arg(0).marks.has(Marks::UNIFORM) { keys.as_uniform() } else { keys })
}

fn values(call: &Call<'_>) -> Result<Value, CallError> {
    if let Some(unknown) = call.arg(0).as_unknown() {
        return Ok(match unknown.elements.is_empty() {
            true => Value::unknown(unknown.reason.clone()),
            false => Value::list(open_elements(unknown)),
        });
    }
    let object = call.object(0)?;
    let mut values: Vec<Value> = object.entries.iter().map(|entry| entry.value.clone()).collect();
    let values = match &object.rest {
        Some(rest) if !rest.elements.is_empty() => {
            values.extend(open_elements(rest));
            Value::list(values)
        }
        Some(_) | None => with_rest(object, values),
    };
    Ok(if call.arg(0).marks.has(Marks::UNIFORM) { values.as_uniform() } else { values })
}

/// A list with one element an entry; what an open object holds besides is an element that stands for several.
fn with_rest(object: &Object, mut items: Vec<Value>) -> Value {
    if let Some(rest) = &object.rest {
        items.push(Value::unknown(rest.reason.clone()).marked(Marks::SEVERAL));
    }
    Value::list(items)
}

fn open_elements(unknown: &Unknown) -> impl Iterator<Item = Value> {
    unknown.elements.iter().map(|element| element.clone().marked(Marks::SEVERAL))
}

fn length(call: &Call<'_>) -> Result<Value, CallError> {
    let count = match &call.arg(0).kind {
        Kind::List(items) => match convert::several(items) {
            Some(reason) => return Ok(Value::unknown(reason)),
            None => items.len(),
        },
        Kind::Object(object) => match &object.rest {
            Some(rest) => return Ok(unknown_because(&rest.reason)),
            None => object.entries.len(),
        },
        Kind::String(text) => text.graphemes(true).count(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => {
            return Err(CallError::at(
                0,
                "argument must be a string, a collection type, or a structural type",
            ));
        }
    };
    Ok(Value::int(count as i128))
}

fn lookup(call: &Call<'_>) -> Result<Value, CallError> {
    if let Some(unknown) = call.args[..2].iter().find_map(Value::as_unknown) {
        let found = if call.arg(0).as_unknown().is_some() {
            unknown_because(&unknown.reason)
        } else {
            call.object(0)?;
            crate::frontends::terraform::access::index(call.arg(0), call.arg(1))
        };
        return Ok(or_default(call, found, &unknown.reason));
    }
    let object = call.object(0)?;
    if let Some(entry) = object.get(call.text(1)) {
        return Ok(entry.value.clone());
    }
    if let Some(rest) = &object.rest {
        return Ok(or_default(call, unknown_because(&rest.reason), &rest.reason));
    }
    if call.len() == 2 {
        return Err(CallError::new("the given key does not identify an element in this collection value"));
    }
    if !call.arg(0).marks.has(Marks::UNIFORM) {
        return Ok(call.arg(2).clone());
    }
    let default = |shape: &Shape| shape.convert(call.arg(2));
    let shape = match Shape::of(call.arg(0)) {
        Shape::Map(of) => of,
        Shape::Any
        | Shape::Bool
        | Shape::Number
        | Shape::String
        | Shape::Tuple(_)
        | Shape::List(_)
        | Shape::Set(_)
        | Shape::Object(_) => return Ok(call.arg(2).clone()),
    };
    default(&shape)
        .ok_or_else(|| CallError::at(2, "the default value must have the same type as the map elements"))
}

/// What was looked up, or the default where it is not there.
fn or_default(call: &Call<'_>, found: Value, reason: &Reason) -> Value {
    let default = call.arg(2);
    if call.len() == 2 || default.as_unknown().is_some() {
        return found;
    }
    let text = format!("whether the map has the key ({reason})").into();
    let condition = Arc::new(Condition::Open { text });
    let (then, otherwise) = (found, default.clone());
    Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise })))
}

fn one(call: &Call<'_>) -> Result<Value, CallError> {
    let items = call.list(0)?;
    if let Some(reason) = convert::several(items) {
        return Ok(Value::unknown(reason));
    }
    match items {
        [] => Ok(Value::null()),
        [item] => Ok(item.clone()),
        _ => Err(CallError::at(0, "must be a list, set, or tuple value with either zero or one elements")),
    }
}

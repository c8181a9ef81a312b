//! What happens around every function: counting and converting arguments, choices, unknowns, marks, origins, bounds.

pub use super::call::CallError;
pub(super) use super::call::{Call, Makes, Needs, Run, Spec, Takes};
use super::choices::distribute;
use super::filesystem::{FileAccess, reads_file};
use super::inside::{collect_origins, first_unknown, marks_of, set_origin};
use super::{MAX_ELEMENTS, MAX_TEXT};
use crate::frontends::terraform::weight::Weights;
use crate::frontends::terraform::{convert, normal};
use crate::model::{Hop, Kind, Marks, Origin, Reason, Value};
use std::cell::Cell;
use std::sync::Arc;

pub(super) fn limit(what: &str) -> Value {
    Value::unknown(Reason::Limit { what: what.into() })
}

/// The result of a function that would make more than is allowed.
pub(super) fn too_many(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {MAX_ELEMENTS} elements"))
}

pub(super) fn too_long(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {} MiB", MAX_TEXT >> 20))
}

pub(super) fn too_many_parts(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {} parts", super::MAX_PARTS))
}

pub(super) fn run(
    spec: &'static Spec,
    args: &[Value],
    files: &dyn FileAccess,
    steps: &Cell<u64>,
) -> Result<Value, CallError> {
    let least = spec.takes.len() - spec.optional;
    if args.len() < least {
        return Err(CallError::new(format!("not enough arguments: `{}` takes {least}", spec.name)));
    }
    if spec.rest.is_none() && args.len() > spec.takes.len() {
        return Err(CallError::new(format!(
            "too many arguments: `{}` takes {}",
            spec.name,
            spec.takes.len()
        )));
    }
    if spec.makes == Makes::Marks {
        return run_plain(spec, args, files, steps);
    }
    distribute(args, spec.looks_inside(), &mut |args| run_plain(spec, args, files, steps))
}

fn spend(steps: &Cell<u64>, more: u64) {
    steps.set(steps.get().saturating_add(more));
}

/// A call whose arguments hold no choice.
fn run_plain(
    spec: &'static Spec,
    args: &[Value],
    files: &dyn FileAccess,
    steps: &Cell<u64>,
) -> Result<Value, CallError> {
    let mut converted = Vec::with_capacity(args.len());
    for (at, arg) in args.iter().enumerate() {
        let takes = spec.takes(at).unwrap_or(Takes::Nullable);
        converted.push(prepare(arg, takes).map_err(|message| CallError::at(at, message))?);
    }
    spend(steps, converted.iter().map(Weights::read).sum());
    let unknown = converted.iter().find_map(|arg| match spec.needs {
        Needs::All => first_unknown(arg),
        Needs::Outside => arg.as_unknown().cloned(),
        Needs::Nothing => None,
    });
    let call = Call { name: spec.name, args: converted, files, steps };
    let mut result = match unknown {
        Some(unknown) => Value::unknown(unknown.reason.clone()),
        None => (spec.run)(&call)?,
    };
    spend(steps, Weights::made(&result));
    if spec.uniform {
        result = uniform(result);
    }
    if spec.makes == Makes::Marks {
        return Ok(result);
    }
    if let Some(bounded) = beyond_bounds(spec.name, &result) {
        result = bounded;
    }
    let inside = spec.looks_inside();
    let marks = args.iter().fold(Marks::NONE, |all, arg| all.with(marks_of(arg, inside)));
    let mut result = result.marked(marks.without(Marks::SEVERAL));
    if spec.makes == Makes::New {
        result = normal::value(result);
    }
    // What is in a file does not come from whoever says which.
    let is_made = !reads_file(spec.name) || result.as_unknown().is_none();
    if is_made && (matches!(result.origin, Origin::None) || spec.makes == Makes::New) {
        let mut from = Vec::new();
        args.iter().for_each(|arg| collect_origins(arg, inside, &mut from));
        if !from.is_empty() {
            let hop = Hop::Function(spec.name.into());
            let origin = Origin::made_of(hop, None, from);
            set_origin(&mut result, &origin, spec.makes == Makes::New);
        }
    }
    Ok(result)
}

/// A list as a Terraform list, an object as a map.
pub(super) fn uniform(value: Value) -> Value {
    match &value.kind {
        Kind::List(_) | Kind::Object(_) => value.as_uniform(),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => value,
    }
}

fn beyond_bounds(name: &str, result: &Value) -> Option<Value> {
    match &result.kind {
        Kind::String(text) => (text.len() > MAX_TEXT).then(|| too_long(name)),
        Kind::List(items) => (items.len() > MAX_ELEMENTS).then(|| too_many(name)),
        Kind::Object(object) => (object.entries.len() > MAX_ELEMENTS).then(|| too_many(name)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => None,
    }
}

/// An unknown result that still says what it was made of.
pub(super) fn finish_unknown(name: &str, args: &[Value], reason: Reason) -> Value {
    let mut result = Value::unknown(reason);
    let mut from = Vec::new();
    for arg in args {
        result = result.marked(marks_of(arg, true).without(Marks::SEVERAL));
        collect_origins(arg, true, &mut from);
    }
    if !from.is_empty() {
        let hop = Hop::Function(name.into());
        result.origin = Origin::made_of(hop, None, from);
    }
    result
}

fn prepare(arg: &Value, takes: Takes) -> Result<Value, String> {
    if arg.is_null() && takes != Takes::Nullable {
        return Err("argument must not be null".to_owned());
    }
    let is_collection = match takes {
        Takes::Texts | Takes::Bools | Takes::List | Takes::Set | Takes::TextLists | Takes::Collection => true,
        Takes::Text | Takes::Number | Takes::Any | Takes::Nullable => false,
    };
    if is_collection && arg.as_unknown().is_some() && convert::Shape::of(arg) != convert::Shape::Any {
        return Err("a collection is required".to_owned());
    }
    match takes {
        Takes::Any | Takes::Collection | Takes::Nullable => Ok(arg.clone()),
        Takes::Text => convert::to_string(arg),
        Takes::Number => convert::to_number(arg),
        Takes::Texts => each(arg, &convert::to_string),
        Takes::Bools => each(arg, &convert::to_bool),
        Takes::List => convert::to_list(arg),
        Takes::Set => convert::to_set(arg),
        Takes::TextLists => {
            let Some(object) = arg.as_object() else { return convert::to_map(arg) };
            let mut object = (**object).clone();
            for entry in &mut object.entries {
                entry.value = each(&entry.value, &convert::to_string)?;
            }
            Ok(Value { kind: Kind::Object(Arc::new(object)), ..arg.clone() })
        }
    }
}

fn each(arg: &Value, convert: &dyn Fn(&Value) -> Result<Value, String>) -> Result<Value, String> {
    let Some(items) = arg.as_list() else { return convert::to_list(arg) };
    let items = items.iter().map(convert).collect::<Result<Vec<_>, _>>()?;
    Ok(Value { kind: Kind::List(items.into()), ..arg.clone() }.as_uniform())
}

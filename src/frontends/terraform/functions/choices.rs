//! Calls whose arguments hold choices: the function is applied to each side, so that the result is a choice.

use super::frame::CallError;
use super::inside::{collect_origins, marks_of};
use crate::frontends::terraform::convert;
use crate::model::{Choice, Condition, Hop, Kind, Origin, Reason, Value};
use std::sync::Arc;

/// Results of a call with choices in several of its arguments.
const MAX_RESULTS: usize = 32;
/// Outcomes of one choice that a call is applied to, each by itself.
const MAX_OUTCOMES: usize = 4_096;
/// Ways through the choices that are followed one by one where all together would be too many.
const MAX_WAYS: usize = 256;

/// What is taken on the way to one outcome.
type Way = Vec<(Arc<Condition>, bool)>;

pub(super) fn reason_of(choice: &Choice) -> Reason {
    Reason::Condition { text: convert::condition_text(&choice.condition).into() }
}

/// Applies a function to each combination of the choices in its arguments (`inside`: in their elements too), so
/// that the result is a choice. Where there are too many, each outcome of each choice is followed with all others
/// unknown, so that nothing that stands in the code is lost.
pub fn distribute(
    args: &[Value],
    inside: bool,
    apply: &mut dyn FnMut(&[Value]) -> Result<Value, CallError>,
) -> Result<Value, CallError> {
    if args.iter().all(|arg| find_condition(arg, inside).is_none()) {
        return apply(args);
    }
    let mut ways = Vec::new();
    let mut choices = 0;
    for arg in args {
        collect_ways(arg, inside, &mut Vec::new(), &mut ways, &mut choices);
    }
    // One choice has no combinations.
    let mut left = if choices == 1 { ways.len() } else { MAX_RESULTS };
    if (choices == 1 || have_few_results(args, inside))
        && let Some(result) = expand(args, inside, &mut left, apply)
    {
        return result;
    }
    if ways.len() > MAX_WAYS {
        return Ok(super::frame::limit("an expression with more than 256 open outcomes"));
    }
    let closed: Vec<Value> = args.iter().map(|arg| close(arg, inside)).collect();
    let mut result = apply(&closed)?;
    for way in ways.into_iter().rev() {
        let mut args = args.to_vec();
        for (condition, taken) in &way {
            args = args.iter().map(|arg| assume(arg, inside, condition, *taken)).collect();
        }
        let closed: Vec<Value> = args.iter().map(|arg| close(arg, inside)).collect();
        let then = refused_as_unknown(apply(&closed));
        if then.kind != result.kind {
            let condition = taken_together(way);
            result = Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise: result })));
        }
    }
    Ok(result)
}

fn taken_together(way: Way) -> Arc<Condition> {
    let holds = |(condition, taken): (Arc<Condition>, bool)| {
        if taken { condition } else { Arc::new(Condition::Not(condition)) }
    };
    Arc::new(Condition::And(way.into_iter().map(holds).collect()))
}

/// The way to each outcome of each choice, up to one more than are followed.
fn collect_ways(value: &Value, inside: bool, way: &mut Way, ways: &mut Vec<Way>, choices: &mut usize) {
    if ways.len() > MAX_OUTCOMES {
        return;
    }
    match &value.kind {
        Kind::Choice(choice) => {
            *choices += usize::from(way.is_empty());
            for (side, taken) in [(&choice.then, true), (&choice.otherwise, false)] {
                way.push((Arc::clone(&choice.condition), taken));
                match &side.kind {
                    Kind::Choice(_) => collect_ways(side, inside, way, ways, choices),
                    Kind::Null
                    | Kind::Bool(_)
                    | Kind::Number(_)
                    | Kind::String(_)
                    | Kind::List(_)
                    | Kind::Object(_)
                    | Kind::Unknown(_) => ways.push(way.clone()),
                }
                way.pop();
            }
        }
        Kind::List(items) if inside => {
            items.iter().for_each(|item| collect_ways(item, true, way, ways, choices));
        }
        Kind::Object(object) if inside => {
            object.entries.iter().for_each(|entry| collect_ways(&entry.value, true, way, ways, choices));
        }
        Kind::List(_)
        | Kind::Object(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Unknown(_) => {}
    }
}

/// Whether there may be no more than [`MAX_RESULTS`]: each condition that stands beside the others doubles them.
fn have_few_results(args: &[Value], inside: bool) -> bool {
    let mut conditions = Vec::new();
    args.iter().all(|arg| collect_conditions(arg, inside, &mut conditions))
}

/// `false` as soon as the conditions have more results.
fn collect_conditions<'v>(value: &'v Value, inside: bool, conditions: &mut Vec<&'v Condition>) -> bool {
    match &value.kind {
        Kind::Choice(choice) => {
            if !conditions.iter().any(|known| decides(&choice.condition, known, true).is_some()) {
                conditions.push(&choice.condition);
            }
            conditions.len() <= MAX_RESULTS.ilog2() as usize
        }
        Kind::List(items) if inside => items.iter().all(|item| collect_conditions(item, true, conditions)),
        Kind::Object(object) if inside => {
            object.entries.iter().all(|entry| collect_conditions(&entry.value, true, conditions))
        }
        Kind::List(_)
        | Kind::Object(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Unknown(_) => true,
    }
}

/// `None` where there would be too many results.
fn expand(
    args: &[Value],
    inside: bool,
    left: &mut usize,
    apply: &mut dyn FnMut(&[Value]) -> Result<Value, CallError>,
) -> Option<Result<Value, CallError>> {
    let Some(condition) = args.iter().find_map(|arg| find_condition(arg, inside)) else {
        *left = left.checked_sub(1)?;
        return Some(apply(args));
    };
    let mut side = |taken: bool| {
        let args: Vec<Value> = args.iter().map(|arg| assume(arg, inside, &condition, taken)).collect();
        expand(&args, inside, left, apply)
    };
    let (then, otherwise) = (side(true)?, side(false)?);
    Some(match (then, otherwise) {
        (Err(error), Err(_)) => Err(error),
        (then, otherwise) => {
            let (then, otherwise) = (refused_as_unknown(then), refused_as_unknown(otherwise));
            if then == otherwise {
                return Some(Ok(then));
            }
            Ok(Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise }))))
        }
    })
}

fn refused_as_unknown(result: Result<Value, CallError>) -> Value {
    result.unwrap_or_else(|error| Value::unknown(Reason::Invalid { message: error.message.into() }))
}

fn find_condition(value: &Value, inside: bool) -> Option<Arc<Condition>> {
    match &value.kind {
        Kind::Choice(choice) => Some(Arc::clone(&choice.condition)),
        Kind::List(items) if inside => items.iter().find_map(|item| find_condition(item, true)),
        Kind::Object(object) if inside => {
            object.entries.iter().find_map(|entry| find_condition(&entry.value, true))
        }
        Kind::List(_)
        | Kind::Object(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Unknown(_) => None,
    }
}

/// Which side of a choice holds where `condition` is `taken`, if that decides it.
fn decides(of: &Condition, condition: &Condition, taken: bool) -> Option<bool> {
    if of == condition {
        return Some(taken);
    }
    match (of, condition) {
        (Condition::Not(of), _) => decides(of, condition, taken).map(|holds| !holds),
        (_, Condition::Not(condition)) => decides(of, condition, !taken),
        (
            Condition::Constant(_)
            | Condition::Equals { .. }
            | Condition::Open { .. }
            | Condition::And(_)
            | Condition::Or(_)
            | Condition::Named { .. },
            Condition::Constant(_)
            | Condition::Equals { .. }
            | Condition::Open { .. }
            | Condition::And(_)
            | Condition::Or(_)
            | Condition::Named { .. },
        ) => None,
    }
}

fn map_choices(value: &Value, inside: bool, replace: &dyn Fn(&Value, &Choice) -> Value) -> Value {
    match &value.kind {
        Kind::Choice(choice) => replace(value, choice),
        Kind::List(items) if inside => {
            let items: Vec<Value> = items.iter().map(|item| map_choices(item, true, replace)).collect();
            Value { kind: Kind::List(items.into()), ..value.clone() }
        }
        Kind::Object(object) if inside => {
            let mut object = (**object).clone();
            object
                .entries
                .iter_mut()
                .for_each(|entry| entry.value = map_choices(&entry.value, true, replace));
            Value { kind: Kind::Object(Arc::new(object)), ..value.clone() }
        }
        Kind::List(_)
        | Kind::Object(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Unknown(_) => value.clone(),
    }
}

/// The value where `condition` is `taken`.
fn assume(value: &Value, inside: bool, condition: &Condition, taken: bool) -> Value {
    map_choices(value, inside, &|value, choice| match decides(&choice.condition, condition, taken) {
        Some(then) => {
            let side = if then { &choice.then } else { &choice.otherwise };
            let mut side = assume(side, inside, condition, taken).marked(value.marks);
            if matches!(side.origin, Origin::None) {
                side.origin = value.origin.clone();
            }
            side
        }
        None => {
            let mut choice = choice.clone();
            choice.then = assume(&choice.then, inside, condition, taken);
            choice.otherwise = assume(&choice.otherwise, inside, condition, taken);
            Value { kind: Kind::Choice(Arc::new(choice)), ..value.clone() }
        }
    })
}

/// The value with its choices taken as unknown.
fn close(value: &Value, inside: bool) -> Value {
    map_choices(value, inside, &|value, choice| {
        let mut unknown = Value::unknown(reason_of(choice)).marked(marks_of(value, true));
        let mut from = Vec::new();
        collect_origins(value, true, &mut from);
        if !from.is_empty() {
            unknown.origin = Origin::made_of(Hop::Branch, None, from);
        }
        unknown
    })
}

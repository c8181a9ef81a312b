//! Conditions: which branch is taken, and values that depend on those that are open.

use super::eval::{Evaluator, invalid};
use super::scope::Scope;
use super::{convert, scalar};
use crate::model::{Choice, Condition, Hop, Kind, Marks, Reason, Value};
use crate::syntax::hcl::ExprId;
use std::sync::Arc;

/// Outcomes of open conditions that are followed.
const MAX_OUTCOMES: usize = 1_024;

const MIXED: &str = "a condition whose results have different types";

impl<'p> Evaluator<'p> {
    pub(crate) fn conditional(
        &self,
        condition: ExprId,
        then: ExprId,
        otherwise: ExprId,
        scope: Scope<'_, 'p>,
    ) -> Value {
        let decided = self.eval(condition, scope);
        let marks = decided.marks;
        let value = match scalar::truth(&decided) {
            Some(true) => self.branch(then, otherwise, scope),
            Some(false) => self.branch(otherwise, then, scope),
            None if scalar::unknown_reason(&decided).is_none() => invalid("a condition that is no bool"),
            None => {
                let open = open_condition(condition, scope);
                let (then, otherwise) = self.apart(|| (self.eval(then, scope), self.eval(otherwise, scope)));
                match convert::unify(&then, &otherwise) {
                    Some((then, otherwise)) => choose(open, then, otherwise),
                    None => invalid(MIXED),
                }
            }
        };
        value.marked(marks)
    }

    /// The chosen branch, converted to the type that it has in common with the other one.
    fn branch(&self, chosen: ExprId, other: ExprId, scope: Scope<'_, 'p>) -> Value {
        let value = self.eval(chosen, scope);
        let other = self.apart(|| self.eval(other, scope));
        // A mark on either branch is one on the result.
        let unified = convert::unify(&value, &other).map_or_else(|| invalid(MIXED), |(value, _)| value);
        or_variable(unified, &other).marked(other.marks.without(Marks::SEVERAL))
    }
}

/// Notes of a value that with other inputs it would be a variable that is left to somebody and not marked, where the
/// other one of two values is that.
pub(super) fn or_variable(value: Value, other: &Value) -> Value {
    let is_plain = |value: &Value| !matches!(value.kind, Kind::List(_) | Kind::Object(_));
    let is_number = [Marks::NUMBER, Marks::BOOL].contains(&other.marks.scalar())
        || matches!(other.kind, Kind::Number(_) | Kind::Bool(_));
    let is_hidden = other.marks.has(Marks::SENSITIVE) || other.marks.has(Marks::EPHEMERAL);
    if !is_plain(&value) || !is_plain(other) || is_hidden || is_number {
        return value;
    }
    let Some(way) = other.origin.way_from(&|hop| matches!(hop, Hop::UnmarkedVariable(_))) else {
        return value;
    };
    let carried = way.iter().all(|step| !matches!(step.hop, Hop::Template | Hop::Function(_)));
    match way.first().map(|step| (&step.hop, step.site)) {
        Some((Hop::UnmarkedVariable(name), Some(declared))) if carried => {
            value.via(Hop::OrVariable(Arc::clone(name), declared), None)
        }
        _ => value,
    }
}

pub(crate) fn open_reason(choice: &Choice) -> Reason {
    let text = match &*choice.condition {
        Condition::Open { text } => Arc::clone(text),
        Condition::Constant(_)
        | Condition::Equals { .. }
        | Condition::Not(_)
        | Condition::And(_)
        | Condition::Or(_)
        | Condition::Named { .. } => Arc::from("a condition"),
    };
    Reason::Condition { text }
}

/// A condition of which no more is known than what it says, and where: the same text is another condition in another
/// instance of a module or for another element.
pub(crate) fn open_condition(condition: ExprId, scope: Scope<'_, '_>) -> Arc<Condition> {
    let source = scope.text(condition);
    let mut text = format!("`{}`", one_line(source));
    for place in scope.places(source) {
        text.push_str(" of ");
        text.push_str(&place);
    }
    if !scope.instance.address.is_empty() {
        text.push_str(" in ");
        text.push_str(&scope.instance.address);
    }
    Arc::new(Condition::Open { text: text.into() })
}

/// One value where both sides agree, else a choice.
pub(crate) fn choose(condition: Arc<Condition>, then: Value, otherwise: Value) -> Value {
    if then.kind == otherwise.kind {
        return then.marked(otherwise.marks);
    }
    let marks = then.marks.with(otherwise.marks).without(Marks::SEVERAL);
    if count(&then, count(&otherwise, 0)) > MAX_OUTCOMES {
        return Value::unknown(Reason::Limit { what: "a value with more than 1,024 outcomes".into() })
            .marked(marks);
    }
    Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise }))).marked(marks)
}

/// The outcomes of a value, added to a number of them; not counted on once there are too many.
fn count(value: &Value, before: usize) -> usize {
    match &value.kind {
        Kind::Choice(choice) if before <= MAX_OUTCOMES => {
            count(&choice.otherwise, count(&choice.then, before))
        }
        Kind::Choice(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => before + 1,
    }
}

/// Applies a function to each pair of outcomes; where there are too many, the second value is taken as unknown.
pub(crate) fn distribute_pair(a: &Value, b: &Value, apply: &dyn Fn(&Value, &Value) -> Value) -> Value {
    let pairs = count(a, 0).saturating_mul(count(b, 0));
    let closed = match &b.kind {
        Kind::Choice(choice) if pairs > MAX_OUTCOMES => {
            Some(Value::unknown(open_reason(choice)).marked(b.marks))
        }
        Kind::Choice(_)
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => None,
    };
    let b = closed.as_ref().unwrap_or(b);
    distribute(a, &|a| distribute(b, &|b| apply(a, b)))
}

/// Applies a function on both sides of open choices.
pub(crate) fn distribute(value: &Value, apply: &dyn Fn(&Value) -> Value) -> Value {
    match &value.kind {
        Kind::Choice(choice) => choose(
            Arc::clone(&choice.condition),
            distribute(&choice.then, apply),
            distribute(&choice.otherwise, apply),
        )
        .marked(value.marks),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => apply(value),
    }
}

/// Source text on one line and short, for reasons.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 {
        line = line.chars().take(57).chain("...".chars()).collect();
    }
    line
}

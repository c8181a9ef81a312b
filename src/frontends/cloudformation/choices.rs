//! Values that depend on conditions: functions are applied to each that is possible.

use super::conditions::Pair;
use super::evaluate::Evaluator;
use super::text::{self, Glue};
use crate::model::{Choice, Condition, Kind, Reason, Value};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Results that a function may have when its arguments are choices.
const MAX_RESULTS: usize = 8;

/// Bytes of all strings that functions of a template put together, a part of one that is not known counted as [`PART`]: a
/// long default may be repeated any number of times.
pub(super) const MAX_WRITTEN: usize = 64 << 20;
const PART: usize = 64;

/// Parts of a string that is known in part.
pub(super) const MAX_PARTS: usize = 50_000;

impl Evaluator<'_, '_> {
    /// One of two values, or the only one that is possible.
    pub(super) fn choose(
        &mut self,
        pair: &Pair,
        then: impl FnOnce(&mut Self) -> Value,
        otherwise: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        match (self.under(&pair.holds, then), self.under(&pair.fails, otherwise)) {
            (Some(then), Some(otherwise)) if then.is_null() && otherwise.is_null() => then,
            (Some(then), Some(otherwise)) => {
                let condition = Arc::clone(&pair.holds);
                Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise })))
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => Value::null(),
        }
    }

    /// Applies a function to each value that a choice may be.
    pub(super) fn lift(
        &mut self,
        value: Value,
        function: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        self.lift_within(value, &Cell::new(1), function)
    }

    fn lift_within(
        &mut self,
        value: Value,
        results: &Cell<usize>,
        function: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        let Kind::Choice(choice) = &value.kind else { return function(self, value) };
        if results.get() >= MAX_RESULTS {
            return function(self, undecided(&choice.condition));
        }
        results.set(results.get() + 1);
        let function = RefCell::new(function);
        let run = |me: &mut Self, side: &Value| {
            let mut function = function.borrow_mut();
            me.lift_within(side.clone(), results, &mut **function)
        };
        let pair = self.pair_of(&choice.condition);
        self.choose(&pair, |me| run(me, &choice.then), |me| run(me, &choice.otherwise))
    }

    /// Puts a string together of pieces, each of which may be a choice; between those that are not removed stands the delimiter.
    pub(super) fn concat(&mut self, pieces: Vec<Value>, glue: &Glue) -> Value {
        self.concat_within(pieces, &Cell::new(1), glue)
    }

    fn concat_within(&mut self, mut pieces: Vec<Value>, results: &Cell<usize>, glue: &Glue) -> Value {
        let choice = |(at, piece): (usize, &Value)| Some((at, Arc::clone(piece.as_choice()?)));
        let found = pieces.iter().enumerate().find_map(choice);
        let Some((at, choice)) = found else {
            let parts = text::parts_of(&pieces, glue);
            if parts > MAX_PARTS {
                self.notes.limit(format!("a string that is put together has more than {MAX_PARTS} parts"));
                return Value::unknown(Reason::Limit { what: "the parts of a string".into() });
            }
            self.written += pieces.iter().map(text::len_of).sum::<usize>() + parts * PART;
            if self.written > MAX_WRITTEN {
                self.notes.limit(format!("strings put together come to more than {MAX_WRITTEN} bytes"));
                return Value::unknown(Reason::Limit { what: "the length of strings".into() });
            }
            return text::glue(pieces, glue);
        };
        if results.get() >= MAX_RESULTS {
            let open =
                |piece: Value| piece.as_choice().map(|choice| undecided(&choice.condition)).unwrap_or(piece);
            return self.concat_within(pieces.into_iter().map(open).collect(), results, glue);
        }
        let mut with = |value: Value| {
            if let Some(piece) = pieces.get_mut(at) {
                *piece = value;
            }
            pieces.clone()
        };
        results.set(results.get() + 1);
        let (then, otherwise) = (with(choice.then.clone()), with(choice.otherwise.clone()));
        let pair = self.pair_of(&choice.condition);
        self.choose(
            &pair,
            |me| me.concat_within(then, results, glue),
            |me| me.concat_within(otherwise, results, glue),
        )
    }

    /// The value without branches that are impossible here.
    pub(super) fn pruned(&mut self, value: Value) -> Value {
        let Kind::Choice(choice) = &value.kind else { return value };
        let pair = self.pair_of(&choice.condition);
        let (then, otherwise) = (choice.then.clone(), choice.otherwise.clone());
        self.choose(&pair, |me| me.pruned(then), |me| me.pruned(otherwise))
    }

    fn pair_of(&self, condition: &Arc<Condition>) -> Pair {
        if let Condition::Named { name, .. } = &**condition {
            let pair = self.conditions.get(name);
            if Arc::ptr_eq(&pair.holds, condition) {
                return pair;
            }
        }
        Pair { holds: Arc::clone(condition), fails: Arc::new(Condition::Not(Arc::clone(condition))) }
    }
}

fn undecided(condition: &Arc<Condition>) -> Value {
    Value::unknown(Reason::Condition { text: text::name_of(condition) })
}

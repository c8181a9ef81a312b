//! How large values are once everything that they share is counted each time it occurs: what whoever walks them has
//! to do. `{ a = local.x, b = local.x }`, forty times over, is small in memory and endless to walk.

use crate::model::{Kind, Value};
use rustc_hash::FxHashMap;

/// Elements in elements of one value.
const MAX_WEIGHT: u64 = 2_000_000;
/// So much text weighs what an element does.
const TEXT: u64 = 64;
/// Bytes of a text that are made in a step, and that are looked at.
const TEXT_MADE: u64 = 32;
const TEXT_READ: u64 = 64;
/// The same of elements.
const ELEMENTS_MADE: u64 = 4;
const ELEMENTS_READ: u64 = 64;
/// Collections with fewer elements are counted anew each time.
const SMALL: usize = 8;
/// Collections whose weight is remembered, and which are kept for it.
const MAX_KNOWN: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// By address; the value is held so that the address stays its own.
    known: FxHashMap<usize, (Value, u64)>,
}

impl Weights {
    /// How many steps it takes to make a value of its parts, which were made before.
    pub(crate) fn made(value: &Value) -> u64 {
        work(value, TEXT_MADE, ELEMENTS_MADE)
    }

    /// How many steps it takes to go through a value once.
    pub(crate) fn read(value: &Value) -> u64 {
        work(value, TEXT_READ, ELEMENTS_READ)
    }

    /// Whether a value is larger than anybody may walk.
    pub(crate) fn exceed(&mut self, value: &Value) -> bool {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
            Kind::List(_) | Kind::Object(_) | Kind::Choice(_) | Kind::Unknown(_) => {
                self.of(value) > MAX_WEIGHT
            }
        }
    }

    fn of(&mut self, value: &Value) -> u64 {
        let (address, direct) = match &value.kind {
            Kind::String(text) => return 1 + text.len() as u64 / TEXT,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => return 1,
            Kind::Unknown(unknown) => match unknown.elements.is_empty() {
                true => return 1,
                false => (unknown.elements.as_ptr().addr(), unknown.elements.len()),
            },
            Kind::Choice(choice) => (std::sync::Arc::as_ptr(choice).addr(), 2),
            Kind::List(items) => (items.as_ptr().addr(), items.len()),
            Kind::Object(object) => (std::sync::Arc::as_ptr(object).addr(), object.entries.len()),
        };
        if let Some((_, weight)) = self.known.get(&address) {
            return *weight;
        }
        let weight = self.sum(value);
        if direct >= SMALL || weight > 64 {
            if self.known.len() >= MAX_KNOWN {
                self.known.clear();
            }
            self.known.insert(address, (value.clone(), weight));
        }
        weight
    }

    fn sum(&mut self, value: &Value) -> u64 {
        let mut total = 1_u64;
        let mut add = |weight: u64| total = total.saturating_add(weight);
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
            Kind::Unknown(unknown) => unknown.elements.iter().for_each(|item| add(self.of(item))),
            Kind::Choice(choice) => {
                add(self.of(&choice.then));
                add(self.of(&choice.otherwise));
            }
            Kind::List(items) => items.iter().for_each(|item| add(self.of(item))),
            Kind::Object(object) => {
                object.entries.iter().for_each(|entry| add(self.of(&entry.value)));
                object.rest.iter().flat_map(|rest| rest.elements.iter()).for_each(|item| add(self.of(item)));
            }
        }
        total
    }
}

fn work(value: &Value, text: u64, elements: u64) -> u64 {
    match &value.kind {
        Kind::String(known) => known.len() as u64 / text,
        Kind::List(items) => items.len() as u64 / elements,
        Kind::Object(object) => object.entries.len() as u64 / elements,
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_counts_by_its_length() {
        let mut weights = Weights::default();
        let text = Value::string("x".repeat(1 << 20));
        assert!(!weights.exceed(&Value::list(vec![text.clone(); 100])));
        assert!(weights.exceed(&Value::list(vec![text; 130])));
    }

    #[test]
    fn what_is_shared_counts_each_time() {
        let mut weights = Weights::default();
        let mut value = Value::list([Value::int(1)]);
        for _ in 0..18 {
            value = Value::list([value.clone(), value]);
        }
        assert!(!weights.exceed(&value));
        for _ in 0..60 {
            value = Value::list([value.clone(), value]);
            weights.exceed(&value);
        }
        assert!(weights.exceed(&value));
    }
}

//! Outputs of nested stacks, put where their parents and siblings refer to them.

use crate::model::{Choice, Entry, Hop, Kind, Object, Part, Reason, Unknown, Value};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Outputs that stand for outputs of further nested stacks.
const MAX_HOPS: usize = 16;

/// Bytes that replacing may make in a unit, a value counted as [`VALUE`]; what goes beyond stays a reference.
const BUDGET: usize = 32 << 20;
const VALUE: usize = 64;

/// By the address of the nested stack's resource and the attribute that refers to it (`Outputs.Name`).
#[derive(Debug, Default)]
pub(super) struct Outputs {
    values: BTreeMap<(Arc<str>, Arc<str>), Value>,
    spent: Cell<usize>,
}

impl Outputs {
    /// Outputs are strings; anything else is none.
    pub(super) fn add(&mut self, stack: &Arc<str>, name: &str, value: Value) {
        if matches!(value.kind, Kind::List(_) | Kind::Object(_) | Kind::Null) {
            return;
        }
        self.values.insert((Arc::clone(stack), format!("Outputs.{name}").into()), value);
    }

    /// The value with references to outputs replaced; `None` where there are none.
    pub(super) fn resolve(&self, value: &Value) -> Option<Value> {
        if self.values.is_empty() { None } else { self.replaced(value, 0) }
    }

    fn replaced(&self, value: &Value, hops: usize) -> Option<Value> {
        let kind = match &value.kind {
            Kind::Unknown(unknown) if unknown.parts.is_empty() => return self.output(&unknown.reason, hops),
            Kind::Unknown(unknown) => self.parts(unknown, hops)?,
            Kind::List(items) => {
                let new: Vec<Option<Value>> = items.iter().map(|item| self.replaced(item, hops)).collect();
                new.iter().any(Option::is_some).then_some(())?;
                let items =
                    new.into_iter().zip(items.iter()).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
                Kind::List(items.collect())
            }
            Kind::Object(object) => {
                let new: Vec<Option<Value>> =
                    object.entries.iter().map(|entry| self.replaced(&entry.value, hops)).collect();
                new.iter().any(Option::is_some).then_some(())?;
                let entries = new.into_iter().zip(&object.entries).map(|(new, old)| {
                    let value = new.unwrap_or_else(|| old.value.clone());
                    Entry { value, ..old.clone() }
                });
                Kind::Object(Arc::new(Object { entries: entries.collect(), rest: object.rest.clone() }))
            }
            Kind::Choice(choice) => {
                let (then, otherwise) =
                    (self.replaced(&choice.then, hops), self.replaced(&choice.otherwise, hops));
                (then.is_some() || otherwise.is_some()).then_some(())?;
                Kind::Choice(Arc::new(Choice {
                    condition: Arc::clone(&choice.condition),
                    then: then.unwrap_or_else(|| choice.then.clone()),
                    otherwise: otherwise.unwrap_or_else(|| choice.otherwise.clone()),
                }))
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => return None,
        };
        Some(Value { kind, origin: value.origin.clone(), marks: value.marks })
    }

    fn output(&self, reason: &Reason, hops: usize) -> Option<Value> {
        let Reason::Computed { address, attribute } = reason else { return None };
        let value = self.values.get(&(Arc::clone(address), Arc::clone(attribute)))?;
        if self.spent.get() > BUDGET {
            return None;
        }
        self.spent.set(self.spent.get() + VALUE);
        let further = if hops < MAX_HOPS { self.replaced(value, hops + 1) } else { None };
        let value = further.unwrap_or_else(|| value.clone());
        let parts = value.as_unknown().map_or(0, |unknown| unknown.parts.len());
        self.spent.set(self.spent.get() + value.as_str().map_or(0, str::len) + parts * VALUE);
        Some(value.via(Hop::ModuleOutput(format!("{address}.{attribute}").into()), None))
    }

    /// A string of which parts are outputs.
    fn parts(&self, unknown: &Unknown, hops: usize) -> Option<Kind> {
        let mut changed = false;
        let mut parts: Vec<Part> = Vec::with_capacity(unknown.parts.len());
        for part in unknown.parts.iter() {
            let output = match part {
                Part::Unknown(reason) => self.output(reason, hops),
                Part::Text { .. } => None,
            };
            let new = output.and_then(|output| match (output.to_text(), output.as_unknown()) {
                (Some(text), _) => Some(vec![Part::Text { text, origin: output.origin.clone() }]),
                (None, Some(inner)) if inner.parts.is_empty() => {
                    Some(vec![Part::Unknown(inner.reason.clone())])
                }
                (None, Some(inner)) => Some(inner.parts.to_vec()),
                (None, None) => None,
            });
            changed |= new.is_some();
            parts.extend(new.unwrap_or_else(|| vec![part.clone()]));
        }
        changed.then_some(())?;
        let reason = parts.iter().find_map(|part| match part {
            Part::Unknown(reason) => Some(reason.clone()),
            Part::Text { .. } => None,
        });
        Some(match reason {
            Some(reason) => Kind::Unknown(Arc::new(Unknown { parts: parts.into(), ..Unknown::new(reason) })),
            None => {
                let texts = parts.iter().filter_map(|part| match part {
                    Part::Text { text, .. } => Some(&**text),
                    Part::Unknown(_) => None,
                });
                Kind::String(texts.collect::<String>().into())
            }
        })
    }
}

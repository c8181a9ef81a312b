//! Static keys by name, in environments however they are written: a map, a list of names and values, a document, a script.

use super::text;
use crate::catalog;
use crate::catalog::handover::{KEY_ID, SECRET_KEY, SESSION_TOKEN};
use crate::facts::holes::HOLE_TEXT;
use crate::facts::provenance;
use crate::model::{Entry, Kind, Object, Origin, Part, Value};
use crate::secrets::Carried;
use crate::source::Site;
use std::sync::Arc;

/// A static key by its name.
pub(super) struct Named<'v> {
    pub(super) name: &'static str,
    pub(super) value: &'v Value,
    pub(super) entry: &'v Entry,
    /// As it stands in a text, where it is not an entry of its own.
    pub(super) written: Option<String>,
    /// The literals that the key, or the text around it, is made of.
    pub(super) literals: Vec<Site>,
    /// Fetched from where secrets are kept.
    pub(super) is_reference: bool,
}

/// A variable of an environment.
struct Variable<'v> {
    name: Arc<str>,
    value: &'v Value,
    /// What of the value is the variable's.
    origin: &'v Origin,
    entry: &'v Entry,
    is_reference: bool,
}

/// One for each environment below an entry: the secret half, else the id.
pub(super) fn named(entry: &Entry) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    walk(entry, &entry.value, &mut found);
    found
}

fn walk<'v>(entry: &'v Entry, value: &'v Value, found: &mut Vec<Named<'v>>) {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        Kind::String(_) => in_text(entry, value, found),
        Kind::Unknown(_) => {
            in_text(entry, value, found);
            let handed = provenance::handed(&value.origin);
            let variables = handed.into_iter().flat_map(|(name, step)| {
                let name = Arc::clone(name);
                step.from.iter().map(move |origin| Variable {
                    name: Arc::clone(&name),
                    value,
                    origin,
                    entry,
                    is_reference: false,
                })
            });
            found.extend(chosen(&variables.collect::<Vec<_>>()));
        }
        Kind::Choice(choice) => {
            walk(entry, &choice.then, found);
            walk(entry, &choice.otherwise, found);
        }
        Kind::List(items) => {
            let pairs: Vec<Variable<'_>> = items.iter().flat_map(pair).collect();
            if pairs.is_empty() {
                items.iter().for_each(|item| walk(entry, item, found));
            } else {
                found.extend(chosen(&pairs));
            }
        }
        Kind::Object(object) => match pair(value).first() {
            // A single block that is no list.
            Some(only) => found.extend(chosen(std::slice::from_ref(only))),
            None => {
                let variables: Vec<Variable<'_>> = object.entries.iter().map(variable).collect();
                found.extend(chosen(&variables));
                object.entries.iter().filter(|inner| which(&inner.key).is_none()).for_each(|inner| {
                    walk(inner, &inner.value, found);
                });
            }
        },
    }
}

fn variable(entry: &Entry) -> Variable<'_> {
    let (name, value) = (Arc::clone(&entry.key), &entry.value);
    Variable { name, value, origin: &value.origin, entry, is_reference: false }
}

/// `{name = …, value = …}` in the spellings of AWS's services.
fn pair(value: &Value) -> Vec<Variable<'_>> {
    let sides = match &value.kind {
        Kind::Choice(choice) => vec![&choice.then, &choice.otherwise],
        _ => vec![value],
    };
    sides.into_iter().filter_map(|side| pair_of(side.as_object()?)).collect()
}

fn pair_of(object: &Object) -> Option<Variable<'_>> {
    let text = |names: &[&str]| names.iter().find_map(|name| object.get(name)?.value.to_text());
    let name = text(&["name", "Name", "OptionName", "option_name"])?;
    let plain = ["value", "Value"].iter().find_map(|name| object.get(name));
    let fetched = ["valueFrom", "ValueFrom", "value_from"].iter().find_map(|name| object.get(name));
    let stored = text(&["type", "Type"]).is_some_and(|kind| catalog::names_a_store(&kind));
    let entry = plain.or(fetched)?;
    let value = &entry.value;
    Some(Variable { name, value, origin: &value.origin, entry, is_reference: stored || plain.is_none() })
}

fn which(name: &str) -> Option<&'static str> {
    let name = name.trim_start_matches('-');
    [SECRET_KEY, KEY_ID].into_iter().find(|known| known.eq_ignore_ascii_case(name))
}

fn is_set(value: &Value) -> bool {
    match &value.kind {
        Kind::Null => false,
        Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Unknown(_) => true,
        Kind::String(text) => !text.trim().is_empty(),
        Kind::Choice(choice) => is_set(&choice.then) || is_set(&choice.otherwise),
    }
}

/// The variable that stands for the key of an environment, unless it is a temporary one's.
fn chosen<'v>(variables: &[Variable<'v>]) -> Option<Named<'v>> {
    let of = |wanted: &str| {
        variables.iter().find(|variable| variable.name.eq_ignore_ascii_case(wanted) && is_set(variable.value))
    };
    if of(SESSION_TOKEN).is_some() {
        return None;
    }
    let key = |wanted: &'static str| {
        variables.iter().find(|variable| which(&variable.name) == Some(wanted) && is_set(variable.value))
    };
    let (name, variable) = key(SECRET_KEY)
        .map(|found| (SECRET_KEY, found))
        .or_else(|| key(KEY_ID).map(|found| (KEY_ID, found)))?;
    let keys = variables.iter().filter(|variable| which(&variable.name).is_some());
    Some(Named {
        name,
        value: variable.value,
        entry: variable.entry,
        written: None,
        literals: keys.flat_map(|variable| variable.origin.literals()).collect(),
        is_reference: variable.is_reference,
    })
}

fn in_text<'v>(entry: &'v Entry, value: &'v Value, found: &mut Vec<Named<'v>>) {
    let mut literals = Vec::new();
    let text = match &value.kind {
        Kind::String(text) => text.to_string(),
        Kind::Unknown(unknown) => unknown
            .parts
            .iter()
            .map(|part| match part {
                Part::Text { text, origin } => {
                    literals.extend(origin.literals());
                    &**text
                }
                Part::Unknown(_) => HOLE_TEXT,
            })
            .collect(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            return;
        }
    };
    let carried = Carried::of(&text);
    let Some(named) = carried.texts().find_map(|(_, text)| text::named(text)) else { return };
    found.push(Named {
        name: named.name,
        value,
        entry,
        written: Some(named.written),
        literals,
        is_reference: named.is_reference,
    });
}

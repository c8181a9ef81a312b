//! Static keys by name, in environments however they are written: a map, a list of names and values, a document, a script.

use super::text;
use crate::catalog;
use crate::catalog::handover::{HALVES, SESSION_TOKEN, is_named};
use crate::facts::provenance;
use crate::facts::secrets::{Literals, Sought, literals, texts};
use crate::model::{Entry, Kind, Object, Origin, Value};
use crate::secrets::{Carried, key_half};
use crate::source::{Site, Sources};
use std::ops::Range;
use std::sync::Arc;

/// A static key by its name.
pub(super) struct Named<'v> {
    pub(super) name: Arc<str>,
    pub(super) value: &'v Value,
    pub(super) entry: &'v Entry,
    /// The literals that the key is made of, both halves of it.
    pub(super) literals: Vec<Site>,
    /// Where it is set, if a text does that rather than an entry of its own.
    pub(super) in_text: Option<Option<Site>>,
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
pub(super) fn named<'v>(entry: &'v Entry, sources: &Sources) -> Vec<Named<'v>> {
    let mut found = Vec::new();
    walk(entry, &entry.value, sources, &mut found);
    found
}

fn walk<'v>(entry: &'v Entry, value: &'v Value, sources: &Sources, found: &mut Vec<Named<'v>>) {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        Kind::String(_) => in_text(entry, value, sources, found),
        Kind::Unknown(_) => {
            in_text(entry, value, sources, found);
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
            walk(entry, &choice.then, sources, found);
            walk(entry, &choice.otherwise, sources, found);
        }
        Kind::List(items) => {
            let pairs: Vec<Variable<'_>> = items.iter().flat_map(pair).collect();
            if pairs.is_empty() {
                items.iter().for_each(|item| walk(entry, item, sources, found));
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
                    walk(inner, &inner.value, sources, found);
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

/// A name that stands for a half of a key.
struct Half<'n> {
    /// 0 is the secret one.
    number: usize,
    /// As it is known.
    name: &'n str,
    /// One of those that programs look for, rather than one of one's own.
    is_usual: bool,
}

fn which(name: &str) -> Option<Half<'_>> {
    let name = name.trim_start_matches('-');
    let halves = HALVES.iter().enumerate();
    halves
        .flat_map(|(number, names)| names.map(|name| Half { number, name, is_usual: true }))
        .find(|usual| is_named(name, usual.name))
        .or_else(|| Some(Half { number: key_half(name)?, name, is_usual: false }))
}

fn may_be_handed(value: &Value) -> bool {
    match &value.kind {
        Kind::Unknown(_) => true,
        Kind::Choice(choice) => may_be_handed(&choice.then) || may_be_handed(&choice.otherwise),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {
            false
        }
    }
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
        let is = |name: &str| {
            let end = name.len().checked_sub(wanted.len()).and_then(|start| name.get(start..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(wanted))
        };
        variables.iter().find(|variable| is(&variable.name) && is_set(variable.value))
    };
    if of(SESSION_TOKEN).is_some() {
        return None;
    }
    let halves = variables.iter().filter(|variable| is_set(variable.value)).filter_map(|variable| {
        let half = which(&variable.name)?;
        // Under a name of one's own a text may be a setting; one that is a secret is told as such.
        (half.is_usual || may_be_handed(variable.value)).then_some((half, variable))
    });
    let (Half { name, .. }, variable) = halves.min_by_key(|(half, _)| half.number)?;
    let keys = variables.iter().filter(|variable| which(&variable.name).is_some());
    Some(Named {
        name: Arc::from(name),
        value: variable.value,
        entry: variable.entry,
        literals: keys.flat_map(|variable| variable.origin.literals()).collect(),
        in_text: None,
        is_reference: variable.is_reference,
    })
}

fn in_text<'v>(entry: &'v Entry, value: &'v Value, sources: &Sources, found: &mut Vec<Named<'v>>) {
    let texts = match &value.kind {
        Kind::String(text) => vec![text.to_string()],
        Kind::Unknown(unknown) => texts(value, unknown),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            return;
        }
    };
    found.extend(texts.iter().find_map(|text| in_carried(entry, value, &Carried::of(text), sources)));
}

fn in_carried<'v>(
    entry: &'v Entry,
    value: &'v Value,
    carried: &Carried<'_>,
    sources: &Sources,
) -> Option<Named<'v>> {
    let (layer, named) = carried.texts().find_map(|(layer, text)| Some((layer, text::named(text)?)))?;
    let made_of = literals(value);
    let literals = Literals::of(&made_of, sources);
    let site = |whole: &Range<usize>, value: &Range<usize>| {
        Sought { carried, layer, whole: whole.clone(), value: value.clone() }.site(&literals)
    };
    let held = |value: &Range<usize>| {
        let whole = if named.at.end <= value.start { named.at.start..value.end } else { value.clone() };
        let text = carried.text(layer).get(value.clone()).unwrap_or_default();
        // Put together of several, it stands where its pieces do.
        let is_piece = |site: &Site| text.contains(sources.get(site.file).slice(site.span));
        match site(&whole, value) {
            Some(site) => vec![site],
            None => made_of.iter().copied().filter(is_piece).collect(),
        }
    };
    Some(Named {
        name: Arc::from(named.name),
        value,
        entry,
        literals: named.values.iter().flat_map(held).collect(),
        in_text: Some(site(&named.at, &named.at)),
        is_reference: named.is_reference,
    })
}

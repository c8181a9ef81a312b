//! What is marked as secret and shown all the same: in outputs, by `nonsensitive`.

use super::Stated;
use crate::facts::fact::{Unmarked, UnmarkedWhat};
use crate::facts::secrets::standing_on;
use crate::facts::{place, provenance};
use crate::model::{Declaration, DeclarationKind, Hop, Kind, Marks, Origin, Part, Reason, Unit, Value};
use crate::secrets;
use crate::source::Site;
use litemap::LiteMap;

/// What a unit shows of secrets that are marked.
pub(in crate::facts) fn declared(unit: &Unit) -> Vec<Stated> {
    let shown = |declaration| {
        let (what, name, site) = uncovered(declaration)?;
        let mut subject = standing_on(site, unit.frontend);
        subject.header.attribute = format!("Outputs.{}", declaration.name);
        let output = format!("output `{}`", declaration.name);
        subject.words = LiteMap::from_iter([("name", name.into()), ("subject", output.into())]);
        Some(Stated { fact: Unmarked { what }, subject, literals: Vec::new() })
    };
    unit.declarations.iter().filter_map(shown).collect()
}

fn uncovered(declaration: &Declaration) -> Option<(UnmarkedWhat, String, Site)> {
    match declaration.kind {
        DeclarationKind::Output => {
            let name = hidden(&declaration.value)?;
            Some((UnmarkedWhat::StackOutput, name, declaration.name_site))
        }
        DeclarationKind::RootOutput if !declaration.marked_secret => {
            let name = nonsensitive(&declaration.value)?;
            Some((UnmarkedWhat::Output, name, declaration.block))
        }
        DeclarationKind::RootOutput
        | DeclarationKind::Variable
        | DeclarationKind::Local
        | DeclarationKind::VariableValue
        | DeclarationKind::ModuleInput
        | DeclarationKind::ModuleOutput
        | DeclarationKind::Parameter
        | DeclarationKind::ParameterValue
        | DeclarationKind::Mapping => None,
    }
}

/// A parameter that is not to be echoed and is a part of the value, in any branch.
fn hidden(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => None,
        Kind::List(items) => items.iter().find_map(hidden),
        Kind::Object(object) => object.entries.iter().find_map(|entry| hidden(&entry.value)),
        Kind::Choice(choice) => hidden(&choice.then).or_else(|| hidden(&choice.otherwise)),
        Kind::String(_) | Kind::Unknown(_) => hidden_in(value).into_iter().next(),
    }
}

/// All such parameters of a text, in order.
pub(super) fn hidden_in(value: &Value) -> Vec<String> {
    match &value.kind {
        Kind::String(text) if value.marks.has(Marks::NO_ECHO) && !text.is_empty() => {
            vec![default_of(&value.origin).unwrap_or_default()]
        }
        Kind::Unknown(unknown) => {
            let of = |reason: &Reason| match reason {
                Reason::Parameter { name, no_echo: true } => Some(name.to_string()),
                _ => None,
            };
            let parts = unknown.parts.iter().filter_map(|part| match part {
                Part::Unknown(reason) => of(reason),
                Part::Text { .. } => None,
            });
            let mut names: Vec<String> = Vec::new();
            for name in of(&unknown.reason).into_iter().filter(|_| unknown.parts.is_empty()).chain(parts) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_) => Vec::new(),
    }
}

fn default_of(origin: &Origin) -> Option<String> {
    let is_parameter = |hop: &Hop| matches!(hop, Hop::ParameterDefault(_) | Hop::ParameterValue(_));
    let way = origin.way_from(&is_parameter)?;
    match way.first().map(|step| &step.hop) {
        Some(Hop::ParameterDefault(name) | Hop::ParameterValue(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// The secret that `nonsensitive` uncovers in a value.
fn nonsensitive(value: &Value) -> Option<String> {
    let inside = match &value.kind {
        Kind::List(items) => items.iter().find_map(nonsensitive),
        Kind::Object(object) => object.entries.iter().find_map(|entry| nonsensitive(&entry.value)),
        Kind::Choice(choice) => nonsensitive(&choice.then).or_else(|| nonsensitive(&choice.otherwise)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => None,
    };
    let uncovers = |hop: &Hop| matches!(hop, Hop::Function(name) if &**name == "nonsensitive");
    inside.or_else(|| {
        let way = value.origin.way_from(&uncovers)?;
        let (call, after) = way.split_first()?;
        let kept = after.iter().all(|step| provenance::keeps(&step.hop));
        call.from.iter().filter(|_| kept).find_map(secret_of)
    })
}

/// What a value is, if it is a secret as it was made or handed over.
fn secret_of(origin: &Origin) -> Option<String> {
    let Origin::Derived(step) = origin else { return None };
    match &step.hop {
        Hop::MadeSecret(name) => return Some(name.to_string()),
        // A name or address is marked now and then, and shown where it is no secret after all.
        Hop::Marked(name) => return Some(name.to_string()).filter(|name| !secrets::only_describes(name)),
        Hop::VariableDefault(name) | Hop::Attribute(name) if secrets::says_secret(place::last(name)) => {
            return Some(name.to_string());
        }
        hop if !provenance::keeps(hop) => return None,
        _ => {}
    }
    step.from.iter().find_map(secret_of)
}

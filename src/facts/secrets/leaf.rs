//! The texts that a value may be: known, known in part, or left to a variable.

use crate::model::{Entry, Kind, Number, Origin, Part, Reason, Value};
use crate::source::Site;
use std::sync::Arc;

/// What a single value at a place of secrets is.
#[derive(Debug)]
pub(super) enum Leaf<'v> {
    Known {
        text: Arc<str>,
        value: &'v Value,
    },
    /// Literal texts with something unknown between or around them.
    Partial {
        sites: Vec<Site>,
        value: &'v Value,
    },
    /// Left to whoever runs it.
    Variable {
        value: &'v Value,
    },
}

/// Every text below a value; both branches of a choice stand in the code.
pub(super) fn leaves<'v>(value: &'v Value, found: &mut Vec<Leaf<'v>>) {
    match &value.kind {
        Kind::Null | Kind::Bool(_) => {}
        Kind::Number(Number::Int(_) | Number::Float(_)) | Kind::String(_) => {
            found.extend(value.to_text().and_then(|text| known(text, value)));
        }
        Kind::List(items) => items.iter().for_each(|item| leaves(item, found)),
        Kind::Object(object) => object.entries.iter().for_each(|entry| leaves(&entry.value, found)),
        Kind::Choice(choice) => {
            leaves(&choice.then, found);
            leaves(&choice.otherwise, found);
        }
        Kind::Unknown(why) => match (&why.reason, why.parts.is_empty()) {
            (Reason::Variable { .. }, true) => found.push(Leaf::Variable { value }),
            (_, true) => {}
            (_, false) => found.extend(partial(&why.parts, value)),
        },
    }
}

fn known(text: Arc<str>, value: &Value) -> Option<Leaf<'_>> {
    let rest = without_references(&text);
    if rest.len() == text.len() {
        return (!text.is_empty()).then_some(Leaf::Known { text, value });
    }
    rest.chars().any(char::is_alphabetic).then(|| Leaf::Partial { sites: value.origin.literals(), value })
}

fn partial<'v>(parts: &[Part], value: &'v Value) -> Option<Leaf<'v>> {
    let mut whole = String::new();
    let mut sites = Vec::new();
    for part in parts {
        match part {
            Part::Text { text, origin } => {
                whole.push_str(text);
                sites.extend(origin.literals());
            }
            Part::Unknown(Reason::DynamicReference { .. }) => {}
            Part::Unknown(_) => whole.push('\u{0}'),
        }
    }
    // What stands between the letters may be a digit or a name: only letters are taken for a piece of a secret.
    without_references(&whole).chars().any(char::is_alphabetic).then_some(Leaf::Partial { sites, value })
}

/// The text without CloudFormation's dynamic references, each a promise to fetch the value when deploying.
fn without_references(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("{{resolve:") {
        let Some((reference, behind)) = after.split_once("}}") else { break };
        let service = reference.split(':').next().unwrap_or_default();
        kept.push_str(before);
        if !["secretsmanager", "ssm-secure", "ssm"].contains(&service) {
            kept.push_str(reference);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// The literals that a value was made of, and where the whole stands.
pub(super) fn sites(value: &Value, entry: Option<&Entry>) -> Vec<Site> {
    let mut sites = value.origin.literals();
    if sites.is_empty() {
        sites.extend(entry.and_then(|entry| entry.site));
    }
    sites
}

/// Put together of several texts, decoded or read from a file, so that the secret may stand nowhere as such.
pub(super) fn is_assembled(origin: &Origin) -> bool {
    use crate::model::Hop;
    match origin {
        Origin::None | Origin::Literal(_) => false,
        Origin::Derived(step) => {
            let assembles = match &step.hop {
                Hop::Template | Hop::Function(_) | Hop::File(_) => true,
                Hop::VariableDefault(_)
                | Hop::VariableValue(_)
                | Hop::ModuleInput(_)
                | Hop::Local(_)
                | Hop::ModuleOutput(_)
                | Hop::Attribute(_)
                | Hop::ParameterDefault(_)
                | Hop::Mapping(_)
                | Hop::Iterator(_)
                | Hop::Branch
                | Hop::Inherited(_) => false,
            };
            assembles || step.from.len() > 1 || step.from.iter().any(is_assembled)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_references;

    #[test]
    fn dynamic_references_are_no_literals() {
        assert_eq!(without_references("{{resolve:secretsmanager:a:SecretString:b}}"), "");
        assert_eq!(without_references("x{{resolve:ssm-secure:/a:1}}y"), "xy");
        assert_eq!(without_references("{{resolve:other:a}}"), "other:a");
        assert_eq!(without_references("{{resolve:ssm"), "{{resolve:ssm");
    }
}

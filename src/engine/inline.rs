//! Templates of CloudFormation that code hands over as a text: what they start on EC2 is not looked into, which leaves a question
//! open.

use crate::catalog::compute;
use crate::findings::{AbsentKind, AbsentModule};
use crate::model::{BlockKind, Hop, Kind, Origin, Part, Resource, Unit, Value};
use std::sync::Arc;

/// Types that are handed a template as a text, and where.
const HANDED: [(&str, &str); 3] = [
    ("AWS::CloudFormation::StackSet", "TemplateBody"),
    ("aws_cloudformation_stack", "template_body"),
    ("aws_cloudformation_stack_set", "template_body"),
];

/// One question a resource, about the first thing that is started.
pub(super) fn open(unit: &Unit) -> Vec<AbsentModule> {
    let managed = unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed);
    managed
        .filter_map(|resource| {
            let (_, path) = HANDED.iter().find(|(type_name, _)| *type_name == &*resource.type_name)?;
            let started = started(resource, path)?;
            Some(AbsentModule {
                kind: AbsentKind::Inline,
                address: Arc::clone(&resource.address),
                source: started,
                site: resource.header,
                calls: Arc::clone(&resource.calls),
            })
        })
        .collect()
}

fn started(resource: &Resource, path: &str) -> Option<Arc<str>> {
    let entries = resource.body.entries_at(path);
    entries.iter().filter(|entry| !is_judged_itself(&entry.value)).find_map(|entry| {
        let mut texts = Vec::new();
        texts_of(&entry.value, &mut texts);
        texts.into_iter().find_map(|text| compute_in(&text).map(Arc::from))
    })
}

/// Whether a value is what stands in a file that is a template by its name, and judged as one.
fn is_judged_itself(value: &Value) -> bool {
    let Origin::Derived(step) = &value.origin else { return false };
    let is_template =
        |path: &str| [".yaml", ".yml", ".json", ".template"].iter().any(|end| path.ends_with(end));
    matches!(&step.hop, Hop::File(path) if is_template(path))
}

fn texts_of(value: &Value, texts: &mut Vec<Arc<str>>) {
    match &value.kind {
        Kind::String(text) => texts.push(Arc::clone(text)),
        Kind::Choice(choice) => {
            texts_of(&choice.then, texts);
            texts_of(&choice.otherwise, texts);
        }
        Kind::Unknown(unknown) => {
            let known = unknown.parts.iter().filter_map(|part| match part {
                Part::Text { text, .. } => Some(Arc::clone(text)),
                Part::Unknown(_) => None,
            });
            texts.extend(known);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) => {}
    }
}

/// The first type in a template, in JSON or YAML, that starts something or says how.
fn compute_in(text: &str) -> Option<&str> {
    text.match_indices("AWS::").find_map(|(at, _)| {
        let before = text.get(..at)?.trim_end_matches(['"', '\'', ' ', '\t']).strip_suffix(':')?;
        let is_type = before.trim_end().trim_end_matches(['"', '\'']).ends_with("Type");
        let rest = text.get(at..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(rest.len());
        let name = rest.get(..end)?;
        (is_type && compute::find(name).is_some()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::compute_in;

    #[test]
    fn what_starts_instances_is_found_in_both_languages() {
        for (text, expected) in [
            ("I: {Type: AWS::EC2::Instance, Properties: {}}", Some("AWS::EC2::Instance")),
            ("{\"T\":{\"Type\": \"AWS::EC2::LaunchTemplate\"}}", Some("AWS::EC2::LaunchTemplate")),
            ("B: {Type: AWS::S3::Bucket}\n# AWS::EC2::Instance", None),
            ("P: {Type: AWS::EC2::Instance::Id}", None),
            ("B: {Type: AWS::S3::Bucket, Description: AWS::EC2::Instance}", None),
        ] {
            assert_eq!(compute_in(text), expected, "{text}");
        }
    }
}

//! A resource's `Metadata`, as far as a stack's machines act on it or people put things there.

use super::evaluate::Evaluator;
use crate::model::{Entry, Object, Value};
use crate::syntax::doc::NodeRef;
use memchr::memmem;

/// What cfn-init does and with which credentials: on a resource of whatever type.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html>
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html>
const TOLD: [&str; 2] = ["AWS::CloudFormation::Init", "AWS::CloudFormation::Authentication"];

/// Written by tools, about the template itself.
fn is_about_the_template(key: &str) -> bool {
    ["aws:", "AWS::CloudFormation::Designer", "AWS::CloudFormation::Interface", "cfn-lint", "cfn_nag"]
        .iter()
        .any(|start| key.starts_with(start))
}

/// Whether any metadata of a text can be told; quickly, since nearly every resource of a large template is passed over.
pub(super) fn may_tell(text: &str) -> bool {
    let text = text.as_bytes();
    let is_told =
        |at| TOLD.iter().any(|key| text.get(at..).is_some_and(|rest| rest.starts_with(key.as_bytes())));
    memmem::find(text, b"Transform").is_some()
        || memmem::find_iter(text, "AWS::CloudFormation::").any(is_told)
}

/// Whether a resource is worth evaluating for its metadata alone. `hidden` are the parameters that are not to be shown.
pub(super) fn is_told(metadata: NodeRef<'_>, hidden: &[&str]) -> bool {
    let shows = || {
        let own = metadata.entries().filter(|entry| is_telling(entry));
        own.into_iter().any(|(_, value)| mentions(value, hidden))
    };
    TOLD.iter().any(|key| metadata.get(key).is_some())
        || metadata.get("Fn::Transform").is_some()
        || !hidden.is_empty() && shows()
}

fn is_telling((key, _): &(NodeRef<'_>, NodeRef<'_>)) -> bool {
    key.scalar_text().is_some_and(|key| !is_about_the_template(&key))
}

/// Whether a text below a node holds one of these names.
fn mentions(node: NodeRef<'_>, names: &[&str]) -> bool {
    node.scalar_text().is_some_and(|text| names.iter().any(|name| text.contains(name)))
        || node.items().any(|item| mentions(item, names))
        || node.entries().any(|(_, value)| mentions(value, names))
}

/// The metadata without what tools write; null where nothing is left.
pub(super) fn evaluate<'d>(evaluator: &mut Evaluator<'_, 'd>, metadata: NodeRef<'d>) -> Value {
    if !metadata.entries().any(|entry| is_telling(&entry)) {
        return Value::null();
    }
    let value = evaluator.value(metadata);
    let Some(object) = value.as_object() else { return Value::null() };
    let kept: Vec<Entry> =
        object.entries.iter().filter(|entry| !is_about_the_template(&entry.key)).cloned().collect();
    let kept = Object { entries: kept, rest: object.rest.clone() };
    Value { origin: value.origin.clone(), ..Value::object(kept) }
}

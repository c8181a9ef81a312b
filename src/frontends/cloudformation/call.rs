//! What is an intrinsic, in its long and its short form.

use crate::syntax::doc::NodeRef;
use std::borrow::Cow;

/// An intrinsic under its long name (`Ref`, `Condition`, `Fn::Sub`) with its argument.
#[derive(Debug, Clone)]
pub(super) struct Call<'d> {
    pub(super) name: Cow<'d, str>,
    pub(super) argument: NodeRef<'d>,
}

/// Reads a node as an intrinsic. `Condition` counts only in its short form: `{"Condition": {…}}` is also what policy documents say.
pub(super) fn call(node: NodeRef<'_>) -> Option<Call<'_>> {
    if let Some(tag) = node.tag() {
        let name = match tag {
            "Ref" | "Condition" => Cow::Borrowed(tag),
            _ if tag.starts_with("Fn::") => Cow::Borrowed(tag),
            _ => Cow::Owned(format!("Fn::{tag}")),
        };
        return Some(Call { name, argument: node.without_tag() });
    }
    let (name, argument) = only_entry(node)?;
    let intrinsic = name == "Ref" || name.starts_with("Fn::") && !name.starts_with("Fn::ForEach::");
    intrinsic.then_some(Call { name, argument })
}

/// As [`call`], where a condition is due: also `{"Condition": "Name"}`.
pub(super) fn condition_call(node: NodeRef<'_>) -> Option<Call<'_>> {
    call(node).or_else(|| {
        let (name, argument) = only_entry(node)?;
        (name == "Condition").then_some(Call { name, argument })
    })
}

/// A scalar's text where it is no intrinsic: `!Sub x` is a scalar with a tag.
pub(super) fn literal(node: NodeRef<'_>) -> Option<Cow<'_, str>> {
    if node.tag().is_some() { None } else { node.scalar_text() }
}

fn only_entry(node: NodeRef<'_>) -> Option<(Cow<'_, str>, NodeRef<'_>)> {
    let mut entries = node.entries();
    let (key, value) = entries.next()?;
    if entries.next().is_some() {
        return None;
    }
    Some((key.scalar_text()?, value))
}

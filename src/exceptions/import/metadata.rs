//! What other tools are told in the `Metadata` of a template's resources.

use super::table::Rules;
use crate::source::Span;
use crate::syntax::doc::{Document, MAX_DEPTH, NodeRef};

/// What a piece of metadata tells one tool.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    /// The resource, with its name.
    pub(super) owner: Span,
    pub(super) rules: Rules,
    pub(super) ids: Vec<String>,
    pub(super) reason: String,
}

pub(super) fn told(document: &Document, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for root in document.roots(text) {
        resources(root, 0, &mut found);
    }
    found
}

/// Looks for resources, wherever loops have put them.
fn resources(node: NodeRef<'_>, depth: usize, found: &mut Vec<Found>) {
    if depth > MAX_DEPTH {
        return;
    }
    for (key, value) in node.entries().filter(|(key, value)| value.span().start >= key.span().start) {
        let metadata = value.get("Type").and_then(|_| value.get("Metadata"));
        match metadata {
            Some(metadata) => of_metadata(metadata, key.span().to(value.full_span()), found),
            None => resources(value, depth + 1, found),
        }
    }
    node.items().for_each(|item| resources(item, depth + 1, found));
}

fn of_metadata(metadata: NodeRef<'_>, owner: Span, found: &mut Vec<Found>) {
    let text = |node: NodeRef<'_>, key: &str| {
        node.get(key).and_then(NodeRef::scalar_text).unwrap_or_default().into_owned()
    };
    let mut listed = |path: [&str; 2], rules, reason: &str| {
        let list = metadata.get(path[0]).and_then(|tool| tool.get(path[1]));
        for item in list.into_iter().flat_map(NodeRef::items) {
            let id = text(item, "id");
            if !id.is_empty() {
                found.push(Found {
                    span: item.span(),
                    owner,
                    rules,
                    ids: vec![id],
                    reason: text(item, reason),
                });
            }
        }
    };
    listed(["cfn_nag", "rules_to_suppress"], Rules::CfnNag, "reason");
    listed(["cdk_nag", "rules_to_suppress"], Rules::CdkNag, "reason");
    listed(["checkov", "skip"], Rules::Checkov, "comment");
    let mut named = |list: Option<NodeRef<'_>>, rules| {
        for item in list.into_iter().flat_map(NodeRef::items) {
            if let Some(id) = item.scalar_text() {
                found.push(Found {
                    span: item.span(),
                    owner,
                    rules,
                    ids: vec![id.into_owned()],
                    reason: String::new(),
                });
            }
        }
    };
    named(metadata.get("guard").and_then(|guard| guard.get("SuppressedRules")), Rules::Guard);
    let config = metadata.get("cfn-lint").and_then(|lint| lint.get("config"));
    named(config.and_then(|config| config.get("ignore_checks")), Rules::CfnLint);
}

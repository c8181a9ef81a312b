//! Whether a resource whose type no table knows has a property whose name says secret, or that may be a script or document, as
//! it stands, without evaluating it.

use crate::catalog::{is_no_input, is_of_aws, is_unlisted, says_secret_in};
use crate::secrets::may_hold_names;
use crate::syntax::doc::NodeRef;

pub(super) fn has_named(type_name: &str, resource: NodeRef<'_>) -> bool {
    let properties = || resource.get("Properties");
    let named = || properties().is_some_and(|properties| below(properties, says_secret_in(type_name)));
    let texts = || !is_of_aws(type_name) && properties().is_some_and(holds_text);
    is_unlisted(type_name) && (named() || texts())
}

/// Whether anything is a script or a document, of somebody else's.
fn holds_text(node: NodeRef<'_>) -> bool {
    node.scalar_text().is_some_and(|text| may_hold_names(&text))
        || node.items().any(holds_text)
        || node.entries().any(|(_, value)| holds_text(value))
}

fn below(node: NodeRef<'_>, says: fn(&str) -> bool) -> bool {
    let named = |key: NodeRef<'_>, value: NodeRef<'_>| {
        key.scalar_text().is_some_and(|key| !is_no_input(&key) && (says(&key) || below(value, says)))
    };
    node.items().any(|item| below(item, says)) || node.entries().any(|(key, value)| named(key, value))
}

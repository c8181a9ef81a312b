//! Whether a resource whose type no table knows has a property whose name says secret, as it stands, without evaluating it.

use crate::catalog::{is_no_input, is_unlisted, says_secret_in};
use crate::syntax::doc::NodeRef;

pub(super) fn has_named(type_name: &str, resource: NodeRef<'_>) -> bool {
    let properties =
        || resource.get("Properties").is_some_and(|properties| below(properties, says_secret_in(type_name)));
    is_unlisted(type_name) && properties()
}

fn below(node: NodeRef<'_>, says: fn(&str) -> bool) -> bool {
    let named = |key: NodeRef<'_>, value: NodeRef<'_>| {
        key.scalar_text().is_some_and(|key| !is_no_input(&key) && (says(&key) || below(value, says)))
    };
    node.items().any(|item| below(item, says)) || node.entries().any(|(key, value)| named(key, value))
}

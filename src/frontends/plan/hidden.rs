//! Texts that a plan holds in clear and that must not be shown, whoever wrote them.

use super::change::{Change, Planned, is_true, scalar};
use super::read::{Parsed, Plan};
use crate::catalog;
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// The values of variables that are marked as sensitive.
pub(super) fn variables(plan: &Plan, hidden: &mut Vec<Arc<str>>) {
    let (Some(configuration), Some(variables)) = (&plan.configuration, &plan.variables) else { return };
    let (Some(configured), Some(given)) = (Parsed::of_piece(configuration), Parsed::of_piece(variables))
    else {
        return;
    };
    let declared = configured.root().and_then(|root| root.get("root_module")?.get("variables"));
    for (name, variable) in declared.into_iter().flat_map(NodeRef::entries) {
        let marked = variable.get("sensitive").is_some_and(is_true);
        let Some(name) = name.scalar_text().filter(|_| marked) else { continue };
        let given = given.root().and_then(|root| root.get(&name)?.get("value"));
        for value in [variable.get("default"), given].into_iter().flatten() {
            texts(value, hidden);
        }
    }
}

fn texts(node: NodeRef<'_>, hidden: &mut Vec<Arc<str>>) {
    node.items().for_each(|item| texts(item, hidden));
    node.entries().for_each(|(_, value)| texts(value, hidden));
    if let Some(text) = scalar(node).and_then(|value| value.to_text()).filter(|text| !text.is_empty()) {
        hidden.push(text);
    }
}

/// Planned texts that are secrets by mark or place.
pub(super) fn hide(change: &Change<'_>, hidden: &mut Vec<Arc<str>>) {
    let mut found = Vec::new();
    for values in [change.planned, change.before()] {
        values.secrets(false, &mut found);
        if catalog::has_secrets(change.type_name) {
            sensitive(values, change.type_name, "", &mut found);
        }
    }
    hidden.extend(found.into_iter().filter_map(|node| Some(Arc::from(&*node.scalar_text()?))));
}

fn sensitive<'d>(planned: Planned<'d>, type_name: &str, path: &str, found: &mut Vec<NodeRef<'d>>) {
    let is_sensitive = |path: &str| {
        catalog::sensitive(type_name).iter().any(|known| known.path == path)
            || catalog::sensitive_output(type_name, path)
    };
    if let Some(items) = planned.items() {
        return items.into_iter().for_each(|item| sensitive(item, type_name, path, found));
    }
    let Some(after) = planned.after else { return };
    if after.is_mapping() {
        for (key, _, member) in planned.all_members() {
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            sensitive(member, type_name, &path, found);
        }
    } else if is_sensitive(path) && after.scalar_text().is_some_and(|text| !text.is_empty()) {
        found.push(after);
    }
}

//! Version 4: `resources[].instances[].attributes`, with the paths of what is sensitive beside them.

use super::gather::{Attributes, Gather, address};
use crate::catalog;
use crate::syntax::doc::{NodeKind, NodeRef, ParseError, Raw};
use std::borrow::Cow;

pub(super) fn read(root: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    for (key, value) in root.members()? {
        match &*key {
            "outputs" => gather.outputs(value)?,
            "resources" => {
                for item in value.items()? {
                    resource(item, gather)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn resource(resource: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    let members = resource.members()?;
    let get = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    let text = |key: &str| get(key).and_then(Raw::as_text).unwrap_or(Cow::Borrowed(""));
    let (module, mode, type_name, name) = (text("module"), text("mode"), text("type"), text("name"));
    let Some(instances) = get("instances") else { return Ok(()) };
    for instance in instances.items()? {
        let members = instance.members()?;
        let get = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
        let address = address(&module, &mode, &type_name, &name, get("index_key"));
        gather.object(instance.span(), &address);
        if let Some(flat) = get("attributes_flat") {
            super::flat::attributes(&address, &type_name, flat, gather)?;
        }
        let Some(attributes) = get("attributes") else { continue };
        let document = attributes.parse()?;
        let Some(node) = document.root(attributes.source()) else { continue };
        let mut found = Attributes::new(gather, &address, attributes);
        found.catalogued(&type_name, node);
        if let Some(marks) = get("sensitive_attributes") {
            let document = marks.parse()?;
            let paths = document.root(marks.source());
            for path in paths.iter().flat_map(|paths| paths.items()) {
                let (node, path) = follow(node, path);
                if let Some(node) = node {
                    found.marked(node, &path, false);
                }
            }
        }
        if !type_name.starts_with("aws_") && catalog::sensitive(&type_name).is_empty() {
            found.named(node, "", "");
        }
        found.carrying(&type_name, node);
    }
    Ok(())
}

/// Follows `[{"type": "get_attr", "value": "a"}, {"type": "index", "value": {"value": 0, "type": "number"}}]`, as far as
/// it leads: the elements of a set have no index.
fn follow<'d>(node: NodeRef<'d>, steps: NodeRef<'_>) -> (Option<NodeRef<'d>>, String) {
    let mut node = node;
    let mut path = String::new();
    for step in steps.items() {
        let Some(value) = step.get("value") else { break };
        let value = match value.kind() {
            NodeKind::Mapping(_) => value.get("value").unwrap_or(value),
            NodeKind::Scalar(..) | NodeKind::Sequence(_) | NodeKind::Null => value,
        };
        let Some(key) = value.scalar_text() else { break };
        let inner = match node.kind() {
            NodeKind::Mapping(_) => {
                path = super::gather::join(&path, &key);
                let Some(inner) = node.get(&key) else { return (None, path) };
                inner
            }
            NodeKind::Sequence(_) => match key.parse::<usize>().ok().and_then(|at| node.items().nth(at)) {
                Some(inner) => inner,
                None => break,
            },
            NodeKind::Scalar(..) | NodeKind::Null => break,
        };
        node = inner;
    }
    // A path that leads nowhere marks the object as a whole, which says nothing.
    ((!path.is_empty()).then_some(node), path)
}

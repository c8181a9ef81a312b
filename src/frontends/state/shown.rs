//! What `terraform show -json` prints: modules inside modules, with a mirror of each value that says what is sensitive.

use super::gather::{Attributes, Gather, join};
use crate::catalog;
use crate::syntax::doc::{MAX_DEPTH, NodeKind, NodeRef, ParseError, Raw};
use std::borrow::Cow;
use std::sync::Arc;

pub(super) fn read(root: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    let Some(values) = root.get("values")? else { return Ok(()) };
    for (key, value) in values.members()? {
        match &*key {
            "outputs" => gather.outputs(value)?,
            "root_module" => module(value, gather, MAX_DEPTH)?,
            _ => {}
        }
    }
    Ok(())
}

fn module(module_: Raw<'_>, gather: &mut Gather<'_>, deeper: usize) -> Result<(), ParseError> {
    for (key, value) in module_.members()? {
        match &*key {
            "resources" => {
                for item in value.items()? {
                    resource(item, gather)?;
                }
            }
            "child_modules" if deeper > 0 => {
                for item in value.items()? {
                    module(item, gather, deeper - 1)?;
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
    let address: Arc<str> = Arc::from(&*text("address"));
    let type_name = text("type");
    gather.object(resource.span(), &address);
    let Some(values) = get("values") else { return Ok(()) };
    let document = values.parse()?;
    let Some(node) = document.root(values.source()) else { return Ok(()) };
    let mut found = Attributes::new(gather, &address, values);
    found.catalogued(&type_name, node);
    if let Some(marks) = get("sensitive_values") {
        let document = marks.parse()?;
        if let Some(marks) = document.root(marks.source()) {
            mirror(node, marks, "", &mut found);
        }
    }
    if !type_name.starts_with("aws_") && catalog::sensitive(&type_name).is_empty() {
        found.named(node, "", "");
    }
    found.carrying(&type_name, node);
    Ok(())
}

/// Goes through a value and its mirror, in which `true` says that what stands there is sensitive.
fn mirror(node: NodeRef<'_>, marks: NodeRef<'_>, path: &str, found: &mut Attributes<'_, '_>) {
    match marks.kind() {
        NodeKind::Scalar(..) => {
            if marks.scalar_text().is_some_and(|mark| mark == "true") && !path.is_empty() {
                found.marked(node, path, false);
            }
        }
        NodeKind::Mapping(_) => {
            for (key, mark) in marks.entries() {
                let key = key.scalar_text().unwrap_or_default();
                if let Some(inner) = node.get(&key) {
                    mirror(inner, mark, &join(path, &key), found);
                }
            }
        }
        NodeKind::Sequence(_) => {
            for (item, mark) in node.items().zip(marks.items()) {
                mirror(item, mark, path, found);
            }
        }
        NodeKind::Null => {}
    }
}

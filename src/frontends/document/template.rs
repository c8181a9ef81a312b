//! A template as Guard's users know it: long forms of intrinsics, and in the properties of resources every value that is
//! known in place of what refers to it.

use super::{Below, Document, Places, json};
use crate::model::{Kind, Object, Origin, Reason, Resource, Unit, Value};
use crate::source::{FileId, Site};
use crate::syntax::doc::{NodeKind, NodeRef};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// How intrinsics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// `{"Ref": …}` alone.
    Long,
    /// Also by the tag that stands in the template (`{"!Ref": …}`), which is what rules see that were made with
    /// `cfn-guard test`.
    LongAndShort,
}

/// Where attributes stand in a resource.
const PROPERTIES: Below = &[&["Properties"]];

/// The stacks that a template makes in a unit, by what stands before their resources' ids: the empty text for the stack
/// itself, `Network/` for one that is nested.
#[must_use]
pub fn callers(unit: &Unit, file: FileId) -> BTreeSet<&str> {
    let here = unit.resources.iter().filter(|resource| resource.header.file == file);
    let found: BTreeSet<&str> = here.map(|resource| parts(&resource.address).0).collect();
    if found.is_empty() { BTreeSet::from([""]) } else { found }
}

/// What stands before a resource's logical id, and that.
fn parts(address: &str) -> (&str, &str) {
    address.split_at(address.rfind('/').map_or(0, |at| at + 1))
}

/// The document of one template of a unit, as it is called there. `root` is the template's tree.
#[must_use]
pub fn template<'u>(
    unit: &'u Unit,
    (file, caller): (FileId, &str),
    root: NodeRef<'_>,
    forms: Forms,
) -> Document<'u> {
    let is_here = |resource: &&Resource| resource.header.file == file && parts(&resource.address).0 == caller;
    let mut own: FxHashMap<u32, Vec<&Resource>> = FxHashMap::default();
    for resource in unit.resources.iter().filter(is_here) {
        own.entry(resource.header.span.start).or_default().push(resource);
    }
    let mut document = Map::new();
    let mut places = Places::default();
    for (key, section) in root.entries() {
        let Some(name) = key.scalar_text() else { continue };
        let value = match &*name {
            "Resources" => {
                let mut made = Map::new();
                resources(section, &own, forms, (&mut made, &mut places));
                Json::Object(made)
            }
            _ => written(section, forms),
        };
        document.insert(name.into_owned(), value);
    }
    let head = root.entries().find(|(key, _)| key.scalar_text().is_some_and(|name| name == "Resources"));
    let head = head.map(|(key, _)| Site::new(file, key.span()));
    Document { json: Json::Object(document), unit, places, head }
}

/// What a section, or the body of a loop in it, makes. What can never exist is not there.
fn resources<'u>(
    section: NodeRef<'_>,
    own: &FxHashMap<u32, Vec<&'u Resource>>,
    forms: Forms,
    (made, places): (&mut Map<String, Json>, &mut Places<'u>),
) {
    for (key, body) in section.entries() {
        if key.scalar_text().is_some_and(|key| key.starts_with("Fn::ForEach::")) {
            // The identifier, the collection, and what is made of each.
            if let Some(body) = body.items().nth(2) {
                resources(body, own, forms, (&mut *made, &mut *places));
            }
            continue;
        }
        for resource in own.get(&key.span().start).into_iter().flatten() {
            let mut described = Map::new();
            for (name, part) in body.entries() {
                let Some(name) = name.scalar_text() else { continue };
                let part = match &*name {
                    "Properties" => merged(&resource.body, Some(part), forms),
                    _ => Some(written(part, forms)),
                };
                described.extend(part.map(|part| (name.into_owned(), part)));
            }
            let id = parts(&resource.address).1;
            places.insert(format!("Resources/{id}"), (*resource, PROPERTIES));
            made.insert(id.to_owned(), Json::Object(described));
        }
    }
}

/// A part of a template as it stands.
fn written(node: NodeRef<'_>, forms: Forms) -> Json {
    let Some(tag) = node.tag() else {
        return match node.kind() {
            NodeKind::Null | NodeKind::Scalar(..) => json::scalar(node).unwrap_or(Json::Null),
            NodeKind::Sequence(_) => node.items().map(|item| written(item, forms)).collect(),
            NodeKind::Mapping(_) => {
                let member = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                    Some((key.scalar_text()?.into_owned(), written(value, forms)))
                };
                Json::Object(node.entries().filter_map(member).collect())
            }
        };
    };
    let argument = written(node.without_tag(), forms);
    let long = match tag {
        "Ref" | "Condition" => tag.to_owned(),
        _ => format!("Fn::{tag}"),
    };
    let mut call = Map::new();
    if forms == Forms::LongAndShort {
        call.insert(format!("!{tag}"), argument.clone());
    }
    call.insert(long, argument);
    Json::Object(call)
}

/// Whether a node says what is there by itself, and not by a function.
fn is_plain(node: NodeRef<'_>) -> bool {
    let is_function = |name: &str| name == "Ref" || name == "Condition" || name.starts_with("Fn::");
    let mut keys = node.entries().filter_map(|(key, _)| key.scalar_text());
    node.tag().is_none() && !keys.next().is_some_and(|key| is_function(&key) && node.entries().len() == 1)
}

/// A value where it is known, and what is written where it is not; `None`: it is not there.
fn merged(value: &Value, node: Option<NodeRef<'_>>, forms: Forms) -> Option<Json> {
    let as_written = || node.map(|node| written(node, forms));
    Some(match &value.kind {
        // `null` in a template stays; what `AWS::NoValue` removes is gone.
        Kind::Null => as_written().filter(Json::is_null)?,
        Kind::Bool(value) => Json::Bool(*value),
        Kind::Number(value) => json::number(value),
        Kind::String(text) => match &**text {
            // What parameters and mappings hand over is text; CloudFormation takes it for what is wanted.
            "true" | "false" if !matches!(value.origin, Origin::Literal(_)) => Json::Bool(&**text == "true"),
            text => Json::String(text.to_owned()),
        },
        Kind::List(items) => {
            let nodes: Vec<NodeRef<'_>> =
                node.into_iter().filter(|node| is_plain(*node)).flat_map(NodeRef::items).collect();
            let aligned = nodes.len() == items.len();
            let item =
                |(at, item): (usize, &Value)| merged(item, nodes.get(at).copied().filter(|_| aligned), forms);
            items.iter().enumerate().filter_map(item).collect()
        }
        Kind::Object(object) => Json::Object(members(object, node.filter(|node| is_plain(*node)), forms)),
        Kind::Choice(choice) => match as_written() {
            Some(written) => written,
            None => {
                let side = |value: &Value| {
                    merged(value, None, forms).unwrap_or_else(|| json!({"Ref": "AWS::NoValue"}))
                };
                json!({"Fn::If": ["", side(&choice.then), side(&choice.otherwise)]})
            }
        },
        Kind::Unknown(unknown) => as_written().unwrap_or_else(|| reference(&unknown.reason)),
    })
}

/// In the order in which they are written; what was added from elsewhere comes last.
fn members(object: &Object, node: Option<NodeRef<'_>>, forms: Forms) -> Map<String, Json> {
    let mut members = Map::new();
    for (key, node) in node.into_iter().flat_map(NodeRef::entries) {
        let Some(key) = key.scalar_text() else { continue };
        let value = object.get(&key).and_then(|entry| merged(&entry.value, Some(node), forms));
        members.extend(value.map(|value| (key.into_owned(), value)));
    }
    for entry in &object.entries {
        if !members.contains_key(&*entry.key) {
            members.extend(merged(&entry.value, None, forms).map(|value| (entry.key.to_string(), value)));
        }
    }
    members
}

/// What refers to a value that only the deployment knows.
fn reference(reason: &Reason) -> Json {
    match reason {
        Reason::Computed { address, attribute } if &**attribute == "Ref" => json!({"Ref": &**address}),
        Reason::Computed { address, attribute } => json!({"Fn::GetAtt": [&**address, &**attribute]}),
        Reason::Parameter { name, .. } | Reason::PseudoParameter { name } | Reason::Undeclared { name } => {
            json!({"Ref": &**name})
        }
        Reason::Import { name } => json!({"Fn::ImportValue": &**name}),
        Reason::DynamicReference { service } => Json::String(format!("{{{{resolve:{service}:…}}}}")),
        Reason::Variable { .. }
        | Reason::Data { .. }
        | Reason::Ephemeral { .. }
        | Reason::Module { .. }
        | Reason::Function { .. }
        | Reason::Instance { .. }
        | Reason::Condition { .. }
        | Reason::File { .. }
        | Reason::Invalid { .. }
        | Reason::Cycle { .. }
        | Reason::Limit { .. }
        | Reason::Unsupported { .. } => json!({"Fn::Unknown": reason.to_string()}),
    }
}

//! Terraform's resources in the shape of `terraform show -json`, as far as code says it.
//! <https://developer.hashicorp.com/terraform/internals/json-format>

use super::{Below, Document, Places, json};
use crate::model::{BlockKind, Entry, Kind, Marks, Resource, Unit, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The version of the format that the document has the shape of.
const FORMAT: &str = "1.2";

/// Of a resource's body what is no attribute.
const ARGUMENTS: &[&str] =
    &["provider", "lifecycle", "count", "for_each", "depends_on", "connection", "provisioner"];

/// Where attributes stand in a change, and in a planned value.
const CHANGE: Below = &[
    &["change", "after"],
    &["change", "after_unknown"],
    &["change", "after_sensitive"],
    &["change", "before"],
    &["change", "before_sensitive"],
];
const VALUES: Below = &[&["values"]];

/// The document of a root module with all that it calls.
#[must_use]
pub fn plan(unit: &Unit) -> Document<'_> {
    let mut changes = Vec::new();
    let mut places = Places::default();
    let mut modules: BTreeMap<&str, Vec<(Json, &Resource)>> = BTreeMap::new();
    for resource in unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed) {
        let alike = unit.alike.get(&resource.address).into_iter().flatten();
        // A plan knows more than code says: what there is before, and what is done.
        let planned = unit.planned.get(&resource.address).and_then(|said| serde_json::from_str(said).ok());
        let become_of = planned.unwrap_or_else(|| attributes(resource));
        for address in std::iter::once(&resource.address).chain(alike) {
            let (change, values) = change(resource, address, &become_of);
            places.insert(format!("resource_changes/{}", changes.len()), (resource, CHANGE));
            modules.entry(module_of(address)).or_default().push((values, resource));
            changes.push(change);
        }
    }
    let head = unit.resources.first().map(|resource| resource.header);
    let planned = json!({ "root_module": planned(modules, &mut places) });
    let json = json!({ "format_version": FORMAT, "resource_changes": changes, "planned_values": planned });
    Document { json, unit, places, head }
}

/// What is to become of a resource, with what code says of its attributes.
fn attributes(resource: &Resource) -> Json {
    let mut attributes = Map::new();
    let (mut unknown, mut sensitive) = (Map::new(), Map::new());
    let entries = resource.body.as_object().map_or(&[][..], |object| &object.entries);
    for entry in entries.iter().filter(|entry| !ARGUMENTS.contains(&&*entry.key)) {
        let value = known(&entry.value);
        attributes.extend(value.map(|value| (entry.key.to_string(), value)));
        unknown.extend(shadow(entry, &is_unknown));
        sensitive.extend(shadow(entry, &|value| value.marks.has(Marks::SENSITIVE)));
    }
    json!({
        "actions": ["create"], "before": null, "after": attributes,
        "after_unknown": unknown, "after_sensitive": sensitive,
    })
}

/// A resource's instance as a change, and as a planned value.
fn change(resource: &Resource, address: &str, change: &Json) -> (Json, Json) {
    let mut described = Map::new();
    described.insert("address".to_owned(), json!(address));
    let module = module_of(address);
    if !module.is_empty() {
        described.insert("module_address".to_owned(), json!(module));
    }
    described.insert("mode".to_owned(), json!("managed"));
    described.insert("type".to_owned(), json!(&*resource.type_name));
    let (name, index) = name_of(address, &resource.type_name);
    described.insert("name".to_owned(), json!(name));
    described.extend(index.map(|index| ("index".to_owned(), index)));
    let mut planned = described.clone();
    planned.insert("values".to_owned(), change.get("after").cloned().unwrap_or_default());
    described.insert("change".to_owned(), change.clone());
    (Json::Object(described), Json::Object(planned))
}

/// What is known of a value; `None`: nothing, or it is not there.
fn known(value: &Value) -> Option<Json> {
    Some(match &value.kind {
        Kind::Null | Kind::Choice(_) | Kind::Unknown(_) => return None,
        Kind::Bool(value) => Json::Bool(*value),
        Kind::Number(value) => json::number(value),
        Kind::String(text) => Json::String(text.to_string()),
        // A place in a list counts, so that what is not known stays there as `null`.
        Kind::List(items) => items.iter().map(|item| known(item).unwrap_or(Json::Null)).collect(),
        Kind::Object(object) => {
            let member = |entry: &Entry| Some((entry.key.to_string(), known(&entry.value)?));
            Json::Object(object.entries.iter().filter_map(member).collect())
        }
    })
}

fn is_unknown(value: &Value) -> bool {
    matches!(value.kind, Kind::Choice(_) | Kind::Unknown(_))
}

/// `true` wherever something holds of a value, in its shape; `None` where it holds nowhere.
fn shadow(entry: &Entry, holds: &dyn Fn(&Value) -> bool) -> Option<(String, Json)> {
    Some((entry.key.to_string(), shadow_of(&entry.value, holds)?))
}

fn shadow_of(value: &Value, holds: &dyn Fn(&Value) -> bool) -> Option<Json> {
    if holds(value) {
        return Some(Json::Bool(true));
    }
    match &value.kind {
        Kind::Object(object) => {
            let members: Map<String, Json> =
                object.entries.iter().filter_map(|entry| shadow(entry, holds)).collect();
            (!members.is_empty()).then_some(Json::Object(members))
        }
        Kind::List(items) => {
            let shadows: Vec<Option<Json>> = items.iter().map(|item| shadow_of(item, holds)).collect();
            let any = shadows.iter().any(Option::is_some);
            any.then(|| shadows.into_iter().map(|one| one.unwrap_or(Json::Bool(false))).collect())
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => None,
    }
}

/// The called modules, each with its resources.
fn planned<'u>(modules: BTreeMap<&str, Vec<(Json, &'u Resource)>>, places: &mut Places<'u>) -> Json {
    let (mut own, mut called) = (Vec::new(), Vec::new());
    for (address, resources) in modules {
        let module = match address {
            "" => "planned_values/root_module".to_owned(),
            _ => format!("planned_values/root_module/child_modules/{}", called.len()),
        };
        let mut values = Vec::new();
        for (value, resource) in resources {
            places.insert(format!("{module}/resources/{}", values.len()), (resource, VALUES));
            values.push(value);
        }
        match address {
            "" => own = values,
            _ => called.push(json!({ "address": address, "resources": values })),
        }
    }
    json!({ "resources": own, "child_modules": called })
}

/// `module.a["x"]` of `module.a["x"].aws_instance.b`; empty for a resource of the root module.
fn module_of(address: &str) -> &str {
    parts(address).0
}

/// The module's address and the rest. Keys may hold dots and brackets, inside of quotes.
fn parts(address: &str) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    let mut ends = vec![];
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'.' if !quoted => ends.push(at),
            _ => {}
        }
    }
    let mut start = 0;
    let mut ends = ends.into_iter();
    while address[start..].starts_with("module.") {
        let (Some(_), Some(end)) = (ends.next(), ends.next()) else { break };
        start = end + 1;
    }
    (address[..start].trim_end_matches('.'), &address[start..])
}

/// The name and the key of an instance.
fn name_of<'a>(address: &'a str, type_name: &str) -> (&'a str, Option<Json>) {
    let own = parts(address).1;
    let name = own.strip_prefix(type_name).and_then(|rest| rest.strip_prefix('.')).unwrap_or(own);
    match name.split_once('[') {
        Some((name, key)) => (name, serde_json::from_str(key.trim_end_matches(']')).ok()),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn addresses_are_parted_outside_of_keys() {
        for (address, module, own) in [
            ("aws_instance.a", "", "aws_instance.a"),
            ("module.m.aws_instance.a[0]", "module.m", "aws_instance.a[0]"),
            (
                r#"module.m["a.b"].module.n.aws_s3_bucket.c["d.e"]"#,
                r#"module.m["a.b"].module.n"#,
                r#"aws_s3_bucket.c["d.e"]"#,
            ),
        ] {
            assert_eq!(parts(address), (module, own));
        }
    }
}

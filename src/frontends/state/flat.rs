//! Versions 1 to 3: `modules[].resources{}.primary.attributes`, a flat map of strings (`users.0.password`).

use super::gather::{Gather, holds_secret, join};
use crate::catalog::{self, Condition, SensitivePath};
use crate::model::ToldBy;
use crate::secrets;
use crate::source::Span;
use crate::syntax::doc::{ParseError, Raw};
use std::borrow::Cow;
use std::sync::Arc;

pub(super) fn read(root: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    for (key, value) in root.members()? {
        match &*key {
            "backend" => backend(value, gather)?,
            "modules" => {
                for item in value.items()? {
                    module(item, gather)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The backend that a working folder was set up with, in `.terraform/terraform.tfstate`.
fn backend(backend: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    let type_name = backend.get("type")?.and_then(Raw::as_text).unwrap_or_default();
    let address: Arc<str> = format!("backend.{type_name}").into();
    let config = backend.get("config")?;
    let members = config.map_or(Ok(Vec::new()), Raw::members)?;
    for path in catalog::backend_credentials(&type_name) {
        for (_, value) in members.iter().filter(|(key, _)| key == path.path) {
            if let Some(text) = value.as_text().filter(|text| !text.is_empty()) {
                gather.push(&address, path.path, inside(*value), &text, ToldBy::Input(path));
            }
        }
    }
    Ok(())
}

fn module(module: Raw<'_>, gather: &mut Gather<'_>) -> Result<(), ParseError> {
    let members = module.members()?;
    let get = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    let mut prefix = String::new();
    for name in get("path").map_or(Ok(Vec::new()), Raw::items)?.into_iter().skip(1) {
        prefix.push_str(&format!("module.{}.", name.as_text().unwrap_or_default()));
    }
    if let Some(outputs) = get("outputs") {
        gather.outputs(outputs)?;
    }
    let resources = get("resources").map_or(Ok(Vec::new()), Raw::members)?;
    for (name, resource) in resources {
        let type_name = type_of(&name, resource)?;
        let address: Arc<str> = format!("{prefix}{}", indexed(&name)).into();
        gather.object(resource.span(), &address);
        let mut instances = Vec::new();
        instances.extend(resource.get("primary")?);
        instances.extend(resource.get("deposed")?.map_or(Ok(Vec::new()), Raw::items)?);
        for instance in instances {
            if let Some(flat) = instance.get("attributes")? {
                attributes(&address, &type_name, flat, gather)?;
            }
        }
    }
    Ok(())
}

fn type_of(name: &str, resource: Raw<'_>) -> Result<String, ParseError> {
    let said = resource.get("type")?.and_then(Raw::as_text).map(Cow::into_owned);
    let head = name.strip_prefix("data.").unwrap_or(name).split('.').next().unwrap_or_default();
    Ok(said.unwrap_or_else(|| head.to_owned()))
}

/// `aws_instance.web.0` as it is written today.
fn indexed(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((head, index)) if !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{head}[{index}]")
        }
        Some(_) | None => name.to_owned(),
    }
}

/// One instance's flat map.
pub(super) fn attributes(
    address: &Arc<str>,
    type_name: &str,
    flat: Raw<'_>,
    gather: &mut Gather<'_>,
) -> Result<(), ParseError> {
    let members = flat.members()?;
    for (key, value) in &members {
        let Some(text) = value.as_text().filter(|text| !text.is_empty()) else { continue };
        let path = without_indices(key);
        let last = path.rsplit('.').next().unwrap_or_default();
        let input = catalog::sensitive(type_name).iter().find(|input| is_at(input, &path));
        let told_by = match input {
            Some(input) if !holds(input.condition, key, &members) => continue,
            Some(input) => ToldBy::Input(input),
            None if catalog::sensitive_output(type_name, &path) => ToldBy::Output,
            None => {
                let contained = catalog::containers(type_name)
                    .iter()
                    .any(|container| path.strip_prefix(container).is_some_and(|rest| rest.starts_with('.')));
                let open = contained || !type_name.starts_with("aws_");
                let encrypted = last.to_lowercase().starts_with("encrypted");
                let counts = key.ends_with(".%") || key.ends_with(".#");
                let named = open && !encrypted && !counts && secrets::says_secret(last);
                let carries = || {
                    let is_one = |container: &&str| *container == path && !catalog::describes_api(container);
                    catalog::containers(type_name).iter().any(is_one) && holds_secret(&text)
                };
                match named {
                    true => ToldBy::Name,
                    false if carries() => ToldBy::Text,
                    false => continue,
                }
            }
        };
        gather.push(address, &path, inside(*value), &text, told_by);
    }
    Ok(())
}

/// `users.1234.password` is `users.password`.
fn without_indices(key: &str) -> String {
    let is_index = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    key.split('.').filter(|part| !is_index(part)).fold(String::new(), |path, part| join(&path, part))
}

fn is_at(input: &SensitivePath, path: &str) -> bool {
    input.path == path || path.strip_prefix(input.path).is_some_and(|rest| rest.starts_with('.'))
}

fn holds(condition: Condition, key: &str, members: &[(Cow<'_, str>, Raw<'_>)]) -> bool {
    let parent = key.rsplit_once('.').map_or("", |(parent, _)| parent);
    let is = |attribute: &str, equals: &str| {
        let beside = join(parent, attribute);
        members
            .iter()
            .any(|(key, value)| *key == beside && value.as_text().is_some_and(|text| text == equals))
    };
    condition.holds_beside(is)
}

/// A string's span without its quotes.
fn inside(value: Raw<'_>) -> Span {
    let range = value.span().range();
    Span::new(range.start + 1, range.end.saturating_sub(1).max(range.start + 1))
}

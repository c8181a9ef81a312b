//! Where somebody is sent to the global endpoint of STS: by providers and backends, by variables of an environment, by the account.

use super::document::{self, Node, Text};
use super::iam::{Endpoints, StsEndpoint, StsPlace};
use super::place;
use super::stand::{self, Said};
use super::subject::{Anchor, Subject};
use super::worlds::{At, Fork, World};
use crate::catalog::{self, iam};
use crate::model::{BlockKind, Kind, Resource, Unit};
use crate::source::{Site, Sources};

/// Where a provider or backend names the endpoint.
const PROVIDER_PATHS: &[&str] = &["endpoints.sts"];
const BACKEND_PATHS: &[&str] = &["endpoints.sts", "sts_endpoint"];

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<(StsEndpoint, Subject)> {
    let mut facts = Vec::new();
    for resource in &unit.resources {
        let ask = |paths: &'static [&'static str], place: StsPlace| {
            stand::each(unit, resource, |world| named(world, resource, paths, place))
        };
        match resource.kind {
            BlockKind::Provider if catalog::signs_in_to_aws(&resource.type_name) => {
                facts.extend(ask(PROVIDER_PATHS, StsPlace::Provider));
            }
            BlockKind::Backend if &*resource.type_name == "backend.s3" => {
                facts.extend(ask(BACKEND_PATHS, StsPlace::Backend));
            }
            BlockKind::Managed if &*resource.type_name == iam::STS_PREFERENCES => {
                facts.extend(ask(&[iam::STS_PREFERENCE], StsPlace::Account));
            }
            BlockKind::Managed => {
                for path in catalog::containers(&resource.type_name) {
                    facts.extend(in_container(unit, resource, path, sources));
                }
            }
            BlockKind::Provider
            | BlockKind::Backend
            | BlockKind::Data
            | BlockKind::Ephemeral
            | BlockKind::Call => {}
        }
    }
    facts
}

fn named(
    world: &World<'_>,
    resource: &Resource,
    paths: &[&str],
    place: StsPlace,
) -> Result<Vec<Said<StsEndpoint>>, Fork> {
    let mut found = Vec::new();
    for path in paths {
        for at in world.all(&resource.body, path)?.into_iter().filter(At::is_set) {
            let endpoint = match at.text() {
                None => Endpoints::Unknown,
                Some(text) if place == StsPlace::Account => endpoint(&*text == iam::STS_PREFERENCE_GLOBAL),
                Some(text) => endpoint(is_global(&text)),
            };
            let anchors = place::anchor(&at, path).map(|anchor| ("endpoint", anchor));
            found.push(Said {
                fact: StsEndpoint { place, endpoint },
                anchors: anchors.into_iter().collect(),
                words: Vec::new(),
            });
        }
    }
    Ok(found)
}

fn endpoint(global: bool) -> Endpoints {
    if global { Endpoints::Global } else { Endpoints::Regional }
}

/// Whether a URL is the global endpoint's.
fn is_global(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    host.eq_ignore_ascii_case(iam::STS_GLOBAL_HOST)
}

/// The variable in an environment: a map, or a list of names and values, as such or in a document.
fn in_container(
    unit: &Unit,
    resource: &Resource,
    path: &'static str,
    sources: &Sources,
) -> Vec<(StsEndpoint, Subject)> {
    if !resource.body.entries_at(path).iter().any(|entry| mentions(&entry.value.kind)) {
        return Vec::new();
    }
    stand::each(unit, resource, |world| {
        let mut found = Vec::new();
        for at in world.all(&resource.body, path)? {
            let fallback = at.entry().and_then(|entry| entry.site.or(entry.key_site));
            let document = document::read(world, &at, sources)?;
            let mut set = Vec::new();
            variables(&document, &mut set);
            for (value, site) in set {
                let global = value.known().map(|text| text.eq_ignore_ascii_case(iam::STS_VARIABLE_GLOBAL));
                let site = value.site.or(site).or(fallback).unwrap_or(resource.header);
                found.push(Said {
                    fact: StsEndpoint {
                        place: StsPlace::Environment,
                        endpoint: global.map_or(Endpoints::Unknown, endpoint),
                    },
                    anchors: vec![("endpoint", Anchor::new(site).attribute(iam::STS_VARIABLE))],
                    words: Vec::new(),
                });
            }
        }
        Ok(found)
    })
}

/// Whether the variable's name stands anywhere in a value, so that it is worth being read.
fn mentions(kind: &Kind) -> bool {
    match kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
        Kind::String(text) => text.contains(iam::STS_VARIABLE),
        Kind::List(items) => items.iter().any(|item| mentions(&item.kind)),
        Kind::Object(object) => {
            object.entries.iter().any(|entry| *entry.key == *iam::STS_VARIABLE || mentions(&entry.value.kind))
        }
        Kind::Choice(choice) => mentions(&choice.then.kind) || mentions(&choice.otherwise.kind),
        Kind::Unknown(why) => why.parts.iter().any(|part| match part {
            crate::model::Part::Text { text, .. } => text.contains(iam::STS_VARIABLE),
            crate::model::Part::Unknown(_) => false,
        }),
    }
}

/// Every value that the variable is set to.
fn variables<'n>(node: &'n Node, found: &mut Vec<(&'n Text, Option<Site>)>) {
    match node {
        Node::Null | Node::Text(_) | Node::Unknown { .. } => {}
        Node::List(items) => items.iter().for_each(|item| variables(item, found)),
        Node::Object(object) => {
            let name = object.get("name").and_then(|member| member.value.as_text());
            if let Some(value) = object.get("value")
                && name.is_some_and(|name| name.text == iam::STS_VARIABLE)
            {
                found.extend(value.value.as_text().map(|text| (text, value.key.site)));
            }
            for member in &object.members {
                if member.key.text == iam::STS_VARIABLE {
                    found.extend(member.value.as_text().map(|text| (text, member.key.site)));
                }
                variables(&member.value, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_global;

    #[test]
    fn the_global_endpoint_is_one_host() {
        for url in ["https://sts.amazonaws.com", "https://STS.amazonaws.com/", "sts.amazonaws.com:443"] {
            assert!(is_global(url), "{url}");
        }
        for url in ["https://sts.eu-west-1.amazonaws.com", "http://localhost:4566", ""] {
            assert!(!is_global(url), "{url}");
        }
    }
}

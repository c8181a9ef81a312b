//! What one launch, template or configuration says itself of its profile and metadata options.

use super::fact::{Endpoint, HopLimit, HopLimitUnsaid, Presence, Tokens};
use super::place::{anchor, last};
use super::provenance;
use super::subject::Anchor;
use super::worlds::{At, Fork, World};
use crate::catalog::compute::{Launch, Metadata, Profile, SETTINGS};
use crate::model::Value;
use std::sync::Arc;

/// A field with the place that decides it. No place: nothing is said.
pub(crate) type Field<T> = (T, Option<Anchor>);

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stated {
    pub(crate) profile: Field<Presence>,
    pub(crate) endpoint: Field<Endpoint>,
    pub(crate) tokens: Field<Tokens>,
    pub(crate) hop_limit: Field<HopLimit>,
    /// Where something is said of tokens that is not sent.
    pub(crate) unsent: Option<Anchor>,
    /// The block of metadata options, where there is one.
    pub(crate) block: Option<Anchor>,
    /// The parameter by which whoever deploys may choose to do without session tokens, and where it is taken.
    pub(crate) choice: Option<(Arc<str>, Anchor)>,
}

const NAMESPACE: &str = "aws:autoscaling:launchconfiguration";

/// The lowest version of the metadata service that answers.
const VERSIONS: [(&str, Tokens); 2] = [("2", Tokens::Required), ("1", Tokens::Optional)];

pub(crate) fn stated(world: &World<'_>, item: &Value, launch: &Launch) -> Result<Stated, Fork> {
    let mut said = Stated {
        profile: profile(world, item, launch.profile)?,
        endpoint: (Endpoint::Absent, None),
        tokens: (Tokens::Absent, None),
        hop_limit: (HopLimit::Other(HopLimitUnsaid::Absent), None),
        unsent: None,
        block: None,
        choice: None,
    };
    match launch.metadata {
        Metadata::Options { endpoint, tokens, hop_limit, block, needs_endpoint } => {
            if let Some(path) = endpoint {
                said.endpoint = choose(
                    world.one(item, path)?,
                    path,
                    (Endpoint::Absent, Endpoint::Unknown),
                    &[("enabled", Endpoint::Enabled), ("disabled", Endpoint::Disabled)],
                );
            }
            said.tokens = choose(
                world.one(item, tokens)?,
                tokens,
                (Tokens::Absent, Tokens::Unknown),
                &[("required", Tokens::Required), ("optional", Tokens::Optional)],
            );
            said.choice = choice(world, &world.one(item, tokens)?, "optional", tokens);
            if let Some(path) = hop_limit {
                let at = world.one(item, path)?;
                said.hop_limit = (hops(&at), anchor(&at, path));
            }
            let at = world.one(item, block)?;
            said.block = anchor(&at, block).map(|mut anchor| {
                anchor.chain.clear();
                anchor.site = at.entry().and_then(|entry| entry.key_site).unwrap_or(anchor.site);
                anchor
            });
            if needs_endpoint && said.endpoint.0 == Endpoint::Absent {
                said.drop_unsent();
            }
        }
        Metadata::MinimumVersion(path) => {
            said.tokens = choose(world.one(item, path)?, path, (Tokens::Absent, Tokens::Unknown), &VERSIONS);
            said.choice = choice(world, &world.one(item, path)?, "1", path);
        }
        Metadata::Disabled(path) => {
            said.tokens = off(world.one(item, path)?, path);
            said.choice = choice(world, &world.one(item, path)?, "false", path);
        }
        Metadata::DisabledSetting(name) => said.tokens = off(setting(world, item, name)?, name),
        Metadata::InDocument { document, path } => {
            said.tokens = in_document(world, world.one(item, document)?, document, path)?;
        }
        Metadata::OfService => said.tokens = (Tokens::NotApplicable, None),
        Metadata::Nowhere => {}
    }
    Ok(said)
}

impl Stated {
    /// Of what is not sent, only that somebody wanted to do without tokens counts.
    fn drop_unsent(&mut self) {
        if matches!(self.tokens.0, Tokens::Required | Tokens::Unknown) {
            self.unsent = self.tokens.1.take();
            self.tokens.0 = Tokens::Absent;
            self.choice = None;
        }
    }
}

/// The lowest version, in a document that is written as an object or as its text.
fn in_document(world: &World<'_>, at: At<'_>, document: &str, path: &str) -> Result<Field<Tokens>, Fork> {
    let absent = (Tokens::Absent, Tokens::Unknown);
    if let At::Found { value, .. } = at
        && value.as_object().is_some()
    {
        return Ok(choose(world.one(value, path)?, path, absent, &VERSIONS));
    }
    let Some(text) = at.text() else { return Ok(choose(at, document, absent, &[])) };
    let Ok(parsed) = serde_json::from_str::<serde_json::Value>(&text) else {
        return Ok(choose(at, document, absent, &[]));
    };
    let version = parsed.pointer(&format!("/{}", path.replace('.', "/")));
    let version = version.map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned));
    let tokens = match version.as_deref() {
        None => Tokens::Absent,
        Some(said) => VERSIONS
            .iter()
            .find(|(version, _)| *version == said)
            .map_or(Tokens::Unknown, |(_, tokens)| *tokens),
    };
    // A document that is about other things says nothing.
    let place = if tokens == Tokens::Absent { None } else { anchor(&at, document) };
    Ok((tokens, place))
}

/// A parameter that is referred to as it is, and allows the text.
fn choice(world: &World<'_>, at: &At<'_>, text: &str, path: &str) -> Option<(Arc<str>, Anchor)> {
    let name = provenance::parameter(at.value()?)?;
    let site = at.entry().and_then(|entry| entry.site.or(entry.key_site))?;
    world.allows(name, text).then(|| (Arc::clone(name), Anchor::new(site).attribute(path)))
}

fn profile(world: &World<'_>, item: &Value, profile: Profile) -> Result<Field<Presence>, Fork> {
    match profile {
        Profile::Required => Ok((Presence::NotApplicable, None)),
        Profile::Nowhere => Ok((Presence::Absent, None)),
        Profile::Setting(name) => Ok(presence(&setting(world, item, name)?, name)),
        Profile::Paths(paths) => {
            let mut best = (Presence::Absent, None);
            for path in paths {
                let found = presence(&world.one(item, path)?, path);
                if found.0 == Presence::Present {
                    return Ok(found);
                }
                if best.1.is_none() {
                    best = found;
                }
            }
            Ok(best)
        }
    }
}

/// Set to something not known is set; a name that is written but empty is none.
fn presence(at: &At<'_>, path: &str) -> Field<Presence> {
    let state = if at.is_set() { Presence::Present } else { Presence::Absent };
    (state, anchor(at, path))
}

fn off(at: At<'_>, path: &str) -> Field<Tokens> {
    let folded = at.text().map(|text| text.to_lowercase());
    match folded.as_deref() {
        Some("true") => (Tokens::Required, anchor(&at, path)),
        Some("false") => (Tokens::Optional, anchor(&at, path)),
        Some(_) | None => choose(at, path, (Tokens::Absent, Tokens::Unknown), &[]),
    }
}

fn choose<T: Copy>(at: At<'_>, path: &str, (absent, unknown): (T, T), known: &[(&str, T)]) -> Field<T> {
    if !at.is_set() {
        return (absent, None);
    }
    let text: Option<Arc<str>> = at.text();
    let value = text.and_then(|text| known.iter().find(|(name, _)| **name == *text)).map(|(_, value)| *value);
    let anchor = anchor(&at, path);
    match value {
        Some(value) => (value, anchor),
        None => {
            let reason = at.reason().map_or_else(
                || format!("`{}` is none of the values that AWS knows", last(path)),
                ToString::to_string,
            );
            (unknown, anchor.map(|anchor| anchor.because(reason)))
        }
    }
}

fn hops(at: &At<'_>) -> HopLimit {
    match at.text().map(|text| text.parse::<u8>()) {
        Some(Ok(limit)) => HopLimit::Known(limit),
        Some(Err(_)) => HopLimit::Other(HopLimitUnsaid::Unknown),
        None if at.is_set() => HopLimit::Other(HopLimitUnsaid::Unknown),
        None => HopLimit::Other(HopLimitUnsaid::Absent),
    }
}

/// An Elastic Beanstalk option: `{namespace, name, value}` in any spelling.
fn setting<'v>(world: &World<'_>, item: &'v Value, name: &str) -> Result<At<'v>, Fork> {
    let mut unknown = At::Absent;
    for (list, keys) in SETTINGS {
        for option in world.all(item, list)? {
            match option {
                At::Absent => {}
                At::Unknown { value: None, .. } => {}
                At::Unknown { .. } => unknown = option,
                At::Found { value, .. } => {
                    let [namespace, key, setting] = keys;
                    let said = [(world.one(value, namespace)?, NAMESPACE), (world.one(value, key)?, name)];
                    let other = |(at, wanted): &(At<'v>, &str)| {
                        !matches!(at, At::Unknown { .. }) && at.text().as_deref() != Some(wanted)
                    };
                    let open = said.iter().find(|(at, _)| matches!(at, At::Unknown { .. }));
                    match open {
                        _ if said.iter().any(other) => {}
                        Some((at, _)) => unknown = *at,
                        None => return world.one(value, setting),
                    }
                }
            }
        }
    }
    Ok(unknown)
}

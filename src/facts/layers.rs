//! Which layer decides what a launch gets, in words: its own value, an override, a template's version, a configuration, the
//! account, the image, AWS's own default.

use super::fact::{AccountDefault, DecidedBy, Host, TemplateVersion};
use super::provenance;
use super::subject::Anchor;
use super::worlds::{At, Fork, World};
use crate::catalog::compute::{DEFAULT_VERSION, Reference, UPDATES_DEFAULT};
use crate::model::{Reason, Resource, Value};
use std::sync::Arc;

/// The version of a launch template that is launched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Version {
    pub(crate) state: TemplateVersion,
    /// `its newest version`; nothing where there is no template.
    pub(crate) said: Option<Arc<str>>,
    pub(crate) anchor: Option<Anchor>,
}

impl Version {
    pub(crate) const NONE: Self = Self { state: TemplateVersion::NotApplicable, said: None, anchor: None };

    /// What a launch takes of a template whose code is here.
    pub(crate) fn of(
        world: &World<'_>,
        item: &Value,
        reference: &Reference,
        template: &Resource,
    ) -> Result<Self, Fork> {
        let At::Found { value: spec, entry } = world.one(item, reference.at)? else { return Ok(Self::NONE) };
        let at = world.one(spec, reference.version)?;
        let (is_default, said) = match &at {
            At::Absent => (true, "its default version".to_owned()),
            At::Unknown { why, .. } => match &why.reason {
                Reason::Computed { attribute, .. } => by_attribute(attribute),
                _ => (false, "one of its versions".to_owned()),
            },
            At::Found { value, .. } => match (at.text().as_deref(), provenance::attribute(&value.origin)) {
                (Some("$Latest"), _) => (false, "its newest version".to_owned()),
                (None | Some("$Default"), _) => (true, "its default version".to_owned()),
                (Some(_), Some(attribute)) => by_attribute(attribute),
                (Some(number), None) => (false, format!("its version {number}")),
            },
        };
        let follows = match world.one(&template.body, UPDATES_DEFAULT)? {
            At::Absent => false,
            At::Unknown { .. } => true,
            at @ At::Found { .. } => at.text().as_deref() == Some("true"),
        };
        let state = if is_default && !follows { TemplateVersion::Default } else { TemplateVersion::Newest };
        let site = at.entry().or(entry).and_then(|entry| entry.key_site.or(entry.site));
        Ok(Self { state, said: Some(said.into()), anchor: site.map(Anchor::new) })
    }
}

fn by_attribute(attribute: &str) -> (bool, String) {
    let last = attribute.rsplit('.').next().unwrap_or_default();
    let is_default = DEFAULT_VERSION.contains(&last);
    (is_default, if is_default { "its default version" } else { "its newest version" }.to_owned())
}

/// What a sentence needs to know of who decides.
pub(crate) struct Said<'s> {
    pub(crate) by: DecidedBy,
    pub(crate) kind: &'s str,
    pub(crate) host: Host,
    pub(crate) is_template: bool,
    /// The template or configuration that a launch takes its values from.
    pub(crate) template: Option<&'s str>,
    pub(crate) version: Option<&'s str>,
    pub(crate) account: AccountDefault,
}

/// Who decides on session tokens.
pub(crate) fn tokens(said: &Said<'_>) -> String {
    let Said { kind, template, .. } = said;
    match said.by {
        DecidedBy::Own if said.is_template => format!("this {kind}"),
        DecidedBy::Own => match template {
            Some(template) => format!("the {kind}'s own value, before `{template}`,"),
            None => format!("the {kind}'s own value"),
        },
        DecidedBy::Override => match template {
            Some(template) => format!("an override, before `{template}`,"),
            None => "an override".to_owned(),
        },
        DecidedBy::Template | DecidedBy::Configuration => match (template, said.version) {
            (Some(template), Some(version)) => format!("`{template}`, by {version},"),
            (Some(template), None) => format!("`{template}`"),
            (None, _) => "a template".to_owned(),
        },
        DecidedBy::Users => "whoever launches from it".to_owned(),
        DecidedBy::Elsewhere => "what is not in this project".to_owned(),
        DecidedBy::Account => match said.account {
            AccountDefault::Required => "the account's default, `required`,".to_owned(),
            AccountDefault::Optional => "the account's default, `optional`,".to_owned(),
            AccountDefault::None => "the account's default".to_owned(),
        },
        DecidedBy::Image => "the image".to_owned(),
        DecidedBy::Service | DecidedBy::Nobody => match said.host {
            Host::Service => "the service's image".to_owned(),
            Host::Account => "the account's default, the image, or AWS's own default".to_owned(),
        },
    }
}

/// That nobody gives a profile, and who could.
pub(crate) fn no_profile(kind: &str, template: Option<&str>) -> String {
    match template {
        Some(template) => format!("neither this {kind} nor `{template}` gives a role"),
        None => format!("nothing gives this {kind} a role"),
    }
}

//! Secrets in what the catalogue has no row for: a resource's metadata, properties of custom resources and of types that
//! nobody knows, arguments of providers that few use.

use super::attribute::Found;
use super::leaf::{self, Leaf, leaves};
use super::sighting::Sighting;
use crate::catalog;
use crate::facts::fact::{SecretPlace, SecretValue, YesNo};
use crate::model::{BlockKind, Entry, Frontend, Kind, Object, Value};
use crate::secrets;

/// Files and commands of cfn-init.
pub(in crate::facts) const INIT: &str = "AWS::CloudFormation::Init";

pub(in crate::facts) const AUTHENTICATION: &str = "AWS::CloudFormation::Authentication";

/// What cfn-init signs in with, from a resource's metadata: an object of objects, whatever their names.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-authentication.html>
pub(in crate::facts) fn sign_ins(metadata: &Value) -> Vec<&Object> {
    let named = metadata.as_object().and_then(|metadata| metadata.get(AUTHENTICATION));
    let all = named.map_or_else(Vec::new, |entry| entry.value.objects_at(""));
    let each = all.into_iter().flat_map(|object| &object.entries);
    each.flat_map(|entry| entry.value.objects_at("")).collect()
}

/// Where the request goes: the ARN of a function or topic.
pub(in crate::facts) const SERVICE_TOKEN: &str = "ServiceToken";

/// What a name calls a secret is seldom shorter where it is one.
const SHORTEST: usize = 6;

impl Found<'_> {
    pub(super) fn outside(&self, seen: &mut Vec<Sighting>) {
        if let Some(metadata) = self.resource.metadata.as_object() {
            for entry in &metadata.entries {
                let named = &*entry.key == INIT;
                self.container(&format!("Metadata.{}", entry.key), entry, &entry.value, named, seen);
            }
        }
        for object in sign_ins(&self.resource.metadata) {
            for path in catalog::AUTHENTICATION {
                let name = path.path.rsplit('.').next().unwrap_or_default();
                if let Some(entry) = object.get(name) {
                    self.entry(path, SecretPlace::SensitiveAttribute, object, entry, seen);
                }
            }
        }
        let type_name = &*self.resource.type_name;
        if self.resource.kind == BlockKind::Managed
            && self.unit.frontend == Frontend::Terraform
            && catalog::is_judged_by_arguments(type_name)
        {
            self.unlisted(seen);
        }
        let unlisted = match self.resource.kind {
            BlockKind::Managed => catalog::is_judged_by_names(type_name),
            BlockKind::Provider => !catalog::signs_in_to_aws(type_name),
            BlockKind::Backend | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Call => false,
        };
        if unlisted {
            self.named("", None, &self.resource.body, seen);
        }
        if unlisted && self.resource.kind == BlockKind::Managed {
            self.properties(seen);
        }
    }

    /// Texts that carry settings, and names beside values: what CDK hands to a function as JSON, charts, manifests.
    fn properties(&self, seen: &mut Vec<Sighting>) {
        for entry in self.resource.body.as_object().iter().flat_map(|body| &body.entries) {
            if &*entry.key != SERVICE_TOKEN && !catalog::is_no_input(&entry.key) {
                self.container(&entry.key, entry, &entry.value, true, seen);
            }
        }
    }

    /// Texts under names that say secret.
    fn named(&self, path: &str, entry: Option<&Entry>, value: &Value, seen: &mut Vec<Sighting>) {
        match &value.kind {
            Kind::Object(object) => {
                let any =
                    self.resource.kind == BlockKind::Provider || catalog::is_custom(&self.resource.type_name);
                for inner in object.entries.iter().filter(|inner| any || !catalog::is_no_input(&inner.key)) {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.named(&format!("{path}{dot}{}", inner.key), Some(inner), &inner.value, seen);
                }
            }
            Kind::List(items) => items.iter().for_each(|item| self.named(path, entry, item, seen)),
            Kind::Choice(choice) => {
                self.named(path, entry, &choice.then, seen);
                self.named(path, entry, &choice.otherwise, seen);
            }
            Kind::String(_) | Kind::Number(_) => {
                if let Some(entry) = entry {
                    self.named_text(path, entry, value, seen);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Unknown(_) => {}
        }
    }

    fn named_text(&self, path: &str, entry: &Entry, value: &Value, seen: &mut Vec<Sighting>) {
        let is_provider = self.resource.kind == BlockKind::Provider;
        if leaf::is_assembled(&value.origin) && !is_provider {
            self.container(path, entry, value, false, seen);
        }
        let says_secret = catalog::says_secret_in(&self.resource.type_name)(&entry.key)
            || is_provider && secrets::names_a_caller(&entry.key);
        let has_row = || catalog::sensitive(&self.resource.type_name).iter().any(|row| row.path == path);
        if &*entry.key == SERVICE_TOKEN || !says_secret || has_row() {
            return;
        }
        let mut found = Vec::new();
        leaves(value, &mut found);
        for leaf in found {
            let Leaf::Known { text, value } = leaf else { continue };
            let harmless = if is_provider { is_no_argument } else { is_no_property };
            if harmless(&entry.key, text.trim()) {
                continue;
            }
            let form = self.in_secret_place(&entry.key, &text);
            let place =
                if is_provider { SecretPlace::ProviderArgument } else { SecretPlace::SensitiveAttribute };
            let mut fact = form.fact(place, SecretValue::Known);
            fact.mock = YesNo::from(self.is_mock(place, &text));
            let sites = leaf::sites(value, Some(entry));
            let subject = self.subject(path, value, entry, &form);
            seen.push(self.sighting(fact, subject, sites, Some(text)));
        }
    }
}

/// Whether what stands under a property that says secret is none.
fn is_no_property(_: &str, text: &str) -> bool {
    text.chars().count() < SHORTEST
        || secrets::is_placeholder(text)
        || secrets::looks_like_reference(text)
        || text.parse::<f64>().is_ok()
        || text.parse::<bool>().is_ok()
        || text.contains(char::is_whitespace) && !text.contains("-----BEGIN")
}

/// The same of an argument of a provider, which is never the name of a secret: whatever stands there is handed to the
/// service, unless it is a hole to be filled or says where the secret is.
fn is_no_argument(name: &str, text: &str) -> bool {
    secrets::is_stand_in(text)
        || secrets::looks_like_reference(text)
        || secrets::is_ciphertext(text)
        || text.parse::<bool>().is_ok()
        || secrets::may_name_a_way(name) && !secrets::is_named_secret(name, text)
}

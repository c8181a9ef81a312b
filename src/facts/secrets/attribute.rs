//! Secrets in the attributes of resources, providers and backends.

use super::document::{self, Field};
use super::leaf::{self, Leaf, leaves};
use super::searched::Searched;
use super::sighting::{Form, Sighting};
use crate::catalog::{self, Condition, SensitivePath, Strength};
use crate::facts::fact::{Class, Confidence, SecretPlace, SecretValue, YesNo};
use crate::facts::subject::Subject;
use crate::facts::{place, provenance};
use crate::frontends::kindred::Language;
use crate::model::{BlockKind, Entry, Frontend, Object, Part, Resource, Unit, Value};
use crate::secrets::{self, Pattern};
use crate::source::{Site, Sources};
use std::sync::Arc;

pub(super) fn collect(
    unit: &Unit,
    resource: &Resource,
    at: usize,
    (sources, patterns, searched): (&Sources, &[Arc<Pattern>], &Searched),
    seen: &mut Vec<Sighting>,
) {
    let found = Found { unit, resource, at, sources, patterns, searched };
    let type_name = &*resource.type_name;
    match resource.kind {
        BlockKind::Provider => {
            found.sensitive(catalog::sensitive(type_name), "", SecretPlace::ProviderArgument, seen);
        }
        BlockKind::Backend => {
            let backend = type_name.strip_prefix("backend.").unwrap_or(type_name);
            found.sensitive(catalog::backend_credentials(backend), "", SecretPlace::BackendArgument, seen);
        }
        BlockKind::Data if type_name == "terraform_remote_state" => {
            for entry in resource.body.entries_at("backend") {
                if let Some(backend) = entry.value.to_text() {
                    let paths = catalog::backend_credentials(&backend);
                    found.sensitive(paths, "config", SecretPlace::BackendArgument, seen);
                }
            }
        }
        BlockKind::Call => return found.call(seen),
        BlockKind::Managed | BlockKind::Data | BlockKind::Ephemeral => {
            found.sensitive(catalog::sensitive(type_name), "", SecretPlace::SensitiveAttribute, seen);
        }
    }
    found.containers(seen);
    found.repositories(seen);
    found.clear_parameter(seen);
    found.outside(seen);
}

pub(super) struct Found<'u> {
    pub(super) unit: &'u Unit,
    pub(super) resource: &'u Resource,
    at: usize,
    pub(super) sources: &'u Sources,
    /// What the configuration of the resource's file knows.
    pub(super) patterns: &'u [Arc<Pattern>],
    pub(super) searched: &'u Searched,
}

impl Found<'_> {
    fn sensitive(
        &self,
        paths: &'static [SensitivePath],
        below: &str,
        place: SecretPlace,
        seen: &mut Vec<Sighting>,
    ) {
        for path in paths {
            let (parent, name) = path.path.rsplit_once('.').unwrap_or(("", path.path));
            let parent = match (below, parent) {
                ("", parent) => parent.to_owned(),
                (below, "") => below.to_owned(),
                (below, parent) => format!("{below}.{parent}"),
            };
            for object in self.resource.body.objects_at(&parent) {
                if let Some(entry) = object.get(name) {
                    self.entry(path, place, object, entry, seen);
                }
            }
        }
    }

    pub(super) fn entry(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        object: &Object,
        entry: &Entry,
        seen: &mut Vec<Sighting>,
    ) {
        if !path.condition.holds_beside(|attribute, text| object.says(attribute, text)) {
            return;
        }
        let known = seen.len();
        let mut found = Vec::new();
        leaves(&entry.value, &mut found);
        for leaf in found {
            match leaf {
                Leaf::Known { text, value } => {
                    let no_secret = !content(&text, path.condition)
                        || self.is_quoted_reference(&text)
                        || leaf::is_empty_form(&text)
                        || secrets::says_role(&text);
                    if no_secret {
                        continue;
                    }
                    if let Some(fields) = document::secret_fields(&text) {
                        fields.iter().for_each(|field| self.field(path, place, entry, value, field, seen));
                        continue;
                    }
                    let mut form = self.in_secret_place(&entry.key, &text);
                    if path.strength == Strength::Identifier && form.class == Class::None {
                        form.confidence = Confidence::Low;
                    }
                    let mut fact = form.fact(place, SecretValue::Known);
                    fact.mock = YesNo::from(self.is_mock(place, &text));
                    let sites = leaf::sites(value, Some(entry));
                    let subject = self.subject(path.path, value, entry, &form);
                    seen.push(self.sighting(fact, subject, sites, Some(text)));
                }
                Leaf::Given { text, value } => {
                    if content(&text, path.condition) {
                        self.given(path, place, entry, (text, value), seen);
                    }
                }
                Leaf::Partial { text, sites, value } => {
                    self.partial(path, place, entry, (&text, sites, value), seen);
                }
                Leaf::Variable { value } => self.variable(path, place, entry, value, seen),
                Leaf::PlainParameter { value } => {
                    let form = Form::none("");
                    let fact = form.fact(place, SecretValue::PlainParameter);
                    let subject = self.subject(path.path, value, entry, &form);
                    seen.push(self.sighting(fact, subject, Vec::new(), None));
                }
            }
        }
        // What is only not to be shown says nothing of the code.
        if seen.iter().skip(known).all(|sighting| sighting.given) {
            self.replaceable(path, place, entry, seen);
        }
    }

    pub(super) fn partial(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        entry: &Entry,
        (text, sites, value): (&str, Vec<Site>, &Value),
        seen: &mut Vec<Sighting>,
    ) {
        if let Some(fields) = document::secret_fields(text) {
            fields.iter().for_each(|field| self.field(path, place, entry, value, field, seen));
            return;
        }
        if !leaf::holds_a_piece(text)
            || path.condition == Condition::UnlessFilePath
            || path.condition == Condition::WhenPasswordInside
        {
            return;
        }
        let form = Form::none("");
        let fact = form.fact(place, SecretValue::Partial);
        let mut subject = self.subject(path.path, value, entry, &form);
        if let Some(site) = entry.site.or(entry.key_site) {
            subject.header.site = self.own(site, &sites);
            subject.header.chain.clear();
        }
        seen.push(self.sighting(fact, subject, sites, None));
    }

    pub(super) fn variable(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        entry: &Entry,
        value: &Value,
        seen: &mut Vec<Sighting>,
    ) {
        if place == SecretPlace::ProviderArgument && self.needs_a_static_key(path.path) {
            let form = Form::none("");
            let fact = form.fact(place, SecretValue::Variable);
            let subject = self.subject(path.path, value, entry, &form);
            seen.push(self.sighting(fact, subject, Vec::new(), None));
        }
    }

    /// A field of a JSON document that becomes the input: the secret proper, known or known in part.
    pub(super) fn field(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        entry: &Entry,
        value: &Value,
        field: &Field,
        seen: &mut Vec<Sighting>,
    ) {
        let literals = literals(value);
        let (form, said, text) = if field.is_known() {
            let form = self.in_secret_place(&field.name, &field.text);
            (form, SecretValue::Known, Some(Arc::from(field.text.as_str())))
        } else {
            (Form::none(""), SecretValue::Partial, None)
        };
        let mut subject = self.subject(path.path, value, entry, &form);
        let site = document::locate(field, &literals, self.sources);
        let used = used(path.path, self.resource);
        subject.header.site = site.or(entry.site).or(entry.key_site).unwrap_or(self.resource.header);
        subject.header.chain = provenance::chain(value, Some(entry), &used, site);
        if !field.name.is_empty() {
            subject.header.attribute = format!("{}.{}", path.path, field.name);
        }
        let sites = if literals.is_empty() { leaf::sites(value, Some(entry)) } else { literals };
        seen.push(self.sighting(form.fact(place, said), subject, sites, text));
    }

    /// `"var.password"`: somebody put a reference in quotes, so that it is one no more; it is no secret either.
    fn is_quoted_reference(&self, text: &str) -> bool {
        let terraform = match self.unit.frontend {
            Frontend::Terraform | Frontend::Plan => true,
            Frontend::CloudFormation | Frontend::Cdk => false,
        };
        let mut parts = text.split('.');
        let head = parts.next().unwrap_or_default();
        let names: Vec<&str> = parts.collect();
        let wanted = match head {
            "var" | "local" | "module" | "each" => 1,
            "data" => 3,
            _ => return false,
        };
        let is_name = |part: &&str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-[]\"".contains(&byte))
        };
        terraform && names.len() >= wanted && names.iter().all(is_name)
    }

    pub(super) fn sighting(
        &self,
        fact: crate::facts::fact::Secret,
        subject: Subject,
        sites: Vec<Site>,
        text: Option<Arc<str>>,
    ) -> Sighting {
        // Which unit it is of is said where all are together.
        let resource = Some((0, self.at));
        Sighting { fact, subject, resource, sites, text, given: false, cut: None }
    }

    pub(super) fn subject(&self, path: &str, value: &Value, entry: &Entry, form: &Form) -> Subject {
        let mut subject = place::subject(self.unit, self.resource);
        let name = match self.resource.kind {
            // Packer has no providers, but what works with AWS.
            BlockKind::Provider if self.language() == Some(Language::Packer) => {
                format!("`{}`", self.resource.address.trim_start_matches("provider.aws."))
            }
            BlockKind::Provider => {
                let name =
                    self.resource.type_name.strip_prefix("provider.").unwrap_or(&self.resource.type_name);
                format!("provider `{name}`")
            }
            BlockKind::Backend => {
                let name =
                    self.resource.type_name.strip_prefix("backend.").unwrap_or(&self.resource.type_name);
                match name.strip_prefix("key_provider.") {
                    Some(name) => format!("key provider `{name}`"),
                    None => format!("backend `{name}`"),
                }
            }
            BlockKind::Managed | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Call => {
                format!("`{}`", self.resource.address)
            }
        };
        subject.words.extend(form.words(name));
        let site = provenance::site(value, Some(entry)).unwrap_or(self.resource.header);
        subject.header.site = self.own(site, &value.origin.literals());
        subject.header.attribute = path.to_owned();
        let used = used(path, self.resource);
        subject.header.chain =
            provenance::chain(value, Some(entry), &used, provenance::literal(&value.origin));
        subject
    }

    /// The place, or where it is a third party's the first piece that is the user's.
    pub(super) fn own(&self, site: Site, pieces: &[Site]) -> Site {
        let is_own = |site: &Site| !self.sources.get(site.file).git_ignored;
        if is_own(&site) { site } else { pieces.iter().copied().find(is_own).unwrap_or(site) }
    }

    /// AWS keys from variables are long-lived unless a session token comes with them. Told once, at the secret half.
    fn needs_a_static_key(&self, path: &str) -> bool {
        let token = self.resource.body.entries_at("token");
        catalog::signs_in_to_aws(&self.resource.type_name)
            && path == "secret_key"
            && !self.is_unchecked()
            && !token.iter().any(|entry| entry.value.as_unknown().is_some())
    }
}

pub(super) fn used(path: &str, resource: &Resource) -> String {
    let name = path.rsplit('.').next().unwrap_or(path);
    format!("it becomes `{name}` of `{}` here", resource.address)
}

/// The literals of a value, also of its known parts and of what it holds in an encoding.
pub(in crate::facts) fn literals(value: &Value) -> Vec<Site> {
    let mut sites = value.origin.literals();
    let unknown = value.as_unknown();
    let own = unknown.iter().flat_map(|unknown| unknown.parts.iter());
    let encoded = unknown.iter().flat_map(|unknown| unknown.encoded.texts()).flat_map(|parts| parts.iter());
    for part in own.chain(encoded) {
        if let Part::Text { origin, .. } = part {
            sites.extend(
                origin.literals().into_iter().filter(|site| !sites.contains(site)).collect::<Vec<_>>(),
            );
        }
    }
    sites
}

/// Whether the text itself is a secret rather than a path or an address without a password.
fn content(text: &str, condition: Condition) -> bool {
    match condition {
        Condition::Always | Condition::When { .. } | Condition::Unless { .. } => true,
        Condition::UnlessFilePath => text.contains(['{', '\n']) || !text.contains(['/', '.', '\\', '~']),
        Condition::WhenPasswordInside => {
            let folded = text.to_lowercase();
            secrets::scan(text).iter().any(|found| found.detector.class == secrets::Class::CredentialUrl)
                || folded.contains("password=")
        }
    }
}

//! Secrets that nothing marks as such: variables and parameters that are shown wherever they are used, and what is marked
//! but shown all the same.

mod custom;
mod shown;
mod text;
mod way;

pub(super) use shown::declared;
use shown::hidden_in;
pub(super) use text::key_before;
use text::{Place, is_put_together};
use way::Wanted;

use super::fact::{Unmarked, UnmarkedWhat};
use super::secrets::only_describes;
use super::subject::{Spot, Subject};
use super::{WITHIN, cdk, place, provenance};
use crate::catalog::pairs::VALUES;
use crate::catalog::{self, Condition, Strength, containers, is_judged_by_names, sensitive};
use crate::model::{BlockKind, Entry, Kind, Object, Origin, Reason, Resource, Unit, Value};
use crate::secrets;
use crate::source::{Site, Sources};
use std::borrow::Cow;
use std::sync::Arc;

/// A fact of an unmarked secret, and where it stands if a literal is it.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) fact: Unmarked,
    pub(crate) subject: Subject,
    pub(crate) literals: Vec<Site>,
}

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<Stated> {
    let mut stated = Vec::new();
    for resource in &unit.resources {
        let walk = Walk { unit, resource, sources };
        match resource.kind {
            BlockKind::Managed => walk.managed(&mut stated),
            BlockKind::Provider => walk.inputs(&mut stated),
            // What a data source renders is a script.
            BlockKind::Data => walk.containers(&mut stated),
            BlockKind::Call => walk.call(&mut stated),
            BlockKind::Ephemeral | BlockKind::Backend => {}
        }
    }
    stated
}

struct Walk<'u> {
    unit: &'u Unit,
    resource: &'u Resource,
    sources: &'u Sources,
}

impl Walk<'_> {
    fn managed(&self, stated: &mut Vec<Stated>) {
        self.inputs(stated);
        self.containers(stated);
        self.connections(stated);
        let type_name = &*self.resource.type_name;
        if type_name == "aws_ssm_parameter" {
            self.insecure(stated);
        }
        if is_judged_by_names(type_name) {
            self.custom(&self.resource.body, stated);
        }
        if !self.resource.metadata.is_null() {
            let mut shown = Vec::new();
            self.metadata(&self.resource.metadata, None, &mut shown);
            stated.extend(shown.into_iter().map(|(_, subject)| {
                let fact = Unmarked { what: UnmarkedWhat::Metadata };
                Stated { fact, subject, literals: Vec::new() }
            }));
            self.init(stated);
        }
    }

    /// What a module does with its inputs is not known here, but for scripts and environments.
    fn call(&self, stated: &mut Vec<Stated>) {
        for entry in self.resource.body.as_object().iter().flat_map(|inputs| &inputs.entries) {
            if secrets::names_what_runs(&entry.key) {
                self.named("inputs", entry, &entry.value, Place::Setting, stated);
            }
        }
    }

    fn containers(&self, stated: &mut Vec<Stated>) {
        // Terraform prints commands as it runs them, unless something in them is sensitive.
        let provisioners = catalog::handover::PROVISIONERS.iter().map(|(path, _)| path);
        for path in containers(&self.resource.type_name).iter().chain(provisioners) {
            for entry in self.resource.body.entries_at(path) {
                self.named(path, entry, &entry.value, Place::Setting, stated);
            }
        }
    }

    /// How provisioners of any resource log in.
    fn connections(&self, stated: &mut Vec<Stated>) {
        for path in ["connection", "provisioner.connection"] {
            for object in self.resource.body.objects_at(path) {
                for entry in object.entries.iter().filter(|entry| secrets::says_secret(&entry.key)) {
                    self.secret(&entry.key, entry, &entry.value, stated);
                }
            }
        }
    }

    /// Inputs that are secrets.
    fn inputs(&self, stated: &mut Vec<Stated>) {
        for input in sensitive(&self.resource.type_name) {
            let is_certain = match input.condition {
                Condition::Always | Condition::When { .. } | Condition::Unless { .. } => true,
                // What is handed over may be a path, or an address without a password.
                Condition::UnlessFilePath | Condition::WhenPasswordInside => false,
            };
            // Static keys of the provider are told of as such.
            let is_static_key = catalog::signs_in_to_aws(&self.resource.type_name) && input.path != "token";
            if !is_certain || is_static_key || input.strength == Strength::Identifier {
                continue;
            }
            let (parent, name) = input.path.rsplit_once('.').unwrap_or(("", input.path));
            for object in self.resource.body.objects_at(parent) {
                let entry = object
                    .get(name)
                    .filter(|_| input.condition.holds_beside(|attribute, text| object.says(attribute, text)));
                let entry =
                    entry.filter(|entry| !only_describes(self.resource, input.condition, &entry.value));
                if let Some(entry) = entry {
                    self.secret(input.path, entry, &entry.value, stated);
                }
            }
        }
    }

    /// A value at the place of a secret.
    fn secret(&self, path: &str, entry: &Entry, value: &Value, stated: &mut Vec<Stated>) {
        self.variable(path, entry, value, Wanted::Otherwise, stated);
        match &value.kind {
            Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.secret(path, entry, item, stated)),
            Kind::Object(object) => object.entries.iter().for_each(|inner| {
                // Of a document the fields that say so.
                if secrets::says_secret(&inner.key) {
                    self.secret(path, inner, &inner.value, stated);
                }
            }),
            Kind::Choice(choice) => {
                for side in [&choice.then, &choice.otherwise] {
                    self.secret(path, entry, &side_of(value, side), stated);
                }
            }
            Kind::Unknown(_) if self.handed(path, entry, value, Place::Secret, stated) => {}
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts(path, entry, value, &unknown.parts, Place::Secret, stated);
            }
            Kind::Unknown(unknown) if !is_handed_over(&unknown.reason) => {}
            Kind::String(_) if is_put_together(&value.origin) => {
                for name in self.told(&value.origin) {
                    self.variable(path, entry, value, Wanted::Called(&name), stated);
                }
            }
            Kind::Null | Kind::String(_) | Kind::Unknown(_) => {
                self.variable(path, entry, value, Wanted::Any, stated);
            }
        }
    }

    /// Values of an environment, script or setting: what a name says is a secret.
    fn named(&self, path: &str, entry: &Entry, value: &Value, place: Place, stated: &mut Vec<Stated>) {
        if place != Place::Description {
            self.variable(path, entry, value, Wanted::SecretOtherwise, stated);
        }
        match &value.kind {
            Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.named(path, entry, item, place, stated)),
            Kind::Object(object) => self.settings(path, object, place, stated),
            Kind::Choice(choice) => {
                self.named(path, entry, &choice.then, place, stated);
                self.named(path, entry, &choice.otherwise, place, stated);
            }
            Kind::Unknown(_) if self.handed(path, entry, value, place, stated) => {}
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts(path, entry, value, &unknown.parts, place, stated);
            }
            Kind::Unknown(unknown) if !is_handed_over(&unknown.reason) => {}
            Kind::Null | Kind::String(_) | Kind::Unknown(_) if place == Place::Description => {}
            Kind::Null | Kind::String(_) | Kind::Unknown(_) => {
                let wanted = if place == Place::Named { Wanted::Value } else { Wanted::Secret };
                self.variable(path, entry, value, wanted, stated);
            }
        }
    }

    fn settings(&self, path: &str, object: &Object, place: Place, stated: &mut Vec<Stated>) {
        let text = |key: &str| object.get(key).and_then(|entry| entry.value.to_text());
        let is_fetched =
            ["type", "Type"].iter().filter_map(|key| text(key)).any(|kind| catalog::names_a_store(&kind));
        if is_fetched {
            return;
        }
        let called = ["name", "Name"].iter().find_map(|key| text(key));
        let described = called.as_ref().is_some_and(|name| secrets::only_describes(name));
        for inner in object.entries.iter().filter(|inner| !is_fetching(&inner.key)) {
            // The name of a group says nothing of each: `config`.
            let is_group = inner.value.as_object().is_some();
            let name = called.as_deref().filter(|_| VALUES.contains(&&*inner.key)).unwrap_or(&inner.key);
            let place = match described || !is_group && secrets::only_describes(&inner.key) {
                true => Place::Description,
                false if !is_group && place == Place::Setting && secrets::names_value(name) => Place::Named,
                false => place,
            };
            self.named(path, inner, &inner.value, place, stated);
        }
    }

    /// What a template that is not here was handed. Whether it was handed anything.
    fn handed(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        place: Place,
        stated: &mut Vec<Stated>,
    ) -> bool {
        let handed = provenance::handed(&value.origin);
        for (name, step) in &handed {
            let wanted = match (secrets::says_secret(name), place) {
                _ if is_reference(name) => continue,
                (true, _) => Wanted::Any,
                (false, Place::Setting | Place::Named) => Wanted::Secret,
                (false, Place::Secret | Place::Description) => continue,
            };
            let origin = Origin::Derived(Arc::clone(step));
            self.variable(path, entry, &Value { origin, ..value.clone() }, wanted, stated);
        }
        !handed.is_empty()
    }

    /// A text that Terraform shows on purpose, under a name that says secret.
    fn insecure(&self, stated: &mut Vec<Stated>) {
        for entry in self.resource.body.entries_at("insecure_value") {
            let name = self.resource.body.entries_at("name");
            let name = name.first().and_then(|entry| entry.value.to_text());
            let name = name.as_deref().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
            let is_set = match &entry.value.kind {
                Kind::Null => false,
                Kind::String(text) => !text.is_empty() && !secrets::looks_like_reference(text),
                Kind::Bool(_) => false,
                Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) | Kind::Unknown(_) => {
                    true
                }
            };
            let Some(name) = name.filter(|name| is_set && secrets::says_secret(name)) else { continue };
            let mut subject = place::subject(self.unit, self.resource);
            subject.header.site = entry.site.or(entry.key_site).unwrap_or(self.resource.header);
            subject.header.attribute = "insecure_value".to_owned();
            let of = format!("`{}`", self.resource.address);
            subject.words.extend([("name", name.into()), ("subject", of.into())]);
            let fact = Unmarked { what: UnmarkedWhat::InsecureValue };
            stated.push(Stated { fact, subject, literals: entry.value.origin.literals() });
        }
    }

    /// What stands in a resource's metadata is shown, whatever it was before: each parameter once, where it stands first.
    fn metadata(&self, value: &Value, entry: Option<&Entry>, shown: &mut Vec<(String, Subject)>) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.metadata(item, entry, shown)),
            Kind::Object(object) => {
                object.entries.iter().for_each(|inner| self.metadata(&inner.value, Some(inner), shown));
            }
            Kind::Choice(choice) => {
                self.metadata(&choice.then, entry, shown);
                self.metadata(&choice.otherwise, entry, shown);
            }
            Kind::String(_) | Kind::Unknown(_) => {
                for name in hidden_in(value) {
                    self.in_metadata(name, entry, shown);
                }
            }
        }
    }

    fn in_metadata(&self, name: String, entry: Option<&Entry>, shown: &mut Vec<(String, Subject)>) {
        let site = entry.and_then(|entry| entry.key_site.or(entry.site)).unwrap_or(self.resource.header);
        if let Some((_, known)) = shown.iter_mut().find(|(known, _)| *known == name) {
            known.header.related.push(Spot::new(site, format!("`{name}` stands here as well")));
            return;
        }
        let mut subject = place::subject(self.unit, self.resource);
        subject.header.site = site;
        let key = entry.map_or("", |entry| &entry.key);
        subject.header.attribute = format!("Metadata.{key}");
        let of = format!("the metadata of `{}`", self.resource.address);
        let words = [("name", name.as_str().into()), ("subject", of.into()), (WITHIN, name.as_str().into())];
        subject.words.extend(words);
        cdk::stand_on_user_code(&mut subject, self.resource);
        shown.push((name, subject));
    }
}

/// One of several values, with the way of them all where it has none of its own.
fn side_of<'v>(whole: &Value, side: &'v Value) -> Cow<'v, Value> {
    match side.as_unknown().is_some() && matches!(side.origin, Origin::None) {
        true => Cow::Owned(Value { origin: whole.origin.clone(), ..side.clone() }),
        false => Cow::Borrowed(side),
    }
}

/// Whether somebody gives the value: what is fetched under a name that is given is no such thing.
fn is_handed_over(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Variable { .. } | Reason::Parameter { no_echo: false, .. } | Reason::Instance { .. }
    )
}

/// Names under which something is fetched from where secrets are kept.
fn is_fetching(key: &str) -> bool {
    matches!(key, "valueFrom" | "ValueFrom" | "value_from" | "credentialsParameter")
}

/// The same, or names of what only describes.
fn is_reference(key: &str) -> bool {
    is_fetching(key) || secrets::only_describes(key)
}

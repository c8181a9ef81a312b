//! Secrets in resources of Terraform whose type no table knows: arguments whose names say secret, and values beside a name
//! that does.

use super::attribute::Found;
use super::container::{Inside, Item, name_beside};
use super::document::{NAMES, VALUES};
use super::sighting::Sighting;
use crate::catalog;
use crate::model::{Entry, Hop, Kind, Object, Origin, Part, Value};
use crate::secrets;
use std::borrow::Cow;

impl Found<'_> {
    pub(super) fn unlisted(&self, seen: &mut Vec<Sighting>) {
        if let Some(body) = self.resource.body.as_object() {
            self.by_names("", body, seen);
        }
    }

    fn by_names(&self, path: &str, object: &Object, seen: &mut Vec<Sighting>) {
        let named = Some(name_beside(object)).filter(|name| !name.is_empty());
        let value = VALUES.iter().find(|key| named.is_some() && object.get(key).is_some());
        let has_row =
            |entry: &Entry| path.is_empty() && catalog::has_row(&self.resource.type_name, &entry.key);
        let inputs = object.entries.iter().filter(|entry| !catalog::is_no_input(&entry.key));
        for entry in inputs.filter(|entry| !has_row(entry)) {
            let name = match (value, &named) {
                (Some(value), Some(named)) if **value == *entry.key => Cow::clone(named),
                (Some(_), _) if NAMES.contains(&&*entry.key) => continue,
                _ => Cow::Borrowed(&*entry.key),
            };
            let dot = if path.is_empty() { "" } else { "." };
            self.by_name(&format!("{path}{dot}{}", entry.key), &name, (entry, &entry.value), seen);
        }
    }

    fn by_name(&self, path: &str, name: &str, (entry, value): (&Entry, &Value), seen: &mut Vec<Sighting>) {
        match &value.kind {
            Kind::Object(object) => self.by_names(path, object, seen),
            Kind::List(items) => items.iter().for_each(|item| self.by_name(path, name, (entry, item), seen)),
            Kind::Choice(choice) => {
                self.by_name(path, name, (entry, &choice.then), seen);
                self.by_name(path, name, (entry, &choice.otherwise), seen);
            }
            Kind::String(_) | Kind::Number(_) | Kind::Unknown(_) => {
                let is_document = || !secrets::only_speaks(&entry.key) && self.is_document(value);
                if catalog::says_secret_in(&self.resource.type_name)(name) || is_document() {
                    self.walk(&Item { inside: &Inside { path, named: true }, name, entry, value }, seen);
                }
            }
            Kind::Null | Kind::Bool(_) => {}
        }
    }

    /// Whether a text was made of an object in the code, or may be a script or document.
    fn is_document(&self, value: &Value) -> bool {
        let is_encoded = || match &value.origin {
            Origin::Derived(step) => {
                matches!(&step.hop, Hop::Function(name) if matches!(&**name, "jsonencode" | "yamlencode"))
            }
            Origin::None | Origin::Literal(_) => false,
        };
        let is_text = || match &value.kind {
            Kind::String(text) => secrets::may_hold_names(text),
            Kind::Unknown(why) => why.parts.iter().any(|part| match part {
                Part::Text { text, .. } => secrets::may_hold_names(text),
                Part::Unknown(_) => false,
            }),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_) => false,
        };
        !catalog::is_of_aws(&self.resource.type_name) && (is_encoded() || is_text())
    }
}

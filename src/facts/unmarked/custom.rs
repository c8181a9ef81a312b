//! What the catalogue has no row for: properties of custom resources, what cfn-init writes, runs and signs in with.

use super::text::Place;
use super::{Stated, Walk};
use crate::catalog::{self, AUTHENTICATION};
use crate::facts::secrets::{CFN_INIT, SERVICE_TOKEN, sign_ins};
use crate::model::{Kind, Value};

impl Walk<'_> {
    /// Of what a function or topic is sent, or a type that nobody knows, whatever has the name of a secret.
    pub(super) fn custom(&self, value: &Value, stated: &mut Vec<Stated>) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.custom(item, stated)),
            Kind::Choice(choice) => {
                self.custom(&choice.then, stated);
                self.custom(&choice.otherwise, stated);
            }
            Kind::Object(object) => {
                let type_name = &*self.resource.type_name;
                let is_custom = catalog::is_custom(type_name);
                let says = catalog::says_secret_in(type_name);
                let is_input = |key: &str| match is_custom {
                    true => key != SERVICE_TOKEN,
                    false => !catalog::is_no_input(key),
                };
                for entry in object.entries.iter().filter(|entry| is_input(&entry.key)) {
                    match says(&entry.key) {
                        true => self.secret(&entry.key, entry, &entry.value, stated),
                        false => self.custom(&entry.value, stated),
                    }
                }
            }
        }
    }

    pub(super) fn init(&self, stated: &mut Vec<Stated>) {
        let Some(metadata) = self.resource.metadata.as_object() else { return };
        if let Some(entry) = metadata.get(CFN_INIT) {
            self.named(CFN_INIT, entry, &entry.value, Place::Setting, stated);
        }
        for object in sign_ins(&self.resource.metadata) {
            for path in AUTHENTICATION {
                let name = path.path.rsplit('.').next().unwrap_or_default();
                if let Some(entry) = object.get(name) {
                    self.secret(path.path, entry, &entry.value, stated);
                }
            }
        }
    }
}

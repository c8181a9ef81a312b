//! Secrets in what is handed to a module whose source is not here, which may do anything with it: in scripts, documents and
//! environments. What is called a secret by the name of an input is told of as a declaration.

use super::attribute::Found;
use super::container::{Inside, Item};
use super::sighting::Sighting;

impl Found<'_> {
    pub(super) fn call(&self, seen: &mut Vec<Sighting>) {
        for entry in self.resource.body.as_object().iter().flat_map(|inputs| &inputs.entries) {
            let inside = Inside { path: &entry.key, named: true };
            self.walk(&Item { inside: &inside, name: &entry.key, entry, value: &entry.value }, seen);
        }
    }
}

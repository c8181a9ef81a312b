//! Secrets in what is handed to a module whose source is not here, which may do anything with it: in scripts, documents and
//! environments. What is called a secret by the name of an input is told of as a declaration.

use super::attribute::Found;
use super::container::{Inside, Item};
use super::sighting::Sighting;
use crate::secrets;

impl Found<'_> {
    pub(super) fn call(&self, seen: &mut Vec<Sighting>) {
        let inputs = self.resource.body.as_object();
        let inputs = inputs.iter().flat_map(|inputs| &inputs.entries);
        for entry in inputs.filter(|entry| !secrets::only_speaks(&entry.key)) {
            let inside = Inside { path: &entry.key, named: true };
            self.walk(&Item { inside: &inside, name: &entry.key, entry, value: &entry.value }, seen);
        }
    }
}

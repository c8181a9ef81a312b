//! Secrets that are given from outside of the code: masked, and no fact of it but for what the code holds beside them.

use super::attribute::{Found, literals};
use super::sighting::Sighting;
use super::{document, leaf};
use crate::catalog::SensitivePath;
use crate::facts::fact::SecretPlace;
use crate::facts::place;
use crate::model::{Entry, Value};
use std::sync::Arc;

impl Found<'_> {
    /// A secret given from outside, perhaps within a text or document of which the code holds another part.
    pub(super) fn given(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        entry: &Entry,
        (text, value): (Arc<str>, &Value),
        seen: &mut Vec<Sighting>,
    ) {
        let mask = |text: Arc<str>| Sighting::given(text, place::subject(self.unit, self.resource));
        let literals = literals(value);
        if let Some(fields) = document::secret_fields(&text) {
            for field in fields {
                if document::locate(&field, &literals, self.sources).is_some() {
                    self.field(path, place, entry, value, &field, seen);
                } else {
                    seen.push(mask(Arc::from(field.text)));
                }
            }
            return;
        }
        self.variable(path, place, entry, value, seen);
        let pieces = leaf::pieces(&value.origin, self.sources);
        seen.push(mask(text));
        self.partial(path, place, entry, (&pieces, literals, value), seen);
    }

    /// Tokens in a text of which a part is given from outside. What the code holds of them is found in its text.
    pub(super) fn mask_tokens(&self, text: &str, seen: &mut Vec<Sighting>) {
        for detection in self.forms_in("", text) {
            let secret = Arc::from(detection.secret(text));
            seen.push(Sighting::given(secret, place::subject(self.unit, self.resource)));
        }
    }
}

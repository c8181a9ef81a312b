//! Forms of tokens that the configuration of a resource's file knows, in values that are put together or decoded. What
//! stands as it is is found in the file's text.

use super::attribute::Found;
use super::sighting::Form;
use crate::facts::fact::Class;
use crate::secrets::{self, Detection};

impl Found<'_> {
    /// Everything in a text that is a secret by its form. `name` is how the text is called; the words that a pattern asks for
    /// may stand there.
    pub(super) fn forms_in(&self, name: &str, text: &str) -> Vec<Detection> {
        let mut found = secrets::scan(text);
        found.extend(self.own_forms_in(name, text));
        found
    }

    fn own_forms_in(&self, name: &str, text: &str) -> Vec<Detection> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let own = |text: &str| secrets::scan_for(text, self.patterns.iter().map(|pattern| &**pattern));
        let mut found = own(text);
        if found.is_empty() && !name.is_empty() {
            let named = format!("{name}={text}");
            let before = named.len() - text.len();
            let inside = own(&named).into_iter().filter(|detection| detection.start >= before);
            found.extend(inside.map(|detection| Detection {
                start: detection.start - before,
                end: detection.end - before,
                ..detection
            }));
        }
        found
    }

    /// As [`Form::in_secret_place`].
    pub(super) fn in_secret_place(&self, name: &str, text: &str) -> Form {
        let form = Form::in_secret_place(text);
        if form.class != Class::None {
            return form;
        }
        let own = self.own_forms_in(name, text);
        own.first().map_or(form, |detection| Form::of(text, detection))
    }
}

//! Keys that are none: what is handed to an emulator of AWS, which authenticates nobody.

use super::attribute::Found;
use super::leaf::{Leaf, leaves};
use crate::facts::fact::SecretPlace;
use crate::frontends::kindred::Language;
use crate::model::{Kind, Part, Value};
use crate::secrets;

/// What a provider says that is not to ask AWS whose its keys are.
const UNCHECKED: &str = "skip_credentials_validation";

impl Found<'_> {
    fn flag(&self, path: &str) -> bool {
        self.resource
            .body
            .entries_at(path)
            .iter()
            .any(|entry| entry.value.to_text().as_deref() == Some("true"))
    }

    /// A stand-in handed to an emulator, which authenticates nobody.
    pub(super) fn is_mock(&self, place: SecretPlace, text: &str) -> bool {
        let takes_keys = matches!(place, SecretPlace::ProviderArgument | SecretPlace::BackendArgument);
        let stand_in =
            ["test", "mock_access_key", "mock_secret_key", "mock", "localstack", "fake"].contains(&text);
        let is_made_up = || stand_in || !secrets::has_key_form(text) && self.is_only_emulated();
        let is_test = self.is_test() && stand_in && self.flag(UNCHECKED);
        takes_keys && (is_test || self.emulated() && is_made_up())
    }

    /// Nobody looks at the keys: an emulator does not, and a test that has none only plans.
    pub(super) fn is_unchecked(&self) -> bool {
        self.emulated() || self.is_test() && self.flag(UNCHECKED)
    }

    fn is_test(&self) -> bool {
        self.language() == Some(Language::Test)
    }

    /// Whose file the resource stands in, if that is no module's.
    pub(super) fn language(&self) -> Option<Language> {
        Language::of(&self.sources.get(self.resource.header.file).path)
    }

    /// The addresses that it talks to. A backend of before Terraform 1.6 has one for each service.
    fn endpoints(&self) -> impl Iterator<Item = &Value> {
        let paths = ["endpoints", "endpoint", "dynamodb_endpoint"];
        paths.into_iter().flat_map(|path| self.resource.body.entries_at(path)).map(|entry| &entry.value)
    }

    /// Whether it talks to an emulator, and says that nobody is to look at its keys.
    fn emulated(&self) -> bool {
        if !self.flag(UNCHECKED) {
            return false;
        }
        let mut found = Vec::new();
        self.endpoints().for_each(|endpoint| leaves(endpoint, &mut found));
        found.iter().any(|leaf| match leaf {
            Leaf::Known { text, .. } | Leaf::Given { text, .. } => is_local(text),
            Leaf::Partial { .. } | Leaf::Variable { .. } | Leaf::PlainParameter { .. } => false,
        })
    }

    /// Whether it talks to nobody but an emulator: what it is handed is no key of AWS's then, whatever it says.
    fn is_only_emulated(&self) -> bool {
        self.endpoints().all(are_local)
    }
}

/// Whether an address is that of an emulator.
fn is_local(address: &str) -> bool {
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "localstack", "host.docker.internal"]
        .iter()
        .any(|host| address.contains(host))
}

/// Whether all addresses below a value are.
fn are_local(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => true,
        Kind::String(text) => text.is_empty() || is_local(text),
        Kind::List(items) => items.iter().all(are_local),
        Kind::Object(object) => object.entries.iter().all(|entry| are_local(&entry.value)),
        Kind::Choice(choice) => are_local(&choice.then) && are_local(&choice.otherwise),
        Kind::Unknown(unknown) => {
            unknown.parts.iter().any(|part| matches!(part, Part::Text { text, .. } if is_local(text)))
        }
    }
}

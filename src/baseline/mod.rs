//! What people accepted of what keyless found: a file of entries beside the code, reviewed like it. Owns the file, what an
//! entry holds of a finding, and which findings entries cover; must not know how files are found or printed.
//!
//! An entry knows a finding by its fingerprint and, where that is no secret, by the value: another value is another
//! finding. Nothing of an entry is derived from a secret, a hash included.

mod cover;
mod file;
mod value;

#[cfg(test)]
mod tests;

pub use cover::{Covered, cover};
pub use file::{Wrong, read, write};
pub use value::Describe;

use crate::findings::selection::family;
use crate::findings::{Finding, Refusal, Severity};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file's name, at the root of what is judged.
pub const FILE: &str = "keyless-baseline.json";

/// The version of the file that is written, and the only one that is read.
const VERSION: u32 = 1;

/// keyless-baseline.json
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Baseline {
    /// The version of this file.
    version: u32,
    /// What is accepted, sorted by path and code.
    entries: Vec<Entry>,
}

/// Something that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file that it stands in, from the root.
    pub path: String,
    /// The policy's code.
    pub code: String,
    /// The resources concerned; another one is not covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// Nothing has to be found, but cannot be told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// An earlier commit holds it, and the code of today does not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub history: bool,
    /// What is there, where that is no secret; something else is not covered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub value: BTreeMap<String, Vec<String>>,
    /// How many findings are alike in all of this; if there are more, none is covered.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1, max = 100_000))]
    pub count: u32,
    pub fingerprint: String,
    /// Why it is accepted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The last day on which it is, as 2027-01-31.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_false(said: &bool) -> bool {
    !*said
}

impl Entry {
    /// Whether it holds no longer on a day, as `2027-01-31`: days of this form are ordered as texts.
    #[must_use]
    pub fn is_expired(&self, today: &str) -> bool {
        !self.until.is_empty() && self.until.as_str() < today
    }

    /// What it is about: all but the value, the number and what people say of it.
    fn key(&self) -> (&str, &str, &str, bool, bool) {
        (&self.fingerprint, &self.code, &self.path, self.open, self.history)
    }

    /// Whether it is about what another one is about that a finding of today comes to. What only one of them knows of the
    /// value does not count: which parts of a value there are may differ by version.
    #[must_use]
    pub fn is_about(&self, found: &Self) -> bool {
        let agree = self.value.iter().all(|(key, value)| found.value.get(key).is_none_or(|now| now == value));
        let concerns = |address: &String| self.addresses.contains(address);
        self.key() == found.key()
            && agree
            && (self.addresses.is_empty() || found.addresses.iter().all(concerns))
    }
}

/// Families whose errors are credentials that somebody can use today.
const CREDENTIALS: [&str; 3] = ["KEY", "ROOT", "SEC"];

/// Whether a finding may be accepted.
#[must_use]
pub fn refusal(finding: &Finding, include_secrets: bool) -> Option<Refusal> {
    let is_credential = finding.severity == Severity::Error
        && finding.reason.is_none()
        && CREDENTIALS.contains(&family(&finding.code));
    match (finding.mandatory, is_credential && !include_secrets) {
        (true, _) => Some(Refusal::Mandatory),
        (false, true) => Some(Refusal::Credential),
        (false, false) => None,
    }
}

/// The JSON schema of the file, as it stands in `schema/baseline.schema.json`.
#[must_use]
pub fn schema() -> String {
    let text = serde_json::to_string_pretty(&value_schema()).unwrap_or_default();
    format!("{text}\n")
}

fn value_schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Baseline>().to_value();
    schema["title"] = "keyless baseline".into();
    schema
}

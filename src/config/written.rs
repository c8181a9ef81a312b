//! What a configuration file may say. The JSON schema is made of these types, and files are checked against it.

use crate::facts::AccountDefault;
use crate::findings::{FailOn, Severity};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// keyless.toml
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Written {
    /// Files whose settings hold where this one says nothing: paths relative to this file, inside the repository.
    pub(crate) extends: OneOrMore,
    /// Only these policies: codes, names or families.
    pub(crate) select: Option<Vec<String>>,
    /// Without these policies: codes, names or families.
    pub(crate) ignore: Vec<String>,
    /// The policies of the strict set as well.
    pub(crate) strict: Option<bool>,
    /// The least that makes the exit code 1.
    pub(crate) fail_on: Option<SaidFailOn>,
    /// What is not judged: patterns in gitignore's language, relative to the folder of this file.
    pub(crate) exclude: Vec<String>,
    /// Policies of one's own: Guard files or folders of them, relative to this file.
    pub(crate) policies: Vec<String>,
    /// Settings of one policy each, by its code or name.
    pub(crate) policy: BTreeMap<String, WrittenPolicy>,
    /// What holds for some paths only; later ones win.
    pub(crate) overrides: Vec<WrittenOverride>,
    /// Of the instance metadata service.
    pub(crate) imds: WrittenImds,
    /// Of sessions with temporary credentials.
    pub(crate) sessions: WrittenSessions,
    /// Of secrets in code.
    pub(crate) secrets: WrittenSecrets,
}

/// A text, or a list of texts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl OneOrMore {
    pub(crate) fn list(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::More(texts) => texts,
        }
    }
}

/// Settings of a policy.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WrittenPolicy {
    /// How bad its findings are.
    pub(crate) severity: Option<SaidSeverity>,
    /// The set that it is in: `default` is on unless it is ignored, `strict` only where it is asked for.
    pub(crate) set: Option<SaidSet>,
    /// Nothing silences it: no ignore, no override, no acknowledgement, no configuration further down.
    pub(crate) mandatory: Option<bool>,
    /// Its options, where they stand in no table of their own.
    pub(crate) options: BTreeMap<String, Json>,
}

/// Settings for some paths.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenOverride {
    /// Patterns in gitignore's language, relative to the folder of this file.
    pub(crate) paths: Vec<String>,
    /// Only these policies: codes, names or families.
    #[serde(default)]
    pub(crate) select: Option<Vec<String>>,
    /// Without these policies: codes, names or families.
    #[serde(default)]
    pub(crate) ignore: Vec<String>,
    /// Settings of one policy each, by its code or name.
    #[serde(default)]
    pub(crate) policy: BTreeMap<String, OverriddenPolicy>,
}

/// Settings of a policy for some paths.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct OverriddenPolicy {
    /// How bad its findings are.
    pub(crate) severity: Option<SaidSeverity>,
}

/// Of the instance metadata service.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WrittenImds {
    /// The greatest hop limit that IMDS03 takes; 2 unless said.
    #[schemars(range(min = 1, max = 64))]
    pub(crate) max_hop_limit: Option<i64>,
    /// What the account's metadata default is where the code does not say it.
    pub(crate) account_default: Option<SaidDefault>,
}

/// Of sessions with temporary credentials.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WrittenSessions {
    /// The longest session of a role that ROLE02 takes; 14400 seconds unless said.
    #[schemars(range(min = 900, max = 43200))]
    pub(crate) max_role_seconds: Option<i64>,
    /// The longest session of a permission set that ROLE02 takes; 28800 seconds unless said.
    #[schemars(range(min = 3600, max = 43200))]
    pub(crate) max_permission_set_seconds: Option<i64>,
}

/// Of secrets in code.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WrittenSecrets {
    /// Forms of tokens of one's own, reported as SEC02.
    pub(crate) patterns: Vec<WrittenPattern>,
}

/// The form of a token.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenPattern {
    /// Small letters, digits and `-`.
    pub(crate) id: String,
    /// What the token is, for people.
    pub(crate) description: String,
    /// What it looks like. A group called `secret`, or the first one, is the token itself; without groups all of it is.
    pub(crate) regex: String,
    /// Words of which one has to stand in the same line, however large or small they are written.
    #[serde(default)]
    pub(crate) keyword: OneOrMore,
    /// What is passed over: regular expressions for the whole token.
    #[serde(default)]
    pub(crate) allow: OneOrMore,
    /// Texts that it has to be found in.
    #[serde(default)]
    pub(crate) example: OneOrMore,
    /// Texts that it must not be found in.
    #[serde(default)]
    pub(crate) counterexample: OneOrMore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SaidSeverity {
    Error,
    Warning,
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SaidSet {
    Default,
    Strict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SaidFailOn {
    Error,
    Warning,
    Note,
    CannotTell,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SaidDefault {
    Required,
    Optional,
}

impl From<SaidSeverity> for Severity {
    fn from(said: SaidSeverity) -> Self {
        match said {
            SaidSeverity::Error => Self::Error,
            SaidSeverity::Warning => Self::Warning,
            SaidSeverity::Note => Self::Note,
        }
    }
}

impl From<SaidFailOn> for FailOn {
    fn from(said: SaidFailOn) -> Self {
        match said {
            SaidFailOn::Error => Self::Error,
            SaidFailOn::Warning => Self::Warning,
            SaidFailOn::Note => Self::Note,
            SaidFailOn::CannotTell => Self::CannotTell,
            SaidFailOn::Never => Self::Never,
        }
    }
}

impl From<SaidDefault> for AccountDefault {
    fn from(said: SaidDefault) -> Self {
        match said {
            SaidDefault::Required => Self::Required,
            SaidDefault::Optional => Self::Optional,
        }
    }
}

/// The schema of a configuration file, without references.
pub(crate) fn schema() -> Json {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Written>().to_value();
    without_null(&mut schema);
    schema["title"] = "keyless configuration".into();
    schema
}

/// TOML knows no null: what may be left out is left out.
fn without_null(schema: &mut Json) {
    match schema {
        Json::Object(fields) => {
            if fields.get("default").is_some_and(|default| {
                default.is_null() || default.as_object().is_some_and(|table| !table.is_empty())
            }) {
                fields.remove("default");
            }
            if let Some(Json::Array(types)) = fields.get_mut("type") {
                types.retain(|one| one != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    fields.insert("type".to_owned(), one);
                }
            }
            if let Some(Json::Array(values)) = fields.get_mut("enum") {
                values.retain(|value| !value.is_null());
            }
            if let Some(Json::Array(kinds)) = fields.get_mut("anyOf") {
                kinds.retain(|kind| kind["type"] != "null");
                if let [Json::Object(one)] = kinds.as_slice() {
                    let one = one.clone();
                    fields.remove("anyOf");
                    for (key, value) in one {
                        fields.entry(key).or_insert(value);
                    }
                }
            }
            fields.values_mut().for_each(without_null);
        }
        Json::Array(items) => items.iter_mut().for_each(without_null),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

//! What can be set about a policy without touching its rule: `# option: imds.max-hop-limit = 2 from 1 to 64` in the
//! header, `let max_hop_limit = 2` at the top of the file. A configured value takes the place of the latter before Guard
//! sees the text, and fills `{max_hop_limit}` in what the policy says.

use super::Policy;
use serde_json::Value as Json;

/// A setting of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyOption {
    /// `imds.max-hop-limit`: a key of a table of the configuration; without a dot, one of the policy's own table.
    pub name: String,
    pub default: Json,
    /// The least and the greatest number.
    pub range: Option<(i64, i64)>,
}

impl PolicyOption {
    /// Reads what stands behind `option:`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no `name = value`, with `from … to …` behind a number");
        let (name, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (default, range) = match rest.split_once(" from ") {
            None => (rest, None),
            Some((default, range)) => {
                let (least, most) = range.split_once(" to ").ok_or_else(wrong)?;
                let number = |text: &str| text.trim().parse().map_err(|_| wrong());
                (default, Some((number(least)?, number(most)?)))
            }
        };
        let default: Json = serde_json::from_str(&default.trim().replace('\'', "\"")).map_err(|_| wrong())?;
        let option = Self { name: name.trim().to_owned(), default, range };
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if option.name.is_empty() || !option.name.chars().all(is_name) {
            return Err(format!("`{}` is no name of an option", option.name));
        }
        option.check(&option.default).map(|()| option)
    }

    /// The name of its `let`.
    #[must_use]
    pub fn variable(&self) -> String {
        self.key().replace('-', "_")
    }

    /// The name without the table that it stands in.
    #[must_use]
    pub fn key(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Whether a value may take the place of the default.
    ///
    /// # Errors
    /// What would be right.
    pub fn check(&self, value: &Json) -> Result<(), String> {
        let kind = |value: &Json| match value {
            Json::Null | Json::Object(_) => None,
            Json::Bool(_) => Some("`true` or `false`"),
            Json::Number(number) => number.is_i64().then_some("a whole number"),
            Json::String(_) => Some("a text"),
            Json::Array(_) => Some("a list"),
        };
        let wanted = kind(&self.default).ok_or("neither true or false, a whole number, a text nor a list")?;
        if kind(value) != Some(wanted) {
            return Err(format!("this has to be {wanted}"));
        }
        if let Json::Array(items) = value
            && !items.iter().all(Json::is_string)
        {
            return Err("this has to be a list of texts".to_owned());
        }
        match (self.range, value.as_i64()) {
            (Some((least, most)), Some(number)) if !(least..=most).contains(&number) => {
                Err(format!("this has to be a number from {least} to {most}"))
            }
            (Some(_) | None, Some(_) | None) => Ok(()),
        }
    }

    fn line(&self, value: &Json) -> String {
        format!("let {} = {}", self.variable(), literal(value))
    }
}

impl Policy {
    /// Takes the defaults of the options for their values, and makes sure that the text has a `let` of each.
    pub(super) fn with_values(&mut self) -> Result<(), String> {
        let has = |option: &PolicyOption| self.text.lines().any(|line| line == option.line(&option.default));
        if let Some(option) = self.options.iter().find(|option| !has(option)) {
            return Err(format!("option `{}` has no line `{}`", option.name, option.line(&option.default)));
        }
        let values = self.options.iter().map(|option| (option.variable(), shown(&option.default)));
        self.values = values.collect();
        Ok(())
    }

    /// The policy with a value in the place of an option's default.
    #[must_use]
    pub fn with_option(mut self, name: &str, value: &Json) -> Self {
        if let Some(option) = self.options.iter().find(|option| option.name == name) {
            let (from, to) = (option.line(&option.default), option.line(value));
            let lines: Vec<&str> =
                self.text.lines().map(|line| if line == from { to.as_str() } else { line }).collect();
            self.text = format!("{}\n", lines.join("\n")).into();
            self.values.insert(option.variable(), shown(value));
        }
        self
    }
}

/// As Guard writes it. JSON's strings are Guard's, but for the escapes, which it has none of: the other quotes hold
/// them.
fn literal(value: &Json) -> String {
    match value {
        Json::String(text) if text.contains('"') => format!("'{text}'"),
        Json::String(text) => format!("\"{text}\""),
        Json::Array(items) => {
            format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => value.to_string(),
    }
}

/// As people read it.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn options_are_read_and_checked() {
        let option = PolicyOption::parse("imds.max-hop-limit = 2 from 1 to 64").unwrap();
        assert_eq!((option.key(), option.variable().as_str()), ("max-hop-limit", "max_hop_limit"));
        assert_eq!((option.check(&json!(64)), option.check(&json!(1))), (Ok(()), Ok(())));
        for (value, message) in [
            (json!(0), "this has to be a number from 1 to 64"),
            (json!("2"), "this has to be a whole number"),
            (json!(2.5), "this has to be a whole number"),
        ] {
            assert_eq!(option.check(&value).unwrap_err(), message);
        }
        let list = PolicyOption::parse("regions = ['eu-west-1', \"eu-central-1\"]").unwrap();
        assert_eq!(literal(&list.default), "[\"eu-west-1\", \"eu-central-1\"]");
        assert!(list.check(&json!([1])).is_err());
        for wrong in ["a", "a = ", "A b = 1", "a = {}", "a = 3 from 4 to 5", "a = 3 from x to 5"] {
            assert!(PolicyOption::parse(wrong).is_err(), "{wrong}");
        }
    }
}

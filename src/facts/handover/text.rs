//! Static keys by name in texts: scripts, files of variables, JSON documents. What is not known of a text is a hole.

use crate::catalog;
use crate::catalog::handover::{KEY_ID, SECRET_KEY, SESSION_TOKEN};
use crate::facts::holes::HOLE;
use serde_json::Value as Json;

/// A static key that a text sets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InText {
    pub(super) name: &'static str,
    /// As it is written.
    pub(super) written: String,
    pub(super) is_reference: bool,
}

/// The secret half that a text sets, else the id; `None` too where a session token goes with it.
pub(super) fn named(text: &str) -> Option<InText> {
    if !mentions(text, "access_key") {
        return None;
    }
    if let Some(document) = document(text) {
        let mut found = Vec::new();
        in_document(&document, &mut found);
        return found.into_iter().min_by_key(|found| found.name != SECRET_KEY);
    }
    if assigned(text, SESSION_TOKEN).is_some() {
        return None;
    }
    [SECRET_KEY, KEY_ID].into_iter().find_map(|name| {
        let written = assigned(text, name)?.to_owned();
        Some(InText { name, written, is_reference: false })
    })
}

fn find_folded(text: &str, name: &str, from: usize) -> Option<usize> {
    let (bytes, name) = (text.as_bytes(), name.as_bytes());
    let rest = bytes.get(from..)?;
    rest.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name)).map(|at| from + at)
}

fn mentions(text: &str, name: &str) -> bool {
    find_folded(text, name, 0).is_some()
}

/// The name as it is written where a text gives it a value: `NAME=value`, `name = value`, `NAME: "value"`,
/// `aws configure set name value`. What a shell makes when it runs is no value of the code's.
fn assigned<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(at) = find_folded(text, name, from) {
        let end = at + name.len();
        from = end;
        let before = text.get(..at).unwrap_or_default();
        let is_part = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '{');
        if !is_part && !is_comment(before) && sets(before, text.get(end..).unwrap_or_default()) {
            return text.get(at..end);
        }
    }
    None
}

fn is_comment(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with(['#', ';'])
}

fn sets(before: &str, after: &str) -> bool {
    let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
    let blanks = |c: char| c == ' ' || c == '\t';
    let value = match after.trim_start_matches(blanks).strip_prefix(['=', ':']) {
        Some(value) => value,
        None if before.trim_end().ends_with("configure set") => after,
        None => return false,
    };
    // `==` compares.
    if value.starts_with('=') {
        return false;
    }
    let value = value.trim_start_matches(blanks);
    let value = value.strip_prefix("\\\"").unwrap_or(value);
    let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let first = value.chars().next();
    first.is_some_and(|c| c == HOLE || c.is_alphanumeric() || matches!(c, '/' | '+'))
        || value.starts_with("{{resolve:")
}

/// A JSON document, in which a hole may stand for a value.
fn document(text: &str) -> Option<Json> {
    let trimmed = text.trim();
    if !trimmed.starts_with(['{', '[']) {
        return None;
    }
    let mut whole = String::with_capacity(trimmed.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in trimmed.chars() {
        if c == HOLE && !quoted {
            whole.push('"');
            whole.push(HOLE);
            whole.push('"');
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        whole.push(c);
    }
    serde_json::from_str(&whole).ok()
}

fn in_document(json: &Json, found: &mut Vec<InText>) {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(text) => found.extend(named(text)),
        Json::Array(items) => {
            let pairs: Vec<(&str, bool)> = items.iter().filter_map(pair).collect();
            found.extend(chosen(&pairs));
            items.iter().filter(|item| pair(item).is_none()).for_each(|item| in_document(item, found));
        }
        Json::Object(fields) => {
            let set = fields.iter().filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty()));
            let variables: Vec<(&str, bool)> = set.map(|(name, _)| (name.as_str(), false)).collect();
            found.extend(chosen(&variables));
            fields.values().for_each(|value| in_document(value, found));
        }
    }
}

/// Name, and whether its value is fetched from where secrets are kept.
fn pair(json: &Json) -> Option<(&str, bool)> {
    let field = |names: [&str; 2]| names.iter().find_map(|name| json.get(name)?.as_str());
    let name = field(["name", "Name"])?;
    let plain = field(["value", "Value"]);
    let fetched = field(["valueFrom", "ValueFrom"]);
    let stored = field(["type", "Type"]).is_some_and(catalog::names_a_store);
    let value = plain.or(fetched)?;
    (!value.is_empty()).then_some((name, plain.is_none() || stored))
}

fn chosen(variables: &[(&str, bool)]) -> Option<InText> {
    if variables.iter().any(|(name, _)| name.eq_ignore_ascii_case(SESSION_TOKEN)) {
        return None;
    }
    [SECRET_KEY, KEY_ID].into_iter().find_map(|known| {
        let (name, is_reference) = variables.iter().find(|(name, _)| name.eq_ignore_ascii_case(known))?;
        Some(InText { name: known, written: (*name).to_owned(), is_reference: *is_reference })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(&'static str, bool)> {
        named(&text.replace('?', &HOLE.to_string())).map(|found| (found.name, found.is_reference))
    }

    #[test]
    fn scripts_set_keys() {
        for text in [
            "export AWS_ACCESS_KEY_ID=a\nexport AWS_SECRET_ACCESS_KEY=?",
            "[default]\naws_access_key_id = somekey\naws_secret_access_key = somesecret\n",
            "AWS_SECRET_ACCESS_KEY: \"?\"",
            "aws configure set aws_secret_access_key ?",
            "ENV AWS_SECRET_ACCESS_KEY='abc'",
        ] {
            assert_eq!(told(text), Some((SECRET_KEY, false)), "{text}");
        }
        assert_eq!(told("AWS_ACCESS_KEY_ID=?"), Some((KEY_ID, false)));
    }

    #[test]
    fn what_a_shell_makes_is_none() {
        for text in [
            "export AWS_SECRET_ACCESS_KEY=$(echo $CREDENTIALS | jq -r .SecretAccessKey)",
            "export AWS_SECRET_ACCESS_KEY=\"${SECRET}\"",
            "echo $AWS_SECRET_ACCESS_KEY: is secret",
            "unset AWS_SECRET_ACCESS_KEY",
            "AWS_SECRET_ACCESS_KEY=",
            "# AWS_SECRET_ACCESS_KEY=abc",
            "AWS_SECRET_ACCESS_KEY=? AWS_ACCESS_KEY_ID=? AWS_SESSION_TOKEN=?",
            "if [ $X == AWS_SECRET_ACCESS_KEY ]",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn documents_set_keys() {
        for (text, expected) in [
            (r#"[{"environment":[{"name":"AWS_SECRET_ACCESS_KEY","value":?}]}]"#, Some((SECRET_KEY, false))),
            (r#"[{"environment":[{"value":"x","name":"AWS_ACCESS_KEY_ID"}]}]"#, Some((KEY_ID, false))),
            (
                r#"[{"secrets":[{"name":"AWS_SECRET_ACCESS_KEY","valueFrom":"arn:?"}]}]"#,
                Some((SECRET_KEY, true)),
            ),
            (r#"{"env":{"AWS_SECRET_ACCESS_KEY":"?"}}"#, Some((SECRET_KEY, false))),
            (r#"{"env":{"AWS_SECRET_ACCESS_KEY":""}}"#, None),
            (r#"{"commands":["export AWS_SECRET_ACCESS_KEY=?"]}"#, Some((SECRET_KEY, false))),
            (r#"[{"name":"AWS_SECRET_ACCESS_KEY","value":?},{"name":"AWS_SESSION_TOKEN","value":?}]"#, None),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}

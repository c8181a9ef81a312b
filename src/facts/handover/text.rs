//! Static keys by name in texts: scripts, files of variables, JSON documents. What is not known of a text is a hole.

use crate::catalog;
use crate::catalog::handover::{KEY_ID, SECRET_KEY, SESSION_TOKEN};
use crate::facts::holes::HOLE;
use serde_json::Value as Json;
use std::ops::Range;

/// A static key that a text sets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InText {
    pub(super) name: &'static str,
    /// The name as it is written.
    pub(super) at: Range<usize>,
    /// What the text gives to the name and to the other half of the key, as far as it is known.
    pub(super) values: Vec<Range<usize>>,
    pub(super) is_reference: bool,
}

/// A name with what it is given.
#[derive(Debug, Clone)]
struct Assigned {
    at: Range<usize>,
    value: Option<Range<usize>>,
}

/// The secret half that a text sets, else the id; `None` too where a session token goes with it.
pub(super) fn named(text: &str) -> Option<InText> {
    if !mentions(text, "access_key") {
        return None;
    }
    if let Some(document) = document(text) {
        let mut found = Vec::new();
        in_document(text, &document, &mut found);
        return found.into_iter().min_by_key(|found| found.name != SECRET_KEY);
    }
    if assigned(text, SESSION_TOKEN).is_some() {
        return None;
    }
    let halves = [SECRET_KEY, KEY_ID].map(|name| (name, assigned(text, name)));
    let values = halves.iter().filter_map(|(_, found)| found.as_ref()?.value.clone()).collect();
    let (name, found) = halves.into_iter().find_map(|(name, found)| Some((name, found?)))?;
    Some(InText { name, at: found.at, values, is_reference: false })
}

fn find_folded(text: &str, name: &str, from: usize) -> Option<usize> {
    let (bytes, name) = (text.as_bytes(), name.as_bytes());
    let rest = bytes.get(from..)?;
    rest.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name)).map(|at| from + at)
}

fn mentions(text: &str, name: &str) -> bool {
    find_folded(text, name, 0).is_some()
}

/// The name where a text gives it a value: `NAME=value`, `name = value`, `NAME: "value"`, `aws configure set name value`.
/// What a shell makes when it runs is no value of the code's.
fn assigned(text: &str, name: &str) -> Option<Assigned> {
    let mut from = 0;
    while let Some(at) = find_folded(text, name, from) {
        let end = at + name.len();
        from = end;
        let before = text.get(..at).unwrap_or_default();
        let is_part = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '{');
        if !is_part
            && !is_comment(before)
            && let Some(value) = given(text, at..end)
        {
            let is_known = text.get(value.clone()).is_some_and(|value| !value.contains(HOLE));
            return Some(Assigned { at: at..end, value: is_known.then_some(value) });
        }
    }
    None
}

fn is_comment(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with(['#', ';'])
}

/// What a name is given.
fn given(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (text.get(..name.start)?, text.get(name.end..)?);
    let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
    let blanks = |c: char| c == ' ' || c == '\t';
    let value = match after.trim_start_matches(blanks).strip_prefix(['=', ':']) {
        Some(value) => value,
        None if before.trim_end().ends_with("configure set") => after,
        None => return None,
    };
    // `==` compares.
    if value.starts_with('=') {
        return None;
    }
    let value = value.trim_start_matches(blanks);
    let value = value.strip_prefix("\\\"").unwrap_or(value);
    let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let is_value = |c: char| c == HOLE || c.is_alphanumeric() || matches!(c, '/' | '+');
    if !value.starts_with(is_value) && !value.starts_with("{{resolve:") {
        return None;
    }
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | ';' | ','));
    let start = text.len() - value.len();
    Some(start..start + end.unwrap_or(value.len()))
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

fn in_document(text: &str, json: &Json, found: &mut Vec<InText>) {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(inner) => found.extend(named(inner).map(|named| placed_in(text, inner, named))),
        Json::Array(items) => {
            let pairs: Vec<Variable<'_>> = items.iter().filter_map(pair).collect();
            found.extend(chosen(text, &pairs));
            items.iter().filter(|item| pair(item).is_none()).for_each(|item| in_document(text, item, found));
        }
        Json::Object(fields) => {
            let set = fields.iter().filter_map(|(name, value)| {
                let value = value.as_str().filter(|value| !value.is_empty())?;
                Some(Variable { name, value, is_reference: false })
            });
            found.extend(chosen(text, &set.collect::<Vec<_>>()));
            fields.values().for_each(|value| in_document(text, value, found));
        }
    }
}

/// An inner text that stands as it is in the outer one keeps its places; of another one the name is looked for.
fn placed_in(text: &str, inner: &str, named: InText) -> InText {
    match text.find(inner) {
        Some(start) => {
            let shift = |place: Range<usize>| start + place.start..start + place.end;
            let values = named.values.into_iter().map(shift).collect();
            InText { at: shift(named.at), values, ..named }
        }
        None => {
            let name = inner.get(named.at).unwrap_or_default();
            let at = text.find(name).map_or(0..0, |start| start..start + name.len());
            InText { at, values: Vec::new(), ..named }
        }
    }
}

/// A variable of an environment in a document.
struct Variable<'j> {
    name: &'j str,
    value: &'j str,
    /// Fetched from where secrets are kept.
    is_reference: bool,
}

fn pair(json: &Json) -> Option<Variable<'_>> {
    let field = |names: [&str; 2]| names.iter().find_map(|name| json.get(name)?.as_str());
    let name = field(["name", "Name"])?;
    let plain = field(["value", "Value"]);
    let fetched = field(["valueFrom", "ValueFrom"]);
    let stored = field(["type", "Type"]).is_some_and(catalog::names_a_store);
    let value = plain.or(fetched)?;
    (!value.is_empty()).then_some(Variable { name, value, is_reference: plain.is_none() || stored })
}

fn chosen(text: &str, variables: &[Variable<'_>]) -> Option<InText> {
    let of = |wanted: &str| variables.iter().find(|variable| variable.name.eq_ignore_ascii_case(wanted));
    if of(SESSION_TOKEN).is_some() {
        return None;
    }
    let (name, variable) = [SECRET_KEY, KEY_ID].into_iter().find_map(|name| Some((name, of(name)?)))?;
    let at = in_quotes(text, variable.name, 0).unwrap_or(0..0);
    let halves = [SECRET_KEY, KEY_ID].into_iter().filter_map(of);
    let values = halves.filter_map(|half| nearest(text, half.value, at.start)).collect();
    Some(InText { name, at, values, is_reference: variable.is_reference })
}

/// A string of a document.
fn in_quotes(text: &str, wanted: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text.get(from..)?.find(&format!("\"{wanted}\""))? + 1;
    Some(start..start + wanted.len())
}

/// Where a value stands that is known, next to a place.
fn nearest(text: &str, value: &str, to: usize) -> Option<Range<usize>> {
    if value.contains(HOLE) {
        return None;
    }
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(place) = in_quotes(text, value, from) {
        from = place.end;
        places.push(place);
    }
    places.into_iter().min_by_key(|place| place.start.abs_diff(to))
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
    fn what_the_key_is_given_is_known_where_it_stands() {
        for (text, name, expected) in [
            ("X=z\nAWS_SECRET_ACCESS_KEY='ab'; X=1", "AWS_SECRET_ACCESS_KEY", &["ab"][..]),
            ("aws_access_key_id = id\naws_secret_access_key = ?\n", "aws_secret_access_key", &["id"]),
            ("aws configure set aws_access_key_id id # x", "aws_access_key_id", &["id"]),
            (r#"{"A":"b","AWS_SECRET_ACCESS_KEY":"b"}"#, "AWS_SECRET_ACCESS_KEY", &["b"]),
            (r#"[{"value":?,"name":"AWS_SECRET_ACCESS_KEY"}]"#, "AWS_SECRET_ACCESS_KEY", &[]),
            (r#"{"run":"AWS_ACCESS_KEY_ID=id"}"#, "AWS_ACCESS_KEY_ID", &["id"]),
        ] {
            let text = text.replace('?', &HOLE.to_string());
            let found = named(&text).unwrap();
            let values: Vec<&str> = found.values.iter().map(|value| &text[value.clone()]).collect();
            assert_eq!((&text[found.at], values.as_slice()), (name, expected), "{text}");
        }
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

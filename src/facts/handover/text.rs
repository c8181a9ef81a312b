//! Static keys by name in texts: scripts, files of variables. What is not known of a text is a hole.

use super::document;
use crate::catalog::handover::{
    CMDLET_ID, CMDLET_SECRET, CMDLET_TOKEN, CMDLETS, HALVES, SESSION_TOKEN, is_named,
};
use crate::facts::holes::HOLE;
use memchr::memchr2_iter;
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
    if mentions(text, "-awscredential") || mentions(text, "-awsdefault") {
        return by_cmdlet(text).or_else(|| named_otherwise(text));
    }
    named_otherwise(text).or_else(|| by_option(text))
}

/// What CloudFormation's helpers and clients of S3 are given by an option.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-init.html>
fn by_option(text: &str) -> Option<InText> {
    const COMMANDS: [&str; 5] = ["cfn-init", "cfn-signal", "cfn-hup", "cfn-get-metadata", "s3cmd"];
    const OPTIONS: [&str; 2] = ["--secret-key", "--secret_key"];
    let name = OPTIONS.into_iter().find(|option| mentions(text, option))?;
    COMMANDS.into_iter().filter(|command| mentions(text, command)).find_map(|helper| {
        let command = command(text, helper, &[';', '|', '&'], '\\')?;
        let secret = option(text, command, name)?;
        let values = secret.value.clone().into_iter().collect();
        Some(InText { name, at: secret.at, values, is_reference: false })
    })
}

/// A command from its name to one of its ends, over lines that `joins` at the end of each takes on. `None`: it is not run here.
fn command(text: &str, name: &str, ends: &[char], joins: char) -> Option<Range<usize>> {
    let at = find_folded(text, name, 0)?;
    let rest = text.get(at..)?;
    let mut continued = false;
    let end = rest.find(|c: char| {
        let is_end = ends.contains(&c) || c == '\n' && !continued;
        continued = c == joins || continued && c == '\r';
        is_end
    });
    (!is_comment(text.get(..at)?)).then(|| at..at + end.unwrap_or(rest.len()))
}

fn named_otherwise(text: &str) -> Option<InText> {
    if !mentions(text, "access_key") && !mentions(text, "secret_key") {
        return None;
    }
    if let Some(document) = document::parse(text) {
        let mut found = Vec::new();
        document::walk(text, &document, &mut found);
        return found.into_iter().min_by_key(|found| HALVES[1].contains(&found.name));
    }
    if assigned(text, SESSION_TOKEN).is_some() {
        return None;
    }
    let halves = HALVES.map(|names| names.into_iter().find_map(|name| Some((name, assigned(text, name)?))));
    let values = halves.iter().flatten().filter_map(|(_, found)| found.value.clone()).collect();
    let (name, found) = halves.into_iter().flatten().next()?;
    Some(InText { name, at: found.at, values, is_reference: false })
}

/// What is given to a cmdlet that signs in: `Set-AWSCredential -AccessKey … -SecretKey …`.
fn by_cmdlet(text: &str) -> Option<InText> {
    CMDLETS.into_iter().find_map(|cmdlet| {
        let command = command(text, cmdlet, &[';', '|'], '`')?;
        if option(text, command.clone(), CMDLET_TOKEN).is_some() {
            return None;
        }
        let secret = option(text, command.clone(), CMDLET_SECRET)?;
        let halves = [Some(secret.clone()), option(text, command, CMDLET_ID)];
        let values = halves.into_iter().flatten().filter_map(|half| half.value).collect();
        Some(InText { name: CMDLET_SECRET, at: secret.at, values, is_reference: false })
    })
}

/// An option of a command, where what it is given stands in the text.
fn option(text: &str, command: Range<usize>, name: &str) -> Option<Assigned> {
    let at = find_folded(text.get(..command.end)?, name, command.start)?;
    let end = at + name.len();
    let rest = text.get(end..command.end)?;
    let spaced = rest.strip_prefix([' ', '\t', ':', '='])?.trim_start_matches([' ', '\t']);
    let value = spaced.strip_prefix(['"', '\'']).unwrap_or(spaced);
    let start = command.end - value.len();
    let value = value_at(text, start)?;
    let is_known = text.get(value.clone()).is_some_and(|value| !value.contains(HOLE));
    Some(Assigned { at: at..end, value: is_known.then_some(value) })
}

fn find_folded(text: &str, name: &str, from: usize) -> Option<usize> {
    let (bytes, name) = (text.as_bytes(), name.as_bytes());
    let first = *name.first()?;
    let rest = bytes.get(from..)?;
    let is_it = |at: &usize| {
        rest.get(*at..*at + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name))
    };
    memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), rest).find(is_it).map(|at| from + at)
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
        if !text.get(at..end).is_some_and(|written| is_named(written, name)) {
            continue;
        }
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
    value_at(text, text.len() - value.len())
}

/// A word that is no variable of a shell's.
fn value_at(text: &str, start: usize) -> Option<Range<usize>> {
    let value = text.get(start..)?;
    let is_value = |c: char| c == HOLE || c.is_alphanumeric() || matches!(c, '/' | '+');
    if !value.starts_with(is_value) && !value.starts_with("{{resolve:") {
        return None;
    }
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | ';' | ','));
    Some(start..start + end.unwrap_or(value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = HALVES[0][0];
    const ID: &str = HALVES[1][0];

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
            "export AWS_ACCESS_KEY=a AWS_SECRET_ACCESS_KEY=?",
        ] {
            assert_eq!(told(text), Some((SECRET, false)), "{text}");
        }
        assert_eq!(told("AWS_ACCESS_KEY_ID=?"), Some((ID, false)));
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
            "aws_secret_key: ?",
            "aws configure set region AWS_ACCESS_KEY_X",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn the_names_of_java_are_names_of_a_key() {
        assert_eq!(told("AWS_ACCESS_KEY=? AWS_SECRET_KEY=?"), Some(("AWS_SECRET_KEY", false)));
        assert_eq!(told("ENV AWS_ACCESS_KEY=?"), Some(("AWS_ACCESS_KEY", false)));
        assert_eq!(told(r#"{"env":{"AWS_SECRET_KEY":"?"}}"#), Some(("AWS_SECRET_KEY", false)));
    }

    #[test]
    fn cmdlets_sign_in_with_keys() {
        for text in [
            "Set-AWSCredential -AccessKey ? -SecretKey ? -StoreAs default",
            "Set-AWSCredentials -SecretKey:'abc'",
            "x\nInitialize-AWSDefaultConfiguration `\n  -AccessKey a `\n  -SecretKey \"?\"",
            "$c = New-AWSCredential -secretkey ?; New-AWSCredential -SessionToken $t",
        ] {
            assert_eq!(told(text), Some(("-SecretKey", false)), "{text}");
        }
        for text in [
            "Set-AWSCredential -ProfileName default",
            "Set-AWSCredential -AccessKey $a -SecretKey $b",
            "Set-AWSCredential -SecretKey ? -SessionToken ?",
            "# Set-AWSCredential -SecretKey ?",
            "Set-AWSCredential -StoreAs x\nConnect-Other -SecretKey ?",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}

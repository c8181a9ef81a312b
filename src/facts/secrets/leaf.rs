//! The texts that a value may be: known, known in part, or left to a variable.

use crate::facts::holes::HOLE;
use crate::model::{Entry, Hop, Kind, Origin, Part, Reason, Value};
use crate::source::{Site, Sources};
use std::sync::Arc;

/// What a single value at a place of secrets is.
#[derive(Debug)]
pub(super) enum Leaf<'v> {
    Known {
        text: Arc<str>,
        value: &'v Value,
    },
    /// Given from outside of the code: never to be shown, and nothing that the code holds.
    Given {
        text: Arc<str>,
        value: &'v Value,
    },
    /// Literal texts with something unknown between or around them.
    Partial {
        /// With a hole for each unknown.
        text: String,
        sites: Vec<Site>,
        value: &'v Value,
    },
    /// Left to whoever runs it, in a variable or a file.
    Variable {
        value: &'v Value,
    },
    /// Fetched when deploying, from a parameter that is kept in clear.
    PlainParameter {
        value: &'v Value,
    },
}

/// Every text below a value; both branches of a choice stand in the code.
pub(super) fn leaves<'v>(value: &'v Value, found: &mut Vec<Leaf<'v>>) {
    match &value.kind {
        Kind::Null | Kind::Bool(_) => {}
        Kind::Number(_) | Kind::String(_) => {
            let Some(text) = value.to_text() else { return };
            if value.origin.is_given() {
                found.push(Leaf::Given { text, value });
            } else {
                found.extend(known(text, value));
            }
        }
        Kind::List(items) => items.iter().for_each(|item| leaves(item, found)),
        Kind::Object(object) => object.entries.iter().for_each(|entry| leaves(&entry.value, found)),
        Kind::Choice(choice) => {
            leaves(&choice.then, found);
            leaves(&choice.otherwise, found);
        }
        Kind::Unknown(why) => match (&why.reason, why.parts.is_empty()) {
            (Reason::Variable { .. } | Reason::File { .. }, true) => found.push(Leaf::Variable { value }),
            (reason, true) if is_plain_parameter(reason) => found.push(Leaf::PlainParameter { value }),
            (_, true) => {}
            (_, false) => {
                let plain = |part: &Part| matches!(part, Part::Unknown(reason) if is_plain_parameter(reason));
                if why.parts.iter().any(plain) {
                    found.push(Leaf::PlainParameter { value });
                }
                found.extend(partial(&why.parts, value));
            }
        },
    }
}

/// Whether a value is fetched from where parameters are kept in clear.
fn is_plain_parameter(reason: &Reason) -> bool {
    matches!(reason, Reason::DynamicReference { service } if &**service == "ssm")
}

fn known(text: Arc<str>, value: &Value) -> Option<Leaf<'_>> {
    let rest = without_references(&text);
    if rest.len() == text.len() {
        return (!text.is_empty()).then_some(Leaf::Known { text, value });
    }
    in_part(rest, value.origin.literals(), value)
}

fn partial<'v>(parts: &[Part], value: &'v Value) -> Option<Leaf<'v>> {
    let mut whole = String::new();
    let mut sites = Vec::new();
    for part in parts {
        match part {
            Part::Text { text, origin } => {
                whole.push_str(text);
                sites.extend(origin.literals());
            }
            Part::Unknown(Reason::DynamicReference { .. }) => {}
            Part::Unknown(_) => whole.push(HOLE),
        }
    }
    in_part(without_references(&whole), sites, value)
}

fn in_part(text: String, sites: Vec<Site>, value: &Value) -> Option<Leaf<'_>> {
    let is_document = || text.trim_start().starts_with(['{', '[']);
    (is_document() || holds_a_piece(&text)).then_some(Leaf::Partial { text, sites, value })
}

/// Whether the literal part of a text is a piece of the secret rather than the form around it: the user and host of a URL,
/// the other settings of a connection string.
pub(super) fn holds_a_piece(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && c != HOLE;
    if let Some((_, rest)) = text.split_once("://")
        && let Some((user, _)) = rest.split_once('@')
    {
        return user.split_once(':').is_some_and(|(_, password)| password.chars().any(is_letter));
    }
    let mut secret = secret_settings(text).peekable();
    if secret.peek().is_some() {
        return secret.any(|value| value.chars().any(is_letter));
    }
    !is_frame(text) && without_marks(text).chars().any(is_letter)
}

/// Whether what stands around the holes only says where they go: the scheme of a header, `user:` before a password, the
/// name of a setting, an address that ends in what gives access.
fn is_frame(text: &str) -> bool {
    let text = text.trim();
    let quote = text.chars().next_back().filter(|last| "'\"".contains(*last));
    let unquoted = quote.map_or(text, |quote| text.trim_end_matches(quote));
    let Some(before) = unquoted.strip_suffix(HOLE) else { return false };
    let before = quote.map_or(before, |quote| before.trim_end_matches(quote));
    let scheme = before.trim_end().to_ascii_lowercase();
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    let is_header =
        before.ends_with(' ') && ["bearer", "basic", "token", "apikey", "splunk"].contains(&scheme.as_str());
    let is_user = before.strip_suffix([':', '=']).is_some_and(is_word);
    let is_address = before.starts_with("https://")
        && before.ends_with(['/', '='])
        && !before.contains(char::is_whitespace);
    is_header || is_user || is_address
}

/// The text without tags of XML and the lines around a key in PEM.
fn without_marks(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '-']) {
        let (before, mark) = rest.split_at(at);
        let end = match mark.strip_prefix("-----") {
            Some(inside) => inside.find("-----").map(|end| end + 10),
            None if mark.starts_with('<') => mark.find('>').map(|end| end + 1),
            None => None,
        };
        kept.push_str(before);
        let end = end.unwrap_or_else(|| {
            kept.push_str(mark.get(..1).unwrap_or_default());
            1
        });
        rest = mark.get(end..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// `user id=;data source=db.example;password=`: a connection string that is still to be filled.
pub(super) fn is_empty_form(text: &str) -> bool {
    let several = text.contains([';', '&', '\n']);
    let mut secret = secret_settings(text).peekable();
    several && secret.peek().is_some() && secret.all(|value| value.trim_matches(['"', '\'', ' ']).is_empty())
}

/// The values that the settings of a connection string give to names which say secret: `a=b;c=d`, `a=b c='d'`, `a: b`.
fn secret_settings(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split([';', '&', '?', '\n']);
    let settings = lines.flat_map(|line| {
        let one = line.split_once(": ").filter(|(name, _)| !name.contains('='));
        let apart = || line.split_ascii_whitespace().filter_map(|word| word.split_once('='));
        match one {
            Some(one) => vec![one],
            None if apart().count() > 1 => apart().collect(),
            None => line.split_once('=').into_iter().collect(),
        }
    });
    settings.filter(|(name, _)| crate::secrets::says_secret(name.trim())).map(|(_, value)| value)
}

/// The text without CloudFormation's dynamic references, each a promise to fetch the value when deploying.
fn without_references(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("{{resolve:") {
        let Some((reference, behind)) = after.split_once("}}") else { break };
        let service = reference.split(':').next().unwrap_or_default();
        kept.push_str(before);
        if !["secretsmanager", "ssm-secure", "ssm"].contains(&service) {
            kept.push_str(reference);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// What the code holds of a text of which a part is given from outside, with a hole for that part.
pub(super) fn pieces(origin: &Origin, sources: &Sources) -> String {
    match origin {
        Origin::None => String::new(),
        Origin::Literal(site) => sources.get(site.file).slice(site.span).to_owned(),
        Origin::Derived(step) => match (&step.hop, step.from.as_slice()) {
            (Hop::Template, parts) => parts.iter().map(|part| pieces(part, sources)).collect(),
            // What a function makes of its arguments is no text of the code.
            (Hop::Function(_), _) => HOLE.to_string(),
            (_, [one]) => pieces(one, sources),
            _ => HOLE.to_string(),
        },
    }
}

/// Encodings after which a text says the same.
const ENCODINGS: &[&str] = &["base64encode", "base64gzip", "textencodebase64"];

/// Whether a value is the encoding of a text.
pub(super) fn is_encoded(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    match (&step.hop, step.from.as_slice()) {
        (Hop::Function(name), _) if ENCODINGS.contains(&&**name) => true,
        (Hop::Function(_) | Hop::Template, _) => false,
        (_, [one]) => is_encoded(one),
        _ => false,
    }
}

/// Whether a value is the checksum of a file.
pub(super) fn is_checksum(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    match (&step.hop, step.from.as_slice()) {
        (Hop::Function(name), _) => matches!(
            &**name,
            "filemd5" | "filesha1" | "filesha256" | "filesha512" | "filebase64sha256" | "filebase64sha512"
        ),
        (_, [one]) => is_checksum(one),
        _ => false,
    }
}

/// What the code holds of a text before it was encoded, with holes for what it does not hold.
pub(super) fn written(origin: &Origin, sources: &Sources) -> String {
    match origin {
        Origin::None => HOLE.to_string(),
        Origin::Literal(site) => {
            let file = sources.get(site.file);
            let slice = file.slice(site.span);
            // One line is what stands in quotes.
            if slice.contains('\n') { slice.to_owned() } else { slice.replace("\\n", "\n") }
        }
        Origin::Derived(step) => match (&step.hop, step.from.as_slice()) {
            (Hop::Template, parts) => parts.iter().map(|part| written(part, sources)).collect(),
            (Hop::Function(name), [first, ..]) if ENCODINGS.contains(&&**name) => written(first, sources),
            (Hop::Function(_), _) => HOLE.to_string(),
            (_, [one]) => written(one, sources),
            _ => HOLE.to_string(),
        },
    }
}

/// The literals that a value was made of, and where the whole stands.
pub(super) fn sites(value: &Value, entry: Option<&Entry>) -> Vec<Site> {
    let mut sites = value.origin.literals();
    if sites.is_empty() {
        sites.extend(entry.and_then(|entry| entry.site));
    }
    sites
}

/// Put together of several texts, decoded or read from a file, so that the secret may stand nowhere as such.
pub(super) fn is_assembled(origin: &Origin) -> bool {
    match origin {
        Origin::None | Origin::Literal(_) => false,
        Origin::Derived(step) => {
            let assembles = match &step.hop {
                Hop::Template | Hop::Function(_) | Hop::File(_) => true,
                Hop::VariableDefault(_)
                | Hop::VariableValue(_)
                | Hop::Given(_)
                | Hop::Planned(_)
                | Hop::ModuleInput(_)
                | Hop::Local(_)
                | Hop::ModuleOutput(_)
                | Hop::Attribute(_)
                | Hop::ParameterDefault(_)
                | Hop::ParameterValue(_)
                | Hop::Mapping(_)
                | Hop::Iterator(_)
                | Hop::Branch
                | Hop::Inherited(_)
                | Hop::MadeSecret(_)
                | Hop::Piece(_)
                | Hop::Marked(_)
                | Hop::Handed(_)
                | Hop::UnmarkedVariable(_)
                | Hop::OrVariable(..) => false,
            };
            assembles || step.from.len() > 1 || step.from.iter().any(is_assembled)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HOLE, holds_a_piece, is_empty_form, without_references};

    #[test]
    fn the_form_around_an_unknown_is_no_piece_of_the_secret() {
        let hole = |text: &str| text.replace('?', &HOLE.to_string());
        for form in [
            "pg://admin:?@host/db",
            "?",
            "?-1",
            "user id=Office;data source=?;password=?;timeout=5",
            "jdbc:sqlserver://?:1433;user=sa;password=?",
            "password: ?",
            "user=? password='?'",
            "AWS_KEY_ID='?' AWS_SECRET_KEY='?'",
            "Bearer ?",
            "admin:?",
            "https://hooks.slack.com/services/?",
            "https://hooks.example/a?token=?",
            "<password>?</password>",
            "-----BEGIN X-----?-----END X-----",
        ] {
            assert!(!holds_a_piece(&hole(form)), "{form}");
        }
        for piece in [
            "abc-?",
            "pg://admin:abc@?/db",
            "Server=?;Password=abc?",
            "a=b&?",
            "password: abc?",
            "user=? password='abc?'",
            "?-Sommer2024",
            "<password>abc?</password>",
            "Bearer abc?",
            "https://hooks.example/abc?def",
        ] {
            assert!(holds_a_piece(&hole(piece)), "{piece}");
        }
    }

    #[test]
    fn a_connection_string_without_its_password_is_no_secret() {
        for form in ["user id=;data source=db;initial catalog=;password=", "Server=a;Pwd="] {
            assert!(is_empty_form(form), "{form}");
        }
        for filled in [
            "Server=a;Password=hunter2",
            "hunter2",
            "Server=a",
            "password=;api_key=a1b2c3d4",
            "a=b==",
            "MySecret=",
        ] {
            assert!(!is_empty_form(filled), "{filled}");
        }
    }

    #[test]
    fn dynamic_references_are_no_literals() {
        assert_eq!(without_references("{{resolve:secretsmanager:a:SecretString:b}}"), "");
        assert_eq!(without_references("x{{resolve:ssm-secure:/a:1}}y"), "xy");
        assert_eq!(without_references("{{resolve:other:a}}"), "other:a");
        assert_eq!(without_references("{{resolve:ssm"), "{{resolve:ssm");
    }
}

//! What is said in the words of the protocol.

use super::client::Client;
use super::documents::Names;
use super::item::{Item, Kind, Spot, Step};
use crate::findings::{ProblemKind, Severity};
use crate::report::visible;
use lsp_types::{DiagnosticSeverity, Range};
use serde_json::{Value, json};
use std::path::Path;

/// How many places are listed with a finding, and how many findings of a file are told.
const MOST_PLACES: usize = 50;
const MOST_ITEMS: usize = 1_000;

/// The diagnostics of a file.
pub(super) fn diagnostics(path: &Path, items: &[&Item], client: &Client, names: &Names) -> Vec<Value> {
    items.iter().take(MOST_ITEMS).map(|item| diagnostic(path, item, client, names)).collect()
}

pub(super) fn diagnostic(path: &Path, item: &Item, client: &Client, names: &Names) -> Value {
    let mut diagnostic = json!({
        "range": item.range,
        "severity": severity(item.kind),
        "code": code(item),
        "source": "keyless",
        "message": message(item, client),
    });
    if client.code_description && item.url.starts_with("https://") {
        diagnostic["codeDescription"] = json!({"href": item.url});
    }
    let elsewhere = |step: &&Step| step.spot.range != item.range || step.spot.path != path;
    let places = item.chain.iter().chain(&item.related).filter(elsewhere).take(MOST_PLACES);
    if client.related_information && places.clone().next().is_some() {
        let told =
            |step: &Step| json!({"location": location(&step.spot, names), "message": visible(&step.label)});
        diagnostic["relatedInformation"] = places.map(told).collect();
    }
    if !item.fingerprint.is_empty() {
        diagnostic["data"] = json!({"fingerprint": item.fingerprint});
    }
    diagnostic
}

pub(super) fn location(spot: &Spot, names: &Names) -> Value {
    json!({"uri": names.uri(&spot.path), "range": spot.range})
}

fn severity(kind: Kind) -> DiagnosticSeverity {
    match kind {
        Kind::Finding(Severity::Error) => DiagnosticSeverity::ERROR,
        Kind::Finding(Severity::Warning) => DiagnosticSeverity::WARNING,
        Kind::Finding(Severity::Note) | Kind::Open => DiagnosticSeverity::INFORMATION,
        Kind::Suppressed => DiagnosticSeverity::HINT,
        Kind::Problem(ProblemKind::Syntax | ProblemKind::Config | ProblemKind::Internal) => {
            DiagnosticSeverity::ERROR
        }
        Kind::Problem(ProblemKind::Io | ProblemKind::Limit) => DiagnosticSeverity::WARNING,
    }
}

fn code(item: &Item) -> &str {
    match item.kind {
        Kind::Finding(_) | Kind::Open | Kind::Suppressed => &item.code,
        Kind::Problem(kind) => kind.as_str(),
    }
}

fn message(item: &Item, client: &Client) -> String {
    let title = visible(&item.title);
    let mut lines = match item.kind {
        Kind::Finding(_) => vec![title.into_owned()],
        Kind::Open => {
            let reason =
                item.reason.as_deref().map_or_else(String::new, |reason| format!(": {}", visible(reason)));
            vec![format!("{title}{reason}")]
        }
        Kind::Suppressed => {
            let reason = item.reason.as_deref().unwrap_or_default();
            return format!("excepted: {title}\nreason: {}", visible(reason));
        }
        Kind::Problem(_) => return format!("not judged: {title}"),
    };
    if !item.label.is_empty() {
        lines.push(visible(&item.label).into_owned());
    }
    if !client.related_information {
        // The way of the value has to stand somewhere.
        let line = |step: &Step| format!("line {}: {}", step.spot.range.start.line + 1, visible(&step.label));
        lines.extend(item.chain.iter().take(MOST_PLACES).map(line));
    }
    if !item.help.is_empty() {
        lines.push(format!("help: {}", visible(&item.help)));
    }
    lines.join("\n")
}

/// Edits of files, with the versions that they are about where the client knows versions.
pub(super) fn workspace_edit<'e>(
    edits: impl IntoIterator<Item = (&'e Path, Range, &'e str)>,
    client: &Client,
    names: &Names,
) -> Value {
    let mut files: Vec<(&Path, Vec<Value>)> = Vec::new();
    for (path, range, text) in edits {
        let edit = json!({"range": range, "newText": text});
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((path, vec![edit])),
        }
    }
    if client.document_changes {
        let changes = files.into_iter().map(|(path, edits)| document_edit(path, &edits.into(), names));
        return json!({"documentChanges": changes.collect::<Vec<_>>()});
    }
    let changes = files.into_iter().map(|(path, edits)| (names.uri(path), Value::from(edits)));
    json!({"changes": changes.collect::<serde_json::Map<_, _>>()})
}

pub(super) fn document_edit(path: &Path, edits: &Value, names: &Names) -> Value {
    json!({"textDocument": {"uri": names.uri(path), "version": names.version(path)}, "edits": edits})
}

/// A sentence, in Markdown that means nothing else: what stands between backticks is code, as its author meant it.
pub(super) fn prose(text: &str) -> String {
    let text = visible(text);
    let pieces: Vec<&str> = text.split('`').collect();
    let last = pieces.len() - 1;
    let mut result = String::with_capacity(text.len() * 2);
    for (at, piece) in pieces.iter().enumerate() {
        if at % 2 == 1 && at < last {
            result.push_str(&inline_code(piece));
            continue;
        }
        if at % 2 == 1 {
            result.push_str("\\`");
        }
        for character in piece.chars() {
            if "\\*_[]<>#|~&!".contains(character) {
                result.push('\\');
            }
            result.push(character);
        }
    }
    result
}

/// A piece of code, whatever it holds.
pub(super) fn inline_code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{space}{text}{space}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_others_are_text() {
        for (text, expected) in [
            ("a `b_c` d_e", "a `b_c` d\\_e"),
            ("[x](y) <b>", "\\[x\\](y) \\<b\\>"),
            ("one ` alone", "one \\` alone"),
            ("a\n# b", "a\\\\n\\# b"),
        ] {
            assert_eq!(prose(text), expected);
        }
        assert_eq!(inline_code("a`b"), "``a`b``");
        assert_eq!(inline_code("`"), "`` ` ``");
    }
}

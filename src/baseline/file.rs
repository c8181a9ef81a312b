//! The file: one entry a line, sorted, so that a review shows what is new and branches that add entries merge.

use super::{Baseline, Entry, VERSION, value_schema};
use crate::config::shape;
use crate::exceptions::Day;
use crate::source::Span;
use crate::syntax::doc::{NodeRef, Resolved, parse_json};
use serde_json::Value as Json;
use std::sync::LazyLock;

/// What is wrong, and where, if that is known.
pub type Wrong = (Option<Span>, String);

static SCHEMA: LazyLock<Json> = LazyLock::new(value_schema);

/// The entries of a text, each with its place.
///
/// # Errors
/// Everything that is wrong with it: of such a file nothing counts.
pub fn read(text: &str) -> Result<Vec<(Entry, Span)>, Vec<Wrong>> {
    let document = parse_json(text).map_err(|error| vec![(Some(error.span), error.message)])?;
    let Some(root) = document.root(text).filter(|root| root.is_mapping()) else {
        return Err(vec![(None, "no baseline: this is no object".to_owned())]);
    };
    if let Some(version) = root.get("version").filter(|version| !is_known(*version)) {
        let message = format!("another version of the file than {VERSION}, which is what this keyless reads");
        return Err(vec![(Some(version.span()), message)]);
    }
    let mut wrong = Vec::new();
    shape::check(root, &SCHEMA, "", &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong.into_iter().map(|(span, message)| (Some(span), message)).collect());
    }
    let baseline: Baseline = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![(None, error.to_string())])?;
    let places = root.get("entries").into_iter().flat_map(NodeRef::items).map(NodeRef::span);
    let entries: Vec<(Entry, Span)> = baseline.entries.into_iter().zip(places).collect();
    let wrong: Vec<Wrong> =
        entries.iter().filter_map(|(entry, span)| Some((Some(*span), nonsense(entry)?))).collect();
    if wrong.is_empty() { Ok(entries) } else { Err(wrong) }
}

fn is_known(version: NodeRef<'_>) -> bool {
    matches!(version.resolve(), Some(Resolved::Int(number)) if number == i128::from(VERSION))
}

/// What no finding can be.
fn nonsense(entry: &Entry) -> Option<String> {
    if !entry.until.is_empty() && Day::parse(&entry.until).is_none() {
        return Some(format!("`{}` is no day such as 2027-01-31", entry.until));
    }
    let is_hash = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_hash(&entry.fingerprint)).then(|| "a fingerprint has 32 hexadecimal digits".to_owned())
}

/// The file of some entries.
#[must_use]
pub fn write(mut entries: Vec<Entry>) -> String {
    entries.sort();
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap_or_default()))
        .collect();
    let lines = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
    format!("{{\n  \"version\": {VERSION},\n  \"entries\": [{lines}]\n}}\n")
}

//! Findings and open questions as SARIF results.

use super::super::escape::visible;
use super::super::told::{message as told, sentence};
use super::super::view::{Diagnostic, EditView, OfferView, PlaceView, SuppressionView, SuppressionWord};
use super::super::{Level, Report};
use super::rule::Rules;
use super::{location, message, properties};
use serde_json::json;
use serde_sarif::sarif as s;
use std::collections::BTreeMap;

/// Locations that GitHub shows of a result, one of which is where it stands.
const RELATED: usize = 99;
/// Thread flow locations that GitHub shows of a result.
const STEPS: usize = 1_000;
/// Related locations that the message links to: GitHub shows no others.
const LINKS: usize = 10;
/// The name of our fingerprint, with the version of how it is made.
const FINGERPRINT: &str = "keyless/v1";

pub(super) fn of(diagnostic: &Diagnostic, report: &Report, rules: &Rules<'_>) -> s::Result {
    let mut result = s::Result::builder()
        .rule_id(diagnostic.code.as_str())
        .message(message(&text(diagnostic)))
        .locations(vec![location::primary(diagnostic, report)])
        .partial_fingerprints(BTreeMap::from([(FINGERPRINT.to_owned(), diagnostic.fingerprint.clone())]))
        .build();
    result.rule_index = rules.index(&diagnostic.code);
    (result.kind, result.level) = match diagnostic.reason {
        Some(_) => (Some(s::ResultKind::Open), Some(s::ResultLevel::None)),
        None => (Some(s::ResultKind::Fail), Some(level(diagnostic.severity))),
    };
    result.related_locations = related(diagnostic, report);
    result.code_flows = code_flows(&diagnostic.chain, report);
    result.suppressions = diagnostic.suppression.as_ref().map(|said| vec![suppression(said, report)]);
    result.baseline_state = state(diagnostic, report).map(|state| json!(state));
    result.fixes = fixes(diagnostic, report);
    result.properties = diagnostic.commit.as_ref().map(|commit| {
        properties([("commit", json!({ "id": commit.id, "time": commit.time, "in_tree": commit.in_tree }))])
    });
    result
}

fn level(level: Level) -> s::ResultLevel {
    match level {
        Level::Error => s::ResultLevel::Error,
        Level::Warning => s::ResultLevel::Warning,
        Level::Note => s::ResultLevel::Note,
    }
}

/// What is wrong, and links to the places that matter.
/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317467>
fn text(diagnostic: &Diagnostic) -> String {
    let mut text = without_links(&told(diagnostic));
    let labelled =
        diagnostic.related.iter().take(RELATED).zip(1..).filter(|(place, _)| !place.label.is_empty());
    let links: Vec<_> = labelled
        .take(LINKS)
        .map(|(place, id)| format!("[{}]({id})", escaped(&visible(&place.label))))
        .collect();
    if !links.is_empty() {
        text.push_str(&format!(" See {}.", links.join(", ")));
    }
    text
}

/// A name may read like a link: its brackets are escaped.
fn without_links(text: &str) -> String {
    if text.contains("](") { escaped(text) } else { text.to_owned() }
}

fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    for character in text.chars() {
        if matches!(character, '[' | ']' | '\\') {
            result.push('\\');
        }
        result.push(character);
    }
    result
}

fn related(diagnostic: &Diagnostic, report: &Report) -> Option<Vec<s::Location>> {
    let places = diagnostic.related.iter().take(RELATED).zip(1..);
    let all: Vec<_> =
        places.map(|(place, id)| s::Location { id: Some(id), ..location::other(place, report) }).collect();
    (!all.is_empty()).then_some(all)
}

/// The way of the value, from the literal to its use.
fn code_flows(chain: &[PlaceView], report: &Report) -> Option<Vec<s::CodeFlow>> {
    if chain.is_empty() {
        return None;
    }
    // Where there are too many, the literal and its use matter more than what lies between.
    let left_out = STEPS / 2..(STEPS / 2 + chain.len().saturating_sub(STEPS));
    let kept = chain.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
    let step = |(at, place): (usize, &PlaceView)| {
        s::ThreadFlowLocation::builder()
            .location(location::other(place, report))
            .execution_order(i64::try_from(at).unwrap_or_default())
            .build()
    };
    let flow = s::ThreadFlow::builder().locations(kept.map(step).collect::<Vec<_>>()).build();
    Some(vec![s::CodeFlow::builder().thread_flows(vec![flow]).build()])
}

/// Fixes that a program can apply.
fn fixes(diagnostic: &Diagnostic, report: &Report) -> Option<Vec<s::Fix>> {
    let offered = diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty());
    let fixes: Vec<s::Fix> = offered.map(|offer| fix(offer, report)).collect();
    (!fixes.is_empty()).then_some(fixes)
}

fn fix(offer: &OfferView, report: &Report) -> s::Fix {
    let mut changes: Vec<s::ArtifactChange> = Vec::new();
    for file in offer.edits.chunk_by(|a, b| a.path == b.path) {
        let Some(first) = file.first() else { continue };
        let replacements: Vec<s::Replacement> = file.iter().map(|edit| replacement(edit, report)).collect();
        if let Some(artifact) = location::physical(report, &first.path, None).artifact_location {
            changes.push(
                s::ArtifactChange::builder().artifact_location(artifact).replacements(replacements).build(),
            );
        }
    }
    let OfferView { title, effect, because, note, safety, .. } = offer;
    let effect = effect.told();
    let deployed = if because.is_empty() { effect.to_owned() } else { format!("{effect}: {because}") };
    // What shows fixes shows these words, and no properties.
    let title = if safety.is_safe() { title.clone() } else { format!("Unsafe: {title}") };
    let sentences = [title, deployed, note.clone()];
    let told: Vec<String> =
        sentences.iter().filter(|text| !text.is_empty()).map(|text| sentence(&visible(text))).collect();
    let mut fix = s::Fix::builder()
        .description(message(&without_links(&told.join(" "))))
        .artifact_changes(changes)
        .build();
    fix.properties = Some(properties([("safety", json!(safety)), ("effect", json!(offer.effect))]));
    fix
}

fn replacement(edit: &EditView, report: &Report) -> s::Replacement {
    let region = location::physical(report, &edit.path, Some((edit.start, Some(edit.end)))).region;
    let mut replacement = s::Replacement::builder().deleted_region(region.unwrap_or_default()).build();
    if !edit.text.is_empty() {
        let mut content = s::ArtifactContent::builder().build();
        content.text = Some(edit.text.clone());
        replacement.inserted_content = Some(content);
    }
    replacement
}

fn suppression(said: &SuppressionView, report: &Report) -> s::Suppression {
    let kind = match said.kind {
        SuppressionWord::Acknowledged | SuppressionWord::Comment | SuppressionWord::Metadata => "inSource",
        SuppressionWord::Baseline => "external",
    };
    let mut suppression = s::Suppression::builder()
        .kind(kind)
        .status("accepted")
        .location(location::other(&said.place, report))
        .build();
    suppression.justification = (!said.reason.is_empty()).then(|| sentence(&visible(&said.reason)));
    suppression.properties = said.until.as_ref().map(|until| properties([("until", json!(until))]));
    suppression
}

/// Where a change alone is gated, whether a finding is in it.
fn state(diagnostic: &Diagnostic, report: &Report) -> Option<&'static str> {
    let gate = report.gate.as_ref().filter(|gate| gate.whole.is_none());
    gate.map(|_| if diagnostic.existing { "unchanged" } else { "new" })
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn a_name_is_no_link() {
        assert_eq!(without_links("module.m[\"a\"].x"), "module.m[\"a\"].x");
        assert_eq!(without_links("x[here](https://example.org)"), "x\\[here\\](https://example.org)");
    }
}

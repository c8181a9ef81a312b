//! What is shown of a place: the findings there with their policy's page, and what a value comes to.

use super::analysis::ValueAt;
use super::ask::{Here, Known, at};
use super::item::{Item, Kind, joined};
use super::render::{inline_code, prose};
use crate::policies::{EMBEDDED, Embedded};
use crate::report::visible;
use lsp_types::{Position, Range};
use serde_json::{Value, json};

/// How many findings are shown at once, and how many places of a value.
const MOST: usize = 3;
const MOST_STEPS: usize = 12;

pub(super) fn hover(known: &Known<'_, '_>, here: &Here, position: Position) -> Value {
    let all = known.items_of(&here.path);
    let items = joined(&all);
    let items = at(&items, position);
    let offset = known.offset(here, position);
    let mut values: Vec<ValueAt> = Vec::new();
    for analysis in &known.analyses {
        for value in analysis.values_at(&here.path, offset) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    if items.is_empty() && values.is_empty() {
        return Value::Null;
    }
    let range = items.first().map(|item| item.range);
    let mut parts: Vec<String> = values.iter().take(MOST).map(|value| of_value(value, known)).collect();
    parts.extend(items.iter().take(MOST).map(|item| of_item(item)));
    let text = parts.join("\n\n---\n\n");
    answer(&text, range, known.client.markdown)
}

fn answer(text: &str, range: Option<Range>, markdown: bool) -> Value {
    let kind = if markdown { "markdown" } else { "plaintext" };
    let mut answer = json!({"contents": {"kind": kind, "value": text}});
    if let Some(range) = range {
        answer["range"] = json!(range);
    }
    answer
}

fn of_item(item: &Item) -> String {
    let title = match item.kind {
        Kind::Problem(kind) => return format!("**not judged** ({}): {}", kind.as_str(), prose(&item.title)),
        Kind::Finding(_) => prose(&item.title),
        Kind::Open => format!("open question: {}", prose(&item.title)),
        Kind::Suppressed => format!("excepted: {}", prose(&item.title)),
    };
    let mut parts = vec![format!("**{}** {} · {title}", item.code, item.name)];
    let mut say = |text: &str| {
        if !text.is_empty() {
            parts.push(prose(text));
        }
    };
    say(&item.label);
    say(item.reason.as_deref().unwrap_or_default());
    say(&item.help);
    if !item.addresses.is_empty() {
        let names: Vec<String> = item.addresses.iter().take(MOST).map(|name| inline_code(name)).collect();
        let rest = item.addresses.len().saturating_sub(MOST);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        parts.push(format!("Concerns {}{more}.", names.join(", ")));
    }
    if let Some(policy) = EMBEDDED.iter().find(|policy| policy.stem == &*item.name) {
        parts.push(shortened(policy));
    }
    if item.url.starts_with("https://") {
        parts.push(format!("[The page of {}]({})", item.code, item.url));
    }
    parts.join("\n\n")
}

/// What a policy asks, why, and how to fix it: its page without examples and references.
fn shortened(policy: &Embedded) -> String {
    let mut sections = policy.page.split("\n## ");
    let head = sections.next().unwrap_or_default();
    let head = head.split_once('\n').map_or("", |(_, rest)| rest).trim();
    let wanted = sections.filter_map(|section| {
        let (name, text) = section.split_once('\n')?;
        ["Why", "How to fix"]
            .contains(&name.trim())
            .then(|| format!("**{}**\n\n{}", name.trim(), text.trim()))
    });
    [head.to_owned()].into_iter().chain(wanted).collect::<Vec<_>>().join("\n\n")
}

/// A value with the way that it took.
fn of_value(value: &ValueAt, known: &Known<'_, '_>) -> String {
    let name = inline_code(&value.name);
    let mut lines = vec![if value.is_known {
        format!("{name} = {}", inline_code(&value.value))
    } else {
        format!("{name}: {}", prose(&value.value))
    }];
    for step in value.chain.iter().take(MOST_STEPS) {
        let path = step.spot.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let line = step.spot.range.start.line + 1;
        let place = if known.client.markdown {
            let uri = known.names().uri(&step.spot.path);
            format!("[{}:{line}]({uri}#L{line})", prose(&path))
        } else {
            format!("{}:{line}", visible(&path))
        };
        lines.push(format!("- {place} {}", prose(&step.label)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_shortened_to_what_helps() {
        for policy in EMBEDDED {
            let text = shortened(policy);
            assert!(text.contains("**Why**") && text.contains("**How to fix**"), "{}", policy.stem);
            assert!(!text.contains("## Bad") && !text.contains("## References"), "{}", policy.stem);
        }
    }
}

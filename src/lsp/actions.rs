//! What can be done about findings: fixes that were tried, all safe ones of a file at once, and exceptions.

use super::analysis::Mend;
use super::ask::{Here, Known};
use super::client::FIX_ALL;
use super::item::{Item, Kind};
use super::render::{document_edit, workspace_edit};
use super::text::Lines;
use crate::exceptions;
use crate::findings::{Effect, Safety};
use crate::report::visible;
use crate::source::SourceFile;
use lsp_types::Range;
use serde_json::{Value, json};
use std::path::Path;

const QUICK_FIX: &str = "quickfix";

/// What stands where the reason of an exception is to be written. It is none, and an exception without a reason silences nothing.
const NO_REASON: &str = "…";

pub(super) fn all(known: &Known<'_, '_>, here: &Here, range: Range, only: Option<&[String]>) -> Value {
    let wants = |kind: &str| {
        only.is_none_or(|only| {
            only.iter().any(|wanted| {
                kind.strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                    || wanted.is_empty()
            })
        })
    };
    let mut actions: Vec<Value> = Vec::new();
    let mut exceptions: Vec<Value> = Vec::new();
    // Without `codeAction/resolve` all fixes would be tried with every move of the cursor.
    let wants_all = wants(FIX_ALL) && (known.client.resolves_edits || only.is_some());
    let mut is_safe = false;
    for analysis in &known.analyses {
        for item in analysis.items(&here.path).iter().filter(|item| !item.is_problem()) {
            let touched = item.range.start <= range.end && range.start <= item.range.end;
            let needed = wants(QUICK_FIX) && touched;
            if known.question.is_cancelled() || matches!(item.kind, Kind::Suppressed) {
                continue;
            }
            if needed {
                let mends = analysis.fixes(&here.path, item);
                actions.extend(mends.iter().filter_map(|mend| fix(known, item, mend)));
                exceptions.extend(except(known, here, item));
            }
        }
        is_safe = is_safe || wants_all && analysis.may_be_mended(&here.path);
    }
    let mut seen: Vec<Value> = Vec::new();
    for action in actions.into_iter().chain(exceptions).chain(is_safe.then(|| fix_all(known, here)).flatten())
    {
        if !seen.contains(&action) {
            seen.push(action);
        }
    }
    seen.into()
}

/// An action that mends a finding; shown without effect where it is to be written by hand.
fn fix(known: &Known<'_, '_>, item: &Item, mend: &Mend) -> Option<Value> {
    if mend.safety == Safety::Unsafe && !known.question.unsafe_fixes {
        return None;
    }
    let mut action = json!({
        "title": title(mend),
        "kind": QUICK_FIX,
        "diagnostics": [known.diagnostic(item)],
    });
    if mend.is_applicable() {
        let edits = mend.edits.iter().map(|edit| (edit.path.as_path(), edit.range, edit.text.as_str()));
        action["edit"] = workspace_edit(edits, known.client, known.names());
        if mend.safety == Safety::Safe && known.client.preferred_actions {
            action["isPreferred"] = true.into();
        }
    } else if known.client.disabled_actions {
        let note = if mend.note.is_empty() { "it is to be written by hand" } else { &mend.note };
        action["disabled"] = json!({"reason": visible(note)});
    } else {
        return None;
    }
    Some(action)
}

/// `Require session tokens (in place)`.
fn title(mend: &Mend) -> String {
    let title = visible(&mend.title);
    let mut letters = title.chars();
    let title =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let effect = match mend.effect {
        Effect::None => "changes nothing that is deployed",
        Effect::InPlace => "in place",
        Effect::Restart => "restarts",
        Effect::Replacement => "replaces the resource",
        Effect::OneWay => "cannot be undone",
    };
    match mend.safety {
        Safety::Safe => format!("{title} ({effect})"),
        Safety::Unsafe => format!("{title} (unsafe: look first; {effect})"),
        Safety::Display => format!("{title} (by hand; {effect})"),
    }
}

/// An exception for a finding, without a reason yet.
fn except(known: &Known<'_, '_>, here: &Here, item: &Item) -> Option<Value> {
    if !item.is_exceptable {
        return None;
    }
    let name = here.path.file_name()?.to_string_lossy().into_owned();
    let source = SourceFile::new(name.clone(), name, here.text.to_string(), false);
    let placing = exceptions::place(&source, item.offset, &item.code)?;
    let lines = Lines::new(&here.text);
    let position = |at| lines.position(&here.text, at, known.client.encoding);
    let range = Range::new(position(placing.range.start), position(placing.range.end));
    let opening = placing.opens.map(|at| Range::new(position(at), position(at)));
    let edit = if known.client.snippets {
        let value = format!("{}${{1:{NO_REASON}}}{}", snippet(&placing.before), snippet(&placing.after));
        let mut edits = vec![json!({"range": range, "snippet": {"kind": "snippet", "value": value}})];
        edits.extend(opening.map(|range| json!({"range": range, "newText": exceptions::OPEN})));
        json!({"documentChanges": [document_edit(&here.path, &edits.into(), known.names())]})
    } else {
        let text = placing.text(NO_REASON);
        let opening = opening.map(|range| (here.path.as_path(), range, exceptions::OPEN));
        let edits = [(here.path.as_path(), range, text.as_str())].into_iter().chain(opening);
        workspace_edit(edits, known.client, known.names())
    };
    let place = if placing.is_of_file { "in all of this file" } else { "here" };
    Some(json!({
        "title": format!("Except {} {place}, with a reason that you write", item.code),
        "kind": QUICK_FIX,
        "diagnostics": [known.diagnostic(item)],
        "edit": edit,
    }))
}

/// A text that a snippet inserts as it is.
fn snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// All safe fixes of a file; what they are in full is found out when it is asked for, where the client asks.
fn fix_all(known: &Known<'_, '_>, here: &Here) -> Option<Value> {
    let mut action = json!({
        "title": "Apply all safe fixes of keyless in this file",
        "kind": FIX_ALL,
    });
    if known.client.resolves_edits {
        action["data"] = json!({"uri": known.names().uri(&here.path), "fixAll": true});
        return Some(action);
    }
    action["edit"] = edit_of_all(known, &here.path)?;
    Some(action)
}

fn edit_of_all(known: &Known<'_, '_>, path: &Path) -> Option<Value> {
    // What holds together is known of the fixes of one analysis: those of the next one wait.
    let all = known.analyses.iter().map(|analysis| analysis.safe_fixes(path));
    let edits = all.into_iter().find(|edits| !edits.is_empty())?;
    let edits_of = edits.iter().map(|edit| (edit.path.as_path(), edit.range, edit.text.as_str()));
    Some(workspace_edit(edits_of, known.client, known.names()))
}

/// An action with its edit.
pub(super) fn resolved(known: &Known<'_, '_>, here: &Here, action: &Value) -> Value {
    let mut action = action.clone();
    if action.pointer("/data/fixAll") == Some(&Value::Bool(true)) {
        // Where nothing is to be done, nothing is: editors apply it whenever a file is saved.
        action["edit"] = edit_of_all(known, &here.path).unwrap_or_else(|| json!({"changes": {}}));
    }
    action
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_fix_does_is_in_its_title() {
        let mend = |safety, effect| Mend {
            title: "require session tokens".to_owned(),
            safety,
            effect,
            note: String::new(),
            edits: Vec::new(),
        };
        assert_eq!(title(&mend(Safety::Safe, Effect::InPlace)), "Require session tokens (in place)");
        assert_eq!(
            title(&mend(Safety::Unsafe, Effect::Replacement)),
            "Require session tokens (unsafe: look first; replaces the resource)"
        );
    }

    #[test]
    fn a_snippet_is_the_text() {
        assert_eq!(snippet("a ${b} \\"), "a \\${b\\} \\\\");
    }
}

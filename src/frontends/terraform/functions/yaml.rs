//! YAML as `yamlencode` writes it: block style, every text and key in double quotes, long texts as literal blocks.

use crate::model::{Kind, Value};

/// The document; `None` where the value holds something unknown.
pub(super) fn encode(value: &Value) -> Option<String> {
    let mut out = String::new();
    write(value, 0, false, &mut out)?;
    if !out.ends_with('\n') {
        out.push('\n');
    }
    if matches!(value.kind, Kind::Null | Kind::Bool(_) | Kind::Number(_)) {
        // A plain scalar by itself is closed, so that nothing can continue it.
        out.push_str("...\n");
    }
    Some(out)
}

/// Writes a node. `after_key`: the line already holds a key, whose own indentation is two less.
fn write(value: &Value, indent: usize, after_key: bool, out: &mut String) -> Option<()> {
    match &value.kind {
        Kind::Null => out.push_str("null"),
        Kind::Bool(_) | Kind::Number(_) => out.push_str(&value.to_text()?),
        Kind::String(text) if is_block(text) => write_block(text, indent, out),
        Kind::String(text) => {
            let column = out.chars().rev().take_while(|c| *c != '\n').count();
            out.push_str(&quote(text, Some((column, indent.max(2)))));
        }
        Kind::List(items) if items.is_empty() => out.push_str("[]"),
        Kind::List(items) => {
            // A list under a key stands at the key's own indentation.
            let indent = if after_key { indent - 2 } else { indent };
            for (at, item) in items.iter().enumerate() {
                begin_line(at == 0 && !after_key, indent, out);
                out.push_str("- ");
                write(item, indent + 2, false, out)?;
            }
        }
        Kind::Object(object) if object.rest.is_some() => return None,
        Kind::Object(object) if object.entries.is_empty() => out.push_str("{}"),
        Kind::Object(object) => {
            for (at, entry) in object.entries.iter().enumerate() {
                begin_line(at == 0 && !after_key, indent, out);
                out.push_str(&quote(&entry.key, None));
                out.push(':');
                if !is_collection(&entry.value) {
                    out.push(' ');
                }
                write(&entry.value, indent + 2, true, out)?;
            }
        }
        Kind::Unknown(_) | Kind::Choice(_) => return None,
    }
    Some(())
}

/// A collection that is written over several lines.
fn is_collection(value: &Value) -> bool {
    match &value.kind {
        Kind::List(items) => !items.is_empty(),
        Kind::Object(object) => !object.entries.is_empty(),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => false,
    }
}

fn begin_line(is_inline: bool, indent: usize, out: &mut String) {
    if is_inline {
        return;
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&" ".repeat(indent));
}

/// Texts of several lines are literal blocks where a block can hold them.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && text.chars().all(|c| c == '\n' || is_printable(c))
        && !text.contains(" \n")
        && !text.ends_with(' ')
}

fn is_printable(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn write_block(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    out.push('|');
    if text.starts_with([' ', '\n']) {
        // The indentation cannot be seen from the first line.
        out.push('2');
    }
    match text.len() - body.len() {
        0 => out.push('-'),
        1 if !body.is_empty() => {}
        _ => out.push('+'),
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent.max(2)));
            out.push_str(line);
        }
    }
    out.push('\n');
}

/// Lines longer than this are folded at the next space.
const WIDTH: usize = 80;

/// In double quotes. `fold`: the column where it starts and the indentation of further lines.
fn quote(text: &str, fold: Option<(usize, usize)>) -> String {
    let mut out = String::from("\"");
    let mut line_start = 0;
    let mut column = fold.map_or(0, |(column, _)| column);
    let mut after_space = false;
    let last = text.chars().count().saturating_sub(1);
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        if let (Some((_, indent)), ' ') = (fold, c) {
            let width = column + out[line_start..].chars().count();
            if !after_space && width > WIDTH && at > 0 && at < last {
                out.push('\n');
                line_start = out.len();
                column = 0;
                out.push_str(&" ".repeat(indent));
                if chars.peek().is_some_and(|(_, next)| *next == ' ') {
                    out.push('\\');
                }
                after_space = true;
                continue;
            }
        }
        after_space = c == ' ';
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\u{1b}' => out.push_str("\\e"),
            '\u{85}' => out.push_str("\\N"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) < 0x100 => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            c if u32::from(c) < 0x1_0000 => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

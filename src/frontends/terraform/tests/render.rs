//! Values as the console prints them, on one line.
//! <https://github.com/hashicorp/terraform/blob/v1.11.4/internal/repl/format.go>

use super::super::lazy::is_error;
use crate::model::{Kind, Marks, Value};

/// `None` for what Terraform would refuse.
pub(super) fn render(value: &Value) -> Option<String> {
    if is_error(value) {
        return None;
    }
    let items = |items: Vec<String>| items.join(", ");
    let inside = match &value.kind {
        Kind::List(list) => Some(list.iter().map(render).collect::<Option<Vec<_>>>()?),
        Kind::Object(object) => {
            let entry = |entry: &crate::model::Entry| {
                Some(format!("{} = {}", quote(&entry.key), render(&entry.value)?))
            };
            Some(object.entries.iter().map(entry).collect::<Option<Vec<_>>>()?)
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => None,
    };
    let is_unknown = match &value.kind {
        Kind::Unknown(_) | Kind::Choice(_) => true,
        Kind::List(_) if value.marks.has(Marks::SET) => false,
        Kind::List(items) => items.iter().any(|item| item.marks.has(Marks::SEVERAL)),
        Kind::Object(object) => object.rest.is_some(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
    };
    if is_unknown {
        return Some("(known after apply)".to_owned());
    }
    if value.marks.has(Marks::SENSITIVE) {
        return Some("(sensitive value)".to_owned());
    }
    if value.marks.has(Marks::EPHEMERAL) {
        return Some("(ephemeral value)".to_owned());
    }
    Some(match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(flag) => flag.to_string(),
        Kind::Number(_) => value.to_text()?.to_string(),
        Kind::String(text) => quote(text),
        Kind::List(_) => {
            let list = format!("[{}]", items(inside?));
            if value.marks.has(Marks::SET) {
                format!("toset({list})")
            } else if value.marks.has(Marks::UNIFORM) {
                format!("tolist({list})")
            } else {
                list
            }
        }
        Kind::Object(_) => {
            let object = format!("{{{}}}", items(inside?));
            if value.marks.has(Marks::UNIFORM) { format!("tomap({object})") } else { object }
        }
        Kind::Choice(_) | Kind::Unknown(_) => return None,
    })
}

/// Go's `strconv.Quote`.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '\u{7f}' => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            '\u{80}'..='\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

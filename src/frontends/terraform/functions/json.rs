//! JSON as Terraform writes and reads it.

use super::pieces::Pieces;
use crate::frontends::terraform::convert::number;
use crate::model::{Entry, Kind, Object, Origin, Unknown, Value};
use crate::syntax::doc::{self, NodeKind, NodeRef, ParseError, ScalarStyle};

/// Compact JSON with sorted keys. With unknown values inside, an unknown text with its known parts.
#[must_use]
pub fn encode(value: &Value) -> Value {
    let mut pieces = Pieces::default();
    write(value, &mut pieces);
    pieces.finish("jsonencode")
}

fn write(value: &Value, pieces: &mut Pieces) {
    let plain = |pieces: &mut Pieces, text: &str| pieces.text(text, &Origin::None);
    match &value.kind {
        Kind::Null => plain(pieces, "null"),
        Kind::Bool(_) | Kind::Number(_) => pieces.text(&value.to_text().unwrap_or_default(), &value.origin),
        Kind::String(text) => {
            plain(pieces, "\"");
            pieces.text(&escape(text), &value.origin);
            plain(pieces, "\"");
        }
        Kind::List(items) => {
            plain(pieces, "[");
            for (at, item) in items.iter().enumerate() {
                plain(pieces, if at == 0 { "" } else { "," });
                write(item, pieces);
            }
            plain(pieces, "]");
        }
        Kind::Object(object) => write_object(object, pieces),
        Kind::Unknown(unknown) if !unknown.elements.is_empty() => {
            plain(pieces, "{");
            write_elements(unknown, true, pieces);
            plain(pieces, "}");
        }
        Kind::Unknown(unknown) if unknown.parts.is_empty() => pieces.unknown(&unknown.reason),
        Kind::Unknown(unknown) => {
            plain(pieces, "\"");
            pieces.unknown_parts(unknown, escape);
            plain(pieces, "\"");
        }
        Kind::Choice(choice) => {
            let text = crate::frontends::terraform::convert::condition_text(&choice.condition);
            pieces.unknown(&crate::model::Reason::Condition { text: text.into() });
        }
    }
}

fn write_object(object: &Object, pieces: &mut Pieces) {
    let plain = |pieces: &mut Pieces, text: &str| pieces.text(text, &Origin::None);
    plain(pieces, "{");
    for (at, entry) in object.entries.iter().enumerate() {
        plain(pieces, if at == 0 { "\"" } else { ",\"" });
        plain(pieces, &escape(&entry.key));
        plain(pieces, "\":");
        write(&entry.value, pieces);
    }
    match &object.rest {
        Some(rest) if rest.elements.is_empty() => pieces.unknown(&rest.reason),
        Some(rest) => write_elements(rest, object.entries.is_empty(), pieces),
        None => {}
    }
    plain(pieces, "}");
}

/// Members whose keys are not known.
fn write_elements(unknown: &Unknown, mut is_first: bool, pieces: &mut Pieces) {
    let plain = |pieces: &mut Pieces, text: &str| pieces.text(text, &Origin::None);
    for element in unknown.elements.iter() {
        plain(pieces, if is_first { "\"" } else { ",\"" });
        pieces.unknown(&unknown.reason);
        plain(pieces, "\":");
        write(element, pieces);
        is_first = false;
    }
}

/// The inside of a JSON string as Go writes it: also `<`, `>`, `&` and the two line separators are escaped.
pub fn escape(text: &str) -> String {
    let is_plain =
        |byte: u8| (b' '..0x80).contains(&byte) && !matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&');
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

/// Numbers keep all their digits.
pub(super) fn decode(text: &str) -> Result<Value, ParseError> {
    let document = doc::parse_json(text)?;
    Ok(document.root(text).map_or_else(Value::null, read))
}

fn read(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::Null => Value::null(),
        NodeKind::Scalar(style, _) => {
            let text = node.scalar_text().unwrap_or_default();
            match &*text {
                _ if style != ScalarStyle::Plain => Value::string(text.into_owned()),
                "null" => Value::null(),
                "true" | "false" => Value::bool(text == "true"),
                _ => number::parse(&text).map_or_else(Value::null, |number| Value::new(Kind::Number(number))),
            }
        }
        NodeKind::Sequence(_) => Value::list(node.items().map(read)),
        NodeKind::Mapping(_) => {
            let key = |key: NodeRef<'_>| key.scalar_text().unwrap_or_default().into_owned();
            Value::object(Object::new(
                node.entries().map(|(name, value)| Entry::new(key(name), read(value))).collect(),
            ))
        }
    }
}

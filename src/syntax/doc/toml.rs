//! TOML into the tree of YAML and JSON. The parser is `toml`'s.

use super::builder::Builder;
use super::scalar::Notation;
use super::tree::{Document, NodeId, NodeKind, ScalarStyle};
use super::{MAX_DEPTH, ParseError};
use crate::source::Span;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn parse(text: &str) -> Result<Document, ParseError> {
    let table = DeTable::parse(text).map_err(|error| error_of(&error))?;
    let mut lowering = Lowering { text, builder: Builder::new(text, Notation::Json) };
    let span = Span::new(0, text.len());
    let root = lowering.table(table.get_ref(), span, 0)?;
    lowering.builder.root(root);
    Ok(lowering.builder.finish())
}

/// Everything that breaks the grammar, in the order of the text.
pub(super) fn errors(text: &str) -> Vec<ParseError> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut all: Vec<ParseError> = errors.iter().map(error_of).collect();
    all.sort_by_key(|error| error.span);
    all
}

/// Where comments stand, with their `#`: what is not inside of a string.
pub(super) fn comments(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let line_end = |at: usize| memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'#' => {
                let end = line_end(at);
                let end = if bytes[..end].ends_with(b"\r") { end - 1 } else { end };
                found.push(Span::new(at, end));
                line_end(at)
            }
            b'"' | b'\'' => string_end(bytes, at, byte),
            _ => at + 1,
        };
    }
    found
}

/// After the string that begins here. One of a line that is not closed ends with the line.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let triple = [quote; 3];
    let is_long = bytes[start..].starts_with(&triple);
    let mut at = start + if is_long { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b'\n' if !is_long => return at,
            _ if is_long && bytes[at..].starts_with(&triple) => return at + 3,
            _ if !is_long && byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn error_of(error: &toml::de::Error) -> ParseError {
    let at = error.span().unwrap_or(0..0);
    ParseError { span: Span::new(at.start, at.end), ..ParseError::syntax(at.start, error.message()) }
}

struct Lowering<'t> {
    text: &'t str,
    builder: Builder<'t>,
}

impl Lowering<'_> {
    /// Entries in the order of the file, whatever the order of the map.
    fn table(&mut self, table: &DeTable<'_>, span: Span, depth: usize) -> Result<NodeId, ParseError> {
        if depth >= MAX_DEPTH {
            return Err(ParseError::too_deep(span.range().start));
        }
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut pairs = Vec::with_capacity(entries.len() * 2);
        for (key, value) in entries {
            pairs.push(self.string(key.span(), key.get_ref()));
            pairs.push(self.value(value, depth + 1)?);
        }
        let kind = self.builder.mapping(&pairs);
        Ok(self.builder.node(span, kind))
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<NodeId, ParseError> {
        let range = value.span();
        let span = Span::new(range.start, range.end);
        Ok(match value.get_ref() {
            DeValue::Table(table) => return self.table(table, span, depth),
            DeValue::Array(items) if depth < MAX_DEPTH => {
                let items: Result<Vec<NodeId>, ParseError> =
                    items.iter().map(|item| self.value(item, depth + 1)).collect();
                let kind = self.builder.sequence(&items?);
                self.builder.node(span, kind)
            }
            DeValue::Array(_) => return Err(ParseError::too_deep(range.start)),
            DeValue::String(text) => self.string(range, text),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                let text = self.text.get(range).unwrap_or_default();
                let text = self.builder.scalar_text(span, text);
                self.builder.node(span, NodeKind::Scalar(ScalarStyle::Plain, text))
            }
        })
    }

    /// A string or key; its span is that of what stands between the quotes.
    fn string(&mut self, range: Range<usize>, text: &str) -> NodeId {
        let source = self.text.get(range.clone()).unwrap_or_default();
        let (mut start, mut end) = (range.start, range.end);
        let mut style = ScalarStyle::Plain;
        for quotes in ["\"\"\"", "'''", "\"", "'"] {
            let longest = source.len() >= quotes.len() * 2;
            if longest && source.starts_with(quotes) && source.ends_with(quotes) {
                style = ScalarStyle::Quoted;
                start += quotes.len();
                end -= quotes.len();
                break;
            }
        }
        let span = Span::new(start, end);
        let text = self.builder.scalar_text(span, text);
        self.builder.node(span, NodeKind::Scalar(style, text))
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::doc::{NodeRef, Places, parse_toml, toml_errors};

    #[test]
    fn strings_stand_between_their_quotes() {
        let text = "[a.b]\nx = \"p \\\"q\\\" r\"\ny = 'lit'\nz = 3\nlist = [\"one\", '''two''']\n\n[a]\n\"k e y\" = true\n";
        let document = parse_toml(text).unwrap();
        let root = document.root(text).unwrap();
        let table = root.get("a").unwrap().get("b").unwrap();
        let x = table.get("x").unwrap();
        assert_eq!(x.scalar_text().unwrap(), "p \"q\" r");
        assert_eq!(x.source(), "p \\\"q\\\" r");
        let span = Places::of(x).span(3..4);
        assert_eq!(text.get(span.range()), Some("q"));
        assert_eq!(table.get("y").unwrap().source(), "lit");
        assert_eq!(table.get("z").unwrap().scalar_text().unwrap(), "3");
        let items: Vec<_> = table.get("list").unwrap().items().map(NodeRef::source).collect();
        assert_eq!(items, ["one", "two"]);
        assert!(root.get("a").unwrap().get("k e y").is_some());
    }

    #[test]
    fn errors_have_a_place() {
        let error = parse_toml("a = 1\nb = \n").unwrap_err();
        assert!((6..12).contains(&error.span.start), "{error:?}");
        assert!(parse_toml("a = 1\na = 2\n").is_err());
        let all = toml_errors("a = \nb = 1\nc = \n");
        assert_eq!(all.iter().map(|error| error.span.start).collect::<Vec<_>>(), [4, 15], "{all:?}");
        assert!(toml_errors("a = 1\n").is_empty());
    }
}

//! JSON without a tree: values are found by skipping, and parsed one by one where they matter, so that a file of hundreds
//! of megabytes costs no more memory than its text.

use super::json::{skip_ordinary, unescape};
use super::{Document, ParseError, parse_json};
use crate::source::Span;
use std::borrow::Cow;

/// A JSON value that has not been looked into. Its brackets and quotes are known to match.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Raw<'t> {
    /// The one value of a text.
    pub fn document(text: &'t str) -> Result<Self, ParseError> {
        let start = skip_space(text.as_bytes(), if text.starts_with('\u{feff}') { 3 } else { 0 });
        let end = skip_value(text.as_bytes(), start)?;
        if skip_space(text.as_bytes(), end) < text.len() {
            return Err(ParseError::syntax(end, "expected the end of the document"));
        }
        Ok(Self { text, start, end })
    }

    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The value as it stands.
    #[must_use]
    pub fn source(self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or("")
    }

    /// A string's text.
    #[must_use]
    pub fn as_text(self) -> Option<Cow<'t, str>> {
        let inner = self.source().strip_prefix('"')?.strip_suffix('"')?;
        Some(if inner.contains('\\') { Cow::Owned(unescape(inner)) } else { Cow::Borrowed(inner) })
    }

    /// Keys and values of an object, in order; nothing for anything else.
    pub fn members(self) -> Result<Vec<(Cow<'t, str>, Self)>, ParseError> {
        let mut found = Vec::new();
        self.each(b'{', b'}', |key, value| {
            found.extend(key.and_then(Self::as_text).map(|key| (key, value)));
        })?;
        Ok(found)
    }

    /// The value at a key of an object; of doubles the last one.
    pub fn get(self, key: &str) -> Result<Option<Self>, ParseError> {
        let members = self.members()?;
        Ok(members.into_iter().rev().find(|(name, _)| name == key).map(|(_, value)| value))
    }

    /// Items of an array; nothing for anything else.
    pub fn items(self) -> Result<Vec<Self>, ParseError> {
        let mut found = Vec::new();
        self.each(b'[', b']', |_, value| found.push(value))?;
        Ok(found)
    }

    /// A tree of this value alone. Its spans count from the value's start.
    pub fn parse(self) -> Result<Document, ParseError> {
        parse_json(self.source()).map_err(|error| {
            let span = Span::new(error.span.range().start + self.start, error.span.range().end + self.start);
            ParseError { span, ..error }
        })
    }

    fn each(self, open: u8, close: u8, mut meet: impl FnMut(Option<Self>, Self)) -> Result<(), ParseError> {
        let bytes = self.text.as_bytes().get(..self.end).unwrap_or(&[]);
        if bytes.get(self.start) != Some(&open) {
            return Ok(());
        }
        let mut at = skip_space(bytes, self.start + 1);
        if bytes.get(at) == Some(&close) {
            return Ok(());
        }
        loop {
            let mut key = None;
            if open == b'{' {
                let end = skip_value(bytes, at)?;
                key = Some(Self { text: self.text, start: at, end });
                let colon = skip_space(bytes, end);
                if bytes.get(at) != Some(&b'"') || bytes.get(colon) != Some(&b':') {
                    return Err(ParseError::syntax(at, "expected a key in quotes and `:`"));
                }
                at = skip_space(bytes, colon + 1);
            }
            let end = skip_value(bytes, at)?;
            meet(key, Self { text: self.text, start: at, end });
            at = skip_space(bytes, end);
            match bytes.get(at) {
                Some(b',') => at = skip_space(bytes, at + 1),
                Some(byte) if *byte == close => return Ok(()),
                _ => return Err(ParseError::syntax(at, "expected `,` or the end of the collection")),
            }
        }
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the value ends that starts here.
fn skip_value(bytes: &[u8], start: usize) -> Result<usize, ParseError> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b'"') => at = skip_string(bytes, at)?,
            Some(b'{' | b'[') => {
                depth += 1;
                at += 1;
                continue;
            }
            Some(b'}' | b']') if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b':') if depth > 0 => {
                at += 1;
                continue;
            }
            Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'-') => {
                while bytes
                    .get(at)
                    .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
                {
                    at += 1;
                }
            }
            Some(_) => return Err(ParseError::syntax(at, "expected a value")),
            None => return Err(ParseError::syntax(at, "the text ends inside a value")),
        }
        if depth == 0 {
            return Ok(at);
        }
    }
}

/// Where the string ends that starts with this quote.
fn skip_string(bytes: &[u8], quote: usize) -> Result<usize, ParseError> {
    let mut at = quote + 1;
    loop {
        at = skip_ordinary(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at += 2,
            Some(_) => return Err(ParseError::syntax(at, "a control character inside a string")),
            None => return Err(ParseError::syntax(quote, "this string is never closed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_are_found_without_a_tree() {
        let text = r#" {"a\"b": [1, {"x": "}]"}, "s"], "c": {}, "d": null, "c": true} "#;
        let raw = Raw::document(text).unwrap();
        let members = raw.members().unwrap();
        let keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
        assert_eq!(keys, ["a\"b", "c", "d", "c"]);
        let items = members[0].1.items().unwrap();
        assert_eq!(
            items.iter().map(|item| item.source()).collect::<Vec<_>>(),
            ["1", r#"{"x": "}]"}"#, "\"s\""]
        );
        assert_eq!(raw.get("c").unwrap().unwrap().source(), "true");
        assert!(items[0].items().unwrap().is_empty());
        let document = items[1].parse().unwrap();
        assert_eq!(document.root(items[1].source()).unwrap().get("x").unwrap().scalar_text().unwrap(), "}]");
    }

    #[test]
    fn what_is_no_json_is_an_error_and_no_panic() {
        for text in
            ["", "{", "[1", "\"a", "{\"a\"}", "{1:2}", "[1 2]", "{} {}", "[,]", "\"a\\", "{\"a\":}", "}"]
        {
            let whole = Raw::document(text).and_then(|raw| raw.members().and(raw.items()));
            assert!(whole.is_err(), "{text}");
        }
    }
}

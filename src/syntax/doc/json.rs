//! JSON straight into the tree, without recursion: one pass, eight bytes a step inside strings.

use super::MAX_DEPTH;
use super::ParseError;
use super::builder::Builder;
use super::scalar::Notation;
use super::tree::{Document, NodeId, NodeKind, ScalarStyle, Text};
use crate::source::Span;

pub(super) fn parse(text: &str) -> Result<Document, ParseError> {
    let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut parser = Parser { text, bytes: text.as_bytes(), at, builder: Builder::new(text, Notation::Json) };
    parser.document()?;
    Ok(parser.builder.finish())
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    builder: Builder<'t>,
}

/// A collection that is still open: where it starts, and where its children start among the pending.
struct Open {
    start: usize,
    first: usize,
    mapping: bool,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), ParseError> {
        let mut stack: Vec<Open> = Vec::new();
        let mut pending: Vec<NodeId> = Vec::new();
        loop {
            // A value is due here.
            self.skip_space();
            let start = self.at;
            let mut done = match self.peek() {
                Some(b @ (b'{' | b'[')) => {
                    if stack.len() >= MAX_DEPTH {
                        return Err(ParseError::too_deep(start));
                    }
                    self.at += 1;
                    stack.push(Open { start, first: pending.len(), mapping: b == b'{' });
                    self.skip_space();
                    let empty = self.peek() == Some(if b == b'{' { b'}' } else { b']' });
                    if !empty {
                        if b == b'{' {
                            pending.push(self.key()?);
                        }
                        continue;
                    }
                    None
                }
                Some(b'"') => Some(self.string()?),
                _ => Some(self.literal()?),
            };
            // Close everything that ends here.
            loop {
                pending.extend(done.take());
                let Some(open) = stack.last() else { return self.end(pending.pop()) };
                if !pending.len().eq(&open.first) || self.peek() != Some(close_of(open)) {
                    self.skip_space();
                }
                match self.peek() {
                    Some(b',') if pending.len() > open.first => {
                        self.at += 1;
                        if open.mapping {
                            self.skip_space();
                            pending.push(self.key()?);
                        }
                        break;
                    }
                    Some(b) if b == close_of(open) => {
                        self.at += 1;
                        let children = pending.get(open.first..).unwrap_or(&[]);
                        let kind = if open.mapping {
                            self.builder.mapping(children)
                        } else {
                            self.builder.sequence(children)
                        };
                        done = Some(self.builder.node(Span::new(open.start, self.at), kind));
                        pending.truncate(open.first);
                        stack.pop();
                    }
                    _ => return Err(self.expected(if open.mapping { "`,` or `}`" } else { "`,` or `]`" })),
                }
            }
        }
    }

    fn end(&mut self, root: Option<NodeId>) -> Result<(), ParseError> {
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.expected("the end of the document"));
        }
        if let Some(root) = root {
            self.builder.root(root);
        }
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn key(&mut self) -> Result<NodeId, ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a key in quotes"));
        }
        let key = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(key)
    }

    fn string(&mut self) -> Result<NodeId, ParseError> {
        let start = self.at + 1;
        let mut at = start;
        let mut text = Text::Slice;
        loop {
            at = skip_ordinary(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    text = Text::Escaped;
                    at = self.escape(at)?;
                }
                Some(_) => return Err(ParseError::syntax(at, "a control character inside a string")),
                None => return Err(ParseError::syntax(start - 1, "this string is never closed")),
            }
        }
        self.at = at + 1;
        Ok(self.builder.node(Span::new(start, at), NodeKind::Scalar(ScalarStyle::Quoted, text)))
    }

    /// Checks the escape that starts at a backslash; returns where it ends.
    fn escape(&self, at: usize) -> Result<usize, ParseError> {
        let wrong = || ParseError::syntax(at, "not an escape that JSON knows");
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => match hex4(self.bytes, at + 2).ok_or_else(wrong)? {
                0xD800..=0xDBFF => {
                    let low =
                        (self.bytes.get(at + 6..at + 8) == Some(br"\u")).then(|| hex4(self.bytes, at + 8));
                    match low.flatten() {
                        Some(0xDC00..=0xDFFF) => Ok(at + 12),
                        _ => Err(ParseError::syntax(at, "half of a surrogate pair")),
                    }
                }
                0xDC00..=0xDFFF => Err(ParseError::syntax(at, "half of a surrogate pair")),
                _ => Ok(at + 6),
            },
            _ => Err(wrong()),
        }
    }

    fn literal(&mut self) -> Result<NodeId, ParseError> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let len = rest
            .iter()
            .position(
                |byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' | b'_'),
            )
            .unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or(&[]);
        let kind = match word {
            b"null" => NodeKind::Null,
            b"true" | b"false" => NodeKind::Scalar(ScalarStyle::Plain, Text::Slice),
            _ if is_number(word) => NodeKind::Scalar(ScalarStyle::Plain, Text::Slice),
            _ => return Err(self.expected("a value")),
        };
        self.at = start + len;
        Ok(self.builder.node(Span::new(start, self.at), kind))
    }

    fn expected(&self, what: &str) -> ParseError {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let found = found.map_or("the end of the file".to_owned(), |found| format!("{found:?}"));
        ParseError::syntax(self.at, format!("expected {what}, found {found}"))
    }
}

fn close_of(open: &Open) -> u8 {
    if open.mapping { b'}' } else { b']' }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
fn is_number(word: &[u8]) -> bool {
    let digits = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.first() == Some(&b'0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let len = digits(fraction);
        if len == 0 {
            return false;
        }
        rest = &fraction[len..];
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let exponent =
            exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let len = digits(exponent);
        if len == 0 {
            return false;
        }
        rest = &exponent[len..];
    }
    rest.is_empty()
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The offset of the next quote, backslash or control character at or after `at`.
pub(super) fn skip_ordinary(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..at + 8).and_then(|chunk| <[u8; 8]>::try_from(chunk).ok()) {
        let word = u64::from_le_bytes(chunk);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        // The classic zero-byte test; the lowest marked byte is always a true one.
        let marked = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let marked = marked & HIGH;
        if marked != 0 {
            return at + (marked.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

fn hex4(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 4)?;
    digits.iter().try_fold(0_u16, |number, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(number << 4 | u16::try_from(digit).ok()?)
    })
}

/// Decodes escapes that [`parse`] has checked.
pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\\', bytes.get(from..).unwrap_or(&[])) {
        let at = from + found;
        decoded.push_str(text.get(from..at).unwrap_or(""));
        from = at + 2;
        match bytes.get(at + 1) {
            Some(b'b') => decoded.push('\u{8}'),
            Some(b'f') => decoded.push('\u{c}'),
            Some(b'n') => decoded.push('\n'),
            Some(b'r') => decoded.push('\r'),
            Some(b't') => decoded.push('\t'),
            Some(b'u') => {
                let units = [hex4(bytes, at + 2), hex4(bytes, at + 8)];
                let high = units[0].unwrap_or(0);
                let pair = (0xD800..0xDC00).contains(&high);
                let units = [high, units[1].unwrap_or(0)];
                let units = if pair { &units[..] } else { &units[..1] };
                decoded
                    .extend(char::decode_utf16(units.iter().copied()).map(|unit| unit.unwrap_or('\u{fffd}')));
                from = at + if pair { 12 } else { 6 };
            }
            Some(other) => decoded.push(char::from(*other)),
            None => {}
        }
    }
    decoded.push_str(text.get(from..).unwrap_or(""));
    decoded
}

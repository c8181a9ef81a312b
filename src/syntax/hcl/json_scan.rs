//! A minimal JSON reader that keeps where everything stands: values as spans, strings undecoded. Knows nothing of
//! what Terraform means by them.

use memchr::memchr2;

use super::parser::{DEPTH_LIMIT, Fallible};
use super::{ErrorKind, SyntaxError};
use crate::source::Span;

#[derive(Debug)]
pub(super) struct Json {
    pub(super) span: Span,
    pub(super) kind: JsonKind,
}

#[derive(Debug)]
pub(super) enum JsonKind {
    Null,
    Bool(bool),
    Number,
    String(JsonString),
    Array(Vec<Json>),
    Object(Vec<(JsonString, Json)>),
}

/// The text between the quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonString {
    pub(super) span: Span,
    pub(super) escapes: bool,
}

#[derive(Debug)]
struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: u32,
}

/// The one value that the text holds.
pub(super) fn read(text: &str, start: usize) -> Fallible<Json> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: start, depth: 0 };
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < reader.bytes.len() { reader.fail("expected the end of the file") } else { Ok(value) }
}

impl Reader<'_> {
    fn fail<T>(&self, message: &str) -> Fallible<T> {
        let span = Span::new(self.at, self.text.len().min(self.at + 1));
        Err(Box::new(SyntaxError { span, message: message.to_owned(), kind: ErrorKind::Syntax, hides: None }))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn value(&mut self) -> Fallible<Json> {
        self.skip_space();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => {
                let string = self.string()?;
                JsonKind::String(string)
            }
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", JsonKind::Bool(true))?,
            Some(b'f') => self.word("false", JsonKind::Bool(false))?,
            Some(b'n') => self.word("null", JsonKind::Null)?,
            _ => return self.fail("expected a JSON value"),
        };
        Ok(Json { span: Span::new(start, self.at), kind })
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Fallible<JsonKind>) -> Fallible<JsonKind> {
        if self.depth >= DEPTH_LIMIT {
            let span = Span::new(self.at, self.at + 1);
            let message = format!("nested more than {DEPTH_LIMIT} levels deep");
            return Err(Box::new(SyntaxError { span, message, kind: ErrorKind::Limit, hides: None }));
        }
        self.depth += 1;
        self.at += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn object(&mut self) -> Fallible<JsonKind> {
        let mut members = Vec::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(JsonKind::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return self.fail("expected a quoted name");
            }
            let name = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return self.fail("expected `:` after the name");
            }
            members.push((name, self.value()?));
            self.skip_space();
            if self.take(b'}') {
                return Ok(JsonKind::Object(members));
            }
            if !self.take(b',') {
                return self.fail("expected `,` or `}`");
            }
        }
    }

    fn array(&mut self) -> Fallible<JsonKind> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(JsonKind::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.take(b']') {
                return Ok(JsonKind::Array(items));
            }
            if !self.take(b',') {
                return self.fail("expected `,` or `]`");
            }
        }
    }

    fn string(&mut self) -> Fallible<JsonString> {
        let start = self.at + 1;
        let mut at = start;
        let mut escapes = false;
        loop {
            let Some(length) = memchr2(b'"', b'\\', &self.bytes[at.min(self.bytes.len())..]) else {
                return self.fail("the string is never closed");
            };
            at += length;
            if self.bytes[at] == b'"' {
                break;
            }
            escapes = true;
            at += 2;
        }
        if let Some(length) = self.bytes[start..at].iter().position(|byte| *byte < 0x20) {
            self.at = start + length;
            return self.fail("control characters in strings must be escaped");
        }
        self.at = at + 1;
        Ok(JsonString { span: Span::new(start, at), escapes })
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Fallible<JsonKind> {
        self.take(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let start = self.at;
        let mut valid = self.digits() && !(leading_zero && self.at > start + 1);
        if self.take(b'.') {
            valid &= self.digits();
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'-') {
                self.take(b'+');
            }
            valid &= self.digits();
        }
        if valid { Ok(JsonKind::Number) } else { self.fail("not a JSON number") }
    }

    fn word(&mut self, word: &str, kind: JsonKind) -> Fallible<JsonKind> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(kind);
        }
        self.fail("expected a JSON value")
    }
}

/// The text that a string with escapes stands for; the error is the offset of a wrong escape.
pub(super) fn unescape(raw: &str) -> Result<String, usize> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let here = raw.len() - rest.len() + at;
        text.push_str(&rest[..at]);
        let (letter, length) = escape(&rest[at..]).ok_or(here)?;
        text.push(letter);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Ok(text)
}

fn escape(text: &str) -> Option<(char, usize)> {
    let letter = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(text),
        _ => return None,
    };
    Some((letter, 2))
}

/// `\uXXXX`, or two of them for a surrogate pair; a lone surrogate becomes U+FFFD, as in Go.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let first = hex(text.get(2..6)?)?;
    if let Some(letter) = char::from_u32(first) {
        return Some((letter, 6));
    }
    let second = text.get(6..12).and_then(|next| next.strip_prefix("\\u")).and_then(hex);
    match second {
        Some(second @ 0xDC00..=0xDFFF) if first < 0xDC00 => {
            let letter = char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))?;
            Some((letter, 12))
        }
        _ => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

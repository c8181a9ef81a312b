//! Scalars: where they end, and what they say.

use super::super::yaml::Look;
use super::Reader;
use super::flow::is_flow;
use crate::source::Span;
use std::borrow::Cow;

/// Keys have to end on their line, and not too far away.
pub(super) const LONGEST_KEY: usize = 1000;

impl Reader<'_> {
    /// Where the key ends that begins here.
    pub(super) fn key_end(&self) -> Option<usize> {
        let start = self.at;
        if matches!(self.peek()?, b'"' | b'\'') {
            let end = quote_end(self.bytes, start)?;
            return (self.bytes.get(end) == Some(&b':')
                && self.is_blank_at(end + 1)
                && end - start < LONGEST_KEY)
                .then_some(end);
        }
        self.begins_plain(false).then_some(())?;
        let mut at = start;
        loop {
            match self.bytes.get(at)? {
                b'\n' => return None,
                b'#' if self.bytes.get(at.wrapping_sub(1)) == Some(&b' ') => return None,
                b':' if self.is_blank_at(at + 1) => break,
                _ => at += 1,
            }
        }
        let key = self.bytes.get(start..at)?;
        (key.last() != Some(&b' ') && key != b"<<" && at - start < LONGEST_KEY).then_some(at)
    }

    /// Whether a plain scalar may begin here.
    pub(super) fn begins_plain(&self, flow: bool) -> bool {
        match self.peek() {
            Some(b'-') => match self.bytes.get(self.at + 1) {
                Some(byte) => !(matches!(byte, b' ' | b'\n') || flow && is_flow(*byte)),
                None => false,
            },
            Some(
                b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
                | b'\'' | b'"' | b'%' | b'@' | b'`' | b' ' | b'\n',
            )
            | None => false,
            Some(_) => true,
        }
    }

    /// Where the plain scalar ends that begins here and is no key.
    pub(super) fn plain_end(&self) -> Option<usize> {
        self.begins_plain(false).then_some(())?;
        let mut at = self.at;
        let mut end = at;
        loop {
            match self.bytes.get(at) {
                None | Some(b'\n') => return Some(end),
                Some(b' ') => {}
                Some(b'#') if end < at => return Some(end),
                Some(b':') if self.is_blank_at(at + 1) => return None,
                Some(_) => end = at + 1,
            }
            at += 1;
        }
    }

    pub(super) fn quoted(&mut self, tag: Span) -> Option<()> {
        let start = self.at;
        let end = quote_end(self.bytes, start)?;
        let inner = self.text.get(start + 1..end - 1)?;
        let (look, value) = if self.peek() == Some(b'"') {
            (Look::Double, unescaped(inner)?)
        } else if inner.contains('\'') {
            (Look::Single, Cow::Owned(inner.replace("''", "'")))
        } else {
            (Look::Single, Cow::Borrowed(inner))
        };
        self.loader.add_scalar(&value, look, start..end, tag, 0);
        self.at = end;
        Some(())
    }

    /// `|`, and the lines below it.
    pub(super) fn literal(&mut self, parent: usize, tag: Span) -> Option<()> {
        self.at += 1;
        let chomping = self.peek().filter(|byte| matches!(byte, b'+' | b'-'));
        self.at += usize::from(chomping.is_some());
        self.line_end()?;
        let mut value = String::new();
        let mut indent = None;
        let (mut start, mut end) = (self.at, self.at);
        let mut blank = 0;
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let length = memchr::memchr(b'\n', rest.as_bytes())?;
            let line = rest.get(..length)?;
            let content = line.trim_start_matches(' ');
            let spaces = length - content.len();
            if content.is_empty() {
                // White space within the text, or farther in than the text that follows.
                (spaces == 0).then_some(())?;
                blank += 1;
                self.at += length + 1;
                continue;
            }
            let indent = match indent {
                Some(indent) => indent,
                None if spaces > parent => {
                    start = self.at + spaces;
                    *indent.insert(spaces)
                }
                None => return None,
            };
            if spaces < indent {
                break;
            }
            (0..std::mem::take(&mut blank)).for_each(|_| value.push('\n'));
            value.push_str(line.get(indent..)?);
            value.push('\n');
            self.at += length + 1;
            end = self.at;
        }
        indent?;
        match chomping {
            Some(b'-') => {
                value.pop();
            }
            Some(_) => (0..blank).for_each(|_| value.push('\n')),
            None => {}
        }
        self.loader.add_scalar(&value, Look::Literal, start..end, tag, 0);
        self.next_content(false)?;
        self.column.is_none_or(|column| column <= parent).then_some(())
    }
}

/// Where a quoted scalar ends, with its quotes; `None` where that is not on its line.
fn quote_end(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = *bytes.get(start)?;
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..)?;
        if quote == b'"' {
            at += memchr::memchr3(b'"', b'\\', b'\n', rest)?;
            match bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at += 2,
                _ => return None,
            }
        } else {
            at += memchr::memchr2(b'\'', b'\n', rest)?;
            match (bytes.get(at)?, bytes.get(at + 1)) {
                (b'\'', Some(b'\'')) => at += 2,
                (b'\'', _) => return Some(at + 1),
                _ => return None,
            }
        }
    }
}

/// The text of a double-quoted scalar, of the escapes that are common.
fn unescaped(inner: &str) -> Option<Cow<'_, str>> {
    let Some(first) = inner.find('\\') else { return Some(Cow::Borrowed(inner)) };
    let mut value = String::with_capacity(inner.len());
    value.push_str(inner.get(..first)?);
    let mut chars = inner.get(first..)?.chars();
    while let Some(char) = chars.next() {
        value.push(match char {
            '\\' => match chars.next()? {
                escaped @ ('"' | '\\' | '/') => escaped,
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(Cow::Owned(value))
}

/// Whether there is nothing in a text but line breaks and characters that mean the same wherever they stand.
pub(super) fn is_ordinary(text: &str) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(|byte| !is_plain(byte)) {
        let Some(char) = rest.get(at..).and_then(|rest| rest.chars().next()) else { return false };
        let is_letter = matches!(char, '\u{a1}'..='\u{167f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
            || matches!(char, '\u{2070}'..='\u{2fff}' | '\u{3001}'..='\u{d7ff}' | '\u{10000}'..='\u{1fffd}');
        if !is_letter {
            return false;
        }
        rest = rest.get(at + char.len_utf8()..).unwrap_or("");
    }
    true
}

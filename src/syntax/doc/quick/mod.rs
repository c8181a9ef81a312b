//! YAML as templates are mostly written, read five times as fast as by the parser that knows all of it: block mappings and
//! sequences, scalars of one line, literal blocks, flow collections, tags of its own. It never says what is wrong: a text
//! that has anything else in it (`None`) is for [`super::yaml`] to read, from its start.
//!
//! Both hand the same to the same loader; the tests hold them against each other.

mod flow;
mod scalar;
#[cfg(test)]
mod tests;

use super::tree::Document;
use super::yaml::{Loader, Look};
use crate::source::Span;
use scalar::is_ordinary;

pub(super) fn parse(text: &str) -> Option<Document> {
    if !is_ordinary(text) {
        return None;
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, column: None, loader: Loader::new(text) };
    reader.document()?;
    Some(reader.loader.finish())
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Where in its line the next content stands, once a line has been read to its end; `None`: there is no more.
    column: Option<usize>,
    loader: Loader<'t>,
}

const NO_TAG: Span = Span { start: 0, end: 0 };

impl Reader<'_> {
    fn document(&mut self) -> Option<()> {
        self.next_content(true)?;
        if self.column == Some(0) && self.rest().starts_with(b"---") {
            self.at += 3;
            self.line_end()?;
            self.next_content(false)?;
        }
        (self.column == Some(0)).then_some(())?;
        if self.is_item() {
            self.sequence(0, NO_TAG, true)?;
        } else {
            self.mapping(0, NO_TAG)?;
        }
        self.column.is_none().then_some(())
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn is_blank_at(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// The rest of a line holds nothing but a comment.
    fn line_end(&mut self) -> Option<()> {
        self.skip_spaces();
        match self.peek() {
            None => Some(()),
            Some(b'\n') => {
                self.at += 1;
                Some(())
            }
            Some(b'#') if self.bytes.get(self.at.wrapping_sub(1)) == Some(&b' ') => {
                self.skip_line();
                Some(())
            }
            Some(_) => None,
        }
    }

    fn skip_line(&mut self) {
        self.at = memchr::memchr(b'\n', self.rest()).map_or(self.bytes.len(), |length| self.at + length + 1);
    }

    /// From the start of a line to the next that has content. Another document is none of ours.
    fn next_content(&mut self, first: bool) -> Option<()> {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.peek() {
                None => {
                    self.column = None;
                    return Some(());
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                Some(_) => {
                    let column = self.at - start;
                    self.column = Some(column);
                    let rest = self.rest();
                    let marker = rest.starts_with(b"...") || rest.starts_with(b"---") && !first;
                    return (column > 0 || !marker).then_some(());
                }
            }
        }
    }

    /// A value has been read to the end of its line. What goes on below it, farther in, was not understood.
    fn end_of_value(&mut self, parent: usize) -> Option<()> {
        self.line_end()?;
        self.next_content(false)?;
        self.column.is_none_or(|column| column <= parent).then_some(())
    }

    fn is_item(&self) -> bool {
        self.peek() == Some(b'-') && self.is_blank_at(self.at + 1)
    }

    fn mapping(&mut self, column: usize, tag: Span) -> Option<()> {
        self.loader.open(Look::Block, 0, self.at, tag, true).ok()?;
        loop {
            let end = self.key_end()?;
            self.key(end)?;
            self.value(column)?;
            match self.column {
                Some(next) if next > column => return None,
                Some(next) if next == column && !self.is_item() => {}
                Some(next) if next == column => return None,
                Some(_) | None => break,
            }
        }
        self.loader.close(self.at).ok()
    }

    /// `apart`: it stands further in than the key that it belongs to.
    fn sequence(&mut self, column: usize, tag: Span, apart: bool) -> Option<()> {
        let first = self.bytes.get(self.at + 1..).unwrap_or(&[]);
        let spaces = first.iter().take_while(|byte| **byte == b' ').count();
        // The other parser has a list that is not set off begin with its first item.
        let start = if apart { self.at } else { self.at + 1 + spaces };
        (apart || self.bytes.get(start) != Some(&b'#')).then_some(())?;
        self.loader.open(Look::Block, 0, start, tag, false).ok()?;
        loop {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            let inner = column + (self.at - dash);
            if self.is_blank_at(self.at) || self.peek() == Some(b'#') {
                self.line_end()?;
                self.next_content(false)?;
                let next = self.column.filter(|next| *next > column)?;
                self.nested(next, column, NO_TAG)?;
            } else {
                self.nested(inner, column, NO_TAG)?;
            }
            match self.column {
                Some(next) if next > column => return None,
                Some(next) if next == column && self.is_item() => {}
                Some(_) | None => break,
            }
        }
        self.loader.close(self.at).ok()
    }

    /// What stands behind a key, or below it.
    fn value(&mut self, column: usize) -> Option<()> {
        let colon = self.at - 1;
        self.skip_spaces();
        let tag = self.tag()?;
        if !self.is_blank_at(self.at) && self.peek() != Some(b'#') {
            return self.inline(column, tag);
        }
        self.line_end()?;
        self.next_content(false)?;
        match self.column {
            Some(next) if next > column => self.nested(next, column, tag),
            Some(next) if next == column && self.is_item() => self.sequence(next, tag, false),
            Some(_) | None if tag.is_empty() => {
                self.loader.add_scalar("~", Look::Plain, colon..colon, NO_TAG, 0);
                Some(())
            }
            Some(_) | None => None,
        }
    }

    /// A value that begins where the reader stands, be it a collection.
    fn nested(&mut self, column: usize, parent: usize, tag: Span) -> Option<()> {
        if self.is_item() {
            return self.sequence(column, tag, true);
        }
        if self.peek() == Some(b'!') {
            tag.is_empty().then_some(())?;
            let tag = self.tag()?;
            if self.is_blank_at(self.at) || self.peek() == Some(b'#') {
                self.line_end()?;
                self.next_content(false)?;
                let next = self.column.filter(|next| *next > parent)?;
                // The properties of a collection stand before it, and nowhere further in than it does.
                return (next == column).then(|| self.nested(next, parent, tag)).flatten();
            }
            return self.inline(parent, tag);
        }
        match self.key_end() {
            Some(_) => self.mapping(column, tag),
            None => self.inline(parent, tag),
        }
    }

    /// A value that is no block collection, to the end of its line.
    fn inline(&mut self, parent: usize, tag: Span) -> Option<()> {
        match self.peek()? {
            b'"' | b'\'' => self.quoted(tag)?,
            b'[' | b'{' => self.flow(parent, tag)?,
            b'|' => return self.literal(parent, tag),
            _ => {
                let start = self.at;
                let end = self.plain_end()?;
                self.at = end;
                let value = self.text.get(start..end)?;
                self.loader.add_scalar(value, Look::Plain, start..end, tag, 0);
            }
        }
        self.end_of_value(parent)
    }

    /// The tag that stands here, and white space behind it; an empty span where there is none.
    fn tag(&mut self) -> Option<Span> {
        if self.peek() != Some(b'!') {
            return Some(NO_TAG);
        }
        let start = self.at;
        let name = self.bytes.get(start + 1..)?;
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        self.at = start + 1 + length;
        (length > 0 && self.is_blank_at(self.at)).then_some(())?;
        self.skip_spaces();
        Some(Span::new(start, start + 1 + length))
    }

    fn key(&mut self, end: usize) -> Option<()> {
        if matches!(self.peek()?, b'"' | b'\'') {
            self.quoted(NO_TAG)?;
        } else {
            let value = self.text.get(self.at..end)?;
            self.loader.add_scalar(value, Look::Plain, self.at..end, NO_TAG, 0);
        }
        self.at = end + 1;
        Some(())
    }
}

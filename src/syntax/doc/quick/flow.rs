//! Collections in brackets.

use super::super::yaml::Look;
use super::scalar::LONGEST_KEY;
use super::{NO_TAG, Reader};
use crate::source::Span;

impl Reader<'_> {
    pub(super) fn flow(&mut self, parent: usize, tag: Span) -> Option<()> {
        let mapping = self.peek() == Some(b'{');
        let close = if mapping { b'}' } else { b']' };
        self.loader.open(Look::Flow, 0, self.at, tag, mapping).ok()?;
        self.at += 1;
        loop {
            self.flow_space(parent)?;
            if self.peek()? == close {
                break;
            }
            if mapping {
                self.flow_key()?;
            }
            self.flow_value(parent)?;
            self.flow_space(parent)?;
            match self.peek()? {
                b',' => self.at += 1,
                byte if byte == close => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.loader.close(self.at).ok()
    }

    /// White space between what is in brackets; its lines have to stand farther in than what is around them.
    fn flow_space(&mut self, parent: usize) -> Option<()> {
        loop {
            self.skip_spaces();
            if self.peek() != Some(b'\n') {
                return Some(());
            }
            let start = self.at + 1;
            self.at = start;
            self.skip_spaces();
            let is_blank = matches!(self.peek(), Some(b'\n'));
            (is_blank || self.at - start > parent).then_some(())?;
        }
    }

    fn flow_key(&mut self) -> Option<()> {
        let start = self.at;
        if matches!(self.peek()?, b'"' | b'\'') {
            self.quoted(NO_TAG)?;
        } else {
            let end = self.flow_plain_end()?;
            let value = self.text.get(start..end).filter(|key| *key != "<<")?;
            self.loader.add_scalar(value, Look::Plain, start..end, NO_TAG, 0);
            self.at = end;
        }
        (self.peek() == Some(b':')
            && self.bytes.get(self.at + 1) == Some(&b' ')
            && self.at - start < LONGEST_KEY)
            .then_some(())?;
        self.at += 1;
        self.skip_spaces();
        (self.peek() != Some(b'\n')).then_some(())
    }

    fn flow_value(&mut self, parent: usize) -> Option<()> {
        let tag = self.tag()?;
        match self.peek()? {
            b'"' | b'\'' => self.quoted(tag),
            b'[' | b'{' => self.flow(parent, tag),
            _ => {
                let start = self.at;
                let end = self.flow_plain_end()?;
                self.at = end;
                let value = self.text.get(start..end)?;
                self.loader.add_scalar(value, Look::Plain, start..end, tag, 0);
                Some(())
            }
        }
    }

    /// Where a plain scalar in brackets ends: before a comma, a bracket, the end of the line, or the colon of a key.
    fn flow_plain_end(&self) -> Option<usize> {
        self.begins_plain(true).then_some(())?;
        let mut at = self.at;
        let mut end = at;
        loop {
            match self.bytes.get(at)? {
                b',' | b']' | b'}' | b'\n' => return Some(end),
                b'[' | b'{' | b'#' => return None,
                b' ' => {}
                b':' if self.is_blank_at(at + 1) => return (end == at).then_some(end),
                b':' if self.bytes.get(at + 1).is_none_or(|byte| is_flow(*byte)) => return None,
                _ => end = at + 1,
            }
            at += 1;
        }
    }
}

pub(super) fn is_flow(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

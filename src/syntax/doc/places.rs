//! Where pieces of a scalar's text stand in the source: behind indentation, folds and escapes.

use super::tree::{NodeKind, NodeRef, ScalarStyle};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Maps ranges of a scalar's text to spans, walking both texts once: ranges are asked for in order.
#[derive(Debug)]
pub struct Places<'d> {
    source: &'d str,
    text: Cow<'d, str>,
    span: Span,
    escapes: Escapes,
    /// How far both texts have been walked together.
    in_text: usize,
    in_source: usize,
    lost: bool,
    /// Nothing is folded: between escapes both texts are the same.
    runs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escapes {
    None,
    Backslash,
    DoubledQuote,
}

impl<'d> Places<'d> {
    /// Of a scalar; anything else has no text, so that every range is the whole.
    #[must_use]
    pub fn of(node: NodeRef<'d>) -> Self {
        let span = node.span();
        let quote = (span.start as usize).checked_sub(1).and_then(|at| node.text.as_bytes().get(at));
        let escapes = match (node.kind(), quote) {
            (NodeKind::Scalar(ScalarStyle::Quoted, _), Some(b'"')) => Escapes::Backslash,
            (NodeKind::Scalar(ScalarStyle::Quoted, _), _) => Escapes::DoubledQuote,
            (NodeKind::Scalar(ScalarStyle::Plain | ScalarStyle::Block, _), _)
            | (NodeKind::Null | NodeKind::Sequence(_) | NodeKind::Mapping(_), _) => Escapes::None,
        };
        let source = node.text.get(span.range()).unwrap_or("");
        let text = node.scalar_text().unwrap_or_default();
        let runs = match escapes {
            Escapes::Backslash => memchr::memchr(b'\n', source.as_bytes()).is_none(),
            Escapes::None | Escapes::DoubledQuote => node.is_verbatim(),
        };
        Self { source, text, span, escapes, in_text: 0, in_source: 0, lost: false, runs }
    }

    /// The span of a range of the text; the whole scalar where the two cannot be told to correspond.
    pub fn span(&mut self, range: Range<usize>) -> Span {
        if range.start < self.in_text {
            return self.span;
        }
        let (mut start, mut end) = (None, self.in_source);
        while !self.lost && self.in_text < range.end {
            let at = self.in_text;
            let same = self.same().min(range.end - at);
            if same > 0 {
                if at + same > range.start {
                    start = start.or(Some(self.in_source + range.start.saturating_sub(at)));
                }
                (self.in_text, self.in_source) = (at + same, self.in_source + same);
                end = self.in_source;
                continue;
            }
            let Some(from) = self.step() else {
                self.lost = true;
                break;
            };
            if at >= range.start {
                start = start.or(Some(from));
            }
            end = self.in_source;
        }
        let base = self.span.start as usize;
        match start {
            Some(start) if !self.lost => Span::new(base + start, base + end),
            Some(_) | None => self.span,
        }
    }

    /// How many bytes are the same in both texts from here on, for certain.
    fn same(&self) -> usize {
        if !self.runs {
            return 0;
        }
        let rest = self.source.as_bytes().get(self.in_source..).unwrap_or(&[]);
        let plain = match self.escapes {
            Escapes::Backslash => memchr::memchr(b'\\', rest).unwrap_or(rest.len()),
            Escapes::None | Escapes::DoubledQuote => rest.len(),
        };
        plain.min(self.text.len() - self.in_text)
    }

    /// Walks over one character of the text; returns where it starts in the source.
    fn step(&mut self) -> Option<usize> {
        let wanted = self.text.get(self.in_text..)?.chars().next()?;
        loop {
            let from = self.in_source;
            let rest = self.source.get(from..)?;
            let found = rest.chars().next()?;
            let len = match (self.escapes, found) {
                (Escapes::Backslash, '\\') => match escape_len(rest)? {
                    (len, true) => Some(len),
                    (len, false) => {
                        self.in_source += len;
                        continue;
                    }
                },
                (Escapes::DoubledQuote, '\'') if rest.starts_with("''") => Some(2),
                // A fold turns a line break into a space.
                _ if found == wanted || found.is_whitespace() && wanted.is_whitespace() => {
                    Some(found.len_utf8())
                }
                _ if found.is_whitespace() => None,
                _ => return None,
            };
            self.in_source += len.unwrap_or(found.len_utf8());
            if len.is_some() {
                self.in_text += wanted.len_utf8();
                return Some(from);
            }
        }
    }
}

/// The length of an escape, and whether it stands for a character (an escaped line break does not).
fn escape_len(rest: &str) -> Option<(usize, bool)> {
    Some(match rest.as_bytes().get(1)? {
        b'x' => (4, true),
        b'U' => (10, true),
        b'u' => {
            let unit = rest.get(2..6).and_then(|digits| u16::from_str_radix(digits, 16).ok())?;
            (if (0xD800..0xDC00).contains(&unit) { 12 } else { 6 }, true)
        }
        b'\r' | b'\n' => (2, false),
        _ => (2, true),
    })
}

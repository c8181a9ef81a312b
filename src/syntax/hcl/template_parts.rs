//! From flat template pieces to nested parts: strip markers, heredoc indentation, directives.

use super::parser::{DEPTH_LIMIT, Fallible, Parser};
use super::template::Piece;
use super::tree::{ExprId, ExprKind, ForPart, IfPart, List, Part};
use super::{ErrorKind, SyntaxError};
use crate::source::Span;

/// A directive whose end is still to come.
struct Open {
    directive: Directive,
    span: Span,
    outer: Vec<Part>,
}

enum Directive {
    If { condition: ExprId, then: Option<Vec<Part>> },
    For { key_name: Option<Span>, value_name: Span, collection: ExprId },
}

impl<'a> Parser<'a> {
    /// `~` before a sequence: the text just before it loses the white space at its end.
    pub(super) fn strip_end(&mut self) {
        let Some(Piece::Literal { span, text }) = self.pieces.last_mut() else { return };
        if let Some(text) = text {
            text.truncate(text.trim_end().len());
        } else {
            let start = span.start as usize - self.scan.shift;
            let kept = self.scan.text[start..span.end as usize - self.scan.shift].trim_end().len();
            *span = Span::new(start + self.scan.shift, start + kept + self.scan.shift);
        }
    }

    /// `~` after a sequence: the text just pushed loses the white space at its start.
    pub(super) fn strip_start(&mut self) {
        let Some(Piece::Literal { span, text }) = self.pieces.last_mut() else { return };
        if let Some(text) = text {
            *text = text.trim_start().to_owned();
        } else {
            let end = span.end as usize - self.scan.shift;
            let kept = self.scan.text[span.start as usize - self.scan.shift..end].trim_start().len();
            *span = Span::new(end - kept + self.scan.shift, end + self.scan.shift);
        }
    }

    /// `<<-`: all lines lose as much white space as the least indented has. Blank lines neither count nor lose.
    /// What strip markers removed is gone by then: a line end that was stripped no longer starts a line.
    pub(super) fn remove_indentation(&mut self, base: usize) {
        let mut least = usize::MAX;
        let mut indented = Vec::new();
        let mut line_start = true;
        for index in base..self.pieces.len() {
            let Piece::Literal { span, text } = &self.pieces[index] else {
                if line_start {
                    least = 0;
                }
                line_start = false;
                continue;
            };
            let value = text.as_deref().unwrap_or_else(|| self.source(*span));
            let trimmed = value.trim_start();
            if line_start && !(trimmed.is_empty() && value.ends_with('\n')) {
                least = least.min(value[..value.len() - trimmed.len()].chars().count());
                indented.push(index);
            }
            line_start = value.ends_with('\n');
        }
        if least == 0 {
            return;
        }
        for index in indented {
            let Some(Piece::Literal { span, text: None }) = self.pieces.get(index) else { continue };
            let span = *span;
            let cut: usize = self.source(span).chars().take(least).map(char::len_utf8).sum();
            let kept = Span::new(span.start as usize + cut, span.end as usize);
            self.pieces[index] = Piece::Literal { span: kept, text: None };
        }
    }

    pub(super) fn source(&self, span: Span) -> &'a str {
        let shift = self.scan.shift;
        self.scan.text.get(span.start as usize - shift..span.end as usize - shift).unwrap_or("")
    }

    /// Take the pieces from `base` on and make an expression of them.
    pub(super) fn template_of(&mut self, base: usize, start: usize) -> Fallible<ExprKind> {
        if self.pieces.len() == base {
            return Ok(ExprKind::Plain(self.span(start, start)));
        }
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        let mut open: Vec<Open> = Vec::new();
        for piece in self.pieces.drain(base..) {
            match piece {
                Piece::Literal { span, text } => push_text(&mut parts, span, text),
                Piece::Interpolation(expr) => parts.push(Part::Interpolation(expr)),
                Piece::If { condition, span } => {
                    let directive = Directive::If { condition, then: None };
                    open.push(Open { directive, span, outer: std::mem::take(&mut parts) });
                }
                Piece::For { key_name, value_name, collection, span } => {
                    let directive = Directive::For { key_name, value_name, collection };
                    open.push(Open { directive, span, outer: std::mem::take(&mut parts) });
                }
                Piece::Else(span) => match open.last_mut().map(|open| &mut open.directive) {
                    Some(Directive::If { then: then @ None, .. }) => *then = Some(std::mem::take(&mut parts)),
                    _ => return error(span, "`else` without its `if`"),
                },
                Piece::EndIf(span) => match open.pop() {
                    Some(Open { directive: Directive::If { condition, then }, outer, .. }) => {
                        let last = std::mem::replace(&mut parts, outer);
                        let (then, otherwise) = match then {
                            Some(then) => (then, last),
                            None => (last, Vec::new()),
                        };
                        parts.push(Part::If(Box::new(IfPart { condition, then, otherwise })));
                    }
                    _ => return error(span, "`endif` without its `if`"),
                },
                Piece::EndFor(span) => match open.pop() {
                    Some(Open {
                        directive: Directive::For { key_name, value_name, collection },
                        outer,
                        ..
                    }) => {
                        let body = std::mem::replace(&mut parts, outer);
                        let part = ForPart { key_name, value_name, collection, body };
                        parts.push(Part::For(Box::new(part)));
                    }
                    _ => return error(span, "`endfor` without its `for`"),
                },
            }
            if let Some(deepest) = open.get(DEPTH_LIMIT as usize) {
                let message = format!("nested more than {DEPTH_LIMIT} levels deep");
                return Err(Box::new(SyntaxError {
                    span: deepest.span,
                    message,
                    kind: ErrorKind::Limit,
                    hides: None,
                }));
            }
        }
        if let Some(unclosed) = open.last() {
            let end = match unclosed.directive {
                Directive::If { .. } => "endif",
                Directive::For { .. } => "endfor",
            };
            return error(unclosed.span, &format!("no `{end}` for this directive"));
        }
        let kind = match parts.as_slice() {
            [Part::Raw(span)] => ExprKind::Plain(*span),
            _ => ExprKind::Template(List::of(&mut self.pools.parts, parts.drain(..))),
        };
        self.parts = parts;
        Ok(kind)
    }
}

fn error<T>(span: Span, message: &str) -> Fallible<T> {
    Err(Box::new(SyntaxError { span, message: message.to_owned(), kind: ErrorKind::Syntax, hides: None }))
}

/// Text of the source that continues the part before it lengthens that.
fn push_text(parts: &mut Vec<Part>, span: Span, text: Option<String>) {
    match (text, parts.last_mut()) {
        (Some(text), _) => parts.push(Part::Text { text: text.into_boxed_str(), span }),
        (None, Some(Part::Raw(before))) if before.end == span.start => before.end = span.end,
        (None, _) => parts.push(Part::Raw(span)),
    }
}

//! Scanning of templates (quoted strings, heredocs, template files) into flat pieces. `template_parts` then applies
//! strip markers and indentation and nests the directives.
//!
//! Pieces are cut where HCL's own scanner cuts, as strip markers reach exactly one such piece: a `$` or `%` that
//! begins no sequence stands alone, and a heredoc's piece ends with its line.

use memchr::{memchr, memchr3};

use super::parser::{Fallible, Parser};
use super::scan::Kind;
use super::tree::{ExprId, ExprKind};
use crate::source::Span;

#[derive(Debug)]
pub(super) enum Piece {
    /// `text` is set where it differs from the source.
    Literal {
        span: Span,
        text: Option<String>,
    },
    Interpolation(ExprId),
    If {
        condition: ExprId,
        span: Span,
    },
    Else(Span),
    EndIf(Span),
    For {
        key_name: Option<Span>,
        value_name: Span,
        collection: ExprId,
        span: Span,
    },
    EndFor(Span),
}

/// What ends a template.
#[derive(Debug, Clone, Copy)]
enum Until<'a> {
    Quote,
    /// A line with nothing but this.
    Marker(&'a str),
    EndOfText,
}

impl<'a> Parser<'a> {
    pub(super) fn quoted(&mut self) -> Fallible<ExprId> {
        let start = self.token.start;
        if let Some(end) = self.plain_end(start + 1) {
            let span = self.span(start, end + 1);
            self.read_on(end + 1);
            return Ok(self.push(span, ExprKind::Plain(Span { start: span.start + 1, end: span.end - 1 })));
        }
        let base = self.pieces.len();
        let end = self.pieces_until(start + 1, Until::Quote)?;
        self.read_on(end + 1);
        let kind = self.template_of(base, start + 1)?;
        Ok(self.push(self.span(start, end + 1), kind))
    }

    /// Where the quote stands that ends a string without escapes and sequences; none for other strings.
    pub(super) fn plain_end(&self, mut at: usize) -> Option<usize> {
        loop {
            at = self.scan.quoted_text_end(at);
            match self.scan.byte(at) {
                b'"' => return Some(at),
                mark @ (b'$' | b'%') => match (self.scan.byte(at + 1), self.scan.byte(at + 2)) {
                    (b'{', _) => return None,
                    (second, b'{') if second == mark => return None,
                    _ => at += 1,
                },
                _ => return None,
            }
        }
    }

    pub(super) fn heredoc(&mut self) -> Fallible<ExprId> {
        let (start, body) = (self.token.start, self.token.end);
        let introducer = self.token_text();
        let marker = introducer.trim_end().trim_start_matches('<').trim_start_matches('-');
        let base = self.pieces.len();
        let marker_line = self.pieces_until(body, Until::Marker(marker))?;
        if introducer.starts_with("<<-") {
            self.remove_indentation(base);
        }
        let line = &self.scan.text[marker_line..];
        let end =
            marker_line + line.find('\n').map_or(line.len(), |at| line[..at].trim_end_matches('\r').len());
        self.read_on(end);
        let kind = self.template_of(base, body)?;
        Ok(self.push(self.span(start, end), kind))
    }

    /// The whole text from `start` as a template.
    pub(super) fn bare_template(&mut self, start: usize) -> Fallible<ExprId> {
        let base = self.pieces.len();
        let end = self.pieces_until(start, Until::EndOfText)?;
        let kind = self.template_of(base, start)?;
        Ok(self.push(self.span(start, end), kind))
    }

    /// Push the pieces from `at` on, and return where what ends them begins.
    fn pieces_until(&mut self, start: usize, until: Until<'a>) -> Fallible<usize> {
        let mut at = start;
        let mut line_start = true;
        let mut strip_next = false;
        loop {
            if let Some(end) = self.template_end(at, start, line_start, until)? {
                return Ok(end);
            }
            let (first, second) = (self.scan.byte(at), self.scan.byte(at + 1));
            if matches!((first, second), (b'$' | b'%', b'{')) {
                (at, strip_next) =
                    if first == b'$' { self.interpolation(at, start)? } else { self.directive(at, start)? };
                line_start = false;
                continue;
            }
            let end = self.literal(at, start, until)?;
            if strip_next {
                self.strip_start();
                strip_next = false;
            }
            line_start = self.scan.byte(end - 1) == b'\n';
            at = end;
        }
    }

    fn template_end(
        &self,
        at: usize,
        start: usize,
        line_start: bool,
        until: Until<'a>,
    ) -> Fallible<Option<usize>> {
        let opening = || self.span(start.saturating_sub(1), start);
        let rest = &self.scan.bytes[at.min(self.scan.bytes.len())..];
        match until {
            Until::EndOfText => Ok(rest.is_empty().then_some(at)),
            Until::Quote => match rest.first() {
                Some(b'"') => Ok(Some(at)),
                Some(b'\n' | b'\r') => self.fail(opening(), "the string is not closed on its line"),
                None => self.fail(opening(), "the string is never closed"),
                Some(_) => Ok(None),
            },
            Until::Marker(marker) if line_start => match memchr(b'\n', rest) {
                Some(length) => {
                    let line = self.scan.text[at..at + length].trim();
                    Ok((line == marker).then_some(at))
                }
                None => self.unclosed_heredoc(start, marker),
            },
            Until::Marker(marker) if rest.is_empty() => self.unclosed_heredoc(start, marker),
            Until::Marker(_) => Ok(None),
        }
    }

    fn unclosed_heredoc<T>(&self, start: usize, marker: &str) -> Fallible<T> {
        let rest = self.scan.bytes.len().saturating_sub(start);
        self.read_in_vain.set(self.read_in_vain.get().saturating_add(rest));
        let opening = self.span(start.saturating_sub(1), start);
        self.fail(
            opening,
            format!("the heredoc needs a line that is just `{marker}`, and a newline after it"),
        )
    }

    /// Push one piece of text and return where it ends; never empty.
    fn literal(&mut self, at: usize, start: usize, until: Until<'a>) -> Fallible<usize> {
        let byte = self.scan.byte(at);
        if matches!(byte, b'$' | b'%') {
            let escaped = self.scan.byte(at + 1) == byte && self.scan.byte(at + 2) == b'{';
            let end = at + if escaped { 3 } else { 1 };
            let text = escaped.then(|| self.scan.text[at + 1..end].to_owned());
            let span = self.span(at, end);
            self.pieces.push(Piece::Literal { span, text });
            return Ok(end);
        }
        if matches!(until, Until::Quote) {
            return self.quoted_run(at, start);
        }
        let rest = &self.scan.bytes[at..];
        let end = match memchr3(b'$', b'%', b'\n', rest) {
            Some(length) if rest[length] == b'\n' => at + length + 1,
            Some(length) => at + length,
            None => self.scan.bytes.len(),
        };
        if matches!(until, Until::Marker(_)) {
            let run = &self.scan.text[at..end];
            let run = run.strip_suffix("\r\n").unwrap_or(run);
            if let Some(length) = memchr(b'\r', run.as_bytes()) {
                return self
                    .fail(self.span(at + length, at + length + 1), "carriage return without a newline");
            }
        }
        let span = self.span(at, end);
        self.pieces.push(Piece::Literal { span, text: None });
        Ok(end)
    }

    /// Text of a quoted string up to a quote, a line end, `$` or `%`, with its escapes decoded.
    fn quoted_run(&mut self, at: usize, start: usize) -> Fallible<usize> {
        let mut end = at;
        let mut escapes = false;
        loop {
            end = self.scan.quoted_text_end(end);
            match self.scan.byte(end) {
                b'\\' => {
                    escapes = true;
                    end += 1;
                    match self.scan.byte(end) {
                        b'\n' | b'\r' => {
                            return self
                                .fail(self.span(start - 1, start), "the string is not closed on its line");
                        }
                        _ if end >= self.scan.bytes.len() => break,
                        _ => end += 1,
                    }
                }
                _ => break,
            }
        }
        let text = if escapes { Some(self.unescape(at, end)?) } else { None };
        let span = self.span(at, end);
        self.pieces.push(Piece::Literal { span, text });
        Ok(end)
    }

    /// `${ … }` at an offset; returns where it ends, and whether it ends with `~}`.
    fn interpolation(&mut self, at: usize, start: usize) -> Fallible<(usize, bool)> {
        let outer = self.open_sequence(at);
        let expr = self.expression()?;
        self.pieces.push(Piece::Interpolation(expr));
        self.close_sequence(at, start, outer)
    }

    fn open_sequence(&mut self, at: usize) -> bool {
        let strips = self.scan.byte(at + 2) == b'~';
        if strips {
            self.strip_end();
        }
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.seek(at + 2 + usize::from(strips));
        outer
    }

    fn close_sequence(&mut self, at: usize, start: usize, outer: bool) -> Fallible<(usize, bool)> {
        let strips = match self.kind() {
            Kind::CloseBrace => false,
            Kind::StripBrace => true,
            Kind::Eof | Kind::Quote => {
                return self.fail(self.span(at.max(start), at + 2), "the sequence is not closed with `}`");
            }
            _ => return self.unexpected("`}`"),
        };
        self.ignore_newlines = outer;
        Ok((self.token.end, strips))
    }

    /// `%{ if … }` and its like.
    fn directive(&mut self, at: usize, start: usize) -> Fallible<(usize, bool)> {
        let outer = self.open_sequence(at);
        let word = self.token_text();
        if self.kind() != Kind::Ident {
            return self.unexpected("`if`, `else`, `endif`, `for` or `endfor`");
        }
        let span = self.span(at, self.token.end);
        self.advance();
        let piece = match word {
            "if" => Piece::If { condition: self.expression()?, span },
            "else" => Piece::Else(span),
            "endif" => Piece::EndIf(span),
            "endfor" => Piece::EndFor(span),
            "for" => {
                let (key_name, value_name) = self.for_names()?;
                Piece::For { key_name, value_name, collection: self.expression()?, span }
            }
            _ => {
                return self.fail(
                    span,
                    "this is no directive of a template: `if`, `else`, `endif`, `for` or `endfor`",
                );
            }
        };
        self.pieces.push(piece);
        self.close_sequence(at, start, outer)
    }
}

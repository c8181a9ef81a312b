//! JSON values as expressions: strings are templates, references or plain text, depending on where they stand.

use super::json_scan::{self, Json, JsonKind, JsonString};
use super::parser::{Fallible, Parser};
use super::tree::{ExprId, ExprKind, List, ObjectItem, Tree, UnaryOp};
use super::{ErrorKind, SyntaxError};
use crate::source::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    Template,
    Literal,
    /// The string holds an expression, as `depends_on` does.
    Expression,
}

#[derive(Debug)]
pub(super) struct Lower<'a> {
    source: &'a str,
    pub(super) tree: Tree,
    pub(super) errors: Vec<SyntaxError>,
}

impl<'a> Lower<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let decoded_from = Span::new(0, source.len()).end;
        Self { source, tree: Tree { decoded_from, ..Tree::default() }, errors: Vec::new() }
    }

    pub(super) fn text(&self, span: Span) -> &str {
        self.tree.text(self.source, span)
    }

    pub(super) fn error(&mut self, span: Span, message: &str) {
        let (message, hides) = (message.to_owned(), Some(span));
        self.errors.push(SyntaxError { span, message, kind: ErrorKind::Syntax, hides });
    }

    /// Where a string's text stands: in the file if it has no escapes, else decoded.
    pub(super) fn string_span(&mut self, string: JsonString) -> Span {
        if !string.escapes {
            return string.span;
        }
        let raw = self.source.get(string.span.range()).unwrap_or("");
        match json_scan::unescape(raw) {
            Ok(text) => {
                let start = self.tree.decoded_from as usize + self.tree.decoded.len();
                self.tree.decoded.push_str(&text);
                let span = Span::new(start, start + text.len());
                self.tree.decoded_map.push((span.start, string.span));
                span
            }
            Err(at) => {
                let start = string.span.start as usize + at;
                self.error(Span::new(start, start + 2), "not a valid escape sequence");
                string.span
            }
        }
    }

    fn push(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.tree.pools.push(span, kind)
    }

    pub(super) fn expression(&mut self, json: &Json, strings: Strings) -> ExprId {
        let kind = match &json.kind {
            JsonKind::Null => ExprKind::Null,
            JsonKind::Bool(value) => ExprKind::Bool(*value),
            JsonKind::Number => return self.number(json.span),
            JsonKind::String(string) => return self.string(*string, json.span, strings),
            JsonKind::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.expression(item, strings)).collect();
                ExprKind::Tuple(List::of(&mut self.tree.pools.ids, items))
            }
            JsonKind::Object(members) => {
                let items = self.object(members, strings);
                ExprKind::Object(List::of(&mut self.tree.pools.items, items))
            }
        };
        self.push(json.span, kind)
    }

    fn number(&mut self, span: Span) -> ExprId {
        if !self.text(span).starts_with('-') {
            return self.push(span, ExprKind::Number);
        }
        let digits = Span { start: span.start + 1, end: span.end };
        let operand = self.push(digits, ExprKind::Number);
        self.push(span, ExprKind::Unary { op: UnaryOp::Negate, operand })
    }

    fn object(&mut self, members: &[(JsonString, Json)], strings: Strings) -> Vec<ObjectItem> {
        let mut items = Vec::with_capacity(members.len());
        for (key, value) in members {
            let quoted = Span { start: key.span.start - 1, end: key.span.end + 1 };
            let keys = if strings == Strings::Template { strings } else { Strings::Literal };
            let key = self.string(*key, quoted, keys);
            let value = self.expression(value, strings);
            items.push(ObjectItem { key, bare: false, value });
        }
        items
    }

    fn string(&mut self, string: JsonString, quoted: Span, strings: Strings) -> ExprId {
        let span = self.string_span(string);
        match strings {
            Strings::Literal => self.push(quoted, ExprKind::Plain(span)),
            Strings::Template if !has_sequences(self.text(span)) => self.push(quoted, ExprKind::Plain(span)),
            Strings::Template => self.template(span, quoted),
            // What is no expression is taken as the word that it is.
            Strings::Expression => match self.parse_within(span, false) {
                Ok(root) => root,
                Err(_) => self.push(quoted, ExprKind::Plain(span)),
            },
        }
    }

    fn template(&mut self, span: Span, quoted: Span) -> ExprId {
        match self.parse_within(span, true) {
            Ok(root) => {
                self.tree.pools.set_span(root, quoted);
                root
            }
            Err(mut error) => {
                error.span = self.tree.file_span(error.span);
                error.hides = Some(quoted);
                self.errors.push(*error);
                self.push(quoted, ExprKind::Plain(span))
            }
        }
    }

    /// Run the native parser over a string's text, so that its expressions land in this tree.
    fn parse_within(&mut self, span: Span, template: bool) -> Fallible<ExprId> {
        let shift = if span.start < self.tree.decoded_from { 0 } else { self.tree.decoded_from as usize };
        let whole = if shift == 0 { self.source } else { self.tree.decoded.as_str() };
        let text = whole.get(..span.end as usize - shift).unwrap_or("");
        let mut parser = Parser::new(text, span.start as usize - shift, shift);
        let before = self.tree.pools.exprs.len();
        parser.pools = std::mem::take(&mut self.tree.pools);
        let start = span.start as usize - shift;
        let result = if template { parser.bare_template(start) } else { parser.whole_expression(start) };
        self.tree.pools = parser.pools;
        if result.is_err() {
            self.tree.pools.exprs.truncate(before);
        }
        result
    }
}

fn has_sequences(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"${").is_some()
        || memchr::memmem::find(text.as_bytes(), b"%{").is_some()
}

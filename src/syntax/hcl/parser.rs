//! What all parts of the parser share: the current token, newline sensitivity, the depth limit, making expressions.

use super::pools::{Pools, fit};
use super::scan::{Kind, Scanner, Token};
use super::template::Piece;
use super::tree::{Attribute, Block, Body, ExprId, ExprKind, Label, ObjectItem, Part, Tree};
use super::{ErrorKind, SyntaxError};
use crate::source::Span;
use std::cell::Cell;

/// How deeply expressions and blocks may nest. A level costs at most some 5 KB of stack (unoptimised), and threads
/// that parse have 2 MiB.
pub(super) const DEPTH_LIMIT: u32 = 250;

pub(super) type Fallible<T> = Result<T, Box<SyntaxError>>;

#[derive(Debug)]
pub(super) struct Parser<'a> {
    pub(super) scan: Scanner<'a>,
    pub(super) pools: Pools,
    pub(super) errors: Vec<SyntaxError>,
    /// The next token that is not a newline.
    pub(super) token: Token,
    /// A newline stands before `token` and has not been read.
    newline: bool,
    /// Between brackets newlines mean nothing. Whoever sets this reads on, or calls [`Self::settle`].
    pub(super) ignore_newlines: bool,
    /// What comes next: `token`, or the newline before it if that counts.
    kind: Kind,
    depth: u32,
    /// Bytes that were read looking for the ends of heredocs that have none.
    pub(super) read_in_vain: Cell<usize>,
    /// End of the last token that was read.
    pub(super) last_end: usize,
    /// Stacks of what is being built, so that each list is allocated once, in its right size.
    pub(super) pieces: Vec<Piece>,
    pub(super) ids: Vec<ExprId>,
    pub(super) items: Vec<ObjectItem>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) blocks: Vec<Block>,
    pub(super) labels: Vec<Label>,
    /// Room for the parts of a template, whoever makes one.
    pub(super) parts: Vec<Part>,
}

/// Words of the language, which are shown where they are not expected: none of them is a part of a secret.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "if", "else", "endif", "for", "in", "endfor", "null", "true", "false", "resource", "data", "variable", "output", "locals", "module",
    "provider", "terraform", "moved", "import", "removed", "check", "dynamic",
];

impl<'a> Parser<'a> {
    /// `shift` is added to offsets of `text` in all spans.
    pub(super) fn new(text: &'a str, start: usize, shift: usize) -> Self {
        let token = Token { kind: Kind::Eof, start, end: start, after_newline: false };
        Self {
            scan: Scanner::new(text, shift),
            pools: Pools::default(),
            errors: Vec::new(),
            token,
            newline: false,
            ignore_newlines: false,
            kind: Kind::Eof,
            depth: 0,
            read_in_vain: Cell::new(0),
            last_end: start,
            pieces: Vec::new(),
            ids: Vec::new(),
            items: Vec::new(),
            attributes: Vec::new(),
            blocks: Vec::new(),
            labels: Vec::new(),
            parts: Vec::new(),
        }
    }

    pub(super) fn into_tree(mut self, body: Body) -> (Tree, Vec<SyntaxError>) {
        self.pools.fit();
        fit(&mut self.scan.comments);
        let tree = Tree { body, pools: self.pools, comments: self.scan.comments, ..Tree::default() };
        (tree, self.errors)
    }

    /// Continue at an offset.
    pub(super) fn seek(&mut self, at: usize) {
        match self.scan.short_token(at) {
            Ok(token) => self.meet(token),
            Err((at, after_newline)) => {
                let token = self.scan.other_token(at, after_newline);
                self.meet(token);
            }
        }
    }

    #[inline(always)]
    fn meet(&mut self, token: Token) {
        self.token = token;
        self.newline = token.after_newline;
        self.settle();
    }

    pub(super) fn settle(&mut self) {
        self.kind = if self.newline && !self.ignore_newlines { Kind::Newline } else { self.token.kind };
    }

    /// Forget what was being built, after an error.
    pub(super) fn reset(&mut self) {
        self.depth = 0;
        self.ignore_newlines = false;
        self.pieces.clear();
        self.ids.clear();
        self.items.clear();
        self.labels.clear();
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Read one token, or the newline before it.
    pub(super) fn advance(&mut self) {
        if self.kind == Kind::Newline {
            self.newline = false;
            self.kind = self.token.kind;
        } else {
            self.read_on(self.token.end);
        }
    }

    /// What ends here has been read.
    pub(super) fn read_on(&mut self, end: usize) {
        self.last_end = end;
        self.seek(end);
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start + self.scan.shift, end + self.scan.shift)
    }

    pub(super) fn token_span(&self) -> Span {
        self.span(self.token.start, self.token.end)
    }

    pub(super) fn token_text(&self) -> &'a str {
        self.scan.text.get(self.token.start..self.token.end).unwrap_or("")
    }

    /// From an offset to the last token read.
    pub(super) fn since(&self, start: usize) -> Span {
        self.span(start, self.last_end)
    }

    #[inline(always)]
    pub(super) fn push(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.pools.push(span, kind)
    }

    pub(super) fn span_of(&self, id: ExprId) -> Span {
        self.pools.exprs[id.0 as usize].span
    }

    /// Offset in the text where an expression starts.
    pub(super) fn start_of(&self, id: ExprId) -> usize {
        self.span_of(id).start as usize - self.scan.shift
    }

    pub(super) fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Fallible<T>) -> Fallible<T> {
        if self.depth >= DEPTH_LIMIT {
            let message = format!("nested more than {DEPTH_LIMIT} levels deep");
            return Err(Box::new(SyntaxError {
                span: self.token_span(),
                message,
                kind: ErrorKind::Limit,
                hides: None,
            }));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn fail<T>(&self, span: Span, message: impl Into<String>) -> Fallible<T> {
        Err(Box::new(SyntaxError { span, message: message.into(), kind: ErrorKind::Syntax, hides: None }))
    }

    /// The error that the current token is not what the grammar wants here.
    pub(super) fn unexpected<T>(&self, wanted: &str) -> Fallible<T> {
        if self.kind() == Kind::Newline {
            let at = self.last_end;
            return self.fail(self.span(at, at), format!("expected {wanted}, found the end of the line"));
        }
        let message = match self.token.kind {
            Kind::Eof => format!("expected {wanted}, found the end of the file"),
            Kind::OpenComment => "comment without closing `*/`".to_owned(),
            Kind::Quote => format!("expected {wanted}, found a string"),
            Kind::Heredoc => format!("expected {wanted}, found a heredoc"),
            Kind::Invalid => match self.token_text() {
                "'" => "single quotes are not valid: strings stand in double quotes".to_owned(),
                text => format!("the character {text:?} is not valid here"),
            },
            // Behind an unescaped quote a word is the rest of a text, which may be a password.
            Kind::Ident | Kind::Number
                if self.scan.text.get(..self.last_end).is_some_and(|read| read.ends_with('"'))
                    && self.last_end == self.token.start =>
            {
                format!("expected {wanted}: a quote inside of a string is written `\\\"`")
            }
            Kind::Ident if KEYWORDS.contains(&self.token_text()) => {
                format!("expected {wanted}, found `{}`", self.token_text())
            }
            Kind::Ident => format!("expected {wanted}, found a word"),
            Kind::Number => format!("expected {wanted}, found a number"),
            _ => format!("expected {wanted}, found `{}`", self.token_text()),
        };
        self.fail(self.token_span(), message)
    }

    pub(super) fn expect(&mut self, kind: Kind, wanted: &str) -> Fallible<()> {
        if self.kind() == kind {
            self.advance();
            return Ok(());
        }
        self.unexpected(wanted)
    }

    pub(super) fn expect_name(&mut self, wanted: &str) -> Fallible<Span> {
        let span = self.token_span();
        self.expect(Kind::Ident, wanted)?;
        Ok(span)
    }

    /// Whether the next token is this word.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.kind() == Kind::Ident && self.token_text() == word
    }
}

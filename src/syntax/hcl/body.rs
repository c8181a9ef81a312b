//! Attributes and blocks.

use rustc_hash::FxHashSet;

use super::parser::{Fallible, Parser};
use super::recover;
use super::scan::Kind;
use super::tree::{Attribute, Block, Body, Label};
use super::{ErrorKind, SyntaxError};
use crate::source::Span;

/// Errors of one file after which the rest of it is given up.
const ERROR_LIMIT: usize = 200;

/// Bytes of heredocs that are never closed, each to the end of the file, after which the rest of it is given up.
const VAIN_LIMIT: usize = 256 << 20;

/// Up to this many attributes, looking through them is faster than hashing.
const SMALL: usize = 16;

impl<'a> Parser<'a> {
    /// The whole file. An item with an error is left out, up to where the next one begins.
    pub(super) fn file(&mut self, start: usize) -> Body {
        let mut names = FxHashSet::default();
        self.seek(start);
        loop {
            match self.kind() {
                Kind::Newline => self.advance(),
                Kind::Eof => return self.body_since(0, 0),
                _ => {
                    let (from, exprs) = (self.token.start, self.pools.exprs.len());
                    let (attributes, blocks) = (self.attributes.len(), self.blocks.len());
                    let Err(mut error) = self.item(0, &mut names) else { continue };
                    self.pools.exprs.truncate(exprs);
                    self.attributes.truncate(attributes);
                    self.blocks.truncate(blocks);
                    self.reset();
                    let resume = recover::next_item(&mut self.scan, from);
                    error.hides = Some(self.span(from, resume));
                    self.errors.push(*error);
                    if self.errors.len() >= ERROR_LIMIT || self.read_in_vain.get() > VAIN_LIMIT {
                        self.give_up(resume);
                        return self.body_since(0, 0);
                    }
                    self.seek(resume);
                }
            }
        }
    }

    fn give_up(&mut self, from: usize) {
        let end = self.scan.bytes.len();
        self.errors.push(SyntaxError {
            span: self.span(from, from),
            message: "too many errors: the rest of the file is not read".to_owned(),
            kind: ErrorKind::Limit,
            hides: Some(self.span(from, end)),
        });
    }

    /// What has been read since there were so many attributes and blocks.
    fn body_since(&mut self, attributes: usize, blocks: usize) -> Body {
        Body {
            attributes: self.attributes.drain(attributes..).collect(),
            blocks: self.blocks.drain(blocks..).collect(),
        }
    }

    /// An attribute or a block, with the newline that ends it. The body's attributes begin at `first`.
    fn item(&mut self, first: usize, names: &mut FxHashSet<&'a str>) -> Fallible<()> {
        let start = self.token.start;
        let name = self.token_span();
        if self.kind() == Kind::Quote {
            return self.fail(name, "names of arguments and blocks must not be quoted");
        }
        let text = self.token_text();
        if self.kind() == Kind::Ident
            && let Some(end) = self.scan.assign_end(self.token.end)
        {
            self.read_on(end);
            return self.attribute(first, names, name, text);
        }
        self.expect(Kind::Ident, "an argument or a block")?;
        match self.kind() {
            Kind::Assign => {
                self.advance();
                self.attribute(first, names, name, text)
            }
            Kind::Quote | Kind::OpenBrace | Kind::Ident => {
                let block = self.nested(|parser| parser.block(start, name))?;
                match self.kind() {
                    Kind::Newline | Kind::Eof => self.advance(),
                    _ => return self.unexpected("a new line after the block"),
                }
                self.blocks.push(block);
                Ok(())
            }
            _ => self.unexpected("`=` and a value, or `{` and a block"),
        }
    }

    /// What follows a name and `=`, with the newline that ends it.
    fn attribute(
        &mut self,
        first: usize,
        names: &mut FxHashSet<&'a str>,
        name: Span,
        text: &'a str,
    ) -> Fallible<()> {
        let expr = self.expression()?;
        match self.kind() {
            Kind::Newline | Kind::Eof => self.advance(),
            _ => return self.unexpected("a new line after the value"),
        }
        self.add_attribute(first, names, Attribute { name, expr }, text);
        Ok(())
    }

    /// A name that is set twice is an error, and no reason to lose the block.
    fn add_attribute(
        &mut self,
        first: usize,
        names: &mut FxHashSet<&'a str>,
        attribute: Attribute,
        text: &'a str,
    ) {
        let known = &self.attributes[first..];
        let repeated = if known.len() < SMALL {
            let same = |other: &Attribute| other.name.len() == text.len() && self.source(other.name) == text;
            known.iter().any(same)
        } else {
            if names.is_empty() {
                names.extend(known.iter().map(|other| self.source(other.name)));
            }
            !names.insert(text)
        };
        if repeated && self.errors.len() >= ERROR_LIMIT {
            // That the file has errors is known well enough.
        } else if repeated {
            let message = format!("`{text}` is set twice: the first value counts here");
            self.errors.push(SyntaxError {
                span: attribute.name,
                message,
                kind: ErrorKind::Syntax,
                hides: None,
            });
        } else {
            self.attributes.push(attribute);
        }
    }

    fn block(&mut self, start: usize, keyword: Span) -> Fallible<Block> {
        loop {
            match self.kind() {
                Kind::OpenBrace => break,
                Kind::Ident => {
                    self.labels.push(Label { text: self.token_span() });
                    self.advance();
                }
                Kind::Quote => {
                    let text = self.quoted_label()?;
                    self.labels.push(Label { text });
                }
                _ => return self.unexpected("a block label or `{`"),
            }
        }
        let labels = self.labels.drain(..).collect();
        let header = self.since(start);
        self.advance();
        let body = match self.kind() {
            Kind::Newline | Kind::CloseBrace => self.block_body()?,
            _ => self.one_line_body()?,
        };
        Ok(Block { keyword, labels, header, span: self.since(start), body })
    }

    fn block_body(&mut self) -> Fallible<Body> {
        let (attributes, blocks) = (self.attributes.len(), self.blocks.len());
        let mut names = FxHashSet::default();
        loop {
            match self.kind() {
                Kind::Newline => self.advance(),
                Kind::CloseBrace => {
                    self.advance();
                    return Ok(self.body_since(attributes, blocks));
                }
                Kind::Eof => return self.unexpected("`}` at the end of the block"),
                _ => self.item(attributes, &mut names)?,
            }
        }
    }

    /// `{ name = value }`
    fn one_line_body(&mut self) -> Fallible<Body> {
        let name = self.expect_name("an argument or a new line after `{`")?;
        self.expect(Kind::Assign, "`=` (a block on one line holds one argument)")?;
        let expr = self.expression()?;
        self.expect(Kind::CloseBrace, "`}` (a block on one line holds one argument)")?;
        Ok(Body { attributes: [Attribute { name, expr }].into(), blocks: Box::default() })
    }

    /// A label takes escapes, but no sequences.
    fn quoted_label(&mut self) -> Fallible<Span> {
        let start = self.token.start;
        let mut at = start + 1;
        let mut escapes = false;
        loop {
            at = self.scan.quoted_text_end(at);
            match self.scan.byte(at) {
                b'"' => break,
                b'\n' | b'\r' => return self.fail(self.token_span(), "the string is not closed on its line"),
                b'\\' => {
                    escapes = true;
                    at += 2;
                }
                mark @ (b'$' | b'%') => match (self.scan.byte(at + 1), self.scan.byte(at + 2)) {
                    (b'{', _) => return self.fail(self.span(at, at + 2), "a block label takes no sequences"),
                    (second, b'{') if second == mark => at += 3,
                    _ => at += 1,
                },
                _ => return self.fail(self.token_span(), "the string is never closed"),
            }
        }
        if escapes {
            self.unescape(start + 1, at)?;
        }
        self.read_on(at + 1);
        Ok(self.span(start + 1, at))
    }
}

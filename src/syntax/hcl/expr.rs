//! Expressions: operators, calls, references. Follows hclsyntax's grammar
//! (<https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions>) as Terraform reads it.

use super::parser::{Fallible, Parser};
use super::scan::{Kind, Token};
use super::tree::{BinaryOp, ExprId, ExprKind, List, SplatKind, UnaryOp};
use crate::source::Span;

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Fallible<ExprId> {
        self.nested(Self::conditional)
    }

    /// The whole text from `start` as one expression.
    pub(super) fn whole_expression(&mut self, start: usize) -> Fallible<ExprId> {
        self.ignore_newlines = true;
        self.seek(start);
        let expr = self.expression()?;
        if self.kind() != Kind::Eof {
            return self.unexpected("the end of the expression");
        }
        Ok(expr)
    }

    /// An expression that begins with a word, which has been read.
    pub(super) fn expression_from(&mut self, word: Token) -> Fallible<ExprId> {
        let first = self.name_of(word)?;
        let first = self.traversals(first)?;
        self.rest(first)
    }

    /// Most expressions are one operand.
    fn conditional(&mut self) -> Fallible<ExprId> {
        let first = self.operand()?;
        self.rest(first)
    }

    /// What follows an expression's first operand.
    #[inline(always)]
    fn rest(&mut self, first: ExprId) -> Fallible<ExprId> {
        let kind = self.kind();
        if kind != Kind::Question && operator(kind).is_none() { Ok(first) } else { self.chain(first) }
    }

    /// A chain of conditions, each the other result of the one before, is read without recursion.
    fn chain(&mut self, first: ExprId) -> Fallible<ExprId> {
        let mut open = Vec::new();
        let mut last = self.binary_from(first, 0)?;
        while self.kind() == Kind::Question {
            self.advance();
            let then = self.expression()?;
            self.expect(Kind::Colon, "`:` and the other result of the condition")?;
            open.push((last, then));
            last = self.binary(0)?;
        }
        for (condition, then) in open.into_iter().rev() {
            let span = self.span_of(condition).to(self.span_of(last));
            last = self.push(span, ExprKind::Conditional { condition, then, otherwise: last });
        }
        Ok(last)
    }

    fn binary(&mut self, lowest: u8) -> Fallible<ExprId> {
        let first = self.operand()?;
        self.binary_from(first, lowest)
    }

    fn binary_from(&mut self, first: ExprId, lowest: u8) -> Fallible<ExprId> {
        let mut left = first;
        while let Some((op, rank)) = operator(self.kind()) {
            if rank < lowest {
                break;
            }
            self.advance();
            let right = self.binary(rank + 1)?;
            let span = self.span_of(left).to(self.span_of(right));
            left = self.push(span, ExprKind::Binary { op, left, right });
        }
        Ok(left)
    }

    fn operand(&mut self) -> Fallible<ExprId> {
        let term = self.term()?;
        match self.kind() {
            Kind::Dot | Kind::OpenBracket => self.traversals(term),
            _ => Ok(term),
        }
    }

    fn term(&mut self) -> Fallible<ExprId> {
        let start = self.token.start;
        match self.kind() {
            Kind::Ident => self.name(),
            Kind::Quote => self.quoted(),
            Kind::Heredoc => self.heredoc(),
            Kind::Number => self.number(),
            Kind::OpenParen => self.parens(start),
            Kind::OpenBracket => self.tuple(),
            Kind::OpenBrace => self.object(),
            Kind::Minus => self.unary(UnaryOp::Negate),
            Kind::Not => self.unary(UnaryOp::Not),
            _ => self.unexpected("an expression"),
        }
    }

    fn parens(&mut self, start: usize) -> Fallible<ExprId> {
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.advance();
        let inner = self.expression()?;
        if self.kind() != Kind::CloseParen {
            return self.unexpected("`)`");
        }
        self.ignore_newlines = outer;
        self.close();
        let span = self.since(start);
        Ok(self.push(span, ExprKind::Parens(inner)))
    }

    /// Read a closing bracket, after the newline mode of its outside has been set: newlines before it never count.
    pub(super) fn close(&mut self) {
        self.read_on(self.token.end);
    }

    fn unary(&mut self, op: UnaryOp) -> Fallible<ExprId> {
        let start = self.token.start;
        self.advance();
        let operand = self.nested(Self::operand)?;
        let span = self.since(start);
        Ok(self.push(span, ExprKind::Unary { op, operand }))
    }

    pub(super) fn number(&mut self) -> Fallible<ExprId> {
        let span = self.token_span();
        if !is_number(self.token_text().as_bytes()) {
            return self.fail(span, "not a number");
        }
        self.advance();
        Ok(self.push(span, ExprKind::Number))
    }

    fn name(&mut self) -> Fallible<ExprId> {
        let word = self.token;
        if self.scan.byte(word.end) == b'.' {
            return Ok(self.reference(word));
        }
        self.advance();
        self.name_of(word)
    }

    /// A name and all plain names after dots that follow it without a blank: no token is made of them.
    fn reference(&mut self, word: Token) -> ExprId {
        let root = self.span(word.start, word.end);
        let kind = self.word(word, root);
        let mut base = self.push(root, kind);
        let mut end = word.end;
        while self.scan.byte(end) == b'.'
            && let Some(name_end) = self.scan.plain_name_end(end + 1)
        {
            let name = self.span(end + 1, name_end);
            base = self.push(Span { start: root.start, end: name.end }, ExprKind::Attr { base, name });
            end = name_end;
        }
        self.read_on(end);
        base
    }

    /// What a word is that has been read.
    fn name_of(&mut self, word: Token) -> Fallible<ExprId> {
        let span = self.span(word.start, word.end);
        match self.kind() {
            Kind::OpenParen | Kind::DoubleColon => return self.call(span),
            _ => {}
        }
        let kind = self.word(word, span);
        Ok(self.push(span, kind))
    }

    fn word(&self, word: Token, span: Span) -> ExprKind {
        match &self.scan.bytes[word.start..word.end] {
            b"true" => ExprKind::Bool(true),
            b"false" => ExprKind::Bool(false),
            b"null" => ExprKind::Null,
            _ => ExprKind::Name(span),
        }
    }

    fn call(&mut self, first: Span) -> Fallible<ExprId> {
        let mut name = first;
        while self.kind() == Kind::DoubleColon {
            self.advance();
            name = name.to(self.expect_name("a function name after `::`")?);
        }
        if self.kind() != Kind::OpenParen {
            return self.unexpected("`(` after the function's name");
        }
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.advance();
        let base = self.ids.len();
        let mut expand = false;
        while self.kind() != Kind::CloseParen {
            let argument = self.expression()?;
            self.ids.push(argument);
            match self.kind() {
                Kind::Comma => self.advance(),
                Kind::Ellipsis => {
                    expand = true;
                    self.advance();
                    if self.kind() != Kind::CloseParen {
                        return self.unexpected("`)` after `...`");
                    }
                }
                Kind::CloseParen => {}
                _ => return self.unexpected("`,` or `)` after the argument"),
            }
        }
        self.ignore_newlines = outer;
        self.close();
        let args = List::of(&mut self.pools.ids, self.ids.drain(base..));
        let span = Span { start: first.start, end: self.since(0).end };
        Ok(self.push(span, ExprKind::Call { name, args, expand }))
    }

    /// All of `.name`, `.0`, `.*`, `[key]` and `[*]` that follow.
    fn traversals(&mut self, from: ExprId) -> Fallible<ExprId> {
        let mut base = from;
        loop {
            match self.kind() {
                Kind::Dot => {
                    self.advance();
                    base = match self.kind() {
                        Kind::Star => self.attribute_splat(base)?,
                        _ => self.member(base, "a name after the dot")?,
                    };
                }
                Kind::OpenBracket => {
                    let open = self.token.start;
                    self.advance();
                    if self.kind() == Kind::Star {
                        base = self.full_splat(base, open)?;
                    } else {
                        base = self.index(base)?;
                    }
                }
                _ => return Ok(base),
            }
        }
    }

    /// A name, or a number as Terraform 0.11 wrote indices, after a dot.
    fn member(&mut self, base: ExprId, wanted: &str) -> Fallible<ExprId> {
        let start = self.span_of(base);
        let name = self.token_span();
        match self.kind() {
            Kind::Ident => {
                self.advance();
                Ok(self.push(start.to(name), ExprKind::Attr { base, name }))
            }
            Kind::Number => {
                if self.token_text().contains('.') {
                    return self
                        .fail(name, "two indices after dots are read as one number: write them in brackets");
                }
                let key = self.number()?;
                Ok(self.push(start.to(name), ExprKind::Index { base, key }))
            }
            _ => self.unexpected(wanted),
        }
    }

    fn attribute_splat(&mut self, base: ExprId) -> Fallible<ExprId> {
        let marker = self.token_span();
        self.advance();
        let mut each = self.push(marker, ExprKind::SplatItem);
        while self.kind() == Kind::Dot {
            self.advance();
            each = self.member(each, "a name after the dot")?;
        }
        let span = self.span_of(base).to(self.span_of(each));
        Ok(self.push(span, ExprKind::Splat { base, each, kind: SplatKind::Attribute }))
    }

    fn full_splat(&mut self, base: ExprId, open: usize) -> Fallible<ExprId> {
        self.advance();
        self.expect(Kind::CloseBracket, "`]` after `[*`")?;
        let span = self.since(open);
        let item = self.push(span, ExprKind::SplatItem);
        let each = self.nested(|parser| parser.traversals(item))?;
        let span = self.span_of(base).to(self.span_of(each));
        Ok(self.push(span, ExprKind::Splat { base, each, kind: SplatKind::Full }))
    }

    fn index(&mut self, base: ExprId) -> Fallible<ExprId> {
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.settle();
        let key = self.expression()?;
        if self.kind() != Kind::CloseBracket {
            return self.unexpected("`]` after the index");
        }
        self.ignore_newlines = outer;
        self.close();
        let span = self.since(self.start_of(base));
        Ok(self.push(span, ExprKind::Index { base, key }))
    }
}

/// Binary operators and how tightly they bind.
fn operator(kind: Kind) -> Option<(BinaryOp, u8)> {
    Some(match kind {
        Kind::Or => (BinaryOp::Or, 0),
        Kind::And => (BinaryOp::And, 1),
        Kind::Equal => (BinaryOp::Equal, 2),
        Kind::NotEqual => (BinaryOp::NotEqual, 2),
        Kind::Less => (BinaryOp::Less, 3),
        Kind::LessEqual => (BinaryOp::LessEqual, 3),
        Kind::Greater => (BinaryOp::Greater, 3),
        Kind::GreaterEqual => (BinaryOp::GreaterEqual, 3),
        Kind::Plus => (BinaryOp::Add, 4),
        Kind::Minus => (BinaryOp::Subtract, 4),
        Kind::Star => (BinaryOp::Multiply, 5),
        Kind::Slash => (BinaryOp::Divide, 5),
        Kind::Percent => (BinaryOp::Modulo, 5),
        _ => return None,
    })
}

/// A longer exponent is out of the range of Terraform's numbers.
const EXPONENT_DIGITS: usize = 9;

/// Digits, then perhaps a dot and digits, then perhaps an exponent.
fn is_number(text: &[u8]) -> bool {
    let digits = |from: usize| from + text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = digits(0);
    if text.get(at) == Some(&b'.') {
        at = digits(at + 1);
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1;
        if matches!(text.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        let end = digits(at);
        if end - at > EXPONENT_DIGITS {
            return false;
        }
        at = end;
    }
    at == text.len()
}

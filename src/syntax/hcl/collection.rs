//! Tuples, objects and `for` expressions.

use super::parser::{Fallible, Parser};
use super::scan::Kind;
use super::tree::{ExprId, ExprKind, ForExpr, List, ObjectItem};

impl Parser<'_> {
    pub(super) fn tuple(&mut self) -> Fallible<ExprId> {
        let start = self.token.start;
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.advance();
        if self.at_word("for") {
            return self.for_expression(start, outer, false);
        }
        let base = self.ids.len();
        while self.kind() != Kind::CloseBracket {
            let item = self.expression()?;
            self.ids.push(item);
            match self.kind() {
                Kind::Comma => self.advance(),
                Kind::CloseBracket => {}
                _ => return self.unexpected("`,` or `]` after the item"),
            }
        }
        self.ignore_newlines = outer;
        self.close();
        let items = List::of(&mut self.pools.ids, self.ids.drain(base..));
        let span = self.since(start);
        Ok(self.push(span, ExprKind::Tuple(items)))
    }

    pub(super) fn object(&mut self) -> Fallible<ExprId> {
        let start = self.token.start;
        // `for` may stand on a line of its own, while items are separated by newlines.
        let outer = std::mem::replace(&mut self.ignore_newlines, true);
        self.advance();
        if self.at_word("for") {
            return self.for_expression(start, outer, true);
        }
        self.ignore_newlines = false;
        self.settle();
        let base = self.items.len();
        loop {
            match self.kind() {
                Kind::Newline => self.advance(),
                Kind::CloseBrace => break,
                _ => {
                    let item = self.object_item()?;
                    self.items.push(item);
                    match self.kind() {
                        Kind::Comma | Kind::Newline => self.advance(),
                        Kind::CloseBrace => break,
                        _ => return self.unexpected("a comma or a new line after the value"),
                    }
                }
            }
        }
        self.ignore_newlines = outer;
        self.close();
        let items = List::of(&mut self.pools.items, self.items.drain(base..));
        let span = self.since(start);
        Ok(self.push(span, ExprKind::Object(items)))
    }

    fn object_item(&mut self) -> Fallible<ObjectItem> {
        if self.kind() == Kind::Ident
            && let Some(end) = self.scan.assign_end(self.token.end)
        {
            let word = self.token_span();
            self.read_on(end);
            let key = self.push(word, ExprKind::Plain(word));
            let value = self.expression()?;
            return Ok(ObjectItem { key, bare: true, value });
        }
        let (key, bare) = self.object_key()?;
        match self.kind() {
            Kind::Assign | Kind::Colon => self.advance(),
            _ => return self.unexpected("`=` and a value after the key"),
        }
        let value = self.expression()?;
        Ok(ObjectItem { key, bare, value })
    }

    /// The key of an item, and whether it is a bare word.
    fn object_key(&mut self) -> Fallible<(ExprId, bool)> {
        if self.kind() != Kind::Ident {
            let key = self.expression()?;
            return Ok((key, self.bare_key(key)));
        }
        let word = self.token;
        self.advance();
        if matches!(self.kind(), Kind::Assign | Kind::Colon) {
            let span = self.span(word.start, word.end);
            return Ok((self.push(span, ExprKind::Plain(span)), true));
        }
        let key = self.nested(|parser| parser.expression_from(word))?;
        Ok((key, self.bare_key(key)))
    }

    /// A key that is a single word is that word, whatever it would be as an expression.
    fn bare_key(&mut self, key: ExprId) -> bool {
        self.pools.exprs[key.0 as usize].become_bare_word()
    }

    fn for_expression(&mut self, start: usize, outer: bool, object: bool) -> Fallible<ExprId> {
        self.advance();
        let (key_name, value_name) = self.for_names()?;
        let collection = self.expression()?;
        self.expect(Kind::Colon, "`:` after the collection of `for`")?;
        let mut key = None;
        let mut value = self.expression()?;
        if self.kind() == Kind::Arrow {
            if !object {
                return self.unexpected("`]`: a tuple's items have no keys");
            }
            self.advance();
            key = Some(value);
            value = self.expression()?;
        } else if object {
            return self.unexpected("`=>`: an object needs a key for each value");
        }
        let grouping = self.kind() == Kind::Ellipsis;
        if grouping {
            if !object {
                return self.unexpected("`]`: a tuple's items cannot be grouped");
            }
            self.advance();
        }
        let mut condition = None;
        if self.at_word("if") {
            self.advance();
            condition = Some(self.expression()?);
        }
        match (object, self.kind()) {
            (true, Kind::CloseBrace) | (false, Kind::CloseBracket) => {}
            (true, _) => return self.unexpected("`}` at the end of `for`"),
            (false, _) => return self.unexpected("`]` at the end of `for`"),
        }
        self.ignore_newlines = outer;
        self.close();
        let span = self.since(start);
        let parts = ForExpr { key_name, value_name, collection, key, value, condition, grouping };
        let id = self.pools.push_loop(parts);
        Ok(self.push(span, ExprKind::For(id)))
    }

    /// `v in` or `k, v in`, as in expressions and in templates.
    pub(super) fn for_names(&mut self) -> Fallible<(Option<crate::source::Span>, crate::source::Span)> {
        let mut names = (None, self.expect_name("a name after `for`")?);
        if self.kind() == Kind::Comma {
            self.advance();
            names = (Some(names.1), self.expect_name("a second name after the comma")?);
        }
        if !self.at_word("in") {
            return self.unexpected("`in` after the names of `for`");
        }
        self.advance();
        Ok(names)
    }
}

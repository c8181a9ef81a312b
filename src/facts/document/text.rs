//! JSON of which parts may be unknown: a hole may stand for a value, for a member or for a piece of a string.

use super::locate::Literals;
use super::{Member, Node, Object, Text};
use crate::facts::holes::{self, HOLE};
use crate::model::Reason;

/// Deeper documents are no person's.
const MAX_DEPTH: usize = 64;

/// The document that a text is. `None`: not a JSON object or list.
pub(super) fn parse(whole: &Text, literals: Literals) -> Option<Node> {
    let trimmed = whole.text.trim();
    if !trimmed.starts_with(['{', '[']) {
        return None;
    }
    let mut reader = Reader { rest: trimmed, holes: &whole.holes, literals };
    let node = reader.value(0)?;
    reader.rest.trim_start().is_empty().then_some(node)
}

struct Reader<'t> {
    rest: &'t str,
    /// Of the holes that are still to come.
    holes: &'t [Reason],
    literals: Literals,
}

impl Reader<'_> {
    fn eat(&mut self, c: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn holes_of(&mut self, text: &str) -> Vec<Reason> {
        let count = text.chars().filter(|c| *c == HOLE).count().min(self.holes.len());
        let (these, rest) = self.holes.split_at(count);
        self.holes = rest;
        these.to_vec()
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '{' if depth < MAX_DEPTH => self.object(depth),
            '[' if depth < MAX_DEPTH => self.list(depth),
            '"' => {
                let mut text = self.string()?;
                text.site = self.literals.value(&text.text);
                Some(Node::Text(text))
            }
            _ => self.scalar(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Node> {
        self.eat('{');
        let mut object = Object::default();
        while !self.eat('}') {
            // `jsonencode` puts what it does not know of an object behind the last member, without a comma.
            if self.eat(HOLE) {
                object.open = self.holes_of(&HOLE.to_string()).pop();
                self.eat(',');
                continue;
            }
            let mut key = self.string()?;
            key.site = self.literals.key(&key.text);
            self.eat(':').then_some(())?;
            let value = self.value(depth + 1)?;
            object.members.push(Member { key, value });
            if !self.eat(',') && !self.rest.trim_start().starts_with(['}', HOLE]) {
                return None;
            }
        }
        Some(Node::Object(object))
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        self.eat('[');
        let mut items = Vec::new();
        while !self.eat(']') {
            items.push(self.value(depth + 1)?);
            if !self.eat(',') && !self.rest.trim_start().starts_with(']') {
                return None;
            }
        }
        Some(Node::List(items))
    }

    /// A number, `true`, `false`, `null` or what is not known.
    fn scalar(&mut self) -> Option<Node> {
        let (text, rest) = holes::scalar(self.rest)?;
        self.rest = rest;
        let holes = self.holes_of(text);
        Some(match (text, holes.first()) {
            ("null", _) => Node::Null,
            // A hole alone may be anything: a list, a text in quotes.
            (_, Some(reason)) => Node::Unknown { reason: reason.clone(), site: None },
            (_, None) => Node::Text(Text { text: text.to_owned(), holes, site: None }),
        })
    }

    fn string(&mut self) -> Option<Text> {
        let (text, rest) = holes::string(self.rest)?;
        self.rest = rest;
        let holes = self.holes_of(&text);
        Some(Text { text, holes, site: None })
    }
}

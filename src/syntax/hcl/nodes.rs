//! Expressions as a tree keeps them: sixteen bytes each. Most of what a kind holds is told by where the expression
//! stands: the text of a string lies between its quotes, a name is its own span, and what an attribute is taken of was
//! made just before it. What is not told so is spelled out in a pool of words.

use super::tree::{BinaryOp, Expr, ExprId, ExprKind, ForId, List, SplatKind, UnaryOp};
use crate::source::Span;

/// One expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) span: Span,
    tag: Tag,
    /// Of a list: how many it has, where these are fewer than [`MANY`].
    count: u16,
    /// An expression, the start of a list or of a name, or where the words begin.
    data: u32,
}

/// A list that is longer is spelled out.
const MANY: u16 = u16::MAX;

/// What an expression is, and how its parts are told.
#[derive(Debug, Clone, Copy)]
enum Tag {
    Null,
    Bool(bool),
    Number,
    /// A plain text that is all but the first and the last byte of its span.
    Quoted,
    /// A plain text that is its span.
    Bare,
    /// Any other plain text; words: start, end.
    Plain,
    /// A name that is its span.
    Name,
    /// Any other name; words: start, end.
    NameElsewhere,
    SplatItem,
    /// An attribute of the expression before, whose name begins at `data` and ends with the span.
    Member,
    /// Any other attribute; words: base, start, end.
    Attr,
    /// Words: base, key.
    Index,
    /// Words: base, each.
    Splat(SplatKind),
    /// Words: the name's start and end, and the list's.
    Call {
        expand: bool,
    },
    Listed(Listed),
    For,
    /// Words: condition, then, otherwise.
    Conditional,
    /// Words: left, right.
    Binary(BinaryOp),
    Unary(UnaryOp),
    Parens,
}

/// What holds any number of others.
#[derive(Debug, Clone, Copy)]
enum Listed {
    Template,
    Tuple,
    Object,
}

impl Node {
    /// What is to stand as the expression of this id; `words` takes what has to be spelled out. Whoever makes one knows its
    /// kind, so that nothing is left of the choice.
    #[inline(always)]
    pub(super) fn new(id: ExprId, span: Span, kind: &ExprKind, words: &mut Vec<u32>) -> Self {
        let bare = |tag, data| Self { span, tag, count: 0, data };
        let mut spelled = |tag, all: &[u32]| {
            let data = small(words.len());
            words.extend_from_slice(all);
            Self { span, tag, count: 0, data }
        };
        match *kind {
            ExprKind::Null => bare(Tag::Null, 0),
            ExprKind::Bool(value) => bare(Tag::Bool(value), 0),
            ExprKind::Number => bare(Tag::Number, 0),
            ExprKind::Plain(text) if Some(text) == within(span) => bare(Tag::Quoted, 0),
            ExprKind::Plain(text) if text == span => bare(Tag::Bare, 0),
            ExprKind::Plain(text) => spelled(Tag::Plain, &[text.start, text.end]),
            ExprKind::Name(name) if name == span => bare(Tag::Name, 0),
            ExprKind::Name(name) => spelled(Tag::NameElsewhere, &[name.start, name.end]),
            ExprKind::SplatItem => bare(Tag::SplatItem, 0),
            ExprKind::Attr { base, name } if before(id) == base && name.end == span.end => {
                bare(Tag::Member, name.start)
            }
            ExprKind::Attr { base, name } => spelled(Tag::Attr, &[base.0, name.start, name.end]),
            ExprKind::Index { base, key } => spelled(Tag::Index, &[base.0, key.0]),
            ExprKind::Splat { base, each, kind } => spelled(Tag::Splat(kind), &[base.0, each.0]),
            ExprKind::Call { name, args, expand } => {
                let (start, count) = args.start_and_count();
                spelled(Tag::Call { expand }, &[name.start, name.end, start, count])
            }
            ExprKind::Template(parts) => Self::listed(span, Listed::Template, parts, words),
            ExprKind::Tuple(items) => Self::listed(span, Listed::Tuple, items, words),
            ExprKind::Object(items) => Self::listed(span, Listed::Object, items, words),
            ExprKind::For(id) => bare(Tag::For, id.0),
            ExprKind::Conditional { condition, then, otherwise } => {
                spelled(Tag::Conditional, &[condition.0, then.0, otherwise.0])
            }
            ExprKind::Binary { op, left, right } => spelled(Tag::Binary(op), &[left.0, right.0]),
            ExprKind::Unary { op, operand } => bare(Tag::Unary(op), operand.0),
            ExprKind::Parens(inner) => bare(Tag::Parens, inner.0),
        }
    }

    fn listed(span: Span, listed: Listed, list: List, words: &mut Vec<u32>) -> Self {
        let (start, count) = list.start_and_count();
        let tag = Tag::Listed(listed);
        match u16::try_from(count) {
            Ok(count) if count < MANY => Self { span, tag, count, data: start },
            Ok(_) | Err(_) => {
                let data = small(words.len());
                words.extend_from_slice(&[start, count]);
                Self { span, tag, count: MANY, data }
            }
        }
    }

    /// A key that is a single word, whatever it would be as an expression, becomes that word; whether it is one.
    pub(super) fn become_bare_word(&mut self) -> bool {
        let is_word = matches!(self.tag, Tag::Name | Tag::NameElsewhere | Tag::Null | Tag::Bool(_));
        if is_word {
            self.tag = Tag::Bare;
        }
        is_word
    }

    /// The expression of this id. Inlined, so that each reader pays for no more than it looks at.
    #[inline(always)]
    pub(super) fn expr(&self, id: ExprId, words: &[u32]) -> Expr {
        Expr { span: self.span, kind: self.kind(id, words) }
    }

    #[inline(always)]
    fn kind(&self, id: ExprId, words: &[u32]) -> ExprKind {
        let span = self.span;
        match self.tag {
            Tag::Null => ExprKind::Null,
            Tag::Bool(value) => ExprKind::Bool(value),
            Tag::Number => ExprKind::Number,
            Tag::Quoted => ExprKind::Plain(Span { start: span.start + 1, end: span.end - 1 }),
            Tag::Bare => ExprKind::Plain(span),
            Tag::Name => ExprKind::Name(span),
            Tag::SplatItem => ExprKind::SplatItem,
            Tag::Member => {
                ExprKind::Attr { base: before(id), name: Span { start: self.data, end: span.end } }
            }
            Tag::Listed(listed) if self.count < MANY => {
                listed.kind(List::new(self.data, u32::from(self.count)))
            }
            Tag::For => ExprKind::For(ForId(self.data)),
            Tag::Unary(op) => ExprKind::Unary { op, operand: ExprId(self.data) },
            Tag::Parens => ExprKind::Parens(ExprId(self.data)),
            Tag::Plain
            | Tag::NameElsewhere
            | Tag::Attr
            | Tag::Index
            | Tag::Splat(_)
            | Tag::Call { .. }
            | Tag::Listed(_)
            | Tag::Conditional
            | Tag::Binary(_) => self.spelled_out(words),
        }
    }

    fn spelled_out(&self, words: &[u32]) -> ExprKind {
        let word = |at: usize| words.get(self.data as usize + at).copied().unwrap_or(0);
        let id = |at| ExprId(word(at));
        let span = |at| Span { start: word(at), end: word(at + 1) };
        match self.tag {
            Tag::Attr => ExprKind::Attr { base: id(0), name: span(1) },
            Tag::Index => ExprKind::Index { base: id(0), key: id(1) },
            Tag::Splat(kind) => ExprKind::Splat { base: id(0), each: id(1), kind },
            Tag::Call { expand } => {
                ExprKind::Call { name: span(0), args: List::new(word(2), word(3)), expand }
            }
            Tag::Listed(listed) => listed.kind(List::new(word(0), word(1))),
            Tag::Conditional => ExprKind::Conditional { condition: id(0), then: id(1), otherwise: id(2) },
            Tag::Binary(op) => ExprKind::Binary { op, left: id(0), right: id(1) },
            Tag::NameElsewhere => ExprKind::Name(span(0)),
            Tag::Plain
            | Tag::Null
            | Tag::Bool(_)
            | Tag::Number
            | Tag::Quoted
            | Tag::Bare
            | Tag::Name
            | Tag::SplatItem
            | Tag::Member
            | Tag::For
            | Tag::Unary(_)
            | Tag::Parens => ExprKind::Plain(span(0)),
        }
    }
}

impl Listed {
    fn kind(self, list: List) -> ExprKind {
        match self {
            Self::Template => ExprKind::Template(list),
            Self::Tuple => ExprKind::Tuple(list),
            Self::Object => ExprKind::Object(list),
        }
    }
}

/// What stands between the first and the last byte.
fn within(span: Span) -> Option<Span> {
    (span.end - span.start >= 2).then(|| Span { start: span.start + 1, end: span.end - 1 })
}

fn before(id: ExprId) -> ExprId {
    ExprId(id.0.wrapping_sub(1))
}

/// Texts are far below 4 GiB, so there are fewer nodes than that.
pub(super) fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

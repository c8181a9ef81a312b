//! The tree. Names are spans of the text, expressions stand in one arena: a tree costs about as much as its source.

use super::nodes::small;
use super::pools::Pools;
use crate::source::Span;

/// An expression of a tree; see [`Tree::expr`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// Neighbours in one of the tree's pools; see [`Tree::ids`], [`Tree::items`], [`Tree::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    start: u32,
    count: u32,
}

/// A loop of a tree; see [`Tree::for_expr`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForId(pub(super) u32);

/// A parsed file, template or expression.
#[derive(Debug, Default)]
pub struct Tree {
    pub body: Body,
    pub(super) pools: Pools,
    /// Comments in order, with their markers.
    pub comments: Vec<Span>,
    /// Text that stands nowhere in the file as it is: decoded JSON strings. Spans from `decoded_from` on point into
    /// it; [`Tree::text`] and [`Tree::site`] know.
    pub decoded: String,
    /// Length of the file's own text.
    pub decoded_from: u32,
    /// For each piece of `decoded`: where it begins (as a span offset) and the span in the file that it stands for.
    pub decoded_map: Vec<(u32, Span)>,
    /// Of code inside a string of another file: the pieces that it was put together of. Then `decoded` is all of it.
    pub(super) pieces: Vec<TextPiece>,
}

/// A piece of a text that was put together of what stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPiece {
    /// Where the piece begins in the text.
    pub start: u32,
    /// What it stands for in the file.
    pub span: Span,
    /// It is the span's text as it stands, so that places inside of it are known.
    pub verbatim: bool,
}

/// What stands between braces, or in a file. Attributes and blocks each in source order.
#[derive(Debug, Default)]
pub struct Body {
    pub attributes: Box<[Attribute]>,
    pub blocks: Box<[Block]>,
}

#[derive(Debug)]
pub struct Attribute {
    pub name: Span,
    pub expr: ExprId,
}

#[derive(Debug)]
pub struct Block {
    pub keyword: Span,
    pub labels: Box<[Label]>,
    /// From the keyword to the last label.
    pub header: Span,
    /// From the keyword to the closing brace.
    pub span: Span,
    pub body: Body,
}

/// A block label; the text without quotes.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    pub text: Span,
}

#[derive(Debug, Clone, Copy)]
pub struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

#[derive(Debug, Clone, Copy)]
pub enum ExprKind {
    Null,
    Bool(bool),
    /// The digits as written are the expression's span.
    Number,
    /// A quoted string or heredoc without interpolation and without escapes: the text is this span.
    Plain(Span),
    /// Any other quoted string, heredoc or template file.
    Template(List),
    /// The root name of a reference: `var`, `local`, `aws_instance`, `each`, a `for` variable.
    Name(Span),
    /// The item that a splat is applied to; only inside [`ExprKind::Splat`]'s `each`.
    SplatItem,
    Attr {
        base: ExprId,
        name: Span,
    },
    /// `base[key]`, and the old `base.0` (the key is then a number).
    Index {
        base: ExprId,
        key: ExprId,
    },
    /// `base[*].a.b` or `base.*.a.b`: `each` is built over [`ExprKind::SplatItem`].
    Splat {
        base: ExprId,
        each: ExprId,
        kind: SplatKind,
    },
    /// A call; the name includes namespaces (`provider::aws::arn_parse`). `expand`: the last argument ends with `...`.
    Call {
        name: Span,
        args: List,
        expand: bool,
    },
    Tuple(List),
    Object(List),
    For(ForId),
    Conditional {
        condition: ExprId,
        then: ExprId,
        otherwise: ExprId,
    },
    Binary {
        op: BinaryOp,
        left: ExprId,
        right: ExprId,
    },
    Unary {
        op: UnaryOp,
        operand: ExprId,
    },
    Parens(ExprId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplatKind {
    /// `.*`: only attributes belong to the splat.
    Attribute,
    /// `[*]`
    Full,
}

/// A key that is a bare name stands for itself: then `key` is [`ExprKind::Plain`] and `bare` is set.
#[derive(Debug, Clone, Copy)]
pub struct ObjectItem {
    pub key: ExprId,
    pub bare: bool,
    pub value: ExprId,
}

#[derive(Debug)]
pub struct ForExpr {
    /// The key variable, if two are named.
    pub key_name: Option<Span>,
    pub value_name: Span,
    pub collection: ExprId,
    /// Set for `{for …}`.
    pub key: Option<ExprId>,
    pub value: ExprId,
    pub condition: Option<ExprId>,
    /// `...` after the value: group by key.
    pub grouping: bool,
}

#[derive(Debug)]
pub enum Part {
    /// Text as it stands in the source.
    Raw(Span),
    /// Text that differs from the source, for which `span` stands: escapes, `$${`, heredoc indentation, strip markers.
    Text { text: Box<str>, span: Span },
    /// `${expr}`
    Interpolation(ExprId),
    /// `%{ if … }`
    If(Box<IfPart>),
    /// `%{ for … }`
    For(Box<ForPart>),
}

#[derive(Debug)]
pub struct IfPart {
    pub condition: ExprId,
    pub then: Vec<Part>,
    pub otherwise: Vec<Part>,
}

#[derive(Debug)]
pub struct ForPart {
    pub key_name: Option<Span>,
    pub value_name: Span,
    pub collection: ExprId,
    pub body: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    Negate,
    Not,
}

impl List {
    pub(super) fn new(start: u32, count: u32) -> Self {
        Self { start, count }
    }

    pub(super) fn start_and_count(self) -> (u32, u32) {
        (self.start, self.count)
    }

    /// Moves values to the end of a pool.
    pub(super) fn of<T>(pool: &mut Vec<T>, values: impl IntoIterator<Item = T>) -> Self {
        let start = pool.len();
        pool.extend(values);
        Self { start: small(start), count: small(pool.len() - start) }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.count as usize
    }
}

impl Tree {
    /// The text of a span, in the file (whose text is `source`) or decoded.
    #[must_use]
    #[inline]
    pub fn text<'a>(&'a self, source: &'a str, span: Span) -> &'a str {
        if span.start >= self.decoded_from && !self.decoded.is_empty() {
            return self.decoded_text(span);
        }
        source.get(span.range()).unwrap_or("")
    }

    fn decoded_text(&self, span: Span) -> &str {
        let shift = self.decoded_from as usize;
        let start = span.start as usize - shift;
        self.decoded.get(start..(span.end as usize).saturating_sub(shift)).unwrap_or("")
    }

    /// The place in the file that a span stands for.
    #[must_use]
    #[inline]
    pub fn file_span(&self, span: Span) -> Span {
        let as_it_stands = span.start < self.decoded_from || self.decoded_map.is_empty();
        if as_it_stands && self.pieces.is_empty() { span } else { self.made_from(span) }
    }

    /// All of `decoded` was put together of these, which are in order.
    pub(crate) fn set_pieces(&mut self, pieces: Vec<TextPiece>) {
        self.pieces = pieces;
    }

    fn made_from(&self, span: Span) -> Span {
        if !self.pieces.is_empty() {
            return self.put_together(span);
        }
        let at = self.decoded_map.partition_point(|(start, _)| *start <= span.start);
        self.decoded_map.get(at.saturating_sub(1)).map_or(span, |(_, original)| *original)
    }

    fn put_together(&self, span: Span) -> Span {
        let piece_at = |offset: u32| {
            let at = self.pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1);
            self.pieces.get(at).copied()
        };
        let first = piece_at(span.start);
        let last = piece_at(span.end.saturating_sub(1).max(span.start));
        let (Some(first), Some(last)) = (first, last) else { return span };
        let start = if first.verbatim {
            (first.span.start + (span.start - first.start)).min(first.span.end)
        } else {
            first.span.start
        };
        let end = if last.verbatim {
            (last.span.start + span.end.saturating_sub(last.start)).min(last.span.end)
        } else {
            last.span.end
        };
        Span { start, end: end.max(start) }
    }

    /// The arguments of a call, the items of a tuple.
    #[must_use]
    pub fn ids(&self, list: List) -> &[ExprId] {
        self.pools.ids.get(list.range()).unwrap_or(&[])
    }

    /// The items of an object.
    #[must_use]
    pub fn items(&self, list: List) -> &[ObjectItem] {
        self.pools.items.get(list.range()).unwrap_or(&[])
    }

    /// The parts of a template.
    #[must_use]
    pub fn parts(&self, list: List) -> &[Part] {
        self.pools.parts.get(list.range()).unwrap_or(&[])
    }

    /// The loop of an id of this tree.
    #[must_use]
    pub fn for_expr(&self, id: ForId) -> &ForExpr {
        self.pools.for_expr(id)
    }

    /// All expressions, in no order that means anything.
    pub fn exprs(&self) -> impl Iterator<Item = Expr> + '_ {
        self.pools.exprs()
    }

    /// The expression of an id of this tree.
    #[must_use]
    #[inline(always)]
    pub fn expr(&self, id: ExprId) -> Expr {
        self.pools.expr(id)
    }
}

//! Where the parts of a tree stand: each kind in one list for the whole tree.

use super::nodes::{Node, small};
use super::tree::{Expr, ExprId, ExprKind, ForExpr, ForId, ObjectItem, Part};
use crate::source::Span;

/// All expressions of a tree, and what they have any number of.
#[derive(Debug, Default)]
pub(super) struct Pools {
    pub(super) exprs: Vec<Node>,
    /// What nodes do not tell by themselves.
    words: Vec<u32>,
    pub(super) ids: Vec<ExprId>,
    pub(super) items: Vec<ObjectItem>,
    pub(super) parts: Vec<Part>,
    loops: Vec<ForExpr>,
}

impl Pools {
    #[inline(always)]
    pub(super) fn push(&mut self, span: Span, kind: ExprKind) -> ExprId {
        let id = ExprId(small(self.exprs.len()));
        self.exprs.push(Node::new(id, span, &kind, &mut self.words));
        id
    }

    /// The loop of an id.
    pub(super) fn for_expr(&self, id: ForId) -> &ForExpr {
        &self.loops[id.0 as usize]
    }

    /// Lets an expression stand for another place.
    pub(super) fn set_span(&mut self, id: ExprId, span: Span) {
        let kind = self.expr(id).kind;
        self.exprs[id.0 as usize] = Node::new(id, span, &kind, &mut self.words);
    }

    #[inline(always)]
    pub(super) fn expr(&self, id: ExprId) -> Expr {
        self.exprs[id.0 as usize].expr(id, &self.words)
    }

    pub(super) fn push_loop(&mut self, parts: ForExpr) -> ForId {
        let id = ForId(small(self.loops.len()));
        self.loops.push(parts);
        id
    }

    pub(super) fn exprs(&self) -> impl Iterator<Item = Expr> + '_ {
        (0..).map(ExprId).zip(&self.exprs).map(|(id, node)| node.expr(id, &self.words))
    }

    /// Room for what a text of this many bytes comes to, mostly.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.exprs.reserve(bytes / 20);
        self.words.reserve(bytes / 60);
        self.ids.reserve(bytes / 120);
        self.items.reserve(bytes / 120);
        self.parts.reserve(bytes / 120);
    }

    /// Trees live as long as a run does.
    pub(super) fn fit(&mut self) {
        fit(&mut self.exprs);
        fit(&mut self.words);
        fit(&mut self.ids);
        fit(&mut self.items);
        fit(&mut self.parts);
        fit(&mut self.loops);
    }
}

/// Moves values to where there is room for them alone: allocators leave what shrinks where it is, with half of it unused.
pub(super) fn fit<T>(values: &mut Vec<T>) {
    if values.len() < values.capacity() {
        let mut fitting = Vec::with_capacity(values.len());
        fitting.append(values);
        *values = fitting;
    }
}

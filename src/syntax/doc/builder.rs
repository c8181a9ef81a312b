//! Puts a document together; both parsers drive it.

use super::scalar::Notation;
use super::tree::{Children, Document, Duplicate, Node, NodeId, NodeKind, NodeRef, Text};
use crate::source::Span;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;

#[derive(Debug)]
pub(super) struct Builder<'t> {
    text: &'t str,
    document: Document,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, notation: Notation) -> Self {
        // A node to twelve bytes is what indented templates come to.
        let nodes = Vec::with_capacity(text.len() / 12 + 4);
        let (items, entries, decoded) = (Vec::new(), Vec::new(), Vec::new());
        let (roots, duplicates) = (Vec::new(), Vec::new());
        let document = Document { nodes, items, entries, decoded, roots, duplicates, notation, file: None };
        Self { text, document }
    }

    pub(super) fn node(&mut self, span: Span, kind: NodeKind) -> NodeId {
        self.tagged(span, Span::default(), kind)
    }

    pub(super) fn tagged(&mut self, span: Span, tag: Span, kind: NodeKind) -> NodeId {
        let id = NodeId(u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX));
        self.document.nodes.push(Node { span, tag, kind });
        id
    }

    /// The text of a scalar, kept only where it differs from its slice.
    pub(super) fn scalar_text(&mut self, span: Span, text: &str) -> Text {
        if self.text.get(span.range()) == Some(text) {
            return Text::Slice;
        }
        self.document.decoded.push(text.into());
        Text::Decoded(u32::try_from(self.document.decoded.len() - 1).unwrap_or(u32::MAX))
    }

    pub(super) fn sequence(&mut self, items: &[NodeId]) -> NodeKind {
        let children = children(self.document.items.len(), items.len());
        self.document.items.extend_from_slice(items);
        NodeKind::Sequence(children)
    }

    /// `pairs` holds keys and values in turn. Of equal keys the last stays.
    pub(super) fn mapping(&mut self, pairs: &[NodeId]) -> NodeKind {
        let start = self.document.entries.len();
        self.document.entries.extend(pairs.as_chunks::<2>().0.iter().map(|[key, value]| (*key, *value)));
        self.drop_overridden(start);
        NodeKind::Mapping(children(start, self.document.entries.len() - start))
    }

    fn drop_overridden(&mut self, start: usize) {
        let entries = &self.document.entries[start..];
        let mut overridden: Vec<(usize, usize)> = Vec::new();
        if entries.len() <= SMALL {
            for (at, (key, _)) in entries.iter().enumerate() {
                let later = entries
                    .iter()
                    .enumerate()
                    .skip(at + 1)
                    .find(|(_, (other, _))| self.same_key(*key, *other));
                overridden.extend(later.map(|(later, _)| (at, later)));
            }
        } else {
            let mut seen: FxHashMap<Cow<'_, str>, usize> =
                FxHashMap::with_capacity_and_hasher(entries.len(), FxBuildHasher);
            for (at, (key, _)) in entries.iter().enumerate() {
                let Some(text) = self.read(*key).scalar_text() else { continue };
                overridden.extend(seen.insert(text, at).map(|earlier| (earlier, at)));
            }
        }
        if overridden.is_empty() {
            return;
        }
        overridden.sort_unstable();
        for (earlier, later) in &overridden {
            let span =
                |at: &usize| self.document.entries.get(start + at).map(|(key, _)| self.read(*key).span());
            if let (Some(overridden), Some(by)) = (span(earlier), span(later)) {
                self.document.duplicates.push(Duplicate { overridden, by });
            }
        }
        let kept: Vec<_> = (start..self.document.entries.len())
            .filter(|at| overridden.binary_search_by_key(&(at - start), |(earlier, _)| *earlier).is_err())
            .filter_map(|at| self.document.entries.get(at).copied())
            .collect();
        self.document.entries.truncate(start);
        self.document.entries.extend(kept);
    }

    fn same_key(&self, a: NodeId, b: NodeId) -> bool {
        let (a, b) = (self.read(a), self.read(b));
        if a.is_verbatim() && b.is_verbatim() && a.span().len() != b.span().len() {
            return false;
        }
        a.scalar_text().is_some_and(|text| b.key_is(&text))
    }

    pub(super) fn read(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { document: &self.document, text: self.text, id, tagged: true }
    }

    pub(super) fn ids(&self, id: NodeId) -> (&[NodeId], &[(NodeId, NodeId)]) {
        match self.read(id).kind() {
            NodeKind::Sequence(children) => (self.document.items.get(children.range()).unwrap_or(&[]), &[]),
            NodeKind::Mapping(children) => (&[], self.document.entries.get(children.range()).unwrap_or(&[])),
            NodeKind::Null | NodeKind::Scalar(..) => (&[], &[]),
        }
    }

    pub(super) fn root(&mut self, id: NodeId) {
        self.document.roots.push(id);
    }

    pub(super) fn finish(self) -> Document {
        self.document
    }
}

/// Up to here comparing all keys with all is quicker than hashing them.
const SMALL: usize = 12;

fn children(start: usize, len: usize) -> Children {
    Children { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(0) }
}

//! The tree: nodes in one arena, children in two more, texts as slices of the source wherever they are equal to it.
//! Aliases share nodes, so the tree is a graph without circles.

use super::json::unescape;
use super::scalar::{Resolved, resolve};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// A parsed text. Reading it needs the text that it was parsed from.
#[derive(Debug)]
pub struct Document {
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    entries: Vec<(NodeId, NodeId)>,
    decoded: Vec<Box<str>>,
    roots: Vec<NodeId>,
    duplicates: Vec<Duplicate>,
}

/// A key that stands twice in a mapping: the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    pub overridden: Span,
    pub by: Span,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    span: Span,
    /// `!Name` as written; empty where there is none.
    tag: Span,
    kind: NodeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// JSON's `null`, YAML's empty value, `~` and `null`.
    Null,
    Scalar(ScalarStyle, Text),
    Sequence(Children),
    Mapping(Children),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    Plain,
    Quoted,
    Block,
}

/// Where a scalar's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// The node's span, as it stands.
    Slice,
    /// The node's span with JSON's escapes, decoded when asked for.
    Escaped,
    Decoded(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Children {
    start: u32,
    len: u32,
}

impl Children {
    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

impl Document {
    /// The first document's root.
    #[must_use]
    pub fn root<'d>(&'d self, text: &'d str) -> Option<NodeRef<'d>> {
        self.roots(text).next()
    }

    /// The roots of all documents of the stream.
    pub fn roots<'d>(&'d self, text: &'d str) -> impl Iterator<Item = NodeRef<'d>> + use<'d> {
        self.roots.iter().map(move |id| NodeRef { document: self, text, id: *id, tagged: true })
    }

    #[must_use]
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// A node with all that is needed to read it. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef<'d> {
    document: &'d Document,
    text: &'d str,
    id: NodeId,
    tagged: bool,
}

impl<'d> NodeRef<'d> {
    fn node(self) -> &'d Node {
        &self.document.nodes[self.id.0 as usize]
    }

    fn with(self, id: NodeId) -> Self {
        Self { id, tagged: true, ..self }
    }

    #[must_use]
    pub fn kind(self) -> NodeKind {
        self.node().kind
    }

    /// The value without its tag and without quotes.
    #[must_use]
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The value with its tag.
    #[must_use]
    pub fn full_span(self) -> Span {
        let node = self.node();
        if node.tag.is_empty() || !self.tagged { node.span } else { node.tag.to(node.span) }
    }

    /// The name of a local tag: `Ref` for `!Ref`. Tags of YAML's own (`!!str`) have none.
    #[must_use]
    pub fn tag(self) -> Option<&'d str> {
        if !self.tagged {
            return None;
        }
        let name = self.text.get(self.node().tag.range())?.strip_prefix('!')?;
        let name = name.strip_prefix("<!").and_then(|name| name.strip_suffix('>')).unwrap_or(name);
        (!name.is_empty() && !name.starts_with(['!', '<'])).then_some(name)
    }

    /// The same node as it would read without its tag.
    #[must_use]
    pub fn without_tag(self) -> Self {
        Self { tagged: false, ..self }
    }

    #[must_use]
    pub fn is_mapping(self) -> bool {
        matches!(self.kind(), NodeKind::Mapping(_))
    }

    /// A scalar's text, whatever its type.
    #[must_use]
    pub fn scalar_text(self) -> Option<Cow<'d, str>> {
        let NodeKind::Scalar(_, text) = self.kind() else { return None };
        let slice = self.text.get(self.node().span.range()).unwrap_or("");
        Some(match text {
            Text::Slice => Cow::Borrowed(slice),
            Text::Escaped => Cow::Owned(unescape(slice)),
            Text::Decoded(at) => {
                Cow::Borrowed(self.document.decoded.get(at as usize).map_or("", |text| text))
            }
        })
    }

    /// Whether byte offsets into the scalar's text are byte offsets into its span.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        matches!(self.kind(), NodeKind::Scalar(_, Text::Slice))
    }

    /// A scalar read under YAML 1.1 (which JSON's literals agree with). `None` for collections.
    #[must_use]
    pub fn resolve(self) -> Option<Resolved<'d>> {
        let NodeKind::Scalar(style, _) = self.kind() else {
            return matches!(self.kind(), NodeKind::Null).then_some(Resolved::Null);
        };
        let text = self.scalar_text()?;
        let forced = self.text.get(self.node().tag.range()).is_some_and(|tag| !tag.is_empty());
        if style == ScalarStyle::Plain && !forced { Some(resolve(text)) } else { Some(Resolved::Text(text)) }
    }

    /// The value at a key, which is compared as text.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.entries().find(|(name, _)| name.key_is(key)).map(|(_, value)| value)
    }

    fn key_is(self, key: &str) -> bool {
        self.scalar_text().is_some_and(|text| text == key)
    }

    /// Keys and values of a mapping, in order; nothing for anything else.
    #[must_use]
    pub fn entries(self) -> Entries<'d> {
        let range = if let NodeKind::Mapping(children) = self.kind() { children.range() } else { 0..0 };
        Entries { node: self, inner: self.document.entries.get(range).unwrap_or(&[]).iter() }
    }

    /// Items of a sequence; nothing for anything else.
    #[must_use]
    pub fn items(self) -> Items<'d> {
        let range = if let NodeKind::Sequence(children) = self.kind() { children.range() } else { 0..0 };
        Items { node: self, inner: self.document.items.get(range).unwrap_or(&[]).iter() }
    }

    /// The source text of the node with its tag.
    #[must_use]
    pub fn source(self) -> &'d str {
        self.text.get(self.full_span().range()).unwrap_or("")
    }
}

/// See [`NodeRef::entries`].
#[derive(Debug, Clone)]
pub struct Entries<'d> {
    node: NodeRef<'d>,
    inner: std::slice::Iter<'d, (NodeId, NodeId)>,
}

impl<'d> Iterator for Entries<'d> {
    type Item = (NodeRef<'d>, NodeRef<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        self.inner.next().map(|(key, value)| (self.node.with(*key), self.node.with(*value)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// See [`NodeRef::items`].
#[derive(Debug, Clone)]
pub struct Items<'d> {
    node: NodeRef<'d>,
    inner: std::slice::Iter<'d, NodeId>,
}

impl<'d> Iterator for Items<'d> {
    type Item = NodeRef<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        self.inner.next().map(|id| self.node.with(*id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

/// Puts a document together; both parsers drive it.
#[derive(Debug)]
pub(super) struct Builder<'t> {
    text: &'t str,
    document: Document,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // A node to twelve bytes is what indented templates come to.
        let nodes = Vec::with_capacity(text.len() / 12 + 4);
        let (items, entries, decoded) = (Vec::new(), Vec::new(), Vec::new());
        let document = Document { nodes, items, entries, decoded, roots: Vec::new(), duplicates: Vec::new() };
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
            let mut seen: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
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

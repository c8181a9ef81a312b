//! The tree: nodes in one arena, children in two more, texts as slices of the source wherever they are equal to it.
//! Aliases share nodes, so the tree is a graph without circles.

use super::json::unescape;
use super::scalar::{Notation, Resolved, resolve};
use crate::source::{FileId, Span};
use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

/// A parsed text. Reading it needs the text that it was parsed from.
#[derive(Debug)]
pub struct Document {
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<NodeId>,
    pub(super) entries: Vec<(NodeId, NodeId)>,
    pub(super) decoded: Vec<Box<str>>,
    pub(super) roots: Vec<NodeId>,
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) notation: Notation,
    pub(super) file: Option<FileId>,
}

/// A key that stands twice in a mapping: the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    pub overridden: Span,
    pub by: Span,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) span: Span,
    /// `!Name` as written; empty where there is none.
    pub(super) tag: Span,
    pub(super) kind: NodeKind,
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
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Children {
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// How a tag of YAML's own is written in full.
const CORE_TAG: &str = "!<tag:yaml.org,2002:";

impl Document {
    /// The same, with every node knowing which file it stands in: for trees that are read together with others.
    #[must_use]
    pub fn of_file(self, file: FileId) -> Self {
        Self { file: Some(file), ..self }
    }

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

    /// Where the entries of mappings and the items of sequences stand, in no order that means anything. What an alias stands
    /// for is no part of the entry that has it.
    pub fn parts<'d>(&'d self, text: &'d str) -> impl Iterator<Item = Span> + use<'d> {
        let read = move |id: &NodeId| NodeRef { document: self, text, id: *id, tagged: true };
        let entries = self.entries.iter().map(move |(key, value)| {
            let (key, value) = (read(key).span(), read(value).full_span());
            if value.start >= key.end { key.to(value) } else { key }
        });
        entries.chain(self.items.iter().map(move |id| read(id).full_span()))
    }

    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// A node with all that is needed to read it. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef<'d> {
    pub(super) document: &'d Document,
    pub(super) text: &'d str,
    pub(super) id: NodeId,
    pub(super) tagged: bool,
}

impl<'d> NodeRef<'d> {
    fn node(self) -> &'d Node {
        &self.document.nodes[self.id.0 as usize]
    }

    fn with(self, id: NodeId) -> Self {
        Self { id, tagged: true, ..self }
    }

    /// What is the same for a node and all aliases of it.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The file that the document was said to be of.
    #[must_use]
    pub fn file(self) -> Option<FileId> {
        self.document.file
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

    /// The value with its tag, and then with its quotes.
    #[must_use]
    pub fn full_span(self) -> Span {
        let node = self.node();
        if node.tag.is_empty() || !self.tagged {
            return node.span;
        }
        let quotes = match self.kind() {
            NodeKind::Scalar(ScalarStyle::Quoted, _) => 1,
            NodeKind::Scalar(ScalarStyle::Plain | ScalarStyle::Block, _)
            | NodeKind::Null
            | NodeKind::Sequence(_)
            | NodeKind::Mapping(_) => 0,
        };
        let end = (node.span.end as usize + quotes).min(self.text.len());
        Span::new(node.tag.start as usize, end)
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
        // YAML's own tags say what a scalar is, however it is quoted; any other leaves it a text.
        let read = match self.text.get(self.node().tag.range()).unwrap_or("") {
            "" => style == ScalarStyle::Plain,
            tag => {
                ["!!bool", "!!int", "!!float", "!!null"].contains(&tag)
                    || tag.starts_with(CORE_TAG) && !tag.ends_with("str>")
            }
        };
        Some(if read { resolve(text, self.document.notation) } else { Resolved::Text(text) })
    }

    /// The value at a key, which is compared as text.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.entries().find(|(name, _)| name.key_is(key)).map(|(_, value)| value)
    }

    pub(super) fn key_is(self, key: &str) -> bool {
        // Most keys are told apart by their length.
        if self.is_verbatim() && self.span().len() != key.len() {
            return false;
        }
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

//! Ways through a document, and what a mapping or sequence holds itself.

use super::Page;
use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef};

/// A part of a collection: an entry of a mapping, or an item of a sequence.
#[derive(Debug, Clone, Copy)]
pub(in crate::fixes) struct Step<'d> {
    pub(in crate::fixes) parent: NodeRef<'d>,
    /// None: an item of a sequence.
    pub(in crate::fixes) key: Option<NodeRef<'d>>,
    /// Its number among the parts.
    pub(in crate::fixes) at: usize,
    pub(in crate::fixes) node: NodeRef<'d>,
}

impl Step<'_> {
    /// Whether the part is written where its collection is: not taken over by a merge key, and no alias.
    pub(super) fn is_own(self) -> bool {
        let (parent, node) = (self.parent.span(), self.node.span());
        match self.key {
            Some(key) => {
                let key = key.span();
                parent.contains(key) && (node.start >= key.end || matches!(self.node.kind(), NodeKind::Null))
            }
            None => node.start >= parent.start,
        }
    }

    /// What the part is called in its collection.
    pub(in crate::fixes) fn name(self) -> String {
        self.key
            .and_then(NodeRef::scalar_text)
            .map_or_else(|| self.at.to_string(), std::borrow::Cow::into_owned)
    }
}

/// The parts of a collection.
pub(in crate::fixes) fn parts(node: NodeRef<'_>) -> Vec<Step<'_>> {
    steps(node).collect()
}

/// The same one by one.
pub(in crate::fixes) fn steps(node: NodeRef<'_>) -> impl Iterator<Item = Step<'_>> {
    let (is_mapping, is_sequence) = match node.kind() {
        NodeKind::Mapping(_) => (true, false),
        NodeKind::Sequence(_) => (false, true),
        NodeKind::Null | NodeKind::Scalar(..) => (false, false),
    };
    let entry = move |(at, (key, value))| Step { parent: node, key: Some(key), at, node: value };
    let item = move |(at, item)| Step { parent: node, key: None, at, node: item };
    let entries = is_mapping.then(|| node.entries().enumerate().map(entry));
    let items = is_sequence.then(|| node.items().enumerate().map(item));
    entries.into_iter().flatten().chain(items.into_iter().flatten())
}

/// The entry of a mapping.
pub(in crate::fixes) fn child<'d>(node: NodeRef<'d>, key: &str) -> Option<Step<'d>> {
    let is_it = |step: &Step<'_>| step.key.and_then(NodeRef::scalar_text).is_some_and(|name| name == key);
    steps(node).find(is_it)
}

/// From a name to the end of its value; of an alias the name alone.
pub(in crate::fixes) fn region(step: &Step<'_>) -> Span {
    let node = step.node.full_span();
    match step.key {
        Some(key) if node.start >= key.span().start => key.span().to(node),
        Some(key) => key.span(),
        None => node,
    }
}

impl Page {
    /// The first part, of all documents, for which something holds, with all parts that it is in, the outermost first.
    pub(in crate::fixes) fn find<'d>(&'d self, wanted: &dyn Fn(&Step<'d>) -> bool) -> Option<Vec<Step<'d>>> {
        self.roots().find_map(|root| {
            let mut way = Vec::new();
            descend(root, (&|_| true, wanted), &mut way).then_some(way)
        })
    }

    /// The same of what holds a place, which is where it is looked for first.
    pub(in crate::fixes) fn find_at<'d>(
        &'d self,
        place: Span,
        wanted: &dyn Fn(&Step<'d>) -> bool,
    ) -> Option<Vec<Step<'d>>> {
        let holds = |step: &Step<'d>| region(step).contains(place);
        let found = self.roots().find_map(|root| {
            let mut way = Vec::new();
            descend(root, (&holds, wanted), &mut way).then_some(way)
        });
        found.or_else(|| self.find(wanted))
    }

    /// The way to the entry whose name stands at a place.
    pub(in crate::fixes) fn entry_named_at(&self, name: Span) -> Option<Vec<Step<'_>>> {
        self.find_at(name, &|step| step.key.is_some_and(|key| key.span() == name))
    }

    /// The way to the part whose value stands at a place.
    pub(in crate::fixes) fn value_at(&self, place: Span) -> Option<Vec<Step<'_>>> {
        self.find_at(place, &|step| step.node.span() == place && step.is_own())
    }

    /// The parts of a collection that are written in it, in the order of the text.
    pub(super) fn own<'d>(&self, node: NodeRef<'d>) -> Vec<Step<'d>> {
        let mut own: Vec<Step<'d>> = parts(node).into_iter().filter(|step| step.key_is_own()).collect();
        own.sort_by_key(|step| step.key.map_or(step.node.span().start, |key| key.span().start));
        own
    }
}

impl Step<'_> {
    fn key_is_own(self) -> bool {
        self.key.map_or_else(|| self.is_own(), |key| self.parent.span().contains(key.span()))
    }
}

type Test<'t, 'd> = &'t dyn Fn(&Step<'d>) -> bool;

/// Walks through what is worth it; true where `way` leads to what is wanted.
fn descend<'d>(
    node: NodeRef<'d>,
    (worth, wanted): (Test<'_, 'd>, Test<'_, 'd>),
    way: &mut Vec<Step<'d>>,
) -> bool {
    for step in steps(node).filter(worth) {
        way.push(step);
        if wanted(&step) || descend(step.node, (worth, wanted), way) {
            return true;
        }
        way.pop();
    }
    false
}

//! Whether a change changes what it is to change, and nothing else.

use super::route::{Step, region, steps};
use super::{Change, Page, Settled, is_flow, outer};
use crate::source::Span;
use crate::syntax::doc::{self, NodeId, NodeKind, NodeRef};
use std::collections::BTreeMap;

/// Texts that are longer are looked at in part, where that says the same.
const LONG: usize = 4096;

/// The edits, if the text with them parses and differs in nothing but the targets.
pub(super) fn settled(page: &Page, mut change: Change) -> Option<Settled> {
    change.edits = in_order(change.edits);
    let part = (page.text().len() > LONG).then(|| part(page, &change)).flatten();
    let shared = match part {
        Some(part) => is_settled(page.slice(part.range().start, part.range().end), part, &change)?,
        None => is_settled(page.text(), Span::new(0, page.text().len()), &change)?,
    };
    Some(Settled { edits: change.edits, shared })
}

/// Whether a part of a text, as a document, changes as it is to change; then, whether several places do.
fn is_settled(old: &str, part: Span, change: &Change) -> Option<bool> {
    let new = spliced(old, part.range().start, &change.edits)?;
    let (before, after) = (doc::parse(old).ok()?, doc::parse(&new).ok()?);
    let mut comparison =
        Comparison { change, offset: part.start, met: BTreeMap::new(), was: Vec::new(), is: Vec::new() };
    let (mut was, mut is) = (before.roots(old), after.roots(&new));
    loop {
        match (was.next(), is.next()) {
            (None, None) => break,
            (Some(a), Some(b)) if comparison.is_same(a, b) => {}
            (Some(_), _) | (None, Some(_)) => return None,
        }
    }
    let shared = comparison.met.values().any(|times| *times > 1);
    (!comparison.met.is_empty()).then_some(shared)
}

/// An entry of a section that all edits and targets stand in, if it is a document by itself: whole lines of block style, or a
/// value in brackets. Nothing outside may depend on it, as aliases do.
fn part(page: &Page, change: &Change) -> Option<Span> {
    let holds = |span: Span| {
        change.edits.iter().all(|(edit, _)| span.start < edit.start && edit.end < span.end)
            && change.targets.iter().all(|(target, _)| span.contains(*target))
    };
    let mut roots = page.roots();
    let (root, None) = (roots.next()?, roots.next()) else { return None };
    let inside = |step: &Step<'_>| change.targets.iter().all(|(target, _)| region(step).contains(*target));
    let section = steps(root).find(inside)?;
    let entry = steps(section.node).find(inside)?;
    let span = if is_flow(page, entry.node) {
        entry.node.span()
    } else {
        let start = page.line_start(outer(entry.key?).range().start);
        // Blank lines may be part of a text that stands last.
        let end = page.line_end(region(&entry).range().end);
        let rest = page.slice(end, page.text().len());
        let blank = rest.len() - rest.trim_start().len();
        let whole = rest.get(..blank)?.rfind('\n').map_or(end, |at| end + at + 1);
        Span::new(start, whole)
    };
    let text = page.slice(span.range().start, span.range().end);
    let is_written_apart = !is_flow(page, section.node) || is_flow(page, entry.node);
    (is_written_apart && !may_be_shared(text) && holds(span)).then_some(span)
}

/// Whether there may be an anchor or alias in a text.
fn may_be_shared(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_mark = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_none_or(|before| b" \t\r\n[{,".contains(before))
            && bytes.get(at + 1).is_some_and(|next| !b" \t\r\n'\"/&".contains(next))
    };
    memchr::memchr2_iter(b'&', b'*', bytes).any(is_mark)
}

/// Edits by place; what is inserted at one place becomes one edit.
fn in_order(mut edits: Vec<(Span, String)>) -> Vec<(Span, String)> {
    edits.sort_by_key(|(span, _)| *span);
    let mut ordered: Vec<(Span, String)> = Vec::with_capacity(edits.len());
    for (span, text) in edits {
        match ordered.last_mut() {
            Some((last, known)) if *last == span && span.is_empty() => known.push_str(&text),
            Some(_) | None => ordered.push((span, text)),
        }
    }
    ordered
}

/// The text, which starts at an offset of its file, with sorted edits; `None` where they overlap.
fn spliced(text: &str, offset: usize, edits: &[(Span, String)]) -> Option<String> {
    let mut spliced = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for (span, new) in edits {
        spliced.push_str(text.get(at..span.range().start.checked_sub(offset)?)?);
        spliced.push_str(new);
        at = span.range().end.checked_sub(offset)?;
    }
    spliced.push_str(text.get(at..)?);
    Some(spliced)
}

struct Comparison<'c> {
    change: &'c Change,
    /// Where the text that is compared starts in its file.
    offset: u32,
    /// How often each target is met on a walk through the document: more than once where aliases stand for it.
    met: BTreeMap<(u32, Option<&'c str>), usize>,
    /// Values of targets before and after: merge keys carry them into other mappings.
    was: Vec<NodeId>,
    is: Vec<NodeId>,
}

impl<'c> Comparison<'c> {
    /// The target that is a part of a collection.
    fn target(&self, parent: NodeRef<'_>, key: Option<&str>) -> Option<(u32, Option<&'c str>)> {
        let span = parent.span();
        let place = Span { start: span.start + self.offset, end: span.end + self.offset };
        let targets = self.change.targets.iter().enumerate();
        let mut found = targets.filter(|(_, (known, name))| *known == place && name.as_deref() == key);
        found.next().map(|(at, (_, name))| (u32::try_from(at).unwrap_or(u32::MAX), name.as_deref()))
    }

    fn is_same(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) -> bool {
        if let Some(target) =
            self.target(old, None).filter(|_| !matches!(old.kind(), NodeKind::Scalar(..) | NodeKind::Null))
        {
            *self.met.entry(target).or_default() += 1;
            return true;
        }
        if old.tag() != new.tag() {
            return false;
        }
        match (old.kind(), new.kind()) {
            (NodeKind::Null, NodeKind::Null) => true,
            (NodeKind::Scalar(was, _), NodeKind::Scalar(is, _)) => {
                was == is && old.scalar_text() == new.scalar_text()
            }
            (NodeKind::Sequence(_), NodeKind::Sequence(_)) => self.are_same_items(old, new),
            (NodeKind::Mapping(_), NodeKind::Mapping(_)) => self.are_same_entries(old, new),
            (
                NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Sequence(_) | NodeKind::Mapping(_),
                NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Sequence(_) | NodeKind::Mapping(_),
            ) => false,
        }
    }

    fn are_same_items(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) -> bool {
        old.items().len() == new.items().len()
            && old.items().zip(new.items()).enumerate().all(|(at, (was, is))| {
                match self.target(old, Some(&at.to_string())) {
                    Some(target) => {
                        *self.met.entry(target).or_default() += 1;
                        true
                    }
                    None => self.is_same(was, is),
                }
            })
    }

    /// Notes that a target was met, with what it was and is.
    fn meet(&mut self, target: (u32, Option<&'c str>), was: Option<NodeRef<'_>>, is: Option<NodeRef<'_>>) {
        *self.met.entry(target).or_default() += 1;
        self.was.extend(was.map(NodeRef::id));
        self.is.extend(is.map(NodeRef::id));
    }

    /// Whether a part of another mapping is a target's value, by a merge key: then it is met once more.
    fn is_carried(&mut self, was: Option<NodeRef<'_>>, is: Option<NodeRef<'_>>) -> bool {
        let carried = was.is_some_and(|was| self.was.contains(&was.id()))
            || is.is_some_and(|is| self.is.contains(&is.id()));
        if carried && let Some((_, times)) = self.met.iter_mut().next() {
            *times += 1;
        }
        carried
    }

    fn are_same_entries(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) -> bool {
        let entries: Vec<_> = new.entries().collect();
        let mut found = 0;
        for (next, (key, was)) in old.entries().enumerate() {
            let name = key.scalar_text().unwrap_or_default();
            let is_it =
                |(key, _): &&(NodeRef<'_>, NodeRef<'_>)| key.scalar_text().is_some_and(|key| key == name);
            let same = entries.get(next).filter(is_it).or_else(|| entries.iter().find(is_it));
            let is = same.map(|(_, is)| *is);
            found += usize::from(same.is_some());
            if let Some(target) = self.target(old, Some(&name)) {
                self.meet(target, Some(was), is);
            } else if !self.is_carried(Some(was), is) && !is.is_some_and(|is| self.is_same(was, is)) {
                return false;
            }
        }
        if found == entries.len() {
            return true;
        }
        // What is new has to be a target.
        entries.iter().all(|(key, is)| {
            let name = key.scalar_text().unwrap_or_default();
            if old.get(&name).is_some() {
                return true;
            }
            match self.target(old, Some(&name)) {
                Some(target) => {
                    self.meet(target, None, Some(*is));
                    true
                }
                None => self.is_carried(None, Some(*is)),
            }
        })
    }
}

//! Parts of collections that go, with their lines, commas and trailing comments.

use super::route::Step;
use super::{Change, Page, is_flow, outer};
use crate::source::Span;
use crate::syntax::doc::NodeKind;

impl Page {
    /// Takes a part out of its collection, which keeps others.
    pub(in crate::fixes) fn remove(&self, step: Step<'_>) -> Vec<Change> {
        let own = self.own(step.parent);
        let at =
            own.iter().position(|other| other.at == step.at && other.key.is_some() == step.key.is_some());
        let Some(at) = at.filter(|_| own.len() > 1 && step.is_own()) else { return Vec::new() };
        let start = |step: &Step<'_>| step.key.map_or(outer(step.node), outer).range().start;
        let target = match step.parent.kind() {
            NodeKind::Mapping(_) => Some(step.name()),
            NodeKind::Sequence(_) | NodeKind::Null | NodeKind::Scalar(..) => None,
        };
        let change = |span: Span| Change::new(vec![(span, String::new())], step.parent, target.as_deref());
        let end = outer(step.node).range().end.max(step.key.map_or(0, |key| outer(key).range().end));
        if is_flow(self, step.parent) {
            let own_start = start(&step);
            // With the comma after it, or as the last with that before it.
            let span = match own.get(at + 1) {
                Some(next) => Span::new(own_start, start(next)),
                None => {
                    let before = self.slice(0, own_start).trim_end();
                    let from = before.strip_suffix(',').map_or(own_start, |before| before.trim_end().len());
                    Span::new(from, end)
                }
            };
            return vec![change(span)];
        }
        let own_start = start(&step);
        let from = self.line_start(own_start);
        let before = self.slice(from, own_start);
        let is_item = step.key.is_none();
        if before.chars().all(|c| c.is_whitespace() || is_item && c == '-') {
            let end = if step.node.span().is_empty() { own_start.max(self.colon_of(step)) } else { end };
            // A text that stands before it may need the line break.
            let line = Span::new(from, self.line_end(end));
            return vec![change(self.lines(from, end)), change(line)];
        }
        // The first entry of an item stands in the line of its dash.
        own.get(at + 1).map(|next| change(Span::new(own_start, start(next)))).into_iter().collect()
    }

    fn colon_of(&self, step: Step<'_>) -> usize {
        step.key.and_then(|key| self.colon(key)).unwrap_or(0)
    }

    /// Whole lines, with a line break: that after them, or before them at the end of the text.
    fn lines(&self, from: usize, end: usize) -> Span {
        let end = self.line_end(end);
        let rest = self.slice(end, self.text().len());
        let after = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        if after > 0 {
            return Span::new(from, end + after);
        }
        let before = self.slice(0, from);
        let line_break = if before.ends_with("\r\n") { 2 } else { usize::from(before.ends_with('\n')) };
        Span::new(from - line_break, end)
    }
}

//! Values where there is none: nothing, `null` and `{}`.

use super::new::Script;
use super::route::{Step, child, parts};
use super::{Change, New, Page, is_flow, outer};
use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef};

/// What stands between a key's colon and the sign of a text on lines of its own (`|`, `>-`): an anchor, with the space
/// before it. `None`: the value is no such text.
/// <https://yaml.org/spec/1.2.2/#81-block-scalar-styles>
fn before_block(between: &str) -> Option<&str> {
    let line = between.trim_end_matches([' ', '\t']).strip_suffix('\n')?.trim_end();
    let line = line.split(" #").next()?.trim_end();
    let marks = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
    Some(marks.strip_suffix(['|', '>'])?.trim_end())
}

impl Page {
    /// Puts a value at the place of one.
    pub(in crate::fixes) fn put(&self, step: Step<'_>, value: &New) -> Vec<Change> {
        if !step.is_own() {
            return Vec::new();
        }
        let change = |edits| vec![Change::new(edits, step.parent, Some(&step.name()))];
        let script = self.script(step.parent, None);
        let old = outer(step.node);
        let is_block = !is_flow(self, step.parent);
        match (value, step.key) {
            (New::Map(entries), Some(key)) if is_block && !entries.is_empty() => {
                self.put_block(step, key, (value, &script)).map(change).unwrap_or_default()
            }
            (_, Some(key)) => self.put_inline(step, key, (value, &script)).map(change).unwrap_or_default(),
            (New::Map(entries), None) if is_block && !entries.is_empty() => {
                let start = old.range().start;
                change(vec![(old, script.block_map(entries, &self.indent(start)))])
            }
            (_, None) => {
                let indent = self.indent(old.range().start);
                change(vec![(old, script.flow(value, &indent))])
            }
        }
    }

    /// A value after its key, in the key's line where the old one does not begin in another.
    fn put_inline(
        &self,
        step: Step<'_>,
        key: NodeRef<'_>,
        (value, script): (&New, &Script),
    ) -> Option<Vec<(Span, String)>> {
        let colon = self.colon(key)?;
        let old = outer(step.node);
        let indent = self.part_indent(step.parent).unwrap_or_default();
        let new = match value {
            New::Map(_) | New::List(_) | New::Short { .. } => script.flow(value, &indent),
            New::Text(_) | New::Word(_) => self.like_the_old(step.node, value, script),
        };
        if old.is_empty()
            || matches!(step.node.kind(), NodeKind::Null)
                && self.slice(colon, old.range().start).contains('\n')
        {
            return Some(vec![(Span::new(colon, colon), format!(" {new}"))]);
        }
        let between = self.slice(colon, old.range().start);
        if let Some(marks) = before_block(between) {
            return Some(vec![(Span::new(colon, self.block_end(old)), format!("{marks} {new}"))]);
        }
        // A mapping in block style below its key gives its lines up, unless a comment stands there.
        let moves_up = between.contains('\n') && between.trim().is_empty() && !is_flow(self, step.node);
        if moves_up {
            return Some(vec![(Span::new(colon, old.range().end), format!(" {new}"))]);
        }
        Some(vec![(old, new)])
    }

    /// A scalar in the quotes of the one that it takes the place of.
    fn like_the_old(&self, old: NodeRef<'_>, value: &New, script: &Script) -> String {
        let place = outer(old);
        let quote = self.slice(place.range().start, place.range().end).chars().next();
        let quote = quote.filter(|quote| ['"', '\''].contains(quote));
        match (quote, value) {
            (Some(quote), New::Text(_)) => Script { quote, always: true, ..script.clone() }.scalar(value),
            (_, _) => script.scalar(value),
        }
    }

    /// A mapping in block style below a key that has nothing, `null` or `{}`.
    fn put_block(
        &self,
        step: Step<'_>,
        key: NodeRef<'_>,
        (value, script): (&New, &Script),
    ) -> Option<Vec<(Span, String)>> {
        let New::Map(entries) = value else { return None };
        let colon = self.colon(key)?;
        let old = outer(step.node);
        let indent = format!("{}{}", self.indent(outer(key).range().start), script.step);
        let line = script.line_break;
        let new: Vec<String> =
            entries.iter().map(|(key, value)| script.block_entry(key, value, &indent)).collect();
        let new = format!("{line}{indent}{}", new.join(&format!("{line}{indent}")));
        let nothing = matches!(step.node.kind(), NodeKind::Null)
            && self.slice(colon, old.range().end).trim().is_empty();
        if nothing || old.is_empty() {
            let end = self.line_end(colon);
            return Some(vec![(Span::new(end, end), new)]);
        }
        let between = self.slice(colon, old.range().start);
        if before_block(between).is_some_and(str::is_empty) {
            return Some(vec![(Span::new(colon, self.block_end(old)), new)]);
        }
        if !between.trim().is_empty() || between.contains('\n') {
            let flow = self.script(step.node, Some(step.parent));
            return Some(vec![(old, flow.flow(value, &indent))]);
        }
        let end = self.line_end(old.range().end);
        let rest = self.slice(old.range().end, end);
        if rest.trim().is_empty() {
            return Some(vec![(Span::new(colon, end), new)]);
        }
        // The comment of the key's line stays there.
        Some(vec![(Span::new(colon, old.range().end), String::new()), (Span::new(end, end), new)])
    }

    /// Where the last line of a text ends that has lines of its own.
    fn block_end(&self, text: Span) -> usize {
        let said = self.slice(text.range().start, text.range().end);
        text.range().start + said.trim_end().len()
    }

    /// Where the colon after a key ends.
    pub(super) fn colon(&self, key: NodeRef<'_>) -> Option<usize> {
        let end = outer(key).range().end;
        let rest = self.text().get(end..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(gap..)?.starts_with(':').then_some(end + gap + 1)
    }

    /// Writes a value at a path below a part, with all that is missing on the way. `forks` says which parts of a value are
    /// branches of it, each of which is to have it; `holes` which are as good as nothing. `None`: something on the way is
    /// neither a mapping nor missing.
    pub(in crate::fixes) fn set<'d>(
        &'d self,
        step: Step<'d>,
        path: &[&str],
        value: &New,
        reading: Reading<'_>,
    ) -> Option<Vec<Change>> {
        let node = step.node;
        // Branches that all say the same are none.
        if let Some(branches) = (reading.forks)(node).filter(|_| !path.is_empty()) {
            let mut found: Vec<Change> = Vec::new();
            for branch in branches {
                let ways = self.set(branch, path, value, reading)?;
                let Some(way) = ways.into_iter().next() else { continue };
                found = vec![found.pop().unwrap_or_default().and(way)];
            }
            return Some(found);
        }
        let [key, rest @ ..] = path else {
            let is_there = matches!(value, New::Text(text) if node.scalar_text().is_some_and(|old| old == *text))
                && node.tag().is_none();
            return Some(if is_there { Vec::new() } else { self.put(step, value) });
        };
        let is_hole = matches!(node.kind(), NodeKind::Null) || (reading.holes)(node);
        let has_parts = !parts(node).is_empty()
            || self.slice(node.span().range().start, node.span().range().end).contains("<<");
        if is_hole || node.is_mapping() && !has_parts {
            return Some(self.put(step, &value.clone().below(path)));
        }
        if !node.is_mapping() || node.tag().is_some() || (reading.opaque)(node) {
            return None;
        }
        match child(node, key) {
            Some(inner) => self.set(inner, rest, value, reading),
            None => Some(self.insert(node, Some(step.parent), (key, &value.clone().below(rest)))),
        }
    }
}

/// The branches of a value, where it has some.
pub(in crate::fixes) type Forks<'r> = &'r dyn for<'d> Fn(NodeRef<'d>) -> Option<Vec<Step<'d>>>;

/// What values mean beyond what is written.
#[derive(Clone, Copy)]
pub(in crate::fixes) struct Reading<'r> {
    pub(in crate::fixes) forks: Forks<'r>,
    /// As good as nothing.
    pub(in crate::fixes) holes: &'r dyn Fn(NodeRef<'_>) -> bool,
    /// A mapping that stands for something else.
    pub(in crate::fixes) opaque: &'r dyn Fn(NodeRef<'_>) -> bool,
}

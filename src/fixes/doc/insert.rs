//! New parts of collections.

use super::new::Script;
use super::{Change, New, Page, is_flow, outer};
use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef};

impl Page {
    /// A new entry at the end of a mapping that has some, or one that is written with brackets. `around` is what the mapping
    /// stands in.
    pub(in crate::fixes) fn insert(
        &self,
        mapping: NodeRef<'_>,
        around: Option<NodeRef<'_>>,
        (key, value): (&str, &New),
    ) -> Vec<Change> {
        self.insert_all(mapping, around, &[(key.to_owned(), value.clone())], false)
    }

    /// New entries at the end of a mapping. `apart`: an empty line is to stand before each of them.
    pub(in crate::fixes) fn insert_all(
        &self,
        mapping: NodeRef<'_>,
        around: Option<NodeRef<'_>>,
        entries: &[(String, New)],
        apart: bool,
    ) -> Vec<Change> {
        let script = self.script(mapping, around);
        let targets: Vec<_> = entries.iter().map(|(key, _)| (mapping.span(), Some(key.clone()))).collect();
        let change = |edits| Change { edits, targets: targets.clone() };
        if is_flow(self, mapping) {
            let part = |(key, value): &(String, New), indent: &str| script.flow_entry(key, value, indent);
            let all = |indent: &str| {
                let parts: Vec<String> = entries.iter().map(|entry| part(entry, indent)).collect();
                let lines = script.brackets.lines.then(|| format!(",{}{indent}", script.line_break));
                parts.join(&lines.unwrap_or_else(|| script.brackets.comma.clone()))
            };
            return vec![change(self.within_brackets(mapping, &script, around, &all))];
        }
        let start = mapping.span().range().start;
        let indent = self.indent(start);
        let line = script.line_break;
        let gap = if apart { line } else { "" };
        let written: Vec<String> =
            entries.iter().map(|(key, value)| script.block_entry(key, value, &indent)).collect();
        let end = self.line_end(mapping.span().range().end);
        let after: String = written.iter().map(|entry| format!("{gap}{line}{indent}{entry}")).collect();
        // Text that runs to the end of the mapping, blank lines and all, must not be cut in two.
        let before: String = written.iter().map(|entry| format!("{entry}{line}{gap}{indent}")).collect();
        vec![change(vec![(Span::new(end, end), after)]), change(vec![(Span::new(start, start), before)])]
    }

    /// A new item at the end of a sequence that has some, or that is written with brackets.
    pub(in crate::fixes) fn append(
        &self,
        list: NodeRef<'_>,
        around: Option<NodeRef<'_>>,
        item: &New,
    ) -> Vec<Change> {
        let script = self.script(list, around);
        let change = |edits| vec![Change::new(edits, list, None)];
        if is_flow(self, list) {
            return change(self.within_brackets(list, &script, around, &|indent| script.flow(item, indent)));
        }
        let first = list.items().next().map_or(list.span().range().start, |item| outer(item).range().start);
        let before = self.slice(0, first);
        let gap = self.slice(before.trim_end().len(), first);
        let dash = before.trim_end().len().checked_sub(1).filter(|at| before.get(*at..*at + 1) == Some("-"));
        let indent = self.indent(dash.unwrap_or(list.span().range().start));
        let gap = if !gap.is_empty() && gap.chars().all(|c| c == ' ') { gap } else { " " };
        let end = self.line_end(list.span().range().end);
        let in_brackets = list.items().all(|item| is_flow(self, item));
        let item = match in_brackets {
            true => format!("-{gap}{}", script.flow(item, &indent)),
            false => script.block_item(item, &indent, gap),
        };
        change(vec![(Span::new(end, end), format!("{}{indent}{item}", script.line_break))])
    }

    /// A new part before the closing bracket.
    fn within_brackets(
        &self,
        collection: NodeRef<'_>,
        script: &Script,
        around: Option<NodeRef<'_>>,
        part: &dyn Fn(&str) -> String,
    ) -> Vec<(Span, String)> {
        let (start, close) = (collection.span().range().start, collection.span().range().end - 1);
        let line = script.line_break;
        if self.without_comments(start + 1, close).trim().is_empty() {
            return self.within_empty((start, close), script, around, part);
        }
        let indent = self.part_indent(collection).unwrap_or_default();
        let last = self.content_end(start, close);
        let has_comma = self.slice(last - 1, last) == ",";
        let comma = if has_comma { "" } else { "," };
        if !script.brackets.lines {
            let gap = script.brackets.comma.trim_start_matches(',');
            let tail = if has_comma { "," } else { "" };
            let text = format!("{comma}{gap}{}{tail}", part(&indent));
            return vec![(Span::new(last, last), text)];
        }
        let tail = if has_comma { "," } else { "" };
        let end = self.line_end(last).min(close);
        let new = format!("{line}{indent}{}{tail}", part(&indent));
        if self.slice(last, end).trim().is_empty() || self.slice(last, close).trim().is_empty() {
            return vec![(Span::new(last, last), format!("{comma}{new}"))];
        }
        // A comment stands between.
        let mut edits = vec![(Span::new(end, end), new)];
        if !comma.is_empty() {
            edits.insert(0, (Span::new(last, last), comma.to_owned()));
        }
        edits
    }

    fn within_empty(
        &self,
        (start, close): (usize, usize),
        script: &Script,
        around: Option<NodeRef<'_>>,
        part: &dyn Fn(&str) -> String,
    ) -> Vec<(Span, String)> {
        let indent = around.and_then(|around| self.part_indent(around)).unwrap_or_default();
        // Comments are all that there may be.
        let comments = self.slice(start + 1, close).trim_end();
        if script.brackets.lines || !comments.is_empty() {
            let inner = format!("{indent}{}", script.step);
            let line = script.line_break;
            let text = format!("{line}{inner}{}{line}{indent}", part(&inner));
            return vec![(Span::new(start + 1 + comments.len(), close), text)];
        }
        let pad = &script.brackets.pad;
        vec![(Span::new(start + 1, close), format!("{pad}{}{pad}", part(&indent)))]
    }

    /// Where the last thing between brackets ends that is no comment.
    fn content_end(&self, start: usize, close: usize) -> usize {
        let mut end = close;
        loop {
            let text = self.slice(start + 1, end);
            end = start + 1 + text.trim_end().len();
            let comment =
                self.comments().iter().find(|span| span.range().end == end && span.range().start > start);
            match comment {
                Some(span) if !span.is_empty() => end = span.range().start,
                Some(_) | None => return end,
            }
        }
    }

    /// Whether the parts of a mapping stand apart by empty lines.
    pub(in crate::fixes) fn is_airy(&self, mapping: NodeRef<'_>) -> bool {
        if !matches!(mapping.kind(), NodeKind::Mapping(_)) || is_flow(self, mapping) {
            return false;
        }
        let own = self.own(mapping);
        let Some(last) = own.last().filter(|_| own.len() > 1).and_then(|step| step.key) else { return false };
        // Comments of the entry may stand between it and the empty line.
        let mut lines = self.slice(0, self.line_start(outer(last).range().start)).lines().rev();
        lines.find(|line| !line.trim_start().starts_with('#')).is_some_and(|line| line.trim().is_empty())
    }
}

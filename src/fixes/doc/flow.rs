//! The style of what stands around a place.

use super::new::{Brackets, Script};
use super::{Page, is_flow, outer};
use crate::syntax::doc::{NodeKind, NodeRef};

/// How a file as a whole is written.
#[derive(Debug)]
pub(super) struct Habits {
    /// References are written as tags.
    tags: bool,
    /// The quotes that are written more often.
    quote: char,
    /// Items of block sequences stand further in than their key.
    hanging: bool,
    /// References stand in one line.
    short_references: bool,
}

impl Page {
    fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| Habits {
            tags: self.text().contains(" !") || !self.text().contains("Ref:"),
            quote: self.quote(),
            hanging: self.hangs(),
            short_references: ["{\"Ref\"", "{ \"Ref\"", "{\"Fn::", "{ \"Fn::"]
                .iter()
                .any(|form| self.text().contains(form)),
        })
    }

    /// How something new is written into a collection, which may be empty; `around` is what it stands in.
    pub(super) fn script(&self, node: NodeRef<'_>, around: Option<NodeRef<'_>>) -> Script {
        let is_json = self.text().trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
        let has_parts = !self.own(node).is_empty();
        let like = if has_parts { Some(node) } else { around };
        let key_quote = like.and_then(|node| self.key_quote(node));
        Script {
            line_break: self.line_break(),
            step: self.step(node, around),
            quote: if is_json || key_quote == Some('"') { '"' } else { self.habits().quote },
            key_quote,
            always: is_json || is_flow(self, node) && key_quote == Some('"'),
            tags: !is_json && self.habits().tags,
            hanging: self.habits().hanging,
            brackets: self.brackets(like.unwrap_or(node)),
        }
    }

    fn key_quote(&self, node: NodeRef<'_>) -> Option<char> {
        let own = self.own(node);
        let mut quotes = own.iter().filter_map(|step| {
            let start = outer(step.key?).range().start;
            self.text().get(start..)?.chars().next()
        });
        let first = quotes.next().filter(|quote| ['"', '\''].contains(quote))?;
        quotes.all(|quote| quote == first).then_some(first)
    }

    /// The quotes that are written more often.
    fn quote(&self) -> char {
        let count = |text: &str| self.text().matches(text).count();
        let single = count(": '") + count("- '");
        if single > count(": \"") + count("- \"") { '\'' } else { '"' }
    }

    /// One level of indentation: what the collection's own are indented by, else what it is itself.
    fn step(&self, node: NodeRef<'_>, around: Option<NodeRef<'_>>) -> String {
        let of = |outer: NodeRef<'_>| {
            let own = self.own(outer);
            let mut inner = own.iter().filter(|step| step.is_own() && !self.own(step.node).is_empty());
            inner.find_map(|step| self.between(outer, step.node))
        };
        of(node)
            .or_else(|| around.and_then(|around| self.between(around, node)))
            .or_else(|| around.and_then(of))
            .or_else(|| self.roots().next().and_then(of))
            .unwrap_or_else(|| "  ".to_owned())
    }

    /// What the parts of a collection are indented by, beyond those of the one that it stands in.
    fn between(&self, outer: NodeRef<'_>, inner: NodeRef<'_>) -> Option<String> {
        let outer = self.part_indent(outer)?;
        let inner = self.part_indent(inner)?;
        let step = inner.strip_prefix(outer.as_str())?;
        (!step.is_empty()).then(|| step.to_owned())
    }

    /// What stands before the first part of a collection in its line, if that is nothing but white space or dashes.
    pub(super) fn part_indent(&self, node: NodeRef<'_>) -> Option<String> {
        let own = self.own(node);
        let first = own.first()?;
        let start = match (node.kind(), first.key) {
            (NodeKind::Sequence(_), _) if !is_flow(self, node) => node.span().range().start,
            (_, Some(key)) => outer(key).range().start,
            (_, None) => outer(first.node).range().start,
        };
        let before = self.slice(self.line_start(start), start);
        before.chars().all(|c| c.is_whitespace() || c == '-').then(|| self.indent(start))
    }

    /// Whether items of block sequences stand further in than their key.
    fn hangs(&self) -> bool {
        let found = self.find(&|step| {
            let is_list = matches!(step.node.kind(), NodeKind::Sequence(_));
            is_list && step.key.is_some() && step.is_own() && !is_flow(self, step.node)
        });
        let last = found.and_then(|way| way.last().copied());
        last.and_then(|step| Some((step.key?, step.node))).is_none_or(|(key, list)| {
            self.indent(list.span().range().start) != self.indent(outer(key).range().start)
        })
    }

    fn brackets(&self, like: NodeRef<'_>) -> Brackets {
        // Of a list its first item shows how mappings are written.
        let item = like.items().next().filter(|item| item.is_mapping() && is_flow(self, *item));
        let lines = item.is_some().then(|| self.brackets_of(like).lines);
        let of = self.brackets_of(item.unwrap_or(like));
        Brackets { lines: lines.filter(|_| is_flow(self, like)).unwrap_or(of.lines), ..of }
    }

    fn brackets_of(&self, like: NodeRef<'_>) -> Brackets {
        let flow = is_flow(self, like);
        let own = if flow { self.own(like) } else { Vec::new() };
        let colon =
            own.iter().filter(|step| step.is_own() && !outer(step.node).is_empty()).find_map(|step| {
                let key = outer(step.key?).range().end;
                let between = self.slice(key, outer(step.node).range().start);
                between.chars().all(|c| c == ':' || c == ' ' || c == '\t').then(|| between.to_owned())
            });
        let colon = colon.filter(|colon| colon.contains(':')).unwrap_or_else(|| ": ".to_owned());
        let (start, end) = (like.span().range().start, like.span().range().end);
        let first = own.first().map(|step| step.key.map_or(outer(step.node), outer).range().start);
        let inside = first.map(|first| self.slice(start + 1, first));
        let lines = match inside {
            Some(inside) => inside.contains('\n'),
            None => flow && self.slice(start, end).contains('\n'),
        };
        let comma = own.windows(2).find_map(|pair| {
            let [_, next] = pair else { return None };
            let at = next.key.map_or(outer(next.node), outer).range().start;
            let before = self.text().get(..at)?;
            let gap = before.len() - before.trim_end_matches([' ', '\t']).len();
            before.get(..at - gap)?.ends_with(',').then(|| format!(",{}", self.slice(at - gap, at)))
        });
        let tight = colon == ":" || lines && colon.ends_with(':');
        let pad = match inside {
            Some(inside) if !lines && !tight || inside.chars().all(|c| c == ' ' || c == '\t') => {
                inside.to_owned()
            }
            Some(_) | None if tight => String::new(),
            Some(_) | None => " ".to_owned(),
        };
        Brackets {
            comma: comma.unwrap_or_else(|| if tight { "," } else { ", " }.to_owned()),
            pad,
            lines,
            short_references: self.habits().short_references,
            colon,
        }
    }
}

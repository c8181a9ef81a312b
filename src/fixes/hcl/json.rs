//! Changes of Terraform's JSON syntax (<https://developer.hashicorp.com/terraform/language/syntax/json>).

use super::align::Fate;
use super::json_style::{Json, Style, quoted};
use super::new::{Item, NewBlock};
use super::{Change, Splice, value};
use crate::source::Span;
use crate::syntax::doc::{Document, NodeKind, NodeRef, ScalarStyle};
use std::collections::BTreeMap;

/// A top-level block.
#[derive(Debug)]
pub(super) struct Found<'d> {
    pub(super) keyword: String,
    pub(super) labels: Vec<String>,
    /// The last label, or the keyword if there is none.
    pub(super) header: Span,
    pub(super) body: NodeRef<'d>,
}

/// How many labels a block of this name has.
fn labels(keyword: &str) -> Option<usize> {
    match keyword {
        "resource" | "data" | "ephemeral" => Some(2),
        "variable" | "output" | "module" | "provider" | "check" => Some(1),
        "terraform" | "locals" | "moved" | "import" | "removed" => Some(0),
        _ => None,
    }
}

pub(super) fn blocks<'d>(text: &'d str, document: &'d Document) -> Vec<Found<'d>> {
    let mut found = Vec::new();
    let Some(root) = document.root(text) else { return found };
    for (key, value) in bodies(root).into_iter().flat_map(NodeRef::entries) {
        let Some(keyword) = key.scalar_text() else { continue };
        if let Some(count) = labels(&keyword) {
            collect(value, &keyword, &mut Vec::new(), key.span(), count, &mut found);
        }
    }
    found.sort_by_key(|found| found.body.span());
    found
}

fn collect<'d>(
    node: NodeRef<'d>,
    keyword: &str,
    labels: &mut Vec<String>,
    header: Span,
    missing: usize,
    found: &mut Vec<Found<'d>>,
) {
    for node in bodies(node) {
        if missing == 0 {
            let (keyword, labels) = (keyword.to_owned(), labels.clone());
            found.push(Found { keyword, labels, header, body: node });
            continue;
        }
        for (key, value) in node.entries() {
            labels.push(key.scalar_text().unwrap_or_default().into_owned());
            collect(value, keyword, labels, key.span(), missing - 1, found);
            labels.pop();
        }
    }
}

/// An object, or the objects of a list.
fn bodies(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    match node.kind() {
        NodeKind::Mapping(_) => vec![node],
        NodeKind::Sequence(_) => node.items().flat_map(bodies).collect(),
        NodeKind::Null | NodeKind::Scalar(..) => Vec::new(),
    }
}

/// With the quotes.
pub(super) fn whole(node: NodeRef<'_>) -> Span {
    let span = node.span();
    match node.kind() {
        NodeKind::Scalar(ScalarStyle::Quoted, _) => {
            Span::new((span.start as usize).saturating_sub(1), span.end as usize + 1)
        }
        NodeKind::Scalar(ScalarStyle::Plain | ScalarStyle::Block, _)
        | NodeKind::Null
        | NodeKind::Sequence(_)
        | NodeKind::Mapping(_) => span,
    }
}

/// The innermost object of a name that holds a place, with its name.
pub(super) fn innermost<'d>(body: NodeRef<'d>, name: &str, span: Span) -> Option<(Span, NodeRef<'d>)> {
    for (key, value) in body.entries() {
        for inner in bodies(value) {
            let holds = inner.span().contains(span);
            let named = whole(key).contains(span) && key.scalar_text().is_some_and(|text| text == name);
            if let Some(deeper) = innermost(inner, name, span).filter(|_| holds) {
                return Some(deeper);
            }
            if named || holds && key.scalar_text().is_some_and(|text| text == name) {
                return Some((key.span(), inner));
            }
        }
    }
    None
}

pub(super) fn values(body: NodeRef<'_>, path: &str) -> Vec<Span> {
    let mut here = vec![body];
    for name in path.split('.') {
        let mut next = Vec::new();
        for body in here.into_iter().flat_map(bodies) {
            next.extend(nested(body, name));
        }
        here = next;
    }
    here.into_iter().map(whole).collect()
}

/// The values of a name in a body, dynamic blocks by what they hold.
fn nested<'d>(body: NodeRef<'d>, name: &str) -> Vec<NodeRef<'d>> {
    let own = body.get(name).into_iter();
    let dynamic = body.get("dynamic").into_iter().flat_map(bodies).filter_map(|node| node.get(name));
    own.chain(dynamic.flat_map(bodies).filter_map(|node| node.get("content"))).collect()
}

struct Resolver<'d> {
    text: &'d str,
    /// By where they begin.
    found: BTreeMap<u32, (NodeRef<'d>, Changes)>,
}

#[derive(Debug, Default)]
struct Changes {
    fates: Vec<Fate>,
    added: Vec<(String, Json)>,
    /// The member that stands above what is added.
    below: Option<usize>,
}

pub(super) fn splices(text: &str, body: NodeRef<'_>, changes: &[Change<'_>]) -> Option<Vec<Splice>> {
    let mut resolver = Resolver { text, found: BTreeMap::new() };
    for change in changes {
        let (Change::Set(path, _)
        | Change::Remove(path)
        | Change::Substitute(path, ..)
        | Change::Add(path, _)) = change;
        let path: Vec<&str> = path.split('.').collect();
        resolver.place(body, &path, change)?;
    }
    Some(resolver.splices())
}

/// New blocks, each beside those of its kind.
pub(super) fn append(
    text: &str,
    document: &Document,
    near: Span,
    blocks: &[NewBlock],
) -> Option<Vec<Splice>> {
    let mut tree = Vec::new();
    for block in blocks {
        let path: Vec<&str> =
            std::iter::once(&block.keyword).chain(&block.labels).map(String::as_str).collect();
        graft(&mut tree, &path, object(&block.items));
    }
    let mut resolver = Resolver { text, found: BTreeMap::new() };
    resolver.merge(document.root(text)?, tree, near)?;
    Some(resolver.splices())
}

fn graft(tree: &mut Vec<(String, Json)>, path: &[&str], value: Json) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        tree.push(((*first).to_owned(), value));
        return;
    }
    let at = tree.iter().position(|(name, _)| name == first).unwrap_or_else(|| {
        tree.push(((*first).to_owned(), Json::Object(Vec::new())));
        tree.len() - 1
    });
    if let Some((_, Json::Object(members))) = tree.get_mut(at) {
        graft(members, rest, value);
    }
}

fn object(items: &[Item]) -> Json {
    let mut members: Vec<(String, Json)> = Vec::new();
    for item in items {
        match item {
            Item::Attribute(name, text) => members.push((name.clone(), Json::Leaf(value::as_json(text)))),
            Item::Block(name, items) => match members.iter_mut().find(|(known, _)| known == name) {
                Some((_, Json::Array(several))) => several.push(object(items)),
                Some((_, one)) => {
                    let first = std::mem::replace(one, Json::Array(Vec::new()));
                    *one = Json::Array(vec![first, object(items)]);
                }
                None => members.push((name.clone(), object(items))),
            },
        }
    }
    Json::Object(members)
}

fn nested_json(path: &[&str], value: Json) -> Json {
    path.iter().rev().fold(value, |value, name| Json::Object(vec![((*name).to_owned(), value)]))
}

impl<'d> Resolver<'d> {
    fn changes(&mut self, body: NodeRef<'d>) -> &mut Changes {
        let made = || {
            let fates = vec![Fate::Stays; body.entries().len()];
            (body, Changes { fates, ..Changes::default() })
        };
        &mut self.found.entry(body.span().start).or_insert_with(made).1
    }

    /// The last one of a name counts.
    fn member(body: NodeRef<'d>, name: &str) -> Option<(usize, NodeRef<'d>)> {
        let found = body
            .entries()
            .enumerate()
            .filter(|(_, (key, _))| key.scalar_text().is_some_and(|text| text == name));
        found.last().map(|(at, (_, value))| (at, value))
    }

    fn place(&mut self, body: NodeRef<'d>, path: &[&str], change: &Change<'_>) -> Option<()> {
        let [first, rest @ ..] = path else { return None };
        if rest.is_empty() {
            return self.act(body, first, change);
        }
        let inner = nested(body, first);
        if inner.is_empty() || inner.iter().all(|node| node.kind() == NodeKind::Null) {
            let Change::Set(_, text) = change else {
                return matches!(change, Change::Remove(_)).then_some(());
            };
            let value = nested_json(rest, Json::Leaf(value::as_json(text)));
            self.add(body, first, value);
            return Some(());
        }
        for node in inner {
            let is_collection = matches!(node.kind(), NodeKind::Mapping(_) | NodeKind::Sequence(_));
            let all = bodies(node);
            if !is_collection || all.is_empty() {
                return None;
            }
            all.into_iter().try_for_each(|body| self.place(body, rest, change))?;
        }
        Some(())
    }

    /// One more member; to a new one of its name what is in both is put together.
    fn add(&mut self, body: NodeRef<'d>, name: &str, value: Json) {
        if let Some((at, _)) = Self::member(body, name) {
            let style = self.style();
            let text = style.value(&value, None);
            self.changes(body).fates[at] = Fate::Becomes(None, text);
            return;
        }
        let added = &mut self.changes(body).added;
        match (added.iter_mut().find(|(known, _)| known == name), value) {
            (Some((_, Json::Object(members))), Json::Object(more)) => members.extend(more),
            (_, value) => added.push((name.to_owned(), value)),
        }
    }

    fn act(&mut self, body: NodeRef<'d>, name: &str, change: &Change<'_>) -> Option<()> {
        let known = Self::member(body, name);
        match change {
            Change::Set(_, text) => {
                let text = value::as_json(text);
                match known {
                    Some((at, old)) => {
                        let known = serde_json::from_str(self.source(whole(old)));
                        if !known.is_ok_and(|known: serde_json::Value| known == text) {
                            self.changes(body).fates[at] = Fate::Becomes(None, text.to_string());
                        }
                    }
                    None => self.add(body, name, Json::Leaf(text)),
                }
            }
            Change::Substitute(_, new, text) => {
                let (at, _) = known?;
                let text = value::as_json(text).to_string();
                let changes = self.changes(body);
                changes.fates[at] = Fate::Becomes(Some(quoted(new)), text);
                changes.below = Some(at);
            }
            Change::Remove(_) => {
                if let Some((at, _)) = known {
                    self.changes(body).fates[at] = Fate::Goes;
                }
                for dynamic in body.get("dynamic").into_iter().flat_map(bodies) {
                    if let Some((at, _)) = Self::member(dynamic, name) {
                        self.changes(dynamic).fates[at] = Fate::Goes;
                    }
                }
            }
            Change::Add(_, items) => {
                let items: Vec<Item> =
                    items.iter().map(|(name, value)| Item::attribute(name, *value)).collect();
                self.add_block(body, name, known, object(&items))?;
            }
        }
        Some(())
    }

    /// One more block beside those of its name, which become a list with it.
    fn add_block(
        &mut self,
        body: NodeRef<'d>,
        name: &str,
        known: Option<(usize, NodeRef<'d>)>,
        block: Json,
    ) -> Option<()> {
        let Some((at, old)) = known else {
            self.changes(body).added.push((name.to_owned(), block));
            return Some(());
        };
        let style = self.style();
        let text = match old.kind() {
            NodeKind::Sequence(_) => {
                let last = old.items().last()?;
                let (from, to) = (old.span().start as usize, whole(last).end as usize);
                let first_line = style.layout.begins_line(whole(last).start as usize);
                let indent = style.layout.indent(whole(last).start as usize);
                let gap = if first_line {
                    format!(",{}{indent}", style.layout.eol)
                } else {
                    style.comma.to_owned()
                };
                let is_pretty = self.source(last.span()).contains('\n') && first_line;
                let new = style.value(&block, is_pretty.then_some(indent));
                let rest = style.layout.between(to, old.span().end as usize);
                format!("{}{gap}{new}{rest}", style.layout.between(from, to))
            }
            NodeKind::Mapping(_) => {
                let indent = style.layout.indent(old.span().start as usize);
                let is_pretty = self.source(old.span()).contains('\n');
                let new = style.value(&block, is_pretty.then_some(indent));
                format!("[{}{}{new}]", self.source(old.span()), style.comma)
            }
            NodeKind::Null | NodeKind::Scalar(..) => return None,
        };
        self.changes(body).fates[at] = Fate::Becomes(None, text);
        Some(())
    }

    fn merge(&mut self, node: NodeRef<'d>, tree: Vec<(String, Json)>, near: Span) -> Option<()> {
        let mut candidates = bodies(node);
        let body = match candidates.iter().position(|body| body.span().contains(near)) {
            Some(at) => candidates.swap_remove(at),
            None => candidates.pop()?,
        };
        for (name, value) in tree {
            match (body.get(&name), value) {
                (Some(inner), Json::Object(members)) if !bodies(inner).is_empty() => {
                    self.merge(inner, members, near)?;
                }
                (Some(_), _) => return None,
                (None, value) => self.changes(body).added.push((name, value)),
            }
        }
        Some(())
    }

    fn source(&self, span: Span) -> &'d str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn style(&self) -> Style<'d> {
        // The text between the first name and its value, which all others are taken to have too.
        let text = self.text;
        let first = text.find('"').and_then(|open| {
            let close = open + 1 + text.get(open + 1..)?.find('"')? + 1;
            let rest = text.get(close..)?;
            let value = rest.trim_start_matches([' ', '\t', '\r', '\n', ':']);
            Some((close, close + rest.len() - value.len()))
        });
        Style::of(text, first)
    }

    fn splices(&self) -> Vec<Splice> {
        let style = self.style();
        let mut out = Vec::new();
        for (body, changes) in self.found.values() {
            of_object(*body, changes, &style, &mut out);
        }
        out
    }
}

fn of_object(body: NodeRef<'_>, changes: &Changes, style: &Style<'_>, out: &mut Vec<Splice>) {
    let layout = &style.layout;
    let members: Vec<(Span, Span)> = body.entries().map(|(key, value)| (whole(key), whole(value))).collect();
    let inside = Span::new(body.span().start as usize + 1, body.span().end as usize - 1);
    for ((key, value), fate) in members.iter().zip(&changes.fates) {
        if let Fate::Becomes(name, text) = fate {
            out.extend(name.iter().map(|name| (*key, name.clone())));
            out.push((*value, text.clone()));
        }
    }
    let stays = |at: usize| !matches!(changes.fates.get(at), Some(Fate::Goes));
    let kept: Vec<usize> = (0..members.len()).filter(|at| stays(*at)).collect();
    let first = members.first().map(|(key, _)| key.start as usize);
    let on_lines = match first {
        Some(first) => layout.between(inside.start as usize, first).contains('\n'),
        None => style.pretty,
    };
    let indent = match first {
        Some(first) if on_lines => layout.indent(first).to_owned(),
        Some(_) | None => format!("{}{}", layout.indent(body.span().start as usize), layout.unit),
    };
    let inner = on_lines.then_some(indent.as_str());
    let gap = if on_lines { format!(",{}{indent}", layout.eol) } else { style.comma.to_owned() };
    let added: Vec<String> =
        changes.added.iter().map(|(name, value)| style.member(name, value, inner)).collect();
    let (Some(first_kept), Some(last)) = (kept.first(), kept.last()) else {
        let text = match (added.is_empty(), on_lines) {
            (true, _) => String::new(),
            (false, true) => {
                let base = layout.indent(body.span().start as usize);
                format!("{}{indent}{}{}{base}", layout.eol, added.join(&gap), layout.eol)
            }
            (false, false) => added.join(&gap),
        };
        out.push((inside, text));
        return;
    };
    for at in (0..members.len()).filter(|at| !stays(*at)) {
        let (key, value) = members[at];
        let span = if at > *first_kept {
            Span::new(members[at - 1].1.end as usize, value.end as usize)
        } else {
            let next = members.get(at + 1).map_or(value.end, |(next, _)| next.start);
            Span::new(key.start as usize, next as usize)
        };
        out.push((span, String::new()));
    }
    if !added.is_empty() {
        let below = changes.below.filter(|at| stays(*at)).unwrap_or(*last);
        let at = members[below].1.end as usize;
        out.push((Span::new(at, at), format!("{gap}{}", added.join(&gap))));
    }
}

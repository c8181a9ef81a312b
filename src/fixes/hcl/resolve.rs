//! From dotted paths to the regions of native code that they lead to, and the splices of all of them.

use super::align::{Fate, Row};
use super::body::{self, Changes, Lines, Region};
use super::layout::Layout;
use super::new::Item;
use super::{Change, Splice, json, object};
use crate::source::Span;
use crate::syntax::doc;
use crate::syntax::hcl::{Block, Body, ExprId, ExprKind, List, Tree};
use std::collections::BTreeMap;

/// What has names in it.
#[derive(Debug, Clone, Copy)]
enum Container<'t> {
    Block(&'t Block),
    Object(Span, List),
}

/// What becomes of the blocks and objects that changes lead to.
struct Resolver<'t> {
    text: &'t str,
    tree: &'t Tree,
    /// By where they begin.
    found: BTreeMap<u32, (Container<'t>, Changes)>,
    /// Of documents that are written as a text.
    inside: Vec<Splice>,
}

/// The splices of changes in a block. None where a path leads through what is no block and no object.
pub(super) fn splices(text: &str, tree: &Tree, block: &Block, changes: &[Change<'_>]) -> Option<Vec<Splice>> {
    let mut resolver = Resolver { text, tree, found: BTreeMap::new(), inside: Vec::new() };
    for change in changes {
        let (path, action) = match change {
            Change::Set(path, value) => (*path, Action::Set(value)),
            Change::Remove(path) => (*path, Action::Remove),
            Change::Substitute(path, name, value) => (*path, Action::Substitute(name, value)),
            Change::Add(path, items) => (*path, Action::Add(items)),
        };
        let path: Vec<&str> = path.split('.').collect();
        resolver.place(Container::Block(block), &path, action)?;
    }
    let layout = Layout::within(text, block.span);
    let mut out = std::mem::take(&mut resolver.inside);
    for (container, changes) in resolver.found.values() {
        let region = region(text, tree, *container)?;
        let is_one_line = !layout.between(region.open, region.close).contains('\n');
        out.extend(match (container, is_one_line) {
            (Container::Block(_), true) => body::one_line(&layout, &region, changes),
            (Container::Object(..), true) => object::one_line(&layout, &region, changes),
            (Container::Block(_) | Container::Object(..), false) => {
                Lines::new(&layout, &region, changes).splices()
            }
        });
    }
    Some(out)
}

/// Where the value of an attribute stands, if a path leads to one.
pub(super) fn values(text: &str, tree: &Tree, block: &Block, path: &str) -> Vec<Span> {
    let path: Vec<&str> = path.split('.').collect();
    let resolver = Resolver { text, tree, found: BTreeMap::new(), inside: Vec::new() };
    let mut found = Vec::new();
    resolver.look(Container::Block(block), &path, &mut found);
    found
}

#[derive(Debug, Clone, Copy)]
enum Action<'o> {
    Set(&'o str),
    Remove,
    Substitute(&'o str, &'o str),
    Add(&'o [(&'o str, &'o str)]),
}

impl<'t> Resolver<'t> {
    fn source(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn key(&self, container: Container<'t>) -> u32 {
        match container {
            Container::Block(block) => block.span.start,
            Container::Object(span, _) => span.start,
        }
    }

    fn changes(&mut self, container: Container<'t>) -> &mut Changes {
        let rows = match container {
            Container::Block(block) => block.body.attributes.len(),
            Container::Object(_, items) => self.tree.items(items).len(),
        };
        let made = || (container, Changes { fates: vec![Fate::Stays; rows], ..Changes::default() });
        let key = self.key(container);
        &mut self.found.entry(key).or_insert_with(made).1
    }

    /// The number of an attribute of this name, and its value.
    fn attribute(&self, container: Container<'t>, name: &str) -> Option<(usize, ExprId)> {
        match container {
            Container::Block(block) => {
                let attributes = &block.body.attributes;
                let at = attributes.iter().position(|attribute| self.source(attribute.name) == name)?;
                Some((at, attributes.get(at)?.expr))
            }
            Container::Object(_, items) => {
                let items = self.tree.items(items);
                let is_it = |key: ExprId| match &self.tree.expr(key).kind {
                    ExprKind::Plain(span) => self.tree.text(self.text, *span) == name,
                    _ => false,
                };
                // The last one counts.
                let at = items.iter().rposition(|item| is_it(item.key))?;
                Some((at, items.get(at)?.value))
            }
        }
    }

    /// The nested blocks of a name, dynamic ones by what they hold.
    fn nested(&self, container: Container<'t>, name: &str) -> Vec<Container<'t>> {
        let Container::Block(block) = container else { return Vec::new() };
        let of = |body: &'t Body, name: &str| -> Vec<&'t Block> {
            let is_it = |block: &&Block| self.source(block.keyword) == name && block.labels.is_empty();
            body.blocks.iter().filter(is_it).collect()
        };
        let mut found = of(&block.body, name);
        for block in block.body.blocks.iter().filter(|block| self.is_dynamic(block, name)) {
            found.extend(of(&block.body, "content"));
        }
        found.into_iter().map(Container::Block).collect()
    }

    fn is_dynamic(&self, block: &Block, name: &str) -> bool {
        let label = block.labels.first().map(|label| self.tree.text(self.text, label.text));
        self.source(block.keyword) == "dynamic" && label == Some(name)
    }

    /// The objects that a value is: one, or a list of them. None where it is anything else.
    fn objects(&self, value: ExprId) -> Option<Vec<Container<'t>>> {
        let expr = self.tree.expr(value);
        match &expr.kind {
            ExprKind::Object(items) => Some(vec![Container::Object(expr.span, *items)]),
            ExprKind::Parens(inner) => self.objects(*inner),
            ExprKind::Call { name, args, expand: false } if self.source(*name) == "jsonencode" => {
                let [argument] = self.tree.ids(*args) else { return None };
                self.objects(*argument)
            }
            ExprKind::Tuple(items) => {
                let each = self.tree.ids(*items).iter().map(|item| self.objects(*item));
                let all: Option<Vec<_>> = each.collect();
                all.map(|all| all.into_iter().flatten().collect())
            }
            _ => None,
        }
    }

    fn place(&mut self, container: Container<'t>, path: &[&str], action: Action<'_>) -> Option<()> {
        let [first, rest @ ..] = path else { return None };
        if rest.is_empty() {
            return self.act(container, first, action);
        }
        let nested = self.nested(container, first);
        if !nested.is_empty() {
            return nested.into_iter().try_for_each(|nested| self.place(nested, rest, action));
        }
        if let Some((at, value)) = self.attribute(container, first) {
            if matches!(self.tree.expr(value).kind, ExprKind::Null) && matches!(action, Action::Set(_)) {
                let Action::Set(text) = action else { return None };
                let value = object_text(rest, text);
                self.changes(container).fates[at] = Fate::Becomes(None, value);
                return Some(());
            }
            if let (Some(document), Action::Set(text)) = (self.document(value), action) {
                self.inside.extend(self.in_document(document, &rest.join("."), text)?);
                return Some(());
            }
            return self.objects(value)?.into_iter().try_for_each(|object| self.place(object, rest, action));
        }
        match (action, container) {
            (Action::Remove, _) => Some(()),
            (Action::Set(value), Container::Block(_)) => {
                put(&mut self.changes(container).blocks, first, rest, value);
                Some(())
            }
            (Action::Set(value), Container::Object(..)) => {
                let value = object_text(rest, value);
                self.changes(container).added.push(((*first).to_owned(), value));
                Some(())
            }
            (Action::Substitute(..) | Action::Add(_), _) => None,
        }
    }

    /// The lines of a heredoc without sequences.
    fn document(&self, value: ExprId) -> Option<Span> {
        let span = self.tree.expr(value).span;
        let text = self.source(span);
        let first = text.starts_with("<<").then(|| text.find('\n'))?? + 1;
        let last = text.trim_end().rfind('\n')?;
        let lines = text.get(first..last)?;
        let is_plain = !lines.contains("${") && !lines.contains("%{");
        is_plain.then(|| Span::new(span.start as usize + first, span.start as usize + last))
    }

    /// A value of JSON that stands in a heredoc.
    fn in_document(&self, span: Span, path: &str, text: &str) -> Option<Vec<Splice>> {
        let document = self.source(span);
        let parsed = doc::parse_json(document).ok()?;
        let found = json::splices(document, parsed.root(document)?, &[Change::Set(path, text)])?;
        let shift = span.start as usize;
        let moved = |span: Span| Span::new(span.start as usize + shift, span.end as usize + shift);
        Some(found.into_iter().map(|(span, text)| (moved(span), text)).collect())
    }

    fn act(&mut self, container: Container<'t>, name: &str, action: Action<'_>) -> Option<()> {
        let known = self.attribute(container, name);
        match action {
            Action::Set(value) => {
                if let Some((at, old)) = known {
                    if self.source(self.tree.expr(old).span) != value {
                        self.changes(container).fates[at] = Fate::Becomes(None, value.to_owned());
                    }
                } else if self.nested(container, name).is_empty() {
                    self.changes(container).added.push((name.to_owned(), value.to_owned()));
                } else {
                    return None;
                }
            }
            Action::Substitute(new, value) => {
                let (at, _) = known?;
                let changes = self.changes(container);
                changes.fates[at] = Fate::Becomes(Some(new.to_owned()), value.to_owned());
                changes.below = Some(at);
            }
            Action::Remove => {
                if let Some((at, _)) = known {
                    self.changes(container).fates[at] = Fate::Goes;
                }
                if let Container::Block(block) = container {
                    let is_it =
                        |block: &Block| self.source(block.keyword) == name || self.is_dynamic(block, name);
                    let gone: Vec<usize> =
                        (0..block.body.blocks.len()).filter(|at| is_it(&block.body.blocks[*at])).collect();
                    if !gone.is_empty() {
                        self.changes(container).gone.extend(gone);
                    }
                }
            }
            Action::Add(items) => {
                let Container::Block(_) = container else { return None };
                let items = items.iter().map(|(name, value)| Item::attribute(name, *value)).collect();
                self.changes(container).blocks.push((name.to_owned(), items));
            }
        }
        Some(())
    }

    fn look(&self, container: Container<'t>, path: &[&str], found: &mut Vec<Span>) {
        let [first, rest @ ..] = path else { return };
        let attribute = self.attribute(container, first);
        if rest.is_empty() {
            found.extend(attribute.map(|(_, value)| self.tree.expr(value).span));
            return;
        }
        let objects = attribute.and_then(|(_, value)| self.objects(value)).unwrap_or_default();
        for inner in self.nested(container, first).into_iter().chain(objects) {
            self.look(inner, rest, found);
        }
    }
}

/// An attribute inside of blocks that are not there yet; of several that share them, one block is made.
fn put(blocks: &mut Vec<(String, Vec<Item>)>, first: &str, rest: &[&str], value: &str) {
    let at = blocks.iter().position(|(name, _)| name == first).unwrap_or_else(|| {
        blocks.push((first.to_owned(), Vec::new()));
        blocks.len() - 1
    });
    if let Some((_, items)) = blocks.get_mut(at) {
        put_item(items, rest, value);
    }
}

fn put_item(items: &mut Vec<Item>, path: &[&str], value: &str) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        items.push(Item::attribute(first, value));
        return;
    }
    let known = items.iter_mut().find_map(|item| match item {
        Item::Block(name, inner) if name == first => Some(inner),
        Item::Block(..) | Item::Attribute(..) => None,
    });
    match known {
        Some(inner) => put_item(inner, rest, value),
        None => {
            let mut inner = Vec::new();
            put_item(&mut inner, rest, value);
            items.push(Item::block(first, inner));
        }
    }
}

/// Nested objects that hold one value.
fn object_text(path: &[&str], value: &str) -> String {
    let inner = path.iter().rev().fold((value.to_owned(), 0), |(text, depth), name| {
        let text = text.replace('\n', "\n  ");
        (format!("{{\n  {name} = {text}\n}}"), depth + 1)
    });
    inner.0
}

fn region(text: &str, tree: &Tree, container: Container<'_>) -> Option<Region> {
    match container {
        Container::Block(block) => {
            let open = opening(text, tree, block)?;
            let rows = block.body.attributes.iter().filter_map(|attribute| {
                row(text, tree, attribute.name, tree.expr(attribute.expr).span, block.span.end as usize)
            });
            let rows: Vec<Row> = rows.collect();
            let nested = block
                .body
                .blocks
                .iter()
                .map(|block| (text.get(block.keyword.range()).unwrap_or("").to_owned(), block.span));
            let comments = ending_comments(text, tree, &rows, block.span);
            let close = block.span.end as usize - 1;
            Some(Region { open, close, rows, nested: nested.collect(), comments, row_end: "" })
        }
        Container::Object(span, items) => {
            let rows = tree.items(items).iter().filter_map(|item| {
                let (key, value) = (tree.expr(item.key).span, tree.expr(item.value).span);
                row(text, tree, key, value, span.end as usize)
            });
            let rows: Vec<Row> = rows.collect();
            let comments = ending_comments(text, tree, &rows, span);
            let has_comma = rows.last().is_some_and(|row| row.end > row.value.end as usize);
            Some(Region {
                open: span.start as usize,
                close: span.end as usize - 1,
                rows,
                nested: Vec::new(),
                comments,
                row_end: if has_comma { "," } else { "" },
            })
        }
    }
}

/// The brace that opens a block's body.
fn opening(text: &str, tree: &Tree, block: &Block) -> Option<usize> {
    let mut at = block.header.end as usize;
    loop {
        at += text.get(at..)?.find('{')?;
        let comment = tree.comments.partition_point(|comment| comment.start as usize <= at).checked_sub(1);
        match comment.and_then(|comment| tree.comments.get(comment)) {
            Some(comment) if (comment.end as usize) > at => at = comment.end as usize,
            Some(_) | None => return Some(at),
        }
    }
}

fn row(text: &str, tree: &Tree, name: Span, value: Span, limit: usize) -> Option<Row> {
    let between = text.get(name.end as usize..value.start as usize)?;
    let lead = between.len() - between.trim_start().len();
    let equals = between.get(lead..)?.starts_with('=').then_some(name.end as usize + lead);
    let mut end = value.end as usize;
    let line_end = |at: usize| {
        let rest = text.get(at..limit.max(at)).unwrap_or("");
        at + rest.find('\n').unwrap_or(rest.len())
    };
    let is_heredoc = text.get(..end)?.ends_with('\n');
    if is_heredoc {
        return Some(Row { name, equals, value: Span::new(value.start as usize, end), end, comment: None });
    }
    let rest = text.get(end..line_end(end)).unwrap_or("");
    if rest.trim_start().starts_with(',') {
        end += rest.len() - rest.trim_start().len() + 1;
    }
    let next = tree.comments.partition_point(|comment| (comment.start as usize) < end);
    let comment = tree.comments.get(next).copied().filter(|comment| {
        let alone = text
            .get(end..comment.start as usize)
            .is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'));
        let rest = text.get(comment.end as usize..line_end(comment.end as usize)).unwrap_or("");
        alone
            && (text.get(..comment.end as usize).is_some_and(|text| text.ends_with('\n'))
                || rest.trim().is_empty())
    });
    Some(Row { name, equals, value, end, comment })
}

/// Comments behind something else in their line, where that is no row.
fn ending_comments(text: &str, tree: &Tree, rows: &[Row], within: Span) -> Vec<Span> {
    let layout_start =
        |at: usize| text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |line| line + 1);
    let first = tree.comments.partition_point(|comment| comment.start < within.start);
    tree.comments
        .get(first..)
        .unwrap_or(&[])
        .iter()
        .take_while(|comment| comment.start < within.end)
        .filter(|comment| {
            let start = comment.start as usize;
            let lead = text.get(layout_start(start)..start).unwrap_or("");
            !lead.trim().is_empty() && !rows.iter().any(|row| row.comment == Some(**comment))
        })
        .copied()
        .collect()
}

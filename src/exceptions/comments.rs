//! Exceptions in comments, and what they hold for: their line and what begins on it, or the file.

use super::grammar::{self, Marker, Said, Wrong};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::doc::{self, Document};
use crate::syntax::hcl::{self, ExprKind, Tree};
use std::sync::Arc;

/// A language that has comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Hcl,
    Yaml,
    Toml,
    /// `NAME=value` a line; a comment is a line of its own.
    Variables,
}

/// What an exception holds for in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covers {
    File,
    /// What begins in one of these.
    Spans(Vec<Span>),
    /// A construct of an app and all below it, in these templates.
    Construct {
        templates: Arc<[FileId]>,
        path: Arc<str>,
    },
}

/// An exception of a comment.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) said: Result<Said, Wrong>,
    pub(super) covers: Covers,
}

/// The comments of a text, and what lines may begin: the entries, arguments and blocks of it.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In order, with their marks.
    pub(super) comments: Vec<Span>,
    /// In order.
    pub(super) parts: Vec<Span>,
    /// Where the next code behind each comment begins, if there is any.
    code_after: Vec<Option<u32>>,
}

impl Page {
    pub(super) fn read(language: Language, source: &SourceFile) -> Self {
        let text = source.text();
        let (comments, mut parts) = match language {
            Language::Hcl => {
                let tree = hcl::parse(text).tree;
                let parts = parts_of_tree(&tree);
                (tree.comments, parts)
            }
            Language::Yaml => {
                (doc::yaml_comments(text), parts_of_document(doc::parse(text).ok().as_ref(), text))
            }
            Language::Toml => {
                (doc::toml_comments(text), parts_of_document(doc::parse_toml(text).ok().as_ref(), text))
            }
            Language::Variables => of_variables(text),
        };
        parts.sort_unstable();
        let code_after = code_after(&comments, text);
        Self { comments, parts, code_after }
    }

    /// The exceptions of the comments, in order.
    pub(super) fn exceptions(&self, source: &SourceFile) -> Vec<Found> {
        let first_code = self.parts.first().map_or(u32::MAX, |part| part.start);
        let mut found = Vec::new();
        for comment in &self.comments {
            for (at, line) in lines(source.slice(*comment)) {
                for Marker { range, said } in grammar::markers(line) {
                    let base = comment.start as usize + at;
                    let span = Span::new(base + range.start, base + range.end);
                    let covers = match &said {
                        Ok(Said { of_file: true, .. }) if span.start > first_code => {
                            Covers::Spans(Vec::new())
                        }
                        Ok(Said { of_file: true, .. }) => Covers::File,
                        Ok(_) => Covers::Spans(self.covered(*comment, source)),
                        Err(_) => Covers::Spans(Vec::new()),
                    };
                    let misplaced = matches!(&said, Ok(Said { of_file: true, .. })) && covers != Covers::File;
                    let said = if misplaced { Err(Wrong::Place) } else { said.map(|said| moved(said, base)) };
                    found.push(Found { span, said, covers });
                }
            }
        }
        found
    }

    /// The line that a comment is about, and everything that begins on it.
    pub(super) fn covered(&self, comment: Span, source: &SourceFile) -> Vec<Span> {
        let Some(line) = self.line(comment, source) else { return Vec::new() };
        let from = self.parts.partition_point(|part| part.start < line.start);
        let beginning = self.parts.iter().skip(from).take_while(|part| part.start <= line.end);
        let mut spans: Vec<Span> = beginning.copied().collect();
        spans.push(line);
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// The part that a comment stands in, below `depth` others.
    pub(super) fn around(&self, comment: Span, depth: usize) -> Option<Span> {
        let mut holding: Vec<Span> =
            self.parts.iter().filter(|part| part.contains(comment)).copied().collect();
        holding.sort_unstable_by_key(|part| (std::cmp::Reverse(part.len()), part.start));
        holding.get(depth).copied()
    }

    /// The line that a comment stands on with code, else the next one that has code.
    fn line(&self, comment: Span, source: &SourceFile) -> Option<Span> {
        let line_of = |offset: u32| source.line_span(source.line_at(offset));
        let own = line_of(comment.start)?;
        if self.has_code(Span { start: own.start, end: comment.start }, source) {
            return Some(own);
        }
        let at = self.comments.binary_search_by_key(&comment.start, |comment| comment.start).ok()?;
        line_of(self.code_after.get(at).copied().flatten()?)
    }

    /// Whether there is something in a piece of a line that is neither blank nor a comment.
    fn has_code(&self, piece: Span, source: &SourceFile) -> bool {
        let mut at = piece.start;
        // One that began on an earlier line may end on this one.
        let first = self.comments.partition_point(|comment| comment.end <= piece.start);
        let here = self.comments.iter().skip(first).take_while(|comment| comment.start < piece.end);
        for comment in here.filter(|comment| piece.contains(**comment)) {
            if !source.slice(Span { start: at, end: comment.start }).trim().is_empty() {
                return true;
            }
            at = comment.end;
        }
        let rest = source.slice(Span { start: at, end: piece.end });
        !rest.trim_start_matches('\u{feff}').trim().is_empty()
    }
}

/// The comments and the assignments of a file of variables.
fn of_variables(text: &str) -> (Vec<Span>, Vec<Span>) {
    let (mut comments, mut parts) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if !words.is_empty() {
            let list = if words.starts_with('#') { &mut comments } else { &mut parts };
            list.push(Span::new(start, start + words.len()));
        }
        at += line.len();
    }
    (comments, parts)
}

/// Where the code begins that comes next behind each comment. A comment may be followed by thousands of others, so the
/// answer of the one behind it is taken over.
fn code_after(comments: &[Span], text: &str) -> Vec<Option<u32>> {
    let mut after: Vec<Option<u32>> = vec![None; comments.len()];
    for (at, comment) in comments.iter().enumerate().rev() {
        let end = comment.end as usize;
        let next = text.get(end..).and_then(|rest| rest.find(|c: char| !c.is_whitespace()));
        let next = next.map(|gap| Span::new(end + gap, end + gap).start);
        let follower = comments.get(at + 1).filter(|follower| Some(follower.start) == next);
        let known = if follower.is_some() { after.get(at + 1).copied().flatten() } else { next };
        if let Some(slot) = after.get_mut(at) {
            *slot = known;
        }
    }
    after
}

fn moved(mut said: Said, by: usize) -> Said {
    for policy in &mut said.policies {
        policy.range = policy.range.start + by..policy.range.end + by;
    }
    said
}

/// The lines of a comment, each with where it begins, without the mark that ends the comment.
pub(super) fn lines(comment: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_block = comment.starts_with("/*");
    let body = if is_block { comment.strip_suffix("*/").unwrap_or(comment) } else { comment };
    let mut at = 0;
    body.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

fn parts_of_document(document: Option<&Document>, text: &str) -> Vec<Span> {
    document.map(|document| document.parts(text).collect()).unwrap_or_default()
}

fn parts_of_tree(tree: &Tree) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut bodies = vec![&tree.body];
    while let Some(body) = bodies.pop() {
        parts.extend(
            body.attributes.iter().map(|attribute| attribute.name.to(tree.expr(attribute.expr).span)),
        );
        parts.extend(body.blocks.iter().map(|block| block.span));
        bodies.extend(body.blocks.iter().map(|block| &block.body));
    }
    let span = |id| tree.expr(id).span;
    for expr in tree.exprs() {
        match expr.kind {
            ExprKind::Object(items) => {
                parts.extend(tree.items(items).iter().map(|item| span(item.key).to(span(item.value))));
            }
            ExprKind::Tuple(items) => parts.extend(tree.ids(items).iter().map(|id| span(*id))),
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Plain(_)
            | ExprKind::Template(_)
            | ExprKind::Name(_)
            | ExprKind::SplatItem
            | ExprKind::Attr { .. }
            | ExprKind::Index { .. }
            | ExprKind::Splat { .. }
            | ExprKind::Call { .. }
            | ExprKind::For(_)
            | ExprKind::Conditional { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Parens(_) => {}
        }
    }
    parts
}

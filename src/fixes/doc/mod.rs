//! Edits of YAML and JSON by splicing bytes: what is written in a file, and where in it something else is to stand, in the
//! style of what stands around it. Knows neither templates nor resources.
//!
//! An edit is proposed in one or several ways, and the first is taken after which the text parses again and differs in
//! nothing but what was to change ([`Page::settle`]).

mod check;
mod fill;
mod flow;
mod insert;
mod new;
mod remove;
mod replace;
mod route;
#[cfg(test)]
mod tests;

pub(super) use fill::Reading;
pub(super) use new::New;
pub(super) use route::{Step, child, parts, region};

use crate::source::{SourceFile, Span};
use crate::syntax::doc::{self, Document, NodeKind, NodeRef, ScalarStyle};
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

thread_local! {
    /// The file that was read last: one has many findings, which are asked about one after another.
    static LAST: RefCell<Option<Arc<Page>>> = const { RefCell::new(None) };
}

/// A file's text with its tree.
#[derive(Debug)]
pub(super) struct Page {
    source: Arc<SourceFile>,
    document: Document,
    comments: OnceLock<Vec<Span>>,
    habits: OnceLock<flow::Habits>,
}

/// What is to change, and what of the document may be different afterwards.
#[derive(Debug, Default, Clone)]
pub(super) struct Change {
    pub(super) edits: Vec<(Span, String)>,
    /// Parts of collections, by the place of these: a key of a mapping, or all of a sequence or mapping.
    targets: Vec<(Span, Option<String>)>,
}

/// Edits that were tried: the text parses, and nothing but what was to change has changed.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) edits: Vec<(Span, String)>,
    /// What is edited stands for several places of the document, by anchor and aliases.
    pub(super) shared: bool,
}

impl Page {
    /// `None`: the text does not parse.
    pub(super) fn read(source: Arc<SourceFile>) -> Option<Arc<Self>> {
        let known = LAST.with_borrow(|last| last.clone().filter(|page| Arc::ptr_eq(&page.source, &source)));
        if known.is_some() {
            return known;
        }
        let document = doc::parse(source.text()).ok()?;
        let page = Arc::new(Self { source, document, comments: OnceLock::new(), habits: OnceLock::new() });
        LAST.set(Some(Arc::clone(&page)));
        Some(page)
    }

    pub(super) fn text(&self) -> &str {
        self.source.text()
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.document.roots(self.text())
    }

    /// Where comments stand; none in JSON.
    fn comments(&self) -> &[Span] {
        self.comments.get_or_init(|| {
            let is_json = doc::parse_json(self.text()).is_ok();
            if is_json { Vec::new() } else { doc::yaml_comments(self.text()) }
        })
    }

    /// What ends the lines of the file.
    fn line_break(&self) -> &'static str {
        match self.text().find('\n') {
            Some(at) if self.text()[..at].ends_with('\r') => "\r\n",
            Some(_) | None => "\n",
        }
    }

    /// Where the line begins that a place is in.
    fn line_start(&self, at: usize) -> usize {
        let before = self.text().get(..at).unwrap_or("");
        before.rfind('\n').map_or(if before.starts_with('\u{feff}') { 3 } else { 0 }, |found| found + 1)
    }

    /// Where the line ends that a place is in, without its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text().get(at..).unwrap_or("");
        let end = rest.find('\n').map_or(self.text().len(), |found| at + found);
        let line = self.text().get(at..end).unwrap_or("");
        if line.ends_with('\r') && end < self.text().len() { end - 1 } else { end }
    }

    /// What stands in a line before a place, as white space of the same width.
    fn indent(&self, at: usize) -> String {
        let before = self.text().get(self.line_start(at)..at).unwrap_or("");
        before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect()
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text().get(start..end).unwrap_or("")
    }

    /// The same without comments.
    fn without_comments(&self, start: usize, end: usize) -> String {
        let mut left = String::new();
        let mut at = start;
        for comment in self.comments().iter().filter(|span| {
            let range = span.range();
            range.start >= start && range.end <= end
        }) {
            left.push_str(self.slice(at, comment.range().start));
            at = comment.range().end;
        }
        left.push_str(self.slice(at, end));
        left
    }

    /// The first of several ways to make a change that changes this and nothing else.
    pub(super) fn settle(&self, ways: impl IntoIterator<Item = Change>) -> Option<Settled> {
        ways.into_iter().find_map(|change| check::settled(self, change))
    }
}

impl Change {
    fn new(edits: Vec<(Span, String)>, parent: NodeRef<'_>, key: Option<&str>) -> Self {
        Self { edits, targets: vec![(parent.span(), key.map(str::to_owned))] }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.edits.extend(other.edits);
        self.targets.extend(other.targets);
        self
    }
}

/// The node with its tag and quotes.
pub(super) fn outer(node: NodeRef<'_>) -> Span {
    let (span, full) = (node.span(), node.full_span());
    if full != span {
        return full;
    }
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

/// Whether a collection is written with brackets.
fn is_flow(page: &Page, node: NodeRef<'_>) -> bool {
    let text = page.slice(node.span().start as usize, node.span().end as usize);
    match node.kind() {
        NodeKind::Mapping(_) => text.starts_with('{') && text.ends_with('}'),
        NodeKind::Sequence(_) => text.starts_with('[') && text.ends_with(']'),
        NodeKind::Null | NodeKind::Scalar(..) => false,
    }
}

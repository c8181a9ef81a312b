//! YAML by way of `granit-parser`'s events, with what a loader owes: duplicate and merge keys, aliases within a budget, depth.

use super::builder::Builder;
use super::quick;
use super::scalar::Notation;
use super::tree::{Document, NodeId, NodeKind, ScalarStyle};
use super::{MAX_ALIASED_NODES, MAX_ALIASED_TEXT, MAX_DEPTH, ParseError, ParseErrorKind};
use crate::source::Span;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle as Style, StructureStyle, options};
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn parse(text: &str) -> Result<Document, ParseError> {
    quick::parse(text).map_or_else(|| parse_any(text), Ok)
}

/// Any YAML.
pub(super) fn parse_any(text: &str) -> Result<Document, ParseError> {
    let options =
        options! { emit_comments: false, flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH };
    let mut loader = Loader::new(text);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| loader.scan_error(&error))?;
        let range = span.byte_range().unwrap_or(0..0);
        let tag = span.tag_span().and_then(|tag| tag.byte_range()).map_or(Span::default(), to_span);
        loader.event(&event, range, tag)?;
    }
    Ok(loader.finish())
}

/// Where the comments of a stream stand, with their `#`; none of a text that is no YAML.
pub(super) fn comments(text: &str) -> Vec<Span> {
    let options = options! {
        emit_comments: true, max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH
    };
    let mut found = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else { break };
        if let (Event::Comment(..), Some(range)) = (&event, span.byte_range()) {
            found.push(to_span(range));
        }
    }
    found.sort_unstable();
    found
}

fn to_span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

pub(super) struct Loader<'t> {
    text: &'t str,
    builder: Builder<'t>,
    stack: Vec<Open>,
    pending: Vec<NodeId>,
    anchors: FxHashMap<usize, Anchored>,
    aliased: usize,
    aliased_text: usize,
}

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
    Block,
    Flow,
}

impl From<Style> for Look {
    fn from(style: Style) -> Self {
        match style {
            Style::Plain => Self::Plain,
            Style::SingleQuoted => Self::Single,
            Style::DoubleQuoted => Self::Double,
            Style::Literal => Self::Literal,
            Style::Folded => Self::Folded,
        }
    }
}

impl From<StructureStyle> for Look {
    fn from(style: StructureStyle) -> Self {
        if matches!(style, StructureStyle::Flow) { Self::Flow } else { Self::Block }
    }
}

/// A collection that is still open.
struct Open {
    start: usize,
    /// Where the last child ends, with its quotes: block collections have no end of their own.
    end: usize,
    tag: Span,
    flow: bool,
    mapping: bool,
    anchor: usize,
    first: usize,
    size: Size,
}

#[derive(Clone, Copy)]
struct Anchored {
    id: NodeId,
    size: Size,
}

/// What a node comes to with its aliases expanded, which is how a walk of the tree meets it.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    /// Bytes of text.
    text: usize,
    /// Collections inside each other.
    height: usize,
}

impl Size {
    const EMPTY: Self = Self { nodes: 1, text: 0, height: 1 };

    fn of_scalar(value: &str) -> Self {
        Self { nodes: 1, text: value.len(), height: 0 }
    }
}

impl<'t> Loader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            builder: Builder::new(text, Notation::Yaml),
            stack: Vec::new(),
            pending: Vec::new(),
            anchors: FxHashMap::default(),
            aliased: 0,
            aliased_text: 0,
        }
    }

    fn event(
        &mut self,
        event: &Event<'_>,
        range: std::ops::Range<usize>,
        tag: Span,
    ) -> Result<(), ParseError> {
        match event {
            Event::DocumentStart(..) => self.anchors.clear(),
            Event::Scalar(value, style, anchor, _) => {
                self.add_scalar(value, (*style).into(), range, tag, *anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.open((*style).into(), *anchor, range.start, tag, false)?;
            }
            Event::MappingStart(style, anchor, _) => {
                self.open((*style).into(), *anchor, range.start, tag, true)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end)?,
            Event::Alias(anchor) => {
                let Some(Anchored { id, size }) = self.anchors.get(anchor).copied() else {
                    return Err(ParseError::syntax(range.start, "an alias inside what it stands for"));
                };
                if self.stack.len() + size.height > MAX_DEPTH {
                    return Err(ParseError::too_deep(range.start));
                }
                self.aliased = self.aliased.saturating_add(size.nodes);
                if self.aliased > MAX_ALIASED_NODES {
                    let message = format!("aliases stand for more than {MAX_ALIASED_NODES} nodes");
                    return Err(ParseError::limit(range.start, message));
                }
                self.aliased_text = self.aliased_text.saturating_add(size.text);
                if self.aliased_text > MAX_ALIASED_TEXT {
                    let most = MAX_ALIASED_TEXT >> 20;
                    let message = format!("aliases stand for more than {most} MiB of text");
                    return Err(ParseError::limit(range.start, message));
                }
                self.child(id, 0, range.end, size);
            }
            // Stream and document ends say nothing; the rest is only sent on request.
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Document {
        self.builder.finish()
    }

    pub(super) fn add_scalar(
        &mut self,
        value: &str,
        look: Look,
        range: std::ops::Range<usize>,
        tag: Span,
        anchor: usize,
    ) {
        let id = self.scalar(value, look, &range, tag);
        self.child(id, anchor, range.end, Size::of_scalar(value));
    }

    fn scalar(&mut self, value: &str, look: Look, range: &std::ops::Range<usize>, tag: Span) -> NodeId {
        let (style, span) = match look {
            Look::Plain | Look::Block | Look::Flow => (ScalarStyle::Plain, to_span(range.clone())),
            Look::Single | Look::Double => {
                (ScalarStyle::Quoted, Span::new(range.start + 1, range.end.max(range.start + 2) - 1))
            }
            Look::Literal | Look::Folded => {
                let content = self.text.get(range.clone()).unwrap_or("");
                (ScalarStyle::Block, Span::new(range.start, range.start + content.trim_end().len()))
            }
        };
        let value = match style {
            ScalarStyle::Block => self.without_made_up_end(value, span),
            ScalarStyle::Plain | ScalarStyle::Quoted => value,
        };
        let null = style == ScalarStyle::Plain
            && (range.is_empty() || tag.is_empty() && matches!(value, "~" | "null" | "Null" | "NULL"));
        let kind = if null {
            NodeKind::Null
        } else {
            NodeKind::Scalar(style, self.builder.scalar_text(span, value))
        };
        self.builder.tagged(span, tag, kind)
    }

    /// The parser ends the last line of a text with a line break, whether it is there or not. A block scalar keeps one where
    /// there is one: <https://yaml.org/spec/1.2.2/#rule-b-chomped-last>.
    fn without_made_up_end<'v>(&self, value: &'v str, span: Span) -> &'v str {
        let Some(without) = value.strip_suffix('\n') else { return value };
        let rest = self.text.get(span.range().end..).unwrap_or("");
        // White space may be the last line of the value itself.
        let last = without.rsplit('\n').next().unwrap_or("");
        let is_blank = !last.is_empty() && last.trim().is_empty();
        let is_unended =
            rest.trim().is_empty() && (!rest.contains(['\n', '\r']) || is_blank && rest.ends_with(last));
        if is_unended { without } else { value }
    }

    fn child(&mut self, id: NodeId, anchor: usize, end: usize, size: Size) {
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { id, size });
        }
        match self.stack.last_mut() {
            Some(open) => {
                open.end = open.end.max(end);
                open.size.nodes = open.size.nodes.saturating_add(size.nodes);
                open.size.text = open.size.text.saturating_add(size.text);
                open.size.height = open.size.height.max(size.height + 1);
                self.pending.push(id);
            }
            None => self.builder.root(id),
        }
    }

    pub(super) fn open(
        &mut self,
        look: Look,
        anchor: usize,
        start: usize,
        tag: Span,
        mapping: bool,
    ) -> Result<(), ParseError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(ParseError::too_deep(start));
        }
        let flow = look == Look::Flow;
        let first = self.pending.len();
        self.stack.push(Open { start, end: start, tag, flow, mapping, anchor, first, size: Size::EMPTY });
        Ok(())
    }

    pub(super) fn close(&mut self, end: usize) -> Result<(), ParseError> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let end = if open.flow { end.max(open.start) } else { self.trimmed_end(open.start, open.end) };
        let mut children = self.pending.split_off(open.first);
        let kind = if open.mapping {
            self.merge(&mut children)?;
            self.builder.mapping(&children)
        } else {
            self.builder.sequence(&children)
        };
        let id = self.builder.tagged(Span::new(open.start, end), open.tag, kind);
        self.child(id, open.anchor, end, open.size);
        Ok(())
    }

    fn trimmed_end(&self, start: usize, end: usize) -> usize {
        start + self.text.get(start..end).unwrap_or("").trim_end().len()
    }

    /// Replaces `<<` by the entries that it brings in. Keys of the mapping's own win, then earlier sources.
    fn merge(&mut self, pairs: &mut Vec<NodeId>) -> Result<(), ParseError> {
        let is_merge = |loader: &Self, key: NodeId| {
            let key = loader.builder.read(key);
            matches!(key.kind(), NodeKind::Scalar(ScalarStyle::Plain, _)) && key.source() == "<<"
        };
        let chunks = pairs.as_chunks::<2>().0;
        if !chunks.iter().any(|[key, _]| is_merge(self, *key)) {
            return Ok(());
        }
        let (merges, own): (Vec<_>, Vec<_>) =
            chunks.iter().copied().partition(|[key, _]| is_merge(self, *key));
        let mut merged: Vec<(NodeId, NodeId)> = Vec::new();
        for [key, value] in merges {
            let sources = match self.builder.read(value).kind() {
                NodeKind::Sequence(_) => self.builder.ids(value).0,
                NodeKind::Mapping(_) | NodeKind::Null | NodeKind::Scalar(..) => &[value],
            };
            for source in sources {
                if !self.builder.read(*source).is_mapping() {
                    let at = self.builder.read(key).span().start as usize;
                    return Err(ParseError::syntax(at, "`<<` takes a mapping or a list of mappings"));
                }
                merged.extend_from_slice(self.builder.ids(*source).1);
            }
        }
        // Overriding a merged key is what merging is for, so it must not count as a duplicate.
        let key_text = |key: NodeId| self.builder.read(key).scalar_text();
        let mut taken: FxHashSet<_> = own.iter().filter_map(|[key, _]| key_text(*key)).collect();
        merged.retain(|(key, _)| key_text(*key).is_none_or(|text| taken.insert(text)));
        *pairs = merged.into_iter().map(|(key, value)| [key, value]).chain(own).flatten().collect();
        Ok(())
    }

    fn scan_error(&self, error: &granit_parser::ScanError) -> ParseError {
        let marker = error.marker();
        let at = marker.byte_offset().unwrap_or(0).min(self.text.len());
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => ParseError::too_deep(at),
            ErrorKind::TooManyComments | ErrorKind::DirectiveByteLimitExceeded { .. } => {
                ParseError { kind: ParseErrorKind::Limit, ..ParseError::syntax(at, error.info()) }
            }
            _ => ParseError::syntax(at, error.info()),
        }
    }
}

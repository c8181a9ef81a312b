//! Blocks that are not there yet, and how they are written.

use super::align::{Line, formatted};
use super::layout::Layout;
use crate::source::Span;

/// A top-level block to be.
#[derive(Debug, Clone)]
pub(in crate::fixes) struct NewBlock {
    pub(in crate::fixes) keyword: String,
    pub(in crate::fixes) labels: Vec<String>,
    pub(in crate::fixes) items: Vec<Item>,
}

/// What stands in a block to be. Values are in the native syntax.
#[derive(Debug, Clone)]
pub(in crate::fixes) enum Item {
    Attribute(String, String),
    Block(String, Vec<Item>),
}

impl Item {
    pub(in crate::fixes) fn attribute(name: &str, value: impl Into<String>) -> Self {
        Self::Attribute(name.to_owned(), value.into())
    }

    pub(in crate::fixes) fn block(name: &str, items: Vec<Item>) -> Self {
        Self::Block(name.to_owned(), items)
    }
}

impl NewBlock {
    pub(in crate::fixes) fn new(keyword: &str, labels: &[&str], items: Vec<Item>) -> Self {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        Self { keyword: keyword.to_owned(), labels, items }
    }
}

/// The splice that puts blocks below what ends in a span's last line.
pub(super) fn below(text: &str, after: Span, blocks: &[NewBlock]) -> (Span, String) {
    let layout = Layout::within(text, after);
    let at = layout.line_end(after.end as usize);
    let mut said = String::new();
    for block in blocks {
        let labels: String = block.labels.iter().map(|label| format!(" \"{label}\"")).collect();
        said.push_str(&layout.eol.repeat(2));
        said.push_str(&written(&format!("{}{labels}", block.keyword), &block.items, &layout, ""));
    }
    (Span::new(at, at), said)
}

/// A block, without an indentation before its first line and a line break behind its last one.
pub(super) fn written(header: &str, items: &[Item], layout: &Layout<'_>, indent: &str) -> String {
    if items.is_empty() {
        return format!("{header} {{}}");
    }
    let inner = format!("{indent}{}", layout.unit);
    let lines: Vec<Line<'_>> = items
        .iter()
        .map(|item| match item {
            Item::Attribute(name, value) => Line::New { name, value, end: "" },
            Item::Block(..) => Line::Other { comment: false },
        })
        .collect();
    let spaces = formatted(&lines, layout);
    let mut out = format!("{header} {{");
    for (at, (item, spaces)) in items.iter().zip(spaces).enumerate() {
        out.push_str(layout.eol);
        match item {
            Item::Attribute(name, value) => {
                let pad = " ".repeat(spaces.equals);
                let value = layout.reindented(value, &inner);
                out.push_str(&format!("{inner}{name}{pad}= {value}"));
            }
            Item::Block(name, items) => {
                if at > 0 {
                    out.push_str(layout.eol);
                }
                out.push_str(&inner);
                out.push_str(&written(name, items, layout, &inner));
            }
        }
    }
    out.push_str(layout.eol);
    out.push_str(indent);
    out.push('}');
    out
}

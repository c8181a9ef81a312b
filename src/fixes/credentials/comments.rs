//! Comments that are about lines which go, and the blank lines that would be left around them.

use crate::source::{SourceFile, Span};

/// What goes with lines of arguments, of which these are the values: comments right above them, if all of their paragraph
/// goes.
pub(super) fn of(source: &SourceFile, values: &[Span]) -> Vec<Span> {
    let mut lines: Vec<u32> = values
        .iter()
        .flat_map(|span| source.line_at(span.start)..=source.line_at(span.end.saturating_sub(1)))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let is_paragraph = lines.len() as u32 == last - first + 1;
    let text = |line: u32| source.line_span(line).map_or("", |span| source.slice(span).trim());
    let is_comment = |line: u32| text(line).starts_with('#') || text(line).starts_with("//");
    let mut from = first;
    while from > 1 && is_comment(from - 1) {
        from -= 1;
    }
    let below = text(last + 1);
    let is_all = below.is_empty() || below.starts_with('}');
    if from == first || !is_paragraph || !is_all {
        return Vec::new();
    }
    let start = |line: u32| source.line_span(line).map_or(source.text().len(), |span| span.start as usize);
    let before = text(from.saturating_sub(1));
    let meets_end = below.starts_with('}') && before.is_empty() && from > 1;
    let above = Span::new(start(if meets_end { from - 1 } else { from }), start(first));
    let meets_blank = below.is_empty() && (before.is_empty() || before.ends_with('{'));
    let under = meets_blank.then(|| Span::new(start(last + 1), start(last + 2)));
    std::iter::once(above).chain(under).collect()
}

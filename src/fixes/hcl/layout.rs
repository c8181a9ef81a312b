//! Lines and indentation of a text.

use crate::source::Span;
use memchr::memchr;

/// How a text is laid out.
#[derive(Debug, Clone)]
pub(super) struct Layout<'t> {
    pub(super) text: &'t str,
    pub(super) eol: &'static str,
    /// One level of indentation.
    pub(super) unit: String,
}

impl<'t> Layout<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let first = memchr(b'\n', text.as_bytes()).unwrap_or(0);
        let eol = if first > 0 && text.as_bytes().get(first - 1) == Some(&b'\r') { "\r\n" } else { "\n" };
        let indented = |line: &&str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
        let unit = text.lines().find(indented).map_or("  ", |line| {
            let indent = &line[..line.len() - line.trim_start().len()];
            match indent.as_bytes() {
                [b'\t', ..] => "\t",
                _ if indent.len() <= 8 => indent,
                _ => "  ",
            }
        });
        Self { text, eol, unit: unit.to_owned() }
    }

    /// The same for what stands in a block: one level is what its own first line is indented by.
    pub(super) fn within(text: &'t str, block: Span) -> Self {
        let layout = Self::of(text);
        let base = layout.indent(block.start as usize);
        let body = layout.between(layout.next_line(block.start as usize), block.end as usize);
        let first = body.lines().find(|line| !line.trim().is_empty());
        let indent =
            first.map_or("", |line| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]);
        match indent.strip_prefix(base) {
            Some(unit) if unit.starts_with('\t') => Self { unit: "\t".to_owned(), ..layout },
            Some(unit) if (1..=8).contains(&unit.len()) => Self { unit: unit.to_owned(), ..layout },
            Some(_) | None => layout,
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or("")
    }

    pub(super) fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(&[]);
        match memchr::memrchr(b'\n', before) {
            Some(newline) => newline + 1,
            // The mark is of the file, not of its first line.
            None if self.text.starts_with('\u{feff}') => '\u{feff}'.len_utf8().min(at),
            None => 0,
        }
    }

    /// The end of the line without its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
        let end = memchr(b'\n', rest).map_or(self.text.len(), |newline| at + newline);
        if end > at && self.text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end }
    }

    /// Where the next line begins; the end of the text behind the last one.
    pub(super) fn next_line(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
        memchr(b'\n', rest).map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The white space that the line of a place begins with.
    pub(super) fn indent(&self, at: usize) -> &'t str {
        let line = self.between(self.line_start(at), self.line_end(at));
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// Whether nothing but white space stands before a place in its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.between(self.line_start(at), at).trim().is_empty()
    }

    /// The last place of what ends at one: heredocs end behind their line break.
    pub(super) fn last(&self, end: usize) -> usize {
        let text = self.between(0, end);
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// A text of several lines, written for no indentation and two spaces a level, as it reads at this indentation.
    pub(super) fn reindented(&self, text: &str, indent: &str) -> String {
        let mut lines = text.split('\n');
        let mut out = lines.next().unwrap_or("").to_owned();
        for line in lines {
            let bare = line.trim_start_matches(' ');
            let levels = (line.len() - bare.len()) / 2;
            out.push_str(self.eol);
            if !bare.is_empty() {
                out.push_str(indent);
                out.push_str(&self.unit.repeat(levels));
                out.push_str(bare);
            }
        }
        out
    }
}

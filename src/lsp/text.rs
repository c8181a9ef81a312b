//! Places in a text as editors count them: lines from 0, characters in the unit that was agreed on.

use lsp_types::{Position, Range};
use std::ops;

/// What a character is, in positions.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What every client knows.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn length(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// How many units a text has.
    pub(super) fn units(self, text: &str) -> usize {
        if self == Self::Utf8 || text.is_ascii() {
            return text.len();
        }
        text.chars().map(|character| self.length(character)).sum()
    }

    /// The bytes of a text before its unit number `units`: all of it where it is shorter, and no part of a character.
    fn bytes(self, text: &str, units: usize) -> usize {
        let mut before = 0;
        for (at, character) in text.char_indices() {
            before += self.length(character);
            if before > units {
                return at;
            }
        }
        text.len()
    }
}

/// Where the lines of a text start. Lines end with `\n`, `\r\n` or `\r`, as the protocol has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'));
        Self { starts: [0].into_iter().chain(ends.map(|at| at + 1)).collect() }
    }

    /// A line without its break.
    pub(super) fn range(&self, text: &str, line: usize) -> ops::Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end).unwrap_or("");
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }

    /// The line that a byte stands in.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The byte at a position. Behind the end of a line it is that end, behind the last line the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        if line >= self.starts.len() {
            return text.len();
        }
        let range = self.range(text, line);
        let content = text.get(range.clone()).unwrap_or("");
        range.start + encoding.bytes(content, usize::try_from(position.character).unwrap_or(usize::MAX))
    }

    /// The bytes of a range. Who gives its end first means the same.
    pub(super) fn bytes(&self, text: &str, range: Range, encoding: Encoding) -> ops::Range<usize> {
        let (start, end) = (self.offset(text, range.start, encoding), self.offset(text, range.end, encoding));
        start.min(end)..start.max(end)
    }

    /// The position of a byte.
    pub(super) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let line = self.line_at(offset);
        let range = self.range(text, line);
        let mut offset = offset.clamp(range.start, range.end);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = text.get(range.start..offset).unwrap_or("");
        Position::new(small(line), small(encoding.units(before)))
    }
}

pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "a😀b\r\nä\rc\n\n\u{feff}x";

    #[test]
    fn positions_are_those_of_the_protocol() {
        let lines = Lines::new(TEXT);
        for (offset, utf8, utf16, utf32) in [
            (0, (0, 0), (0, 0), (0, 0)),
            (1, (0, 1), (0, 1), (0, 1)),
            (5, (0, 5), (0, 3), (0, 2)),
            (6, (0, 6), (0, 4), (0, 3)),
            (8, (1, 0), (1, 0), (1, 0)),
            (10, (1, 2), (1, 1), (1, 1)),
            (11, (2, 0), (2, 0), (2, 0)),
            (13, (3, 0), (3, 0), (3, 0)),
            (14, (4, 0), (4, 0), (4, 0)),
            (17, (4, 3), (4, 1), (4, 1)),
        ] {
            let expected = [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16), (Encoding::Utf32, utf32)];
            for (encoding, (line, character)) in expected {
                let position = Position::new(line, character);
                assert_eq!(lines.position(TEXT, offset, encoding), position, "{offset} {encoding:?}");
                assert_eq!(lines.offset(TEXT, position, encoding), offset, "{position:?} {encoding:?}");
            }
        }
    }

    #[test]
    fn positions_that_are_none_are_moved_to_the_next_one_before() {
        let lines = Lines::new(TEXT);
        for (encoding, line, character, expected) in [
            (Encoding::Utf16, 0, 99, 6),
            (Encoding::Utf16, 0, 2, 1),
            (Encoding::Utf8, 0, 3, 1),
            (Encoding::Utf8, 1, 1, 8),
            (Encoding::Utf16, 1, u32::MAX, 10),
            (Encoding::Utf16, 3, 5, 13),
            (Encoding::Utf16, 5, 0, TEXT.len()),
            (Encoding::Utf16, u32::MAX, u32::MAX, TEXT.len()),
        ] {
            let position = Position::new(line, character);
            assert_eq!(lines.offset(TEXT, position, encoding), expected, "{position:?} {encoding:?}");
        }
        // In the middle of a character, and of a break.
        assert_eq!(lines.position(TEXT, 3, Encoding::Utf16), Position::new(0, 1));
        assert_eq!(lines.position(TEXT, 7, Encoding::Utf16), Position::new(0, 4));
        let backwards = Range::new(Position::new(1, 0), Position::new(0, 1));
        assert_eq!(lines.bytes(TEXT, backwards, Encoding::Utf16), 1..8);
    }

    proptest! {
        #[test]
        fn every_offset_has_a_position_and_back(text in "[aä😀\r\n]{0,30}", line: u8, character: u8) {
            let lines = Lines::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let breaks = |at: usize| text.get(..at).is_some_and(|before| before.ends_with('\r')) && text.get(at..).is_some_and(|after| after.starts_with('\n'));
                for (at, _) in text.char_indices().filter(|(at, _)| !breaks(*at)) {
                    let position = lines.position(&text, at, encoding);
                    prop_assert_eq!(lines.offset(&text, position, encoding), at);
                }
                let any = lines.offset(&text, Position::new(line.into(), character.into()), encoding);
                prop_assert!(text.is_char_boundary(any));
            }
        }
    }
}

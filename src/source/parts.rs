//! Parts of a file that is too large to be held, with where they stand in it.

use super::{Position, to_u32};
use std::ops::Range;

/// Parts of a file that is too large to be held, one after another with a line break between them.
#[derive(Debug, Default)]
pub struct Parts {
    pub(super) text: String,
    /// Where each line of the text starts in the file.
    pub(super) origins: Vec<Position>,
}

/// One of [`Parts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it is in the parts' text.
    pub range: Range<usize>,
    /// Where it starts in the file.
    pub start: Position,
}

impl Part {
    /// The same part among others that `offset` bytes more stand before.
    #[must_use]
    pub fn after(self, offset: usize) -> Self {
        Self { range: self.range.start + offset..self.range.end + offset, ..self }
    }
}

impl Parts {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn get(&self, part: &Part) -> &str {
        self.text.get(part.range.clone()).unwrap_or("")
    }

    pub fn push(&mut self, text: &str, start: Position) -> Part {
        let from = self.open();
        self.text.push_str(text);
        self.close(from, start)
    }

    /// Adds what `write` appends, which says where that starts.
    ///
    /// # Errors
    /// As `write`; then nothing is added.
    pub fn push_with<E>(
        &mut self,
        write: impl FnOnce(&mut String) -> Result<Position, E>,
    ) -> Result<Part, E> {
        let before = self.text.len();
        let from = self.open();
        match write(&mut self.text) {
            Ok(start) => Ok(self.close(from, start)),
            Err(error) => {
                self.text.truncate(before);
                Err(error)
            }
        }
    }

    fn open(&mut self) -> usize {
        if !self.origins.is_empty() {
            self.text.push('\n');
        }
        self.text.len()
    }

    fn close(&mut self, from: usize, start: Position) -> Part {
        let range = from..self.text.len();
        let first = |line| Position { line: start.line + line, column: 1, byte_column: 1 };
        self.origins.push(start);
        self.origins.extend((1..=to_u32(self.breaks(&range))).map(first));
        Part { range, start }
    }

    fn breaks(&self, range: &Range<usize>) -> usize {
        let bytes = self.text.as_bytes().get(range.clone()).unwrap_or(&[]);
        memchr::memchr_iter(b'\n', bytes).count()
    }

    /// Takes the last part out again.
    pub fn pop(&mut self, last: &Part) {
        let lines = self.breaks(&last.range) + 1;
        self.origins.truncate(self.origins.len().saturating_sub(lines));
        self.text.truncate(last.range.start.saturating_sub(1));
    }

    /// Takes what stands in a range out of the last part, and leaves a line break in its place.
    pub fn cut(&mut self, last: &Part, range: Range<usize>) -> Part {
        let behind = self.breaks(&(range.end..last.range.end)) + 1;
        let line = self.origins.len().saturating_sub(behind);
        let before = self.text.get(last.range.start..range.end).unwrap_or("");
        let before = before.rsplit('\n').next().unwrap_or("");
        let origin = self.origins.get(line).map(|origin| Position {
            line: origin.line,
            column: origin.column + to_u32(before.chars().count()),
            byte_column: origin.byte_column + to_u32(before.len()),
        });
        let first = (line + 1).saturating_sub(self.breaks(&range));
        self.origins.splice(first..=line, origin);
        self.text.replace_range(range.clone(), "\n");
        let end = last.range.end - range.len() + 1;
        Part { range: last.range.start..end, start: last.start }
    }

    /// Puts others behind these; returns by how much they move.
    pub fn append(&mut self, others: Self) -> usize {
        if self.origins.is_empty() {
            *self = others;
            return 0;
        }
        let offset = self.open();
        self.text.push_str(&others.text);
        self.origins.extend(others.origins);
        offset
    }

    /// Puts others before these; returns by how much these move. Unlike [`Self::append`] it needs no room for a second text of this size.
    pub fn prepend(&mut self, mut others: Self) -> usize {
        if self.origins.is_empty() || others.origins.is_empty() {
            self.append(others);
            return 0;
        }
        let offset = others.open();
        self.text.insert_str(0, &others.text);
        self.origins.splice(0..0, others.origins);
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::super::SourceFile;
    use super::*;

    #[test]
    fn what_stands_behind_a_cut_keeps_its_place() {
        for (before, part, cut, expected) in [
            ("", "{\"a\":{12345},\"ä\":6}", "12345", "{\"a\":{\n},\"ä\":6}"),
            ("", "{\"a\":{\n12\n345},\"ä\":6}", "\n12\n345", "{\"a\":{\n},\"ä\":6}"),
            ("[1,\n 2]", "{\n\"a\":{ä\n345},\n\"b\":6}", "ä\n345", "{\n\"a\":{\n},\n\"b\":6}"),
            ("[1]", "{\n\"a\":{345\n},\n\"b\":6}", "345\n", "{\n\"a\":{\n},\n\"b\":6}"),
        ] {
            let start = Position { line: 3, column: 5, byte_column: 6 };
            let mut parts = Parts::default();
            if !before.is_empty() {
                parts.push(before, Position { line: 1, column: 1, byte_column: 1 });
            }
            let last = parts.push(part, start);
            let at = last.range.start + part.find(cut).unwrap();
            let shorter = parts.cut(&last, at..at + cut.len());
            assert_eq!((parts.get(&shorter), shorter.start), (expected, start));
            let place = |parts: Parts, from: usize, of: &str| {
                let file = SourceFile::of_parts(String::new(), String::new(), parts, false);
                file.position(to_u32(from + file.text()[from..].find(of).unwrap()))
            };
            for wanted in ["{", "}", ":6"] {
                let mut whole = Parts::default();
                let of = whole.push(part, start);
                let cut = Parts { text: parts.text.clone(), origins: parts.origins.clone() };
                assert_eq!(
                    place(cut, shorter.range.start, wanted),
                    place(whole, of.range.start, wanted),
                    "{wanted} in {part:?}"
                );
            }
        }
    }

    #[test]
    fn parts_know_their_places_in_the_file() {
        let at = |line, column| Position { line, column, byte_column: column };
        let mut parts = Parts::default();
        let last = parts.push("[2]", at(7, 3));
        let dropped = parts.push("[\n3]", at(8, 1));
        parts.pop(&dropped);
        let mut first = Parts::default();
        first.push("{\"ä\": 1\n}", Position { byte_column: 905, ..at(1, 900) });
        let offset = parts.prepend(first);
        assert_eq!(parts.get(&last.after(offset)), "[2]");
        let file = SourceFile::of_parts(String::new(), String::new(), parts, false);
        assert_eq!(file.text(), "{\"ä\": 1\n}\n[2]");
        for (offset, line, expected) in
            [(0, 1, (1, 900)), (7, 1, (1, 906)), (9, 2, (2, 1)), (11, 3, (7, 3)), (12, 3, (7, 4))]
        {
            let position = file.position(offset);
            assert_eq!((position.line, position.column), expected, "at {offset}");
            assert_eq!(file.line_at(offset), line, "at {offset}");
        }
        assert_eq!(file.position(7).byte_column, 912);
    }
}

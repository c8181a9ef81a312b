//! JSON that is too large to hold, read in pieces: the members of one object, the items of their arrays. Owns where a
//! value ends; what is inside a piece is for [`super::doc`] to say, and what is skipped is only counted through.

use super::members::string_end;
use crate::source::Position;
use memchr::{memchr_iter, memchr2};
use std::io::{self, ErrorKind, Read};

/// Bytes that are asked for at once.
const CHUNK: usize = 256 << 10;

/// One value, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Where it starts.
    pub start: Position,
}

/// A reader of one JSON value from its start to its end.
pub struct Pieces<'r> {
    reader: Box<dyn Read + Send + 'r>,
    /// What was read last.
    window: Vec<u8>,
    /// What of it has been passed: it goes when more is read, since moving the rest costs more than a piece itself.
    passed: usize,
    at: usize,
    ended: bool,
    /// Of the first byte that has not been passed.
    line: u32,
    column: u32,
    byte_column: u32,
}

impl std::fmt::Debug for Pieces<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces")
            .field("line", &self.line)
            .field("column", &self.column)
            .finish_non_exhaustive()
    }
}

impl<'r> Pieces<'r> {
    /// # Errors
    /// Where reading fails.
    pub fn new(reader: impl Read + Send + 'r) -> io::Result<Self> {
        let mut pieces = Self {
            reader: Box::new(reader),
            window: Vec::new(),
            passed: 0,
            at: 0,
            ended: false,
            line: 1,
            column: 1,
            byte_column: 1,
        };
        while pieces.window.len() < 3 && pieces.fill()? {}
        if pieces.window.starts_with(b"\xef\xbb\xbf") {
            (pieces.passed, pieces.at) = (3, 3);
        }
        Ok(pieces)
    }

    /// Steps into an object or array; `false`, and no step, where something else stands here.
    ///
    /// # Errors
    /// Where reading fails.
    pub fn enter(&mut self, open: u8) -> io::Result<bool> {
        let found = self.peek()? == Some(open);
        self.at += usize::from(found);
        Ok(found)
    }

    /// The next key of the object that has been entered; `None` at its end.
    ///
    /// # Errors
    /// Where reading fails or the text is no JSON.
    pub fn key(&mut self) -> io::Result<Option<String>> {
        if !self.another(b'}')? {
            return Ok(None);
        }
        if self.peek()? != Some(b'"') {
            return Err(self.broken("expected a key in quotes"));
        }
        let key = self.take()?.text;
        if self.peek()? != Some(b':') {
            return Err(self.broken("expected `:`"));
        }
        self.at += 1;
        Ok(Some(key.get(1..key.len() - 1).unwrap_or_default().to_owned()))
    }

    /// Whether the array that has been entered goes on; its end is passed.
    ///
    /// # Errors
    /// Where reading fails or the text is no JSON.
    pub fn item(&mut self) -> io::Result<bool> {
        self.another(b']')
    }

    /// The value that stands here.
    ///
    /// # Errors
    /// Where reading fails or the text ends within it.
    pub fn take(&mut self) -> io::Result<Piece> {
        let mut text = String::new();
        let start = self.take_to(&mut text)?;
        Ok(Piece { text, start })
    }

    /// Appends the value that stands here to a text; returns where it starts.
    ///
    /// # Errors
    /// Where reading fails or the text ends within it.
    pub fn take_to(&mut self, text: &mut String) -> io::Result<Position> {
        self.peek()?;
        let start = self.position();
        self.walk(true)?;
        let bytes = self.window.get(self.passed..self.at).unwrap_or_default();
        text.push_str(std::str::from_utf8(bytes).map_err(|_| self.broken("not valid UTF-8"))?);
        Ok(start)
    }

    /// Passes over the value that stands here.
    ///
    /// # Errors
    /// Where reading fails or the text ends within it.
    pub fn skip(&mut self) -> io::Result<()> {
        self.peek()?;
        self.walk(false)
    }

    /// # Errors
    /// Where reading fails or something follows.
    pub fn end(&mut self) -> io::Result<()> {
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.broken("expected the end of the document")),
        }
    }

    /// Where the reader stands.
    #[must_use]
    pub fn position(&mut self) -> Position {
        self.pass();
        Position { line: self.line, column: self.column, byte_column: self.byte_column }
    }

    fn another(&mut self, close: u8) -> io::Result<bool> {
        match self.peek()? {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(b'}' | b']' | b':') => Err(self.broken("expected a value")),
            Some(_) => Ok(true),
            None => Err(self.broken("the document ends too early")),
        }
    }

    /// Walks to the end of the value. What has been walked over stays in the window where it is to be kept.
    fn walk(&mut self, keep: bool) -> io::Result<()> {
        let mut depth = 0_usize;
        loop {
            self.within(&mut depth);
            let Some(byte) = self.byte(keep)? else { return Err(self.broken("the document ends too early")) };
            self.at += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Err(self.broken("expected a value")),
                b'}' | b']' => depth -= 1,
                b'"' => self.string(keep)?,
                b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' => {}
                _ if depth == 0 => return self.literal(keep),
                _ => {}
            }
            if depth == 0 && !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(());
            }
        }
    }

    /// Walks on inside a collection, as far as what has been read goes and nothing is closed that was open before.
    fn within(&mut self, depth: &mut usize) {
        let mut at = self.at;
        while *depth > 0
            && let Some(byte) = self.window.get(at)
        {
            match byte {
                b'"' => match string_end(&self.window, at + 1) {
                    Some(end) => at = end,
                    None => break,
                },
                b'{' | b'[' => {
                    *depth += 1;
                    at += 1;
                }
                b'}' | b']' if *depth == 1 => break,
                b'}' | b']' => {
                    *depth -= 1;
                    at += 1;
                }
                _ => at += 1,
            }
        }
        self.at = at;
    }

    fn string(&mut self, keep: bool) -> io::Result<()> {
        loop {
            if self.byte(keep)?.is_none() {
                return Err(self.broken("a string is never closed"));
            }
            let rest = self.window.get(self.at..).unwrap_or_default();
            match memchr2(b'"', b'\\', rest) {
                None => self.at = self.window.len(),
                Some(found) if rest.get(found) == Some(&b'"') => {
                    self.at += found + 1;
                    return Ok(());
                }
                Some(found) => {
                    self.at += found + 1;
                    self.byte(keep)?;
                    self.at += 1;
                }
            }
        }
    }

    fn literal(&mut self, keep: bool) -> io::Result<()> {
        while let Some(byte) = self.byte(keep)? {
            if matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') {
                break;
            }
            self.at += 1;
        }
        Ok(())
    }

    /// The byte that stands here.
    fn byte(&mut self, keep: bool) -> io::Result<Option<u8>> {
        while self.at >= self.window.len() {
            if !keep {
                self.pass();
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.window.get(self.at).copied())
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.byte(false)? {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(Some(byte));
            }
            self.at += 1;
        }
        Ok(None)
    }

    /// Forgets what has been walked over.
    fn pass(&mut self) {
        let end = self.at.min(self.window.len());
        let passed = self.window.get(self.passed..end).unwrap_or_default();
        let last = memchr::memrchr(b'\n', passed);
        self.line += to_u32(memchr_iter(b'\n', passed).count());
        let tail = passed.get(last.map_or(0, |at| at + 1)..).unwrap_or_default();
        // Characters: bytes that do not continue one.
        let bytes = to_u32(tail.len());
        let characters = if tail.is_ascii() {
            bytes
        } else {
            to_u32(tail.iter().filter(|byte| **byte & 0xc0 != 0x80).count())
        };
        let (column, byte_column) = if last.is_some() { (1, 1) } else { (self.column, self.byte_column) };
        (self.column, self.byte_column) = (column + characters, byte_column + bytes);
        (self.passed, self.at) = (end, end);
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.window.drain(..self.passed);
        self.at -= std::mem::take(&mut self.passed);
        let from = self.window.len();
        self.window.resize(from + CHUNK, 0);
        let read = loop {
            match self.reader.read(self.window.get_mut(from..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.window.truncate(from + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }

    fn broken(&self, message: &str) -> io::Error {
        io::Error::new(ErrorKind::InvalidData, message)
    }
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hands out a few bytes at a time, so that every boundary falls everywhere.
    struct Trickle<'t>(&'t [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let (now, later) = self.0.split_at(self.1.min(self.0.len()));
            buffer[..now.len()].copy_from_slice(now);
            self.0 = later;
            Ok(now.len())
        }
    }

    fn members(text: &str, step: usize) -> io::Result<Vec<(String, Piece)>> {
        let mut pieces = Pieces::new(Trickle(text.as_bytes(), step))?;
        assert!(pieces.enter(b'{')?);
        let mut found = Vec::new();
        while let Some(key) = pieces.key()? {
            found.push((key, pieces.take()?));
        }
        pieces.end()?;
        Ok(found)
    }

    #[test]
    fn members_are_found_with_their_places_at_any_boundary() {
        let text =
            "\u{feff}{\"ä\": [1, {\"b\": \"}\\\"]\"}],\n  \"c\" : -1.5e3,\"d\":null , \"e\":\"\\\\\"\n}";
        let expected = [
            ("ä", "[1, {\"b\": \"}\\\"]\"}]", (1, 7)),
            ("c", "-1.5e3", (2, 9)),
            ("d", "null", (2, 20)),
            ("e", "\"\\\\\"", (2, 31)),
        ];
        for step in 1..=text.len() {
            let found = members(text, step).unwrap();
            let found: Vec<_> = found
                .iter()
                .map(|(key, piece)| (&**key, &*piece.text, (piece.start.line, piece.start.column)))
                .collect();
            assert_eq!(found, expected, "{step} bytes at a time");
        }
    }

    #[test]
    fn items_are_taken_or_skipped() {
        let mut pieces = Pieces::new(&b"[ {\"a\":1} , [2] ,\"x,]\", 3]"[..]).unwrap();
        assert!(pieces.enter(b'[').unwrap());
        let mut found = Vec::new();
        while pieces.item().unwrap() {
            if found.len() == 1 {
                pieces.skip().unwrap();
                found.push(String::new());
            } else {
                found.push(pieces.take().unwrap().text);
            }
        }
        pieces.end().unwrap();
        assert_eq!(found, ["{\"a\":1}", "", "\"x,]\"", "3"]);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{\"a\":[1}",
            "{\"a\":\"x",
            "{a:1}",
            "{\"a\":1} x",
            "{\"a\" 1}",
        ] {
            assert!(members(text, 3).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_what_a_whole_parser_sees(step in 1_usize..9, items in prop::collection::vec(any::<String>(), 0..6)) {
            let object: serde_json::Map<_, _> = items
                .iter()
                .enumerate()
                .map(|(at, item)| (format!("k{at}"), serde_json::json!({ item: [item, at, null] })))
                .collect();
            let text = serde_json::to_string_pretty(&object).unwrap();
            let found = members(&text, step).unwrap();
            prop_assert_eq!(found.len(), object.len());
            for (key, piece) in found {
                let value: serde_json::Value = serde_json::from_str(&piece.text).unwrap();
                prop_assert_eq!(Some(&value), object.get(&key));
            }
        }
    }
}

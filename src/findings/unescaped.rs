//! A text with `%5A`, `\u005A`, `\x5A` and `&#90;` read as what they stand for, since a secret may be escaped in any part
//! of it. Read piece by piece: a plan may hold a hundred megabytes.

use std::ops::Range;

/// Bytes that are searched at once, if what is looked for is not longer.
const AT_ONCE: usize = 128 << 10;

/// Bytes around something found that decide whether it counts, and at least as many as one escape stands for.
const AROUND: usize = 4;

/// Where `search` finds something no longer than `longest` in what a text stands for, as places in the text. Nothing where
/// nothing is escaped.
pub(super) fn find(
    text: &str,
    longest: usize,
    search: impl Fn(&[u8]) -> Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    if memchr::memchr3(b'%', b'\\', b'&', text.as_bytes()).is_none() {
        return Vec::new();
    }
    find_by(text, longest, AT_ONCE, search)
}

/// `at_once` is how many bytes are new in each piece.
fn find_by(
    text: &str,
    longest: usize,
    at_once: usize,
    search: impl Fn(&[u8]) -> Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    // What lies at the border of two pieces is in the midst of one of them, with all that is around it.
    let shared = longest + 2 * AROUND;
    let mut found = Vec::new();
    let (mut piece, mut at) = (Piece::default(), 0);
    loop {
        let is_first = at == 0;
        at = piece.read(text, at, shared + at_once);
        let is_last = at == text.len();
        let counts = |range: &Range<usize>| {
            (is_first || range.start >= AROUND) && (is_last || range.end + AROUND <= piece.text.len())
        };
        found.extend(search(&piece.text).into_iter().filter(counts).map(|range| piece.range(&range, at)));
        if is_last {
            return found;
        }
        piece.keep(shared);
    }
}

#[derive(Default)]
struct Piece {
    text: Vec<u8>,
    /// For each byte where it begins in the original.
    from: Vec<usize>,
}

impl Piece {
    /// Reads on from a place until there are so many bytes; returns the place after them.
    fn read(&mut self, text: &str, mut at: usize, bytes: usize) -> usize {
        while let Some(byte) = text.as_bytes().get(at).filter(|_| self.text.len() < bytes) {
            let (decoded, length) = escape(text.get(at..).unwrap_or("")).unwrap_or(([*byte, 0, 0, 0], 1));
            let width = if length == 1 {
                1
            } else {
                decoded.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1)
            };
            for byte in decoded.iter().take(width) {
                self.text.push(*byte);
                self.from.push(at);
            }
            at += length;
        }
        at
    }

    /// Forgets all but the last bytes.
    fn keep(&mut self, last: usize) {
        let before = self.text.len().saturating_sub(last);
        self.text.drain(..before);
        self.from.drain(..before);
    }

    /// The place in the original, which is read up to `end`.
    fn range(&self, range: &Range<usize>, end: usize) -> Range<usize> {
        let original = |at: usize| self.from.get(at).copied().unwrap_or(end);
        // An escape that gives several bytes ends where the next piece begins.
        let last = original(range.end.saturating_sub(1));
        let after = self.from.get(range.end..).into_iter().flatten().find(|from| **from > last);
        original(range.start)..after.copied().unwrap_or(end)
    }
}

/// The character that an escape at the beginning of a text stands for, in UTF-8, and the escape's length.
fn escape(text: &str) -> Option<([u8; 4], usize)> {
    let hex = |from: usize, to: usize| u32::from_str_radix(text.get(from..to)?, 16).ok();
    let semicolon = || text.bytes().take(10).position(|byte| byte == b';');
    let (code, length) = match text.as_bytes() {
        // A percent escape is one byte of UTF-8, not a character.
        [b'%', ..] => return Some(([u8::try_from(hex(1, 3)?).ok()?, 0, 0, 0], 3)),
        [b'\\', b'u', ..] => (hex(2, 6)?, 6),
        [b'\\', b'U', ..] => (hex(2, 10)?, 10),
        [b'\\', b'x', ..] => (hex(2, 4)?, 4),
        [b'\\', b'"' | b'\\' | b'/', ..] => (u32::from(*text.as_bytes().get(1)?), 2),
        [b'&', b'#', b'x' | b'X', ..] => {
            let end = semicolon()?;
            (hex(3, end)?, end + 1)
        }
        [b'&', b'#', ..] => {
            let end = semicolon()?;
            (text.get(2..end)?.parse().ok()?, end + 1)
        }
        _ => return None,
    };
    let mut bytes = [0; 4];
    char::from_u32(code)?.encode_utf8(&mut bytes);
    Some((bytes, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that stand between other bytes than letters: what is around decides.
    fn words(text: &[u8], word: &str) -> Vec<Range<usize>> {
        let places = memchr::memmem::find_iter(text, word).map(|at| at..at + word.len());
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let alone = |range: &Range<usize>| {
            !is_letter(range.start.checked_sub(1).and_then(|at| text.get(at)))
                && !is_letter(text.get(range.end))
        };
        places.filter(alone).collect()
    }

    fn in_pieces(text: &str, word: &str, at_once: usize) -> Vec<Range<usize>> {
        let mut found = find_by(text, word.len(), at_once, |piece| words(piece, word));
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup();
        found
    }

    #[test]
    fn what_is_escaped_is_found_wherever_pieces_end() {
        let text =
            "x %68unter2 ahunter2 h\\u0075nter2-&#x68;unter2&amp; hunter2b \\\"hunter2\\\" \u{fc}hunter%32";
        let whole: Vec<&str> =
            in_pieces(text, "hunter2", 1000).into_iter().map(|range| &text[range]).collect();
        assert_eq!(whole, ["%68unter2", "h\\u0075nter2", "&#x68;unter2", "hunter2", "hunter%32"]);
        for at_once in 1..text.len() {
            assert_eq!(in_pieces(text, "hunter2", at_once), in_pieces(text, "hunter2", 1000), "{at_once}");
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_hide_nothing(text in "([ab ]|%61|\\\\u0062|&#x61;|\u{20ac}|\\\\U0001F600){0,60}", at_once in 1_usize..40) {
            for word in ["ab", "aab", "\u{1F600}a"] {
                proptest::prop_assert_eq!(in_pieces(&text, word, at_once), in_pieces(&text, word, 10_000));
            }
        }
    }
}

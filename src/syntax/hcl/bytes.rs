//! What single bytes of HCL mean, in tables. Knows no tokens of more than one.

use super::scan::Kind;

pub(super) const SPACES: u64 = u64::from_le_bytes([b' '; 8]);

/// What a byte is whatever follows it: a token of its own, the start of a name, a line end; or what it is mostly: `=`.
/// `Invalid` for all others.
pub(super) static ALONE: [Kind; 256] = {
    let mut table = [Kind::Invalid; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'\n' => Kind::Newline,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Ident,
            b'"' => Kind::Quote,
            b'{' => Kind::OpenBrace,
            b'}' => Kind::CloseBrace,
            b'[' => Kind::OpenBracket,
            b']' => Kind::CloseBracket,
            b'(' => Kind::OpenParen,
            b')' => Kind::CloseParen,
            b',' => Kind::Comma,
            b'?' => Kind::Question,
            b'=' => Kind::Assign,
            _ => Kind::Invalid,
        };
        byte += 1;
    }
    table
};

/// Which bytes end a name, or may: all but letters, digits and marks of ASCII.
pub(super) static OUTSIDE_NAME: [bool; 256] = {
    let mut table = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_mark = byte == b'_' as usize || byte == b'-' as usize;
        table[byte] = !is_mark && !(byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Which bytes end the text of a quoted string, or may.
pub(super) static OUTSIDE_TEXT: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < ENDS_OF_TEXT.len() {
        table[ENDS_OF_TEXT[at] as usize] = true;
        at += 1;
    }
    table
};
const ENDS_OF_TEXT: &[u8] = b"\"$%\\\n\r";

/// The first byte from `at` on that the table has, or the end. Eight at a time, with one look at the length for all of them.
#[inline]
pub(super) fn first(bytes: &[u8], mut at: usize, table: &[bool; 256]) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        for (place, byte) in eight.iter().enumerate() {
            if table[usize::from(*byte)] {
                return at + place;
            }
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !table[usize::from(*byte)]) {
        at += 1;
    }
    at
}

//! Backslash escapes of quoted strings and block labels.

use memchr::memchr;

use super::parser::{Fallible, Parser};

impl Parser<'_> {
    /// Decode backslash escapes.
    pub(super) fn unescape(&self, start: usize, end: usize) -> Fallible<String> {
        let text = self.scan.text.get(start..end).unwrap_or("");
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = memchr(b'\\', rest.as_bytes()) {
            decoded.push_str(&rest[..at]);
            let mut letters = rest[at + 1..].chars();
            let here = start + (text.len() - rest.len()) + at;
            let (letter, length) = match letters.next() {
                Some('n') => ('\n', 2),
                Some('r') => ('\r', 2),
                Some('t') => ('\t', 2),
                Some('"') => ('"', 2),
                Some('\\') => ('\\', 2),
                Some('u') => (self.unicode_escape(here, 4)?, 6),
                Some('U') => (self.unicode_escape(here, 8)?, 10),
                _ => return self.fail(self.span(here, here + 1), "not a valid escape sequence"),
            };
            decoded.push(letter);
            rest = &rest[at + length..];
        }
        decoded.push_str(rest);
        Ok(decoded)
    }

    fn unicode_escape(&self, at: usize, digits: usize) -> Fallible<char> {
        let hex = self.scan.text.get(at + 2..at + 2 + digits).unwrap_or("");
        let valid = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        let letter = u32::from_str_radix(hex, 16).ok().filter(|_| valid).and_then(char::from_u32);
        match letter {
            Some(letter) => Ok(letter),
            None => {
                let message = format!("the escape needs {digits} hexadecimal digits of a Unicode character");
                self.fail(self.span(at, at + 2), message)
            }
        }
    }
}

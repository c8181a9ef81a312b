//! Tokens of HCL outside of templates. Owns white space, comments, names, numbers and operators; knows no grammar.

use memchr::{memchr, memmem};

use super::bytes::{ALONE, OUTSIDE_NAME, OUTSIDE_TEXT, SPACES, first};
use crate::source::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Eof,
    Newline,
    Ident,
    Number,
    /// `"`; what follows is a template.
    Quote,
    /// `<<EOT` or `<<-EOT` with its line end; what follows is a template.
    Heredoc,
    OpenBrace,
    CloseBrace,
    /// `~}`
    StripBrace,
    OpenBracket,
    CloseBracket,
    OpenParen,
    CloseParen,
    Dot,
    Ellipsis,
    Comma,
    Colon,
    DoubleColon,
    Question,
    Assign,
    Arrow,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    Not,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    /// `/*` without `*/`
    OpenComment,
    Invalid,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A line ended between the token before and this one.
    pub(super) after_newline: bool,
}

#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// What is added to an offset of `text` to make a span.
    pub(super) shift: usize,
    pub(super) comments: Vec<Span>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, shift: usize) -> Self {
        Self { text, bytes: text.as_bytes(), shift, comments: Vec::new() }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The token at or after `from`.
    pub(super) fn token(&mut self, from: usize) -> Token {
        self.short_token(from).unwrap_or_else(|(at, after_newline)| self.other_token(at, after_newline))
    }

    /// What stands before nearly all tokens, and most of these; for others where they begin, and whether a line ended before.
    #[inline(always)]
    pub(super) fn short_token(&self, from: usize) -> Result<Token, (usize, bool)> {
        let mut at = from;
        let mut after_newline = false;
        loop {
            let byte = self.byte(at);
            match ALONE[usize::from(byte)] {
                Kind::Newline => {
                    after_newline = true;
                    at = self.spaces_end(at + 1);
                }
                Kind::Ident => {
                    return Ok(Token {
                        kind: Kind::Ident,
                        start: at,
                        end: self.ident_end(at + 1),
                        after_newline,
                    });
                }
                Kind::Invalid if byte == b' ' => at = self.spaces_end(at + 1),
                Kind::Assign if !matches!(self.byte(at + 1), b'=' | b'>') => {
                    return Ok(Token { kind: Kind::Assign, start: at, end: at + 1, after_newline });
                }
                Kind::Invalid | Kind::Assign => return Err((at, after_newline)),
                kind => return Ok(Token { kind, start: at, end: at + 1, after_newline }),
            }
        }
    }

    /// Where a `=` ends that gives a value to the name before it.
    pub(super) fn assign_end(&self, name_end: usize) -> Option<usize> {
        let at = self.spaces_end(name_end);
        (self.byte(at) == b'=' && !matches!(self.byte(at + 1), b'=' | b'>')).then_some(at + 1)
    }

    pub(super) fn other_token(&mut self, from: usize, mut after_newline: bool) -> Token {
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b' ' | b'\t' => at += 1,
                b'\n' => {
                    after_newline = true;
                    at += 1;
                }
                b'\r' if self.byte(at + 1) == b'\n' => at += 1,
                b'#' => at = self.line_comment(at),
                b'/' if self.byte(at + 1) == b'/' => at = self.line_comment(at),
                b'/' if self.byte(at + 1) == b'*' => match memmem::find(&self.bytes[at + 2..], b"*/") {
                    Some(length) => {
                        let end = at + 2 + length + 2;
                        self.comment(at, end);
                        at = end;
                    }
                    None => {
                        return Token { kind: Kind::OpenComment, start: at, end: at + 2, after_newline };
                    }
                },
                _ => {
                    let (kind, end) = self.symbol(at, byte);
                    return Token { kind, start: at, end, after_newline };
                }
            }
        }
        Token { kind: Kind::Eof, start: at, end: at, after_newline }
    }

    fn spaces_end(&self, mut at: usize) -> usize {
        if self.byte(at) != b' ' {
            return at;
        }
        while let Some(eight) = self.bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let others = u64::from_le_bytes(*eight) ^ SPACES;
            if others != 0 {
                return at + (others.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// Where the line ends that a comment stands in.
    pub(super) fn line_comment(&mut self, start: usize) -> usize {
        let line_end = memchr(b'\n', &self.bytes[start..]).map_or(self.bytes.len(), |length| start + length);
        let end = if self.bytes[line_end - 1] == b'\r' { line_end - 1 } else { line_end };
        self.comment(start, end);
        line_end
    }

    /// Text is scanned again after an error; a comment is still recorded once.
    pub(super) fn comment(&mut self, start: usize, end: usize) {
        let span = Span::new(start + self.shift, end + self.shift);
        if self.comments.last().is_none_or(|last| last.start < span.start) {
            self.comments.push(span);
        }
    }

    fn symbol(&self, at: usize, byte: u8) -> (Kind, usize) {
        let next = self.byte(at + 1);
        let one = |kind| (kind, at + 1);
        let two = |kind| (kind, at + 2);
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => (Kind::Ident, self.ident_end(at + 1)),
            b'0'..=b'9' => (Kind::Number, self.number_end(at)),
            b'~' if next == b'}' => two(Kind::StripBrace),
            b'.' if next == b'.' && self.byte(at + 2) == b'.' => (Kind::Ellipsis, at + 3),
            b'.' => one(Kind::Dot),
            b':' if next == b':' => two(Kind::DoubleColon),
            b':' => one(Kind::Colon),
            b'=' if next == b'=' => two(Kind::Equal),
            b'=' if next == b'>' => two(Kind::Arrow),
            b'!' if next == b'=' => two(Kind::NotEqual),
            b'!' => one(Kind::Not),
            b'<' if next == b'<' => self.heredoc(at),
            b'<' if next == b'=' => two(Kind::LessEqual),
            b'<' => one(Kind::Less),
            b'>' if next == b'=' => two(Kind::GreaterEqual),
            b'>' => one(Kind::Greater),
            b'&' if next == b'&' => two(Kind::And),
            b'|' if next == b'|' => two(Kind::Or),
            b'+' => one(Kind::Plus),
            b'-' => one(Kind::Minus),
            b'*' => one(Kind::Star),
            b'/' => one(Kind::Slash),
            b'%' => one(Kind::Percent),
            0x80.. => self.wide(at),
            // The first of a token that is always alone, or of none.
            _ => one(ALONE[usize::from(byte)]),
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn wide(&self, at: usize) -> (Kind, usize) {
        let Some(letter) = self.char_at(at) else { return (Kind::Invalid, at + 1) };
        let end = at + letter.len_utf8();
        if unicode_ident::is_xid_start(letter) {
            (Kind::Ident, self.ident_end(end))
        } else {
            (Kind::Invalid, end)
        }
    }

    /// Where a name ends of which everything before `at` is known.
    pub(super) fn ident_end(&self, at: usize) -> usize {
        let end = first(self.bytes, at, &OUTSIDE_NAME);
        if self.byte(end) < 0x80 { end } else { self.wide_ident_end(end) }
    }

    /// Where a name ends that begins exactly here, with a letter of ASCII or `_`.
    pub(super) fn plain_name_end(&self, at: usize) -> Option<usize> {
        let begins = matches!(self.byte(at), b'a'..=b'z' | b'A'..=b'Z' | b'_');
        begins.then(|| self.ident_end(at + 1))
    }

    #[cold]
    fn wide_ident_end(&self, mut at: usize) -> usize {
        loop {
            at = first(self.bytes, at, &OUTSIDE_NAME);
            match self.byte(at) {
                0x80.. => match self.char_at(at) {
                    Some(letter) if unicode_ident::is_xid_continue(letter) => at += letter.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// Where the text of a quoted string ends or something in it is more than text.
    pub(super) fn quoted_text_end(&self, at: usize) -> usize {
        first(self.bytes, at, &OUTSIDE_TEXT)
    }

    /// A number token takes any run of digits, dots and exponents that does not end with a dot, so that `10.0.0.1` is
    /// one token, and a wrong one.
    fn number_end(&self, start: usize) -> usize {
        let mut at = start + 1;
        let mut end = at;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => at += 1,
                b'.' => {
                    at += 1;
                    continue;
                }
                b'e' | b'E' if self.byte(at + 1).is_ascii_digit() => at += 2,
                b'e' | b'E'
                    if matches!(self.byte(at + 1), b'+' | b'-') && self.byte(at + 2).is_ascii_digit() =>
                {
                    at += 3;
                }
                _ => return end,
            }
            end = at;
        }
    }

    /// `<<NAME` or `<<-NAME`, and then nothing but the end of the line.
    fn heredoc(&self, at: usize) -> (Kind, usize) {
        let name = if self.byte(at + 2) == b'-' { at + 3 } else { at + 2 };
        let starts = match self.byte(name) {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => true,
            0x80.. => self.char_at(name).is_some_and(unicode_ident::is_xid_start),
            _ => false,
        };
        let end = self.ident_end(name);
        match (starts, self.byte(end), self.byte(end + 1)) {
            (true, b'\n', _) => (Kind::Heredoc, end + 1),
            (true, b'\r', b'\n') => (Kind::Heredoc, end + 2),
            _ => (Kind::Less, at + 1),
        }
    }
}

//! Tokens of HCL outside of templates. Owns white space, comments, names, numbers and operators; knows no grammar.

use memchr::{memchr, memmem};

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

/// Which bytes names go on with, whatever stands before them.
const IN_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_mark = byte == b'_' as usize || byte == b'-' as usize;
        table[byte] = is_mark || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, shift: usize) -> Self {
        Self { text, bytes: text.as_bytes(), shift, comments: Vec::new() }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The token at or after `from`.
    pub(super) fn token(&mut self, from: usize) -> Token {
        let mut at = from;
        let mut after_newline = false;
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
            b'"' => one(Kind::Quote),
            b'{' => one(Kind::OpenBrace),
            b'}' => one(Kind::CloseBrace),
            b'~' if next == b'}' => two(Kind::StripBrace),
            b'[' => one(Kind::OpenBracket),
            b']' => one(Kind::CloseBracket),
            b'(' => one(Kind::OpenParen),
            b')' => one(Kind::CloseParen),
            b'.' if next == b'.' && self.byte(at + 2) == b'.' => (Kind::Ellipsis, at + 3),
            b'.' => one(Kind::Dot),
            b',' => one(Kind::Comma),
            b':' if next == b':' => two(Kind::DoubleColon),
            b':' => one(Kind::Colon),
            b'?' => one(Kind::Question),
            b'=' if next == b'=' => two(Kind::Equal),
            b'=' if next == b'>' => two(Kind::Arrow),
            b'=' => one(Kind::Assign),
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
            _ => one(Kind::Invalid),
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
    fn ident_end(&self, mut at: usize) -> usize {
        loop {
            let rest = self.bytes.get(at..).unwrap_or(&[]);
            at += rest.iter().position(|byte| !IN_NAME[usize::from(*byte)]).unwrap_or(rest.len());
            match self.byte(at) {
                0x80.. => match self.char_at(at) {
                    Some(letter) if unicode_ident::is_xid_continue(letter) => at += letter.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
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

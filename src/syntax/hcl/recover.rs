//! Where to go on after an error: the start of the next top-level item, judged by brackets, strings, heredocs and
//! comments alone, as the text is not valid there.

use memchr::{memchr, memchr2, memmem};

use super::scan::{Kind, Scanner};

/// Longest string with interpolations over several lines that is believed to be one.
const STRING_LIMIT: usize = 10_000;
/// How far behind a line that may begin an item it is looked whether the brackets match after all.
const AHEAD: usize = 256 << 10;
/// Bytes that are searched in vain for the ends of heredocs before only so much is looked through for one.
const IN_VAIN: usize = 1 << 20;
const NEAR: usize = 4 << 10;

/// Where the item after the broken one at `from` begins: the next line outside of all brackets. If the brackets do not
/// match, a line that starts at the left margin and reads as a block's header begins an item too.
pub(super) fn next_item(scan: &mut Scanner<'_>, from: usize) -> usize {
    let mut at = from;
    let mut depth = 0_usize;
    let mut header = None;
    let mut in_vain = 0;
    let at_margin = from == 0 || matches!(scan.bytes[from - 1], b'\n' | 0xBF);
    while at < scan.bytes.len() && header.is_none_or(|header| at - header < AHEAD) {
        match scan.bytes[at] {
            b'\n' => {
                at += 1;
                if depth == 0 && !(at_margin && belongs_inside(scan, at)) {
                    return at;
                }
                match header_at(scan, at) {
                    Some(Header::Labelled) => return at,
                    Some(Header::Unlabelled) if header.is_none() => header = Some(at),
                    Some(Header::Unlabelled) | None => {}
                }
            }
            b'{' | b'[' | b'(' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b'"' => at = string_end(scan.bytes, at, STRING_LIMIT).unwrap_or_else(|| line_end(scan.bytes, at)),
            b'\'' => at = single_quotes_end(scan.bytes, at),
            b'<' => at = heredoc_end(scan, at, &mut in_vain),
            b'#' | b'/' => at = comment_end(scan, at),
            _ => at += 1,
        }
    }
    header.unwrap_or(at)
}

/// A line outside of all brackets that reads as the inside or the end of an item that began at the left margin: the
/// brackets of the broken text misled.
fn belongs_inside(scan: &Scanner<'_>, at: usize) -> bool {
    match scan.byte(at) {
        b'}' | b']' | b')' => true,
        b' ' | b'\t' => {
            let line = scan.text.get(at..line_end(scan.bytes, at)).unwrap_or("");
            let indent = line.len() - line.trim_start().len();
            !matches!(header_at(scan, at + indent), Some(Header::Labelled))
        }
        _ => false,
    }
}

enum Header {
    /// `resource "a" "b" {`
    Labelled,
    /// `locals {`
    Unlabelled,
}

/// A block's header that begins exactly here and opens its body on the same line.
fn header_at(scan: &Scanner<'_>, at: usize) -> Option<Header> {
    let line = scan.text.get(at..line_end(scan.bytes, at))?;
    let keyword = line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))?;
    if keyword == 0 || !line.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let mut rest = line[keyword..].trim_start();
    let mut header = Header::Unlabelled;
    while let Some(label) = rest.strip_prefix('"') {
        let (_, after) = label.split_once('"')?;
        rest = after.trim_start();
        header = Header::Labelled;
    }
    rest.starts_with('{').then_some(header)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

/// After a string's closing quote, or none if it is not closed as it should be.
fn string_end(bytes: &[u8], start: usize, limit: usize) -> Option<usize> {
    // Braces that are open in each interpolation that is open.
    let mut open: Vec<usize> = Vec::new();
    let mut quoted = true;
    let mut at = start + 1;
    while at < bytes.len() && at - start < limit {
        let (byte, next) = (bytes[at], bytes.get(at + 1).copied());
        at += 1;
        if quoted {
            match byte {
                b'\\' => at += 1,
                b'\n' => return None,
                b'"' if open.is_empty() => return Some(at),
                b'"' => quoted = false,
                b'$' | b'%' if next == Some(byte) && bytes.get(at + 1) == Some(&b'{') => at += 2,
                b'$' | b'%' if next == Some(b'{') => {
                    open.push(0);
                    quoted = false;
                    at += 1;
                }
                _ => {}
            }
        } else if let Some(braces) = open.last_mut() {
            match byte {
                b'{' => *braces += 1,
                b'}' if *braces > 0 => *braces -= 1,
                b'}' => {
                    open.pop();
                    quoted = true;
                }
                b'"' => quoted = true,
                _ => {}
            }
        }
    }
    None
}

/// Text in single quotes is not valid, and meant as a string.
fn single_quotes_end(bytes: &[u8], at: usize) -> usize {
    memchr2(b'\'', b'\n', &bytes[at + 1..])
        .filter(|length| bytes[at + 1 + length] == b'\'')
        .map_or(at + 1, |length| at + 1 + length + 1)
}

/// After the end of a heredoc that begins here; else after this character.
fn heredoc_end(scan: &mut Scanner<'_>, at: usize, in_vain: &mut usize) -> usize {
    let token = scan.token(at);
    if token.kind != Kind::Heredoc {
        return at + 1;
    }
    let marker = scan.text[at..token.end].trim_end().trim_start_matches('<').trim_start_matches('-');
    let mut line = token.end;
    let end = if *in_vain > IN_VAIN { line + NEAR } else { usize::MAX };
    while line < scan.bytes.len().min(end) {
        let end = line_end(scan.bytes, line);
        if scan.text[line..end].trim() == marker {
            return end;
        }
        line = end + 1;
    }
    *in_vain += line - token.end;
    // Never closed: then only its first line is skipped.
    token.end - 1
}

fn comment_end(scan: &mut Scanner<'_>, at: usize) -> usize {
    match (scan.bytes[at], scan.byte(at + 1)) {
        (b'/', b'*') => match memmem::find(&scan.bytes[at + 2..], b"*/") {
            Some(length) => {
                let end = at + 2 + length + 2;
                scan.comment(at, end);
                end
            }
            None => at + 2,
        },
        (b'#', _) | (b'/', b'/') => scan.line_comment(at),
        _ => at + 1,
    }
}

//! Strings in quotes with escapes, as JSON writes them ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-7)) and
//! YAML and most programs do too. Only those matter whose text is another than what stands there.

use super::Inner;
use super::map::{Map, to_u32};

/// Longer strings are no person's.
const LONGEST: usize = 1024 * 1024;

pub(super) fn strings(text: &str) -> Vec<Inner> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // No string has escapes where there is no backslash.
    if memchr::memchr(b'\\', bytes).is_none() {
        return found;
    }
    let mut at = 0;
    while let Some(open) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        let start = at + open + 1;
        // A quote that is itself escaped belongs to an outer string, which is read as a whole.
        let slashes = bytes[..start - 1].iter().rev().take_while(|byte| **byte == b'\\').count();
        if slashes % 2 == 1 {
            at = start;
            continue;
        }
        let Some(length) = closing(&bytes[start..]) else {
            at = start;
            continue;
        };
        let end = start + length;
        let raw = &bytes[start..end];
        if length <= LONGEST && memchr::memchr(b'\\', raw).is_some() {
            found.extend(text.get(start..end).and_then(|raw| unescaped(raw, start)));
        }
        at = end + 1;
    }
    found
}

/// Where a string ends: on its own line, since an escaped line break is what it has instead of one.
fn closing(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let next = at + memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(next)? {
            b'"' => return Some(next),
            b'\\' => at = next + 2,
            _ => return None,
        }
    }
}

fn unescaped(raw: &str, start: usize) -> Option<Inner> {
    let (mut text, mut map) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
    let mut changed = false;
    let mut at = 0;
    while let Some(c) = raw.get(at..)?.chars().next() {
        let (made, length) = if c == '\\' { escape(raw.get(at..)?) } else { (Some(c), c.len_utf8()) };
        match made {
            Some(made) => {
                // Each byte as it is, or all of an escape's as that escape.
                let place = |byte: usize| match c {
                    '\\' => (start + at, start + at + length),
                    _ => (start + at + byte, start + at + byte + 1),
                };
                map.extend((0..made.len_utf8()).map(place).map(|(from, to)| (to_u32(from), to_u32(to))));
                text.push(made);
                // An escape that hides nothing but a slash or quote changes no reading of the text around it.
                changed |= c == '\\';
            }
            None => {
                let kept = raw.get(at..at + length)?;
                map.extend((at..at + length).map(|byte| (to_u32(start + byte), to_u32(start + byte + 1))));
                text.push_str(kept);
            }
        }
        at += length;
    }
    changed.then_some(Inner { text, map: Map::Bytes(map), is_decoded: false })
}

/// The character that an escape stands for, and how long it is. `None`: none that is known.
fn escape(rest: &str) -> (Option<char>, usize) {
    let mut chars = rest.chars();
    chars.next();
    let Some(c) = chars.next() else { return (None, 1) };
    let made = match c {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' | '\\' | '/' => c,
        'u' => {
            let unit = |at: usize| {
                let digits = rest.get(at..at + 4)?;
                digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
            };
            let Some(first) = unit(2) else { return (None, 2) };
            if let Some(c) = char::from_u32(first) {
                return (Some(c), 6);
            }
            let low = rest.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(8));
            let pair = low.filter(|low| (0xdc00..0xe000).contains(low) && (0xd800..0xdc00).contains(&first));
            let c = pair.and_then(|low| char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)));
            return (c, if c.is_some() { 12 } else { 2 });
        }
        _ => return (None, 1 + c.len_utf8()),
    };
    (Some(made), 2)
}

//! Shapes of tokens: literals and runs of an alphabet, matched greedily and without going back.
//!
//! A token's form is a handful of parts, so no regular expression is compiled at start-up.

/// An alphabet.
pub(crate) type Set = fn(u8) -> bool;

pub(crate) fn alnum(b: u8) -> bool {
    b.is_ascii_alphanumeric()
}

pub(crate) fn word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

pub(crate) fn word_dash(b: u8) -> bool {
    word(b) || b == b'-'
}

pub(crate) fn alnum_dash(b: u8) -> bool {
    alnum(b) || b == b'-'
}

pub(crate) fn alpha(b: u8) -> bool {
    b.is_ascii_alphabetic()
}

pub(crate) fn digit(b: u8) -> bool {
    b.is_ascii_digit()
}

pub(crate) fn hex(b: u8) -> bool {
    matches!(b, b'0'..=b'9' | b'a'..=b'f')
}

pub(crate) fn hex_any(b: u8) -> bool {
    b.is_ascii_hexdigit()
}

pub(crate) fn lower_alnum(b: u8) -> bool {
    matches!(b, b'0'..=b'9' | b'a'..=b'z')
}

pub(crate) fn upper_alnum(b: u8) -> bool {
    matches!(b, b'0'..=b'9' | b'A'..=b'Z')
}

pub(crate) fn base64(b: u8) -> bool {
    alnum(b) || matches!(b, b'+' | b'/')
}

pub(crate) fn base64_padded(b: u8) -> bool {
    base64(b) || b == b'='
}

pub(crate) fn base64_any(b: u8) -> bool {
    base64_padded(b) || matches!(b, b'-' | b'_')
}

/// Base 64 as it stands in addresses too.
pub(crate) fn base64_escaped(b: u8) -> bool {
    base64_any(b) || b == b'%'
}

pub(crate) fn word_dash_dot(b: u8) -> bool {
    word_dash(b) || b == b'.'
}

pub(crate) fn azure(b: u8) -> bool {
    word_dash_dot(b) || b == b'~'
}

/// One step of a shape.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Lit(&'static str),
    /// The first of these that fits.
    Any(&'static [&'static str]),
    /// At least, at most.
    Run(Set, usize, usize),
    /// These one after another.
    All(&'static [Part]),
    /// These if they fit, else nothing.
    Maybe(&'static [Part]),
}

/// Where the shape ends when it begins at `at`.
pub(crate) fn match_at(parts: &[Part], bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    for part in parts {
        let rest = bytes.get(at..)?;
        at += match part {
            Part::Lit(lit) => rest.starts_with(lit.as_bytes()).then_some(lit.len())?,
            Part::Any(list) => list.iter().find(|lit| rest.starts_with(lit.as_bytes()))?.len(),
            Part::Run(set, min, max) => {
                let len = rest.iter().take(*max).take_while(|b| set(**b)).count();
                (len >= *min).then_some(len)?
            }
            Part::All(parts) => match_at(parts, bytes, at)? - at,
            Part::Maybe(parts) => match_at(parts, bytes, at).map_or(0, |end| end - at),
        };
    }
    Some(at)
}

/// Whether the byte at `at` goes on with what a shape ended in: then the token is another, longer thing.
pub(crate) fn goes_on(parts: &[Part], bytes: &[u8], at: usize) -> bool {
    let Some(&next) = bytes.get(at) else { return false };
    match parts.last() {
        Some(Part::Run(set, ..)) => set(next) || word(next),
        Some(Part::All(parts)) => goes_on(parts, bytes, at),
        Some(Part::Maybe(_) | Part::Lit(_) | Part::Any(_)) | None => word(next),
    }
}

/// Whether a word can begin at `at`: nothing of `inside` stands before it, unless as the end of an escape
/// (`\n`, `\u0022`, `%3D`).
pub(crate) fn begins(bytes: &[u8], at: usize, inside: Set) -> bool {
    let before = &bytes[..at.min(bytes.len())];
    match before {
        [] => true,
        [.., last] if !inside(*last) => true,
        [.., b'\\', b'n' | b't' | b'r' | b'f' | b'b'] => true,
        [.., b'%', a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
        [.., b'\\', b'u', a, b, c, d] => [a, b, c, d].iter().all(|h| h.is_ascii_hexdigit()),
        _ => false,
    }
}

/// Bits a character, by Shannon.
pub(crate) fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    for b in bytes {
        counts[usize::from(*b)] += 1;
    }
    let total = bytes.len() as f64;
    counts.iter().filter(|c| **c > 0).map(|c| f64::from(*c) / total).map(|p| -p * p.log2()).sum()
}

/// How many different bytes there are.
pub(crate) fn distinct(bytes: &[u8]) -> usize {
    let mut seen = [false; 256];
    for b in bytes {
        seen[usize::from(*b)] = true;
    }
    seen.iter().filter(|s| **s).count()
}

/// The longest row of one and the same byte that `counts` accepts.
pub(crate) fn longest_row(bytes: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    let rows = bytes.chunk_by(|a, b| a == b);
    rows.filter(|row| row.first().is_some_and(|b| counts(*b))).map(<[u8]>::len).max().unwrap_or(0)
}

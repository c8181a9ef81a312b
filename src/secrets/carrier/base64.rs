//! Runs of base 64 in a text: by themselves or over several lines
//! ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-4), [RFC 2045](https://www.rfc-editor.org/rfc/rfc2045#section-6.8)).

use super::super::shape::base64 as is_digit;
use std::ops::Range;

/// Fewer digits are a word.
const SHORTEST: usize = 24;
/// A line that is shorter is the last one of its run.
const FULL_LINE: usize = 48;

/// A run of base 64: its digits in pieces, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::secrets) struct Run {
    /// Byte ranges of digits, without padding.
    lines: Vec<Range<usize>>,
    /// Where the padding ends, or the last digit.
    end: usize,
}

impl Run {
    pub(in crate::secrets) fn start(&self) -> usize {
        self.lines.first().map_or(0, |line| line.start)
    }

    pub(in crate::secrets) fn range(&self) -> Range<usize> {
        self.start()..self.end
    }

    pub(super) fn len(&self) -> usize {
        self.lines.iter().map(Range::len).sum()
    }

    /// The decoded bytes, `most` of them.
    pub(in crate::secrets) fn bytes(&self, text: &str, most: usize) -> Vec<u8> {
        let mut decoded = Vec::with_capacity((self.len() / 4 * 3).min(most));
        let (mut bits, mut filled) = (0u32, 0);
        for digit in self.digits(text) {
            bits = (bits << 6) | u32::from(value(digit));
            filled += 6;
            if filled >= 8 {
                filled -= 8;
                decoded.push(u8::try_from((bits >> filled) & 0xff).unwrap_or(0));
                if decoded.len() >= most {
                    break;
                }
            }
        }
        decoded
    }

    fn digits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = u8> + 'a {
        self.lines.iter().flat_map(|line| text.as_bytes().get(line.clone()).unwrap_or(&[]).iter().copied())
    }

    /// Of each decoded byte the digits that hold it: start and end in the text.
    pub(in crate::secrets) fn places(&self, count: usize) -> Vec<(usize, usize)> {
        let mut at = self.lines.iter().flat_map(Range::clone);
        let mut places = Vec::with_capacity(count);
        let mut previous = 0;
        for byte in 0..count {
            // The second and third byte of a quadruple begin in the digit that the one before them ends in.
            let first = if byte % 3 == 0 { at.next() } else { Some(previous) };
            let (Some(first), Some(last)) = (first, at.next()) else { break };
            // The third byte ends with its quadruple.
            previous = last;
            places.push((first, last + 1));
        }
        places
    }
}

fn value(digit: u8) -> u8 {
    match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        _ => 63,
    }
}

/// The text that a word is the encoding of.
pub(super) fn decode(word: &str) -> Option<String> {
    let digits = word.trim_end_matches('=').len();
    let run = Run { lines: std::iter::once(0..digits).collect(), end: word.len() };
    String::from_utf8(run.bytes(word, usize::MAX)).ok().filter(|text| !text.chars().any(char::is_control))
}

/// Every run of a text that is long enough to be one, in order.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // Whatever ends with another byte where a run would still go on is passed over as a whole.
        while let Some(shortest) = bytes.get(at..).and_then(|rest| rest.first_chunk::<SHORTEST>()) {
            if let Some(other) = shortest.iter().rposition(|byte| !is_digit(*byte)) {
                at += other + 1;
                continue;
            }
            let rest = &bytes[at + SHORTEST..];
            let length = SHORTEST + rest.iter().take_while(|byte| is_digit(**byte)).count();
            let run = run_from(bytes, at, length, usize::MAX);
            at = run.end;
            return Some(run);
        }
        None
    })
}

/// The run that a place of a text is in, from `from` on; of `most` digits at most.
pub(in crate::secrets) fn run_around(text: &str, at: usize, from: usize, most: usize) -> Option<Run> {
    let bytes = text.as_bytes();
    let before = bytes.get(from..at)?.iter().rev().take_while(|byte| is_digit(**byte)).count();
    let start = line_before(bytes, at - before, from);
    let length = bytes.get(start..)?.iter().take(most).take_while(|byte| is_digit(**byte)).count();
    (length >= SHORTEST).then(|| run_from(bytes, start, length, most))
}

/// Where a run begins whose line begins at `start`: on this line or on one above.
fn line_before(bytes: &[u8], mut start: usize, floor: usize) -> usize {
    while let Some(gap) = gap_before(bytes, start) {
        let end = start - gap;
        let line = bytes.get(floor..end).unwrap_or(&[]);
        let length = line.iter().rev().take_while(|byte| is_digit(**byte)).count();
        if length < FULL_LINE {
            break;
        }
        start = end - length;
    }
    start
}

/// A line break and blanks before a place.
fn gap_before(bytes: &[u8], at: usize) -> Option<usize> {
    let before = bytes.get(..at)?;
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let rest = before.get(..at - blanks)?;
    match rest {
        [.., b'\r', b'\n'] => Some(blanks + 2),
        [.., b'\n'] => Some(blanks + 1),
        [.., b'\\', b'n'] if blanks == 0 => Some(2),
        _ => None,
    }
}

fn run_from(bytes: &[u8], start: usize, length: usize, most: usize) -> Run {
    let mut lines: Vec<Range<usize>> = std::iter::once(start..start + length).collect();
    let mut end = start + length;
    let (mut last, mut all) = (length, length);
    while last >= FULL_LINE {
        let gap = gap_after(bytes, end);
        if gap == 0 {
            break;
        }
        let next = end + gap;
        let length = bytes.get(next..).unwrap_or(&[]).iter().take_while(|byte| is_digit(**byte)).count();
        // What is more than a line of digits is none.
        let stop = next + length;
        let ends_line = matches!(bytes.get(stop), None | Some(b'\r' | b'\n' | b'=' | b'"' | b'\\' | b'\''));
        all = all.saturating_add(length);
        if length == 0 || !ends_line || length > last || all > most {
            break;
        }
        lines.push(next..stop);
        (end, last) = (stop, length);
    }
    let padding = bytes[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
    Run { lines, end: end + padding }
}

/// How long the line break behind a line is, with the indentation of the next one; 0: there is none.
fn gap_after(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let break_len = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        [b'\\', b'n', ..] => return 2,
        _ => return 0,
    };
    let blanks = rest[break_len..].iter().take(256).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    break_len + blanks
}

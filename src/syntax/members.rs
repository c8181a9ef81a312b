//! The members of a JSON object, told apart without a tree: what they hold is only counted through. For a few questions to
//! a large text; whoever reads on parses it.

use std::ops::Range;

/// Tells every member with its key, as written, and where its value stands. `None`: this is no object, or one whose keys have
/// escapes, so that only a parser can tell.
pub fn members<'t>(text: &'t str, each: &mut dyn FnMut(&'t str, Range<usize>)) -> Option<()> {
    let bytes = text.as_bytes();
    let mut at = expect(bytes, 0, b'{')?;
    if bytes.get(space(bytes, at)) == Some(&b'}') {
        return Some(());
    }
    loop {
        let from = expect(bytes, at, b'"')?;
        let end = string_end(bytes, from)?;
        let key = text.get(from..end - 1).filter(|key| !key.contains('\\'))?;
        let start = space(bytes, expect(bytes, end, b':')?);
        let end = value_end(bytes, start)?;
        each(key, start..end);
        at = space(bytes, end);
        match bytes.get(at)? {
            b',' => at += 1,
            b'}' => return Some(()),
            _ => return None,
        }
    }
}

fn space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

fn expect(bytes: &[u8], at: usize, wanted: u8) -> Option<usize> {
    let at = space(bytes, at);
    (bytes.get(at) == Some(&wanted)).then_some(at + 1)
}

fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, at + 1)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return None,
            _ if depth == 0 => {
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                return Some(at + bytes.get(at..)?.iter().position(ends)?);
            }
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where a string ends, after its quote; `None`: not in these bytes. Most strings are too short to set up a search for.
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let (quote, backslash) = (word ^ (ONES * u64::from(b'"')), word ^ (ONES * u64::from(b'\\')));
        // The classic zero-byte test; the lowest marked byte is always a true one.
        let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
        let marked = zero(quote) | zero(backslash);
        if marked == 0 {
            at += 8;
            continue;
        }
        at += (marked.trailing_zeros() / 8) as usize;
        if bytes.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::members;
    use proptest::prelude::*;

    fn found(text: &str) -> Option<Vec<(&str, &str)>> {
        let mut found = Vec::new();
        members(text, &mut |key, value| found.push((key, &text[value])))?;
        Some(found)
    }

    #[test]
    fn members_are_told_apart() {
        assert_eq!(found("{}"), Some(vec![]));
        assert_eq!(
            found("{ \"a\" : [1,{\"b\":\"}\\\"]\"}] ,\n\"c\":-1.5e3,\"d\":null}"),
            Some(vec![("a", "[1,{\"b\":\"}\\\"]\"}]"), ("c", "-1.5e3"), ("d", "null")])
        );
    }

    #[test]
    fn what_needs_a_parser_is_left_to_one() {
        for text in [
            "",
            "[1]",
            "{\"a\":1",
            "{\"a\":}",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{\"\\u0061\":1}",
            "{\"a\":1,}",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn values_are_what_a_parser_sees(items in prop::collection::vec(any::<String>(), 0..6), pretty: bool) {
            let object: serde_json::Map<_, _> = items
                .iter()
                .enumerate()
                .map(|(at, item)| (format!("k{at}"), serde_json::json!({ item: [item, at, null, {}] })))
                .collect();
            let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap();
            let found = found(&text).unwrap();
            prop_assert_eq!(found.len(), object.len());
            for (key, value) in found {
                let value: serde_json::Value = serde_json::from_str(value).unwrap();
                prop_assert_eq!(Some(&value), object.get(key));
            }
        }
    }
}

//! Untrusted text made safe for a terminal and for formats of one line a finding.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

/// The text with everything that moves, hides or breaks a line made visible: control characters, line
/// separators, and what changes the direction of writing. Nor does it start a command of GitHub's runner, which obeys
/// `::` at the start of a line and `##[` anywhere in one, in whatever a step prints.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) && !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        // Words may come to stand at the start of a line.
        let starts_word = result.chars().next_back().is_none_or(char::is_whitespace);
        if character == ':' && starts_word && rest.peek() == Some(&':') {
            result.push_str("\\u{3a}");
        } else {
            push_visible(character, &mut result);
        }
    }
    Cow::Owned(result)
}

pub(super) fn push_visible(character: char, result: &mut String) {
    match character {
        '\n' => result.push_str("\\n"),
        '\r' => result.push_str("\\r"),
        '\t' => result.push_str("\\t"),
        '[' if result.ends_with("##") => result.push_str("\\u{5b}"),
        _ if is_hidden(character) => {
            // Writing to a string does not fail.
            let _ = write!(result, "\\u{{{:x}}}", u32::from(character));
        }
        _ => result.push(character),
    }
}

/// JSON with another way to write `##[`, which only strings hold: GitHub's runner obeys what follows it, in any line of a
/// log. The values stay what they are.
pub(super) fn inert_json(json: &[u8]) -> Cow<'_, [u8]> {
    let found: Vec<usize> = memchr::memmem::find_iter(json, "##[").collect();
    if found.is_empty() {
        return Cow::Borrowed(json);
    }
    let mut result = Vec::with_capacity(json.len() + found.len() * 6);
    let mut from = 0;
    for at in found {
        result.extend_from_slice(json.get(from..at + 2).unwrap_or_default());
        result.extend_from_slice(b"\\u005b");
        from = at + 3;
    }
    result.extend_from_slice(json.get(from..).unwrap_or_default());
    Cow::Owned(result)
}

/// Bytes that are held before they go on.
const HELD: usize = 64 << 10;

/// Passes JSON on as [`inert_json`] makes it, in pieces: a report may be larger than all that it was made of.
pub(super) struct Inert<'o> {
    out: &'o mut dyn io::Write,
    held: Vec<u8>,
}

impl<'o> Inert<'o> {
    pub(super) fn new(out: &'o mut dyn io::Write) -> Self {
        Self { out, held: Vec::new() }
    }

    /// What is still held goes on.
    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&inert_json(&self.held))
    }
}

impl io::Write for Inert<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD {
            // The beginning of what is written otherwise waits for its end.
            let open = self.held.iter().rev().take(2).take_while(|byte| **byte == b'#').count();
            let rest = self.held.split_off(self.held.len() - open);
            let whole = std::mem::replace(&mut self.held, rest);
            self.out.write_all(&inert_json(&whole))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{61c}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{HELD, Inert, inert_json, visible};
    use std::io::Write;

    #[test]
    fn json_stays_the_same_value() {
        let json = br##"{"a": "x##[y", "b": "\\\\##[##["}"##;
        let inert = inert_json(json);
        assert!(!inert.windows(3).any(|part| part == b"##["));
        let value = |json: &[u8]| serde_json::from_slice::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&inert), value(json));
    }

    #[test]
    fn json_in_pieces_is_what_it_is_as_a_whole() {
        for before in HELD - 4..HELD + 4 {
            let json = format!("\"{}##[x###[#[\"", "a".repeat(before));
            for step in [1, 3, 1000, json.len()] {
                let mut written = Vec::new();
                let mut inert = Inert::new(&mut written);
                json.as_bytes().chunks(step).for_each(|part| inert.write_all(part).unwrap());
                inert.finish().unwrap();
                assert!(written == *inert_json(json.as_bytes()), "{before} bytes before, {step} at a time");
            }
        }
    }

    #[test]
    fn hostile_names_are_shown_not_obeyed() {
        for (text, expected) in [
            ("plain ü", "plain ü"),
            ("a\nb", "a\\nb"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{202e}txt", "\\u{202e}txt"),
            ("\u{9b}1m\u{7f}", "\\u{9b}1m\\u{7f}"),
            ("::error::x of AWS::IAM::User", "\\u{3a}:error::x of AWS::IAM::User"),
            ("a ::add-mask::b", "a \\u{3a}:add-mask::b"),
            ("a##[add-mask]b", "a##\\u{5b}add-mask]b"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }
}

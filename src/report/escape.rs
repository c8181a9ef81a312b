//! Untrusted text made safe for a terminal and for formats of one line a finding.

use std::borrow::Cow;
use std::fmt::Write;

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

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{61c}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{inert_json, visible};

    #[test]
    fn json_stays_the_same_value() {
        let json = br##"{"a": "x##[y", "b": "\\\\##[##["}"##;
        let inert = inert_json(json);
        assert!(!inert.windows(3).any(|part| part == b"##["));
        let value = |json: &[u8]| serde_json::from_slice::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&inert), value(json));
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

//! Untrusted text made inert in Markdown: no punctuation that means something, no tag, row, mention, reference or link that
//! GitHub or GitLab would make of it.

use crate::report::escape::visible;

/// Names as they stand in the code. Neither mentions nor references are made in code, nor emoji.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", encoded(&visible(text)))
}

/// Sentences: what stands between backticks is code, as their author meant it.
pub(super) fn prose(text: &str) -> String {
    let text = visible(text);
    let pieces: Vec<&str> = text.split('`').collect();
    let last = pieces.len() - 1;
    let mut result = String::with_capacity(text.len() * 2);
    for (at, piece) in pieces.iter().enumerate() {
        // A backtick without a partner is a character like others.
        if at % 2 == 1 && at < last {
            result.push_str(&code(piece));
        } else if at % 2 == 1 {
            result.push_str(&format!("&#96;{}", plain(piece)));
        } else {
            result.push_str(&plain(piece));
        }
    }
    result
}

fn encoded(text: &str) -> String {
    let mut result = String::with_capacity(text.len() * 2);
    for (at, character) in text.char_indices() {
        push(text, at, character, &mut result);
    }
    result
}

/// Every mark of ASCII as a reference to it, which Markdown takes as text wherever it stands; but for those that begin or
/// end nothing within a line.
fn push(text: &str, at: usize, character: char, result: &mut String) {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + character.len_utf8()..).and_then(|after| after.chars().next());
    let within_word =
        character == '_' && [before, after].iter().all(|near| near.is_some_and(char::is_alphanumeric));
    if character.is_ascii_punctuation() && !within_word && !"-/.,;':=\"()%?".contains(character) {
        result.push_str(&format!("&#{};", u32::from(character)));
    } else {
        result.push(character);
    }
}

/// Renderers make mentions, references and links of text that is done already, so those are broken by a space of no width.
fn plain(text: &str) -> String {
    const BREAK: &str = "&#8203;";
    let mut result = String::with_capacity(text.len() * 2);
    for (at, character) in text.char_indices() {
        let after = text.get(at + character.len_utf8()..).unwrap_or("");
        let before = text.get(..at).unwrap_or("");
        let starts_address = character == ':' && after.starts_with("//");
        let ends_www = character == '.' && before.len() >= 3 && before.to_ascii_lowercase().ends_with("www");
        if starts_address || ends_www {
            result.push_str(BREAK);
        }
        push(text, at, character, &mut result);
        // Mentions, numbers of issues and merge requests, labels, milestones, snippets.
        if "@#!~%$&".contains(character) && after.starts_with(|next: char| !next.is_whitespace()) {
            result.push_str(BREAK);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn hostile_texts_are_text() {
        for (text, expected) in [
            ("plain, of `a.b[0]`", "plain, of <code>a.b&#91;0&#93;</code>"),
            ("a|b", "a&#124;b"),
            ("aws_iam_user _a_ __b", "aws_iam_user &#95;a&#95; &#95;&#95;b"),
            ("one ` alone", "one &#96; alone"),
            ("cc @acme/team #12", "cc &#64;&#8203;acme/team &#35;&#8203;12"),
            ("https://evil.io www.evil.io", "https&#8203;://evil.io www&#8203;.evil.io"),
            ("a\n# b", "a&#92;n&#35; b"),
        ] {
            assert_eq!(prose(text), expected);
        }
        assert_eq!(code("</code>`@x"), "<code>&#60;/code&#62;&#96;&#64;x</code>");
    }
}

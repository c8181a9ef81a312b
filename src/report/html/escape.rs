//! Untrusted text made text of HTML, between tags and in quoted attributes.

use crate::report::escape::visible;

/// Hidden characters are shown, and what HTML gives a meaning is a reference.
pub(super) fn text(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    push(&visible(text), &mut result);
    result
}

pub(super) fn push(text: &str, result: &mut String) {
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\'' => result.push_str("&#39;"),
            _ => result.push(character),
        }
    }
}

/// Sentences: what stands between backticks is code.
pub(super) fn prose(sentence: &str) -> String {
    let pieces: Vec<&str> = sentence.split('`').collect();
    let last = pieces.len() - 1;
    let mut result = String::with_capacity(sentence.len() + 32);
    for (at, piece) in pieces.iter().enumerate() {
        if at % 2 == 1 && at < last {
            result.push_str(&format!("<code>{}</code>", text(piece)));
        } else {
            if at % 2 == 1 {
                result.push('`');
            }
            result.push_str(&text(piece));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{prose, text};

    #[test]
    fn hostile_texts_are_text() {
        assert_eq!(
            text("</script><img onerror=\"x\">'&amp;"),
            "&lt;/script&gt;&lt;img onerror=&quot;x&quot;&gt;&#39;&amp;amp;"
        );
        assert_eq!(prose("set `a < b` and ` alone"), "set <code>a &lt; b</code> and ` alone");
        assert_eq!(prose("`</code>`"), "<code>&lt;/code&gt;</code>");
    }
}

//! Texts that are known in part, with a character in the place of what is not: what such a text holds as JSON is read by
//! its tokens, since a hole may stand where no JSON may.

use crate::model::Part;

/// What stands in the place of a part that is not known: a character that nobody writes.
pub(crate) const HOLE: char = '\u{e000}';

/// A text of which parts are not known, with holes for these.
pub(crate) fn with_holes(parts: &[Part]) -> String {
    let mut whole = String::new();
    for part in parts {
        match part {
            Part::Text { text, .. } => whole.push_str(text),
            Part::Unknown(_) => whole.push(HOLE),
        }
    }
    whole
}

/// A string in quotes at the beginning of a text, decoded, and what stands behind it.
pub(crate) fn string(text: &str) -> Option<(String, &str)> {
    let inside = text.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })?;
    let (raw, rest) = inside.split_at_checked(end)?;
    let decoded = || serde_json::from_str(&format!("\"{raw}\"")).ok();
    // A text with a raw line break is no strict JSON; its characters are then taken as they stand.
    let text = Some(raw).filter(|raw| raw.contains('\\')).and_then(|_| decoded());
    Some((text.unwrap_or_else(|| raw.to_owned()), rest.get(1..)?))
}

/// A number, `true`, `false`, `null` or holes at the beginning of a text, and what stands behind it; a number with a hole
/// is one token.
pub(crate) fn scalar(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || ",]}".contains(c)).unwrap_or(text.len());
    let (token, rest) = text.split_at_checked(end)?;
    let is_word = ["true", "false", "null"].contains(&token);
    (!token.is_empty() && (is_word || is_number(token))).then_some((token, rest))
}

/// Whether a token is a number, or may be one.
pub(crate) fn is_number(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c) || c == HOLE)
}

#[cfg(test)]
mod tests {
    use super::{scalar, string};

    #[test]
    fn tokens_end_where_json_says() {
        assert_eq!(string(" \"a\\\"b\\n\": 1"), Some(("a\"b\n".to_owned(), ": 1")));
        assert_eq!(string("\"open"), None);
        assert_eq!(scalar("-1.5e3, 2"), Some(("-1.5e3", ", 2")));
        assert_eq!(scalar("1\u{e000}]"), Some(("1\u{e000}", "]")));
        assert_eq!(scalar("null}"), Some(("null", "}")));
        assert_eq!(scalar("nothing"), None);
        assert_eq!(scalar(""), None);
    }
}

//! Comments that are about lines which go, and the blank lines that would be left around them.

use crate::source::{SourceFile, Span};

/// What goes with lines of arguments, of which these are the values: comments right above them, if all of their paragraph goes, or
/// if they speak of these arguments. What else a comment is about nobody can tell: it stays.
pub(super) fn of(source: &SourceFile, values: &[Span], names: &[&str]) -> Vec<Span> {
    let mut lines: Vec<u32> = values
        .iter()
        .flat_map(|span| source.line_at(span.start)..=source.line_at(span.end.saturating_sub(1)))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let is_paragraph = lines.len() as u32 == last - first + 1;
    let text = |line: u32| source.line_span(line).map_or("", |span| source.slice(span).trim());
    let is_comment = |line: u32| text(line).starts_with('#') || text(line).starts_with("//");
    let mut from = first;
    while from > 1 && is_comment(from - 1) {
        from -= 1;
    }
    if from == first {
        return Vec::new();
    }
    let below = text(last + 1);
    let is_all = is_paragraph && (below.is_empty() || below.starts_with('}'));
    let start = |line: u32| source.line_span(line).map_or(source.text().len(), |span| span.start as usize);
    if !is_all {
        let is_about = (from..first).any(|line| speaks_of(text(line), names));
        return if is_about { vec![Span::new(start(from), start(first))] } else { Vec::new() };
    }
    let before = text(from.saturating_sub(1));
    let meets_end = below.starts_with('}') && before.is_empty() && from > 1;
    let above = Span::new(start(if meets_end { from - 1 } else { from }), start(first));
    let meets_blank = below.is_empty() && (before.is_empty() || before.ends_with('{'));
    let under = meets_blank.then(|| Span::new(start(last + 1), start(last + 2)));
    std::iter::once(above).chain(under).filter(|span| !span.is_empty()).collect()
}

/// Whether a comment says a word of what names say, or that it is about credentials.
fn speaks_of(comment: &str, names: &[&str]) -> bool {
    let comment = comment.to_lowercase();
    let words = || comment.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2);
    let said: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let is_of = |word: &str, part: &str| {
        word == part || word.strip_suffix('s') == Some(part) || part.len() > 3 && word.starts_with(part)
    };
    let mut parts = said
        .iter()
        .flat_map(|name| name.split(['_', '-']))
        .filter(|part| part.len() > 2)
        .chain(["credential"]);
    parts.any(|part| words().any(|word| is_of(word, part)))
}

#[cfg(test)]
mod tests {
    use super::speaks_of;

    #[test]
    fn comments_speak_of_arguments_by_words_of_their_names() {
        let names = ["access_key", "secret_key"];
        for (comment, expected) in [
            ("# The CI user's keys.", true),
            ("// SECRET", true),
            ("# static credentials", true),
            ("# See the runbook.", false),
            ("# Frankfurt", false),
            ("# keyboard", false),
            ("", false),
        ] {
            assert_eq!(speaks_of(comment, &names), expected, "{comment}");
        }
    }
}

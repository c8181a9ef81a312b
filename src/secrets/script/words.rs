//! Names, separators and values as shells, settings and programs write them.

use crate::secrets::names::says_secret;
use std::ops::Range;

fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

/// The name that a hit is a part of.
pub(super) fn word_around(text: &str, hit: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = hit.start - bytes[..hit.start].iter().rev().take(96).take_while(|b| is_name(**b)).count();
    let end = hit.end + bytes[hit.end..].iter().take(96).take_while(|b| is_name(**b)).count();
    start..end
}

pub(super) enum Separator {
    Equals,
    Colon,
    Comma,
}

pub(super) fn split_separator(text: &str, quoted_name: bool) -> (Option<Separator>, &str) {
    for sign in ["=>", ":=", "="] {
        if let Some(after) = text.strip_prefix(sign) {
            // A comparison.
            let compares = after.starts_with(['=', '~']);
            return (Some(Separator::Equals).filter(|_| !compares), after);
        }
    }
    if let Some(after) = text.strip_prefix(':') {
        let colon = quoted_name || after.starts_with([' ', '\t', '"', '\'']);
        return (Some(Separator::Colon).filter(|_| colon), after);
    }
    match text.strip_prefix(',') {
        Some(after) if quoted_name => (Some(Separator::Comma), after),
        _ => (None, text),
    }
}

/// Whether a name is given something rather than read: `$NAME`, `${NAME}` and `%NAME%` are not. PowerShell writes
/// `$NAME = "…"` at the beginning of a statement.
pub(super) fn is_free(before: &str, after: &str) -> bool {
    let lower = before.trim_end_matches('{').to_ascii_lowercase();
    if lower.ends_with("$env:") || lower.ends_with("$global:") || lower.ends_with("$script:") {
        return true;
    }
    if let Some(head) = before.strip_suffix('$') {
        let head = head.trim();
        let starts = head.is_empty() || head.ends_with([';', '{', ']']);
        let assigns = after
            .trim_start()
            .strip_prefix('=')
            .is_some_and(|value| value.trim_start().starts_with(['"', '\'']));
        return starts && assigns;
    }
    let read =
        before.ends_with("${") || before.ends_with('%') && after.contains('%') || before.ends_with('@');
    // A part of a path or of an address.
    !read && !before.ends_with('/') && !before.ends_with("$(")
}

/// Whether a shell or template puts something else into the text.
pub(super) fn is_expanded(value: &str) -> bool {
    let bytes = value.as_bytes();
    let dollar = bytes.windows(2).any(|two| {
        two[0] == b'$'
            && (two[1].is_ascii_alphabetic()
                || matches!(two[1], b'{' | b'(' | b'_' | b'1'..=b'9' | b'@' | b'*'))
    });
    let percent = value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    dollar
        || percent
        || value.contains('`')
        || value.contains("{{")
        || value.contains("<%")
        || value.contains('\u{e000}')
}

pub(super) fn is_identifier(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Up to the closing quote; a backslash before it belongs to the text.
pub(super) fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// The words of a command with their places.
pub(super) fn words_of(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split([' ', '\t', '\r', '\n', ';', '|']).filter_map(move |word| {
        let start = at;
        at += word.len() + 1;
        // A backslash takes the line on.
        (!word.is_empty() && word != "\\").then_some((start, word))
    })
}

/// Whether the name at the end of `upto` is given the next word, which `after` begins with: Redis' `requirepass …`,
/// `mysqladmin … password …`, `CREATE ROLE … PASSWORD '…'`, debconf's `OWNER OWNER/root_password password …`.
pub(super) fn takes_next(upto: &str, before: &str, after: &str) -> bool {
    let is = |name: &str| {
        upto.get(upto.len().saturating_sub(name.len())..).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let first = before.trim_end().is_empty() || before.ends_with(['"', '\'']);
    let quoted = after.starts_with(['"', '\'', '\\']);
    let password = || before.ends_with([' ', '\t']) && is("password");
    first && (is("requirepass") || is("masterauth"))
        || first && quoted && is("password") && upto.ends_with("PASSWORD")
        || password() && (before.contains("mysqladmin ") || quoted && is_sql(before) || answers(before))
}

/// Whether a statement that makes or changes a user goes on with its password. Behind `IDENTIFIED BY` stands its hash.
fn is_sql(before: &str) -> bool {
    let lower = before.trim_end().to_ascii_lowercase();
    let makes = |verb: &str| {
        ["user", "role", "login", "group"].iter().any(|what| lower.contains(&format!("{verb} {what} ")))
    };
    let clause = ["WITH", "ENCRYPTED", "LOGIN"].iter().any(|word| before.trim_end().ends_with(word));
    !lower.ends_with("identified by") && (makes("create") || makes("alter") || clause)
}

/// Whether a line for debconf says which question the password answers.
fn answers(before: &str) -> bool {
    let mut words = before.split_ascii_whitespace().rev();
    let question = words.next().and_then(|question| question.rsplit_once('/'));
    question.is_some_and(|(_, asked)| says_secret(asked)) && words.next().is_some()
}

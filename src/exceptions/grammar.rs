//! What an exception looks like, the same words everywhere: `keyless: ignore[IMDS01,SEC04] until=2027-01-31 why`.
//!
//! What people write who have another tool's words in their fingers is told, and never passed over.

use super::Day;
use std::fmt;
use std::ops::Range;

/// An exception as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// `ignore-file`: it holds for the file.
    pub of_file: bool,
    /// Codes or names of policies, in order.
    pub policies: Vec<Named>,
    pub until: Option<Day>,
    /// Empty where none is stated.
    pub reason: String,
}

/// A policy as it is named, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub text: String,
    /// In the text that was read.
    pub range: Range<usize>,
}

/// Why words that look like an exception are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not `keyless: ignore[…]`.
    Words,
    /// No policy is named.
    NoPolicy,
    /// `[` without `]`.
    Open,
    /// What follows `until` is no day.
    Date,
    /// `until=` stands twice.
    TwoDates,
    /// `ignore-file` below the first line of code.
    Place,
    /// Metadata that is neither a text nor a list of texts.
    Value,
}

impl Wrong {
    /// What is wrong, as the end of a sentence.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Words => "it is not written as keyless reads it",
            Self::NoPolicy => "it names no policy",
            Self::Open => "its `[` is not closed",
            Self::Date => "its `until=` is no day like 2027-01-31",
            Self::TwoDates => "it has two dates",
            Self::Place => "what holds for the whole file stands above its first line of code",
            Self::Value => "it is neither a text nor a list of texts",
        }
    }
}

/// An exception, or what looks like one, in a line of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    pub range: Range<usize>,
    pub said: Result<Said, Wrong>,
}

const TOOL: &str = "keyless";

/// What other tools, and people, call it.
const WORDS: [&str; 22] = [
    "ignore",
    "ignores",
    "ignored",
    "ignore-file",
    "ignore_file",
    "ignorefile",
    "ignore-line",
    "ignore-next-line",
    "ignore-block",
    "skip",
    "disable",
    "disable-line",
    "disable-next-line",
    "allow",
    "allowlist",
    "suppress",
    "except",
    "exception",
    "exempt",
    "noqa",
    "nolint",
    "nosec",
];

/// All exceptions of a line of a comment, and what looks like one.
#[must_use]
pub fn markers(line: &str) -> Vec<Marker> {
    let starts: Vec<(usize, usize)> = starts(line).collect();
    let mut found = Vec::new();
    for (at, (start, after)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(line.len(), |(next, _)| *next);
        let end = start + line[*start..end].trim_end().len();
        let rest = line.get(*after..end).unwrap_or("");
        let is_apart = !line.get(..*start).unwrap_or("").ends_with(['@', '(']);
        let words = rest.strip_prefix(':').map(str::trim_start);
        let said = match words.filter(|words| is_apart && is_exception(words)) {
            Some(words) => parse(words).map(|said| said.moved(end - words.len())),
            None => Err(Wrong::Words),
        };
        found.push(Marker { range: *start..end, said });
    }
    found
}

/// Where something begins that is, or looks like, an exception: its start, and the end of the tool's name.
fn starts(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = line.as_bytes();
    let is_start = |at: usize| {
        at == 0
            || line
                .get(..at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_whitespace() || "#/*;,@(".contains(c)))
    };
    (0..bytes.len().saturating_sub(TOOL.len() - 1)).filter_map(move |at| {
        let after = at + TOOL.len();
        let named = bytes.get(at..after)?.eq_ignore_ascii_case(TOOL.as_bytes());
        (named && is_start(at) && is_meant(line.get(after..)?)).then_some((at, after))
    })
}

/// Whether what follows the tool's name makes it an exception, or a try at one, and no prose.
fn is_meant(rest: &str) -> bool {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
    };
    let is_word = |text: &str| WORDS.contains(&text.to_ascii_lowercase().as_str());
    let spaced = rest.trim_start();
    if let Some(after) = spaced.strip_prefix([':', '=']) {
        let after = after.trim_start();
        let first = word(after);
        let next = after[first.len()..].trim_start();
        return is_word(&first) || next.starts_with('[') || is_code(&first);
    }
    match rest.strip_prefix(['-', '_', '.']) {
        Some(after) => is_word(&word(after)),
        None if spaced.len() < rest.len() => {
            let first = word(spaced);
            let next = spaced[first.len()..].trim_start();
            let told = next.strip_prefix([':', '=', '(']).unwrap_or(next).trim_start();
            is_word(&first) && (next.starts_with('[') || is_code(&word(told)))
        }
        None => false,
    }
}

/// `IMDS01`.
fn is_code(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    word.len() >= letters.len() + 2
        && letters.len() >= 2
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_exception(words: &str) -> bool {
    let rest = words.strip_prefix("ignore").map(|rest| rest.strip_prefix("-file").unwrap_or(rest));
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
    })
}

/// Reads what follows `keyless:`, which is also what metadata holds under `keyless`.
///
/// # Errors
/// What is not in the grammar.
pub fn parse(text: &str) -> Result<Said, Wrong> {
    let rest = text.strip_prefix("ignore").ok_or(Wrong::Words)?;
    let (of_file, rest) = rest.strip_prefix("-file").map_or((false, rest), |rest| (true, rest));
    let list = match rest.trim_start().strip_prefix('[') {
        Some(list) => list,
        None if rest.trim().is_empty() => return Err(Wrong::NoPolicy),
        None => return Err(Wrong::Words),
    };
    let (list, rest) = list.split_once(']').ok_or(Wrong::Open)?;
    let start = text.len() - rest.len() - 1 - list.len();
    let policies = policies(list, start);
    if policies.is_empty() {
        return Err(Wrong::NoPolicy);
    }
    let mut until = None;
    let mut reason: Vec<&str> = Vec::new();
    for word in rest.split_whitespace() {
        match word.strip_prefix("until=") {
            Some(day) if until.is_none() => until = Some(Day::parse(day).ok_or(Wrong::Date)?),
            Some(_) => return Err(Wrong::TwoDates),
            // `until 2027-01-31` and `until: …` would be taken for a reason, and hold for ever.
            None if reason.is_empty() && until.is_none() && is_until(word) => return Err(Wrong::Date),
            None => reason.push(word),
        }
    }
    let reason = reason.join(" ");
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—'));
    let is_reason = reason.contains(char::is_alphanumeric);
    Ok(Said { of_file, policies, until, reason: if is_reason { reason.to_owned() } else { String::new() } })
}

fn is_until(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["until", "expires", "exp", "expiry"].iter().any(|name| {
        word.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with([':', '=']) || rest.is_empty() && *name == "until")
    })
}

fn policies(list: &str, start: usize) -> Vec<Named> {
    let mut at = start;
    let mut found = Vec::new();
    for part in list.split(',') {
        let text = part.trim();
        if !text.is_empty() {
            let from = at + (part.len() - part.trim_start().len());
            found.push(Named { text: text.to_owned(), range: from..from + text.len() });
        }
        at += part.len() + 1;
    }
    found
}

impl Said {
    /// The same in a text before which something else stands.
    fn moved(mut self, by: usize) -> Self {
        for policy in &mut self.policies {
            policy.range = policy.range.start + by..policy.range.end + by;
        }
        self
    }
}

/// What follows `keyless: `.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.policies.iter().map(|policy| policy.text.as_str()).collect();
        let word = if self.of_file { "ignore-file" } else { "ignore" };
        write!(f, "{word}[{}]", names.join(","))?;
        if let Some(day) = self.until {
            write!(f, " until={day}")?;
        }
        if self.reason.is_empty() { Ok(()) } else { write!(f, " {}", self.reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wrong, markers, parse};
    use proptest::prelude::*;

    fn said(line: &str) -> Vec<String> {
        markers(line)
            .into_iter()
            .map(|marker| match marker.said {
                Ok(said) => said.to_string(),
                Err(wrong) => format!("{wrong:?}"),
            })
            .collect()
    }

    #[test]
    fn exceptions_are_read() {
        for (line, expected) in [
            ("keyless: ignore[IMDS01] a reason", "ignore[IMDS01] a reason"),
            ("keyless:ignore[IMDS01] a reason", "ignore[IMDS01] a reason"),
            (
                "keyless: ignore[IMDS01, sec04,known-token] until=2027-01-31 why: it is",
                "ignore[IMDS01,sec04,known-token] until=2027-01-31 why: it is",
            ),
            ("keyless: ignore[IMDS01] why until=2027-01-31", "ignore[IMDS01] until=2027-01-31 why"),
            ("keyless: ignore-file[SEC02] examples", "ignore-file[SEC02] examples"),
            ("keyless: ignore[A01]: as in Checkov", "ignore[A01] as in Checkov"),
            ("keyless: ignore[A01] -", "ignore[A01]"),
            ("keyless: ignore[A01]", "ignore[A01]"),
            ("tfsec:ignore:x keyless: ignore[A01] r", "ignore[A01] r"),
            ("keyless: ignore[A01] ends until the fleet is new", "ignore[A01] ends until the fleet is new"),
        ] {
            assert_eq!(said(line), [expected], "{line}");
        }
        assert_eq!(said("keyless: ignore[A01] r keyless: ignore[B01] s"), ["ignore[A01] r", "ignore[B01] s"]);
    }

    #[test]
    fn what_looks_like_one_is_told() {
        for (line, expected) in [
            ("keyless:ignore", Wrong::NoPolicy),
            ("keyless: ignore IMDS01 why", Wrong::Words),
            ("KEYLESS: IGNORE[IMDS01] why", Wrong::Words),
            ("@keyless: ignore[IMDS01] why", Wrong::Words),
            ("(keyless: ignore[IMDS01] why)", Wrong::Words),
            ("keyless ignore[IMDS01] why", Wrong::Words),
            ("keyless ignore: IMDS01", Wrong::Words),
            ("keyless:ignore:IMDS01", Wrong::Words),
            ("keyless:skip=IMDS01: why", Wrong::Words),
            ("Keyless-Ignore[IMDS01]", Wrong::Words),
            ("keyless: Ignore[IMDS01] why", Wrong::Words),
            ("keyless: ignroe[IMDS01] why", Wrong::Words),
            ("keyless: [IMDS01] why", Wrong::Words),
            ("keyless: IMDS01 why", Wrong::Words),
            ("keyless = ignore[IMDS01]", Wrong::Words),
            ("keyless : ignore[IMDS01] why", Wrong::Words),
            ("keyless: ignore-line[IMDS01]", Wrong::Words),
            ("keyless: ignore[IMDS01 why", Wrong::Open),
            ("keyless: ignore[] why", Wrong::NoPolicy),
            ("keyless: ignore[IMDS01] until=2027-02-30 why", Wrong::Date),
            ("keyless: ignore[IMDS01] until 2027-01-31 why", Wrong::Date),
            ("keyless: ignore[IMDS01] until:2027-01-31 why", Wrong::Date),
            ("keyless: ignore[IMDS01] exp:2027-01-31 why", Wrong::Date),
            ("keyless: ignore[IMDS01] until=2027-01-31 until=2027-01-31", Wrong::TwoDates),
        ] {
            assert_eq!(said(line), [format!("{expected:?}")], "{line}");
        }
    }

    #[test]
    fn prose_is_left_alone() {
        for line in [
            "",
            "keyless",
            "signed with keyless cosign",
            "keyless: no long-lived keys here",
            "keyless ignores this file",
            "write `keyless: ignore[A01] why`",
            "see keyless.toml",
            "https://keyless.example/ignore",
            "nokeyless: ignore[A01]",
            "keyless, skip the rest",
            "keyless skip",
            "keyless-ci",
            "\u{fc}keyless:ignore",
        ] {
            assert_eq!(said(line), <[String; 0]>::default(), "{line}");
        }
    }

    #[test]
    fn places_of_policies_are_known() {
        let line = "# ü keyless: ignore[ A01 ,name] why";
        let found = markers(line).remove(0).said.unwrap();
        let texts: Vec<&str> = found.policies.iter().map(|policy| &line[policy.range.clone()]).collect();
        assert_eq!(texts, ["A01", "name"]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(line in "(?s)(.{0,20}(keyless|Keyless)[:= -]{0,2}(ignore|skip|ignore-file)?\\[?.{0,20}\\]?.{0,20}){0,3}") {
            for marker in markers(&line) {
                prop_assert!(line.get(marker.range.clone()).is_some());
                if let Ok(said) = marker.said {
                    for policy in &said.policies {
                        prop_assert_eq!(&line[policy.range.clone()], &policy.text);
                    }
                }
            }
        }

        #[test]
        fn what_is_printed_is_read_as_the_same(
            of_file: bool,
            names in prop::collection::vec("[A-Z]{2,5}[0-9]{2}|[a-z]{2,5}-[a-z]{2,8}", 1..4),
            until in prop::option::of((2000..2100, 1..13, 1..29)),
            reason in "([a-zA-Z0-9é][^\\s\\p{C}]{0,8}( [^\\s\\p{C}]{1,8}){0,3})?",
        ) {
            let until = until.map_or(String::new(), |(year, month, day)| format!(" until={year:04}-{month:02}-{day:02}"));
            let word = if of_file { "ignore-file" } else { "ignore" };
            let text = format!("{word}[{}]{until} {reason}", names.join(","));
            if let Ok(said) = parse(&text) {
                let printed = said.to_string();
                let again = parse(&printed).unwrap();
                prop_assert_eq!(again.to_string(), printed);
                prop_assert_eq!(&again.reason, &said.reason);
                prop_assert_eq!(again.until, said.until);
            }
        }
    }
}

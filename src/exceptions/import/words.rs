//! What other tools are told in comments.

use super::super::Day;
use super::table::Rules;
use std::ops::Range;

/// What a comment tells one tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) range: Range<usize>,
    pub(super) rules: Rules,
    /// The rules that it names.
    pub(super) ids: Vec<String>,
    pub(super) reason: String,
    pub(super) until: Option<Day>,
    pub(super) reach: Reach,
}

/// What it holds for there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Its line, or the next one, and what begins there.
    Line,
    /// The resource that it stands in.
    Resource,
}

/// Everything that a line of a comment tells other tools.
pub(super) fn words(line: &str) -> Vec<Words> {
    let mut found = Vec::new();
    for prefix in ["checkov:skip=", "bridgecrew:skip=", "cortex:skip="] {
        found.extend(each(line, prefix, |rest| checkov(rest, prefix)));
    }
    for prefix in ["tfsec:ignore:", "trivy:ignore:", "cfsec:ignore:"] {
        found.extend(each(line, prefix, trivy));
    }
    for (marker, rules, reach) in [
        ("gitleaks:allow", Rules::Secrets, Reach::Line),
        ("trufflehog:ignore", Rules::Secrets, Reach::Line),
        ("pragma: allowlist secret", Rules::Secrets, Reach::Line),
        ("pragma: allowlist nextline secret", Rules::Secrets, Reach::Line),
        ("pragma: whitelist secret", Rules::Secrets, Reach::Line),
        ("ggignore", Rules::Secrets, Reach::Line),
        ("kics-scan ignore-line", Rules::All, Reach::Line),
        ("kics-scan ignore-block", Rules::All, Reach::Line),
    ] {
        found.extend(each(line, marker, |rest| (marker.len(), told(rest, marker, rules, reach))));
    }
    found.sort_by_key(|words| words.range.start);
    found
}

/// Reads at every place where a marker stands; `read` gives how long it is, and what it says.
fn each(line: &str, marker: &str, read: impl Fn(&str) -> (usize, Words)) -> Vec<Words> {
    let folded = line.to_ascii_lowercase();
    let starts = folded.match_indices(marker).map(|(at, _)| at);
    let starts = starts.filter(|at| !folded[..*at].ends_with(|c: char| c.is_alphanumeric()));
    starts
        .map(|at| {
            let (length, words) = read(line.get(at..).unwrap_or(""));
            Words { range: at..at + length, ..words }
        })
        .collect()
}

fn told(rest: &str, marker: &str, rules: Rules, reach: Reach) -> Words {
    let reason = said(rest.get(marker.len()..).unwrap_or(""));
    Words { range: 0..0, rules, ids: vec![marker.to_owned()], reason, until: None, reach }
}

/// `checkov:skip=CKV_AWS_79,CKV_AWS_8: reason`
fn checkov(rest: &str, prefix: &str) -> (usize, Words) {
    let list = rest.get(prefix.len()..).unwrap_or("");
    let blanks = list.len() - list.trim_start_matches(' ').len();
    let list = &list[blanks..];
    let length = list
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ',')))
        .unwrap_or(list.len());
    let ids = list[..length].split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    let words = Words {
        range: 0..0,
        rules: Rules::Checkov,
        ids,
        reason: said(&list[length..]),
        until: None,
        reach: Reach::Resource,
    };
    (prefix.len() + blanks + length, words)
}

/// `tfsec:ignore:aws-ec2-enforce-http-token-imds:exp:2026-01-02`
fn trivy(rest: &str) -> (usize, Words) {
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let mut parts = rest[..length].split(':').skip(2);
    let id = parts.next().unwrap_or_default();
    // `[name=value]` narrows the rule to some results.
    let id = id.split('[').next().unwrap_or_default().to_owned();
    let parts: Vec<&str> = parts.collect();
    let until = parts.iter().position(|part| *part == "exp").and_then(|at| Day::parse(parts.get(at + 1)?));
    let words = Words {
        range: 0..0,
        rules: Rules::Trivy,
        ids: vec![id],
        reason: said(&rest[length..]),
        until,
        reach: Reach::Line,
    };
    (length, words)
}

/// The reason that follows, up to what is said to another tool.
fn said(rest: &str) -> String {
    let marks =
        ["checkov:skip", "bridgecrew:skip", "tfsec:ignore", "trivy:ignore", "cfsec:ignore", "keyless:"];
    let folded = rest.to_ascii_lowercase();
    let end = marks.iter().filter_map(|mark| folded.find(mark)).min().unwrap_or(rest.len());
    let text =
        rest.get(..end).unwrap_or("").trim().trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '#' | '/' | '*')
        });
    let words: Vec<&str> = text.split_whitespace().collect();
    if text.contains(char::is_alphanumeric) { words.join(" ") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::{Words, words};
    use proptest::prelude::*;

    fn told(line: &str) -> Vec<(String, String, String)> {
        let told = |words: Words| {
            (
                words.ids.join(","),
                words.reason,
                words.until.map_or_else(String::new, |until| until.to_string()),
            )
        };
        words(line).into_iter().map(told).collect()
    }

    #[test]
    fn words_are_read() {
        for (line, expected) in [
            ("# checkov:skip=CKV_AWS_79: legacy agent", &[("CKV_AWS_79", "legacy agent", "")][..]),
            ("#checkov:skip=CKV_AWS_79,CKV_AWS_8:two", &[("CKV_AWS_79,CKV_AWS_8", "two", "")]),
            ("#bridgecrew:skip=CKV_AWS_79", &[("CKV_AWS_79", "", "")]),
            ("#checkov:skip=CKV_AWS_79 # needs it", &[("CKV_AWS_79", "needs it", "")]),
            (
                "#tfsec:ignore:aws-ec2-enforce-http-token-imds:exp:2026-01-02",
                &[("aws-ec2-enforce-http-token-imds", "", "2026-01-02")],
            ),
            (
                "#tfsec:ignore:AVD-AWS-0028 tfsec:ignore:aws-s3-x why",
                &[("AVD-AWS-0028", "", ""), ("aws-s3-x", "why", "")],
            ),
            ("# trivy:ignore:AVD-AWS-0028", &[("AVD-AWS-0028", "", "")]),
            ("# trivy:ignore:aws-x[a=b] r", &[("aws-x", "r", "")]),
            ("x # gitleaks:allow", &[("gitleaks:allow", "", "")]),
            ("# pragma: allowlist secret", &[("pragma: allowlist secret", "", "")]),
            ("# kics-scan ignore-line", &[("kics-scan ignore-line", "", "")]),
            ("# nothing", &[]),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned()))
                .collect();
            assert_eq!(told(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(line in "(?s)(.{0,9}(checkov:skip=|tfsec:ignore:|Trivy:ignore:|gitleaks:allow|kics-scan ignore-line)[A-Z_,: éexp:0-9-]{0,20}){0,4}") {
            for words in words(&line) {
                prop_assert!(line.get(words.range.clone()).is_some());
            }
        }
    }
}

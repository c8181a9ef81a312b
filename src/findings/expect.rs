//! What a line of a fixture says that is to be found there: `# expect: CODE [severity] ["text"]`, several parted by `;`.
//! `expect-below` is about the line below, `expect-two-below` about the one after it; `CODE?` is a question that stays
//! open, and a quoted text has to occur in what is said.

use super::{Finding, Severity};

/// In place of a code: the file is a fixture, though nothing is to be found in it.
pub const NOTHING: &str = "nothing";

/// One thing that is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    pub code: String,
    /// The question stays open.
    pub open: bool,
    /// As written; `error` where nothing is.
    pub severity: String,
    pub text: Option<String>,
}

/// What a text expects, with the line from 1 that it is about.
#[must_use]
pub fn in_text(text: &str) -> Vec<(u32, Expectation)> {
    let markers = [("expect: ", 1), ("expect-below: ", 2), ("expect-two-below: ", 3)];
    let mut found = Vec::new();
    for (line, at) in text.lines().zip(0..) {
        for (marker, below) in markers {
            if let Some((_, list)) = line.split_once(marker) {
                found.extend(listed(list).into_iter().map(|expected| (at + below, expected)));
            }
        }
    }
    found
}

/// `CODE [severity] ["text"]`, several parted by `;`.
#[must_use]
pub fn listed(list: &str) -> Vec<Expectation> {
    list.split(';')
        .filter_map(|one| {
            let (words, text) = match one.split_once('"') {
                Some((words, rest)) => (words, Some(rest.split('"').next().unwrap_or_default().to_owned())),
                None => (one, None),
            };
            let mut words = words.split_whitespace();
            let code = words.next()?;
            let open = code.ends_with('?');
            let severity = words.next().unwrap_or(Severity::Error.as_str()).to_owned();
            Some(Expectation { code: code.trim_end_matches('?').to_owned(), open, severity, text })
        })
        .collect()
}

impl Expectation {
    /// Whether a finding is what is expected. `open`: it stands among what could not be told.
    #[must_use]
    pub fn is_met_by(&self, finding: &Finding, open: bool) -> bool {
        let said = |text: &String| {
            finding.title.contains(text)
                || finding.primary.label.contains(text)
                || finding.help.contains(text)
        };
        *self.code == *finding.code
            && self.open == open
            && (open || self.severity == finding.severity.as_str())
            && self.text.as_ref().is_none_or(said)
    }
}

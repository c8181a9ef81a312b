//! Forms of tokens that somebody else knows: an expression, and words that have to stand beside it.

use super::{Class, Confidence, Detection, Detector, without_overlaps};
use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use std::sync::{Mutex, PoisonError};

/// Largest automaton of one expression, in bytes.
const MAX_SIZE: usize = 1 << 18;

/// A detector made of an expression.
#[derive(Debug)]
pub struct Pattern {
    pub detector: &'static Detector,
    regex: Regex,
    keywords: Option<AhoCorasick>,
    allow: Vec<Regex>,
    examples: Vec<String>,
    counterexamples: Vec<String>,
}

impl Pattern {
    /// # Errors
    /// Why `regex` is no expression that can be searched for in bounded time and memory.
    pub fn new(id: &str, label: &str, regex: &str) -> Result<Self, String> {
        let regex = expression(regex)?;
        if regex.is_match("") {
            return Err("it is found everywhere: it takes an empty text".to_owned());
        }
        let detector = detector(id, label);
        Ok(Self {
            detector,
            regex,
            keywords: None,
            allow: Vec::new(),
            examples: Vec::new(),
            counterexamples: Vec::new(),
        })
    }

    /// Found only in lines with one of these words.
    #[must_use]
    pub fn with_keywords(mut self, words: &[String]) -> Self {
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
        self.keywords = built.ok().filter(|_| !words.is_empty());
        self
    }

    /// Tokens that this expression takes as a whole are passed over.
    ///
    /// # Errors
    /// As for the pattern itself.
    pub fn allowing(mut self, regex: &str) -> Result<Self, String> {
        self.allow.push(expression(&format!("^(?:{regex})$"))?);
        Ok(self)
    }

    /// Texts that it has to be found in.
    #[must_use]
    pub fn with_examples(mut self, examples: &[String]) -> Self {
        self.examples = examples.to_vec();
        self
    }

    /// Texts that it must not be found in.
    #[must_use]
    pub fn with_counterexamples(mut self, examples: &[String]) -> Self {
        self.counterexamples = examples.to_vec();
        self
    }

    /// Whether there is a text to try it on.
    #[must_use]
    pub fn has_examples(&self) -> bool {
        !(self.examples.is_empty() && self.counterexamples.is_empty())
    }

    /// The counterexamples, by position, in which it is found.
    pub fn mistaken(&self) -> impl Iterator<Item = usize> {
        let all = self.counterexamples.iter().enumerate();
        all.filter(|(_, text)| !self.scan(text).is_empty()).map(|(at, _)| at)
    }

    /// The examples, by position, in which it is not found.
    pub fn missed(&self) -> impl Iterator<Item = usize> {
        self.examples.iter().enumerate().filter(|(_, text)| self.scan(text).is_empty()).map(|(at, _)| at)
    }

    /// The tokens in a text, in order.
    #[must_use]
    pub fn scan(&self, text: &str) -> Vec<Detection> {
        if self.keywords.as_ref().is_some_and(|words| !words.is_match(text)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for captures in self.regex.captures_iter(text) {
            let group = captures.name("secret").or_else(|| captures.get(1)).or_else(|| captures.get(0));
            let Some(token) = group.filter(|token| !token.is_empty()) else { continue };
            let beside =
                || self.keywords.as_ref().is_none_or(|words| words.is_match(line(text, token.start())));
            if beside() && !self.allow.iter().any(|allowed| allowed.is_match(token.as_str())) {
                found.push(Detection::new(self.detector, token.start(), token.end()));
            }
        }
        found
    }
}

/// The tokens that any of these patterns finds in a text; of overlapping ones the longer.
#[must_use]
pub fn scan_for<'p>(text: &str, patterns: impl Iterator<Item = &'p Pattern>) -> Vec<Detection> {
    without_overlaps(patterns.flat_map(|pattern| pattern.scan(text)).collect())
}

fn line(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
    text.get(start..end).unwrap_or("")
}

fn expression(text: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(text).size_limit(MAX_SIZE).dfa_size_limit(MAX_SIZE).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        error => {
            let text = error.to_string();
            let reason = text.lines().rev().find_map(|line| line.trim().strip_prefix("error: "));
            reason.unwrap_or("it is no regular expression").to_owned()
        }
    })
}

/// Facts hold names of detectors for as long as the process runs, so each distinct one is made once.
fn detector(id: &str, label: &str) -> &'static Detector {
    static KNOWN: Mutex<Vec<&'static Detector>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(detector) = known.iter().find(|known| known.id == id && known.label == label) {
        return detector;
    }
    let detector: &'static Detector = Box::leak(Box::new(Detector {
        id: id.to_owned().leak(),
        label: label.to_owned().leak(),
        class: Class::Token,
        confidence: Confidence::High,
        prefix_len: 0,
    }));
    known.push(detector);
    detector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &Pattern, text: &str) -> Vec<String> {
        pattern.scan(text).iter().map(|found| text[found.start..found.end].to_owned()).collect()
    }

    #[test]
    fn groups_keywords_and_what_is_allowed() {
        let whole = Pattern::new("acme", "ACME token", "acme_[0-9]{4}").unwrap();
        assert_eq!(found(&whole, "x acme_1234 acme_12 acme_5678"), ["acme_1234", "acme_5678"]);
        let group = Pattern::new("acme", "ACME token", "token=([0-9]{4})").unwrap();
        assert_eq!(found(&group, "token=1234"), ["1234"]);
        let named = Pattern::new("acme", "ACME token", "(a|b)=(?<secret>[0-9]{4})").unwrap();
        assert_eq!(found(&named, "b=1234"), ["1234"]);
        let beside = Pattern::new("acme", "ACME token", "[0-9]{4}").unwrap().with_keywords(&["Acme".into()]);
        assert_eq!(found(&beside, "1111\nACME 2222\n3333"), ["2222"]);
        let but = Pattern::new("acme", "ACME token", "[0-9]{4}").unwrap().allowing("0+").unwrap();
        assert_eq!(found(&but, "0000 0001"), ["0001"]);
        let examples = whole.with_examples(&["acme_1234".into(), "acme_x".into()]);
        assert_eq!(examples.missed().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn what_cannot_be_searched_for_is_said() {
        for (regex, message) in [
            ("a(", "unclosed group"),
            ("a*", "it is found everywhere: it takes an empty text"),
            ("(a{500}){500}", "it is too large"),
        ] {
            assert_eq!(Pattern::new("a", "a", regex).unwrap_err(), message, "{regex}");
        }
    }

    #[test]
    fn a_detector_is_made_once() {
        let made = || Pattern::new("once", "One", "x").unwrap().detector;
        assert!(std::ptr::eq(made(), made()));
    }
}

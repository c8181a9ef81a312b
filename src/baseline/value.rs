//! What an entry holds of a finding.

use super::Entry;
use crate::facts::{Concept, Fact};
use crate::findings::selection::family;
use crate::findings::{Finding, MaskedFile, Redactor, without_keys};
use crate::policies::Policy;
use crate::source::{FileId, Site, Sources};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Longer texts are no values that somebody accepts at a glance.
const LONGEST: usize = 200;

/// Fields that tell what is so around the code in question: only a policy that asks about them has a word in it.
const AROUND: [&str; 3] = ["account_default", "image", "users"];

/// Says of findings what entries hold of them.
pub struct Describe<'a> {
    sources: &'a Sources,
    redactor: &'a Redactor,
    policies: BTreeMap<&'a str, Asked<'a>>,
    /// Masked texts of the files that were last looked at.
    masked: HashMap<FileId, MaskedFile>,
}

/// A policy, and the words of its rules.
struct Asked<'a> {
    policy: &'a Policy,
    words: BTreeSet<&'a str>,
}

impl std::fmt::Debug for Describe<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Describe").finish_non_exhaustive()
    }
}

impl<'a> Describe<'a> {
    #[must_use]
    pub fn new(policies: &[&'a Policy], sources: &'a Sources, redactor: &'a Redactor) -> Self {
        let policies = policies
            .iter()
            .map(|policy| {
                let rules = policy.text.lines().filter(|line| !line.trim_start().starts_with('#'));
                let words = rules.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
                (policy.id.as_str(), Asked { policy, words: words.collect() })
            })
            .collect();
        Self { sources, redactor, policies, masked: HashMap::new() }
    }

    /// The entry that accepts a finding which is not masked yet.
    pub fn entry(&mut self, finding: &Finding) -> Entry {
        let source = self.sources.get(finding.primary.site.file);
        let cause = &finding.basis.cause;
        let mut addresses: Vec<String> =
            finding.addresses.iter().map(|address| self.redactor.redact(&without_keys(address))).collect();
        addresses.sort();
        addresses.dedup();
        Entry {
            path: self.redactor.redact(&source.root_path),
            code: finding.code.to_string(),
            addresses,
            open: finding.reason.is_some(),
            history: source.commit.is_some(),
            value: self.value(finding),
            count: 1,
            fingerprint: if cause.is_empty() { finding.fingerprint.clone() } else { cause.clone() },
            reason: String::new(),
            until: String::new(),
        }
    }

    /// What is there: the fields of the facts that the policy's rules ask about, with what the code says beside them, and
    /// the text in the code. Of what is about secrets nothing.
    fn value(&mut self, finding: &Finding) -> BTreeMap<String, Vec<String>> {
        let mut value: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let asked = self.policies.get(&*finding.code);
        let is_about = |concept| asked.is_some_and(|asked| asked.policy.concept == Some(concept));
        let is_own = asked.is_some_and(|asked| asked.policy.own.is_some());
        if is_about(Concept::Secrets) || !is_own && family(&finding.code) == "SEC" {
            return BTreeMap::new();
        }
        if let Some(asked) = asked {
            for fact in &finding.basis.facts {
                for (name, said) in asked.fields(fact) {
                    value.entry(name).or_default().insert(said);
                }
            }
        }
        // What is handed on as a key may stand there.
        let texts = if family(&finding.code) == "KEY" { None } else { self.texts(&finding.basis.origins) };
        let is_kept = |word: &&String| {
            !word.is_empty() && word.len() <= LONGEST && self.redactor.redact(word) == **word
        };
        let said: BTreeSet<String> = finding.basis.said.iter().filter(is_kept).cloned().collect();
        for (name, said) in [("text", texts.unwrap_or_default()), ("said", said)] {
            if !said.is_empty() {
                value.insert(name.to_owned(), said);
            }
        }
        value.into_iter().map(|(name, said)| (name, said.into_iter().collect())).collect()
    }

    /// What is written at some places; `None` where there is nothing, or something that is not to be kept.
    fn texts(&mut self, sites: &[Site]) -> Option<BTreeSet<String>> {
        let texts: Option<BTreeSet<String>> = sites.iter().map(|site| self.text(*site)).collect();
        texts.filter(|texts| !texts.is_empty())
    }

    fn text(&mut self, site: Site) -> Option<String> {
        let source = self.sources.get(site.file);
        let text = source.slice(site.span);
        let bare = bare(text).filter(|bare| bare.len() <= LONGEST)?;
        if !self.masked.contains_key(&site.file) {
            // Findings come file by file.
            if self.masked.len() > 8 {
                self.masked.clear();
            }
            let masked = crate::findings::Masked::new(self.sources, self.redactor).file(site.file);
            self.masked.insert(site.file, masked);
        }
        let masked = self.masked.get(&site.file)?.get(site.span.range())?;
        (masked == text && self.redactor.redact(text) == text).then_some(bare)
    }
}

impl Asked<'_> {
    /// The fields of a fact that the rules name, with their values.
    fn fields(&self, fact: &Fact) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        if let Ok(Json::Object(all)) = serde_json::to_value(fact) {
            let asked = all.iter().filter(|(name, _)| self.words.contains(name.as_str()));
            asked.for_each(|(name, value)| self.field(name, value, &mut fields));
        }
        fields
    }

    fn field(&self, path: &str, value: &Json, fields: &mut Vec<(String, String)>) {
        match value {
            Json::Object(inner) => {
                let is_told = |name: &str| self.words.contains(name) || !AROUND.contains(&name);
                for (name, value) in inner.iter().filter(|(name, _)| is_told(name)) {
                    self.field(&format!("{path}.{name}"), value, fields);
                }
            }
            Json::String(text) => fields.push((path.to_owned(), text.clone())),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => {
                fields.push((path.to_owned(), value.to_string()));
            }
        }
    }
}

/// A text as formatters leave it: without quotes, comments, line breaks and what separates items. `None` where it has
/// keys, whose order says nothing.
fn bare(text: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '"' | '\'' => {
                let (quoted, after) = quoted(first, after)?;
                words.push(quoted);
                after
            }
            '#' => after.split_once('\n').map_or("", |(_, after)| after),
            '/' if after.starts_with('/') => after.split_once('\n').map_or("", |(_, after)| after),
            '{' | '}' | '=' | '<' => return None,
            _ if first.is_whitespace() || matches!(first, ',' | '[' | ']') => after,
            _ => {
                let ends =
                    |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"' | '\'' | '=' | '{');
                let end = rest.find(ends).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                if word.ends_with(':') {
                    return None;
                }
                // The mark of an item in YAML.
                if word != "-" {
                    words.push(word.to_owned());
                }
                after
            }
        };
    }
    Some(words.join(" "))
}

/// The text up to a closing quote, and what follows.
fn quoted(quote: char, text: &str) -> Option<(String, &str)> {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, c)| {
        let ends = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    })?;
    let (inside, after) = text.split_at(end.0);
    Some((inside.to_owned(), after.get(quote.len_utf8()..)?))
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn reformatting_changes_no_value() {
        for (a, b) in [
            ("\"optional\"", "optional"),
            ("'optional'", "\"optional\""),
            ("[\"a\", \"b\"]", "\n  - a # why\n  - b\n"),
            ("[\n  \"a\", // why\n  \"b\",\n]", "[\"a\",\"b\"]"),
            ("3", " 3 "),
        ] {
            assert_eq!(bare(a), bare(b));
            assert!(bare(a).is_some());
        }
        assert_ne!(bare("[\"a\", \"b\"]"), bare("[\"a\"]"));
        assert_ne!(bare("\"a#b\""), bare("\"a#c\""));
    }

    #[test]
    fn what_has_keys_is_no_plain_text() {
        for text in ["{ a = 1 }", "a: 1", "{\"a\": 1}", "<<EOT\n{}\nEOT", "\"open"] {
            assert_eq!(bare(text), None, "{text}");
        }
    }
}

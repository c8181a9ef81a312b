//! The header of a policy file: `#` comment lines before and between its rules, one `key: text` a line.
//!
//! ```text
//! # id: IMDS01
//! # name: imdsv1-allowed
//! # title: what the policy refuses, for the catalogue
//! # set: default | strict
//! # concept: computes | access_keys | … (`Concept::key`)
//! # option: imds.max-hop-limit = 2 from 1 to 64     any number of them (`option.rs`)
//!
//! # case: optional
//! # set: strict                 where it is another than the policy's
//! # severity: error | warning | note | cannot-tell
//! # at: tokens                  the field on whose place the finding stands; left out: the resource
//! # title: {kind} accepts IMDSv1
//! # label: `{attribute}` is "optional"
//! # help: set `http_tokens = "required"`
//! rule imdsv1_allowed_optional when computes !empty { … }
//! ```
//!
//! Keys before the first `case` are the policy's; each `case` opens one, and the rule below it is named after policy
//! and case. A line that begins with `#   ` goes on with the text above. `{…}` is filled from what stands beside the
//! fact: `kind`, `type`, `address`, `attribute`, `parameter`, `detector`, `subject`.

use super::PolicyOption;
use crate::facts::Concept;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A policy as its file states it.
#[derive(Debug, Clone)]
pub struct Policy {
    pub id: String,
    pub name: String,
    pub title: String,
    pub set: Set,
    /// What its rules judge; of a policy of the user's own, nothing.
    pub concept: Option<Concept>,
    pub cases: Vec<Case>,
    pub options: Vec<PolicyOption>,
    /// The options' values for people, by the names of their variables.
    pub values: BTreeMap<String, String>,
    /// No acknowledgement silences it.
    pub mandatory: bool,
    /// The Guard text, header included.
    pub text: Cow<'static, str>,
    /// Markdown: what it detects, why, examples, how to fix it.
    pub page: Cow<'static, str>,
    /// Of a policy of the user's own: where to read about it.
    pub own: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Set {
    Default,
    Strict,
}

/// One way in which a fact fails a policy, with what is then said.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: String,
    /// Where it is another than the policy's.
    pub set: Option<Set>,
    pub verdict: Verdict,
    pub at: Option<String>,
    pub title: String,
    pub label: String,
    pub help: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Error,
    Warning,
    Note,
    /// The policy's question is open.
    CannotTell,
}

/// What is wrong with a header. A user's error in a policy of their own, a bug in a built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    pub policy: String,
    pub message: String,
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}: {}", self.policy, self.message)
    }
}

impl std::error::Error for HeaderError {}

/// Lines without their ends, each with where it begins. All policies are read at every start.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.filter_map(move |end| {
        let line = (start, text.get(start..end)?);
        start = end + 1;
        Some(line)
    })
}

/// Keys and what stands behind them.
pub(super) type Lines<'t> = Vec<(&'t str, Cow<'t, str>)>;

impl Policy {
    /// Reads a policy from its file.
    ///
    /// # Errors
    /// A key that is missing or not known, or a case without its rule.
    pub fn parse(stem: &str, text: &'static str, page: &'static str) -> Result<Self, HeaderError> {
        let error = |message: String| HeaderError { policy: stem.to_owned(), message };
        let (own, cases) = blocks(text).map_err(error)?;
        let take = |lines: &Lines<'_>, key: &str| -> Result<String, HeaderError> {
            lines
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, value)| value.clone().into_owned())
                .ok_or_else(|| error(format!("`{key}` is missing")))
        };
        only(&own, &["id", "name", "title", "set", "concept", "option"]).map_err(error)?;
        let name = take(&own, "name")?;
        let mut policy = Self {
            id: take(&own, "id")?,
            title: take(&own, "title")?,
            set: set(&take(&own, "set")?).map_err(error)?,
            concept: {
                let key = take(&own, "concept")?;
                let found = Concept::ALL.into_iter().find(|concept| concept.key() == key);
                Some(found.ok_or_else(|| error(format!("concept `{key}` is not known")))?)
            },
            cases: cases
                .iter()
                .map(|lines| {
                    only(lines, &["case", "set", "severity", "at", "title", "label", "help"])
                        .map_err(error)?;
                    Ok(Case {
                        name: take(lines, "case")?,
                        set: take(lines, "set").ok().map(|text| set(&text)).transpose().map_err(error)?,
                        verdict: verdict(&take(lines, "severity")?).map_err(error)?,
                        at: take(lines, "at").ok(),
                        title: take(lines, "title")?,
                        label: take(lines, "label")?,
                        help: take(lines, "help")?,
                    })
                })
                .collect::<Result<_, _>>()?,
            options: own
                .iter()
                .filter(|(key, _)| *key == "option")
                .map(|(_, text)| PolicyOption::parse(text).map_err(error))
                .collect::<Result<_, _>>()?,
            values: BTreeMap::new(),
            mandatory: false,
            name,
            text: Cow::Borrowed(text),
            page: Cow::Borrowed(page),
            own: None,
        };
        policy.with_values().map_err(error)?;
        let rules: Vec<&str> = lines(text)
            .filter_map(|(_, line)| line.strip_prefix("rule "))
            .filter_map(|rule| rule.split(' ').next())
            .collect();
        let missing = policy.cases.iter().find(|case| !rules.contains(&policy.rule(case).as_str()));
        match missing {
            Some(case) => Err(error(format!("case `{}` has no rule `{}`", case.name, policy.rule(case)))),
            None if policy.cases.is_empty() => Err(error("there is no case".to_owned())),
            None if rules.len() != policy.cases.len() => {
                Err(error("there is a rule without a case".to_owned()))
            }
            None => Ok(policy),
        }
    }

    /// The name of a case's rule; unique over all policies because policies' names are.
    #[must_use]
    pub fn rule(&self, case: &Case) -> String {
        rule_name(&self.name, &case.name)
    }

    /// The page of this policy.
    #[must_use]
    pub fn url(&self) -> String {
        let page = || format!("https://github.com/keyless-dev/keyless/blob/main/policies/{}.md", self.name);
        self.own.clone().unwrap_or_else(page)
    }
}

pub(super) fn rule_name(policy: &str, case: &str) -> String {
    format!("{policy}_{case}").replace('-', "_")
}

pub(super) fn set(text: &str) -> Result<Set, String> {
    Ok(match text {
        "default" => Set::Default,
        "strict" => Set::Strict,
        other => return Err(format!("set `{other}` is not known")),
    })
}

pub(super) fn verdict(text: &str) -> Result<Verdict, String> {
    Ok(match text {
        "error" => Verdict::Error,
        "warning" => Verdict::Warning,
        "note" => Verdict::Note,
        "cannot-tell" => Verdict::CannotTell,
        other => return Err(format!("severity `{other}` is not known")),
    })
}

/// The policy's own lines and those of each case.
pub(super) fn blocks(text: &str) -> Result<(Lines<'_>, Vec<Lines<'_>>), String> {
    let mut own = Lines::new();
    let mut cases: Vec<Lines<'_>> = Vec::new();
    for (_, line) in lines(text) {
        let Some(comment) = line.strip_prefix("# ") else { continue };
        let lines = cases.last_mut().unwrap_or(&mut own);
        if let Some(rest) = comment.strip_prefix("  ") {
            let (_, text) = lines.last_mut().ok_or("a continuation without a line above")?;
            let text = text.to_mut();
            text.push(' ');
            text.push_str(rest.trim());
            continue;
        }
        let colon = comment.as_bytes().windows(2).position(|two| two == b": ");
        let (key, value) = colon
            .and_then(|colon| Some((comment.get(..colon)?, comment.get(colon + 2..)?)))
            .ok_or_else(|| format!("`{comment}` is no `key: text`"))?;
        let pair = (key.trim(), Cow::Borrowed(value.trim()));
        if key == "case" {
            cases.push(vec![pair]);
        } else if key != "option" && lines.iter().any(|(known, _)| *known == pair.0) {
            return Err(format!("`{key}` stands twice"));
        } else {
            lines.push(pair);
        }
    }
    Ok((own, cases))
}

pub(super) fn only(lines: &Lines<'_>, allowed: &[&str]) -> Result<(), String> {
    match lines.iter().find(|(key, _)| !allowed.contains(key)) {
        Some((key, _)) => Err(format!("`{key}` is not a key here")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# id: X01\n# name: a-b\n# title: t\n# set: default\n# concept: computes\n\n# case: c\n\
        # severity: error\n# title: {kind}\n# label: one\n#   two\n# help: h\nrule a_b_c when computes !empty {\n}\n";

    #[test]
    fn a_header_is_read() {
        let policy = Policy::parse("a-b", GOOD, "").unwrap();
        assert_eq!((policy.id.as_str(), policy.cases[0].label.as_str()), ("X01", "one two"));
    }

    #[test]
    fn what_is_missing_or_misspelt_is_said() {
        for (from, to, message) in [
            ("# set: default\n", "", "`set` is missing"),
            ("# severity: error", "# severity: bad", "severity `bad` is not known"),
            ("# help: h", "# hepl: h", "`hepl` is not a key here"),
            ("rule a_b_c", "rule a_b_d", "case `c` has no rule `a_b_c`"),
            ("# label: one", "# label: one\n# label: two", "`label` stands twice"),
        ] {
            let error = Policy::parse("a-b", GOOD.replace(from, to).leak(), "").unwrap_err();
            assert_eq!(error.message, message);
        }
    }
}

//! A policy as reports describe it.

use super::{Redactor, Severity};
use crate::policies::{Policy, Set, Verdict};
use std::borrow::Cow;

/// What a report may say of a policy, apart from any finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `IMDS01`.
    pub code: String,
    /// `imdsv1-allowed`.
    pub name: String,
    /// What the policy refuses.
    pub title: String,
    /// The gravest of its cases; a policy that only asks has notes.
    pub severity: Severity,
    pub set: Set,
    /// The policy's page on the web; may be empty for a policy of the user's own.
    pub url: String,
    /// The page itself, in Markdown; may be empty for a policy of the user's own.
    pub page: Cow<'static, str>,
    /// The policy is mandatory: nothing silences it.
    pub mandatory: bool,
    /// The policy is judged somewhere in the run.
    pub is_on: bool,
    is_own: bool,
}

impl Rule {
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let severities = policy.cases.iter().map(|case| match case.verdict {
            Verdict::Error => Severity::Error,
            Verdict::Warning => Severity::Warning,
            Verdict::Note | Verdict::CannotTell => Severity::Note,
        });
        Self {
            code: policy.id.clone(),
            name: policy.name.clone(),
            title: policy.title.clone(),
            severity: severities.max().unwrap_or(Severity::Note),
            set: policy.set,
            url: policy.url(),
            page: policy.page.clone(),
            mandatory: policy.mandatory,
            is_on: true,
            is_own: policy.own.is_some(),
        }
    }

    /// A policy of which a report says no more than this.
    #[must_use]
    pub fn named(code: &str, name: &str, title: &str, url: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            title: title.to_owned(),
            severity: Severity::Error,
            set: Set::Default,
            url: url.to_owned(),
            page: Cow::Borrowed(""),
            mandatory: false,
            is_on: true,
            is_own: true,
        }
    }

    /// A policy of a run, with what each configuration that has it on makes of it.
    #[must_use]
    pub fn configured(policy: &Policy, configured: &[Policy]) -> Self {
        let mut rule = Self::of(policy);
        let rules: Vec<Self> = configured.iter().map(Self::of).collect();
        rule.is_on = !rules.is_empty();
        rule.mandatory |= rules.iter().any(|rule| rule.mandatory);
        rule.severity = rules.iter().map(|rule| rule.severity).max().unwrap_or(rule.severity);
        rule
    }

    /// Users' texts may hold anything; those that are built in hold the examples that they are meant to show.
    pub(super) fn mask(&mut self, redactor: &Redactor) {
        if self.is_own {
            self.title = redactor.redact(&self.title);
            self.page = redactor.redact(&self.page).into();
        }
    }
}

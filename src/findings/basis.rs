//! What a finding rests on, for whoever accepts it: enough to notice that it has become another one. Nothing of it outlives
//! the masking of an outcome.

use crate::facts::{Fact, Subject};
use crate::policies::{Case, Policy};
use crate::source::Site;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words that are what the code says. Others are sentences, which change with keyless.
const VALUES: [&str; 4] = ["action", "actions", "issuer", "principal"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The fingerprint without the number: findings of one resource, attribute and policy share it.
    pub cause: String,
    /// The facts that were judged, each shape once.
    pub facts: Vec<Arc<Fact>>,
    /// Where the values stand that it is about: the literals, or what is written in their place.
    pub origins: Vec<Site>,
    /// Values that stand in no one place, or not in that of the finding.
    pub said: Vec<String>,
    /// The first of those that it is about.
    pub subject: Option<Arc<Subject>>,
    /// The case of the policy that holds of it, and the field of the fact that the case is about.
    pub case: (String, String),
    /// The options of the policy, as they are set here.
    pub values: BTreeMap<String, String>,
}

impl Basis {
    pub(super) fn new(
        policy: &Policy,
        case: &Case,
        subject: &Arc<Subject>,
        fact: Option<&Arc<Fact>>,
    ) -> Self {
        let anchor = subject.anchor(case.at.as_deref().unwrap_or_default());
        let origin = anchor.chain.first().map_or(anchor.site, |first| first.site);
        // A resource as a whole is no value.
        let is_value = !anchor.attribute.is_empty() || !anchor.chain.is_empty();
        Self {
            cause: String::new(),
            facts: fact.cloned().into_iter().collect(),
            origins: is_value.then_some(origin).into_iter().collect(),
            said: VALUES.iter().filter_map(|name| subject.words.get(name).map(ToString::to_string)).collect(),
            subject: Some(Arc::clone(subject)),
            case: (case.name.clone(), case.at.clone().unwrap_or_default()),
            values: policy.values.clone(),
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        for fact in other.facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        for origin in other.origins {
            if self.origins.last() != Some(&origin) {
                self.origins.push(origin);
            }
        }
        if self.said != other.said {
            self.said.extend(other.said);
        }
    }

    pub(super) fn finish(&mut self, cause: String) {
        self.cause = cause;
        self.origins.sort_unstable();
        self.origins.dedup();
        self.said.sort();
        self.said.dedup();
    }
}

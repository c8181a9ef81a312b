//! What a finding rests on, for whoever accepts it: enough to notice that it has become another one. Nothing of it outlives
//! the masking of an outcome.

use crate::facts::{Fact, Subject};
use crate::policies::Case;
use crate::source::Site;

/// Words that say what a thing is called, and not what stands there.
const NAMING: [&str; 3] = ["kind", "layer", "attribute"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The fingerprint without the number: findings of one resource, attribute and policy share it.
    pub cause: String,
    /// The facts that were judged, each shape once.
    pub facts: Vec<Fact>,
    /// Where the values stand that it is about: the literals, or what is written in their place.
    pub origins: Vec<Site>,
    /// What its title and label say of the values, in their order.
    pub said: Vec<String>,
}

impl Basis {
    pub(super) fn new(case: &Case, subject: &Subject, fact: Option<&Fact>) -> Self {
        let anchor = subject.anchor(case.at.as_deref().unwrap_or_default());
        let origin = anchor.chain.first().map_or(anchor.site, |first| first.site);
        // A resource as a whole is no value.
        let is_value = !anchor.attribute.is_empty() || !anchor.chain.is_empty();
        let said = placeholders(&case.title).chain(placeholders(&case.label));
        Self {
            cause: String::new(),
            facts: fact.copied().into_iter().collect(),
            origins: is_value.then_some(origin).into_iter().collect(),
            said: said.filter_map(|name| subject.words.get(name).cloned()).collect(),
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

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names.filter(|name| !NAMING.contains(name))
}

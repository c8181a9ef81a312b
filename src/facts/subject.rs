//! What stands beside a fact: where it is said, by whom, and in which words. Never seen by a policy.

use crate::model::{BlockKind, Frontend};
use crate::source::{FileId, Site};
use litemap::LiteMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// The word that tells things apart which have one place together.
pub const WITHIN: &str = "within";

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub site: Site,
    pub label: String,
}

impl Spot {
    #[must_use]
    pub fn new(site: Site, label: impl Into<String>) -> Self {
        Self { site, label: label.into() }
    }
}

/// Where one field of a fact is decided. Most fields of most facts have no such place, which should cost nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor(Box<Anchored>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchored {
    /// The characters that cause it.
    pub site: Site,
    /// From the literal to its use; empty where the site says it all.
    pub chain: Vec<Spot>,
    pub related: Vec<Spot>,
    /// As people write it: `metadata_options.http_tokens`; empty for the resource as a whole.
    pub attribute: String,
    /// Why the field is unknown.
    pub reason: Option<String>,
    /// The branches in which the field is so, where they are more than those of the whole fact.
    pub when: Option<String>,
}

impl Deref for Anchor {
    type Target = Anchored;

    fn deref(&self) -> &Anchored {
        &self.0
    }
}

impl DerefMut for Anchor {
    fn deref_mut(&mut self) -> &mut Anchored {
        &mut self.0
    }
}

impl Anchored {
    /// Notes where it is used as well, if that is not known.
    pub fn also_used(&mut self, use_of: &Spot) {
        let known = |spot: &Spot| spot.site == use_of.site;
        if !self.chain.iter().any(known) && !self.related.iter().any(known) {
            self.related.push(use_of.clone());
        }
    }
}

impl Anchor {
    #[must_use]
    pub fn new(site: Site) -> Self {
        Self(Box::new(Anchored {
            site,
            chain: Vec::new(),
            related: Vec::new(),
            attribute: String::new(),
            reason: None,
            when: None,
        }))
    }

    #[must_use]
    pub fn at(mut self, site: Site) -> Self {
        self.site = site;
        self
    }

    #[must_use]
    pub fn attribute(mut self, attribute: impl Into<String>) -> Self {
        self.attribute = attribute.into();
        self
    }

    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// Everything that a finding says beyond the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub frontend: Frontend,
    pub block: Option<BlockKind>,
    /// The resources concerned.
    pub addresses: Vec<Arc<str>>,
    pub construct: Option<Arc<str>>,
    /// The synthesized template that says it, where a construct made it: construct paths are an app's own.
    pub template: Option<FileId>,
    /// The module calls that lead here.
    pub calls: Vec<Spot>,
    /// The branch of the template in which the fact holds, for people; empty: always.
    pub when: String,
    /// The resource as a whole.
    pub header: Anchor,
    /// By field of the fact (`tokens`, `profile`), where it is decided elsewhere than at the header.
    pub anchors: LiteMap<&'static str, Anchor>,
    /// Words for placeholders of titles and labels.
    pub words: LiteMap<&'static str, Arc<str>>,
}

impl Subject {
    /// The same without room for more: there may be as many as resources.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        self.anchors = fitted(self.anchors);
        self.words = fitted(self.words);
        self
    }

    /// Puts the addresses into their order, each once.
    pub fn sort_addresses(&mut self) {
        self.addresses.sort_unstable();
        self.addresses.dedup();
    }

    /// Another place that says the same.
    pub fn also(&mut self, other: Self) {
        let Anchored { site, attribute, .. } = *other.header.0;
        if site == self.header.site || !attribute.is_empty() && attribute == self.header.attribute {
            return;
        }
        let label = if attribute.is_empty() { "and this".to_owned() } else { format!("and `{attribute}`") };
        self.header.related.push(Spot::new(site, label));
        self.header.related.sort();
        self.header.related.dedup();
    }

    /// The anchor of a field; the header where the field has none of its own.
    #[must_use]
    pub fn anchor(&self, field: &str) -> &Anchor {
        self.anchors.get(field).unwrap_or(&self.header)
    }
}

fn fitted<V>(map: LiteMap<&'static str, V>) -> LiteMap<&'static str, V> {
    let mut entries = map.into_tuple_vec();
    entries.shrink_to_fit();
    LiteMap::from_sorted_store_unchecked(entries)
}

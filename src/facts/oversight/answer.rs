//! An answer to the question whether something watches, and how answers are put together.

use crate::facts::fact::Guarding;
use crate::facts::subject::Spot;
use crate::model::Resource;

/// How it stands, with what is worth showing of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) state: Guarding,
    pub(super) related: Vec<Spot>,
    /// Why it is not known.
    pub(super) reason: Option<String>,
}

impl Answer {
    pub(super) fn new(state: Guarding) -> Self {
        Self { state, related: Vec::new(), reason: None }
    }

    pub(super) fn absent() -> Self {
        Self::new(Guarding::Absent)
    }

    pub(super) fn present() -> Self {
        Self::new(Guarding::Present)
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..Self::new(Guarding::Unknown) }
    }

    /// There is one, but something about it is missing.
    pub(super) fn idle(of: &Resource, what: &str) -> Self {
        Self::new(Guarding::Idle).beside(of, what)
    }

    pub(super) fn beside(mut self, of: &Resource, what: &str) -> Self {
        let site = of.user_site.unwrap_or(of.header);
        self.related.push(Spot::new(site, format!("`{}` {what}", of.address)));
        self
    }

    /// Either is enough.
    pub(super) fn or(mut self, mut other: Self) -> Self {
        match rank(self.state).cmp(&rank(other.state)) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => {
                self.related.append(&mut other.related);
                self
            }
        }
    }

    /// What is not here could bring it.
    pub(super) fn unless(self, incomplete: Option<&str>) -> Self {
        match (self.state, incomplete) {
            (Guarding::Absent | Guarding::Idle, Some(reason)) => Self::unknown(reason),
            (
                Guarding::Absent
                | Guarding::Idle
                | Guarding::Present
                | Guarding::Unknown
                | Guarding::NotApplicable,
                _,
            ) => self,
        }
    }
}

fn rank(state: Guarding) -> u8 {
    match state {
        Guarding::NotApplicable => 0,
        Guarding::Present => 1,
        Guarding::Unknown => 2,
        Guarding::Idle => 3,
        Guarding::Absent => 4,
    }
}

//! Conditions that compare one parameter once, as most do: decided and worded without a search.

use super::wording::needs_one_of;
use super::{Condition, Domain};
use rustc_hash::FxHashSet;
use std::sync::Arc;

pub(super) enum Single<'a> {
    Constant(bool),
    Open {
        name: &'a str,
        holds: bool,
    },
    /// A parameter, the values that it may have with the condition and those that it may not.
    Parameter {
        name: &'a str,
        domain: &'a Domain,
        inside: Vec<&'a str>,
        outside: Vec<&'a str>,
        any_other: AnyOther,
    },
}

/// What of the texts that nothing mentions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AnyOther {
    Inside,
    Outside,
    /// The parameter can be none of them.
    None,
}

impl<'a> Single<'a> {
    /// `None` where there is more to it than one comparison.
    pub(super) fn of(domain: &'a Domain, conditions: &'a [Arc<Condition>]) -> Option<Self> {
        let [only] = conditions else { return None };
        let (mut condition, mut holds) = (&**only, true);
        if !domain.rules.is_empty() {
            return None;
        }
        loop {
            match condition {
                Condition::Named { formula, .. } => condition = formula,
                Condition::Not(inner) => (condition, holds) = (inner, !holds),
                Condition::And(parts) | Condition::Or(parts) => {
                    let [only] = parts.as_slice() else { return None };
                    condition = only;
                }
                Condition::Constant(value) => return Some(Self::Constant(*value == holds)),
                Condition::Open { text } => return Some(Self::Open { name: text, holds }),
                Condition::Equals { name, value } => {
                    return Some(Self::parameter(domain, name, value, holds));
                }
            }
        }
    }

    fn parameter(domain: &'a Domain, name: &'a str, value: &'a str, holds: bool) -> Self {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        let any_other = match domain.allowed.get(name) {
            Some(allowed) => {
                let mut known = FxHashSet::default();
                for text in allowed.iter().filter(|text| known.insert(&***text)) {
                    let texts = if (**text == *value) == holds { &mut inside } else { &mut outside };
                    texts.push(&**text);
                }
                AnyOther::None
            }
            None if holds => {
                inside.push(value);
                AnyOther::Outside
            }
            None => {
                outside.push(value);
                AnyOther::Inside
            }
        };
        Self::Parameter { name, domain, inside, outside, any_other }
    }

    pub(super) fn is_possible(&self) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Open { .. } => true,
            Self::Parameter { inside, any_other, .. } => *any_other == AnyOther::Inside || !inside.is_empty(),
        }
    }

    /// Empty: always, or never.
    pub(super) fn when(&self) -> String {
        match self {
            Self::Constant(_) => String::new(),
            Self::Open { name, holds: true } => (*name).to_owned(),
            Self::Open { name, holds: false } => format!("not {name}"),
            Self::Parameter { outside, any_other: AnyOther::None, .. } if outside.is_empty() => String::new(),
            Self::Parameter { .. } if !self.is_possible() => String::new(),
            Self::Parameter { name, domain, inside, outside, any_other } => {
                let texts = |texts: &[&'a str]| domain.all_told(name, texts);
                needs_one_of(name, &texts(inside), &texts(outside), *any_other)
            }
        }
    }
}

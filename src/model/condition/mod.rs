//! Conditions over parameters, and the values that parameters may take.

mod formula;
mod single;
mod solver;
mod wording;

#[cfg(test)]
mod tests;

use formula::Formula;
use single::Single;
use solver::Answer;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A Boolean formula. Atoms compare a parameter with a text; atoms of one parameter exclude each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Constant(bool),
    /// `name` equals `value`.
    Equals {
        name: Arc<str>,
        value: Arc<str>,
    },
    /// Something that may go either way and of which nothing else is known; the text names it.
    Open {
        text: Arc<str>,
    },
    Not(Arc<Condition>),
    And(Vec<Arc<Condition>>),
    Or(Vec<Arc<Condition>>),
    /// A named condition of a template: the name for people, the formula for the solver.
    Named {
        name: Arc<str>,
        formula: Arc<Condition>,
    },
}

impl Condition {
    /// Whether every name in it, of a parameter or of what is open, passes.
    pub fn names_pass(&self, pass: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Constant(_) => true,
            Self::Equals { name, .. } => pass(name),
            Self::Open { text } => pass(text),
            Self::Not(inner) => inner.names_pass(pass),
            Self::And(parts) | Self::Or(parts) => parts.iter().all(|part| part.names_pass(pass)),
            Self::Named { formula, .. } => formula.names_pass(pass),
        }
    }
}

/// The values that parameters may take. A parameter that is not listed may be any text.
#[derive(Debug, Clone, Default)]
pub struct Domain {
    pub allowed: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// Parameters whose values are not to be told.
    pub untold: BTreeSet<Arc<str>>,
    /// The names of all parameters.
    pub parameters: BTreeSet<Arc<str>>,
    /// What holds in every deployment: what a template demands of its parameters together.
    pub rules: Vec<Arc<Condition>>,
}

/// Whether a conjunction can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Satisfiable {
    No,
    Yes,
    /// Not decided within the bound.
    Undecided,
}

/// Values of a parameter tried to find the only one.
const MAX_TRIED: usize = 32;

impl Domain {
    /// Decides whether all conditions can hold at once, over the values that their parameters may take.
    /// A parameter without allowed values may also be none of the texts that it is compared with.
    #[must_use]
    pub fn satisfiable(&self, conditions: &[Arc<Condition>]) -> Satisfiable {
        if let Some(single) = Single::of(self, conditions) {
            return if single.is_possible() { Satisfiable::Yes } else { Satisfiable::No };
        }
        let formula = Formula::new(self, conditions, None);
        match formula.solve(&formula.all_values(), &formula.wanted()) {
            Answer::Found(_) => Satisfiable::Yes,
            Answer::None => Satisfiable::No,
            Answer::Undecided => Satisfiable::Undecided,
        }
    }

    /// When all conditions hold, in terms of parameters, for people: "Stage is dev or test". Empty: always, or too
    /// hard to say.
    #[must_use]
    pub fn when(&self, conditions: &[Arc<Condition>]) -> String {
        match Single::of(self, conditions) {
            Some(single) => single.when(),
            None => wording::when(self, &mut Formula::new(self, conditions, None)).unwrap_or_default(),
        }
    }

    /// The only value that a parameter can have where all conditions hold.
    #[must_use]
    pub fn only_value(&self, name: &str, conditions: &[Arc<Condition>]) -> Option<Arc<str>> {
        if conditions.is_empty() && self.rules.is_empty() {
            let [only] = self.allowed.get(name)?.as_slice() else { return None };
            return Some(Arc::clone(only));
        }
        let formula = Formula::new(self, conditions, Some(name));
        let variable = formula.parameter(name)?;
        let mut possible = None;
        let mut candidates = formula.all_values();
        let values = std::mem::take(candidates.get_mut(variable)?);
        if values.len() > MAX_TRIED {
            return None;
        }
        for value in values {
            if let Some(candidate) = candidates.get_mut(variable) {
                *candidate = vec![value];
            }
            if !matches!(formula.solve(&candidates, &formula.wanted()), Answer::None) {
                // A second one, or one of many.
                let text = formula.only_text(variable, value)?;
                if possible.replace(text).is_some() {
                    return None;
                }
            }
        }
        possible
    }

    fn all_told<'t>(&self, name: &str, texts: &[&'t str]) -> Vec<&'t str> {
        let mut told: Vec<&str> = texts.iter().map(|text| self.told(name, text)).collect();
        told.dedup();
        told
    }

    /// What may be told of a value of a parameter.
    fn told<'t>(&self, name: &str, text: &'t str) -> &'t str {
        let is_secret = || self.untold.contains(name) && !matches!(text, "true" | "false");
        match text {
            "" => "empty",
            text if is_secret()
                || crate::secrets::says_secret(name) && crate::secrets::may_be_secret(name, text) =>
            {
                "a certain value"
            }
            text => text,
        }
    }

    /// Takes over what another template of the same unit says of its parameters.
    pub fn absorb(&mut self, other: Self) {
        self.allowed.extend(other.allowed);
        self.untold.extend(other.untold);
        self.parameters.extend(other.parameters);
        self.rules.extend(other.rules);
    }
}

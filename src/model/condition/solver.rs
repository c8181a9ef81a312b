//! Whether a formula can be true: a search that only ever branches on what still decides, and gives up in time.

use super::formula::{Formula, Node};

/// Parts of the formula looked at before giving up.
const MAX_STEPS: usize = 400_000;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Values of the variables; `None` where any value does.
    Found(Vec<Option<usize>>),
    None,
    Undecided,
}

impl Formula<'_> {
    /// Looks for values out of the candidates of each variable that give all wanted parts their truth.
    pub(super) fn solve(&self, candidates: &[Vec<usize>], wanted: &[(usize, bool)]) -> Answer {
        let mut search = Search {
            formula: self,
            candidates,
            wanted,
            assigned: candidates
                .iter()
                .map(|values| if let [only] = values.as_slice() { Some(*only) } else { None })
                .collect(),
            truths: vec![None; self.nodes.len()],
            steps: MAX_STEPS,
        };
        match search.run() {
            Some(true) => Answer::Found(search.assigned),
            Some(false) => Answer::None,
            None => Answer::Undecided,
        }
    }
}

struct Search<'s, 'a> {
    formula: &'s Formula<'a>,
    candidates: &'s [Vec<usize>],
    wanted: &'s [(usize, bool)],
    assigned: Vec<Option<usize>>,
    truths: Vec<Option<bool>>,
    steps: usize,
}

impl Search<'_, '_> {
    /// Depth first; `None` when the steps are used up.
    fn run(&mut self) -> Option<bool> {
        self.steps = self.steps.checked_sub(self.formula.nodes.len() + 1)?;
        self.evaluate();
        let mut open = None;
        for (at, truth) in self.wanted {
            match self.truths.get(*at).copied().flatten() {
                Some(found) if found != *truth => return Some(false),
                Some(_) => {}
                None => open = open.or(Some((*at, *truth))),
            }
        }
        let Some((at, truth)) = open else { return Some(true) };
        let (variable, first) = self.deciding(at, truth)?;
        let values = self.candidates.get(variable)?;
        // The value that the part asks for comes first.
        let ordered = values.iter().filter(|value| **value == first);
        let ordered = ordered.chain(values.iter().filter(|value| **value != first));
        for value in ordered {
            *self.assigned.get_mut(variable)? = Some(*value);
            if self.run()? {
                return Some(true);
            }
        }
        *self.assigned.get_mut(variable)? = None;
        Some(false)
    }

    fn evaluate(&mut self) {
        for (at, node) in self.formula.nodes.iter().enumerate() {
            let truth = match node {
                Node::Constant(value) => Some(*value),
                Node::Is(variable, value) => self.is(*variable, *value),
                Node::Not(inner) => self.truth(*inner).map(|truth| !truth),
                Node::All(parts) => self.all(parts, true),
                Node::Any(parts) => self.all(parts, false),
            };
            if let Some(place) = self.truths.get_mut(at) {
                *place = truth;
            }
        }
    }

    fn truth(&self, at: usize) -> Option<bool> {
        self.truths.get(at).copied().flatten()
    }

    fn is(&self, variable: usize, value: usize) -> Option<bool> {
        match self.assigned.get(variable)? {
            Some(assigned) => Some(*assigned == value),
            None if self.candidates.get(variable)?.contains(&value) => None,
            None => Some(false),
        }
    }

    /// Whether all parts hold, or for `false` whether any does.
    fn all(&self, parts: &[usize], conjunction: bool) -> Option<bool> {
        let mut result = Some(conjunction);
        for part in parts {
            match self.truth(*part) {
                Some(truth) if truth != conjunction => return Some(!conjunction),
                Some(_) => {}
                None => result = None,
            }
        }
        result
    }

    /// A variable that a part without truth depends on, with the value that may give it the wanted one.
    fn deciding(&self, mut at: usize, mut truth: bool) -> Option<(usize, usize)> {
        loop {
            match self.formula.nodes.get(at)? {
                Node::Constant(_) => return None,
                Node::Is(variable, value) if truth => return Some((*variable, *value)),
                Node::Is(variable, value) => {
                    let other = self.candidates.get(*variable)?.iter().rev().find(|other| *other != value);
                    return Some((*variable, *other.unwrap_or(value)));
                }
                Node::Not(inner) => (at, truth) = (*inner, !truth),
                Node::All(parts) | Node::Any(parts) => {
                    at = *parts.iter().find(|part| self.truth(**part).is_none())?;
                }
            }
        }
    }
}

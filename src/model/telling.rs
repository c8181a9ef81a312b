//! What is kept of an origin with more ways than anybody can follow: the steps that say something of the value.

use super::origin::{Hop, Origin, Step};
use crate::source::Site;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a step has to say of the value that it hands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// What the value is: somebody's input, a secret that was made, a thing that is marked.
    What,
    /// What of it goes on.
    HowMuch,
    /// Nothing: it carries.
    Nothing,
}

impl Says {
    fn of(hop: &Hop) -> Self {
        match hop {
            Hop::Given(_)
            | Hop::Planned(_)
            | Hop::Attribute(_)
            | Hop::MadeSecret(_)
            | Hop::Marked(_)
            | Hop::Handed(_)
            | Hop::UnmarkedVariable(_)
            | Hop::OrVariable(..) => Self::What,
            Hop::Function(_) | Hop::Piece(_) => Self::HowMuch,
            Hop::VariableDefault(_)
            | Hop::VariableValue(_)
            | Hop::ModuleInput(_)
            | Hop::Local(_)
            | Hop::ModuleOutput(_)
            | Hop::ParameterDefault(_)
            | Hop::ParameterValue(_)
            | Hop::Mapping(_)
            | Hop::Template
            | Hop::File(_)
            | Hop::Iterator(_)
            | Hop::Branch
            | Hop::Inherited(_) => Self::Nothing,
        }
    }
}

/// The ways that say what a value is, each once and without what only carried it. Of several carriers in a row the
/// innermost stays: it is the reference, and what stands before it in the code may name the value.
#[derive(Default)]
pub(super) struct Telling {
    ways: Vec<Origin>,
    known: FxHashSet<Vec<(Hop, Option<Site>)>>,
    steps: FxHashSet<*const Step>,
}

impl Telling {
    pub(super) fn of(origins: &[Origin]) -> Vec<Origin> {
        let mut telling = Self::default();
        origins.iter().for_each(|origin| telling.collect(origin, None, &mut Vec::new()));
        telling.ways
    }

    /// `way` holds the steps that are kept so far, outermost first, `carrier` the one that may be.
    fn collect<'o>(&mut self, origin: &'o Origin, carrier: Option<&'o Step>, way: &mut Vec<&'o Step>) {
        let step = match origin {
            // A way is kept as soon as nothing lies below it.
            Origin::None | Origin::Literal(_) => return self.keep(way),
            Origin::Derived(step) => step,
        };
        if step.from.len() > 1 && !self.steps.insert(Arc::as_ptr(step)) {
            return;
        }
        let above = way.len();
        let carrier = match Says::of(&step.hop) {
            Says::Nothing => step.site.map_or(carrier, |_| Some(step)),
            Says::What | Says::HowMuch => {
                way.extend(carrier);
                way.push(step);
                None
            }
        };
        if step.from.is_empty() {
            self.keep(way);
        }
        step.from.iter().for_each(|from| self.collect(from, carrier, way));
        way.truncate(above);
    }

    fn keep(&mut self, way: &[&Step]) {
        let Some(last) = way.iter().rposition(|step| Says::of(&step.hop) == Says::What) else { return };
        let way = way.get(..=last).unwrap_or_default();
        if self.known.insert(way.iter().map(|step| (step.hop.clone(), step.site)).collect()) {
            self.ways.push(way.iter().rev().fold(Origin::None, |from, step| {
                Origin::Derived(Arc::new(Step {
                    hop: step.hop.clone(),
                    site: step.site,
                    from: vec![from].into(),
                }))
            }));
        }
    }
}

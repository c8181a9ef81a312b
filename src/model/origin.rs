//! Where values came from.

use super::telling::Telling;
use crate::source::Site;
use rustc_hash::FxHashSet;
use std::ops::Deref;
use std::sync::Arc;

/// Where a value came from: the literals that it was made of, and every hop that carried it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Made by nobody's literal (a function's result, a default of keyless).
    #[default]
    None,
    /// A literal that stands here (the quoted or plain text without its quotes).
    Literal(Site),
    /// Carried on, or put together of several.
    Derived(Arc<Step>),
}

/// One step of a value's way. `from` holds what it was made of, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub hop: Hop,
    /// Where the step stands: the reference, the call, the template.
    pub site: Option<Site>,
    pub from: Origins,
}

/// What a step was made of. Nearly always that is one.
#[derive(Debug, Clone)]
pub enum Origins {
    One(Origin),
    Several(Vec<Origin>),
}

impl Origins {
    #[must_use]
    pub fn as_slice(&self) -> &[Origin] {
        match self {
            Self::One(origin) => std::slice::from_ref(origin),
            Self::Several(origins) => origins,
        }
    }
}

impl Deref for Origins {
    type Target = [Origin];

    fn deref(&self) -> &[Origin] {
        self.as_slice()
    }
}

impl Eq for Origins {}

impl PartialEq for Origins {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl From<Vec<Origin>> for Origins {
    fn from(mut origins: Vec<Origin>) -> Self {
        match origins.pop() {
            Some(one) if origins.is_empty() => Self::One(one),
            last => {
                origins.extend(last);
                Self::Several(origins)
            }
        }
    }
}

/// Steps on all ways to one value.
const MAX_WAYS: usize = 10_000;

/// The literals of any number of values, each once.
#[derive(Debug, Default)]
pub struct Literals {
    sites: Vec<Site>,
    known: FxHashSet<Site>,
    steps: FxHashSet<*const Step>,
}

/// What kind of step; the text is the name of the thing that carried the value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hop {
    /// `default` of a Terraform variable.
    VariableDefault(Arc<str>),
    /// A `*.tfvars` assignment to this variable.
    VariableValue(Arc<str>),
    /// Given to this variable from outside of the code (`--var`, a plan): its text stands in no file.
    Given(Arc<str>),
    /// Planned as this, though the code says otherwise: changes are ignored, or the code has moved on.
    Planned(Arc<str>),
    /// Input of a module call: `module.web` input `name`.
    ModuleInput(Arc<str>),
    Local(Arc<str>),
    ModuleOutput(Arc<str>),
    /// An attribute of another resource or data source.
    Attribute(Arc<str>),
    /// `Default` of a CloudFormation parameter.
    ParameterDefault(Arc<str>),
    /// Given to a CloudFormation parameter by a file that the template is deployed with.
    ParameterValue(Arc<str>),
    /// `Fn::FindInMap`.
    Mapping(Arc<str>),
    /// A function or intrinsic.
    Function(Arc<str>),
    /// An interpolated string.
    Template,
    /// Read from a file of the repository.
    File(Arc<str>),
    /// `each.value`, `count.index`, a `for` variable, a dynamic block's iterator.
    Iterator(Arc<str>),
    /// One branch of a condition.
    Branch,
    /// The launch template, configuration or default that the value was taken over from.
    Inherited(Arc<str>),
    /// A secret that a resource makes for itself or a data source fetches, by address and attribute: nobody wrote it, and
    /// it is known to exist.
    MadeSecret(Arc<str>),
    /// An attribute or element of something that the code does not say, but whose way it does.
    Piece(Arc<str>),
    /// A variable that is declared to be secret, after this name.
    Marked(Arc<str>),
    /// Handed to a template, which is not here, under this name.
    Handed(Arc<str>),
    /// A variable that is not declared to be secret and whose value the code does not say; it stands at its declaration.
    UnmarkedVariable(Arc<str>),
    /// Of something else, as far as inputs are known; with others it is this variable, which stands at the place and is not
    /// declared to be secret: `var.password == "" ? random_password.x.result : var.password`.
    OrVariable(Arc<str>, Site),
}

impl Literals {
    pub fn add(&mut self, origin: &Origin) {
        origin.collect_literals(self);
    }

    /// In the order in which they were added.
    #[must_use]
    pub fn finish(self) -> Vec<Site> {
        self.sites
    }
}

impl Origin {
    /// The literals that the value was made of, in order.
    #[must_use]
    pub fn literals(&self) -> Vec<Site> {
        // Nearly always there is one, or none.
        if let Some(only) = self.straight() {
            return only.into_iter().collect();
        }
        let mut found = Literals::default();
        found.add(self);
        found.finish()
    }

    /// The literal of a value that was carried and never put together, if there is one; `None`: it was put together.
    fn straight(&self) -> Option<Option<Site>> {
        let mut origin = self;
        loop {
            match origin {
                Self::None => return Some(None),
                Self::Literal(site) => return Some(Some(*site)),
                Self::Derived(step) => match step.from.as_slice() {
                    [] => return Some(None),
                    [only] => origin = only,
                    _ => return None,
                },
            }
        }
    }

    fn collect_literals(&self, found: &mut Literals) {
        match self {
            Self::None => {}
            Self::Literal(site) => {
                if found.known.insert(*site) {
                    found.sites.push(*site);
                }
            }
            Self::Derived(step) => {
                // Steps are shared: a value put together of itself many times has more ways than steps.
                if step.from.len() < 2 || found.steps.insert(Arc::as_ptr(step)) {
                    step.from.iter().for_each(|origin| origin.collect_literals(found));
                }
            }
        }
    }

    /// A step whose value was made of all these. Where more ways lead to it than anybody can follow, the literals are
    /// kept, and the steps that say what the value is.
    #[must_use]
    pub fn made_of(hop: Hop, site: Option<Site>, from: Vec<Self>) -> Self {
        let mut budget = MAX_WAYS;
        if from.iter().all(|origin| origin.within(&mut budget)) {
            return Self::Derived(Arc::new(Step { hop, site, from: from.into() }));
        }
        let mut literals = Literals::default();
        from.iter().for_each(|origin| literals.add(origin));
        let mut kept: Vec<Self> = literals.finish().into_iter().map(Self::Literal).collect();
        kept.extend(Telling::of(&from));
        Self::Derived(Arc::new(Step { hop, site, from: kept.into() }))
    }

    /// The way from the first step that is wanted to the end, that step first. `None`: no way leads to one.
    #[must_use]
    pub fn way_from(&self, wanted: &dyn Fn(&Hop) -> bool) -> Option<Vec<&Step>> {
        let mut way = Vec::new();
        self.find_way(wanted, &mut FxHashSet::default(), &mut way).then_some(way)
    }

    fn find_way<'o>(
        &'o self,
        wanted: &dyn Fn(&Hop) -> bool,
        seen: &mut FxHashSet<*const Step>,
        way: &mut Vec<&'o Step>,
    ) -> bool {
        let Self::Derived(step) = self else { return false };
        if !seen.insert(Arc::as_ptr(step)) {
            return false;
        }
        let found = wanted(&step.hop) || step.from.iter().any(|from| from.find_way(wanted, seen, way));
        if found {
            way.push(step);
        }
        found
    }

    /// Whether something given from outside of the code is a part of it.
    #[must_use]
    pub fn is_given(&self) -> bool {
        match self {
            Self::None | Self::Literal(_) => false,
            Self::Derived(step) => matches!(step.hop, Hop::Given(_)) || step.from.iter().any(Self::is_given),
        }
    }

    fn within(&self, budget: &mut usize) -> bool {
        let Some(left) = budget.checked_sub(1) else { return false };
        *budget = left;
        match self {
            Self::None | Self::Literal(_) => true,
            Self::Derived(step) => step.from.iter().all(|origin| origin.within(budget)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn at(start: usize) -> Site {
        Site::new(FileId(0), Span::new(start, start + 1))
    }

    fn step(hop: Hop, start: usize, from: Origin) -> Origin {
        Origin::Derived(Arc::new(Step { hop, site: Some(at(start)), from: vec![from].into() }))
    }

    #[test]
    fn what_a_value_is_stays_known_of_more_ways_than_are_followed() {
        let declared = step(Hop::UnmarkedVariable("p".into()), 1, Origin::None);
        let local = step(Hop::Local("l".into()), 3, step(Hop::VariableDefault("p".into()), 2, declared));
        let piece = step(Hop::Piece("p.password".into()), 4, local);
        let marked = step(Hop::Marked("m".into()), 5, step(Hop::Template, 6, Origin::Literal(at(7))));
        let mut origin = Origin::made_of(Hop::Template, None, vec![piece, marked, Origin::Literal(at(8))]);
        let mut small = Vec::new();
        for times in 0..14 {
            small.push(origin.clone());
            origin = Origin::made_of(Hop::Template, Some(at(100 + times)), vec![origin.clone(), origin]);
        }
        let hops = |origin: &Origin, wanted: &dyn Fn(&Hop) -> bool| {
            let way = origin.way_from(wanted).unwrap_or_default();
            let all: Vec<Hop> = way.iter().map(|step| step.hop.clone()).collect();
            all.into_iter().filter(|hop| *hop != Hop::Template).collect::<Vec<_>>()
        };
        let is_variable = |hop: &Hop| matches!(hop, Hop::UnmarkedVariable(_));
        let [unmarked, default] = [Hop::UnmarkedVariable("p".into()), Hop::VariableDefault("p".into())];
        let piece = Hop::Piece("p.password".into());
        let all = [unmarked.clone(), default.clone(), Hop::Local("l".into()), piece.clone()];
        assert_eq!(hops(&small[0], &is_variable), all);
        assert_eq!(hops(&origin, &is_variable), [unmarked, default, piece]);
        assert_eq!(hops(&origin, &|hop| matches!(hop, Hop::Marked(_))), [Hop::Marked("m".into())]);
        assert_eq!(origin.literals(), small[0].literals());
        let mut budget = 1_000;
        assert!(origin.within(&mut budget), "ways are kept once each");
    }
}

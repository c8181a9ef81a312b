//! Reading values that depend on conditions: a question is asked once for each combination of branches that can hold.
//!
//! A lookup that meets an undecided [`Choice`](crate::model::Choice) stops with a [`Fork`]; the driver then asks the
//! same question in both worlds. So the code that asks reads as if nothing were conditional.

use crate::model::{Condition, Domain, Entry, Kind, Reason, Satisfiable, Unknown, Value};
use std::sync::Arc;

/// Branch combinations looked at for one resource.
const MAX_WORLDS: usize = 64;

/// A condition that must be assumed one way or the other before a value can be read.
#[derive(Debug)]
pub(crate) struct Fork(Arc<Condition>);

/// Assumptions under which values are read.
#[derive(Debug, Clone)]
pub(crate) struct World<'d> {
    domain: &'d Domain,
    /// The resource's own condition and that of every branch taken.
    assumed: Vec<Arc<Condition>>,
    /// How many of these the resource itself brought.
    given: usize,
}

/// What a lookup meets at the end of its path.
#[derive(Debug, Clone, Copy)]
pub(crate) enum At<'v> {
    Absent,
    Found { value: &'v Value, entry: Option<&'v Entry> },
    Unknown { why: &'v Arc<Unknown>, value: Option<&'v Value>, entry: Option<&'v Entry> },
}

impl<'d> World<'d> {
    fn new(domain: &'d Domain, own: Option<&Arc<Condition>>) -> Self {
        let assumed: Vec<_> = own.cloned().into_iter().collect();
        Self { domain, given: assumed.len(), assumed }
    }

    fn assuming(&self, condition: Arc<Condition>) -> Self {
        let mut world = self.clone();
        world.assumed.push(condition);
        world
    }

    /// Whether any branch was taken that could have gone the other way.
    pub(crate) fn is_branch(&self) -> bool {
        self.assumed.len() > self.given
    }

    /// The conjunction of the branches taken, the resource's own condition left out.
    pub(crate) fn branches(&self) -> Arc<Condition> {
        Arc::new(Condition::And(self.assumed.iter().skip(self.given).cloned().collect()))
    }

    /// Whether it is decided that the world can hold.
    fn is_certain(&self) -> bool {
        self.assumed.is_empty() || self.domain.satisfiable(&self.assumed) != Satisfiable::Undecided
    }

    fn possible(&self, condition: &Arc<Condition>) -> bool {
        let mut all = self.assumed.clone();
        all.push(Arc::clone(condition));
        self.domain.satisfiable(&all) != Satisfiable::No
    }

    /// Whether a condition holds here.
    pub(crate) fn decide(&self, condition: &Arc<Condition>) -> Result<bool, Fork> {
        let negated = Arc::new(Condition::Not(Arc::clone(condition)));
        for assumed in &self.assumed {
            if assumed == condition {
                return Ok(true);
            }
            if *assumed == negated {
                return Ok(false);
            }
        }
        match (self.possible(condition), self.possible(&negated)) {
            (true, false) => Ok(true),
            (false, _) => Ok(false),
            (true, true) => Err(Fork(Arc::clone(condition))),
        }
    }

    /// Whether a text is one of those that a parameter is said to allow, and can be chosen here.
    pub(crate) fn allows(&self, parameter: &Arc<str>, text: &str) -> bool {
        let allowed = self.domain.allowed.get(parameter);
        allowed.is_some_and(|allowed| allowed.iter().any(|allowed| **allowed == *text))
            && self.possible(&Arc::new(Condition::Equals { name: Arc::clone(parameter), value: text.into() }))
    }

    /// The branch of a value that holds here.
    pub(crate) fn settle<'v>(&self, mut value: &'v Value) -> Result<&'v Value, Fork> {
        while let Kind::Choice(choice) = &value.kind {
            value = if self.decide(&choice.condition)? { &choice.then } else { &choice.otherwise };
        }
        Ok(value)
    }

    /// Everything at a dotted path, lists stepped through. An empty path is the value itself.
    pub(crate) fn all<'v>(&self, value: &'v Value, path: &str) -> Result<Vec<At<'v>>, Fork> {
        let mut found = Vec::new();
        self.collect(value, None, path, &mut found)?;
        Ok(found)
    }

    /// The first at a path; blocks that may stand once are lists of one.
    pub(crate) fn one<'v>(&self, value: &'v Value, path: &str) -> Result<At<'v>, Fork> {
        Ok(self.all(value, path)?.into_iter().next().unwrap_or(At::Absent))
    }

    fn collect<'v>(
        &self,
        value: &'v Value,
        entry: Option<&'v Entry>,
        path: &str,
        found: &mut Vec<At<'v>>,
    ) -> Result<(), Fork> {
        let value = self.settle(value)?;
        match &value.kind {
            Kind::Null => {}
            Kind::Unknown(why) => found.push(At::Unknown { why, value: Some(value), entry }),
            Kind::List(items) => {
                for item in items.iter() {
                    self.collect(item, entry, path, found)?;
                }
            }
            Kind::Object(object) if !path.is_empty() => {
                let (head, tail) = path.split_once('.').unwrap_or((path, ""));
                match (object.get(head), &object.rest) {
                    (Some(entry), _) => self.collect(&entry.value, Some(entry), tail, found)?,
                    (None, Some(why)) => found.push(At::Unknown { why, value: None, entry }),
                    (None, None) => {}
                }
            }
            Kind::Object(_) => found.push(At::Found { value, entry }),
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) if path.is_empty() => {
                found.push(At::Found { value, entry });
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Choice(_) => {}
        }
        Ok(())
    }
}

impl At<'_> {
    /// The text of a known scalar that is not empty.
    pub(crate) fn text(&self) -> Option<Arc<str>> {
        match self {
            Self::Found { value, .. } => value.to_text().filter(|text| !text.is_empty()),
            Self::Absent | Self::Unknown { .. } => None,
        }
    }

    /// Set to something, known or not; an empty text is nothing.
    pub(crate) fn is_set(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Unknown { .. } => true,
            Self::Found { value, .. } => value.to_text().is_none_or(|text| !text.is_empty()),
        }
    }

    pub(crate) fn value(&self) -> Option<&Value> {
        match self {
            Self::Absent => None,
            Self::Found { value, .. } => Some(value),
            Self::Unknown { value, .. } => *value,
        }
    }

    pub(crate) fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Absent => None,
            Self::Found { entry, .. } | Self::Unknown { entry, .. } => *entry,
        }
    }

    pub(crate) fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Unknown { why, .. } => Some(&why.reason),
            Self::Absent | Self::Found { .. } => None,
        }
    }
}

/// Asks in every world that can hold. `None`: there are too many, or it cannot be decided whether one can hold.
pub(crate) fn ask<'d, T>(
    domain: &'d Domain,
    own: Option<&Arc<Condition>>,
    mut question: impl FnMut(&World<'d>) -> Result<T, Fork>,
) -> Option<Vec<(World<'d>, T)>> {
    let mut answers = Vec::new();
    let mut open = vec![World::new(domain, own)];
    while let Some(world) = open.pop() {
        match question(&world) {
            Ok(_) if !world.is_certain() => return None,
            Ok(answer) => {
                if answers.is_empty() {
                    // Most things are the same in every world, and there may be many of them.
                    answers.reserve_exact(1);
                }
                answers.push((world, answer));
            }
            Err(Fork(condition)) => {
                open.push(world.assuming(Arc::new(Condition::Not(Arc::clone(&condition)))));
                open.push(world.assuming(condition));
            }
        }
        if answers.len() + open.len() > MAX_WORLDS {
            return None;
        }
    }
    Some(answers)
}

/// For people: when one of these worlds holds. Empty: always, or too hard to say.
pub(crate) fn when(domain: &Domain, own: Option<&Arc<Condition>>, worlds: &[&World<'_>]) -> String {
    let mut all: Vec<_> = own.cloned().into_iter().collect();
    if worlds.iter().all(|world| world.is_branch()) && !worlds.is_empty() {
        all.push(Arc::new(Condition::Or(worlds.iter().map(|world| world.branches()).collect())));
    }
    domain.when(&all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Object};

    fn equals(name: &str, value: &str) -> Arc<Condition> {
        Arc::new(Condition::Equals { name: name.into(), value: value.into() })
    }

    fn choice(condition: Arc<Condition>, then: Value, otherwise: Value) -> Value {
        Value::new(Kind::Choice(Arc::new(Choice { condition, then, otherwise })))
    }

    #[test]
    fn one_condition_decides_every_choice_that_it_stands_in() {
        let prod = equals("Stage", "prod");
        let body = Value::object(Object::new(vec![
            Entry::new("a", choice(Arc::clone(&prod), Value::string("1"), Value::string("2"))),
            Entry::new("b", choice(prod, Value::string("1"), Value::string("2"))),
        ]));
        let domain = Domain::default();
        let answers =
            ask(&domain, None, |world| Ok((world.one(&body, "a")?.text(), world.one(&body, "b")?.text())))
                .unwrap();
        assert_eq!(answers.len(), 2);
        assert!(answers.iter().all(|(_, (a, b))| a == b));
        assert_eq!(when(&domain, None, &[&answers[0].0]), "Stage is prod");
        assert_eq!(when(&domain, None, &[&answers[0].0, &answers[1].0]), "");
    }

    #[test]
    fn the_resources_own_condition_rules_branches_out() {
        let prod = equals("Stage", "prod");
        let body = choice(Arc::clone(&prod), Value::string("1"), Value::string("2"));
        let domain = Domain::default();
        let answers = ask(&domain, Some(&prod), |world| Ok(world.settle(&body)?.to_text())).unwrap();
        assert_eq!(answers.iter().map(|(_, text)| text.as_deref()).collect::<Vec<_>>(), [Some("1")]);
    }

    #[test]
    fn too_many_worlds_are_given_up() {
        let body = Value::list(
            (0..10).map(|at| choice(equals(&format!("P{at}"), "x"), Value::string("1"), Value::string("2"))),
        );
        assert!(ask(&Domain::default(), None, |world| Ok(world.all(&body, "")?.len())).is_none());
    }
}

//! Conditions over parameters, and whether a conjunction of them can hold.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A Boolean formula. Atoms compare a parameter with a text; atoms of one parameter exclude each other.
#[derive(Debug, Clone, PartialEq)]
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

/// The values that parameters may take. A parameter that is not listed may be any text.
#[derive(Debug, Clone, Default)]
pub struct Domain {
    pub allowed: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

/// Whether a conjunction can hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Satisfiable {
    No,
    /// It can; `when` says for which parameter values, for people ("Stage is prod"). Empty: always.
    Yes {
        when: String,
    },
    /// Too many parameters to decide within the bound.
    Undecided,
}

/// Values of a parameter tried to find the only one.
const MAX_TRIED: usize = 32;

/// Assignments tried before giving up.
const MAX_ASSIGNMENTS: usize = 4096;

impl Condition {
    /// The formula's truth under an assignment; `None` where an open atom decides.
    fn holds(&self, assigned: &BTreeMap<&str, Option<&str>>) -> Option<bool> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Equals { name, value } => assigned.get(&**name).map(|chosen| *chosen == Some(&**value)),
            Self::Open { text } => assigned.get(&**text).map(Option::is_some),
            Self::Not(inner) => inner.holds(assigned).map(|value| !value),
            Self::And(parts) => all_hold(parts, assigned, true),
            Self::Or(parts) => all_hold(parts, assigned, false),
            Self::Named { formula, .. } => formula.holds(assigned),
        }
    }

    fn collect_atoms<'a>(&'a self, atoms: &mut Atoms<'a>) {
        match self {
            Self::Constant(_) => {}
            Self::Equals { name, value } => {
                let values = atoms.parameters.entry(name).or_default();
                if !values.contains(&&**value) {
                    values.push(value);
                }
            }
            Self::Open { text } => atoms.open.push(text),
            Self::Not(inner) => inner.collect_atoms(atoms),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect_atoms(atoms)),
            Self::Named { formula, .. } => formula.collect_atoms(atoms),
        }
    }
}

#[derive(Default)]
struct Atoms<'a> {
    parameters: BTreeMap<&'a str, Vec<&'a str>>,
    open: Vec<&'a str>,
}

/// `And` for `conjunction`, else `Or`, in three values.
fn all_hold(
    parts: &[Arc<Condition>],
    assigned: &BTreeMap<&str, Option<&str>>,
    conjunction: bool,
) -> Option<bool> {
    let mut result = Some(conjunction);
    for part in parts {
        match part.holds(assigned) {
            Some(value) if value != conjunction => return Some(!conjunction),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

impl Domain {
    /// Decides whether all conditions can hold at once, over the values that their parameters may take.
    /// A parameter without allowed values may also be none of the texts that it is compared with.
    #[must_use]
    pub fn satisfiable(&self, conditions: &[Arc<Condition>]) -> Satisfiable {
        let mut atoms = Atoms::default();
        conditions.iter().for_each(|condition| condition.collect_atoms(&mut atoms));
        let mut choices: Vec<Choices<'_>> = Vec::new();
        for (name, compared) in &atoms.parameters {
            let values = match self.allowed.get(*name) {
                Some(allowed) => allowed.iter().map(|value| Some(&**value)).collect(),
                None => compared.iter().map(|value| Some(*value)).chain([None]).collect(),
            };
            choices.push((name, values));
        }
        atoms.open.sort_unstable();
        atoms.open.dedup();
        choices.extend(atoms.open.iter().map(|text| (*text, vec![Some(""), None])));
        let total = choices.iter().try_fold(1_usize, |total, (_, values)| total.checked_mul(values.len()));
        if total.is_none_or(|total| total > MAX_ASSIGNMENTS) {
            return Satisfiable::Undecided;
        }
        search(&choices, conditions, &mut BTreeMap::new()).map_or(Satisfiable::No, |found| {
            let pinned = pinned(&choices, conditions, &found);
            Satisfiable::Yes { when: describe(&pinned, &atoms.open) }
        })
    }

    /// The only value that a parameter can have where all conditions hold.
    #[must_use]
    pub fn only_value(&self, name: &str, conditions: &[Arc<Condition>]) -> Option<Arc<str>> {
        let mut atoms = Atoms::default();
        conditions.iter().for_each(|condition| condition.collect_atoms(&mut atoms));
        let allowed = self.allowed.get(name);
        let candidates: Vec<Arc<str>> = match allowed {
            Some(allowed) => allowed.clone(),
            None => atoms.parameters.get(name)?.iter().map(|value| Arc::from(*value)).collect(),
        };
        if candidates.len() > MAX_TRIED {
            return None;
        }
        let can_be = |further: Vec<Condition>| {
            let further = further.into_iter().map(Arc::new);
            let all: Vec<_> = conditions.iter().cloned().chain(further).collect();
            self.satisfiable(&all) != Satisfiable::No
        };
        let equals = |value: &Arc<str>| Condition::Equals { name: name.into(), value: Arc::clone(value) };
        let another = || candidates.iter().map(|value| Condition::Not(Arc::new(equals(value)))).collect();
        if allowed.is_none() && can_be(another()) {
            return None;
        }
        let mut possible = candidates.iter().filter(|value| can_be(vec![equals(value)]));
        let only = possible.next()?;
        possible.all(|other| other == only).then(|| Arc::clone(only))
    }
}

type Assignment<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// A parameter and the values that it may take; `None` is a text that nothing compares it with.
type Choices<'a> = (&'a str, Vec<Option<&'a str>>);

/// Depth first, cutting off as soon as a condition is false under what is assigned so far.
fn search<'a>(
    choices: &[Choices<'a>],
    conditions: &[Arc<Condition>],
    assigned: &mut Assignment<'a>,
) -> Option<Assignment<'a>> {
    let truths: Vec<_> = conditions.iter().map(|condition| condition.holds(assigned)).collect();
    if truths.contains(&Some(false)) {
        return None;
    }
    if truths.iter().all(|truth| *truth == Some(true)) {
        return Some(assigned.clone());
    }
    let ((name, values), rest) = choices.split_first()?;
    for value in values {
        assigned.insert(name, *value);
        if let Some(found) = search(rest, conditions, assigned) {
            return Some(found);
        }
        assigned.remove(name);
    }
    None
}

/// Of an assignment that works, what it needs: parameters that may take any value are left out.
fn pinned<'a>(
    choices: &[Choices<'a>],
    conditions: &[Arc<Condition>],
    found: &Assignment<'a>,
) -> Assignment<'a> {
    let mut pinned = found.clone();
    let mut free: Vec<Choices<'a>> = Vec::new();
    for choice in choices {
        let Some(chosen) = pinned.remove(choice.0) else { continue };
        free.push(choice.clone());
        if !holds_for_all(&free, conditions, &mut pinned.clone()) {
            free.pop();
            pinned.insert(choice.0, chosen);
        }
    }
    pinned
}

fn holds_for_all<'a>(
    free: &[Choices<'a>],
    conditions: &[Arc<Condition>],
    assigned: &mut Assignment<'a>,
) -> bool {
    let Some(((name, values), rest)) = free.split_first() else {
        return conditions.iter().all(|condition| condition.holds(assigned) == Some(true));
    };
    values.iter().all(|value| {
        assigned.insert(name, *value);
        holds_for_all(rest, conditions, assigned)
    })
}

fn describe(pinned: &Assignment<'_>, open: &[&str]) -> String {
    let parts: Vec<String> = pinned
        .iter()
        .map(|(name, value)| match (open.contains(name), value) {
            (true, Some(_)) => (*name).to_owned(),
            (true, None) => format!("not {name}"),
            (false, Some("")) => format!("{name} is empty"),
            (false, Some(value)) => format!("{name} is {value}"),
            (false, None) => format!("{name} is any other value"),
        })
        .collect();
    parts.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equals(name: &str, value: &str) -> Arc<Condition> {
        Arc::new(Condition::Equals { name: name.into(), value: value.into() })
    }

    fn not(condition: Arc<Condition>) -> Arc<Condition> {
        Arc::new(Condition::Not(condition))
    }

    #[test]
    fn atoms_of_one_parameter_exclude_each_other() {
        let both = [equals("Stage", "prod"), equals("Stage", "dev")];
        assert_eq!(Domain::default().satisfiable(&both), Satisfiable::No);
    }

    #[test]
    fn the_branch_is_named_by_what_it_needs() {
        let when = |conditions: &[Arc<Condition>]| Domain::default().satisfiable(conditions);
        assert_eq!(when(&[equals("Stage", "prod")]), Satisfiable::Yes { when: "Stage is prod".into() });
        assert_eq!(
            when(&[not(equals("Stage", "prod"))]),
            Satisfiable::Yes { when: "Stage is any other value".into() }
        );
        let either = Arc::new(Condition::Or(vec![equals("A", "1"), not(equals("A", "1"))]));
        assert_eq!(when(&[either]), Satisfiable::Yes { when: String::new() });
    }

    #[test]
    fn allowed_values_rule_branches_out() {
        let allowed = BTreeMap::from([("Stage".into(), vec!["prod".into()])]);
        let domain = Domain { allowed };
        assert_eq!(domain.satisfiable(&[not(equals("Stage", "prod"))]), Satisfiable::No);
    }

    #[test]
    fn a_value_that_conditions_leave_alone_is_found() {
        let mut domain = Domain::default();
        let prod = equals("Stage", "prod");
        assert_eq!(domain.only_value("Stage", &[]), None);
        assert_eq!(domain.only_value("Stage", &[Arc::clone(&prod)]).as_deref(), Some("prod"));
        assert_eq!(domain.only_value("Stage", &[not(Arc::clone(&prod))]), None);
        domain.allowed.insert("Stage".into(), vec!["dev".into(), "prod".into()]);
        assert_eq!(domain.only_value("Stage", &[]), None);
        assert_eq!(domain.only_value("Stage", &[not(prod)]).as_deref(), Some("dev"));
        domain.allowed.insert("Stage".into(), vec!["dev".into()]);
        assert_eq!(domain.only_value("Stage", &[]).as_deref(), Some("dev"));
    }

    #[test]
    fn too_many_parameters_are_undecided_and_not_a_hang() {
        let many: Vec<_> = (0..40).map(|at| equals(&format!("P{at}"), "x")).collect();
        assert_eq!(Domain::default().satisfiable(&many), Satisfiable::Undecided);
    }
}

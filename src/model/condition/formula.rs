//! Conditions as one flat formula: shared parts once, parameters by number, values in classes that nothing tells apart.

use super::{Condition, Domain};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A part of the formula; parts stand behind those that they are made of.
#[derive(Debug)]
pub(super) enum Node {
    Constant(bool),
    /// A variable has a value, both by their numbers.
    Is(usize, usize),
    Not(usize),
    All(Vec<usize>),
    Any(Vec<usize>),
}

/// What conditions are about.
#[derive(Debug)]
pub(super) struct Variable<'a> {
    pub(super) name: &'a str,
    /// Nothing is known of it but that it holds or does not: values are `true` and the rest.
    pub(super) open: bool,
    pub(super) values: Vec<Values<'a>>,
}

/// Values of a variable that conditions do not tell apart.
#[derive(Debug)]
pub(super) enum Values<'a> {
    One(&'a str),
    /// The allowed ones that nothing mentions.
    Several(Vec<&'a str>),
    /// Any text that nothing mentions.
    AnyOther,
}

#[derive(Debug, Default)]
pub(super) struct Formula<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) variables: Vec<Variable<'a>>,
    /// What must hold.
    pub(super) conditions: Vec<usize>,
    /// What holds in any case.
    pub(super) rules: Vec<usize>,
    /// Variables by name and whether they are open.
    numbers: FxHashMap<(&'a str, bool), usize>,
    /// Conditions by identity: templates share them.
    known: FxHashMap<*const Condition, usize>,
}

impl<'a> Formula<'a> {
    /// `further` is a parameter that is asked about whether or not a condition mentions it.
    pub(super) fn new(
        domain: &'a Domain,
        conditions: &'a [Arc<Condition>],
        further: Option<&'a str>,
    ) -> Self {
        let mut mentions = Mentions::default();
        conditions.iter().for_each(|condition| mentions.collect(condition));
        mentions.parameters.extend(further.map(|name| (name, None)));
        let rules = mentions.rules_about(&domain.rules);
        let mut formula = Self::default();
        formula.declare(domain, &mentions);
        formula.conditions = conditions.iter().map(|condition| formula.add(condition)).collect();
        formula.rules = rules.into_iter().map(|rule| formula.add(rule)).collect();
        formula
    }

    fn declare(&mut self, domain: &'a Domain, mentions: &Mentions<'a>) {
        for (name, value) in &mentions.parameters {
            let at = *self.numbers.entry((name, false)).or_insert_with(|| {
                self.variables.push(Variable { name, open: false, values: Vec::new() });
                self.variables.len() - 1
            });
            let allowed = domain.allowed.get(*name);
            let may_be =
                |value: &str| allowed.is_none_or(|all| all.iter().any(|allowed| **allowed == *value));
            if let (Some(value), Some(variable)) =
                (value.filter(|value| may_be(value)), self.variables.get_mut(at))
            {
                variable.values.push(Values::One(value));
            }
        }
        for variable in &mut self.variables {
            match domain.allowed.get(variable.name) {
                Some(allowed) => {
                    let mentioned = |text: &str| variable.values.iter().any(|values| values.is(text));
                    let mut others: Vec<&str> = allowed.iter().map(|text| &**text).collect();
                    others.retain(|text| !mentioned(text));
                    let mut seen = BTreeSet::new();
                    others.retain(|text| seen.insert(*text));
                    match others.as_slice() {
                        [] => {}
                        [only] => variable.values.push(Values::One(only)),
                        [_, ..] => variable.values.push(Values::Several(others)),
                    }
                    let place = |values: &Values<'_>| allowed.iter().position(|text| values.is(text));
                    variable.values.sort_by_key(|values| place(values).unwrap_or(usize::MAX));
                }
                None => variable.values.push(Values::AnyOther),
            }
        }
        for text in &mentions.open {
            self.numbers.insert((text, true), self.variables.len());
            let values = vec![Values::One("true"), Values::AnyOther];
            self.variables.push(Variable { name: text, open: true, values });
        }
    }

    fn add(&mut self, condition: &'a Condition) -> usize {
        let identity = std::ptr::from_ref(condition);
        if let Some(known) = self.known.get(&identity) {
            return *known;
        }
        let node = match condition {
            Condition::Constant(value) => Node::Constant(*value),
            Condition::Equals { name, value } => self.is(name, false, value),
            Condition::Open { text } => self.is(text, true, "true"),
            Condition::Not(inner) => Node::Not(self.add(inner)),
            Condition::And(parts) => Node::All(parts.iter().map(|part| self.add(part)).collect()),
            Condition::Or(parts) => Node::Any(parts.iter().map(|part| self.add(part)).collect()),
            Condition::Named { formula, .. } => {
                let at = self.add(formula);
                self.known.insert(identity, at);
                return at;
            }
        };
        let at = self.push(node);
        self.known.insert(identity, at);
        at
    }

    fn is(&self, name: &str, open: bool, value: &str) -> Node {
        let variable = self.numbers.get(&(name, open)).copied();
        let value = variable.and_then(|at| {
            let values = &self.variables.get(at)?.values;
            Some((at, values.iter().position(|values| values.is(value))?))
        });
        value.map_or(Node::Constant(false), |(variable, value)| Node::Is(variable, value))
    }

    pub(super) fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    pub(super) fn parameter(&self, name: &str) -> Option<usize> {
        self.numbers.get(&(name, false)).copied()
    }

    /// The text that a value of a variable stands for, if it is one.
    pub(super) fn only_text(&self, variable: usize, value: usize) -> Option<Arc<str>> {
        match self.variables.get(variable)?.values.get(value)? {
            Values::One(text) => Some((*text).into()),
            Values::Several(_) | Values::AnyOther => None,
        }
    }

    /// Every value of every variable.
    pub(super) fn all_values(&self) -> Vec<Vec<usize>> {
        self.variables.iter().map(|variable| (0..variable.values.len()).collect()).collect()
    }

    /// All conditions and rules, as true.
    pub(super) fn wanted(&self) -> Vec<(usize, bool)> {
        self.conditions.iter().chain(&self.rules).map(|at| (*at, true)).collect()
    }
}

impl Values<'_> {
    fn is(&self, text: &str) -> bool {
        match self {
            Self::One(value) => *value == text,
            Self::Several(values) => values.contains(&text),
            Self::AnyOther => false,
        }
    }
}

/// Which variables and values conditions mention.
#[derive(Default)]
struct Mentions<'a> {
    parameters: BTreeSet<(&'a str, Option<&'a str>)>,
    open: BTreeSet<&'a str>,
    seen: FxHashMap<*const Condition, ()>,
}

impl<'a> Mentions<'a> {
    fn collect(&mut self, condition: &'a Condition) {
        if self.seen.insert(std::ptr::from_ref(condition), ()).is_some() {
            return;
        }
        match condition {
            Condition::Constant(_) => {}
            Condition::Equals { name, value } => {
                self.parameters.insert((name, Some(value)));
            }
            Condition::Open { text } => {
                self.open.insert(text);
            }
            Condition::Not(inner) => self.collect(inner),
            Condition::And(parts) | Condition::Or(parts) => {
                parts.iter().for_each(|part| self.collect(part));
            }
            Condition::Named { formula, .. } => self.collect(formula),
        }
    }

    fn shares(&self, other: &Self) -> bool {
        let named =
            |name: &str| self.parameters.range((name, None)..).next().is_some_and(|(at, _)| *at == name);
        other.parameters.iter().any(|(name, _)| named(name))
            || other.open.iter().any(|text| self.open.contains(text))
    }

    /// The rules that bear on what is mentioned, directly or by way of each other; adds what they mention.
    fn rules_about(&mut self, rules: &'a [Arc<Condition>]) -> Vec<&'a Condition> {
        let mut about = Vec::new();
        let mut others: Vec<(&'a Condition, Self)> = Vec::new();
        for rule in rules {
            let mut mentions = Self::default();
            mentions.collect(rule);
            others.push((rule, mentions));
        }
        loop {
            let before = about.len();
            others.retain(|(rule, mentions)| {
                let shares = self.shares(mentions);
                if shares {
                    self.parameters.extend(mentions.parameters.iter().copied());
                    self.open.extend(mentions.open.iter().copied());
                    about.push(*rule);
                }
                !shares
            });
            if about.len() == before {
                return about;
            }
        }
    }
}

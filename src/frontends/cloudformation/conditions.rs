//! `Conditions` as formulas over parameters, for the solver.

use super::call::{Call, condition_call};
use super::lookup::MAX_SEARCHED;
use super::template::Template;
use crate::model::Condition;
use crate::syntax::doc::{NodeRef, Resolved};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Conditions that refer to each other in a row.
const MAX_CHAIN: usize = 64;

/// Atoms and connectives of one condition with all that it refers to: the solver walks it as a tree.
const MAX_SIZE: usize = 500;

/// A condition and its opposite, kept so that both can be told by identity.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) holds: Arc<Condition>,
    pub(super) fails: Arc<Condition>,
}

#[derive(Debug, Default)]
pub(super) struct Conditions {
    named: BTreeMap<Arc<str>, Pair>,
}

impl Conditions {
    pub(super) fn read(template: &Template<'_>) -> Self {
        let bodies = template
            .section("Conditions")
            .filter_map(|(name, body)| Some((Arc::<str>::from(name.scalar_text()?), body)))
            .collect();
        let mut reader = Reader { template, bodies, done: BTreeMap::new(), open: Vec::new() };
        let names: Vec<Arc<str>> = reader.bodies.keys().cloned().collect();
        names.iter().for_each(|name| drop(reader.named(name)));
        let named = reader.done.into_iter().map(|(name, (formula, _))| {
            let holds = Arc::new(Condition::Named { name: Arc::clone(&name), formula });
            let fails = Arc::new(Condition::Not(Arc::clone(&holds)));
            (name, Pair { holds, fails })
        });
        Self { named: named.collect() }
    }

    /// A condition by name; one that the template does not have may go either way.
    pub(super) fn get(&self, name: &str) -> Pair {
        self.named.get(name).cloned().unwrap_or_else(|| {
            let holds = Arc::new(Condition::Open { text: name.into() });
            Pair { fails: Arc::new(Condition::Not(Arc::clone(&holds))), holds }
        })
    }
}

/// What an argument of a nested stack is to the conditions of its template.
pub(super) fn operand_of(template: &Template<'_>, conditions: &Conditions, node: NodeRef<'_>) -> Operand {
    if let Some(Call { name, argument }) = condition_call(node)
        && name == "Fn::If"
        && let [condition, then, otherwise] = *argument.items().collect::<Vec<_>>().as_slice()
        && let Some(name) = condition.scalar_text()
    {
        let pair = conditions.get(&name);
        return Operand::Branches(vec![
            (pair.holds, operand_of(template, conditions, then)),
            (pair.fails, operand_of(template, conditions, otherwise)),
        ]);
    }
    Reader { template, bodies: BTreeMap::new(), done: BTreeMap::new(), open: Vec::new() }.operand(node)
}

struct Reader<'t, 'd> {
    template: &'t Template<'d>,
    bodies: BTreeMap<Arc<str>, NodeRef<'d>>,
    done: BTreeMap<Arc<str>, Sized>,
    open: Vec<Arc<str>>,
}

type Sized = (Arc<Condition>, usize);

/// What a side of `Fn::Equals` is.
#[derive(Debug, Clone)]
pub(in crate::frontends) enum Operand {
    Known(Arc<str>),
    /// A parameter, or an expression that stands for one: the same text is the same value.
    Named(Arc<str>),
    /// One of several texts, each under a condition (`Fn::FindInMap` by a parameter).
    Cases(Vec<(Arc<Condition>, Arc<str>)>),
    /// One of several, each under a condition: what a parent stack or an environment gives to a parameter.
    Branches(Vec<(Arc<Condition>, Operand)>),
}

fn sized(condition: Condition) -> Sized {
    (Arc::new(condition), 1)
}

impl Reader<'_, '_> {
    fn named(&mut self, name: &str) -> Sized {
        if let Some(done) = self.done.get(name) {
            return done.clone();
        }
        let open = || sized(Condition::Open { text: name.into() });
        let Some((name, body)) =
            self.bodies.get_key_value(name).map(|(name, body)| (Arc::clone(name), *body))
        else {
            return open();
        };
        if self.open.contains(&name) || self.open.len() >= MAX_CHAIN {
            return open();
        }
        self.open.push(Arc::clone(&name));
        let mut formula = self.formula(body);
        self.open.pop();
        if formula.1 > MAX_SIZE {
            formula = open();
        }
        self.done.insert(name, formula.clone());
        formula
    }

    fn formula(&mut self, node: NodeRef<'_>) -> Sized {
        let Some(Call { name, argument }) = condition_call(node) else {
            return match node.resolve() {
                Some(Resolved::Bool(value)) => sized(Condition::Constant(value)),
                _ => sized(Condition::Open { text: described(node) }),
            };
        };
        let mut items = argument.items();
        match &*name {
            "Condition" => argument.scalar_text().map_or_else(
                || sized(Condition::Open { text: described(node) }),
                |name| self.reference(&name),
            ),
            "Fn::Not" => match items.next() {
                Some(inner) => {
                    let (inner, size) = self.formula(inner);
                    (Arc::new(Condition::Not(inner)), size + 1)
                }
                None => sized(Condition::Open { text: described(node) }),
            },
            "Fn::And" | "Fn::Or" => {
                let parts: Vec<Sized> = items.map(|part| self.formula(part)).collect();
                let size = parts.iter().fold(1, |size: usize, (_, part)| size.saturating_add(*part));
                let parts = parts.into_iter().map(|(part, _)| part).collect();
                let formula = if name == "Fn::And" { Condition::And(parts) } else { Condition::Or(parts) };
                (Arc::new(formula), size)
            }
            "Fn::Equals" => match (items.next(), items.next()) {
                (Some(left), Some(right)) => self.equals(left, right),
                _ => sized(Condition::Open { text: described(node) }),
            },
            _ => sized(Condition::Open { text: described(node) }),
        }
    }

    fn reference(&mut self, name: &str) -> Sized {
        let (formula, size) = self.named(name);
        (Arc::new(Condition::Named { name: name.into(), formula }), size.saturating_add(1))
    }

    fn equals(&self, left: NodeRef<'_>, right: NodeRef<'_>) -> Sized {
        self.compare((left, self.operand(left)), (right, self.operand(right)))
    }

    fn compare(&self, (left, one): (NodeRef<'_>, Operand), (right, other): (NodeRef<'_>, Operand)) -> Sized {
        let equal = match (one, other) {
            (Operand::Branches(branches), other) | (other, Operand::Branches(branches)) => {
                let mut size = 1_usize;
                let cases = branches.into_iter().map(|(when, one)| {
                    let (equal, inner) = self.compare((left, one), (right, other.clone()));
                    size = size.saturating_add(inner).saturating_add(2);
                    Arc::new(Condition::And(vec![when, equal]))
                });
                let cases = cases.collect();
                return (Arc::new(Condition::Or(cases)), size);
            }
            (Operand::Known(left), Operand::Known(right)) => Condition::Constant(left == right),
            (Operand::Known(value), Operand::Named(name)) | (Operand::Named(name), Operand::Known(value)) => {
                Condition::Equals { name, value }
            }
            (Operand::Known(value), Operand::Cases(cases))
            | (Operand::Cases(cases), Operand::Known(value)) => {
                let cases: Vec<_> =
                    cases.into_iter().filter(|(_, text)| *text == value).map(|(when, _)| when).collect();
                let size = cases.len() * 3 + 1;
                return (Arc::new(Condition::Or(cases)), size);
            }
            (Operand::Named(left), Operand::Named(right)) if left == right => Condition::Constant(true),
            (Operand::Named(_) | Operand::Cases(_), Operand::Named(_) | Operand::Cases(_)) => {
                Condition::Open { text: format!("{} equals {}", described(left), described(right)).into() }
            }
        };
        sized(equal)
    }

    fn operand(&self, node: NodeRef<'_>) -> Operand {
        let Some(Call { name, argument }) = condition_call(node) else {
            return match node.resolve() {
                Some(Resolved::Bool(value)) => Operand::Known(if value { "true" } else { "false" }.into()),
                _ => node.scalar_text().map_or_else(|| self.opaque(node), |text| Operand::Known(text.into())),
            };
        };
        match (&*name, argument.scalar_text()) {
            ("Ref", Some(referred)) => self.reference_operand(node, &referred),
            ("Fn::Sub", Some(text)) => {
                if !text.contains("${") {
                    return Operand::Known(text.into());
                }
                let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
                match name.filter(|name| !name.contains(['$', '!', '.'])) {
                    Some(name) => self.reference_operand(node, name),
                    None => self.opaque(node),
                }
            }
            ("Fn::FindInMap", None) => self.cases(argument).map_or_else(|| self.opaque(node), Operand::Cases),
            _ => self.opaque(node),
        }
    }

    fn reference_operand(&self, node: NodeRef<'_>, name: &str) -> Operand {
        match self.template.parameters.get(name) {
            Some(parameter) => parameter.operand(self.template.scoped(name)),
            None if name.starts_with("AWS::") => Operand::Named(name.into()),
            None => self.opaque(node),
        }
    }

    /// An expression of which only its text is known.
    fn opaque(&self, node: NodeRef<'_>) -> Operand {
        Operand::Named(self.template.scoped(&described(node)))
    }

    /// The rows of a mapping that its keys can select, each under the condition that selects it.
    fn cases(&self, argument: NodeRef<'_>) -> Option<Vec<(Arc<Condition>, Arc<str>)>> {
        let mut items = argument.items();
        let Operand::Known(map) = self.operand(items.next()?) else { return None };
        self.template.mappings.leaves(&map).nth(MAX_SEARCHED).is_none().then_some(())?;
        let (top, second) = (self.operand(items.next()?), self.operand(items.next()?));
        let selects = |operand: &Operand, key: &str| match operand {
            Operand::Known(text) => (**text == *key).then_some(Condition::Constant(true)),
            Operand::Named(name) => Some(Condition::Equals { name: Arc::clone(name), value: key.into() }),
            Operand::Cases(_) | Operand::Branches(_) => None,
        };
        let mut cases = Vec::new();
        for (row, column, leaf) in self.template.mappings.leaves(&map) {
            if let (Some(row), Some(column)) = (selects(&top, row), selects(&second, column)) {
                let when = Condition::And(vec![Arc::new(row), Arc::new(column)]);
                cases.push((Arc::new(when), leaf.scalar_text()?.into()));
            }
        }
        Some(cases)
    }
}

/// An expression as written, on one line.
fn described(node: NodeRef<'_>) -> Arc<str> {
    let words: Vec<&str> = node.source().split_whitespace().collect();
    words.join(" ").into()
}

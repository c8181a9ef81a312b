//! `Conditions` and `Rules` as formulas over parameters, for the solver.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html>
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html>

use super::call::{Call, condition_call};
use super::each::{Expanded, bound};
use super::notes::Notes;
use super::operand::Operands;
use super::template::Template;
use crate::model::{Condition, Value};
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Conditions inside conditions, by name and by function: what bounds the recursion here and in the solver.
const MAX_DEPTH: usize = 400;

/// Atoms and connectives of one condition with all that it refers to: they may be walked as a tree.
const MAX_SIZE: usize = 10_000;

/// A condition and its opposite, kept so that both can be told by identity.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) holds: Arc<Condition>,
    pub(super) fails: Arc<Condition>,
}

#[derive(Debug, Default)]
pub(super) struct Conditions {
    named: BTreeMap<Arc<str>, Pair>,
    /// What `Rules` assert.
    pub(super) rules: Vec<Arc<Condition>>,
}

impl Conditions {
    /// `bodies` are the conditions with their loops run.
    pub(super) fn read<'d>(template: &Template<'d>, bodies: Vec<Expanded<'d>>, notes: &mut Notes) -> Self {
        let bodies: BTreeMap<Arc<str>, Expanded<'d>> =
            bodies.into_iter().map(|body| (Arc::clone(&body.id), body)).collect();
        let names: Vec<Arc<str>> = bodies.keys().cloned().collect();
        let mut reader = Reader {
            template,
            bodies,
            conditions: Self::default(),
            sizes: BTreeMap::new(),
            open: Vec::new(),
            depth: 0,
            bindings: Vec::new(),
            notes,
        };
        names.iter().for_each(|name| drop(reader.named(name)));
        for (_, rule) in template.section("Rules") {
            reader.rule(rule);
        }
        reader.conditions
    }

    /// A condition by name.
    pub(super) fn find(&self, name: &str) -> Option<Pair> {
        self.named.get(name).cloned()
    }

    /// As [`Self::find`]; one that the template does not have may go either way.
    pub(super) fn get(&self, name: &str) -> Pair {
        self.find(name).unwrap_or_else(|| Pair::of(Condition::Open { text: name.into() }))
    }
}

impl Pair {
    pub(super) fn of(condition: Condition) -> Self {
        let holds = Arc::new(condition);
        Self { fails: Arc::new(Condition::Not(Arc::clone(&holds))), holds }
    }
}

struct Reader<'t, 'd> {
    template: &'t Template<'d>,
    bodies: BTreeMap<Arc<str>, Expanded<'d>>,
    /// Those that are read.
    conditions: Conditions,
    sizes: BTreeMap<Arc<str>, usize>,
    /// Those that are being read, each inside of the one before it.
    open: Vec<Arc<str>>,
    depth: usize,
    bindings: Vec<(Arc<str>, Value)>,
    notes: &'t mut Notes,
}

/// A formula with the number of its parts.
type Sized = (Arc<Condition>, usize);

fn sized(condition: Condition) -> Sized {
    (Arc::new(condition), 1)
}

impl<'d> Reader<'_, 'd> {
    fn named(&mut self, name: &str) -> Sized {
        if let (Some(pair), Some(size)) = (self.conditions.named.get(name), self.sizes.get(name)) {
            return (Arc::clone(&pair.holds), *size);
        }
        let Some(found) = self.bodies.get(name) else { return sized(Condition::Open { text: name.into() }) };
        let (id, key, body) = (Arc::clone(&found.id), found.key, found.body);
        if let Some(from) = self.open.iter().position(|open| *open == id) {
            let way: Vec<String> = self.open.iter().skip(from).map(|name| format!("`{name}`")).collect();
            let message = match way.as_slice() {
                [only] => format!("condition {only} refers to itself"),
                [one, two, three, four, rest @ ..] if rest.len() > 1 => format!(
                    "conditions {one}, {two}, {three}, {four} and {} others refer to each other in a circle",
                    rest.len()
                ),
                [..] => format!("conditions {} refer to each other in a circle", way.join(", ")),
            };
            self.notes.wrong(key, message);
            return sized(Condition::Open { text: name.into() });
        }
        let bindings = std::mem::replace(&mut self.bindings, found.bindings.clone());
        self.open.push(Arc::clone(&id));
        let (mut formula, mut size) = self.formula(body);
        self.open.pop();
        self.bindings = bindings;
        if size > MAX_SIZE {
            self.notes.limit(format!("condition `{name}` refers to too much"));
            (formula, size) = sized(Condition::Open { text: name.into() });
        }
        let pair = Pair::of(Condition::Named { name: Arc::clone(&id), formula });
        self.sizes.insert(Arc::clone(&id), size.saturating_add(1));
        self.conditions.named.insert(id, pair.clone());
        (pair.holds, size.saturating_add(1))
    }

    fn formula(&mut self, node: NodeRef<'d>) -> Sized {
        if self.depth >= MAX_DEPTH {
            self.notes.limit("conditions are too deep inside each other");
            return self.unclear(node);
        }
        self.depth += 1;
        let formula = self.formula_within(node);
        self.depth -= 1;
        formula
    }

    fn formula_within(&mut self, node: NodeRef<'d>) -> Sized {
        let Some(Call { name, argument }) = condition_call(node) else {
            return match node.resolve() {
                Some(Resolved::Bool(value)) => sized(Condition::Constant(value)),
                Some(Resolved::Text(text)) if text.eq_ignore_ascii_case("true") => {
                    sized(Condition::Constant(true))
                }
                Some(Resolved::Text(text)) if text.eq_ignore_ascii_case("false") => {
                    sized(Condition::Constant(false))
                }
                _ => self.unclear(node),
            };
        };
        let mut items = argument.items();
        match &*name {
            "Condition" => match argument.scalar_text() {
                Some(name) => self.reference(argument, &name),
                None => self.unclear(node),
            },
            "Fn::Not" => match items.next() {
                Some(inner) => {
                    let (inner, size) = self.formula(inner);
                    (Arc::new(Condition::Not(inner)), size.saturating_add(1))
                }
                None => self.unclear(node),
            },
            "Fn::And" | "Fn::Or" if items.len() > 0 => {
                let parts: Vec<Sized> = items.map(|part| self.formula(part)).collect();
                connected(parts, name == "Fn::And")
            }
            "Fn::Equals" => match (items.next(), items.next()) {
                (Some(left), Some(right)) => self.equal(left, right),
                _ => self.unclear(node),
            },
            "Fn::Contains" | "Fn::EachMemberEquals" => match (items.next(), items.next()) {
                (Some(list), Some(text)) if is_list(list) => {
                    let parts = list.items().map(|item| self.equal(item, text)).collect();
                    connected(parts, name == "Fn::EachMemberEquals")
                }
                _ => self.unclear(node),
            },
            "Fn::EachMemberIn" => match (items.next(), items.next()) {
                (Some(checked), Some(list)) if is_list(checked) && is_list(list) => {
                    let parts = checked.items().map(|member| {
                        connected(list.items().map(|item| self.equal(item, member)).collect(), false)
                    });
                    connected(parts.collect(), true)
                }
                _ => self.unclear(node),
            },
            _ => self.unclear(node),
        }
    }

    fn reference(&mut self, node: NodeRef<'d>, name: &str) -> Sized {
        let name = bound(name, &self.bindings).into_owned();
        if !self.bodies.contains_key(&*name) && !self.template.has_macros {
            self.notes.wrong(node, format!("no condition is named `{name}`"));
        }
        let (formula, size) = self.named(&name);
        (formula, size.saturating_add(1))
    }

    fn equal(&self, left: NodeRef<'d>, right: NodeRef<'d>) -> Sized {
        let equal = self.operands().equal(left, right);
        let size = size_of(&equal);
        (Arc::new(equal), size)
    }

    fn operands(&self) -> Operands<'_, 'd> {
        Operands { template: self.template, conditions: &self.conditions, bindings: &self.bindings }
    }

    /// What may go either way; the same words are the same condition.
    fn unclear(&self, node: NodeRef<'d>) -> Sized {
        sized(Condition::Open { text: self.template.scoped(&self.operands().described(node)) })
    }

    /// A rule's assertions hold wherever its condition does, or nothing is deployed.
    fn rule(&mut self, body: NodeRef<'d>) {
        let when = body.get("RuleCondition").map(|when| self.formula(when).0);
        let asserted = body.get("Assertions").into_iter().flat_map(NodeRef::items);
        let asserted = asserted.filter_map(|assertion| assertion.get("Assert"));
        for assertion in asserted {
            let (then, size) = self.formula(assertion);
            if size <= MAX_SIZE {
                let rule = match &when {
                    Some(when) => {
                        let not = Arc::new(Condition::Not(Arc::clone(when)));
                        Arc::new(Condition::Or(vec![not, then]))
                    }
                    None => then,
                };
                self.conditions.rules.push(rule);
            }
        }
    }
}

fn is_list(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), NodeKind::Sequence(_)) && node.tag().is_none()
}

fn connected(parts: Vec<Sized>, conjunction: bool) -> Sized {
    let size = parts.iter().fold(1, |size: usize, (_, part)| size.saturating_add(*part));
    let parts = parts.into_iter().map(|(part, _)| part).collect();
    (Arc::new(if conjunction { Condition::And(parts) } else { Condition::Or(parts) }), size)
}

/// Parts of a comparison; named conditions in it are shared and count as one.
fn size_of(condition: &Condition) -> usize {
    match condition {
        Condition::Constant(_)
        | Condition::Equals { .. }
        | Condition::Open { .. }
        | Condition::Named { .. } => 1,
        Condition::Not(inner) => 1 + size_of(inner),
        Condition::And(parts) | Condition::Or(parts) => {
            1 + parts.iter().map(|part| size_of(part)).sum::<usize>()
        }
    }
}

//! What conditions compare: texts, parameters, and texts with parameters in them, some of them only in some cases.

use super::call::{Call, condition_call};
use super::conditions::Conditions;
use super::decide::MAX_CASES;
use super::each::bound;
use super::template::Template;
use crate::model::{Condition, Value};
use crate::syntax::doc::{NodeKind, NodeRef};
use std::fmt::Write;
use std::sync::Arc;

/// A text as far as it is decided before deployment.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::frontends) struct Text(pub(super) Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(Arc<str>),
    /// A parameter, or an expression that stands for one: the same name is the same value.
    Name(Arc<str>),
    /// The items of a list parameter, joined: as empty as the parameter is.
    Joined {
        name: Arc<str>,
        list: Arc<str>,
    },
}

/// A text and what must hold for an expression to be it.
#[derive(Debug, Clone)]
pub(in crate::frontends) struct Case {
    pub(super) when: Vec<Arc<Condition>>,
    pub(super) text: Text,
}

/// What the names in an expression stand for.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a, 'd> {
    pub(super) template: &'a Template<'d>,
    /// Conditions that `Fn::If` may name.
    pub(super) conditions: &'a Conditions,
    pub(super) bindings: &'a [(Arc<str>, Value)],
}

impl<'d> Operands<'_, 'd> {
    /// Whether two expressions are the same text.
    pub(super) fn equal(&self, left: NodeRef<'d>, right: NodeRef<'d>) -> Condition {
        self.equal_cases(&self.cases(left), &self.cases(right))
    }

    pub(super) fn equal_cases(&self, left: &[Case], right: &[Case]) -> Condition {
        if left.len().saturating_mul(right.len()) > MAX_CASES * 16 {
            return Condition::Open { text: "a comparison of many cases".into() };
        }
        let mut any = Vec::new();
        for (left, right) in left.iter().flat_map(|left| right.iter().map(move |right| (left, right))) {
            let equal = self.equal_texts(&left.text, &right.text);
            if equal == Condition::Constant(false) {
                continue;
            }
            let mut all: Vec<_> = left.when.iter().chain(&right.when).cloned().collect();
            if equal != Condition::Constant(true) {
                all.push(Arc::new(equal));
            }
            any.push(match (all.pop(), all.is_empty()) {
                (None, _) => return Condition::Constant(true),
                (Some(only), true) => only,
                (Some(last), false) => {
                    all.push(last);
                    Arc::new(Condition::And(all))
                }
            });
        }
        match any.as_slice() {
            [] => Condition::Constant(false),
            [only] => Condition::clone(only),
            [..] => Condition::Or(any),
        }
    }

    fn equal_texts(&self, left: &Text, right: &Text) -> Condition {
        if left == right {
            return Condition::Constant(true);
        }
        let (open, known) = match (left.known(), right.known()) {
            (Some(left), Some(right)) => return Condition::Constant(left == right),
            (None, Some(known)) => (left, known),
            (Some(known), None) => (right, known),
            (None, None) => {
                let mut sides = [left.outline(), right.outline()];
                sides.sort();
                return Condition::Open { text: sides.join(" equals ").into() };
            }
        };
        let (before, name, after) = match open.0.as_slice() {
            [Piece::Name(name)] => ("", name, ""),
            [Piece::Text(before), Piece::Name(name)] => (&**before, name, ""),
            [Piece::Name(name), Piece::Text(after)] => ("", name, &**after),
            [Piece::Text(before), Piece::Name(name), Piece::Text(after)] => (&**before, name, &**after),
            [Piece::Joined { list, .. }] if known.is_empty() => ("", list, ""),
            [..] => return Condition::Equals { name: open.outline().into(), value: known },
        };
        let value = known.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        match value.filter(|value| self.template.may_be(name, value)) {
            Some(value) => Condition::Equals { name: Arc::clone(name), value: value.into() },
            None => Condition::Constant(false),
        }
    }
    /// An expression in its short form, on one line.
    pub(super) fn described(&self, node: NodeRef<'d>) -> String {
        let mut text = String::new();
        self.describe(node, &mut text);
        text
    }

    fn describe(&self, node: NodeRef<'d>, text: &mut String) {
        if let Some(Call { name, argument }) = condition_call(node) {
            let name = name.strip_prefix("Fn::").unwrap_or(&name);
            let _ = write!(text, "!{name} ");
            return self.describe(argument, text);
        }
        match node.kind() {
            NodeKind::Null => text.push('~'),
            NodeKind::Scalar(..) => {
                let scalar = node.scalar_text().unwrap_or_default();
                let scalar = bound(&scalar, self.bindings);
                let plain = !scalar.is_empty() && !scalar.contains([' ', ',', '\'', '"', '\n']);
                let _ = if plain { write!(text, "{scalar}") } else { write!(text, "{scalar:?}") };
            }
            NodeKind::Sequence(_) => {
                for (at, item) in node.items().enumerate() {
                    text.push_str(if at == 0 { "[" } else { ", " });
                    self.describe(item, text);
                }
                text.push_str(if node.items().len() == 0 { "[]" } else { "]" });
            }
            NodeKind::Mapping(_) => {
                for (at, (key, value)) in node.entries().enumerate() {
                    text.push_str(if at == 0 { "{" } else { ", " });
                    self.describe(key, text);
                    text.push_str(": ");
                    self.describe(value, text);
                }
                text.push_str(if node.entries().len() == 0 { "{}" } else { "}" });
            }
        }
    }
}

pub(super) fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), &piece) {
        (_, Piece::Text(more)) if more.is_empty() => {}
        (Some(Piece::Text(text)), Piece::Text(more)) => *text = format!("{text}{more}").into(),
        (Some(_) | None, _) => pieces.push(piece),
    }
}

impl Case {
    pub(super) fn known(text: impl Into<Arc<str>>) -> Self {
        Self { when: Vec::new(), text: Text::of(text.into()) }
    }

    /// Whatever text has this name for conditions.
    pub(super) fn named(name: Arc<str>) -> Self {
        Self::of(Piece::Name(name))
    }

    pub(super) fn under(mut self, condition: Arc<Condition>) -> Self {
        self.when.push(condition);
        self
    }

    /// The name that all of the cases come to.
    pub(super) fn only_name(cases: &[Self]) -> Option<&Arc<str>> {
        match cases {
            [Self { when, text: Text(pieces) }] if when.is_empty() => match pieces.as_slice() {
                [Piece::Name(name)] => Some(name),
                [..] => None,
            },
            [..] => None,
        }
    }

    pub(super) fn of(piece: Piece) -> Self {
        Self { when: Vec::new(), text: Text(vec![piece]) }
    }
}

impl Text {
    pub(super) fn of(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self(if text.is_empty() { Vec::new() } else { vec![Piece::Text(text)] })
    }

    pub(super) fn known(&self) -> Option<Arc<str>> {
        match self.0.as_slice() {
            [] => Some("".into()),
            [Piece::Text(text)] => Some(Arc::clone(text)),
            [..] => None,
        }
    }

    /// What stands for the whole where it cannot be taken apart.
    fn outline(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            let _ = match (piece, self.0.len()) {
                (Piece::Text(known), _) => write!(text, "{known}"),
                (Piece::Name(name) | Piece::Joined { name, .. }, 1) => write!(text, "{name}"),
                (Piece::Name(name) | Piece::Joined { name, .. }, _) => write!(text, "${{{name}}}"),
            };
            text
        })
    }
}

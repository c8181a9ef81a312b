//! What conditions compare: texts, parameters, and texts with parameters in them, some of them only in some cases.

use super::call::{Call, condition_call};
use super::conditions::Conditions;
use super::each::bound;
use super::lookup::MAX_SEARCHED;
use super::sub;
use super::template::Template;
use crate::model::{Condition, Kind, Value};
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use std::fmt::Write;
use std::sync::Arc;

/// Cases that an expression may have before only its text is compared.
const MAX_CASES: usize = 64;

/// A text as far as it is decided before deployment.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::frontends) struct Text(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
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

    /// The texts that an expression may be. There is always one; where nothing is known, the expression's own words.
    pub(super) fn cases(&self, node: NodeRef<'d>) -> Vec<Case> {
        self.decided(node)
            .filter(|cases| cases.len() <= MAX_CASES)
            .unwrap_or_else(|| vec![Case::of(Piece::Name(self.template.scoped(&self.described(node))))])
    }

    fn decided(&self, node: NodeRef<'d>) -> Option<Vec<Case>> {
        let Some(Call { name, argument }) = condition_call(node) else {
            return match node.resolve()? {
                Resolved::Bool(value) => Some(vec![Case::known(if value { "true" } else { "false" })]),
                Resolved::Null => None,
                Resolved::Int(_) | Resolved::Float(_) | Resolved::Text(_) => {
                    Some(vec![Case::known(&*bound(&node.scalar_text()?, self.bindings))])
                }
            };
        };
        match &*name {
            "Ref" => self.reference(&bound(&argument.scalar_text()?, self.bindings)),
            "Fn::Sub" => self.substituted(argument),
            "Fn::Join" => self.joined(argument),
            "Fn::Select" => self.selected(argument),
            "Fn::If" => self.chosen(argument),
            "Fn::FindInMap" => self.looked_up(argument),
            "Fn::Length" => matches!(argument.kind(), NodeKind::Sequence(_))
                .then(|| vec![Case::known(argument.items().len().to_string())]),
            _ => None,
        }
    }

    fn reference(&self, name: &str) -> Option<Vec<Case>> {
        if let Some((_, value)) = self.bindings.iter().rev().find(|(bound, _)| **bound == *name) {
            return of_value(value);
        }
        if let Some(parameter) = self.template.parameters.get(name) {
            return Some(parameter.cases(self.template.scoped(name)));
        }
        name.starts_with("AWS::").then(|| vec![Case::of(Piece::Name(name.into()))])
    }

    fn substituted(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let mut items = argument.items();
        let (template, variables) =
            if argument.scalar_text().is_some() { (argument, None) } else { (items.next()?, items.next()) };
        let text = bound(&template.scalar_text()?, self.bindings).into_owned();
        let mut all = Vec::new();
        for piece in sub::pieces(&text) {
            all.push(match piece {
                sub::Piece::Text(text, _) => vec![Case::known(text)],
                sub::Piece::Escaped(name, _) => vec![Case::known(format!("${{{name}}}"))],
                sub::Piece::Variable(name, _) => match variables.and_then(|variables| variables.get(name)) {
                    Some(variable) => self.decided(variable)?,
                    None => self.reference(name)?,
                },
            });
        }
        concatenated(all)
    }

    fn joined(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let mut items = argument.items();
        let (delimiter, list) = (items.next()?, items.next()?);
        let delimiter = delimiter.scalar_text()?;
        if let Some(list) = self.list_parameter(list) {
            // A list parameter is its items joined by commas.
            let name = self.template.scoped(&self.described(argument));
            return Some(vec![Case::of(if delimiter == "," {
                Piece::Name(list)
            } else {
                Piece::Joined { name, list }
            })]);
        }
        if !matches!(list.kind(), NodeKind::Sequence(_)) || list.tag().is_some() {
            return None;
        }
        let mut all = Vec::new();
        for item in list.items() {
            if !all.is_empty() && !delimiter.is_empty() {
                all.push(vec![Case::known(&*delimiter)]);
            }
            all.push(self.decided(item)?);
        }
        concatenated(all)
    }

    fn list_parameter(&self, node: NodeRef<'d>) -> Option<Arc<str>> {
        let call = condition_call(node).filter(|call| call.name == "Ref")?;
        let name = call.argument.scalar_text()?;
        let parameter = self.template.parameters.get(&*name)?;
        (parameter.is_list() && !parameter.is_given()).then(|| self.template.scoped(&name))
    }

    fn selected(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let mut items = argument.items();
        let (index, list) = (items.next()?, items.next()?);
        let index = index.scalar_text()?.trim().parse::<usize>().ok()?;
        let Some(call) = condition_call(list) else { return self.decided(list.items().nth(index)?) };
        if call.name != "Fn::Split" {
            return None;
        }
        let mut items = call.argument.items();
        let (delimiter, source) = (items.next()?.scalar_text()?, items.next()?);
        let sources = self.decided(source)?;
        let part = |case: Case| {
            let text = case.text.known()?;
            let part = text.split(&*delimiter).nth(index)?;
            Some(Case { when: case.when, text: Text::of(part) })
        };
        sources.into_iter().map(part).collect()
    }

    fn chosen(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let mut items = argument.items();
        let (name, then, otherwise) = (items.next()?.scalar_text()?, items.next()?, items.next()?);
        let pair = self.conditions.find(&bound(&name, self.bindings))?;
        let under = |node, condition: &Arc<Condition>| {
            let mut cases = self.decided(node)?;
            cases.iter_mut().for_each(|case| case.when.push(Arc::clone(condition)));
            Some(cases)
        };
        let mut cases = under(then, &pair.holds)?;
        cases.extend(under(otherwise, &pair.fails)?);
        Some(cases)
    }

    fn looked_up(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let selected = self.rows(argument)?;
        let mut cases = Vec::new();
        let mut none: Vec<Arc<Condition>> = Vec::new();
        for (when, leaf) in selected {
            none.push(Arc::new(Condition::Not(Arc::clone(&when))));
            cases.push(Case { when: vec![when], text: Text::of(leaf.scalar_text()?) });
        }
        if let Some(default) = argument.items().nth(3).and_then(|options| options.get("DefaultValue")) {
            for mut case in self.decided(default)? {
                case.when.extend(none.iter().cloned());
                cases.push(case);
            }
        }
        Some(cases)
    }

    /// The values of a mapping that the keys of `Fn::FindInMap` can select, each with what selects it.
    /// `None` where the keys are not decided, or the mapping is too large.
    pub(super) fn rows(&self, argument: NodeRef<'d>) -> Option<Vec<(Arc<Condition>, NodeRef<'d>)>> {
        let mut items = argument.items();
        let (map, top, second) = (items.next()?, items.next()?, items.next()?);
        let [Case { when, text }] = self.decided(map)?.try_into().ok()?;
        let map = text.known().filter(|_| when.is_empty())?;
        self.template.mappings.leaves(&map).nth(MAX_SEARCHED).is_none().then_some(())?;
        let (top, second) = (self.decided(top)?, self.decided(second)?);
        let mut rows = Vec::new();
        for (row, column, leaf) in self.template.mappings.leaves(&map) {
            let selects = |keys: &[Case], key: &Arc<str>| self.equal_cases(keys, &[Case::known(&**key)]);
            match (selects(&top, row), selects(&second, column)) {
                (Condition::Constant(false), _) | (_, Condition::Constant(false)) => {}
                (Condition::Constant(true), when) | (when, Condition::Constant(true)) => {
                    rows.push((Arc::new(when), leaf));
                }
                (row, column) => {
                    rows.push((Arc::new(Condition::And(vec![Arc::new(row), Arc::new(column)])), leaf));
                }
            }
        }
        Some(rows)
    }

    /// The parameter that a key is, where it is nothing else, and the keys that have a value for it.
    pub(super) fn demanded(&self, argument: NodeRef<'d>) -> Option<(Arc<str>, Vec<Arc<str>>)> {
        let mut items = argument.items();
        let (map, top, second) = (items.next()?, items.next()?, items.next()?);
        let only = |node| <[Case; 1]>::try_from(self.decided(node)?).ok();
        let [[map], [top], [second]] = [only(map)?, only(top)?, only(second)?];
        let map = map.text.known()?;
        let leaves = self.template.mappings.leaves(&map);
        let (name, keys) = match (top.text.0.as_slice(), second.text.0.as_slice()) {
            ([Piece::Name(name)], [Piece::Text(wanted)]) => (
                name,
                leaves.filter(|(_, column, _)| *column == wanted).map(|(row, ..)| row).collect::<Vec<_>>(),
            ),
            ([Piece::Text(wanted)], [Piece::Name(name)]) => {
                (name, leaves.filter(|(row, ..)| *row == wanted).map(|(_, column, _)| column).collect())
            }
            _ => return None,
        };
        Some((Arc::clone(name), keys.into_iter().cloned().collect()))
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

/// The texts that a value of a parent stack may be.
fn of_value(value: &Value) -> Option<Vec<Case>> {
    if let Some(text) = value.to_text() {
        return Some(vec![Case::known(text)]);
    }
    let Kind::Choice(choice) = &value.kind else { return None };
    let fails = Arc::new(Condition::Not(Arc::clone(&choice.condition)));
    let mut cases = Vec::new();
    for (side, when) in [(&choice.then, Arc::clone(&choice.condition)), (&choice.otherwise, fails)] {
        let mut side = of_value(side)?;
        side.iter_mut().for_each(|case| case.when.push(Arc::clone(&when)));
        cases.extend(side);
    }
    (cases.len() <= MAX_CASES).then_some(cases)
}

/// Every way to put one case of each together.
fn concatenated(all: Vec<Vec<Case>>) -> Option<Vec<Case>> {
    let mut whole = vec![Case { when: Vec::new(), text: Text(Vec::new()) }];
    for cases in all {
        if whole.len().saturating_mul(cases.len()) > MAX_CASES {
            return None;
        }
        let longer = |start: &Case, case: &Case| {
            let mut pieces = start.text.0.clone();
            case.text.0.iter().for_each(|piece| push(&mut pieces, piece.clone()));
            Case { when: start.when.iter().chain(&case.when).cloned().collect(), text: Text(pieces) }
        };
        whole = whole.iter().flat_map(|start| cases.iter().map(move |case| longer(start, case))).collect();
    }
    Some(whole)
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
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

    fn of(piece: Piece) -> Self {
        Self { when: Vec::new(), text: Text(vec![piece]) }
    }
}

impl Text {
    fn of(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self(if text.is_empty() { Vec::new() } else { vec![Piece::Text(text)] })
    }

    fn known(&self) -> Option<Arc<str>> {
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

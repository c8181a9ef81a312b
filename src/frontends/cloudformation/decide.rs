//! What an expression comes to before deployment, as far as texts and parameters decide it.

use super::call::{Call, condition_call, literal};
use super::each::bound;
use super::operand::{Case, Operands, Piece, Text, push};
use super::sub;
use crate::model::{Condition, Kind, Value};
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use std::sync::Arc;

/// Cases that an expression may have before only its text is compared.
pub(super) const MAX_CASES: usize = 64;
/// Pieces of an expression's text before only its own words are compared.
const MAX_PIECES: usize = 1_000;

impl<'d> Operands<'_, 'd> {
    /// The texts that an expression may be. There is always one; where nothing is known, the expression's own words.
    pub(super) fn cases(&self, node: NodeRef<'d>) -> Vec<Case> {
        self.decided(node)
            .filter(|cases| cases.len() <= MAX_CASES)
            .unwrap_or_else(|| vec![Case::of(Piece::Name(self.template.scoped(&self.described(node))))])
    }

    pub(super) fn decided(&self, node: NodeRef<'d>) -> Option<Vec<Case>> {
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
            "Ref" => self.reference(&bound(&literal(argument)?, self.bindings)),
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
            if literal(argument).is_some() { (argument, None) } else { (items.next()?, items.next()) };
        let text = bound(&literal(template)?, self.bindings).into_owned();
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
        let delimiter = literal(delimiter)?;
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
        let name = literal(call.argument)?;
        let parameter = self.template.parameters.get(&*name)?;
        (parameter.is_list() && !parameter.is_given()).then(|| self.template.scoped(&name))
    }

    fn selected(&self, argument: NodeRef<'d>) -> Option<Vec<Case>> {
        let mut items = argument.items();
        let (index, list) = (items.next()?, items.next()?);
        let index = literal(index)?.trim().parse::<usize>().ok()?;
        let Some(call) = condition_call(list) else { return self.decided(list.items().nth(index)?) };
        if call.name != "Fn::Split" {
            return None;
        }
        let mut items = call.argument.items();
        let (delimiter, source) = (literal(items.next()?)?, items.next()?);
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
        let (name, then, otherwise) = (literal(items.next()?)?, items.next()?, items.next()?);
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
        let longest = |cases: &[Case]| cases.iter().map(|case| case.text.0.len()).max().unwrap_or(0);
        if longest(&whole) + longest(&cases) > MAX_PIECES {
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

//! `Fn::FindInMap`: what parameters decide, in each case.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html>

use super::call::call;
use super::conditions::Pair;
use super::evaluate::Evaluator;
use super::intrinsics::invalid;
use super::lookup::MAX_SEARCHED;
use super::operand::{Case, Operands, Piece};
use crate::model::{Condition, Hop, Reason, Value};
use crate::source::Site;
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// Values told apart; where keys select more, the parameters' defaults decide.
const MAX_VALUES: usize = 16;

/// A value of a mapping and all that selects it.
type Selected<'d> = (Vec<Arc<Condition>>, NodeRef<'d>);

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn find_in_map(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let nodes: Vec<NodeRef<'d>> = argument.items().collect();
        let &[map, row, column, ref options @ ..] = nodes.as_slice() else {
            return invalid("`Fn::FindInMap` takes a map and two keys");
        };
        let default = options.first().and_then(|options| options.get("DefaultValue"));
        let computed = call(row).is_some() || call(column).is_some();
        if let Some(selected) = computed.then(|| self.selected(argument)).flatten() {
            if self.is_unconditional()
                && default.is_none()
                && let Some((name, keys)) = self.operands().demanded(argument)
            {
                self.demand(name, keys);
            }
            let hop = self.value(map).to_text().map(Hop::Mapping);
            return self.one_of(&selected, default, hop.as_ref(), site);
        }
        let (map, row, column) = (self.value(map), self.value(row), self.value(column));
        self.lift(map, &mut |me, map| {
            me.lift(row.clone(), &mut |me, row| {
                me.lift(column.clone(), &mut |me, column| me.find(&map, &row, &column, default, site))
            })
        })
    }

    /// The values that the keys can select, where parameters decide between few.
    fn selected(&self, argument: NodeRef<'d>) -> Option<Vec<Selected<'d>>> {
        let rows = self.operands().rows(argument)?;
        let mut selected: Vec<Selected<'d>> = Vec::new();
        for (when, leaf) in rows {
            let text = leaf.source();
            if let Some((all, _)) = selected.iter_mut().find(|(_, known)| known.source() == text) {
                all.push(when);
            } else {
                selected.push((vec![when], leaf));
            }
            if selected.len() > MAX_VALUES {
                return None;
            }
        }
        (!selected.is_empty()).then_some(selected)
    }

    fn one_of(
        &mut self,
        selected: &[Selected<'d>],
        default: Option<NodeRef<'d>>,
        hop: Option<&Hop>,
        site: Site,
    ) -> Value {
        let Some(((when, leaf), rest)) = selected.split_first() else {
            return default.map_or_else(Value::null, |default| self.value(default));
        };
        let found = |me: &mut Self| {
            let value = me.value(*leaf);
            hop.map_or_else(|| value.clone(), |hop| value.clone().via(hop.clone(), Some(site)))
        };
        // With any other key nothing is deployed.
        if rest.is_empty() && default.is_none() || when.iter().any(|when| **when == Condition::Constant(true))
        {
            return found(self);
        }
        let pair = Pair::of(match when.as_slice() {
            [only] => Condition::clone(only),
            [..] => Condition::Or(when.clone()),
        });
        self.choose(&pair, found, |me| me.one_of(rest, default, hop, site))
    }

    /// Of several demands only what all allow is left, in whatever order they are met.
    pub(super) fn demand(&mut self, name: Arc<str>, keys: impl IntoIterator<Item = Arc<str>>) {
        let keys = keys.into_iter().collect();
        let known = self.demanded.entry(name);
        known
            .and_modify(|known| known.retain(|key| std::collections::BTreeSet::contains(&keys, key)))
            .or_insert(keys);
    }

    fn find(
        &mut self,
        map: &Value,
        row: &Value,
        column: &Value,
        default: Option<NodeRef<'d>>,
        site: Site,
    ) -> Value {
        let Some(name) = map.to_text() else {
            return map.as_unknown().map_or_else(|| invalid("a map's name is a string"), |_| map.clone());
        };
        let hop = || Hop::Mapping(Arc::clone(&name));
        let (row_text, column_text) = (row.to_text(), column.to_text());
        if let (Some(row), Some(column)) = (&row_text, &column_text) {
            return match (self.template.mappings.find(&name, row, column), default) {
                (Some(leaf), _) => self.value(leaf).via(hop(), Some(site)),
                (None, Some(default)) => self.value(default),
                (None, None) => {
                    Value::unknown(Reason::Undeclared { name: format!("{name}.{row}.{column}").into() })
                }
            };
        }
        // Whatever the keys turn out to be, the value is known where all that they can select agree.
        let fits =
            |wanted: &Option<Arc<str>>, key: &Arc<str>| wanted.as_ref().is_none_or(|wanted| wanted == key);
        let leaves = self.template.mappings.leaves(&name).take(MAX_SEARCHED + 1);
        let searched: Vec<_> = leaves.collect();
        let mut fitting = searched.iter().filter(|(r, c, _)| fits(&row_text, r) && fits(&column_text, c));
        if let Some((_, _, first)) =
            fitting.next().filter(|_| searched.len() <= MAX_SEARCHED && default.is_none())
        {
            let text = first.scalar_text();
            if text.is_some() && fitting.all(|(_, _, leaf)| leaf.scalar_text() == text) {
                return self.value(*first).via(hop(), Some(site));
            }
        }
        let open = if row_text.is_none() { row } else { column };
        match open.as_unknown() {
            Some(unknown) => Value::unknown(unknown.reason.clone()).marked(open.marks),
            None => invalid("a map's keys are strings"),
        }
    }
}

impl<'d> Operands<'_, 'd> {
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
}

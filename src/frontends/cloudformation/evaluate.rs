//! Nodes to values, under the conditions that lead to them.

use super::call::call;
use super::choices::MAX_WRITTEN;
use super::conditions::{Conditions, Pair};
use super::dynamic;
use super::each::{MAX_ITERATIONS, MAX_LOOPED};
use super::notes::Notes;
use super::operand::Operands;
use super::template::Template;
use super::text::{self, Glue};
use crate::model::{Condition, Domain, Entry, Kind, Object, Reason, Satisfiable, Unknown, Value};
use crate::source::Site;
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Iterations, bytes of loops and bytes of strings.
const LIMITS: [usize; 3] = [MAX_ITERATIONS, MAX_LOOPED, MAX_WRITTEN];

/// Named conditions by their addresses, and whether they hold.
type PathKey = Vec<(usize, bool)>;

pub(super) struct Evaluator<'t, 'd> {
    pub(super) template: &'t Template<'d>,
    pub(super) conditions: &'t Conditions,
    pub(super) domain: &'t Domain,
    /// What holds where the evaluator stands.
    path: Vec<Arc<Condition>>,
    possible: FxHashMap<PathKey, bool>,
    pinned: FxHashMap<(PathKey, Arc<str>), Option<Arc<str>>>,
    /// Variables of the loops around.
    pub(super) bindings: Vec<(Arc<str>, Value)>,
    pub(super) iterations: usize,
    /// Bytes of loops' bodies, as often as they run.
    pub(super) looped: usize,
    /// Bytes of the strings put together so far.
    pub(super) written: usize,
    pub(super) notes: Notes,
    /// Keys that mappings demand of parameters wherever the stack is deployed.
    pub(super) demanded: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
}

/// What the evaluation of a part of a template took and met.
pub(super) struct Spent {
    iterations: usize,
    looped: usize,
    written: usize,
    pub(super) notes: Notes,
    demanded: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
}

impl<'t, 'd> Evaluator<'t, 'd> {
    /// For one of so many parts of a template, which may spend its share of what a template may.
    pub(super) fn sharing(
        template: &'t Template<'d>,
        conditions: &'t Conditions,
        domain: &'t Domain,
        parts: usize,
    ) -> Self {
        let [iterations, looped, written] = LIMITS.map(|limit| limit - limit / parts.max(1));
        Self { iterations, looped, written, ..Self::new(template, conditions, domain) }
    }

    /// What one of so many parts took.
    pub(super) fn spent(self, parts: usize) -> Spent {
        let [iterations, looped, written] = LIMITS.map(|limit| limit - limit / parts.max(1));
        Spent {
            iterations: self.iterations - iterations,
            looped: self.looped - looped,
            written: self.written - written,
            notes: self.notes,
            demanded: self.demanded,
        }
    }

    pub(super) fn take(&mut self, mut spent: Spent) {
        self.iterations += spent.iterations;
        self.looped += spent.looped;
        self.written += spent.written;
        self.notes.append(&mut spent.notes);
        spent.demanded.into_iter().for_each(|(name, keys)| self.demand(name, keys));
    }

    pub(super) fn new(template: &'t Template<'d>, conditions: &'t Conditions, domain: &'t Domain) -> Self {
        Self {
            template,
            conditions,
            domain,
            path: Vec::new(),
            possible: FxHashMap::default(),
            pinned: FxHashMap::default(),
            bindings: Vec::new(),
            iterations: 0,
            looped: 0,
            written: 0,
            notes: Notes::default(),
            demanded: BTreeMap::new(),
        }
    }

    pub(super) fn site(&self, node: NodeRef<'_>) -> Site {
        self.template.site(node.full_span())
    }

    /// Evaluates under one more condition; `None` where it cannot hold together with those around.
    pub(super) fn under<T>(
        &mut self,
        condition: &Arc<Condition>,
        run: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        self.path.push(Arc::clone(condition));
        let result = self.can_hold().then(|| run(self));
        self.path.pop();
        result
    }

    /// Whether a parameter cannot have this value here: `Fn::If` of "is not empty" is no place for an empty default.
    /// `name` is what conditions know the parameter by.
    pub(super) fn rules_out(&mut self, name: &Arc<str>, value: &Arc<str>) -> bool {
        if self.path.is_empty() {
            return false;
        }
        let equals = Arc::new(Condition::Equals { name: Arc::clone(name), value: Arc::clone(value) });
        self.under(&equals, |_| ()).is_none()
    }

    /// The only value that a parameter, under the name that conditions have for it, can have here.
    pub(super) fn pinned(&mut self, name: &Arc<str>) -> Option<Arc<str>> {
        let (domain, path) = (self.domain, &self.path);
        let only = || domain.only_value(name, path);
        match identity(path) {
            Some(key) => self.pinned.entry((key, Arc::clone(name))).or_insert_with(only).clone(),
            None => only(),
        }
    }

    /// Whether anything must hold for the evaluator to be where it stands.
    pub(super) fn is_unconditional(&self) -> bool {
        self.path.is_empty()
    }

    /// What conditions make of the expressions around.
    pub(super) fn operands(&self) -> Operands<'_, 'd> {
        Operands { template: self.template, conditions: self.conditions, bindings: &self.bindings }
    }

    /// The condition of a name that stands here.
    pub(super) fn condition(&mut self, name: &str, node: NodeRef<'d>) -> Pair {
        let name = self.bound(name);
        let found = self.conditions.find(&name);
        if found.is_none() && !self.template.has_macros {
            self.notes.wrong(node, format!("no condition is named `{name}`"));
        }
        found.unwrap_or_else(|| self.conditions.get(&name))
    }

    fn can_hold(&mut self) -> bool {
        let (domain, path) = (self.domain, &self.path);
        let possible = || domain.satisfiable(path) != Satisfiable::No;
        match identity(path) {
            Some(key) => *self.possible.entry(key).or_insert_with(possible),
            None => possible(),
        }
    }
    pub(super) fn value(&mut self, node: NodeRef<'d>) -> Value {
        let from = self.template.enter(node);
        let value = self.value_here(node);
        self.template.leave(from);
        value
    }

    fn value_here(&mut self, node: NodeRef<'d>) -> Value {
        if let Some(call) = call(node) {
            return self.intrinsic(node, &call);
        }
        let site = self.template.site(node.span());
        match node.kind() {
            NodeKind::Null => Value::null().at(site),
            NodeKind::Scalar(..) => self.scalar(node, site),
            NodeKind::Sequence(_) => {
                let items = node.items().map(|item| self.value(item)).filter(|item| !item.is_null());
                let items: Vec<Value> = items.collect();
                Value::list(items).at(site)
            }
            NodeKind::Mapping(_) => self.object(node, site, None),
        }
    }

    fn scalar(&mut self, node: NodeRef<'d>, site: Site) -> Value {
        match node.resolve() {
            Some(Resolved::Bool(value)) => Value::bool(value).at(site),
            Some(Resolved::Int(number)) => Value::int(number).at(site),
            Some(Resolved::Float(number)) => crate::model::Number::from_f64(number)
                .map_or_else(
                    || Value::string(node.scalar_text().unwrap_or_default()),
                    |number| Value::new(Kind::Number(number)),
                )
                .at(site),
            Some(Resolved::Text(text)) => {
                let text = self.bound(&text);
                let value = Value::string(&*text).at(site);
                if dynamic::may_resolve(&text) {
                    text::glue(vec![value], &Glue { hop: None, site, delimiter: None })
                } else {
                    value
                }
            }
            Some(Resolved::Null) | None => Value::null().at(site),
        }
    }

    /// As [`Self::value`], of a resource's properties: of those that are written as such, the wanted ones alone.
    pub(super) fn properties(&mut self, node: NodeRef<'d>, wanted: &[&str]) -> Value {
        if call(node).is_some() || !node.is_mapping() {
            return self.value(node);
        }
        let from = self.template.enter(node);
        let value = self.object(node, self.template.site(node.span()), Some(wanted));
        self.template.leave(from);
        value
    }

    /// `wanted` is sorted.
    fn object(&mut self, node: NodeRef<'d>, site: Site, wanted: Option<&[&str]>) -> Value {
        let mut entries = Vec::with_capacity(node.entries().len());
        let mut rest = None;
        for (key, value) in node.entries() {
            let Some(name) = key.scalar_text() else { continue };
            let name = self.bound(&name);
            if name == "Fn::Transform" {
                if let Some(included) = self.template.included(value) {
                    let from = self.template.enter(included);
                    self.collect_entries(included, &mut entries);
                    self.template.leave(from);
                    continue;
                }
                let reason = Reason::Unsupported { what: "Fn::Transform".into() };
                rest = Some(Arc::new(Unknown::new(reason)));
                continue;
            }
            if name.starts_with("Fn::ForEach::") {
                if let Err(reason) = self.each(value, &mut |me, body| me.collect_entries(body, &mut entries))
                {
                    rest = Some(Arc::new(Unknown::new(reason)));
                }
                continue;
            }
            if wanted.is_none_or(|wanted| wanted.binary_search(&&*name).is_ok()) {
                self.entry(key, &name, value, &mut entries);
            }
        }
        let mut object = Object::new(entries);
        object.rest = rest;
        Value::object(object).at(site)
    }

    fn collect_entries(&mut self, body: NodeRef<'d>, entries: &mut Vec<Entry>) {
        for (key, value) in body.entries() {
            if let Some(name) = key.scalar_text() {
                if name.starts_with("Fn::ForEach::") {
                    // What is no loop is noted, and so is a limit.
                    drop(self.each(value, &mut |me, body| me.collect_entries(body, entries)));
                    continue;
                }
                let name = self.bound(&name).into_owned();
                self.entry(key, &name, value, entries);
            }
        }
    }

    fn entry(&mut self, key: NodeRef<'d>, name: &str, value: NodeRef<'d>, entries: &mut Vec<Entry>) {
        let evaluated = self.value(value);
        if !evaluated.is_null() {
            entries.push(Entry {
                key: name.into(),
                key_site: Some(self.template.site(key.span())),
                site: Some(self.site(value)),
                value: evaluated,
            });
        }
    }
}

/// Named conditions live as long as the template, so their addresses identify them; the rest is not remembered.
fn identity(path: &[Arc<Condition>]) -> Option<PathKey> {
    let identity = |condition: &Arc<Condition>| match &**condition {
        Condition::Named { .. } => Some((Arc::as_ptr(condition).addr(), true)),
        Condition::Not(inner) if matches!(**inner, Condition::Named { .. }) => {
            Some((Arc::as_ptr(inner).addr(), false))
        }
        Condition::Constant(_)
        | Condition::Equals { .. }
        | Condition::Open { .. }
        | Condition::Not(_)
        | Condition::And(_)
        | Condition::Or(_) => None,
    };
    path.iter().map(identity).collect()
}

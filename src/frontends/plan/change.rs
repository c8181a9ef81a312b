//! One instance as the plan has it: its address, and its values with what is unknown in them.

use crate::model::{Kind, Number, Value};
use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};
use std::borrow::Cow;
use std::ops::Range;

/// An instance in `resource_changes`, or in a `values` representation.
#[derive(Debug, Clone)]
pub(super) struct Change<'d> {
    pub(super) address: Cow<'d, str>,
    /// Where the address stands in the piece.
    pub(super) header: NodeRef<'d>,
    pub(super) mode: &'d str,
    pub(super) type_name: &'d str,
    /// With keys; empty for the root.
    pub(super) module: Cow<'d, str>,
    pub(super) planned: Planned<'d>,
    /// Whether it exists once the plan is applied.
    pub(super) stays: bool,
    whole: NodeRef<'d>,
}

/// A planned value beside what the plan says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned<'d> {
    /// `None`: not there, which says unknown or nothing.
    pub(super) after: Option<NodeRef<'d>>,
    unknown: Option<NodeRef<'d>>,
    sensitive: Option<NodeRef<'d>>,
}

impl<'d> Change<'d> {
    /// Of an item of `resource_changes`.
    pub(super) fn of_change(item: NodeRef<'d>) -> Option<Self> {
        let change = item.get("change")?;
        let after = change.get("after").filter(|after| after.is_mapping());
        let actions: Vec<_> = change.get("actions")?.items().filter_map(NodeRef::scalar_text).collect();
        let goes = |action: &Cow<'_, str>| matches!(&**action, "delete" | "forget");
        let stays = after.is_some() && (actions.is_empty() || !actions.iter().all(goes));
        let unknown = change.get("after_unknown");
        let sensitive = change.get("after_sensitive");
        Self::new(item, Planned { after, unknown, sensitive }, stays)
    }

    /// Of a resource in `planned_values` or `prior_state`.
    pub(super) fn of_values(item: NodeRef<'d>) -> Option<Self> {
        let after = item.get("values").filter(|values| values.is_mapping());
        Self::new(
            item,
            Planned { after, unknown: None, sensitive: item.get("sensitive_values") },
            after.is_some(),
        )
    }

    pub(super) fn of(item: NodeRef<'d>) -> Option<Self> {
        Self::of_change(item).or_else(|| Self::of_values(item))
    }

    fn new(item: NodeRef<'d>, planned: Planned<'d>, stays: bool) -> Option<Self> {
        let plain = |key: &str| match item.get(key)?.scalar_text()? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        };
        let header = item.get("address")?;
        let address = header.scalar_text()?;
        // Up to 0.12 there may be none: it is what the address begins with.
        let module = match item.get("module_address").and_then(NodeRef::scalar_text) {
            Some(module) => module,
            None => Cow::Owned(module_of(&address)),
        };
        Some(Self {
            header,
            mode: plain("mode")?,
            type_name: plain("type")?,
            module,
            address,
            planned,
            stays,
            whole: item,
        })
    }

    /// The values before the plan is applied.
    pub(super) fn before(&self) -> Planned<'d> {
        let before = |key: &str| self.whole.get("change")?.get(key);
        Planned { after: before("before"), unknown: None, sensitive: before("before_sensitive") }
    }

    /// What instances have in common that differ in nothing but their address.
    pub(super) fn common(&self) -> Range<usize> {
        self.whole.get("change").map_or(0..0, |change| change.span().range())
    }
}

fn module_of(address: &str) -> String {
    let parts = super::address::parts(address);
    let calls = parts.chunks(2).take_while(|pair| pair.first() == Some(&"module")).count();
    parts.get(..calls * 2).unwrap_or_default().join(".")
}

impl<'d> Planned<'d> {
    /// Of what no plan says a word.
    pub(super) const NOTHING: Self = Self { after: None, unknown: None, sensitive: None };

    /// Known only after apply.
    pub(super) fn is_unknown(self) -> bool {
        self.unknown.is_some_and(is_true)
    }

    pub(super) fn is_sensitive(self) -> bool {
        self.sensitive.is_some_and(is_true)
    }

    pub(super) fn is_null(self) -> bool {
        self.after.is_none_or(|after| matches!(after.resolve(), Some(Resolved::Null)))
    }

    pub(super) fn key(self, key: &str) -> Self {
        Self {
            after: self.after.and_then(|node| node.get(key)),
            unknown: below(self.unknown, |node| node.get(key)),
            sensitive: below(self.sensitive, |node| node.get(key)),
        }
    }

    /// The members of an object, each with where its key stands; those included of which only is said that they are
    /// unknown. What is unknown or sensitive is little, so that it is looked up in there.
    pub(super) fn all_members(self) -> Vec<(Cow<'d, str>, Option<Span>, Self)> {
        self.members(&|_| true)
    }

    /// Those of them that are wanted.
    pub(super) fn members(self, wanted: &dyn Fn(&str) -> bool) -> Vec<(Cow<'d, str>, Option<Span>, Self)> {
        let planned = self.after.into_iter().flat_map(NodeRef::entries).filter_map(|(key, value)| {
            let name = key.scalar_text().filter(|name| wanted(name))?;
            let member = Self {
                after: Some(value),
                unknown: below(self.unknown, |node| node.get(&name)),
                sensitive: below(self.sensitive, |node| node.get(&name)),
            };
            Some((name, Some(key.span()), member))
        });
        let mut members: Vec<_> = planned.collect();
        for (key, unknown) in self.unknown.into_iter().flat_map(NodeRef::entries) {
            let Some(name) = key.scalar_text().filter(|name| wanted(name)) else { continue };
            if self.after.is_none_or(|after| after.get(&name).is_none()) {
                let sensitive = below(self.sensitive, |node| node.get(&name));
                members.push((name, None, Self { after: None, unknown: Some(unknown), sensitive }));
            }
        }
        members
    }

    /// Whether anything in it is marked.
    fn has_secrets(self) -> bool {
        fn any(node: NodeRef<'_>) -> bool {
            is_true(node) || node.items().any(any) || node.entries().any(|(_, value)| any(value))
        }
        self.sensitive.is_some_and(any)
    }

    /// Items of a list, `None` where it is none.
    pub(super) fn items(self) -> Option<Vec<Self>> {
        let after = self.after.filter(|after| matches!(after.kind(), NodeKind::Sequence(_)))?;
        let mut unknown = self.unknown.map(NodeRef::items);
        let mut sensitive = self.sensitive.map(NodeRef::items);
        let items = after.items().map(|item| Self {
            after: Some(item),
            unknown: below(self.unknown, |_| unknown.as_mut().and_then(Iterator::next)),
            sensitive: below(self.sensitive, |_| sensitive.as_mut().and_then(Iterator::next)),
        });
        Some(items.collect())
    }

    /// Every text below that is not to be shown, by the provider's or the variable's mark.
    pub(super) fn secrets(self, marked: bool, found: &mut Vec<NodeRef<'d>>) {
        let marked = marked || self.is_sensitive();
        let Some(after) = self.after.filter(|_| marked || self.has_secrets()) else { return };
        if let Some(items) = self.items() {
            items.into_iter().for_each(|item| item.secrets(marked, found));
        } else if after.is_mapping() {
            for (_, _, member) in self.all_members() {
                member.secrets(marked, found);
            }
        } else if marked && after.scalar_text().is_some_and(|text| !text.is_empty()) {
            found.push(after);
        }
    }
}

/// One level down; what holds for the whole holds below.
fn below<'d>(
    node: Option<NodeRef<'d>>,
    step: impl FnOnce(NodeRef<'d>) -> Option<NodeRef<'d>>,
) -> Option<NodeRef<'d>> {
    let node = node?;
    if is_true(node) { Some(node) } else { step(node) }
}

pub(super) fn is_true(node: NodeRef<'_>) -> bool {
    matches!(node.resolve(), Some(Resolved::Bool(true)))
}

/// A scalar's value; `None` for collections.
pub(super) fn scalar(node: NodeRef<'_>) -> Option<Value> {
    Some(match node.resolve()? {
        Resolved::Null => Value::null(),
        Resolved::Bool(value) => Value::bool(value),
        Resolved::Int(number) => Value::int(number),
        Resolved::Float(number) => match Number::from_f64(number) {
            Some(number) => Value::new(Kind::Number(number)),
            None => Value::string(&*node.scalar_text()?),
        },
        Resolved::Text(text) => Value::string(&*text),
    })
}

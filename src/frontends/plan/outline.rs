//! What an item of a plan says that decides whether it is kept, found without making a tree of it: most items are passed
//! over, or differ from one that is kept in nothing but their address.

use super::change::Change;
use super::read::Parsed;
use crate::syntax::doc;
use crate::syntax::members::members;
use std::borrow::Cow;
use std::ops::Range;

pub(super) struct Outline<'p> {
    pub(super) address: Cow<'p, str>,
    pub(super) mode: Cow<'p, str>,
    pub(super) type_name: Cow<'p, str>,
    /// Whether it exists once the plan is applied.
    pub(super) stays: bool,
    /// What instances have in common that differ in nothing but their address.
    pub(super) common: Range<usize>,
    /// What stands in `before`, if it is what stands in `after` as well.
    pub(super) repeated: Option<Range<usize>>,
}

impl<'p> Outline<'p> {
    /// Of an item of `resource_changes`.
    pub(super) fn of_change(item: &'p str) -> Option<Self> {
        let quick = Said::of(item).and_then(|said| {
            let common = said.change.clone()?;
            let change = Values::of(item, common.clone())?;
            let outline = said.outline(item, change.stays(item)?, common)?;
            Some(Self { repeated: change.repeated(item), ..outline })
        });
        quick.or_else(|| Self::read(item, |parsed| parsed.root().and_then(Change::of_change)))
    }

    /// Of a resource in `planned_values` or `prior_state`.
    pub(super) fn of_values(item: &'p str) -> Option<Self> {
        let quick = Said::of(item).and_then(|said| {
            let stays = item.get(said.values.clone()?)?.starts_with('{');
            said.outline(item, stays, 0..0)
        });
        quick.or_else(|| Self::read(item, |parsed| parsed.root().and_then(Change::of_values)))
    }

    fn read(
        item: &'p str,
        change: impl for<'d> FnOnce(&'d Parsed<'p>) -> Option<Change<'d>>,
    ) -> Option<Self> {
        let parsed = Parsed::of(item)?;
        let change = change(&parsed)?;
        Some(Self {
            address: Cow::Owned(change.address.to_string()),
            mode: Cow::Owned(change.mode.to_owned()),
            type_name: Cow::Owned(change.type_name.to_owned()),
            stays: change.stays,
            common: change.common(),
            repeated: None,
        })
    }
}

/// Where the members of an item stand; of several with one key the last.
#[derive(Default)]
struct Said {
    address: Option<Range<usize>>,
    mode: Option<Range<usize>>,
    type_name: Option<Range<usize>>,
    change: Option<Range<usize>>,
    values: Option<Range<usize>>,
}

impl Said {
    fn of(item: &str) -> Option<Self> {
        let mut said = Self::default();
        members(item, &mut |key, value| match key {
            "address" => said.address = Some(value),
            "mode" => said.mode = Some(value),
            "type" => said.type_name = Some(value),
            "change" => said.change = Some(value),
            "values" => said.values = Some(value),
            _ => {}
        })?;
        Some(said)
    }

    fn outline(self, item: &str, stays: bool, common: Range<usize>) -> Option<Outline<'_>> {
        let written = |range: Option<Range<usize>>| item.get(range?)?.strip_prefix('"')?.strip_suffix('"');
        let plain = |range| written(range).filter(|text| !text.contains('\\')).map(Cow::Borrowed);
        let address = plain(self.address.clone()).or_else(|| decoded(item.get(self.address?)?))?;
        let (mode, type_name) = (plain(self.mode)?, plain(self.type_name)?);
        Some(Outline { address, mode, type_name, stays, common, repeated: None })
    }
}

fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let document = doc::parse_json(text).ok()?;
    Some(Cow::Owned(document.root(text)?.scalar_text()?.into_owned()))
}

/// Where the values of a change stand in its item.
#[derive(Default)]
struct Values {
    actions: Range<usize>,
    before: Range<usize>,
    before_sensitive: Range<usize>,
    after: Range<usize>,
    after_sensitive: Range<usize>,
}

impl Values {
    fn of(item: &str, change: Range<usize>) -> Option<Self> {
        let mut values = Self::default();
        members(item.get(change.clone())?, &mut |key, value| {
            let value = value.start + change.start..value.end + change.start;
            match key {
                "actions" => values.actions = value,
                "before" => values.before = value,
                "before_sensitive" => values.before_sensitive = value,
                "after" => values.after = value,
                "after_sensitive" => values.after_sensitive = value,
                _ => {}
            }
        })?;
        Some(values)
    }

    /// Whether an instance exists after its change; `None`: that takes a closer look.
    fn stays(&self, item: &str) -> Option<bool> {
        let actions = item.get(self.actions.clone()).filter(|actions| !actions.is_empty())?;
        let after = item.get(self.after.clone()).filter(|after| !after.is_empty())?;
        let goes = ["delete", "forget", "\\"].iter().any(|part| actions.contains(part));
        (!goes).then_some(after.starts_with('{'))
    }

    /// What was marked as a secret and is no more is looked for in what was.
    fn repeated(self, item: &str) -> Option<Range<usize>> {
        let is_same = item.get(self.before.clone()) == item.get(self.after)
            && item.get(self.before_sensitive) == item.get(self.after_sensitive);
        let inside = self.before.start + 1..self.before.end.max(1) - 1;
        (is_same && inside.len() > 1).then_some(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_what_the_tree_says() {
        for (item, expected) in [
            (
                r#"{"address":"a.b[\"x\"]","mode":"managed","type":"a","change":{"actions":["create"],"after":{"k":1}}}"#,
                Some(("a.b[\"x\"]", "managed", "a", true)),
            ),
            (
                r#"{"address":"a.b","mode":"managed","type":"a","change":{"actions":["delete"],"after":null}}"#,
                Some(("a.b", "managed", "a", false)),
            ),
            (
                r#"{"address":"a.b","mode":"managed","type":"a","change":{"actions":["delete","create"],"after":{}}}"#,
                Some(("a.b", "managed", "a", true)),
            ),
            (r#"{"address":"a.b","mode":"managed","type":"a","change":{"after":{}}}"#, None),
            (r#"{"address":"a.b","mode":"managed","change":{"actions":[],"after":{}}}"#, None),
            (
                r#"{"\u0061ddress":"a.b","mode":"managed","type":"a","change":{"actions":[],"after":{}}}"#,
                Some(("a.b", "managed", "a", true)),
            ),
        ] {
            let outline = Outline::of_change(item);
            let outline =
                outline.as_ref().map(|found| (&*found.address, &*found.mode, &*found.type_name, found.stays));
            assert_eq!(outline, expected, "{item}");
            let parsed = Parsed::of(item).unwrap();
            let change = parsed.root().and_then(Change::of_change);
            let change =
                change.as_ref().map(|found| (&*found.address, found.mode, found.type_name, found.stays));
            assert_eq!(change, expected, "{item}");
        }
    }
}

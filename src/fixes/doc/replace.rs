//! Other words at the same place.

use super::route::Step;
use super::{Change, New, Page, outer};

impl Page {
    /// Another key with another value in the place of an entry.
    pub(in crate::fixes) fn rename(&self, step: Step<'_>, (key, value): (&str, &New)) -> Vec<Change> {
        let Some(old) = step.key.filter(|_| !self.has_aliases(step)) else { return Vec::new() };
        let place = outer(old);
        let quote = self.slice(place.range().start, place.range().end).chars().next();
        let mut script = self.script(step.parent, None);
        script.key_quote = quote.filter(|quote| ['"', '\''].contains(quote));
        let edit = (place, script.key(key));
        let renamed = Change::new(vec![edit], step.parent, Some(key));
        self.put(step, value).into_iter().map(|put| put.and(renamed.clone())).collect()
    }

    /// Whether other keys, which stay what they are, have the value of this one by an alias.
    fn has_aliases(&self, step: Step<'_>) -> bool {
        let Some(colon) = step.key.and_then(|key| self.colon(key)) else { return false };
        let before = self.slice(colon, step.node.span().range().start);
        let name = before.split_whitespace().find_map(|mark| mark.strip_prefix('&'));
        let is_named = |name: &str| {
            let mut found = self.text().match_indices('*').filter_map(|(at, _)| self.text().get(at + 1..));
            found.any(|alias| {
                alias.strip_prefix(name).is_some_and(|behind| {
                    !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
                })
            })
        };
        name.is_some_and(is_named)
    }
}

//! Other words at the same place.

use super::route::Step;
use super::{Change, New, Page, outer};

impl Page {
    /// Another key with another value in the place of an entry.
    pub(in crate::fixes) fn rename(&self, step: Step<'_>, (key, value): (&str, &New)) -> Vec<Change> {
        let Some(old) = step.key else { return Vec::new() };
        let place = outer(old);
        let quote = self.slice(place.range().start, place.range().end).chars().next();
        let mut script = self.script(step.parent, None);
        script.key_quote = quote.filter(|quote| ['"', '\''].contains(quote));
        let edit = (place, script.key(key));
        let renamed = Change::new(vec![edit], step.parent, Some(key));
        self.put(step, value).into_iter().map(|put| put.and(renamed.clone())).collect()
    }
}

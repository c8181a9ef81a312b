//! Long texts that were looked through, since many resources may use one.

use super::named::{Named, named};
use crate::secrets::Carried;
use crate::source::{Site, Sources};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Shorter ones are looked through sooner than found.
const LONG: usize = 2048;
/// How many are remembered.
const KEPT: usize = 16;

/// What a text gives to names, and why it was not looked through to its end.
pub(super) type Found = (Vec<Named>, Option<&'static str>);

#[derive(Debug)]
struct Text {
    text: Box<str>,
    literals: Vec<Site>,
    found: Arc<Found>,
}

/// The last ones of a unit.
#[derive(Debug, Default)]
pub(super) struct Searched(Mutex<VecDeque<Text>>);

impl Searched {
    /// As [`named`].
    pub(super) fn named(&self, carried: &Carried<'_>, literals: Vec<Site>, sources: &Sources) -> Arc<Found> {
        let text = carried.text(0);
        if text.len() < LONG {
            return Arc::new(named(carried, &literals, sources));
        }
        let is_it = |one: &&Text| *one.text == *text && one.literals == literals;
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = known().iter().find(is_it) {
            return Arc::clone(&one.found);
        }
        let found = Arc::new(named(carried, &literals, sources));
        let mut all = known();
        all.truncate(KEPT - 1);
        all.push_front(Text { text: text.into(), literals, found: Arc::clone(&found) });
        found
    }
}

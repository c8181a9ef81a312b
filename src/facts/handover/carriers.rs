//! Data sources that only carry a key on, to what is told of it.

use super::Stated;
use crate::facts::provenance;
use crate::model::{Kind, Value};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a data source hands on to somebody is told of who gets it.
pub(crate) fn tell_once(stated: &mut Vec<Stated>) {
    let (mut sites, mut addresses) = (FxHashSet::default(), FxHashSet::default());
    for end in stated.iter().filter(|one| !one.is_carrier) {
        let header = &end.subject.header;
        sites.insert(header.site);
        sites.extend(header.chain.iter().map(|spot| spot.site));
        addresses.extend(end.carriers.iter().cloned());
    }
    let is_told = |one: &Stated| {
        sites.contains(&one.subject.header.site)
            || one.subject.addresses.iter().any(|address| addresses.contains(address))
    };
    stated.retain(|one| !one.is_carrier || !is_told(one));
}

/// The data sources that a value was taken from.
pub(super) fn carriers(value: &Value, found: &mut Vec<Arc<str>>) {
    provenance::attributes(&value.origin, &mut |name| {
        let is_data = name.starts_with("data.") || name.contains(".data.");
        if let Some((address, "rendered")) = name.rsplit_once('.').filter(|_| is_data) {
            found.push(Arc::from(address));
        }
    });
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| carriers(item, found)),
        Kind::Object(object) => object.entries.iter().for_each(|entry| carriers(&entry.value, found)),
        Kind::Choice(choice) => {
            carriers(&choice.then, found);
            carriers(&choice.otherwise, found);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
    }
}

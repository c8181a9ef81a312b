//! `Mappings`: two levels of literals.

use crate::syntax::doc::NodeRef;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Values of a mapping looked through for agreeing ones.
pub(super) const MAX_SEARCHED: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Mappings<'d> {
    maps: BTreeMap<Arc<str>, Rows<'d>>,
}

type Rows<'d> = BTreeMap<Arc<str>, BTreeMap<Arc<str>, NodeRef<'d>>>;

impl<'d> Mappings<'d> {
    pub(super) fn read(section: impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)>) -> Self {
        let maps = section.filter_map(|(name, body)| Some((name.scalar_text()?.into(), body)));
        let rows = |map| named(map).map(|(row, columns)| (row, named(columns).collect())).collect();
        Self { maps: maps.map(|(name, map)| (name, rows(map))).collect() }
    }

    /// A value by its three names.
    pub(super) fn find(&self, map: &str, row: &str, column: &str) -> Option<NodeRef<'d>> {
        self.maps.get(map)?.get(row)?.get(column).copied()
    }

    /// Row, column and value of everything in a mapping.
    pub(super) fn leaves(&self, map: &str) -> impl Iterator<Item = (&Arc<str>, &Arc<str>, NodeRef<'d>)> {
        let rows = self.maps.get(map).into_iter().flatten();
        rows.flat_map(|(row, columns)| columns.iter().map(move |(column, leaf)| (row, column, *leaf)))
    }
}

fn named(node: NodeRef<'_>) -> impl Iterator<Item = (Arc<str>, NodeRef<'_>)> {
    node.entries().filter_map(|(name, body)| Some((name.scalar_text()?.into(), body)))
}

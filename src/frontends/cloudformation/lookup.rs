//! `Mappings`: two levels of literals.

use super::template::Template;
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// Row, column and value of everything in a mapping.
pub(super) fn leaves<'d>(template: &Template<'d>, map: &str) -> Vec<(Arc<str>, Arc<str>, NodeRef<'d>)> {
    let mut leaves = Vec::new();
    let rows =
        template.section("Mappings").find(|(name, _)| name.scalar_text().is_some_and(|name| name == map));
    for (row, columns) in rows.into_iter().flat_map(|(_, rows)| rows.entries()) {
        let Some(row) = row.scalar_text() else { continue };
        let row: Arc<str> = row.into();
        for (column, leaf) in columns.entries() {
            if let Some(column) = column.scalar_text() {
                leaves.push((Arc::clone(&row), column.into(), leaf));
            }
        }
    }
    leaves
}

/// A value by its three names.
pub(super) fn find<'d>(template: &Template<'d>, map: &str, row: &str, column: &str) -> Option<NodeRef<'d>> {
    let mut maps = template.section("Mappings");
    let (_, rows) = maps.find(|(name, _)| name.scalar_text().is_some_and(|name| name == map))?;
    rows.get(row)?.get(column)
}

//! Findings of a cloud assembly that git ignores: it was synthesized of the code of today, and nobody knows what it was.

use super::as_of::AsOf;
use crate::discover::Inventory;
use crate::findings::Finding;
use crate::source::Sources;

pub(super) struct Apps<'a, 's> {
    inventory: &'a Inventory,
    as_of: &'a AsOf<'a, 's>,
    sources: &'a Sources,
}

impl<'a, 's> Apps<'a, 's> {
    pub(super) fn new(inventory: &'a Inventory, as_of: &'a AsOf<'a, 's>, sources: &'a Sources) -> Self {
        Self { inventory, as_of, sources }
    }

    pub(super) fn touches(&mut self, finding: &Finding) -> Option<bool> {
        let _ = (self.inventory, self.as_of, self.sources, finding);
        None
    }
}

//! Files of a run.

use crate::memory::ROOT;
use keyless::system::Texts;
use std::path::Path;

/// Files by their paths below the root.
#[derive(Debug, Default, Clone)]
pub struct Tree {
    pub(crate) texts: Texts,
}

impl Tree {
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self::default().and(path, bytes)
    }

    #[must_use]
    pub fn and(mut self, path: &str, bytes: &[u8]) -> Self {
        self.texts.insert(Path::new(ROOT).join(path), bytes.into());
        self
    }

    /// The files, as [`keyless::system::Overlay`] takes them.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }
}

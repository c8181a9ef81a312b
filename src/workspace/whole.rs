//! Whole runs, which may be done on another thread while more is edited.

use super::Shown;
use super::answer::Said;
use super::buffer::Buffer;
use super::collect::Collect;
use super::folder::InFolder;
use crate::engine::{self, CheckRequest, Learned};
use crate::source::Sources;
use crate::system::{Overlay, System, Texts};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// All that a whole run needs.
#[derive(Clone)]
pub struct Snapshot<'s> {
    pub(super) system: &'s dyn System,
    pub(super) folder: PathBuf,
    pub(super) request: CheckRequest,
    pub(super) texts: Texts,
    pub(super) buffers: BTreeMap<PathBuf, Buffer>,
    pub(super) edits: u64,
}

/// What a whole run said.
pub struct Whole {
    pub(super) said: BTreeMap<Shown, Said>,
    pub(super) learned: Learned,
    /// How much had been edited when it began.
    pub(super) edits: u64,
    pub(super) buffers: BTreeMap<PathBuf, Buffer>,
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("folder", &self.folder)
            .field("edits", &self.edits)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Whole")
            .field("files", &self.said.len())
            .field("edits", &self.edits)
            .finish_non_exhaustive()
    }
}

impl Snapshot<'_> {
    /// Judges everything. `None` where `stop` became true on the way.
    #[must_use]
    pub fn run(self, stop: &AtomicBool) -> Option<Whole> {
        let Self { system, folder, request, texts, buffers, edits } = self;
        let within = InFolder::new(system, &folder);
        let overlay = Overlay::new(&within, &texts);
        let sources = Sources::default();
        let (outcome, learned) = engine::analyse(&request, &overlay, &sources, stop)?;
        let said = Collect { sources: &sources, buffers: &buffers, folder: &folder, system: &overlay }
            .said(&outcome);
        Some(Whole { said, learned, edits, buffers })
    }
}

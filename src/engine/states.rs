//! State files' part of a run.

use super::load::{Item, Loader, Units};
use crate::discover::Found;
use crate::findings::Problem;
use crate::frontends::state::{self, Recognised};
use crate::secrets;
use crate::source::SourceFile;
use crate::system::{self, ReadError};

impl Loader<'_> {
    /// A file whose name says that it is a state, or a copy of one.
    pub(super) fn state(&self, found: &Found) -> (Option<Item>, Vec<Problem>) {
        match self.inventory.read(found, self.system).and_then(system::text) {
            Ok(text) => self.state_of(found, text, state::is_named(&found.shown)),
            // Encrypted by what git runs, and so given away to nobody; or packed.
            Err(ReadError::NotText { lossy, .. })
                if lossy.contains('\0') || !state::is_named(&found.shown) =>
            {
                (None, Vec::new())
            }
            Err(error) => (None, vec![error.problem(&found.shown)]),
        }
    }

    /// A text that may be a state. What holds nothing worth a word is not kept.
    pub(super) fn state_of(&self, found: &Found, text: String, named: bool) -> (Option<Item>, Vec<Problem>) {
        let source = SourceFile::new(found.shown.clone(), found.root_path.clone(), text, found.git_ignored);
        let form = match state::recognise(&source, named) {
            Recognised::PassedOver => return (None, Vec::new()),
            Recognised::Broken(problem) => return (None, vec![problem]),
            Recognised::State(form) => form,
        };
        let detections = secrets::scan(source.text());
        let places: Vec<usize> = detections.iter().map(|detection| detection.start).collect();
        let (file, source) = self.sources.add(source);
        let (state, resources, problem) = state::load(file, &source, form, &places);
        let detections = if detections.is_empty() { Vec::new() } else { vec![(file, detections)] };
        let units = Units { states: vec![state], detections, resources, files: 1, ..Units::default() };
        (Some(Item::Units { root: found.root, units: Box::new(units) }), problem.into_iter().collect())
    }
}

//! One run from paths to what keyless has to say. Owns the order of the steps; knows no format.

use crate::discover::discover;
use crate::findings::{Outcome, Selection};
use crate::source::Sources;
use crate::system::System;
use std::path::PathBuf;

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    pub paths: Vec<PathBuf>,
    /// Globs of what is left out.
    pub excludes: Vec<String>,
    pub selection: Selection,
    /// Policies of the strict set as well.
    pub strict: bool,
}

/// Runs on the calling thread's rayon pool.
#[must_use]
pub fn check(request: &CheckRequest, system: &dyn System, _sources: &Sources) -> Outcome {
    let inventory = discover(&request.paths, &request.excludes, system);
    Outcome { problems: inventory.problems, ..Outcome::default() }
}

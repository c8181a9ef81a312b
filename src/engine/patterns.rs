//! Tokens of the forms that configuration knows, in the texts of the files that it holds for.

use super::placed::Placed;
use super::{Detections, Read};
use crate::discover::kind_of_name;
use crate::secrets::scan_for;
use crate::source::{FileId, SourceFile, Sources};
use rayon::prelude::*;

/// Adds what is found to what was read.
pub(super) fn detect(placed: &Placed<'_>, sources: &Sources, read: &mut Read) {
    let files: Vec<FileId> = (0..sources.len()).filter_map(|at| u32::try_from(at).ok()).map(FileId).collect();
    let found: Detections = files
        .par_iter()
        .filter_map(|file| {
            let (_, settings) = placed.of(*file);
            settings.patterns().next()?;
            let source = sources.get(*file);
            if source.git_ignored || !is_code(&source) {
                return None;
            }
            let detections = scan_for(source.text(), settings.patterns().map(|pattern| &**pattern));
            (!detections.is_empty()).then_some((*file, detections))
        })
        .collect();
    read.detections.extend(found);
}

/// Whether a file is judged: of an assembly, its templates are.
fn is_code(source: &SourceFile) -> bool {
    const OF_ASSEMBLIES: [&str; 4] = ["manifest.json", "tree.json", ".metadata.json", ".assets.json"];
    let name = source.path.rsplit('/').next().unwrap_or_default();
    kind_of_name(name).is_some() && !OF_ASSEMBLIES.iter().any(|end| name.ends_with(end))
}

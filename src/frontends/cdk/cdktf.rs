//! What CDK for Terraform notes down in the `cdk.tf.json` that it writes: under `"//"`, the construct path of each block,
//! and where the stack frames were kept, the user's line. All else of such a file is Terraform's.
//!
//! <https://developer.hashicorp.com/terraform/cdktf>

use super::Files;
use super::locator::Locator;
use crate::model::{Made, Unit};
use crate::source::{FileId, Site, Sources, Span, folder_of};
use crate::syntax::doc::{self, NodeRef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sections of blocks with two labels, and with one.
const RESOURCES: [&str; 3] = ["resource", "data", "ephemeral"];
const OTHERS: [&str; 4] = ["variable", "output", "module", "provider"];

/// Tells the resources of a unit the constructs that made them. Returns what else constructs made.
pub fn annotate(unit: &mut Unit, sources: &Sources, files: &dyn Files) -> Vec<Made> {
    let mut known: BTreeMap<FileId, Notes> = BTreeMap::new();
    for file in unit.files.iter().copied().chain(unit.resources.iter().map(|resource| resource.block.file)) {
        known.entry(file).or_insert_with(|| Notes::read(file, sources, files));
    }
    for resource in &mut unit.resources {
        // The body's end is what both trees agree on.
        let end = resource.block.span.end;
        let notes = known.get(&resource.block.file);
        if let Some(made) = notes.and_then(|notes| notes.resources.get(&end)) {
            resource.construct = Some(Arc::clone(&made.construct));
            resource.user_site = made.user_site;
        }
    }
    known.into_values().flat_map(|notes| notes.others).collect()
}

/// The notes of one file.
#[derive(Debug, Default)]
struct Notes {
    /// By the end of the block.
    resources: BTreeMap<u32, Made>,
    others: Vec<Made>,
}

impl Notes {
    fn read(file: FileId, sources: &Sources, files: &dyn Files) -> Self {
        let source = sources.get(file);
        let mut notes = Self::default();
        let has_notes = || memchr::memmem::find(source.text().as_bytes(), b"\"//\"").is_some();
        if !source.root_path.ends_with(".tf.json") || !has_notes() {
            return notes;
        }
        // What cannot be read has been told by who reads it as Terraform.
        let Ok(document) = doc::parse_json(source.text()) else { return notes };
        let Some(root) = document.root(source.text()) else { return notes };
        let folder = folder_of(&source.root_path);
        let mut locator = Locator::new(files, folder);
        let section = |name: &&str| root.get(name).into_iter().flat_map(NodeRef::entries);
        let resources = RESOURCES.iter().flat_map(section).flat_map(|(_, named)| named.entries());
        for (key, body) in resources {
            if let Some(made) = made(file, key.span(), body, &mut locator) {
                notes.resources.insert(made.block.span.end, made);
            }
        }
        for (key, body) in OTHERS.iter().flat_map(section) {
            notes.others.extend(made(file, key.span(), body, &mut locator));
        }
        notes
    }
}

fn made(file: FileId, key: Span, body: NodeRef<'_>, locator: &mut Locator<'_>) -> Option<Made> {
    let metadata = body.get("//")?.get("metadata")?;
    let construct = metadata.get("path")?.scalar_text()?;
    let frames = metadata.get("stackTrace").into_iter().flat_map(NodeRef::items);
    let frames: Vec<String> = frames.filter_map(|frame| frame.scalar_text().map(Into::into)).collect();
    Some(Made {
        block: Site::new(file, key.to(body.full_span())),
        construct: construct.into(),
        user_site: locator.locate(&frames),
    })
}

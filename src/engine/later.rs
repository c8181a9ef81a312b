//! Folders of Terraform code that nobody calls: each is parsed when it is judged, and its trees are given back then. Only
//! what several roots may share is parsed before and held until the last of them is judged.

use super::Read;
use super::load::Unparsed;
use super::terraform::{Judged, RootFiles, evaluated, module_of};
use crate::catalog::{Interest, Known};
use crate::frontends::terraform::{Files, Module, Options, Program, mentions};
use crate::source::FileId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// So many files are worth more than one thread.
const SOME: usize = 64;

/// A folder that is not parsed yet.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) name: String,
    pub(super) files: Vec<Unparsed>,
    /// The folders that its texts seem to call.
    mentioned: BTreeSet<String>,
}

/// What a folder came to.
pub(super) struct Root {
    pub(super) folder: String,
    /// `None`: somebody wanted the run to end.
    pub(super) judged: Option<Judged>,
    /// What stands in its files.
    pub(super) read: Read,
    pub(super) called: Vec<String>,
}

/// Tells files that have to be parsed before any root is judged from folders that have not.
pub(super) fn split(files: Vec<Unparsed>, of_root: &RootFiles<'_>) -> (Vec<Unparsed>, Vec<Folder>) {
    let mut folders: BTreeMap<String, (Vec<Unparsed>, BTreeSet<String>)> = BTreeMap::new();
    let mentioned: Vec<Vec<String>> =
        files.par_iter().map(|file| mentions(file.folder(), file.source.text()).collect()).collect();
    for (file, mentioned) in files.into_iter().zip(mentioned) {
        let (members, all) = folders.entry(file.folder().to_owned()).or_default();
        members.push(file);
        all.extend(mentioned);
    }
    let called: BTreeSet<String> = folders
        .iter()
        .flat_map(|(name, (_, all))| all.iter().filter(move |other| *other != name))
        .cloned()
        .collect();
    let known: BTreeSet<String> = folders.keys().cloned().collect();
    // What a call leads to outside of what was found is loaded before.
    let is_loaded = |folder: &String| known.contains(folder) || !of_root.has_folder(folder);
    let (mut now, mut later) = (Vec::new(), Vec::new());
    for (name, (files, mentioned)) in folders {
        let is_shared = called.contains(&name)
            || !mentioned.iter().all(is_loaded)
            || of_root.exists(&Module::manifest(&name)).unwrap_or(true);
        match is_shared {
            true => now.extend(files),
            false => later.push(Folder { name, files, mentioned }),
        }
    }
    (now, later)
}

/// Judges folders with what of the program they call. `None` where one calls what its text does not seem to: then nothing
/// of this holds.
pub(super) fn judge(
    folders: &[Folder],
    program: &Program,
    files: &RootFiles<'_>,
    options: &Options<'_>,
) -> Option<Vec<Root>> {
    let known = Known::default();
    // One at a time: a few take as long as all others together.
    folders.par_iter().with_max_len(1).map(|folder| folder.judge(program, files, options, &known)).collect()
}

impl Folder {
    fn judge(
        &self,
        program: &Program,
        files: &RootFiles<'_>,
        options: &Options<'_>,
        known: &Known,
    ) -> Option<Root> {
        let mut read = Read::default();
        if files.skips(self.files.len()) {
            return Some(Root { folder: self.name.clone(), judged: None, read, called: Vec::new() });
        }
        let parsed: Vec<_> = self.files.par_iter().with_min_len(SOME).map(Unparsed::parsed).collect();
        let (loaded, problems): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
        read.problems.extend(problems.into_iter().flatten());
        let mut traced: BTreeSet<FileId> = options.traced.clone();
        let module = module_of(self.name.clone(), loaded, &mut traced, &mut read)?;
        let called: Vec<String> = module.local_sources().map(str::to_owned).collect();
        let is_known = |folder: &String| {
            *folder == self.name || self.mentioned.contains(folder) || program.module(folder).is_some()
        };
        if !called.iter().all(is_known) {
            return None;
        }
        read.variables.extend(module.variable_names().cloned());
        let mut part = program.part(&module);
        part.add(module);
        let asked = options.asked.map(|asked| {
            Interest::after(known, asked.breadth(), part.modules().flat_map(Module::resource_types))
        });
        let options = Options { traced: &traced, asked: asked.as_ref(), ..*options };
        let judged = evaluated(&self.name, &part, files, &options);
        Some(Root { folder: self.name.clone(), judged, read, called })
    }
}

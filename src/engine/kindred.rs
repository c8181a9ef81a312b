//! HCL that is no module's in a run: what it hands over, judged as the module that it amounts to.

use super::Read;
use super::load::Loaded;
use super::terraform::{self, RootFiles};
use crate::frontends::kindred::{Language, lowered};
use crate::frontends::terraform::{Inputs, Module, ModuleFile, Options, Program};
use crate::source::folder_of;
use std::collections::BTreeMap;

/// By folder, and by whose they are.
type Families = BTreeMap<(String, Language), Vec<(Language, ModuleFile)>>;

/// Judges the files of one root.
pub(super) fn judge(loaded: Vec<Loaded>, files: &RootFiles<'_>, options: &Options<'_>, read: &mut Read) {
    let mut families = Families::new();
    let mut traced = options.traced.clone();
    for item in loaded {
        let Some(language) = Language::of(item.file.name()) else { continue };
        read.files += 1;
        if !item.detections.is_empty() {
            traced.insert(item.file.id);
            read.detections.push((item.file.id, item.detections.to_vec()));
        }
        let folder = folder_of(&item.file.source.root_path);
        let family = families.entry((folder.to_owned(), language.family())).or_default();
        family.push((language, item.file));
    }
    let inputs = Inputs::default();
    let options = Options { inputs: &inputs, traced: &traced, ..*options };
    for ((folder, _), members) in families {
        let mut program = Program::default();
        program.add(Module::new(folder.clone(), lowered(&members)));
        let roots: Vec<&Module> = program.module(&folder).into_iter().collect();
        terraform::judge(terraform::parts(&program, &roots), files, &options, read);
    }
}

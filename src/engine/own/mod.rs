//! Policies of the user's own in a run: read, judged in processes of their own, and told like any other.

mod bench;
mod documents;
mod exam;
mod read;
mod told;

use super::{CheckRequest, Loader, Read};
use crate::catalog::Breadth;
use crate::config::{Configs, Settings};
use crate::discover::Inventory;
use crate::facts::Facts;
use crate::findings::{Problem, ProblemKind};
use crate::policies::own::{Input, OwnFile};
use crate::policies::{Policy, builtin};
use crate::source::Sources;
use crate::system::{System, lexical};
use bench::Bench;
pub use exam::{Case, Exam, examine};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub(super) use told::Told;

/// The files and folders that the user names, and those that configuration files name.
#[must_use]
pub fn paths(named: &[PathBuf], configs: &Configs<'_>) -> Vec<PathBuf> {
    let mut paths = named.to_vec();
    let same = |a: &Path, b: &Path| lexical(a) == lexical(b);
    for path in configs.own() {
        if !paths.iter().any(|known| same(known, &path)) {
            paths.push(path);
        }
    }
    paths
}

/// The files of rules of a run, with what could not be read of them.
#[derive(Debug, Default)]
pub struct Own {
    pub files: Vec<OwnFile>,
    pub problems: Vec<Problem>,
}

impl Own {
    /// Reads the files, and those in the folders, that are named.
    #[must_use]
    pub fn read(paths: &[PathBuf], system: &dyn System) -> Self {
        if paths.is_empty() {
            return Self::default();
        }
        let mut own = Self::default();
        let bench = Bench::new(system);
        let texts = read::texts(paths, system, &mut own.problems);
        let read: Vec<Result<OwnFile, Problem>> =
            texts.into_par_iter().map(|text| read::file(text, &bench)).collect();
        for file in read {
            match file {
                Ok(file) => own.files.push(file),
                Err(problem) => own.problems.push(problem),
            }
        }
        own.refuse_doubles();
        own
    }

    /// Whether the command line names a file, or a folder that it is in.
    pub(super) fn is_named(&self, request: &CheckRequest, shown: &str) -> bool {
        request.own.iter().any(|path| Path::new(shown).starts_with(lexical(path)))
    }

    /// Every policy of the files.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.files.iter().flat_map(|file| &file.policies)
    }

    /// Codes and names are one space: what another policy has is refused, never left out without a word.
    fn refuse_doubles(&mut self) {
        // A header that cannot be read is reported where the built-in policies are judged.
        let built_in = builtin().unwrap_or_default();
        let place = "a policy of keyless".to_owned();
        let mut known: Vec<(String, String, String)> =
            built_in.into_iter().map(|policy| (policy.id, policy.name, place.clone())).collect();
        let mut kept = Vec::with_capacity(self.files.len());
        for file in std::mem::take(&mut self.files) {
            let clash = file.policies.iter().find_map(|policy| {
                let is_same = |(id, name, _): &&(String, String, String)| {
                    id.eq_ignore_ascii_case(&policy.id) || name.eq_ignore_ascii_case(&policy.name)
                };
                known.iter().find(is_same).map(|(_, _, owner)| (policy, owner))
            });
            if let Some((policy, owner)) = clash {
                let message = format!("code `{}` or name `{}` is that of {owner}", policy.id, policy.name);
                self.problems.push(problem(&file.path, message));
                continue;
            }
            let own = file.policies.iter();
            known.extend(
                own.map(|policy| (policy.id.clone(), policy.name.clone(), format!("`{}`", file.path))),
            );
            kept.push(file);
        }
        self.files = kept;
    }

    /// Whether anything can be set about a policy.
    pub(super) fn has_options(&self) -> bool {
        self.policies().any(|policy| !policy.options.is_empty())
    }

    fn wants(&self, input: Input) -> bool {
        self.files.iter().any(|file| file.input == input)
    }
}

/// Judges what was read by the user's own policies.
pub(super) fn judge(
    request: &CheckRequest,
    (inventory, configs, system): (&Inventory, &Configs<'_>, &dyn System),
    facts: &Facts,
    sources: &Sources,
    (own, settings): (&Own, &[Arc<Settings>]),
) -> Told {
    let mut told = Told::default();
    if own.files.is_empty() {
        return told;
    }
    let whole = if own.wants(Input::CloudFormation) || own.wants(Input::Terraform) {
        let loader =
            Loader { breadth: Breadth::Whole, ..request.loader(inventory, configs, system, sources) };
        super::read(&request.given, loader)
    } else {
        Read::default()
    };
    // What cannot be read was told of by the run itself.
    let documents = documents::all(&whole.project.units, facts, inventory, sources, own);
    let bench = Bench::new(system);
    let texts: Vec<(&OwnFile, Arc<str>)> = own
        .files
        .iter()
        .flat_map(|file| texts(file, settings).into_iter().map(move |text| (file, text)))
        .collect();
    let judged: Vec<Told> =
        texts.par_iter().map(|(file, rules)| told::by((file, rules), &documents, &bench, sources)).collect();
    judged.into_iter().for_each(|one| told.extend(one));
    told
}

/// The rules of a file with each of the values that its options have anywhere.
fn texts(file: &OwnFile, settings: &[Arc<Settings>]) -> BTreeSet<Arc<str>> {
    let with_options = file.policies.iter().filter(|policy| !policy.options.is_empty());
    let configured = with_options
        .flat_map(|policy| settings.iter().filter_map(|settings| settings.configure(policy)))
        .map(|policy| policy.text.into());
    let mut texts: BTreeSet<Arc<str>> = configured.collect();
    if texts.is_empty() {
        texts.insert(file.text.as_str().into());
    }
    texts
}

fn problem(path: &str, message: String) -> Problem {
    Problem { kind: ProblemKind::Config, path: path.to_owned(), start: None, message }
}

//! The files of one module: what is declared in them, and where something is referred to.

use super::super::Ailing;
use super::super::hcl::{Code, Codes, File, Names};
use crate::catalog::compute::{self, Launch, Profile};
use crate::source::{FileId, Site, Span, folder_of};
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The code of a folder, as far as it was read.
#[derive(Debug)]
pub(super) struct Module<'a> {
    folder: String,
    files: Vec<File>,
    codes: &'a Codes,
}

impl<'a> Module<'a> {
    /// The module that a file is of.
    pub(super) fn of(ailing: Ailing<'a>, file: FileId) -> Self {
        Self::at(ailing, folder_of(&ailing.sources.get(file).root_path))
    }

    /// The module of a folder, from the root.
    pub(super) fn at(ailing: Ailing<'a>, wanted: &str) -> Self {
        let codes = ailing.codes;
        Self { folder: wanted.to_owned(), files: codes.files(ailing.sources, wanted), codes }
    }

    /// Whether a text stands in any of its files.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.files.iter().any(|file| self.codes.holds(file, text))
    }

    /// The files in which a text stands, parsed.
    pub(super) fn codes(&self, text: &str) -> Vec<Arc<Code>> {
        let holding = self.files.iter().filter(|file| self.codes.holds(file, text));
        holding.filter_map(|(file, source)| self.codes.read(*file, source)).collect()
    }

    /// Where a name is referred to: `var.tokens`, `local.imds`.
    pub(super) fn places(&self, name: &str) -> Vec<Site> {
        let site = |file, at: usize| Site::new(file, Span::new(at, at + name.len()));
        let of = |(file, source): &File| -> Vec<Site> {
            whole(source.text(), name).map(|at| site(*file, at)).collect()
        };
        self.files.iter().flat_map(of).collect()
    }

    /// A file of it, parsed.
    pub(super) fn code(&self, file: FileId) -> Option<Arc<Code>> {
        let (_, source) = self.files.iter().find(|(known, _)| *known == file)?;
        self.codes.read(file, source)
    }

    /// A name for what a resource is to be given: like its label where nothing else of the module would want that, and
    /// none that a block of these kinds has. Each kind is a keyword with a type and an ending of the name. All that may be
    /// given something are named in one order, so that those named in one breath never meet.
    pub(super) fn free_name(&self, label: &str, type_name: &str, kinds: &[(&str, &str, &str)]) -> String {
        let all = self.codes.names(&self.folder, &format!("{kinds:?}"), || self.free_names(None, kinds));
        let own = (type_name.to_owned(), label.to_owned());
        let chosen = all.get(&own).cloned();
        chosen.or_else(|| self.free_names(Some(&own), kinds).remove(&own)).unwrap_or_else(|| label.to_owned())
    }

    /// Names for all that may be given something, and for one more.
    fn free_names(&self, more: Option<&(String, String)>, kinds: &[(&str, &str, &str)]) -> Names {
        let codes = self.codes("aws_");
        let mut taken: BTreeSet<(String, String, String)> = BTreeSet::new();
        let mut wanting: BTreeSet<(String, String)> = more.into_iter().cloned().collect();
        for block in codes.iter().flat_map(|code| code.blocks()) {
            let [kind, name] = block.labels.as_slice() else { continue };
            if block.keyword == "resource" && may_be_given(kind) {
                wanting.insert((kind.clone(), name.clone()));
            }
            taken.insert((block.keyword.clone(), kind.clone(), name.clone()));
        }
        // A profile that is to be given a role takes its own name from nobody.
        let is_free = |name: &str, own: (&str, &str)| {
            !kinds.iter().any(|(keyword, kind, ending)| {
                let name = format!("{name}{ending}");
                (*kind, name.as_str()) != own
                    && taken.contains(&((*keyword).to_owned(), (*kind).to_owned(), name))
            })
        };
        let plain = |known: &str| known.replace('-', "_");
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        wanting.iter().for_each(|(_, known)| *alike.entry(plain(known)).or_default() += 1);
        let mut given: BTreeSet<String> = BTreeSet::new();
        let mut names = Names::new();
        for (kind, known) in wanting {
            let plain = plain(&known);
            let long = format!("{plain}_{}", kind.trim_start_matches("aws_"));
            let alone = (alike.get(&plain) == Some(&1)).then(|| plain.clone());
            let more = (2..10_000).map(|number| format!("{long}_{number}"));
            let all = alone.into_iter().chain([long.clone()]).chain(more);
            let chosen = all
                .into_iter()
                .find(|name| is_free(name, (kind.as_str(), known.as_str())) && !given.contains(name))
                .unwrap_or(long);
            given.insert(chosen.clone());
            names.insert((kind, known), chosen);
        }
        names
    }
}

/// Where a name stands in a text by itself: `var.web` does in `var.web.id`, and neither in `var.web2` nor in `data.var.web`.
pub(super) fn whole<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, name).filter(move |at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_part(before) && before != Some(&b'.') && !is_part(bytes.get(at + name.len()))
    })
}

/// Whether a role or a profile may be written for a resource of a type.
fn may_be_given(type_name: &str) -> bool {
    let takes = |launch: &Launch| matches!(launch.profile, Profile::Paths(_) | Profile::Setting(_));
    compute::find(type_name).is_some_and(|kind| kind.launches.iter().any(takes))
        || type_name == "aws_iam_instance_profile"
}

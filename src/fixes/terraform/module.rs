//! The files of one module: what is declared in them, and where something is referred to.

use super::super::Ailing;
use super::super::hcl::Code;
use crate::catalog::compute::{self, Launch, Profile};
use crate::source::{FileId, Site, SourceFile, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The code of a folder, as far as it was read.
#[derive(Debug)]
pub(super) struct Module {
    files: Vec<(FileId, Arc<SourceFile>)>,
}

pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Module {
    /// The module that a file is of.
    pub(super) fn of(ailing: Ailing<'_>, file: FileId) -> Self {
        Self::at(ailing, folder(&ailing.sources.get(file).root_path))
    }

    /// The module of a folder, from the root.
    pub(super) fn at(ailing: Ailing<'_>, wanted: &str) -> Self {
        let is_code = |source: &SourceFile| {
            let endings = [".tf", ".tf.json", ".tofu", ".tofu.json"];
            let named = endings.iter().any(|ending| source.root_path.ends_with(ending));
            named && source.is_whole() && folder(&source.root_path) == wanted
        };
        // Ids are handed out in the order in which files were added.
        let all = ailing.sources.all().into_iter().zip(0u32..);
        let files = all.filter(|(source, _)| is_code(source)).map(|(source, at)| (FileId(at), source));
        Self { files: files.collect() }
    }

    /// Whether a text stands in any of its files.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.files.iter().any(|(_, source)| source.text().contains(text))
    }

    /// The files in which a text stands, parsed.
    pub(super) fn codes(&self, text: &str) -> Vec<Code> {
        let holding = self.files.iter().filter(|(_, source)| source.text().contains(text));
        holding.filter_map(|(file, source)| Code::read(*file, Arc::clone(source))).collect()
    }

    /// Where a name is referred to: `var.tokens`, `local.imds`.
    pub(super) fn places(&self, name: &str) -> Vec<Site> {
        let site = |file, at: usize| Site::new(file, Span::new(at, at + name.len()));
        let of = |(file, source): &(FileId, Arc<SourceFile>)| -> Vec<Site> {
            whole(source.text(), name).map(|at| site(*file, at)).collect()
        };
        self.files.iter().flat_map(of).collect()
    }

    /// A file of it, parsed.
    pub(super) fn code(&self, file: FileId) -> Option<Code> {
        let (_, source) = self.files.iter().find(|(known, _)| *known == file)?;
        Code::read(file, Arc::clone(source))
    }

    /// A name for what a resource is to be given: like its label where nothing else of the module would want that, and
    /// none that a block of these kinds has. Each kind is a keyword with a type and an ending of the name. All that may be
    /// given something are named in one order, so that those named in one breath never meet.
    pub(super) fn free_name(&self, label: &str, type_name: &str, kinds: &[(&str, &str, &str)]) -> String {
        let codes = self.codes("aws_");
        let mut taken: BTreeSet<(String, String, String)> = BTreeSet::new();
        let mut wanting: BTreeSet<(String, String)> =
            BTreeSet::from([(type_name.to_owned(), label.to_owned())]);
        for block in codes.iter().flat_map(Code::blocks) {
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
        let mut given: BTreeSet<String> = BTreeSet::new();
        for (kind, known) in &wanting {
            let plain = known.replace('-', "_");
            let alike = wanting.iter().filter(|(_, other)| other.replace('-', "_") == plain).count();
            let long = format!("{plain}_{}", kind.trim_start_matches("aws_"));
            let alone = (alike == 1).then(|| plain.clone());
            let more = (2..10_000).map(|number| format!("{long}_{number}"));
            let names = alone.into_iter().chain([long.clone()]).chain(more);
            let chosen = names
                .into_iter()
                .find(|name| is_free(name, (kind.as_str(), known.as_str())) && !given.contains(name))
                .unwrap_or(long);
            if kind == type_name && known == label {
                return chosen;
            }
            given.insert(chosen);
        }
        label.to_owned()
    }
}

/// Where a name stands in a text by itself: `var.web` does in `var.web.id`, and neither in `var.web2` nor in `data.var.web`.
pub(super) fn whole<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let bytes = text.as_bytes();
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
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

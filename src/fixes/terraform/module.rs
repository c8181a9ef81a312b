//! The files of one module: what is declared in them, and where something is referred to.

use super::super::Ailing;
use super::super::hcl::{Block, Code};
use crate::catalog::compute;
use crate::source::{FileId, Site, SourceFile, Span};
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

    /// Whether other resources that may be given a role have this label: names that are made of it would meet.
    pub(super) fn shares_label(&self, label: &str, type_name: &str) -> bool {
        let normal = |label: &str| label.replace('-', "_");
        let is_other = |block: &Block<'_>| {
            let [kind, name] = block.labels.as_slice() else { return false };
            let may_be_given = compute::find(kind).is_some() || kind == "aws_iam_instance_profile";
            block.keyword == "resource" && may_be_given && kind != type_name && normal(name) == normal(label)
        };
        let same = |block: &Block<'_>| matches!(block.labels.as_slice(), [kind, name] if kind == type_name && name != label && normal(name) == normal(label));
        self.codes("aws_").iter().flat_map(Code::blocks).any(|block| is_other(&block) || same(&block))
    }

    /// A name like this one that no block of these kinds has: each is a keyword with a type and an ending of the name.
    pub(super) fn free_name(&self, wanted: &str, kinds: &[(&str, &str, &str)]) -> String {
        let codes = self.codes("aws_iam");
        let taken: Vec<(String, Vec<String>)> = codes
            .iter()
            .flat_map(|code| {
                code.blocks().into_iter().map(|block| (block.keyword.clone(), block.labels.clone()))
            })
            .collect();
        let is_free = |name: &str| {
            !kinds.iter().any(|(keyword, type_name, ending)| {
                let name = format!("{name}{ending}");
                taken.iter().any(|(known, labels)| {
                    known == keyword && matches!(labels.as_slice(), [first, second] if first == type_name && *second == name)
                })
            })
        };
        let more = (2..).map(|number| format!("{wanted}_instance_{number}"));
        let names = [wanted.to_owned(), format!("{wanted}_instance")].into_iter().chain(more);
        names.take(10_000).find(|name| is_free(name)).unwrap_or_else(|| wanted.to_owned())
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

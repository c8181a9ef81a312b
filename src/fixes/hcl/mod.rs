//! Edits of Terraform's code, native and JSON, as splices of bytes: what is not edited stays as it is, and what is edited
//! looks like what stands around it. Knows the two syntaxes and `terraform fmt`'s style; must not know AWS or policies.
//!
//! Values are given in the native syntax (`"required"`, `true`, `aws_iam_role.x.name`), for JSON too.

mod align;
mod block;
mod body;
mod codes;
mod json;
mod json_style;
mod layout;
mod new;
mod object;
mod resolve;
mod value;

#[cfg(test)]
mod tests;

pub(super) use block::Block;
pub(super) use codes::{Codes, File, Names};
pub(super) use new::{Item, NewBlock};

use crate::findings::Edit;
use crate::source::{FileId, Site, SourceFile, Span};
use crate::syntax::{doc, hcl};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A file of Terraform that may be edited.
#[derive(Debug)]
pub(super) struct Code {
    file: FileId,
    source: Arc<SourceFile>,
    form: Form,
    /// The numbers of blocks, by keyword, by keyword and first label, and by address.
    index: OnceLock<BTreeMap<String, Vec<usize>>>,
}

#[derive(Debug)]
enum Form {
    Native(hcl::Tree),
    Json(doc::Document),
}

/// One change of what a block says. Paths are dotted and step through nested blocks, `dynamic` ones and objects.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'o> {
    /// Lets an attribute have a value, whatever it has so far. Blocks on the way that are missing are made.
    Set(&'o str, &'o str),
    /// Takes out an attribute, or all blocks of a name.
    Remove(&'o str),
    /// Puts another attribute, of this name and value, in the place of one. What is set beside it in the same breath
    /// stands below it.
    Substitute(&'o str, &'o str, &'o str),
    /// One more nested block, whatever blocks of its name are there.
    Add(&'o str, &'o [(&'o str, &'o str)]),
}

/// A splice of one file.
type Splice = (Span, String);

impl Code {
    /// None where it is no code that can be edited.
    #[must_use]
    pub(super) fn read(file: FileId, source: Arc<SourceFile>) -> Option<Self> {
        let form = if source.path.ends_with(".json") {
            Form::Json(doc::parse_json(source.text()).ok()?)
        } else {
            Form::Native(hcl::parse(source.text()).tree)
        };
        Some(Self { file, source, form, index: OnceLock::new() })
    }

    #[must_use]
    pub(super) fn is_json(&self) -> bool {
        matches!(self.form, Form::Json(_))
    }

    fn text(&self) -> &str {
        self.source.text()
    }

    /// The code of a span.
    #[must_use]
    pub(super) fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or("")
    }

    /// The top-level blocks, in order.
    #[must_use]
    pub(super) fn blocks(&self) -> Vec<Block<'_>> {
        match &self.form {
            Form::Native(tree) => tree.body.blocks.iter().map(|inner| Block::native(self, inner)).collect(),
            Form::Json(document) => Block::all_of_json(self, document),
        }
    }

    /// Those of a keyword, such as `locals`.
    #[must_use]
    pub(super) fn of_keyword(&self, keyword: &str) -> Vec<Block<'_>> {
        self.indexed(keyword, |block| block.keyword == keyword)
    }

    /// Those of a keyword and type, such as `resource` and `aws_instance`.
    #[must_use]
    pub(super) fn of_type(&self, keyword: &str, type_name: &str) -> Vec<Block<'_>> {
        self.indexed(&format!("{keyword} {type_name}"), |block| block.is(keyword, type_name))
    }

    /// Those of an address.
    #[must_use]
    pub(super) fn at_address(&self, address: &str) -> Vec<Block<'_>> {
        self.indexed(&format!("={address}"), |block| block.address() == address)
    }

    fn indexed(&self, key: &str, is_it: impl Fn(&Block<'_>) -> bool) -> Vec<Block<'_>> {
        let Form::Native(tree) = &self.form else {
            return self.blocks().into_iter().filter(is_it).collect();
        };
        let found = self.index().get(key).into_iter().flatten().filter_map(|at| tree.body.blocks.get(*at));
        found.map(|inner| Block::native(self, inner)).collect()
    }

    fn index(&self) -> &BTreeMap<String, Vec<usize>> {
        self.index.get_or_init(|| {
            let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, block) in self.blocks().into_iter().enumerate() {
                let label = block.labels.first().map_or("", String::as_str);
                let keys = [format!("{} {label}", block.keyword), format!("={}", block.address())];
                for key in keys.into_iter().chain([block.keyword]) {
                    index.entry(key).or_default().push(at);
                }
            }
            index
        })
    }

    /// Whether it has any resource of a type.
    #[must_use]
    pub(super) fn has_resource(&self, type_name: &str) -> bool {
        self.index().contains_key(&format!("resource {type_name}"))
    }

    /// Those in which a text stands.
    #[must_use]
    pub(super) fn holding(&self, text: &str) -> Vec<Block<'_>> {
        let Form::Native(tree) = &self.form else {
            return self.blocks().into_iter().filter(|block| block.text().contains(text)).collect();
        };
        let mut found: Vec<&hcl::Block> = Vec::new();
        for at in memchr::memmem::find_iter(self.text().as_bytes(), text.as_bytes()) {
            let block = last_before(&tree.body.blocks, Span::new(at, at + text.len()));
            if let Some(block) =
                block.filter(|block| !found.last().is_some_and(|last| std::ptr::eq(*last, *block)))
            {
                found.push(block);
            }
        }
        found.into_iter().map(|inner| Block::native(self, inner)).collect()
    }

    /// The top-level block that holds a place.
    #[must_use]
    pub(super) fn block_at(&self, site: Site) -> Option<Block<'_>> {
        if site.file != self.file {
            return None;
        }
        let mut holding: Vec<Block<'_>> = match &self.form {
            Form::Native(tree) => {
                let holding = last_before(&tree.body.blocks, site.span);
                holding.map(|inner| Block::native(self, inner)).into_iter().collect()
            }
            Form::Json(_) => self.blocks().into_iter().filter(|block| block.holds(site.span)).collect(),
        };
        // Blocks of one name share it in JSON.
        holding.sort_by_key(|block| block.body_holds(site.span));
        holding.pop()
    }

    /// Another text in the place of a span.
    #[must_use]
    pub(super) fn replace(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { site: Site::new(self.file, span), text: text.into() }
    }

    /// New blocks below one. None where there is no place for them.
    #[must_use]
    pub(super) fn append(&self, after: &Block<'_>, blocks: &[NewBlock]) -> Option<Vec<Edit>> {
        let splices = match &self.form {
            Form::Native(_) => vec![new::below(self.text(), after.span, blocks)],
            Form::Json(document) => json::append(self.text(), document, after.header, blocks)?,
        };
        Some(self.edits(splices))
    }

    fn edits(&self, splices: Vec<Splice>) -> Vec<Edit> {
        let splices = settled(splices, self.text());
        splices.into_iter().map(|(span, text)| self.replace(span, text)).collect()
    }
}

/// Of blocks, which stand one after another, the one that holds a place.
fn last_before(blocks: &[hcl::Block], span: Span) -> Option<&hcl::Block> {
    let end = blocks.partition_point(|block| block.span.start <= span.start);
    blocks.get(end.checked_sub(1)?).filter(|block| block.span.contains(span))
}

/// In order, without those that change nothing. What is inserted where another begins or ends is one with it: apart, nobody
/// could say which is first.
fn settled(mut splices: Vec<Splice>, source: &str) -> Vec<Splice> {
    splices.retain(|(span, text)| source.get(span.range()) != Some(text));
    splices.sort_by_key(|(span, _)| *span);
    let mut settled: Vec<Splice> = Vec::with_capacity(splices.len());
    for (span, text) in splices {
        match settled.last_mut() {
            Some((before, said)) if before.end == span.start && (before.is_empty() || span.is_empty()) => {
                before.end = span.end;
                said.push_str(&text);
            }
            Some(_) | None => settled.push((span, text)),
        }
    }
    settled
}

/// Whether what is written for `ignore_changes` names an attribute: all of them, a block that it stands in, or a part of it.
/// <https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes>
#[must_use]
pub(super) fn ignores(written: &str, path: &str) -> bool {
    let path: Vec<&str> = path.split('.').collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let names = |entry: &str| {
        let parts = entry.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        let parts: Vec<&str> = parts.filter(|part| !is_number(part)).collect();
        match parts.as_slice() {
            [] => false,
            ["all"] => true,
            parts => path.starts_with(parts) || parts.starts_with(&path),
        }
    };
    let code = |line: &str| {
        let end = [line.find('#'), line.find("//")].into_iter().flatten().min();
        line.get(..end.unwrap_or(line.len())).unwrap_or("").split(',').any(names)
    };
    written.lines().any(code)
}

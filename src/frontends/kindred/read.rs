//! What of a file is Terraform's in other words.

use super::super::terraform::{FolderFiles, ModuleFile};
use super::Language;
use super::written::Written;
use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block, ExprId, ExprKind};
use rustc_hash::FxHashSet;

/// What Packer's plugin for Amazon signs in with.
/// <https://developer.hashicorp.com/packer/integrations/hashicorp/amazon#authentication>
const CREDENTIALS: [&str; 3] = ["access_key", "secret_key", "token"];

/// The files of a folder that know each other's names, as a module with the same places.
#[must_use]
pub fn lowered(files: &[(Language, ModuleFile)]) -> FolderFiles {
    let mut found = FolderFiles::default();
    for (language, file) in files {
        let mut reader = Reader {
            file,
            code: Written::new(file),
            values: vec![Written::new(file)],
            given: FxHashSet::default(),
        };
        match language {
            Language::Test => reader.test(),
            Language::Query => reader.query(),
            Language::Stack => reader.stack(),
            Language::Packer => reader.packer(),
            Language::PackerValues => reader.assignments(&file.tree.body.attributes),
        }
        found.configuration.extend(reader.code.parsed());
        found.values.extend(reader.values.into_iter().filter_map(Written::parsed));
    }
    found
}

struct Reader<'f> {
    file: &'f ModuleFile,
    /// Blocks of a module.
    code: Written<'f>,
    /// Values for variables, as files of values have them: one for each time that a name is given again.
    values: Vec<Written<'f>>,
    /// Names that the last of them has.
    given: FxHashSet<&'f str>,
}

impl<'f> Reader<'f> {
    fn blocks(&self) -> impl Iterator<Item = (&'f str, &'f Block)> + use<'f> {
        let file = self.file;
        file.tree.body.blocks.iter().map(|block| (file.text(block.keyword), block))
    }

    /// A mocked provider signs in nowhere.
    fn test(&mut self) {
        for (keyword, block) in self.blocks() {
            match keyword {
                "provider" => self.whole(block),
                "variables" => self.assignments(&block.body.attributes),
                "run" => {
                    for inner in &block.body.blocks {
                        if self.file.text(inner.keyword) == "variables" {
                            self.assignments(&inner.body.attributes);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn query(&mut self) {
        for (keyword, block) in self.blocks() {
            if matches!(keyword, "provider" | "variable" | "locals") {
                self.whole(block);
            }
        }
    }

    fn stack(&mut self) {
        for (keyword, block) in self.blocks() {
            match keyword {
                "provider" => self.configured(block),
                "variable" | "locals" => self.whole(block),
                "component" | "deployment" | "stack" => {
                    let inputs = attribute(self.file, block, "inputs");
                    inputs.into_iter().for_each(|inputs| self.items(inputs.expr));
                }
                _ => {}
            }
        }
    }

    /// `provider "aws" "main" { config { … } }`
    fn configured(&mut self, block: &'f Block) {
        let label = |at: usize| block.labels.get(at).map(|label| label.text);
        let (Some(provider), Some(name)) = (label(0), label(1)) else { return };
        for inner in block.body.blocks.iter().filter(|inner| self.file.text(inner.keyword) == "config") {
            let Some(inside) = self.inside(inner) else { continue };
            let head = block.header;
            self.code.words("provider \"", head).code(provider).words("\" {\nalias = \"", head).code(name);
            self.code.words("\"\n", head).code(inside).words("\n}\n", end_of(block.span));
        }
    }

    fn packer(&mut self) {
        for (keyword, block) in self.blocks() {
            match keyword {
                "variable" | "locals" => self.whole(block),
                // All that one may do without a type.
                "variables" => {
                    for one in &block.body.attributes {
                        let value = self.expr(one.expr);
                        self.code.words("variable \"", one.name).code(one.name);
                        self.code.words("\" {\ndefault = ", one.name).code(value);
                        self.code.words("\n}\n", end_of(value));
                    }
                }
                "local" => {
                    let name = block.labels.first().map(|label| label.text);
                    let value = attribute(self.file, block, "expression");
                    if let (Some(name), Some(value)) = (name, value) {
                        let end = end_of(block.span);
                        self.code.words("locals {\n", block.header).code(name).words(" = ", name);
                        let value = self.expr(value.expr);
                        self.code.code(value).words("\n}\n", end);
                    }
                }
                "source" | "data" => self.signed_in(block),
                "build" => block.body.blocks.iter().for_each(|inner| self.signed_in(inner)),
                _ => {}
            }
        }
    }

    /// What of Packer works with AWS, as the provider that it brings along.
    fn signed_in(&mut self, block: &'f Block) {
        let label = |at: usize| block.labels.get(at).map(|label| label.text);
        let Some(kind) = label(0).filter(|kind| self.file.text(*kind).starts_with("amazon-")) else { return };
        let given = |name: &&str| attribute(self.file, block, name);
        let credentials: Vec<&Attribute> = CREDENTIALS.iter().filter_map(given).collect();
        if credentials.is_empty() {
            return;
        }
        let head = block.header;
        self.code.words("provider \"aws\" {\nalias = \"", head).code(kind);
        if let Some(name) = label(1) {
            self.code.words(".", head).code(name);
        }
        self.code.words("\"\n", head);
        for one in credentials {
            let value = self.expr(one.expr);
            self.code.code(one.name).words(" = ", one.name).code(value).words("\n", end_of(value));
        }
        if let Some(skips) = attribute(self.file, block, "skip_credential_validation") {
            let value = self.expr(skips.expr);
            self.code
                .words("skip_credentials_validation = ", skips.name)
                .code(value)
                .words("\n", end_of(value));
        }
        self.code.words("}\n", end_of(block.span));
    }

    fn whole(&mut self, block: &'f Block) {
        self.code.code(block.span).words("\n", end_of(block.span));
    }

    fn assignments(&mut self, attributes: &'f [Attribute]) {
        for one in attributes {
            self.value(one.name, one.expr);
        }
    }

    /// The items of an object whose keys are names.
    fn items(&mut self, object: ExprId) {
        let tree = &self.file.tree;
        let ExprKind::Object(items) = tree.expr(object).kind else { return };
        for item in tree.items(items) {
            let key = tree.expr(item.key);
            let name = match key.kind {
                ExprKind::Plain(text) => text,
                _ => key.span,
            };
            let is_name = |text: &str| {
                text.starts_with(|c: char| c.is_alphabetic() || c == '_')
                    && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            };
            if is_name(self.file.text(name)) {
                self.value(name, item.value);
            }
        }
    }

    fn value(&mut self, name: Span, value: ExprId) {
        let value = self.expr(value);
        if !self.given.insert(self.file.text(name)) {
            self.values.push(Written::new(self.file));
            self.given = FxHashSet::from_iter([self.file.text(name)]);
        }
        if let Some(values) = self.values.last_mut() {
            values.code(name).words(" = ", name).code(value).words("\n", end_of(value));
        }
    }

    fn expr(&self, expr: ExprId) -> Span {
        self.file.tree.expr(expr).span
    }

    /// What stands between the braces of a block.
    fn inside(&self, block: &Block) -> Option<Span> {
        let whole = self.file.text(block.span);
        let head = block.header.len();
        let open = head + whole.get(head..)?.find('{')? + 1;
        let close = whole.len().checked_sub(1).filter(|close| *close >= open)?;
        let start = block.span.start as usize;
        Some(Span::new(start + open, start + close))
    }
}

fn attribute<'f>(file: &ModuleFile, block: &'f Block, name: &str) -> Option<&'f Attribute> {
    block.body.attributes.iter().find(|attribute| file.text(attribute.name) == name)
}

/// The last character of something.
fn end_of(span: Span) -> Span {
    Span { start: span.end.saturating_sub(1).max(span.start), end: span.end }
}

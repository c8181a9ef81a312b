//! Terraform code that is put together of what stands in a file, every place in it leading back there.

use super::super::terraform::ModuleFile;
use crate::source::Span;
use crate::syntax::hcl::{self, TextPiece};
use std::sync::Arc;

pub(super) struct Written<'f> {
    file: &'f ModuleFile,
    text: String,
    pieces: Vec<TextPiece>,
}

impl<'f> Written<'f> {
    pub(super) fn new(file: &'f ModuleFile) -> Self {
        Self { file, text: String::new(), pieces: Vec::new() }
    }

    /// What stands in the file, as it does.
    pub(super) fn code(&mut self, span: Span) -> &mut Self {
        let file = self.file;
        self.push(file.text(span), span, true)
    }

    /// Words of Terraform's that stand for something in the file.
    pub(super) fn words(&mut self, words: &str, span: Span) -> &mut Self {
        self.push(words, span, false)
    }

    fn push(&mut self, text: &str, span: Span, verbatim: bool) -> &mut Self {
        if !text.is_empty() {
            let start = Span::new(self.text.len(), self.text.len()).start;
            self.pieces.push(TextPiece { start, span, verbatim });
            self.text.push_str(text);
        }
        self
    }

    /// What cannot be read in it cannot be read in the file either, and is told there.
    pub(super) fn parsed(self) -> Option<ModuleFile> {
        let Self { file, text, pieces } = self;
        let tree = (!text.is_empty()).then(|| hcl::parse_put_together(text, pieces).tree)?;
        Some(ModuleFile { id: file.id, source: Arc::clone(&file.source), tree: tree.into() })
    }
}

//! Terraform code inside strings: `contents` of `generate`. It is parsed as what Terragrunt would write into a file, and
//! every place in it leads back to where it stands.

use super::super::terraform::{Evaluator, ModuleFile, Scope};
use crate::model::{Kind, Origin, Part, Value};
use crate::source::{Site, Span};
use crate::syntax::hcl::{self, ExprId, ExprKind, Part as TemplatePart, SyntaxError, TextPiece};
use std::sync::Arc;

/// What stands for a value that only Terragrunt knows.
const UNKNOWN: &str = "terragrunt::unknown()";

/// A text that is put together, with where its pieces stand.
#[derive(Debug, Default)]
struct Written {
    text: String,
    pieces: Vec<TextPiece>,
    /// Something in it is not known.
    open: bool,
}

/// The code that an expression comes to, with its errors where they are not due to what is unknown. `None`: nothing of
/// it is known.
pub(super) fn code<'p>(
    evaluator: &Evaluator<'p>,
    expr: ExprId,
    scope: Scope<'_, 'p>,
) -> Option<(ModuleFile, Vec<SyntaxError>)> {
    let file = scope.file;
    let mut written = Written::default();
    match &file.tree.expr(expr).kind {
        ExprKind::Template(parts) if is_plain(file.tree.parts(*parts)) => {
            for part in file.tree.parts(*parts) {
                written.part(evaluator, part, scope);
            }
        }
        _ => {
            evaluator.reads_both.set(true);
            let value = evaluator.eval(expr, scope);
            evaluator.reads_both.set(false);
            written.value(&value, file.tree.expr(expr).span, file);
        }
    }
    if written.pieces.iter().all(|piece| piece.span.is_empty()) || written.text == UNKNOWN {
        return None;
    }
    let parsed = hcl::parse_put_together(written.text, written.pieces);
    let errors = if written.open { Vec::new() } else { parsed.errors };
    Some((ModuleFile { id: file.id, source: Arc::clone(&file.source), tree: parsed.tree.into() }, errors))
}

/// No directives: each part comes to one text.
fn is_plain(parts: &[TemplatePart]) -> bool {
    parts.iter().all(|part| match part {
        TemplatePart::Raw(_) | TemplatePart::Text { .. } | TemplatePart::Interpolation(_) => true,
        TemplatePart::If(_) | TemplatePart::For(_) => false,
    })
}

impl Written {
    fn part<'p>(&mut self, evaluator: &Evaluator<'p>, part: &TemplatePart, scope: Scope<'_, 'p>) {
        let file = scope.file;
        match part {
            TemplatePart::Raw(span) => {
                let verbatim = file.site(*span).span.len() == span.len();
                self.push(file.text(*span), file.site(*span).span, verbatim);
            }
            TemplatePart::Text { text, span } => self.push(text, file.site(*span).span, false),
            TemplatePart::Interpolation(expr) => {
                let value = evaluator.eval(*expr, scope);
                self.value(&value, file.tree.expr(*expr).span, file);
            }
            TemplatePart::If(_) | TemplatePart::For(_) => {}
        }
    }

    /// A value that is put in. Where it is made of literals of this file, its places are those of the literals.
    fn value(&mut self, value: &Value, span: Span, file: &ModuleFile) {
        let site = file.site(span);
        if let Some(text) = value.to_text() {
            self.text(&text, &value.origin, site, file);
            return;
        }
        let parts = match &value.kind {
            Kind::Unknown(unknown) => &unknown.parts[..],
            // What an open condition may add is judged as if it were there.
            Kind::Choice(choice) => {
                let fuller = length(&choice.then) >= length(&choice.otherwise);
                let branch = if fuller { &choice.then } else { &choice.otherwise };
                return self.value(branch, span, file);
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_) => &[],
        };
        for part in parts {
            match part {
                Part::Text { text, origin } => self.text(text, origin, site, file),
                Part::Unknown(_) => self.unknown(site.span),
            }
        }
        if parts.is_empty() {
            self.unknown(site.span);
        }
    }

    fn text(&mut self, text: &str, origin: &Origin, site: Site, file: &ModuleFile) {
        match origin.literals().as_slice() {
            [literal] if literal.file == site.file => {
                let verbatim = file.source.slice(literal.span) == text;
                self.push(text, literal.span, verbatim);
            }
            _ => self.push(text, site.span, false),
        }
    }

    fn push(&mut self, text: &str, span: Span, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        let start = Span::new(self.text.len(), self.text.len()).start;
        self.pieces.push(TextPiece { start, span, verbatim });
        self.text.push_str(text);
    }

    /// What is not known becomes an expression that is not: within quotes an interpolation. Where no expression can
    /// stand, whole arguments or blocks are missing, and nothing can be put there.
    fn unknown(&mut self, span: Span) {
        self.open = true;
        let line = self.text.rsplit('\n').next().unwrap_or("");
        let quoted = line.replace("\\\"", "").matches('"').count() % 2 == 1;
        let count = |c: char| self.text.matches(c).count();
        let in_brackets = count('[') > count(']') || count('(') > count(')');
        if quoted {
            self.push(&format!("${{{UNKNOWN}}}"), span, false);
        } else if in_brackets || !line.trim().is_empty() {
            self.push(UNKNOWN, span, false);
        }
    }
}

/// How much text is known of a value.
fn length(value: &Value) -> usize {
    match &value.kind {
        Kind::Unknown(unknown) => {
            let known = unknown.parts.iter().map(|part| match part {
                Part::Text { text, .. } => text.len(),
                Part::Unknown(_) => 0,
            });
            known.sum()
        }
        Kind::Choice(choice) => length(&choice.then).max(length(&choice.otherwise)),
        Kind::String(text) => text.len(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) => 0,
    }
}

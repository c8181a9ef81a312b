//! Where the characters of a text stand that was put together of literals: as they are, but for escapes and the indentation
//! of a heredoc.

use super::module::ModuleFile;
use crate::source::{Site, Span};
use crate::syntax::hcl::TextPiece;

/// The pieces of a text in the literals that it was made of, in order. `None`: it is not these literals and nothing else.
pub(super) fn pieces(text: &str, literals: &[Site], file: &ModuleFile) -> Option<Vec<TextPiece>> {
    let mut pieces: Vec<TextPiece> = Vec::new();
    let mut at = 0;
    for literal in literals {
        if literal.file != file.id {
            return None;
        }
        let written = file.source.text().get(literal.span.range())?;
        at += piece(text.get(at..)?, at, written, literal.span, &mut pieces)?;
    }
    (at == text.len()).then_some(pieces)
}

/// What a literal is of the text that is left, and how long that is.
fn piece(rest: &str, at: usize, written: &str, span: Span, pieces: &mut Vec<TextPiece>) -> Option<usize> {
    let indent = written.len() - written.trim_start_matches([' ', '\t']).len();
    let unindented = (0..=indent).find(|cut| written.get(*cut..).is_some_and(|line| rest.starts_with(line)));
    if let Some(cut) = unindented {
        let start = span.range().start + cut;
        pieces.push(of(at, Span::new(start, span.range().end), true));
        return Some(written.len() - cut);
    }
    let (mut source, mut made) = (written, 0);
    while !source.is_empty() {
        let start = span.range().end - source.len();
        let plain = source.find(['\\', '$', '%']).unwrap_or(source.len());
        if plain > 0 {
            let run = source.get(..plain)?;
            rest.get(made..)?.starts_with(run).then_some(())?;
            pieces.push(of(at + made, Span::new(start, start + plain), true));
            made += plain;
            source = source.get(plain..)?;
            continue;
        }
        let left = rest.get(made..)?;
        // A heredoc has no escapes with backslashes.
        let as_it_is = || source.get(..1).map(|mark| (1, mark));
        let (length, letters) =
            escape(source).filter(|(_, letters)| left.starts_with(letters)).or_else(as_it_is)?;
        left.starts_with(letters).then_some(())?;
        pieces.push(of(at + made, Span::new(start, start + length), length == letters.len()));
        made += letters.len();
        source = source.get(length..)?;
    }
    Some(made)
}

fn of(start: usize, span: Span, verbatim: bool) -> TextPiece {
    TextPiece { start: Span::new(start, start).start, span, verbatim }
}

/// Of a text that begins with a mark: how long the escape is, and what it stands for.
/// <https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences>
fn escape(text: &str) -> Option<(usize, &'static str)> {
    const ESCAPES: [(&str, &str); 7] = [
        ("\\n", "\n"),
        ("\\r", "\r"),
        ("\\t", "\t"),
        ("\\\"", "\""),
        ("\\\\", "\\"),
        ("$${", "${"),
        ("%%{", "%{"),
    ];
    let (written, letters) = ESCAPES.iter().find(|(written, _)| text.starts_with(written))?;
    Some((written.len(), letters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, SourceFile};
    use crate::syntax::hcl::Tree;
    use std::sync::Arc;

    /// What each piece of a text stands for.
    fn stood(source: &str, literals: &[&str], text: &str) -> Option<Vec<String>> {
        let file = ModuleFile {
            id: FileId(0),
            source: Arc::new(SourceFile::new("main.tf".into(), "main.tf".into(), source.into(), false)),
            tree: Arc::new(Tree::default()),
        };
        let site = |literal: &&str| {
            let start = source.find(*literal).unwrap();
            Site::new(FileId(0), Span::new(start, start + literal.len()))
        };
        let sites: Vec<Site> = literals.iter().map(site).collect();
        let pieces = pieces(text, &sites, &file)?;
        let slice = |piece: &TextPiece| source[piece.span.range()].to_owned();
        Some(pieces.iter().map(slice).collect())
    }

    #[test]
    fn a_text_stands_where_its_literals_do() {
        for (source, literals, text, expected) in [
            ("t = \"a b\"", &["a b"][..], "a b", &["a b"][..]),
            ("t = \"a=$${b}\"", &["a=", "$${", "b}"], "a=${b}", &["a=", "$${", "b}"]),
            ("t = \"a\\nb$${c}\"", &["a\\nb$${c}"], "a\nb${c}", &["a", "\\n", "b", "$${", "c}"]),
            ("<<-E\n    a\n      b\n    E", &["    a\n", "      b\n"], "a\n  b\n", &["a\n", "  b\n"]),
        ] {
            assert_eq!(stood(source, literals, text).unwrap(), expected, "{source}");
        }
    }

    #[test]
    fn what_is_made_of_literals_stands_nowhere() {
        assert_eq!(stood("\"abc\"", &["abc"], "ABC"), None);
        assert_eq!(stood("\"abc\"", &["abc"], "abcd"), None);
        assert_eq!(stood("\"a\\u0041\"", &["a\\u0041"], "aA"), None);
    }
}

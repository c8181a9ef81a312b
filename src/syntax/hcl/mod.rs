//! HCL (native syntax, and Terraform's JSON form of it) as one compact tree.
//!
//! Owns text → [`Tree`], with errors as data: what is broken hides its own top-level block and nothing else. Knows no
//! evaluation, and of Terraform only where its JSON form needs it ([`parse_json`]).
//!
//! The grammar is hclsyntax's as Terraform 1.11 accepts it; `testdata/frontends/terraform/syntax` holds cases with
//! the verdicts of `terraform fmt` and values of `terraform console`.
//!
//! A parser of our own, because the crate at hand, `hcl-edit` 0.10, reads 34-37 MB/s where this one reads 170-210 (12.3
//! MB in 4,099 real files, one core, mimalloc), loses the whole file to one error, rejects valid forms (duplicate
//! object keys, newlines inside an object's `for`), accepts invalid ones (`10.0.0.1`, `[for]`, a newline in
//! quotes), and decodes `<<-` heredocs and escapes in directives wrongly.

mod body;
mod bytes;
mod collection;
mod escapes;
mod expr;
mod json;
mod json_lower;
mod json_scan;
mod nodes;
mod parser;
mod pools;
mod recover;
mod scan;
mod template;
mod template_parts;
mod tree;

use crate::source::Span;
use parser::Parser;

pub use json::{parse_json, parse_json_terragrunt, parse_json_values};
pub use tree::{
    Attribute, BinaryOp, Block, Body, Expr, ExprId, ExprKind, ForExpr, ForId, ForPart, IfPart, Label, List,
    ObjectItem, Part, SplatKind, TextPiece, Tree, UnaryOp,
};

/// A tree and what could not be read into it.
#[derive(Debug, Default)]
pub struct Parsed {
    pub tree: Tree,
    /// The expression of [`parse_template`] and [`parse_expression`]; none if it has an error.
    pub root: Option<ExprId>,
    pub errors: Vec<SyntaxError>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub span: Span,
    /// Lowercase, without a full stop.
    pub message: String,
    pub kind: ErrorKind,
    /// The text that the tree lacks because of this error.
    pub hides: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Terraform rejects it too.
    Syntax,
    /// Valid perhaps, and more than this parser reads.
    Limit,
}

/// A `.tf`, `.tfvars` or `.hcl` file.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let start = after_bom(text);
    let mut parser = Parser::new(text, start, 0);
    parser.pools.reserve(text.len());
    let body = parser.file(start);
    finish(parser, body, text, None)
}

/// Code that stands inside a string of another file, put together of pieces of it, which are in order. Spans of the tree
/// lead to the pieces by [`Tree::file_span`]; spans of errors do so already.
#[must_use]
pub fn parse_put_together(text: String, pieces: Vec<TextPiece>) -> Parsed {
    let mut parsed = parse(&text);
    parsed.tree.decoded = text;
    parsed.tree.decoded_from = 0;
    parsed.tree.pieces = pieces;
    for error in &mut parsed.errors {
        error.span = parsed.tree.file_span(error.span);
    }
    parsed
}

/// A template file: all of it is text with sequences.
#[must_use]
pub fn parse_template(text: &str) -> Parsed {
    let start = after_bom(text);
    let mut parser = Parser::new(text, start, 0);
    let root = parser.bare_template(start);
    finish_root(parser, text, root)
}

/// One expression, in which newlines mean nothing.
#[must_use]
pub fn parse_expression(text: &str) -> Parsed {
    let start = after_bom(text);
    let mut parser = Parser::new(text, start, 0);
    let root = parser.whole_expression(start);
    finish_root(parser, text, root)
}

fn finish_root(mut parser: Parser<'_>, text: &str, root: parser::Fallible<ExprId>) -> Parsed {
    let root = match root {
        Ok(root) => Some(root),
        Err(mut error) => {
            error.hides = Some(Span::new(0, text.len()));
            parser.pools.exprs.clear();
            parser.errors.push(*error);
            None
        }
    };
    finish(parser, Body::default(), text, root)
}

fn finish(parser: Parser<'_>, body: Body, text: &str, root: Option<ExprId>) -> Parsed {
    let (mut tree, errors) = parser.into_tree(body);
    tree.decoded_from = Span::new(0, text.len()).end;
    Parsed { tree, root, errors }
}

fn after_bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests;

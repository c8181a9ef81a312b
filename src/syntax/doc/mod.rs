//! YAML and JSON documents as one spanned tree. Owns syntax, limits and the reading of scalars; must not know what
//! a document is about. The parser libraries stay behind this module.

mod builder;
mod json;
mod places;
mod quick;
mod raw;
mod scalar;
mod toml;
mod tree;
mod yaml;

pub use places::Places;
pub use raw::Raw;
pub use scalar::Resolved;
pub use tree::{Document, Duplicate, Entries, Items, NodeId, NodeKind, NodeRef, ScalarStyle};

use crate::source::Span;

/// Collections inside collections; also what bounds the recursion of everything that walks a tree.
pub const MAX_DEPTH: usize = 256;

/// Nodes that aliases may stand for, all together, once expanded.
pub const MAX_ALIASED_NODES: usize = 250_000;

/// Most bytes of text that all aliases of a document may stand for.
pub const MAX_ALIASED_TEXT: usize = 32 << 20;

/// Why a text is not a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub kind: ParseErrorKind,
    /// Where it went wrong; empty at a point.
    pub span: Span,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// The text breaks the language's grammar.
    Syntax,
    /// The text may be right but exceeds a bound of keyless.
    Limit,
}

impl ParseError {
    fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self { kind: ParseErrorKind::Syntax, span: Span::new(at, at), message: message.into() }
    }

    fn limit(at: usize, message: impl Into<String>) -> Self {
        Self { kind: ParseErrorKind::Limit, span: Span::new(at, at), message: message.into() }
    }

    fn too_deep(at: usize) -> Self {
        Self::limit(at, format!("more than {MAX_DEPTH} collections inside each other"))
    }
}

/// Parses JSON as RFC 8259 has it, with duplicate keys.
pub fn parse_json(text: &str) -> Result<Document, ParseError> {
    json::parse(text)
}

/// Parses a YAML stream. Scalars keep their text until [`NodeRef::resolve`] reads them.
pub fn parse_yaml(text: &str) -> Result<Document, ParseError> {
    yaml::parse(text)
}

/// Parses TOML. Tables may be written in pieces: the span of one is not all that is in it.
pub fn parse_toml(text: &str) -> Result<Document, ParseError> {
    toml::parse(text)
}

/// Where comments stand in YAML, with their marks, in order.
#[must_use]
pub fn yaml_comments(text: &str) -> Vec<Span> {
    yaml::comments(text)
}

/// Where comments stand in TOML, with their marks, in order.
#[must_use]
pub fn toml_comments(text: &str) -> Vec<Span> {
    toml::comments(text)
}

/// Everything in a text that is not TOML, where [`parse_toml`] stops at the first.
#[must_use]
pub fn toml_errors(text: &str) -> Vec<ParseError> {
    toml::errors(text)
}

/// Parses either: what starts like JSON is read as JSON, and as YAML's flow style where it is not quite JSON
/// (trailing commas, comments). Where it is neither, the error is JSON's.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        return parse_yaml(text);
    }
    match parse_json(text) {
        Err(error) if error.kind == ParseErrorKind::Syntax => parse_yaml(text).map_err(|_| error),
        result => result,
    }
}

#[cfg(test)]
mod tests;

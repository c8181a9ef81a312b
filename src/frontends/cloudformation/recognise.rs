//! Which YAML and JSON files are templates. By content alone: nearly every file must be passed over in microseconds,
//! a broken template must not be.

use super::template::root_of;
use crate::findings::{Problem, ProblemKind};
use crate::source::SourceFile;
use crate::syntax::doc::{self, Document, ParseError, ParseErrorKind};
use memchr::memmem;

/// What a YAML or JSON file is to this frontend.
#[derive(Debug)]
pub enum Recognised {
    /// Something else, broken or not.
    PassedOver,
    /// A template by its markers that cannot be parsed.
    Broken(Problem),
    Template(Document),
}

/// Parses what may be a template and says whether it is one.
#[must_use]
pub fn recognise(source: &SourceFile) -> Recognised {
    let text = source.text();
    if !sniff(text) {
        return Recognised::PassedOver;
    }
    match doc::parse(text) {
        Ok(document) if root_of(&document, text).is_some() => Recognised::Template(document),
        Err(error) if is_marked(text) => Recognised::Broken(problem(source, &error)),
        // JSON that only YAML could read, and read as something else.
        Ok(_) if looks_like_json(text) && is_marked(text) => {
            let error = doc::parse_json(text).err();
            error.map_or(Recognised::PassedOver, |error| Recognised::Broken(problem(source, &error)))
        }
        Ok(_) | Err(_) => Recognised::PassedOver,
    }
}

fn looks_like_json(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('{') && !start.starts_with("{{") && !start.starts_with("{%")
}

/// A parse error as the user meets it.
pub(in crate::frontends) fn problem(source: &SourceFile, error: &ParseError) -> Problem {
    let position = source.position(error.span.start);
    Problem {
        kind: match error.kind {
            ParseErrorKind::Syntax => ProblemKind::Syntax,
            ParseErrorKind::Limit => ProblemKind::Limit,
        },
        path: source.path.clone(),
        start: Some((position.line, position.column)),
        message: error.message.clone(),
    }
}

/// Whether a text is worth parsing: it has a key that only templates have, or one that they all have and a type.
#[must_use]
pub fn sniff(text: &str) -> bool {
    let has = |needle: &str| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    has_key(text, "AWSTemplateFormatVersion") || has_key(text, "Resources") && has("Type") && has("::")
}

fn has_key(text: &str, key: &str) -> bool {
    memmem::find_iter(text.as_bytes(), key.as_bytes()).any(|at| {
        let before = text.get(..at).unwrap_or("").chars().next_back();
        let after = text.get(at + key.len()..).unwrap_or("");
        before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
            && after.trim_start_matches(['"', '\'']).trim_start().starts_with(':')
    })
}

/// Whether a text that cannot be parsed is a template all the same: its outermost mapping has a template's keys.
fn is_marked(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let has = |needle: &str| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    let typed = has("Type") && has("::");
    let decisive = |key: &str| key == "AWSTemplateFormatVersion" || key == "Resources" && typed;
    if looks_like_json(text) {
        return outermost_json_keys(text).any(decisive);
    }
    outermost_yaml_keys(text).any(decisive)
}

/// Keys at the indentation of the first line that is neither empty, comment, marker nor template language.
fn outermost_yaml_keys(text: &str) -> impl Iterator<Item = &str> {
    let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let says_nothing = |line: &&str| {
        let line = line.trim_start();
        line.is_empty()
            || line.starts_with(['#', '%'])
            || line.starts_with("---")
            || line.starts_with("{{")
            || line.starts_with("{%")
            || line.starts_with("{#")
    };
    let indent = text.lines().find(|line| !says_nothing(line)).map_or(0, indent_of);
    text.lines().filter(move |line| indent_of(line) == indent).filter_map(|line| {
        let (key, _) = line.trim_start().split_once(':')?;
        Some(key.trim_end().trim_matches(['"', '\'']))
    })
}

/// Keys of the outermost object, as far as braces and quotes can be followed.
fn outermost_json_keys(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0_usize, 0_usize);
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' => {
                    let start = at;
                    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\n')) {
                        at += if bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
                    }
                    let key = text.get(start..at).unwrap_or("");
                    at += 1;
                    if depth == 1 && text.get(at..).is_some_and(|rest| rest.trim_start().starts_with(':')) {
                        return Some(key);
                    }
                }
                _ => {}
            }
        }
        None
    })
}

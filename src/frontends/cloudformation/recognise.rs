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
        Err(error) if is_marked(text) && (is_data(&source.path) || begins_as_template(text)) => {
            Recognised::Broken(problem(source, &error))
        }
        // JSON that only YAML could read, and read as something else.
        Ok(_) if matches!(outermost(text), Outermost::Braces(_)) && is_marked(text) => {
            let error = doc::parse_json(text).err();
            error.map_or(Recognised::PassedOver, |error| Recognised::Broken(problem(source, &error)))
        }
        Ok(_) | Err(_) => Recognised::PassedOver,
    }
}

/// Whether a file is called as data is. A script or prose with another ending, or with none, may show a template.
fn is_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        ["yaml", "yml", "json", "template"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Whether the first key is one of a template's.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
fn begins_as_template(text: &str) -> bool {
    #[rustfmt::skip]
    const SECTIONS: [&str; 12] = [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters",
        "Resources", "Rules", "Transform",
    ];
    first_key(text).is_some_and(|key| SECTIONS.contains(&key))
}

/// A parse error as the user meets it.
#[must_use]
pub fn problem(source: &SourceFile, error: &ParseError) -> Problem {
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
    match outermost(text) {
        Outermost::Braces(rest) => decided(rest, |key| has_key(rest, key)),
        Outermost::Indented(indent, _) => decided(text, |key| has_key_at(text, indent, key)),
    }
}

/// The first key of the outermost mapping, if a text begins with one.
pub(super) fn first_key(text: &str) -> Option<&str> {
    let rest = match outermost(text) {
        Outermost::Braces(rest) => rest.get(1..)?.trim_start(),
        Outermost::Indented(_, line) => line,
    };
    let (rest, ends): (&str, &[char]) = match rest.chars().next()? {
        '"' => (rest.get(1..)?, &['"', '\n']),
        '\'' => (rest.get(1..)?, &['\'', '\n']),
        _ => (rest, &[':', '\n']),
    };
    rest.split(ends).next().map(str::trim_end)
}

/// Whether a text that cannot be parsed is a template all the same: its outermost mapping has a template's keys.
fn is_marked(text: &str) -> bool {
    match outermost(text) {
        Outermost::Braces(rest) => decided(rest, |key| outermost_json_keys(rest).any(|found| found == key)),
        Outermost::Indented(..) => sniff(text),
    }
}

fn decided(text: &str, has_key: impl Fn(&str) -> bool) -> bool {
    let has = |needle: &str| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    has_key("AWSTemplateFormatVersion") || has_key("Resources") && has("Type") && has("::")
}

/// How the outermost mapping is written.
enum Outermost<'t> {
    /// JSON, or YAML's flow style: the text from the first brace on.
    Braces(&'t str),
    /// Keys stand behind this many spaces; the first of these lines.
    Indented(usize, &'t str),
}

/// Goes by the first line that is neither empty nor comment, marker or template language.
fn outermost(text: &str) -> Outermost<'_> {
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        let line = rest.lines().next().unwrap_or("");
        let said = line.trim_start();
        let said = said.strip_prefix("---").map_or(said, str::trim_start);
        let says_nothing = said.is_empty()
            || ["#", "%", "{{", "{%", "{#", "!", "&"].iter().any(|start| said.starts_with(start));
        if said.starts_with('{') && !says_nothing {
            let at = said.as_ptr().addr() - rest.as_ptr().addr();
            return Outermost::Braces(rest.get(at..).unwrap_or(""));
        }
        if !says_nothing {
            return Outermost::Indented(line.len() - line.trim_start_matches(' ').len(), said);
        }
        match rest.split_once('\n') {
            Some((_, next)) => rest = next,
            None => return Outermost::Indented(0, ""),
        }
    }
}

fn has_key(text: &str, key: &str) -> bool {
    memmem::find_iter(text.as_bytes(), key.as_bytes()).any(|at| {
        let before = text.get(..at).unwrap_or("").chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
            && ends_as_key(text, at + key.len())
    })
}

fn has_key_at(text: &str, indent: usize, key: &str) -> bool {
    memmem::find_iter(text.as_bytes(), key.as_bytes()).any(|at| {
        let before = text.get(..at).unwrap_or("").trim_start_matches('\u{feff}');
        let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
        let spaces = before.len() - before.trim_end_matches(' ').len();
        let starts_a_line =
            before.len() == spaces || before.as_bytes().get(before.len() - spaces - 1) == Some(&b'\n');
        starts_a_line && spaces == indent && ends_as_key(text, at + key.len())
    })
}

fn ends_as_key(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or("");
    after.strip_prefix(['"', '\'']).unwrap_or(after).trim_start().starts_with(':')
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

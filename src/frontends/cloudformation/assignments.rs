//! What files give to parameters: the notations in which a value is assigned to a name.

use crate::model::{Declaration, DeclarationKind, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeRef, Places, Resolved};
use std::ops::Range;
use std::sync::Arc;

/// A value for a parameter, where it stands.
#[derive(Debug, Clone)]
pub struct Assignment {
    pub name: Arc<str>,
    name_site: Site,
    block: Site,
    pub(super) value: Value,
}

impl Assignment {
    /// What the file declares by it. `marked_secret`: a parameter of this name is not to be echoed.
    #[must_use]
    pub fn declared(&self, marked_secret: bool) -> Declaration {
        Declaration {
            kind: DeclarationKind::ParameterValue,
            name: Arc::clone(&self.name),
            module: "".into(),
            name_site: self.name_site,
            block: self.block,
            value: self.value.clone(),
            marked_secret,
        }
    }
}

/// Something that is no assignment.
pub(super) struct Wrong {
    pub(super) span: Span,
    pub(super) message: &'static str,
}

/// A name and a scalar or list of scalars.
pub(super) fn of_pair(file: FileId, name: NodeRef<'_>, value: NodeRef<'_>) -> Result<Assignment, Wrong> {
    let site = |span: Span| Site::new(file, span);
    let wrong = |node: NodeRef<'_>, message| Wrong { span: node.span(), message };
    let Some(text) = name.scalar_text() else { return Err(wrong(name, "the name of a parameter is a text")) };
    let scalar = |node: NodeRef<'_>| Some(Value::string(text_of(node)?).at(site(node.span())));
    let value_of = match scalar(value) {
        Some(value) => value,
        None => {
            let items: Option<Vec<Value>> = value.items().map(scalar).collect();
            let list = matches!(value.kind(), crate::syntax::doc::NodeKind::Sequence(_));
            match items.filter(|_| list) {
                Some(items) => Value::list(items).at(site(value.span())),
                None => return Err(wrong(value, "the value of a parameter is a text, or a list of texts")),
            }
        }
    };
    Ok(Assignment {
        name: text.into(),
        name_site: site(name.span()),
        block: site(name.span().to(value.full_span())),
        value: value_of,
    })
}

/// A scalar as it reaches a parameter: numbers stay as written.
fn text_of(node: NodeRef<'_>) -> Option<Arc<str>> {
    match node.resolve()? {
        Resolved::Null => None,
        Resolved::Bool(value) => Some(if value { "true" } else { "false" }.into()),
        Resolved::Int(_) | Resolved::Float(_) | Resolved::Text(_) => node.scalar_text().map(Arc::from),
    }
}

/// A piece of a line of assignments.
enum Token {
    Pair(Range<usize>, Range<usize>, String),
    /// `file://…`
    File(String),
    /// Neither.
    Other,
}

/// `A=b c`: all that follows the name is the value.
pub(super) fn of_word(file: FileId, node: NodeRef<'_>) -> Result<Assignment, Wrong> {
    let text = node.scalar_text().unwrap_or_default();
    let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
        return Err(Wrong { span: node.span(), message: WORD });
    };
    let mut places = Places::of(node);
    let name_site = Site::new(file, places.span(0..name.len()));
    let value_site = Site::new(file, places.span(name.len() + 1..text.len()));
    Ok(Assignment {
        name: name.trim().into(),
        name_site,
        block: Site::new(file, node.span()),
        value: Value::string(value).at(value_site),
    })
}

const WORD: &str = "a parameter is given as Name=Value";
const WORDS: &str = "parameters are given as Name=Value, or as ParameterKey=Name,ParameterValue=Value";

/// Assignments in a text: `A=b C="d e"`, `ParameterKey=A,ParameterValue=b`, one or many. `files` gets what `file://` names.
/// As the SAM CLI has it, a word that is no assignment is passed over, but a text without any is wrong.
/// <https://github.com/aws/aws-sam-cli/blob/develop/samcli/cli/types.py> (`CfnParameterOverridesType`)
pub(super) fn of_line(
    file: FileId,
    node: NodeRef<'_>,
    files: &mut Vec<String>,
) -> Result<Vec<Assignment>, Wrong> {
    let text = node.scalar_text().unwrap_or_default();
    let mut places = Places::of(node);
    let named_before = files.len();
    let mut found = Vec::new();
    for token in tokens(&text) {
        match token {
            Token::Pair(name, value, decoded) => {
                let said = text.get(name.clone()).unwrap_or_default().trim_matches(['"', '\'']);
                let name_span = places.span(name);
                let value_span = places.span(value);
                let site = |span: Span| Site::new(file, span);
                found.push(Assignment {
                    name: said.into(),
                    name_site: site(name_span),
                    block: site(name_span.to(value_span)),
                    value: Value::string(decoded).at(site(value_span)),
                });
            }
            Token::File(path) => files.push(path),
            Token::Other => {}
        }
    }
    if found.is_empty() && files.len() == named_before && !text.trim().is_empty() {
        return Err(Wrong { span: node.span(), message: WORDS });
    }
    Ok(found)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        let rest = text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return found;
        }
        let (start, key_start) = (at, at + if rest.starts_with(KEY) { KEY.len() } else { 0 });
        let (ends, value_word) = if key_start > start { (',', VALUE) } else { ('=', "") };
        let name_len =
            text.get(key_start..).unwrap_or_default().find(|c: char| c == ends || c.is_whitespace());
        let name_end = key_start + name_len.unwrap_or(text.len() - key_start);
        let value_start = name_end + 1 + value_word.len();
        let between = text.get(name_end..value_start).unwrap_or_default();
        if name_end == key_start || between != format!("{ends}{value_word}") {
            let end = text.get(start..).unwrap_or_default().find(char::is_whitespace);
            at = end.map_or(text.len(), |end| start + end);
            let word = text.get(start..at).unwrap_or_default();
            found.push(match word.strip_prefix("file://") {
                Some(path) => Token::File(path.to_owned()),
                None => Token::Other,
            });
            continue;
        }
        let (value, decoded, next) = value_at(text, value_start);
        found.push(Token::Pair(key_start..name_end, value, decoded));
        at = next;
    }
}

const KEY: &str = "ParameterKey=";
const VALUE: &str = "ParameterValue=";

/// The value that starts here: its range without quotes, its text, and where it ends.
fn value_at(text: &str, start: usize) -> (Range<usize>, String, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inside = start + quote.map_or(0, char::len_utf8);
    let mut decoded = String::new();
    let mut escaped = false;
    for (at, c) in text.get(inside..).unwrap_or_default().char_indices() {
        if escaped {
            if !matches!(c, '"' | '\'' | ' ') {
                decoded.push('\\');
            }
            decoded.push(c);
            escaped = false;
            continue;
        }
        let ends = match quote {
            Some(quote) => c == quote,
            None => c.is_whitespace(),
        };
        if ends {
            let end = inside + at;
            return (inside..end, decoded, end + quote.map_or(0, char::len_utf8));
        }
        if c == '\\' {
            escaped = true;
        } else {
            decoded.push(c);
        }
    }
    if escaped {
        decoded.push('\\');
    }
    (inside..text.len(), decoded, text.len())
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn pairs(text: &str) -> Vec<String> {
        let described = tokens(text).into_iter().map(|token| match token {
            Token::Pair(name, value, decoded) => {
                format!("{}={decoded} ({})", &text[name], &text[value])
            }
            Token::File(path) => format!("file {path}"),
            Token::Other => "?".to_owned(),
        });
        described.collect()
    }

    #[test]
    fn assignments_of_a_line() {
        for (text, expected) in [
            ("A=b C=d", vec!["A=b (b)", "C=d (d)"]),
            ("  A=\"b c\"  D='e f' ", vec!["A=b c (b c)", "D=e f (e f)"]),
            (r#"A="x \"y\"" B=c\ d"#, vec![r#"A=x "y" (x \"y\")"#, r"B=c d (c\ d)"]),
            (
                "ParameterKey=A,ParameterValue=b ParameterKey=C,ParameterValue=\"d,e f\"",
                vec!["A=b (b)", "C=d,e f (d,e f)"],
            ),
            ("A= B=x=y", vec!["A= ()", "B=x=y (x=y)"]),
            ("A=a,b", vec!["A=a,b (a,b)"]),
            ("file://p.json A=1", vec!["file p.json", "A=1 (1)"]),
            ("nonsense A=1 ParameterKey=B", vec!["?", "A=1 (1)", "?"]),
            ("", vec![]),
            ("A=\"open", vec!["A=open (open)"]),
        ] {
            assert_eq!(pairs(text), expected, "{text}");
        }
    }
}

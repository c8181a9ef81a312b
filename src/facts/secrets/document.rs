//! JSON documents at the place of a secret: which of their fields are secret, and where in the code those stand.
//!
//! A document such as `{"username": …, "password": …}` is as secret as the fields whose names say so; where no name does,
//! every field that does not merely describe the others (a user, a host, an id) counts.

use crate::catalog;
pub(super) use crate::catalog::pairs::{KINDS, NAMES, VALUES};
use crate::facts::holes::{self, HOLE};
use crate::secrets;
use crate::source::{Site, Sources, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Deeper documents are no person's.
const MAX_DEPTH: usize = 64;

/// What DynamoDB's items put between a name and its value: `{"password": {"S": …}}`.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html>
const ITEM_TYPES: [&str; 4] = ["S", "B", "SS", "L"];

/// A single value of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The nearest key above it.
    pub(super) name: String,
    /// May hold holes.
    pub(super) text: String,
    /// How many earlier fields have the same text.
    pub(super) nth: usize,
    /// Where it stands in the document, without quotes.
    pub(super) place: Range<usize>,
    /// The secret in it, where that is said by the command of which it is an argument.
    pub(super) secret: Option<Range<usize>>,
}

impl Field {
    pub(super) fn is_known(&self) -> bool {
        !self.text.contains(HOLE)
    }
}

/// The fields that hold the document's secrets, empty and wholly unknown ones left out. `None`: not a JSON document.
pub(super) fn secret_fields(text: &str) -> Option<Vec<Field>> {
    let mut fields = fields(text)?;
    let named = fields.iter().any(|field| secrets::says_secret(&field.name));
    fields.retain(|field| {
        let by_name = if named {
            secrets::says_secret(&field.name)
        } else {
            field.is_known() && !secrets::only_describes(&field.name)
        };
        let by_form = || !secrets::scan(&field.text).is_empty();
        let is_text = field.text.chars().any(|c| c != HOLE && c.is_alphanumeric());
        is_text && (by_name || by_form())
    });
    Some(fields)
}

/// Every string and number of an object or array, in order. Those of a pair of a name and a value
/// (`{"name": "DB_PASSWORD", "value": …}`) go by that name.
pub(super) fn pairs(text: &str) -> Option<Vec<Field>> {
    read(text, true)
}

/// Every string and number of an object or array, in order.
fn fields(text: &str) -> Option<Vec<Field>> {
    read(text, false)
}

fn read(text: &str, paired: bool) -> Option<Vec<Field>> {
    let trimmed = text.trim();
    if !trimmed.starts_with(['{', '[']) {
        return None;
    }
    let end = text.trim_end().len();
    let known = FxHashMap::default();
    let mut reader = Reader { rest: trimmed, end, fields: Vec::new(), depths: Vec::new(), known, paired };
    reader.value("", 0)?;
    reader.rest.trim_start().is_empty().then_some(reader.fields)
}

/// Reads JSON in which a hole may stand for a value, for an entry or for a part of a string.
struct Reader<'t> {
    rest: &'t str,
    /// Where the rest ends in the document.
    end: usize,
    fields: Vec<Field>,
    /// How deep each of the fields stands.
    depths: Vec<usize>,
    /// How many fields have this text.
    known: FxHashMap<String, usize>,
    /// Whether names and values are put together.
    paired: bool,
}

impl Reader<'_> {
    fn eat(&mut self, c: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, name: &str, depth: usize) -> Option<()> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '{' if depth < MAX_DEPTH => {
                self.eat('{');
                let from = self.fields.len();
                self.entries('}', |reader| {
                    if reader.eat(HOLE) {
                        return Some(());
                    }
                    let key = reader.string()?;
                    reader.eat(':').then_some(())?;
                    let only_types = ITEM_TYPES.contains(&&*key) && !name.is_empty();
                    reader.value(if only_types { name } else { &key }, depth + 1)
                })?;
                self.pair(from, depth + 1);
                Some(())
            }
            '[' if depth < MAX_DEPTH => {
                self.eat('[');
                let from = self.fields.len();
                self.entries(']', |reader| reader.value(name, depth + 1))?;
                if self.paired {
                    self.options(from, depth + 1);
                    self.command(from, depth + 1);
                }
                Some(())
            }
            '"' => {
                let start = self.at() + 1;
                let text = self.string()?;
                self.push(name, text, depth, start..self.at() - 1);
                Some(())
            }
            _ => self.scalar(name, depth),
        }
    }

    fn entries(&mut self, close: char, entry: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        while !self.eat(close) {
            // `jsonencode` puts what it does not know of an object behind the last entry, without a comma.
            if self.eat(HOLE) {
                self.eat(',');
                continue;
            }
            entry(self)?;
            if !self.eat(',') && !self.rest.trim_start().starts_with([close, HOLE]) {
                return None;
            }
        }
        Some(())
    }

    fn scalar(&mut self, name: &str, depth: usize) -> Option<()> {
        let start = self.at();
        let (text, rest) = holes::scalar(self.rest)?;
        self.rest = rest;
        if holes::is_number(text) {
            self.push(name, text.to_owned(), depth, start..self.at());
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let (text, rest) = holes::string(self.rest)?;
        self.rest = rest;
        Some(text)
    }

    /// Of the fields that stand at a depth: the value gets the name that stands beside it, or none where it only says
    /// where the secret is.
    fn pair(&mut self, from: usize, depth: usize) {
        if !self.paired {
            return;
        }
        let direct = |keys: &[&str]| {
            let at = |at: &usize| {
                let named = self.fields.get(*at).is_some_and(|field| keys.contains(&field.name.as_str()));
                named && self.depths.get(*at) == Some(&depth)
            };
            (from..self.fields.len()).find(at)
        };
        let (Some(name), Some(value)) = (direct(NAMES), direct(VALUES)) else { return };
        let refers = direct(KINDS)
            .and_then(|at| self.fields.get(at))
            .is_some_and(|kind| catalog::names_a_store(&kind.text));
        let name =
            self.fields.get(name).map(|field| field.text.clone()).filter(|_| !refers).unwrap_or_default();
        if let Some(field) = self.fields.get_mut(value) {
            field.name = name;
        }
    }

    /// Of the arguments of a command, one may be the option that the next one is the value of.
    fn options(&mut self, from: usize, depth: usize) {
        for at in from + 1..self.fields.len() {
            let is_direct = |at: usize| self.depths.get(at) == Some(&depth);
            let before = self.fields.get(at - 1).filter(|_| is_direct(at - 1) && is_direct(at));
            let option = before.and_then(|field| field.text.strip_prefix("--"));
            let option = option.filter(|text| !text.contains(['=', ' '])).map(str::to_owned);
            if let (Some(option), Some(field)) = (option, self.fields.get_mut(at)) {
                field.name = option;
            }
        }
    }

    /// What the whole of a command says of one of its arguments.
    fn command(&mut self, from: usize, depth: usize) {
        let direct: Vec<usize> =
            (from..self.fields.len()).filter(|at| self.depths.get(*at) == Some(&depth)).collect();
        let text = |at: &usize| self.fields.get(*at).map_or("", |field| &field.text);
        let found = secrets::in_arguments(&direct.iter().map(text).collect::<Vec<_>>());
        for one in found {
            if let Some(field) = direct.get(one.at).and_then(|at| self.fields.get_mut(*at)) {
                (field.name, field.secret) = (one.name, Some(one.value));
            }
        }
    }

    fn at(&self) -> usize {
        self.end - self.rest.len()
    }

    fn push(&mut self, name: &str, text: String, depth: usize, place: Range<usize>) {
        self.depths.push(depth);
        let known = self.known.entry(text.clone()).or_default();
        let nth = *known;
        *known += 1;
        self.fields.push(Field { name: name.to_owned(), text, nth, place, secret: None });
    }
}

/// The characters of a field among the literals that its document was made of.
pub(super) fn locate(field: &Field, literals: &[Site], sources: &Sources) -> Option<Site> {
    let whole = |site: &&Site| sources.get(site.file).slice(site.span) == field.text;
    if let Some(site) = literals.iter().filter(whole).nth(field.nth) {
        return Some(*site);
    }
    let mut seen = 0;
    for site in literals {
        let file = sources.get(site.file);
        let text = file.slice(site.span);
        for (at, found) in text.match_indices(field.text.as_str()) {
            let before = text.get(..at).unwrap_or("");
            let after = text.get(at + found.len()..).unwrap_or("");
            let quoted = before.ends_with('"') && after.trim_start_matches('\\').starts_with('"');
            let is_key = after.trim_start_matches(['\\', '"']).trim_start().starts_with(':');
            if quoted && !is_key {
                if seen == field.nth {
                    let start = site.span.start as usize + at;
                    return Some(Site::new(site.file, Span::new(start, start + found.len())));
                }
                seen += 1;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn names(text: &str) -> Option<Vec<String>> {
        let text = text.replace('?', &HOLE.to_string());
        Some(secret_fields(&text)?.into_iter().map(|field| field.name).collect())
    }

    #[test]
    fn what_says_secret_is_the_secret_of_a_document() {
        for (text, expected) in [
            (r#"{"username":"admin","password":"hunter2"}"#, &["password"][..]),
            (r#"{"username":"admin","password":""}"#, &[]),
            (r#"{"username":"admin","password":"?","url":"jdbc:?:?/db"}"#, &[]),
            (r#"{"host":?,"password":"hunter2","url":"jdbc:?:?/db"}"#, &["password"]),
            (r#"{"host":"?","password":?}"#, &[]),
            (r#"{"password":"abc-?"}"#, &["password"]),
            (r#"{"db":{"master_password":12345678}}"#, &["master_password"]),
            (r#"{"password":"hunter2"?}"#, &["password"]),
            (r#"{?}"#, &[]),
            (r#"{"tokens":["a1b2",""]}"#, &["tokens"]),
        ] {
            assert_eq!(names(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn without_such_a_name_every_field_counts_that_does_not_describe() {
        for (text, expected) in [
            (r#"{"users":[]}"#, &[][..]),
            (r#"{"username":"admin","port":5432,"engine":"postgres"}"#, &[]),
            (r#"{"webhook":"https://hooks.invalid/x"}"#, &["webhook"]),
            (r#"["a1b2"]"#, &[""]),
        ] {
            assert_eq!(names(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_documents() {
        for text in ["hunter2", "{hunter2}", "{\"a\":}", "[", "{\"a\":1", "{\"a\":1}x", "{\"a\" \"b\"}"] {
            assert_eq!(names(text), None, "{text}");
        }
        assert_eq!(names(&"[".repeat(100_000)), None);
    }

    #[test]
    fn a_field_is_found_among_the_literals() {
        let text = r#"["same","same","{\"password\":\"password\"}"]"#;
        let sources = Sources::default();
        let (file, _) = sources.add(SourceFile::new("a".into(), "a".into(), text.into(), false));
        let site = |start, end| Site::new(file, Span::new(start, end));
        let literals = [site(2, 6), site(9, 13), site(16, 43)];
        let field = |text: &str, nth| Field {
            name: String::new(),
            text: text.into(),
            nth,
            place: 0..0,
            secret: None,
        };
        assert_eq!(locate(&field("same", 1), &literals, &sources), Some(site(9, 13)));
        assert_eq!(locate(&field("password", 0), &literals, &sources), Some(site(32, 40)));
        assert_eq!(locate(&field("other", 0), &literals, &sources), None);
    }
}

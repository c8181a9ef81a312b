//! What a text with all that it carries gives to names that say secret: the entries of documents, what scripts set.

use super::document;
use super::locate::{Literals, Sought};
use crate::facts::holes::HOLE;
use crate::secrets::{self, Carried};
use crate::source::{Site, Sources};
use std::ops::Range;

/// Larger texts are not looked through for names.
const MAX_TEXT: usize = 1024 * 1024;
/// Nobody writes more into one text.
const MAX_NAMED: usize = 2000;

/// A secret with its name.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) text: String,
    /// Its characters in the code.
    pub(super) site: Option<Site>,
    /// Set by a script rather than an entry of a document.
    pub(super) by_script: bool,
}

/// Looks through every layer of a text that was made of these literals. Also says what was left out, if anything was.
pub(super) fn named(
    carried: &Carried<'_>,
    literals: &[Site],
    sources: &Sources,
) -> (Vec<Named>, Option<&'static str>) {
    let mut reading = Reading {
        carried,
        literals: Literals::of(literals, sources),
        sources,
        found: Vec::new(),
        cut: carried.cut().map(secrets::Cut::reason),
    };
    for (layer, text) in carried.texts() {
        if text.len() > MAX_TEXT {
            reading.cut = Some("is longer than 1 MiB");
            continue;
        }
        match document::pairs(text) {
            Some(fields) => fields.into_iter().for_each(|field| reading.field(layer, text, field)),
            None => reading.script(layer, 0..text.len()),
        }
    }
    (reading.found, reading.cut)
}

struct Reading<'a> {
    carried: &'a Carried<'a>,
    literals: Literals<'a>,
    sources: &'a Sources,
    found: Vec<Named>,
    cut: Option<&'static str>,
}

impl Reading<'_> {
    fn field(&mut self, layer: usize, text: &str, field: document::Field) {
        let name = last_of(&field.name);
        let piece = || {
            secrets::credential_in_header(name, &field.text).or_else(|| generated_piece(name, &field.text))
        };
        if let Some(value) = field.secret.clone().or_else(piece) {
            self.part_of(layer, text, &field, value);
        } else if field.is_known()
            && secrets::is_named_secret(name, &field.text)
            && !Carried::of(&field.text).decoded().is_some_and(is_harmless)
        {
            let place = field.place.clone();
            let sought = Sought { carried: self.carried, layer, whole: place.clone(), value: place };
            let site = document::locate(&field, self.literals.sites, self.sources)
                .or_else(|| sought.site(&self.literals));
            self.push(Named { name: name.to_owned(), text: field.text, site, by_script: false });
        } else if text.get(field.place.clone()) == Some(field.text.as_str()) {
            // A string with escapes is a layer of its own.
            self.script(layer, field.place);
        }
    }

    /// What is a secret of a field that holds more.
    fn part_of(&mut self, layer: usize, text: &str, field: &document::Field, value: Range<usize>) {
        let secret = field.text.get(value.clone()).unwrap_or_default().to_owned();
        let as_written = text.get(field.place.clone()) == Some(field.text.as_str());
        let place = match as_written {
            true => field.place.start + value.start..field.place.start + value.end,
            false => field.place.clone(),
        };
        let sought =
            Sought { carried: self.carried, layer, whole: field.place.clone(), value: place.clone() };
        // A hole stands in no literal.
        let alone = Sought { whole: place.clone(), value: place, ..sought };
        let site = Some(&sought)
            .filter(|_| field.is_known())
            .and_then(|sought| sought.site(&self.literals))
            .or_else(|| alone.site(&self.literals));
        self.push(Named { name: last_of(&field.name).to_owned(), text: secret, site, by_script: false });
    }

    fn script(&mut self, layer: usize, part: Range<usize>) {
        let text = self.carried.text(layer).get(part.clone()).unwrap_or_default();
        for one in secrets::assigned(text) {
            if self.cut.is_some() && self.found.len() >= MAX_NAMED {
                return;
            }
            let shift = |range: &Range<usize>| part.start + range.start..part.start + range.end;
            let sought =
                Sought { carried: self.carried, layer, whole: shift(&one.whole), value: shift(&one.value) };
            let site = sought.site(&self.literals);
            let text = sought.text().to_owned();
            self.push(Named { name: one.name.to_owned(), text, site, by_script: true });
        }
    }

    fn push(&mut self, named: Named) {
        if self.found.len() < MAX_NAMED {
            self.found.push(named);
        } else {
            self.cut = Some("gives secrets to more than 2,000 names");
        }
    }
}

/// Of the name of a parameter its last part: `/app/db/password`.
pub(super) fn last_of(name: &str) -> &str {
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}

/// Under a name that says secret, with holes in it: what of the text nobody but a machine makes.
pub(super) fn generated_piece(name: &str, text: &str) -> Option<Range<usize>> {
    if !text.contains(HOLE) || !secrets::says_secret(name) || text.contains("://") {
        return None;
    }
    let filled = text.replace(HOLE, "x");
    if secrets::looks_like_reference(&filled) || !secrets::may_be_secret(name, &filled) {
        return None;
    }
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let mut at = 0;
    text.split_inclusive(|c| !is_digit(c)).find_map(|piece| {
        let start = at;
        at += piece.len();
        let piece = piece.trim_end_matches(|c| !is_digit(c));
        secrets::is_generated(piece).then(|| start..start + piece.len())
    })
}

/// Whether what stands in base 64 under a name that says secret is none: what only refers or is to be filled in, a
/// certificate, prose. Whatever else it is, the name says that it is secret.
pub(super) fn is_harmless(inner: &str) -> bool {
    let inner = inner.trim();
    let certificate = inner.contains("-----BEGIN CERTIFICATE") || inner.contains("-----BEGIN PUBLIC");
    certificate
        || secrets::is_placeholder(inner)
        || secrets::looks_like_reference(inner)
        || inner.contains(char::is_whitespace)
}

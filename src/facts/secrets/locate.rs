//! Where in the code the characters of a text stand that a value holds: among the literals that the value was made of,
//! as they are, escaped for a string in quotes, indented, or still encoded.

use crate::secrets::Carried;
use crate::source::{Site, Sources, Span};
use memchr::memmem;
use std::ops::Range;

/// Characters before and behind a value that tell it from an equal one.
const NEAR: usize = 1024;

/// A part of one of the texts that a value carries.
pub(in crate::facts) struct Sought<'a> {
    pub(in crate::facts) carried: &'a Carried<'a>,
    pub(in crate::facts) layer: usize,
    /// What tells this place from others with the same value: the name with the value.
    pub(in crate::facts) whole: Range<usize>,
    pub(in crate::facts) value: Range<usize>,
}

/// The literals that a value was made of, laid out so that many things can be looked for in all of them.
pub(in crate::facts) struct Literals<'a> {
    pub(super) sites: &'a [Site],
    all: String,
    starts: Vec<usize>,
}

impl<'a> Literals<'a> {
    pub(in crate::facts) fn of(sites: &'a [Site], sources: &Sources) -> Self {
        let mut all = String::new();
        let mut starts = Vec::with_capacity(sites.len());
        for site in sites {
            starts.push(all.len());
            all.push_str(sources.get(site.file).slice(site.span));
            all.push('\0');
        }
        Self { sites, all, starts }
    }

    fn text(&self, at: usize) -> Option<&str> {
        let end = self.starts.get(at + 1).copied().unwrap_or(self.all.len());
        self.all.get(*self.starts.get(at)?..end.checked_sub(1)?)
    }

    /// Which of them hold a text, in order.
    fn holding<'t>(&'t self, wanted: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut last = None;
        let places = memmem::find_iter(self.all.as_bytes(), wanted.as_bytes());
        let literal = move |place| self.starts.partition_point(|start| *start <= place).checked_sub(1);
        places.filter_map(literal).filter(move |at| last.replace(*at) != Some(*at))
    }
}

fn times(text: &str, wanted: &str) -> usize {
    memmem::find_iter(text.as_bytes(), wanted.as_bytes()).count()
}

impl Sought<'_> {
    pub(super) fn text(&self) -> &str {
        self.carried.text(self.layer).get(self.value.clone()).unwrap_or_default()
    }

    /// The outermost text that stands in a literal has it.
    pub(in crate::facts) fn site(&self, literals: &Literals<'_>) -> Option<Site> {
        let wholes = self.carried.places(self.layer, self.whole.clone());
        let values = self.carried.places(self.layer, self.value.clone());
        for ((layer, whole), (_, value)) in wholes.into_iter().zip(values) {
            let text = self.carried.text(layer);
            let (Some(wanted), Some(from), Some(to)) = (
                text.get(whole.clone()),
                value.start.checked_sub(whole.start),
                value.end.checked_sub(whole.start),
            ) else {
                continue;
            };
            if wanted.is_empty() {
                continue;
            }
            let nth = text.get(..whole.start).map_or(0, |before| times(before, wanted));
            let sought = |nth: usize| find(wanted, &(from..to), nth, literals);
            // Fewer stand in the code than in the text where it was put together of the same literal several times.
            if let Some(site) = sought(nth).or_else(|| (nth > 0).then(|| sought(0)).flatten()) {
                return Some(site);
            }
        }
        let value = self.text();
        let whole = self.among_equals(literals).and_then(|at| literals.sites.get(at).copied());
        let nth = self.carried.text(self.layer).get(..self.value.start).map_or(0, |text| times(text, value));
        let alone = |nth: usize| find(value, &(0..value.len()), nth, literals);
        whole.or_else(|| alone(nth)).or_else(|| (nth > 0).then(|| alone(0)).flatten())
    }

    /// Which of the literals that are this value and nothing else: the one beside which stands what stands beside the value,
    /// since a user, a database and a password may be called the same.
    fn among_equals(&self, literals: &Literals<'_>) -> Option<usize> {
        let (text, value) = (self.carried.text(self.layer), self.text());
        let (before, after) = (text.get(..self.value.start)?, text.get(self.value.end..)?);
        let alike = |at: &usize| {
            let above = at.checked_sub(1).and_then(|at| literals.text(at)).unwrap_or_default();
            let below = literals.text(at + 1).unwrap_or_default();
            let same = |a: (char, char)| a.0 == a.1;
            let ends = above.chars().rev().zip(before.chars().rev()).take(NEAR).take_while(|a| same(*a));
            let starts = below.chars().zip(after.chars()).take(NEAR).take_while(|a| same(*a));
            ends.count() + starts.count()
        };
        let equal: Vec<usize> =
            literals.holding(value).filter(|at| literals.text(*at) == Some(value)).collect();
        match equal.as_slice() {
            [] | [_] => equal.first().copied(),
            // Of those that fit alike the first.
            [_, _, ..] => equal.into_iter().rev().max_by_key(alike),
        }
    }
}

/// Whether a secret stands at a place in base 64 or the like, so that nobody sees what is meant.
pub(super) fn is_encoded(site: Site, secret: &str, sources: &Sources) -> bool {
    let file = sources.get(site.file);
    let written = file.slice(site.span);
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=') || c.is_whitespace();
    !written.is_empty() && !written.contains(secret) && written.chars().all(is_digit)
}

/// A part of a text that stands in the literals, the nth time that it does.
fn find(wanted: &str, part: &Range<usize>, nth: usize, literals: &Literals<'_>) -> Option<Site> {
    if let Some(site) = find_form(wanted, part, nth, literals) {
        return Some(site);
    }
    let quoted = rewritten(wanted, part, in_quotes);
    let mut forms: Vec<Form> = Vec::new();
    for form in [rewritten(wanted, part, in_template), rewritten(&quoted.0, &quoted.1, in_template), quoted] {
        if !form.0.is_empty() && form.0 != wanted && forms.iter().all(|known| known.0 != form.0) {
            forms.push(form);
        }
    }
    forms.iter().find_map(|(wanted, part)| find_form(wanted, part, nth, literals))
}

/// The same as it is written.
fn find_form(wanted: &str, part: &Range<usize>, nth: usize, literals: &Literals<'_>) -> Option<Site> {
    let mut left = nth;
    let first = wanted.split('\n').next().unwrap_or_default();
    literals.holding(first).find_map(|at| {
        let site = literals.sites.get(at)?;
        let place = find_in(literals.text(at)?, wanted, part, &mut left)?;
        let start = site.span.range().start;
        Some(Site::new(site.file, Span::new(start + place.start, start + place.end)))
    })
}

/// The line breaks of a text may stand before an indentation in the literal.
fn find_in(literal: &str, wanted: &str, part: &Range<usize>, left: &mut usize) -> Option<Range<usize>> {
    let mut lines = wanted.split('\n');
    let first = lines.next()?;
    let rest: Vec<&str> = lines.collect();
    let mut from = 0;
    while let Some(at) = memmem::find(literal.get(from..)?.as_bytes(), first.as_bytes()) {
        let start = from + at;
        from = start + first.len().max(1);
        while !literal.is_char_boundary(from) {
            from += 1;
        }
        let Some(starts) = lines_at(literal, start + first.len(), &rest) else { continue };
        if *left > 0 {
            *left -= 1;
            continue;
        }
        let place = |offset: usize| {
            let before = wanted.get(..offset)?;
            let line = before.matches('\n').count();
            let column = before.rsplit('\n').next().map_or(0, str::len);
            Some(line.checked_sub(1).map_or(Some(start), |at| starts.get(at).copied())? + column)
        };
        return Some(place(part.start)?..place(part.end)?);
    }
    None
}

/// Where each of these lines begins, if they follow a place of the literal.
fn lines_at(literal: &str, mut at: usize, lines: &[&str]) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(lines.len());
    for line in lines {
        let rest = literal.get(at..)?;
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        let begun = literal.len() - rest.len();
        let spaces = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        // What a line is indented by besides is its own.
        let indent = if rest.starts_with(line) { 0 } else { spaces(rest).saturating_sub(spaces(line)) };
        let start = begun + indent;
        literal.get(start..)?.starts_with(line).then_some(())?;
        starts.push(start);
        at = start + line.len();
    }
    Some(starts)
}

type Form = (String, Range<usize>);

/// A text with its characters written otherwise, and where the part is then.
fn rewritten(text: &str, part: &Range<usize>, write: fn(&str, char) -> Option<&'static str>) -> Form {
    let mut out = String::with_capacity(text.len());
    let mut moved = 0..0;
    for (at, c) in text.char_indices() {
        if at == part.start {
            moved.start = out.len();
        }
        if at == part.end {
            moved.end = out.len();
        }
        match write(text.get(at..).unwrap_or_default(), c) {
            Some(written) => out.push_str(written),
            None => out.push(c),
        }
    }
    if part.end == text.len() {
        moved.end = out.len();
    }
    (out, moved)
}

fn in_quotes(_: &str, c: char) -> Option<&'static str> {
    match c {
        '\\' => Some("\\\\"),
        '"' => Some("\\\""),
        '\n' => Some("\\n"),
        '\t' => Some("\\t"),
        '\r' => Some("\\r"),
        _ => None,
    }
}

fn in_template(rest: &str, c: char) -> Option<&'static str> {
    match c {
        '$' if rest.starts_with("${") => Some("$$"),
        '%' if rest.starts_with("%{") => Some("%%"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use base64::Engine as _;

    fn located(literal: &str, text: &str, whole: &str, value: &str) -> Option<String> {
        let sources = Sources::default();
        let (file, _) = sources.add(SourceFile::new("a".into(), "a".into(), literal.into(), false));
        let literals = [Site::new(file, Span::new(0, literal.len()))];
        let carried = Carried::of(text);
        let (layer, at) = carried.texts().find_map(|(layer, text)| Some((layer, text.find(whole)?)))?;
        let start = at + whole.find(value)?;
        let sought = Sought {
            carried: &carried,
            layer,
            whole: at..at + whole.len(),
            value: start..start + value.len(),
        };
        let site = sought.site(&Literals::of(&literals, &sources))?;
        Some(sources.get(file).slice(site.span).to_owned())
    }

    #[test]
    fn a_value_is_found_as_it_is_written() {
        let encoded = base64::engine::general_purpose::STANDARD.encode("export DB_PASSWORD=abc\"def$${x\n");
        for (literal, text, whole, value, expected) in [
            ("a\n  P=abc\n", "a\nP=abc\n", "P=abc", "abc", Some("abc")),
            ("P=\\\"a b\\\"", "P=\"a b\"", "P=\"a b", "a b", Some("a b")),
            ("name: P\n    value: abc", "name: P\nvalue: abc", "P\nvalue: abc", "abc", Some("abc")),
            ("P=a$${b", "P=a${b", "P=a${b", "a${b", Some("a$${b")),
            ("P=\\\"a\\\\\\\"b", "P=\"a\\\"b", "P=\"a\\\"b", "a\\\"b", Some("a\\\\\\\"b")),
            ("abc", "P=abc", "P=abc", "abc", Some("abc")),
            ("xyz", "P=abc", "P=abc", "abc", None),
            (&encoded, &encoded, "PASSWORD=abc", "abc", Some("WFiYy")),
        ] {
            let found = located(literal, text, whole, value);
            assert_eq!(found.as_deref(), expected, "{literal}");
        }
    }
}

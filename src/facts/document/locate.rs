//! Where in the code the strings of a JSON text stand: the text was put together of literals, in their order.

use crate::facts::holes::HOLE;
use crate::source::{Site, SourceFile, Sources, Span};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The literals of a text, and how far into them the strings that were looked for so far reach.
pub(super) struct Literals {
    all: Vec<(Site, Arc<SourceFile>)>,
    /// A literal and a byte in it.
    cursor: (usize, usize),
    /// Keys and values that stand in quotes nowhere behind the cursor, which never goes back.
    missing: FxHashSet<(String, bool)>,
}

impl Literals {
    pub(super) fn new(sites: &[Site], sources: &Sources) -> Self {
        let all = sites.iter().map(|site| (*site, sources.get(site.file))).collect();
        Self { all, cursor: (0, 0), missing: FxHashSet::default() }
    }

    /// The place of a key, which stands in a text of several strings or nowhere.
    pub(super) fn key(&mut self, key: &str) -> Option<Site> {
        self.inside(known_piece(key)?, true)
    }

    /// The place of a value: a literal of its own, or quoted in a longer one.
    pub(super) fn value(&mut self, text: &str) -> Option<Site> {
        let piece = known_piece(text)?;
        let from = self.cursor.0;
        let is_whole = |(site, file): &(Site, Arc<SourceFile>)| file.slice(site.span) == piece;
        let ahead = self.all.iter().skip(from).position(is_whole).map(|at| at + from);
        // The same literal may have been put in several times.
        if let Some(at) = ahead.or_else(|| self.all.iter().position(is_whole)) {
            let (site, _) = self.all.get(at)?;
            if ahead.is_some() {
                self.cursor = (at + 1, 0);
            }
            return Some(*site);
        }
        self.inside(piece, false).or_else(|| self.composed(text))
    }

    /// Where a text begins that was put together of several literals, the first of which may hold others before it.
    fn composed(&mut self, text: &str) -> Option<Site> {
        let (first, offset) = self.cursor;
        for at in first..self.all.len() {
            let (site, file) = self.all.get(at)?;
            let slice = file.slice(site.span);
            let ahead = slice.get(if at == first { offset } else { 0 }..).unwrap_or("");
            let quoted = ahead.rsplit_once('"').map(|(_, tail)| tail);
            for head in [Some(ahead), quoted].into_iter().flatten().filter(|head| !head.is_empty()) {
                let Some(rest) = text.strip_prefix(head) else { continue };
                if self.goes_on(rest, at + 1) {
                    self.cursor = (at + 1, 0);
                    let start = site.span.end as usize - head.len();
                    return Some(Site::new(site.file, Span::new(start, start + head.len())));
                }
            }
        }
        None
    }

    /// Whether the literals from one on make up a text, the last of which may hold more.
    fn goes_on(&self, mut rest: &str, from: usize) -> bool {
        for (site, file) in self.all.iter().skip(from) {
            let slice = file.slice(site.span);
            match rest.strip_prefix(slice) {
                Some(left) => rest = left,
                None => return slice.starts_with(rest),
            }
        }
        rest.is_empty()
    }

    /// In quotes inside of a literal, behind what was looked for so far.
    fn inside(&mut self, piece: &str, is_key: bool) -> Option<Site> {
        let asked = (piece.to_owned(), is_key);
        if self.missing.contains(&asked) {
            return None;
        }
        let found = self.search(piece, is_key);
        if found.is_none() {
            self.missing.insert(asked);
        }
        found
    }

    fn search(&mut self, piece: &str, is_key: bool) -> Option<Site> {
        let (first, offset) = self.cursor;
        for (at, (site, file)) in self.all.iter().enumerate().skip(first) {
            let text = file.slice(site.span);
            let start = if at == first { offset } else { 0 };
            let ahead = text.get(start..).unwrap_or("");
            for (found, _) in ahead.match_indices(piece) {
                let (from, to) = (start + found, start + found + piece.len());
                let before = text.get(..from).unwrap_or("");
                let after = text.get(to..).unwrap_or("");
                let opens = before.ends_with('"') || before.ends_with('}') || (before.is_empty() && at > 0);
                let behind = after.trim_start_matches(['\\', '"']).trim_start();
                let closes = !is_key || behind.starts_with(':');
                if opens && closes {
                    self.cursor = (at, to);
                    let start = site.span.start as usize;
                    return Some(Site::new(site.file, Span::new(start + from, start + to)));
                }
            }
        }
        None
    }
}

/// The first piece that is known of a text with holes.
fn known_piece(text: &str) -> Option<&str> {
    text.split(HOLE).find(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_one_after_another() {
        let text = r#"{"Action": "*", "Resource": "*", "Other": "{\"*\":1}"}"#;
        let sources = Sources::default();
        let (file, _) = sources.add(SourceFile::new("a".into(), "a".into(), text.into(), false));
        let whole = Site::new(file, Span::new(0, text.len()));
        let mut literals = Literals::new(&[whole], &sources);
        let mut at = |text: &str, is_key: bool| {
            let site = if is_key { literals.key(text) } else { literals.value(text) };
            site.map(|site| site.span.start)
        };
        assert_eq!(at("Action", true), Some(2));
        assert_eq!(at("*", false), Some(12));
        assert_eq!(at("Resource", true), Some(17));
        assert_eq!(at("*", false), Some(29));
        assert_eq!(at("missing", false), None);
    }

    #[test]
    fn a_text_of_several_literals_is_found_where_it_begins() {
        let text = r#"{"a": "repo:${x}/*"} org"#;
        let sources = Sources::default();
        let (file, _) = sources.add(SourceFile::new("a".into(), "a".into(), text.into(), false));
        let site = |start, end| Site::new(file, Span::new(start, end));
        let all = [site(0, 12), site(21, 24), site(16, 20)];
        let mut literals = Literals::new(&all, &sources);
        assert_eq!(literals.value("repo:org/*"), Some(site(7, 12)));
        assert_eq!(literals.value("repo:other/*"), None);
    }

    #[test]
    fn a_literal_of_its_own_is_found_in_order_and_again() {
        let text = "first same last";
        let sources = Sources::default();
        let (file, _) = sources.add(SourceFile::new("a".into(), "a".into(), text.into(), false));
        let site = |start, end| Site::new(file, Span::new(start, end));
        let mut literals = Literals::new(&[site(0, 5), site(6, 10), site(11, 15)], &sources);
        assert_eq!(literals.value("same"), Some(site(6, 10)));
        assert_eq!(literals.value("last"), Some(site(11, 15)));
        assert_eq!(literals.value("same"), Some(site(6, 10)));
    }
}

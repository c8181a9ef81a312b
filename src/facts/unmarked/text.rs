//! Texts that are put together: what stands before a variable tells what it is.

use super::way::{Wanted, with_secret_pieces};
use super::{Stated, Walk, is_reference};
use crate::catalog::pairs::{NAMES, VALUES};
use crate::facts::holes::{HOLE, with_holes};
use crate::facts::place;
use crate::model::{Entry, Hop, Origin, Part, Reason, Step, Value};
use crate::secrets;
use crate::source::{Site, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of an address before and behind its password.
const NEAR: usize = 1024;

/// What the place of a text says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it is a secret.
    Secret,
    /// An entry of an environment, a script or a setting.
    Setting,
    /// One whose name says that its value is a secret.
    Named,
    /// An entry whose name says that it only describes or refers: `DATABASE_URL`.
    Description,
}

impl Walk<'_> {
    /// A text that is put together: a document, an address, a script. What stands before a variable tells what it is.
    pub(super) fn parts(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        parts: &[Part],
        place: Place,
        stated: &mut Vec<Stated>,
    ) {
        let mut before = String::new();
        let mut at = 0;
        let text = with_holes(parts);
        let pieces = with_secret_pieces(&value.origin);
        let mut asked = FxHashSet::default();
        let whole = parts.iter().all(|part| match part {
            Part::Text { text, .. } => !text.contains(char::is_alphanumeric),
            Part::Unknown(_) => true,
        });
        for part in parts {
            match part {
                Part::Text { text, .. } => {
                    before.push_str(text);
                    at += text.len();
                    continue;
                }
                Part::Unknown(Reason::Variable { name } | Reason::Parameter { name, no_echo: false }) => {
                    let says = || secrets::says_secret(name) || pieces.contains(&**name);
                    let is_password = is_password_of_address(&text, at);
                    let told = match (name_before(&before), place) {
                        _ if is_password => true,
                        (Some(key), _) if is_reference(key) => false,
                        (Some(key), Place::Secret) => secrets::says_secret(key),
                        (Some(key), Place::Setting | Place::Named) => secrets::says_secret(key) || says(),
                        (None, Place::Secret) => whole || says(),
                        (None, Place::Setting | Place::Named) => says(),
                        (Some(key), Place::Description) => secrets::says_secret(key) && text.contains("://"),
                        (None, Place::Description) => false,
                    };
                    if told && asked.insert(name) {
                        self.variable(path, entry, value, Wanted::Called(name), stated);
                    }
                }
                Part::Unknown(_) => {}
            }
            before.clear();
            at += HOLE.len_utf8();
        }
        if place != Place::Description {
            let open: FxHashSet<&Arc<str>> = parts.iter().filter_map(left_open).collect();
            // Those of which the default is known, and perhaps empty.
            for name in self.told(&value.origin).iter().filter(|name| !open.contains(name)) {
                self.variable(path, entry, value, Wanted::Called(name), stated);
            }
        }
    }

    /// The variables that are a secret of a text which is known and was put together: by the name before the place where
    /// each is referred to, else by its own.
    pub(super) fn told(&self, origin: &Origin) -> BTreeSet<Arc<str>> {
        let mut told = Told { walk: self, within: None, keys: FxHashMap::default(), found: BTreeSet::new() };
        told.collect(origin);
        told.found
    }

    /// The name before a place in the code: `password = var.x`, `"password": "${var.x}"`.
    fn key_at(&self, site: Site) -> Option<String> {
        let file = self.sources.get(site.file);
        let before = file.slice(Span::new(0, site.span.start as usize));
        let line = before.rsplit('\n').next().unwrap_or_default();
        key_before(line.trim_end().trim_end_matches("${")).map(str::to_owned)
    }
}

fn left_open(part: &Part) -> Option<&Arc<str>> {
    match part {
        Part::Unknown(Reason::Variable { name } | Reason::Parameter { name, .. }) => Some(name),
        Part::Unknown(_) | Part::Text { .. } => None,
    }
}

/// The search for the variables that are a secret of a text.
struct Told<'w> {
    walk: &'w Walk<'w>,
    /// The places of the steps below the one that puts together, outermost first.
    within: Option<Vec<Site>>,
    /// Whether the name before a place says that the value is a secret, or none; `None`: it does not say.
    keys: FxHashMap<Site, Option<bool>>,
    found: BTreeSet<Arc<str>>,
}

impl Told<'_> {
    fn collect(&mut self, origin: &Origin) {
        let Origin::Derived(step) = origin else { return };
        if let Hop::UnmarkedVariable(name) = &step.hop {
            if !self.found.contains(name)
                && self.by_key().unwrap_or_else(|| secrets::says_secret(place::last(name)))
            {
                self.found.insert(Arc::clone(name));
            }
            return;
        }
        let around = self.within.as_ref().map(Vec::len);
        match &mut self.within {
            Some(sites) => sites.extend(step.site),
            within => *within = puts_together(step).then(Vec::new),
        }
        step.from.iter().for_each(|from| self.collect(from));
        match (around, &mut self.within) {
            (Some(length), Some(sites)) => sites.truncate(length),
            (_, within) => *within = None,
        }
    }

    /// What the name says that is nearest to the variable and says anything.
    fn by_key(&mut self) -> Option<bool> {
        let (walk, keys) = (self.walk, &mut self.keys);
        let mut says = |site: Site| {
            *keys.entry(site).or_insert_with(|| {
                let key = walk.key_at(site)?;
                let describes = || secrets::only_describes(&key).then_some(false);
                if secrets::says_secret(&key) { Some(true) } else { describes() }
            })
        };
        self.within.iter().flatten().rev().find_map(|site| says(*site))
    }
}

/// Whether the password of an address begins here: `scheme://user:` before it, `@` behind.
fn is_password_of_address(text: &str, at: usize) -> bool {
    let edge = |from: usize, to: usize| (from..=to).find(|at| text.is_char_boundary(*at));
    let start = edge(at.saturating_sub(NEAR), at).unwrap_or(at);
    let end = edge((at + NEAR).min(text.len()), text.len()).unwrap_or(at);
    let (Some(before), Some(after)) = (text.get(start..at), text.get(at..end)) else { return false };
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '?' | '#');
    let user = before.rsplit_once("://").and_then(|(_, rest)| rest.split_once(':'));
    let is_part = |part: &str| !part.contains(ends) && !part.contains('@');
    user.is_some_and(|(user, password)| !user.is_empty() && is_part(user) && is_part(password))
        && after.split(ends).next().is_some_and(|rest| rest.contains('@'))
}

/// Whether a text was put together, of several or into a document, rather than carried.
pub(super) fn is_put_together(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    puts_together(step) || step.from.iter().any(is_put_together)
}

fn puts_together(step: &Step) -> bool {
    let is_document = match &step.hop {
        Hop::Function(name) => ["jsonencode", "yamlencode"].contains(&&**name),
        _ => false,
    };
    is_document || step.from.len() > 1
}

/// The same, or the name beside the value of a pair: `"name": "NAME", "value": "`.
fn name_before(text: &str) -> Option<&str> {
    let key = key_before(text)?;
    let beside = || {
        let name =
            NAMES.iter().filter_map(|name| Some((text.rfind(&format!("\"{name}\""))?, name.len() + 2)));
        let (at, length) = name.max()?;
        let rest = text.get(at + length..)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        rest.split_once('"').map(|(name, _)| name)
    };
    VALUES.contains(&key).then(beside).flatten().or(Some(key))
}

/// The name that a value, which begins where the text ends, is given: `NAME=`, `"name": "`.
pub(in crate::facts) fn key_before(text: &str) -> Option<&str> {
    let blank = |c: char| c == '"' || c == '\'' || c == '\\' || c == ' ';
    let signed = text.trim_end_matches(blank);
    let named = signed.strip_suffix(['=', ':'])?;
    // `A= B=…`: nothing is given to the first in a shell.
    if signed.ends_with('=') && text.get(signed.len()..)?.starts_with(' ') && !named.ends_with(' ') {
        return None;
    }
    let text = named.trim_end_matches(blank);
    let key = text.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).next();
    key.filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{HOLE, is_password_of_address, key_before};

    #[test]
    fn the_password_of_an_address_is_told_by_its_place() {
        let at = |text: &str| {
            let text = text.replace('?', &HOLE.to_string());
            let place = text.rfind(HOLE).unwrap_or_default();
            is_password_of_address(&text, place)
        };
        for text in ["postgres://app:?@db/app", "x \"amqp://?:?@mq\"", "redis://u:a?@h", "é postgres://é:?@h"]
        {
            assert!(at(text), "{text}");
        }
        for text in [
            "postgres://?@db/app",
            "https://db:?/token",
            "https://db:?/a@b",
            "https://?",
            "mail: ?@example.org",
            "https://a/b:?@c",
            "arn:aws:secretsmanager:eu-west-1:1:secret:?",
        ] {
            assert!(!at(text), "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_value_names_it() {
        for (text, key) in [
            ("export DB_PASSWORD=", Some("DB_PASSWORD")),
            ("{\"user\":\"a\",\"password\":\"", Some("password")),
            ("mysql -p '", None),
            ("url: ", Some("url")),
            ("https://user:", Some("user")),
            ("", None),
        ] {
            assert_eq!(key_before(text), key, "{text}");
        }
    }
}

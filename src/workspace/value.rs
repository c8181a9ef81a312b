//! What stands for an expression: the value that it comes to wherever its code is used, and the way of that value.

use super::collect::{Collect, Places};
use super::shift::Shift;
use super::{Paths, Place, Workspace};
use crate::catalog;
use crate::engine::{self, Seen};
use crate::facts;
use crate::findings::{Masked, MaskedFile};
use crate::frontends::terraform::Spot;
use crate::model::{Entry, Kind, Marks, Part, Resource, Value};
use crate::secrets::{holds_secrets, says_secret};
use crate::source::{FileId, Site, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Units that are looked at: a module may be called by hundreds.
const MAX_UNITS: usize = 12;

/// Different answers that are given.
const MAX_ANSWERS: usize = 8;

/// Characters of a value that are shown.
const MAX_WORDS: usize = 240;

/// What is shown of a value that must not be.
const HIDDEN: &str = "a secret, not shown";

/// What an attribute, a variable, a local or a parameter comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The resource, or what is declared: `module.web.aws_instance.this`, `var.region`.
    pub address: Arc<str>,
    /// Dotted; empty for what is declared.
    pub attribute: String,
    /// The value, or why it is not known.
    pub words: String,
    pub is_known: bool,
    /// Further addresses of which the same is true.
    pub others: usize,
    /// From the literal to its use; the literal first.
    pub chain: Vec<Place>,
}

/// Something that stands at the place, before it is put in words.
struct Met<'v> {
    address: Arc<str>,
    type_name: &'v str,
    attribute: String,
    entry: Option<&'v Entry>,
    value: &'v Value,
    /// It is declared to be a secret.
    is_secret: bool,
    span: usize,
}

impl Workspace<'_> {
    /// What the attribute, or the name, at an offset comes to: each different answer once. No secret is among the words.
    #[must_use]
    pub fn values_at(&self, path: &Path, offset: usize) -> Vec<Resolved> {
        let Some(known) = &self.known else { return Vec::new() };
        let real = self.real(path);
        let names: Paths = self.names(&real).into_iter().collect();
        let shift = self.buffers.get(&real).map(|buffer| Shift::between(&buffer.current, &buffer.analysed));
        let offset = shift.map_or(offset, |shift| shift.offset(offset));
        let (parts, exact) = known.units.parts(&names, MAX_UNITS);
        let (Some(name), Ok(offset)) = (names.first(), u32::try_from(offset)) else { return Vec::new() };
        if parts.is_empty() {
            return Vec::new();
        }
        let inventory = known.restricted(&parts, &names);
        let rest = self.rest(known, &exact);
        let sources = Sources::default();
        let spot = Spot { path: name, offset };
        let seen = self.with_texts(known, |system| {
            let files = (&inventory, known.learned.configured.as_slice());
            engine::look(&self.request, files, &rest, spot, system, &sources)
        });
        let collect =
            Collect { sources: &sources, buffers: &self.buffers, folder: &self.folder, system: self.system };
        let masked = Masked::new(&sources, &seen.redactor);
        let looking = Looking {
            workspace: self,
            seen: &seen,
            sources: &sources,
            masked,
            places: collect.places(masked),
        };
        looking.resolved(spot)
    }
}

struct Looking<'a> {
    workspace: &'a Workspace<'a>,
    seen: &'a Seen,
    sources: &'a Sources,
    masked: Masked<'a>,
    places: Places<'a>,
}

impl Looking<'_> {
    fn resolved(&self, spot: Spot<'_>) -> Vec<Resolved> {
        let mut met = self.met(spot);
        // What stands there most narrowly, in order of addresses.
        let narrowest = met.iter().map(|met| met.span).min().unwrap_or_default();
        met.retain(|met| met.span == narrowest);
        met.sort_by(|a, b| (&a.address, &a.attribute).cmp(&(&b.address, &b.attribute)));
        let mut texts: BTreeMap<FileId, MaskedFile> = BTreeMap::new();
        let mut known: Vec<Resolved> = Vec::new();
        let mut addresses: BTreeSet<(usize, Arc<str>)> = BTreeSet::new();
        for met in &met {
            let one = self.told(met, &mut texts);
            let same = |known: &Resolved| {
                (&known.words, &known.attribute, &known.chain) == (&one.words, &one.attribute, &one.chain)
            };
            match known.iter().position(same) {
                Some(at) => {
                    let first = known.get_mut(at).filter(|first| first.address != one.address);
                    if let Some(first) = first.filter(|_| addresses.insert((at, Arc::clone(&one.address)))) {
                        first.others += 1;
                    }
                }
                None if known.len() < MAX_ANSWERS => known.push(one),
                None => {}
            }
        }
        known
    }

    /// Everything that stands at the place.
    fn met(&self, spot: Spot<'_>) -> Vec<Met<'_>> {
        let files: BTreeSet<FileId> = (0..)
            .map(FileId)
            .zip(self.sources.all())
            .filter(|(_, source)| source.path == spot.path && source.is_whole())
            .map(|(file, _)| file)
            .collect();
        let is_at = |site: Site| {
            files.contains(&site.file) && site.span.start <= spot.offset && spot.offset <= site.span.end
        };
        let mut met: Vec<Met<'_>> = Vec::new();
        for pointed in &self.seen.pointed {
            met.push(Met {
                address: Arc::clone(&pointed.name),
                type_name: "",
                attribute: String::new(),
                entry: None,
                value: &pointed.value,
                is_secret: false,
                span: pointed.site.span.len(),
            });
        }
        // What a name means is asked rather than what the expression around it comes to.
        if !met.is_empty() {
            return met;
        }
        for unit in &self.seen.project.units {
            for resource in unit.resources.iter().filter(|resource| is_at(resource.block)) {
                if let Some((attribute, entry, span)) = deepest(&resource.body, &is_at) {
                    met.push(of_entry(resource, attribute, entry, span));
                }
            }
            for declaration in unit.declarations.iter().filter(|declaration| is_at(declaration.block)) {
                met.push(Met {
                    address: Arc::clone(&declaration.name),
                    type_name: "",
                    attribute: String::new(),
                    entry: None,
                    value: &declaration.value,
                    is_secret: declaration.marked_secret,
                    span: declaration.block.span.len(),
                });
            }
        }
        met
    }

    fn told(&self, met: &Met<'_>, texts: &mut BTreeMap<FileId, MaskedFile>) -> Resolved {
        let literal = facts::literal(&met.value.origin);
        let mut spots = facts::chain(met.value, met.entry, "used here", literal);
        if spots.is_empty() {
            spots.extend(literal.map(|site| facts::Spot::new(site, "the value stands here")));
        }
        let redactor = &self.seen.redactor;
        let spots =
            spots.into_iter().filter_map(|spot| self.places.spot_at(spot.site, redactor.redact(&spot.label)));
        let absolute = |shown: &str| self.workspace.absolute(shown);
        let chain: Vec<Place> = spots.map(|spot| spot.told(&absolute)).collect();
        let last = met.attribute.rsplit('.').next().unwrap_or_default();
        let name =
            if met.attribute.is_empty() { met.address.rsplit('.').next().unwrap_or_default() } else { last };
        let is_secret = met.is_secret
            || is_called_secret(name, met.value)
            || catalog::sensitive(met.type_name).iter().any(|path| path.path == met.attribute)
            || self.is_made_of_secrets(met.value, texts);
        let words = if is_secret && has_value(met.value) {
            HIDDEN.to_owned()
        } else {
            redactor.redact(&words(met.value, &mut |value| self.is_made_of_secrets(value, texts)))
        };
        Resolved {
            address: redactor.redact(&met.address).into(),
            attribute: redactor.redact(&met.attribute),
            words: cut(words),
            is_known: met.value.as_unknown().is_none(),
            others: 0,
            chain,
        }
    }

    /// Whether a literal that went into a value is masked where it stands.
    fn is_made_of_secrets(&self, value: &Value, texts: &mut BTreeMap<FileId, MaskedFile>) -> bool {
        let pieces = value.as_unknown().map_or(&[][..], |unknown| &unknown.parts);
        let of_pieces = pieces.iter().flat_map(|piece| match piece {
            Part::Text { origin, .. } => origin.literals(),
            Part::Unknown(_) => Vec::new(),
        });
        value.origin.literals().into_iter().chain(of_pieces).any(|site| {
            let file = texts.entry(site.file).or_insert_with(|| self.masked.file(site.file));
            file.get(site.span.range()).as_deref() != Some(self.sources.get(site.file).slice(site.span))
        })
    }
}

fn of_entry<'v>(resource: &'v Resource, attribute: String, entry: &'v Entry, span: usize) -> Met<'v> {
    Met {
        address: Arc::clone(&resource.address),
        type_name: &resource.type_name,
        attribute,
        entry: Some(entry),
        value: &entry.value,
        is_secret: false,
        span,
    }
}

/// The innermost entry at a place, with its path and how wide it is.
fn deepest<'v>(value: &'v Value, is_at: &dyn Fn(Site) -> bool) -> Option<(String, &'v Entry, usize)> {
    match &value.kind {
        Kind::Object(object) => {
            let here = |entry: &&Entry| [entry.site, entry.key_site].into_iter().flatten().any(is_at);
            let found = object.entries.iter().filter(here).map(|entry| match deepest(&entry.value, is_at) {
                Some((path, inner, span)) => (format!("{}.{path}", entry.key), inner, span),
                None => {
                    let spans =
                        [entry.site, entry.key_site].into_iter().flatten().filter(|site| is_at(*site));
                    let span = spans.map(|site| site.span.len()).min().unwrap_or(usize::MAX);
                    (entry.key.to_string(), entry, span)
                }
            });
            found.min_by_key(|(_, _, span)| *span)
        }
        Kind::List(items) => {
            items.iter().filter_map(|item| deepest(item, is_at)).min_by_key(|(_, _, span)| *span)
        }
        Kind::Choice(choice) => {
            let sides = [&choice.then, &choice.otherwise];
            sides.into_iter().filter_map(|side| deepest(side, is_at)).min_by_key(|(_, _, span)| *span)
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => None,
    }
}

/// Whether a value is to be hidden for its name. Session tokens are `required` or `optional`, which is nobody's secret.
fn is_called_secret(name: &str, value: &Value) -> bool {
    const SWITCHES: [&str; 8] =
        ["required", "optional", "enabled", "disabled", "true", "false", "none", "default"];
    let is_switch = value.as_str().is_some_and(|text| SWITCHES.contains(&text));
    !is_switch && (says_secret(name) || holds_secrets(name))
}

/// Whether there is anything to hide.
fn has_value(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) => false,
        Kind::Unknown(unknown) => unknown.parts.iter().any(|part| matches!(part, Part::Text { .. })),
        Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => true,
    }
}

/// A value in words. What is marked, stands under a name that says secret or is made of one is not among them, wherever it is
/// in the value.
fn words(value: &Value, is_secret: &mut dyn FnMut(&Value) -> bool) -> String {
    let is_marked =
        [Marks::SENSITIVE, Marks::EPHEMERAL, Marks::NO_ECHO].iter().any(|mark| value.marks.has(*mark));
    if has_value(value) && (is_marked || is_secret(value)) {
        return HIDDEN.to_owned();
    }
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(number) => number.to_string(),
        Kind::String(text) => format!("{text:?}"),
        Kind::List(items) => {
            let items: Vec<String> = items.iter().take(20).map(|item| words(item, is_secret)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Object(object) => {
            let pair = |entry: &Entry| {
                let hidden = is_called_secret(&entry.key, &entry.value) && has_value(&entry.value);
                let said = if hidden { HIDDEN.to_owned() } else { words(&entry.value, is_secret) };
                format!("{} = {said}", entry.key)
            };
            let pairs: Vec<String> = object.entries.iter().take(20).map(pair).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Kind::Choice(choice) => {
            format!("{} or {}", words(&choice.then, is_secret), words(&choice.otherwise, is_secret))
        }
        Kind::Unknown(unknown) => {
            let parts = unknown.parts.iter().map(|part| match part {
                Part::Text { text, .. } => &**text,
                Part::Unknown(_) => "…",
            });
            let parts: String = parts.collect();
            if parts.is_empty() {
                unknown.reason.to_string()
            } else {
                format!("{parts:?}: {}", unknown.reason)
            }
        }
    }
}

fn cut(words: String) -> String {
    match words.char_indices().nth(MAX_WORDS) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default()),
        None => words,
    }
}

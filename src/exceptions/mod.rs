//! What people say beside code about findings: that one is known, why, and until when. Owns the grammar, where it may stand,
//! and what it holds for; knows no finding and no policy.
//!
//! What others' tools are told in the same way is read by [`import`], and only there.

mod comments;
mod day;
mod grammar;
pub mod import;
mod metadata;
mod place;

pub use comments::Covers;
pub use day::Day;
pub use grammar::{Marker, Named, Said, Wrong, markers, parse};
pub use place::{OPEN, Placing, place};

use crate::source::{FileId, Site, SourceFile, Sources, Span};
use crate::syntax::doc;
use comments::{Found, Language, Page};
use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Exceptions of one file that count. One that does not silences nothing.
pub(crate) const MAX_EXCEPTIONS: usize = 10_000;

/// How an exception was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    Comment,
    Metadata,
}

/// An exception, or what looks like one.
#[derive(Debug, Clone)]
pub struct Exception {
    /// In the first reading of its file.
    pub site: Site,
    pub written: Written,
    /// The ranges of policies are those in the file.
    pub said: Result<Said, Wrong>,
    pub covers: Covers,
}

impl Exception {
    /// How narrow the place is that holds for what begins at an offset; `None` where none does.
    #[must_use]
    pub fn covers(&self, offset: u32) -> Option<usize> {
        match &self.covers {
            Covers::File => Some(usize::MAX),
            Covers::Construct { .. } => None,
            Covers::Spans(spans) => {
                let holding = spans.iter().filter(|span| span.start <= offset && offset <= span.end);
                holding.map(|span| span.len()).min()
            }
        }
    }

    /// The same of what a construct made in a template.
    #[must_use]
    pub fn covers_construct(&self, construct: &str, template: FileId) -> Option<usize> {
        let Covers::Construct { templates, path } = &self.covers else { return None };
        let below = construct.strip_prefix(&**path)?;
        let within = path.is_empty() || below.is_empty() || below.starts_with('/');
        (within && templates.contains(&template)).then(|| usize::MAX - 1 - path.len())
    }

    /// Whether it is in force on a day, as far as it says itself.
    #[must_use]
    pub fn holds(&self, today: Day) -> bool {
        self.said
            .as_ref()
            .is_ok_and(|said| !said.reason.is_empty() && said.until.is_none_or(|until| until >= today))
    }
}

/// An exception that a construct of an app has in its metadata.
#[derive(Debug, Clone)]
pub struct OfConstruct {
    /// The templates of the app: another one may have constructs of the same path.
    pub templates: Arc<[FileId]>,
    /// The construct path; empty for the whole app.
    pub construct: Arc<str>,
    /// None where it is no text.
    pub words: Option<Arc<str>>,
    pub said_at: Site,
}

impl OfConstruct {
    fn exception(&self) -> Exception {
        let said = self.words.as_deref().map_or(Err(Wrong::Value), |words| parse(words.trim()));
        let said = said.and_then(|said| if said.of_file { Err(Wrong::Place) } else { Ok(said) });
        let at = |named: Named| Named { range: self.said_at.span.range(), ..named };
        let said = said.map(|said| Said { policies: said.policies.into_iter().map(at).collect(), ..said });
        let covers =
            Covers::Construct { templates: Arc::clone(&self.templates), path: Arc::clone(&self.construct) };
        Exception { site: self.said_at, written: Written::Metadata, said, covers }
    }
}

/// The exceptions of a run, by path and place.
#[derive(Debug, Default)]
pub struct Exceptions {
    all: Vec<Exception>,
    /// By file, in each of its readings.
    by_file: FxHashMap<FileId, Arc<[usize]>>,
    /// How many are of constructs.
    constructs: usize,
    /// Files that have more than count, in order of their paths.
    crowded: Vec<FileId>,
}

impl Exceptions {
    /// Searches everything that was read. Most texts do not so much as name keyless.
    #[must_use]
    pub fn read(sources: &Sources) -> Self {
        let finders = ["eyless", "EYLESS"].map(Finder::new);
        let files = sources.all();
        let is_named = |text: &str| finders.iter().any(|finder| finder.find(text.as_bytes()).is_some());
        let is_meant = |source: &SourceFile| source.is_whole() && is_named(source.text());
        let mut named: Vec<(u32, &Arc<SourceFile>)> =
            (0..).zip(&files).filter(|(_, source)| is_meant(source)).collect();
        // Of several readings of a file the first stands for all of the same text.
        named.sort_by(|a, b| (&a.1.path, a.0).cmp(&(&b.1.path, b.0)));
        let groups: Vec<&[(u32, &Arc<SourceFile>)]> =
            named.chunk_by(|a, b| a.1.path == b.1.path && a.1.text() == b.1.text()).collect();
        let read: Vec<Vec<(Written, Found)>> = groups
            .par_iter()
            .map(|group| group.first().map(|(_, source)| of_file(source)).unwrap_or_default())
            .collect();
        let mut result = Self::default();
        for (group, found) in groups.into_iter().zip(read) {
            let Some((first, _)) = group.first().filter(|_| !found.is_empty()) else { continue };
            let start = result.all.len();
            if found.len() > MAX_EXCEPTIONS {
                result.crowded.push(FileId(*first));
            }
            result.all.extend(found.into_iter().take(MAX_EXCEPTIONS).map(
                |(written, Found { span, said, covers })| Exception {
                    site: Site::new(FileId(*first), span),
                    written,
                    said,
                    covers,
                },
            ));
            let numbers: Arc<[usize]> = (start..result.all.len()).collect();
            result.by_file.extend(group.iter().map(|(at, _)| (FileId(*at), Arc::clone(&numbers))));
        }
        result
    }

    /// With those of constructs, which stand in no file that is read for them.
    #[must_use]
    pub fn with(mut self, constructs: &[OfConstruct]) -> Self {
        // A stack and the products that it offers have their metadata in common.
        let mut by_place: BTreeMap<(Site, &str, Option<&str>), BTreeSet<FileId>> = BTreeMap::new();
        for one in constructs {
            let place = (one.said_at, &*one.construct, one.words.as_deref());
            by_place.entry(place).or_default().extend(one.templates.iter());
        }
        self.constructs = by_place.len();
        self.all.extend(by_place.into_iter().map(|((said_at, construct, words), templates)| {
            let templates = templates.into_iter().collect();
            OfConstruct { templates, construct: construct.into(), words: words.map(Into::into), said_at }
                .exception()
        }));
        self
    }

    /// Exceptions that are in order of path and place, each in the first reading of its file.
    pub(crate) fn of(all: Vec<Exception>, sources: &Sources) -> Self {
        let files = sources.all();
        let mut by_path: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, exception) in all.iter().enumerate() {
            let source = files.get(exception.site.file.0 as usize);
            by_path.entry(source.map_or("", |source| source.path.as_str())).or_default().push(at);
        }
        let by_file = (0..).zip(&files).filter_map(|(at, source)| {
            let numbers = by_path.get(source.path.as_str())?;
            Some((FileId(at), numbers.as_slice().into()))
        });
        let by_file = by_file.collect();
        Self { all, by_file, ..Self::default() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The files in which not all exceptions count.
    pub(crate) fn crowded(&self) -> &[FileId] {
        &self.crowded
    }

    /// In order of path and place, those of constructs last.
    #[must_use]
    pub fn all(&self) -> &[Exception] {
        &self.all
    }

    /// The exceptions of the constructs that made something in a template, each with how narrow it is.
    pub fn of_construct(&self, construct: &str, template: FileId) -> impl Iterator<Item = (usize, usize)> {
        let all = self.all.iter().enumerate().skip(self.all.len() - self.constructs);
        all.filter_map(move |(at, exception)| Some((at, exception.covers_construct(construct, template)?)))
    }

    /// The exceptions that hold for what begins at a place, each with how narrow its own place is.
    pub fn at(&self, site: Site) -> impl Iterator<Item = (usize, usize)> {
        let here = self.by_file.get(&site.file).map_or(&[][..], |here| here);
        here.iter().filter_map(move |at| Some((*at, self.all.get(*at)?.covers(site.span.start)?)))
    }
}

/// All exceptions of a file, in order.
fn of_file(source: &SourceFile) -> Vec<(Written, Found)> {
    let text = source.text();
    let mut found = Vec::new();
    let name = source.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    // What a third party wrote, or nobody can review, silences nothing.
    if let Some(language) = language(&name, text).filter(|_| !source.git_ignored) {
        let exceptions = Page::read(language, source).exceptions(source);
        found.extend(exceptions.into_iter().map(|found| (Written::Comment, found)));
    }
    if is_terraform_json(&name) {
        if !source.git_ignored
            && let Ok(document) = doc::parse_json(text)
        {
            found.extend(
                metadata::of_terraform(&document, text).into_iter().map(|found| (Written::Metadata, found)),
            );
        }
    } else if is_data(&name)
        && let Ok(document) = doc::parse(text)
    {
        found.extend(
            metadata::of_template(&document, text).into_iter().map(|found| (Written::Metadata, found)),
        );
    }
    found.sort_by_key(|(_, found)| found.span);
    found
}

fn ends(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

fn is_terraform_json(name: &str) -> bool {
    ends(name, &[".tf.json", ".tofu.json", ".tfvars.json", ".hcl.json", ".tfbackend.json"])
}

fn is_data(name: &str) -> bool {
    ends(name, &[".json", ".yaml", ".yml", ".template"])
}

/// The language of a file's comments.
fn language(name: &str, text: &str) -> Option<Language> {
    let is_json = || text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if ends(name, &[".tf", ".tofu", ".tfvars", ".hcl", ".tfbackend"]) {
        Some(Language::Hcl)
    } else if name.ends_with(".toml") {
        Some(Language::Toml)
    } else if ends(name, &[".yaml", ".yml", ".template"]) || name.ends_with(".json") && is_json() {
        // JSON has none, but what is read as YAML's flow style may.
        let is_plain = is_json() && doc::parse_json(text).is_ok();
        (!is_plain && !is_terraform_json(name)).then_some(Language::Yaml)
    } else if name == ".env" || name.starts_with(".env.") || name.ends_with(".env") || name == ".envrc" {
        Some(Language::Variables)
    } else {
        None
    }
}

/// The span of a policy's name in its file.
#[must_use]
pub fn span_of(named: &Named) -> Span {
    Span::new(named.range.start, named.range.end)
}

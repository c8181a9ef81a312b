//! The files of a run beside what they were at the base of the change.

use super::as_of::{AsOf, Layer, Place};
use crate::discover::Inventory;
use crate::git::{Change, Stands, similarity};
use crate::source::{FileId, Site, SourceFile, Sources};
use crate::system::{MAX_FILE, ReadError, System, text};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Percent of a file that has to be the same where it was renamed: as much as git asks for.
const SIMILAR: u32 = 50;
/// Files that one may be a renamed form of, and all such pairs.
const MAX_CANDIDATES: usize = 300;
const MAX_PAIRS: usize = 5_000;

/// What became of a file.
#[derive(Debug, Clone)]
pub(super) enum Text {
    /// It is no part of the change: git ignores it, or it lies outside of every work tree.
    Apart,
    /// The base does not have it, or nothing is known of the base.
    New,
    Known(Known),
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) change: Change,
    /// Where it stood, as shown.
    pub(super) path: String,
}

/// A place as of the base: path as shown, line and column.
pub(super) type Spot = (String, u32, u32);

pub(super) struct Texts<'a, 's> {
    inventory: &'a Inventory,
    as_of: &'a AsOf<'a, 's>,
    sources: &'a Sources,
    known: BTreeMap<FileId, Text>,
    /// Folders that something came from, absolute.
    pub(super) left: BTreeSet<PathBuf>,
}

impl<'a, 's> Texts<'a, 's> {
    /// Compares these files.
    pub(super) fn new(
        inventory: &'a Inventory,
        as_of: &'a AsOf<'a, 's>,
        sources: &'a Sources,
        files: &BTreeSet<FileId>,
    ) -> Self {
        let mut texts = Self { inventory, as_of, sources, known: BTreeMap::new(), left: BTreeSet::new() };
        let mut new: BTreeMap<PathBuf, Vec<FileId>> = BTreeMap::new();
        for file in files {
            let source = sources.get(*file);
            let found = texts.compare(&source);
            if let (Text::New, Some((Some(_), path))) = (&found, texts.place(&source)) {
                new.entry(path).or_default().push(*file);
            }
            texts.known.insert(*file, found);
        }
        texts.follow_renames(&new);
        texts
    }

    fn get(&self, file: FileId) -> &Text {
        self.known.get(&file).unwrap_or(&Text::New)
    }

    /// Whether the change added or modified a line of a place, or took out one from within it.
    pub(super) fn touches(&self, site: Site) -> bool {
        match self.get(site.file) {
            Text::Apart => false,
            Text::New => true,
            Text::Known(known) => {
                let source = self.sources.get(site.file);
                let last = site.span.end.saturating_sub(1).max(site.span.start);
                known.change.touches(source.position(site.span.start).line, source.position(last).line)
            }
        }
    }

    /// Where a place that the change does not touch stood.
    pub(super) fn before(&self, site: Site) -> Option<Spot> {
        let source = self.sources.get(site.file);
        let start = source.position(site.span.start);
        match self.get(site.file) {
            Text::Apart => Some((source.path.clone(), start.line, start.column)),
            Text::New => None,
            Text::Known(known) => Some((known.path.clone(), known.change.earlier(start.line)?, start.column)),
        }
    }

    /// The absolute path of a source in a root, with that root's layer if it has one. `None`: it lies outside.
    fn place(&self, source: &SourceFile) -> Option<(Option<&'a Layer<'s>>, PathBuf)> {
        let is_it = |path: &Path| self.inventory.shown(path) == source.path;
        let roots = self.inventory.roots.iter().map(|root| (root, root.path().join(&source.root_path)));
        let (root, path) = roots.into_iter().find(|(_, path)| is_it(path))?;
        Some((self.as_of.layers.iter().find(|layer| layer.root == root), path))
    }

    fn compare(&self, source: &SourceFile) -> Text {
        let Some((layer, path)) = self.place(source) else { return Text::Apart };
        if layer.is_none() {
            return Text::New;
        }
        match self.as_of.locate(&path) {
            Ok(Place::Base(_, _, Stands::File)) => {
                self.against(source, &path, &path).map_or(Text::New, Text::Known)
            }
            Ok(Place::Disk(_)) => Text::Apart,
            Ok(Place::Base(_, _, Stands::Folder | Stands::Link) | Place::Bare(_)) | Err(_) => Text::New,
        }
    }

    /// A file beside what stood at a path.
    fn against(&self, source: &SourceFile, path: &Path, before: &Path) -> Option<Known> {
        let earlier = words(self.as_of.read(before, MAX_FILE))?;
        let change = if source.is_whole() {
            Change::between(&earlier, source.text())
        } else {
            Change::between(&earlier, &words(self.as_of.disk.read(path, MAX_FILE))?)
        };
        Some(Known { change, path: self.inventory.shown(before) })
    }

    /// Finds what new files were called, each once: those that are most alike first.
    fn follow_renames(&mut self, new: &BTreeMap<PathBuf, Vec<FileId>>) {
        let mut pairs: Vec<(u32, PathBuf, PathBuf)> = Vec::new();
        let mut gone = Gone { as_of: self.as_of, by_ending: BTreeMap::new(), texts: BTreeMap::new() };
        for (path, files) in new {
            let Some(source) = files.first().map(|file| self.sources.get(*file)) else { continue };
            let Some((Some(layer), _)) = self.place(&source) else { continue };
            for before in gone.like(layer, path) {
                if pairs.len() >= MAX_PAIRS {
                    break;
                }
                let Some(earlier) = gone.text(&before) else { continue };
                let (small, large) = sorted(earlier.len(), source.text().len());
                if small * 100 < large * SIMILAR as usize {
                    continue;
                }
                let alike = similarity(&earlier, source.text());
                if alike >= SIMILAR {
                    pairs.push((alike, path.clone(), before));
                }
            }
        }
        pairs.sort_by(|a, b| (b.0, &a.1, &a.2).cmp(&(a.0, &b.1, &b.2)));
        let (mut named, mut taken) = (BTreeSet::new(), BTreeSet::new());
        for (_, path, before) in pairs {
            if named.contains(&path) || !taken.insert(before.clone()) {
                continue;
            }
            for file in new.get(&path).into_iter().flatten() {
                if let Some(known) = self.against(&self.sources.get(*file), &path, &before) {
                    self.known.insert(*file, Text::Known(known));
                }
            }
            self.left.extend(before.parent().map(Path::to_path_buf));
            named.insert(path);
        }
    }
}

/// Files of the base that are no longer there.
struct Gone<'a, 's> {
    as_of: &'a AsOf<'a, 's>,
    by_ending: BTreeMap<(PathBuf, String), Vec<PathBuf>>,
    texts: BTreeMap<PathBuf, Option<Arc<str>>>,
}

impl Gone<'_, '_> {
    /// Those that end as a path does, first those of its name.
    fn like(&mut self, layer: &Layer<'_>, path: &Path) -> Vec<PathBuf> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let ending = name.rfind('.').map_or(name.as_str(), |dot| name.get(dot..).unwrap_or_default());
        let root = layer.root.path();
        let disk = self.as_of.disk;
        let is_gone = |path: &PathBuf| {
            disk.kind(path).is_err_and(|error| {
                matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
            })
        };
        let gone = self.by_ending.entry((root.to_path_buf(), ending.to_owned())).or_insert_with(|| {
            layer.base.files(ending).into_iter().map(|path| root.join(path)).filter(is_gone).collect()
        });
        let mut like = gone.clone();
        like.sort_by_key(|path| path.file_name().is_none_or(|other| other.to_string_lossy() != name));
        like.truncate(MAX_CANDIDATES);
        like
    }

    fn text(&mut self, path: &Path) -> Option<Arc<str>> {
        let read = || words(self.as_of.read(path, MAX_FILE)).map(Arc::from);
        self.texts.entry(path.to_path_buf()).or_insert_with(read).clone()
    }
}

/// What can be read of bytes.
pub(super) fn words(bytes: Result<Vec<u8>, ReadError>) -> Option<String> {
    match text(bytes.ok()?) {
        Ok(text) | Err(ReadError::NotText { lossy: text, .. }) => Some(text),
        Err(_) => None,
    }
}

fn sorted(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

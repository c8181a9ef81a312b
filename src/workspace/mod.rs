//! Analysis that keeps what it knows, for editors. Knows nothing of their protocols.
//!
//! A [`Workspace`] is a folder with the texts that somebody edits in it. A whole run ([`Workspace::refresh`], or
//! [`Workspace::snapshot`] on another thread) says of every file what `keyless check` does. After an edit,
//! [`Workspace::reanalyse`] judges the units that the edited file is a part of, and nothing else: of files that no other
//! unit uses, the edited one first, the answer is that of a whole run (`benches/workspace.rs` measures it). Other files
//! keep theirs until the next whole run; their texts have not changed, so places hold.
//!
//! A text that does not parse is judged with its broken blocks as they last were (`buffer.rs`), and every answer stands in
//! the text as it is now (`shift.rs`).
//!
//! Every text in an answer is free of secrets: outcomes are masked before anything of them is kept.

mod answer;
mod buffer;
mod collect;
mod fix;
mod folder;
mod shift;
#[cfg(test)]
mod tests;
mod units;
mod value;
mod whole;

use crate::baseline;
use crate::discover::{CONFIGURATION, Inventory, discover, kind_of_name, relative};
use crate::engine::{self, CheckRequest, Learned, Paths, Rest};
use crate::source::Sources;
use crate::system::{FileKind, MAX_FILE, Overlay, System, Texts, lexical, text};
use answer::Said;
pub use answer::{Answer, Answers, Place, Suppressed, Trouble};
use buffer::Buffer;
use collect::Collect;
pub use fix::{Mend, TextEdit};
use folder::InFolder;
use shift::Shift;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use units::{Keep, Units};
pub use value::Resolved;
pub use whole::{Snapshot, Whole};

/// What files are called inside: relative to the folder, as [`crate::discover::Inventory::shown`] says.
type Shown = Arc<str>;

/// A folder, or a file by itself, with the texts that are edited there, and what is known of it.
pub struct Workspace<'s> {
    system: &'s dyn System,
    /// Paths are relative to it; absolute, without links.
    folder: PathBuf,
    request: CheckRequest,
    /// By absolute paths without links.
    buffers: BTreeMap<PathBuf, Buffer>,
    known: Option<Known>,
    said: BTreeMap<Shown, Said>,
    /// Edits so far, and the last one of each file.
    edits: u64,
    edited: BTreeMap<PathBuf, u64>,
    /// Files whose answers moved along with a text since somebody was told.
    moved: BTreeSet<PathBuf>,
}

/// What the last whole run left, and scoped runs keep up to date.
struct Known {
    learned: Learned,
    units: Units,
}

impl Known {
    /// The files that have to be looked at for some units.
    fn restricted(&self, parts: &[&Paths], changed: &Paths) -> Inventory {
        let keep = Keep::new(parts, changed, &self.learned);
        self.learned.inventory.restricted(&|found| keep.keeps(found))
    }
}

/// What came of looking at a part again.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reanalysed {
    /// Files of which something else may be said now.
    pub files: BTreeSet<PathBuf>,
    /// Files of which exactly that is said which a whole run would say.
    pub exact: BTreeSet<PathBuf>,
    /// What changed (configuration, say) may bear on anything: nothing is right until the next whole run.
    pub needs_whole: bool,
}

impl std::fmt::Debug for Workspace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let buffers: Vec<&PathBuf> = self.buffers.keys().collect();
        f.debug_struct("Workspace")
            .field("folder", &self.folder)
            .field("buffers", &buffers)
            .finish_non_exhaustive()
    }
}

impl<'s> Workspace<'s> {
    /// A folder, or a file by itself. Nothing is analysed yet. `request` says which policies are asked; its paths, and what
    /// needs more than a folder's files (history, gates), are left out.
    ///
    /// # Errors
    /// Where nothing is there, nor a folder that a file of this name could be written to.
    pub fn open(target: &Path, request: CheckRequest, system: &'s dyn System) -> io::Result<Self> {
        let (real, kind) = match system.canonical(target) {
            Ok(real) => (real.clone(), system.kind(&real)?),
            Err(error) => {
                let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
                    return Err(error);
                };
                (system.canonical(folder).map_err(|_| error)?.join(name), FileKind::File)
            }
        };
        let (folder, path) = match kind {
            FileKind::Folder => (real, PathBuf::from(".")),
            FileKind::File | FileKind::Link | FileKind::Special => {
                let folder = real.parent().unwrap_or(&real).to_path_buf();
                let name = real.file_name().map(PathBuf::from).unwrap_or_default();
                (folder, name)
            }
        };
        let request = CheckRequest {
            paths: vec![path],
            history: false,
            changed_since: None,
            accept: None,
            shard: None,
            exec_terraform: false,
            fixes: true,
            kept: Some(Arc::default()),
            ..request
        };
        Ok(Self {
            system,
            folder,
            request,
            buffers: BTreeMap::new(),
            known: None,
            said: BTreeMap::new(),
            edits: 0,
            edited: BTreeMap::new(),
            moved: BTreeSet::new(),
        })
    }

    /// The folder that it is about; absolute, without links.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file's text as it is edited; `None`: the one on the disk holds again. Answers move along with the text at once;
    /// what it says now is known after [`Self::reanalyse`].
    pub fn set_buffer(&mut self, path: &Path, text: Option<&str>) {
        let real = self.real(path);
        let before = self.current(&real);
        match text {
            Some(text) => {
                let disk = || before.clone().filter(|_| !self.buffers.contains_key(&real));
                let known = self.buffers.get(&real).cloned();
                let buffer = Buffer::new(&real, text, known.as_ref(), disk);
                self.buffers.insert(real.clone(), buffer);
            }
            None => drop(self.buffers.remove(&real)),
        }
        let after = self.current(&real);
        if let (Some(before), Some(after)) = (before, after) {
            let shown = self.names(&real);
            let shift = Shift::between(&before, &after);
            let moved = move_along(&mut self.said, &shown, &shift);
            self.moved.extend(moved.iter().map(|path| lexical(&self.folder.join(&**path))));
        }
        self.touch(real);
    }

    /// The text that ranges of this file's places are of: that of the editor, else that of the disk.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<Arc<str>> {
        self.current(&self.real(path))
    }

    /// A whole run. The answer is the files of which something else may be said now.
    pub fn refresh(&mut self) -> BTreeSet<PathBuf> {
        match self.snapshot().run(&AtomicBool::new(false)) {
            Some(whole) => self.adopt(whole).files,
            None => BTreeSet::new(),
        }
    }

    /// What a whole run needs, to be done on another thread while more is edited.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot<'s> {
        Snapshot {
            system: self.system,
            folder: self.folder.clone(),
            request: self.request.clone(),
            texts: self.texts(self.known.as_ref()),
            buffers: self.buffers.clone(),
            edits: self.edits,
        }
    }

    /// Takes over what a whole run said, and looks again at what was edited while it ran.
    pub fn adopt(&mut self, whole: Whole) -> Reanalysed {
        let Whole { mut said, learned, edits, buffers } = whole;
        let later: Vec<PathBuf> =
            self.edited.iter().filter(|(_, at)| **at > edits).map(|(path, _)| path.clone()).collect();
        for path in &later {
            let then =
                buffers.get(path).map(|buffer| Arc::clone(&buffer.current)).or_else(|| self.on_disk(path));
            if let (Some(then), Some(now)) = (then, self.current(path)) {
                let (shown, shift) = (self.names(path), Shift::between(&then, &now));
                move_along(&mut said, &shown, &shift);
            }
        }
        let mut files: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.said.keys().chain(said.keys()) {
            if self.said.get(path) != said.get(path) {
                files.insert(self.absolute(path));
            }
        }
        self.said = said;
        let units = Units::new(&learned, self.system);
        self.known = Some(Known { learned, units });
        self.edited.clear();
        let mut again = self.reanalyse(&later);
        again.files.extend(files);
        again
    }

    /// Looks again at what these files bear on, after an edit of their texts or a change on the disk.
    pub fn reanalyse(&mut self, paths: &[PathBuf]) -> Reanalysed {
        let mut done = Reanalysed { files: std::mem::take(&mut self.moved), ..Reanalysed::default() };
        if paths.is_empty() {
            return done;
        }
        // What a whole run says that began before is told anew.
        let reals: BTreeSet<PathBuf> = paths.iter().map(|path| self.real(path)).collect();
        reals.iter().for_each(|real| self.touch(real.clone()));
        let Some(mut known) = self.known.take() else {
            return Reanalysed { needs_whole: true, ..done };
        };
        for real in &reals {
            if self.on_all(real, &known) {
                done.needs_whole = true;
            }
        }
        let changed = self.changed(&reals, &mut known);
        let (parts, exact) = known.units.parts(&changed, usize::MAX);
        let inventory = known.restricted(&parts, &changed);
        let sources = Sources::default();
        // How the rest can be mended nobody asks before they open it.
        let rest = Rest { mended: Some(&changed), ..self.rest(&known, &exact) };
        let scoped = self.with_texts(&known, |system| {
            let files = (&inventory, known.learned.configured.as_slice());
            engine::reanalyse(&self.request, files, &rest, system, &sources)
        });
        let collect =
            Collect { sources: &sources, buffers: &self.buffers, folder: &self.folder, system: self.system };
        let mut now = collect.said(&scoped.outcome);
        let own: BTreeSet<&str> = known.learned.own.policies().map(|policy| policy.id.as_str()).collect();
        for path in &exact {
            let said = now.remove(path).unwrap_or_default();
            let mut said = said.with_own(self.said.get(path), &own);
            if !changed.contains(path) {
                said.mended_as(self.said.get(path));
            }
            let before = if said.is_empty() {
                self.said.remove(path)
            } else {
                self.said.insert(Arc::clone(path), said)
            };
            if before.as_ref() != self.said.get(path) {
                done.files.insert(self.absolute(path));
            }
        }
        known.units.replace(&changed, scoped.units);
        done.exact =
            exact.iter().filter(|path| !path.ends_with('/')).map(|path| self.absolute(path)).collect();
        self.known = Some(known);
        done
    }

    /// What there is to say of a file, in the order of its places. Ranges are bytes of [`Self::text`].
    #[must_use]
    pub fn told(&self, path: &Path) -> Answers {
        let mut names = self.names(&self.real(path));
        // A link is read under its own name.
        let own: Shown = relative(&self.folder, &lexical(&self.folder.join(path))).into();
        if !names.contains(&own) {
            names.push(own);
        }
        let mut answers = Answers::default();
        for said in names.iter().filter_map(|name| self.said.get(name)) {
            said.tell(&|shown| self.absolute(shown), &mut answers);
        }
        answers
    }

    /// Every file that there is something to say of.
    #[must_use]
    pub fn files(&self) -> BTreeSet<PathBuf> {
        self.said.keys().map(|path| self.absolute(path)).collect()
    }

    /// Whether a change of this file may bear on anything: configuration, what git ignores, accepted findings, values for all.
    fn on_all(&self, real: &Path, known: &Known) -> bool {
        let name = real.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_setting = [CONFIGURATION, ".gitignore", baseline::FILE, "modules.json"].contains(&name);
        let is_named = |named: &Path| lexical(&self.folder.join(named)) == real;
        let named = self.request.given.assignments.iter().filter_map(|given| match given {
            engine::Assignment::File(path) => Some(path),
            engine::Assignment::Variable(_) => None,
        });
        let named = named.chain(&self.request.given.parameters).chain(&self.request.own);
        is_setting
            || named.into_iter().any(|path| is_named(path))
            || self.names(real).iter().any(|name| known.learned.loose.contains(name))
    }

    /// What a run over some files has to know of the others.
    fn rest<'k>(&self, known: &'k Known, exact: &Paths) -> Rest<'k> {
        let mut others = self.said.iter().filter(|(path, _)| !exact.contains(*path));
        Rest {
            secrets: &known.learned.secrets,
            is_incomplete: others.any(|(_, said)| said.is_incomplete()),
            own: Some(&known.learned.own),
            mended: None,
        }
    }

    /// The machine with what is edited in front of the disk.
    fn with_texts<T>(&self, known: &Known, run: impl FnOnce(&dyn System) -> T) -> T {
        let texts = self.texts(Some(known));
        let within = InFolder::new(self.system, &self.folder);
        run(&Overlay::new(&within, &texts))
    }

    /// The files as shown; the inventory made anew where one of them came or went.
    fn changed(&self, reals: &BTreeSet<PathBuf>, known: &mut Known) -> Paths {
        let texts = self.texts(Some(known));
        let within = InFolder::new(self.system, &self.folder);
        let overlay = Overlay::new(&within, &texts);
        let mut changed = Paths::new();
        let mut is_other = false;
        for real in reals {
            let names = self.names(real);
            let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let was_there = names.iter().any(|name| known.learned.inventory.has(name));
            let is_there = overlay.kind(real).is_ok_and(|kind| kind == FileKind::File);
            let is_asked = known.learned.inventory.asks_for(real);
            is_other |= is_asked && was_there != is_there && kind_of_name(&name).is_some();
            changed.extend(names);
            changed.extend(known.units.links(real));
        }
        if is_other {
            let configs = self.request.configs(&overlay);
            let before = std::mem::replace(
                &mut known.learned.inventory,
                discover(&self.request.paths, &self.request.excludes, &configs, &overlay),
            );
            known.learned.configured = configs.folders();
            known.units.moved(&before, &known.learned.inventory);
        }
        changed
    }

    fn touch(&mut self, real: PathBuf) {
        self.edits += 1;
        self.edited.insert(real, self.edits);
    }

    /// What stands in front of the disk.
    fn texts(&self, known: Option<&Known>) -> Texts {
        let analysed = |buffer: &Buffer| Arc::from(buffer.analysed.as_bytes());
        let judged = self.buffers.iter().filter(|(path, _)| self.is_judged(path, known));
        judged.map(|(path, buffer)| (path.clone(), analysed(buffer))).collect()
    }

    /// Whether the text of a file is judged. What made a template is not: it is looked at as it was then.
    fn is_judged(&self, real: &Path, known: Option<&Known>) -> bool {
        let name = real.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_asked =
            || known.is_some_and(|known| self.names(real).iter().any(|name| known.units.asks_for(name)));
        kind_of_name(name).is_some() || is_setting(name) || is_asked()
    }

    fn current(&self, real: &Path) -> Option<Arc<str>> {
        match self.buffers.get(real) {
            Some(buffer) => Some(Arc::clone(&buffer.current)),
            None => self.on_disk(real),
        }
    }

    fn on_disk(&self, real: &Path) -> Option<Arc<str>> {
        self.system.read(real, MAX_FILE).and_then(text).ok().map(Arc::from)
    }

    /// The path without links, as far as it is there.
    fn real(&self, path: &Path) -> PathBuf {
        let path = lexical(&self.folder.join(path));
        if let Ok(real) = self.system.canonical(&path) {
            return real;
        }
        match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => self.real_folder(parent).join(name),
            (Some(_), None) | (None, _) => path,
        }
    }

    fn real_folder(&self, folder: &Path) -> PathBuf {
        match (self.system.canonical(folder), folder.parent(), folder.file_name()) {
            (Ok(real), _, _) => real,
            (Err(_), Some(parent), Some(name)) => self.real_folder(parent).join(name),
            (Err(_), _, _) => folder.to_path_buf(),
        }
    }

    /// What a file may be called inside.
    fn names(&self, real: &Path) -> Vec<Shown> {
        vec![relative(&self.folder, real).into()]
    }

    fn absolute(&self, shown: &str) -> PathBuf {
        lexical(&self.folder.join(shown))
    }
}

/// Moves what stands in a file along with its text. The answer is the files of which something else is said now.
fn move_along(said: &mut BTreeMap<Shown, Said>, names: &[Shown], shift: &Shift) -> Vec<Shown> {
    let mut moved = Vec::new();
    if shift.is_none() {
        return moved;
    }
    for (path, said) in said {
        let is_moved = said.shift(names, shift);
        let is_trouble_moved = names.contains(path) && said.shift_troubles(shift);
        if is_moved || is_trouble_moved {
            moved.push(Arc::clone(path));
        }
    }
    moved
}

fn is_setting(name: &str) -> bool {
    [CONFIGURATION, ".gitignore", baseline::FILE].contains(&name)
}

//! The walk itself: folders in parallel.

use super::configured::{CONFIGURATION, Configured, Excluded};
use super::ignored::Ignores;
use super::kind::{is_surely_read, of_name};
use super::links::{self, Link};
use super::start::{Start, has_assembly_manifest, kind_of_named};
use super::tracked::Tracked;
use super::{Found, Inventory, Kind, below, relative};
use crate::findings::Problem;
use crate::system::{FileKind, Listed, ReadError, Root, System};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Folders that hold no code of this repository. What Terraform keeps in `.terraform` is read through calls.
pub(crate) const PASSED_OVER: [&str; 4] = [".git", "node_modules", ".terraform", ".terragrunt-cache"];

/// A folder and what holds in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) shown: String,
    pub(super) root_path: String,
    pub(super) root: usize,
    pub(super) ignores: Ignores,
    pub(super) excluded: Excluded,
    pub(super) state: State,
}

/// How much of a folder is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// All of it.
    Plain,
    /// All of it, though git ignores it: a `cdk.out`.
    Kept,
    /// Git ignores it: only assemblies and variable files.
    Ignored,
}

#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) files: Vec<Found>,
    pub(super) problems: Vec<Problem>,
    pub(super) links: Vec<Link>,
    /// Walked, without links.
    pub(super) folders: Vec<PathBuf>,
}

struct Walk<'a> {
    system: &'a dyn System,
    configured: &'a dyn Configured,
    inventory: &'a Inventory,
    /// By root; read when something is ignored.
    tracked: Vec<OnceLock<Tracked>>,
    collected: Mutex<Collected>,
}

pub(super) fn walk(
    starts: Vec<Start>,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &mut Inventory,
) {
    let places = starts.into_iter().map(|start| (Place::of_start(&start), start.only)).collect();
    let mut collected = run(places, configured, system, inventory);
    links::follow(&mut collected, configured, system, inventory);
    inventory.files.append(&mut collected.files);
    inventory.problems.append(&mut collected.problems);
}

/// Walks one folder and what is below it.
pub(super) fn walk_place(
    place: Place,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &Inventory,
) -> Collected {
    run(vec![(place, None)], configured, system, inventory)
}

/// Takes whole folders, or one name of them.
fn run(
    places: Vec<(Place, Option<OsString>)>,
    configured: &dyn Configured,
    system: &dyn System,
    inventory: &Inventory,
) -> Collected {
    let tracked = inventory.roots.iter().map(|_| OnceLock::new()).collect();
    let walk = Walk { system, configured, inventory, tracked, collected: Mutex::default() };
    rayon::scope(|scope| {
        for (place, only) in places {
            let walk = &walk;
            scope.spawn(move |scope| match only {
                Some(name) => walk.one(&place, &name),
                None if walk.excludes(&place, &place.path, true) => {}
                None => walk.folder(place, scope),
            });
        }
    });
    walk.collected.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Walk<'_> {
    fn folder<'s>(&'s self, place: Place, scope: &rayon::Scope<'s>) {
        if self.system.interrupted().is_some() {
            return;
        }
        let mut out = Collected::default();
        let Some((place, names)) = self.enter(place, &mut out) else { return self.collect(out) };
        if self.is_assembly(&place, &names) {
            let git_ignored =
                place.state != State::Plain && !self.tracks(&place, &place.path.join("manifest.json"));
            out.files.push(place.itself(git_ignored));
            return self.collect(out);
        }
        for listed in &names {
            if listed.kind == FileKind::Folder {
                if let Some(inner) = self.inner(&place, &listed.name) {
                    scope.spawn(move |scope| self.folder(inner, scope));
                }
            } else {
                self.take(&place, listed, &mut out);
            }
        }
        out.folders.push(place.path);
        self.collect(out);
    }

    /// A named file and its Terraform neighbours.
    fn one(&self, place: &Place, name: &OsStr) {
        let mut out = Collected::default();
        let text = name.to_string_lossy();
        let kind = kind_of_named(&text);
        if !self.excludes(place, &place.path.join(name), false) {
            let found = place.found(name, kind, false);
            // A name by itself may be a link.
            out.files.push(Found { linked: true, ..found });
        }
        if let Some((place, names)) =
            kind.is_terraform().then(|| self.enter(place.clone(), &mut out)).flatten()
        {
            let mut beside = Collected::default();
            names
                .iter()
                .filter(|listed| listed.kind != FileKind::Folder && listed.name != name)
                .filter(|listed| of_name(&listed.name.to_string_lossy()).is_some_and(Kind::is_terraform))
                .for_each(|listed| self.take(&place, listed, &mut beside));
            beside.files.iter_mut().for_each(|found| found.companion = true);
            beside.links.iter_mut().for_each(|link| link.companion = true);
            out.append(beside);
        }
        self.collect(out);
    }

    /// Lists a folder and reads its `.gitignore`.
    fn enter(&self, mut place: Place, out: &mut Collected) -> Option<(Place, Vec<Listed>)> {
        let names = match self.system.list(&place.path) {
            Ok(names) => names,
            Err(_) if place.state == State::Ignored => return None,
            Err(error) => {
                out.problems.push(ReadError::from(error).problem(&place.shown));
                return None;
            }
        };
        if place.state == State::Plain
            && names.iter().any(|listed| listed.kind == FileKind::File && listed.name == ".gitignore")
        {
            let (ignores, unread) = place.ignores.entering(self.system, &place.path);
            place.ignores = ignores;
            out.problems.extend(unread.map(|error| not_applied(&error, &below(&place.shown, ".gitignore"))));
        }
        if names.iter().any(|listed| listed.name == CONFIGURATION)
            && let Some(root) = self.inventory.roots.get(place.root)
        {
            place.excluded = place.excluded.entering(self.configured, root, &place.path);
        }
        Some((place, names))
    }

    fn is_assembly(&self, place: &Place, names: &[Listed]) -> bool {
        let has =
            |name: &str| names.iter().any(|listed| listed.kind == FileKind::File && listed.name == name);
        let named = place.path.file_name().is_some_and(|name| name == "cdk.out");
        has("manifest.json") && (named || has("cdk.out") || has_assembly_manifest(&place.path, self.system))
    }

    /// A folder in a folder, unless it is passed over.
    fn inner(&self, place: &Place, name: &OsStr) -> Option<Place> {
        let path = place.path.join(name);
        if PASSED_OVER.iter().any(|passed| name == *passed) || self.excludes(place, &path, true) {
            return None;
        }
        let state = match place.state {
            State::Plain if place.ignores.ignores(&path, true) => State::Ignored,
            State::Plain | State::Kept | State::Ignored => place.state,
        };
        let state = if state == State::Ignored && name == "cdk.out" { State::Kept } else { state };
        let text = name.to_string_lossy();
        Some(Place {
            shown: below(&place.shown, &text),
            root_path: below(&place.root_path, &text),
            root: place.root,
            ignores: place.ignores.clone(),
            excluded: place.excluded.clone(),
            path,
            state,
        })
    }

    /// A file, link or special file of a folder.
    fn take(&self, place: &Place, listed: &Listed, out: &mut Collected) {
        let name = listed.name.to_string_lossy();
        let kind = of_name(&name);
        if kind.is_none() && listed.kind != FileKind::Link {
            return;
        }
        let path = place.path.join(&listed.name);
        let ignored = match place.state {
            State::Plain => place.ignores.ignores(&path, false),
            State::Kept | State::Ignored => true,
        } && !self.tracks(place, &path);
        let read_all_the_same = place.state == State::Kept || kind == Some(Kind::Tfvars);
        if ignored && !read_all_the_same || self.excludes(place, &path, false) {
            return;
        }
        match (listed.kind, kind) {
            (FileKind::File, Some(kind)) => out.files.push(place.found(&listed.name, kind, ignored)),
            (FileKind::Link, _) => {
                out.links.push(Link {
                    at: place.clone(),
                    name: name.into_owned(),
                    path,
                    ignored,
                    companion: false,
                });
            }
            (FileKind::Special, Some(kind)) if is_surely_read(&name, kind) => {
                out.problems.push(ReadError::NotAFile.problem(&below(&place.shown, &name)));
            }
            (FileKind::File | FileKind::Special | FileKind::Folder, _) => {}
        }
    }

    fn tracks(&self, place: &Place, path: &Path) -> bool {
        let (Some(root), Some(tracked)) =
            (self.inventory.roots.get(place.root), self.tracked.get(place.root))
        else {
            return false;
        };
        let tracked = tracked.get_or_init(|| Tracked::of_root(self.system, root.path()));
        path.strip_prefix(root.path()).is_ok_and(|path| tracked.has(&relative(Path::new(""), path)))
    }

    fn excludes(&self, place: &Place, path: &Path, is_folder: bool) -> bool {
        let root = self.inventory.roots.get(place.root).map_or(Path::new("/"), Root::path);
        self.inventory.excludes.covers(path, is_folder, root) || place.excluded.cover(path, is_folder)
    }

    fn collect(&self, out: Collected) {
        self.collected.lock().unwrap_or_else(PoisonError::into_inner).append(out);
    }
}

/// A `.gitignore` that ignores nothing, since it was not read.
fn not_applied(error: &ReadError, path: &str) -> Problem {
    let problem = error.problem(path);
    Problem { message: format!("{}: nothing is ignored for it", problem.message), ..problem }
}

impl Collected {
    pub(super) fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.problems.append(&mut other.problems);
        self.links.append(&mut other.links);
        self.folders.append(&mut other.folders);
    }
}

impl Place {
    fn of_start(start: &Start) -> Self {
        Self {
            path: start.path.clone(),
            shown: start.shown.clone(),
            root_path: start.root_path.clone(),
            root: start.root,
            ignores: start.ignores.clone(),
            excluded: start.excluded.clone(),
            state: State::Plain,
        }
    }

    pub(super) fn found(&self, name: &OsStr, kind: Kind, git_ignored: bool) -> Found {
        let text = name.to_string_lossy();
        Found {
            path: self.path.join(name),
            shown: below(&self.shown, &text),
            root_path: below(&self.root_path, &text),
            root: self.root,
            kind,
            git_ignored,
            companion: false,
            linked: false,
            only: None,
        }
    }

    fn itself(&self, git_ignored: bool) -> Found {
        Found {
            path: self.path.clone(),
            shown: self.shown.clone(),
            root_path: self.root_path.clone(),
            root: self.root,
            kind: Kind::CdkOut,
            git_ignored,
            companion: false,
            linked: false,
            only: None,
        }
    }
}

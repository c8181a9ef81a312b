//! The walk itself: folders in parallel, links afterwards.

use super::ignored::Ignores;
use super::kind::{is_surely_read, of_name};
use super::start::{Start, has_assembly_manifest, kind_of_named};
use super::{Found, Inventory, Kind, below};
use crate::findings::Problem;
use crate::system::{FileKind, Listed, ReadError, Root, System};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Folders that hold no code of this repository. What Terraform keeps in `.terraform` is read through calls.
const PASSED_OVER: [&str; 3] = [".git", "node_modules", ".terraform"];

/// A folder and what holds in it.
#[derive(Debug, Clone)]
struct Place {
    path: PathBuf,
    shown: String,
    root_path: String,
    root: usize,
    ignores: Ignores,
    state: State,
}

/// How much of a folder is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// All of it.
    Plain,
    /// All of it, though git ignores it: a `cdk.out`.
    Kept,
    /// Git ignores it: only assemblies and variable files.
    Ignored,
}

/// A symbolic link, looked at when everything else is known.
#[derive(Debug)]
struct Link {
    at: Place,
    name: String,
    path: PathBuf,
    ignored: bool,
}

#[derive(Debug, Default)]
struct Collected {
    files: Vec<Found>,
    problems: Vec<Problem>,
    links: Vec<Link>,
    folders: Vec<PathBuf>,
}

struct Walk<'a> {
    system: &'a dyn System,
    inventory: &'a Inventory,
    collected: Mutex<Collected>,
}

pub(super) fn walk(starts: &[Start], system: &dyn System, inventory: &mut Inventory) {
    let mut collected = {
        let walk = Walk { system, inventory, collected: Mutex::default() };
        rayon::scope(|scope| {
            for start in starts {
                let walk = &walk;
                scope.spawn(move |scope| walk.start(start, scope));
            }
        });
        walk.collected.into_inner().unwrap_or_else(PoisonError::into_inner)
    };
    follow(&mut collected, system, inventory);
    inventory.files.append(&mut collected.files);
    inventory.problems.append(&mut collected.problems);
}

impl<'a> Walk<'a> {
    fn start<'s>(&'s self, start: &Start, scope: &rayon::Scope<'s>) {
        let place = Place {
            path: start.path.clone(),
            shown: start.shown.clone(),
            root_path: start.root_path.clone(),
            root: start.root,
            ignores: start.ignores.clone(),
            state: State::Plain,
        };
        match &start.only {
            Some(name) => self.one(&place, name),
            None if self.excludes(&place, &place.path, true) => {}
            None => self.folder(place, scope),
        }
    }

    fn folder<'s>(&'s self, place: Place, scope: &rayon::Scope<'s>) {
        let mut out = Collected::default();
        let Some((place, names)) = self.enter(place, &mut out) else { return self.collect(out) };
        if self.is_assembly(&place, &names) {
            out.files.push(place.itself());
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
            out.files.push(place.found(name, kind, false));
        }
        if kind.is_terraform() {
            if let Some((place, names)) = self.enter(place.clone(), &mut out) {
                let mut beside = Collected::default();
                names
                    .iter()
                    .filter(|listed| listed.kind != FileKind::Folder && listed.name != name)
                    .filter(|listed| of_name(&listed.name.to_string_lossy()).is_some_and(Kind::is_terraform))
                    .for_each(|listed| self.take(&place, listed, &mut beside));
                beside.files.iter_mut().for_each(|found| found.companion = true);
                out.problems.append(&mut beside.problems);
                out.files.append(&mut beside.files);
                out.links.append(&mut beside.links);
            }
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
            place.ignores = place.ignores.entering(self.system, &place.path);
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
        };
        let read_all_the_same = place.state == State::Kept || kind == Some(Kind::Tfvars);
        if ignored && !read_all_the_same || self.excludes(place, &path, false) {
            return;
        }
        match (listed.kind, kind) {
            (FileKind::File, Some(kind)) => out.files.push(place.found(&listed.name, kind, ignored)),
            (FileKind::Link, _) => {
                out.links.push(Link { at: place.clone(), name: name.into_owned(), path, ignored });
            }
            (FileKind::Special, Some(kind)) if is_surely_read(&name, kind) => {
                out.problems.push(ReadError::NotAFile.problem(&below(&place.shown, &name)));
            }
            (FileKind::File | FileKind::Special | FileKind::Folder, _) => {}
        }
    }

    fn excludes(&self, place: &Place, path: &Path, is_folder: bool) -> bool {
        let root = self.inventory.roots.get(place.root).map_or(Path::new("/"), Root::path);
        self.inventory.excludes.covers(path, is_folder, root)
    }

    fn collect(&self, mut out: Collected) {
        let mut all = self.collected.lock().unwrap_or_else(PoisonError::into_inner);
        all.files.append(&mut out.files);
        all.problems.append(&mut out.problems);
        all.links.append(&mut out.links);
        all.folders.append(&mut out.folders);
    }
}

impl Place {
    fn found(&self, name: &OsStr, kind: Kind, git_ignored: bool) -> Found {
        let text = name.to_string_lossy();
        Found {
            path: self.path.join(name),
            shown: below(&self.shown, &text),
            root_path: below(&self.root_path, &text),
            root: self.root,
            kind,
            git_ignored,
            companion: false,
        }
    }

    fn itself(&self) -> Found {
        Found {
            path: self.path.clone(),
            shown: self.shown.clone(),
            root_path: self.root_path.clone(),
            root: self.root,
            kind: Kind::CdkOut,
            git_ignored: self.state != State::Plain,
            companion: false,
        }
    }
}

/// Links to files are read under their own name, as Terraform does; a template is judged once, where it stands.
/// Links to folders are followed where they lead to what the walk has not seen inside the root.
fn follow(collected: &mut Collected, system: &dyn System, inventory: &Inventory) {
    let mut seen: BTreeSet<PathBuf> = collected.folders.drain(..).collect();
    let mut links = std::mem::take(&mut collected.links);
    while !links.is_empty() {
        links.sort_by(|a, b| a.path.cmp(&b.path));
        let mut inner = Collected::default();
        for link in links {
            let Some(root) = inventory.roots.get(link.at.root) else { continue };
            match follow_one(&link, root, system, collected) {
                Some(target) if !seen.contains(&target) => {
                    let entered = enter_link(&link, target, system, inventory);
                    seen.extend(entered.folders.iter().cloned());
                    inner.files.extend(entered.files);
                    inner.problems.extend(entered.problems);
                    inner.links.extend(entered.links);
                }
                Some(_) | None => {}
            }
        }
        collected.files.append(&mut inner.files);
        collected.problems.append(&mut inner.problems);
        links = inner.links;
    }
}

/// Takes a link to a file; gives back where a link to a folder leads.
fn follow_one(link: &Link, root: &Root, system: &dyn System, collected: &mut Collected) -> Option<PathBuf> {
    let kind = of_name(&link.name);
    let shown = below(&link.at.shown, &link.name);
    let target = root
        .resolve(system, &link.path)
        .and_then(|target| Ok((system.kind(&target).map_err(ReadError::from)?, target)));
    let refused = match target {
        Ok((FileKind::Folder, target)) => return Some(target),
        Ok((FileKind::File, target)) => {
            let kind = kind?;
            if kind != Kind::Data || !collected.files.iter().any(|found| found.path == target) {
                collected.files.push(link.at.found(OsStr::new(&link.name), kind, link.ignored));
            }
            return None;
        }
        Ok((FileKind::Link | FileKind::Special, _)) => ReadError::NotAFile,
        Err(refused) => refused,
    };
    // A folder outside holds nothing that this repository owns; a file that is surely read leaves a gap.
    let leads_to_folder =
        refused == ReadError::Outside && system.kind(&link.path).is_ok_and(|kind| kind == FileKind::Folder);
    if !leads_to_folder && kind.is_some_and(|kind| is_surely_read(&link.name, kind)) {
        collected.problems.push(refused.problem(&shown));
    }
    None
}

fn enter_link(link: &Link, target: PathBuf, system: &dyn System, inventory: &Inventory) -> Collected {
    let walk = Walk { system, inventory, collected: Mutex::default() };
    let root = inventory.roots.get(link.at.root).map_or(Path::new("/"), Root::path);
    let below_root = target.strip_prefix(root).unwrap_or(&target);
    if below_root.components().any(|part| PASSED_OVER.iter().any(|passed| part.as_os_str() == *passed)) {
        return Collected::default();
    }
    let place = Place {
        shown: below(&link.at.shown, &link.name),
        root_path: below(&link.at.root_path, &link.name),
        path: target,
        ..link.at.clone()
    };
    rayon::scope(|scope| {
        let walk = &walk;
        scope.spawn(move |scope| walk.folder(place, scope));
    });
    walk.collected.into_inner().unwrap_or_else(PoisonError::into_inner)
}

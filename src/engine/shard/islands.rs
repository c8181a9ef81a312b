//! Folders put together that may bear on each other.

use super::refer::{self, Refer};
use crate::discover::{Found, Inventory, Kind};
use crate::engine::{plans, texts};
use crate::frontends::cloudformation::{self, FILE_NAMES};
use crate::frontends::{state, terragrunt};
use crate::system::{FileKind, MAX_FILE, ReadError, Root, System, text};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Larger files are plans and states.
const HELD: u64 = 8 << 20;

/// Folders of roots, and which island each is on.
#[derive(Debug, Default)]
pub(super) struct Islands {
    /// By root and folder: the first folder of its island.
    names: BTreeMap<(usize, String), String>,
}

/// What a file says of where it belongs.
#[derive(Debug, Default)]
struct Said {
    refers: Vec<Refer>,
    /// It bears on everything in its repository.
    on_tree: bool,
    /// It is a template, which a file of the SAM CLI above may deploy.
    is_template: bool,
}

impl Islands {
    pub(super) fn of(inventory: &Inventory, whole: bool, system: &dyn System) -> Self {
        let said: Vec<Said> =
            inventory.files.par_iter().map(|found| said(found, inventory, system)).collect();
        let mut islands = Self::default();
        for (at, root) in inventory.roots.iter().enumerate() {
            let files: Vec<(&Found, &Said)> =
                inventory.files.iter().zip(&said).filter(|(found, _)| found.root == at).collect();
            let names = Land::new(root, system, &files, whole).settled(&files, whole);
            islands.names.extend(names.into_iter().map(|(folder, name)| ((at, folder), name)));
        }
        islands
    }

    /// The name of the island that a folder is on; a folder without files is one by itself.
    pub(super) fn name<'n>(&'n self, root: usize, folder: &'n str) -> &'n str {
        self.names.get(&(root, folder.to_owned())).map_or(folder, String::as_str)
    }
}

/// The folder of a file, from its root; that of an assembly is the one which it stands in.
pub(super) fn folder_of(found: &Found) -> &str {
    let folder = crate::source::folder_of(&found.root_path);
    if found.root_path == "." { "" } else { folder }
}

fn said(found: &Found, inventory: &Inventory, system: &dyn System) -> Said {
    let folder = folder_of(found);
    let read = || {
        let bytes = match found.kind {
            Kind::Data => inventory.read_up_to(found, HELD, system),
            Kind::Hcl
            | Kind::HclJson
            | Kind::Tfvars
            | Kind::Tfbackend
            | Kind::Terragrunt
            | Kind::Kindred
            | Kind::State
            | Kind::Env
            | Kind::CdkOut => inventory.read(found, system),
        };
        bytes.and_then(text)
    };
    let name = found.root_path.rsplit('/').next().unwrap_or_default();
    match found.kind {
        Kind::Hcl | Kind::HclJson | Kind::Tfvars | Kind::Tfbackend | Kind::Kindred => {
            let refers =
                read().map_or_else(|_| vec![Refer::Anywhere], |text| refer::all(folder, &text, true));
            Said { refers, ..Said::default() }
        }
        Kind::Terragrunt => Said { on_tree: terragrunt::is_named(name), ..Said::default() },
        // Lines of an app may be anywhere in its repository.
        Kind::CdkOut => Said { on_tree: true, ..Said::default() },
        Kind::Env => {
            let above = texts::meant_for(folder);
            let refers = above.map(|above| Refer::Module(above.to_owned())).into_iter().collect();
            Said { refers, ..Said::default() }
        }
        Kind::State => Said::default(),
        Kind::Data => match read() {
            Ok(text) => data(folder, &text),
            // What is too large to be held may be a plan.
            Err(ReadError::TooLarge { .. }) => Said { on_tree: true, ..Said::default() },
            Err(_) => Said::default(),
        },
    }
}

fn data(folder: &str, text: &str) -> Said {
    if plans::sniff(text) {
        return Said { on_tree: true, ..Said::default() };
    }
    let is_template = !state::sniff(text) && cloudformation::sniff(text);
    if !is_template && let Some(values) = cloudformation::recognise_values(text) {
        // It is judged with the template that it names, or with those beside it and above.
        let template = cloudformation::template_of(&values, text);
        let above = || crate::source::folder_of(folder).to_owned();
        let refers = vec![Refer::Module(template.unwrap_or_else(above))];
        return Said { refers, ..Said::default() };
    }
    let leads_on =
        || ["TemplateURL", "Include", "Serverless::Application"].iter().any(|word| text.contains(word));
    let refers = if is_template && leads_on() {
        let mut refers = refer::all(folder, text, false);
        refers.push(Refer::Below(folder.to_owned()));
        // A URL may name a file anywhere.
        if text.contains("TemplateURL") && text.contains("://") {
            refers.push(Refer::Anywhere);
        }
        refers
    } else {
        Vec::new()
    };
    Said { refers, on_tree: false, is_template }
}

/// The folders of a root, and which are put together.
struct Land<'a> {
    root: &'a Root,
    system: &'a dyn System,
    /// Sorted: what is below a folder stands right behind it.
    folders: Vec<String>,
    /// For each the one that it was put to; itself where it is the first.
    to: Vec<usize>,
}

impl<'a> Land<'a> {
    fn new(root: &'a Root, system: &'a dyn System, files: &[(&Found, &Said)], whole: bool) -> Self {
        let mut folders: BTreeSet<String> =
            files.iter().map(|(found, _)| folder_of(found).to_owned()).collect();
        let referred = files.iter().flat_map(|(_, said)| &said.refers);
        folders.extend(referred.filter_map(|refer| match refer {
            Refer::Module(path) | Refer::Below(path) => Some(Self::folder(root, system, path)),
            Refer::Anywhere => None,
        }));
        if whole {
            folders.insert(String::new());
        }
        let mut folders: Vec<String> = folders.into_iter().collect();
        // By their parts, so that `a/b` comes before `a-b`.
        folders.sort_by(|a, b| a.split('/').cmp(b.split('/')));
        let to = (0..folders.len()).collect();
        Self { root, system, folders, to }
    }

    /// The folder that a path stands for.
    fn folder(root: &Root, system: &dyn System, path: &str) -> String {
        match system.kind(&root.path().join(path)) {
            Ok(FileKind::File) => crate::source::folder_of(path).to_owned(),
            Ok(FileKind::Folder | FileKind::Link | FileKind::Special) | Err(_) => path.to_owned(),
        }
    }

    /// Every folder with the name of its island.
    fn settled(mut self, files: &[(&Found, &Said)], whole: bool) -> Vec<(String, String)> {
        if whole {
            self.join_below("", "");
        }
        for (found, said) in files {
            let folder = folder_of(found);
            for refer in &said.refers {
                match refer {
                    Refer::Module(path) => {
                        let target = Self::folder(self.root, self.system, path);
                        self.join(folder, &target);
                    }
                    Refer::Below(path) => {
                        let target = Self::folder(self.root, self.system, path);
                        self.join_below(folder, &target);
                    }
                    Refer::Anywhere => self.join_tree(folder),
                }
            }
            if said.on_tree {
                self.join_tree(folder);
            }
            if found.linked {
                self.join_target(found, folder);
            }
        }
        self.join_deployed(files);
        let all: Vec<usize> = (0..self.folders.len()).map(|at| self.first(at)).collect();
        let folders = &self.folders;
        all.iter()
            .zip(folders)
            .map(|(first, folder)| (folder.clone(), folders.get(*first).cloned().unwrap_or_default()))
            .collect()
    }

    /// Where a link leads to inside the root.
    fn join_target(&mut self, found: &Found, folder: &str) {
        let Ok(real) = self.system.canonical(&found.path) else { return };
        let Ok(below) = real.strip_prefix(self.root.path()) else { return };
        let target: Vec<String> = below
            .parent()
            .unwrap_or(Path::new(""))
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        self.join(folder, &target.join("/"));
    }

    /// A file of the SAM CLI bears on the templates beside it and below, and on what it names.
    fn join_deployed(&mut self, files: &[(&Found, &Said)]) {
        let mut above: BTreeSet<String> = BTreeSet::new();
        for (found, _) in files.iter().filter(|(_, said)| said.is_template) {
            let mut folder = folder_of(found);
            above.insert(folder.to_owned());
            while let Some((parent, _)) = folder.rsplit_once('/') {
                above.insert(parent.to_owned());
                folder = parent;
            }
            above.insert(String::new());
        }
        for folder in above {
            for name in FILE_NAMES {
                let path = self.root.path().join(&folder).join(name);
                if self.system.kind(&path).is_err() {
                    continue;
                }
                self.join_below(&folder, &folder);
                let read = self.system.read(&path, MAX_FILE).and_then(text);
                for refer in read.map(|text| refer::all(&folder, &text, false)).unwrap_or_default() {
                    match refer {
                        Refer::Module(path) | Refer::Below(path) => {
                            let target = Self::folder(self.root, self.system, &path);
                            self.join_below(&folder, &target);
                        }
                        Refer::Anywhere => self.join_tree(&folder),
                    }
                }
            }
        }
    }

    /// Everything in the innermost work tree that holds a folder.
    fn join_tree(&mut self, folder: &str) {
        let is_tree = |folder: &&str| self.system.kind(&self.root.path().join(folder).join(".git")).is_ok();
        let above = std::iter::successors(Some(folder), |folder| match folder.rsplit_once('/') {
            Some((parent, _)) => Some(parent),
            None => (!folder.is_empty()).then_some(""),
        });
        let tree = above.clone().find(is_tree).unwrap_or("").to_owned();
        self.join_below(folder, &tree);
    }

    /// A folder with another one and all that is below that.
    fn join_below(&mut self, folder: &str, top: &str) {
        let is_below = |folder: &str| {
            top.is_empty()
                || folder.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let Some(at) = self.position(folder) else {
            // Of a folder without files, what is below it belongs together all the same.
            let mut below = (0..self.folders.len())
                .filter(|at| is_below(&self.folders[*at]))
                .collect::<Vec<_>>()
                .into_iter();
            let Some(first) = below.next() else { return };
            below.for_each(|other| self.join_at(first, other));
            return;
        };
        let start = self.folders.partition_point(|known| known.split('/').lt(top.split('/')));
        let start = if top.is_empty() { 0 } else { start };
        let below: Vec<usize> =
            (start..self.folders.len()).take_while(|other| is_below(&self.folders[*other])).collect();
        below.into_iter().for_each(|other| self.join_at(at, other));
    }

    fn join(&mut self, a: &str, b: &str) {
        if let (Some(a), Some(b)) = (self.position(a), self.position(b)) {
            self.join_at(a, b);
        }
    }

    /// The first in the order of paths gives the name, whatever the order of joining.
    fn join_at(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        let (first, later) = if self.folders.get(a) <= self.folders.get(b) { (a, b) } else { (b, a) };
        if let Some(to) = self.to.get_mut(later) {
            *to = first;
        }
    }

    fn first(&mut self, at: usize) -> usize {
        let mut at = at;
        while let Some(to) = self.to.get(at).copied().filter(|to| *to != at) {
            let next = self.to.get(to).copied().unwrap_or(to);
            if let Some(slot) = self.to.get_mut(at) {
                *slot = next;
            }
            at = to;
        }
        at
    }

    fn position(&self, folder: &str) -> Option<usize> {
        self.folders.binary_search_by(|known| known.split('/').cmp(folder.split('/'))).ok()
    }
}

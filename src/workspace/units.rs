//! Which files bear on which units, and so what has to be judged again.

use super::Shown;
use crate::discover::{Found, Inventory, Kind};
use crate::engine::{Learned, Paths};
use crate::source::folder_of;
use crate::system::{System, lexical};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is judged as a whole, by number, and the numbers by file.
pub(super) struct Units {
    units: Vec<Option<Paths>>,
    by_path: BTreeMap<Shown, BTreeSet<usize>>,
    /// Links by where they lead to.
    links: BTreeMap<PathBuf, Vec<Shown>>,
}

impl Units {
    pub(super) fn new(learned: &Learned, system: &dyn System) -> Self {
        let mut units = Self { units: Vec::new(), by_path: BTreeMap::new(), links: BTreeMap::new() };
        learned.units.iter().cloned().for_each(|unit| units.add(unit));
        for found in learned.inventory.files.iter().filter(|found| found.linked) {
            if let Ok(real) = system.canonical(&found.path) {
                units.links.entry(real).or_default().push(found.shown.as_str().into());
            }
        }
        units
    }

    fn add(&mut self, unit: Paths) {
        let at = self.units.len();
        for path in &unit {
            self.by_path.entry(path.clone()).or_default().insert(at);
        }
        self.units.push(Some(unit));
    }

    fn remove(&mut self, at: usize) {
        let Some(unit) = self.units.get_mut(at).and_then(Option::take) else { return };
        for path in &unit {
            if let Some(numbers) = self.by_path.get_mut(path) {
                numbers.remove(&at);
                if numbers.is_empty() {
                    self.by_path.remove(path);
                }
            }
        }
    }

    /// The links that lead to a file.
    pub(super) fn links(&self, real: &Path) -> Vec<Shown> {
        self.links.get(real).cloned().unwrap_or_default()
    }

    /// Whether a unit was made of a file, or asked for it.
    pub(super) fn asks_for(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }

    /// What the changed files are a part of, and of which files all is judged then: these themselves, and what no other
    /// unit uses.
    /// At most so many units.
    pub(super) fn parts(&self, changed: &Paths, at_most: usize) -> (Vec<&Paths>, Paths) {
        let numbers = changed.iter().flat_map(|path| self.by_path.get(path).into_iter().flatten().copied());
        let numbers: BTreeSet<usize> =
            numbers.collect::<BTreeSet<usize>>().into_iter().take(at_most).collect();
        let parts: Vec<&Paths> = numbers.iter().filter_map(|at| self.units.get(*at)?.as_ref()).collect();
        let mut exact: Paths = changed.clone();
        let all: BTreeSet<&Shown> = parts.iter().flat_map(|unit| unit.iter()).collect();
        let is_exact =
            |path: &&&Shown| self.by_path.get(**path).is_some_and(|known| known.is_subset(&numbers));
        exact.extend(all.iter().filter(is_exact).map(|path| Shown::clone(path)));
        (parts, exact)
    }

    /// Takes over what was judged again.
    pub(super) fn replace(&mut self, changed: &Paths, units: Vec<Paths>) {
        let numbers: BTreeSet<usize> =
            changed.iter().flat_map(|path| self.by_path.get(path).into_iter().flatten().copied()).collect();
        numbers.into_iter().for_each(|at| self.remove(at));
        for unit in units {
            // What looks alone because its callers were not looked at is a part of what they are.
            let mut numbers = unit.iter().map(|path| self.by_path.get(path));
            let first = numbers.next().flatten().cloned().unwrap_or_default();
            let within = numbers.fold(first, |known, numbers| {
                numbers.map_or_else(BTreeSet::new, |numbers| known.intersection(numbers).copied().collect())
            });
            if within.is_empty() {
                self.add(unit);
            }
        }
    }

    /// Files came and went: who has a file of their folder, or asked for what is in it, has to do with them.
    pub(super) fn moved(&mut self, before: &Inventory, after: &Inventory) {
        let names = |inventory: &Inventory| -> BTreeSet<Shown> {
            inventory.files.iter().map(|found| Shown::from(found.shown.as_str())).collect()
        };
        let (before, after) = (names(before), names(after));
        for path in before.symmetric_difference(&after) {
            let numbers = self.around(path);
            for at in numbers {
                if let Some(unit) = self.units.get_mut(at).and_then(Option::as_mut) {
                    unit.insert(path.clone());
                    self.by_path.entry(path.clone()).or_default().insert(at);
                }
            }
        }
    }

    /// The units that a file which came or went may belong to.
    fn around(&self, path: &str) -> BTreeSet<usize> {
        let mut numbers: BTreeSet<usize> = BTreeSet::new();
        let folder = folder_of(path);
        if is_terraform(path) {
            let beside =
                self.by_path.iter().filter(|(known, _)| folder_of(known) == folder && is_terraform(known));
            numbers.extend(beside.flat_map(|(_, numbers)| numbers));
        }
        let mut above = folder;
        loop {
            let asked = if above.is_empty() { "./".to_owned() } else { format!("{above}/") };
            numbers.extend(self.by_path.get(asked.as_str()).into_iter().flatten());
            match above.rsplit_once('/') {
                Some((parent, _)) => above = parent,
                None if above.is_empty() => return numbers,
                None => above = "",
            }
        }
    }
}

fn is_terraform(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    crate::discover::kind_of_name(name).is_some_and(Kind::is_terraform)
}

/// Which of the files that there are have to be looked at.
pub(super) struct Keep<'u> {
    paths: BTreeSet<&'u str>,
    /// Folders in which everything has to be known: variables are looked at beside code alone.
    folders: BTreeSet<String>,
}

impl<'u> Keep<'u> {
    pub(super) fn new(parts: &[&'u Paths], changed: &'u Paths, learned: &Learned) -> Self {
        let paths: BTreeSet<&str> =
            parts.iter().flat_map(|unit| unit.iter()).chain(changed).map(|path| &**path).collect();
        let mut folders = BTreeSet::new();
        let is_kept = |found: &&Found| found.kind == Kind::Env && paths.contains(found.shown.as_str());
        for found in learned.inventory.files.iter().filter(is_kept) {
            let folder = folder_of(&found.shown);
            folders.insert(folder.to_owned());
            folders.insert(folder_of(folder).to_owned());
        }
        Self { paths, folders }
    }

    pub(super) fn keeps(&self, found: &Found) -> bool {
        let shown = found.shown.as_str();
        self.paths.contains(shown)
            || self.folders.contains(folder_of(shown))
            || found.kind == Kind::CdkOut && self.holds(shown)
    }

    /// Whether one of the files lies in a folder.
    fn holds(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let next = self.paths.range(start.as_str()..).next();
        next.is_some_and(|path| path.starts_with(&start))
            || lexical(Path::new(folder)) == Path::new("") && !self.paths.is_empty()
    }
}

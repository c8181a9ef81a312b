//! Which configuration holds where: the nearest file in a folder or above it, never above its root.

use super::file::{Layer, Reader};
use super::settings::{Flags, Layers, Settings, overrides};
use super::terms::unknown;
use crate::discover::{CONFIGURATION, Configured, Globs, PASSED_OVER, relative, root_of};
use crate::findings::{Problem, ProblemKind};
use crate::policies::Policy;
use crate::system::{FileKind, Listed, ReadError, Root, System, explain};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Which configuration files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The nearest of each file.
    #[default]
    Nearest,
    /// This one for all.
    File(PathBuf),
    Nothing,
}

/// A configuration file with what it extends, and those further up.
#[derive(Debug)]
struct Chain {
    layers: Vec<Arc<Layer>>,
    outer: Option<Arc<Chain>>,
}

impl Chain {
    /// This one and those further up.
    fn all(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        std::iter::successors(Some(self), |chain| chain.outer.as_ref())
    }
}

/// What makes settings the same: the chain, and which overrides hold.
type Key = (Option<usize>, Vec<Vec<bool>>);

#[derive(Debug, Default)]
struct Known {
    by_folder: FxHashMap<PathBuf, Option<Arc<Chain>>>,
    /// Every file that was read.
    layers: Vec<Arc<Layer>>,
    /// Folders that have a file of their own, with their roots, in the order of reading.
    folders: Vec<(Root, PathBuf)>,
    settings: Vec<(Key, Arc<Settings>)>,
    problems: BTreeSet<Problem>,
}

/// The configuration of a run. Files are read when something asks what holds in their folder.
pub struct Configs<'a> {
    system: &'a dyn System,
    working_folder: PathBuf,
    wanted: Wanted,
    flags: Flags,
    known: Mutex<Known>,
}

impl std::fmt::Debug for Configs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Configs")
            .field("wanted", &self.wanted)
            .field("flags", &self.flags)
            .finish_non_exhaustive()
    }
}

impl<'a> Configs<'a> {
    #[must_use]
    pub fn new(wanted: Wanted, flags: Flags, system: &'a dyn System) -> Self {
        let working_folder = system.working_folder().unwrap_or_else(|_| PathBuf::from("/"));
        let configs = Self { system, working_folder, wanted, flags, known: Mutex::default() };
        if let Wanted::File(path) = &configs.wanted {
            let chain = configs.named(path);
            configs.known().by_folder.insert(PathBuf::new(), chain);
        }
        configs
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file that the user names: its patterns are relative to the working directory.
    fn named(&self, path: &Path) -> Option<Arc<Chain>> {
        let problem = |message: String| Problem {
            kind: ProblemKind::Config,
            path: path.display().to_string(),
            start: None,
            message,
        };
        let found = self.system.canonical(&self.working_folder.join(path));
        let found = found.and_then(|real| Ok((self.system.kind(&real)?, real)));
        let wrong = match found {
            Ok((FileKind::File, real)) => {
                let root = Root::new(root_of(real.parent().unwrap_or(&real), self.system));
                return Some(self.read(&mut self.known(), &root, &real, Some(&self.working_folder), None));
            }
            Ok((FileKind::Folder | FileKind::Link | FileKind::Special, _)) => "not a regular file".to_owned(),
            Err(error) => explain(&error),
        };
        self.known().problems.insert(problem(wrong));
        None
    }

    fn read(
        &self,
        known: &mut Known,
        root: &Root,
        path: &Path,
        base: Option<&Path>,
        outer: Option<Arc<Chain>>,
    ) -> Arc<Chain> {
        let mut reader = Reader::new(self.system, &self.working_folder, root, base);
        reader.read(path);
        known.layers.extend(reader.layers.iter().cloned());
        known.problems.extend(reader.problems);
        Arc::new(Chain { layers: reader.layers, outer })
    }

    /// What holds in a folder of a root.
    fn nearest(&self, known: &mut Known, root: &Root, folder: &Path) -> Option<Arc<Chain>> {
        match &self.wanted {
            Wanted::Nothing => return None,
            Wanted::File(_) => return known.by_folder.get(Path::new("")).cloned().flatten(),
            Wanted::Nearest => {}
        }
        let below = folder.strip_prefix(root.path()).ok()?;
        // What third parties bring says nothing of how it is judged.
        if let Some(at) =
            below.components().position(|part| PASSED_OVER.iter().any(|passed| part.as_os_str() == *passed))
        {
            let own: PathBuf = below.components().take(at).collect();
            return self.nearest(known, root, &root.path().join(own));
        }
        if let Some(chain) = known.by_folder.get(folder) {
            return chain.clone();
        }
        let outer = if below.as_os_str().is_empty() {
            None
        } else {
            folder.parent().and_then(|parent| self.nearest(known, root, parent))
        };
        let chain = self.of_folder(known, root, folder, outer);
        known.by_folder.insert(folder.to_path_buf(), chain.clone());
        chain
    }

    fn of_folder(
        &self,
        known: &mut Known,
        root: &Root,
        folder: &Path,
        outer: Option<Arc<Chain>>,
    ) -> Option<Arc<Chain>> {
        let path = folder.join(CONFIGURATION);
        if self.system.kind(&path).is_err() {
            return outer;
        }
        let wrong = match root.resolve(self.system, &path) {
            Ok(real) => match self.system.kind(&real) {
                Ok(FileKind::File) => {
                    known.folders.push((root.clone(), folder.to_path_buf()));
                    return Some(self.read(known, root, &real, None, outer));
                }
                Ok(FileKind::Folder) => return outer,
                Ok(FileKind::Link | FileKind::Special) => "not a regular file, not read".to_owned(),
                Err(error) => explain(&error),
            },
            Err(error) => error.to_string(),
        };
        let shown = relative(&self.working_folder, &path);
        known.problems.insert(Problem {
            kind: ProblemKind::Config,
            path: shown,
            start: None,
            message: wrong,
        });
        outer
    }

    /// A link to nothing would leave its folder unconfigured without a word.
    fn tell_of_dangling(&self, known: &mut Known, folder: &Path) {
        let path = folder.join(CONFIGURATION);
        let is_listed = |name: &Listed| name.name == CONFIGURATION;
        if self.wanted == Wanted::Nearest
            && self.system.kind(&path).is_err()
            && self.system.list(folder).is_ok_and(|names| names.iter().any(is_listed))
        {
            let shown = relative(&self.working_folder, &path);
            let problem = ReadError::Missing.problem(&shown);
            known.problems.insert(Problem { kind: ProblemKind::Config, ..problem });
        }
    }

    /// What holds for a file of a root, by its absolute path, and which of the run's settings that is. Without a root,
    /// and where nothing is configured, what the command line says.
    #[must_use]
    pub fn settings(&self, root: Option<&Root>, path: &Path) -> (usize, Arc<Settings>) {
        let mut known = self.known();
        let folder = path.parent().unwrap_or(path);
        let chain = match (&self.wanted, root) {
            (Wanted::File(_), None) => known.by_folder.get(Path::new("")).cloned().flatten(),
            (_, Some(root)) => self.nearest(&mut known, root, folder),
            (Wanted::Nearest | Wanted::Nothing, None) => None,
        };
        let all: Vec<Arc<Chain>> = chain.iter().flat_map(Chain::all).cloned().collect();
        let mut layers: Vec<Layers> = all
            .iter()
            .map(|chain| {
                chain.layers.iter().map(|layer| (Arc::clone(layer), overrides(layer, path))).collect()
            })
            .collect();
        let own = layers.first().into_iter().flatten().map(|(_, holds)| holds.clone()).collect();
        let key: Key = (chain.as_ref().map(|chain| Arc::as_ptr(chain).addr()), own);
        if let Some(at) = known.settings.iter().position(|(other, _)| *other == key) {
            let settings = known.settings.get(at).map(|(_, settings)| Arc::clone(settings));
            if let Some(settings) = settings {
                return (at, settings);
            }
        }
        let own = if layers.is_empty() { Layers::new() } else { layers.remove(0) };
        layers.reverse();
        let settings = Arc::new(Settings::new(self.flags.clone(), own, layers));
        known.settings.push((key, Arc::clone(&settings)));
        (known.settings.len() - 1, settings)
    }

    /// Whether configuration leaves out an absolute path of a root.
    #[must_use]
    pub fn excludes(&self, root: &Root, path: &Path, is_folder: bool) -> bool {
        let mut known = self.known();
        let chain = self.nearest(&mut known, root, path.parent().unwrap_or(path));
        let covers = |layer: &Arc<Layer>| layer.excludes.cover(path, is_folder);
        chain.iter().flat_map(Chain::all).any(|chain| chain.layers.iter().any(covers))
    }

    /// Policies of one's own that any of the files names, relative to the working directory.
    #[must_use]
    pub fn own(&self) -> Vec<PathBuf> {
        let known = self.known();
        let all: BTreeSet<&PathBuf> = known.layers.iter().flat_map(|layer| &layer.own).collect();
        all.into_iter().cloned().collect()
    }

    /// The folders that have a configuration file, with their roots.
    #[must_use]
    pub fn folders(&self) -> Vec<(Root, PathBuf)> {
        let mut folders = self.known().folders.clone();
        folders.sort();
        folders
    }

    /// Reads what an earlier run found in these folders: what is configured anywhere decides what is asked everywhere.
    pub fn read_in(&self, folders: &[(Root, PathBuf)]) {
        let mut known = self.known();
        for (root, folder) in folders {
            self.nearest(&mut known, root, folder);
        }
    }

    /// Whether any configuration file was read.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        !self.known().layers.is_empty()
    }

    /// What is wrong with the files that were read. `policies` are all that there are, users' own included.
    #[must_use]
    pub fn problems(&self, policies: &[&Policy]) -> Vec<Problem> {
        let known = self.known();
        let mut problems = known.problems.clone();
        for layer in &known.layers {
            problems.extend(unknown(layer, policies));
        }
        problems.into_iter().collect()
    }
}

impl Configured for Configs<'_> {
    fn excludes(&self, root: &Root, folder: &Path) -> Vec<Arc<Globs>> {
        let mut known = self.known();
        let chain = self.nearest(&mut known, root, folder);
        self.tell_of_dangling(&mut known, folder);
        let Some(chain) = chain else { return Vec::new() };
        match &self.wanted {
            Wanted::File(_) if folder != root.path() => return Vec::new(),
            Wanted::File(_) | Wanted::Nearest | Wanted::Nothing => {}
        }
        // That of a folder further up was asked for there.
        let above = folder.parent().filter(|_| folder != root.path());
        let outer = above.and_then(|above| self.nearest(&mut known, root, above));
        if outer.is_some_and(|outer| Arc::ptr_eq(&outer, &chain)) {
            return Vec::new();
        }
        chain.layers.iter().map(|layer| Arc::clone(&layer.excludes)).collect()
    }
}

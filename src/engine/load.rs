//! Reading and parsing, file by file and in parallel. Nothing here looks at more than one file.

use super::kept::{Kept, KeptFile};
use super::library;
use super::plans::PlanFile;
use super::texts;
use super::values::Values;
use crate::catalog::Breadth;
use crate::config::Configs;
use crate::discover::{Found, Ignored, Inventory, Kind, NamedValues};
use crate::exceptions::OfConstruct;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation::Assignment;
use crate::frontends::terraform::{ModuleFile, Spot};
use crate::model::{Acknowledgement, Made, State, Unit};
use crate::secrets::{self, Detection};
use crate::source::{FileId, SourceFile, Sources, folder_of};
use crate::syntax::hcl::{self, ErrorKind, Parsed};
use crate::system::{self, MAX_FILE, Root, System};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What every step of loading needs.
pub(super) struct Loader<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) configs: &'a Configs<'a>,
    pub(super) system: &'a dyn System,
    pub(super) sources: &'a Sources,
    /// The folder of the code that plans were made of, if the user names it.
    pub(super) source: Option<&'a Path>,
    /// Binary plans are shown by the program that made them.
    pub(super) exec_terraform: bool,
    /// Which resources and attributes get values.
    pub(super) breadth: Breadth,
    /// What the user gives to parameters of stacks.
    pub(super) assignments: Vec<Assignment>,
    /// Somebody may lose interest on the way: then the rest is left.
    pub(super) stop: Option<&'a AtomicBool>,
    /// Files that were left.
    pub(super) skipped: AtomicUsize,
    /// What is asked about by its place.
    pub(super) spot: Option<Spot<'a>>,
    /// What earlier runs parsed.
    pub(super) kept: Option<&'a Kept>,
    /// Terraform files are read at first, and parsed when they are needed.
    pub(super) parses_later: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileRole {
    Configuration,
    Values,
    Backend,
    Terragrunt,
    Kindred,
}

/// A Terraform file with the token formats that its text holds.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) role: FileRole,
    pub(super) file: ModuleFile,
    pub(super) detections: Arc<[Detection]>,
}

/// A Terraform file that is read, and not parsed yet.
#[derive(Debug, Clone)]
pub(super) struct Unparsed {
    role: FileRole,
    pub(super) id: FileId,
    pub(super) source: Arc<SourceFile>,
}

impl Unparsed {
    /// From the root.
    pub(super) fn folder(&self) -> &str {
        folder_of(&self.source.root_path)
    }

    pub(super) fn parsed(&self) -> (Loaded, Vec<Problem>) {
        let KeptFile { role, source, tree, detections, problems } =
            parse(self.role, Arc::clone(&self.source));
        (Loaded { role, file: ModuleFile { id: self.id, source, tree }, detections }, problems.to_vec())
    }
}

/// What a found path came to.
#[derive(Debug)]
pub(super) enum Item {
    Terraform {
        root: usize,
        loaded: Box<Loaded>,
    },
    Unparsed {
        root: usize,
        file: Unparsed,
    },
    /// A template, which may nest others or be nested.
    Template {
        root: usize,
        template: Box<library::Template>,
    },
    /// A named file of the SAM CLI, by its path from the root.
    SamConfig {
        root: usize,
        path: String,
    },
    /// Values for parameters of templates.
    Values {
        root: usize,
        values: Box<Values>,
    },
    /// The stacks of a cloud assembly, or a state.
    Units {
        root: usize,
        units: Box<Units>,
    },
    Plan(Box<PlanFile>),
    /// A file of variables, which is looked at beside infrastructure code.
    Settings(Box<Found>),
    /// A text that is read by itself.
    Text(Box<texts::Scanned>),
}

/// What a path came to, and what stood in the way.
pub(super) type Taken = (Option<Item>, Vec<Problem>);

/// Units that need no other file.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    pub(super) states: Vec<State>,
    pub(super) made: Vec<Made>,
    pub(super) acknowledged: Vec<Acknowledgement>,
    pub(super) excepted: Vec<OfConstruct>,
    pub(super) detections: super::Detections,
    /// Files that stand for a named one, as shown.
    pub(super) brought: Vec<String>,
    /// What was taken for a part of an assembly and is none.
    pub(super) templates: Vec<library::Template>,
    /// Parameters that stacks declare, and whether one of this name is not to be echoed.
    pub(super) parameters: BTreeMap<Arc<str>, bool>,
    /// Resources of any type.
    pub(super) resources: usize,
    pub(super) files: usize,
}

/// Files that one thread takes at a time.
const SOME: usize = 64;

/// Reads and parses everything that was found.
pub(super) fn all(loader: &Loader<'_>, problems: &mut Vec<Problem>) -> Vec<Item> {
    let read: Vec<Taken> =
        loader.inventory.files.par_iter().with_max_len(SOME).map(|found| loader.item(found)).collect();
    let mut items = Vec::with_capacity(read.len());
    for (item, found) in read {
        items.extend(item);
        problems.extend(found);
    }
    items
}

/// A folder's files, loaded because a call leads there.
#[derive(Debug, Default)]
pub(super) struct LoadedFolder {
    pub(super) loaded: Vec<Loaded>,
    pub(super) problems: Vec<Problem>,
}

impl Loader<'_> {
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) || self.system.interrupted().is_some()
    }

    /// Whether what is next is to be left, which is so many files.
    pub(super) fn skips(&self, files: usize) -> bool {
        let is_stopped = self.is_stopped();
        if is_stopped {
            self.skipped.fetch_add(files, Ordering::Relaxed);
        }
        is_stopped
    }

    fn item(&self, found: &Found) -> Taken {
        if self.skips(1) {
            return (None, Vec::new());
        }
        match found.kind {
            Kind::Hcl | Kind::HclJson | Kind::Tfvars | Kind::Tfbackend | Kind::Kindred => {
                let text = match self.text(found) {
                    Ok(text) => text,
                    Err(problem) => return (None, vec![problem]),
                };
                let source =
                    SourceFile::new(found.shown.clone(), found.root_path.clone(), text, found.git_ignored);
                if let Some(role) =
                    role(found.kind).filter(|role| self.parses_later && *role != FileRole::Kindred)
                {
                    let (id, source) = self.sources.add(source);
                    let file = Unparsed { role, id, source };
                    return (Some(Item::Unparsed { root: found.root, file }), Vec::new());
                }
                match self.terraform(found.kind, source) {
                    Some((loaded, problems)) => {
                        (Some(Item::Terraform { root: found.root, loaded: Box::new(loaded) }), problems)
                    }
                    None => (None, Vec::new()),
                }
            }
            Kind::Data => self.template(found),
            Kind::Terragrunt => self.terragrunt(found),
            Kind::State => self.state(found),
            Kind::Env => (Some(Item::Settings(Box::new(found.clone()))), Vec::new()),
            Kind::CdkOut => self.assembly(found),
        }
    }

    /// Reads the text of a found file; what cannot be read is a problem.
    pub(super) fn text(&self, found: &Found) -> Result<String, Problem> {
        let read = self.inventory.read(found, self.system).and_then(system::text);
        read.map_err(|error| error.problem(&found.shown))
    }

    /// Parses a Terraform file into the sources.
    pub(super) fn terraform(&self, kind: Kind, source: SourceFile) -> Option<(Loaded, Vec<Problem>)> {
        Some(self.parsed(role(kind)?, source))
    }

    fn parsed(&self, role: FileRole, source: SourceFile) -> (Loaded, Vec<Problem>) {
        if let Some(known) = self.kept.and_then(|kept| kept.file(role, &source)) {
            return self.known(known);
        }
        let file = parse(role, Arc::new(source));
        if let Some(kept) = self.kept {
            kept.keep(file.clone());
        }
        self.known(file)
    }

    /// Makes a parsed file a source of the run.
    fn known(&self, file: KeptFile) -> (Loaded, Vec<Problem>) {
        let KeptFile { role, source, tree, detections, problems } = file;
        let id = self.sources.share(&source);
        (Loaded { role, file: ModuleFile { id, source, tree }, detections }, problems.to_vec())
    }

    /// Reads a file of values that the user named, whatever its name: `.json` at its end makes it JSON.
    pub(super) fn values(&self, named: NamedValues) -> Result<(Loaded, Vec<Problem>), Problem> {
        let text = self.system.read(&named.path, MAX_FILE).and_then(system::text);
        let text = text.map_err(|error| error.problem(&named.shown))?;
        let source = SourceFile::new(named.shown, named.root_path, text, named.git_ignored);
        Ok(self.parsed(FileRole::Values, source))
    }

    /// Loads the Terraform files of a folder inside a root. What a third party wrote (`.terraform`) or git does not keep
    /// is not the user's to mend.
    pub(super) fn folder(&self, root: &Root, folder: &str, ignored: &Ignored<'_>) -> LoadedFolder {
        let mut result = LoadedFolder::default();
        let third_party = folder.split('/').any(|part| part == ".terraform");
        let ignored = (!third_party).then(|| ignored.folder(&root.path().join(folder)));
        let Ok(names) = root.list(self.system, Path::new(folder)) else { return result };
        for listed in names {
            let name = listed.name.to_string_lossy();
            let Some(kind) = crate::discover::kind_of_name(&name).filter(|kind| kind.is_terraform()) else {
                continue;
            };
            let root_path = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
            let path = root.path().join(&root_path);
            let shown = self.inventory.shown(&path);
            match root.read_text(self.system, &path) {
                Ok(text) => {
                    let is_ignored = ignored.as_ref().is_none_or(|ignored| ignored.ignores(&path));
                    let source = SourceFile::new(shown, root_path, text, is_ignored);
                    if let Some((loaded, problems)) = self.terraform(kind, source) {
                        result.loaded.push(loaded);
                        result.problems.extend(problems);
                    }
                }
                Err(error) => result.problems.push(error.problem(&shown)),
            }
        }
        result
    }
}

fn role(kind: Kind) -> Option<FileRole> {
    match kind {
        Kind::Hcl | Kind::HclJson => Some(FileRole::Configuration),
        Kind::Tfvars => Some(FileRole::Values),
        Kind::Tfbackend => Some(FileRole::Backend),
        Kind::Terragrunt => Some(FileRole::Terragrunt),
        Kind::Kindred => Some(FileRole::Kindred),
        Kind::State | Kind::Env | Kind::CdkOut | Kind::Data => None,
    }
}

/// Parses a file, and looks for token formats in it.
fn parse(role: FileRole, source: Arc<SourceFile>) -> KeptFile {
    let json = source.root_path.ends_with(".json");
    let parsed = match (role, json) {
        (FileRole::Configuration, true) => hcl::parse_json(source.text()),
        (FileRole::Terragrunt, true) => hcl::parse_json_terragrunt(source.text()),
        (FileRole::Values | FileRole::Backend, true) => hcl::parse_json_values(source.text()),
        (FileRole::Configuration | FileRole::Values | FileRole::Backend | FileRole::Terragrunt, false)
        | (FileRole::Kindred, _) => hcl::parse(source.text()),
    };
    let detections = if source.git_ignored { Vec::new() } else { secrets::scan(source.text()) };
    let mut problems = problems(&source, &parsed);
    if role == FileRole::Configuration && !json {
        problems.extend(mislabelled(&source, &parsed));
    }
    KeptFile {
        role,
        source,
        tree: parsed.tree.into(),
        detections: detections.into(),
        problems: problems.into(),
    }
}

/// Blocks that have fewer or more labels than Terraform takes, and so are no declarations of anything.
/// <https://developer.hashicorp.com/terraform/language/syntax/configuration#blocks>
fn mislabelled(source: &SourceFile, parsed: &Parsed) -> Vec<Problem> {
    let problem = |block: &hcl::Block| {
        let keyword = source.slice(block.keyword);
        let (wanted, what) = match keyword {
            "resource" | "data" | "ephemeral" => (2, "a type and a name"),
            "module" | "variable" | "output" | "provider" => (1, "a name"),
            _ => return None,
        };
        if block.labels.len() == wanted {
            return None;
        }
        let start = source.position(block.keyword.start);
        Some(Problem {
            kind: ProblemKind::Syntax,
            path: source.path.clone(),
            start: Some((start.line, start.column)),
            message: format!("a `{keyword}` block has {what} as its labels, {wanted} in all"),
        })
    };
    parsed.tree.body.blocks.iter().filter_map(problem).collect()
}

fn problems(source: &SourceFile, parsed: &Parsed) -> Vec<Problem> {
    let problem = |error: &hcl::SyntaxError| {
        let start = source.position(error.span.start);
        Problem {
            kind: match error.kind {
                ErrorKind::Syntax => ProblemKind::Syntax,
                ErrorKind::Limit => ProblemKind::Limit,
            },
            path: source.path.clone(),
            start: Some((start.line, start.column)),
            message: error.message.clone(),
        }
    };
    parsed.errors.iter().map(problem).collect()
}

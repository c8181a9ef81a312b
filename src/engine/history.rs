//! `--history`: what the commits of the repository give away, beside what the code says today.
//!
//! Which files count is what discovery and the frontends say of them today, by name and by content; configuration is that
//! of the working tree, for the path that a file had.

use super::shard::Part;
use super::{Read, plans};
use crate::config::{Configs, Settings};
use crate::discover::{Inventory, Kind, PASSED_OVER, kind_of_name};
use crate::facts::{self, Facts, Past};
use crate::findings::{Finding, Looked, Outcome, Problem};
use crate::frontends::cloudformation::{self, Recognised};
use crate::frontends::terraform::ModuleFile;
use crate::frontends::{state, terragrunt};
use crate::git::history::{self, History, Wanted};
use crate::secrets::{self, Class, Detection};
use crate::source::{FileId, Parts, Site, SourceFile, Sources};
use crate::syntax::hcl;
use crate::system::{Root, System};
use aho_corasick::AhoCorasick;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// Searches the history behind every root, and states what it finds. Every secret becomes a source of its own.
pub(super) fn search(
    (inventory, configs, system): (&Inventory, &Configs<'_>, &dyn System),
    part: Option<&Part>,
    sources: &Sources,
    facts: &mut Facts,
    read: &mut Read,
) -> Looked {
    let mut looked = Looked::default();
    let today = paths(sources);
    let is_here = |at: usize| part.is_none_or(|part| part.takes(inventory, at, ""));
    for (_, root) in inventory.roots.iter().enumerate().filter(|(at, _)| is_here(*at)) {
        let wants = Wants { inventory, configs, root, read: &today };
        let History { secrets, problems, commits, texts } = history::read(root.path(), &wants, system);
        looked.commits += commits;
        looked.texts += texts;
        let shown = |path: &str| inventory.shown(&root.path().join(path));
        read.problems
            .extend(problems.into_iter().map(|problem| Problem { path: shown(&problem.path), ..problem }));
        for past in secrets {
            let mut parts = Parts::default();
            parts.push(&past.text, past.start);
            let source = SourceFile::of_parts(shown(&past.path), past.path, parts, false).as_of(past.commit);
            let (file, _) = sources.add(source);
            facts::past(&Past { file, detection: past.detection }, sources, facts);
        }
    }
    looked
}

/// Tells each secret once: one that is reported where it stands today is told there, with the commit that brought it in.
pub(super) fn settle(outcome: &mut Outcome, about_secrets: &[String], sources: &Sources) {
    let commit = |finding: &Finding| sources.get(finding.primary.site.file).commit.clone();
    let (past, present): (Vec<_>, Vec<_>) =
        std::mem::take(&mut outcome.findings).into_iter().partition(|finding| commit(finding).is_some());
    outcome.findings = present;
    let values: Vec<String> = past.iter().map(|finding| text_at(finding.primary.site, sources)).collect();
    let mut told = vec![false; past.len()];
    // The search fails to build only beyond 2 GiB of secrets: each is then told by itself.
    if let Ok(search) = AhoCorasick::new(&values) {
        let standing = outcome.findings.iter_mut().chain(&mut outcome.suppressed);
        for finding in standing.filter(|finding| about_secrets.iter().any(|code| **code == *finding.code)) {
            let places = [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related);
            let texts: Vec<String> = places.map(|place| text_at(place.site, sources)).collect();
            let found = texts.iter().flat_map(|text| search.find_overlapping_iter(text));
            let numbers: Vec<usize> = found.map(|found| found.pattern().as_usize()).collect();
            for number in numbers {
                if let Some(told) = told.get_mut(number) {
                    *told = true;
                }
                let brought = past.get(number).and_then(commit);
                let known = finding.commit.as_ref().map_or(usize::MAX, |known| known.number);
                finding.commit = brought.filter(|commit| commit.number < known).or(finding.commit.take());
            }
        }
    }
    let untold = past.into_iter().zip(told).filter(|(_, told)| !told);
    outcome.findings.extend(untold.map(|(finding, _)| Finding { commit: commit(&finding), ..finding }));
}

fn text_at(site: Site, sources: &Sources) -> String {
    history::identity(sources.get(site.file).slice(site.span))
}

/// Everything that was read, as shown: also what `file` and `templatefile` lead to, whatever its name.
fn paths(sources: &Sources) -> HashSet<String> {
    let files = (0..sources.len()).filter_map(|at| u32::try_from(at).ok()).map(FileId);
    files.map(|file| sources.get(file).path.clone()).collect()
}

/// What of a root's history is asked for.
struct Wants<'a> {
    inventory: &'a Inventory,
    configs: &'a Configs<'a>,
    root: &'a Root,
    /// Files that the code of today leads to, as shown.
    read: &'a HashSet<String>,
}

/// How a file's content decides whether it is infrastructure code.
#[derive(Clone, Copy)]
enum Content {
    /// Its name says it.
    Any,
    State,
    Terragrunt,
    Data,
}

impl Content {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Hcl | Kind::HclJson | Kind::Tfvars | Kind::Tfbackend | Kind::Kindred => Self::Any,
            // What once stood beside it is not asked: a key of that form is one wherever it stands.
            Kind::Env => Self::Any,
            Kind::State => Self::State,
            Kind::Terragrunt => Self::Terragrunt,
            // What is in a cloud assembly are templates.
            Kind::Data | Kind::CdkOut => Self::Data,
        }
    }

    fn is_infrastructure(self, path: &str, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::State => state::is_named(path) || state::sniff(text),
            Self::Terragrunt => {
                let source = SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false);
                let tree = hcl::parse(text).tree;
                // No file of the run, which nothing of it is asked for.
                terragrunt::is_terragrunt(&ModuleFile {
                    id: FileId(u32::MAX),
                    source: Arc::new(source),
                    tree: tree.into(),
                })
            }
            Self::Data => {
                let source = || SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false);
                plans::sniff(text)
                    || state::sniff(text)
                    || match cloudformation::recognise(&source()) {
                        Recognised::Template(_) | Recognised::Broken(_) => true,
                        Recognised::PassedOver => cloudformation::recognise_values(text).is_some(),
                    }
            }
        }
    }
}

impl Wants<'_> {
    fn absolute(&self, path: &str) -> std::path::PathBuf {
        self.root.path().join(path)
    }

    /// Terraform's own templates have a name of their own; others are known by what leads to them today.
    fn content(&self, path: &str) -> Option<Content> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let by_name = kind_of_name(name).map(Content::of);
        let is_read = || self.read.contains(&self.inventory.shown(&self.absolute(path)));
        match by_name {
            Some(Content::Any) => by_name,
            Some(Content::State | Content::Terragrunt | Content::Data) | None => {
                if name.ends_with(".tftpl") || is_read() { Some(Content::Any) } else { by_name }
            }
        }
    }

    fn settings(&self, path: &Path) -> (usize, Arc<Settings>) {
        self.configs.settings(Some(self.root), path)
    }
}

impl Wanted for Wants<'_> {
    fn enters(&self, folder: &str) -> bool {
        let name = folder.rsplit('/').next().unwrap_or_default();
        let path = self.absolute(folder);
        !PASSED_OVER.contains(&name)
            && self.inventory.may_ask_for(&path)
            && !self.inventory.excludes.covers(&path, true, self.root.path())
            && !self.configs.excludes(self.root, &path, true)
    }

    fn look(&self, path: &str) -> Option<u32> {
        let content = self.content(path)?;
        let path = self.absolute(path);
        let excluded = self.inventory.excludes.covers(&path, false, self.root.path())
            || self.configs.excludes(self.root, &path, false);
        if excluded || !self.inventory.asks_for(&path) {
            return None;
        }
        let (settings, _) = self.settings(&path);
        u32::try_from(settings).ok().map(|settings| settings * 4 + content as u32)
    }

    fn scan(&self, path: &str, text: &str) -> Vec<Detection> {
        let mut found = secrets::scan(text);
        let (_, settings) = self.settings(&self.absolute(path));
        let own = secrets::scan_for(text, settings.patterns().map(|pattern| &**pattern));
        let apart = |a: &Detection, b: &Detection| a.end <= b.start || b.end <= a.start;
        let new: Vec<_> = own.into_iter().filter(|own| found.iter().all(|known| apart(known, own))).collect();
        found.extend(new);
        found.retain(|found| !found.example && is_told(found.detector.class));
        // Most texts hold nothing, so what they are is asked last.
        if !found.is_empty()
            && !self.content(path).is_some_and(|content| content.is_infrastructure(path, text))
        {
            found.clear();
        }
        found
    }
}

/// What is dangerous for as long as nobody revokes it. A temporary key of the past has expired; a password in a URL is
/// told by its host only who runs there today.
fn is_told(class: Class) -> bool {
    match class {
        Class::AwsAccessKeyId
        | Class::AwsSecretKey
        | Class::AwsServiceKey
        | Class::PrivateKey
        | Class::Token => true,
        Class::AwsTemporaryKey | Class::CredentialUrl => false,
    }
}

//! What keyless has to say: findings, open questions and problems, free of how they are printed.

mod absent;
mod accepted;
mod basis;
mod build;
pub mod expect;
mod fingerprint;
mod fix;
mod listed;
mod masked;
pub mod mended;
mod named;
pub mod redact;
mod rule;
pub mod selection;
mod severity;
mod stand;
mod suppress;
mod unescaped;

#[cfg(test)]
mod secret_tests;
#[cfg(test)]
mod tests;

pub use absent::{AbsentKind, AbsentModule, absent};
pub use accepted::{Accepted, Refusal, Rewritten, Stale};
pub use basis::Basis;
pub use build::{Verdicts, build, of_subjects};
pub(crate) use fingerprint::{fingerprint, without_keys};
pub use fix::{Edit, Effect, Fix, Safety};
pub use listed::{Imported, Listed, ListedPolicy, ListedState};
pub use masked::{Masked, MaskedFile};
pub use redact::Redactor;
pub use rule::Rule;
pub use selection::Selection;
pub use severity::{FailOn, Severity};
pub use suppress::{Met, Silence};

use crate::source::{Commit, FileId, Site, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub site: Site,
    pub label: String,
}

/// A policy's verdict on a subject. Every text in it is free of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `IMDS01`.
    pub code: Arc<str>,
    /// `imdsv1-allowed`.
    pub name: Arc<str>,
    pub severity: Severity,
    pub title: String,
    pub help: String,
    pub url: String,
    /// Where the finding stands, with what is there.
    pub primary: Place,
    /// The resources concerned, sorted.
    pub addresses: Vec<Arc<str>>,
    /// CDK construct path.
    pub construct: Option<Arc<str>>,
    /// From the literal to its use; empty where the primary place says it all.
    pub chain: Vec<Place>,
    pub related: Vec<Place>,
    /// Only in `cannot_tell`: why.
    pub reason: Option<String>,
    /// Somebody said, with a reason, that it is not to be reported.
    pub suppression: Option<Suppression>,
    /// The commit that brought a secret in, where the history was looked through.
    pub commit: Option<Arc<Commit>>,
    /// The policy is mandatory: nothing silences it.
    pub mandatory: bool,
    /// Of a run that gates a change: nothing of it is in the change, so it is shown and fails nothing.
    pub existing: bool,
    /// Stable over moved lines; holds nothing derived from a secret.
    pub fingerprint: String,
    /// How it can be mended, the best first. Only where that was asked for.
    pub fixes: Vec<Fix>,
    /// What it rests on, until it is masked.
    pub basis: Box<Basis>,
}

/// What was said about a finding, and where: it is known, and does not fail a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub kind: SuppressionKind,
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`.
    pub until: Option<String>,
    /// Where it was said, with what it holds for.
    pub place: Place,
}

/// How something was said about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuppressionKind {
    /// A CDK app's `Validations.of(construct).acknowledge(...)`.
    Acknowledged,
    /// A comment in the code.
    Comment,
    /// Metadata of a template, a resource or a construct.
    Metadata,
    /// An entry of the baseline.
    Baseline,
}

/// What a run that gates only a change was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// As the user named it.
    pub since: String,
    /// The commit that the change begins at, in full; none where it was not found.
    pub base: Option<String>,
    /// Why all findings count, and not the change's alone.
    pub whole: Option<String>,
}

/// Two folders as they lie to each other, by relative paths with `/` between the names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The root of the work tree, from the working directory.
    pub root: String,
    /// The working directory, from the root.
    pub folder: String,
}

/// Something that could not be read, parsed or fully analysed, or bad usage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub kind: ProblemKind,
    /// As shown to the user, `/`-separated.
    pub path: String,
    /// Line and column from 1, where known.
    pub start: Option<(u32, u32)>,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    Syntax,
    Io,
    Limit,
    Config,
    Internal,
}

impl ProblemKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Io => "io",
            Self::Limit => "limit",
            Self::Config => "config",
            Self::Internal => "internal",
        }
    }
}

/// How much of the history was looked through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    pub commits: usize,
    /// Distinct texts of files.
    pub texts: usize,
}

/// Everything that a run has to say, sorted; what every reporter gets.
#[derive(Debug, Default)]
pub struct Outcome {
    pub findings: Vec<Finding>,
    pub cannot_tell: Vec<Finding>,
    /// Findings and open questions that somebody took the responsibility for.
    pub suppressed: Vec<Finding>,
    pub problems: Vec<Problem>,
    /// Something reaches what the run, or the configuration of its file, fails on.
    pub fails: bool,
    /// The least that fails the run, by the file that a finding stands in.
    pub fail_on: BTreeMap<FileId, FailOn>,
    /// Open questions are to be shown one by one.
    pub strict: bool,
    /// Of the files that something is said of: where the strict policies are on.
    pub strict_in: BTreeSet<FileId>,
    /// Files read as infrastructure code.
    pub files: usize,
    /// Resources in the code: blocks of Terraform, once for each instance of their module, and what templates and plans list.
    pub resources: usize,
    /// How much of the history was looked through, if that was asked for.
    pub history: Option<Looked>,
    /// What was compared with, where only a change is gated.
    pub gate: Option<Gate>,
    /// Where the working directory is in the work tree that is judged, if not at its root.
    pub repository: Option<Repository>,
    /// Entries of baselines that are of no use any more.
    pub stale: Vec<Stale>,
    /// Only where findings are to be accepted: the baselines as they are to be written.
    pub accepted: Option<Box<Accepted>>,
    /// The policies of the run, in the catalogue's order.
    pub rules: Vec<Rule>,
    /// What was said about findings, with what it comes to, in order of path and place.
    pub listed: Vec<Listed>,
    /// What other tools are told, where that was asked for.
    pub imported: Vec<Imported>,
    /// What must not be printed. Texts above have passed it; those of sources do in [`Outcome::masked`].
    pub(crate) redactor: Redactor,
}

impl Outcome {
    /// Takes every secret out of every text. The last step before anybody prints, compares or keeps an outcome.
    #[must_use]
    pub fn masked_by(mut self, redactor: Redactor) -> Self {
        let kinds = [&mut self.findings, &mut self.cannot_tell, &mut self.suppressed];
        for finding in kinds.into_iter().flatten() {
            finding.mask(&redactor);
        }
        for problem in &mut self.problems {
            problem.mask(&redactor);
        }
        self.stale.iter_mut().for_each(|stale| stale.mask(&redactor));
        for (_, finding) in self.accepted.iter_mut().flat_map(|accepted| &mut accepted.refused) {
            finding.mask(&redactor);
        }
        for rule in &mut self.rules {
            rule.mask(&redactor);
        }
        for text in self.gate.iter_mut().flat_map(|gate| [&mut gate.since].into_iter().chain(&mut gate.whole))
        {
            *text = redactor.redact(text);
        }
        for listed in &mut self.listed {
            listed.mask(&redactor);
        }
        for imported in &mut self.imported {
            imported.mask(&redactor);
        }
        self.redactor = redactor;
        self
    }

    /// The same with where the working directory is.
    #[must_use]
    pub fn lying_in(mut self, repository: Option<Repository>) -> Self {
        let redact = |text: String| self.redactor.redact(&text);
        self.repository =
            repository.map(|place| Repository { root: redact(place.root), folder: redact(place.folder) });
        self
    }

    /// Whether a finding or an open question counts towards failing the run.
    #[must_use]
    pub fn is_failed_by(&self, finding: &Finding) -> bool {
        let fail_on = self.fail_on.get(&finding.primary.site.file).copied().unwrap_or_default();
        !finding.existing && finding.suppression.is_none() && fail_on.is_reached_by(finding)
    }

    /// The files that findings stand in, for whoever shows pieces of them.
    #[must_use]
    pub fn masked<'a>(&'a self, sources: &'a Sources) -> Masked<'a> {
        Masked::new(sources, &self.redactor)
    }
}

impl Finding {
    fn mask(&mut self, redactor: &Redactor) {
        // Taken apart as a whole, so that a field that joins is not forgotten.
        let Self {
            code: _,
            name: _,
            severity: _,
            title,
            help,
            url: _,
            primary,
            addresses,
            construct,
            chain,
            related,
            reason,
            suppression,
            commit,
            mandatory: _,
            existing: _,
            fingerprint: _,
            fixes,
            basis,
        } = self;
        fixes.retain_mut(|fix| fix.mask(redactor));
        **basis = Basis::default();
        let said = suppression.iter_mut().flat_map(|said| [&mut said.reason, &mut said.place.label]);
        let places = [primary].into_iter().chain(chain).chain(related).map(|place| &mut place.label);
        for text in [title, help].into_iter().chain(reason).chain(said).chain(places) {
            if let Some(redacted) = redactor.redacted(text) {
                *text = redacted;
            }
        }
        for name in addresses.iter_mut().chain(construct) {
            if let Some(redacted) = redactor.redacted(name) {
                *name = redacted.into();
            }
        }
        if let Some(commit) = commit {
            let author = redactor.redact(&commit.author);
            Arc::make_mut(commit).author = author;
        }
    }
}

impl Problem {
    pub(crate) fn mask(&mut self, redactor: &Redactor) {
        self.path = redactor.redact(&self.path);
        self.message = redactor.redact(&self.message);
    }
}

//! An outcome resolved for printing: paths, lines and columns in place of spans, sorted.
//! This is also the contract of `--format json`.

mod paths;
mod resolve;
mod words;

pub use words::{EffectWord, Level, ProblemLevel, SafetyWord, SuppressionWord};

use crate::findings::{Finding, Masked, Outcome};
use crate::source::{FileId, Site, Span};
pub(in crate::report) use resolve::Resolve;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `keyless check --format json` prints. Fields may be added.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of this contract.
    pub version: u32,
    /// What the code does wrong, sorted by path, start and code.
    pub findings: Vec<Diagnostic>,
    /// What a policy asks and the code alone does not answer; `reason` says why.
    pub cannot_tell: Vec<Diagnostic>,
    /// Findings and open questions that somebody took the responsibility for, with the reason and where it was said;
    /// they do not count.
    pub suppressed: Vec<Diagnostic>,
    /// What could not be read, parsed or fully analysed, and bad usage.
    pub problems: Vec<ProblemView>,
    /// Only with `--changed-since`: what the change was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateView>,
    /// Entries of baselines that are of no use any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<StaleView>,
    /// Something reaches what the run, or the configuration of its file, fails on: without problems, the exit code is 1.
    pub fails: bool,
    /// Only where paths are not relative to the root of the repository: how they become so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<RepositoryView>,
    pub summary: Summary,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// The policy's code, such as `IMDS01`.
    pub code: String,
    /// The policy's name, such as `imdsv1-allowed`.
    pub name: String,
    pub severity: Level,
    pub title: String,
    pub help: String,
    /// The policy's page.
    pub url: String,
    /// Relative to the working directory, with `/` between the names.
    pub path: String,
    pub start: Point,
    /// Just after the last character.
    pub end: Point,
    /// What is at this place.
    pub label: String,
    /// The resources concerned: Terraform addresses or CloudFormation logical ids.
    pub addresses: Vec<String>,
    /// The CDK construct path.
    pub construct: Option<String>,
    /// The way of the value, from the literal to its use.
    pub chain: Vec<PlaceView>,
    /// Other places that matter.
    pub related: Vec<PlaceView>,
    /// Only in `cannot_tell`: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Only in `suppressed`: why, and where it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppression: Option<SuppressionView>,
    /// Its policy is mandatory: nothing silences it.
    pub mandatory: bool,
    /// With `--changed-since`, nothing of it is in the change: it is shown and fails nothing.
    pub existing: bool,
    /// It counts towards failing the run, as `--fail-on` or the configuration of its file says.
    pub fails: bool,
    /// Only of a secret, and with `--history`: the earliest commit that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<CommitView>,
    /// The same as long as the finding is the same, wherever its lines move.
    pub fingerprint: String,
    /// How it can be mended, the best first. Edits were tried: after them the finding is gone, and nothing else has come up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<OfferView>,
    #[serde(skip, default = "nowhere")]
    pub(super) site: Site,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfferView {
    /// What it does.
    pub title: String,
    pub safety: SafetyWord,
    /// What deploying it does to what is deployed.
    pub effect: EffectWord,
    /// Why that is so.
    pub because: String,
    /// What has to be done beside it, or to be known before; empty: nothing.
    pub note: String,
    /// Sorted by path and place; none where it has to be written by hand.
    pub edits: Vec<EditView>,
}

/// A piece of a file that gets another text; an empty one where that is inserted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EditView {
    pub path: String,
    pub start: Point,
    /// Just after the last character.
    pub end: Point,
    pub text: String,
    #[serde(skip, default = "nowhere")]
    pub(super) site: Site,
}

/// Line and column, both from 1; the column counts Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    pub line: u32,
    pub column: u32,
    /// The column counted in bytes of UTF-8, where that is another number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_column: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PlaceView {
    pub path: String,
    pub start: Point,
    pub end: Point,
    pub label: String,
    #[serde(skip, default = "nowhere")]
    pub(super) site: Site,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SuppressionView {
    pub kind: SuppressionWord,
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`; null where it holds for ever.
    pub until: Option<String>,
    /// Where it was said.
    pub place: PlaceView,
}

/// An entry of a baseline that accepts nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct StaleView {
    /// The baseline.
    pub path: String,
    /// Where the entry stands in it.
    pub start: Point,
    /// The policy's code.
    pub code: String,
    /// The file that it accepts a finding in, from the root.
    pub accepts: String,
    pub addresses: Vec<String>,
    /// The last day on which it held, where what it is about is there; else that is there no more.
    pub expired: Option<String>,
}

/// What a change was compared with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GateView {
    /// As `--changed-since` names it.
    pub since: String,
    /// The commit that the change begins at, in full; null where it was not found.
    pub base: Option<String>,
    /// Why all findings count, and not the change's alone; null where the change's alone do.
    pub whole: Option<String>,
}

/// Where the working directory is in the git work tree that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepositoryView {
    /// The root of the work tree, relative to the working directory: `../..`, or `checkout`.
    pub root: String,
    /// The working directory, relative to that root: `infra/live`, or `..`.
    pub folder: String,
}

/// A commit that brought a secret in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct CommitView {
    /// In full, in hexadecimal.
    pub id: String,
    /// When its author wrote it, as RFC 3339; null where the commit does not say.
    pub time: Option<String>,
    /// Name and address, as `git log` has them.
    pub author: String,
    /// Whether the secret still stands in the working tree: then path and place are those of today, else those in this
    /// commit.
    pub in_tree: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ProblemView {
    pub kind: ProblemLevel,
    pub path: String,
    pub start: Option<Point>,
    pub message: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Files read as infrastructure code.
    pub files: usize,
    /// Resources in the code: blocks of Terraform, once for each instance of their module, and what templates and plans list.
    pub resources: usize,
    /// Findings by severity.
    pub findings: Counts,
    pub cannot_tell: usize,
    pub suppressed: usize,
    pub problems: usize,
    /// Only with `--history`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<HistoryView>,
}

/// How much of the history was looked through.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub struct HistoryView {
    pub commits: usize,
    /// Distinct texts of files.
    pub texts: usize,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub error: usize,
    pub warning: usize,
    pub note: usize,
}

impl Report {
    /// The version of the contract.
    pub(super) const VERSION: u32 = 1;

    #[must_use]
    pub fn new(outcome: &Outcome, sources: Masked<'_>) -> Self {
        let resolve = Resolve::new(outcome, sources);
        let all = [&outcome.findings, &outcome.cannot_tell, &outcome.suppressed];
        let told = all.map(|findings| resolve.all(findings));
        Self::of(outcome, &resolve, told)
    }

    /// The same of an outcome whose findings were taken out of it: each goes once it is resolved, since there may be more of
    /// them than there is room for twice.
    #[must_use]
    pub fn taking(told: [Vec<Finding>; 3], outcome: &Outcome, sources: Masked<'_>) -> Self {
        let resolve = Resolve::new(outcome, sources);
        let told = told.map(|findings| resolve.all(findings));
        Self::of(outcome, &resolve, told)
    }

    fn of(outcome: &Outcome, resolve: &Resolve<'_>, told: [Vec<Diagnostic>; 3]) -> Self {
        let [findings, cannot_tell, suppressed] = told;
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let counts =
            Counts { error: count(Level::Error), warning: count(Level::Warning), note: count(Level::Note) };
        let mut problems: Vec<_> = outcome.problems.iter().map(|problem| resolve.problem(problem)).collect();
        problems.sort_by(|a, b| {
            (&a.path, a.start, a.kind, &a.message).cmp(&(&b.path, b.start, b.kind, &b.message))
        });
        problems.dedup();
        Self {
            version: Self::VERSION,
            gate: outcome.gate.as_ref().map(|gate| GateView {
                since: gate.since.clone(),
                base: gate.base.clone(),
                whole: gate.whole.clone(),
            }),
            repository: outcome
                .repository
                .as_ref()
                .map(|place| RepositoryView { root: place.root.clone(), folder: place.folder.clone() }),
            stale: resolve.stale(&outcome.stale),
            fails: outcome.fails,
            summary: Summary {
                files: outcome.files,
                resources: outcome.resources,
                findings: counts,
                cannot_tell: cannot_tell.len(),
                suppressed: suppressed.len(),
                problems: problems.len(),
                history: outcome
                    .history
                    .map(|looked| HistoryView { commits: looked.commits, texts: looked.texts }),
            },
            problems,
            findings,
            cannot_tell,
            suppressed,
        }
    }
}

/// What was read from JSON stands in no source of this run.
fn nowhere() -> Site {
    Site::new(FileId(u32::MAX), Span::default())
}

/// How a commit is called in sentences.
fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

impl GateView {
    /// The commit that the change begins at, as sentences call it.
    pub(super) fn short_base(&self) -> Option<&str> {
        self.base.as_deref().map(short)
    }
}

impl CommitView {
    /// How it is called in sentences.
    pub(super) fn short(&self) -> &str {
        short(&self.id)
    }

    /// `1234567890 of 2024-03-01 by Ann <ann@example.org>`.
    pub(super) fn told(&self) -> String {
        let short = self.short();
        let day = self.time.as_deref().and_then(|time| time.get(..10));
        let day = day.map_or_else(String::new, |day| format!(" of {day}"));
        format!("{short}{day} by {}", self.author)
    }
}

impl Diagnostic {
    pub(super) fn order(&self) -> impl Ord {
        let past = self.commit.as_ref().filter(|commit| !commit.in_tree);
        (
            &self.path,
            self.start,
            &self.code,
            self.end,
            &self.title,
            &self.addresses,
            past.map(|commit| (&commit.time, &commit.id)),
            &self.fingerprint,
        )
    }
}

//! An outcome resolved for printing: paths, lines and columns in place of spans, sorted.
//! This is also the contract of `--format json`.

use crate::findings::{Finding, Masked, Outcome, Place, Problem, Severity, Suppression, SuppressionKind};
use crate::source::{FileId, Position, Site, Span};
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
    /// Something reaches what the run, or the configuration of its file, fails on: without problems, the exit code is 1.
    pub fails: bool,
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
    /// Only of a secret, and with `--history`: the earliest commit that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<CommitView>,
    /// The same as long as the finding is the same, wherever its lines move.
    pub fingerprint: String,
    #[serde(skip, default = "nowhere")]
    pub(super) site: Site,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Error,
    Warning,
    Note,
}

/// Line and column, both from 1; the column counts Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    pub line: u32,
    pub column: u32,
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

/// How it was said: in an app of the CDK (`acknowledge`), a comment, metadata, or an entry of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuppressionWord {
    Acknowledged,
    Comment,
    Metadata,
    Baseline,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProblemLevel {
    Syntax,
    Io,
    Limit,
    Config,
    Internal,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Files read as infrastructure code.
    pub files: usize,
    /// Resources judged.
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
    #[must_use]
    pub fn new(outcome: &Outcome, sources: Masked<'_>) -> Self {
        let resolve = Resolve { sources };
        let count = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
        let mut problems: Vec<_> = outcome.problems.iter().map(|problem| resolve.problem(problem)).collect();
        problems.sort_by(|a, b| {
            (&a.path, a.start, a.kind, &a.message).cmp(&(&b.path, b.start, b.kind, &b.message))
        });
        problems.dedup();
        Self {
            version: 1,
            findings: resolve.all(&outcome.findings),
            cannot_tell: resolve.all(&outcome.cannot_tell),
            gate: outcome.gate.as_ref().map(|gate| GateView {
                since: gate.since.clone(),
                base: gate.base.clone(),
                whole: gate.whole.clone(),
            }),
            suppressed: resolve.all(&outcome.suppressed),
            fails: outcome.fails,
            summary: Summary {
                files: outcome.files,
                resources: outcome.resources,
                findings: Counts {
                    error: count(Severity::Error),
                    warning: count(Severity::Warning),
                    note: count(Severity::Note),
                },
                cannot_tell: outcome.cannot_tell.len(),
                suppressed: outcome.suppressed.len(),
                problems: problems.len(),
                history: outcome
                    .history
                    .map(|looked| HistoryView { commits: looked.commits, texts: looked.texts }),
            },
            problems,
        }
    }
}

/// What was read from JSON stands in no source of this run.
fn nowhere() -> Site {
    Site::new(FileId(u32::MAX), Span::default())
}

struct Resolve<'a> {
    sources: Masked<'a>,
}

impl Resolve<'_> {
    fn all(&self, findings: &[Finding]) -> Vec<Diagnostic> {
        let mut all: Vec<_> = findings.iter().map(|finding| self.diagnostic(finding)).collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all
    }

    fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let place = self.place(&finding.primary);
        Diagnostic {
            code: finding.code.to_string(),
            name: finding.name.to_string(),
            severity: finding.severity.into(),
            title: finding.title.clone(),
            help: finding.help.clone(),
            url: finding.url.clone(),
            path: place.path,
            start: place.start,
            end: place.end,
            label: place.label,
            addresses: finding.addresses.iter().map(ToString::to_string).collect(),
            construct: finding.construct.as_ref().map(ToString::to_string),
            chain: finding.chain.iter().map(|place| self.place(place)).collect(),
            related: finding.related.iter().map(|place| self.place(place)).collect(),
            reason: finding.reason.clone(),
            suppression: finding.suppression.as_ref().map(|said| self.suppression(said)),
            mandatory: finding.mandatory,
            existing: finding.existing,
            commit: finding.commit.as_ref().map(|commit| CommitView {
                id: commit.id.clone(),
                time: commit.time.clone(),
                author: commit.author.clone(),
                in_tree: self.sources.commit(finding.primary.site.file).is_none(),
            }),
            fingerprint: finding.fingerprint.clone(),
            site: finding.primary.site,
        }
    }

    fn suppression(&self, said: &Suppression) -> SuppressionView {
        SuppressionView {
            kind: said.kind.into(),
            reason: said.reason.clone(),
            until: said.until.clone(),
            place: self.place(&said.place),
        }
    }

    fn place(&self, place: &Place) -> PlaceView {
        let (start, end) = self.sources.positions(place.site);
        PlaceView {
            path: self.sources.path(place.site.file),
            start: start.into(),
            end: end.into(),
            label: place.label.clone(),
            site: place.site,
        }
    }

    fn problem(&self, problem: &Problem) -> ProblemView {
        ProblemView {
            kind: problem.kind.into(),
            path: problem.path.clone(),
            start: problem.start.map(|(line, column)| Point { line, column }),
            message: problem.message.clone(),
        }
    }
}

impl CommitView {
    /// How it is called in sentences.
    pub(super) fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
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
    fn order(&self) -> impl Ord {
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

impl Level {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl ProblemLevel {
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

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

impl From<SuppressionKind> for SuppressionWord {
    fn from(kind: SuppressionKind) -> Self {
        match kind {
            SuppressionKind::Acknowledged => Self::Acknowledged,
            SuppressionKind::Comment => Self::Comment,
            SuppressionKind::Metadata => Self::Metadata,
            SuppressionKind::Baseline => Self::Baseline,
        }
    }
}

impl From<crate::findings::ProblemKind> for ProblemLevel {
    fn from(kind: crate::findings::ProblemKind) -> Self {
        use crate::findings::ProblemKind;
        match kind {
            ProblemKind::Syntax => Self::Syntax,
            ProblemKind::Io => Self::Io,
            ProblemKind::Limit => Self::Limit,
            ProblemKind::Config => Self::Config,
            ProblemKind::Internal => Self::Internal,
        }
    }
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

//! What `keyless exceptions` prints: what was said about findings, who said it, until when, and what it comes to.

use super::escape::visible;
use super::view::{PlaceView, ProblemView, Resolve, SuppressionWord};
use crate::findings::{Listed, ListedState, Masked, Outcome};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What `keyless exceptions --format json` prints. Fields may be added.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExceptionReport {
    /// The version of this contract.
    pub version: u32,
    /// Sorted by path and start.
    pub exceptions: Vec<ExceptionView>,
    /// What could not be read, parsed or fully analysed, and bad usage.
    pub problems: Vec<ProblemView>,
}

/// An exception, an acknowledgement or an accepted finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExceptionView {
    pub place: PlaceView,
    pub kind: SuppressionWord,
    /// It holds for all of its file.
    pub of_file: bool,
    pub policies: Vec<PolicyView>,
    /// Empty where none is stated.
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`; null where it holds for ever.
    pub until: Option<String>,
    /// Days that are left: 0 on the last one, negative after it.
    pub days_left: Option<i64>,
    /// The commit that brought its line in; null where it is not committed, or git cannot tell.
    pub commit: Option<OwnerView>,
    /// Days since then.
    pub age_days: Option<i64>,
}

/// Who brought a line in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OwnerView {
    /// The commit, in full, in hexadecimal.
    pub id: String,
    /// When its author wrote it, as RFC 3339; null where the commit does not say.
    pub time: Option<String>,
    /// Name and address, as `git log` has them.
    pub author: String,
}

/// What it comes to for a policy that it names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PolicyView {
    /// As written: a code or a name.
    pub named: String,
    pub state: StateWord,
    /// Findings and open questions that it is about.
    pub findings: usize,
}

/// Used: it is why something is not reported; unused: there is nothing that it is about; not judged: its policy is not on
/// here, or the run does not see everything; mandatory: it is reported all the same; the others say why it is not in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StateWord {
    Used,
    Unused,
    NotJudged,
    Mandatory,
    Expired,
    WithoutReason,
    NoPolicy,
    NotUnderstood,
}

impl ExceptionReport {
    #[must_use]
    pub fn new(outcome: &Outcome, sources: Masked<'_>) -> Self {
        let resolve = Resolve::new(outcome, sources);
        let mut exceptions: Vec<_> = outcome.listed.iter().map(|listed| view(listed, &resolve)).collect();
        let order = |view: &ExceptionView| (view.place.path.clone(), view.place.start);
        exceptions.sort_by_cached_key(order);
        Self {
            version: 1,
            exceptions,
            problems: outcome.problems.iter().map(|problem| resolve.problem(problem)).collect(),
        }
    }
}

fn view(listed: &Listed, resolve: &Resolve<'_>) -> ExceptionView {
    ExceptionView {
        place: resolve.place(&listed.place),
        kind: listed.kind.into(),
        of_file: listed.of_file,
        policies: listed
            .policies
            .iter()
            .map(|policy| PolicyView {
                named: policy.named.clone(),
                state: policy.state.into(),
                findings: policy.findings,
            })
            .collect(),
        reason: listed.reason.clone(),
        until: listed.until.map(|until| until.to_string()),
        days_left: listed.days_left,
        commit: listed.commit.as_ref().map(|commit| OwnerView {
            id: commit.id.clone(),
            time: commit.time.clone(),
            author: commit.author.clone(),
        }),
        age_days: listed.age_days,
    }
}

impl From<ListedState> for StateWord {
    fn from(state: ListedState) -> Self {
        match state {
            ListedState::Used => Self::Used,
            ListedState::Unused => Self::Unused,
            ListedState::NotJudged => Self::NotJudged,
            ListedState::Mandatory => Self::Mandatory,
            ListedState::Expired => Self::Expired,
            ListedState::WithoutReason => Self::WithoutReason,
            ListedState::NoPolicy => Self::NoPolicy,
            ListedState::NotUnderstood => Self::NotUnderstood,
        }
    }
}

impl StateWord {
    fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Unused => "unused",
            Self::NotJudged => "not judged",
            Self::Mandatory => "mandatory",
            Self::Expired => "expired",
            Self::WithoutReason => "no reason",
            Self::NoPolicy => "no policy",
            Self::NotUnderstood => "not understood",
        }
    }
}

/// Prints a list as JSON.
pub fn write_list(report: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}

/// The JSON schema of the list, as it stands in `schema/exceptions.schema.json`.
#[must_use]
pub fn exceptions_schema() -> String {
    schema_of::<ExceptionReport>("keyless exceptions")
}

pub(super) fn schema_of<T: JsonSchema>(title: &str) -> String {
    let mut schema = schemars::schema_for!(T);
    schema.insert("title".to_owned(), title.into());
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

const HEAD: [&str; 8] = ["PLACE", "POLICY", "STATE", "FINDINGS", "UNTIL", "AGE", "OWNER", "REASON"];

/// Prints the list as a table, a row a policy, and how many there are of each state.
pub fn write_exceptions(report: &ExceptionReport, out: &mut dyn Write) -> io::Result<()> {
    if report.exceptions.is_empty() {
        return writeln!(out, "no exceptions");
    }
    let mut rows = vec![HEAD.map(str::to_owned)];
    for exception in &report.exceptions {
        rows.extend(exception.policies.iter().map(|policy| row(exception, policy)));
    }
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|at| {
            rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for policy in report.exceptions.iter().flat_map(|exception| &exception.policies) {
        *states.entry(policy.state.as_str()).or_default() += 1;
    }
    let mut states: Vec<_> = states.into_iter().collect();
    states.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let states: Vec<_> = states.iter().map(|(state, count)| format!("{count} {state}")).collect();
    let count = report.exceptions.len();
    writeln!(out, "{count} exception{}: {}", if count == 1 { "" } else { "s" }, states.join(", "))
}

fn row(exception: &ExceptionView, policy: &PolicyView) -> [String; 8] {
    let place = &exception.place;
    let of_file = if exception.of_file { " (file)" } else { "" };
    let until = exception.until.as_deref().map_or_else(String::new, |until| match exception.days_left {
        Some(left) => format!("{until} ({})", left_in_words(left)),
        None => until.to_owned(),
    });
    let owner = exception.commit.as_ref().map_or("", |commit| commit.author.as_str());
    let owner = owner.split(" <").next().unwrap_or_default();
    let is_understood = policy.state != StateWord::NotUnderstood;
    let reason = if is_understood { &exception.reason } else { &place.label };
    [
        format!("{}:{}{of_file}", visible(&place.path), place.start.line),
        visible(&policy.named).into_owned(),
        policy.state.as_str().to_owned(),
        policy.findings.to_string(),
        until,
        exception.age_days.map_or_else(String::new, days),
        visible(owner).into_owned(),
        visible(reason).into_owned(),
    ]
}

fn days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn left_in_words(left: i64) -> String {
    match left {
        0 => "last day".to_owned(),
        left if left < 0 => format!("{} ago", days(-left)),
        left => format!("{} left", days(left)),
    }
}

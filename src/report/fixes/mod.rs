//! What `keyless fix` prints: fixes with what becomes of them, and patches. Its JSON is a contract.

mod patch;
mod text;

use super::escape::inert_json;
use super::exceptions::schema_of;
use super::view::{EffectWord, Level, Point, ProblemView, SafetyWord};
use crate::findings::Problem;
use crate::findings::mended::{FixTold, Mended};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};
pub use text::{write_fixes, write_left, write_patches};

/// What `keyless fix --format json` prints. Fields may be added.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FixReport {
    /// The version of this contract.
    pub version: u32,
    /// Sorted by state, path and place.
    pub fixes: Vec<FixView>,
    /// The files that are edited, sorted by path.
    pub files: Vec<FileView>,
    /// Findings that are left and that keyless knows no way to mend.
    pub without_fix: usize,
    /// What could not be read, parsed, fully analysed or written, and bad usage.
    pub problems: Vec<ProblemView>,
}

/// A fix, the finding that it mends, and what becomes of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FixView {
    pub state: FixState,
    /// Only of what is refused: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The policy's code, such as `IMDS01`.
    pub code: String,
    /// The finding's; null of an open question.
    pub severity: Option<Level>,
    /// What is wrong.
    pub finding: String,
    /// Where the finding stands, before anything is mended.
    pub path: String,
    pub line: u32,
    pub column: u32,
    /// What the fix does.
    pub title: String,
    pub safety: SafetyWord,
    /// What deploying it does to what is deployed.
    pub effect: EffectWord,
    /// Why that is so.
    pub because: String,
    /// What has to be done beside it, or to be known before; empty: nothing.
    pub note: String,
    /// The files that it edits.
    pub edits: Vec<String>,
}

/// Mended: it is among what is (or would be) written; refused: it does not hold; unsafe: it waits for `--unsafe-fixes`; by
/// hand: it can only be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FixState {
    Mended,
    Refused,
    Unsafe,
    ByHand,
}

/// A file that is edited.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FileView {
    pub path: String,
    /// As a unified diff, with secrets masked.
    pub diff: String,
    /// Why no program can apply the diff; null where one can.
    pub only_read: Option<String>,
    /// Whether it is written; null without `--write`.
    pub written: Option<bool>,
}

impl FixReport {
    /// `written` are the files that were, as shown; none where nothing was to be.
    #[must_use]
    pub fn new(mended: &Mended, problems: &[Problem], written: Option<&Vec<String>>) -> Self {
        let with = |state: FixState| move |told: &FixTold| FixView::new(told, state, None);
        let refused = |(told, why): &(FixTold, String)| FixView::new(told, FixState::Refused, Some(why));
        let fixes = mended.applied.iter().map(with(FixState::Mended));
        let fixes = fixes.chain(mended.refused.iter().map(refused));
        let fixes = fixes.chain(mended.waiting.iter().map(with(FixState::Unsafe)));
        let fixes = fixes.chain(mended.advice.iter().map(with(FixState::ByHand)));
        let files = mended.patches.iter().map(|patch| FileView {
            path: patch.shown.clone(),
            diff: patch::plain(patch),
            only_read: patch::only_read(patch).map(str::to_owned),
            written: written.map(|written| written.contains(&patch.shown)),
        });
        let problem = |problem: &Problem| ProblemView {
            kind: problem.kind.into(),
            path: problem.path.clone(),
            start: problem.start.map(|(line, column)| Point { line, column, byte_column: None }),
            message: problem.message.clone(),
        };
        Self {
            version: 1,
            fixes: fixes.collect(),
            files: files.collect(),
            without_fix: mended.unmended,
            problems: problems.iter().map(problem).collect(),
        }
    }

    fn of_state(&self, state: FixState) -> Vec<&FixView> {
        self.fixes.iter().filter(|fix| fix.state == state).collect()
    }
}

impl FixView {
    fn new(told: &FixTold, state: FixState, why: Option<&String>) -> Self {
        Self {
            state,
            why: why.cloned(),
            code: told.code.clone(),
            severity: told.severity.map(Level::from),
            finding: told.finding.clone(),
            path: told.path.clone(),
            line: told.line,
            column: told.column,
            title: told.title.clone(),
            safety: told.safety.into(),
            effect: told.effect.into(),
            because: told.because.clone(),
            note: told.note.clone(),
            edits: told.files.clone(),
        }
    }
}

/// Prints all of it as JSON.
pub fn write_fix_json(report: &FixReport, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_vec_pretty(report)?;
    out.write_all(&inert_json(&json))?;
    writeln!(out)
}

/// The JSON schema of it, as it stands in `schema/fixes.schema.json`.
#[must_use]
pub fn fixes_schema() -> String {
    schema_of::<FixReport>("keyless fix")
}

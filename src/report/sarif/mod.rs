//! `--format sarif`: SARIF 2.1.0, within what GitHub's code scanning takes.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>
//!
//! `message.text` is what GitHub calls an alert, by its first sentence. Paths are those of the repository. Nothing depends
//! on the machine or the time. There are no `fixes` as long as findings bring no edits.

mod location;
mod merge;
mod notification;
mod result;
mod rule;
mod uri;

pub use merge::{SarifMerge, verdict};

use super::view::Diagnostic;
use super::{Context, Report};
use rule::Rules;
use serde_json::{Value, json};
use serde_sarif::sarif as s;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Results that GitHub shows of a run; the rest of what it takes (25,000) it drops.
const RESULTS: usize = 5_000;
/// GitHub takes 10 MB of gzip. Results repeat their keys and paths, so this many bytes of them stay far below.
const BYTES: usize = 24 << 20;
/// The base of all relative paths.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = Rules::new(report, context.rules);
    let results = results(report, context, &rules)?;
    let invocation = notification::invocation(report, context, &results);
    let run = s::Run::builder()
        .tool(tool(&rules))
        .invocations(vec![invocation])
        .original_uri_base_ids(base())
        .column_kind("unicodeCodePoints")
        .results(results.kept)
        .build();
    let log = s::Sarif::builder().schema(SCHEMA).version("2.1.0").runs(vec![run]).build();
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn tool(rules: &Rules<'_>) -> s::Tool {
    let version = env!("CARGO_PKG_VERSION");
    let driver = s::ToolComponent::builder()
        .name("keyless")
        .full_name(format!("keyless {version}"))
        .version(version)
        .semantic_version(version)
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .short_description(multiformat(env!("CARGO_PKG_DESCRIPTION")))
        .rules(rules.descriptors())
        .notifications(notification::descriptors())
        .build();
    s::Tool::builder().driver(driver).build()
}

/// Where it lies is nobody's business, and would differ from machine to machine.
fn base() -> BTreeMap<String, s::ArtifactLocation> {
    let description = message("The root of the repository; without one, the working directory.");
    BTreeMap::from([(ROOT.to_owned(), s::ArtifactLocation::builder().description(description).build())])
}

/// The worst of what there is to say.
struct Results {
    kept: Vec<s::Result>,
    left_out: usize,
}

/// Findings before open questions before what is suppressed, the worst first, and as many as fit.
fn results(report: &Report, context: Context<'_>, rules: &Rules<'_>) -> io::Result<Results> {
    let open = report.cannot_tell.iter().filter(|open| context.strict || open.fails);
    let suppressed = report.suppressed.iter().filter(|_| !context.hide_suppressed);
    let mut all: Vec<&Diagnostic> = report.findings.iter().chain(open).chain(suppressed).collect();
    all.sort_by_key(|diagnostic| {
        (
            diagnostic.suppression.is_some(),
            diagnostic.reason.is_some(),
            diagnostic.severity,
            diagnostic.existing,
        )
    });
    let mut kept = Vec::new();
    let mut bytes = 0;
    for diagnostic in all.iter().take(RESULTS) {
        let result = result::of(diagnostic, report, rules);
        bytes += serde_json::to_vec(&result)?.len();
        if bytes > BYTES {
            break;
        }
        kept.push(result);
    }
    let left_out = all.len() - kept.len();
    Ok(Results { kept, left_out })
}

fn message(text: &str) -> s::Message {
    s::Message::builder().text(text).build()
}

fn multiformat(text: &str) -> s::MultiformatMessageString {
    s::MultiformatMessageString::builder().text(text).build()
}

/// Properties of our own, or of GitHub's.
fn properties(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> s::PropertyBag {
    let pairs: BTreeMap<String, Value> =
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    s::PropertyBag::builder().additional_properties(pairs).build()
}

fn level(level: super::Level) -> Value {
    json!(level.as_str())
}

//! `keyless baseline`: writes down which findings are accepted.

use super::args::Baseline;
use super::check::on_pool;
use super::{CLEAN, Done, FINDINGS, NOT_JUDGED};
use crate::engine::{self, Accept, Baselines, CheckRequest};
use crate::findings::{Accepted, Finding, Outcome, Refusal, Rewritten};
use crate::report::{self, Context, Format, Report};
use crate::source::Sources;
use crate::system::{System, explain};
use std::io::{self, Write};

/// Findings that are named when they are refused.
const NAMED: usize = 20;

pub(super) fn run(arguments: &Baseline, system: &dyn System, out: &mut dyn Write) -> Done {
    let sources = Sources::default();
    let request = CheckRequest {
        baseline: Baselines::Nearest,
        accept: Some(Accept {
            output: arguments.output.clone(),
            reason: arguments.reason.clone().unwrap_or_default(),
            include_secrets: arguments.include_secrets,
            only_prune: arguments.prune,
        }),
        ..arguments.judged.request(arguments.code.request())
    };
    let mut outcome = on_pool(None, || engine::check(&request, system, &sources))
        .unwrap_or_else(|problem| Outcome { problems: vec![problem], ..Outcome::default() });
    let accepted = outcome.accepted.take().unwrap_or_default();
    if !outcome.problems.is_empty() {
        return Done { code: NOT_JUDGED, written: refuse_all(&outcome, &sources, out) };
    }
    let written = write_all(&accepted, system)
        .and_then(|()| accepted.files.iter().try_for_each(|file| say(file, out)))
        .and_then(|()| say_refused(&accepted, &sources, &outcome, out));
    Done { code: if accepted.refused.is_empty() { CLEAN } else { FINDINGS }, written }
}

/// A baseline of what was judged in part would be no account of it.
fn refuse_all(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let only_problems =
        Outcome { problems: outcome.problems.clone(), files: outcome.files, ..Outcome::default() };
    let context = Context::of(outcome.masked(sources));
    report::write(&Format::Concise, &Report::new(&only_problems, context.sources), context, out)?;
    writeln!(out, "nothing is written: what could not be judged has no baseline")
}

fn write_all(accepted: &Accepted, system: &dyn System) -> io::Result<()> {
    accepted.files.iter().try_for_each(|file| {
        let Some(text) = &file.text else { return Ok(()) };
        let failed = |error: io::Error| io::Error::other(format!("{}: {}", file.shown, explain(&error)));
        system.replace(&file.path, text.as_bytes()).map_err(failed)
    })
}

fn say(file: &Rewritten, out: &mut dyn Write) -> io::Result<()> {
    let Rewritten { shown, text, added, kept, pruned, expired, .. } = file;
    let shown = report::visible(shown);
    if *added + *kept + *pruned == 0 {
        return writeln!(out, "{shown}: nothing to accept");
    }
    let unchanged = if text.is_none() { ", unchanged" } else { "" };
    writeln!(out, "{shown}: {added} added, {kept} kept, {pruned} pruned{unchanged}")?;
    match expired {
        0 => Ok(()),
        _ => writeln!(out, "  {expired} of those kept expired: say another `until`, or take them out"),
    }
}

fn say_refused(
    accepted: &Accepted,
    sources: &Sources,
    outcome: &Outcome,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (refusal, why) in [
        (
            Refusal::Credential,
            "long-lived credentials are not accepted without --include-secrets; better take them out:",
        ),
        (Refusal::Mandatory, "mandatory policies are not silenced:"),
    ] {
        let refused: Vec<Finding> = accepted
            .refused
            .iter()
            .filter(|(of, _)| *of == refusal)
            .map(|(_, finding)| finding.clone())
            .collect();
        if refused.is_empty() {
            continue;
        }
        writeln!(out, "{why}")?;
        let of_these = Outcome { findings: refused, ..Outcome::default() };
        let masked = outcome.masked(sources);
        let mut report = Report::new(&of_these, masked);
        let more = report.findings.len().saturating_sub(NAMED);
        report.findings.truncate(NAMED);
        let context = Context::of(masked);
        report::write(&Format::Concise, &report, context, out)?;
        if more > 0 {
            writeln!(out, "and {more} more")?;
        }
    }
    Ok(())
}

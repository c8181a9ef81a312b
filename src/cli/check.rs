//! `keyless check`: judges code, prints the outcome, and turns it into an exit code.

use super::args::Check;
use super::{CLEAN, Done, FINDINGS, NOT_JUDGED, panics};
use crate::engine::{self, CheckRequest, mend};
use crate::findings::{Outcome, Problem, ProblemKind};
use crate::report::{Context, Report, Web};
use crate::source::Sources;
use crate::system::{System, address_space};
use std::io::Write;

/// Parsers and evaluators recurse, within their own limits, on stacks of this size. Only what is used is taken.
const STACK: usize = 128 << 20;

/// Address space that the allocator takes for a thread before it holds anything.
const RESERVED: usize = 64 << 20;

/// More threads than this cost more than they bring, and take seconds to start.
const MAX_THREADS: usize = 256;

pub(super) fn run(arguments: &Check, system: &dyn System, out: &mut dyn Write) -> Done {
    judge(arguments, arguments.code.request(), system, out)
}

/// The same for code that is named otherwise than by the arguments.
pub(super) fn judge(
    arguments: &Check,
    named: CheckRequest,
    system: &dyn System,
    out: &mut dyn Write,
) -> Done {
    if let Err(error) = arguments.outputs.validate() {
        let _ = super::errors::refused(&error);
        return Done { code: NOT_JUDGED, written: Ok(()) };
    }
    let request = CheckRequest {
        changed_since: arguments.changed_since.clone(),
        baseline: arguments.known.baselines(),
        shard: arguments.shard,
        ..arguments.judged.request(named)
    };
    let judged = on_pool(arguments.threads, || judged(&request, arguments.outputs.has_fixes(), system));
    let (mut outcome, sources) = judged.unwrap_or_else(|problem| {
        (Outcome { problems: vec![problem], ..Outcome::default() }, Sources::default())
    });
    let paths: Vec<_> = request.paths.iter().map(|path| path.display().to_string()).collect();
    let told = [&mut outcome.findings, &mut outcome.cannot_tell, &mut outcome.suppressed].map(std::mem::take);
    let masked = outcome.masked(&sources);
    let report = Report::taking(told, &outcome, masked);
    let web = web(&report);
    let context = Context {
        sources: masked,
        paths: &paths,
        strict: arguments.judged.strict || outcome.strict,
        hide_suppressed: arguments.outputs.hide_suppressed,
        rules: &outcome.rules,
        web: web.as_ref(),
    };
    let written = arguments.outputs.write(&report, context, system, out);
    Done { code: code(&outcome), written }
}

/// With fixes that were tried, where an output carries them: then a tree that has any is judged again.
fn judged(request: &CheckRequest, has_fixes: bool, system: &dyn System) -> (Outcome, Sources) {
    if has_fixes {
        let judged = mend::judge_and_prove(request, system);
        return (judged.outcome, judged.sources);
    }
    let sources = Sources::default();
    (engine::check(request, system, &sources), sources)
}

/// Where files can be looked at on the web, as the environment of a CI job says.
pub(super) fn web(report: &Report) -> Option<Web> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Web::of_job(variable, report.repository.clone())
}

/// Runs on a pool of its own, so that `--threads` holds for all of the work.
pub(super) fn on_pool<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    let asked = count(threads, std::env::var("RAYON_NUM_THREADS").ok().as_deref());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(fitting(asked, address_space()))
        .stack_size(STACK)
        .build();
    match pool {
        Ok(pool) => panics::caught(|| pool.install(work)),
        Err(error) => Err(Problem {
            kind: ProblemKind::Internal,
            path: "--threads".to_owned(),
            start: None,
            message: format!("the threads cannot be started: {error}"),
        }),
    }
}

/// How many threads there are to be; 0: as many as there are processors.
fn count(asked: Option<u16>, environment: Option<&str>) -> usize {
    let known = || environment.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    asked.map_or_else(known, usize::from).min(MAX_THREADS)
}

/// As many of these threads as fit into half of the address space: who has none left aborts, and nothing is said of what
/// was read.
fn fitting(threads: usize, space: Option<u64>) -> usize {
    let Some(space) = space else { return threads };
    let fit = usize::try_from(space / 2).unwrap_or(usize::MAX) / (STACK + RESERVED);
    let wanted =
        if threads == 0 { std::thread::available_parallelism().map_or(1, Into::into) } else { threads };
    wanted.min(fit).max(1)
}

fn code(outcome: &Outcome) -> u8 {
    match (outcome.problems.is_empty(), outcome.fails) {
        (false, _) => NOT_JUDGED,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_as_many_as_are_asked_for_and_of_use() {
        for (asked, environment, expected) in [
            (None, None, 0),
            (Some(3), Some("7"), 3),
            (None, Some(" 7 "), 7),
            (None, Some("many"), 0),
            (None, Some("-1"), 0),
            (None, Some("99999999999999999999999"), 0),
            (None, Some("100000"), MAX_THREADS),
            (Some(u16::MAX), None, MAX_THREADS),
        ] {
            assert_eq!(count(asked, environment), expected, "{asked:?} {environment:?}");
        }
    }

    #[test]
    fn threads_fit_into_the_address_space_that_there_is() {
        for (threads, megabytes, expected) in [
            (8, 100, 1),
            (8, 500, 1),
            (8, 800, 2),
            (8, 1_700, 4),
            (2, 1_700, 2),
            (256, 1 << 20, 256),
            (1, 10, 1),
        ] {
            assert_eq!(fitting(threads, Some(megabytes << 20)), expected, "{threads} {megabytes}");
        }
        assert_eq!(fitting(0, None), 0);
        assert_eq!(fitting(0, Some(400 << 20)), 1);
    }

    #[test]
    fn problems_beat_findings() {
        let problem =
            Problem { kind: ProblemKind::Io, path: String::new(), start: None, message: String::new() };
        for (fails, problems, expected) in [
            (false, vec![], CLEAN),
            (true, vec![], FINDINGS),
            (false, vec![problem.clone()], NOT_JUDGED),
            (true, vec![problem], NOT_JUDGED),
        ] {
            assert_eq!(code(&Outcome { fails, problems, ..Outcome::default() }), expected);
        }
    }
}

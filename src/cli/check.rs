//! `keyless check`: judges code, prints the outcome, and turns it into an exit code.

use super::args::{Check, FailOn, FormatName};
use super::{CLEAN, Done, FINDINGS, NOT_JUDGED, panics};
use crate::engine::{self, CheckRequest};
use crate::findings::{Outcome, Problem, ProblemKind, Selection, Severity};
use crate::report::{self, Context, Format, Style};
use crate::source::Sources;
use crate::system::System;
use std::io::{self, IsTerminal, Write};

/// Parsers and evaluators recurse, within their own limits, on stacks of this size. Only what is used is taken.
const STACK: usize = 128 << 20;

pub(super) fn run(arguments: &Check, system: &dyn System, out: &mut dyn Write) -> Done {
    let selection = Selection { select: arguments.select.clone(), ignore: arguments.ignore.clone() };
    let sources = Sources::default();
    let request = CheckRequest {
        selection,
        strict: arguments.strict,
        own: arguments.policy.clone(),
        ..arguments.code.request()
    };
    let outcome = on_pool(arguments.threads, || engine::check(&request, system, &sources))
        .unwrap_or_else(|problem| Outcome { problems: vec![problem], ..Outcome::default() });
    let paths: Vec<_> = request.paths.iter().map(|path| path.display().to_string()).collect();
    let context = Context { sources: &sources, paths: &paths, strict: arguments.strict };
    let written = report::write(&format(arguments.format), &outcome, context, out);
    Done { code: code(&outcome, arguments.fail_on), written }
}

/// Runs on a pool of its own, so that `--threads` holds for all of the work.
pub(super) fn on_pool<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads.unwrap_or(0)))
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

fn code(outcome: &Outcome, fail_on: FailOn) -> u8 {
    let reaches = |least| outcome.findings.iter().any(|finding| finding.severity >= least);
    let fails = match fail_on {
        FailOn::Error => reaches(Severity::Error),
        FailOn::Warning => reaches(Severity::Warning),
        FailOn::Note => reaches(Severity::Note),
        FailOn::CannotTell => reaches(Severity::Note) || !outcome.cannot_tell.is_empty(),
        FailOn::Never => false,
    };
    match (outcome.problems.is_empty(), fails) {
        (false, _) => NOT_JUDGED,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    }
}

fn format(name: FormatName) -> Format {
    match name {
        FormatName::Human => {
            let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            let style = Style::detect(io::stdout().is_terminal(), width, |name| std::env::var_os(name));
            Format::Human(Box::new(style))
        }
        FormatName::Concise => Format::Concise,
        FormatName::Json => Format::Json,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Finding, Place};
    use crate::source::{FileId, Site, Span};

    fn finding(severity: Severity) -> Finding {
        let site = Site::new(FileId(0), Span::new(0, 0));
        Finding {
            code: "IMDS01".into(),
            name: "imdsv1-allowed".into(),
            severity,
            title: String::new(),
            help: String::new(),
            url: String::new(),
            primary: Place { site, label: String::new() },
            addresses: vec![],
            construct: None,
            chain: vec![],
            related: vec![],
            reason: None,
            suppression: None,
            fingerprint: String::new(),
        }
    }

    #[test]
    fn the_exit_code_follows_fail_on_and_problems_beat_findings() {
        let with = |severity| Outcome { findings: vec![finding(severity)], ..Outcome::default() };
        let open = || Outcome { cannot_tell: vec![finding(Severity::Error)], ..Outcome::default() };
        for (outcome, fail_on, expected) in [
            (Outcome::default(), FailOn::Error, CLEAN),
            (with(Severity::Error), FailOn::Error, FINDINGS),
            (with(Severity::Warning), FailOn::Error, CLEAN),
            (with(Severity::Warning), FailOn::Warning, FINDINGS),
            (with(Severity::Note), FailOn::Warning, CLEAN),
            (with(Severity::Note), FailOn::Note, FINDINGS),
            (with(Severity::Note), FailOn::CannotTell, FINDINGS),
            (with(Severity::Error), FailOn::Never, CLEAN),
            (open(), FailOn::Note, CLEAN),
            (open(), FailOn::CannotTell, FINDINGS),
        ] {
            assert_eq!(code(&outcome, fail_on), expected, "{fail_on:?}");
        }
        let problem =
            Problem { kind: ProblemKind::Io, path: String::new(), start: None, message: String::new() };
        let outcome = Outcome { problems: vec![problem], ..with(Severity::Error) };
        assert_eq!(code(&outcome, FailOn::Error), NOT_JUDGED);
        assert_eq!(code(&outcome, FailOn::Never), NOT_JUDGED);
    }
}

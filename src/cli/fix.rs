//! `keyless fix`: mends what can be mended, as a diff or in the files.

use super::args::{Fix, ListFormat};
use super::check::on_pool;
use super::{CLEAN, Done, FINDINGS, NOT_JUDGED, config};
use crate::engine::mend::{self, Mending, Wanted};
use crate::engine::{self, CheckRequest};
use crate::findings::{Problem, ProblemKind};
use crate::report::{FixReport, Style, write_fix_json, write_fixes, write_left, write_patches};
use crate::source::Sources;
use crate::system::{System, explain};
use std::io::{self, IsTerminal, Write};

pub(super) fn run(arguments: &Fix, system: &dyn System, out: &mut dyn Write) -> Done {
    let request = CheckRequest {
        changed_since: arguments.changed_since.clone(),
        baseline: arguments.known.baselines(),
        // What is past cannot be mended.
        history: false,
        ..arguments.judged.request(arguments.code.request())
    };
    let wanted = Wanted { unsafe_fixes: arguments.unsafe_fixes, to_write: arguments.write };
    let mending = on_pool(arguments.threads, || mend::mend(&request, wanted, system));
    let mut mending = match mending {
        Ok(mending) => mending,
        Err(problem) => return Done { code: NOT_JUDGED, written: config::tell(&[problem]) },
    };
    let written = if arguments.write { write(&mut mending, system) } else { Vec::new() };
    let code = code(arguments, &request, &mending, system);
    let report = FixReport::new(&mending.told, &mending.problems, arguments.write.then_some(&written));
    let said = match arguments.format {
        ListFormat::Json => write_fix_json(&report, out),
        ListFormat::Human => print(arguments, &mending, &report, out),
    };
    Done { code, written: said }
}

/// Writes the files, and gives those back that are written, as shown. What is not is a problem.
fn write(mending: &mut Mending, system: &dyn System) -> Vec<String> {
    let mut written = Vec::new();
    for file in &mending.writes {
        if system.interrupted().is_some() {
            mending.problems.push(Problem {
                kind: ProblemKind::Limit,
                path: file.shown.clone(),
                start: None,
                message: "interrupted: not written".to_owned(),
            });
            continue;
        }
        match system.rewrite(&file.path, &file.before, &file.after) {
            Ok(()) => written.push(file.shown.clone()),
            Err(error) => mending.problems.push(Problem {
                kind: ProblemKind::Io,
                path: file.shown.clone(),
                start: None,
                message: format!("not written: {}", explain(&error)),
            }),
        }
    }
    written
}

fn code(arguments: &Fix, request: &CheckRequest, mending: &Mending, system: &dyn System) -> u8 {
    if !mending.problems.is_empty() {
        return NOT_JUDGED;
    }
    let is_left = if !arguments.write {
        !mending.writes.is_empty()
    } else if request.changed_since.is_none() {
        mending.fails
    } else {
        // Only a run over what is written knows which of what is left the change brings.
        let again = on_pool(arguments.threads, || engine::check(request, system, &Sources::default()));
        again.is_ok_and(|outcome| outcome.fails)
    };
    if is_left { FINDINGS } else { CLEAN }
}

/// What is mended goes to standard output, so that it is a patch; what is not, to standard error.
fn print(arguments: &Fix, mending: &Mending, report: &FixReport, out: &mut dyn Write) -> io::Result<()> {
    let style = |is_terminal: bool| {
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Style::detect(is_terminal, width, |name| std::env::var_os(name))
    };
    let shown = style(io::stdout().is_terminal());
    if arguments.write {
        write_fixes(report, &shown, out)?;
    } else {
        write_patches(&mending.told, report, &shown, out)?;
    }
    out.flush()?;
    let mut err = io::stderr().lock();
    if mending.files == 0 && mending.problems.is_empty() {
        let paths: Vec<_> = arguments.code.paths.iter().map(|path| path.display().to_string()).collect();
        let paths = crate::report::visible(&paths.join(", ")).into_owned();
        return writeln!(err, "no Terraform, CloudFormation or CDK files under {paths}");
    }
    write_left(report, arguments.unsafe_fixes, &style(io::stderr().is_terminal()), &mut err)
}

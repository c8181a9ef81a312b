//! The command line: one file a subcommand. Owns arguments, exit codes and the terminal.

mod args;
mod baseline;
mod check;
mod completions;
mod config;
mod errors;
mod exceptions;
mod explain;
mod facts;
mod fix;
mod inputs;
mod lsp;
mod man;
mod merge;
mod outputs;
mod plan;
mod policies;
mod worker;

use crate::engine::panics;
use crate::system::{self, System};
use args::{Args, Command};
use clap::Parser;
use errors::errors;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
pub const FINDINGS: u8 = 1;
/// Something could not be judged, or the command line is wrong. Beats [`FINDINGS`].
pub const NOT_JUDGED: u8 = 2;

/// Runs the command line `args`, the program's name first, and gives back the exit code.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>, system: &dyn System) -> u8 {
    let command = match Args::try_parse_from(args) {
        Ok(args) => args.command,
        Err(error) => {
            let printed = errors::refused(&error);
            return finish(u8::try_from(error.exit_code()).unwrap_or(NOT_JUDGED), printed);
        }
    };
    panics::silence();
    system::keep_no_core();
    let mut out = BufWriter::new(io::stdout());
    if command.judges() {
        system.watch_signals();
    }
    let result = match command {
        Command::Check(arguments) => check::run(&arguments, system, &mut out),
        Command::Fix(arguments) => fix::run(&arguments, system, &mut out),
        Command::Merge(arguments) => merge::run(&arguments, system, &mut out),
        Command::Baseline(arguments) => baseline::run(&arguments, system, &mut out),
        Command::Facts(arguments) => facts::run(&arguments, system, &mut out),
        Command::GuardWorker => worker::run(&mut out),
        Command::Config(arguments) => config::run(&arguments, system, &mut out),
        Command::Policies(arguments) => policies::run(&arguments, system, &mut out),
        Command::Exceptions(arguments) => exceptions::run(&arguments, system, &mut out),
        Command::Explain(arguments) => explain::run(&arguments, system, &mut out),
        Command::Plan(arguments) => plan::run(&arguments, system),
        Command::Lsp { .. } => return lsp::run(system),
        Command::Completions { shell } => completions::run(shell, &mut out),
        Command::Man(arguments) => man::run(&arguments, system, &mut out),
    };
    let code = finish(result.code, result.written.and_then(|()| out.flush()));
    // As a shell has it for whoever is ended by a signal.
    system.interrupted().map_or(code, |signal| 128 + signal)
}

/// An exit code, and whether what was to be said could be written.
struct Done {
    code: u8,
    written: io::Result<()>,
}

/// Who closes the pipe has read enough; the verdict stands. Any other failure to write loses findings.
fn finish(code: u8, written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => code,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => code,
        Err(error) => {
            let _ = writeln!(errors(), "keyless: cannot write the report: {error}");
            NOT_JUDGED
        }
    }
}

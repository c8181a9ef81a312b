//! `keyless plan -- COMMAND`: judges what a command is about to use, and runs it only if that is clean.

mod command;
mod words;

use super::args::Plan;
use super::errors::errors;
use super::{CLEAN, Done, NOT_JUDGED, check};
use crate::engine::CheckRequest;
use crate::system::{System, explain};
use command::Known;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

/// As shells have it.
const NO_SUCH_PROGRAM: u8 = 127;
const NOT_RUN: u8 = 126;

pub(super) fn run(arguments: &Plan, system: &dyn System) -> Done {
    let Some((program, rest)) = arguments.command.split_first() else {
        return Done { code: NOT_JUDGED, written: Ok(()) };
    };
    let request = request(arguments, |name| std::env::var_os(name));
    // Standard output belongs to the command.
    let mut said = Vec::new();
    let judged = check::judge(&arguments.check, request, system, &mut said);
    let written = judged.written.and_then(|()| io::stderr().write_all(&said));
    if judged.code != CLEAN || written.is_err() || system.interrupted().is_some() {
        let shown = program.to_string_lossy();
        let written =
            written.and_then(|()| writeln!(errors(), "keyless: `{}` was not run", shown.escape_debug()));
        return Done { code: judged.code.max(u8::from(written.is_err()) * NOT_JUDGED), written };
    }
    match system.run(program, rest) {
        Ok(code) => Done { code, written: Ok(()) },
        Err(error) => {
            let shown = program.to_string_lossy();
            let (code, why) = match error.kind() {
                ErrorKind::NotFound => (NO_SUCH_PROGRAM, "no such program".to_owned()),
                _ => (NOT_RUN, explain(&error)),
            };
            let written = writeln!(errors(), "keyless: `{}` cannot be run: {why}", shown.escape_debug());
            Done { code, written }
        }
    }
}

/// What is to be judged: what the arguments say, and what the command would use.
fn request(arguments: &Plan, environment: impl Fn(&str) -> Option<OsString>) -> CheckRequest {
    let known = Known::read(&arguments.command, environment);
    let mut request = arguments.check.code.request();
    if !arguments.named.0 {
        request.paths = vec![known.folder];
    }
    // What is given to keyless itself comes last and holds.
    request.given.assignments.splice(0..0, known.assignments);
    request.given.with_environment(std::env::vars_os());
    request
}

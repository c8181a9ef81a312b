//! The program that a user puts behind `keyless plan --`: it takes our place, with our input, outputs and environment.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::Command;

/// Where the machine can replace a process, this comes back with an error only: signals, terminal and exit code are
/// the program's own.
#[cfg(unix)]
pub(super) fn run(program: &OsStr, arguments: &[OsString]) -> io::Result<u8> {
    use std::os::unix::process::CommandExt;
    super::confine::keep_cores_again();
    let failed = Command::new(program).args(arguments).exec();
    super::confine::keep_no_core();
    Err(failed)
}

#[cfg(not(unix))]
pub(super) fn run(program: &OsStr, arguments: &[OsString]) -> io::Result<u8> {
    let status = Command::new(program).args(arguments).status()?;
    // What does not fit is a failure all the same.
    Ok(status.code().map_or(u8::MAX, |code| u8::try_from(code).unwrap_or(u8::MAX)))
}

//! `keyless completions`: what a shell has to know to complete our command line.

use super::args::Args;
use super::{CLEAN, Done};
use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};
use std::io::Write;

pub(super) fn run(shell: Shell, out: &mut dyn Write) -> Done {
    // Some shells would offer what is hidden.
    let all = Args::command();
    let shown = all.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let mut command = Command::new("keyless").version("").disable_help_subcommand(true).subcommands(shown);
    // The generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut command, "keyless", &mut script);
    Done { code: CLEAN, written: out.write_all(&script) }
}

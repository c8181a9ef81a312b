//! `keyless lsp`: serves an editor on standard input and output.

use crate::lsp;
use crate::system::System;
use std::io::{self, BufReader};

/// Does not return: what is still being analysed is of no use to anybody once the editor has left.
pub(super) fn run(system: &dyn System) -> u8 {
    lsp::serve(BufReader::new(io::stdin()), io::stdout(), system, |code| std::process::exit(code.into()));
    super::CLEAN
}

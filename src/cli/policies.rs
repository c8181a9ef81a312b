//! `keyless policies`: the catalogue, one line a policy.

use super::catalogue::ENTRIES;
use super::{CLEAN, Done};
use std::io::Write;

pub(super) fn run(out: &mut dyn Write) -> Done {
    let width = ENTRIES.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
    let written = ENTRIES.iter().try_for_each(|entry| {
        writeln!(
            out,
            "{:<7} {:<width$}  {:<7}  {:<7}  {}",
            entry.code, entry.name, entry.set, entry.severity, entry.title
        )
    });
    Done { code: CLEAN, written }
}

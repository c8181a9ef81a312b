//! `keyless facts`: what keyless understood of the code, as JSON.

use super::args::Code;
use super::check::on_pool;
use super::errors::errors;
use super::{CLEAN, Done, NOT_JUDGED};
use crate::engine;
use crate::source::Sources;
use crate::system::System;
use std::io::{self, Write};

pub(super) fn run(arguments: &Code, system: &dyn System, out: &mut dyn Write) -> Done {
    let request = arguments.request();
    let sources = Sources::default();
    let result = on_pool(None, || engine::facts(&request, system, &sources));
    let (facts, problems) = match result {
        Ok(read) => read,
        Err(problem) => {
            return Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {}", problem.message) };
        }
    };
    let code = if problems.is_empty() { CLEAN } else { NOT_JUDGED };
    let mut written = problems.iter().try_for_each(|problem| {
        let (path, message) = (problem.path.escape_debug(), problem.message.escape_debug());
        writeln!(errors(), "keyless: {path}: {message}")
    });
    if written.is_ok() {
        written =
            facts.document().map_err(io::Error::from).and_then(|document| writeln!(out, "{document:#}"));
    }
    Done { code, written }
}

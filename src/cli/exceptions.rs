//! `keyless exceptions`: lists what was said about findings, and what other tools' words would become.

use super::args::{Exceptions, ListFormat};
use super::check::on_pool;
use super::{CLEAN, Done, NOT_JUDGED, config};
use crate::engine::{self, CheckRequest, Lists};
use crate::findings::Outcome;
use crate::report::{self, ExceptionReport, ImportReport};
use crate::source::Sources;
use crate::system::System;
use std::io::{self, Write};

pub(super) fn run(arguments: &Exceptions, system: &dyn System, out: &mut dyn Write) -> Done {
    let sources = Sources::default();
    let request = CheckRequest {
        strict: arguments.strict,
        own: arguments.policy.clone(),
        lists: if arguments.import { Lists::Others } else { Lists::Exceptions },
        ..arguments.code.request()
    };
    let outcome = on_pool(None, || engine::check(&request, system, &sources))
        .unwrap_or_else(|problem| Outcome { problems: vec![problem], ..Outcome::default() });
    let written = match arguments.format {
        ListFormat::Json => Ok(()),
        ListFormat::Human => config::tell(&outcome.problems),
    };
    let written = written.and_then(|()| print(arguments, &outcome, &sources, out));
    Done { code: if outcome.problems.is_empty() { CLEAN } else { NOT_JUDGED }, written }
}

fn print(
    arguments: &Exceptions,
    outcome: &Outcome,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sources = outcome.masked(sources);
    if arguments.import {
        let report = ImportReport::new(outcome, sources);
        return match arguments.format {
            ListFormat::Human => report::write_import(&report, out),
            ListFormat::Json => report::write_list(&report, out),
        };
    }
    let report = ExceptionReport::new(outcome, sources);
    match arguments.format {
        ListFormat::Human => report::write_exceptions(&report, out),
        ListFormat::Json => report::write_list(&report, out),
    }
}

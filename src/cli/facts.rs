//! `keyless facts`: what keyless understood of the code, as JSON.

use super::args::Facts;
use super::check::on_pool;
use super::{CLEAN, Done, NOT_JUDGED};
use crate::engine::{self, CheckRequest};
use crate::report::{self, Context, Format};
use crate::source::Sources;
use crate::system::System;
use std::io::Write;

pub(super) fn run(arguments: &Facts, system: &dyn System, out: &mut dyn Write) -> Done {
    let request = CheckRequest {
        paths: arguments.paths.clone(),
        excludes: arguments.exclude.clone(),
        ..CheckRequest::default()
    };
    let sources = Sources::default();
    let outcome = on_pool(None, || engine::check(&request, system, &sources));
    let context = Context { sources: &sources, paths: &[], strict: false };
    let written = report::write(&Format::Json, &outcome, context, out);
    Done { code: if outcome.problems.is_empty() { CLEAN } else { NOT_JUDGED }, written }
}

//! The catalogue, one line a policy, as it is configured where keyless runs.

use super::super::errors::errors;
use crate::cli::args::Policies as Arguments;
use crate::cli::config::{self, Here};
use crate::cli::{Done, NOT_JUDGED};
use crate::policies::{Policy, Verdict};
use crate::system::System;
use std::io::Write;
use std::path::Path;

pub(super) fn run(arguments: &Arguments, system: &dyn System, out: &mut dyn Write) -> Done {
    let wanted = arguments.configuration.wanted();
    let here = match Here::new(Path::new("."), wanted, &arguments.policy, system) {
        Ok(here) => here,
        Err(message) => {
            return Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {message}") };
        }
    };
    let all = &here.policies;
    let wide = |of: fn(&Policy) -> &str| all.iter().map(|policy| of(policy).len()).max().unwrap_or(0);
    let (codes, names) = (wide(|policy| &policy.id), wide(|policy| &policy.name));
    let written = all.iter().try_for_each(|policy| {
        let state = here.settings.state(policy);
        // A strict policy that nobody asked for is in the catalogue all the same; one that somebody left out is off.
        let is_left_out = !state.on && !state.said_by.is_empty();
        let set = if is_left_out { "off" } else { config::set(state.set) };
        let (code, name, title) = (&policy.id, &policy.name, &policy.title);
        let severity = state.severity.map_or_else(|| severity(policy), |severity| severity.as_str());
        let mandatory = if state.mandatory { " (mandatory)" } else { "" };
        writeln!(out, "{code:<codes$} {name:<names$}  {set:<7}  {severity:<7}  {title}{mandatory}")
    });
    Done { code: here.code(), written: written.and_then(|()| config::tell(&here.problems)) }
}

/// The worst that the policy says.
fn severity(policy: &Policy) -> &'static str {
    let said = |verdict: Verdict| policy.cases.iter().any(|case| case.verdict == verdict);
    [(Verdict::Error, "error"), (Verdict::Warning, "warning"), (Verdict::Note, "note")]
        .into_iter()
        .find(|(verdict, _)| said(*verdict))
        .map_or("open", |(_, text)| text)
}

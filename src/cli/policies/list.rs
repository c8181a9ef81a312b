//! The catalogue, one line a policy, as it is configured where keyless runs.

use crate::cli::args::Policies as Arguments;
use crate::cli::{CLEAN, Done, NOT_JUDGED, config};
use crate::engine::own::Own;
use crate::policies::{Policy, Verdict, builtin};
use crate::system::System;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &Arguments, system: &dyn System, out: &mut dyn Write) -> Done {
    let fail =
        |message: &str| Done { code: NOT_JUDGED, written: writeln!(io::stderr(), "keyless: {message}") };
    let policies = match builtin() {
        Ok(policies) => policies,
        Err(error) => return fail(&error.to_string()),
    };
    let here = config::of_path(Path::new("."), arguments.configuration.wanted(), &policies, system);
    let (settings, mut problems) = match here {
        Ok(here) => here,
        Err(message) => return fail(&message),
    };
    let own = Own::read(&arguments.policy, system);
    problems.extend(own.problems.iter().cloned());
    let all: Vec<&Policy> = policies.iter().chain(own.policies()).collect();
    let wide = |of: fn(&Policy) -> &str| all.iter().map(|policy| of(policy).len()).max().unwrap_or(0);
    let (codes, names) = (wide(|policy| &policy.id), wide(|policy| &policy.name));
    let lines = all.iter().try_for_each(|policy| {
        let state = settings.state(policy);
        // A strict policy that nobody asked for is in the catalogue all the same; one that somebody left out is off.
        let is_left_out = !state.on && !state.said_by.is_empty();
        let set = if is_left_out { "off" } else { config::set(state.set) };
        let (code, name, title) = (&policy.id, &policy.name, &policy.title);
        let severity = state.severity.map_or_else(|| severity(policy), |severity| severity.as_str());
        let mandatory = if state.mandatory { " (mandatory)" } else { "" };
        writeln!(out, "{code:<codes$} {name:<names$}  {set:<7}  {severity:<7}  {title}{mandatory}")
    });
    let code = if problems.is_empty() { CLEAN } else { NOT_JUDGED };
    Done { code, written: lines.and_then(|()| config::tell(&problems)) }
}

/// The worst that the policy says.
fn severity(policy: &Policy) -> &'static str {
    let said = |verdict: Verdict| policy.cases.iter().any(|case| case.verdict == verdict);
    [(Verdict::Error, "error"), (Verdict::Warning, "warning"), (Verdict::Note, "note")]
        .into_iter()
        .find(|(verdict, _)| said(*verdict))
        .map_or("open", |(_, text)| text)
}

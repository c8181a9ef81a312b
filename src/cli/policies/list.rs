//! The catalogue, one line a policy.

use crate::cli::{CLEAN, Done, NOT_JUDGED};
use crate::engine::own::Own;
use crate::policies::{Policy, Set, Verdict, builtin};
use crate::system::System;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) fn run(own: &[PathBuf], system: &dyn System, out: &mut dyn Write) -> Done {
    let policies = match builtin() {
        Ok(policies) => policies,
        Err(error) => {
            return Done { code: NOT_JUDGED, written: writeln!(io::stderr(), "keyless: {error}") };
        }
    };
    let own = Own::read(own, system);
    let all: Vec<&Policy> = policies.iter().chain(own.policies()).collect();
    let wide = |of: fn(&Policy) -> &str| all.iter().map(|policy| of(policy).len()).max().unwrap_or(0);
    let (codes, names) = (wide(|policy| &policy.id), wide(|policy| &policy.name));
    let written = all.iter().try_for_each(|policy| {
        let set = match policy.set {
            Set::Default => "default",
            Set::Strict => "strict",
        };
        let (code, name, title) = (&policy.id, &policy.name, &policy.title);
        writeln!(out, "{code:<codes$} {name:<names$}  {set:<7}  {:<7}  {title}", severity(policy))
    });
    let complaints = own
        .problems
        .iter()
        .try_for_each(|problem| writeln!(io::stderr(), "keyless: {}: {}", problem.path, problem.message));
    let code = if own.problems.is_empty() { CLEAN } else { NOT_JUDGED };
    Done { code, written: written.and(complaints) }
}

/// The worst that the policy says.
fn severity(policy: &Policy) -> &'static str {
    let said = |verdict: Verdict| policy.cases.iter().any(|case| case.verdict == verdict);
    [(Verdict::Error, "error"), (Verdict::Warning, "warning"), (Verdict::Note, "note")]
        .into_iter()
        .find(|(verdict, _)| said(*verdict))
        .map_or("open", |(_, text)| text)
}

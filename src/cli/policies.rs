//! `keyless policies`: the catalogue, one line a policy.

use super::{CLEAN, Done, NOT_JUDGED};
use crate::policies::{Policy, Set, Verdict, builtin};
use std::io::{self, Write};

pub(super) fn run(out: &mut dyn Write) -> Done {
    let policies = match builtin() {
        Ok(policies) => policies,
        Err(error) => {
            return Done { code: NOT_JUDGED, written: writeln!(io::stderr(), "keyless: {error}") };
        }
    };
    let width = policies.iter().map(|policy| policy.name.len()).max().unwrap_or(0);
    let written = policies.iter().try_for_each(|policy| {
        let set = match policy.set {
            Set::Default => "default",
            Set::Strict => "strict",
        };
        let (code, name, title) = (&policy.id, &policy.name, &policy.title);
        writeln!(out, "{code:<7} {name:<width$}  {set:<7}  {:<7}  {title}", severity(policy))
    });
    Done { code: CLEAN, written }
}

/// The worst that the policy says.
fn severity(policy: &Policy) -> &'static str {
    let said = |verdict: Verdict| policy.cases.iter().any(|case| case.verdict == verdict);
    [(Verdict::Error, "error"), (Verdict::Warning, "warning"), (Verdict::Note, "note")]
        .into_iter()
        .find(|(verdict, _)| said(*verdict))
        .map_or("open", |(_, text)| text)
}

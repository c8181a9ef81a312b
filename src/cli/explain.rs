//! `keyless explain`: the page of a policy.

use super::args::Explain;
use super::config::{self, Here};
use super::errors::errors;
use super::{Done, NOT_JUDGED};
use crate::findings::selection::{family, suggestion};
use crate::policies::Policy;
use crate::system::System;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &Explain, system: &dyn System, out: &mut dyn Write) -> Done {
    let policy = arguments.policy.as_str();
    let wanted = arguments.configuration.wanted();
    let here = match Here::new(Path::new("."), wanted, &arguments.own, system) {
        Ok(here) => here,
        Err(message) => {
            return Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {message}") };
        }
    };
    let policies = &here.policies;
    let means = |text: &str| policy.eq_ignore_ascii_case(text);
    match policies.iter().find(|known| means(&known.id) || means(&known.name)) {
        Some(known) => {
            let written = writeln!(out, "{}", page(known).trim_end())
                .and_then(|()| configured(&here, known, out))
                .and_then(|()| config::tell(&here.problems));
            Done { code: here.code(), written }
        }
        None => {
            let names: Vec<_> =
                policies.iter().map(|known| (known.id.as_str(), known.name.as_str())).collect();
            let members: Vec<_> =
                names.iter().map(|(code, _)| *code).filter(|code| is_family(policy, code)).collect();
            let hint = match suggestion(policy, &names) {
                _ if !members.is_empty() => format!("; that family has {}", members.join(", ")),
                Some(best) => format!("; did you mean `{best}`?"),
                None => "; `keyless policies` lists them".to_owned(),
            };
            let written =
                writeln!(errors(), "keyless: no policy is called `{}`{hint}", policy.escape_debug());
            Done { code: NOT_JUDGED, written: written.and_then(|()| config::tell(&here.problems)) }
        }
    }
}

/// What the configuration of this folder makes of a policy.
fn configured(here: &Here, policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let state = here.settings.state(policy);
    if state.said_by.is_empty() {
        return Ok(());
    }
    let files = state.said_by.join(", ");
    writeln!(out, "\n## Here\n\n{}: {}", files.escape_debug(), config::words(&state))
}

/// What a policy of the user's own has no page for is told by its rules.
fn page(policy: &Policy) -> String {
    match &*policy.page {
        "" => format!(
            "# {} {}\n\n{}\n\n```\n{}\n```",
            policy.id,
            policy.name,
            policy.title,
            policy.text.trim_end()
        ),
        page => page.to_owned(),
    }
}

/// Whether a term means the family of a code: `EC2` that of `EC201`.
fn is_family(term: &str, code: &str) -> bool {
    term.trim_end_matches('*').eq_ignore_ascii_case(family(code))
}

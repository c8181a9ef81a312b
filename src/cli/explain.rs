//! `keyless explain`: the page of a policy.

use super::{CLEAN, Done, NOT_JUDGED};
use crate::findings::selection::{family, suggestion};
use crate::policies::builtin;
use std::io::{self, Write};

pub(super) fn run(policy: &str, out: &mut dyn Write) -> Done {
    let policies = match builtin() {
        Ok(policies) => policies,
        Err(error) => {
            return Done { code: NOT_JUDGED, written: writeln!(io::stderr(), "keyless: {error}") };
        }
    };
    let means = |text: &str| policy.eq_ignore_ascii_case(text);
    match policies.iter().find(|known| means(&known.id) || means(&known.name)) {
        Some(known) => Done { code: CLEAN, written: writeln!(out, "{}", known.page.trim_end()) },
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
                writeln!(io::stderr(), "keyless: no policy is called `{}`{hint}", policy.escape_debug());
            Done { code: NOT_JUDGED, written }
        }
    }
}

/// Whether a term means the family of a code: `EC2` that of `EC201`.
fn is_family(term: &str, code: &str) -> bool {
    term.trim_end_matches('*').eq_ignore_ascii_case(family(code))
}

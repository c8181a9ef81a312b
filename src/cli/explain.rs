//! `keyless explain`: the page of a policy.

use super::{CLEAN, Done, NOT_JUDGED};
use crate::findings::selection::suggestion;
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
            let hint =
                suggestion(policy, &names).map_or(String::new(), |best| format!("; did you mean `{best}`?"));
            let written =
                writeln!(io::stderr(), "keyless: no policy is called `{}`{hint}", policy.escape_debug());
            Done { code: NOT_JUDGED, written }
        }
    }
}

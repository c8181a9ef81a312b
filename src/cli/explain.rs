//! `keyless explain`: what a policy asks for and why.

use super::catalogue::{ENTRIES, names};
use super::{CLEAN, Done, NOT_JUDGED};
use crate::findings::selection::suggestion;
use std::io::{self, Write};

pub(super) fn run(policy: &str, out: &mut dyn Write) -> Done {
    let means = |text: &str| policy.eq_ignore_ascii_case(text);
    match ENTRIES.iter().find(|entry| means(entry.code) || means(entry.name)) {
        Some(entry) => {
            let written = writeln!(
                out,
                "{} {}\n\n{}\n\nset: {}\nseverity: {}",
                entry.code, entry.name, entry.title, entry.set, entry.severity
            );
            Done { code: CLEAN, written }
        }
        None => {
            let hint = suggestion(policy, &names())
                .map_or(String::new(), |best| format!("; did you mean `{best}`?"));
            let written =
                writeln!(io::stderr(), "keyless: no policy is called `{}`{hint}", policy.escape_debug());
            Done { code: NOT_JUDGED, written }
        }
    }
}

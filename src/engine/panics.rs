//! A bug in keyless is a problem like another: exit code 2, and no secret printed.

use crate::findings::{Problem, ProblemKind};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Mutex, PoisonError};

/// Where the first panic of the run arose.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Keeps panics from printing their message, which may quote what was read.
pub(crate) fn silence() {
    set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let mut first = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        *first = first.take().or(place);
    }));
}

/// What `work` has to say; if it panics, a problem.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
        let place = place.map_or(String::new(), |place| format!(" at {place}"));
        Problem {
            kind: ProblemKind::Internal,
            path: "keyless".to_owned(),
            start: None,
            message: format!("a bug in keyless{place} ended the run; please report it"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::caught;
    use crate::findings::ProblemKind;

    #[test]
    fn a_panic_is_a_problem_that_quotes_nothing() {
        let quoted = ["read", "this"].join("-");
        let problem = caught(|| panic!("{quoted}")).map(|()| "no problem").unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Internal);
        assert!(!problem.message.contains(&quoted));
    }
}

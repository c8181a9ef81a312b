//! `keyless guard-worker`: serves requests to run users' rules, for keyless itself.

use super::{CLEAN, Done, NOT_JUDGED};
use crate::policies::own;
use crate::system;
use std::io::{self, Write};

/// Guard recurses over rules and documents.
const STACK: usize = 64 << 20;

pub(super) fn run(out: &mut (dyn Write + Send)) -> Done {
    system::confine();
    let written = std::thread::scope(|scope| {
        let serve = || own::serve(io::stdin().lock(), out);
        let serving = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, serve);
        serving.and_then(|thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("panicked"))))
    });
    Done { code: if written.is_ok() { CLEAN } else { NOT_JUDGED }, written }
}

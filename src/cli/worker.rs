//! `keyless guard-worker`: serves requests to run users' rules, for keyless itself.

use super::{CLEAN, Done, NOT_JUDGED};
use crate::policies::own::{self, Request};
use crate::system;
use std::io::{self, Write};
use std::process;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Guard recurses over rules and documents.
const STACK: usize = 64 << 20;

/// How long an answer may take once there is nobody any more who asks.
const ALONE: Duration = Duration::from_secs(30);

pub(super) fn run(out: &mut (dyn Write + Send)) -> Done {
    let mut lines = io::stdin().lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return Done { code: CLEAN, written: Ok(()) } };
    let files = Request::files(&first);
    system::confine(&files);
    let (sender, requests) = channel();
    let (ended, end) = channel::<()>();
    let written = std::thread::scope(|scope| -> io::Result<()> {
        let serve = move || {
            let _ended = ended;
            // Threads that run by now are all that there are: this one, and the one that reads.
            let confined = system::seal(!files.is_empty());
            own::serve(requests, &confined, out)
        };
        let serving = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, serve)?;
        let _ = std::iter::once(first).chain(lines).try_for_each(|line| sender.send(line));
        drop(sender);
        if end.recv_timeout(ALONE) == Err(RecvTimeoutError::Timeout) {
            process::exit(NOT_JUDGED.into());
        }
        serving.join().unwrap_or_else(|_| Err(io::Error::other("panicked")))
    });
    Done { code: if written.is_ok() { CLEAN } else { NOT_JUDGED }, written }
}

//! Standard error. What is said there may quote the command line, and somebody may have put a secret into that.

use crate::findings::Redactor;
use std::io::{self, Write};

/// Whole lines, without what is a secret by its form or by the name that it is given to.
pub(super) struct Errors(Vec<u8>);

/// What is said of one thing, to be written to and dropped.
pub(super) fn errors() -> Errors {
    Errors(Vec::new())
}

/// What is wrong with the command line, or the help that it asks for.
pub(super) fn refused(error: &clap::Error) -> io::Result<()> {
    // Help quotes nobody.
    if !error.use_stderr() {
        return error.print();
    }
    let said = error.render().to_string();
    let shown = redacted(&said);
    // What can be printed as it is comes in colour.
    if shown == said { error.print() } else { io::stderr().write_all(shown.as_bytes()) }
}

fn redacted(text: &str) -> String {
    Redactor::default().redact(text)
}

impl Write for Errors {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        if let Some(end) = memchr::memrchr(b'\n', &self.0) {
            let rest = self.0.split_off(end + 1);
            let lines = std::mem::replace(&mut self.0, rest);
            io::stderr().write_all(redacted(&String::from_utf8_lossy(&lines)).as_bytes())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

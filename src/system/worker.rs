//! Our own program a second time: for work that may never end or take the whole process with it. What it is handed comes by
//! its input alone: its arguments and environment, which others on the machine may read, say nothing.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The subcommand that serves requests; not for people.
pub const COMMAND: &str = "guard-worker";

/// Somebody who answers one request at a time.
pub trait Worker: Send {
    /// The answer to a request, which is one line.
    fn ask(&mut self, request: &str, patience: Duration) -> Result<String, Gone>;
}

/// Why there is no answer. The worker is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gone {
    TimedOut,
    Died,
    /// It could not be started.
    Unstarted(String),
}

/// Starts a worker.
pub(super) fn start() -> Result<Box<dyn Worker>, Gone> {
    let started = || -> io::Result<Process> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND).env_clear();
        // Without it Windows does not give random numbers.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("it has no input or output"));
        };
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Process { child, input, answers })
    };
    match started() {
        Ok(process) => Ok(Box::new(process)),
        Err(error) => Err(Gone::Unstarted(error.to_string())),
    }
}

struct Process {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl Worker for Process {
    fn ask(&mut self, request: &str, patience: Duration) -> Result<String, Gone> {
        let write = |input: &mut ChildStdin| {
            input.write_all(request.as_bytes())?;
            input.write_all(b"\n")?;
            input.flush()
        };
        if write(&mut self.input).is_err() {
            return Err(Gone::Died);
        }
        self.answers.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => Gone::TimedOut,
            RecvTimeoutError::Disconnected => Gone::Died,
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

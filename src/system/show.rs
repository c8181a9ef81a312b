//! The one program that keyless runs for itself, and only where the user asks for it: `terraform show -json` of a binary plan.

use super::ReadError;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// What can show a plan, in the order in which it is tried.
const PROGRAMS: [&str; 2] = ["terraform", "tofu"];

/// Longer messages of a program are cut.
const MAX_MESSAGE: u64 = 4096;

/// Starts what shows a plan, in the folder that the plan was made in.
///
/// # Errors
/// Where neither program is on the PATH.
pub(super) fn show(plan: &Path, folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
    for program in PROGRAMS {
        let child = Command::new(program)
            .args(["show", "-json", "-no-color"])
            .arg(plan)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        match child {
            Ok(child) => return Ok(Box::new(Shown::new(program, child)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ReadError::Io("neither terraform nor tofu is on the PATH".to_owned()))
}

/// The output of a program. Its end is an error where the program fails.
struct Shown {
    program: &'static str,
    child: Child,
    output: ChildStdout,
    complaints: Option<JoinHandle<String>>,
}

impl Shown {
    fn new(program: &'static str, mut child: Child) -> Result<Self, ReadError> {
        let (Some(output), Some(mut errors)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(ReadError::Io(format!("{program} has no output")));
        };
        let complaints = std::thread::spawn(move || {
            let mut text = Vec::new();
            // What is longer is read all the same, so that the program is not held up.
            let _ = errors.by_ref().take(MAX_MESSAGE).read_to_end(&mut text);
            let _ = io::copy(&mut errors, &mut io::sink());
            String::from_utf8_lossy(&text).into_owned()
        });
        Ok(Self { program, child, output, complaints: Some(complaints) })
    }
}

impl Read for Shown {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.output.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        let Some(complaints) = self.complaints.take() else { return Ok(0) };
        let status = self.child.wait()?;
        let text = complaints.join().unwrap_or_default();
        if status.success() {
            return Ok(0);
        }
        let words: Vec<&str> = text.split(['\n', '│', '╷', '╵']).map(str::trim).collect();
        let said = words.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Err(io::Error::other(format!("`{} show` failed: {said}", self.program)))
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if self.complaints.is_some() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

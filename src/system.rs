//! The only door to the disk. Owns reading within bounds and inside a root; knows nothing of what is read.
//!
//! Frontends get a [`Root`] and can reach nothing else: `..` and links that lead out of it are refused.

mod confine;
mod interrupt;
mod overlay;
mod replace;
mod run;
mod show;
mod worker;

use crate::findings::{Problem, ProblemKind};
pub use confine::{LONGEST, MEMORY, address_space, confine, keep_no_core, seal};
pub use overlay::{Overlay, Texts};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;
pub use worker::{COMMAND as WORKER, Gone, Worker};

/// Largest file that is read, in bytes.
pub const MAX_FILE: u64 = 256 << 20;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    File,
    Folder,
    /// A symbolic link; only in listings, which do not follow links.
    Link,
    /// A pipe, socket or device: never opened, since opening alone can block or act.
    Special,
}

/// One name of a folder.
#[derive(Debug, Clone)]
pub struct Listed {
    pub name: OsString,
    pub kind: FileKind,
}

/// What keyless asks of the machine that it runs on. No other module does I/O. A system that does not say how writes nothing
/// and runs no program.
pub trait System: Sync {
    /// What a path leads to, links followed.
    fn kind(&self, path: &Path) -> io::Result<FileKind>;
    /// The names in a folder, in no order, links not followed.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;
    /// The bytes of a regular file of at most `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError>;
    /// A regular file of any size, to be read in pieces.
    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, ReadError>;
    /// At most the first `length` bytes of a regular file.
    fn head(&self, path: &Path, length: u64) -> Result<Vec<u8>, ReadError>;
    /// A binary plan as `terraform show -json` prints it in this folder. Runs a program: only where the user says so.
    fn show(&self, plan: &Path, folder: &Path) -> Result<Box<dyn Read + Send>, ReadError>;
    /// Runs a program that the user named, in place of us, and gives its exit code back. Only where the user says so.
    fn run(&self, _program: &OsStr, _arguments: &[OsString]) -> io::Result<u8> {
        Err(io::ErrorKind::Unsupported.into())
    }
    /// Our own program once more, for work that may take its process with it.
    fn worker(&self) -> Result<Box<dyn Worker>, Gone>;
    /// A new file, with the folders that lead to it; one that is there already stays.
    fn create(&self, _path: &Path, _text: &str) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
    /// The file with these bytes, whatever it held, whole or not at all, with the folders that lead to it. What is no
    /// regular file (a pipe, `/dev/null`) is written to.
    fn replace(&self, _path: &Path, _bytes: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
    /// The file at a path without links with these bytes, whole or not at all, if it still holds what is expected. Owner and
    /// permissions stay; one that may not be written is left alone.
    fn rewrite(&self, _path: &Path, _expected: &[u8], _bytes: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
    /// Whether [`Self::rewrite`] is allowed to, as far as that can be told before it does.
    fn may_rewrite(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
    /// The absolute path without links.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// The working directory, absolute and without links.
    fn working_folder(&self) -> io::Result<PathBuf>;
    /// What time it is.
    fn now(&self) -> SystemTime;
    /// The number of the signal that asks for the run to end, once there is one: then what is not begun is left.
    fn interrupted(&self) -> Option<u8> {
        None
    }
    /// From now on a signal asks for the end of the run and does not end the process, unless it is the second one.
    fn watch_signals(&self) {}
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    Missing,
    /// It lies outside the root, or a link leads there.
    Outside,
    /// A folder, pipe, socket or device.
    NotAFile,
    TooLarge {
        limit: u64,
    },
    /// Not UTF-8 (nor UTF-16 with a byte order mark) at this line and column, from 1. What could be decoded tells
    /// whether the file is one that matters.
    NotText {
        start: (u32, u32),
        lossy: String,
    },
    Io(String),
}

impl ReadError {
    #[must_use]
    pub fn problem(&self, path: &str) -> Problem {
        let (kind, start) = match self {
            Self::NotText { start, .. } => (ProblemKind::Syntax, Some(*start)),
            Self::TooLarge { .. } => (ProblemKind::Limit, None),
            Self::Missing | Self::Outside | Self::NotAFile | Self::Io(_) => (ProblemKind::Io, None),
        };
        Problem { kind, path: path.to_owned(), start, message: self.to_string() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file, or a link to nothing"),
            Self::Outside => f.write_str("leads out of the repository, not read"),
            Self::NotAFile => f.write_str("not a regular file, not read"),
            Self::TooLarge { limit } if *limit < 1 << 20 => {
                write!(f, "larger than {} KiB, not analysed", limit >> 10)
            }
            Self::TooLarge { limit } => write!(f, "larger than {} MiB, not analysed", limit >> 20),
            Self::NotText { .. } => f.write_str("not valid UTF-8"),
            Self::Io(message) => write!(f, "cannot be read: {message}"),
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(explain(&error)),
        }
    }
}

/// An I/O error in words, the same on every machine where that is possible.
#[must_use]
pub fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl System for Disk {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        Ok(kind_of(fs::metadata(path)?.file_type()))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                Ok(Listed { kind: kind_of(entry.file_type()?), name: entry.file_name() })
            })
            .collect()
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        if metadata.len() > limit {
            return Err(ReadError::TooLarge { limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
        fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(bytes) }
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        if !fs::metadata(path)?.is_file() {
            return Err(ReadError::NotAFile);
        }
        Ok(Box::new(fs::File::open(path)?))
    }

    fn head(&self, path: &Path, length: u64) -> Result<Vec<u8>, ReadError> {
        if !fs::metadata(path)?.is_file() {
            return Err(ReadError::NotAFile);
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn show(&self, plan: &Path, folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        show::show(plan, folder)
    }

    fn run(&self, program: &OsStr, arguments: &[OsString]) -> io::Result<u8> {
        run::run(program, arguments)
    }

    fn worker(&self) -> Result<Box<dyn Worker>, Gone> {
        worker::start()
    }

    fn create(&self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        replace::replace(path, bytes)
    }

    fn rewrite(&self, path: &Path, expected: &[u8], bytes: &[u8]) -> io::Result<()> {
        replace::rewrite(path, expected, bytes)
    }

    fn may_rewrite(&self, path: &Path) -> io::Result<()> {
        replace::may_rewrite(path).map(drop)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn working_folder(&self) -> io::Result<PathBuf> {
        fs::canonicalize(std::env::current_dir()?)
    }

    fn interrupted(&self) -> Option<u8> {
        interrupt::came()
    }

    fn watch_signals(&self) {
        interrupt::watch();
    }
}

fn kind_of(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::File
    } else if file_type.is_dir() {
        FileKind::Folder
    } else if file_type.is_symlink() {
        FileKind::Link
    } else {
        FileKind::Special
    }
}

/// The folder that nothing is read outside of: a git work tree, or what the user named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    path: PathBuf,
}

impl Root {
    /// `path` is absolute and without links.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path without links, if it lies inside the root. `path` is absolute or relative to the root.
    pub fn resolve(&self, system: &dyn System, path: &Path) -> Result<PathBuf, ReadError> {
        let absolute = lexical(&self.path.join(path));
        // Before anything outside is so much as looked at.
        if !absolute.starts_with(&self.path) {
            return Err(ReadError::Outside);
        }
        let canonical = system.canonical(&absolute)?;
        if canonical.starts_with(&self.path) { Ok(canonical) } else { Err(ReadError::Outside) }
    }

    pub fn read(&self, system: &dyn System, path: &Path) -> Result<Vec<u8>, ReadError> {
        system.read(&self.resolve(system, path)?, MAX_FILE)
    }

    pub fn read_text(&self, system: &dyn System, path: &Path) -> Result<String, ReadError> {
        text(self.read(system, path)?)
    }

    /// The names in a folder inside the root, sorted.
    pub fn list(&self, system: &dyn System, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        let mut names = system.list(&self.resolve(system, folder)?)?;
        names.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(names)
    }
}

/// The path without `.` and `..`, by its text alone.
#[must_use]
pub fn lexical(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !result.pop() {
                    result.push("..");
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => result.push(component),
        }
    }
    result
}

/// Bytes as text: UTF-8, or UTF-16 with a byte order mark (what a redirection in PowerShell writes).
pub fn text(bytes: Vec<u8>) -> Result<String, ReadError> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            not_text(String::from_utf8_lossy(error.as_bytes()).into_owned(), valid)
        }),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut valid = None;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        if decoded.is_err() {
            valid = valid.or(Some(text.len()));
        }
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    match valid.or((!odd.is_empty()).then_some(text.len())) {
        Some(valid) => Err(not_text(text, valid)),
        None => Ok(text),
    }
}

fn not_text(lossy: String, valid: usize) -> ReadError {
    let before = lossy.get(..valid).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ReadError::NotText { start: (small(line), small(column)), lossy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_or_say_where_they_do_not() {
        assert_eq!(text(b"a\xc3\xa4".to_vec()), Ok("aä".to_owned()));
        assert_eq!(text(b"\xff\xfea\0\n\0".to_vec()), Ok("a\n".to_owned()));
        assert_eq!(text(b"\xfe\xff\0a".to_vec()), Ok("a".to_owned()));
        for (bytes, start, lossy) in [
            (&b"ok\n\xc3\xa4\xff"[..], (2, 2), "ok\nä\u{fffd}"),
            (b"\xff\xfea\0\x00\xd8", (1, 2), "a\u{fffd}"),
            (b"\xff\xfea\0b", (1, 2), "a"),
        ] {
            assert_eq!(text(bytes.to_vec()), Err(ReadError::NotText { start, lossy: lossy.to_owned() }));
        }
    }

    #[test]
    fn dots_are_resolved_by_text() {
        assert_eq!(lexical(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(lexical(Path::new("../a")), Path::new("../a"));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_the_root_is_read() {
        let outer = tempfile::tempdir().unwrap();
        let base = Disk.canonical(outer.path()).unwrap();
        fs::create_dir(base.join("root")).unwrap();
        fs::write(base.join("root/in"), "in").unwrap();
        fs::write(base.join("out"), "out").unwrap();
        std::os::unix::fs::symlink(base.join("out"), base.join("root/link")).unwrap();
        std::os::unix::fs::symlink(&base, base.join("root/up")).unwrap();
        let root = Root::new(base.join("root"));
        assert_eq!(root.read_text(&Disk, Path::new("in")), Ok("in".to_owned()));
        for path in ["link", "up/out", "../out", "a/../../out", "/etc/passwd"] {
            assert_eq!(root.read(&Disk, Path::new(path)), Err(ReadError::Outside), "{path}");
        }
        assert_eq!(root.read(&Disk, Path::new("none")), Err(ReadError::Missing));
        assert_eq!(root.read(&Disk, Path::new(".")), Err(ReadError::NotAFile));
    }

    #[test]
    fn a_file_above_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        fs::write(&path, "12345").unwrap();
        assert_eq!(Disk.read(&path, 4), Err(ReadError::TooLarge { limit: 4 }));
        assert_eq!(Disk.read(&path, 5), Ok(b"12345".to_vec()));
    }
}

//! A machine with nothing on it. Files stand in front of it ([`keyless::system::Overlay`]).

use keyless::system::{FileKind, Gone, Listed, ReadError, System, Worker};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where the tree lies.
pub const ROOT: &str = "/work";

/// A disk with one empty folder.
#[derive(Debug, Clone, Copy)]
pub struct Memory;

fn is_there(path: &Path) -> bool {
    path == Path::new("/") || path == Path::new(ROOT)
}

impl System for Memory {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if is_there(path) { Ok(FileKind::Folder) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        if is_there(folder) { Ok(Vec::new()) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn read(&self, _path: &Path, _limit: u64) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Missing)
    }

    fn open(&self, _path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        Err(ReadError::Missing)
    }

    fn head(&self, _path: &Path, _length: u64) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Missing)
    }

    fn show(&self, _plan: &Path, _folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        Err(ReadError::Missing)
    }

    fn worker(&self) -> Result<Box<dyn Worker>, Gone> {
        Err(Gone::Died)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        if is_there(path) { Ok(path.to_path_buf()) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn working_folder(&self) -> io::Result<PathBuf> {
        Ok(ROOT.into())
    }

    /// 2026-01-01: exceptions until a day must not change with the day of the run.
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
    }
}

//! The machine as seen from a folder: paths are relative to it, wherever the server was started.

use crate::system::{FileKind, Gone, Listed, ReadError, System, Worker};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Another system with a working directory of its own. Nothing is written through it, and no program run.
#[derive(Clone, Copy)]
pub(super) struct InFolder<'s> {
    below: &'s dyn System,
    folder: &'s Path,
}

impl<'s> InFolder<'s> {
    pub(super) fn new(below: &'s dyn System, folder: &'s Path) -> Self {
        Self { below, folder }
    }
}

impl System for InFolder<'_> {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.below.kind(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.below.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.below.read(path, limit)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        self.below.open(path)
    }

    fn head(&self, path: &Path, length: u64) -> Result<Vec<u8>, ReadError> {
        self.below.head(path, length)
    }

    fn show(&self, _plan: &Path, _folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        Err(ReadError::NotAFile)
    }

    fn worker(&self) -> Result<Box<dyn Worker>, Gone> {
        self.below.worker()
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.below.canonical(path)
    }

    fn working_folder(&self) -> io::Result<PathBuf> {
        Ok(self.folder.to_path_buf())
    }

    fn now(&self) -> SystemTime {
        self.below.now()
    }
}

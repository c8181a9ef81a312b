//! The disk with some files as they are to be: what is edited and not written yet.

use super::{FileKind, Gone, Listed, ReadError, System, Worker, lexical};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Files that stand in front of those of the disk, by absolute paths without links.
pub type Texts = BTreeMap<PathBuf, Arc<[u8]>>;

/// Another system, but for some files. Nothing is ever written through it.
#[derive(Clone, Copy)]
pub struct Overlay<'s> {
    below: &'s dyn System,
    texts: &'s Texts,
}

impl std::fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Overlay").field("texts", &self.texts.keys()).finish_non_exhaustive()
    }
}

impl<'s> Overlay<'s> {
    #[must_use]
    pub fn new(below: &'s dyn System, texts: &'s Texts) -> Self {
        Self { below, texts }
    }

    /// The text that stands at a path. Paths are followed only where their last name is that of a text: who comes by a link
    /// asks where it leads before reading ([`super::Root::resolve`]), and most paths are of thousands of other files.
    fn text(&self, path: &Path) -> Option<&'s Arc<[u8]>> {
        if let Some(text) = self.texts.get(path) {
            return Some(text);
        }
        let name = path.file_name();
        if !self.texts.keys().any(|known| known.file_name() == name) {
            return None;
        }
        self.texts.get(&self.canonical(path).ok()?)
    }

    /// Whether a folder is there only because a file in it is.
    fn leads_to_text(&self, folder: &Path) -> bool {
        self.texts.keys().any(|path| path.starts_with(folder) && path != folder)
    }
}

impl System for Overlay<'_> {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if self.text(path).is_some() {
            return Ok(FileKind::File);
        }
        match self.below.kind(path) {
            Err(_) if self.leads_to_text(&lexical(path)) => Ok(FileKind::Folder),
            result => result,
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let listed = self.below.list(folder);
        if self.texts.is_empty() {
            return listed;
        }
        let real = self.canonical(folder)?;
        let mut names = match listed {
            Ok(names) => names,
            Err(_) if self.leads_to_text(&real) => Vec::new(),
            Err(error) => return Err(error),
        };
        for path in self.texts.keys() {
            let Ok(rest) = path.strip_prefix(&real) else { continue };
            let mut parts = rest.components();
            let Some(name) = parts.next().map(|part| part.as_os_str().to_owned()) else { continue };
            if names.iter().all(|known| known.name != name) {
                let kind = if parts.next().is_some() { FileKind::Folder } else { FileKind::File };
                names.push(Listed { name, kind });
            }
        }
        Ok(names)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.text(path) {
            Some(text) if text.len() as u64 > limit => Err(ReadError::TooLarge { limit }),
            Some(text) => Ok(text.to_vec()),
            None => self.below.read(path, limit),
        }
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        match self.text(path) {
            Some(text) => Ok(Box::new(Cursor::new(text.to_vec()))),
            None => self.below.open(path),
        }
    }

    fn head(&self, path: &Path, length: u64) -> Result<Vec<u8>, ReadError> {
        match self.text(path) {
            Some(text) => {
                let length = usize::try_from(length).unwrap_or(usize::MAX).min(text.len());
                Ok(text.get(..length).unwrap_or_default().to_vec())
            }
            None => self.below.head(path, length),
        }
    }

    fn show(&self, plan: &Path, folder: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
        self.below.show(plan, folder)
    }

    fn worker(&self) -> Result<Box<dyn Worker>, Gone> {
        self.below.worker()
    }

    fn may_rewrite(&self, path: &Path) -> io::Result<()> {
        self.below.may_rewrite(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let error = match self.below.canonical(path) {
            Ok(real) => return Ok(real),
            Err(error) => error,
        };
        // Of what is not on the disk yet, the folder that is.
        let path = lexical(path);
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return Err(error) };
        let real = self.canonical(parent).map_err(|_| error)?.join(name);
        if self.texts.contains_key(&real) || self.leads_to_text(&real) {
            Ok(real)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn interrupted(&self) -> Option<u8> {
        self.below.interrupted()
    }

    fn now(&self) -> SystemTime {
        self.below.now()
    }

    fn working_folder(&self) -> io::Result<PathBuf> {
        self.below.working_folder()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{Disk, Root};
    use std::ffi::OsString;
    use std::fs;

    #[test]
    fn what_is_edited_stands_before_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let base = Disk.canonical(folder.path()).unwrap();
        fs::write(base.join("a"), "disk").unwrap();
        fs::write(base.join("b"), "disk").unwrap();
        let texts: Texts = [("a", "edited"), ("new/deep/c", "new")]
            .map(|(path, text)| (base.join(path), Arc::from(text.as_bytes())))
            .into();
        let overlay = Overlay::new(&Disk, &texts);
        let root = Root::new(base.clone());
        for (path, expected) in [
            ("a", Ok("edited")),
            ("./x/../a", Ok("edited")),
            ("b", Ok("disk")),
            ("new/deep/c", Ok("new")),
            ("new/d", Err(ReadError::Missing)),
        ] {
            assert_eq!(root.read_text(&overlay, Path::new(path)), expected.map(str::to_owned), "{path}");
        }
        assert_eq!(overlay.head(&base.join("a"), 3), Ok(b"edi".to_vec()));
        assert_eq!(overlay.kind(&base.join("new/deep")).unwrap(), FileKind::Folder);
        let names = |folder: &Path| {
            let mut names: Vec<_> =
                overlay.list(folder).unwrap().into_iter().map(|listed| (listed.name, listed.kind)).collect();
            names.sort_by(|a, b| a.0.cmp(&b.0));
            names
        };
        let file = |name: &str| (OsString::from(name), FileKind::File);
        assert_eq!(names(&base), [file("a"), file("b"), ("new".into(), FileKind::Folder)]);
        assert_eq!(names(&base.join("new/deep")), [file("c")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_what_is_edited() {
        let folder = tempfile::tempdir().unwrap();
        let base = Disk.canonical(folder.path()).unwrap();
        fs::write(base.join("a"), "disk").unwrap();
        std::os::unix::fs::symlink(base.join("a"), base.join("link")).unwrap();
        let texts: Texts = [(base.join("a"), Arc::from(&b"edited"[..]))].into();
        let overlay = Overlay::new(&Disk, &texts);
        assert_eq!(Root::new(base).read(&overlay, Path::new("link")), Ok(b"edited".to_vec()));
    }
}

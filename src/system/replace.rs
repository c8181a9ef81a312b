//! Writes a file whole or not at all: beside it first, then in its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Names that are tried for the file beside it.
const ATTEMPTS: u32 = 16;

pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (target, permissions) = match fs::metadata(path) {
        Ok(known) if known.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(known) if !known.is_file() => return OpenOptions::new().write(true).open(path)?.write_all(bytes),
        // A link stays a link.
        Ok(known) => (fs::canonicalize(path)?, Some(known.permissions())),
        Err(error) if error.kind() == ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let (beside, mut file) = beside(&target)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| permissions.map_or(Ok(()), |kept| fs::set_permissions(&beside, kept)))
        .and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        // What remains is of no use; the first error is what matters.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// What is known of a file that may get another text.
pub(super) fn may_rewrite(path: &Path) -> io::Result<fs::Metadata> {
    let known = fs::symlink_metadata(path)?;
    if !known.is_file() || fs::canonicalize(path)? != path {
        return Err(io::Error::other("it is another file by now"));
    }
    if known.permissions().readonly() {
        return Err(io::Error::other("it is read-only"));
    }
    // A name in a folder can be given to another file by who may not write the file.
    OpenOptions::new().write(true).open(path)?;
    Ok(known)
}

/// Another text for a file that is there, if it is still what it was.
pub(super) fn rewrite(path: &Path, expected: &[u8], bytes: &[u8]) -> io::Result<()> {
    let known = may_rewrite(path)?;
    if fs::read(path)? != expected {
        return Err(io::Error::other("it changed since it was judged"));
    }
    let (beside, mut file) = beside(path)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| keep_owner(&known, &file))
        .and_then(|()| fs::set_permissions(&beside, known.permissions()))
        // After a crash the name must not lead to a file without its bytes.
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(unix)]
fn keep_owner(known: &fs::Metadata, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let made = file.metadata()?;
    let other = |kept: u32, made: u32| (kept != made).then_some(kept);
    match (other(known.uid(), made.uid()), other(known.gid(), made.gid())) {
        (None, None) => Ok(()),
        (user, group) => fchown(file, user, group)
            .map_err(|_| io::Error::other("it belongs to somebody else, and would be yours afterwards")),
    }
}

#[cfg(not(unix))]
fn keep_owner(_known: &fs::Metadata, _file: &File) -> io::Result<()> {
    Ok(())
}

/// A new file in the same folder, so that it can take the other's place in one step.
fn beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let process = std::process::id();
    let mut taken = io::Error::from(ErrorKind::AlreadyExists);
    for attempt in 0..ATTEMPTS {
        let path = target.with_file_name(format!(".{name}.{process}-{attempt}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

#[cfg(test)]
mod tests {
    use super::{replace, rewrite};
    use std::fs;

    #[test]
    fn a_file_is_replaced_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/report.json");
        for text in ["first, longer", "second"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert!(replace(folder.path(), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay_and_devices_are_written_to() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        replace(std::path::Path::new("/dev/null"), b"x").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_rewritten_only_if_it_is_what_it_was() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let base = fs::canonicalize(folder.path()).unwrap();
        let (file, link, hard) = (base.join("file"), base.join("link"), base.join("hard"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        fs::hard_link(&file, &hard).unwrap();
        let refused = |path: &std::path::Path, expected: &str| {
            rewrite(path, expected.as_bytes(), b"new").unwrap_err().to_string()
        };
        assert_eq!(refused(&link, "old"), "it is another file by now");
        assert_eq!(refused(&file, "other"), "it changed since it was judged");
        rewrite(&file, b"old", b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(refused(&file, "new"), "it is read-only");
        assert_eq!(fs::read_dir(&base).unwrap().count(), 3);
        assert!(rewrite(&base.join("none"), b"", b"").is_err());
    }
}

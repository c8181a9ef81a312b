//! Files with edits in them, in the encoding that they have on the disk.

use super::{Ground, Refused};
use crate::findings::Edit;
use crate::fixes;
use crate::source::FileId;
use crate::system::{self, MAX_FILE, System, Texts};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where files are that may be edited, each looked for once.
pub(super) struct Places<'g> {
    ground: Ground<'g>,
    known: RefCell<BTreeMap<FileId, Result<Arc<Path>, Refused>>>,
}

impl<'g> Places<'g> {
    pub(super) fn new(ground: Ground<'g>) -> Self {
        Self { ground, known: RefCell::default() }
    }

    pub(super) fn of(&self, file: FileId) -> Result<Arc<Path>, Refused> {
        let mut known = self.known.borrow_mut();
        known.entry(file).or_insert_with(|| self.ground.place(file).map(Into::into)).clone()
    }
}

impl Ground<'_> {
    /// Where a file is, without links, if it may be edited: a whole file of the user's own that was asked for.
    pub(super) fn place(&self, file: FileId) -> Result<PathBuf, Refused> {
        let source = self.sources.get(file);
        let refused = |why: &str| {
            let name = self.outcome.masked(self.sources).path(file);
            Refused(format!("it edits `{name}`, {why}"))
        };
        if !source.is_whole() {
            return Err(refused("which is no file of the working tree"));
        }
        let files = &self.inventory.files;
        let found = files.binary_search_by(|found| found.shown.cmp(&source.path)).ok();
        let found = found.and_then(|at| files.get(at)).filter(|found| !found.companion);
        let Some(found) = found else {
            return Err(refused("which is not among the paths that were asked for"));
        };
        if found.git_ignored || source.git_ignored {
            return Err(refused("which git ignores"));
        }
        let root = self.inventory.roots.get(found.root);
        let root = root.ok_or_else(|| refused("which lies in no repository"))?;
        let real = root.resolve(self.system, &found.path).map_err(|error| refused(&error.to_string()))?;
        match real.strip_prefix(root.path()).map(|path| path.starts_with(".git")) {
            Ok(false) => Ok(real),
            Ok(true) | Err(_) => Err(refused("which lies outside of the work tree")),
        }
    }

    /// The files that edits are about, with the edits. The same edit of two findings is one.
    pub(super) fn edited<'e>(
        &self,
        edits: impl IntoIterator<Item = (&'e Path, &'e Edit)>,
    ) -> Result<Texts, Refused> {
        let mut by_path: BTreeMap<&Path, Vec<&Edit>> = BTreeMap::new();
        for (path, edit) in edits {
            by_path.entry(path).or_default().push(edit);
        }
        let edited = by_path.into_iter().map(|(path, edits)| {
            let bytes = self.with_edits(path, &edits)?;
            Ok((path.to_path_buf(), bytes.into()))
        });
        edited.collect()
    }

    fn with_edits(&self, path: &Path, edits: &[&Edit]) -> Result<Vec<u8>, Refused> {
        let files: BTreeSet<FileId> = edits.iter().map(|edit| edit.site.file).collect();
        let refused = |why: &str| {
            let masked = self.outcome.masked(self.sources);
            let name = files.first().map_or_else(String::new, |file| masked.path(*file));
            Refused(format!("`{name}`: {why}"))
        };
        let (bytes, text) = read(self.system, path).map_err(|why| refused(&why))?;
        // A file that is read twice may have changed between.
        if files.iter().any(|file| self.sources.get(*file).text() != text) {
            return Err(refused("it changed while it was looked at"));
        }
        let edited = fixes::splice(&text, edits.iter().copied());
        Ok(encoded_as(&bytes, &edited.map_err(|fault| refused(&fault.to_string()))?))
    }
}

/// A file as it is, and its text.
pub(super) fn read(system: &dyn System, path: &Path) -> Result<(Vec<u8>, String), String> {
    let bytes = system.read(path, MAX_FILE).map_err(|error| error.to_string())?;
    let text = system::text(bytes.clone()).map_err(|error| error.to_string())?;
    Ok((bytes, text))
}

/// A text in the encoding of a file: UTF-16 with its mark where that is what it has.
fn encoded_as(file: &[u8], text: &str) -> Vec<u8> {
    let units = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    match file {
        [0xff, 0xfe, ..] => units([0xff, 0xfe], u16::to_le_bytes),
        [0xfe, 0xff, ..] => units([0xfe, 0xff], u16::to_be_bytes),
        _ => text.as_bytes().to_vec(),
    }
}

/// Whether the text of a file is other bytes than the file's: a patch of the one is none of the other.
pub(super) fn is_utf16(file: &[u8]) -> bool {
    matches!(file, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_encoding() {
        for bytes in [
            &b"\xff\xfea\0\x3d\xd8\x00\xde\r\0\n\0"[..],
            b"\xfe\xff\0a\0\n",
            b"\xef\xbb\xbfa\r\n",
            "ä\n".as_bytes(),
            b"",
        ] {
            let text = system::text(bytes.to_vec()).unwrap();
            assert_eq!(encoded_as(bytes, &text), bytes);
            assert_eq!(system::text(encoded_as(bytes, &format!("{text}ü"))).unwrap(), format!("{text}ü"));
        }
    }
}

//! The paths that git has under version control. What is tracked is not ignored, whatever a pattern says: a
//! `terraform.tfvars` that was added by force is in the repository, and so is its secret.
//!
//! Reads [the index](https://git-scm.com/docs/index-format), versions 2 to 4; another one tracks nothing.

use crate::system::{FileKind, MAX_FILE, System};
use std::path::Path;

/// Longest path that an index may have.
const MAX_PATH: usize = 4096;

/// Root-relative paths, `/`-separated, sorted.
#[derive(Debug, Default)]
pub(super) struct Tracked(Vec<Vec<u8>>);

impl Tracked {
    /// Of a root whose `.git` is a folder. In a linked work tree the index lies outside of the root.
    pub(super) fn of_root(system: &dyn System, root: &Path) -> Self {
        let index = root.join(".git/index");
        if !is_plain_file(system, &index) {
            return Self::default();
        }
        let bytes = system.read(&index, MAX_FILE).unwrap_or_default();
        // Object names are SHA-1, or SHA-256 in some repositories; the index does not say which.
        let mut paths = [20, 32].into_iter().find_map(|hash| paths(&bytes, hash)).unwrap_or_default();
        paths.sort();
        Self(paths)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.0.binary_search_by(|tracked| tracked.as_slice().cmp(path.as_bytes())).is_ok()
    }
}

/// A regular file that no link leads to. `path` stands below a folder without links.
pub(super) fn is_plain_file(system: &dyn System, path: &Path) -> bool {
    system.canonical(path).is_ok_and(|real| real == path)
        && system.kind(path).is_ok_and(|kind| kind == FileKind::File)
}

fn paths(index: &[u8], hash: usize) -> Option<Vec<Vec<u8>>> {
    let number = |at: usize| Some(u32::from_be_bytes(*index.get(at..at + 4)?.first_chunk()?));
    let version = number(4)?;
    if index.get(..4)? != b"DIRC" || !(2..=4).contains(&version) {
        return None;
    }
    let mut paths: Vec<Vec<u8>> = Vec::new();
    let mut at = 12;
    for _ in 0..number(8)? {
        let start = at;
        at += 40 + hash;
        let flags = u16::from_be_bytes(*index.get(at..at + 2)?.first_chunk()?);
        at += if version >= 3 && flags & 0x4000 != 0 { 4 } else { 2 };
        let mut path = Vec::new();
        if version == 4 {
            let dropped = variable_length(index, &mut at)?;
            let previous = paths.last().map_or(&[][..], Vec::as_slice);
            path.extend_from_slice(previous.get(..previous.len().checked_sub(dropped)?)?);
        }
        let rest = index.get(at..)?;
        let name = rest.get(..memchr::memchr(0, rest)?)?;
        path.extend_from_slice(name);
        // Each path may be the one before it and more, and no system has paths without end.
        if path.len() > MAX_PATH {
            return None;
        }
        let length = usize::from(flags & 0xfff);
        if length < 0xfff && length != path.len() {
            return None;
        }
        at += name.len();
        // One to eight zero bytes end an entry; version 4 has one.
        at = if version == 4 { at + 1 } else { start + ((at - start) / 8 + 1) * 8 };
        paths.push(path);
    }
    Some(paths)
}

/// The number of bytes to drop from the previous path: seven bits a byte, each further byte one more than it says.
fn variable_length(index: &[u8], at: &mut usize) -> Option<usize> {
    let mut next = || {
        let byte = *index.get(*at)?;
        *at += 1;
        Some(byte)
    };
    let mut byte = next()?;
    let mut value = usize::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = next()?;
        value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 0x7f);
    }
    Some(value)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An index with these paths, as git writes it.
    pub(crate) fn index(version: u32, hash: usize, names: &[&str]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend(u32::try_from(names.len()).unwrap().to_be_bytes());
        let mut previous = "";
        for name in names {
            let start = bytes.len();
            bytes.extend(vec![7; 40 + hash]);
            bytes.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
            if version == 4 {
                let common = name.bytes().zip(previous.bytes()).take_while(|(a, b)| a == b).count();
                bytes.push(u8::try_from(previous.len() - common).unwrap());
                bytes.extend(&name.as_bytes()[common..]);
                bytes.push(0);
            } else {
                bytes.extend(name.as_bytes());
                let zeros = 8 - (bytes.len() - start) % 8;
                bytes.extend(vec![0; zeros]);
            }
            previous = name;
        }
        bytes
    }

    #[test]
    fn every_version_of_the_index_is_read() {
        let names = ["a", "dir/main.tf", "dir/main.tfvars", "dir.tf", "e/1234567", "e/12345678", "zz"];
        for (version, hash) in [(2, 20), (3, 20), (4, 20), (2, 32), (4, 32)] {
            let bytes = index(version, hash, &names);
            assert_eq!(paths(&bytes, hash).unwrap(), names.map(|name| name.as_bytes().to_vec()), "{version}");
            assert_eq!(paths(&bytes, 52 - hash), None, "{version}");
        }
        assert_eq!(paths(&index(5, 20, &names), 20), None);
        assert_eq!(paths(b"", 20), None);
    }

    #[test]
    fn paths_that_grow_without_end_are_no_index() {
        let names: Vec<String> = (1..200).map(|count| "a".repeat(count * 100)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(paths(&index(4, 20, names.get(..40).unwrap()), 20).unwrap().len(), 40);
        assert_eq!(paths(&index(4, 20, &names), 20), None);
    }

    #[test]
    fn long_differences_are_numbers_of_several_bytes() {
        for (bytes, value) in [(&[0x7f][..], 127), (&[0x80, 0x00], 128), (&[0x81, 0x00], 256)] {
            assert_eq!(variable_length(bytes, &mut 0), Some(value));
        }
        assert_eq!(variable_length(&[0x80], &mut 0), None);
    }

    #[test]
    fn the_index_that_git_writes_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let git = |args: &[&str]| {
            let mut command = std::process::Command::new("git");
            command.current_dir(folder.path()).args(args).output().is_ok_and(|output| output.status.success())
        };
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("deep/terraform.tfvars"), "a = 1\n").unwrap();
        std::fs::write(folder.path().join(".gitignore"), "*.tfvars\n").unwrap();
        if !git(&["init", "-q"]) || !git(&["add", "-f", "."]) {
            eprintln!("skipped: no git here");
            return;
        }
        for version in ["2", "4"] {
            assert!(git(&["update-index", "--index-version", version]));
            let root = std::fs::canonicalize(folder.path()).unwrap();
            let tracked = Tracked::of_root(&crate::system::Disk, &root);
            assert!(
                tracked.has("deep/terraform.tfvars") && tracked.has(".gitignore") && !tracked.has("deep")
            );
        }
    }
}

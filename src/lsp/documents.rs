//! The documents that are open in the editor, as it edits them.

use super::text::{Encoding, Lines};
use super::uri;
use crate::system::System;
use lsp_types::Range;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// As the client spells it.
    pub(super) uri: String,
    /// Without links; `None` for what is no file.
    pub(super) path: Option<PathBuf>,
    pub(super) version: Option<i64>,
    pub(super) text: Arc<str>,
    /// The order to the analysis that told it this text.
    pub(super) told_at: u64,
    /// It was edited since.
    pub(super) is_edited: bool,
}

/// One edit of a document: a range replaced, or without a range all of it.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    range: Option<Range>,
    text: String,
}

#[derive(Debug, Default)]
pub(super) struct Documents {
    /// By what they are called: their path, or what else a client calls them.
    open: BTreeMap<Name, Document>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Path(PathBuf),
    Other(String),
}

fn name(address: &str) -> Name {
    uri::to_path(address).map_or_else(|| Name::Other(address.to_owned()), Name::Path)
}

impl Documents {
    pub(super) fn open(&mut self, uri: &str, version: Option<i64>, text: &str, system: &dyn System) {
        let path = uri::to_path(uri).map(|path| real(&path, system));
        let document =
            Document { path, version, text: text.into(), told_at: 0, is_edited: true, uri: uri.to_owned() };
        self.open.insert(name(uri), document);
    }

    pub(super) fn close(&mut self, uri: &str) -> Option<Document> {
        self.open.remove(&name(uri))
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.open.get(&name(uri))
    }

    pub(super) fn get_mut(&mut self, uri: &str) -> Option<&mut Document> {
        self.open.get_mut(&name(uri))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    /// Those of a file; more than one only if it is opened by several names.
    pub(super) fn of(&self, path: &Path) -> impl Iterator<Item = &Document> {
        self.all().filter(move |document| document.path.as_deref() == Some(path))
    }
}

impl Document {
    /// Applies edits, each to what the one before left.
    pub(super) fn change(&mut self, version: Option<i64>, changes: Vec<Change>, encoding: Encoding) {
        let mut text = self.text.to_string();
        for Change { range, text: new } in changes {
            match range {
                Some(range) => {
                    let bytes = Lines::new(&text).bytes(&text, range, encoding);
                    text.replace_range(bytes, &new);
                }
                None => text = new,
            }
        }
        self.text = text.into();
        self.version = version.or(self.version);
        self.is_edited = true;
    }
}

/// The path without links. Of what is not on the disk yet the folder is.
pub(super) fn real(path: &Path, system: &dyn System) -> PathBuf {
    let path = crate::system::lexical(path);
    if let Ok(real) = system.canonical(&path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder, system).join(name),
        _ => path,
    }
}

/// What files are called in messages: as the client calls them, where it does.
#[derive(Debug, Default, Clone)]
pub(super) struct Names {
    open: BTreeMap<PathBuf, (String, Option<i64>)>,
    /// Folders without links, and their addresses.
    folders: Vec<(PathBuf, String)>,
}

impl Names {
    pub(super) fn new(documents: &Documents, folders: &[(PathBuf, String)]) -> Self {
        let named =
            |document: &Document| Some((document.path.clone()?, (document.uri.clone(), document.version)));
        let mut folders = folders.to_vec();
        // The innermost first.
        folders.sort_by_key(|(path, _)| std::cmp::Reverse(path.components().count()));
        Self { open: documents.all().filter_map(named).collect(), folders }
    }

    pub(super) fn uri(&self, path: &Path) -> String {
        if let Some((uri, _)) = self.open.get(path) {
            return uri.clone();
        }
        for (folder, uri) in &self.folders {
            if let Ok(rest) = path.strip_prefix(folder) {
                let rest = uri::of_path(&Path::new("/").join(rest));
                return format!("{}{}", uri.trim_end_matches('/'), rest.trim_start_matches("file://"));
            }
        }
        uri::of_path(path)
    }

    /// The version of a file that is open.
    pub(super) fn version(&self, path: &Path) -> Option<i64> {
        self.open.get(path).and_then(|(_, version)| *version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Disk;
    use serde_json::json;

    fn edited(text: &str, changes: &serde_json::Value, encoding: Encoding) -> String {
        let mut documents = Documents::default();
        documents.open("untitled:a", Some(1), text, &Disk);
        let document = documents.get_mut("untitled:a").unwrap();
        document.change(Some(2), serde_json::from_value(changes.clone()).unwrap(), encoding);
        assert_eq!(document.version, Some(2));
        document.text.to_string()
    }

    #[test]
    fn edits_are_applied_one_after_another() {
        let at = |line: u32, start: u32, end: u32, text: &str| json!({"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}, "text": text});
        for (text, changes, expected) in [
            ("ab\ncd\n", json!([at(1, 0, 1, "X"), at(1, 1, 2, "Y")]), "ab\nXY\n"),
            ("a😀b", json!([at(0, 3, 4, "c")]), "a😀c"),
            ("a😀b", json!([at(0, 2, 3, "")]), "ab"),
            ("a\r\nb", json!([at(0, 1, 99, "!")]), "a!\r\nb"),
            ("a\rb", json!([at(1, 0, 1, "c")]), "a\rc"),
            ("a", json!([at(7, 0, 3, "b")]), "ab"),
            ("a", json!([{"text": "new"}, at(0, 3, 3, "er")]), "newer"),
            ("a", json!([]), "a"),
        ] {
            assert_eq!(edited(text, &changes, Encoding::Utf16), expected, "{changes}");
        }
        assert_eq!(edited("a😀b", &json!([at(0, 5, 6, "c")]), Encoding::Utf8), "a😀c");
    }

    #[cfg(unix)]
    #[test]
    fn files_are_called_as_the_client_calls_them() {
        let mut documents = Documents::default();
        documents.open("file:///none/open%2Etf", Some(3), "", &Disk);
        let folders =
            [("/none".into(), "file:///link".to_owned()), ("/none/in".into(), "file:///in/".to_owned())];
        let names = Names::new(&documents, &folders);
        for (path, expected) in [
            ("/none/open.tf", "file:///none/open%2Etf"),
            ("/none/a b.tf", "file:///link/a%20b.tf"),
            ("/none/in/x.tf", "file:///in/x.tf"),
            ("/other/x.tf", "file:///other/x.tf"),
        ] {
            assert_eq!(names.uri(Path::new(path)), expected);
        }
        assert_eq!(names.version(Path::new("/none/open.tf")), Some(3));
    }
}

//! Files, through [`FileAccess`], and paths as text. Opens nothing itself.

use super::frame::{Call, CallError, Makes, Spec, Takes};
use crate::model::{Hop, Reason, Value};
use crate::source::{FileId, Site, Span};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use globset::{GlobBuilder, GlobMatcher};
use std::sync::Arc;

/// Reading files as Terraform would from the root module's folder. Implementations stay inside the root.
pub trait FileAccess {
    /// A file's text, and its id where it joined the run's sources. `Err` says why it cannot be known.
    fn read(&self, path: &str) -> Result<(Arc<str>, Option<FileId>), Reason>;

    /// A file's bytes, which need not be text.
    fn read_bytes(&self, path: &str) -> Result<Arc<[u8]>, Reason> {
        self.read(path).map(|(text, _)| Arc::from(text.as_bytes()))
    }

    /// Whether a regular file is there. `Err` where the place lies outside the root.
    fn exists(&self, path: &str) -> Result<bool, Reason>;

    /// The files under a folder that match a pattern ([`fileset_matcher`]), relative to it, `/`-separated.
    fn fileset(&self, path: &str, pattern: &str) -> Result<Vec<Arc<str>>, Reason>;
}

pub(super) const SPECS: &[Spec] = &[
    Spec::new("basename", &[Takes::Text], |call| Ok(Value::string(basename(call.text(0))))),
    Spec::new("dirname", &[Takes::Text], |call| Ok(Value::string(dirname(call.text(0))))),
    Spec::new("file", &[Takes::Text], file).makes(Makes::Same),
    Spec::new("filebase64", &[Takes::Text], filebase64),
    Spec::new("fileexists", &[Takes::Text], |call| {
        Ok(call.files.exists(call.text(0)).map_or_else(Value::unknown, Value::bool))
    }),
    Spec::new("fileset", &[Takes::Text, Takes::Text], fileset),
];

/// Whether a function makes its result of what a file holds, which its argument only names.
pub(super) fn reads_file(name: &str) -> bool {
    name.starts_with("file") && name != "fileset"
}

/// What a `fileset` pattern matches: `*` and `?` stay within a folder, `**` does not, `{a,b}` are alternatives.
#[must_use]
pub fn fileset_matcher(pattern: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build();
    glob.ok().map(|glob| glob.compile_matcher())
}

fn file(call: &Call<'_>) -> Result<Value, CallError> {
    let path = call.text(0);
    Ok(match call.files.read(path) {
        Ok((text, id)) => from_file(path, &text, id),
        Err(reason) => Value::unknown(reason),
    })
}

/// The text of a file, as a literal that stands there.
fn from_file(path: &str, text: &Arc<str>, id: Option<FileId>) -> Value {
    let mut value = Value::string(Arc::clone(text));
    if let Some(id) = id {
        value = value.at(Site::new(id, Span::new(0, text.len())));
    }
    value.via(Hop::File(path.into()), None)
}

fn filebase64(call: &Call<'_>) -> Result<Value, CallError> {
    let path = call.text(0);
    Ok(match call.files.read_bytes(path) {
        Ok(bytes) => {
            let text = Value::string(STANDARD.encode(bytes));
            match call.files.read(path) {
                Ok((source, id)) => Value { origin: from_file(path, &source, id).origin, ..text },
                Err(_) => text.via(Hop::File(path.into()), None),
            }
        }
        Err(reason) => Value::unknown(reason),
    })
}

fn fileset(call: &Call<'_>) -> Result<Value, CallError> {
    if fileset_matcher(call.text(1)).is_none() {
        return Err(CallError::at(1, "the pattern is malformed"));
    }
    Ok(match call.files.fileset(call.text(0), call.text(1)) {
        Ok(mut paths) => {
            paths.sort_unstable();
            paths.dedup();
            Value::list(paths.into_iter().map(Value::string)).as_set()
        }
        Err(reason) => Value::unknown(reason),
    })
}

/// Go's `filepath.Base`.
fn basename(path: &str) -> &str {
    if path.is_empty() {
        return ".";
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() {
        return "/";
    }
    trimmed.rsplit('/').next().unwrap_or(trimmed)
}

/// Go's `filepath.Dir`.
fn dirname(path: &str) -> String {
    clean(path.rfind('/').map_or("", |at| &path[..=at]))
}

/// Go's `filepath.Clean`.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match kept.last() {
                Some(last) if *last != ".." => {
                    kept.pop();
                }
                Some(_) => kept.push(part),
                None if rooted => {}
                None => kept.push(part),
            },
            _ => kept.push(part),
        }
    }
    let joined = kept.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

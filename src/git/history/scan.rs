//! From texts to the secrets in them, each with the earliest place that has it.

use super::commits::Commits;
use super::files::Blob;
use super::notes::Notes;
use super::{Past, Wanted, identity};
use crate::findings::ProblemKind;
use crate::git::repository::{Handle, Repository, Unread, object, size};
use crate::secrets::Detection;
use crate::source::{Position, SourceFile, Span};
use crate::system::{MAX_FILE, ReadError, text};
use gix_object::Kind;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Texts that a thread takes at once: neighbours in the order of paths, which are deltas of one another.
const CHUNK: usize = 32;
/// Bytes that tell a binary.
const HEAD: usize = 1024;
/// Longest name that is shown before a secret.
const NAME: usize = 64;

/// A secret where it was found.
struct Found {
    /// Commit, path and offset: the smallest is the one to tell.
    place: (usize, Arc<str>, usize),
    start: Position,
    text: String,
    detection: Detection,
}

/// What is left of a text once it was searched.
enum Searched {
    Found(Vec<Found>),
    Absent,
    Not(ProblemKind, String),
}

pub(super) struct Scan<'a> {
    repository: &'a Repository<'a>,
    wanted: &'a dyn Wanted,
    /// One for each thread that works.
    handles: Mutex<Vec<Handle>>,
    /// By the secret itself, however it is written.
    found: BTreeMap<String, Found>,
    searched: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(repository: &'a Repository<'a>, wanted: &'a dyn Wanted) -> Self {
        Self { repository, wanted, handles: Mutex::default(), found: BTreeMap::new(), searched: 0 }
    }

    pub(super) fn searched(&self) -> usize {
        self.searched
    }

    pub(super) fn search(&mut self, mut batch: Vec<Blob>, commits: &Commits, notes: &mut Notes) {
        // git stores the newest text of a file, and older ones as what differs from newer ones.
        batch.sort_by(|a, b| (&a.path, b.commit, b.id).cmp(&(&b.path, a.commit, a.id)));
        let this = &*self;
        let all: Vec<(Blob, Searched)> = batch
            .par_chunks(CHUNK)
            .flat_map_iter(|chunk| {
                let mut handles = this.handles();
                let handle = handles.pop();
                drop(handles);
                let handle = handle.unwrap_or_else(|| this.repository.handle());
                let mut buffer = Vec::new();
                let one = |blob: &Blob| (blob.clone(), this.one(&handle, blob, &mut buffer));
                let searched: Vec<_> = chunk.iter().map(one).collect();
                this.handles().push(handle);
                searched
            })
            .collect();
        for (blob, searched) in all {
            match searched {
                Searched::Found(found) => {
                    self.searched += 1;
                    found.into_iter().for_each(|found| self.take(found));
                }
                Searched::Absent => notes.absent(&blob.path, &commits.short(blob.commit)),
                Searched::Not(kind, message) => {
                    let message = format!("as of commit {}: {message}", commits.short(blob.commit));
                    notes.file(&blob.path, kind, message);
                }
            }
        }
    }

    /// The secrets, from the earliest commit on.
    pub(super) fn finish(self, commits: &Commits) -> Vec<Past> {
        let mut found: Vec<Found> = self.found.into_values().collect();
        found.sort_by(|a, b| a.place.cmp(&b.place));
        let mut told = BTreeMap::new();
        let past = |found: Found| {
            let (commit, path, _) = found.place;
            let commit = told.entry(commit).or_insert_with(|| commits.told(commit));
            Past {
                path: path.to_string(),
                commit: Arc::clone(commit),
                start: found.start,
                text: found.text,
                detection: found.detection,
            }
        };
        found.into_iter().map(past).collect()
    }

    fn handles(&self) -> std::sync::MutexGuard<'_, Vec<Handle>> {
        self.handles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&mut self, found: Found) {
        let secret = found.text.get(found.detection.start..found.detection.end).unwrap_or_default();
        let secret = identity(secret);
        match self.found.get_mut(&secret) {
            Some(known) if known.place <= found.place => {}
            Some(known) => *known = found,
            None => {
                self.found.insert(secret, found);
            }
        }
    }

    fn one(&self, handle: &Handle, blob: &Blob, buffer: &mut Vec<u8>) -> Searched {
        let broken =
            || Searched::Not(ProblemKind::Io, "git's object cannot be read, not analysed".to_owned());
        if size(handle, &blob.id).is_some_and(|size| size > MAX_FILE) {
            let error = ReadError::TooLarge { limit: MAX_FILE };
            return Searched::Not(ProblemKind::Limit, error.to_string());
        }
        let data = match object(handle, &blob.id, Kind::Blob, buffer) {
            Ok(data) => data,
            Err(Unread::Missing) => return Searched::Absent,
            Err(Unread::Broken) => return broken(),
        };
        if is_binary(data) {
            return Searched::Found(Vec::new());
        }
        // A letter that is none hides no secret beside it.
        let text = match text(data.to_vec()) {
            Ok(text) | Err(ReadError::NotText { lossy: text, .. }) => text,
            Err(_) => return broken(),
        };
        let detections = self.wanted.scan(&blob.path, &text);
        if detections.is_empty() {
            return Searched::Found(Vec::new());
        }
        let source = SourceFile::new(String::new(), String::new(), text, false);
        Searched::Found(detections.into_iter().map(|found| kept(&source, found, blob)).collect())
    }
}

/// A secret and its name, cut out of a text.
fn kept(source: &SourceFile, detection: Detection, blob: &Blob) -> Found {
    let text = source.text();
    let named = detection.start - name_before(text.get(..detection.start).unwrap_or_default()).len();
    let close = text.get(detection.end..).unwrap_or_default();
    let end = detection.end + usize::from(close.starts_with(['"', '\'']));
    let place = (blob.commit, Arc::clone(&blob.path), detection.start);
    Found {
        place,
        start: source.position(Span::new(named, named).start),
        text: text.get(named..end).unwrap_or_default().to_owned(),
        detection: Detection { start: detection.start - named, end: detection.end - named, ..detection },
    }
}

/// What names the value that follows, as `access_key = "`; empty where nothing does. Nothing that stands further away is
/// kept: it may be another secret.
fn name_before(before: &str) -> &str {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = line.strip_suffix(['"', '\'']).unwrap_or(line);
    let rest = rest.trim_end_matches([' ', '\t']);
    let Some(rest) = ["=>", "=", ":"].iter().find_map(|sign| rest.strip_suffix(sign)) else { return "" };
    let rest = rest.trim_end_matches([' ', '\t']);
    let quote = rest.chars().next_back().filter(|last| matches!(last, '"' | '\''));
    let rest = quote.map_or(rest, |quote| rest.strip_suffix(quote).unwrap_or(rest));
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = rest.trim_end_matches(of_name).len();
    let (ahead, name) = rest.split_at(start);
    let begins = match quote {
        Some(quote) => ahead.ends_with(quote),
        None => ahead.is_empty() || ahead.ends_with([' ', '\t', '{', ',', '(', ';', '-']),
    };
    if name.is_empty() || name.len() > NAME || !begins {
        return "";
    }
    let from = start - usize::from(quote.is_some());
    let at = before.len() - line.len() + from;
    before.get(at..).unwrap_or_default()
}

/// Neither UTF-8 nor UTF-16 with a byte order mark has a zero byte in text.
fn is_binary(data: &[u8]) -> bool {
    let utf16 = data.starts_with(&[0xff, 0xfe]) || data.starts_with(&[0xfe, 0xff]);
    !utf16 && memchr::memchr(0, data.get(..HEAD).unwrap_or(data)).is_some()
}

#[cfg(test)]
mod tests {
    use super::name_before;

    #[test]
    fn of_a_line_only_the_name_of_the_secret_is_kept() {
        for (before, expected) in [
            ("  access_key = \"", "access_key = \""),
            ("a\n  key: ", "key: "),
            ("{\"a\": \"hunter2\", \"key\": \"", "\"key\": \""),
            ("export PASS=hunter2 KEY=", "KEY="),
            ("-var=key=", ""),
            ("https://me:hunter2@", ""),
            ("me:hunter2:", ""),
            ("# was ", ""),
            ("hunter2 ", ""),
            ("\"hunter2\" = \"", "\"hunter2\" = \""),
            ("x.y => '", "x.y => '"),
            ("", ""),
        ] {
            assert_eq!(name_before(before), expected, "{before}");
        }
    }
}

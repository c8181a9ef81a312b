//! What the client was told of each file, so that it is told again only what is new, and that nothing stays that is over.

use super::client::Client;
use super::documents::{Documents, Names};
use super::item::{Item, counts, joined};
use super::render;
use super::settings::Settings;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many files that are not open are told.
const MOST_FILES: usize = 2_000;

/// The newest answers, and what of them the client knows.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// By file, and by the target that they come from.
    answers: BTreeMap<PathBuf, BTreeMap<PathBuf, Arc<[Item]>>>,
    targets: BTreeMap<PathBuf, Settings>,
    /// By address: what was sent last, and for which version.
    sent: BTreeMap<String, (u64, Option<i64>)>,
    /// Files that something may have to be sent of.
    due: BTreeSet<PathBuf>,
    told_of_bound: bool,
}

/// What is to be sent, and whether files were left out for the first time.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) messages: Vec<Value>,
    pub(super) left_out: bool,
    /// A file has a secret for a name, which no message may hold.
    pub(super) hidden: bool,
}

impl Board {
    pub(super) fn take(&mut self, target: &Path, files: Vec<(PathBuf, Arc<[Item]>)>) {
        for (path, items) in files {
            let by_target = self.answers.entry(path.clone()).or_default();
            if items.is_empty() {
                by_target.remove(target);
            } else {
                by_target.insert(target.to_path_buf(), items);
            }
            if by_target.is_empty() {
                self.answers.remove(&path);
            }
            self.due.insert(path);
        }
    }

    /// What is looked at from now on. Forgets what came from other targets.
    pub(super) fn aim(&mut self, targets: BTreeMap<PathBuf, Settings>) {
        let before = std::mem::replace(&mut self.targets, targets);
        let both = before.keys().chain(self.targets.keys());
        let changed: Vec<&PathBuf> =
            both.filter(|path| before.get(*path) != self.targets.get(*path)).collect();
        for (path, by_target) in &mut self.answers {
            let known = by_target.len();
            by_target.retain(|target, _| self.targets.contains_key(target));
            // A folder that joins or leaves decides who else speaks for its files.
            if by_target.len() < known || changed.iter().any(|target| path.starts_with(target)) {
                self.due.insert(path.clone());
            }
        }
        self.answers.retain(|_, by_target| !by_target.is_empty());
    }

    /// Something else than answers makes it necessary to look at a file again.
    pub(super) fn touch(&mut self, path: &Path) {
        self.due.insert(path.to_path_buf());
    }

    pub(super) fn forget(&mut self, uri: &str) -> bool {
        self.sent.remove(uri).is_some()
    }

    pub(super) fn items(&self, path: &Path) -> Vec<&Item> {
        // Inner folders come after outer ones.
        let by_target = self.answers.get(path).into_iter().flat_map(|by_target| by_target.iter().rev());
        let counting = by_target.filter(|(target, _)| counts(target, path, &self.targets));
        joined(counting.map(|(_, items)| items))
    }

    /// The diagnostics of a file, and what they are known by.
    pub(super) fn diagnostics(&self, path: &Path, client: &Client, names: &Names) -> (Vec<Value>, u64) {
        let diagnostics = render::diagnostics(path, &self.items(path), client, names);
        let mut hasher = DefaultHasher::new();
        Value::from(diagnostics.clone()).to_string().hash(&mut hasher);
        (diagnostics, hasher.finish())
    }

    /// What is to be sent now: open files first. Files whose text is newer than the answers (`is_late`) stay due.
    pub(super) fn news(
        &mut self,
        documents: &Documents,
        client: &Client,
        names: &Names,
        is_late: impl Fn(&Path) -> bool,
    ) -> News {
        let mut news = News::default();
        let due = std::mem::take(&mut self.due);
        let (open, closed): (Vec<_>, Vec<_>) =
            due.into_iter().partition(|path| documents.of(path).next().is_some());
        for path in open {
            if is_late(&path) {
                self.due.insert(path);
                continue;
            }
            for document in documents.of(&path) {
                // Who asks for them is sent none, and what was sent before the file was opened is taken back.
                if client.pulls {
                    self.send(&document.uri, &[], (0, None), client, &mut news);
                    continue;
                }
                let (diagnostics, hash) = self.diagnostics(&path, client, names);
                let version = Some(document.version.unwrap_or_default());
                self.send(&document.uri, &diagnostics, (hash, version), client, &mut news);
            }
        }
        for path in closed {
            let uri = names.uri(&path);
            let (diagnostics, hash) = self.diagnostics(&path, client, names);
            if self.items(&path).iter().any(|item| item.is_hidden) {
                news.hidden = true;
                continue;
            }
            if !diagnostics.is_empty() && !self.sent.contains_key(&uri) && self.sent.len() >= MOST_FILES {
                news.left_out = !std::mem::replace(&mut self.told_of_bound, true);
                continue;
            }
            self.send(&uri, &diagnostics, (hash, None), client, &mut news);
        }
        news
    }

    fn send(
        &mut self,
        uri: &str,
        diagnostics: &[Value],
        state: (u64, Option<i64>),
        client: &Client,
        news: &mut News,
    ) {
        let known = self.sent.get(uri);
        // Of a file that is not open nothing is sent to say that there is nothing.
        let is_idle = known.is_none() && diagnostics.is_empty() && state.1.is_none();
        if known == Some(&state) || is_idle {
            return;
        }
        if diagnostics.is_empty() && state.1.is_none() {
            self.sent.remove(uri);
        } else {
            self.sent.insert(uri.to_owned(), state);
        }
        let mut params = json!({"uri": uri, "diagnostics": diagnostics});
        if let Some(version) = state.1.filter(|_| client.versions) {
            params["version"] = version.into();
        }
        news.messages.push(json!({
            "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params,
        }));
    }
}

impl Board {
    /// Whether something is due of a file that is so.
    pub(super) fn has_news_of(&self, is_so: impl Fn(&Path) -> bool) -> bool {
        self.due.iter().any(|path| is_so(path))
    }
}

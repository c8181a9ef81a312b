//! What the client asks.

use super::{Pending, Pull, Session};
use crate::lsp::ask::{Ask, Here, Question};
use crate::lsp::documents::real;
use crate::lsp::uri;
use crate::lsp::worker::Order;
use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl Session<'_> {
    pub(super) fn here(&self, uri: &str) -> Option<Here> {
        let document = self.documents.get(uri)?;
        Some(Here { path: document.path.clone()?, text: Arc::clone(&document.text) })
    }

    pub(super) fn ask_at(
        &mut self,
        id: RequestId,
        params: &Value,
        ask: impl FnOnce(Here, lsp_types::Position) -> Ask,
    ) {
        let uri = params["textDocument"]["uri"].as_str();
        let position = serde_json::from_value(params["position"].clone()).ok();
        let (Some(uri), Some(position)) = (uri, position) else { return self.misread(&id) };
        match self.here(uri) {
            Some(here) => self.ask(id, uri, ask(here, position)),
            None => self.respond(&id, Ok(Value::Null)),
        }
    }

    pub(super) fn ask_for_actions(&mut self, id: RequestId, params: &Value) {
        let uri = params["textDocument"]["uri"].as_str();
        let range = serde_json::from_value(params["range"].clone()).ok();
        let (Some(uri), Some(range)) = (uri, range) else { return self.misread(&id) };
        let only: Option<Vec<String>> = serde_json::from_value(params["context"]["only"].clone()).ok();
        match self.here(uri) {
            Some(here) => self.ask(id, uri, Ask::Actions(here, range, only)),
            None => self.respond(&id, Ok(json!([]))),
        }
    }

    pub(super) fn ask_for_edit(&mut self, id: RequestId, action: Value) {
        let Some(uri) = action.pointer("/data/uri").and_then(Value::as_str).map(str::to_owned) else {
            // An action that came with its edit.
            return if action.is_object() { self.respond(&id, Ok(action)) } else { self.misread(&id) };
        };
        match self.here(&uri) {
            Some(here) => self.ask(id, &uri, Ask::Resolve(here, action)),
            None => self.refuse(Some(&id), ErrorCode::ContentModified, "the file is closed"),
        }
    }

    pub(super) fn ask(&mut self, id: RequestId, uri: &str, ask: Ask) {
        let version = self.documents.get(uri).and_then(|document| document.version);
        let cancelled = Arc::new(AtomicBool::new(false));
        let pending = Pending { uri: uri.to_owned(), version, cancelled: Arc::clone(&cancelled) };
        self.pending.insert(id.clone(), pending);
        let unsafe_fixes = uri::to_path(uri).is_none_or(|path| self.settings_of(&path).unsafe_fixes);
        let names = self.names();
        self.order(Order::Ask(Box::new(Question { id, ask, names, unsafe_fixes, cancelled })));
    }

    pub(super) fn cancel(&mut self, params: &Value) {
        let Ok(id) = serde_json::from_value::<RequestId>(params["id"].clone()) else { return };
        let is_held = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
        let held = self.held.as_mut().map(|(_, held)| {
            let before = held.len();
            held.retain(|message| !is_held(message));
            held.len() < before
        });
        let pending = self.pending.remove(&id);
        if let Some(pending) = &pending {
            pending.cancelled.store(true, Ordering::Relaxed);
        }
        let before = self.pulls.len();
        self.pulls.retain(|pull| pull.id != id);
        if pending.is_some() || held == Some(true) || self.pulls.len() < before {
            self.refuse(Some(&id), ErrorCode::RequestCanceled, "cancelled");
        }
    }

    pub(super) fn pull(&mut self, id: RequestId, params: &Value) {
        let Some(uri) = params["textDocument"]["uri"].as_str().map(str::to_owned) else {
            return self.misread(&id);
        };
        let previous = params["previousResultId"].as_str().map(str::to_owned);
        self.pulls.push(Pull { id, uri, previous });
        self.answer_pulls();
    }

    /// Answers who asked for diagnostics of a text that the answers are about by now.
    pub(super) fn answer_pulls(&mut self) {
        let names = self.names();
        for pull in std::mem::take(&mut self.pulls) {
            let document = self.documents.get(&pull.uri);
            // An edit of one file may change what is to be said of another.
            if self.last_change > self.settled {
                self.pulls.push(pull);
                continue;
            }
            let path = document.map_or_else(
                || uri::to_path(&pull.uri).map(|path| real(&path, self.system)),
                |document| document.path.clone(),
            );
            let (items, hash) = path
                .map_or_else(Default::default, |path| self.board.diagnostics(&path, &self.client, &names));
            let result = format!("{hash:016x}");
            let is_edited = document.is_some_and(|document| document.is_edited);
            let answer = match pull.previous {
                // What the client has is of the text that was looked at last, and stays so under its own name.
                Some(previous) if is_edited || previous == result => {
                    json!({"kind": "unchanged", "resultId": previous})
                }
                Some(_) | None => json!({"kind": "full", "resultId": result, "items": items}),
            };
            self.respond(&pull.id, Ok(answer));
        }
    }
}

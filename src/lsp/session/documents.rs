//! What the client says of its documents and of files.

use super::Session;
use crate::lsp::documents::real;
use crate::lsp::settings::RunOn;
use crate::lsp::uri;
use crate::lsp::worker::Order;
use serde_json::{Value, json};
use std::sync::Arc;

impl Session<'_> {
    pub(super) fn opened(&mut self, params: &Value) -> Option<()> {
        let document = &params["textDocument"];
        let (uri, text) = (document["uri"].as_str()?, document["text"].as_str()?);
        self.documents.open(uri, document["version"].as_i64(), text, self.system);
        self.aim();
        self.tell(uri);
        Some(())
    }

    pub(super) fn changed(&mut self, mut params: Value) -> Option<()> {
        let uri = params["textDocument"]["uri"].as_str()?.to_owned();
        let version = params["textDocument"]["version"].as_i64();
        let changes = serde_json::from_value(params["contentChanges"].take()).ok()?;
        let encoding = self.client.encoding;
        let document = self.documents.get_mut(&uri)?;
        document.change(version, changes, encoding);
        let path = document.path.clone();
        if path.is_none_or(|path| self.settings_of(&path).run_on == RunOn::Type) {
            self.tell(&uri);
        }
        Some(())
    }

    pub(super) fn saved(&mut self, params: &Value) -> Option<()> {
        let uri = params["textDocument"]["uri"].as_str()?;
        if let Some(text) = params["text"].as_str()
            && let Some(document) = self.documents.get_mut(uri)
            && *document.text != *text
        {
            document.text = text.into();
            document.is_edited = true;
        }
        if self.documents.get(uri).is_some_and(|document| document.is_edited) {
            self.tell(uri);
        }
        let path = real(&uri::to_path(uri)?, self.system);
        self.order(Order::Disk(vec![path]));
        Some(())
    }

    pub(super) fn closed(&mut self, params: &Value) -> Option<()> {
        let uri = params["textDocument"]["uri"].as_str()?;
        let document = self.documents.close(uri)?;
        let path = document.path?;
        let other = self.documents.of(&path).next().map(|other| other.uri.clone());
        match other {
            Some(other) => self.tell(&other),
            None => self.order(Order::Buffer(path.clone(), None)),
        }
        // What stands under a name that it has no more, nobody would take back.
        if self.names().uri(&path) != document.uri && self.board.forget(&document.uri) {
            self.notify("textDocument/publishDiagnostics", &json!({"uri": document.uri, "diagnostics": []}));
        }
        self.board.touch(&path);
        self.aim();
        self.publish();
        Some(())
    }

    /// Tells the worker the text of a document.
    pub(super) fn tell(&mut self, uri: &str) {
        let number = self.orders + 1;
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.is_edited = false;
        let Some(path) = document.path.clone() else { return };
        document.told_at = number;
        let text = Arc::clone(&document.text);
        self.board.touch(&path);
        self.order(Order::Buffer(path, Some(text)));
    }

    pub(super) fn files_changed(&mut self, list: &Value, names: &[&str]) -> Option<()> {
        let mut paths = Vec::new();
        for entry in list.as_array()? {
            for name in names {
                paths.extend(uri::to_path(entry[*name].as_str()?).map(|path| real(&path, self.system)));
            }
        }
        if !paths.is_empty() {
            self.order(Order::Disk(paths));
        }
        Some(())
    }
}

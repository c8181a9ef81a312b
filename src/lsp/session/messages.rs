//! Messages as they are sent.

use super::{Asked, Session};
use crate::lsp::ask::error;
use crate::lsp::documents::Names;
use crate::lsp::worker::Order;
use lsp_server::{ErrorCode, RequestId, ResponseError};
use serde_json::{Value, json};

impl Session<'_> {
    pub(super) fn names(&self) -> Names {
        let folders: Vec<_> =
            self.folders.iter().map(|folder| (folder.path.clone(), folder.uri.clone())).collect();
        Names::new(&self.documents, &folders)
    }

    pub(super) fn order(&mut self, order: Order) {
        self.orders += 1;
        if !matches!(order, Order::Ask(_)) {
            self.last_change = self.orders;
        }
        // A worker that is gone answers nothing, and the client is told by silence alone.
        let _ = self.lines.orders.send((self.orders, order));
    }

    pub(super) fn send(&self, message: Value) {
        let _ = self.lines.outbox.send(message);
    }

    pub(super) fn respond(&self, id: &RequestId, result: Result<Value, ResponseError>) {
        self.send(match result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(error) => json!({"jsonrpc": "2.0", "id": id, "error": error}),
        });
    }

    pub(super) fn refuse(&self, id: Option<&RequestId>, code: ErrorCode, message: &str) {
        self.send(json!({"jsonrpc": "2.0", "id": id, "error": error(code, message)}));
    }

    pub(super) fn misread(&self, id: &RequestId) {
        self.refuse(Some(id), ErrorCode::InvalidParams, "the parameters are not those of the protocol");
    }

    pub(super) fn notify(&self, method: &str, params: &Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    pub(super) fn ask_client(&mut self, method: &str, params: Value, asked: Asked) {
        self.last_asked += 1;
        self.asked.insert(self.last_asked, asked);
        let mut message = json!({"jsonrpc": "2.0", "id": self.last_asked, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message);
    }

    pub(super) fn log(&self, message: &str) {
        self.log_as(3, message);
    }

    pub(super) fn log_as(&self, kind: u8, message: &str) {
        self.notify("window/logMessage", &json!({"type": kind, "message": format!("keyless: {message}")}));
    }

    pub(super) fn warn_once(&mut self, message: &str) {
        if self.warned.insert(message.to_owned()) {
            self.warn(message);
        }
    }

    pub(super) fn warn(&self, message: &str) {
        self.notify("window/showMessage", &json!({"type": 2, "message": message}));
    }
}

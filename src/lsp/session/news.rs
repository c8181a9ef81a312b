//! What the worker and the client answer, and what of it is told.

use super::{Asked, Progress, Session};
use crate::lsp::worker::Said;
use lsp_server::{ErrorCode, Response};
use serde_json::{Value, json};
use std::path::Path;

impl Session<'_> {
    pub(super) fn hear(&mut self, said: Said) {
        match said {
            Said::Began(target) => self.began(&target),
            Said::Ended(target) => self.ended(&target),
            Said::Answers(target, files) => {
                if self.targets.iter().any(|(path, _)| *path == target) {
                    self.board.take(&target, files);
                }
            }
            Said::Settled(number) => {
                self.settled = self.settled.max(number);
                self.publish();
                self.answer_pulls();
            }
            Said::Reply(id, reply) => {
                let Some(pending) = self.pending.remove(&id) else { return };
                let document = self.documents.get(&pending.uri);
                let is_same = document.is_some_and(|document| document.version == pending.version);
                if is_same {
                    self.respond(&id, reply);
                } else {
                    self.refuse(Some(&id), ErrorCode::ContentModified, "the text has changed since");
                }
            }
            Said::Notice(message) => self.warn_once(&message),
            Said::Fault(message) => {
                self.log_as(1, &message);
                if !std::mem::replace(&mut self.told_of_fault, true) {
                    self.notify("window/showMessage", &json!({"type": 1, "message": message}));
                }
            }
        }
    }

    /// Sends what is new of every file whose text the answers are about.
    pub(super) fn publish(&mut self) {
        let names = self.names();
        let (documents, settled) = (&self.documents, self.settled);
        let is_late =
            |path: &Path| documents.of(path).any(|document| document.told_at > settled || document.is_edited);
        let is_pulled =
            self.client.pulls && self.board.has_news_of(|path| documents.of(path).next().is_some());
        let news = self.board.news(documents, &self.client, &names, is_late);
        for message in news.messages {
            self.send(message);
        }
        if news.left_out {
            self.log(
                "too many files have findings: of some that are not open nothing is shown until they are",
            );
        }
        if news.hidden {
            self.log("a file has findings whose name holds a secret: they are shown when it is opened");
        }
        if is_pulled {
            self.ask_client("workspace/diagnostic/refresh", Value::Null, Asked::Other);
        }
    }

    pub(super) fn is_folder(&self, target: &Path) -> bool {
        self.folders.iter().any(|folder| folder.path == target)
    }

    pub(super) fn began(&mut self, target: &Path) {
        if !self.is_folder(target) {
            return;
        }
        self.at_work += 1;
        if self.client.progress && self.progress == Progress::None {
            self.progress = Progress::Asked;
            self.ask_client("window/workDoneProgress/create", json!({"token": TOKEN}), Asked::Progress);
        }
    }

    pub(super) fn ended(&mut self, target: &Path) {
        if !self.is_folder(target) {
            return;
        }
        self.at_work = self.at_work.saturating_sub(1);
        if self.at_work == 0 && self.progress != Progress::None {
            if self.progress == Progress::Shown {
                self.notify("$/progress", &json!({"token": TOKEN, "value": {"kind": "end"}}));
            }
            self.progress = Progress::Over;
        }
    }

    pub(super) fn hear_response(&mut self, response: Response) {
        let number: Option<i32> = response.id.to_string().parse().ok();
        let Some(asked) = number.and_then(|number| self.asked.remove(&number)) else { return };
        match (asked, response.response_result) {
            (Asked::Configuration, answer) => self.hear_configuration(&answer.unwrap_or(Value::Null)),
            (Asked::Progress, Ok(_)) if self.progress == Progress::Asked => {
                self.progress = Progress::Shown;
                let value =
                    json!({"kind": "begin", "title": "keyless", "message": "reading infrastructure code"});
                self.notify("$/progress", &json!({"token": TOKEN, "value": value}));
            }
            (Asked::Progress, Err(_)) => self.progress = Progress::Over,
            (Asked::Progress | Asked::Other, _) => {}
        }
    }
}

const TOKEN: &str = "keyless/first";

//! The state of a client's session, and what each message does to it. Waits for nobody: what takes time is asked of the worker.

mod documents;
mod messages;
mod news;
mod requests;
mod setup;

use super::Event;
use super::ask::Ask;
use super::client::Client;
use super::documents::Documents;
use super::frame::Frame;
use super::parent::Parent;
use super::publish::Board;
use super::settings::Settings;
use super::worker::Order;
use crate::system::System;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often the client is looked for where it says nothing.
const PAUSE: Duration = Duration::from_secs(3);

/// How long an answer to what is configured is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where messages go.
pub(super) struct Lines {
    pub(super) outbox: Sender<Value>,
    pub(super) orders: Sender<(u64, Order)>,
    pub(super) starts: Sender<Arc<Client>>,
}

/// How far the session is, as the protocol has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Open,
    Shut,
}

/// A folder of the workspace.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    uri: String,
    /// Without links.
    path: PathBuf,
    settings: Settings,
}

/// A request that the worker has.
#[derive(Debug)]
struct Pending {
    uri: String,
    version: Option<i64>,
    cancelled: Arc<AtomicBool>,
}

/// A request for the diagnostics of a document.
#[derive(Debug)]
struct Pull {
    id: RequestId,
    uri: String,
    previous: Option<String>,
}

/// What the server asked the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Configuration,
    Progress,
    Other,
}

/// Whether progress is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Progress {
    #[default]
    None,
    Asked,
    Shown,
    Over,
}

pub(super) struct Session<'s> {
    pub(super) system: &'s dyn System,
    lines: Lines,
    stage: Stage,
    pub(super) client: Arc<Client>,
    parent: Option<Parent>,
    pub(super) documents: Documents,
    folders: Vec<Folder>,
    /// What holds outside of folders, and in these where the client says nothing of them.
    base: Settings,
    /// What the client said before it was asked.
    initial: Settings,
    targets: Vec<(PathBuf, Settings)>,
    /// Messages that are looked at when it is known what is configured, or then at the latest.
    held: Option<(Instant, VecDeque<Message>)>,
    orders: u64,
    /// The last order that may change answers, and the last one that is in them.
    last_change: u64,
    settled: u64,
    board: Board,
    pending: FxHashMap<RequestId, Pending>,
    pulls: Vec<Pull>,
    asked: BTreeMap<i32, Asked>,
    last_asked: i32,
    progress: Progress,
    at_work: usize,
    told_of_fault: bool,
    warned: BTreeSet<String>,
}

impl<'s> Session<'s> {
    pub(super) fn new(system: &'s dyn System, lines: Lines) -> Self {
        Self {
            system,
            lines,
            stage: Stage::New,
            client: Arc::default(),
            parent: None,
            documents: Documents::default(),
            folders: Vec::new(),
            base: Settings::default(),
            initial: Settings::default(),
            targets: Vec::new(),
            held: None,
            orders: 0,
            last_change: 0,
            settled: 0,
            board: Board::default(),
            pending: FxHashMap::default(),
            pulls: Vec::new(),
            asked: BTreeMap::new(),
            last_asked: 0,
            progress: Progress::default(),
            at_work: 0,
            told_of_fault: false,
            warned: BTreeSet::new(),
        }
    }

    /// Until the client leaves; the answer is the exit code.
    pub(super) fn run(mut self, inbox: &Receiver<Event>) -> u8 {
        let code = self.serve(inbox);
        self.order(Order::Stop);
        code
    }

    fn serve(&mut self, inbox: &Receiver<Event>) -> u8 {
        loop {
            let pause =
                self.held.as_ref().map_or(PAUSE, |(end, _)| end.saturating_duration_since(Instant::now()));
            match inbox.recv_timeout(pause.min(PAUSE)) {
                Ok(Event::Client(Frame::Message(Message::Notification(last)))) if last.method == "exit" => {
                    return self.code();
                }
                Ok(Event::Client(Frame::Message(message))) => self.receive(message),
                Ok(Event::Client(Frame::NoJson)) => {
                    self.refuse(
                        None,
                        ErrorCode::ParseError,
                        "this is no message: its header or its JSON is broken",
                    );
                }
                Ok(Event::Client(Frame::NoMessage(id))) => {
                    self.refuse(
                        id.as_ref(),
                        ErrorCode::InvalidRequest,
                        "this is neither a request nor a response nor a notification",
                    );
                }
                Ok(Event::Worker(said)) => self.hear(said),
                Ok(Event::Closed) | Err(RecvTimeoutError::Disconnected) => return self.code(),
                Err(RecvTimeoutError::Timeout) => {
                    if self.parent.as_ref().is_some_and(|parent| parent.is_gone(self.system)) {
                        return self.code();
                    }
                }
            }
            if self.held.as_ref().is_some_and(|(end, _)| *end <= Instant::now()) {
                self.go_on();
            }
        }
    }

    fn code(&self) -> u8 {
        u8::from(self.stage != Stage::Shut)
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Response(response) => self.hear_response(response),
            Message::Notification(notification) if notification.method == "$/cancelRequest" => {
                self.cancel(&notification.params);
            }
            Message::Request(request) if request.method == "shutdown" => {
                self.let_go();
                self.request(request);
            }
            message => match &mut self.held {
                Some((_, held)) => held.push_back(message),
                None => self.look_at(message),
            },
        }
    }

    /// What was held is looked at.
    fn go_on(&mut self) {
        let Some((_, held)) = self.held.take() else { return };
        self.aim();
        held.into_iter().for_each(|message| self.receive(message));
    }

    /// Nothing comes of what was held: the client leaves.
    fn let_go(&mut self) {
        for message in self.held.take().into_iter().flat_map(|(_, held)| held) {
            if let Message::Request(request) = message {
                self.refuse(Some(&request.id), ErrorCode::ServerCancelled, "the session is over");
            }
        }
    }

    fn look_at(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) => self.notification(notification),
            Message::Response(response) => self.hear_response(response),
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => self.initialize(&id, &params),
            (Stage::New, _) => {
                self.refuse(Some(&id), ErrorCode::ServerNotInitialized, "the session is not initialized yet");
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Shut;
                self.respond(&id, Ok(Value::Null));
            }
            (Stage::Open, "textDocument/hover") => {
                self.ask_at(id, &params, Ask::Hover);
            }
            (Stage::Open, "textDocument/definition") => {
                self.ask_at(id, &params, Ask::Definition);
            }
            (Stage::Open, "textDocument/codeAction") => self.ask_for_actions(id, &params),
            (Stage::Open, "codeAction/resolve") => self.ask_for_edit(id, params),
            (Stage::Open, "textDocument/diagnostic") => self.pull(id, &params),
            (Stage::Open, "initialize") | (Stage::Shut, _) => {
                self.refuse(Some(&id), ErrorCode::InvalidRequest, "this is not the time for it");
            }
            (Stage::Open, _) => {
                self.refuse(Some(&id), ErrorCode::MethodNotFound, "keyless has no such method");
            }
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        if self.stage != Stage::Open {
            return;
        }
        let understood = match method.as_str() {
            "initialized" => {
                self.initialized();
                Some(())
            }
            "textDocument/didOpen" => self.opened(&params),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didSave" => self.saved(&params),
            "textDocument/didClose" => self.closed(&params),
            "workspace/didChangeWatchedFiles" => self.files_changed(&params["changes"], &["uri"]),
            "workspace/didCreateFiles" | "workspace/didDeleteFiles" => {
                self.files_changed(&params["files"], &["uri"])
            }
            "workspace/didRenameFiles" => self.files_changed(&params["files"], &["oldUri", "newUri"]),
            "workspace/didChangeWorkspaceFolders" => self.folders_changed(&params["event"]),
            "workspace/didChangeConfiguration" => {
                self.configured(&params["settings"]);
                Some(())
            }
            // `$/setTrace`, and whatever else there is or will be: nobody waits for an answer.
            _ => Some(()),
        };
        if understood.is_none() {
            self.log("a notification is passed over: its parameters are not those of the protocol");
        }
    }
}

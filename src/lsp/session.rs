//! The state of a client's session, and what each message does to it. Waits for nobody: what takes time is asked of the worker.

use super::Event;
use super::ask::{Ask, Here, Question, error};
use super::client::Client;
use super::documents::{Documents, Names, real};
use super::frame::Frame;
use super::parent::Parent;
use super::publish::Board;
use super::settings::{RunOn, Settings};
use super::uri;
use super::worker::{Order, Said};
use crate::system::System;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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

    // --- the session ---

    fn initialize(&mut self, id: &RequestId, params: &Value) {
        self.client = Arc::new(Client::new(params));
        self.parent = params["processId"].as_u64().and_then(|id| Parent::new(id, self.system));
        let (settings, wrong) = Settings::default().with(&params["initializationOptions"]);
        self.initial = settings;
        self.base = self.initial.clone();
        let listed = params["workspaceFolders"].as_array().map(|folders| {
            folders.iter().filter_map(|folder| folder["uri"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        });
        let root = || {
            let path = || params["rootPath"].as_str().map(|path| uri::of_path(Path::new(path)));
            params["rootUri"].as_str().map(str::to_owned).or_else(path)
        };
        for uri in listed.unwrap_or_else(|| root().into_iter().collect()) {
            self.add_folder(uri);
        }
        self.stage = Stage::Open;
        let _ = self.lines.starts.send(Arc::clone(&self.client));
        self.respond(id, Ok(self.client.answer()));
        wrong.iter().for_each(|wrong| self.warn(wrong));
    }

    fn initialized(&mut self) {
        let mut registrations = Vec::new();
        if self.client.registers_files {
            let watchers: Vec<Value> = WATCHED.iter().map(|glob| json!({"globPattern": glob})).collect();
            registrations.push(json!({
                "id": "keyless/files", "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            }));
        }
        if self.client.registers_configuration {
            registrations.push(json!({
                "id": "keyless/configuration", "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": "keyless"},
            }));
        }
        if !registrations.is_empty() {
            self.ask_client(
                "client/registerCapability",
                json!({"registrations": registrations}),
                Asked::Other,
            );
        }
        if self.client.configuration {
            self.held = Some((Instant::now() + PATIENCE, VecDeque::new()));
            self.ask_for_configuration();
        } else {
            self.aim();
        }
    }

    fn ask_for_configuration(&mut self) {
        let general = json!({"section": "keyless"});
        let of_folder = |folder: &Folder| json!({"scopeUri": folder.uri, "section": "keyless"});
        let items: Vec<Value> = [general].into_iter().chain(self.folders.iter().map(of_folder)).collect();
        self.ask_client("workspace/configuration", json!({"items": items}), Asked::Configuration);
    }

    fn configured(&mut self, said: &Value) {
        if self.client.configuration {
            self.ask_for_configuration();
            return;
        }
        let (settings, wrong) = self.initial.clone().with(said);
        self.base = settings.clone();
        for folder in &mut self.folders {
            folder.settings = settings.clone();
        }
        wrong.iter().for_each(|wrong| self.warn(wrong));
        self.aim();
    }

    /// The general settings, and those of the folders in order.
    fn hear_configuration(&mut self, answer: &Value) {
        let mut answers = answer.as_array().into_iter().flatten();
        let (base, mut all_wrong) = self.initial.clone().with(answers.next().unwrap_or(&Value::Null));
        self.base = base;
        for folder in &mut self.folders {
            let said = answers.next().unwrap_or(&Value::Null);
            let (settings, wrong) = self.base.clone().with(said);
            folder.settings = settings;
            all_wrong.extend(wrong);
        }
        all_wrong.sort();
        all_wrong.dedup();
        all_wrong.iter().for_each(|wrong| self.warn(wrong));
        if self.held.is_some() {
            self.go_on();
        } else {
            self.aim();
        }
    }

    fn add_folder(&mut self, uri: String) {
        if let Some(path) = uri::to_path(&uri) {
            let path = real(&path, self.system);
            self.folders.retain(|folder| folder.path != path);
            self.folders.push(Folder { uri, path, settings: self.base.clone() });
        }
    }

    fn folders_changed(&mut self, event: &Value) -> Option<()> {
        let uris = |list: &Value| -> Option<Vec<String>> {
            list.as_array()?.iter().map(|folder| folder["uri"].as_str().map(str::to_owned)).collect()
        };
        for uri in uris(&event["removed"])? {
            let path = uri::to_path(&uri).map(|path| real(&path, self.system));
            self.folders.retain(|folder| folder.uri != uri && Some(&folder.path) != path.as_ref());
        }
        uris(&event["added"])?.into_iter().for_each(|uri| self.add_folder(uri));
        if self.client.configuration {
            self.ask_for_configuration();
        }
        self.aim();
        Some(())
    }

    /// Tells the worker what to look at: the folders, and documents outside of them by themselves.
    fn aim(&mut self) {
        let mut targets: BTreeMap<PathBuf, Settings> =
            self.folders.iter().map(|folder| (folder.path.clone(), folder.settings.clone())).collect();
        for path in self.documents.all().filter_map(|document| document.path.as_ref()) {
            if !self.folders.iter().any(|folder| path.starts_with(&folder.path)) {
                targets.insert(path.clone(), self.base.clone());
            }
        }
        let targets: Vec<_> = targets.into_iter().collect();
        if targets != self.targets {
            self.board.keep(|target| targets.iter().any(|(path, _)| path == target));
            self.targets = targets.clone();
            self.order(Order::Targets(targets));
        }
    }

    fn settings_of(&self, path: &Path) -> &Settings {
        let holding = self.folders.iter().filter(|folder| path.starts_with(&folder.path));
        let innermost = holding.max_by_key(|folder| folder.path.components().count());
        innermost.map_or(&self.base, |folder| &folder.settings)
    }

    // --- documents ---

    fn opened(&mut self, params: &Value) -> Option<()> {
        let document = &params["textDocument"];
        let (uri, text) = (document["uri"].as_str()?, document["text"].as_str()?);
        self.documents.open(uri, document["version"].as_i64(), text, self.system);
        self.aim();
        self.tell(uri);
        Some(())
    }

    fn changed(&mut self, mut params: Value) -> Option<()> {
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

    fn saved(&mut self, params: &Value) -> Option<()> {
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

    fn closed(&mut self, params: &Value) -> Option<()> {
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
    fn tell(&mut self, uri: &str) {
        let number = self.orders + 1;
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.is_edited = false;
        let Some(path) = document.path.clone() else { return };
        document.told_at = number;
        let text = Arc::clone(&document.text);
        self.board.touch(&path);
        self.order(Order::Buffer(path, Some(text)));
    }

    fn files_changed(&mut self, list: &Value, names: &[&str]) -> Option<()> {
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

    // --- what is asked ---

    fn here(&self, uri: &str) -> Option<Here> {
        let document = self.documents.get(uri)?;
        Some(Here { path: document.path.clone()?, text: Arc::clone(&document.text) })
    }

    fn ask_at(&mut self, id: RequestId, params: &Value, ask: impl FnOnce(Here, lsp_types::Position) -> Ask) {
        let uri = params["textDocument"]["uri"].as_str();
        let position = serde_json::from_value(params["position"].clone()).ok();
        let (Some(uri), Some(position)) = (uri, position) else { return self.misread(&id) };
        match self.here(uri) {
            Some(here) => self.ask(id, uri, ask(here, position)),
            None => self.respond(&id, Ok(Value::Null)),
        }
    }

    fn ask_for_actions(&mut self, id: RequestId, params: &Value) {
        let uri = params["textDocument"]["uri"].as_str();
        let range = serde_json::from_value(params["range"].clone()).ok();
        let (Some(uri), Some(range)) = (uri, range) else { return self.misread(&id) };
        let only: Option<Vec<String>> = serde_json::from_value(params["context"]["only"].clone()).ok();
        match self.here(uri) {
            Some(here) => self.ask(id, uri, Ask::Actions(here, range, only)),
            None => self.respond(&id, Ok(json!([]))),
        }
    }

    fn ask_for_edit(&mut self, id: RequestId, action: Value) {
        let Some(uri) = action.pointer("/data/uri").and_then(Value::as_str).map(str::to_owned) else {
            // An action that came with its edit.
            return if action.is_object() { self.respond(&id, Ok(action)) } else { self.misread(&id) };
        };
        match self.here(&uri) {
            Some(here) => self.ask(id, &uri, Ask::Resolve(here, action)),
            None => self.refuse(Some(&id), ErrorCode::ContentModified, "the file is closed"),
        }
    }

    fn ask(&mut self, id: RequestId, uri: &str, ask: Ask) {
        let version = self.documents.get(uri).and_then(|document| document.version);
        let cancelled = Arc::new(AtomicBool::new(false));
        let pending = Pending { uri: uri.to_owned(), version, cancelled: Arc::clone(&cancelled) };
        self.pending.insert(id.clone(), pending);
        let unsafe_fixes = uri::to_path(uri).is_none_or(|path| self.settings_of(&path).unsafe_fixes);
        let names = self.names();
        self.order(Order::Ask(Box::new(Question { id, ask, names, unsafe_fixes, cancelled })));
    }

    fn cancel(&mut self, params: &Value) {
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

    fn pull(&mut self, id: RequestId, params: &Value) {
        let Some(uri) = params["textDocument"]["uri"].as_str().map(str::to_owned) else {
            return self.misread(&id);
        };
        let previous = params["previousResultId"].as_str().map(str::to_owned);
        self.pulls.push(Pull { id, uri, previous });
        self.answer_pulls();
    }

    /// Answers who asked for diagnostics of a text that the answers are about by now.
    fn answer_pulls(&mut self) {
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
            let answer = if pull.previous.as_ref() == Some(&result) || is_edited && pull.previous.is_some() {
                json!({"kind": "unchanged", "resultId": result})
            } else {
                json!({"kind": "full", "resultId": result, "items": items})
            };
            self.respond(&pull.id, Ok(answer));
        }
    }

    // --- what is heard ---

    fn hear(&mut self, said: Said) {
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
    fn publish(&mut self) {
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

    fn is_folder(&self, target: &Path) -> bool {
        self.folders.iter().any(|folder| folder.path == target)
    }

    fn began(&mut self, target: &Path) {
        if !self.is_folder(target) {
            return;
        }
        self.at_work += 1;
        if self.client.progress && self.progress == Progress::None {
            self.progress = Progress::Asked;
            self.ask_client("window/workDoneProgress/create", json!({"token": TOKEN}), Asked::Progress);
        }
    }

    fn ended(&mut self, target: &Path) {
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

    fn hear_response(&mut self, response: Response) {
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

    // --- what is said ---

    fn names(&self) -> Names {
        let folders: Vec<_> =
            self.folders.iter().map(|folder| (folder.path.clone(), folder.uri.clone())).collect();
        Names::new(&self.documents, &folders)
    }

    fn order(&mut self, order: Order) {
        self.orders += 1;
        if !matches!(order, Order::Ask(_)) {
            self.last_change = self.orders;
        }
        // A worker that is gone answers nothing, and the client is told by silence alone.
        let _ = self.lines.orders.send((self.orders, order));
    }

    fn send(&self, message: Value) {
        let _ = self.lines.outbox.send(message);
    }

    fn respond(&self, id: &RequestId, result: Result<Value, ResponseError>) {
        self.send(match result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(error) => json!({"jsonrpc": "2.0", "id": id, "error": error}),
        });
    }

    fn refuse(&self, id: Option<&RequestId>, code: ErrorCode, message: &str) {
        self.send(json!({"jsonrpc": "2.0", "id": id, "error": error(code, message)}));
    }

    fn misread(&self, id: &RequestId) {
        self.refuse(Some(id), ErrorCode::InvalidParams, "the parameters are not those of the protocol");
    }

    fn notify(&self, method: &str, params: &Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask_client(&mut self, method: &str, params: Value, asked: Asked) {
        self.last_asked += 1;
        self.asked.insert(self.last_asked, asked);
        let mut message = json!({"jsonrpc": "2.0", "id": self.last_asked, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message);
    }

    fn log(&self, message: &str) {
        self.log_as(3, message);
    }

    fn log_as(&self, kind: u8, message: &str) {
        self.notify("window/logMessage", &json!({"type": kind, "message": format!("keyless: {message}")}));
    }

    fn warn_once(&mut self, message: &str) {
        if self.warned.insert(message.to_owned()) {
            self.warn(message);
        }
    }

    fn warn(&self, message: &str) {
        self.notify("window/showMessage", &json!({"type": 2, "message": message}));
    }
}

const TOKEN: &str = "keyless/first";

/// What an analysis may depend on. What is read by other names (`file("x.bin")`) is read anew with the next change.
const WATCHED: [&str; 3] = [
    "**/*.{tf,tofu,tfvars,tfbackend,tfstate,hcl,json,yaml,yml,template,toml,tpl,tftpl,sh,ps1,env,conf,cfg,ini,txt,pem,key}",
    "**/{.env,.envrc,.gitignore,.git/HEAD,Dockerfile}",
    "**/.env.*",
];

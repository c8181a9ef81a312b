//! How a session begins, what is configured, and which folders are looked at.

use super::{Asked, Folder, PATIENCE, Session, Stage};
use crate::lsp::client::Client;
use crate::lsp::documents::real;
use crate::lsp::parent::Parent;
use crate::lsp::settings::Settings;
use crate::lsp::uri;
use crate::lsp::worker::Order;
use lsp_server::RequestId;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

impl Session<'_> {
    pub(super) fn initialize(&mut self, id: &RequestId, params: &Value) {
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

    pub(super) fn initialized(&mut self) {
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

    pub(super) fn ask_for_configuration(&mut self) {
        let general = json!({"section": "keyless"});
        let of_folder = |folder: &Folder| json!({"scopeUri": folder.uri, "section": "keyless"});
        let items: Vec<Value> = [general].into_iter().chain(self.folders.iter().map(of_folder)).collect();
        self.ask_client("workspace/configuration", json!({"items": items}), Asked::Configuration);
    }

    pub(super) fn configured(&mut self, said: &Value) {
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
    pub(super) fn hear_configuration(&mut self, answer: &Value) {
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

    pub(super) fn add_folder(&mut self, uri: String) {
        if let Some(path) = uri::to_path(&uri) {
            let path = real(&path, self.system);
            self.folders.retain(|folder| folder.path != path);
            self.folders.push(Folder { uri, path, settings: self.base.clone() });
        }
    }

    pub(super) fn folders_changed(&mut self, event: &Value) -> Option<()> {
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
    pub(super) fn aim(&mut self) {
        let mut targets: BTreeMap<PathBuf, Settings> =
            self.folders.iter().map(|folder| (folder.path.clone(), folder.settings.clone())).collect();
        for path in self.documents.all().filter_map(|document| document.path.as_ref()) {
            if !self.folders.iter().any(|folder| path.starts_with(&folder.path)) {
                targets.insert(path.clone(), self.base.clone());
            }
        }
        let targets: Vec<_> = targets.into_iter().collect();
        if targets != self.targets {
            self.board.aim(targets.iter().cloned().collect());
            self.targets = targets.clone();
            self.order(Order::Targets(targets));
        }
    }

    pub(super) fn settings_of(&self, path: &Path) -> &Settings {
        let holding = self.folders.iter().filter(|folder| path.starts_with(&folder.path));
        let innermost = holding.max_by_key(|folder| folder.path.components().count());
        innermost.map_or(&self.base, |folder| &folder.settings)
    }
}

/// What an analysis may depend on. What is read by other names (`file("x.bin")`) is read anew with the next change.
const WATCHED: [&str; 3] = [
    "**/*.{tf,tofu,tfvars,tfbackend,tfstate,hcl,json,yaml,yml,template,toml,tpl,tftpl,sh,ps1,env,conf,cfg,ini,txt,pem,key}",
    "**/{.env,.envrc,.gitignore,.git/HEAD,Dockerfile}",
    "**/.env.*",
];

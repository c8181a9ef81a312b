//! The thread that analyses. It takes what it is told, all of it at once, and then makes the answers to the newest state; what is
//! asked is answered from these.

use super::analysis::Analysis;
use super::ask::{Ask, Known, Question};
use super::client::Client;
use super::item::Item;
use super::settings::Settings;
use crate::engine::panics;
use crate::system::System;
use lsp_server::{RequestId, ResponseError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Parsers and evaluators recurse, within their own limits, on stacks of this size. Only what is used is taken.
const STACK: usize = 128 << 20;

/// How long nothing is typed before what was typed is looked at, and how long that is put off at most.
const QUIET: Duration = Duration::from_millis(20);
const PUT_OFF: Duration = Duration::from_millis(150);

/// What the worker is told.
#[derive(Debug)]
pub(super) enum Order {
    /// The folders and single files that are looked at from now on.
    Targets(Vec<(PathBuf, Settings)>),
    /// A text of the editor, by its path without links; `None`: it is that of the disk again.
    Buffer(PathBuf, Option<Arc<str>>),
    /// What changed on the disk.
    Disk(Vec<PathBuf>),
    Ask(Box<Question>),
}

/// What it says.
#[derive(Debug)]
pub(super) enum Said {
    /// A folder is looked at for the first time.
    Began(PathBuf),
    /// What is to be said of files, by the target that it comes from. Of other files nothing is new.
    Answers(PathBuf, Vec<(PathBuf, Arc<[Item]>)>),
    /// A folder was looked at for the first time.
    Ended(PathBuf),
    /// All orders up to this one are in the answers.
    Settled(u64),
    Reply(RequestId, Result<Value, ResponseError>),
    /// A bug, in words without any content.
    Fault(String),
}

struct Target<'s> {
    settings: Settings,
    analysis: Analysis<'s>,
    is_known: bool,
}

pub(super) struct Worker<'s, S> {
    system: &'s dyn System,
    client: Arc<Client>,
    said: S,
    pool: Option<rayon::ThreadPool>,
    targets: BTreeMap<PathBuf, Target<'s>>,
    buffers: BTreeMap<PathBuf, Arc<str>>,
    changed: BTreeSet<PathBuf>,
    questions: VecDeque<Question>,
    seen: u64,
    is_settled: bool,
    is_hurried: bool,
}

impl<'s, S: Fn(Said) + Sync> Worker<'s, S> {
    pub(super) fn new(system: &'s dyn System, client: Arc<Client>, said: S) -> Self {
        Self {
            system,
            client,
            said,
            pool: rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok(),
            targets: BTreeMap::new(),
            buffers: BTreeMap::new(),
            changed: BTreeSet::new(),
            questions: VecDeque::new(),
            seen: 0,
            is_settled: true,
            is_hurried: false,
        }
    }

    /// Until nobody gives orders any more.
    pub(super) fn run(mut self, orders: &Receiver<(u64, Order)>) {
        loop {
            if self.is_settled && self.questions.is_empty() {
                match orders.recv() {
                    Ok(order) => self.take(order),
                    Err(_) => return,
                }
            }
            if self.drain(orders).is_err() {
                return;
            }
            if !self.is_settled {
                self.analyse();
                self.is_settled = true;
                self.is_hurried = false;
                (self.said)(Said::Settled(self.seen));
            }
            if let Some(question) = self.questions.pop_front() {
                self.answer(&question);
            }
        }
    }

    /// Takes all that there is; while somebody types, until there is a pause.
    fn drain(&mut self, orders: &Receiver<(u64, Order)>) -> Result<(), ()> {
        let start = Instant::now();
        loop {
            let waits = !self.is_settled && !self.is_hurried && start.elapsed() < PUT_OFF;
            let pause = if waits { QUIET } else { Duration::ZERO };
            match orders.recv_timeout(pause) {
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(()),
            }
        }
    }

    fn take(&mut self, (number, order): (u64, Order)) {
        self.seen = self.seen.max(number);
        match order {
            Order::Ask(question) => {
                self.questions.push_back(*question);
                return;
            }
            Order::Targets(targets) => {
                self.is_hurried = true;
                self.look_at(targets);
            }
            Order::Buffer(path, text) => {
                // Somebody waits for what was just opened.
                self.is_hurried |= text.is_none() || !self.buffers.contains_key(&path);
                for target in self.targets.values_mut() {
                    target.analysis.set_buffer(&path, text.as_deref());
                }
                match text {
                    Some(text) => self.buffers.insert(path.clone(), text),
                    None => self.buffers.remove(&path),
                };
                self.changed.insert(path);
            }
            Order::Disk(paths) => self.changed.extend(paths),
        }
        self.is_settled = false;
    }

    fn look_at(&mut self, wanted: Vec<(PathBuf, Settings)>) {
        let mut before = std::mem::take(&mut self.targets);
        for (path, settings) in wanted {
            let same = before.remove(&path).filter(|target| target.settings == settings);
            let target = same.unwrap_or_else(|| self.target(&path, settings));
            self.targets.insert(path, target);
        }
    }

    fn target(&self, path: &Path, settings: Settings) -> Target<'s> {
        let mut analysis = Analysis::open(path, &settings, self.client.encoding, self.system);
        for (path, text) in &self.buffers {
            analysis.set_buffer(path, Some(text));
        }
        Target { settings, analysis, is_known: false }
    }

    fn analyse(&mut self) {
        let changed: Vec<PathBuf> = std::mem::take(&mut self.changed).into_iter().collect();
        let mut faults = Vec::new();
        for (path, target) in &mut self.targets {
            let was_known = target.is_known;
            if !was_known {
                (self.said)(Said::Began(path.clone()));
            } else if changed.is_empty() {
                continue;
            }
            let analysis = &mut target.analysis;
            let work = || if was_known { analysis.reanalyse(&changed) } else { analysis.refresh() };
            match in_pool(self.pool.as_ref(), work) {
                Ok(paths) => {
                    target.is_known = true;
                    let items = |path: PathBuf| {
                        let items = target.analysis.items(&path);
                        (path, items)
                    };
                    (self.said)(Said::Answers(path.clone(), paths.into_iter().map(items).collect()));
                }
                Err(fault) => {
                    faults.push(path.clone());
                    (self.said)(Said::Fault(fault));
                }
            }
            if !was_known {
                (self.said)(Said::Ended(path.clone()));
            }
        }
        // What a bug left half done is begun anew with the next change.
        for path in faults {
            if let Some(settings) = self.targets.get(&path).map(|target| target.settings.clone()) {
                let target = self.target(&path, settings);
                self.targets.insert(path, target);
            }
        }
    }

    fn answer(&self, question: &Question) {
        if question.is_cancelled() {
            return;
        }
        let analyses = self.targets.values().map(|target| &target.analysis).collect();
        let known = Known { client: &self.client, analyses, buffers: &self.buffers, question };
        let reply = in_pool(self.pool.as_ref(), || known.answer()).unwrap_or_else(|fault| {
            (self.said)(Said::Fault(fault));
            Err(Ask::failed())
        });
        (self.said)(Said::Reply(question.id.clone(), reply));
    }
}

/// A bug ends the work, and nothing else.
fn in_pool<T: Send>(pool: Option<&rayon::ThreadPool>, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    let caught = panics::caught(|| match pool {
        Some(pool) => pool.install(work),
        None => work(),
    });
    caught.map_err(|problem| problem.message)
}

/// Where what the worker says goes.
pub(super) fn to<E: From<Said> + Send>(events: &Sender<E>) -> impl Fn(Said) + Sync + '_ {
    |said| {
        // Who has left hears nothing.
        let _ = events.send(said.into());
    }
}

//! The thread that analyses. It takes what it is told, all of it at once, and makes the answers to the newest state: of what was
//! edited at once, of all the rest when there is a pause, on a thread of its own. What is asked is answered from these.

use super::analysis::Analysis;
use super::ask::{Ask, Known, Question};
use super::client::Client;
use super::item::{Item, counts};
use super::settings::Settings;
use crate::engine::panics;
use crate::system::{FileKind, System};
use crate::workspace::{Reanalysed, Whole};
use lsp_server::{RequestId, ResponseError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::Scope;
use std::time::{Duration, Instant};

/// Parsers and evaluators recurse, within their own limits, on stacks of this size. Only what is used is taken.
const STACK: usize = 128 << 20;

/// How long nothing is typed before what was typed is looked at, and how long that is put off at most.
const QUIET: Duration = Duration::from_millis(20);
const PUT_OFF: Duration = Duration::from_millis(150);

/// How long nothing is edited before everything is looked at again.
const IDLE: Duration = Duration::from_millis(700);

/// What the worker is told.
pub(super) enum Order {
    /// The folders and single files that are looked at from now on.
    Targets(Vec<(PathBuf, Settings)>),
    /// A text of the editor, by its path without links; `None`: it is that of the disk again.
    Buffer(PathBuf, Option<Arc<str>>),
    /// What changed on the disk.
    Disk(Vec<PathBuf>),
    Ask(Box<Question>),
    /// A whole run is over: what it said, nothing if it was stopped, or a bug.
    Done(Box<Run>),
    Stop,
}

/// A whole run of a target.
pub(super) struct Run {
    target: PathBuf,
    number: u64,
    result: Result<Option<Whole>, String>,
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
    /// What is wrong with something that is no text.
    Notice(String),
    /// A bug, in words without any content.
    Fault(String),
}

struct Target<'s> {
    settings: Settings,
    analysis: Analysis<'s>,
    /// A whole run was taken over, or failed: what is known is all that there is for now.
    is_known: bool,
    /// What is known is not right until a whole run is over.
    is_urgent: bool,
    /// When a whole run is to begin.
    due: Option<Instant>,
    running: Option<(u64, Arc<AtomicBool>)>,
    /// Files that something was told of under settings that hold no more.
    stale: BTreeSet<PathBuf>,
}

pub(super) struct Worker<'scope, 's, S> {
    system: &'s dyn System,
    client: Arc<Client>,
    scope: &'scope Scope<'scope, 's>,
    back: Sender<(u64, Order)>,
    said: S,
    /// For what somebody waits for, and for whole runs.
    pool: Option<rayon::ThreadPool>,
    background: Arc<Option<rayon::ThreadPool>>,
    targets: BTreeMap<PathBuf, Target<'s>>,
    buffers: BTreeMap<PathBuf, Arc<str>>,
    changed: BTreeSet<PathBuf>,
    questions: VecDeque<Question>,
    runs: u64,
    seen: u64,
    settled: u64,
    is_hurried: bool,
    is_over: bool,
}

impl<'scope, 's, S: Fn(Said) + Sync> Worker<'scope, 's, S> {
    pub(super) fn new(
        system: &'s dyn System,
        client: Arc<Client>,
        scope: &'scope Scope<'scope, 's>,
        back: Sender<(u64, Order)>,
        said: S,
    ) -> Self {
        let pool = || rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok();
        Self {
            system,
            client,
            scope,
            back,
            said,
            pool: pool(),
            background: Arc::new(pool()),
            targets: BTreeMap::new(),
            buffers: BTreeMap::new(),
            changed: BTreeSet::new(),
            questions: VecDeque::new(),
            runs: 0,
            seen: 0,
            settled: 0,
            is_hurried: false,
            is_over: false,
        }
    }

    /// Until it is told to stop.
    pub(super) fn run(mut self, orders: &Receiver<(u64, Order)>) {
        while !self.is_over {
            self.wait(orders);
            self.look_again();
            self.begin_whole_runs();
            self.settle();
            if let Some(question) = self.next_question().and_then(|at| self.questions.remove(at)) {
                self.answer(&question);
            }
        }
        self.targets.values().for_each(Target::stop);
    }

    /// Waits for something to do, and takes all that there is; while somebody types, until there is a pause.
    fn wait(&mut self, orders: &Receiver<(u64, Order)>) {
        if self.changed.is_empty() && self.next_question().is_none() {
            let dues = self.targets.values().filter(|target| target.running.is_none());
            let due = dues.filter_map(|target| target.due).min();
            let first = match due {
                Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match first {
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => self.is_over = true,
            }
        }
        let start = Instant::now();
        while !self.is_over {
            let waits = !self.changed.is_empty() && !self.is_hurried && start.elapsed() < PUT_OFF;
            let pause = if waits { QUIET } else { Duration::ZERO };
            match orders.recv_timeout(pause) {
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => self.is_over = true,
            }
        }
    }

    fn take(&mut self, (number, order): (u64, Order)) {
        self.seen = self.seen.max(number);
        match order {
            Order::Ask(question) => self.questions.push_back(*question),
            Order::Targets(targets) => self.aim(targets),
            Order::Buffer(path, text) => {
                // Somebody waits for what was just opened.
                self.is_hurried |= text.is_none() || !self.buffers.contains_key(&path);
                for target in self.targets.values_mut() {
                    target.analysis.set_buffer(&path, text.clone());
                }
                match text {
                    Some(text) => self.buffers.insert(path.clone(), text),
                    None => self.buffers.remove(&path),
                };
                self.changed.insert(path);
            }
            Order::Disk(paths) => self.changed.extend(paths),
            Order::Done(run) => self.take_over(*run),
            Order::Stop => self.is_over = true,
        }
    }

    fn aim(&mut self, wanted: Vec<(PathBuf, Settings)>) {
        let mut before = std::mem::take(&mut self.targets);
        for (path, settings) in wanted {
            let target = match before.remove(&path) {
                Some(target) if target.settings == settings => target,
                Some(other) => {
                    other.stop();
                    let mut stale = other.analysis.files();
                    stale.extend(other.stale);
                    Target { stale, ..self.target(&path, settings) }
                }
                None => self.target(&path, settings),
            };
            self.targets.insert(path, target);
        }
        before.values().for_each(Target::stop);
    }

    fn target(&self, path: &Path, settings: Settings) -> Target<'s> {
        (self.said)(Said::Began(path.to_path_buf()));
        let mut analysis = Analysis::open(path, &settings, self.client.encoding, self.system);
        for (path, text) in &self.buffers {
            analysis.set_buffer(path, Some(Arc::clone(text)));
        }
        let due = Some(Instant::now());
        let stale = BTreeSet::new();
        Target { settings, analysis, is_known: false, is_urgent: true, due, running: None, stale }
    }

    /// Looks again at what was edited.
    fn look_again(&mut self) {
        self.is_hurried = false;
        if self.changed.is_empty() {
            return;
        }
        let changed: Vec<PathBuf> = std::mem::take(&mut self.changed).into_iter().collect();
        let mut targets = std::mem::take(&mut self.targets);
        for (path, target) in &mut targets {
            if !target.is_known {
                target.is_urgent = true;
                target.due = target.due.or(Some(Instant::now()));
                continue;
            }
            // What it says would be about texts that are gone.
            if !target.is_urgent {
                target.stop();
            }
            let analysis = &mut target.analysis;
            match in_pool(self.pool.as_ref(), || analysis.reanalyse(&changed)) {
                Ok(done) => self.tell(path, target, done),
                Err(fault) => {
                    target.due = Some(Instant::now() + IDLE);
                    (self.said)(Said::Fault(fault));
                }
            }
        }
        self.targets = targets;
    }

    /// Says what came of it, and when everything is to be looked at.
    fn tell(&self, path: &Path, target: &mut Target<'_>, done: Reanalysed) {
        target.is_urgent |= done.needs_whole;
        let pause = if target.is_urgent { Duration::ZERO } else { IDLE };
        target.due = Some(Instant::now() + pause);
        self.publish(path, target, done);
    }

    fn publish(&self, path: &Path, target: &Target<'_>, done: Reanalysed) {
        let items = |path: PathBuf| {
            let items = target.analysis.items(&path);
            // A folder, an option: what is wrong with it cannot be shown in a text.
            let is_text = items.is_empty()
                || self.buffers.contains_key(&path)
                || self.system.kind(&path).is_ok_and(|kind| kind == FileKind::File);
            if is_text {
                return (path, items);
            }
            let of = target.analysis.target();
            // A file that was closed and never saved is gone, and nobody misses it.
            let is_gone = path == of && self.system.kind(of).is_err();
            let notices = items.iter().filter(|item| item.is_problem() && !is_gone && path.starts_with(of));
            notices.for_each(|item| (self.said)(Said::Notice(item.title.clone())));
            (path, Arc::from([]))
        };
        let files: Vec<_> = done.files.into_iter().map(items).collect();
        if !files.is_empty() {
            (self.said)(Said::Answers(path.to_path_buf(), files));
        }
    }

    fn begin_whole_runs(&mut self) {
        let now = Instant::now();
        for (path, target) in &mut self.targets {
            if target.running.is_some() || target.due.is_none_or(|due| due > now) {
                continue;
            }
            target.due = None;
            let Some(snapshot) = target.analysis.snapshot() else {
                // There is nothing yet, and it is looked for with the next change.
                if !std::mem::replace(&mut target.is_known, true) {
                    (self.said)(Said::Ended(path.clone()));
                }
                target.is_urgent = false;
                continue;
            };
            self.runs += 1;
            let (number, stop) = (self.runs, Arc::new(AtomicBool::new(false)));
            target.running = Some((number, Arc::clone(&stop)));
            let (path, back, pool) = (path.clone(), self.back.clone(), Arc::clone(&self.background));
            self.scope.spawn(move || {
                let result = in_pool(Option::as_ref(&pool), || snapshot.run(&stop));
                // Who has left hears nothing.
                let _ = back.send((0, Order::Done(Box::new(Run { target: path, number, result }))));
            });
        }
    }

    fn take_over(&mut self, run: Run) {
        let Some(mut target) = self.targets.remove(&run.target) else { return };
        if target.running.as_ref().is_none_or(|(number, _)| *number != run.number) {
            self.targets.insert(run.target, target);
            return;
        }
        target.running = None;
        let analysis = &mut target.analysis;
        let adopted = match run.result {
            Ok(Some(whole)) => in_pool(self.pool.as_ref(), || Some(analysis.adopt(whole))),
            Ok(None) => Ok(None),
            Err(fault) => Err(fault),
        };
        match adopted {
            Ok(Some(mut done)) => {
                let was_known = std::mem::replace(&mut target.is_known, true);
                done.files.append(&mut target.stale);
                target.is_urgent = done.needs_whole;
                if done.needs_whole {
                    target.due = Some(Instant::now());
                }
                self.publish(&run.target, &target, done);
                if !was_known {
                    (self.said)(Said::Ended(run.target.clone()));
                }
            }
            // It was stopped by an edit, which says when the next one is to begin.
            Ok(None) => target.due = target.due.or(Some(Instant::now() + IDLE)),
            // Not tried again before something is edited: the same would come of it.
            Err(fault) => {
                if !std::mem::replace(&mut target.is_known, true) {
                    (self.said)(Said::Ended(run.target.clone()));
                }
                target.is_urgent = false;
                (self.said)(Said::Fault(fault));
            }
        }
        self.targets.insert(run.target, target);
    }

    /// Says so when nothing is left that somebody waits for.
    fn settle(&mut self) {
        let is_open = self.targets.values().any(|target| target.is_urgent || !target.is_known);
        if !is_open && self.settled < self.seen {
            self.settled = self.seen;
            (self.said)(Said::Settled(self.seen));
        }
    }

    /// The question that can be answered: once everything was looked at for the first time, from then on by what is known.
    /// Who asks for edits waits until that is right.
    fn next_question(&self) -> Option<usize> {
        let is_known = self.targets.values().all(|target| target.is_known);
        let is_right = !self.targets.values().any(|target| target.is_urgent);
        self.questions.iter().position(|question| is_known && (is_right || !question.ask.wants_edits()))
    }

    fn answer(&self, question: &Question) {
        if question.is_cancelled() {
            return;
        }
        let path = &question.ask.here().path;
        let settings =
            self.targets.iter().map(|(path, target)| (path.clone(), target.settings.clone())).collect();
        // Inner folders come after outer ones.
        let counting = self.targets.iter().rev().filter(|(target, _)| counts(target, path, &settings));
        let analyses = counting.map(|(_, target)| &target.analysis).collect();
        let known = Known { client: &self.client, analyses, buffers: &self.buffers, question };
        let reply = in_pool(self.pool.as_ref(), || known.answer()).unwrap_or_else(|fault| {
            (self.said)(Said::Fault(fault));
            Err(Ask::failed())
        });
        (self.said)(Said::Reply(question.id.clone(), reply));
    }
}

impl Target<'_> {
    fn stop(&self) {
        if let Some((_, stop)) = &self.running {
            stop.store(true, Ordering::Relaxed);
        }
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

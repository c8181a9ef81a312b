//! `keyless lsp`: answers an editor over a stream, in the Language Server Protocol.
//!
//! One thread reads, one writes, one analyses ([`worker`]), and this one keeps the state of the client and never waits for any
//! of them ([`session`]). It writes no file, starts no program and opens no connection: edits are handed to the client. What it says passes the
//! redactor before it gets here, and errors quote nothing of what was read.

mod actions;
mod analysis;
mod ask;
mod client;
mod documents;
mod frame;
mod hover;
mod item;
mod parent;
mod publish;
mod render;
mod session;
mod settings;
mod text;
mod uri;
mod worker;

use crate::system::System;
use frame::Frame;
use serde_json::Value;
use session::{Lines, Session};
use std::io::{BufRead, Write};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;
use worker::{Said, Worker};

/// How long the last messages may take to be written.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What reaches the session.
#[derive(Debug)]
enum Event {
    Client(Frame),
    /// The client closed its end, or is gone.
    Closed,
    Worker(Said),
}

impl From<Said> for Event {
    fn from(said: Said) -> Self {
        Self::Worker(said)
    }
}

// A bug in an analysis must not end the session.
#[cfg(not(panic = "unwind"))]
compile_error!("the language server needs panics that unwind");

/// Serves a client until it says `exit` or leaves. `leave` gets the exit code as soon as it is known and all is written: an
/// analysis may still be running then.
pub fn serve(
    mut input: impl BufRead + Send,
    mut output: impl Write + Send,
    system: &dyn System,
    leave: impl FnOnce(u8),
) {
    let (events, inbox) = mpsc::channel();
    let (outbox, messages) = mpsc::channel::<Value>();
    let (orders, told) = mpsc::channel();
    let (starts, start) = mpsc::channel();
    let (ends, end) = mpsc::channel();
    thread::scope(|scope| {
        let reader = events.clone();
        scope.spawn(move || read(&mut input, &reader));
        scope.spawn(move || {
            let written = messages.iter().try_for_each(|message| frame::write(&mut output, &message));
            // Who waits for it may have left.
            let _ = ends.send(written);
        });
        let back = orders.clone();
        scope.spawn(move || {
            if let Ok(client) = start.recv() {
                Worker::new(system, client, scope, back, worker::to(&events)).run(&told);
            }
        });
        let code = Session::new(system, Lines { outbox, orders, starts }).run(&inbox);
        // A client that reads nothing any more is not waited for.
        let _ = end.recv_timeout(LAST_WORDS);
        leave(code);
    });
}

fn read(input: &mut impl BufRead, events: &Sender<Event>) {
    while let Ok(Some(frame)) = frame::read(input) {
        if events.send(Event::Client(frame)).is_err() {
            return;
        }
    }
    let _ = events.send(Event::Closed);
}

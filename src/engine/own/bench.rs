//! Workers to ask, each by one thread at a time; one that is lost is replaced.

use crate::policies::own::{Request, Response};
use crate::system::{Gone, System, Worker};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a file of rules may take over one request.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Bench<'s> {
    system: &'s dyn System,
    idle: Mutex<Vec<Box<dyn Worker>>>,
}

impl<'s> Bench<'s> {
    pub(super) fn new(system: &'s dyn System) -> Self {
        Self { system, idle: Mutex::default() }
    }

    /// The answer; else why there is none, in words.
    pub(super) fn ask(&self, request: &Request) -> Result<Response, String> {
        let text = serde_json::to_string(request).map_err(|error| error.to_string())?;
        // One that opens files is held to these.
        let is_kept = Request::files(&text).is_empty();
        let idle = if is_kept { self.idle().pop() } else { None };
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.system.worker().map_err(|gone| words(&gone))?,
        };
        let answer = worker.ask(&text, PATIENCE).map_err(|gone| words(&gone))?;
        if is_kept {
            self.idle().push(worker);
        }
        match serde_json::from_str(&answer).map_err(|error| error.to_string())? {
            Response::Unconfined(why) => {
                Err(format!("this system does not hold the process to be run in to its bounds: {why}"))
            }
            response => Ok(response),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Box<dyn Worker>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn words(gone: &Gone) -> String {
    match gone {
        Gone::TimedOut => format!("it takes longer than {} seconds", PATIENCE.as_secs()),
        Gone::Died => "it ends the process that it runs in, by a circle among its rules and variables, or by taking too \
                       much memory"
            .to_owned(),
        Gone::Unstarted(why) => format!("no process can be started to run it in: {why}"),
    }
}

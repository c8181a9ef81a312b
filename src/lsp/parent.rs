//! Whether the client is still there: one that dies may leave its end of the stream open with somebody else.

use crate::system::System;
use std::path::PathBuf;

/// The process of the client.
#[derive(Debug)]
pub(super) struct Parent {
    id: u64,
    /// Known by being ours; else by its entry among the processes.
    is_ours: bool,
}

impl Parent {
    /// `None` where it cannot be told: a number of another machine's or container's is nobody's here.
    pub(super) fn new(id: u64, system: &dyn System) -> Option<Self> {
        let is_ours = parent() == Some(id);
        (is_ours || system.kind(&entry(id)).is_ok()).then_some(Self { id, is_ours })
    }

    pub(super) fn is_gone(&self, system: &dyn System) -> bool {
        if self.is_ours { parent() != Some(self.id) } else { system.kind(&entry(self.id)).is_err() }
    }
}

fn entry(id: u64) -> PathBuf {
    PathBuf::from(format!("/proc/{id}"))
}

#[cfg(unix)]
fn parent() -> Option<u64> {
    Some(std::os::unix::process::parent_id().into())
}

#[cfg(not(unix))]
fn parent() -> Option<u64> {
    None
}

//! What a repository's objects say: its history, who wrote a line, and what a change changes.
//!
//! Nothing but this module names a library of git. The `git` program is never run: what a repository configures (filters,
//! drivers of diffs, hooks, monitors) may be any program. Of the configuration only the format of the repository is read,
//! and nothing that it includes. It must not know what infrastructure code is.

mod base;
mod blame;
mod commit;
mod format;
pub mod history;
mod lines;
mod references;
mod repository;
mod revision;
mod signature;
mod trees;

pub use base::{Base, NoBase, Stands};
pub use blame::Blame;
pub use lines::{Change, similarity};

//! keyless keeps long-lived AWS credentials out of infrastructure code.
//!
//! The way of the data, in one direction:
//!
//! ```text
//! paths → discover → syntax → frontends → model → facts → policies → findings → report
//! ```

pub mod baseline;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod discover;
pub mod engine;
pub mod exceptions;
pub mod facts;
pub mod findings;
pub mod fixes;
pub mod frontends;
pub mod git;
pub mod lsp;
pub mod model;
pub mod policies;
pub mod report;
pub mod secrets;
pub mod source;
pub mod syntax;
pub mod system;
pub mod workspace;

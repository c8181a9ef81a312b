//! keyless from outside: the binary on whole trees, and the laws that hold for all of it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on says so by panicking"
)]

mod action;
mod baseline;
mod blame;
mod bombs;
mod bounds;
mod calls;
mod carriers;
mod cdk;
mod chance;
mod cli;
mod config;
mod escaping;
mod exceptions;
mod fix;
mod fixes_cdk;
mod fixes_cloudformation;
mod fixes_credentials;
mod fixes_terraform;
mod formats;
mod gate;
mod guidance;
mod harness;
mod history;
mod inputs;
#[cfg(target_os = "linux")]
mod isolation;
mod kindred;
mod laws;
mod layering;
mod limits;
mod lsp;
mod manual;
mod masking;
mod modules;
mod outputs;
mod outside;
mod own;
mod pages;
mod parameters;
mod parity;
mod plan_first;
mod plan_forms;
mod plans;
mod policies;
mod precedence;
mod reached;
mod readme;
mod recipes;
mod references;
mod registry;
mod reports;
mod runner;
mod scale;
mod secrets;
mod security;
mod serverless;
mod signals;
mod soak;
mod stacks;
mod terraform;
mod terragrunt;
mod third_party;
mod value_files;
mod workspace;

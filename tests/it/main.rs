//! keyless from outside: the binary on whole trees, and the laws that hold for all of it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on says so by panicking"
)]

mod bounds;
mod cdk;
mod cli;
mod harness;
mod laws;
mod layering;
mod parity;
mod policies;
mod readme;
mod terraform;

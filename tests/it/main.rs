//! keyless from outside: the binary on whole trees, and the laws that hold for all of it.

mod cli;
mod harness;
mod laws;
mod layering;

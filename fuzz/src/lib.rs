//! What all targets share: a tree in memory, runs of keyless on it, and what has to hold of them.
//!
//! A run that panics is a crash, since nothing here catches it as the binary does.

mod memory;
mod runs;
mod tree;

pub use memory::Memory;
pub use runs::{judge, mend, pooled};
pub use tree::Tree;

//! From files to the model: one frontend a way of writing infrastructure.

pub mod terraform;

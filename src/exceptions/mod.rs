//! What people say beside code about findings.

mod day;

pub use day::Day;

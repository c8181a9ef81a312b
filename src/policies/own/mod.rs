//! Policies of the user's own: Guard files over facts, over a template, or over a plan.

mod file;
mod report;
mod worker;

pub use file::{Input, OwnFile};
pub use report::{Check, Failed, Judged, Rule};
pub use worker::{Request, Response, serve};

//! Policies of the user's own: Guard files over facts, over a template, or over a plan.

mod worker;

pub use worker::{Request, Response, serve};

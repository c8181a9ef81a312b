//! keyless keeps long-lived AWS credentials out of infrastructure code.
//!
//! The way of the data, in one direction:
//!
//! ```text
//! paths → discover → syntax → frontends → model → facts → policies → findings → report
//! ```

pub mod catalog;
pub mod facts;
pub mod findings;
pub mod model;
pub mod policies;
pub mod secrets;
pub mod source;

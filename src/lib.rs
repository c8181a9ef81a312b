//! keyless keeps long-lived AWS credentials out of infrastructure code.
//!
//! The way of the data, in one direction:
//!
//! ```text
//! paths → discover → syntax → frontends → model → facts → policies → findings → report
//! ```

pub mod findings;
pub mod frontends;
pub mod model;
pub mod source;
pub mod syntax;

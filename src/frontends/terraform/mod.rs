//! Terraform: its values, functions and modules.

pub mod convert;
pub mod functions;

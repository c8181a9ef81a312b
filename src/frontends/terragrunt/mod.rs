//! Terragrunt: what its files hand to modules, and the Terraform code that they hold in strings. Owns which file is one,
//! and what of it is read; evaluation is Terraform's. What Terragrunt computes itself (`dependency`, `include`,
//! `get_env`, `find_in_parent_folders`, ...) is unknown.
//!
//! Blocks and attributes: <https://terragrunt.gruntwork.io/docs/reference/config-blocks-and-attributes>

mod arguments;
mod generated;
mod parents;
mod read;
mod recognise;
#[cfg(test)]
mod tests;

pub use parents::Included;
pub use read::{Called, Configuration, Source, read};
pub use recognise::{is_named, is_terragrunt};

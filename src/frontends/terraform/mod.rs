//! Terraform and OpenTofu source: folders as modules, evaluated as `terraform plan` would where the code alone decides.
//! Owns names, scopes, expansion and evaluation; knows nothing of policies.
//!
//! [`Program`] holds the modules of one root; [`evaluate`] walks every module that no other calls, with all
//! that it calls, and emits one [`crate::model::Unit`] for each.

mod access;
mod blocks;
mod candidate;
mod choice;
pub mod convert;
mod declare;
mod emit;
mod eval;
mod expand;
pub mod functions;
mod given;
mod handed;
mod index;
mod inputs;
mod instance;
mod lazy;
mod loops;
mod mentions;
mod module;
mod named;
mod normal;
mod operators;
mod outline;
mod overrides;
mod policy_document;
mod produce;
mod program;
mod providers;
mod reference;
mod render;
mod rendered;
mod scalar;
mod scope;
mod spot;
mod standing;
mod target;
mod telling;
mod template;
mod types;
mod weight;

pub(in crate::frontends) use eval::{Evaluator, Scope};
pub(in crate::frontends) use instance::{Instance, quoted};
pub(in crate::frontends) use module::{find_attribute, join, normalize};

pub use emit::{AbsentCall, Evaluated, Options, evaluate};
pub use given::Inputs;
pub use mentions::mentions;
pub use module::{FolderFiles, Module, ModuleFile};
pub use program::{Files, Program, Roots};
pub use spot::{Pointed, Spot};

#[cfg(test)]
mod tests;

//! CloudFormation and SAM templates, YAML or JSON. Owns recognition, parameters, conditions and intrinsics;
//! does no I/O and knows no policy.

mod call;
mod conditions;
mod each;
mod evaluate;
mod files;
mod globals;
mod include;
mod intrinsics;
mod json;
mod load;
mod lookup;
mod metadata;
mod nested;
mod outputs;
mod parameters;
mod recognise;
mod sub;
mod template;
mod text;

pub use files::{Files, Loaded, join, local_path};
pub use load::load;
pub use nested::AbsentStack;
pub use recognise::{Recognised, recognise, sniff};

pub(in crate::frontends) use include::Includes;
pub(in crate::frontends) use load::LoadedResource;
pub(in crate::frontends) use nested::{Calls, Child, Surroundings, compose};
pub(in crate::frontends) use recognise::problem;

#[cfg(test)]
mod tests;

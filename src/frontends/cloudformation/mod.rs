//! CloudFormation and SAM templates, YAML or JSON. Owns recognition, parameters, conditions and intrinsics;
//! does no I/O and knows no policy.

mod call;
mod choices;
mod cidr;
mod conditions;
mod decide;
mod dynamic;
mod each;
mod evaluate;
mod globals;
mod intrinsics;
mod json;
mod load;
mod lookup;
mod mapped;
mod notes;
mod operand;
mod parameters;
mod recognise;
mod sub;
mod template;
mod text;

pub use load::load;
pub use recognise::{Recognised, recognise, sniff};

pub(in crate::frontends) use load::{Input, Loaded, LoadedResource, evaluate_template};
pub(in crate::frontends) use recognise::problem;

#[cfg(test)]
mod tests;

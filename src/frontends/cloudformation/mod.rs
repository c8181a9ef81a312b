//! CloudFormation and SAM templates, YAML or JSON. Owns recognition, parameters, conditions and intrinsics;
//! does no I/O and knows no policy.

mod assignments;
mod call;
mod choices;
mod cidr;
mod conditions;
mod decide;
mod dynamic;
mod each;
mod evaluate;
mod files;
mod given;
mod globals;
mod include;
mod intrinsics;
mod json;
mod load;
mod lookup;
mod mapped;
mod metadata;
mod named;
mod nested;
mod notes;
mod operand;
mod outputs;
mod parameter_file;
mod parameters;
mod pattern;
mod program;
mod recognise;
mod resources;
mod samconfig;
mod sub;
mod template;
mod text;
mod value_file;

pub use assignments::Assignment;
pub use files::{Files, Loaded, join, local_path};
pub use include::included_in;
pub use nested::{Absent, Missing};
pub use parameter_file::parameters_in;
pub use program::{Program, evaluate, nested_in, parameters_of};
pub use recognise::{Recognised, recognise, sniff};
pub use template::root_of;
pub use value_file::{may_hold_values, recognise_values, template_of, values_of};

pub use samconfig::{Environment, FILE_NAMES, Inputs, SamConfig, TEMPLATE_NAMES, samconfig};

pub(in crate::frontends) use include::Includes;
pub(in crate::frontends) use load::LoadedResource;
pub(in crate::frontends) use nested::{Calls, Child, Surroundings, compose};
pub use recognise::problem;

#[cfg(test)]
mod tests;

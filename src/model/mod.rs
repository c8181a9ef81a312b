//! What the code says, in one form for every frontend: units, resources, and values with where they came from.
//! Knows no file format and no policy.

mod condition;
mod construct;
mod marks;
mod number;
mod origin;
mod resource;
mod telling;
mod unknown;
mod value;

pub use condition::{Condition, Domain, Satisfiable};
pub use construct::{Acknowledgement, Made};
pub use marks::Marks;
pub use number::{Binary, Digits, Number, PRECISION, Real};
pub use origin::{Hop, Literals, Origin, Origins, Step};
pub use resource::{
    BlockKind, Declaration, DeclarationKind, Elsewhere, Frontend, Project, Resource, State, Stored, TextFile,
    TextKind, ToldBy, Unit, terraform_type,
};
pub use unknown::{Encoded, Reason, Unknown};
pub use value::{Choice, Entry, Kind, Object, Part, Value};

//! Plans as `terraform show -json` and `tofu show -json` print them: what Terraform found when it looked at the world.
//! Owns the form of plans and how they complete what the source says; knows nothing of policies.
//!
//! [`read`] takes a plan in, piece by piece, so that its size does not matter. [`unit`] makes resources of it: the source's
//! own where the source is there ([`overlay`]), so that places and chains are those of the code and only the
//! values are the plan's; else from the plan alone ([`alone`]), by its `configuration`.
//!
//! Format: <https://developer.hashicorp.com/terraform/internals/json-format>

mod address;
mod alone;
mod change;
mod configuration;
mod hidden;
mod matched;
mod outline;
mod overlay;
mod parts;
mod read;
mod said;
mod unit;

pub use read::{Plan, ReadError, is_binary, read};
pub use unit::{Origin, Unified, Written, unit};

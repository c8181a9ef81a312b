//! `keyless.toml`: what users say of policies, for a folder and all below it.
//!
//! Owns the files, what they may say, and what of it holds for a path: the nearest file in its folder or above it, with
//! what that extends. Mandatory policies hold below whoever says so, whatever files further down say. It knows policies
//! and findings, and nothing of how a run goes.

mod file;
mod nearest;
mod settings;
pub(crate) mod shape;
mod terms;
#[cfg(test)]
mod tests;
mod written;

pub use nearest::{Configs, Wanted};
pub use settings::{Flags, Own, Settings, State};

/// The JSON schema of `keyless.toml`, as it stands in `schema/config.schema.json`.
#[must_use]
pub fn schema() -> String {
    let text = serde_json::to_string_pretty(&written::schema()).unwrap_or_default();
    format!("{text}\n")
}

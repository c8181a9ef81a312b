//! What keyless knows of AWS's resource types: types, attribute paths, links. Data only; knows no language and no policy.

pub mod access_key;
pub mod compute;

/// Whether facts are made of resources of this type, so that modules without one need no evaluation.
#[must_use]
pub fn is_relevant(type_name: &str) -> bool {
    compute::find(type_name).is_some()
        || type_name == compute::METADATA_DEFAULTS
        || access_key::find(type_name).is_some()
}

//! Fixes of templates, as they are written: CloudFormation's and SAM's, YAML and JSON.

mod blast;
mod metadata;
mod profile;
mod secret;
mod session;
mod template;

pub(super) use blast::{Blast, of_property};

use super::Ailing;
use crate::findings::Fix;

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    match ailing.code() {
        "IMDS01" | "IMDS02" => metadata::propose(ailing),
        "EC201" | "EC202" => profile::propose(ailing),
        "EC203" => profile::propose_role(ailing),
        "SEC01" | "SEC04" | "SEC08" => secret::propose(ailing),
        "SEC07" => secret::mark(ailing),
        "ROLE02" => session::propose(ailing),
        _ => Vec::new(),
    }
}

//! Fixes of this frontend's code.

mod effect;
mod imds;
mod module;
mod profile;
mod site;

use super::{Ailing, credentials};
use crate::findings::Fix;

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    match ailing.code() {
        "IMDS01" | "IMDS02" => imds::propose(ailing),
        "EC201" | "EC202" => profile::attach(ailing),
        "EC203" => profile::fill(ailing),
        _ => credentials::propose(ailing),
    }
}

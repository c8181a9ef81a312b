//! Fixes of this frontend's code.

mod caution;
mod effect;
mod imds;
mod module;
mod profile;
mod site;
mod users;

use super::{Ailing, credentials};
use crate::findings::{Fix, Safety};
use crate::model::Frontend;

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let fixes = match ailing.code() {
        "IMDS01" | "IMDS02" => imds::propose(ailing),
        "EC201" | "EC202" => profile::attach(ailing),
        "EC203" => profile::fill(ailing),
        _ => credentials::propose(ailing),
    };
    match ailing.subject.frontend {
        Frontend::Plan => fixes.into_iter().map(of_plan).collect(),
        Frontend::Terraform | Frontend::CloudFormation | Frontend::Cdk => fixes,
    }
}

/// No edit of code changes a plan that is made of it.
fn of_plan(fix: Fix) -> Fix {
    let again = "a plan stays as it is: change the code that it is made of, and plan again";
    let note = if fix.note.is_empty() { again.to_owned() } else { format!("{again}; {}", fix.note) };
    Fix { safety: Safety::Display, edits: Vec::new(), note, ..fix }
}

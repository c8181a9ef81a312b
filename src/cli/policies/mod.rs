//! `keyless policies`: the catalogue, and tools for policies of one's own.

mod list;
mod scaffold;
mod test;

use super::Done;
use super::args::{Policies, PoliciesCommand};
use crate::system::System;
use std::io::Write;

pub(super) fn run(arguments: &Policies, system: &dyn System, out: &mut dyn Write) -> Done {
    match &arguments.command {
        None => list::run(arguments, system, out),
        Some(PoliciesCommand::Test { paths }) => test::run(paths, system, out),
        Some(PoliciesCommand::New(new)) => scaffold::run(new, system, out),
    }
}

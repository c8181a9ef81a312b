//! Terraform's state files, committed by mistake: what in them may be a secret, and where. Knows the forms that states
//! have had; must not know which of the values found are worth a finding.
//!
//! States grow large, so that each object is parsed by itself and dropped.

mod current;
mod flat;
mod gather;
mod recognise;
mod shown;
#[cfg(test)]
mod tests;

pub use recognise::{Form, Recognised, is_named, recognise, sniff};

use crate::findings::Problem;
use crate::frontends::cloudformation;
use crate::model::State;
use crate::source::{FileId, SourceFile};
use crate::syntax::doc::{ParseError, Raw};
use gather::Gather;

/// Looks through a state. `places` are offsets whose objects are wanted, sorted. Returns how many resources there are.
#[must_use]
pub fn load(
    file: FileId,
    source: &SourceFile,
    form: Form,
    places: &[usize],
) -> (State, usize, Option<Problem>) {
    let mut gather = Gather::new(file, places);
    let read = Raw::document(source.text()).and_then(|root| match form {
        Form::Current => current::read(root, &mut gather),
        Form::Flat => flat::read(root, &mut gather),
        Form::Shown => shown::read(root, &mut gather),
        Form::Encrypted => Ok(()),
    });
    let problem = read.err().map(|error: ParseError| cloudformation::problem(source, &error));
    let (state, resources) = gather.finish();
    (state, resources, problem)
}

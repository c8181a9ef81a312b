//! From fixes that are proposed to fixes that hold: the files are edited in memory, the tree is judged again as it would be,
//! and a fix after which its finding is still there, or anything else has come up, is refused.
//!
//! Nothing is written here. [`mend`] goes on until nothing is left to do and says what there is to write, [`prove`] keeps of
//! an outcome the fixes that hold, each for itself, and [`verify`] tries one.

mod batch;
mod diff;
mod edited;
mod ledger;
mod moved;
mod names;
mod proven;
mod rounds;
mod syntax;
mod told;

#[cfg(test)]
mod tests;

use super::{CheckRequest, Lists, Remains, Unmasked, unmasked};
use crate::discover::Inventory;
use crate::findings::{Finding, Fix, Outcome};
use crate::source::Sources;
use crate::system::{Overlay, System, Texts};
use batch::{Batch, Candidate};
use edited::Places;
pub use proven::{Held, keep, prove};
pub use rounds::{Mending, Wanted, Write, mend, together};

/// A tree as it was judged. The outcome is masked; its edits are not, since they hold no secret.
#[derive(Debug)]
pub struct Judged {
    pub outcome: Outcome,
    pub sources: Sources,
    pub inventory: Inventory,
}

/// What fixes are held against: an outcome, and the files that it is about as they were read.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub outcome: &'a Outcome,
    pub sources: &'a Sources,
    pub inventory: &'a Inventory,
    /// What the files were read from.
    pub system: &'a dyn System,
}

impl std::fmt::Debug for Ground<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ground").field("outcome", self.outcome).finish_non_exhaustive()
    }
}

/// Judges the tree as it is with these files in front of what the ground was read from, as the ground was judged.
pub type Judge<'a> = dyn Fn(&Texts) -> Judged + 'a;

/// Why a fix does not hold, in words for whoever wants it. Free of secrets, as everything that it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

impl Judged {
    #[must_use]
    pub fn ground<'a>(&'a self, system: &'a dyn System) -> Ground<'a> {
        Ground { outcome: &self.outcome, sources: &self.sources, inventory: &self.inventory, system }
    }
}

/// Judges a tree, with what [`Ground`] needs.
#[must_use]
pub fn judge(request: &CheckRequest, system: &dyn System) -> Judged {
    let (judged, remains) = with_remains(request, system);
    remains.leave();
    judged
}

fn with_remains(request: &CheckRequest, system: &dyn System) -> (Judged, Remains) {
    let sources = Sources::default();
    let Unmasked { outcome, redactor, inventory, remains } = unmasked(request, system, &sources);
    (Judged { outcome: outcome.masked_by(redactor), sources, inventory }, remains)
}

/// Whether anything can be tried, for which the tree is judged again.
fn is_mendable(outcome: &Outcome) -> bool {
    outcome.findings.iter().chain(&outcome.cannot_tell).any(|finding| !finding.fixes.is_empty())
}

/// Judges a tree with some files edited. What a change is compared with, and what is past, no edit changes.
#[must_use]
pub fn judge_again(request: &CheckRequest, system: &dyn System, texts: &Texts) -> Judged {
    let request = CheckRequest {
        history: false,
        changed_since: None,
        lists: Lists::Needed,
        accept: None,
        ..request.clone()
    };
    with_remains(&request, &Overlay::new(system, texts)).0
}

/// How often a tree is judged again at most for a report that offers fixes.
const RUNS: usize = 12;

/// Findings of which a report says how they can be mended: of more, nobody mends one by one what `keyless fix` mends at once.
const MOST: usize = 200;

/// Judges a tree, and says of its findings how they can be mended: only with what was tried and holds. What was not tried
/// within a number of runs is not said, nor anything where there are more than 200.
#[must_use]
pub fn judge_and_prove(request: &CheckRequest, system: &dyn System) -> Judged {
    let first = CheckRequest { fixes: true, most_mended: Some(MOST), ..request.clone() };
    let (mut judged, remains) = with_remains(&first, system);
    match is_mendable(&judged.outcome) {
        true => drop(remains),
        false => remains.leave(),
    }
    let again = CheckRequest { fixes: false, ..request.clone() };
    let is_cut = || system.interrupted().is_some();
    let runs = if is_cut() { 0 } else { RUNS };
    let held = prove(judged.ground(system), runs, &|texts| judge_again(&again, system, texts));
    // A run that was cut short proves nothing.
    let held = if is_cut() { Held::default() } else { held };
    keep(&mut judged.outcome, &held);
    judged
}

/// Tries one fix. Gives the edited files as they would be, by their paths without links.
pub fn verify(ground: Ground<'_>, finding: &Finding, fix: &Fix, judge: &Judge<'_>) -> Result<Texts, Refused> {
    let candidate = Candidate::new(finding, fix, &Places::new(ground))?;
    let mut batch = Batch::new(ground, judge, 1);
    batch.settle(&[&candidate]);
    match batch.refused.pop() {
        Some((_, why)) => Err(why),
        None => Ok(batch.held.map(|(texts, _)| texts).unwrap_or_default()),
    }
}

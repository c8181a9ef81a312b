//! Which fixes of an outcome hold, each for itself: what reports may offer.

use super::batch::Occupied;
use super::{Batch, Candidate, Ground, Judge, Places};
use crate::findings::{Outcome, Safety};
use std::collections::BTreeSet;

/// The fixes that hold, by the position of the finding (open questions count on from findings) and of the fix.
pub type Held = BTreeSet<(usize, usize)>;

/// Tries the fixes of an outcome, as far as `runs` judgements go. Those that do not clash are tried together.
#[must_use]
pub fn prove(ground: Ground<'_>, runs: usize, judge: &Judge<'_>) -> Held {
    let findings = ground.outcome.findings.iter().chain(&ground.outcome.cannot_tell);
    let places = Places::new(ground);
    let mut open: Vec<((usize, usize), Candidate<'_>)> = Vec::new();
    for (at, finding) in findings.enumerate() {
        for (number, fix) in finding.fixes.iter().enumerate().filter(|(_, fix)| fix.is_applicable()) {
            open.extend(Candidate::new(finding, fix, &places).ok().map(|one| ((at, number), one)));
        }
    }
    // The best of each finding first.
    open.sort_by_key(|((at, number), _)| (*number, *at));
    let mut held = Held::new();
    let mut open: Vec<&((usize, usize), Candidate<'_>)> = open.iter().collect();
    let mut runs = runs;
    while !open.is_empty() && runs > 0 {
        let (mut occupied, mut mended) = (Occupied::default(), BTreeSet::new());
        let (tried, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|((at, _), one)| {
            let free = !mended.contains(at) && !occupied.clashes(one);
            if free {
                mended.insert(*at);
                occupied.add(one);
            }
            free
        });
        let mut batch = Batch::new(ground, judge, runs);
        batch.settle(&tried.iter().map(|(_, one)| one).collect::<Vec<_>>());
        runs = batch.runs;
        let taken: BTreeSet<*const Candidate<'_>> =
            batch.taken.iter().map(|taken| std::ptr::from_ref(*taken)).collect();
        let holds = |one: &Candidate<'_>| taken.contains(&std::ptr::from_ref(one));
        held.extend(tried.iter().filter(|(_, one)| holds(one)).map(|(at, _)| *at));
        open = rest;
    }
    held
}

/// Takes out of an outcome the fixes that do not hold. What is only told stays, without edits.
pub fn keep(outcome: &mut Outcome, held: &Held) {
    let findings = outcome.findings.iter_mut().chain(&mut outcome.cannot_tell);
    for (at, finding) in findings.enumerate() {
        let mut number = 0;
        finding.fixes.retain_mut(|fix| {
            let here = (at, number);
            number += 1;
            if fix.is_applicable() {
                return held.contains(&here);
            }
            fix.safety = Safety::Display;
            fix.edits.clear();
            true
        });
    }
}

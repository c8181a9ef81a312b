//! Facts that are so or not, by resource and branch: what all of those have in common.

use super::subject::{Anchor, Subject};
use super::worlds::{self, Fork, World};
use super::{cdk, place};
use crate::model::{Frontend, Resource, Unit};
use std::sync::Arc;

/// A fact and the places of the fields that decide it, where they have one of their own.
pub(crate) type Stated<F> = (F, Vec<(&'static str, Anchor)>);

/// The same with words for titles and labels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said<F> {
    pub(crate) fact: F,
    pub(crate) anchors: Vec<(&'static str, Anchor)>,
    pub(crate) words: Vec<(&'static str, Arc<str>)>,
}

/// What `ask` says of a resource. A template's branches are all deployed by somebody, so each that says something is
/// named; of Terraform's, which nobody can name, only what holds in all of them is stated.
pub(crate) fn stated<F: Copy + PartialEq>(
    unit: &Unit,
    resource: &Resource,
    mut ask: impl FnMut(&World<'_>) -> Result<Option<Stated<F>>, Fork>,
) -> Vec<(F, Subject)> {
    let said = |(fact, anchors)| Said { fact, anchors, words: Vec::new() };
    each(unit, resource, |world| Ok(ask(world)?.map(said).into_iter().collect()))
}

/// As [`stated`], where a resource may be asked for several facts at once.
pub(crate) fn each<F: Copy + PartialEq>(
    unit: &Unit,
    resource: &Resource,
    ask: impl FnMut(&World<'_>) -> Result<Vec<Said<F>>, Fork>,
) -> Vec<(F, Subject)> {
    let own = resource.condition.as_ref();
    let Some(answers) = worlds::ask(&unit.domain, own, ask) else { return Vec::new() };
    let mut kinds: Vec<(Said<F>, Vec<&World<'_>>)> = Vec::new();
    for (world, all) in &answers {
        for (at, said) in all.iter().enumerate() {
            // What is said twice of one branch is said once.
            if all.iter().take(at).any(|known| known == said) {
                continue;
            }
            match kinds.iter_mut().find(|(known, _)| known == said) {
                Some((_, worlds)) => worlds.push(world),
                None => kinds.push((said.clone(), vec![world])),
            }
        }
    }
    match unit.frontend {
        Frontend::Terraform | Frontend::Plan => kinds.retain(|(_, worlds)| worlds.len() == answers.len()),
        Frontend::CloudFormation | Frontend::Cdk => {}
    }
    let subject = |(said, worlds): (Said<F>, Vec<&World<'_>>)| {
        let mut subject = place::subject(unit, resource);
        let branches = if worlds.len() < answers.len() { worlds } else { Vec::new() };
        subject.when = worlds::when(&unit.domain, own, &branches);
        subject.anchors.extend(said.anchors);
        subject.words.extend(said.words);
        cdk::stand_on_user_code(&mut subject, resource);
        (said.fact, subject)
    };
    kinds.into_iter().map(subject).collect()
}

//! The branches of a template: what is so in each, and in which of them each field of it is so.

use super::fact::Compute;
use super::subject::Subject;
use super::worlds::{self, World};
use crate::model::{Condition, Domain};
use std::sync::Arc;

/// Fields of a fact that stand in the same part of it.
const PROFILE: &[&str] = &["profile"];
const METADATA: &[&str] = &["tokens", "endpoint", "choice", "hop_limit"];

type Stated = (Compute, Subject);

/// A template's branches are all deployed by somebody: each is judged, and named where they differ.
pub(crate) fn branches(
    domain: &Domain,
    own: Option<&Arc<Condition>>,
    worlds: Vec<(&World<'_>, Stated)>,
    facts: &mut Vec<Stated>,
) {
    let mut kinds: Vec<(Stated, Vec<&World<'_>>)> = Vec::new();
    for (world, stated) in worlds {
        match kinds.iter_mut().find(|(known, _)| *known == stated) {
            Some((_, worlds)) => worlds.push(world),
            None => kinds.push((stated, vec![world])),
        }
    }
    // Nearly always nothing depends on a branch.
    if let [_] = kinds.as_slice() {
        let when = worlds::when(domain, own, &[]);
        let stated =
            kinds.into_iter().map(|((fact, subject), _)| (fact, Subject { when: when.clone(), ..subject }));
        facts.extend(stated);
        return;
    }
    // Where all branches are alike there is none to name.
    let when = |alike: &[&(Stated, Vec<&World<'_>>)]| {
        let worlds = alike.iter().flat_map(|(_, worlds)| worlds.iter().copied());
        let worlds: Vec<&World<'_>> = worlds.filter(|_| alike.len() < kinds.len()).collect();
        worlds::when(domain, own, &worlds)
    };
    for kind in &kinds {
        let (fact, mut subject) = kind.0.clone();
        subject.when = when(&[kind]);
        // Branches that differ in another field alone are no branches of this one.
        for fields in [PROFILE, METADATA] {
            let alike: Vec<_> = kinds.iter().filter(|other| agree(fields, &kind.0, &other.0)).collect();
            let when = when(&alike);
            if when == subject.when {
                continue;
            }
            for field in fields {
                let header = subject.header.clone();
                subject.anchors.entry(field).or_insert(header).when = Some(when.clone());
            }
        }
        facts.push((fact, subject));
    }
}

/// Whether two facts are the same in some of their fields and in what stands beside these.
fn agree(fields: &[&str], one: &Stated, other: &Stated) -> bool {
    let said = if fields == PROFILE { one.0.profile == other.0.profile } else { one.0.imds == other.0.imds };
    said && fields.iter().all(|field| one.1.anchors.get(field) == other.1.anchors.get(field))
}

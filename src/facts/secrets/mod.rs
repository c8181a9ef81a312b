//! Secrets that the code holds: by the place that they stand in, by their form, or by the name that they are given.
//!
//! Each value in each place becomes one fact, the most telling one; the other ways of meeting it add addresses.

mod attribute;
mod beside;
mod call;
mod container;
mod declaration;
mod document;
mod emulator;
mod entry;
mod gathered;
mod given;
mod leaf;
mod left;
mod locate;
mod mapping;
mod named;
mod outside;
mod own;
mod past;
mod replaceable;
mod searched;
mod sighting;
mod stored;
mod text;
mod unlisted;
mod uses;

use super::{Facts, Patterns, WITHIN, cdk, chunks};
use crate::model::{Project, Unit};
use crate::secrets::Detection;
use crate::source::{FileId, Sources};
pub(super) use attribute::literals;
pub(super) use container::texts;
use gathered::Gathered;
use left::Left;
pub(super) use locate::{Literals, Sought};
pub(super) use outside::{AUTHENTICATION as CFN_AUTHENTICATION, INIT as CFN_INIT, SERVICE_TOKEN, sign_ins};
pub use past::{Past, past};
pub(super) use replaceable::only_describes;
use rustc_hash::FxHasher;
use searched::Searched;
pub(super) use sighting::standing_on;
use sighting::{Sighting, settle};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// Secrets met in a unit's declarations, which need not be kept once this is known.
#[derive(Debug, Default)]
pub(super) struct DeclaredSecrets(Vec<Sighting>);

/// Looks through a unit's declarations.
pub(super) fn declared(unit: &Unit, sources: &Sources) -> DeclaredSecrets {
    let mut seen = Vec::new();
    let uses = uses::Uses::new(sources);
    for declaration in &unit.declarations {
        declaration::collect(unit, declaration, (sources, &uses), &mut seen);
    }
    DeclaredSecrets(seen)
}

/// Secrets met in a unit's resources.
#[derive(Debug, Default)]
pub(super) struct OfResources {
    seen: Vec<Sighting>,
    /// Of each resource, where the unit does not keep them.
    left: Option<Vec<Left>>,
}

impl OfResources {
    /// Notes what has to be known of the resources when they are gone.
    pub(super) fn keep(&mut self, unit: &Unit) {
        self.left = Some(unit.resources.iter().map(Left::of).collect());
        self.seen.shrink_to_fit();
    }
}

/// A line of an app may make many secrets: who knows of one does not know of the next.
fn tell_apart(sighting: &mut Sighting) {
    let mut hasher = FxHasher::default();
    sighting.subject.header.attribute.hash(&mut hasher);
    sighting.text.hash(&mut hasher);
    sighting.subject.words.insert(WITHIN, format!("{:016x}", hasher.finish()).into());
}

/// The names of templates' parameters.
fn parameters(project: &Project) -> BTreeSet<&str> {
    project.units.iter().flat_map(|unit| &unit.domain.parameters).map(|name| &**name).collect()
}

/// Looks through a unit's resources.
pub(super) fn of_resources(unit: &Unit, sources: &Sources, patterns: Patterns<'_>) -> OfResources {
    let searched = Searched::default();
    let gathered = chunks::gathered(&unit.resources, |at, resource, gathered: &mut Gathered| {
        let patterns = patterns(resource.block.file);
        let mut seen = Vec::new();
        attribute::collect(unit, resource, at, (sources, &patterns, &searched), &mut seen);
        gathered.extend(seen);
    });
    OfResources { seen: gathered.into_iter().flat_map(Gathered::finish).collect(), left: None }
}

pub(super) fn lower(
    project: &Project,
    sources: &Sources,
    raw: &[(FileId, Vec<Detection>)],
    (of_resources, declared): (Vec<OfResources>, Vec<DeclaredSecrets>),
    facts: &mut Facts,
) {
    let mut gathered = Gathered::default();
    let mut left: Vec<Option<Vec<Left>>> = Vec::new();
    for (unit, one) in of_resources.into_iter().enumerate() {
        let placed = |sighting: Sighting| sighting.of_unit(unit);
        gathered.extend(one.seen.into_iter().map(placed));
        left.push(one.left);
    }
    let mut seen = gathered.finish();
    seen.extend(declared.into_iter().flat_map(|declared| declared.0));
    for state in &project.states {
        stored::collect(state, sources, facts, &mut seen);
    }
    project.texts.iter().for_each(|text| beside::collect(*text, sources, &mut seen));
    for (file, detections) in raw {
        match project.states.iter().find(|state| state.file == *file) {
            Some(state) => stored::forms(state, detections, sources, &mut seen),
            None => text::collect(*file, detections, sources, &mut seen),
        }
    }
    for sighting in &seen {
        if let Some(why) = sighting.cut {
            facts.cut.push((sighting.subject.header.site, why));
        }
    }
    seen.iter_mut().for_each(|sighting| sighting.narrow(sources));
    facts.keys_and_secrets.clone_from(&facts.secret_sites);
    facts.keys_and_secrets.extend(sighting::beside_examples(&seen));
    let parameters = parameters(project);
    for sighting in &mut seen {
        facts.secret_sites.extend(sighting.sites.iter().copied());
        match sighting.text.clone().filter(|text| parameters.contains(&**text)) {
            // Masked, it could not be told any more what is wrong.
            Some(name) => {
                let missing = format!("(`{name}` is the name of a parameter: `!Ref` is missing)");
                sighting.subject.words.insert("masked", missing.into());
            }
            None => facts.secret_texts.extend(sighting.text.iter().cloned()),
        }
        facts.secret_texts.extend(sighting.pieces(sources));
    }
    facts.secret_texts.extend(project.units.iter().flat_map(|unit| unit.hidden.iter().cloned()));
    facts.secret_sites.extend(cdk::secrets_of_code(project, sources));
    facts.secret_sites.sort_unstable();
    facts.secret_sites.dedup();
    facts.secret_texts.sort_unstable();
    facts.secret_texts.dedup();
    let made = cdk::MadeBy::new(project);
    // What git ignores is no part of the repository; the code that made it is.
    seen.retain(|sighting| {
        let site = sighting.subject.header.site;
        !sighting.given && (!sources.get(site.file).git_ignored || made.user_site(site).is_some())
    });
    let mut settled = settle(seen, sources);
    let all = left::All { project, left: &left };
    text::add_addresses(&all, &mut settled);
    for mut sighting in settled {
        let resource = sighting.resource.and_then(|at| all.get(at));
        let written = sighting.subject.header.site;
        if !made.stand_on_user_code(&mut sighting.subject)
            && let Some(resource) = resource
        {
            cdk::stand_on_user_site(&mut sighting.subject, resource.user_site);
        }
        if sighting.subject.header.site != written {
            tell_apart(&mut sighting);
        }
        facts.push(sighting.fact, sighting.subject);
    }
}

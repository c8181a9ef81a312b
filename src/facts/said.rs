//! What a unit says by itself. Once that is known nobody needs its values, which are most of what a run holds.

use super::{
    ByFile, Facts, access_key, account, cloud_control, compute, credential, handover, iam, oversight,
    profile, rotation, secrets, sts_endpoint, unmarked, workload,
};
use crate::model::{Unit, Value};
use crate::source::Sources;
use rustc_hash::FxHashMap;

/// What facts need of a unit's declarations, which need not be kept once this is known.
#[derive(Debug, Default)]
pub struct Declared {
    pub(super) secrets: secrets::DeclaredSecrets,
    pub(super) handed: Vec<handover::Stated>,
    pub(super) unmarked: Vec<unmarked::Stated>,
}

impl Declared {
    pub(super) fn of(unit: &Unit, sources: &Sources) -> Self {
        Self {
            secrets: secrets::declared(unit, sources),
            handed: handover::declared(unit),
            unmarked: unmarked::declared(unit),
        }
    }
}

/// Takes what facts need of a unit's declarations out of it, so that they can be dropped long before the end.
#[must_use]
pub fn take_declared(unit: &mut Unit, sources: &Sources) -> Declared {
    let declared = Declared::of(unit, sources);
    unit.declarations = Vec::new();
    declared
}

/// What a unit's resources say.
#[derive(Debug, Default)]
pub struct Said {
    pub(super) own: Facts,
    pub(super) oversight: Facts,
    pub(super) secrets: secrets::OfResources,
    pub(super) handed: Vec<handover::Stated>,
    pub(super) unmarked: Vec<unmarked::Stated>,
}

impl Said {
    /// `others` are those that are deployed with the unit.
    pub(super) fn of(unit: &Unit, others: &[&Unit], sources: &Sources, by_file: ByFile<'_>) -> Self {
        let unit = &*cloud_control::resolved(unit, sources);
        Self {
            own: own(unit, sources, by_file),
            oversight: oversight::lower(unit, others, sources),
            secrets: secrets::of_resources(unit, sources, by_file.1),
            handed: handover::lower(unit, sources),
            unmarked: unmarked::lower(unit, sources),
        }
    }
}

/// Takes what a unit's resources say out of it, and all that they are made of. Nothing may be deployed with it: then
/// there is nothing.
#[must_use]
pub fn take_said(unit: &mut Unit, sources: &Sources, by_file: ByFile<'_>) -> Option<Said> {
    if unit.assembly.is_some() {
        return None;
    }
    let mut said = Said::of(unit, &[], sources, by_file);
    said.own.shrink_to_fit();
    said.secrets.keep(unit);
    forget_resources(unit);
    Some(said)
}

/// Gives back what a unit is made of, once facts are known: most of what a run holds.
pub fn forget(unit: &mut Unit) {
    forget_resources(unit);
    unit.declarations = Vec::new();
}

fn forget_resources(unit: &mut Unit) {
    // What stands on a line of the user's is told by where it was made.
    unit.resources.retain(|resource| resource.user_site.is_some());
    for resource in &mut unit.resources {
        (resource.body, resource.metadata) = (Value::null(), Value::null());
    }
    unit.resources.shrink_to_fit();
    unit.elsewhere = Vec::new();
    unit.alike = FxHashMap::default();
}

/// Resources of which one thread makes quick work.
const FEW: usize = 256;

/// Side by side, where that is worth it. Who waits for the other may meanwhile begin with another unit, which is then held
/// at the same time.
fn both<A: Send, B: Send>(
    unit: &Unit,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    match unit.resources.len() > FEW {
        true => rayon::join(one, other),
        false => (one(), other()),
    }
}

fn own(unit: &Unit, sources: &Sources, (assumed, _): ByFile<'_>) -> Facts {
    let mut facts = Facts::default();
    let (compute, (keys, (credentials, profiles))) = both(
        unit,
        || compute::lower(unit, assumed),
        || {
            let others = || both(unit, || credential::lower(unit), || profile::lower(unit));
            both(unit, || access_key::lower(unit, sources), others)
        },
    );
    facts.extend(compute);
    facts.extend(keys);
    facts.extend(credentials);
    facts.extend(profiles);
    facts.extend(rotation::lower(unit));
    facts.extend(account::metadata_defaults(unit));
    facts.extend(account::password_policies(unit));
    facts.extend(iam::trusts(unit, sources));
    facts.extend(iam::sessions(unit, sources));
    facts.extend(workload::lower(unit, sources));
    facts.extend(iam::guests(unit, sources));
    facts.extend(sts_endpoint::lower(unit, sources));
    facts.extend(iam::permissions(unit, sources));
    facts
}

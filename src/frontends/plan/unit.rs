//! A plan as a unit: instances matched with the source's resources, the rest made of the plan alone.

use super::hidden::hidden;
use super::matched::{Index, matched};
use super::parts::{Here, alone};
use super::read::{Group, Plan};
use crate::model::{BlockKind, Domain, Frontend, Unit};
use crate::secrets::Detection;
use crate::source::{FileId, Site, Sources};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The file that a plan was read from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Relative to the working directory.
    pub shown: String,
    /// Relative to the root.
    pub root_path: String,
    pub git_ignored: bool,
}

/// What the source says.
#[derive(Debug)]
pub struct Written {
    pub unit: Unit,
    /// Calls of modules whose source is not here, by address: what they create stands at the call.
    pub absent: Vec<(Arc<str>, Site)>,
}

/// What a plan came to.
#[derive(Debug)]
pub struct Unified {
    pub unit: Unit,
    /// Token formats in what is written, where only the plan shows it.
    pub detections: Vec<(FileId, Vec<Detection>)>,
}

/// Makes a unit of a plan. `written` is the source's, evaluated with the variables that the plan was made with.
pub fn unit(plan: &Plan, origin: &Origin, written: Option<Written>, sources: &Sources) -> Unified {
    let mut unit = Unit {
        frontend: Frontend::Plan,
        name: origin.root_path.as_str().into(),
        resources: Vec::new(),
        declarations: Vec::new(),
        domain: Domain::default(),
        files: Vec::new(),
        alike: FxHashMap::default(),
        planned: FxHashMap::default(),
        hidden: hidden(plan),
        incomplete: None,
        elsewhere: Vec::new(),
        assembly: None,
        account: None,
    };
    let has_source = written.is_some();
    let mut absent = Vec::new();
    let mut left: Vec<(&Group, Vec<Arc<str>>)> = Vec::new();
    let groups = || plan.groups.iter().chain(&plan.data);
    match written {
        None => left.extend(groups().map(|group| (group, group.addresses.clone()))),
        Some(written) => {
            absent = written.absent;
            let index = Index::new(&written.unit);
            for group in groups() {
                left.extend(matched(group, group.addresses.clone(), &index, &mut unit));
            }
            take_rest(&mut unit, written.unit);
        }
    }
    let mut detections = Vec::new();
    if !has_source || !left.is_empty() {
        let here = Here { has_source, absent: &absent };
        detections = alone(plan, origin, &left, &here, &mut unit, sources);
    }
    Unified { unit, detections }
}

/// What no plan shows, or shows only in part: it is as it is written.
fn take_rest(unit: &mut Unit, written: Unit) {
    let known: BTreeSet<Arc<str>> =
        unit.resources.iter().map(|resource| Arc::clone(&resource.address)).collect();
    let rest = written.resources.into_iter().filter(|resource| match resource.kind {
        BlockKind::Managed => false,
        BlockKind::Data => !known.contains(&resource.address),
        BlockKind::Ephemeral | BlockKind::Provider | BlockKind::Backend => true,
    });
    unit.resources.extend(rest);
    unit.declarations.extend(written.declarations);
    unit.files.extend(written.files);
}

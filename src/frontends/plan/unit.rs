//! A plan as a unit: instances matched with the source's resources, the rest made of the plan alone.

use super::hidden::{hide, variables};
use super::matched::{Index, matched};
use super::parts::{Here, alone};
use super::read::{Parsed, Plan};
use crate::catalog::Interest;
use crate::model::{BlockKind, Frontend, Unit};
use crate::secrets::Detection;
use crate::source::{FileId, Parts, Site, Sources};
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

/// Makes a unit of a plan, as far as anybody asks. `written` is the source's, evaluated with the variables that the plan was
/// made with.
pub fn unit(
    mut plan: Plan,
    origin: &Origin,
    written: Option<Written>,
    asked: &Interest,
    sources: &Sources,
) -> Unified {
    let mut unit = Unit::new(Frontend::Plan, origin.root_path.as_str().into());
    variables(&plan, &mut unit.hidden);
    let mut detections = Vec::new();
    match written {
        None => {
            let here = Here { has_source: false, absent: &[], asked };
            detections = alone(plan, origin, &here, &mut unit, sources);
        }
        Some(written) => {
            plan = left(plan, &Index::new(&written.unit), &mut unit);
            take_rest(&mut unit, written.unit);
            if !plan.groups.is_empty() {
                let here = Here { has_source: true, absent: &written.absent, asked };
                detections = alone(plan, origin, &here, &mut unit, sources);
            }
        }
    }
    unit.hidden.sort_unstable();
    unit.hidden.dedup();
    Unified { unit, detections }
}

/// What of the plan the source does not have.
fn left(plan: Plan, written: &Index<'_>, unit: &mut Unit) -> Plan {
    let (mut parts, mut groups) = (Parts::default(), Vec::new());
    for mut group in plan.groups {
        let text = plan.parts.get(&group.part);
        let Some(parsed) = Parsed::of(text) else { continue };
        let Some(change) = parsed.change() else { continue };
        hide(&change, &mut unit.hidden);
        group.addresses = matched(&change, group.addresses, written, unit);
        if !group.addresses.is_empty() {
            group.part = parts.push(text, group.part.start);
            groups.push(group);
        }
    }
    Plan { parts, groups, ..plan }
}

/// What no plan shows, or shows only in part: it is as it is written.
fn take_rest(unit: &mut Unit, written: Unit) {
    let known: BTreeSet<Arc<str>> =
        unit.resources.iter().map(|resource| Arc::clone(&resource.address)).collect();
    let rest = written.resources.into_iter().filter(|resource| match resource.kind {
        BlockKind::Managed => false,
        BlockKind::Data => !known.contains(&resource.address),
        BlockKind::Ephemeral | BlockKind::Provider | BlockKind::Backend | BlockKind::Call => true,
    });
    unit.resources.extend(rest);
    unit.declarations.extend(written.declarations);
    unit.files.extend(written.files);
}

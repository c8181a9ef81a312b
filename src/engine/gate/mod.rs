//! `--changed-since`: which findings a change brings, and which were there before.
//!
//! A finding is new where one of its places (where it stands, the way of the value, what else matters) is on a line that
//! the change added or modified. Not everything that makes a finding is one of its places: a protecting line that was taken
//! out, a condition's parameter, a number of instances, a policy that was switched on. So the tree that the change begins at
//! is judged as well, the same way, and what is not found there is new, too. Both together leave no way for a change to
//! bring in a finding that counts as known; what is not known for sure counts as new.

mod app;
mod as_of;
mod installed;
mod texts;

use super::{CheckRequest, unmasked};
use crate::discover::Inventory;
use crate::findings::{Finding, Gate, Outcome, Place, Problem, ProblemKind};
use crate::git::{Base, NoBase};
use crate::source::{FileId, Site, Sources};
use crate::system::{FileKind, System, lexical};
use as_of::{AsOf, Layer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use texts::{Spot, Texts};

/// Marks what the base of the change had already.
pub(super) fn settle(
    outcome: &mut Outcome,
    since: &str,
    request: &CheckRequest,
    (inventory, system): (&Inventory, &dyn System),
    sources: &Sources,
) {
    let mut layers = Vec::new();
    let mut whole = None;
    for root in &inventory.roots {
        match Base::open(root.path(), since, system) {
            Ok(base) => layers.push(Layer::new(root, base, system)),
            Err(NoBase { why, misused }) => {
                if misused {
                    outcome.problems.push(Problem {
                        kind: ProblemKind::Config,
                        path: "--changed-since".to_owned(),
                        start: None,
                        message: why.clone(),
                    });
                }
                let here = inventory.shown(root.path());
                let why = if inventory.roots.len() > 1 { format!("{here}: {why}") } else { why };
                whole = whole.or(Some(why));
            }
        }
    }
    let as_of = AsOf { disk: system, layers: &layers };
    if !layers.is_empty() {
        mark(outcome, request, inventory, &as_of, sources);
    }
    if layers.iter().any(|layer| layer.base.is_incomplete()) {
        let all = outcome.findings.iter_mut().chain(&mut outcome.cannot_tell);
        all.for_each(|finding| finding.existing = false);
        whole = Some(
            "not all of the base can be read here (a partial clone lacks texts: clone without `--filter`)"
                .to_owned(),
        );
    }
    let base = layers.first().map(|layer| layer.base.id());
    outcome.gate = Some(Gate { since: since.to_owned(), base, whole });
}

fn mark(
    outcome: &mut Outcome,
    request: &CheckRequest,
    inventory: &Inventory,
    as_of: &AsOf<'_, '_>,
    sources: &Sources,
) {
    let all = || outcome.findings.iter().chain(&outcome.cannot_tell);
    let files: BTreeSet<FileId> = all().flat_map(places).map(|place| place.site.file).collect();
    let texts = Texts::new(inventory, as_of, sources, &files);
    let mut apps = app::Apps::new(inventory, as_of, sources);
    let mut before = Before { texts: &texts, known: None };
    let (mut existing, mut open) = (Vec::new(), Vec::new());
    for (findings, is_open, marks) in
        [(&outcome.findings, false, &mut existing), (&outcome.cannot_tell, true, &mut open)]
    {
        for finding in findings {
            let is_existing = if let Some(commit) = &sources.get(finding.primary.site.file).commit {
                !as_of.layers.iter().any(|layer| layer.base.brought(&commit.id))
            } else if exact(finding).any(|site| texts.touches(site) && !apps.made(site.file)) {
                false
            } else if let Some(is_touched) = apps.touches(finding) {
                !is_touched
            } else {
                before.has(finding, is_open, || judged(request, inventory, as_of, &texts))
            };
            marks.push(is_existing);
        }
    }
    for (findings, marks) in [(&mut outcome.findings, existing), (&mut outcome.cannot_tell, open)] {
        findings.iter_mut().zip(marks).for_each(|(finding, mark)| finding.existing = mark);
    }
}

/// Everything that a finding points at.
fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related)
}

/// The places of a finding, but for those that only hold another one, such as a file that a value was taken out of.
fn exact(finding: &Finding) -> impl Iterator<Item = Site> {
    let is_inside = |outer: Site, inner: Site| {
        inner.file == outer.file && inner.span != outer.span && outer.span.contains(inner.span)
    };
    let sites: Vec<Site> = places(finding).map(|place| place.site).collect();
    let holds = |outer: &Site| sites.iter().any(|inner| is_inside(*outer, *inner));
    sites.iter().copied().filter(|site| !holds(site)).collect::<Vec<_>>().into_iter()
}

/// What is found at the base, with where it stands.
type Known = BTreeMap<(Spot, String, bool), Vec<Finding>>;

struct Before<'a, 's> {
    texts: &'a Texts<'a, 's>,
    /// Judged once somebody asks.
    known: Option<Known>,
}

impl Before<'_, '_> {
    /// Whether the base has a finding that no line of the change touches: at the same characters, as grave, for the same
    /// resources, under the same circumstances.
    fn has(&mut self, finding: &Finding, is_open: bool, judged: impl FnOnce() -> Known) -> bool {
        let Some(spot) = self.texts.before(finding.primary.site) else { return false };
        let known = self.known.get_or_insert_with(judged);
        let there = known.get(&(spot, finding.code.to_string(), is_open));
        there.into_iter().flatten().any(|earlier| {
            earlier.title == finding.title
                && earlier.severity >= finding.severity
                && finding.addresses.iter().all(|address| earlier.addresses.contains(address))
        })
    }
}

/// Judges the tree that the change begins at.
fn judged(
    request: &CheckRequest,
    inventory: &Inventory,
    as_of: &AsOf<'_, '_>,
    texts: &Texts<'_, '_>,
) -> Known {
    let request = CheckRequest {
        paths: paths(request, inventory, as_of, texts),
        changed_since: None,
        // Parts may be cut otherwise there.
        shard: None,
        history: false,
        exec_terraform: false,
        fixes: false,
        ..request.clone()
    };
    let sources = Sources::default();
    let outcome = unmasked(&request, as_of, &sources).outcome;
    let mut known = Known::new();
    for (findings, is_open) in [(outcome.findings, false), (outcome.cannot_tell, true)] {
        for finding in findings {
            let site = finding.primary.site;
            let source = sources.get(site.file);
            let start = source.position(site.span.start);
            let spot = (source.path.clone(), start.line, start.column);
            known.entry((spot, finding.code.to_string(), is_open)).or_default().push(finding);
        }
    }
    known
}

/// What is to be judged at the base: the same, and where renamed files came from. A file that git does not have there (a
/// plan, a packaged template) was made of the code of today: the code stands for it.
fn paths(
    request: &CheckRequest,
    inventory: &Inventory,
    as_of: &AsOf<'_, '_>,
    texts: &Texts<'_, '_>,
) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut of_code = false;
    for path in &request.paths {
        let absolute = lexical(&inventory.working_folder.join(path));
        let is_here = match as_of.locate(&absolute) {
            Ok(as_of::Place::Base(..) | as_of::Place::Bare(_)) => true,
            Ok(as_of::Place::Disk(real)) => as_of.disk.kind(&real).is_ok_and(|kind| kind == FileKind::Folder),
            Err(_) => false,
        };
        if is_here {
            paths.push(path.clone());
        } else {
            of_code = true;
            let is_folder = |folder: &&Path| as_of.kind(folder).is_ok_and(|kind| kind == FileKind::Folder);
            paths.extend(absolute.ancestors().skip(1).find(is_folder).map(Path::to_path_buf));
        }
    }
    if of_code {
        paths.extend(request.source.clone());
    }
    let named: Vec<PathBuf> =
        paths.iter().map(|path| lexical(&inventory.working_folder.join(path))).collect();
    paths
        .extend(texts.left.iter().filter(|left| !named.iter().any(|named| left.starts_with(named))).cloned());
    paths.sort();
    paths.dedup();
    paths
}

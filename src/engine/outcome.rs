//! From facts to an outcome: policies judged, what was asked for selected, and what is known set apart.

use super::baseline::Baselines;
use super::exceptions::{Weighing, crowded};
use super::judging::Judging;
use super::own::{Own, Told};
use super::placed::Placed;
use super::redactor::redactor;
use super::shard::Part;
use super::{CheckRequest, Lists, Read, Rest, gate, history, listing};
use crate::config::Configs;
use crate::discover::Inventory;
use crate::exceptions::{Day, Exceptions, import};
use crate::facts::{Concept, Facts};
use crate::findings::{Finding, Outcome, Problem, ProblemKind, Redactor, Rule, Silence, Verdicts};
use crate::fixes;
use crate::policies::{self, Policy};
use crate::source::{FileId, Site, Sources};
use crate::system::System;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// All that an outcome is made of, but for policies of the user's own.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) request: &'a CheckRequest,
    pub(super) inventory: &'a Inventory,
    pub(super) configs: &'a Configs<'a>,
    pub(super) placed: &'a Placed<'a>,
    pub(super) system: &'a dyn System,
    pub(super) part: Option<&'a Part>,
    pub(super) rest: Option<&'a Rest<'a>>,
    pub(super) read: &'a Read,
    pub(super) facts: &'a Facts,
    pub(super) sources: &'a Sources,
}

impl Judge<'_> {
    /// An outcome that is not masked yet, and what masks it.
    pub(super) fn outcome(self, own: &Own, told: &Told) -> (Outcome, Redactor) {
        let mut outcome = Outcome {
            problems: [&self.inventory.problems, &self.read.problems, &own.problems, &told.problems]
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
            files: self.read.files,
            resources: self.read.resources,
            ..Outcome::default()
        };
        let redactor = redactor(self.facts, self.sources);
        let all = policies::builtin().map_err(|error| error.to_string());
        let judged = all.and_then(|all| {
            let known: Vec<&Policy> = all.iter().chain(own.policies()).collect();
            self.check_names(&known, &mut outcome);
            outcome.rules = rules(&known, self.placed);
            let verdicts = self.verdicts((&all, &known), (own, told), &mut outcome)?;
            self.keep(verdicts, &mut outcome);
            if self.request.history {
                let secrets = all.iter().filter(|policy| policy.concept == Some(Concept::Secrets));
                let codes: Vec<String> = secrets.map(|policy| policy.id.clone()).collect();
                history::settle(&mut outcome, &codes, self.sources);
            }
            self.set_apart(&known, &redactor, &mut outcome);
            let told = outcome.findings.len() + outcome.cannot_tell.len();
            let is_cut = self.system.interrupted().is_some();
            if !is_cut && self.request.fixes && self.request.most_mended.is_none_or(|most| told <= most) {
                let open = outcome.findings.par_iter_mut().chain(&mut outcome.cannot_tell);
                let roots = &self.inventory.roots;
                let locks = |path: &str| {
                    roots.iter().find_map(|root| root.read_text(self.system, Path::new(path)).ok())
                };
                let planner = fixes::Planner::new(self.sources, &locks);
                let only = self.rest.and_then(|rest| rest.mended);
                let path = |finding: &Finding| self.sources.get(finding.primary.site.file);
                let is_asked =
                    |finding: &Finding| only.is_none_or(|only| only.contains(path(finding).path.as_str()));
                open.filter(|finding| is_asked(finding))
                    .for_each(|finding| finding.fixes = planner.propose(finding));
                fixes::agree(outcome.findings.iter_mut().chain(&mut outcome.cannot_tell));
            }
            Ok(())
        });
        if let Err(message) = judged {
            outcome.problems.push(Problem {
                kind: ProblemKind::Internal,
                path: ".".to_owned(),
                start: None,
                message: format!("the policies could not be evaluated: {message}"),
            });
        }
        self.fail(&mut outcome);
        outcome.problems.sort();
        outcome.problems.dedup();
        (outcome, redactor)
    }

    /// Tells of policies that are named and not known.
    fn check_names(self, known: &[&Policy], outcome: &mut Outcome) {
        outcome.problems.extend(self.configs.problems(known));
        let names: Vec<_> = known.iter().map(|policy| (policy.id.as_str(), policy.name.as_str())).collect();
        outcome.problems.extend(self.request.selection.problems(&names));
    }

    /// What the policies say, exceptions made; and what there is to say of these exceptions.
    fn verdicts(
        self,
        (all, known): (&[Policy], &[&Policy]),
        (own, told): (&Own, &Told),
        outcome: &mut Outcome,
    ) -> Result<Verdicts, String> {
        let Self { request, inventory, placed, read, facts, sources, .. } = self;
        let (exceptions, today) = (Exceptions::read(sources).with(&read.project.excepted), self.today());
        let silence = Silence { acknowledged: &facts.acknowledged, exceptions: &exceptions, today };
        let judging = Judging { request, placed, read, facts, sources, own, told, silence };
        let (mut verdicts, strict) = judging.verdicts(all)?;
        outcome.strict = strict;
        if !exceptions.is_empty() {
            let incomplete = !outcome.problems.is_empty() || self.rest.is_some_and(|rest| rest.is_incomplete);
            let is_left_out = self.rest.is_some();
            let (policies, exceptions) = (known, &exceptions);
            let weighing = Weighing {
                request,
                inventory,
                placed,
                read,
                sources,
                policies,
                exceptions,
                today,
                incomplete,
                is_left_out: &|policy| is_left_out && own.policies().any(|known| known.id == policy.id),
            };
            let (listed, facts) = weighing.weigh(&verdicts.met);
            outcome.listed = listed;
            verdicts.extend(about_exceptions(&facts, &judging, all)?);
            outcome.problems.extend(exceptions.crowded().iter().map(|file| crowded(&sources.get(*file))));
        }
        match request.lists {
            Lists::Needed => {}
            Lists::Exceptions => {
                let apps = listing::acknowledged(facts, known, &verdicts.suppressed, placed, sources);
                outcome.listed.extend(apps);
            }
            Lists::Others => {
                let codes: Vec<&str> = known.iter().map(|policy| policy.id.as_str()).collect();
                let told = import::read(sources, &codes);
                let exceptions = import::as_exceptions(&told, sources);
                let silence = Silence { exceptions: &exceptions, ..silence };
                let met = Judging { silence, ..judging }.verdicts(all)?.0.met;
                outcome.imported = listing::imported(&told, &met, sources);
            }
        }
        Ok(verdicts)
    }

    /// Takes over what is about code that the user asked for.
    fn keep(self, verdicts: Verdicts, outcome: &mut Outcome) {
        let shown = |finding: &Finding| self.is_reported(&places(finding));
        outcome.findings = verdicts.findings.into_iter().filter(shown).collect();
        outcome.cannot_tell = verdicts.cannot_tell.into_iter().filter(shown).collect();
        outcome.suppressed = verdicts.suppressed.into_iter().filter(shown).collect();
        outcome.imported.retain(|told| self.is_reported(&[told.place.site]));
        outcome.listed.retain(|listed| self.is_reported(&[listed.place.site]));
    }

    /// What a baseline accepts, and what a change does not bring.
    fn set_apart(self, policies: &[&Policy], redactor: &Redactor, outcome: &mut Outcome) {
        let Self { request, inventory, configs, placed, system, sources, part, .. } = self;
        let baselines =
            Baselines { request, inventory, configs, placed, system, sources, policies, redactor, part };
        baselines.apply(outcome);
        if request.lists == Lists::Exceptions {
            outcome.listed.extend(listing::accepted(&outcome.suppressed));
            outcome.listed.sort_by_cached_key(|listed| sources.order(listed.place.site));
            listing::blame(&mut outcome.listed, (inventory, sources, system), self.today());
        }
        if let Some(since) = &request.changed_since {
            gate::settle(outcome, since, request, (inventory, system), sources);
        }
    }

    /// Whether something reaches what the configuration of its file fails on.
    fn fail(self, outcome: &mut Outcome) {
        let counting = || outcome.findings.iter().chain(&outcome.cannot_tell);
        let files: BTreeSet<FileId> = counting().map(|finding| finding.primary.site.file).collect();
        outcome.strict_in = files.iter().copied().filter(|file| self.placed.of(*file).1.strict()).collect();
        let fail_on = |file| (file, self.placed.of(file).1.fail_on());
        outcome.fail_on = files.into_iter().map(fail_on).collect();
        outcome.fails = counting().any(|finding| outcome.is_failed_by(finding));
    }

    fn today(self) -> Day {
        Day::of(self.system.now())
    }

    /// Whether something that stands at these places touches what the user named, and does not stand (by its first
    /// place) in what the user excluded: an excluded module is still read where a call needs it.
    fn is_reported(self, places: &[Site]) -> bool {
        let Self { inventory, placed, sources, .. } = self;
        let Some(primary) = places.first().map(|site| sources.get(site.file)) else { return false };
        let excluded = inventory.roots.iter().any(|root| {
            let path = root.path().join(&primary.root_path);
            inventory.shown(&path) == primary.path
                && (inventory.excludes.covers(&path, false, root.path()) || placed.excludes(root, &path))
        });
        if excluded {
            return false;
        }
        let paths: Vec<String> = places.iter().map(|site| sources.get(site.file).path.clone()).collect();
        paths.iter().any(|path| self.read.brought.contains(path))
            || inventory.reports(paths.iter().map(String::as_str))
    }
}

/// The policies as reports describe them.
fn rules(known: &[&Policy], placed: &Placed<'_>) -> Vec<Rule> {
    let everywhere = placed.all();
    let rule = |policy: &&Policy| {
        let configured: Vec<_> =
            everywhere.iter().filter_map(|settings| settings.configure(policy)).collect();
        Rule::configured(policy, &configured)
    };
    known.iter().map(rule).collect()
}

/// What the policies about exceptions say: of these no exception is made.
fn about_exceptions(facts: &Facts, judging: &Judging<'_>, all: &[Policy]) -> Result<Verdicts, String> {
    let (own, told, read, exceptions) =
        (Own::default(), Told::default(), Read::default(), Exceptions::default());
    let silence = Silence { acknowledged: &[], exceptions: &exceptions, ..judging.silence };
    let judging = Judging { facts, own: &own, told: &told, read: &read, silence, ..*judging };
    Ok(judging.verdicts(all)?.0)
}

fn places(finding: &Finding) -> Vec<Site> {
    let places = [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related);
    places.map(|place| place.site).collect()
}

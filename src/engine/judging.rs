//! What the policies have to say of a run: each file's as it is configured.

use super::own::{Own, Told};
use super::placed::Placed;
use super::{CheckRequest, Read};
use crate::config::Settings;
use crate::facts::{Concept, Facts, Subject};
use crate::findings::{self, Finding, Verdicts};
use crate::policies::{self, Policy};
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The policy whose question stays open for whatever an absent module creates.
const OPEN_FOR_ANY_MODULE: &str = "IMDS02";

/// All that verdicts are made of.
pub(super) struct Judging<'a> {
    pub(super) request: &'a CheckRequest,
    pub(super) placed: &'a Placed<'a>,
    pub(super) read: &'a Read,
    pub(super) facts: &'a Facts,
    pub(super) sources: &'a Sources,
    pub(super) own: &'a Own,
    pub(super) told: &'a Told,
}

impl Judging<'_> {
    /// The verdicts, and whether the strict policies are on anywhere. Facts are judged once for each of the run's settings
    /// that may hold for one of their places; of what is found, that counts which stands where these settings hold.
    pub(super) fn verdicts(&self, built_in: &[Policy]) -> Result<(Verdicts, bool), String> {
        let groups = self.groups();
        let mut verdicts = Verdicts::default();
        let mut strict = false;
        for (number, settings) in &groups {
            strict |= settings.strict();
            let takes = |subject: &Subject| {
                groups.len() == 1 || files(subject).any(|file| self.placed.number(file) == *number)
            };
            let mut here = self.of_built_in(built_in, settings, &takes)?;
            here.extend(self.of_own(settings, &takes));
            let is_here = |finding: &Finding| self.placed.number(finding.primary.site.file) == *number;
            for list in [&mut here.findings, &mut here.cannot_tell, &mut here.suppressed] {
                list.retain(is_here);
            }
            verdicts.extend(here);
        }
        Ok((verdicts, strict))
    }

    fn of_built_in(
        &self,
        policies: &[Policy],
        settings: &Settings,
        takes: &dyn Fn(&Subject) -> bool,
    ) -> Result<Verdicts, String> {
        let asked: Vec<Policy> = policies.iter().filter_map(|policy| settings.configure(policy)).collect();
        let judged = policies::judge_some(self.facts, &asked, takes);
        let mut judgements = judged.map_err(|error| error.to_string())?;
        judgements.retain(|judgement| {
            let case = asked.get(judgement.policy).and_then(|policy| policy.cases.get(judgement.case));
            settings.judges(case.and_then(|case| case.set))
        });
        let mut verdicts = findings::build(self.facts, &asked, &judgements, self.sources);
        if let Some(policy) = asked.iter().find(|policy| policy.id == OPEN_FOR_ANY_MODULE) {
            verdicts.cannot_tell.extend(findings::absent(&self.read.absent, policy, self.sources));
        }
        Ok(verdicts)
    }

    /// What policies of the user's own say.
    fn of_own(&self, settings: &Settings, takes: &dyn Fn(&Subject) -> bool) -> Verdicts {
        let named = settings.own();
        let asked: Vec<Policy> = self
            .own
            .files
            .iter()
            .filter_map(|file| {
                let by_configuration = || named.iter().filter(|own| own.holds(&file.path));
                let only_mandatory = if self.own.is_named(self.request, &file.path) {
                    false
                } else {
                    by_configuration().next()?;
                    by_configuration().all(|own| own.only_mandatory)
                };
                Some((file, only_mandatory))
            })
            .flat_map(|(file, only_mandatory)| {
                file.policies.iter().map(move |policy| (policy, only_mandatory))
            })
            .filter_map(|(policy, only_mandatory)| {
                settings.configure(policy).filter(|policy| policy.mandatory || !only_mandatory)
            })
            .collect();
        let by_code: BTreeMap<&str, &Policy> =
            asked.iter().map(|policy| (policy.id.as_str(), policy)).collect();
        let said = self.told.hits.iter().filter_map(|hit| {
            let policy = *by_code.get(hit.code.as_str())?;
            let case = policy.cases.get(hit.case)?;
            let holds = *hit.rules == *policy.text && settings.judges(case.set) && takes(&hit.subject);
            holds.then_some((policy, case, &hit.subject))
        });
        findings::of_subjects(said.collect(), &self.facts.acknowledged, self.sources)
    }

    /// The settings that hold anywhere, by their number.
    fn groups(&self) -> BTreeMap<usize, Arc<Settings>> {
        let facts = Concept::ALL.iter().flat_map(|concept| self.facts.of(*concept));
        let subjects = facts.map(|(_, subject)| subject).chain(self.told.hits.iter().map(|hit| &hit.subject));
        let of_absent = self
            .read
            .absent
            .iter()
            .flat_map(|absent| absent.calls.iter().map(|(_, site)| site.file).chain([absent.site.file]));
        let mut known = BTreeSet::new();
        let all = subjects.flat_map(files).chain(of_absent);
        all.filter(|file| known.insert(*file)).map(|file| self.placed.of(file)).collect()
    }
}

/// The files that a finding about a subject may stand in.
fn files(subject: &Subject) -> impl Iterator<Item = FileId> {
    let anchors = subject.anchors.values().chain([&subject.header]);
    let sites = anchors.flat_map(|anchor| anchor.chain.iter().map(|spot| spot.site).chain([anchor.site]));
    sites.chain(subject.calls.iter().map(|spot| spot.site)).map(|site| site.file)
}

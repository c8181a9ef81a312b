//! What the policies have to say of a run: each file's as it is configured.

use super::own::{Own, Told};
use super::placed::Placed;
use super::{CheckRequest, Read};
use crate::config::Settings;
use crate::facts::{Concept, Facts, Subject};
use crate::findings::{self, Finding, Met, Silence, Verdicts};
use crate::policies::{self, Judgement, Policy};
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
    pub(super) silence: Silence<'a>,
}

/// The judgements of a group, by position among the policies that it asks.
type Judged = BTreeMap<usize, Vec<Judgement>>;

impl Judging<'_> {
    /// The verdicts, and whether the strict policies are on anywhere. Of what is found about a place, that counts which is
    /// said by the settings that hold there.
    pub(super) fn verdicts(&self, built_in: &[Policy]) -> Result<(Verdicts, bool), String> {
        let groups = self.groups();
        let (judged, asleep) = self.judged(built_in, &groups)?;
        let mut verdicts = Verdicts::default();
        let mut strict = false;
        for (number, settings) in &groups {
            strict |= settings.strict();
            let asked: Vec<Policy> = asked(built_in, settings).collect();
            let judgements = judged.get(number).map_or(&[][..], Vec::as_slice);
            let mut here = findings::build(self.facts, &asked, judgements, self.silence, self.sources);
            if let Some(policy) = asked.iter().find(|policy| policy.id == OPEN_FOR_ANY_MODULE) {
                here.extend(findings::absent(&self.read.absent, policy, self.silence, self.sources));
            }
            let takes = |subject: &Subject| {
                groups.len() == 1 || files(subject).any(|file| self.placed.number(file) == *number)
            };
            here.extend(self.of_own(settings, &takes));
            here.met.extend(self.asleep(&asked, asleep.get(number)));
            let is_here = |finding: &Finding| self.placed.number(finding.primary.site.file) == *number;
            for list in [&mut here.findings, &mut here.cannot_tell, &mut here.suppressed] {
                list.retain(is_here);
            }
            here.met.retain(|met| self.placed.number(met.at.file) == *number);
            verdicts.extend(here);
        }
        Ok((verdicts, strict))
    }

    /// Judges once for all groups, as long as they differ in nothing that Guard sees: each policy in each of its texts.
    /// What cases say that are off in a group comes second.
    fn judged(
        &self,
        built_in: &[Policy],
        groups: &BTreeMap<usize, Arc<Settings>>,
    ) -> Result<(Judged, Judged), String> {
        // A round holds at most one text of a policy, since its rules are called the same.
        let mut rounds: Vec<Vec<Policy>> = Vec::new();
        // By group: which policies it asks, as round and position there.
        let mut wanted: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (number, settings) in groups {
            for policy in asked(built_in, settings) {
                let mut found = None;
                for (at, round) in rounds.iter().enumerate() {
                    match round.iter().position(|known| known.id == policy.id) {
                        Some(known) if round[known].text == policy.text => found = Some((at, known)),
                        Some(_) => {}
                        None => found = found.or(Some((at, round.len()))),
                    }
                }
                let (at, position) = found.unwrap_or((rounds.len(), 0));
                if at == rounds.len() {
                    rounds.push(Vec::new());
                }
                let round = &mut rounds[at];
                if position == round.len() {
                    round.push(policy);
                }
                wanted.entry(*number).or_default().push((at, position));
            }
        }
        let (mut judged, mut asleep) = (Judged::new(), Judged::new());
        for (at, round) in rounds.iter().enumerate() {
            for judgement in policies::judge(self.facts, round).map_err(|error| error.to_string())? {
                let Some(subject) = self.facts.subject(judgement.concept, judgement.fact) else { continue };
                for number in self.groups_of(subject, groups) {
                    let asked = wanted.get(&number).into_iter().flatten();
                    let position = asked.enumerate().find(|(_, known)| **known == (at, judgement.policy));
                    let case =
                        round.get(judgement.policy).and_then(|policy| policy.cases.get(judgement.case));
                    let is_on = groups
                        .get(&number)
                        .is_some_and(|settings| settings.judges(case.and_then(|case| case.set)));
                    let list = if is_on { &mut judged } else { &mut asleep };
                    if let Some((policy, _)) = position {
                        list.entry(number).or_default().push(Judgement { policy, ..judgement });
                    }
                }
            }
        }
        Ok((judged, asleep))
    }

    /// Which exceptions are about something that only a set says which is off.
    fn asleep(&self, asked: &[Policy], judgements: Option<&Vec<Judgement>>) -> Vec<Met> {
        let judgements = judgements.filter(|_| !self.silence.exceptions.is_empty());
        let built = judgements
            .map(|judgements| findings::build(self.facts, asked, judgements, self.silence, self.sources));
        let met = built.map(|verdicts| verdicts.met).unwrap_or_default();
        met.into_iter().map(|met| Met { asleep: true, ..met }).collect()
    }

    /// The groups that a finding about a subject may belong to.
    fn groups_of(&self, subject: &Subject, groups: &BTreeMap<usize, Arc<Settings>>) -> BTreeSet<usize> {
        match groups.keys().next() {
            Some(only) if groups.len() == 1 => BTreeSet::from([*only]),
            Some(_) | None => files(subject).map(|file| self.placed.number(file)).collect(),
        }
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
            holds.then_some((policy, case, &hit.subject, None))
        });
        findings::of_subjects(said.collect(), self.silence, self.sources)
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
        let all = subjects.flat_map(|subject| files(subject)).chain(of_absent);
        all.filter(|file| known.insert(*file)).map(|file| self.placed.of(file)).collect()
    }
}

/// The policies that are on, as they are configured.
fn asked(policies: &[Policy], settings: &Settings) -> impl Iterator<Item = Policy> {
    policies.iter().filter_map(|policy| settings.configure(policy))
}

/// The files that a finding about a subject may stand in.
fn files(subject: &Subject) -> impl Iterator<Item = FileId> {
    let anchors = subject.anchors.values().chain([&subject.header]);
    let sites = anchors.flat_map(|anchor| anchor.chain.iter().map(|spot| spot.site).chain([anchor.site]));
    sites.chain(subject.calls.iter().map(|spot| spot.site)).map(|site| site.file)
}

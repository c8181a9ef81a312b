//! From facts to an outcome: policies judged, what was asked for selected, secrets made unprintable.

use super::Read;
use super::placed::Placed;
use crate::config::{Configs, Settings};
use crate::discover::Inventory;
use crate::facts::{Concept, Facts, Subject};
use crate::findings::{self, Finding, Outcome, Problem, ProblemKind, Redactor, Verdicts};
use crate::policies::{self, Policy};
use crate::secrets;
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The policy whose question stays open for whatever an absent module creates.
const OPEN_FOR_ANY_MODULE: &str = "IMDS02";

pub(super) fn judge(
    inventory: &Inventory,
    configs: &Configs<'_>,
    placed: &Placed<'_>,
    read: &Read,
    facts: &Facts,
    sources: &Sources,
) -> Outcome {
    let mut outcome = Outcome {
        problems: inventory.problems.clone(),
        files: read.files,
        resources: read.resources,
        redactor: redactor(facts),
        ..Outcome::default()
    };
    outcome.problems.extend(read.problems.iter().cloned());
    let verdicts = policies::builtin().map_err(|error| error.to_string()).and_then(|all| {
        let verdicts = verdicts(&all, placed, read, facts, sources);
        outcome.problems.extend(configs.problems(&all));
        verdicts
    });
    match verdicts {
        Ok((verdicts, strict)) => {
            let shown = |finding: &Finding| is_shown(inventory, placed, &read.brought, finding, sources);
            outcome.findings = verdicts.findings.into_iter().filter(shown).collect();
            outcome.cannot_tell = verdicts.cannot_tell.into_iter().filter(shown).collect();
            outcome.suppressed = verdicts.suppressed.into_iter().filter(shown).collect();
            outcome.strict = strict;
        }
        Err(message) => outcome.problems.push(Problem {
            kind: ProblemKind::Internal,
            path: ".".to_owned(),
            start: None,
            message: format!("the policies could not be evaluated: {message}"),
        }),
    }
    let fails = |finding: &Finding| placed.of(finding.primary.site.file).1.fail_on().is_reached_by(finding);
    outcome.fails = outcome.findings.iter().chain(&outcome.cannot_tell).any(fails);
    outcome.problems.sort();
    outcome.problems.dedup();
    outcome
}

/// What the policies have to say, each file's as it is configured; and whether the strict ones are on anywhere.
fn verdicts(
    all: &[Policy],
    placed: &Placed<'_>,
    read: &Read,
    facts: &Facts,
    sources: &Sources,
) -> Result<(Verdicts, bool), String> {
    let groups = groups(placed, read, facts);
    let mut verdicts = Verdicts::default();
    let mut strict = false;
    for (number, settings) in &groups {
        strict |= settings.strict();
        let asked: Vec<Policy> = all.iter().filter_map(|policy| settings.configure(policy)).collect();
        let judged = if groups.len() == 1 {
            policies::judge(facts, &asked)
        } else {
            let takes = |subject: &Subject| files(subject).any(|file| placed.number(file) == *number);
            policies::judge_some(facts, &asked, &takes)
        };
        let mut judgements = judged.map_err(|error| error.to_string())?;
        judgements.retain(|judgement| {
            let case = asked.get(judgement.policy).and_then(|policy| policy.cases.get(judgement.case));
            settings.judges(case.and_then(|case| case.set))
        });
        let mut here = findings::build(facts, &asked, &judgements, sources);
        if let Some(policy) = asked.iter().find(|policy| policy.id == OPEN_FOR_ANY_MODULE) {
            here.cannot_tell.extend(findings::absent(&read.absent, policy, sources));
        }
        let is_here = |finding: &Finding| placed.number(finding.primary.site.file) == *number;
        verdicts.findings.extend(here.findings.into_iter().filter(is_here));
        verdicts.cannot_tell.extend(here.cannot_tell.into_iter().filter(is_here));
        verdicts.suppressed.extend(here.suppressed.into_iter().filter(is_here));
    }
    Ok((verdicts, strict))
}

/// The settings that hold anywhere, by their number.
fn groups(placed: &Placed<'_>, read: &Read, facts: &Facts) -> BTreeMap<usize, Arc<Settings>> {
    let subjects = Concept::ALL.iter().flat_map(|concept| facts.of(*concept)).map(|(_, subject)| subject);
    let of_absent = read
        .absent
        .iter()
        .flat_map(|absent| absent.calls.iter().map(|(_, site)| site.file).chain([absent.site.file]));
    let mut known = BTreeSet::new();
    let all = subjects.flat_map(files).chain(of_absent);
    all.filter(|file| known.insert(*file)).map(|file| placed.of(file)).collect()
}

/// The files that a finding about a subject may stand in.
fn files(subject: &Subject) -> impl Iterator<Item = FileId> {
    let anchors = subject.anchors.values().chain([&subject.header]);
    let sites = anchors.flat_map(|anchor| anchor.chain.iter().map(|spot| spot.site).chain([anchor.site]));
    sites.chain(subject.calls.iter().map(|spot| spot.site)).map(|site| site.file)
}

/// Whether a finding touches what the user named, and does not stand in what the user excluded: an excluded module
/// is still read where a call needs it.
fn is_shown(
    inventory: &Inventory,
    placed: &Placed<'_>,
    brought: &BTreeSet<String>,
    finding: &Finding,
    sources: &Sources,
) -> bool {
    let primary = sources.get(finding.primary.site.file);
    let excluded = inventory.roots.iter().any(|root| {
        let path = root.path().join(&primary.root_path);
        inventory.shown(&path) == primary.path
            && (inventory.excludes.covers(&path, false, root.path()) || placed.excludes(root, &path))
    });
    if excluded {
        return false;
    }
    let places = [&finding.primary].into_iter().chain(&finding.chain).chain(&finding.related);
    let paths: Vec<String> = places.map(|place| sources.get(place.site.file).path.clone()).collect();
    paths.iter().any(|path| brought.contains(path)) || inventory.reports(paths.iter().map(String::as_str))
}

/// A value that is itself a word such as `password` or `changeme` is masked where it stands, and not in every sentence.
fn redactor(facts: &Facts) -> Redactor {
    let is_word = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_lowercase())
            && (secrets::says_secret(text) || secrets::is_placeholder(text))
    };
    let telling = facts.secret_texts.iter().filter(|text| !is_word(text));
    let forms = telling.flat_map(|text| secrets::forms(text));
    Redactor::new(forms, facts.secret_sites.iter().copied())
}

//! From facts to an outcome: policies judged, what was asked for selected, secrets made unprintable.

use super::own::{Own, Told};
use super::{CheckRequest, Read};
use crate::discover::Inventory;
use crate::facts::Facts;
use crate::findings::{self, Finding, Outcome, Problem, ProblemKind, Redactor, Verdicts};
use crate::policies::{self, Policy, Set};
use crate::secrets;
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// The policy whose question stays open for whatever an absent module creates.
const OPEN_FOR_ANY_MODULE: &str = "IMDS02";

pub(super) fn judge(
    request: &CheckRequest,
    inventory: &Inventory,
    read: &Read,
    facts: &Facts,
    sources: &Sources,
    (own, told): (Own, Told),
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
        let known = all.iter().chain(own.policies());
        let known: Vec<_> = known.map(|policy| (policy.id.as_str(), policy.name.as_str())).collect();
        outcome.problems.extend(request.selection.problems(&known));
        let asked: Vec<Policy> = all.into_iter().filter(|policy| is_asked(request, policy)).collect();
        let mut judgements = policies::judge(facts, &asked).map_err(|error| error.to_string())?;
        judgements.retain(|judgement| {
            let case = asked.get(judgement.policy).and_then(|policy| policy.cases.get(judgement.case));
            case.and_then(|case| case.set).is_none_or(|set| is_on(request, set))
        });
        let mut verdicts = findings::build(facts, &asked, &judgements, sources);
        verdicts.extend(of_own(request, &own, &told, facts, sources));
        if let Some(policy) = asked.iter().find(|policy| policy.id == OPEN_FOR_ANY_MODULE) {
            verdicts.cannot_tell.extend(findings::absent(&read.absent, policy, sources));
        }
        Ok(verdicts)
    });
    outcome.problems.extend(own.problems.into_iter().chain(told.problems));
    match verdicts {
        Ok(verdicts) => {
            let shown = |finding: &Finding| is_shown(inventory, &read.brought, finding, sources);
            outcome.findings = verdicts.findings.into_iter().filter(shown).collect();
            outcome.cannot_tell = verdicts.cannot_tell.into_iter().filter(shown).collect();
            outcome.suppressed = verdicts.suppressed.into_iter().filter(shown).collect();
        }
        Err(message) => outcome.problems.push(Problem {
            kind: ProblemKind::Internal,
            path: ".".to_owned(),
            start: None,
            message: format!("the policies could not be evaluated: {message}"),
        }),
    }
    outcome.problems.sort();
    outcome.problems.dedup();
    outcome
}

/// What policies of the user's own say.
fn of_own(request: &CheckRequest, own: &Own, told: &Told, facts: &Facts, sources: &Sources) -> Verdicts {
    let asked: BTreeMap<&str, &Policy> = own
        .policies()
        .filter(|policy| is_asked(request, policy))
        .map(|policy| (policy.id.as_str(), policy))
        .collect();
    let said = told.hits.iter().filter_map(|(code, case, subject)| {
        let policy = *asked.get(code.as_str())?;
        let case = policy.cases.get(*case)?;
        case.set.is_none_or(|set| is_on(request, set)).then_some((policy, case, subject))
    });
    findings::of_subjects(said.collect(), &facts.acknowledged, sources)
}

fn is_asked(request: &CheckRequest, policy: &Policy) -> bool {
    request.selection.takes(&policy.id, &policy.name, is_on(request, policy.set))
}

fn is_on(request: &CheckRequest, set: Set) -> bool {
    match set {
        Set::Default => true,
        Set::Strict => request.strict,
    }
}

/// Whether a finding touches what the user named, and does not stand in what the user excluded: an excluded module
/// is still read where a call needs it.
fn is_shown(inventory: &Inventory, brought: &BTreeSet<String>, finding: &Finding, sources: &Sources) -> bool {
    let primary = sources.get(finding.primary.site.file);
    let excluded = inventory.roots.iter().any(|root| {
        let path = root.path().join(&primary.root_path);
        inventory.shown(&path) == primary.path && inventory.excludes.covers(&path, false, root.path())
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

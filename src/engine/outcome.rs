//! From facts to an outcome: policies judged, what was asked for selected, what is known set apart; and what must not be
//! printed of it.

use super::baseline;
use super::exceptions::Weighing;
use super::judging::Judging;
use super::own::{Own, Told};
use super::placed::Placed;
use super::shard::Part;
use super::{CheckRequest, Lists, Read, gate, history, listing};
use crate::config::Configs;
use crate::discover::Inventory;
use crate::exceptions::{Day, Exceptions, import};
use crate::facts::{Concept, Facts};
use crate::findings::{Finding, Outcome, Problem, ProblemKind, Redactor, Rule, Silence, Verdicts};
use crate::policies::{self, Policy};
use crate::secrets;
use crate::source::{FileId, Site, Sources};
use crate::system::System;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn judge(
    request: &CheckRequest,
    (inventory, configs, placed, (system, part)): (
        &Inventory,
        &Configs<'_>,
        &Placed<'_>,
        (&dyn System, Option<&Part>),
    ),
    read: &Read,
    facts: &Facts,
    sources: &Sources,
    (mut own, told): (Own, Told),
) -> (Outcome, Redactor) {
    let mut outcome = Outcome {
        problems: inventory.problems.clone(),
        files: read.files,
        resources: read.resources,
        ..Outcome::default()
    };
    outcome.problems.extend(read.problems.iter().cloned());
    let mut about_secrets = Vec::new();
    let (exceptions, today) = (Exceptions::read(sources).with(&read.project.excepted), Day::of(system.now()));
    let silence = Silence { acknowledged: &facts.acknowledged, exceptions: &exceptions, today };
    let built_in = policies::builtin().map_err(|error| error.to_string());
    let verdicts = built_in.as_ref().map_err(Clone::clone).and_then(|all| {
        let known: Vec<&Policy> = all.iter().chain(own.policies()).collect();
        outcome.problems.extend(configs.problems(&known));
        let names: Vec<_> = known.iter().map(|policy| (policy.id.as_str(), policy.name.as_str())).collect();
        outcome.problems.extend(request.selection.problems(&names));
        outcome.rules = rules(&known, placed);
        let secrets = all.iter().filter(|policy| policy.concept == Some(Concept::Secrets));
        about_secrets.extend(secrets.map(|policy| policy.id.clone()));
        let judging = Judging { request, placed, read, facts, sources, own: &own, told: &told, silence };
        let (mut verdicts, strict) = judging.verdicts(all)?;
        if !exceptions.is_empty() {
            let incomplete =
                !outcome.problems.is_empty() || !own.problems.is_empty() || !told.problems.is_empty();
            let (policies, exceptions) = (&known, &exceptions);
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
            };
            let (listed, facts) = weighing.weigh(&verdicts.met);
            outcome.listed = listed;
            verdicts.extend(about_exceptions(&facts, &judging, all)?);
        }
        if request.lists == Lists::Exceptions {
            let apps = listing::acknowledged(facts, &known, &verdicts.suppressed, placed, sources);
            outcome.listed.extend(apps);
        }
        if request.lists == Lists::Others {
            let codes: Vec<&str> = known.iter().map(|policy| policy.id.as_str()).collect();
            let told = import::read(sources, &codes);
            let exceptions = import::as_exceptions(&told, sources);
            let silence = Silence { exceptions: &exceptions, ..silence };
            let met = Judging { silence, ..judging }.verdicts(all)?.0.met;
            outcome.imported = listing::imported(&told, &met, sources);
        }
        Ok((verdicts, strict))
    });
    outcome.problems.extend(std::mem::take(&mut own.problems).into_iter().chain(told.problems));
    match verdicts {
        Ok((verdicts, strict)) => {
            let asked = (inventory, placed, &read.brought);
            let shown = |finding: &Finding| is_reported(asked, &places(finding), sources);
            outcome.findings = verdicts.findings.into_iter().filter(shown).collect();
            outcome.cannot_tell = verdicts.cannot_tell.into_iter().filter(shown).collect();
            outcome.suppressed = verdicts.suppressed.into_iter().filter(shown).collect();
            outcome.strict = strict;
            outcome.imported.retain(|told| is_reported(asked, &[told.place.site], sources));
            outcome.listed.retain(|listed| is_reported(asked, &[listed.place.site], sources));
            if request.history {
                history::settle(&mut outcome, &about_secrets, sources);
            }
        }
        Err(message) => outcome.problems.push(Problem {
            kind: ProblemKind::Internal,
            path: ".".to_owned(),
            start: None,
            message: format!("the policies could not be evaluated: {message}"),
        }),
    }
    let policies: Vec<&Policy> = built_in.iter().flatten().chain(own.policies()).collect();
    let redactor = redactor(facts, sources);
    let baselines = baseline::Baselines {
        request,
        inventory,
        configs,
        placed,
        system,
        sources,
        policies: &policies,
        redactor: &redactor,
        part,
    };
    baselines.apply(&mut outcome);
    if request.lists == Lists::Exceptions {
        outcome.listed.extend(listing::accepted(&outcome.suppressed));
        outcome.listed.sort_by_cached_key(|listed| sources.order(listed.place.site));
        listing::blame(&mut outcome.listed, (inventory, sources, system), today);
    }
    if let Some(since) = &request.changed_since {
        gate::settle(&mut outcome, since, request, (inventory, system), sources);
    }
    let counting = || outcome.findings.iter().chain(&outcome.cannot_tell);
    let files: BTreeSet<FileId> = counting().map(|finding| finding.primary.site.file).collect();
    outcome.fail_on = files.into_iter().map(|file| (file, placed.of(file).1.fail_on())).collect();
    outcome.fails = counting().any(|finding| outcome.is_failed_by(finding));
    outcome.problems.sort();
    outcome.problems.dedup();
    (outcome, redactor)
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

/// Whether something that stands at these places touches what the user named, and does not stand (by its first place) in
/// what the user excluded: an excluded module is still read where a call needs it.
fn is_reported(
    (inventory, placed, brought): (&Inventory, &Placed<'_>, &BTreeSet<String>),
    places: &[Site],
    sources: &Sources,
) -> bool {
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
    paths.iter().any(|path| brought.contains(path)) || inventory.reports(paths.iter().map(String::as_str))
}

/// A value that is itself a word such as `password` or `changeme` is masked where it stands, and not in every sentence.
pub(super) fn redactor(facts: &Facts, sources: &Sources) -> Redactor {
    let is_word = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_lowercase())
            && (secrets::says_secret(text) || secrets::is_placeholder(text))
    };
    let telling = facts.secret_texts.iter().filter(|text| !is_word(text));
    let forms = telling.flat_map(|text| secrets::forms(text));
    Redactor::new(forms, in_every_reading(&facts.secret_sites, sources))
}

/// A file may have been read more than once, for a plan or for rules of the user's own: what is masked in one is in all.
fn in_every_reading(sites: &[Site], sources: &Sources) -> Vec<Site> {
    let mut readings: BTreeMap<FileId, Vec<FileId>> =
        sites.iter().map(|site| (site.file, Vec::new())).collect();
    let mut by_path: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for (source, at) in sources.all().into_iter().zip(0..) {
        by_path.entry(source.path.clone()).or_default().push(FileId(at));
    }
    for (file, others) in &mut readings {
        let source = sources.get(*file);
        let same = by_path.get(&source.path).map_or(&[][..], Vec::as_slice);
        let is_other = |other: &&FileId| *other != file && sources.get(**other).text() == source.text();
        others.extend(same.iter().filter(is_other));
    }
    let everywhere = |site: &Site| {
        let others = readings.get(&site.file).map_or(&[][..], Vec::as_slice);
        [site.file]
            .into_iter()
            .chain(others.iter().copied())
            .map(|file| Site { file, ..*site })
            .collect::<Vec<_>>()
    };
    sites.iter().flat_map(everywhere).collect()
}

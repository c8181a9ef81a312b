//! What `keyless exceptions` lists beside what every run knows of exceptions: what apps of the CDK acknowledge, and who
//! wrote what, and when.

use super::placed::Placed;
use crate::discover::Inventory;
use crate::exceptions::import::Told;
use crate::exceptions::{Day, Written};
use crate::facts::Facts;
use crate::findings::{Finding, Imported, Listed, ListedPolicy, ListedState, Met, Place, SuppressionKind};
use crate::git::Blame;
use crate::policies::Policy;
use crate::source::{FileId, Site, Sources, Span};
use crate::system::System;
use std::collections::{BTreeMap, BTreeSet};

/// What apps acknowledge. `suppressed` is what is silent because of it, or of something else.
pub(super) fn acknowledged(
    facts: &Facts,
    policies: &[&Policy],
    suppressed: &[Finding],
    placed: &Placed<'_>,
    sources: &Sources,
) -> Vec<Listed> {
    let mut by_place: BTreeMap<_, Listed> = BTreeMap::new();
    for said in &facts.acknowledged {
        let means = |text: &str| *said.rule == *text;
        let policy = policies.iter().find(|policy| means(&policy.id) || means(&policy.name));
        let is_of = |finding: &&Finding| {
            let here = finding.suppression.as_ref().is_some_and(|by| {
                by.kind == SuppressionKind::Acknowledged
                    && sources.order(by.place.site) == sources.order(said.said_at)
            });
            here && policy.is_some_and(|policy| *policy.id == *finding.code)
        };
        let findings = suppressed.iter().filter(is_of).count();
        let (_, settings) = placed.of(said.said_at.file);
        let state = match policy {
            None => ListedState::NoPolicy,
            Some(_) if findings > 0 => ListedState::Used,
            Some(policy) if settings.state(policy).mandatory => ListedState::Mandatory,
            Some(policy) if settings.configure(policy).is_none() => ListedState::NotJudged,
            Some(_) => ListedState::Unused,
        };
        // The same app may have been read more than once.
        let key = (sources.order(said.said_at), said.construct.clone(), said.rule.clone());
        let label = format!("acknowledged here for `{}`", said.construct);
        let policies = vec![ListedPolicy { named: said.rule.to_string(), findings, state }];
        by_place.entry(key).or_insert_with(|| Listed {
            place: Place { site: said.said_at, label },
            kind: SuppressionKind::Acknowledged,
            of_file: false,
            policies,
            reason: said.reason.to_string(),
            until: None,
            days_left: None,
            commit: None,
            age_days: None,
        });
    }
    by_place.into_values().collect()
}

/// What the baseline accepts.
pub(super) fn accepted(suppressed: &[Finding]) -> Vec<Listed> {
    let by_baseline = suppressed.iter().filter_map(|finding| {
        let said = finding.suppression.as_ref().filter(|said| said.kind == SuppressionKind::Baseline)?;
        Some((finding, said))
    });
    let listed = by_baseline.map(|(finding, said)| Listed {
        place: said.place.clone(),
        kind: said.kind,
        of_file: false,
        policies: vec![ListedPolicy {
            named: finding.code.to_string(),
            findings: 1,
            state: ListedState::Used,
        }],
        reason: said.reason.clone(),
        until: None,
        days_left: None,
        commit: None,
        age_days: None,
    });
    listed.collect()
}

/// What other tools are told, with what would say the same. `met` says which of it is about something.
pub(super) fn imported(told: &[Told], met: &[Met], sources: &Sources) -> Vec<Imported> {
    let one = |(at, told): (usize, &Told)| {
        let about = met.iter().filter(|met| met.exception == at && !met.asleep);
        let needed: BTreeSet<String> = about.map(|met| met.code.clone()).collect();
        let needed: Vec<String> = needed.into_iter().collect();
        let source = sources.get(told.site.file);
        let span = match told.written {
            Written::Metadata => told.site.span,
            // With the reason that follows.
            Written::Comment => {
                let line = source.line_span(source.line_at(told.site.span.start)).unwrap_or(told.site.span);
                Span { start: told.site.span.start, end: line.end }
            }
        };
        let words: Vec<&str> = source.slice(span).split_whitespace().collect();
        Imported {
            place: Place { site: told.site, label: words.join(" ") },
            kind: match told.written {
                Written::Comment => SuppressionKind::Comment,
                Written::Metadata => SuppressionKind::Metadata,
            },
            rules: told.rules.clone(),
            exception: (!needed.is_empty()).then(|| told.as_said(&needed).to_string()),
            needed,
            above: source.position(told.before).line,
            reason: told.reason.clone(),
        }
    };
    told.iter().enumerate().map(one).collect()
}

/// Puts the commit of each line beside what is said there. A repository that cannot be read, or is none, leaves it out.
pub(super) fn blame(
    listed: &mut [Listed],
    (inventory, sources, system): (&Inventory, &Sources, &dyn System),
    today: Day,
) {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (at, listed) in listed.iter().enumerate() {
        by_file.entry(listed.place.site.file).or_default().push(at);
    }
    let mut repositories: Vec<Option<Blame>> =
        inventory.roots.iter().map(|root| Blame::open(root.path(), system).ok()).collect();
    for (file, all) in by_file {
        let source = sources.get(file);
        let is_below = |at: &usize| {
            inventory
                .roots
                .get(*at)
                .is_some_and(|root| inventory.shown(&root.path().join(&source.root_path)) == source.path)
        };
        let root = (0..repositories.len()).find(is_below);
        let Some(blame) = root.and_then(|root| repositories.get_mut(root)?.as_mut()) else { continue };
        let line = |site: Site| source.position(site.span.start).line;
        let lines: Vec<u32> =
            all.iter().filter_map(|at| listed.get(*at)).map(|listed| line(listed.place.site)).collect();
        for (at, commit) in all.into_iter().zip(blame.lines(&source.root_path, source.text(), &lines)) {
            let Some(listed) = listed.get_mut(at) else { continue };
            let day = commit.as_ref().and_then(|commit| Day::parse(commit.time.as_deref()?.get(..10)?));
            listed.age_days = day.map(|day| day.until(today));
            listed.commit = commit;
        }
    }
}

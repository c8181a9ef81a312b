//! From judgements of facts to findings: one a cause, with every address that it concerns.
//!
//! A cause is a place and a policy; in a third party's module also the call that leads there. Instances of a `for_each`, several calls of a module and branches with the same
//! answer meet here again.

use super::fingerprint::{fingerprint, without_keys};
use super::stand::{Elsewhere, elsewhere};
use super::suppress::{self, Met, Silence};
use super::{Basis, Finding, Place, Severity, SuppressionKind};
use crate::facts::{Anchor, Fact, Facts, Spot, Subject, WITHIN};
use crate::policies::{Case, Judgement, Policy, Verdict};
use crate::source::{Sources, Span};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What policies have to say, sorted by place and code.
#[derive(Debug, Default)]
pub struct Verdicts {
    pub findings: Vec<Finding>,
    pub cannot_tell: Vec<Finding>,
    /// Of both kinds: what somebody took the responsibility for.
    pub suppressed: Vec<Finding>,
    /// Which exceptions are about which of them, and about what is told all the same.
    pub met: Vec<Met>,
}

impl Verdicts {
    pub fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.cannot_tell.extend(other.cannot_tell);
        self.suppressed.extend(other.suppressed);
        self.met.extend(other.met);
    }
}

/// What makes two judgements one finding.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    path: String,
    span: Span,
    /// Path and span of what it stands for, where it stands in the user's code instead.
    inside: Option<(String, Span)>,
    code: String,
    open: bool,
    /// How and where it is suppressed: what is for one construct or call may not be for another.
    suppressed: Option<(SuppressionKind, String, Span)>,
    /// Which of several things that have one place together, such as the secrets of a compressed text.
    within: Option<Arc<str>>,
}

struct Draft {
    finding: Finding,
    /// The attribute and the smallest address: what the fingerprint is made of.
    attribute: String,
    /// Branches in which it holds; one empty text: always.
    when: Vec<String>,
    /// The exceptions that are about it.
    met: BTreeSet<usize>,
}

/// Makes findings of judgements.
#[must_use]
pub fn build(
    facts: &Facts,
    policies: &[Policy],
    judgements: &[Judgement],
    silence: Silence<'_>,
    sources: &Sources,
) -> Verdicts {
    let said = judgements.iter().filter_map(|judgement| {
        let policy = policies.get(judgement.policy)?;
        let case = policy.cases.get(judgement.case)?;
        let (fact, subject) = facts.of(judgement.concept).get(judgement.fact)?;
        Some((policy, case, subject, Some(fact)))
    });
    of_subjects(said.collect(), silence, sources)
}

/// What a case of a policy says of a subject, and of a fact, where it was asked about one.
pub type Saying<'a> = (&'a Policy, &'a Case, &'a Arc<Subject>, Option<&'a Arc<Fact>>);

/// Makes findings of what cases of policies say of subjects, and of facts, where they were asked about facts.
#[must_use]
pub fn of_subjects(said: Vec<Saying<'_>>, silence: Silence<'_>, sources: &Sources) -> Verdicts {
    let mut drafts: BTreeMap<Cause, Box<Draft>> = BTreeMap::new();
    let mut ordered = said;
    // Which of several subjects gives the words must not depend on the order of units or resources.
    ordered
        .sort_by(|a, b| (&a.2.addresses, &a.1.name, &a.2.when).cmp(&(&b.2.addresses, &b.1.name, &b.2.when)));
    for (policy, case, subject, fact) in ordered {
        let anchor = subject.anchor(case.at.as_deref().unwrap_or_default());
        let elsewhere = elsewhere(subject, anchor, sources);
        let mut draft = draft(policy, case, subject, anchor).standing(elsewhere);
        *draft.finding.basis = Basis::new(policy, case, subject, fact);
        let site = draft.finding.primary.site;
        let met = silence.met(policy, suppress::places(site, subject, anchor), Some(subject));
        let acknowledged = suppress::acknowledged(policy, subject, silence.acknowledged);
        draft.finding.suppression = acknowledged.or_else(|| silence.suppression(policy, &met));
        draft.met.extend(met);
        let cause = Cause {
            path: sources.order(site).0,
            span: site.span,
            inside: elsewhere.map(|_| sources.order(anchor.site)),
            code: policy.id.clone(),
            open: case.verdict == Verdict::CannotTell,
            suppressed: draft.finding.suppression.as_ref().map(|said| {
                let (path, span) = sources.order(said.place.site);
                (said.kind, path, span)
            }),
            within: subject.words.get(WITHIN).cloned(),
        };
        match drafts.get_mut(&cause) {
            Some(known) => known.absorb(draft),
            None => {
                drafts.insert(cause, Box::new(draft));
            }
        }
    }
    finish(drafts, sources)
}

fn draft(policy: &Policy, case: &Case, subject: &Subject, anchor: &Anchor) -> Draft {
    let words = |text: &str| fill(text, policy, subject, anchor);
    let finding = Finding {
        code: policy.id.as_str().into(),
        name: policy.name.as_str().into(),
        severity: severity(case.verdict),
        title: words(&case.title),
        help: words(&case.help),
        url: policy.url(),
        primary: Place { site: anchor.site, label: words(&case.label) },
        addresses: subject.addresses.clone(),
        construct: subject.construct.clone(),
        chain: places(&anchor.chain),
        related: places(anchor.related.iter().chain(&subject.calls)),
        reason: (case.verdict == Verdict::CannotTell)
            .then(|| anchor.reason.clone().unwrap_or_else(|| "it is not known".to_owned())),
        suppression: None,
        commit: None,
        mandatory: policy.mandatory,
        existing: false,
        fingerprint: String::new(),
        fixes: Vec::new(),
        basis: Box::default(),
    };
    let when = anchor.when.as_ref().unwrap_or(&subject.when);
    Draft { finding, attribute: anchor.attribute.clone(), when: vec![when.clone()], met: BTreeSet::new() }
}

fn severity(verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Error => Severity::Error,
        Verdict::Warning => Severity::Warning,
        Verdict::Note | Verdict::CannotTell => Severity::Note,
    }
}

fn places<'s>(spots: impl IntoIterator<Item = &'s Spot>) -> Vec<Place> {
    spots.into_iter().map(|spot| Place { site: spot.site, label: spot.label.clone() }).collect()
}

/// Fills `{…}` from what stands beside the fact, and from the policy's options. A placeholder without a word stays empty.
fn fill(text: &str, policy: &Policy, subject: &Subject, anchor: &Anchor) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match name {
            "attribute" => filled.push_str(anchor.attribute.rsplit('.').next().unwrap_or_default()),
            // Words only: braces of an example in a help text stay.
            _ if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                let word = subject.words.get(name).map(|word| &**word);
                let word = word.or_else(|| policy.values.get(name).map(String::as_str));
                filled.push_str(word.unwrap_or_default());
            }
            _ => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    filled.trim().to_owned()
}

impl Draft {
    /// Moved to the user's code, with what it is about as a related place.
    fn standing(mut self, elsewhere: Option<Elsewhere>) -> Self {
        let inside = self.finding.primary.clone();
        let (site, label) = match elsewhere {
            None => return self,
            Some(Elsewhere::Use(site)) => (site, inside.label.clone()),
            Some(Elsewhere::Call(site)) => (site, format!("in this module: {}", inside.label)),
        };
        self.finding.primary = Place { site, label };
        self.finding.related.push(inside);
        self
    }

    /// The same cause, met again: more addresses and places, the graver severity.
    fn absorb(&mut self, other: Self) {
        let mine = &mut self.finding;
        if other.finding.severity > mine.severity {
            mine.severity = other.finding.severity;
            mine.title = other.finding.title;
            mine.help = other.finding.help;
            mine.primary = other.finding.primary;
        }
        mine.basis.absorb(*other.finding.basis);
        mine.addresses.extend(other.finding.addresses);
        if mine.chain.is_empty() {
            mine.chain = other.finding.chain;
        } else {
            // Another way of the same literal: its end is what is new.
            let last = other.finding.chain.last().cloned();
            mine.related
                .extend(last.filter(|place| !mine.chain.iter().any(|known| known.site == place.site)));
        }
        mine.related.extend(other.finding.related);
        self.met.extend(other.met);
        if !self.when.contains(&other.when[0]) {
            self.when.extend(other.when);
        }
    }
}

fn finish(drafts: BTreeMap<Cause, Box<Draft>>, sources: &Sources) -> Verdicts {
    let mut verdicts = Verdicts::default();
    // By the fingerprint of the first.
    let mut ordinals: FxHashMap<String, usize> = FxHashMap::default();
    for (cause, mut draft) in drafts {
        let finding = &mut draft.finding;
        finding.addresses.sort();
        finding.addresses.dedup();
        // Files are numbered as threads load them, so places are told apart by their paths.
        finding.related.sort_by_cached_key(|place| (sources.order(place.site), place.label.clone()));
        let same =
            |a: &Place, b: &Place| a.label == b.label && sources.order(a.site) == sources.order(b.site);
        finding.related.dedup_by(|a, b| same(a, b));
        let primary = finding.primary.site;
        let order = sources.order(primary);
        // The same file may have been read for several apps.
        finding.related.retain(|place| place.site.span != primary.span || sources.order(place.site) != order);
        draft.when.sort();
        if !draft.when.iter().any(String::is_empty) {
            finding.title = format!("{} when {}", finding.title, draft.when.join(", or when "));
        }
        let root_path = sources.get(primary.file).root_path.clone();
        let address = finding.addresses.first().map_or_else(String::new, |address| without_keys(address));
        let numbered =
            |number: &str| fingerprint(&[&root_path, &cause.code, &address, &draft.attribute, number]);
        let first = numbered("0");
        let ordinal = ordinals.entry(first.clone()).or_default();
        finding.fingerprint = if *ordinal == 0 { first.clone() } else { numbered(&ordinal.to_string()) };
        *ordinal += 1;
        finding.basis.finish(first);
        verdicts.met.extend(draft.met.into_iter().map(|exception| Met {
            exception,
            code: finding.code.to_string(),
            at: primary,
            mandatory: finding.mandatory,
            asleep: false,
        }));
        let kind = match (cause.suppressed, cause.open) {
            (Some(_), _) => &mut verdicts.suppressed,
            (None, true) => &mut verdicts.cannot_tell,
            (None, false) => &mut verdicts.findings,
        };
        kind.push(draft.finding);
    }
    verdicts
}

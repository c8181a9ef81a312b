//! From what Guard says of documents to findings.

use super::bench::Bench;
use super::documents::{About, Judged, Text};
use super::problem;
use crate::facts::{self, Concept, Facts, Subject};
use crate::findings::Problem;
use crate::frontends::document::Document;
use crate::policies::own::{Check, OwnFile, Request, Response};
use crate::source::{Site, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes of documents that are judged at a time.
const BATCH: usize = 2 << 20;

/// Further places of a finding about many.
const MAX_RELATED: usize = 9;

/// What own policies have to say: file and policy by position, and what it is about.
#[derive(Debug, Default)]
pub(in crate::engine) struct Told {
    pub(in crate::engine) hits: Vec<Hit>,
    pub(in crate::engine) problems: Vec<Problem>,
}

/// A rule that fails for something.
#[derive(Debug)]
pub(in crate::engine) struct Hit {
    /// Code of the policy.
    pub(in crate::engine) code: String,
    /// Position of its case.
    pub(in crate::engine) case: usize,
    /// The rules as they were run: with the values of options that are configured.
    pub(in crate::engine) rules: Arc<str>,
    pub(in crate::engine) subject: Arc<Subject>,
}

impl Told {
    pub(super) fn extend(&mut self, other: Self) {
        self.hits.extend(other.hits);
        self.problems.extend(other.problems);
    }
}

/// What one file, with these values of its options, says of all documents of its kind. A file that cannot be run to its
/// end says nothing.
pub(super) fn by(
    (file, rules): (&OwnFile, &Arc<str>),
    documents: &[Judged<'_>],
    bench: &Bench<'_>,
    sources: &Sources,
) -> Told {
    let mut told = Told::default();
    let tags = file.wants_tags();
    let text = |document: &Judged<'_>| match &document.tagged {
        Some(tagged) if tags => tagged.clone(),
        _ => document.text.clone(),
    };
    let mut batch: Vec<&Judged<'_>> = Vec::new();
    let mut batches = Vec::new();
    let mut size = 0;
    for document in documents.iter().filter(|document| document.input == file.input) {
        if size + document.text.len() > BATCH && !batch.is_empty() {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
        size += document.text.len();
        batch.push(document);
    }
    batches.push(batch);
    for batch in batches.into_iter().filter(|batch| !batch.is_empty()) {
        let data = batch.iter().map(|document| text(document)).collect();
        let answer = bench.ask(&Request::Judge { rules: rules.to_string(), data });
        let refused = match answer {
            Ok(Response::Judged(judged)) if judged.len() == batch.len() => {
                for (document, judged) in batch.iter().zip(&judged) {
                    let failed: BTreeMap<&str, &[Check]> = judged
                        .failed
                        .iter()
                        .map(|rule| (rule.rule.as_str(), rule.checks.as_slice()))
                        .collect();
                    let said = (file, rules);
                    failed.keys().for_each(|rule| tell(said, rule, &failed, document, sources, &mut told));
                }
                continue;
            }
            Ok(Response::Refused(why)) => format!("Guard cannot run these rules: {}", why.trim()),
            Ok(Response::Judged(_) | Response::Parsed(_) | Response::Tested(_) | Response::Unconfined(_)) => {
                "the process that runs it answers something else".to_owned()
            }
            Err(why) => format!("these rules cannot be run: {why}"),
        };
        return Told { hits: Vec::new(), problems: vec![problem(&file.path, refused)] };
    }
    told
}

fn tell(
    (file, rules): (&OwnFile, &Arc<str>),
    rule: &str,
    failed: &BTreeMap<&str, &[Check]>,
    document: &Judged<'_>,
    sources: &Sources,
    told: &mut Told,
) {
    let Some((policy, case)) = file.said_by(rule) else { return };
    let Some(id) = file.policies.get(policy).map(|policy| policy.id.clone()) else { return };
    let checks = file.checks(rule, failed);
    let message = checks.iter().map(|check| check.message.as_str()).find(|message| !message.is_empty());
    let subjects = match &document.about {
        About::Unit(unit, text) => of_document(unit, text.as_ref(), &checks, sources),
        About::Facts(facts) => of_facts(facts, &checks, &file.text),
    };
    for (mut subject, found) in subjects {
        let (said, fix) = parted(message.unwrap_or_default());
        let said = if said.is_empty() { file.says(rule) } else { said };
        subject.words.extend([("message", said.into()), ("fix", fix.into()), ("found", found.into())]);
        let subject = Arc::new(subject);
        told.hits.push(Hit { code: id.clone(), case, rules: Arc::clone(rules), subject });
    }
}

/// One subject a resource; what is no resource's only where no resource is at fault: one a parameter, mapping, output.
fn of_document(
    document: &Document<'_>,
    text: Option<&Text>,
    checks: &[Check],
    sources: &Sources,
) -> Vec<(Subject, String)> {
    let mut resources: Vec<(Arc<str>, Subject, String)> = Vec::new();
    let mut beside: Vec<(&[&str], Site, String)> = Vec::new();
    // What has a message is what the rule is about; of the rest the last is the innermost.
    let mut ordered: Vec<(Vec<&str>, &Check)> = checks
        .iter()
        .map(|check| (check.path.split('/').filter(|part| !part.is_empty()).collect(), check))
        .collect();
    ordered.sort_by_key(|(_, check)| (check.message.is_empty(), std::cmp::Reverse(check.path.len())));
    let has_message = ordered.first().is_some_and(|(_, check)| !check.message.is_empty());
    for (path, check) in &ordered {
        let found = document.find(path);
        let place = || text.and_then(|text| Some(Site::new(text.file, text.place(path)?)));
        let Some(resource) = found.resource else {
            let named = path.get(..2).unwrap_or(path);
            let is_known = |site: Site| beside.iter().any(|(other, at, _)| *other == named || *at == site);
            let site = place().or(document.head).filter(|site| !is_known(*site));
            if check.message.is_empty() != has_message {
                beside.extend(site.map(|site| (named, site, words("", check))));
            }
            continue;
        };
        let known = resources.iter_mut().find(|(address, ..)| *address == resource.address);
        let (value, entry) = match check.missing.is_empty() {
            true => (found.value, found.entry),
            // It is missing in what is there: its name is the place, and not the whole of it.
            false => (None, found.entry),
        };
        let subject = match place().filter(|_| found.is_beside) {
            Some(site) => facts::subject_beside(document.unit, resource, site),
            None => facts::subject_at(document.unit, resource, (value, entry), &found.attribute),
        };
        match known {
            Some((_, known, _)) => known.also(subject),
            None => {
                let words = words(&found.attribute, check);
                resources.push((Arc::clone(&resource.address), subject, words));
            }
        }
    }
    if !resources.is_empty() {
        return resources.into_iter().map(|(_, subject, words)| (subject, words)).collect();
    }
    if beside.is_empty() {
        beside.extend(document.head.map(|site| (&[][..], site, "this".to_owned())));
    }
    let subject = |site| facts::subject_of_place(document.unit, site, sources);
    beside.into_iter().map(|(_, site, words)| (subject(site), words)).collect()
}

/// `/computes/c12/imds/tokens`: the fact's subject, standing on the field's place. What is said of all facts of a
/// concept, or of there being none, stands on the first that the rules are about.
fn of_facts(facts: &Facts, checks: &[Check], rules: &str) -> Vec<(Subject, String)> {
    let mut known = Vec::new();
    let mut found = Vec::new();
    for check in checks {
        let path: Vec<&str> = check.path.split('/').filter(|part| !part.is_empty()).collect();
        let Some((concept, at)) = fact_at(&path) else { continue };
        let Some(subject) = facts.subject(concept, at) else { continue };
        if known.contains(&(concept, at)) {
            continue;
        }
        known.push((concept, at));
        let field = path.last().copied().unwrap_or_default();
        let mut subject = Subject::clone(subject);
        subject.header = subject.anchor(field).clone();
        found.push((subject, words(&path.get(2..).unwrap_or(&[]).join("."), check)));
    }
    if !found.is_empty() {
        return found;
    }
    let named = checks.iter().find_map(|check| {
        let first = check.path.split('/').find(|part| !part.is_empty())?;
        Concept::ALL.into_iter().find(|concept| concept.key() == first)
    });
    let mentioned =
        || Concept::ALL.into_iter().find(|concept| rules.contains(concept.key()) && facts.len(*concept) > 0);
    let any = || Concept::ALL.into_iter().find(|concept| facts.len(*concept) > 0);
    let concept = named.filter(|concept| facts.len(*concept) > 0).or_else(mentioned).or_else(any);
    let mut subjects =
        concept.into_iter().flat_map(|concept| facts.of(concept)).map(|(_, subject)| Subject::clone(subject));
    let Some(mut first) = subjects.next() else { return Vec::new() };
    subjects.take(MAX_RELATED).for_each(|other| first.also(other));
    vec![(first, "what there is".to_owned())]
}

fn fact_at(path: &[&str]) -> Option<(Concept, usize)> {
    let concept = Concept::ALL.into_iter().find(|concept| Some(&concept.key()) == path.first())?;
    let at = path.get(1)?.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    Some((concept, at))
}

/// What is at fault, for labels.
fn words(attribute: &str, check: &Check) -> String {
    let missing = check.missing.strip_prefix("Properties.").unwrap_or(&check.missing);
    match (attribute, missing) {
        ("", "") => "this".to_owned(),
        ("", missing) => format!("nothing is said of `{missing}`, which"),
        (attribute, "") => format!("`{attribute}`"),
        (attribute, missing) => format!("`{attribute}` says nothing of `{missing}`, which"),
    }
}

/// A message of AWS's registry: what is wrong, and what to do (`Violation: … Fix: …`).
fn parted(message: &str) -> (String, String) {
    let flat = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let (said, fix) = flat.split_once("Fix:").unwrap_or((&flat, ""));
    let said = said.trim().strip_prefix("Violation:").unwrap_or(said.trim());
    (said.trim().trim_end_matches('.').to_owned(), fix.trim().to_owned())
}

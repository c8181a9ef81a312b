//! Evaluates policies over facts with AWS's Guard: one batched call, each distinct shape once, and of those only what may
//! fail.
//!
//! Guard answers with paths into the document; they are read back as keys of facts. Its cost is linear in rules and
//! facts, so verdicts are found for shapes and handed to every fact of the shape.

use super::Policy;
use super::sieve::Sieve;
use crate::facts::{Concept, Facts};
use cfn_guard::commands::Executable;
use cfn_guard::commands::validate::{OutputFormatType, ShowSummaryType};
use cfn_guard::utils::reader::{ReadBuffer, Reader};
use cfn_guard::utils::writer::{WriteBuffer, Writer};
use cfn_guard::{CommandBuilder, ValidateBuilder};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};
use std::fmt;
use std::io::Cursor;

/// A case of a policy that a fact fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// Index of the policy among those given.
    pub policy: usize,
    pub case: usize,
    pub concept: Concept,
    /// Position of the fact.
    pub fact: usize,
}

/// Guard could not be run. With built-in policies a bug in keyless.
#[derive(Debug)]
pub struct GuardError(String);

impl fmt::Display for GuardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policies could not be evaluated: {}", self.0)
    }
}

impl std::error::Error for GuardError {}

impl From<serde_json::Error> for GuardError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<cfn_guard::Error> for GuardError {
    fn from(error: cfn_guard::Error) -> Self {
        Self(error.to_string())
    }
}

/// Facts of one evaluation at most: Guard keeps a record of every clause, so memory is bounded by batches.
const BATCH: usize = 100;

/// Judges every fact by every policy of its concept. Sorted.
///
/// # Errors
/// A policy that Guard does not parse or cannot evaluate.
pub fn judge(facts: &Facts, policies: &[Policy]) -> Result<Vec<Judgement>, GuardError> {
    let mut judgements = Vec::new();
    for concept in Concept::ALL {
        let wanted: Vec<usize> =
            (0..policies.len()).filter(|at| policies[*at].concept == Some(concept)).collect();
        let shapes = facts.shapes(concept);
        if wanted.is_empty() || shapes.is_empty() {
            continue;
        }
        let (texts, shapes) = suspects(facts, concept, shapes, wanted.iter().map(|at| &*policies[*at].text))?;
        if shapes.is_empty() {
            continue;
        }
        let rules: Rules = wanted
            .iter()
            .flat_map(|policy| {
                let cases = policies[*policy].cases.iter().enumerate();
                cases.map(|(case, said)| (policies[*policy].rule(said), (*policy, case)))
            })
            .collect();
        let judged: Result<Vec<Vec<Judgement>>, GuardError> = shapes
            .par_chunks(BATCH)
            .map(|batch| judge_batch(facts, concept, batch, &texts, &rules))
            .collect();
        judgements.extend(judged?.into_iter().flatten());
    }
    judgements.sort_unstable();
    judgements.dedup();
    Ok(judgements)
}

/// The rules that any fact may fail, and the shapes that may fail any rule.
fn suspects<'p>(
    facts: &Facts,
    concept: Concept,
    shapes: Vec<Vec<usize>>,
    policies: impl Iterator<Item = &'p str>,
) -> Result<(Vec<String>, Vec<Vec<usize>>), GuardError> {
    let (mut sieves, mut texts) = (Vec::new(), Vec::new());
    for text in policies {
        match Sieve::of(text, concept.key()) {
            Some(sieve) => sieves.push(sieve),
            None => texts.push(without_comments(text)),
        }
    }
    let asks_all = !texts.is_empty();
    let mut suspects = Vec::new();
    for shape in shapes {
        let Some(first) = shape.first().and_then(|first| facts.of(concept).get(*first)) else { continue };
        let fact = serde_json::to_value(*first.0)?;
        // All of them, since each remembers which rules it means.
        let suspected = sieves.iter_mut().fold(false, |any, sieve| sieve.suspects(&fact) | any);
        if suspected || asks_all {
            suspects.push(shape);
        }
    }
    texts.extend(sieves.iter().map(Sieve::suspected).filter(|text| !text.is_empty()));
    Ok((texts, suspects))
}

/// Policy and case by the name of their rule.
type Rules = FxHashMap<String, (usize, usize)>;

/// Judges one fact of each shape and hands the verdict to all of the shape.
fn judge_batch(
    facts: &Facts,
    concept: Concept,
    batch: &[Vec<usize>],
    texts: &[String],
    rules: &Rules,
) -> Result<Vec<Judgement>, GuardError> {
    let firsts: Vec<usize> = batch.iter().filter_map(|members| members.first().copied()).collect();
    let members: FxHashMap<usize, &Vec<usize>> = firsts.iter().copied().zip(batch).collect();
    let mut document = Map::new();
    document.insert(concept.key().to_owned(), facts.group(concept, &firsts)?);
    let mut judgements = Vec::new();
    for (rule, failing) in evaluate(texts, &Json::Object(document).to_string(), concept)? {
        let Some((policy, case)) = rules.get(&rule).copied() else { continue };
        let all = failing.iter().filter_map(|at| members.get(at)).flat_map(|facts| facts.iter());
        judgements.extend(all.map(|fact| Judgement { policy, case, concept, fact: *fact }));
    }
    Ok(judgements)
}

/// Guard's parser takes as long over a header as over the rules themselves.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// Runs Guard; for each failed rule, the positions of the facts that failed it.
fn evaluate(
    rules: &[String],
    document: &str,
    concept: Concept,
) -> Result<Vec<(String, Vec<usize>)>, GuardError> {
    let payload = json!({ "rules": rules, "data": [document] }).to_string();
    let report = run(payload)?;
    let mut failed = Vec::new();
    for rule in report.pointer("/0/not_compliant").and_then(Json::as_array).into_iter().flatten() {
        let Some(name) = rule.pointer("/Rule/name").and_then(Json::as_str) else { continue };
        let mut facts = Vec::new();
        collect_facts(rule, concept, &mut facts);
        facts.sort_unstable();
        facts.dedup();
        if facts.is_empty() {
            return Err(GuardError(format!("rule `{name}` fails without saying for which fact")));
        }
        failed.push((name.to_owned(), facts));
    }
    Ok(failed)
}

/// Guard's report for a payload of rules and documents.
pub(super) fn run(payload: String) -> Result<Json, GuardError> {
    let command = ValidateBuilder::default()
        .payload(true)
        .structured(true)
        .show_summary(vec![ShowSummaryType::None])
        .output_format(OutputFormatType::JSON)
        .try_build()?;
    let mut writer = Writer::new_with_err(WriteBuffer::Vec(Vec::new()), WriteBuffer::Vec(Vec::new()))?;
    let mut reader = Reader::new(ReadBuffer::Cursor(Cursor::new(payload.into_bytes())));
    // 0: all compliant; 19: some are not; 5: a rule file was not understood.
    let status = command.execute(&mut writer, &mut reader)?;
    if status != 0 && status != 19 {
        return Err(GuardError(writer.err_to_stripped()?));
    }
    Ok(serde_json::from_str(&writer.into_string()?)?)
}

/// Every path in a rule's report that leads into the concept names a fact that failed.
fn collect_facts(report: &Json, concept: Concept, facts: &mut Vec<usize>) {
    match report {
        Json::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Json::String(path) if key == "path" => facts.extend(position(path, concept)),
                    _ => collect_facts(value, concept, facts),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect_facts(item, concept, facts)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// `/computes/c12/imds/tokens` → 12.
fn position(path: &str, concept: Concept) -> Option<usize> {
    let rest = path.strip_prefix('/')?.strip_prefix(concept.key())?.strip_prefix('/')?;
    let key = rest.split('/').next()?;
    key.strip_prefix(concept.prefix())?.parse().ok()
}

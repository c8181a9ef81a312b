//! What is taken over of Guard's own reports: which rules failed, and at which places.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What Guard makes of one document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Judged {
    pub failed: Vec<Failed>,
    pub passed: Vec<String>,
    pub skipped: Vec<String>,
}

/// A rule that a document fails.
#[derive(Debug, Serialize, Deserialize)]
pub struct Failed {
    pub rule: String,
    pub checks: Vec<Check>,
}

/// A check that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Check {
    /// `/Resources/Web/Properties/Encrypted`: what was looked at, or as far as it is there.
    pub path: String,
    /// What is not there below the path; empty where all of it is.
    pub missing: String,
    /// `<<…>>` of the rule.
    pub message: String,
}

/// A rule of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    /// The rules that its body consists of: their failing is a part of its own.
    pub parts: Vec<String>,
}

/// The rules of a parse tree.
pub(super) fn rules(tree: &Json) -> Vec<Rule> {
    let mut rules = Vec::new();
    for list in ["guard_rules", "parameterized_rules"] {
        for rule in tree.get(list).and_then(Json::as_array).into_iter().flatten() {
            let rule = if list == "guard_rules" { rule } else { rule.get("rule").unwrap_or(rule) };
            let Some(name) = rule.get("rule_name").and_then(Json::as_str) else { continue };
            let mut parts = Vec::new();
            if let Some(block) = rule.get("block") {
                named(block, &mut parts);
            }
            parts.sort();
            parts.dedup();
            // One with parameters is only ever a part of others.
            if list == "guard_rules" {
                rules.push(Rule { name: name.to_owned(), parts });
            }
        }
    }
    rules
}

/// Rules that a block names as clauses of its own. What decides whether a block is looked at is no part of it.
fn named(tree: &Json, found: &mut Vec<String>) {
    match tree {
        Json::Object(fields) => {
            for (key, value) in fields {
                match value.get("dependent_rule").and_then(Json::as_str) {
                    Some(rule) if key == "NamedRule" => found.push(rule.to_owned()),
                    _ if key == "conditions" => {}
                    _ => named(value, found),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| named(item, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// What is said of each document, in their order.
pub(super) fn judged(report: &Json) -> Vec<Judged> {
    let of = |document: &Json| Judged {
        failed: list(document, "not_compliant")
            .filter_map(|rule| {
                let rule = rule.get("Rule")?;
                let mut checks = Vec::new();
                collect(rule.get("checks")?, &mut checks);
                checks.sort();
                checks.dedup();
                Some(Failed { rule: rule.get("name")?.as_str()?.to_owned(), checks })
            })
            .collect(),
        passed: names(document, "compliant"),
        skipped: names(document, "not_applicable"),
    };
    report.as_array().into_iter().flatten().map(of).collect()
}

fn list<'j>(document: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    document.get(key).and_then(Json::as_array).into_iter().flatten()
}

fn names(document: &Json, key: &str) -> Vec<String> {
    list(document, key).filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The checks in a part of a report. Values that stand there stay behind.
fn collect(report: &Json, found: &mut Vec<Check>) {
    match report {
        Json::Object(fields) => {
            let at = fields.get("check").or_else(|| fields.get("unresolved"));
            if let Some((path, missing)) = at.and_then(looked_at) {
                let message = report.pointer("/messages/custom_message").and_then(Json::as_str);
                found.push(Check { path, missing, message: message.unwrap_or_default().trim().to_owned() });
                return;
            }
            fields.values().for_each(|value| collect(value, found));
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// What a check looked at, and what of it is not there.
fn looked_at(check: &Json) -> Option<(String, String)> {
    let fields = check.as_object()?;
    for (key, value) in fields {
        match key.as_str() {
            "traversed_to" => {
                let missing = fields.get("remaining_query").and_then(Json::as_str).unwrap_or_default();
                return Some((value.get("path")?.as_str()?.to_owned(), missing.to_owned()));
            }
            "from" | "value" if value.get("path").is_some() => {
                return Some((value.get("path")?.as_str()?.to_owned(), String::new()));
            }
            // What it was compared with stands elsewhere.
            "to" | "comparison" => {}
            _ => {
                if let Some(found) = looked_at(value) {
                    return Some(found);
                }
            }
        }
    }
    None
}

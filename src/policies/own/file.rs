//! A file of rules: what it is about, and the policies that it states.
//!
//! With a header (an `id:` or `input:` line before its first rule) it is one policy, as a built-in one is, whose cases are
//! its rules. Without, as AWS's registry has them, each rule is a policy of its own that says what its messages say.

use super::super::PolicyOption;
use super::super::header::{self, Case, HeaderError, Lines, Policy, Set, Verdict};
use super::report::{Check, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What rules are judged over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Input {
    /// What keyless understood, of all of a repository.
    Facts,
    /// A template.
    CloudFormation,
    /// A root module, in the shape of a plan.
    Terraform,
}

/// A file of rules of the user's own.
#[derive(Debug)]
pub struct OwnFile {
    /// As shown.
    pub path: String,
    pub text: String,
    pub input: Input,
    pub policies: Vec<Policy>,
    /// Policy and case of each rule that says something by itself.
    said: BTreeMap<String, (usize, usize)>,
    parts: BTreeMap<String, Vec<String>>,
}

const OWN: &[&str] = &["id", "name", "title", "set", "severity", "input", "help", "url", "option"];
const CASE: &[&str] = &["case", "rule", "set", "severity", "title", "label", "help"];

/// What is said of a rule without a text of its own; `{message}` and `{fix}` are the rule's, in `<<…>>`.
const TITLE: &str = "{message}";
const HELP: &str = "{fix}";

impl OwnFile {
    /// Reads a file whose rules are these. `stem` is its name without the ending, `page` what stands beside it.
    ///
    /// # Errors
    /// A header that says something that keyless does not know, or nothing of a rule.
    pub fn read(
        (path, stem): (&str, &str),
        text: String,
        page: &str,
        rules: &[Rule],
    ) -> Result<Self, HeaderError> {
        let error = |message: String| HeaderError { policy: stem.to_owned(), message };
        let parts: BTreeMap<String, Vec<String>> =
            rules.iter().map(|rule| (rule.name.clone(), rule.parts.clone())).collect();
        let inner: BTreeSet<&String> = parts.values().flatten().collect();
        let heads: Vec<&Rule> = rules.iter().filter(|rule| !inner.contains(&rule.name)).collect();
        let mut file = Self {
            path: path.to_owned(),
            input: guessed(&text),
            policies: Vec::new(),
            said: BTreeMap::new(),
            parts: BTreeMap::new(),
            text,
        };
        if has_header(&file.text) {
            let header = header_of(&file.text);
            let (own, cases) = header::blocks(&header).map_err(error)?;
            header::only(&own, OWN).map_err(error)?;
            if let Some(input) = said(&own, "input") {
                file.input = input_of(input).map_err(error)?;
            }
            let policy = Headed { own: &own, stem, page }.policy(&cases, &heads, &mut file).map_err(error)?;
            file.policies.push(policy);
        } else {
            for rule in heads {
                file.said.insert(rule.name.clone(), (file.policies.len(), 0));
                let policy = Self::headless(rule, &file, page);
                file.policies.push(policy);
            }
        }
        file.parts = parts;
        Ok(file)
    }

    fn headless(rule: &Rule, file: &Self, page: &str) -> Policy {
        let case = Case {
            name: "rule".to_owned(),
            set: None,
            verdict: Verdict::Error,
            at: None,
            title: TITLE.to_owned(),
            label: label(&rule.name),
            help: HELP.to_owned(),
        };
        Policy {
            id: rule.name.clone(),
            name: kebab(&rule.name),
            title: format!("rule `{}` of {}", rule.name, file.path),
            set: Set::Default,
            concept: None,
            cases: vec![case],
            options: Vec::new(),
            values: BTreeMap::new(),
            mandatory: false,
            text: file.text.clone().into(),
            page: page.to_owned().into(),
            own: Some(file.path.clone()),
        }
    }

    /// Policy and case of a rule; `None` for one that is only a part of others.
    #[must_use]
    pub fn said_by(&self, rule: &str) -> Option<(usize, usize)> {
        self.said.get(rule).copied()
    }

    /// What is wrong where a rule fails without a message.
    #[must_use]
    pub fn says(&self, rule: &str) -> String {
        let headed = self.said_by(rule).and_then(|(policy, _)| self.policies.get(policy));
        let headed = headed.filter(|policy| policy.id != rule);
        headed.map_or_else(|| format!("rule `{rule}` fails"), |policy| policy.title.clone())
    }

    /// The checks that make a rule fail: its own, and those of the rules that it consists of.
    #[must_use]
    pub fn checks(&self, rule: &str, failed: &BTreeMap<&str, &[Check]>) -> Vec<Check> {
        let mut seen = BTreeSet::new();
        let mut open = vec![rule];
        let mut found = Vec::new();
        while let Some(rule) = open.pop() {
            if seen.insert(rule) {
                found.extend(failed.get(rule).into_iter().flat_map(|checks| checks.iter().cloned()));
                open.extend(self.parts.get(rule).into_iter().flatten().map(String::as_str));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// Whether its rules look for intrinsics by their tags, as `cfn-guard test` shows them.
    #[must_use]
    pub fn wants_tags(&self) -> bool {
        self.text.contains("'!") || self.text.contains("\"!")
    }
}

/// The parts of a header.
struct Headed<'h> {
    own: &'h Lines<'h>,
    stem: &'h str,
    page: &'h str,
}

impl Headed<'_> {
    fn policy(&self, cases: &[Lines<'_>], heads: &[&Rule], file: &mut OwnFile) -> Result<Policy, String> {
        let id = said(self.own, "id").ok_or("`id` is missing")?;
        let name = said(self.own, "name").unwrap_or(self.stem);
        let title = said(self.own, "title").ok_or("`title` is missing")?;
        let mut policy = Policy {
            id: id.to_owned(),
            name: name.to_owned(),
            title: title.to_owned(),
            set: said(self.own, "set").map_or(Ok(Set::Default), header::set)?,
            concept: None,
            cases: Vec::new(),
            options: self
                .own
                .iter()
                .filter(|(key, _)| *key == "option")
                .map(|(_, text)| PolicyOption::parse(text))
                .collect::<Result<_, _>>()?,
            values: BTreeMap::new(),
            mandatory: false,
            text: file.text.clone().into(),
            page: self.page.to_owned().into(),
            own: Some(said(self.own, "url").unwrap_or(&file.path).to_owned()),
        };
        policy.with_values()?;
        if let Some(option) = policy.options.iter().find(|option| option.name.contains('.')) {
            return Err(format!("option `{}` has a dot: it is set in the policy's own table", option.name));
        }
        if cases.is_empty() {
            for rule in heads {
                file.said.insert(rule.name.clone(), (0, policy.cases.len()));
                policy.cases.push(self.case(&Lines::new(), &kebab(&rule.name), &rule.name)?);
            }
        }
        for lines in cases {
            header::only(lines, CASE)?;
            let name = said(lines, "case").ok_or("`case` is missing")?;
            let rule =
                said(lines, "rule").map_or_else(|| header::rule_name(&policy.name, name), str::to_owned);
            if !heads.iter().any(|known| known.name == rule) {
                return Err(format!("case `{name}` has no rule `{rule}`"));
            }
            file.said.insert(rule.clone(), (0, policy.cases.len()));
            policy.cases.push(self.case(lines, name, &rule)?);
        }
        match heads.iter().find(|rule| !file.said.contains_key(&rule.name)) {
            Some(rule) => Err(format!("rule `{}` has no case", rule.name)),
            None if policy.cases.is_empty() => Err("there is no rule".to_owned()),
            None => Ok(policy),
        }
    }

    fn case(&self, lines: &Lines<'_>, name: &str, rule: &str) -> Result<Case, String> {
        let either = |key: &str| said(lines, key).or_else(|| said(self.own, key));
        Ok(Case {
            name: name.to_owned(),
            set: said(lines, "set").map(header::set).transpose()?,
            verdict: either("severity").map_or(Ok(Verdict::Error), header::verdict)?,
            at: None,
            title: said(lines, "title").unwrap_or(TITLE).to_owned(),
            label: said(lines, "label").map_or_else(|| label(rule), str::to_owned),
            help: either("help").unwrap_or(HELP).to_owned(),
        })
    }
}

fn label(rule: &str) -> String {
    format!("{{found}} fails rule `{rule}`")
}

fn said<'l>(lines: &'l Lines<'_>, key: &str) -> Option<&'l str> {
    lines.iter().find(|(known, _)| *known == key).map(|(_, text)| &**text)
}

fn has_header(text: &str) -> bool {
    text.lines().any(begins_header)
}

fn begins_header(line: &str) -> bool {
    line.starts_with("# id: ") || line.starts_with("# input: ")
}

/// The comment lines that are keyless's: those that begin with an `id:`, `input:` or `case:` and end with the
/// first line that is no comment. All others are whoever's.
fn header_of(text: &str) -> String {
    let mut header = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside = line.starts_with("# ") && (inside || begins_header(line) || line.starts_with("# case: "));
        if inside {
            header.push_str(line);
            header.push('\n');
        }
    }
    header
}

fn input_of(text: &str) -> Result<Input, String> {
    Ok(match text {
        "facts" => Input::Facts,
        "cloudformation" => Input::CloudFormation,
        "terraform" => Input::Terraform,
        other => {
            return Err(format!(
                "input `{other}` is not known: it is `facts`, `cloudformation` or `terraform`"
            ));
        }
    })
}

/// Rules over a plan name what only a plan has.
fn guessed(text: &str) -> Input {
    let code = || text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let mentions = |name: &str| code().any(|line| line.contains(name));
    if mentions("resource_changes") || mentions("planned_values") {
        Input::Terraform
    } else {
        Input::CloudFormation
    }
}

/// `S3_BUCKET_LOGGING` and `s3_bucket_logging` as `s3-bucket-logging`.
fn kebab(rule: &str) -> String {
    rule.to_lowercase().replace('_', "-")
}

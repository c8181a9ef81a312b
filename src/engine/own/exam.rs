//! Policies of the user's own tried: by Guard's own test files, by code whose lines say what is to be found, and forms of
//! tokens by their examples.

use super::Own;
use super::bench::Bench;
use crate::config::{Configs, Flags, Wanted};
use crate::discover::root_of;
use crate::engine::{self, CheckRequest};
use crate::findings::expect::{self, Expectation};
use crate::findings::{Finding, Problem, Selection};
use crate::policies::own::{Request, Response};
use crate::policies::{Policy, builtin};
use crate::source::{Sources, folder_of};
use crate::system::{FileKind, Root, System};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The folder of Guard's test files, beside the rules.
const TESTS: &str = "tests";
const ENDINGS: [&str; 4] = ["yaml", "yml", "json", "jsn"];

/// What trying policies came to.
#[derive(Debug, Default)]
pub struct Exam {
    /// Every case, in the order of the files.
    pub cases: Vec<Case>,
    pub problems: Vec<Problem>,
    /// Files of rules.
    pub files: usize,
}

/// One thing that was tried.
#[derive(Debug)]
pub struct Case {
    /// The file that says what is expected, as shown.
    pub path: String,
    pub name: String,
    /// What is otherwise than expected; empty where nothing is.
    pub wrong: Vec<String>,
}

/// Tries the policies in these files and folders.
#[must_use]
pub fn examine(paths: &[PathBuf], system: &dyn System) -> Exam {
    let own = Own::read(paths, system);
    let bench = Bench::new(system);
    let mut exam = Exam { files: own.files.len(), ..Exam::default() };
    for (rules, tests) in guard_tests(&own, system) {
        tried_by_guard(&rules, &tests, &bench, &mut exam);
    }
    fixtures(paths, &own, system, &mut exam);
    patterns(paths, &own, system, &mut exam);
    exam.problems.extend(own.problems);
    exam.problems.sort();
    exam.problems.dedup();
    exam
}

/// Each file of rules with those of its tests: their names begin with its own, and with no longer one.
fn guard_tests(own: &Own, system: &dyn System) -> Vec<(PathBuf, PathBuf)> {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in &own.files {
        let path = PathBuf::from(&file.path);
        folders.entry(path.parent().unwrap_or(Path::new("")).to_owned()).or_default().push(path);
    }
    let mut found = Vec::new();
    for (folder, rules) in folders {
        let tests = folder.join(TESTS);
        let mut listed = system.list(&tests).unwrap_or_default();
        listed.sort_by(|a, b| a.name.cmp(&b.name));
        let files = listed.into_iter().filter(|entry| entry.kind == FileKind::File);
        for path in files.map(|entry| tests.join(entry.name)) {
            if !path.extension().is_some_and(|end| ENDINGS.iter().any(|known| end == *known)) {
                continue;
            }
            let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let name = stem(&path);
            let of = rules.iter().filter(|rules| name.starts_with(&stem(rules)));
            found.extend(of.max_by_key(|rules| stem(rules).len()).map(|rules| (rules.clone(), path)));
        }
    }
    found.sort();
    found
}

fn tried_by_guard(rules: &Path, tests: &Path, bench: &Bench<'_>, exam: &mut Exam) {
    let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let request = Request::Test {
        rules: rules.to_string_lossy().into_owned(),
        tests: tests.to_string_lossy().into_owned(),
    };
    let told = match bench.ask(&request) {
        Ok(Response::Tested(told)) => told,
        Ok(Response::Refused(why)) => {
            exam.problems
                .push(super::problem(&shown(tests), format!("Guard cannot run these tests: {}", why.trim())));
            return;
        }
        told @ (Ok(Response::Parsed(_) | Response::Judged(_) | Response::Unconfined(_)) | Err(_)) => {
            let why = told.err().map_or_else(String::new, |why| format!(": {why}"));
            let message = format!("the rules of {} cannot be run on these tests{why}", shown(rules));
            exam.problems.push(super::problem(&shown(tests), message));
            return;
        }
    };
    if let Some(error) = told.get("error").and_then(Json::as_str) {
        exam.problems.push(super::problem(&shown(tests), format!("Guard cannot run these tests: {error}")));
    }
    for case in told.get("test_cases").and_then(Json::as_array).into_iter().flatten() {
        let text = |value: &Json, key: &str| value.get(key).map(plain).unwrap_or_default();
        let failed = case.get("failed_rules").and_then(Json::as_array).into_iter().flatten();
        let wrong = failed.map(|rule| {
            let (name, expected) = (text(rule, "name"), text(rule, "expected"));
            format!("rule `{name}` is {}, expected {expected}", text(rule, "evaluated"))
        });
        exam.cases.push(Case { path: shown(tests), name: text(case, "name"), wrong: wrong.collect() });
    }
}

/// A text, or several as Guard lists what a rule came to.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => value.to_string(),
    }
}

/// Code that stands in the folders with the policies: where a line says what is to be found, nothing else is in its folder.
fn fixtures(paths: &[PathBuf], own: &Own, system: &dyn System, exam: &mut Exam) {
    let folders = paths.iter().filter(|path| matches!(system.kind(path), Ok(FileKind::Folder)));
    let folders: Vec<PathBuf> = folders.cloned().collect();
    let codes: Vec<String> = own.policies().map(|policy| policy.id.clone()).collect();
    if folders.is_empty() || codes.is_empty() {
        return;
    }
    let request = CheckRequest {
        paths: folders,
        selection: Selection { select: codes.clone(), ..Selection::default() },
        strict: true,
        own: paths.to_vec(),
        configuration: Wanted::Nothing,
        ..CheckRequest::default()
    };
    let sources = Sources::default();
    let outcome = engine::check(&request, system, &sources);
    exam.problems.extend(outcome.problems);
    let mut expected = said(&sources);
    let mut wrong: BTreeMap<String, Vec<String>> =
        expected.keys().map(|path| (path.clone(), Vec::new())).collect();
    let found = outcome.findings.iter().map(|finding| (finding, false));
    for (finding, open) in found.chain(outcome.cannot_tell.iter().map(|finding| (finding, true))) {
        if !codes.iter().any(|code| **code == *finding.code) {
            continue;
        }
        let (path, line) = place(finding, &sources);
        let Some(here) = expected.get_mut(&path) else { continue };
        let met = here.iter().position(|(at, one)| *at == line && one.is_met_by(finding, open));
        match met {
            Some(at) => drop(here.remove(at)),
            None => wrong.entry(path).or_default().push(format!(
                "line {line}: not expected: {}{} {} \"{}\"",
                finding.code,
                if open { "?" } else { "" },
                finding.severity,
                finding.title
            )),
        }
    }
    for (path, left) in expected {
        let missing = left.into_iter().map(|(line, one)| {
            let open = if one.open { "?" } else { "" };
            let text = one.text.map_or(String::new(), |text| format!(" \"{text}\""));
            format!("line {line}: missing: {}{open} {}{text}", one.code, one.severity)
        });
        wrong.entry(path).or_default().extend(missing);
    }
    let cases = wrong.into_iter().map(|(path, wrong)| Case { path, name: "what is found".to_owned(), wrong });
    exam.cases.extend(cases);
}

/// Forms of tokens that configuration names where the policies lie, each on the examples that it gives. One that is not
/// found in them, or in a counterexample, is wrong configuration, as in every run.
fn patterns(paths: &[PathBuf], own: &Own, system: &dyn System, exam: &mut Exam) {
    let configs = Configs::new(Wanted::Nearest, Flags::default(), system);
    let mut tried = BTreeSet::new();
    for path in paths {
        let absolute = system.working_folder().and_then(|folder| system.canonical(&folder.join(path)));
        let Ok(real) = absolute else { continue };
        let is_folder = matches!(system.kind(&real), Ok(FileKind::Folder));
        // What holds in a folder is what holds for a file in it.
        let file = if is_folder { real.join("*") } else { real };
        let root = Root::new(root_of(file.parent().unwrap_or(&file), system));
        let (_, settings) = configs.settings(Some(&root), &file);
        let said_by = settings.files().next().unwrap_or_default();
        for pattern in settings.patterns().filter(|pattern| pattern.has_examples()) {
            let holds = pattern.missed().chain(pattern.mistaken()).next().is_none();
            if holds && tried.insert((said_by.to_owned(), pattern.detector.id)) {
                let name = format!("secrets.patterns `{}`", pattern.detector.id);
                exam.cases.push(Case { path: said_by.to_owned(), name, wrong: Vec::new() });
            }
        }
    }
    if configs.is_configured() {
        let named = Own::read(&configs.own(), system);
        let all = builtin().unwrap_or_default();
        let policies: Vec<&Policy> = all.iter().chain(own.policies()).chain(named.policies()).collect();
        exam.problems.extend(configs.problems(&policies));
    }
}

/// What files expect, by path: those in folders where anything is said of what is to be found.
fn said(sources: &Sources) -> BTreeMap<String, Vec<(u32, Expectation)>> {
    let all = sources.all().into_iter().map(|source| (source.path.clone(), expect::in_text(source.text())));
    let mut all: BTreeMap<String, Vec<(u32, Expectation)>> = all.collect();
    let telling = all.iter().filter(|(_, said)| !said.is_empty()).map(|(path, _)| folder_of(path).to_owned());
    let telling: BTreeSet<String> = telling.collect();
    all.retain(|path, _| telling.contains(folder_of(path)));
    for said in all.values_mut() {
        said.retain(|(_, one)| one.code != expect::NOTHING);
    }
    all
}

fn place(finding: &Finding, sources: &Sources) -> (String, u32) {
    let site = finding.primary.site;
    let source = sources.get(site.file);
    (source.path.clone(), source.position(site.span.start).line)
}

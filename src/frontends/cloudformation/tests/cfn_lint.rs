//! What templates come to, compared with what cfn-lint makes of them. `scripts/cfn-lint-answers.py` writes its answers and
//! says what they hold; `differences.txt` says where and why keyless answers otherwise.

use super::*;
use crate::frontends::cloudformation::conditions::Conditions;
use crate::frontends::cloudformation::evaluate::Evaluator;
use crate::frontends::cloudformation::include::Includes;
use crate::frontends::cloudformation::parameters;
use crate::frontends::cloudformation::template::{Template, root_of};
use crate::model::{Condition, Domain, Satisfiable};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

#[derive(Deserialize, Default)]
struct Answers {
    #[serde(default)]
    file: String,
    #[serde(default)]
    values: BTreeMap<String, Texts>,
    #[serde(default)]
    conditions: BTreeMap<String, String>,
    #[serde(default)]
    pairs: BTreeMap<String, String>,
    error: Option<String>,
}

#[derive(Deserialize, Default)]
struct Texts {
    default: BTreeSet<String>,
    allowed: BTreeSet<String>,
}

/// Every text that a leaf can have, list items without their index.
fn flatten(value: &Value, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => {}
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
            found.entry(path.to_owned()).or_default().extend(value.to_text().map(|text| text.to_string()));
        }
        Kind::List(items) => items.iter().for_each(|item| flatten(item, path, found)),
        Kind::Object(object) => {
            for entry in &object.entries {
                flatten(&entry.value, &format!("{path}.{}", entry.key), found);
            }
        }
        Kind::Choice(choice) => {
            flatten(&choice.then, path, found);
            flatten(&choice.otherwise, path, found);
        }
    }
}

/// Values, conditions and pairs of conditions as keyless has them.
fn ours(source: &SourceFile) -> Option<Answers> {
    let Recognised::Template(document) = recognise(source) else { return None };
    let (unit, _) = load(FileId(0), source, &document, &|_| true);
    let mut values = BTreeMap::new();
    for resource in &unit.resources {
        flatten(&resource.body, &resource.address, &mut values);
    }
    let values = values.into_iter().map(|(path, texts)| (path, Texts { default: texts, ..Texts::default() }));
    let includes = Includes::default();
    let template = Template::new(FileId(0), root_of(&document, source.text())?, &includes, "");
    let mut domain = parameters::domain(&template, &Domain::default());
    let bare = Conditions::default();
    let mut evaluator = Evaluator::new(&template, &bare, &domain);
    let mut bodies = Vec::new();
    template.sections("Conditions").into_iter().for_each(|section| evaluator.expand(section, &mut bodies));
    let names: BTreeSet<Arc<str>> = bodies.iter().map(|body| Arc::clone(&body.id)).collect();
    let conditions = Conditions::read(&template, bodies, &mut evaluator.notes);
    domain.rules.clone_from(&conditions.rules);
    let truths = |domain: &Domain, names: &[&Arc<str>]| {
        let all = [[true, true], [true, false], [false, true], [false, false]];
        let mut possible = Vec::new();
        for truths in all.iter().filter(|truths| names.len() == 2 || truths[1]) {
            let given: Vec<Arc<Condition>> = names
                .iter()
                .zip(truths)
                .map(
                    |(name, truth)| {
                        if *truth { conditions.get(name).holds } else { conditions.get(name).fails }
                    },
                )
                .collect();
            if domain.satisfiable(&given) != Satisfiable::No {
                let marks = truths.iter().take(names.len()).map(|truth| if *truth { 't' } else { 'f' });
                possible.push(marks.collect::<String>());
            }
        }
        possible
    };
    let single = names.iter().map(|name| (name.to_string(), truths(&domain, &[name]).concat())).collect();
    let mut pairs = BTreeMap::new();
    for one in &names {
        for other in names.range(Arc::clone(one)..).skip(1) {
            pairs.insert(format!("{one} {other}"), truths(&domain, &[one, other]).join(" "));
        }
    }
    Some(Answers { values: values.collect(), conditions: single, pairs, ..Answers::default() })
}

/// What keyless answers otherwise, by the place.
fn compare(ours: &Answers, theirs: &Answers) -> BTreeMap<String, String> {
    let mut differences = BTreeMap::new();
    let nothing = Texts::default();
    let paths: BTreeSet<&String> = ours.values.keys().chain(theirs.values.keys()).collect();
    for path in paths {
        let known = &ours.values.get(path).unwrap_or(&nothing).default;
        let texts = theirs.values.get(path).unwrap_or(&nothing);
        // A dynamic reference is no text to us.
        let is_text = |text: &&String| !text.contains("{{resolve:");
        let allowed: BTreeSet<&String> = texts.allowed.union(&texts.default).filter(is_text).collect();
        let missing: Vec<&String> =
            texts.default.iter().filter(is_text).filter(|text| !known.contains(*text)).collect();
        let further: Vec<&String> = known.iter().filter(|text| !allowed.contains(text)).collect();
        if !missing.is_empty() || !further.is_empty() {
            differences.insert(path.clone(), format!("without {missing:?}, with {further:?}"));
        }
    }
    for (mine, other) in [(&ours.conditions, &theirs.conditions), (&ours.pairs, &theirs.pairs)] {
        for (name, truths) in other {
            let mine = mine.get(name).map_or("", |truths| truths);
            if mine != truths {
                differences.insert(name.replace(' ', " & "), format!("{mine:?} for {truths:?}"));
            }
        }
    }
    differences
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/cloudformation/language")
}

/// `file place: reason`, one a line. A `*` in a place stands for anything, `& Name` for all pairs with this
/// condition.
fn explained(name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let (place, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!reason.trim().is_empty(), "no reason: {line}");
            (place.to_owned(), reason.to_owned())
        })
        .collect()
}

/// Fails on differences that nobody explains, and on explanations of what is no difference.
fn assert_explained(differences: &BTreeSet<(String, String)>, name: &str) {
    let reasons = explained(name);
    let covers = |pattern: &str, place: &str| {
        let in_pair = pattern.split_once(" & ").is_some_and(|(file, name)| {
            let pair = place.strip_prefix(file).and_then(|pair| pair.trim_start().split_once(" & "));
            pair.is_some_and(|(one, other)| one == name || other == name)
        });
        let (start, end) = pattern.split_once('*').unwrap_or((pattern, ""));
        let wild = pattern.contains('*') && place.starts_with(start) && place.ends_with(end);
        in_pair || wild || pattern == place
    };
    let open: Vec<_> = differences
        .iter()
        .filter(|(place, _)| !reasons.iter().any(|(known, _)| covers(known, place)))
        .collect();
    let stale: Vec<_> = reasons
        .iter()
        .filter(|(known, _)| !differences.iter().any(|(place, _)| covers(known, place)))
        .collect();
    for (place, what) in &open {
        println!("{place}: {what}");
    }
    assert!(open.is_empty() && stale.is_empty(), "{} unexplained, stale: {stale:?}", open.len());
}

#[test]
fn written_cases_come_to_what_cfn_lint_says_or_it_is_explained() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let (mut differences, mut cases) = (BTreeSet::new(), 0);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".answers.json") else { continue };
        let theirs: Answers = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(theirs.error, None, "{name}");
        let template = ["yaml", "json"].map(|end| folder().join(format!("{stem}.{end}")));
        let template =
            template.iter().find(|path| path.is_file()).unwrap_or_else(|| panic!("no template: {name}"));
        let mine = ours(&source(&std::fs::read_to_string(template).unwrap())).unwrap();
        cases += mine.values.len().max(theirs.values.len()) + theirs.conditions.len();
        differences.extend(
            compare(&mine, &theirs).into_iter().map(|(place, what)| (format!("{stem} {place}"), what)),
        );
    }
    assert!(cases >= 200, "{cases}");
    assert_explained(&differences, "differences.txt");
}

/// A Python that has cfn-lint, named by `KEYLESS_CFN_LINT` or found on the path.
fn python() -> Option<String> {
    let named = std::env::var("KEYLESS_CFN_LINT").unwrap_or_else(|_| "python3".into());
    let found = Command::new(&named).args(["-c", "import cfnlint"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success()).then_some(named)
}

fn script(python: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/cfn-lint-answers.py"));
    command
}

#[test]
#[ignore = "needs cfn-lint, and takes a while"]
fn the_kept_answers_are_those_of_the_installed_cfn_lint() {
    let Some(python) = python() else { return println!("skipped: no Python with cfn-lint") };
    let checked = script(&python).arg("--check").output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
#[ignore = "needs cfn-lint and the corpora, and takes a while"]
fn public_templates_come_to_what_cfn_lint_says_or_it_is_explained() {
    let shared = std::env::var("KEYLESS_SHARED").unwrap_or_else(|_| "../shared".into());
    let corpora = Path::new(&shared).join("corpora");
    if !corpora.is_dir() {
        return println!("skipped: no corpora at {}", corpora.display());
    }
    let Some(python) = python() else { return println!("skipped: no Python with cfn-lint") };
    let mut files = Vec::new();
    recognition::corpus(&corpora, &mut files);
    files.retain(|(_, source)| matches!(recognise(source), Recognised::Template(_)));
    let answers = script(&python).args(files.iter().map(|(name, _)| name)).output().unwrap();
    let (mut differences, mut compared, mut refused) = (BTreeSet::new(), 0, 0);
    let lines = String::from_utf8(answers.stdout).unwrap();
    let answers: Vec<Answers> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), files.len());
    for ((name, source), theirs) in files.iter().zip(answers) {
        assert_eq!(*name, theirs.file);
        if theirs.error.is_some() {
            refused += 1;
            continue;
        }
        let mine = ours(source).unwrap();
        compared += mine.values.len().max(theirs.values.len()) + theirs.conditions.len() + theirs.pairs.len();
        let place = Path::new(name).strip_prefix(&corpora).unwrap().display().to_string().replace(' ', "_");
        differences.extend(
            compare(&mine, &theirs).into_iter().map(|(path, what)| (format!("{place} {path}"), what)),
        );
    }
    println!(
        "{} templates, {refused} refused by cfn-lint, {compared} places, {} differ",
        files.len(),
        differences.len()
    );
    assert_explained(&differences, "differences-corpora.txt");
}

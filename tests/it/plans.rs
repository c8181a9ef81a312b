//! Configurations with their real plans (`testdata/plans`): the source alone and the plan say what its lines expect.

use crate::harness::Repo;
use crate::policies::{expectations, with_secrets};
use std::fs;
use std::path::{Path, PathBuf};

/// What a line expects, and how far below it.
const BOTH: [(&str, usize); 3] = [("expect: ", 1), ("expect-below: ", 2), ("expect-two-below: ", 3)];

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// Copies the configuration; collects `path:line CODE severity`.
fn copy(from: &Path, under: &str, own: &'static str, repo: &Repo, expected: &mut Vec<String>) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let shown = format!("{under}{name}");
        if path.is_dir() && name != "before" {
            copy(&path, &format!("{shown}/"), own, repo, expected);
        }
        if path.is_dir() || !(name.contains(".tf")) {
            continue;
        }
        let text = with_secrets(&fs::read_to_string(&path).unwrap());
        repo.write(&shown, &text);
        for (at, line) in text.lines().enumerate() {
            for (marker, below) in BOTH.into_iter().chain([(own, 1)]) {
                let Some((_, list)) = line.split_once(marker) else { continue };
                let list = list.split('#').next().unwrap();
                for one in expectations(list) {
                    expected.push(format!("{shown}:{} {} {}", at + below, one.code, one.severity));
                }
            }
        }
    }
}

fn reported(report: &serde_json::Value) -> Vec<String> {
    let place = |finding: &serde_json::Value| {
        format!("{}:{}", finding["path"].as_str().unwrap(), finding["start"]["line"])
    };
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let open = report["cannot_tell"].as_array().unwrap().iter();
    findings
        .map(|finding| format!("{} {} {}", place(finding), text(finding, "code"), text(finding, "severity")))
        .chain(open.map(|open| format!("{} {}? error", place(open), text(open, "code"))))
        .collect()
}

#[test]
fn the_source_of_every_plan_is_judged_as_its_lines_expect() {
    for case in cases() {
        let repo = Repo::new();
        let mut expected = Vec::new();
        copy(&case, "", "expect-source: ", &repo, &mut expected);
        let (_, report) = repo.json(&[]);
        let mut reported = reported(&report);
        expected.sort();
        reported.sort();
        assert_eq!(reported, expected, "{}", case.display());
    }
}

#[test]
fn every_plan_is_judged_as_the_lines_of_its_source_expect() {
    let mut wrong = Vec::new();
    for case in cases() {
        let repo = Repo::new();
        let mut expected = Vec::new();
        copy(&case, "", "expect-plan: ", &repo, &mut expected);
        repo.write("plan.json", with_secrets(&fs::read_to_string(case.join("plan.json")).unwrap()));
        let (_, report) = repo.json(&["plan.json"]);
        let mut reported = reported(&report);
        expected.sort();
        reported.sort();
        if reported != expected {
            wrong.push(format!("{}: {reported:#?}, expected {expected:#?}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_has_a_plan_of_its_source() {
    for case in cases() {
        let plan: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(case.join("plan.json")).unwrap()).unwrap();
        assert!(plan["configuration"]["root_module"].is_object(), "{}", case.display());
        assert_eq!(plan["format_version"], "1.2", "{}", case.display());
    }
}

/// A plan in which nothing changes: what was stands before what is. `marks` stands behind both.
fn unchanged(plan: &str, pretty: bool, marks: Option<&str>) -> String {
    let plan: serde_json::Value = serde_json::from_str(plan).unwrap();
    let text = |value: &serde_json::Value| if pretty { format!("{value:#}") } else { value.to_string() };
    let item = |item: &serde_json::Value| {
        let change = &item["change"];
        let said = item.as_object().unwrap().iter().filter(|(key, _)| *key != "change");
        let said: Vec<String> = said.map(|(key, value)| format!("\"{key}\": {value}")).collect();
        let (after, sensitive) = (text(&change["after"]), change["after_sensitive"].to_string());
        format!(
            "{{{}, \"change\": {{\"actions\": [\"no-op\"], \"before\": {after}, \"after\": {after}, \"after_unknown\": {},\n\
             \"after_sensitive\": {sensitive}, \"before_sensitive\": {}}}}}",
            said.join(", "),
            text(&change["after_unknown"]),
            marks.unwrap_or(&sensitive),
        )
    };
    let stays = |item: &&serde_json::Value| item["change"]["after"].is_object();
    let changes = plan["resource_changes"].as_array().unwrap().iter().filter(stays).map(item);
    let changes = changes.collect::<Vec<_>>().join("\n,");
    let configuration = text(&plan["configuration"]);
    format!(
        "{{\"format_version\": \"1.2\", \"configuration\": {configuration}, \"resource_changes\": [{changes}]}}"
    )
}

/// What was is not kept where it is what is, and marked alike.
#[test]
fn what_is_in_an_unchanged_plan_is_told_at_its_place_whether_what_was_is_kept_or_not() {
    let mut told = 0;
    for (case, pretty) in cases().into_iter().flat_map(|case| [(case.clone(), false), (case, true)]) {
        let plan = with_secrets(&fs::read_to_string(case.join("plan.json")).unwrap());
        let [dropped, kept] = [None, Some("{\"of_before\": true}")].map(|marks| {
            let repo = Repo::new();
            repo.write("plan.json", unchanged(&plan, pretty, marks));
            repo.json(&["plan.json"]).1
        });
        for list in ["findings", "cannot_tell", "problems"] {
            assert_eq!(dropped[list], kept[list], "{}", case.display());
        }
        told += dropped["findings"].as_array().unwrap().len();
    }
    assert!(told > 20, "{told} findings in all plans");
}

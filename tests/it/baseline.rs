//! `keyless baseline`: what is accepted stays accepted, and nothing else.

use crate::harness::{Ran, Repo, command, findings, problems};
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use std::process::Command;

const FILE: &str = "keyless-baseline.json";

/// IMDS01 at `http_tokens`, EC201 of an instance without a profile.
const CODE: &str = r#"resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens                 = "optional"
    http_put_response_hop_limit = 1
  }
}
"#;

fn repo(code: &str) -> Repo {
    let repo = Repo::new();
    repo.write("main.tf", code);
    repo
}

fn baseline(repo: &Repo) -> Json {
    serde_json::from_str(&fs::read_to_string(repo.path().join(FILE)).unwrap()).unwrap()
}

/// The repository with what it has now accepted.
fn accepted(code: &str) -> Repo {
    let repo = repo(code);
    let ran = repo.run(&["baseline"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = repo.run(&["check"]);
    assert_eq!(ran.code, 0, "{ran:?}\n{}", baseline(&repo));
    repo
}

/// The codes and lines that a check reports.
fn reported(repo: &Repo) -> Vec<String> {
    let (code, json) = repo.json(&[]);
    assert_eq!(problems(&json), [""; 0], "{code}");
    findings(&json)
}

/// What is done to a text.
type Edit = fn(&str) -> String;

#[test]
fn what_is_accepted_is_suppressed_with_its_reason_and_place() {
    let repo = repo(CODE);
    let ran = repo.run(&["baseline", "--reason", "gone with the old agents"]);
    assert_eq!(
        (ran.code, &*ran.stdout),
        (0, "keyless-baseline.json: 2 added, 0 kept, 0 pruned\n"),
        "{ran:?}"
    );
    insta::assert_snapshot!(fs::read_to_string(repo.path().join(FILE)).unwrap());
    let (code, json) = repo.json(&[]);
    assert_eq!((code, findings(&json)), (0, Vec::new()));
    let said = &json["suppressed"][0]["suppression"];
    assert_eq!(said["kind"], "baseline");
    assert_eq!(said["reason"], "gone with the old agents");
    assert_eq!(said["place"]["path"], FILE);
    assert_eq!(said["place"]["start"]["line"], 4);
    assert!(repo.run(&["check"]).stdout.ends_with("no findings, 2 suppressed\n"));
    assert_eq!(repo.run(&["check", "--no-baseline"]).code, 1);
    // Nothing changes when nothing has changed.
    let before = fs::read(repo.path().join(FILE)).unwrap();
    let ran = repo.run(&["baseline", "--reason", "another"]);
    assert_eq!(ran.stdout, "keyless-baseline.json: 0 added, 2 kept, 0 pruned, unchanged\n");
    assert_eq!(fs::read(repo.path().join(FILE)).unwrap(), before);
}

#[test]
fn what_moves_or_is_formatted_stays_accepted() {
    let edits: [(&str, Edit); 9] = [
        ("moved down", |code| format!("# a header\n\n\n{code}")),
        ("reindented", |code| code.replace("  ", "\t")),
        ("aligned otherwise", |code| code.replace("http_tokens                 =", "http_tokens =")),
        ("line ends", |code| code.replace('\n', "\r\n")),
        ("a comment", |code| code.replace("\"optional\"", "\"optional\" # for the agents")),
        ("order", |code| {
            code.replace("    http_tokens                 = \"optional\"\n", "")
                .replace("hop_limit = 1\n", "hop_limit = 1\n    http_tokens = \"optional\"\n")
        }),
        ("another attribute", |code| code.replace("t3.micro", "t3.large")),
        ("a neighbour", |code| {
            format!("resource \"aws_vpc\" \"a\" {{\n  cidr_block = \"10.0.0.0/16\"\n}}\n{code}")
        }),
        ("carried by a local", |code| {
            format!("locals {{\n  t = \"optional\"\n}}\n{}", code.replace("\"optional\"", "local.t"))
        }),
    ];
    for (name, edit) in edits {
        let repo = accepted(CODE);
        let text = edit(CODE);
        assert_ne!(text, CODE, "{name}");
        repo.write("main.tf", text);
        assert_eq!(reported(&repo), [""; 0], "{name}");
    }
}

#[test]
fn another_value_or_instance_alerts() {
    let edits: [(&str, Edit, &[&str]); 5] = [
        (
            "the profile is said to be none",
            |code| code.replace("t3.micro\"", "t3.micro\"\n  iam_instance_profile = \"\""),
            &["EC201 main.tf:4"],
        ),
        ("the hop limit", |code| code.replace("hop_limit = 1", "hop_limit = 3"), &["IMDS01 main.tf:5"]),
        (
            "a new instance",
            |code| format!("{code}{}", code.replace("\"web\"", "\"other\"")),
            &["EC201 main.tf:9", "IMDS01 main.tf:13"],
        ),
        (
            "a new instance before it",
            |code| format!("{}{code}", code.replace("\"web\"", "\"other\"")),
            &["EC201 main.tf:1", "IMDS01 main.tf:5"],
        ),
        (
            "another name",
            |code| code.replace("\"web\"", "\"other\""),
            &["EC201 main.tf:1", "IMDS01 main.tf:5"],
        ),
    ];
    for (name, edit, expected) in edits {
        let repo = accepted(CODE);
        repo.write("main.tf", edit(CODE));
        assert_eq!(reported(&repo), expected, "{name}");
    }
}

/// A role that two accounts may take on.
fn role(principals: &str, more: &str) -> String {
    format!(
        "resource \"aws_iam_role\" \"a\" {{\n  assume_role_policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [{{\n      Effect    = \"Allow\"\n      Action    = \"sts:AssumeRole\"\n      Principal = {{ AWS = {principals} }}\n{more}    }}]\n  }})\n}}\n"
    )
}

#[test]
fn of_findings_that_differ_in_their_value_alone_the_new_one_alerts() {
    let user = |name: &str| format!("\"arn:aws:iam::111122223333:user/{name}\"");
    let accepted = accepted_with(&role(&user("old"), ""), &["--strict"]);
    let report = |code: &str| -> Vec<String> {
        accepted.write("main.tf", code);
        let (_, json) = accepted.json(&["--strict", "--select", "ROLE04"]);
        let findings = json["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| {
                let at = |end: &str, key: &str| finding[end][key].as_u64().unwrap() as usize;
                let line = code.lines().nth(at("start", "line") - 1).unwrap();
                line[at("start", "column") - 1..at("end", "column") - 1].to_owned()
            })
            .collect()
    };
    assert_eq!(report(&role(&user("old"), "")), [""; 0]);
    assert_eq!(report(&role(&format!("[\n        {},\n      ]", user("old")), "")), [""; 0]);
    for code in [role(&user("new"), ""), role(&format!("[{}, {}]", user("new"), user("old")), "")] {
        assert_eq!(report(&code), [user("new").trim_matches('"')], "{code}");
    }
}

fn accepted_with(code: &str, args: &[&str]) -> Repo {
    let repo = repo(code);
    let ran = repo.run(&[&["baseline"], args].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = repo.run(&[&["check"], args].concat());
    assert_eq!(ran.code, 0, "{ran:?}\n{}", baseline(&repo));
    repo
}

/// An access key id, put together so that none stands here.
fn key(of: char) -> String {
    format!("AKIA{}", of.to_string().repeat(4) + "QWE7RTYU2IOP")
}

fn provider(secret: &str) -> String {
    format!(
        "provider \"aws\" {{\n  access_key = \"{}\"\n  secret_key = \"{secret}\"\n}}\n",
        key(secret.chars().next().unwrap().to_ascii_uppercase())
    )
}

fn secret(of: char) -> String {
    let letters = "wJalrXUtnFEMIK7MDENGbPxRfiCYzQ3vT5hL9sBn";
    of.to_string() + letters.get(1..).unwrap()
}

#[test]
fn credentials_are_refused_without_a_word_more() {
    let repo = repo(&format!("{CODE}{}", provider(&secret('a'))));
    let ran = repo.run(&["baseline"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!(ran.stdout);
    let codes = |repo: &Repo| -> Vec<String> {
        let entries = baseline(repo)["entries"].as_array().unwrap().clone();
        entries.iter().map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&repo), ["EC201", "IMDS01"]);
    assert_eq!(repo.run(&["check"]).code, 1);
    let ran = repo.run(&["baseline", "--include-secrets", "--reason", "revoked"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(codes(&repo).iter().any(|code| code.starts_with("KEY")), "{:?}", codes(&repo));
    assert_eq!(repo.run(&["check"]).code, 0);
    // Once accepted, it need not be said again.
    assert_eq!(repo.run(&["baseline"]).code, 0);
}

#[test]
fn nothing_of_a_secret_is_in_the_file() {
    let of = |secret: &str| {
        let code = format!(
            "{}resource \"aws_db_instance\" \"a\" {{\n  password = \"{secret}\"\n}}\nresource \"aws_instance\" \"a\" {{\n  user_data = \"export DB_PASSWORD={secret}\"\n  tags = {{ t = \"{secret}\" }}\n}}\nlocals {{\n  api_token = \"{secret}\"\n}}\n",
            provider(secret)
        );
        let repo = repo(&code);
        let ran = repo.run(&["baseline", "--include-secrets", "--strict"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!ran.stdout.contains(secret));
        fs::read_to_string(repo.path().join(FILE)).unwrap()
    };
    let (one, other) = (secret('a'), secret('x'));
    let text = of(&one);
    assert!(text.contains("\"SEC") && !text.contains(&one) && !text.contains(&key('A')), "{text}");
    assert_eq!(text, of(&other));
}

#[test]
fn one_secret_more_alerts() {
    let data = |secrets: &[String]| {
        let lines: String = secrets
            .iter()
            .enumerate()
            .map(|(at, secret)| format!("  V{at}_PASSWORD = \"{secret}\"\n"))
            .collect();
        format!(
            "resource \"aws_lambda_function\" \"a\" {{\n  environment {{\n    variables = {{\n{lines}    }}\n  }}\n}}\n"
        )
    };
    let repo = repo(&data(&[secret('a'), secret('b')]));
    assert_eq!(repo.run(&["baseline", "--include-secrets"]).code, 0);
    assert_eq!(repo.run(&["check"]).code, 0);
    repo.write("main.tf", data(&[secret('c'), secret('a'), secret('b')]));
    assert_eq!(repo.run(&["check"]).code, 1);
}

#[test]
fn mandatory_policies_have_no_baseline() {
    let repo = accepted(CODE);
    repo.write("keyless.toml", "[policy.IMDS01]\nmandatory = true\n");
    assert_eq!(reported(&repo), ["IMDS01 main.tf:5"]);
    fs::remove_file(repo.path().join(FILE)).unwrap();
    let ran = repo.run(&["baseline"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("mandatory policies are not silenced:\nmain.tf:5:"), "{ran:?}");
    assert_eq!(baseline(&repo)["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn stale_entries_are_told_and_pruned() {
    let repo = accepted(CODE);
    repo.write("other/main.tf", CODE);
    assert_eq!(repo.run(&["baseline"]).code, 0);
    repo.write("main.tf", CODE.replace("\"optional\"", "\"required\""));
    let ran = repo.run(&["check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stdout
            .contains("keyless-baseline.json: 1 entry is stale (`keyless baseline --prune` takes that out)"),
        "{ran:?}"
    );
    let (_, json) = repo.json(&[]);
    let stale = json["stale"].as_array().unwrap();
    assert_eq!(
        (stale.len(), &stale[0]["code"], &stale[0]["accepts"]),
        (1, &"IMDS01".into(), &"main.tf".into())
    );
    // A run that does not look there cannot know.
    for args in [&["other"][..], &["other/main.tf"], &["--ignore", "IMDS"], &["--exclude", "main.tf"]] {
        let (_, json) = repo.json(args);
        assert_eq!(json["stale"], Json::Null, "{args:?}");
        let entries = baseline(&repo);
        assert_eq!(repo.run(&[&["baseline"], args].concat()).code, 0);
        assert_eq!(baseline(&repo), entries, "{args:?}");
    }
    repo.write("new/main.tf", CODE);
    let ran = repo.run(&["baseline", "--prune"]);
    assert_eq!(
        (ran.code, &*ran.stdout),
        (0, "keyless-baseline.json: 0 added, 3 kept, 1 pruned\n"),
        "{ran:?}"
    );
    assert_eq!(repo.run(&["check", "."]).code, 1);
    fs::remove_dir_all(repo.path().join("other")).unwrap();
    let ran = repo.run(&["baseline"]);
    assert_eq!(
        (ran.code, &*ran.stdout),
        (0, "keyless-baseline.json: 2 added, 1 kept, 2 pruned\n"),
        "{ran:?}"
    );
}

#[test]
fn what_people_write_into_entries_stays() {
    let repo = accepted(CODE);
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(repo.path().join(FILE)).unwrap();
        assert!(text.contains(from), "{text}");
        repo.write(FILE, text.replacen(from, to, 1));
    };
    edit("\"code\":\"EC201\"", "\"reason\":\"no AWS calls\",\"until\":\"2999-01-31\",\"code\":\"EC201\"");
    edit("\"code\":\"IMDS01\"", "\"until\":\"2020-01-31\",\"code\":\"IMDS01\"");
    let (code, json) = repo.json(&[]);
    assert_eq!((code, findings(&json)), (1, vec!["IMDS01 main.tf:5".to_owned()]));
    assert_eq!(json["suppressed"][0]["suppression"]["until"], "2999-01-31");
    assert_eq!(json["stale"][0]["expired"], "2020-01-31");
    // Nothing is renewed by the way.
    let ran = repo.run(&["baseline", "--reason", "again"]);
    assert!(ran.stdout.contains("1 of those kept expired"), "{ran:?}");
    let entries = baseline(&repo);
    assert_eq!(entries["entries"][0]["reason"], "no AWS calls");
    assert_eq!(entries["entries"][0]["until"], "2999-01-31");
    assert_eq!(entries["entries"][1]["until"], "2020-01-31");
    assert_eq!(repo.run(&["check"]).code, 1);
}

#[test]
fn a_baseline_that_cannot_be_read_is_a_problem() {
    for (text, said) in [
        ("{\"version\": 3, \"entries\": []}", "another version"),
        ("<<<<<<< HEAD\n", "problem[config]"),
        ("{\"version\": 1, \"entries\": [{}]}", "needs the key"),
    ] {
        let repo = repo(CODE);
        repo.write(FILE, text);
        let ran = repo.run(&["check", "--format", "concise"]);
        assert!(ran.code == 2 && ran.stdout.contains(said) && ran.stdout.contains("IMDS01"), "{ran:?}");
        let ran = repo.run(&["baseline"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert_eq!(fs::read_to_string(repo.path().join(FILE)).unwrap(), text);
    }
    let repo = repo(CODE);
    assert_eq!(repo.run(&["check", "--baseline", "none.json"]).code, 2);
}

#[test]
fn what_is_judged_in_part_has_no_baseline() {
    let repo = repo(CODE);
    repo.write("broken.tf", "resource \"x\" {{{\n");
    let ran = repo.run(&["baseline"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.contains("nothing is written"), "{ran:?}");
    assert!(!repo.path().join(FILE).exists());
}

#[test]
fn a_file_of_another_name_is_used_where_it_is_named() {
    let repo = repo(CODE);
    assert_eq!(repo.run(&["baseline", "--output", "ci/known.json"]).code, 0);
    assert!(!repo.path().join(FILE).exists());
    assert_eq!(repo.run(&["check"]).code, 1);
    assert_eq!(repo.run(&["check", "--baseline", "ci/known.json"]).code, 0);
    assert_eq!(repo.run(&["check", "--baseline", "ci/known.json", "--no-baseline"]).code, 2);
}

#[test]
fn below_the_root_the_same_baseline_holds() {
    let repo = Repo::new();
    repo.write("infra/main.tf", CODE);
    assert_eq!(repo.run(&["baseline", "infra"]).code, 0);
    assert!(repo.path().join(FILE).exists());
    assert_eq!(crate::harness::run_in(&repo.path().join("infra"), &["check"]).code, 0);
    assert_eq!(repo.run(&["check", "infra/main.tf"]).code, 0);
}

#[test]
fn open_questions_are_accepted_where_they_fail() {
    let code = CODE.replace("\"optional\"", "var.tokens") + "variable \"tokens\" {}\n";
    let repo = repo(&code);
    assert_eq!(repo.run(&["baseline"]).code, 0);
    let fails = ["check", "--fail-on", "cannot-tell"];
    assert_eq!(repo.run(&fails).code, 1);
    assert_eq!(repo.run(&["baseline", "--fail-on", "cannot-tell"]).code, 0);
    let ran = repo.run(&fails);
    assert_eq!(ran.code, 0, "{ran:?}");
    // An accepted question is no accepted violation.
    repo.write("terraform.tfvars", "tokens = \"optional\"\n");
    assert_eq!(repo.run(&["check"]).code, 1);
}

#[test]
fn other_forms_of_a_template_are_the_same() {
    let block = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        MetadataOptions:\n          HttpTokens: optional\n";
    let repo = Repo::new();
    repo.write("template.yaml", block);
    let (_, before) = repo.json(&[]);
    assert!(findings(&before).iter().any(|found| found.starts_with("IMDS01")), "{before}");
    assert_eq!(repo.run(&["baseline"]).code, 0);
    for (from, to) in [
        ("HttpTokens: optional", "HttpTokens: \"optional\" # why"),
        (
            "        MetadataOptions:\n          HttpTokens: optional\n",
            "        MetadataOptions: {HttpTokens: 'optional'}\n",
        ),
        ("\n", "\r\n"),
    ] {
        repo.write("template.yaml", block.replace(from, to));
        assert_eq!(reported(&repo), [""; 0], "{to}");
    }
}

/// `git merge-file` of what two branches wrote.
#[test]
fn branches_that_accept_in_different_files_merge() {
    let repo = Repo::new();
    for name in ["a", "f", "m", "t", "z"] {
        repo.write(&format!("{name}/main.tf"), CODE);
    }
    let read = || fs::read_to_string(repo.path().join(FILE)).unwrap();
    assert_eq!(repo.run(&["baseline", "."]).code, 0);
    let base = read();
    let with = |name: &str| {
        repo.write(FILE, &base);
        repo.write(&format!("{name}/main.tf"), CODE);
        assert_eq!(repo.run(&["baseline"]).code, 0);
        let text = read();
        assert_ne!(text, base);
        text
    };
    let ours = with("b");
    fs::remove_dir_all(repo.path().join("b")).unwrap();
    let theirs = with("s");
    for (name, text) in [("ours", ours), ("base", base.clone()), ("theirs", theirs)] {
        repo.write(name, text);
    }
    let merged = Command::new("git")
        .args(["merge-file", "-p", "ours", "base", "theirs"])
        .current_dir(repo.path())
        .output();
    let Ok(merged) = merged else { return };
    assert!(merged.status.success(), "{merged:?}");
    repo.write("b/main.tf", CODE);
    repo.write(FILE, &merged.stdout);
    assert_eq!(repo.run(&["check"]).code, 0);
    // Sorted as it would have been written at once.
    assert!(repo.run(&["baseline"]).stdout.ends_with("unchanged\n"));
}

#[test]
fn the_same_bytes_come_from_any_number_of_threads_and_any_folder() {
    let repo = Repo::new();
    for name in ["a", "b", "c/d"] {
        repo.write(&format!("{name}/main.tf"), CODE);
    }
    let written = |folder: &Path, args: &[&str], threads: &str| {
        let _ = fs::remove_file(repo.path().join(FILE));
        let ran = command(folder, args).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        fs::read_to_string(repo.path().join(FILE)).unwrap()
    };
    let one = written(repo.path(), &["baseline"], "1");
    assert_eq!(one, written(repo.path(), &["baseline"], "8"));
    assert_eq!(one, written(&repo.path().join("c/d"), &["baseline", "../.."], "2"));
    let Ran { code, .. } = repo.run(&["check"]);
    assert_eq!(code, 0);
}

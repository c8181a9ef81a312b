//! `--history`: what repositories give away that no longer stands in their code.

use crate::harness::{Ran, command, findings, problems, run_in};
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A repository that is made commit by commit, an hour apart.
struct Repo {
    folder: tempfile::TempDir,
    hours: std::cell::Cell<u32>,
}

pub fn git(folder: &Path, hour: u32, args: &[&str]) -> String {
    let date = format!("{} +0100", 1_709_251_200 + 3600 * hour);
    let output = Command::new("git")
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Ann")
        .env("GIT_AUTHOR_EMAIL", "ann@example.org")
        .env("GIT_COMMITTER_NAME", "Bob")
        .env("GIT_COMMITTER_EMAIL", "bob@example.org")
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    assert!(output.status.success(), "git {args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

impl Repo {
    fn new() -> Self {
        Self::init(&[])
    }

    fn init(options: &[&str]) -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap(), hours: std::cell::Cell::new(0) };
        repo.git(&[&["init", "-q", "-b", "main"], options].concat());
        repo
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, args: &[&str]) -> String {
        self.hours.set(self.hours.get() + 1);
        git(self.path(), self.hours.get(), args)
    }

    /// Writes files (`None`: removes them) and commits. Gives back the commit.
    fn commit(&self, files: &[(&str, Option<&str>)]) -> String {
        for (path, text) in files {
            let path = self.path().join(path);
            match text {
                Some(text) => {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, text).unwrap();
                }
                None => fs::remove_file(path).unwrap(),
            }
        }
        self.git(&["add", "-A", "-f"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, args: &[&str]) -> Ran {
        run_in(self.path(), &[&["check", "--history"], args].concat())
    }

    fn json(&self, args: &[&str]) -> (i32, Json) {
        json_in(self.path(), args)
    }
}

fn json_in(folder: &Path, args: &[&str]) -> (i32, Json) {
    let ran = run_in(folder, &[&["check", "--history", "--format", "json"], args].concat());
    (ran.code, serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}")))
}

/// `CODE path:line commit`, with `+` where the secret still stands.
fn told(report: &Json) -> Vec<String> {
    let all = report["findings"].as_array().unwrap();
    all.iter()
        .zip(findings(report))
        .map(|(finding, said)| match &finding["commit"] {
            Json::Null => said,
            commit => {
                let still = if commit["in_tree"] == true { "+" } else { "" };
                format!("{said} {}{still}", commit["id"].as_str().unwrap())
            }
        })
        .collect()
}

/// An id of a key; another one for each number.
pub fn key(number: usize) -> String {
    const LETTERS: &[u8; 32] = b"QZ7XK2MVT5RBNW3YJD6CFHGLP4SAUEIO";
    let mut state = number as u64 + 1;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        LETTERS[(state >> 59) as usize] as char
    };
    let tail: String = (0..16).map(|_| letter()).collect();
    format!("AKIA{tail}")
}

fn with(secret: &str) -> String {
    format!("provider \"other\" {{\n  region = \"eu\"\n  access_key = \"{secret}\"\n}}\n")
}

const CLEAN: &str = "provider \"other\" {\n  region = \"eu\"\n}\n";

#[test]
fn a_secret_that_was_removed_is_told_with_the_commit_that_brought_it_in() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let brought = repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    repo.commit(&[("main.tf", Some(&format!("\n\n{}", with(&key(1)))))]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    assert_eq!(run_in(repo.path(), &["check"]).code, 0);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, told(&report)), (1, vec![format!("KEY02 main.tf:3 {brought}")]));
    let finding = &report["findings"][0];
    assert_eq!(finding["commit"]["author"], "Ann <ann@example.org>");
    assert!(finding["commit"]["time"].as_str().unwrap().starts_with("2024-03-01T"), "{finding}");
    assert!(finding["commit"]["time"].as_str().unwrap().ends_with("+01:00"), "{finding}");
    assert_eq!((&finding["start"]["column"], &finding["end"]["column"]), (&17.into(), &37.into()));
    assert_eq!(report["summary"]["history"], serde_json::json!({"commits": 4, "texts": 3}));
    let human = repo.run(&[]).stdout;
    let short = &brought[..10];
    for said in [
        "long-lived AWS access key in the git history".to_owned(),
        format!("[{short}:main.tf:3:17]"),
        "access_key = \"********************\"".to_owned(),
        format!("commit: {short} of 2024-03-01 by Ann <ann@example.org>"),
        "looked through the history: 3 texts in 4 commits".to_owned(),
    ] {
        assert!(human.contains(&said), "{said}: {human}");
    }
    let concise = repo.run(&["--format", "concise"]).stdout;
    assert!(concise.contains(&format!("main.tf:3:17: error[KEY02] long-lived AWS access key in the git history, in commit {short} of 2024-03-01 by Ann")), "{concise}");
}

#[test]
fn a_secret_that_still_stands_is_told_once_with_its_commit() {
    let repo = Repo::new();
    let brought = repo.commit(&[("old.tf", Some(&with(&key(1))))]);
    repo.commit(&[("old.tf", None), ("new/main.tf", Some(&format!("# {}\n", key(1))))]);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, told(&report)), (1, vec![format!("KEY02 new/main.tf:1 {brought}+")]));
    let human = repo.run(&[]).stdout;
    assert!(human.contains(&format!("since: {} of 2024-03-01 by Ann", &brought[..10])), "{human}");
    assert!(!human.contains("in the git history"), "{human}");
    // The same finding as without the history.
    let plain = run_in(repo.path(), &["check", "--format", "json"]).stdout;
    let plain: Json = serde_json::from_str(&plain).unwrap();
    assert_eq!(plain["findings"][0]["fingerprint"], report["findings"][0]["fingerprint"]);
    assert_eq!(plain["findings"][0]["commit"], Json::Null);
    assert_eq!(plain["summary"]["history"], Json::Null);
}

#[test]
fn present_findings_keep_their_fingerprints_beside_past_ones() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    repo.commit(&[("main.tf", Some(&with(&key(2))))]);
    repo.commit(&[("main.tf", Some(&with(&key(3))))]);
    let fingerprint =
        |report: &Json, at: usize| report["findings"][at]["fingerprint"].as_str().unwrap().to_owned();
    let plain: Json =
        serde_json::from_str(&run_in(repo.path(), &["check", "--format", "json"]).stdout).unwrap();
    let (_, report) = repo.json(&[]);
    // One secret after the other on the same line: three findings.
    assert_eq!(told(&report).len(), 3, "{report:#}");
    let all: std::collections::BTreeSet<_> = (0..3).map(|at| fingerprint(&report, at)).collect();
    assert_eq!(all.len(), 3);
    assert!(all.contains(&fingerprint(&plain, 0)));
    // What is told of the past stays the same when more of it comes.
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let (_, later) = repo.json(&[]);
    let later: std::collections::BTreeSet<_> = (0..3).map(|at| fingerprint(&later, at)).collect();
    assert_eq!(all.intersection(&later).count(), 2);
}

#[test]
fn every_reference_counts() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let mut expected = Vec::new();
    // A branch that was never merged.
    repo.git(&["checkout", "-q", "-b", "topic"]);
    expected.push(format!("KEY02 branch.tf:3 {}", repo.commit(&[("branch.tf", Some(&with(&key(1))))])));
    // A tag, with an object of its own, of a commit that no branch has.
    repo.git(&["checkout", "-q", "--detach", "main"]);
    expected.push(format!("KEY02 tag.tf:3 {}", repo.commit(&[("tag.tf", Some(&with(&key(2))))])));
    repo.git(&["tag", "-a", "-m", "tag", "v1"]);
    repo.git(&["tag", "-a", "-m", "tag of a tag", "v2", "v1"]);
    // What another repository was seen to have.
    repo.git(&["checkout", "-q", "--detach", "main"]);
    let remote = repo.commit(&[("remote.tf", Some(&with(&key(3))))]);
    repo.git(&["update-ref", "refs/remotes/origin/x", &remote]);
    expected.push(format!("KEY02 remote.tf:3 {remote}"));
    // Stashes, also those below the newest.
    repo.git(&["checkout", "-q", "main"]);
    for (number, path) in [(4, "main.tf"), (5, "main.tf")] {
        fs::write(repo.path().join(path), format!("# {}\n{}", number, with(&key(number)))).unwrap();
        repo.git(&["stash", "push", "-q"]);
    }
    expected.push(format!("KEY02 main.tf:4 {}", repo.git(&["rev-parse", "stash@{1}"])));
    expected.push(format!("KEY02 main.tf:4 {}", repo.git(&["rev-parse", "stash@{0}"])));
    // A head that nothing else leads to.
    repo.git(&["checkout", "-q", "--detach", "main"]);
    expected.push(format!("KEY02 head.tf:3 {}", repo.commit(&[("head.tf", Some(&with(&key(6))))])));
    repo.commit(&[("head.tf", None)]);
    // A tag of something that is no commit.
    let tree = repo.git(&["rev-parse", "main^{tree}"]);
    repo.git(&["tag", "tree", &tree]);
    expected.sort();
    let check = || {
        let (code, report) = repo.json(&[]);
        let mut told = told(&report);
        told.sort();
        (code, told)
    };
    assert_eq!(check(), (1, expected.clone()));
    repo.git(&["gc", "-q", "--no-prune"]);
    assert!(repo.path().join(".git/packed-refs").exists());
    assert_eq!(check(), (1, expected));
}

#[test]
fn each_secret_is_told_once_from_the_earliest_commit_on() {
    let repo = Repo::new();
    let first = repo.commit(&[
        ("b.tf", Some(&with(&key(1)))),
        ("a.tf", Some(&format!("{}# {}\n", with(&key(2)), key(2)))),
    ]);
    // Renamed, copied and repeated, and again in a branch.
    repo.git(&["mv", "b.tf", "a0.tf"]);
    repo.commit(&[("c.tf", Some(&with(&key(1)))), ("d.tfvars", Some(&format!("x = \"{}\"\n", key(1))))]);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.commit(&[("e.tf", Some(&with(&key(2))))]);
    repo.commit(&[("a0.tf", None), ("a.tf", None), ("c.tf", None), ("d.tfvars", None), ("e.tf", None)]);
    let (_, report) = repo.json(&[]);
    assert_eq!(told(&report), [format!("KEY02 a.tf:3 {first}"), format!("KEY02 b.tf:3 {first}")]);
}

#[test]
fn a_merge_may_bring_a_secret_in_by_itself() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(CLEAN))]);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.commit(&[("topic.tf", Some(CLEAN))]);
    repo.git(&["checkout", "-q", "main"]);
    repo.commit(&[("more.tf", Some(CLEAN))]);
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "topic"]);
    let merge = repo.commit(&[("topic.tf", Some(&with(&key(1))))]);
    assert_eq!(repo.git(&["rev-list", "--parents", "-n1", "HEAD"]).split(' ').count(), 3);
    repo.commit(&[("topic.tf", Some(CLEAN))]);
    assert_eq!(told(&repo.json(&[]).1), [format!("KEY02 topic.tf:3 {merge}")]);
}

#[test]
fn tokens_and_private_keys_are_told_and_what_is_none_is_not() {
    let repo = Repo::new();
    let token = format!("xoxb-{}-{}-{}", "263594206564", "263594206565", "FGqddMF8t08v8N7Oq4i57vs1");
    let line = "MIIEowIBAAKCAQEAx4UbaDzY5xjW6hc9jwN0mX33XpTDVW/WqHiSyvDkq0ZyFj5a";
    let pem = format!("-----BEGIN {0}-----\n{1}\n{1}\n{1}\n-----END {0}-----", "RSA PRIVATE KEY", line);
    let example = format!("AKIA{}", "IOSFODNN7EXAMPLE");
    let brought = repo.commit(&[
        ("main.tf", Some(&format!("locals {{\n  slack = \"{token}\"\n  pem = <<EOT\n{pem}\nEOT\n}}\n"))),
        ("example.tf", Some(&with(&example))),
        ("role.tf", Some(&with(&format!("AROA{}", &key(7)[4..])))),
        ("temporary.tf", Some(&with(&format!("ASIA{}", &key(7)[4..])))),
        // Neither is infrastructure code.
        ("main.py", Some(&format!("KEY = '{}'\n", key(8)))),
        ("package.json", Some(&format!("{{\"key\": \"{}\"}}\n", key(9)))),
        ("node_modules/x/main.tf", Some(&with(&key(10)))),
        (".terraform/modules/x/main.tf", Some(&with(&key(11)))),
        ("other.hcl", Some(&format!("job \"x\" {{\n  key = \"{}\"\n}}\n", key(12)))),
        // These are.
        ("stack.yaml", Some(&format!("Resources:\n  T:\n    Type: AWS::SNS::Topic\n    # {}\n", key(13)))),
        (
            "terraform.tfstate",
            Some(&format!(
                "{{\"version\": 4, \"terraform_version\": \"1.9.0\", \"resources\": [{{\"x\": \"{}\"}}]}}",
                key(14)
            )),
        ),
        ("root.hcl", Some(&format!("inputs = {{\n  key = \"{}\"\n}}\n", key(15)))),
    ]);
    repo.git(&["rm", "-rq", "."]);
    repo.commit(&[]);
    let (code, report) = repo.json(&[]);
    let expected = [
        "SEC02 main.tf:2",
        "SEC03 main.tf:4",
        "KEY02 root.hcl:2",
        "KEY02 stack.yaml:4",
        "KEY02 terraform.tfstate:1",
    ];
    assert_eq!((code, told(&report)), (1, expected.map(|said| format!("{said} {brought}")).to_vec()));
    for format in crate::harness::FORMATS {
        let printed = repo.run(&["--format", format, "--strict"]).stdout;
        for secret in [&token, line, &key(13), &key(14)] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

#[test]
fn a_private_key_is_the_same_however_it_is_indented() {
    let repo = Repo::new();
    let line = "MIIEowIBAAKCAQEAx4UbaDzY5xjW6hc9jwN0mX33XpTDVW/WqHiSyvDkq0ZyFj5a";
    let key = |between: &str| {
        let (begin, end) = ("-----BEGIN RSA PRIVATE ", "-----END RSA PRIVATE ");
        [&format!("{begin}KEY-----"), line, line, line, &format!("{end}KEY-----")].join(between)
    };
    let first =
        repo.commit(&[("main.tf", Some(&format!("locals {{\n  k = <<EOT\n{}\nEOT\n}}\n", key("\n"))))]);
    repo.commit(&[(
        "main.tf",
        Some(&format!("locals {{\n  k = <<-EOT\n    {}\n  EOT\n}}\n", key("\n    "))),
    )]);
    repo.commit(&[("main.tf", Some(&format!("locals {{\n  k = \"{}\"\n}}\n", key("\\n"))))]);
    assert_eq!(told(&repo.json(&[]).1), [format!("SEC03 main.tf:2 {first}+")]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    assert_eq!(told(&repo.json(&[]).1), [format!("SEC03 main.tf:3 {first}")]);
}

#[test]
fn scripts_and_templates_that_code_leads_to_are_looked_through() {
    let repo = Repo::new();
    let secret = |number: usize| format!("#!/bin/sh\nexport AWS_ACCESS_KEY_ID={}\n", key(number));
    let code = "resource \"aws_launch_template\" \"x\" {\n  user_data = base64encode(file(\"${path.module}/boot.sh\"))\n}\n";
    let brought = repo.commit(&[
        ("m/boot.sh", Some(&secret(1))),
        ("m/other.sh", Some(&secret(2))),
        ("m/gone.tftpl", Some(&secret(3))),
        ("m/main.tf", Some(code)),
    ]);
    repo.git(&["rm", "-q", "m/other.sh", "m/gone.tftpl"]);
    repo.commit(&[("m/boot.sh", Some("#!/bin/sh\n"))]);
    let (_, report) = repo.json(&["--select", "KEY02"]);
    assert_eq!(
        told(&report),
        [format!("KEY02 m/boot.sh:2 {brought}"), format!("KEY02 m/gone.tftpl:2 {brought}")]
    );
}

#[test]
fn a_key_of_a_provider_that_still_stands_is_told_there_alone() {
    let repo = Repo::new();
    let brought = repo.commit(&[("old.tf", Some(&with(&key(1))))]);
    repo.commit(&[
        ("old.tf", None),
        ("main.tf", Some("variable \"k\" {}\nprovider \"aws\" {\n  access_key = var.k\n}\n")),
        ("terraform.tfvars", Some(&format!("k = \"{}\"\n", key(1)))),
    ]);
    let (_, report) = repo.json(&["--select", "KEY"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{report:#}");
    assert_eq!(report["findings"][0]["code"], "KEY03");
    assert_eq!(report["findings"][0]["commit"]["id"], brought.as_str());
}

#[test]
fn of_what_stood_beside_a_secret_nothing_is_shown() {
    let repo = Repo::new();
    let near = "hunter2-near";
    repo.commit(&[(
        "main.tf",
        Some(&format!(
            "# {near}\n{{ password = \"{near}\", key = \"{}\", other = \"{near}\" }}\n# {near}\n",
            key(1)
        )),
    )]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    for format in crate::harness::FORMATS {
        let printed = repo.run(&["--format", format]).stdout;
        assert!(printed.contains("KEY02") && !printed.contains(near), "{printed}");
    }
}

#[test]
fn paths_and_configuration_say_what_counts() {
    let repo = Repo::new();
    let brought = repo.commit(&[
        ("a/main.tf", Some(&with(&key(1)))),
        ("a/gone/deep/main.tf", Some(&with(&key(2)))),
        ("b/main.tf", Some(&with(&key(3)))),
        ("ignored/main.tf", Some(&with(&key(4)))),
        ("excluded/main.tf", Some(&with(&key(5)))),
        ("own/main.tf", Some(&with("acme-0001"))),
        ("unowned/main.tf", Some(&with("acme-0002"))),
    ]);
    repo.git(&["rm", "-rq", "."]);
    let config = "exclude = [\"excluded\"]\n[[overrides]]\npaths = [\"ignored/**\"]\nignore = [\"KEY02\"]\n\
        [policy.KEY02]\nseverity = \"warning\"\n";
    let pattern = "[[secrets.patterns]]\nid = \"acme\"\ndescription = \"ACME token\"\nregex = \"acme-[0-9]{4}\"\n\
        example = \"acme-1234\"\n";
    repo.commit(&[
        ("keyless.toml", Some(config)),
        ("own/keyless.toml", Some(pattern)),
        ("a/main.tf", Some(CLEAN)),
        ("b/main.tf", Some(CLEAN)),
    ]);
    let paths = |report: &Json| -> Vec<String> { findings(report) };
    let (code, report) = repo.json(&[]);
    assert_eq!(problems(&report), Vec::<String>::new());
    assert_eq!(
        paths(&report),
        ["KEY02 a/gone/deep/main.tf:3", "KEY02 a/main.tf:3", "KEY02 b/main.tf:3", "SEC02 own/main.tf:3"]
    );
    assert_eq!(code, 1, "of the error");
    assert_eq!(report["findings"][0]["severity"], "warning");
    assert!(told(&report).iter().all(|told| told.ends_with(&brought)));
    assert_eq!(paths(&repo.json(&["a"]).1), ["KEY02 a/gone/deep/main.tf:3", "KEY02 a/main.tf:3"]);
    assert_eq!(paths(&repo.json(&["a/main.tf"]).1), ["KEY02 a/main.tf:3"]);
    assert_eq!(paths(&repo.json(&["a", "--exclude", "deep"]).1), ["KEY02 a/main.tf:3"]);
    assert_eq!(paths(&repo.json(&["b", "--ignore", "KEY02"]).1), Vec::<String>::new());
    assert_eq!(paths(&repo.json(&["b", "--select", "SEC02"]).1), Vec::<String>::new());
    let below = json_in(&repo.path().join("a"), &["."]).1;
    assert_eq!(paths(&below), ["KEY02 gone/deep/main.tf:3", "KEY02 main.tf:3"]);
}

#[test]
fn an_innocent_history_is_clean() {
    let repo = Repo::new();
    assert_eq!(repo.run(&[]).code, 0, "not even a commit");
    repo.commit(&[("main.tf", Some(CLEAN))]);
    repo.commit(&[("main.tf", Some(""))]);
    repo.commit(&[("binary.tf", Some("\0\0")), ("link.txt", Some("x"))]);
    repo.git(&["rm", "-q", "binary.tf"]);
    repo.commit(&[]);
    let ran = repo.run(&[]);
    assert_eq!((ran.code, ran.stdout.contains("no findings")), (0, true), "{ran:?}");
}

#[test]
fn a_shallow_clone_is_no_whole_history() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    let second = repo.commit(&[("main.tf", Some(&with(&key(2))))]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let other = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path().display());
    git(other.path(), 0, &["clone", "-q", "--depth", "2", &from, "cut"]);
    let (code, report) = json_in(&other.path().join("cut"), &[]);
    assert_eq!((code, problems(&report)), (2, vec!["limit .".to_owned()]));
    assert_eq!(told(&report), [format!("KEY02 main.tf:3 {second}")], "as far as it goes");
    assert!(report["problems"][0]["message"].as_str().unwrap().contains("fetch-depth: 0"), "{report:#}");
}

#[test]
fn a_partial_clone_says_what_it_lacks_in_one_word() {
    let repo = Repo::new();
    for number in 0..30 {
        repo.commit(&[("main.tf", Some(&format!("# {number}\n"))), ("x.py", Some(&format!("{number}")))]);
    }
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let other = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path().display());
    git(other.path(), 0, &["clone", "-q", "--filter=blob:none", &from, "part"]);
    let (code, report) = json_in(&other.path().join("part"), &[]);
    assert_eq!((code, problems(&report)), (2, vec!["io .".to_owned()]));
    assert!(
        report["problems"][0]["message"].as_str().unwrap().starts_with("29 texts of the history"),
        "{report:#}"
    );
}

#[test]
fn what_is_missing_or_broken_is_told_and_the_rest_is_searched() {
    let repo = Repo::new();
    let found =
        repo.commit(&[("a.tf", Some(&with(&key(1)))), ("b.tf", Some("# b\n")), ("c/c.tf", Some("# c\n"))]);
    repo.commit(&[("a.tf", Some(CLEAN)), ("b.tf", Some("# bb\n")), ("c/c.tf", Some("# cc\n"))]);
    let object = |name: &str| {
        let id = repo.git(&["rev-parse", &format!("HEAD~1{name}")]);
        (repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]), id)
    };
    let ((missing, _), (broken, _), (commit, id)) = (object(":b.tf"), object(":c"), object(""));
    fs::remove_file(missing).unwrap();
    fs::remove_file(&broken).unwrap();
    fs::write(broken, "no object").unwrap();
    let (code, report) = repo.json(&[]);
    assert_eq!((code, problems(&report)), (2, vec!["io b.tf".to_owned(), "io c".to_owned()]), "{report:#}");
    assert_eq!(told(&report), [format!("KEY02 a.tf:3 {found}")]);
    let message = report["problems"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with(&format!("as of commit {}", &found[..10])), "{message}");
    fs::remove_file(commit).unwrap();
    let (code, report) = repo.json(&[]);
    assert_eq!((code, problems(&report)), (2, vec!["io .".to_owned()]), "{report:#}");
    assert!(report["problems"][0]["message"].as_str().unwrap().contains(&id[..10]), "{report:#}");
}

#[test]
fn without_a_repository_it_is_bad_usage() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf"), with(&key(1))).unwrap();
    let ran = run_in(folder.path(), &["check", "--history"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout.contains("problem[config]: .: `--history` needs a git repository: there is none"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("KEY03"), "the code is judged all the same: {ran:?}");
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert!(run_in(folder.path(), &["check", "--history"]).stdout.contains("`.git` has no objects"));
    fs::remove_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".git"), "gitdir: nowhere\n").unwrap();
    let ran = run_in(folder.path(), &["check", "--history"]);
    assert!(ran.stdout.contains("`.git` leads to nowhere: no such file or directory"), "{ran:?}");
}

#[test]
fn formats_that_are_not_known_are_refused() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let config = repo.path().join(".git/config");
    let plain = fs::read_to_string(&config).unwrap();
    for (extension, message) in
        [("future = yes", "extension `future`"), ("refStorage = reftable", "`reftable`")]
    {
        fs::write(
            &config,
            format!("{plain}[core]\nrepositoryformatversion = 1\n[extensions]\n{extension}\n"),
        )
        .unwrap();
        let ran = repo.run(&[]);
        assert_eq!((ran.code, ran.stdout.contains(message)), (2, true), "{ran:?}");
    }
}

#[test]
fn names_of_objects_may_be_long() {
    let repo = Repo::init(&["--object-format=sha256"]);
    let brought = repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    assert_eq!(told(&repo.json(&[]).1), [format!("KEY02 main.tf:3 {brought}")]);
    repo.git(&["gc", "-q"]);
    assert_eq!(told(&repo.json(&[]).1), [format!("KEY02 main.tf:3 {brought}")]);
}

#[test]
fn work_trees_submodules_and_alternates_are_followed_where_both_sides_say_so() {
    let repo = Repo::new();
    let brought = repo.commit(&[("main.tf", Some(&with(&key(1))))]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let expected = [format!("KEY02 main.tf:3 {brought}")];
    let other = tempfile::tempdir().unwrap();
    let linked = other.path().join("linked");
    repo.git(&["worktree", "add", "-q", "--detach", linked.to_str().unwrap()]);
    assert_eq!(told(&json_in(&linked, &[]).1), expected);
    let from = repo.path().to_str().unwrap();
    git(other.path(), 0, &["clone", "-q", "--shared", from, "shared"]);
    assert_eq!(told(&json_in(&other.path().join("shared"), &[]).1), expected);
    let outer = Repo::new();
    outer.git(&["submodule", "add", "-q", from, "inner"]);
    outer.commit(&[]);
    assert_eq!(told(&json_in(&outer.path().join("inner"), &[]).1), expected);
    assert_eq!(told(&outer.json(&[]).1), Vec::<String>::new(), "a submodule has a history of its own");
    // A file that somebody put there leads to a repository that does not know of it.
    let foreign = other.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join(".git"), format!("gitdir: {from}/.git\n")).unwrap();
    let ran = run_in(&foreign, &["check", "--history"]);
    assert_eq!(
        (ran.code, ran.stdout.contains("does not say that this is a work tree of it")),
        (2, true),
        "{ran:?}"
    );
    #[cfg(unix)]
    {
        fs::remove_file(foreign.join(".git")).unwrap();
        std::os::unix::fs::symlink(repo.path().join(".git"), foreign.join(".git")).unwrap();
        let ran = run_in(&foreign, &["check", "--history"]);
        assert_eq!((ran.code, ran.stdout.contains("a link that leads out")), (2, true), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::new();
    repo.commit(&[
        ("main.tf", Some(&with(&key(1)))),
        (".gitattributes", Some("*.tf filter=evil diff=evil\n")),
    ]);
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let marker = repo.path().join("ran");
    let script = repo.path().join(".git/evil");
    fs::write(&script, format!("#!/bin/sh\ntouch {}\ncat\n", marker.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let evil = script.display();
    let mut config = fs::read_to_string(repo.path().join(".git/config")).unwrap();
    config.push_str(&format!(
        "[core]\n\tfsmonitor = {evil}\n\tsshCommand = {evil}\n\thooksPath = {0}\n\tpager = {evil}\n[filter \"evil\"]\n\tsmudge = {evil}\n\t\
        clean = {evil}\n\tprocess = {evil}\n[diff \"evil\"]\n\ttextconv = {evil}\n\tcommand = {evil}\n[include]\n\tpath = {0}/evil\n",
        repo.path().join(".git").display()
    ));
    fs::write(repo.path().join(".git/config"), config).unwrap();
    assert_eq!(told(&repo.json(&[]).1).len(), 1);
    assert!(!marker.exists());
}

#[test]
fn hostile_names_are_shown_not_obeyed() {
    let repo = Repo::new();
    repo.commit(&[("main.tf", Some(CLEAN))]);
    let text = repo.path().join("text");
    fs::write(&text, with(&key(1))).unwrap();
    let blob = repo.git(&["hash-object", "-w", "text"]);
    fs::remove_file(&text).unwrap();
    let name = "\u{1b}[31m%0A::error::x\u{202e}.tf";
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{name}")]);
    let tree = repo.git(&["write-tree"]);
    let author = format!("Eve\u{1b}[2J%0A::error ::{} \u{9b}", key(2));
    let raw = format!(
        "tree {tree}\nauthor {author} <e\u{7}@x> 99999999999999999999 +0000\ncommitter x <x> 1 +0000\n\n{}\n",
        key(3)
    );
    fs::write(repo.path().join("raw"), raw).unwrap();
    let commit = repo.git(&["hash-object", "-t", "commit", "-w", "--literally", "raw"]);
    fs::remove_file(repo.path().join("raw")).unwrap();
    repo.git(&["update-ref", "refs/heads/evil", &commit]);
    repo.git(&["reset", "-q"]);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, report["findings"].as_array().unwrap().len()), (1, 1), "{report:#}");
    assert_eq!(report["findings"][0]["commit"]["id"], commit.as_str());
    for format in crate::harness::FORMATS {
        let printed = repo.run(&["--format", format]).stdout;
        let harmless = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
        let is_json = ["json", "jsonl", "sarif", "gitlab", "rdjson"].contains(format);
        assert!(is_json || printed.chars().all(harmless), "{printed:?}");
        assert!(!printed.contains('\u{1b}'), "{printed:?}");
        for number in 1..=3 {
            assert!(!printed.contains(&key(number)), "{printed}");
        }
    }
}

#[test]
fn one_thread_and_many_print_the_same() {
    let repo = Repo::new();
    for number in 0..40 {
        let folder = format!("m{}", number % 5);
        repo.commit(&[
            (&format!("{folder}/main.tf"), Some(&with(&key(number)))),
            (
                &format!("{folder}/x{number}.tf"),
                Some(&format!("{}# {}\n", with(&key(number)), key(number + 40))),
            ),
        ]);
    }
    repo.git(&["rm", "-rq", "."]);
    repo.commit(&[]);
    for format in ["human", "json"] {
        let one = repo.run(&["--format", format, "--threads", "1"]);
        let many = repo.run(&["--format", format, "--threads", "8"]);
        assert_eq!((one.code, &one.stdout), (1, &many.stdout));
    }
    assert_eq!(told(&repo.json(&[]).1).len(), 80);
}

#[test]
fn folders_within_folders_are_entered_so_deep_and_no_deeper() {
    let repo = Repo::new();
    let import = |depth: usize| {
        let path = "d/".repeat(depth);
        let text = with(&key(depth));
        format!(
            "commit refs/heads/d{depth}\ncommitter x <x> {depth} +0000\ndata 1\nx\nM 100644 inline {path}main.tf\ndata {}\n{text}\n",
            text.len()
        )
    };
    fast_import(&repo, &[import(100), import(3000)].concat());
    let (code, report) = repo.json(&[]);
    assert_eq!((code, report["findings"].as_array().unwrap().len()), (2, 1));
    assert!(report["problems"][0]["message"].as_str().unwrap().ends_with("nested too deeply, not analysed"));
}

fn fast_import(repo: &Repo, stream: &str) {
    fs::write(repo.path().join("stream"), stream).unwrap();
    let mut import = Command::new("git");
    let import = import.args(["fast-import", "--quiet"]).current_dir(repo.path());
    let stream = fs::File::open(repo.path().join("stream")).unwrap();
    assert!(import.stdin(stream).status().unwrap().success());
    fs::remove_file(repo.path().join("stream")).unwrap();
}

#[test]
fn a_pack_that_is_broken_anywhere_is_no_crash() {
    let repo = Repo::new();
    for number in 0..30 {
        repo.commit(&[("main.tf", Some(&format!("{}# {number}\n{}", with(&key(number)), CLEAN.repeat(20))))]);
    }
    repo.git(&["gc", "-q"]);
    let packs =
        fs::read_dir(repo.path().join(".git/objects/pack")).unwrap().map(|entry| entry.unwrap().path());
    let packs: Vec<_> =
        packs.filter(|path| path.extension().is_some_and(|end| end == "pack" || end == "idx")).collect();
    assert_eq!(packs.len(), 2);
    for pack in packs {
        let whole = fs::read(&pack).unwrap();
        fs::remove_file(&pack).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 12) {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            for (broken, cut) in [(whole[..at].to_vec(), true), (changed, false)] {
                fs::write(&pack, broken).unwrap();
                let ran = repo.run(&["--format", "concise"]);
                // What is changed may be of no matter; what is cut off is missed.
                let told = ran.code == 2 && ran.stdout.contains("problem[");
                assert!(told || ran.code == 1 && (!cut || at > whole.len() * 9 / 10), "{at}: {ran:?}");
            }
        }
        fs::write(&pack, whole).unwrap();
    }
    assert_eq!(repo.run(&[]).code, 1);
}

/// Commits made quickly: each changes one of 20 files of 64 KiB.
fn long_history(repo: &Repo, commits: usize) {
    use std::fmt::Write;
    let filler = "# a line that says nothing of interest, and says it at some length\n".repeat(960);
    let mut stream = String::new();
    for number in 0..commits {
        let text = format!("# {number}\n{filler}");
        write!(
            stream,
            "commit refs/heads/main\ncommitter Ann <ann@example.org> {} +0000\ndata 1\nx\nM 100644 inline m{}/main.tf\ndata {}\n{text}\n",
            1_700_000_000 + number,
            number % 20,
            text.len()
        )
        .unwrap();
    }
    fast_import(repo, &stream);
}

/// 2,000 texts of 64 KiB are 128 MB: looked through in much less.
#[cfg(target_os = "linux")]
#[test]
fn a_long_history_is_looked_through_in_bounded_memory() {
    let repo = Repo::new();
    long_history(&repo, 2_000);
    let peak = |args: &[&str]| {
        let script = "\"$@\" > /dev/null & pid=$!; peak=0; while kill -0 $pid 2>/dev/null; do \
            now=$(sed -n 's/^VmHWM: *\\([0-9]*\\) kB/\\1/p' /proc/$pid/status 2>/dev/null); [ -n \"$now\" ] && peak=$now; sleep 0.01; done; echo $peak";
        let keyless = command(repo.path(), args);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", script, "sh"])
            .arg(keyless.get_program())
            .args(keyless.get_args())
            .current_dir(repo.path());
        let output = shell.output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse::<u64>().unwrap()
    };
    let (code, report) = repo.json(&["--threads", "2"]);
    assert_eq!(
        (code, &report["summary"]["history"]),
        (0, &serde_json::json!({"commits": 2000, "texts": 2000}))
    );
    let with = peak(&["check", "--history", "--threads", "2"]);
    let without = peak(&["check", "--threads", "2"]);
    assert!(with < without + 100_000, "{with} kB with the history, {without} kB without");
}

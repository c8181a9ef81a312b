//! `keyless.toml`: each key, which file holds where, and what is wrong with one.

use crate::harness::{Repo, findings, problems};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fs;
use std::path::Path;

/// IMDS01 (error), IMDS03 with a limit of 1 (warning, strict), KEY07 (warning, strict).
const INSTANCE: &str = r#"resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens                 = "optional"
    http_put_response_hop_limit = 2
  }
}

resource "aws_iam_user" "bob" {
  name = "bob"
}
"#;

fn repo(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::new();
    files.iter().for_each(|(path, text)| repo.write(path, text));
    repo
}

/// What is found below `a` and `b`, as `CODE severity folder`, and the exit code.
fn told(repo: &Repo, args: &[&str]) -> (i32, Vec<String>) {
    let (code, report) = repo.json(args);
    assert!(problems(&report).is_empty(), "{report:#}");
    let found = report["findings"].as_array().unwrap().iter();
    let mut told: Vec<String> = found
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            let folder = text("path").split('/').next().unwrap();
            format!("{} {} {folder}", text("code"), text("severity"))
        })
        .collect();
    told.sort();
    (code, told)
}

/// What `keyless.toml` at the top makes of the instance in `a`.
fn with(config: &str) -> Vec<String> {
    told(&repo(&[("keyless.toml", config), ("a/main.tf", INSTANCE)]), &[]).1
}

#[test]
fn each_key_counts() {
    for (config, expected) in [
        ("", vec!["IMDS01 error a"]),
        ("strict = true", vec!["IMDS01 error a", "KEY07 warning a"]),
        ("strict = true\nselect = ['KEY*']", vec!["KEY07 warning a"]),
        ("select = ['iam-user']", vec!["KEY07 warning a"]),
        ("strict = true\nignore = ['imds']", vec!["KEY07 warning a"]),
        ("exclude = ['/a']", vec![]),
        ("exclude = ['b/']", vec!["IMDS01 error a"]),
        ("[policy.IMDS01]\nseverity = 'note'", vec!["IMDS01 note a"]),
        ("policy.imdsv1-allowed.severity = 'warning'", vec!["IMDS01 warning a"]),
        ("policy.IMDS01.set = 'strict'", vec![]),
        ("policy.KEY07.set = 'default'", vec!["IMDS01 error a", "KEY07 warning a"]),
        ("policy.KEY07.mandatory = true", vec!["IMDS01 error a", "KEY07 warning a"]),
        ("select = ['IMDS03']\nimds.max-hop-limit = 1", vec!["IMDS03 warning a"]),
        ("select = ['IMDS03']", vec![]),
        ("[[overrides]]\npaths = ['a/**']\nignore = ['IMDS01']", vec![]),
        ("[[overrides]]\npaths = ['b/**']\nignore = ['IMDS01']", vec!["IMDS01 error a"]),
        ("[[overrides]]\npaths = ['*.tf']\nselect = ['KEY07']", vec!["KEY07 warning a"]),
        ("[[overrides]]\npaths = ['a']\npolicy.IMDS01.severity = 'note'", vec!["IMDS01 note a"]),
        (
            "[[overrides]]\npaths = ['a']\nignore = ['IMDS']\n[[overrides]]\npaths = ['a']\nselect = ['IMDS01']",
            vec!["IMDS01 error a"],
        ),
    ] {
        assert_eq!(with(config), expected, "{config}");
    }
}

#[test]
fn what_fails_a_run_is_configured() {
    for (config, code) in [
        ("fail-on = 'never'", 0),
        ("policy.IMDS01.severity = 'warning'", 0),
        ("fail-on = 'warning'\npolicy.IMDS01.severity = 'warning'", 1),
    ] {
        let repo = repo(&[("keyless.toml", config), ("a/main.tf", INSTANCE)]);
        assert_eq!(told(&repo, &[]).0, code, "{config}");
        assert_eq!(told(&repo, &["--fail-on", "note"]).0, 1, "{config}");
    }
}

#[test]
fn the_nearest_file_holds() {
    let repo = repo(&[
        ("keyless.toml", "select = ['KEY07']"),
        ("a/keyless.toml", "policy.IMDS01.severity = 'warning'"),
        ("a/main.tf", INSTANCE),
        ("a/deep/er/main.tf", INSTANCE),
        ("b/main.tf", INSTANCE),
    ]);
    let expected = ["IMDS01 warning a", "IMDS01 warning a", "KEY07 warning b"];
    assert_eq!(told(&repo, &[]), (0, expected.map(ToOwned::to_owned).to_vec()));
    // Wherever keyless starts.
    assert_eq!(told(&repo, &["a"]).1, ["IMDS01 warning a", "IMDS01 warning a"]);
    assert_eq!(told(&repo, &["a/deep/er/main.tf"]).1, ["IMDS01 warning a"]);
    assert_eq!(told(&repo, &["--no-config"]).1, ["IMDS01 error a", "IMDS01 error a", "IMDS01 error b"]);
}

#[test]
fn no_file_above_the_work_tree_is_looked_at() {
    let outer = tempfile::tempdir().unwrap();
    fs::write(outer.path().join("keyless.toml"), "ignore = ['IMDS01']").unwrap();
    let inner = outer.path().join("inner");
    fs::create_dir_all(inner.join(".git")).unwrap();
    fs::write(inner.join("main.tf"), INSTANCE).unwrap();
    assert_eq!(crate::harness::run_in(&inner, &["check"]).code, 1);
    fs::write(inner.join("keyless.toml"), "extends = '../keyless.toml'").unwrap();
    let ran = crate::harness::run_in(&inner, &["check", "--format", "concise"]);
    assert!(
        ran.stdout.contains("keyless.toml:1:12: problem[config] `../keyless.toml`: leads out"),
        "{ran:?}"
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn what_third_parties_bring_says_nothing() {
    let repo = repo(&[
        ("main.tf", "module \"m\" {\n  source = \"example.com/m\"\n}\n"),
        (
            ".terraform/modules/modules.json",
            r#"{"Modules": [{"Key": "m", "Source": "example.com/m", "Dir": ".terraform/modules/m"}]}"#,
        ),
        (".terraform/modules/m/main.tf", INSTANCE),
        (".terraform/modules/m/keyless.toml", "ignore = ['IMDS01']"),
    ]);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 main.tf:1".to_owned()]));
}

#[test]
fn what_is_extended_holds_where_nothing_is_said() {
    let repo = repo(&[
        (
            "base/common.toml",
            "strict = true\nignore = ['IMDS01']\nexclude = ['skipped']\npolicy.KEY07.severity = 'note'",
        ),
        ("base/more.toml", "extends = 'common.toml'\npolicy.KEY07.severity = 'error'"),
        ("a/keyless.toml", "extends = '../base/more.toml'"),
        ("a/main.tf", INSTANCE),
        ("b/keyless.toml", "extends = ['../base/common.toml']\nselect = ['IMDS01', 'KEY07']"),
        ("b/main.tf", INSTANCE),
        ("base/skipped/main.tf", INSTANCE),
        ("base/keyless.toml", "extends = 'common.toml'"),
    ]);
    assert_eq!(told(&repo, &[]).1, ["IMDS01 error b", "KEY07 error a", "KEY07 note b"]);
}

#[test]
fn what_cannot_be_extended_is_told() {
    for (config, message) in [
        (
            "extends = 'keyless.toml'",
            "keyless.toml:1:12: problem[config] `keyless.toml`: extends itself, by what it extends",
        ),
        (
            "extends = ['one.toml']",
            "one.toml:1:12: problem[config] `two.toml`: no such file, or a link to nothing",
        ),
        (
            "extends = '/etc/hostname'",
            "keyless.toml:1:12: problem[config] `/etc/hostname`: leads out of the repository",
        ),
        ("extends = ['a']", "keyless.toml:1:13: problem[config] `a`: not a regular file"),
    ] {
        let repo =
            repo(&[("keyless.toml", config), ("one.toml", "extends = 'two.toml'"), ("a/main.tf", INSTANCE)]);
        let ran = repo.run(&["check", "--format", "concise"]);
        assert!(ran.stdout.contains(message), "{config}: {ran:?}");
        assert_eq!(ran.code, 2);
    }
}

#[test]
fn two_files_that_extend_each_other_are_told() {
    let repo = repo(&[
        ("keyless.toml", "extends = 'other.toml'"),
        ("other.toml", "extends = 'keyless.toml'"),
        ("a/main.tf", INSTANCE),
    ]);
    let ran = repo.run(&["check", "--format", "concise"]);
    assert!(
        ran.stdout.contains("other.toml:1:12: problem[config] `keyless.toml`: extends itself"),
        "{ran:?}"
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn the_command_line_has_the_last_word() {
    let repo = repo(&[
        (
            "keyless.toml",
            "select = ['KEY07']\nignore = ['IMDS03']\nfail-on = 'never'\npolicy.IMDS01.severity = 'warning'",
        ),
        ("a/main.tf", INSTANCE),
    ]);
    assert_eq!(
        told(&repo, &["--select", "IMDS01,KEY07"]),
        (0, vec!["IMDS01 warning a".into(), "KEY07 warning a".into()])
    );
    assert_eq!(told(&repo, &["--ignore", "KEY07"]), (0, vec![]));
    assert_eq!(told(&repo, &["--fail-on", "warning"]), (1, vec!["KEY07 warning a".into()]));
    let other = repo.path().join("other.toml");
    fs::write(&other, "exclude = ['a']").unwrap();
    assert_eq!(told(&repo, &["--config", "other.toml"]), (0, vec![]));
    fs::write(&other, "[[overrides]]\npaths = ['a']\npolicy.IMDS01.severity = 'note'").unwrap();
    assert_eq!(told(&repo, &["--config", "other.toml"]), (0, vec!["IMDS01 note a".into()]));
    let (code, report) = repo.json(&["--config", "nowhere.toml"]);
    assert_eq!((code, problems(&report)), (2, vec!["config nowhere.toml".to_owned()]));
    assert_eq!(repo.run(&["check", "--no-config", "--config", "other.toml"]).code, 2);
}

#[test]
fn nothing_silences_what_is_mandatory() {
    let base = "[policy.IMDS01]\nmandatory = true\nseverity = 'error'\n[[overrides]]\npaths = ['a']\nignore = ['IMDS01']\npolicy.IMDS01.severity = 'note'\n";
    for below in [
        "",
        "ignore = ['IMDS01']",
        "select = ['KEY07']",
        "policy.IMDS01 = { mandatory = false, severity = 'note' }",
        "extends = '../keyless.toml'\nignore = ['IMDS']\npolicy.IMDS01.mandatory = false",
    ] {
        let repo = repo(&[("keyless.toml", base), ("a/main.tf", INSTANCE), ("a/keyless.toml", below)]);
        for args in [&[][..], &["--ignore", "IMDS01"], &["--select", "SEC"]] {
            let (code, told) = told(&repo, args);
            assert!(told.contains(&"IMDS01 error a".to_owned()), "{below} {args:?}: {told:?}");
            assert_eq!(code, 1, "{below} {args:?}");
        }
    }
    let repo = repo(&[("keyless.toml", base), ("a/main.tf", INSTANCE)]);
    assert_eq!(told(&repo, &["--no-config", "--ignore", "IMDS01"]).0, 0);
}

#[test]
fn no_acknowledgement_silences_what_is_mandatory() {
    let repo = Repo::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cdk/intake/cdk.out"), "cdk.out", &repo);
    let keys = |args: &[&str]| {
        let (_, report) = repo.json(args);
        let count = findings(&report).iter().filter(|finding| finding.starts_with("KEY01")).count();
        (count, report["suppressed"].as_array().unwrap().len())
    };
    let (found, suppressed) = keys(&["cdk.out"]);
    assert_ne!(suppressed, 0);
    repo.write("keyless.toml", "policy.KEY01.mandatory = true");
    assert_eq!(keys(&["cdk.out"]), (found + suppressed, 0));
}

fn copy(from: &Path, to: &str, repo: &Repo) {
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let name = format!("{to}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() { copy(&path, &name, repo) } else { repo.write(&name, fs::read(&path).unwrap()) }
    }
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let config = "sellect = ['KEY']\nstrict = 'yes'\nignore = ['IMDS1']\n\n[policy.KEY99]\nseverity = 'note'\n\n[policy.IMDS03]\nseverity = 'waring'\noptions.max-hop-limit = 3\n\n[imds]\nmax-hop-limit = 99\naccount-default = 'none'\n\n[[overrides]]\nignore = ['KEY']\n\n[[secrets.patterns]]\nid = 'x'\ndescription = 'X'\n";
    let lines = |config: &str| {
        let repo = repo(&[("keyless.toml", config), ("a/main.tf", INSTANCE)]);
        let ran = repo.run(&["check", "--format", "concise"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        let told = ran.stdout.lines().filter_map(|line| line.strip_prefix("keyless.toml:"));
        told.map(|line| line.replace("problem[config] ", "")).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(config),
        [
            "1:1: `sellect` is no key; did you mean `select`?",
            "2:11: `strict` has to be true or false, not a text",
            "9:13: `policy.IMDS03.severity` is one of `error`, `warning`, `note`, not `waring`; did you mean `warning`?",
            "13:17: `imds.max-hop-limit` has to be from 1 to 64",
            "14:20: `imds.account-default` is one of `required`, `optional`, not `none`",
            "17:1: `overrides` needs the key `paths`",
            "20:1: `secrets.patterns` needs the key `regex`",
        ]
    );
    assert_eq!(
        lines(
            "ignore = ['IMDS1']\nexclude = ['a[']\npolicies = ['own']\n[policy.KEY99]\n[policy.IMDS03.options]\nmax-hop-limit = 3\nother = 1\n[[overrides]]\npaths = ['a']\nselect = ['NONSENSE']\npolicy.sshkeypair.severity = 'note'\n"
        ),
        [
            "1:12: no policy, name or family is called `IMDS1`; did you mean `IMDS`?",
            "2:13: no pattern: error parsing glob 'a[': unclosed character class; missing ']'",
            "3:14: `own`: no such file, or a link to nothing",
            "4:9: no policy is called `KEY99`; did you mean `KEY01`?",
            "6:17: this is set in the table `[imds]`: `max-hop-limit`",
            "7:9: `IMDS03` has no option `other`",
            "10:12: no policy, name or family is called `NONSENSE`",
            "11:8: no policy is called `sshkeypair`; did you mean `ssh-key-pair`?",
        ]
    );
    assert_eq!(lines("strict = \nselect = ['KEY']\nfail-on = \n").len(), 2);
    let pattern = |rest: &str| lines(&format!("[[secrets.patterns]]\nid = 'x'\ndescription = 'X'\n{rest}"));
    assert_eq!(pattern("regex = 'a('"), ["4:10: unclosed group"]);
    assert_eq!(pattern("regex = 'a'\nexample = ['a', 'b']"), ["5:11: `x` is not found in example 2"]);
    assert_eq!(
        pattern("regex = 'a'\ncounterexample = ['b', 'ab']"),
        ["5:18: `x` is found in counterexample 2"]
    );
}

#[cfg(unix)]
#[test]
fn a_configuration_that_cannot_be_read_is_told() {
    let repo = repo(&[("a/main.tf", INSTANCE)]);
    if !repo.pipe("a/keyless.toml") {
        return;
    }
    repo.link("b/keyless.toml", "/etc/hostname");
    repo.write("b/main.tf", INSTANCE);
    repo.write("c/main.tf", INSTANCE);
    repo.write("c/keyless.toml", vec![b'#'; 2 << 20]);
    repo.link("d/keyless.toml", "nowhere");
    repo.write("d/main.tf", INSTANCE);
    repo.write("e/keyless.toml", format!("select = {}", "[".repeat(100_000)));
    repo.write("e/main.tf", INSTANCE);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, findings(&report).len()), (2, 5));
    let mut told = problems(&report);
    told.dedup();
    let expected = ["a", "b", "c", "d", "e"].map(|folder| format!("config {folder}/keyless.toml"));
    assert_eq!(told, expected);
}

#[test]
fn the_account_default_may_be_vouched_for() {
    let plain = "resource \"aws_instance\" \"web\" {\n  ami = \"ami-12345678\"\n  iam_instance_profile = \"web\"\n}\n";
    let repo = repo(&[
        ("keyless.toml", "imds.account-default = 'required'"),
        ("a/main.tf", plain),
        ("b/main.tf", plain),
        ("b/keyless.toml", ""),
    ]);
    assert_eq!(told(&repo, &[]).1, ["IMDS02 error b", "IMDS02 note a"]);
    assert!(repo.run(&["check", "a"]).stdout.contains("`imds.account-default` of the configuration"));
    assert!(repo.run(&["facts", "a"]).stdout.contains("\"account_default\": \"required\""));
}

#[test]
fn tokens_of_ones_own_are_found_and_masked() {
    let token = format!("acme_{}", "0badcafe");
    let config = "[[secrets.patterns]]\nid = 'acme-token'\ndescription = 'ACME token'\nregex = 'acme_[0-9a-f]{8}'\nallow = 'acme_0{8}'\n";
    let code = format!("locals {{\n  a = \"{token}\"\n  b = \"acme_00000000\"\n}}\n");
    let template =
        format!("Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: {token}\n");
    let repo = repo(&[
        ("a/keyless.toml", config),
        ("a/main.tf", &code),
        ("a/t.yaml", &template),
        ("b/main.tf", &code),
    ]);
    let (code, report) = repo.json(&[]);
    assert_eq!(
        (code, findings(&report)),
        (1, vec!["SEC02 a/main.tf:2".to_owned(), "SEC02 a/t.yaml:5".to_owned()])
    );
    for format in crate::harness::FORMATS {
        let ran = repo.run(&["check", "--format", format]);
        assert!(ran.stdout.contains("ACME token"), "{ran:?}");
        assert!(!ran.stdout.contains(&token), "{ran:?}");
    }
}

#[test]
fn tokens_of_ones_own_are_found_where_they_are_put_together_or_decoded() {
    let halves = ["acme_0bad", "cafe"];
    let token = halves.concat();
    let config = "[[secrets.patterns]]\nid = 'acme-token'\ndescription = 'ACME token'\nregex = 'acme_[0-9a-f]{8}'\n\
        [[secrets.patterns]]\nid = 'zeta'\ndescription = 'ZETA token'\nregex = 'zz[0-9]{6}'\nkeyword = 'ZETA'\n";
    let script = STANDARD.encode(format!("#!/bin/sh\ncurl -H 'X-Acme: {token}' https://acme.io\n"));
    let code = format!(
        r#"locals {{
  a = "{}"
  z = "123456"
}}
resource "aws_lambda_function" "f" {{
  environment {{
    variables = {{
      ACME = "${{local.a}}{}"
      ZETA = "zz${{local.z}}"
      OTHER = "yy${{local.z}}"
    }}
  }}
}}
resource "aws_db_instance" "d" {{
  password = join("", [local.a, "{}"])
}}
resource "aws_launch_template" "t" {{
  user_data = "{script}"
}}
"#,
        halves[0], halves[1], halves[1]
    );
    let template = format!(
        "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n          \
         ACME: !Join ['', [{}, {}]]\n",
        halves[0], halves[1]
    );
    let repo = repo(&[
        ("a/keyless.toml", config),
        ("a/main.tf", &code),
        ("a/t.yaml", &template),
        ("b/main.tf", &code),
    ]);
    let (_, report) = repo.json(&["--select", "SEC"]);
    let found = findings(&report);
    let own = [
        "SEC02 a/main.tf:8",
        "SEC02 a/main.tf:9",
        "SEC02 a/main.tf:2",
        "SEC02 a/main.tf:18",
        "SEC02 a/t.yaml:7",
    ];
    for place in own {
        assert!(found.iter().any(|found| found == place), "{place}: {found:?}");
    }
    assert!(
        !found.iter().any(|found| found.starts_with("SEC02 b/") || found == "SEC02 a/main.tf:10"),
        "{found:?}"
    );
    for format in crate::harness::FORMATS {
        let ran = repo.run(&["check", "--format", format, "a"]);
        assert!(ran.stdout.contains("ACME token") && ran.stdout.contains("ZETA token"), "{ran:?}");
        assert!([&token, &script, halves[0]].iter().all(|form| !ran.stdout.contains(*form)), "{ran:?}");
    }
}

#[test]
fn what_holds_for_a_path_is_printed() {
    let repo = repo(&[
        ("keyless.toml", "strict = true\nimds.max-hop-limit = 1\npolicy.KEY01.mandatory = true"),
        (
            "a/keyless.toml",
            "extends = '../keyless.toml'\nfail-on = 'note'\nignore = ['IMDS01']\npolicy.KEY07.severity = 'error'",
        ),
    ]);
    let ran = repo.run(&["config", "a"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for line in [
        "configuration: keyless.toml, then a/keyless.toml",
        "strict = true",
        "fail-on = \"note\"",
        "IMDS01 imdsv1-allowed off, default (a/keyless.toml)",
        "IMDS03 hop-limit on, strict, imds.max-hop-limit = 1 (keyless.toml)",
        "KEY01 access-key-resource on, default, mandatory (keyless.toml)",
        "KEY07 iam-user on, strict, error (keyless.toml, a/keyless.toml)",
    ] {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.stdout.lines().any(|known| words(known) == line), "{line}:\n{}", ran.stdout);
    }
    assert!(
        repo.run(&["config", "--no-config"]).stdout.starts_with("no configuration file\nstrict = false\n")
    );
    repo.write("b/keyless.toml", "nonsense = 1");
    let wrong = repo.run(&["config", "b"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("b/keyless.toml:1:1: `nonsense` is no key"), "{wrong:?}");
    let page = repo.run(&["explain", "IMDS03"]).stdout;
    assert!(page.ends_with("\n## Here\n\nkeyless.toml: on, strict, imds.max-hop-limit = 1\n"), "{page}");
    let listed = repo.run(&["policies"]).stdout;
    assert!(listed.contains("(mandatory)"), "{listed}");
}

#[test]
fn the_document_tells_of_every_key_and_its_example_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/configuration.md")).unwrap();
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root.join("schema/config.schema.json")).unwrap()).unwrap();
    let mut keys = Vec::new();
    keys_of(&schema, &mut keys);
    for key in keys {
        assert!(document.contains(&key), "{key} is not told of");
    }
    let mut examples = document.split("```toml\n").skip(1);
    let example = examples.next().unwrap().split("```").next().unwrap();
    let repo = repo(&[("keyless.toml", example), ("a/main.tf", INSTANCE), ("examples/main.tf", INSTANCE)]);
    let expected = ["IMDS01 error a", "IMDS03 warning a", "KEY07 error a"];
    assert_eq!(told(&repo, &[]), (1, expected.map(ToOwned::to_owned).to_vec()));
    assert!(examples.next().is_none());
}

fn keys_of(schema: &serde_json::Value, keys: &mut Vec<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        keys.push(key.clone());
        keys_of(inner, keys);
    }
    for inner in [&schema["items"], &schema["additionalProperties"]] {
        if inner.is_object() {
            keys_of(inner, keys);
        }
    }
}

/// A policy over facts with an option: as many instances as it says, at most.
const OWN: &str = "# id: OWN01\n# name: few-instances\n# title: more instances than there may be\n# input: facts\n# severity: warning\n# option: kinds = ['instance']\nlet kinds = [\"instance\"]\n\n# case: kind\n# title: not one of {kinds}\nrule few_instances_kind when computes !empty {\n    computes.*.kind not IN %kinds\n}\n";

#[test]
fn policies_of_ones_own_are_named_and_set() {
    let repo = repo(&[
        ("policies/few-instances.guard", OWN),
        ("keyless.toml", "policies = ['policies']\nselect = ['OWN']\npolicy.OWN01.severity = 'note'"),
        ("a/main.tf", INSTANCE),
        ("b/keyless.toml", "extends = '../keyless.toml'\npolicy.OWN01.options.kinds = ['volume']"),
        ("b/main.tf", INSTANCE),
        ("c/keyless.toml", "select = ['KEY07']"),
        ("c/main.tf", INSTANCE),
    ]);
    assert_eq!(told(&repo, &[]).1, ["KEY07 warning c", "OWN01 note a"]);
    assert!(
        repo.run(&["check", "a"]).stdout.contains("not one of instance"),
        "{:?}",
        repo.run(&["check", "a"])
    );
    // Mandatory ones hold where a file further down names none.
    repo.write("keyless.toml", "policies = ['policies']\npolicy.OWN01.mandatory = true\nselect = ['OWN']");
    assert_eq!(
        told(&repo, &[]).1,
        ["KEY07 warning c", "OWN01 warning a", "OWN01 warning b", "OWN01 warning c"]
    );
    assert!(repo.run(&["policies"]).stdout.contains("OWN01"));
    assert_eq!(repo.run(&["facts"]).code, 0);
    assert!(repo.run(&["config", "b"]).stdout.contains("policies: policies\n"));
    for (config, message) in [
        (
            "policies = ['policies']\npolicy.OWN01.options.kinds = 3",
            "keyless.toml:2:30: problem[config] this has to be a list",
        ),
        (
            "policies = ['policies']\npolicy.OWN01.options.kind = []",
            "keyless.toml:2:29: problem[config] `OWN01` has no option `kind`",
        ),
        ("ignore = ['OWN01']", "no policy, name or family is called `OWN01`"),
    ] {
        repo.write("keyless.toml", config);
        repo.write("b/keyless.toml", "");
        let ran = repo.run(&["check", "--format", "concise"]);
        assert!(ran.stdout.contains(message), "{config}: {ran:?}");
        assert_eq!(ran.code, 2);
    }
}

#[test]
fn options_of_several_folders_are_judged_each_for_itself() {
    let repo = repo(&[("keyless.toml", "select = ['IMDS03', 'KEY07']"), ("a/main.tf", INSTANCE)]);
    for (folder, limit) in [("b", 1), ("c", 3), ("d", 1)] {
        repo.write(
            &format!("{folder}/keyless.toml"),
            format!("select = ['IMDS03']\nimds.max-hop-limit = {limit}"),
        );
        repo.write(&format!("{folder}/main.tf"), INSTANCE);
    }
    assert_eq!(told(&repo, &[]).1, ["IMDS03 warning b", "IMDS03 warning d", "KEY07 warning a"]);
}

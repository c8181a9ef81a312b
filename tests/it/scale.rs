//! `--shard` and `keyless merge`: many runs say together what one says.

use crate::harness::{FORMATS, Ran, Repo, VIOLATION, command, corpora, run_in};
use keyless::report::Report;
use keyless::syntax::doc::{NodeRef, parse_yaml};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TEMPLATE: &str = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        MetadataOptions:\n          HttpTokens: optional\n";

/// Root modules with shared modules, scripts, nested templates, variables, and what stands by itself.
fn tree() -> Repo {
    let repo = Repo::new();
    for at in 0..12 {
        repo.write(&format!("services/s{at}/main.tf"), VIOLATION);
        repo.write(&format!("services/s{at}/.env"), "REGION=eu-west-1\n");
        repo.write(&format!("stacks/t{at}/template.yaml"), TEMPLATE);
    }
    let module = "variable \"tokens\" {}\nresource \"aws_launch_template\" \"a\" {\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n";
    repo.write("modules/web/main.tf", module);
    for at in 0..4 {
        let call = "module \"web\" {\n  source = \"../../modules/web\"\n  tokens = \"optional\"\n}\n";
        repo.write(&format!("live/l{at}/main.tf"), call);
    }
    repo.write("modules/inner/web/main.tf", module);
    repo.write(
        "modules/inner/main.tf",
        "module \"web\" {\n  source = \"./web\"\n  tokens = \"optional\"\n}\n",
    );
    for name in ["x", "y"] {
        let code = "resource \"aws_instance\" \"a\" {\n  user_data = file(\"${path.module}/../scripts/run.sh\")\n}\n";
        repo.write(&format!("jobs/{name}/main.tf"), code);
        let nested = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ../common/inner.yaml\n";
        repo.write(&format!("nested/{name}/template.yaml"), nested);
    }
    repo.write(
        "jobs/scripts/run.sh",
        format!("#!/bin/sh\nexport DB_PASSWORD={}\n", ["xK9w", "Lm3q", "Rt7v"].concat()),
    );
    repo.write("nested/common/inner.yaml", TEMPLATE);
    repo.write("broken/main.tf", "resource \"aws_instance\" {{{\n");
    repo
}

/// A run's report, whatever its exit code.
fn report(folder: &Path, args: &[&str]) -> (i32, String) {
    let Ran { code, stdout, .. } = run_in(folder, &[&["check", "--format", "json"], args].concat());
    (code, stdout)
}

/// The reports of all shards, in files.
fn shards(folder: &Path, of: u32, args: &[&str], out: &Path) -> Vec<PathBuf> {
    (1..=of)
        .map(|number| {
            let shard = format!("{number}/{of}");
            let (_, text) = report(folder, &[&["--shard", &shard], args].concat());
            let path = out.join(format!("{number}.json"));
            fs::write(&path, text).unwrap();
            path
        })
        .collect()
}

fn merge(folder: &Path, paths: &[PathBuf], args: &[&str]) -> Ran {
    let files: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    run_in(folder, &[&["merge"], args, &files].concat())
}

fn together(folder: &Path, args: &[&str], counts: &[u32]) {
    let (code, whole) = report(folder, args);
    for of in counts {
        let out = tempfile::tempdir().unwrap();
        let paths = shards(folder, *of, args, out.path());
        let ran = merge(folder, &paths, &["--format", "json"]);
        assert_eq!(ran.code, code, "{of} shards of {}: {}", folder.display(), ran.stderr);
        assert!(
            ran.stdout == whole,
            "{of} shards of {}: {}",
            folder.display(),
            difference(&ran.stdout, &whole)
        );
    }
}

fn difference(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).enumerate();
    let other = lines.filter(|(_, (a, b))| a != b).take(5);
    other.map(|(at, (a, b))| format!("\n{at}: merged {a}\n{at}: whole  {b}")).collect()
}

#[test]
fn all_shards_say_what_one_run_says() {
    let repo = tree();
    together(repo.path(), &[], &[1, 2, 3, 7]);
    together(repo.path(), &["--strict"], &[4]);
    together(repo.path(), &["services", "live"], &[3]);
    repo.write("policies/own.guard", "# id: OWN01\n# name: own\n# title: x\n# input: facts\n# set: default\n\n# case: a\n# severity: error\n# title: x\nrule own_a when computes !empty {\n  computes.* { imds.tokens != 'optional' }\n}\n");
    together(repo.path(), &["--policy", "policies"], &[3]);
}

#[test]
fn files_of_values_are_judged_with_their_templates() {
    let repo = Repo::new();
    let password = ["xK9w", "Lm3q", "Rt7v"].concat();
    let word = "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  Word: {Type: String, NoEcho: true}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref Word\n";
    for at in 0..6 {
        repo.write(&format!("words/w{at}/template.yaml"), word);
        let values = format!("[{{\"ParameterKey\": \"Word\", \"ParameterValue\": \"{password}{at}\"}}]\n");
        repo.write(&format!("words/w{at}/params/prod.json"), values);
        let deployed = format!(
            "template-file-path: words/w{at}/template.yaml\nparameters:\n  Word: {password}{}\n",
            at + 20
        );
        repo.write(&format!("deployments/w{at}/prod.yaml"), deployed);
    }
    for at in 0..3 {
        let values = format!("db_password = \"{password}{}\"\n", at + 40);
        repo.write(&format!("images/i{at}/prod.pkrvars.hcl"), values);
        repo.write(
            &format!("images/i{at}/tests/a.tftest.hcl"),
            "provider \"aws\" {\n  secret_key = \"mock\"\n}\n",
        );
    }
    together(repo.path(), &[], &[2, 3, 7]);
}

#[test]
fn a_baseline_holds_in_every_shard() {
    let repo = tree();
    fs::remove_dir_all(repo.path().join("broken")).unwrap();
    let ran = repo.run(&["baseline", "--include-secrets"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    fs::remove_dir_all(repo.path().join("services/s3")).unwrap();
    repo.write("services/s4/main.tf", VIOLATION.replace("optional", "required"));
    repo.write("services/s99/main.tf", VIOLATION);
    together(repo.path(), &[], &[3]);
    let (_, whole) = report(repo.path(), &[]);
    let whole: Json = serde_json::from_str(&whole).unwrap();
    assert!(whole["stale"].as_array().is_some_and(|stale| stale.len() >= 2), "{}", whole["stale"]);
}

#[test]
fn public_code_is_the_same_in_shards() {
    let Some(corpora) = corpora() else { return };
    for name in ["terragoat", "cfngoat", "terraform-aws-eks", "aws-cloudformation-templates"] {
        let folder = corpora.join(name);
        if folder.is_dir() {
            together(&folder, &[], &[3]);
        }
    }
}

#[test]
fn what_is_added_elsewhere_moves_nothing() {
    let repo = tree();
    let of_shard = |number: u32| -> Vec<String> {
        let (_, text) = report(repo.path(), &["--shard", &format!("{number}/3")]);
        let json: Json = serde_json::from_str(&text).unwrap();
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["path"].as_str().unwrap().to_owned()).collect()
    };
    let before: Vec<_> = (1..=3).map(of_shard).collect();
    assert!(before.iter().all(|paths| !paths.is_empty()), "{before:?}");
    for name in ["aaa", "services/new", "zzz"] {
        repo.write(&format!("{name}/main.tf"), "resource \"aws_vpc\" \"a\" {}\n");
    }
    assert_eq!((1..=3).map(of_shard).collect::<Vec<_>>(), before);
}

#[test]
fn what_is_no_shard_or_cannot_be_one_is_refused() {
    let repo = Repo::with_violation();
    for args in [
        &["--shard", "0/3"][..],
        &["--shard", "4/3"],
        &["--shard", "x"],
        &["--shard", "1/2", "--var", "a=1"],
        &["--shard", "1/2", "--var-file", "a.tfvars"],
        &["--shard", "1/2", "--parameters", "a.json"],
    ] {
        assert_eq!(repo.run(&[&["check"], args].concat()).code, 2, "{args:?}");
    }
}

#[test]
fn merging_knows_no_order_and_no_steps() {
    let repo = tree();
    let out = tempfile::tempdir().unwrap();
    let paths = shards(repo.path(), 5, &[], out.path());
    let read = |path: &PathBuf| Report::read(&fs::read_to_string(path).unwrap()).unwrap();
    let reports: Vec<Report> = paths.iter().map(read).collect();
    let print = |report: &Report| serde_json::to_string(report).unwrap();
    let whole = print(&Report::merged(reports.clone()));
    let mut state = 7_usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..50 {
        // Any two of those that are left, until one is.
        let mut left = reports.clone();
        while left.len() > 1 {
            let a = left.swap_remove(next(left.len()));
            let b = left.swap_remove(next(left.len()));
            left.push(Report::merged([a, b]));
        }
        assert_eq!(print(&left[0]), whole);
    }
}

#[test]
fn a_report_is_merged_with_itself_and_with_others_of_its_kind() {
    let (one, two) = (Repo::with_violation(), Repo::with_violation());
    let out = tempfile::tempdir().unwrap();
    let path = |name: &str| out.path().join(name);
    fs::write(path("a.json"), report(one.path(), &[]).1).unwrap();
    fs::write(path("b.json"), report(two.path(), &[]).1).unwrap();
    let files = |args: &[&str]| -> Json {
        let ran = run_in(out.path(), &[&["merge", "--format", "json"], args].concat());
        assert_eq!(ran.code, 1, "{ran:?}");
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let found = |json: &Json| -> Vec<String> {
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found(&files(&["a.json", "b.json"])), ["good/main.tf"]);
    let named = files(&["acme/a=a.json", "acme/b=b.json"]);
    assert_eq!(found(&named), ["acme/a/good/main.tf", "acme/b/good/main.tf"]);
    assert_eq!((&named["summary"]["files"], &named["summary"]["findings"]["error"]), (&2.into(), &2.into()));
    let ran = run_in(out.path(), &["merge", "--fail-on", "never", "a.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn every_format_is_printed_of_merged_reports() {
    let repo = tree();
    let out = tempfile::tempdir().unwrap();
    let paths = shards(repo.path(), 2, &[], out.path());
    for format in FORMATS {
        let ran = merge(repo.path(), &paths, &["--format", format]);
        assert_eq!(ran.code, 2, "{format}: {}", ran.stderr);
        assert!(ran.stdout.contains("services/s1/main.tf"), "{format}: {}", ran.stdout);
    }
}

#[test]
fn sarif_becomes_one_run() {
    let repo = tree();
    let out = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for number in 1..=3 {
        let ran = repo.run(&["check", "--format", "sarif", "--shard", &format!("{number}/3")]);
        paths.push(out.path().join(format!("{number}.sarif")));
        fs::write(&paths[number - 1], ran.stdout).unwrap();
    }
    let ran = merge(repo.path(), &paths, &[]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let merged: Json = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(merged["runs"].as_array().unwrap().len(), 1);
    let run = &merged["runs"][0];
    let whole: Json = serde_json::from_str(&repo.run(&["check", "--format", "sarif"]).stdout).unwrap();
    let results = |run: &Json| run["results"].as_array().unwrap().len();
    assert_eq!(results(run), results(&whole["runs"][0]));
    for result in run["results"].as_array().unwrap() {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
    }
    paths.reverse();
    assert_eq!(merge(repo.path(), &paths, &[]).stdout, ran.stdout);
    fs::write(out.path().join("merged.sarif"), &ran.stdout).unwrap();
    assert_eq!(
        merge(repo.path(), &[out.path().join("merged.sarif"), paths[1].clone()], &[]).stdout,
        ran.stdout
    );
}

#[test]
fn reports_that_cannot_be_merged_are_told() {
    let repo = Repo::with_violation();
    let (_, good) = report(repo.path(), &[]);
    repo.write("good.json", &good);
    repo.write("cut.json", &good[..good.len() / 2]);
    repo.write("new.json", good.replacen("\"version\": 1", "\"version\": 2", 1));
    repo.write("other.json", "{\"version\": \"2.1.0\", \"runs\": []}");
    for (args, said) in [
        (&["good.json", "cut.json"][..], "cut.json: no report"),
        (&["new.json"], "new.json: a report of version 2"),
        (&["none.json"], "none.json: no such file"),
        (&["good.json", "other.json"], "some of these files are SARIF"),
        (&["other.json", "--format", "html"], "SARIF is merged into SARIF"),
        (&[], "required"),
    ] {
        let ran = repo.run(&[&["merge"], args].concat());
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.stderr.contains(said), "{args:?}: {ran:?}");
    }
}

/// The code blocks of the page, by language.
fn blocks(language: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md");
    let page = fs::read_to_string(page).unwrap();
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Runs shell text as a step of a job would be run.
fn step(folder: &Path, script: &str, environment: &[(&str, &str)]) -> (i32, String) {
    let bin = Path::new(env!("CARGO_BIN_EXE_keyless")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-e", "-o", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    let output = bash.envs(environment.iter().copied()).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn run_of<'d>(job: NodeRef<'d>) -> NodeRef<'d> {
    job.get("steps").unwrap().items().find(|step| step.get("run").is_some()).unwrap()
}

#[cfg(unix)]
#[test]
fn the_matrix_of_the_page_says_what_one_run_says() {
    let workflow = blocks("yaml").into_iter().find(|block| block.contains("matrix:")).unwrap();
    let document = parse_yaml(&workflow).unwrap();
    let jobs = document.root(&workflow).unwrap().get("jobs").unwrap();
    let check = jobs.get("check").unwrap();
    let matrix = check.get("strategy").unwrap().get("matrix").unwrap().get("shard").unwrap();
    let shards: Vec<String> = matrix.items().map(|item| item.scalar_text().unwrap().into_owned()).collect();
    let judged = run_of(check);
    let script = judged.get("run").unwrap().scalar_text().unwrap();
    let artifacts = tempfile::tempdir().unwrap();
    for shard in &shards {
        // Each job has a checkout of its own.
        let repo = tree();
        let environment: Vec<(String, String)> = judged
            .get("env")
            .unwrap()
            .entries()
            .map(|(name, value)| {
                let value = match &*value.scalar_text().unwrap() {
                    "${{ matrix.shard }}" => shard.clone(),
                    "${{ strategy.job-total }}" => shards.len().to_string(),
                    other => panic!("{other}"),
                };
                (name.scalar_text().unwrap().into_owned(), value)
            })
            .collect();
        let environment: Vec<(&str, &str)> =
            environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (code, stderr) = step(repo.path(), &script, &environment);
        assert_eq!(code, 0, "{stderr}");
        copy(&repo.path().join("reports"), artifacts.path());
    }
    let merging = tempfile::tempdir().unwrap();
    copy(artifacts.path(), &merging.path().join("reports"));
    let script = run_of(jobs.get("merge").unwrap()).get("run").unwrap().scalar_text().unwrap();
    let (code, stderr) = step(merging.path(), &script, &[]);
    let (whole_code, whole) = report(tree().path(), &[]);
    assert_eq!(code, whole_code, "{stderr}");
    let merged = fs::read_to_string(merging.path().join("keyless.json")).unwrap();
    assert!(merged == whole, "{}", difference(&merged, &whole));
}

#[cfg(unix)]
#[test]
fn the_shell_of_the_page_runs() {
    let script = blocks("sh").into_iter().find(|block| block.contains("xargs")).unwrap();
    let repo = tree();
    let (code, stderr) = step(repo.path(), &script, &[]);
    let (whole_code, whole) = report(repo.path(), &["--exclude", "reports"]);
    assert_eq!(code, whole_code, "{stderr}");
    assert!(fs::read_to_string(repo.path().join("keyless.json")).unwrap() == whole);

    let job = blocks("yaml").into_iter().find(|block| block.contains("Indexed")).unwrap();
    let line = job.lines().find(|line| line.contains("JOB_COMPLETION_INDEX")).unwrap();
    let line = line.trim().trim_start_matches("- ").replace("/reports/", "out/");
    let repo = tree();
    for index in 0..8 {
        let (code, stderr) = step(repo.path(), &line, &[("JOB_COMPLETION_INDEX", &index.to_string())]);
        assert_eq!(code, 0, "{stderr}");
    }
    let (code, _) =
        step(repo.path(), "find out -name '*.json' | keyless merge --files-from - > all.txt", &[]);
    assert_eq!(code, 2);
    assert!(command(repo.path(), &["check"]).output().unwrap().status.code() == Some(2));
}

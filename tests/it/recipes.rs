//! What `docs/integrations.md` and the README tell people to copy, run as it stands there.

#![cfg(unix)]

use crate::harness::{Repo, VIOLATION};
use crate::runner::{yaml, yaml_text};
use regex::Regex;
use serde_json::{Value as Json, json};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The block of a page behind `<!-- recipe: NAME -->`.
fn recipe_of(page: &str, name: &str) -> String {
    let text = fs::read_to_string(project().join(page)).unwrap();
    let behind =
        text.split_once(&format!("<!-- recipe: {name} -->\n```")).unwrap_or_else(|| panic!("no {name}")).1;
    let block = behind.split_once("\n```").unwrap().0;
    block.split_once('\n').unwrap().1.to_owned() + "\n"
}

fn recipe(name: &str) -> String {
    recipe_of("docs/integrations.md", name)
}

/// What one of these exits with and says, both outputs in one.
struct Shell {
    code: i32,
    said: String,
}

/// A folder of programs that comes first in PATH: this keyless, and others that are made up.
struct Programs(tempfile::TempDir);

impl Programs {
    fn new() -> Self {
        let programs = Self(tempfile::tempdir().unwrap());
        symlink(env!("CARGO_BIN_EXE_keyless"), programs.0.path().join("keyless")).unwrap();
        programs
    }

    fn with(self, name: &str, script: &str) -> Self {
        let path = self.0.path().join(name);
        // Never through the link to the real one.
        let _ = fs::remove_file(&path);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn path(&self) -> String {
        format!("{}:{}", self.0.path().display(), std::env::var("PATH").unwrap())
    }

    /// A line of shell in a folder.
    fn sh(&self, folder: &Path, line: &str, environment: &[(&str, &str)]) -> Shell {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{{ {line}\n}} 2>&1")]).current_dir(folder).env("PATH", self.path());
        let output = shell.envs(environment.iter().copied()).output().unwrap();
        Shell { code: output.status.code().unwrap(), said: String::from_utf8(output.stdout).unwrap() }
    }
}

const CLEAN: &str = "variable \"region\" {}\n";

/// A tool of `.ci/tools`, which `.ci/run` puts in place.
fn tool(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("KEYLESS_TOOLS").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: no {name} here (set KEYLESS_TOOLS=$(.ci/lint --install))");
        return None;
    };
    Some(Path::new(&folder).join(name))
}

fn holds_against_schema(schema: &str, text: &str) {
    let Some(tool) = tool("check-jsonschema") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.yml");
    fs::write(&file, text).unwrap();
    let output = Command::new(tool).args(["--builtin-schema", schema]).arg(file).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_workflow_is_one_and_names_inputs_and_outputs_that_are_there() {
    let action = yaml(&project().join("action.yml"));
    let page = recipe("github");
    assert_eq!(
        page,
        recipe_of("README.md", "github"),
        "README.md and docs/integrations.md show two workflows"
    );
    holds_against_schema("vendor.github-workflows", &page);
    let workflow = yaml_text(&page);
    let steps = workflow["jobs"]["keyless"]["steps"].as_array().unwrap();
    assert_eq!(steps[0]["with"]["fetch-depth"], 2);
    for used in Regex::new(r"steps\.keyless\.outputs\.([a-z-]+)").unwrap().captures_iter(&page) {
        assert!(action["outputs"].get(&used[1]).is_some(), "{}", &used[1]);
    }
    // The tables of the page.
    let text = fs::read_to_string(project().join("docs/integrations.md")).unwrap();
    let table = |heading: &str| {
        let rows = text
            .split_once(&format!("| {heading} | |\n|---|---|\n"))
            .unwrap()
            .1
            .split("\n\n")
            .next()
            .unwrap()
            .to_owned();
        let mut names: Vec<String> = rows
            .lines()
            .flat_map(|row| {
                row.split(" | ")
                    .next()
                    .unwrap()
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
        names.sort();
        names
    };
    for (heading, key) in [("input", "inputs"), ("output", "outputs")] {
        let mut names: Vec<_> = action[key].as_object().unwrap().keys().cloned().collect();
        names.sort();
        assert_eq!(table(heading), names, "{heading}");
    }
}

#[test]
fn plan_and_make_run_terraform_only_when_clean() {
    let programs = Programs::new().with("terraform", "echo \"terraform $*\"");
    let repo = Repo::new();
    repo.write("main.tf", CLEAN);
    repo.write("prod.tfvars", "region = \"eu-west-1\"\n");
    repo.write("Makefile", recipe("make"));
    let ran = programs.sh(repo.path(), &recipe("plan"), &[]);
    assert!(ran.code == 0 && ran.said.ends_with("terraform plan -var-file=prod.tfvars\n"), "{}", ran.said);
    let ran = programs.sh(repo.path(), "make plan", &[]);
    assert!(ran.code == 0 && ran.said.ends_with("terraform plan -out=tfplan\n"), "{}", ran.said);

    repo.write("main.tf", VIOLATION);
    for line in [recipe("plan"), "make plan".to_owned()] {
        let ran = programs.sh(repo.path(), &line, &[]);
        assert_ne!(ran.code, 0);
        assert!(
            ran.said.contains("error[IMDS01]")
                && !ran.said.lines().any(|line| line.starts_with("terraform ")),
            "{}",
            ran.said
        );
    }
}

#[test]
fn the_hook_of_terragrunt_judges_its_unit() {
    let repo = Repo::new();
    repo.write("live/root.hcl", recipe("terragrunt"));
    repo.write("live/web/terragrunt.hcl", "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\nterraform {\n  source = \"../../modules/web\"\n}\n");
    repo.write("modules/web/main.tf", VIOLATION);
    repo.write("live/web/.terragrunt-cache/x/main.tf", VIOLATION);
    let unit = repo.path().join("live/web");
    let hook = recipe("terragrunt");
    let list = Regex::new(r"execute\s*=\s*\[(.+)\]").unwrap().captures(&hook).unwrap()[1].to_owned();
    let words: Vec<String> = list
        .split(", ")
        .map(|word| match word {
            "get_terragrunt_dir()" => unit.display().to_string(),
            quoted => quoted.trim_matches('"').to_owned(),
        })
        .collect();
    let run = || {
        let (program, rest) = words.split_first().unwrap();
        assert_eq!(program, "keyless");
        let args: Vec<&str> = rest.iter().map(String::as_str).collect();
        crate::harness::run_in(&unit.join(".terragrunt-cache/x"), &args)
    };
    let ran = run();
    assert!(ran.code == 1 && ran.stdout.contains("modules/web/main.tf:6"), "{ran:?}");
    repo.write("modules/web/main.tf", CLEAN);
    assert_eq!(run().code, 0, "{:?}", run());
}

#[test]
fn the_steps_of_atlantis_judge_code_and_plan() {
    let workflow = yaml_text(&recipe("atlantis"));
    let steps = workflow["workflows"]["keyless"]["plan"]["steps"].as_array().unwrap();
    // What the code leaves open the plan tells.
    let repo = Repo::new();
    repo.write("main.tf", VIOLATION.replace("\"optional\"", "var.tokens") + "\nvariable \"tokens\" {}\n");
    let after = json!({ "iam_instance_profile": "web", "metadata_options": [{ "http_tokens": "optional" }] });
    let change = json!({ "actions": ["create"], "before": null, "after": after, "after_unknown": {} });
    let plan = json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "variables": { "tokens": { "value": "optional" } },
        "planned_values": { "root_module": {} },
        "resource_changes": [{ "address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web", "change": change }],
        "configuration": { "root_module": {
            "variables": { "tokens": {} },
            "resources": [{
                "address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web",
                "expressions": { "metadata_options": [{ "http_tokens": { "references": ["var.tokens"] } }] },
            }],
        } },
    });
    let made = tempfile::tempdir().unwrap();
    fs::write(made.path().join("plan.json"), plan.to_string()).unwrap();
    let script = format!(
        "[ \"$1 $2 $3\" = \"show -json $PLANFILE\" ] && cat '{}'",
        made.path().join("plan.json").display()
    );
    let programs = Programs::new().with("terraform", &script);
    let (planfile, showfile) = (repo.path().join("default.tfplan"), repo.path().join("default.json"));
    let environment = [("PLANFILE", planfile.to_str().unwrap()), ("SHOWFILE", showfile.to_str().unwrap())];
    let lines = steps.iter().filter_map(|step| step["run"].as_str());
    let ran: Vec<Shell> = lines.map(|line| programs.sh(repo.path(), line, &environment)).collect();
    let codes: Vec<i32> = ran.iter().map(|step| step.code).collect();
    assert_eq!(codes, [0, 0, 1], "{}", ran[2].said);
    assert!(ran[2].said.contains("main.tf:6:"), "{}", ran[2].said);
}

#[test]
fn the_job_of_gitlab_writes_its_reports() {
    let page = recipe("gitlab");
    holds_against_schema("vendor.gitlab-ci", &page);
    let job = &yaml_text(&page)["keyless"];
    let repo = Repo::with_violation();
    let line = job["script"][0].as_str().unwrap();
    let ran = Programs::new().sh(repo.path(), line, &[]);
    assert!(ran.code == 1 && ran.said.contains("error[IMDS01]"), "{}", ran.said);
    let read = |report: &str| {
        fs::read_to_string(repo.path().join(job["artifacts"]["reports"][report].as_str().unwrap())).unwrap()
    };
    let quality: Json = serde_json::from_str(&read("codequality")).unwrap();
    assert_eq!(quality[0]["location"]["path"], "good/main.tf");
    assert!(read("junit").contains("<testsuites"), "{}", read("junit"));
    // In a merge request the variable says where it began.
    let programs = Programs::new().with("keyless", "printf '<%s>' \"$@\"");
    let ran = programs.sh(repo.path(), line, &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", "a b")]);
    assert!(ran.said.starts_with("<check><--changed-since=a b><--format><human>"), "{}", ran.said);
}

#[test]
fn the_stage_of_jenkins_writes_its_reports() {
    let page = recipe("jenkins");
    let line = Regex::new(r"sh '(.+)'").unwrap().captures(&page).unwrap()[1].to_owned();
    let repo = Repo::with_violation();
    assert_eq!(Programs::new().sh(repo.path(), &line, &[]).code, 1);
    for report in Regex::new(r"(?:pattern|testResults): '(.+?)'").unwrap().captures_iter(&page) {
        assert!(repo.path().join(&report[1]).is_file(), "{}", &report[1]);
    }
}

#[test]
fn completions_and_manual_are_written_where_the_page_says() {
    let repo = Repo::new();
    assert_eq!(Programs::new().sh(repo.path(), &recipe("completions"), &[]).code, 0);
    assert!(repo.path().join("keyless.bash").is_file() && repo.path().join("man/keyless-check.1").is_file());
}

/// A line that a matcher took: path, line, column, severity, code.
type Taken = (String, Option<String>, Option<String>, String, String);

/// What the matchers make of a line; none of them takes what another does.
fn taken(matchers: &[Json], line: &str) -> Option<Taken> {
    let mut all = matchers.iter().filter_map(|matcher| {
        let pattern = matcher["pattern"].get(0).unwrap_or(&matcher["pattern"]);
        let captures = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap().captures(line)?;
        let part = |name: &str| {
            captures.get(usize::try_from(pattern[name].as_u64()?).ok()?).map(|part| part.as_str().to_owned())
        };
        let severity = part("severity").unwrap_or_else(|| matcher["severity"].as_str().unwrap().to_owned());
        assert!(part("message").is_some(), "{line}");
        Some((part("file")?, part("line"), part("column"), severity, part("code")?))
    });
    let first = all.next();
    assert_eq!(all.next(), None, "two matchers take {line}");
    first
}

#[test]
fn matchers_read_every_line_of_our_real_output() {
    let repo = Repo::new();
    repo.write("two words/a: b/main.tf", VIOLATION);
    repo.write("C:/main.tf", VIOLATION);
    repo.write("default/main.tf", "resource \"aws_ec2_instance_metadata_defaults\" \"d\" {\n  http_tokens = \"required\"\n}\n\nresource \"aws_instance\" \"w\" {\n  iam_instance_profile = \"w\"\n}\n");
    repo.write("open/main.tf", "variable \"tokens\" {}\nresource \"aws_instance\" \"w\" {\n  iam_instance_profile = \"w\"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n");
    repo.write("stage2/main.tf", "resource \"aws_instance\" {{{\n");
    let run = yaml_text(&recipe("matcher"));
    let line =
        run[0]["run"].as_str().unwrap().lines().find(|line| line.starts_with("keyless")).unwrap().to_owned();
    let said = Programs::new().sh(repo.path(), &format!("{line} --strict . missing env1"), &[]).said;

    let github =
        serde_json::from_slice::<Json>(&fs::read(project().join(".github/problem-matcher.json")).unwrap())
            .unwrap();
    let tasks = serde_json::from_str::<Json>(&recipe("vscode")).unwrap();
    assert_eq!(tasks["tasks"][0]["args"][2], "concise");
    for (matchers, light) in
        [(&github["problemMatcher"], "notice"), (&tasks["tasks"][0]["problemMatcher"], "info")]
    {
        let matchers = matchers.as_array().unwrap();
        let all: Vec<Taken> = said
            .lines()
            .map(|line| taken(matchers, line).unwrap_or_else(|| panic!("not taken: {line}")))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        let expect =
            |path: &str, line: Option<String>, column: Option<String>, severity: &str, code: &str| {
                let wanted = (path.to_owned(), line, column, severity.to_owned(), code.to_owned());
                assert!(all.contains(&wanted), "{wanted:?} is not in {all:#?}");
            };
        expect("two words/a: b/main.tf", some("6"), some("20"), "error", "IMDS01");
        expect("C:/main.tf", some("6"), some("20"), "error", "IMDS01");
        expect("default/main.tf", some("5"), some("1"), light, "IMDS02");
        expect("open/main.tf", some("5"), some("19"), light, "IMDS01");
        expect("stage2/main.tf", some("1"), some("26"), "error", "syntax");
        expect("missing", None, None, "error", "config");
        expect("env1", None, None, "error", "config");
    }
    // What a person reads in the log beside it is no finding.
    for line in ["checked 4 files with 7 resources: 5 errors", "error: no such file", "Error: exit code 1"] {
        assert_eq!(taken(github["problemMatcher"].as_array().unwrap(), line), None, "{line}");
    }
}

/// The hook as pre-commit runs it, from a repository with our `.pre-commit-hooks.yaml`.
#[test]
fn pre_commit_stops_a_commit_with_a_finding() {
    let Some(pre_commit) = tool("pre-commit") else { return };
    let (hooks, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let programs = Programs::new();
    let run = |folder: &Path, line: &str| {
        let environment = [
            ("PRE_COMMIT_HOME", hooks.path().join(".home").display().to_string()),
            ("GIT_CONFIG_GLOBAL", "/dev/null".to_owned()),
            ("GIT_AUTHOR_NAME", "Ann".to_owned()),
            ("GIT_AUTHOR_EMAIL", "ann@example.org".to_owned()),
            ("GIT_COMMITTER_NAME", "Ann".to_owned()),
            ("GIT_COMMITTER_EMAIL", "ann@example.org".to_owned()),
            ("PRE_COMMIT", pre_commit.display().to_string()),
        ];
        let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        programs.sh(folder, line, &environment)
    };
    fs::copy(project().join(".pre-commit-hooks.yaml"), hooks.path().join(".pre-commit-hooks.yaml")).unwrap();
    let made = run(
        hooks.path(),
        "git init -q && git add .pre-commit-hooks.yaml && git commit -qm hooks && git tag v0.1.0",
    );
    assert_eq!(made.code, 0, "{}", made.said);

    let config = recipe("pre-commit")
        .replace("https://github.com/keyless-dev/keyless", hooks.path().to_str().unwrap())
        .replace("id: keyless", "id: keyless-system");
    assert!(config.contains("rev: v0.1.0"));
    fs::write(user.path().join(".pre-commit-config.yaml"), config).unwrap();
    fs::write(user.path().join("app.py"), "print()\n").unwrap();
    fs::create_dir(user.path().join("two words")).unwrap();
    fs::write(user.path().join("two words/main.tf"), CLEAN).unwrap();
    let ran = run(user.path(), "git init -q && \"$PRE_COMMIT\" install && git add -A && git commit -m clean");
    assert!(ran.code == 0 && ran.said.contains("Passed"), "{}", ran.said);

    fs::write(user.path().join("two words/main.tf"), VIOLATION).unwrap();
    let ran = run(user.path(), "git add -A && git commit -m bad");
    assert!(
        ran.code == 1 && ran.said.contains("error[IMDS01]") && ran.said.contains("Failed"),
        "{}",
        ran.said
    );
    let ran = run(user.path(), "git reset -q && git add app.py && git commit --allow-empty -m python");
    assert!(ran.code == 0 && ran.said.contains("no files to check"), "{}", ran.said);
}

#[test]
fn the_hook_is_for_the_files_that_keyless_reads() {
    let hooks = yaml(&project().join(".pre-commit-hooks.yaml"));
    for hook in hooks.as_array().unwrap() {
        let files = Regex::new(hook["files"].as_str().unwrap()).unwrap();
        for name in [
            "main.tf",
            "a b/main.tofu",
            "x.tf.json",
            "prod.auto.tfvars",
            "prod.tfvars.json",
            "s3.tfbackend",
            "live/terragrunt.hcl",
            "template.yaml",
            "stack.yml",
            "cdk.out/A.template.json",
            "vpc.template",
            "plan.json",
            "terraform.tfstate",
            "terraform.tfstate.backup",
            ".env",
            "app/.env.production",
            "prod.env",
            ".envrc",
            "legacy.txt",
            "x.cfn",
        ] {
            assert!(files.is_match(name), "{name}");
        }
        for name in ["app.py", "README.md", "main.tf.bak", "environment", "src/lib.rs", "xtf"] {
            assert!(!files.is_match(name), "{name}");
        }
    }
}

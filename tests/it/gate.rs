//! `--changed-since`: what a change brings fails, and nothing that was there before.

use crate::harness::{Ran, run_in};
use crate::history::{git, key};
use keyless::git::Change;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::fs;
use std::path::Path;

/// A repository whose base is on `main`; the change is made on top of it.
struct Repo {
    folder: tempfile::TempDir,
    hours: Cell<u32>,
}

impl Repo {
    fn init(options: &[&str]) -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap(), hours: Cell::new(0) };
        repo.git(&[&["init", "-q", "-b", "main"], options].concat());
        repo
    }

    /// With these files committed on `main`, and the branch `change` checked out.
    fn with(files: &[(&str, &str)]) -> Self {
        let repo = Self::init(&[]);
        repo.commit(files);
        repo.git(&["checkout", "-q", "-b", "change"]);
        repo
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, args: &[&str]) -> String {
        self.hours.set(self.hours.get() + 1);
        git(self.path(), self.hours.get(), args)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    /// Puts one text in the place of another, which stands in the file once.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from} in {path}");
        self.write(path, &text.replace(from, to));
    }

    fn commit(&self, files: &[(&str, &str)]) -> String {
        files.iter().for_each(|(path, text)| self.write(path, text));
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, args: &[&str]) -> Ran {
        run_in(self.path(), &[&["check"], args].concat())
    }

    fn json(&self, since: &str, args: &[&str]) -> (i32, Json) {
        json_in(self.path(), since, args)
    }

    /// The exit code, and what is found, since `main`.
    fn told(&self) -> (i32, Vec<String>) {
        let (code, report) = self.json("main", &[]);
        assert!(report["gate"]["whole"].is_null(), "{report}");
        assert_eq!(report["gate"]["base"], self.git(&["merge-base", "main", "HEAD"]));
        (code, told(&report))
    }
}

fn json_in(folder: &Path, since: &str, args: &[&str]) -> (i32, Json) {
    let ran = run_in(folder, &[&["check", "--format", "json", "--changed-since", since], args].concat());
    (ran.code, serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}")))
}

/// `new CODE path:line`, or `old`, sorted.
fn told(report: &Json) -> Vec<String> {
    let mut told: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let word = if finding["existing"] == true { "old" } else { "new" };
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!("{word} {} {}:{}", text("code"), text("path"), finding["start"]["line"])
        })
        .collect();
    told.sort();
    told
}

/// Judged by IMDS01 where the tokens are `optional`: line 6 of what it begins with.
fn instance(name: &str, tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami                  = \"ami-1\"\n  instance_type        = \"t3.micro\"\n  \
         iam_instance_profile = \"web\"\n  metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
    )
}

fn bad(name: &str) -> String {
    instance(name, "\"optional\"")
}

fn good(name: &str) -> String {
    instance(name, "\"required\"")
}

/// An instance that says nothing of its metadata: IMDS02 at line 1, a note as long as the account decides.
fn silent(name: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami                  = \"ami-1\"\n  instance_type        = \"t3.micro\"\n  \
         iam_instance_profile = \"web\"\n}}\n"
    )
}

const DEFAULTS: &str =
    "resource \"aws_ec2_instance_metadata_defaults\" \"all\" {\n  http_tokens = \"required\"\n}\n";

#[test]
fn a_violation_that_a_change_brings_fails() {
    let repo = Repo::with(&[("main.tf", &bad("old"))]);
    repo.commit(&[("new.tf", &bad("new"))]);
    assert_eq!(repo.told(), (1, vec!["new IMDS01 new.tf:6".into(), "old IMDS01 main.tf:6".into()]));
    let human = repo.run(&["--changed-since", "main"]).stdout;
    insta::assert_snapshot!("gate_human", human.replace(&repo.git(&["rev-parse", "main"])[..10], "<base>"));
    let concise = repo.run(&["--changed-since", "main", "--format", "concise"]);
    insta::assert_snapshot!("gate_concise", concise.stdout);
}

#[test]
fn what_was_there_before_never_fails() {
    let repo = Repo::with(&[("main.tf", &bad("old"))]);
    // Nothing changed; a comment above, inside, and another resource.
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:6".into()]));
    repo.edit("main.tf", "resource", "# Ours.\n\nresource");
    repo.edit("main.tf", "  metadata_options", "  # As it was.\n  metadata_options");
    repo.commit(&[("other.tf", &good("other"))]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:9".into()]));
    let ran = repo.run(&["--changed-since", "main", "--fail-on", "note"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains(": no new findings\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("0 new, 1 existing"), "{}", ran.stdout);
}

#[test]
fn a_changed_line_of_the_chain_makes_it_new() {
    let module = instance("web", "var.tokens") + "variable \"tokens\" {\n  type = string\n}\n";
    let root = "variable \"tokens\" {\n  default = \"required\"\n}\nmodule \"a\" {\n  source = \"./m\"\n  tokens = var.tokens\n}\n";
    let files =
        [("m/main.tf", module.as_str()), ("main.tf", root), ("terraform.tfvars", "tokens = \"required\"\n")];
    // A file of values makes an untouched instance bad.
    let repo = Repo::with(&files);
    repo.commit(&[("terraform.tfvars", "tokens = \"optional\"\n")]);
    assert_eq!(repo.told(), (1, vec!["new IMDS01 terraform.tfvars:1".into()]));
    // An input of the module.
    let repo = Repo::with(&files);
    repo.edit("main.tf", "tokens = var.tokens", "tokens = \"optional\"");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:6".into()]));
    // A value of long ago that a new call brings to a new use.
    let repo = Repo::with(&files);
    repo.commit(&[("terraform.tfvars", "tokens = \"optional\"\n")]);
    repo.git(&["branch", "-f", "main"]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 terraform.tfvars:1".into()]));
    repo.edit(
        "main.tf",
        "module \"a\"",
        "module \"b\" {\n  source = \"./m\"\n  tokens = var.tokens\n}\nmodule \"a\"",
    );
    assert_eq!(repo.told(), (1, vec!["new IMDS01 terraform.tfvars:1".into()]));
}

#[test]
fn what_no_place_of_a_finding_shows_makes_it_new_as_well() {
    // A protecting line.
    let repo = Repo::with(&[("main.tf", &(good("a") + &bad("b")))]);
    repo.edit("main.tf", "    http_tokens = \"required\"\n", "");
    assert_eq!(repo.told(), (1, vec!["new IMDS02 main.tf:5".into(), "old IMDS01 main.tf:13".into()]));
    // A protecting resource, in a file of its own and beside others.
    let both = silent("a") + DEFAULTS;
    let repo = Repo::with(&[("main.tf", &silent("a")), ("account.tf", DEFAULTS)]);
    repo.remove("account.tf");
    assert_eq!(repo.told(), (1, vec!["new IMDS02 main.tf:1".into()]));
    let repo = Repo::with(&[("main.tf", &both)]);
    assert_eq!(repo.told(), (0, vec!["old IMDS02 main.tf:1".into()]));
    repo.edit("main.tf", DEFAULTS, "");
    assert_eq!(repo.told(), (1, vec!["new IMDS02 main.tf:1".into()]));
    // The number of instances: another one is as bad as the first.
    let counted =
        bad("a").replace("  ami ", "  count = var.many\n  ami ") + "variable \"many\" {\n  default = 1\n}\n";
    let repo = Repo::with(&[("main.tf", &counted)]);
    repo.commit(&[("terraform.tfvars", "many = 1\n")]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:7".into()]));
    repo.commit(&[("terraform.tfvars", "many = 3\n")]);
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:7".into()]));
    // Of none: the resource is there by the change.
    let repo = Repo::with(&[("main.tf", &counted), ("terraform.tfvars", "many = 0\n")]);
    repo.commit(&[("terraform.tfvars", "many = 1\n")]);
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:7".into()]));
}

#[test]
fn a_fixed_finding_is_gone_and_the_rest_stays() {
    let repo = Repo::with(&[("main.tf", &(bad("a") + &bad("b")))]);
    let fixed = good("a") + &bad("b");
    repo.commit(&[("main.tf", &fixed)]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:14".into()]));
}

#[test]
fn a_line_that_is_touched_is_new_though_it_was_bad_before() {
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    repo.edit("main.tf", "\"optional\"", "\"optional\" # for now");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:6".into()]));
}

#[test]
fn a_moved_block_is_added_lines() {
    let filler: String = (0..20).map(|number| format!("variable \"v{number}\" {{}}\n")).collect();
    let repo = Repo::with(&[("main.tf", &(bad("a") + &filler + &bad("b")))]);
    repo.commit(&[("main.tf", &(filler.clone() + &bad("b") + &bad("a")))]);
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:34".into(), "old IMDS01 main.tf:26".into()]));
}

#[test]
fn a_renamed_file_keeps_its_findings() {
    let repo = Repo::with(&[("a/main.tf", &(bad("a") + &good("b")))]);
    repo.write("b/other.tf", &(bad("a") + &good("b")));
    repo.remove("a/main.tf");
    assert_eq!(repo.told(), (0, vec!["old IMDS01 b/other.tf:6".into()]));
    // Of a folder that is not asked for, and with an edit that makes more.
    repo.edit("b/other.tf", "\"required\"", "\"optional\"");
    let (code, report) = repo.json("main", &["b"]);
    assert_eq!(
        (code, told(&report)),
        (1, vec!["new IMDS01 b/other.tf:14".into(), "old IMDS01 b/other.tf:6".into()])
    );
    // A copy is no rename.
    let repo = Repo::with(&[("a/main.tf", &bad("a"))]);
    repo.write("b/main.tf", &bad("a"));
    assert_eq!(repo.told(), (1, vec!["new IMDS01 b/main.tf:6".into(), "old IMDS01 a/main.tf:6".into()]));
    // Nor are two of one.
    repo.write("c/main.tf", &bad("a"));
    repo.remove("a/main.tf");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 c/main.tf:6".into(), "old IMDS01 b/main.tf:6".into()]));
}

#[test]
fn line_breaks_are_no_change() {
    let repo = Repo::with(&[("main.tf", &(good("b") + &bad("a")))]);
    let text = good("b") + &bad("a");
    repo.write("main.tf", &text.replace('\n', "\r\n"));
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:14".into()]));
    repo.edit("main.tf", "\"required\"", "\"optional\"");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:6".into(), "old IMDS01 main.tf:14".into()]));
}

#[test]
fn what_is_not_committed_counts() {
    let repo = Repo::with(&[("main.tf", &bad("a")), (".gitignore", "local.auto.tfvars\n")]);
    repo.write("untracked.tf", &bad("b"));
    repo.edit("main.tf", "ami-1", "ami-2");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 untracked.tf:6".into(), "old IMDS01 main.tf:6".into()]));
    repo.git(&["add", "-A"]);
    assert_eq!(repo.told().1.len(), 2);
    assert_eq!(repo.json("HEAD", &[]).0, 1);
    // What git ignores is no part of a change.
    let of_values = instance("c", "var.tokens") + "variable \"tokens\" {}\n";
    let repo = Repo::with(&[("main.tf", &of_values), (".gitignore", "*.tfvars\n")]);
    repo.write("terraform.tfvars", "tokens = \"optional\"\n");
    let (code, report) = repo.json("main", &[]);
    assert_eq!((code, told(&report)), (0, vec!["old IMDS01 main.tf:6".into()]));
}

#[test]
fn a_pull_request_is_compared_with_the_branch_that_it_goes_to() {
    let upstream = Repo::with(&[("main.tf", &bad("old")), ("b.tf", &good("b"))]);
    for number in 0..5 {
        upstream.commit(&[("mine.tf", &bad("mine")), ("n", &number.to_string())]);
    }
    upstream.git(&["checkout", "-q", "main"]);
    // What has come to `main` meanwhile is not of the change.
    upstream.commit(&[("theirs.tf", &bad("theirs"))]);
    upstream.git(&["merge", "-q", "--no-ff", "-m", "merge", "change"]);
    let expected = ["new IMDS01 mine.tf:6", "old IMDS01 main.tf:6", "old IMDS01 theirs.tf:6"];
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", upstream.path().display());
    let made = |depth: &str, name: &str| {
        git(clone.path(), 0, &["clone", "-q", "--depth", depth, &url, name]);
        clone.path().join(name)
    };
    let (code, report) = json_in(&made("2", "two"), "HEAD^1", &[]);
    assert_eq!((code, told(&report)), (1, expected.map(str::to_owned).to_vec()));
    assert_eq!(report["gate"]["base"], upstream.git(&["rev-parse", "HEAD^1"]));
    assert!(report["gate"]["whole"].is_null());
    // A clone that is too shallow says so, and everything counts.
    let one = made("1", "one");
    let (code, report) = json_in(&one, "HEAD^1", &[]);
    assert_eq!((code, report["problems"].as_array().unwrap().len()), (1, 0));
    assert!(told(&report).iter().all(|said| said.starts_with("new ")), "{report}");
    let why = report["gate"]["whole"].as_str().unwrap();
    assert!(why.contains("this shallow clone was cut off"), "{why}");
    assert_eq!(report["gate"]["base"], Json::Null);
    let human = run_in(&one, &["check", "--changed-since", "HEAD^1"]).stdout;
    assert!(
        human.contains("not compared with HEAD^1, so that all findings count: `HEAD^1` lies before"),
        "{human}"
    );
}

#[test]
fn without_a_merge_base_everything_counts() {
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    repo.commit(&[]);
    let (code, report) = repo.json("main", &[]);
    assert_eq!((code, told(&report)), (1, vec!["new IMDS01 main.tf:6".into()]));
    assert_eq!(report["gate"]["whole"], "`main` and HEAD have no commit in common");
    assert_eq!(report["problems"], serde_json::json!([]));
}

#[test]
fn a_revision_that_does_not_exist_is_bad_usage() {
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    for revision in [
        "nosuch",
        "origin/main",
        "main..change",
        "main@{upstream}",
        "dead",
        "main^{tree}",
        "",
        "-x",
        "main^{tree}~1",
    ] {
        let argument = format!("--changed-since={revision}");
        let ran = repo.run(&["--format", "json", &argument]);
        let report: Json = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((ran.code, told(&report)), (2, vec!["new IMDS01 main.tf:6".into()]), "{revision}");
        assert_eq!(report["problems"][0]["kind"], "config", "{revision}");
        assert!(report["gate"]["whole"].is_string(), "{revision}");
    }
}

#[test]
fn without_git_everything_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf"), bad("a")).unwrap();
    let (code, report) = json_in(folder.path(), "main", &[]);
    assert_eq!((code, told(&report)), (1, vec!["new IMDS01 main.tf:6".into()]));
    let why = report["gate"]["whole"].as_str().unwrap();
    assert!(why.contains("no git repository"), "{why}");
    // Nor before the first commit.
    git(folder.path(), 0, &["init", "-q"]);
    let (code, report) = json_in(folder.path(), "main", &[]);
    assert_eq!((code, report["gate"]["whole"].is_string()), (1, true), "{report}");
}

#[test]
fn a_change_of_the_configuration_brings_what_it_switches_on() {
    let files = [("main.tf", bad("a") + &bad("b")), ("keyless.toml", "ignore = [\"IMDS01\"]\n".to_owned())];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let repo = Repo::with(&files);
    repo.write("keyless.toml", "");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:14".into(), "new IMDS01 main.tf:6".into()]));
    // What is graver than it was.
    let repo = Repo::with(&[("main.tf", &bad("a")), ("keyless.toml", "policy.IMDS01.severity = \"note\"\n")]);
    assert_eq!(repo.told().1, ["old IMDS01 main.tf:6"]);
    repo.write("keyless.toml", "");
    assert_eq!(repo.told().1, ["new IMDS01 main.tf:6"]);
}

#[test]
fn an_exception_that_is_taken_back_makes_it_new() {
    let excepted = format!("# keyless: ignore[IMDS01] OPS-12 has it\n{}", bad("a"));
    let repo = Repo::with(&[("main.tf", &(excepted.clone() + &bad("b")))]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:15".into()]));
    repo.edit("main.tf", "# keyless: ignore[IMDS01] OPS-12 has it\n", "");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:6".into(), "old IMDS01 main.tf:14".into()]));
    // And one that is given silences what is there.
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    repo.write("main.tf", &excepted);
    assert_eq!(repo.told(), (0, vec![]));
}

const TEMPLATE: &str = r#"Parameters:
  Tokens:
    Type: String
    Default: required
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: !Ref Tokens
  Old:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: optional
"#;

#[test]
fn a_parameter_of_a_template_is_in_the_chain() {
    let repo = Repo::with(&[("template.yaml", TEMPLATE)]);
    let expected = [
        "new IMDS01 template.yaml:4",
        "old EC202 template.yaml:12",
        "old EC202 template.yaml:6",
        "old IMDS01 template.yaml:17",
    ];
    repo.edit("template.yaml", "Default: required", "Default: optional");
    assert_eq!(repo.told(), (1, expected.map(str::to_owned).to_vec()));
}

#[test]
fn what_history_brings_is_of_the_commits_of_the_change() {
    let with = |key: &str| format!("provider \"x\" {{\n  access_key = \"{key}\"\n}}\n");
    let repo = Repo::with(&[("p.tf", &with(&key(1)))]);
    repo.git(&["checkout", "-q", "main"]);
    repo.commit(&[("p.tf", "")]);
    repo.git(&["checkout", "-q", "-B", "change"]);
    repo.commit(&[("p.tf", &with(&key(2)))]);
    repo.commit(&[("p.tf", "")]);
    let (code, report) = repo.json("main", &["--history"]);
    let told = told(&report);
    assert_eq!((code, told.len()), (1, 2), "{report}");
    assert!(told[0].starts_with("new KEY02") && told[1].starts_with("old KEY02"), "{told:?}");
}

#[test]
fn problems_are_never_existing() {
    let repo = Repo::with(&[("main.tf", &bad("a")), ("broken.tf", "resource {{{\n")]);
    let (code, report) = repo.json("main", &[]);
    assert_eq!((code, told(&report)), (2, vec!["old IMDS01 main.tf:6".into()]));
}

#[test]
fn files_that_are_named_are_compared_as_well() {
    let repo = Repo::with(&[("main.tf", &bad("a")), ("b/main.tf", &bad("b"))]);
    repo.commit(&[("b/new.tf", &bad("c"))]);
    for (paths, expected) in [
        (&["main.tf"][..], vec!["old IMDS01 main.tf:6"]),
        (&["b/new.tf"], vec!["new IMDS01 b/new.tf:6"]),
        (&["b"], vec!["new IMDS01 b/new.tf:6", "old IMDS01 b/main.tf:6"]),
    ] {
        assert_eq!(told(&repo.json("main", paths).1), expected, "{paths:?}");
    }
    // From below.
    let (_, report) = json_in(&repo.path().join("b"), "main", &[".."]);
    assert_eq!(
        told(&report),
        ["new IMDS01 ../b/new.tf:6", "old IMDS01 ../b/main.tf:6", "old IMDS01 ../main.tf:6"]
    );
}

#[test]
fn several_work_trees_have_a_base_each() {
    let one = Repo::with(&[("main.tf", &bad("a"))]);
    let other = Repo::with(&[("main.tf", &good("a"))]);
    other.commit(&[("main.tf", &bad("a"))]);
    let (_, report) = one.json("main", &[".", other.path().to_str().unwrap()]);
    let said = told(&report);
    assert_eq!(said.len(), 2);
    assert!(said[0].starts_with("new IMDS01 ..") && said[1] == "old IMDS01 main.tf:6", "{said:?}");
    // A linked work tree, and objects that are named by SHA-256.
    one.git(&["worktree", "add", "-q", "-b", "linked", "linked"]);
    fs::write(one.path().join("linked/new.tf"), bad("new")).unwrap();
    let (_, report) = json_in(&one.path().join("linked"), "main", &[]);
    assert_eq!(told(&report), ["new IMDS01 new.tf:6", "old IMDS01 main.tf:6"]);
    let long = Repo::init(&["--object-format=sha256"]);
    long.commit(&[("main.tf", &bad("a"))]);
    long.write("new.tf", &bad("new"));
    assert_eq!(told(&long.json("main", &[]).1), ["new IMDS01 new.tf:6", "old IMDS01 main.tf:6"]);
}

#[test]
fn a_submodule_is_compared_with_the_commit_that_the_base_has() {
    let library = Repo::with(&[("m/main.tf", &(instance("web", "var.tokens") + "variable \"tokens\" {}\n"))]);
    library.commit(&[("bad.tf", &bad("x"))]);
    let repo = Repo::with(&[("README", "")]);
    repo.git(&["submodule", "--quiet", "add", library.path().to_str().unwrap(), "lib"]);
    repo.commit(&[]);
    repo.git(&["branch", "-f", "main"]);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 lib/bad.tf:6".into()]));
    repo.write("lib/more.tf", &bad("y"));
    assert_eq!(repo.told(), (1, vec!["new IMDS01 lib/more.tf:6".into(), "old IMDS01 lib/bad.tf:6".into()]));
}

#[test]
fn a_clone_without_the_texts_of_the_base_says_so() {
    let upstream = Repo::with(&[("main.tf", &bad("a"))]);
    upstream.git(&["config", "uploadpack.allowfilter", "true"]);
    let base = upstream.git(&["rev-parse", "HEAD"]);
    upstream.commit(&[("main.tf", &(bad("a") + "# end\n"))]);
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", upstream.path().display());
    git(clone.path(), 0, &["clone", "-q", "--filter=blob:none", &url, "partial"]);
    let (code, report) = json_in(&clone.path().join("partial"), &base, &[]);
    assert_eq!((code, told(&report)), (1, vec!["new IMDS01 main.tf:6".into()]));
    assert!(report["gate"]["whole"].as_str().unwrap().contains("not all of the base"), "{report}");
}

/// A plan was made of the code of today: what the code of the base shows by itself was there.
#[test]
fn a_plan_has_no_past() {
    let of_values = instance("web", "var.tokens") + "variable \"tokens\" {}\n" + &bad("old");
    let plan = serde_json::json!({
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "variables": {"tokens": {"value": "optional"}},
        "planned_values": {"root_module": {}},
        "resource_changes": (["web", "old"].map(|name| serde_json::json!({
            "address": format!("aws_instance.{name}"),
            "mode": "managed",
            "type": "aws_instance",
            "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["create"],
                "before": null,
                "after": {"ami": "ami-1", "instance_type": "t3.micro", "iam_instance_profile": "web",
                    "metadata_options": [{"http_tokens": "optional"}]},
                "after_unknown": {},
                "before_sensitive": false,
                "after_sensitive": {}
            }
        }))),
        "configuration": {"root_module": {
            "resources": (["web", "old"].map(|name| serde_json::json!({
                "address": format!("aws_instance.{name}"),
                "mode": "managed",
                "type": "aws_instance",
                "name": name,
                "expressions": {}
            }))),
            "variables": {"tokens": {}}
        }}
    });
    for ignored in ["", "plan.json\n"] {
        let repo = Repo::with(&[("main.tf", &of_values), (".gitignore", ignored)]);
        repo.write("plan.json", &plan.to_string());
        let (code, report) = repo.json("main", &["plan.json"]);
        assert_eq!(report["problems"], serde_json::json!([]));
        let told = told(&report);
        assert_eq!(code, 1, "{told:?}");
        assert!(told.iter().any(|said| said.starts_with("new IMDS01")), "{told:?}");
        assert!(told.contains(&"old IMDS01 main.tf:15".to_owned()), "{told:?}");
    }
}

const APP: &str = "const app = new App();\nconst stack = new Stack(app, 'Open');\nnew ec2.Instance(stack, 'Web', {\n  a: 1,\n});\n\
                   new ec2.Instance(stack, 'Db', {\n  b: 1,\n});\n";

/// An app of two instances, made at lines 3 and 6, and the assembly that it leaves.
fn assembly(repo: &Repo) {
    let note = |name: &str, line: u32| {
        serde_json::json!([
            {"type": "aws:cdk:logicalId", "data": name},
            {"type": "aws:cdk:creationStack", "data": [format!("new Instance (/ci/app.js:{line}:1)")]}
        ])
    };
    let resource = |name: &str| {
        serde_json::json!({
            "Type": "AWS::EC2::Instance",
            "Properties": {"IamInstanceProfile": "web", "MetadataOptions": {"HttpTokens": "optional"}},
            "Metadata": {"aws:cdk:path": format!("Open/{name}/Resource")}
        })
    };
    let manifest = serde_json::json!({
        "version": "36.0.0",
        "artifacts": {"Open": {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": "Open.template.json"},
            "metadata": {"/Open/Web/Resource": note("Web", 3), "/Open/Db/Resource": note("Db", 6)}
        }}
    });
    let template = serde_json::json!({"Resources": {"Web": resource("Web"), "Db": resource("Db")}});
    repo.write("cdk.out/cdk.out", "{\"version\":\"36.0.0\"}");
    repo.write("cdk.out/manifest.json", &manifest.to_string());
    repo.write("cdk.out/Open.template.json", &serde_json::to_string_pretty(&template).unwrap());
}

#[test]
fn an_assembly_that_git_ignores_is_judged_by_the_code_of_its_app() {
    let repo = Repo::with(&[
        (".gitignore", "cdk.out\n"),
        ("app.js", APP),
        ("cdk.json", "{}"),
        ("README.md", ""),
        ("web/x.js", "a();\n"),
    ]);
    assembly(&repo);
    for (path, from, to, web, db) in [
        ("README.md", "", "hello", "old", "old"),
        ("web/x.js", "a()", "b()", "old", "old"),
        ("app.js", "new ec2.Instance(stack, 'Web'", "new ec2.Instance(stack,  'Web'", "new", "old"),
        ("app.js", "  a: 1,\n", "  a: 2,\n", "new", "old"),
        ("app.js", "  b: 1,\n", "  c: 1,\n", "old", "new"),
        ("app.js", "const app = new App();", "const app = new App({});", "new", "new"),
        ("cdk.json", "{}", "{\"context\": {}}", "new", "new"),
    ] {
        if from.is_empty() {
            repo.write(path, to);
        } else {
            repo.edit(path, from, to);
        }
        let expected = [(db, 6), (web, 3)].map(|(word, line)| format!("{word} IMDS01 app.js:{line}"));
        let mut said = told(&repo.json("main", &[]).1);
        said.retain(|said| said.contains("IMDS01"));
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(said, expected, "{path}: {from}");
        repo.git(&["checkout", "-q", "."]);
    }
}

/// Where git keeps a pointer in the place of a file.
#[test]
fn a_file_of_git_lfs_is_known_by_its_hash() {
    let text = bad("a");
    let hash = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let pointer =
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize {}\n", text.len());
    let repo = Repo::with(&[("main.tf", &pointer)]);
    repo.write("main.tf", &text);
    assert_eq!(repo.told(), (0, vec!["old IMDS01 main.tf:6".into()]));
    repo.write("main.tf", &(text + "# end\n"));
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:6".into()]));
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_led() {
    let repo = Repo::with(&[("real/main.tf", &bad("a"))]);
    std::os::unix::fs::symlink("real", repo.path().join("linked")).unwrap();
    std::os::unix::fs::symlink("../real/main.tf", repo.path().join("real/again.tf")).unwrap();
    repo.commit(&[("other/main.tf", &good("a"))]);
    repo.git(&["branch", "-f", "main"]);
    let said = repo.told();
    assert!(said.0 == 0 && said.1.iter().all(|said| said.starts_with("old")), "{said:?}");
    let (code, report) = repo.json("main", &["linked"]);
    assert!(code == 0 && told(&report).iter().all(|said| said.starts_with("old")), "{report}");
    fs::remove_file(repo.path().join("linked")).unwrap();
    std::os::unix::fs::symlink("other", repo.path().join("linked")).unwrap();
    repo.write("other/main.tf", &bad("a"));
    assert!(repo.told().1.contains(&"new IMDS01 other/main.tf:6".to_owned()));
}

/// The lines that a change brings are those of `git diff`.
#[test]
fn changed_lines_are_those_of_git() {
    let mut seed = 7_u64;
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % end
    };
    let folder = tempfile::tempdir().unwrap();
    for round in 0..40 {
        // Few words, so that many lines are alike, as they are in code.
        let mut before: Vec<String> =
            (0..30).map(|_| format!("{}w{}", "  ".repeat(below(3)), below(25))).collect();
        let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        fs::write(folder.path().join("a"), text(&before)).unwrap();
        let old = text(&before);
        for _ in 0..=below(6) {
            let at = below(before.len());
            match below(3) {
                0 => drop(before.remove(at)),
                1 => before[at] = format!("x{}", below(25)),
                _ => before.insert(at, format!("w{}", below(25))),
            }
        }
        let new = text(&before);
        fs::write(folder.path().join("b"), &new).unwrap();
        let change = Change::between(&old, &new);
        let ours: Vec<u32> = (1..)
            .zip(new.lines())
            .map(|(line, _)| line)
            .filter(|line| change.touches(*line, *line))
            .collect();
        let output = std::process::Command::new("git")
            .args(["diff", "--no-index", "-U0", "--diff-algorithm=histogram", "a", "b"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let mut theirs = Vec::new();
        for hunk in String::from_utf8(output.stdout).unwrap().lines().filter(|line| line.starts_with("@@")) {
            let after = hunk.split(' ').nth(2).unwrap().trim_start_matches('+');
            let (start, count) = after.split_once(',').unwrap_or((after, "1"));
            let start: u32 = start.parse().unwrap();
            theirs.extend(start..start + count.parse::<u32>().unwrap());
        }
        assert_eq!(ours, theirs, "round {round}: {old}----\n{new}");
    }
}

/// The revisions that keyless reads are those of git.
#[test]
fn revisions_mean_what_they_mean_to_git() {
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    let mut all = vec![repo.git(&["rev-parse", "HEAD"])];
    for number in 0..4 {
        all.push(repo.commit(&[("n", &number.to_string())]));
    }
    repo.git(&["checkout", "-q", "-b", "feature/x", "HEAD~2"]);
    all.push(repo.commit(&[("side", "")]));
    repo.git(&["checkout", "-q", "change"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "feature/x"]);
    repo.git(&["tag", "light"]);
    repo.git(&["tag", "-a", "-m", "tag", "v1.0", "HEAD~1"]);
    repo.git(&["tag", "-a", "-m", "tag", "again", "v1.0"]);
    repo.git(&["update-ref", "refs/remotes/origin/topic", "HEAD^2"]);
    repo.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    repo.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    repo.git(&["pack-refs", "--all"]);
    repo.git(&["tag", "after", "HEAD^"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    let mut revisions: Vec<String> = [
        "HEAD",
        "@",
        "HEAD^",
        "HEAD^1",
        "HEAD^2",
        "HEAD~1",
        "HEAD~3",
        "HEAD^2~1",
        "HEAD^^",
        "HEAD^0",
        "HEAD~0",
        "@~2",
        "main",
        "change",
        "feature/x",
        "heads/main",
        "refs/heads/main",
        "origin/main",
        "origin/topic",
        "origin",
        "remotes/origin/topic",
        "light",
        "v1.0",
        "v1.0^{}",
        "v1.0^{commit}",
        "again",
        "again~1",
        "tags/after",
        "after",
        "HEAD^{commit}~1",
        "HEAD^2^{commit}",
    ]
    .map(str::to_owned)
    .to_vec();
    revisions.extend([
        head.clone(),
        head[..7].to_owned(),
        head[..12].to_uppercase(),
        format!("{}^2", &head[..9]),
    ]);
    revisions.push(format!("v1.0-2-g{}", &head[..7]));
    for revision in revisions {
        let (_, report) = repo.json(&revision, &[]);
        // All of them are in what is checked out, so they are the merge base themselves.
        let by_git = repo.git(&["rev-parse", &format!("{revision}^{{commit}}")]);
        assert_eq!(report["gate"]["base"], by_git, "{revision}: {}", report["gate"]);
    }
}

#[test]
fn merge_bases_are_those_of_git() {
    // Two branches that merge each other again and again.
    let repo = Repo::with(&[("main.tf", &bad("a"))]);
    for round in 0..3 {
        for branch in ["main", "change"] {
            repo.git(&["checkout", "-q", branch]);
            repo.commit(&[(branch, &round.to_string())]);
        }
        let theirs = repo.git(&["rev-parse", "main"]);
        repo.git(&["merge", "-q", "-m", "merge", "main"]);
        let all = repo.git(&["merge-base", "--all", "main", "HEAD"]);
        let base = repo.json("main", &[]).1["gate"]["base"].as_str().unwrap().to_owned();
        assert!(all.lines().any(|one| one == base), "{base} of {all}");
        // Criss-cross: the other branch takes what this one had before.
        repo.git(&["checkout", "-q", "main"]);
        repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "change~1"]);
        let all = repo.git(&["merge-base", "--all", "main", "change"]);
        let base = repo.json("change", &[]).1["gate"]["base"].as_str().unwrap().to_owned();
        assert!(all.lines().any(|one| one == base), "{base} of {all}, {theirs}");
    }
}

#[test]
fn another_version_of_an_installed_module_is_a_change() {
    let call = |name: &str, version: &str| {
        format!("module \"{name}\" {{\n  source  = \"acme/web/aws\"\n  version = \"{version}\"\n}}\n")
    };
    let files =
        [(".gitignore", ".terraform\n"), ("main.tf", &call("web", "1.0.0")), ("db.tf", &call("db", "1.0.0"))];
    let repo = Repo::with(&files);
    let record = |name: &str| {
        format!(
            r#"{{"Key":"{name}","Source":"registry.terraform.io/acme/web/aws","Version":"1.0.0","Dir":".terraform/modules/{name}"}}"#
        )
    };
    let records = format!(r#"{{"Modules":[{},{}]}}"#, record("web"), record("db"));
    repo.write(".terraform/modules/modules.json", &records);
    repo.write(".terraform/modules/web/main.tf", &bad("web"));
    repo.write(".terraform/modules/db/main.tf", &bad("db"));
    let old = || vec!["old IMDS01 db.tf:1".into(), "old IMDS01 main.tf:1".into()];
    assert_eq!(repo.told(), (0, old()));
    repo.edit("main.tf", "  version", "  # Ours.\n  version");
    assert_eq!(repo.told(), (0, old()));
    repo.edit("main.tf", "1.0.0", "2.0.0");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:1".into(), "old IMDS01 db.tf:1".into()]));
    repo.edit("main.tf", "2.0.0", "1.0.0");
    repo.edit("main.tf", "acme/web/aws", "acme/site/aws");
    assert_eq!(repo.told(), (1, vec!["new IMDS01 main.tf:1".into(), "old IMDS01 db.tf:1".into()]));
}

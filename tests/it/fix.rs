//! `keyless fix` from the outside: what it prints, what it writes, and what it leaves alone.

use crate::harness::{Ran, Repo, command, run_in};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const TEMPLATE: &str = "Resources:
  Web:
    Type: AWS::EC2::Instance # the only one
    Properties:
      ImageId: ami-12345678
      IamInstanceProfile: web
      MetadataOptions: {HttpTokens: optional, HttpEndpoint: enabled}
";

/// A parameter with a secret beside what is to be mended.
fn with_secret(secret: &str) -> String {
    format!(
        "Parameters:\n  DbPassword:\n    Type: String\n    Default: {secret}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      MasterUsername: root\n      MasterUserPassword: !Ref DbPassword\n"
    )
}

fn read(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.path().join(path)).unwrap()
}

/// What a program that applies patches makes of one; none where there is no such program.
fn patched(repo: &Repo, program: &str, args: &[&str], patch: &str) -> Option<()> {
    let file = repo.path().join("the.patch");
    fs::write(&file, patch).unwrap();
    let Ok(output) = Command::new(program)
        .args(args)
        .current_dir(repo.path())
        .stdin(Stdio::from(fs::File::open(&file).unwrap()))
        .output()
    else {
        eprintln!("skipped: no {program} here");
        return None;
    };
    assert!(output.status.success(), "{program}: {output:?}\n{patch}");
    fs::remove_file(file).unwrap();
    Some(())
}

#[test]
fn a_dry_run_is_a_patch_that_says_what_it_does() {
    let repo = Repo::new();
    repo.write("cfn/web app.yaml", TEMPLATE);
    let ran = repo.run(&["fix"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!(format!("{}--- standard error\n{}", ran.stdout, ran.stderr));
    assert_eq!(read(&repo, "cfn/web app.yaml"), TEMPLATE);
}

#[test]
fn what_is_written_is_what_the_patch_makes() {
    let crlf = TEMPLATE.replace('\n', "\r\n");
    let unended = TEMPLATE
        .trim_end()
        .replace("      MetadataOptions: {HttpTokens: optional, HttpEndpoint: enabled}", "")
        .trim_end()
        .to_owned();
    for (name, text) in
        [("a.yaml", TEMPLATE), ("b.yaml", &crlf), ("c.yaml", &unended), ("sub/ü d.yaml", TEMPLATE)]
    {
        let (repo, other) = (Repo::new(), Repo::new());
        repo.write(name, text);
        other.write(name, text);
        let ran = repo.run(&["fix", "--write"]);
        assert_eq!(ran.code, 0, "{name}: {ran:?}");
        let patch = other.run(&["fix"]).stdout;
        for (program, args) in [
            ("patch", &["-p1", "--binary", "--dry-run"][..]),
            ("git", &["apply", "--check"]),
            ("git", &["apply"]),
        ] {
            if patched(&other, program, args, &patch).is_none() {
                return;
            }
        }
        assert_eq!(read(&other, name), read(&repo, name), "{name}");
        assert!(read(&repo, name).contains("required"), "{name}");
        // Nothing is left to do, and nothing is written again.
        let again = repo.run(&["fix", "--write"]);
        assert_eq!((again.code, again.stdout.as_str()), (0, ""), "{again:?}");
        assert!(again.stderr.contains("nothing to fix"), "{again:?}");
        assert_eq!(
            fs::read_dir(repo.path().join(name).parent().unwrap()).unwrap().count(),
            if name.contains('/') { 1 } else { 2 }
        );
    }
}

#[test]
fn everything_outside_of_the_edits_stays() {
    let repo = Repo::new();
    repo.write("a.yaml", format!("\u{feff}# ü\r\n{}\n\n# end", TEMPLATE.replace("Web:", "Web: # \t tab")));
    let before = read(&repo, "a.yaml");
    assert_eq!(repo.run(&["fix", "--write"]).code, 0);
    assert_eq!(read(&repo, "a.yaml"), before.replace("optional", "required"));
}

#[test]
fn secrets_are_masked_in_patches_and_files_are_mended_all_the_same() {
    let secret = ["Tr0ub4dor", "andThree"].concat();
    let repo = Repo::new();
    repo.write("a.yaml", with_secret(&secret));
    for args in [&["fix", "--unsafe-fixes"][..], &["fix", "--unsafe-fixes", "--format", "json"]] {
        let ran = repo.run(args);
        assert!(!format!("{ran:?}").contains(&secret), "{ran:?}");
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.stdout.contains("****"), "{ran:?}");
        assert!(ran.stdout.contains("secrets in it are masked"), "{ran:?}");
    }
    let ran = repo.run(&["fix", "--unsafe-fixes", "--write"]);
    assert!(!format!("{ran:?}").contains(&secret), "{ran:?}");
    assert!(read(&repo, "a.yaml").contains("ManageMasterUserPassword: true"), "{ran:?}");
}

#[test]
fn exit_codes_say_whether_something_is_left() {
    let repo = Repo::new();
    // There is nothing.
    let ran = repo.run(&["fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.stderr, "no Terraform, CloudFormation or CDK files under .\n");
    assert_eq!(repo.run(&["fix", "nowhere"]).code, 2);
    // Something that has no fix is left.
    let token = format!("{}{}", "ghp_", "x7Kq9mPv3RtY2wZs8LdN4bHcJ6gFaE1u0000");
    repo.write("main.tf", format!("locals {{\n  token = \"{token}\"\n}}\n{}", "resource \"aws_iam_user\" \"u\" {\n  name = \"u\"\n}\nresource \"aws_iam_access_key\" \"k\" {\n  user = aws_iam_user.u.name\n}\n"));
    let ran = repo.run(&["fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.starts_with("nothing to fix") || ran.stderr.contains("\nnothing to fix"), "{ran:?}");
    let ran = repo.run(&["fix", "--write"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(repo.run(&["fix", "--write", "--fail-on", "never"]).code, 0);
    // A broken file keeps nothing else from being mended.
    repo.write("b/broken.tf", "resource \"aws_instance\" {{{\n");
    repo.write("c/a.yaml", TEMPLATE);
    let ran = repo.run(&["fix", "--write"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("problem[syntax]: b/broken.tf:1"), "{ran:?}");
    assert!(read(&repo, "c/a.yaml").contains("required"));
}

#[test]
fn who_selects_gets_no_other_fixes() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE);
    assert_eq!(repo.run(&["fix", "--select", "SEC"]).code, 0);
    assert_eq!(repo.run(&["fix", "--ignore", "IMDS01"]).code, 0);
    repo.write("keyless.toml", "ignore = [\"IMDS\"]\n");
    assert_eq!(repo.run(&["fix"]).code, 0);
    assert_eq!(repo.run(&["fix", "--no-config"]).code, 1);
}

#[test]
fn what_is_accepted_or_excepted_is_left_alone() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE);
    assert_eq!(repo.run(&["baseline", "--reason", "old"]).code, 0);
    assert_eq!(repo.run(&["fix"]).code, 0);
    assert_eq!(repo.run(&["fix", "--no-baseline"]).code, 1);
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE.replace("enabled}", "enabled} # keyless: ignore[IMDS01] old software"));
    let ran = repo.run(&["fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::PermissionsExt;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("t.yaml"), TEMPLATE).unwrap();
    let repo = Repo::new();
    repo.link("t.yaml", outside.path().join("t.yaml"));
    repo.link("folder", outside.path());
    repo.write("real/a.yaml", TEMPLATE);
    repo.link("inside.yaml", "real/a.yaml");
    repo.write("read-only.yaml", TEMPLATE);
    let read_only = repo.path().join("read-only.yaml");
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o444)).unwrap();
    let ran = repo.run(&["fix", "--write"]);
    assert_eq!(fs::read_to_string(outside.path().join("t.yaml")).unwrap(), TEMPLATE);
    assert_eq!(read(&repo, "real/a.yaml"), TEMPLATE.replace("optional", "required"), "{ran:?}");
    assert!(fs::symlink_metadata(repo.path().join("inside.yaml")).unwrap().is_symlink());
    assert_eq!(read(&repo, "read-only.yaml"), TEMPLATE);
    assert!(ran.stderr.contains("refused: it edits `read-only.yaml`: it is read-only"), "{ran:?}");
    assert_eq!(fs::metadata(&read_only).unwrap().permissions().mode() & 0o777, 0o444);
}

#[test]
fn what_git_ignores_is_not_edited() {
    let repo = Repo::new();
    repo.write(".gitignore", "out/\n");
    repo.write("out/a.yaml", TEMPLATE);
    let ran = repo.run(&["fix", "--write"]);
    assert_eq!(read(&repo, "out/a.yaml"), TEMPLATE, "{ran:?}");
    // Who names it means it.
    assert_eq!(repo.run(&["fix", "--write", "out"]).code, 0);
    assert!(read(&repo, "out/a.yaml").contains("required"));
}

#[test]
fn only_what_is_named_is_edited() {
    let repo = Repo::new();
    repo.write("a/a.yaml", TEMPLATE);
    repo.write("b/b.yaml", TEMPLATE);
    assert_eq!(repo.run(&["fix", "--write", "a/a.yaml"]).code, 0);
    assert!(read(&repo, "a/a.yaml").contains("required"));
    assert_eq!(read(&repo, "b/b.yaml"), TEMPLATE);
    // From another folder, a patch is for there.
    let ran = run_in(&repo.path().join("a"), &["fix", "../b"]);
    assert!(
        ran.stdout.contains("--- a/../b/b.yaml") && ran.stdout.contains("outside of the working"),
        "{ran:?}"
    );
}

fn git(repo: &Repo, args: &[&str]) -> bool {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let ran = Command::new("git").current_dir(repo.path()).args(identity).args(args).output();
    ran.is_ok_and(|output| output.status.success())
}

#[test]
fn a_change_mends_only_what_it_brings() {
    let folder = Repo::new();
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    folder.write("old.yaml", TEMPLATE);
    if !(git(&folder, &["init", "-q"])
        && git(&folder, &["add", "."])
        && git(&folder, &["commit", "-qm", "x"]))
    {
        eprintln!("skipped: no git here");
        return;
    }
    folder.write("new.yaml", TEMPLATE);
    let ran = folder.run(&["fix", "--changed-since", "HEAD", "--write"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(read(&folder, "old.yaml"), TEMPLATE);
    assert_eq!(read(&folder, "new.yaml"), TEMPLATE.replace("optional", "required"));
}

#[test]
fn programs_get_json() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE);
    let ran = repo.run(&["fix", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/fixes.schema.json");
    let schema: serde_json::Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report), "{report:#}");
    assert_eq!(report["fixes"][0]["state"], "mended");
    assert_eq!(report["files"][0]["path"], "a.yaml");
    assert_eq!(report["files"][0]["written"], serde_json::Value::Null);
    let diff = report["files"][0]["diff"].as_str().unwrap();
    assert!(
        diff.contains("\n+      MetadataOptions: {HttpTokens: required, HttpEndpoint: enabled}\n"),
        "{diff}"
    );
}

#[test]
fn nothing_in_a_file_is_obeyed_by_a_terminal_or_a_runner() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE.replace("enabled}", "enabled} # ::set-env x\u{202e}"));
    let ran = repo.run(&["fix"]);
    assert!(!ran.stdout.contains('\u{202e}') && !ran.stdout.contains(" ::set-env"), "{ran:?}");
    assert!(ran.stdout.contains("is escaped in it"), "{ran:?}");
    assert_eq!(repo.run(&["fix", "--write"]).code, 0);
    assert!(read(&repo, "a.yaml").contains("required, HttpEndpoint: enabled} # ::set-env x\u{202e}\n"));
}

#[test]
fn colours_are_for_terminals() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE);
    assert!(!repo.run(&["fix"]).stdout.contains('\u{1b}'));
    let output = command(repo.path(), &["fix"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.contains("\u{1b}[32;1m+      Meta") || stdout.contains("+      Meta"), "{stdout:?}");
    assert!(stdout.contains("\u{1b}["), "{stdout:?}");
}

#[test]
fn a_report_offers_the_fixes_that_hold() {
    let repo = Repo::new();
    repo.write("a.yaml", TEMPLATE);
    let (_, report) = repo.json(&[]);
    let fix = &report["findings"][0]["fixes"][0];
    assert_eq!((&fix["safety"], &fix["effect"]), (&"safe".into(), &"in-place".into()), "{fix:#}");
    let edit = &fix["edits"][0];
    assert_eq!(
        (&edit["path"], &edit["start"]["line"], &edit["text"]),
        (&"a.yaml".into(), &7.into(), &"required".into())
    );
    let Ran { stdout, .. } = repo.run(&["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let replacement = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "required", "{sarif:#}");
    assert_eq!(replacement["deletedRegion"]["startLine"], 7);
    let Ran { stdout, .. } = repo.run(&["check", "--format", "rdjson"]);
    let rdjson: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(rdjson["diagnostics"][0]["suggestions"][0]["text"], "required", "{rdjson:#}");
    // Reports that are put together keep them, under the name that their files have then.
    repo.write("r.json", repo.run(&["check", "--format", "json"]).stdout);
    let merged = repo.run(&["merge", "--format", "json", "sub=r.json"]);
    let merged: serde_json::Value = serde_json::from_str(&merged.stdout).unwrap();
    assert_eq!(merged["findings"][0]["fixes"][0]["edits"][0]["path"], "sub/a.yaml");
}

#[test]
fn what_is_left_as_a_strict_note_keeps_nothing_from_being_mended() {
    let template = "Resources:
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-12345678
        MetadataOptions: {HttpTokens: optional, HttpEndpoint: enabled}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: a
      NodeRole: !Sub arn:aws:iam::${AWS::AccountId}:role/nodes
      Subnets: [subnet-12345678]
      LaunchTemplate: {Id: !Ref Launch}
";
    let repo = Repo::new();
    repo.write("a.yaml", template);
    repo.write("b.yaml", with_secret(&["Tr0ub4dor", "andThree"].concat()));
    let ran = repo.run(&["fix", "--strict", "--unsafe-fixes", "--write"]);
    assert!(!ran.stderr.contains("refused"), "{ran:?}");
    assert_eq!(read(&repo, "a.yaml"), template.replace("optional", "required"), "{ran:?}");
    let (_, report) = repo.json(&["--strict"]);
    let left: Vec<_> = report["findings"].as_array().unwrap().iter().map(|one| &one["severity"]).collect();
    assert!(!left.is_empty() && left.iter().all(|severity| *severity == "note"), "{report:#}");
    // And what was left is nothing to be mended.
    let again = repo.run(&["fix", "--strict", "--unsafe-fixes"]);
    assert_eq!((again.code, again.stdout.as_str()), (0, ""), "{again:?}");
}

#[test]
fn reports_say_in_words_what_somebody_has_to_look_at() {
    let repo = Repo::new();
    repo.write("a.yaml", with_secret(&["Tr0ub4dor", "andThree"].concat()));
    let (_, report) = repo.json(&[]);
    let all = report["findings"].as_array().unwrap().iter();
    let fixes: Vec<_> = all.flat_map(|one| one["fixes"].as_array().cloned().unwrap_or_default()).collect();
    let is_unsafe = |fix: &&serde_json::Value| fix["safety"] == "unsafe";
    assert!(fixes.iter().any(|fix| is_unsafe(&fix)), "{report:#}");
    assert!(fixes.iter().filter(is_unsafe).all(|fix| fix["note"] != ""), "{report:#}");
    let Ran { stdout, .. } = repo.run(&["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap().iter();
    let fixes: Vec<_> =
        results.flat_map(|one| one["fixes"].as_array().cloned().unwrap_or_default()).collect();
    assert!(!fixes.is_empty(), "{sarif:#}");
    for fix in fixes {
        let text = fix["description"]["text"].as_str().unwrap();
        assert_eq!(text.starts_with("Unsafe: "), fix["properties"]["safety"] == "unsafe", "{fix:#}");
    }
    // A click would apply them.
    let Ran { stdout, .. } = repo.run(&["check", "--format", "rdjson", "--select", "SEC01"]);
    let rdjson: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let suggestions: Vec<_> =
        rdjson["diagnostics"].as_array().unwrap().iter().map(|one| &one["suggestions"]).collect();
    assert!(!suggestions.is_empty() && suggestions.iter().all(|one| one.is_null()), "{rdjson:#}");
}

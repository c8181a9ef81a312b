//! Arguments, exit codes and what a user sees first.

use crate::harness::{Repo, VIOLATION, command, findings, problems};
use std::io::Read;
use std::process::Stdio;

#[test]
fn help_names_what_there_is() {
    let repo = Repo::new();
    let help = repo.run(&["--help"]);
    assert_eq!(help.code, 0);
    for word in ["check", "facts", "policies", "explain"] {
        assert!(help.stdout.contains(word), "{word}: {help:?}");
    }
    let help = repo.run(&["check", "--help"]);
    for word in [
        "--exclude",
        "--select",
        "--ignore",
        "--fail-on",
        "--strict",
        "--history",
        "--threads",
        "--format",
        "Exit codes",
    ] {
        assert!(help.stdout.contains(word), "{word}: {help:?}");
    }
}

#[test]
fn bad_usage_exits_with_2() {
    let repo = Repo::with_violation();
    for args in [
        vec![],
        vec!["chek"],
        vec!["check", "--format", "xml"],
        vec!["check", "--threads", "0"],
        vec!["check", "--fail-on", "everything"],
        vec!["explain", "NOPE99"],
    ] {
        let ran = repo.run(&args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_path_that_is_not_there_is_a_problem() {
    let repo = Repo::with_violation();
    let ran = repo.run(&["check", "nowhere", "good"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("problem[config]: nowhere: no such file or directory"), "{ran:?}");
}

#[test]
fn a_folder_without_code_says_so() {
    let repo = Repo::new();
    let ran = repo.run(&["check"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.stdout, "no Terraform, CloudFormation or CDK files under .\n");
    repo.write("package.json", "{\"name\": \"x\"}");
    repo.write("docs/list.yaml", "- a\n- b\n");
    assert_eq!(
        repo.run(&["check", "docs", "."]).stdout,
        "no Terraform, CloudFormation or CDK files under docs, .\n"
    );
}

#[test]
fn a_bad_glob_is_a_problem() {
    let repo = Repo::with_violation();
    let (code, report) = repo.json(&["--exclude", "a["]);
    assert_eq!((code, problems(&report)), (2, vec!["config a[".to_owned()]));
}

#[test]
fn an_unknown_policy_is_a_problem_with_a_suggestion() {
    let repo = Repo::with_violation();
    let ran = repo.run(&["check", "--select", "IMDS1,KEY"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout.contains("no policy, name or family is called `IMDS1`; did you mean `IMDS`?"),
        "{ran:?}"
    );
    assert!(!ran.stdout.contains("`KEY`"), "{ran:?}");
}

#[test]
fn a_closed_pipe_is_quiet() {
    let repo = Repo::with_violation();
    for args in [vec!["check"], vec!["policies"], vec!["--help"]] {
        let mut child =
            command(repo.path(), &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        child.wait().unwrap();
        assert_eq!(stderr, "", "{args:?}");
    }
}

#[test]
fn fail_on_decides_the_exit_code() {
    let repo = Repo::with_violation();
    for (args, code) in [
        (vec!["check"], 1),
        (vec!["check", "--fail-on", "never"], 0),
        (vec!["check", "--ignore", "IMDS"], 0),
        (vec!["check", "--ignore", "imdsv1-allowed"], 0),
        (vec!["check", "--select", "KEY"], 0),
        (vec!["check", "--select", "IMDS01"], 1),
        (vec!["check", "--exclude", "good"], 0),
    ] {
        assert_eq!(repo.run(&args).code, code, "{args:?}");
    }
}

#[test]
fn a_named_file_is_judged_with_its_neighbours_but_alone_reported() {
    let repo = Repo::with_violation();
    repo.write("good/other.tf", crate::harness::VIOLATION.replace("\"web\" {", "\"other\" {"));
    let (code, report) = repo.json(&["good/other.tf"]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 good/other.tf:6".to_owned()]));
}

#[test]
fn a_violation_is_found_where_it_stands() {
    let repo = Repo::with_violation();
    let (code, report) = repo.json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 good/main.tf:6".to_owned()]));
    let concise = repo.run(&["check", "--format", "concise"]).stdout;
    assert!(concise.starts_with("good/main.tf:6:"), "{concise}");
}

#[test]
fn every_policy_is_listed_and_explained() {
    let repo = Repo::new();
    let listed = repo.run(&["policies"]);
    assert_eq!(listed.code, 0);
    for code in [
        "KEY01", "KEY02", "KEY03", "ROOT01", "SEC01", "SEC02", "SEC03", "SEC04", "EC201", "EC202", "IMDS01",
        "IMDS02",
    ] {
        assert!(listed.stdout.contains(code), "{code}");
        let page = repo.run(&["explain", code]);
        assert_eq!(page.code, 0);
        assert!(page.stdout.contains(code), "{code}");
    }
}

#[test]
fn an_excluded_module_is_read_for_its_caller_and_not_reported() {
    let repo = Repo::new();
    repo.write("main.tf", "module \"m\" {\n  source = \"./modules/m\"\n}\n");
    repo.write("modules/m/main.tf", VIOLATION);
    assert_eq!(findings(&repo.json(&[]).1), ["IMDS01 modules/m/main.tf:6"]);
    let (code, report) = repo.json(&["--exclude", "modules"]);
    assert_eq!((code, findings(&report)), (0, vec![]));
}

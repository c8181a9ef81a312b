//! `keyless plan -- COMMAND`: the command runs when the code that it uses is clean, and not otherwise.

#![cfg(unix)]

use crate::harness::{Ran, Repo, VIOLATION, command};
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

/// A folder with a program of this name that says what it was called with, and exits with 3.
fn with_program(name: &str) -> Repo {
    let repo = Repo::new();
    let script = "#!/bin/sh\necho \"ran $(basename \"$0\") in $(basename \"$PWD\"):\"\nprintf '<%s>\\n' \"$@\"\ncat\nexit 3\n";
    repo.write(&format!("bin/{name}"), script);
    let path = repo.path().join("bin").join(name);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    repo
}

fn run(repo: &Repo, args: &[&str], environment: &[(&str, &str)]) -> Ran {
    let path = format!("{}:{}", repo.path().join("bin").display(), std::env::var("PATH").unwrap());
    let mut command = command(repo.path(), args);
    command.env("PATH", path).envs(environment.iter().copied());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who does not read it has ended.
    let _ = child.stdin.take().unwrap().write_all(b"typed\n");
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

const CLEAN: &str = "variable \"tokens\" {\n  default = \"required\"\n}\n\nresource \"aws_instance\" \"web\" {\n  iam_instance_profile = \"web\"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n";

#[test]
fn a_clean_folder_is_handed_to_the_command() {
    let repo = with_program("terraform");
    repo.write("main.tf", CLEAN);
    let ran = run(&repo, &["plan", "--", "terraform", "plan", "-out", "a b", "$(x)"], &[]);
    let folder = repo.path().file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.stdout, format!("ran terraform in {folder}:\n<plan>\n<-out>\n<a b>\n<$(x)>\ntyped\n"));
    assert!(ran.stderr.ends_with("no findings\n"), "{ran:?}");
}

#[test]
fn what_is_not_clean_is_shown_and_nothing_runs() {
    let repo = with_program("terraform");
    repo.write("main.tf", VIOLATION);
    let ran = run(&repo, &["plan", "--", "terraform", "plan"], &[]);
    assert_eq!((ran.code, &*ran.stdout), (1, ""), "{ran:?}");
    assert!(ran.stderr.contains("error[IMDS01]"), "{ran:?}");
    assert!(ran.stderr.ends_with("keyless: `terraform` was not run\n"), "{ran:?}");

    repo.write("main.tf", "resource \"aws_instance\" {{{\n");
    let ran = run(&repo, &["plan", "--", "terraform", "plan"], &[]);
    assert_eq!((ran.code, &*ran.stdout), (2, ""), "{ran:?}");

    // As the flags of `check` say.
    repo.write("main.tf", VIOLATION);
    let ran = run(&repo, &["plan", "--ignore", "IMDS", "--", "terraform", "plan"], &[]);
    assert_eq!(ran.code, 3, "{ran:?}");
}

#[test]
fn the_code_is_judged_with_the_values_of_the_command() {
    let repo = with_program("terraform");
    repo.write("prod/main.tf", CLEAN);
    repo.write("prod/bad.tfvars", "tokens = \"optional\"\n");
    repo.write("other/main.tf", VIOLATION);
    let good = ["plan", "--", "terraform", "-chdir=prod", "plan"];
    assert_eq!(run(&repo, &good, &[]).code, 3);
    for more in [&["-var-file=bad.tfvars"][..], &["-var", "tokens=optional"]] {
        let ran = run(&repo, &[&good[..], more].concat(), &[]);
        assert_eq!((ran.code, &*ran.stdout), (1, ""), "{more:?}: {ran:?}");
    }
    for variable in [
        ("TF_VAR_tokens", "optional"),
        ("TF_CLI_ARGS_plan", "-var-file=bad.tfvars"),
        ("TF_CLI_ARGS", "-var tokens=optional"),
    ] {
        assert_eq!(run(&repo, &good, &[variable]).code, 1, "{variable:?}");
    }
    // A named PATH is what is judged.
    assert_eq!(run(&repo, &["plan", ".", "--", "terraform", "-chdir=prod", "plan"], &[]).code, 1);
}

#[test]
fn the_command_stands_behind_two_dashes() {
    let repo = with_program("make");
    repo.write("main.tf", CLEAN);
    for args in [&["plan"][..], &["plan", "--"], &["plan", "terraform", "plan"]] {
        let ran = run(&repo, args, &[]);
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{args:?}: {ran:?}");
    }
    let ran = run(&repo, &["plan", "--", "make", "plan"], &[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let ran = run(&repo, &["plan", "--", "no-such-program-here"], &[]);
    assert_eq!(ran.code, 127, "{ran:?}");
    assert!(ran.stderr.contains("`no-such-program-here` cannot be run: no such program"), "{ran:?}");
    let ran = run(&repo, &["plan", "--", "./main.tf"], &[]);
    assert_eq!(ran.code, 126, "{ran:?}");
    assert!(ran.stderr.contains("permission denied"), "{ran:?}");
}

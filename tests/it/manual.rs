//! Completions and the manual.

use crate::harness::{FORMATS, Repo};
use std::fs;
use std::process::{Command, Stdio};

/// What bash offers for the last word of this line.
fn completed(repo: &Repo, line: &str) -> Option<Vec<String>> {
    let script = repo.path().join("keyless.bash");
    fs::write(&script, repo.run(&["completions", "bash"]).stdout).unwrap();
    let driver = r#"
        source "$1"
        read -ra COMP_WORDS <<<"$2"
        [ "${2% }" = "$2" ] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
        complete -p keyless >/dev/null || exit 9
        _keyless keyless "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let Ok(output) = Command::new("bash").args(["-c", driver, "bash"]).arg(&script).arg(line).output() else {
        eprintln!("skipped: no bash here");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_commands_flags_and_formats() {
    let repo = Repo::new();
    let Some(offered) = completed(&repo, "keyless che") else { return };
    assert_eq!(offered, ["check"]);
    assert!(completed(&repo, "keyless check --fail").unwrap().contains(&"--fail-on".to_owned()));
    assert_eq!(completed(&repo, "keyless check --format ").unwrap(), FORMATS);
    assert_eq!(completed(&repo, "keyless completions ba").unwrap(), ["bash"]);
    // What is not for people is not offered.
    assert!(!completed(&repo, "keyless guard").unwrap().contains(&"guard-worker".to_owned()));
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Repo::new().run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        assert!(ran.stdout.contains("changed-since") || ran.stdout.contains("fail-on"), "{shell}");
    }
    assert_eq!(Repo::new().run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn the_manual_has_a_page_a_command() {
    let repo = Repo::new();
    assert_eq!(repo.run(&["man", "--output-dir", "man"]).code, 0);
    for (page, args) in [
        ("keyless.1", &["man"][..]),
        ("keyless-check.1", &["man", "check"]),
        ("keyless-plan.1", &["man", "plan"]),
        ("keyless-policies-test.1", &["man", "policies-test"]),
    ] {
        let written = fs::read_to_string(repo.path().join("man").join(page)).unwrap();
        let ran = repo.run(args);
        assert_eq!((ran.code, &ran.stdout), (0, &written), "{page}");
    }
    assert!(!repo.path().join("man/keyless-guard-worker.1").exists());
    let ran = repo.run(&["man", "chek"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean `check`?"), "{ran:?}");
}

#[test]
fn groff_has_nothing_to_say_against_the_manual() {
    let repo = Repo::new();
    assert_eq!(repo.run(&["man", "--output-dir", "man"]).code, 0);
    for page in fs::read_dir(repo.path().join("man")).unwrap() {
        let page = page.unwrap().path();
        let groff = Command::new("groff")
            .args(["-Kutf8", "-man", "-Tutf8", "-ww", "-z"])
            .arg(&page)
            .stdin(Stdio::null())
            .output();
        let Ok(groff) = groff else {
            eprintln!("skipped: no groff here");
            return;
        };
        assert_eq!(String::from_utf8_lossy(&groff.stderr), "", "{}", page.display());
    }
}

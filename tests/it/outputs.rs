//! `--format X[=FILE]` and `--output-dir`: which output goes where.

use crate::harness::{FORMATS, Repo};
use std::fs;

#[test]
fn the_formats_are_those_of_the_help() {
    let said = Repo::new().run(&["check", "--format", "nope"]).stderr;
    let listed = said.split_once("[possible values: ").unwrap().1.split(']').next().unwrap();
    assert_eq!(listed.split(", ").collect::<Vec<_>>(), FORMATS);
}

#[test]
fn one_run_writes_many_outputs() {
    let repo = Repo::with_violation();
    let plain = repo.run(&["check"]);
    let concise = repo.run(&["check", "--format", "concise"]);
    let json = repo.run(&["check", "--format", "json"]);

    let ran = repo.run(&["check", "--format=concise", "--format", "json=out/a.json", "--format=human=b.txt"]);
    assert_eq!((ran.code, &ran.stdout), (1, &concise.stdout), "{ran:?}");
    assert_eq!(fs::read_to_string(repo.path().join("out/a.json")).unwrap(), json.stdout);
    assert_eq!(fs::read_to_string(repo.path().join("b.txt")).unwrap(), plain.stdout);

    // With files alone, people still see what is wrong.
    let ran = repo.run(&["check", "--format", "json=a.json"]);
    assert_eq!((ran.code, &ran.stdout), (1, &plain.stdout), "{ran:?}");

    let ran = repo.run(&["check", "--format", "json=-"]);
    assert_eq!((ran.code, &ran.stdout), (1, &json.stdout), "{ran:?}");
}

#[test]
fn a_folder_takes_all_outputs_under_names_of_their_own() {
    let repo = Repo::with_violation();
    let args = ["check", "--output-dir", "reports/today", "--format=json", "--format=concise=short.txt"];
    let ran = repo.run(&[&args[..], &["--format", "human"]].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("error[IMDS01]"), "{ran:?}");
    let mut names: Vec<_> = fs::read_dir(repo.path().join("reports/today"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["keyless.json", "keyless.txt", "short.txt"]);
}

#[test]
fn outputs_that_cannot_be_exit_with_2() {
    let repo = Repo::with_violation();
    for (args, said) in [
        (&["--format", "json", "--format", "concise"][..], "both go to standard output"),
        (&["--format=json=a", "--format=concise=a"], "both go to `a`"),
        (&["--format=json=a", "--format=concise=./a"], "both go to `./a`"),
        (&["--format", "json="], "no file after `=`"),
        (&["--format", "jsn"], "did you mean `json`?"),
        (&["--output-dir", "x"], "--format"),
        (&["--format", "json=good"], "good: "),
    ] {
        let ran = repo.run(&[&["check"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {ran:?}");
        assert!(ran.stderr.contains(said), "{args:?}: {ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    }
    assert!(!repo.path().join("a").exists());
}

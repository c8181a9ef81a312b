//! Repositories whose references are no files that git writes: nothing waits for them, none is held, and it is said.

use crate::bombs::bounded;
use crate::harness::{Ran, Repo};
use std::fs;
use std::path::PathBuf;

/// A repository of two commits, whose branch `other` stands at the first. `None` where there is no git.
fn repository() -> Option<Repo> {
    let repo = Repo::with_violation();
    fs::remove_dir_all(repo.path().join(".git")).unwrap();
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command
            .current_dir(repo.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(args);
        command.output().is_ok_and(|output| output.status.success())
    };
    let is_made = git(&["init", "-q", "-b", "main"])
        && git(&["add", "."])
        && git(&["commit", "-qm", "first"])
        && git(&["branch", "other"])
        && git(&["commit", "-qm", "second", "--allow-empty"]);
    if !is_made {
        eprintln!("skipped: no git here");
    }
    is_made.then_some(repo)
}

fn run(repo: &Repo, args: &[&str]) -> Ran {
    let ran = bounded(repo, &[&["check", "--format", "human"], args].concat());
    assert!(!ran.stdout.contains("a bug"), "{ran:?}");
    ran
}

/// What keyless says to a comparison with `other` and to `--history`, when this is made of a file of git's.
#[track_caller]
fn assert_told(path: &str, make: &dyn Fn(PathBuf) -> bool, [since, history]: [&str; 2]) {
    let Some(repo) = repository() else { return };
    let place = repo.path().join(".git").join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&place);
    if !make(place) {
        eprintln!("skipped: no such thing can be made here");
        return;
    }
    for (args, expected) in [(&["--changed-since", "other"][..], since), (&["--history"], history)] {
        let ran = run(&repo, args);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains(expected), "{path} {args:?}: {said}");
        // Whatever cannot be compared with counts, and what was not looked through is a problem.
        let allowed: &[i32] = match expected {
            "no new findings" => &[0],
            _ if args[0] == "--history" => &[2],
            _ => &[1, 2],
        };
        assert!(allowed.contains(&ran.code), "{path} {args:?}: {ran:?}");
    }
    assert_eq!(run(&repo, &[]).code, 1);
}

const BRANCH: &str = "`other` is a reference that is no file as git writes them";
const NOT_READ: &str = "a reference is no file as git writes them: the references are not read";
const LINK: &str = "a reference is a link or no file, and what only it leads to is not analysed";
const STORES: &str = "the list of the stores that it shares objects with cannot be read";

#[cfg(unix)]
#[test]
fn references_that_are_pipes_are_never_waited_for() {
    let pipe = |place: PathBuf| {
        std::process::Command::new("mkfifo").arg(place).status().is_ok_and(|status| status.success())
    };
    assert_told("refs/heads/other", &pipe, [BRANCH, LINK]);
    assert_told("refs/heads/main", &pipe, ["so that all findings count", LINK]);
    assert_told("refs/remotes/other/HEAD", &pipe, [BRANCH, LINK]);
    assert_told("packed-refs", &pipe, ["so that all findings count", NOT_READ]);
    assert_told("objects/info/alternates", &pipe, [STORES, STORES]);
    let endless = |place: PathBuf| std::os::unix::fs::symlink("/dev/zero", place).is_ok();
    assert_told("refs/heads/other", &endless, [BRANCH, LINK]);
    assert_told("packed-refs", &endless, ["so that all findings count", NOT_READ]);
    assert_told("objects/info/alternates", &endless, [STORES, STORES]);
    let by_way_of_another = |place: PathBuf| {
        let next = place.with_file_name("store");
        fs::create_dir_all(next.join("info")).unwrap();
        pipe(next.join("info/alternates")) && fs::write(place, "info/store\n").is_ok()
    };
    assert_told("objects/info/alternates", &by_way_of_another, [STORES, STORES]);
}

#[test]
fn references_of_gigabytes_are_not_held() {
    let large = |place: PathBuf| fs::File::create(place).unwrap().set_len(3 << 30).is_ok();
    assert_told("refs/heads/other", &large, [BRANCH, NOT_READ]);
    assert_told("refs/tags/v1", &large, ["no new findings", NOT_READ]);
    assert_told("packed-refs", &large, ["so that all findings count", NOT_READ]);
    assert_told("objects/info/alternates", &large, [STORES, STORES]);
    let many = |place: PathBuf| {
        fs::write(place, (0..9_000).map(|at| format!("s{at}\n")).collect::<String>()).is_ok()
    };
    assert_told("objects/info/alternates", &many, [STORES, STORES]);
}

#[test]
fn references_in_folders_without_end_are_told() {
    let deep = |place: PathBuf| {
        let folder = place.join("d/".repeat(80));
        fs::create_dir_all(&folder).is_ok() && fs::write(folder.join("x"), "0".repeat(40)).is_ok()
    };
    assert_told("refs/heads/deep", &deep, ["no new findings", NOT_READ]);
}

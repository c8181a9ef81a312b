//! Who wrote a line: the same as `git blame` says.

use crate::history::git;
use keyless::git::Blame;
use keyless::system::{Disk, System};
use std::fs;
use std::path::Path;

/// The commits of all lines of a file, by git; nothing where it is not committed.
fn by_git(folder: &Path, path: &str) -> Vec<Option<String>> {
    let out = git(folder, 0, &["blame", "--line-porcelain", "--", path]);
    let mut commits = Vec::new();
    let mut begins = true;
    for line in out.lines() {
        if begins {
            let id = line.split(' ').next().unwrap();
            commits.push((!id.bytes().all(|byte| byte == b'0')).then(|| id.to_owned()));
        }
        begins = line.starts_with('\t');
    }
    commits
}

fn by_keyless(folder: &Path, path: &str) -> Vec<Option<String>> {
    let root = Disk.canonical(folder).unwrap();
    let mut blame = Blame::open(&root, &Disk).unwrap();
    let text = fs::read_to_string(folder.join(path)).unwrap();
    let lines: Vec<u32> = (1..).take(text.lines().count()).collect();
    blame.lines(path, &text, &lines).into_iter().map(|said| said.map(|commit| commit.id.clone())).collect()
}

fn commit(folder: &Path, hour: u32, path: &str, text: &str) {
    fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
    fs::write(folder.join(path), text).unwrap();
    git(folder, hour, &["add", "-A"]);
    git(folder, hour, &["commit", "-q", "--allow-empty", "-m", "change"]);
}

#[test]
fn lines_are_blamed_as_git_blames_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    git(folder, 0, &["init", "-q", "-b", "main"]);
    let lines = |words: &[&str]| words.iter().map(|word| format!("{word}\n")).collect::<String>();
    commit(folder, 1, "a/main.tf", &lines(&["one", "two", "three", "four", "five", "six", "seven", "eight"]));
    git(folder, 2, &["checkout", "-q", "-b", "side"]);
    commit(folder, 3, "a/main.tf", &lines(&["one", "2", "three", "four", "five", "six", "seven", "eight"]));
    git(folder, 4, &["checkout", "-q", "main"]);
    commit(
        folder,
        5,
        "a/main.tf",
        &lines(&["one", "two", "three", "four", "five", "six", "7", "eight", "nine"]),
    );
    git(folder, 6, &["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(by_keyless(folder, "a/main.tf"), by_git(folder, "a/main.tf"));
    // Renamed as it is, and renamed with an edit.
    fs::create_dir(folder.join("b")).unwrap();
    git(folder, 7, &["mv", "a/main.tf", "b/main.tf"]);
    git(folder, 7, &["commit", "-q", "-m", "rename"]);
    git(folder, 8, &["mv", "b/main.tf", "other.tf"]);
    commit(
        folder,
        8,
        "other.tf",
        &lines(&["zero", "one", "2", "three", "four", "five", "six", "7", "eight", "nine"]),
    );
    let said = by_keyless(folder, "other.tf");
    assert_eq!(said, by_git(folder, "other.tf"));
    assert_eq!(said.iter().flatten().collect::<std::collections::BTreeSet<_>>().len(), 4, "{said:?}");
    // What is not committed, and other line breaks, which are no change.
    let text = fs::read_to_string(folder.join("other.tf")).unwrap().replace('\n', "\r\n");
    fs::write(folder.join("other.tf"), text.replace("four", "4")).unwrap();
    let now = by_keyless(folder, "other.tf");
    assert_eq!((now[4].as_ref(), &now[..4], &now[5..]), (None, &said[..4], &said[5..]));
    fs::write(folder.join("new.tf"), "a\n").unwrap();
    assert_eq!(by_keyless(folder, "new.tf"), [None]);
}

#[test]
fn lines_of_any_history_are_blamed_as_git_blames_them() {
    for seed in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        git(folder, 0, &["init", "-q", "-b", "main"]);
        let mut random = Random(seed);
        // Lines are words that never come again, so that only one answer is right.
        let mut words = 0..;
        let mut word = || format!("line {}", words.next().unwrap());
        let mut edit = |lines: &mut Vec<String>, random: &mut Random| {
            for _ in 0..=random.below(3) {
                let at = random.below(lines.len() + 1);
                match random.below(3) {
                    0 if at < lines.len() && lines.len() > 4 => drop(lines.remove(at)),
                    1 if at < lines.len() => lines[at] = word(),
                    _ => lines.insert(at, word()),
                }
            }
        };
        let mut lines = Vec::new();
        for _ in 0..6 {
            edit(&mut lines, &mut random);
        }
        let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        commit(folder, 1, "f.tf", &text(&lines));
        let mut hour = 2;
        for _ in 0..8 {
            edit(&mut lines, &mut random);
            commit(folder, hour, "f.tf", &text(&lines));
            hour += 1;
            if random.below(2) == 0 {
                // A side branch whose edit is taken over by the merge as a whole.
                git(folder, hour, &["checkout", "-q", "-b", &format!("side{hour}"), "HEAD^{commit}"]);
                edit(&mut lines, &mut random);
                commit(folder, hour, "f.tf", &text(&lines));
                git(folder, hour, &["checkout", "-q", "main"]);
                commit(folder, hour + 1, "other.tf", &format!("{hour}\n"));
                git(folder, hour + 2, &["merge", "-q", "-m", "merge", &format!("side{hour}")]);
                hour += 3;
            }
        }
        assert_eq!(by_keyless(folder, "f.tf"), by_git(folder, "f.tf"), "seed {seed}");
    }
}

/// Small and always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// On keyless's own history, which only some checkouts have.
#[test]
fn our_own_files_are_blamed_as_git_blames_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let count =
        std::process::Command::new("git").args(["rev-list", "--count", "HEAD"]).current_dir(root).output();
    let count = count.ok().and_then(|out| String::from_utf8(out.stdout).ok()?.trim().parse::<u32>().ok());
    if !root.join(".git").exists() || count.is_none_or(|count| count < 10) {
        eprintln!("skipped: no history of keyless here");
        return;
    }
    let (mut same, mut all) = (0, 0);
    for path in ["src/engine/mod.rs", "ARCHITECTURE.md", "src/git/repository.rs", "src/lib.rs"] {
        let (git, keyless) = (by_git(root, path), by_keyless(root, path));
        assert_eq!(git.len(), keyless.len());
        all += git.len();
        same += git.iter().zip(&keyless).filter(|(git, keyless)| git == keyless).count();
    }
    // Of equal lines, blank ones above all, either is right.
    assert!(same * 100 >= all * 98, "{same} of {all}");
    eprintln!("{same} of {all} lines as git has them");
}

//! Fixes of Terraform: what they say and what they make of code, in every layout that it may have.
//!
//! Each folder of `testdata/fixes/terraform` is a case; its name begins with the policies that are asked for.

use super::harness::{Ran, Repo};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Files = BTreeMap<String, String>;

fn cases() -> Vec<(String, Files)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/fixes/terraform");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let case = |folder: PathBuf| {
        let mut files = Files::new();
        read(&folder, &folder, &mut files);
        (folder.file_name().unwrap().to_str().unwrap().to_owned(), files)
    };
    folders.into_iter().map(case).collect()
}

fn read(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn with(files: &Files) -> Repo {
    let repo = Repo::new();
    for (name, text) in files {
        repo.write(name, text);
    }
    repo
}

fn fix(case: &str, repo: &Repo, more: &[&str]) -> Ran {
    let select = case.split('-').next().unwrap().to_uppercase();
    let strict = if case.contains("strict") { "--strict" } else { "--fail-on=cannot-tell" };
    repo.run(&[&["fix", "--unsafe-fixes", "--select", &select, strict], more].concat())
}

/// What the files become.
fn fixed(case: &str, files: &Files) -> Files {
    let repo = with(files);
    fix(case, &repo, &["--write"]);
    files.keys().map(|name| (name.clone(), fs::read_to_string(repo.path().join(name)).unwrap())).collect()
}

#[test]
fn fixes_of_terraform_read_as_if_their_author_had_written_them() {
    for (case, files) in cases() {
        let ran = fix(&case, &with(&files), &[]);
        insta::assert_snapshot!(
            format!("fixes_terraform__{}", case.replace('-', "_")),
            format!("{}{}", ran.stdout, ran.stderr)
        );
    }
}

/// The code is judged again without a finding that there is a fix for, and fixing it again changes nothing.
#[test]
fn fixes_of_terraform_leave_nothing_to_fix() {
    for (case, files) in cases() {
        let once = fixed(&case, &files);
        let again = fix(&case, &with(&once), &[]);
        assert_eq!(again.stdout, "", "{case}");
    }
}

#[test]
fn fixed_terraform_is_formatted_where_it_was() {
    for (case, files) in cases() {
        let repo = with(&files);
        let Some(before) = unformatted(repo.path()) else {
            eprintln!("skipped: no terraform on PATH");
            return;
        };
        assert_eq!(before, "", "{case}");
        let repo = with(&fixed(&case, &files));
        assert_eq!(unformatted(repo.path()).unwrap(), "", "{case}");
    }
}

fn unformatted(folder: &Path) -> Option<String> {
    let ran = Command::new("terraform")
        .args(["fmt", "-check", "-diff", "-recursive", "-no-color"])
        .current_dir(folder)
        .output()
        .ok()?;
    // 3: something is to be formatted.
    assert!(matches!(ran.status.code(), Some(0 | 3)), "{ran:?}");
    Some(String::from_utf8(ran.stdout).unwrap())
}

/// Code in another layout becomes the same in that layout.
/// Another layout of the same text.
type Way<'a> = &'a dyn Fn(&str) -> String;

#[test]
fn fixes_of_terraform_keep_the_layout() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let tabs = |text: &str| {
        let line = |line: &str| {
            let bare = line.trim_start_matches(' ');
            let indent = line.len() - bare.len();
            format!("{}{}{bare}\n", "\t".repeat(indent / 2), " ".repeat(indent % 2))
        };
        text.lines().map(line).collect::<String>()
    };
    let marked = |text: &str| format!("\u{feff}{text}");
    let unended = |text: &str| text.trim_end().to_owned();
    let ways: [(&str, Way<'_>); 4] =
        [("CRLF", &crlf), ("tabs", &tabs), ("a mark", &marked), ("no last line break", &unended)];
    for (case, files) in cases() {
        let expected = fixed(&case, &files);
        for (name, way) in &ways {
            // JSON is indented by four spaces at times, of which two tabs are none.
            if *name == "tabs" && case == "ec202-json" {
                continue;
            }
            let of = |files: &Files| -> Files {
                files.iter().map(|(name, text)| (name.clone(), way(text))).collect()
            };
            assert_eq!(fixed(&case, &of(&files)), of(&expected), "{case} with {name}");
        }
    }
}

#[test]
fn minified_json_stays_minified() {
    for (case, files) in cases().into_iter().filter(|(case, _)| case.ends_with("-json")) {
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let small: Files = files.iter().map(|(name, text)| (name.clone(), minified(text))).collect();
        let expected = fixed(&case, &files);
        for (name, text) in fixed(&case, &small) {
            assert_eq!(text, minified(&text), "{case}");
            assert_eq!(json(&text), json(&expected[&name]), "{case}");
        }
    }
}

/// What edits of code do not change is not edited: a plan says what it said until it is made anew.
#[test]
fn a_plan_is_told_to_be_made_anew() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/parity/instance-optional/plan.json");
    let repo = Repo::new();
    repo.write("plan.json", fs::read_to_string(plan).unwrap());
    let ran = fix("imds", &repo, &["plan.json"]);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("plan again"), "{}", ran.stderr);
}

/// What has instances is referred to by the key of its own instance, where that is the same.
#[test]
fn existing_roles_and_profiles_are_taken_by_instance() {
    for (case, code, taken, never) in [
        (
            "ec203-instances",
            "EC203",
            &["aws_iam_role.app[each.key].name"][..],
            &["aws_iam_role.app.name"][..],
        ),
        (
            "ec201-instances",
            "EC201",
            &["aws_iam_instance_profile.web[count.index].name"],
            &["aws_iam_instance_profile.web.name"],
        ),
    ] {
        let files = cases().into_iter().find(|(known, _)| known == case).unwrap().1;
        let ran = with(&files).run(&["check", "--select", code, "--format", "json"]);
        let offered = |text: &&str| ran.stdout.matches(*text).count();
        assert!(taken.iter().all(|text| offered(text) == 1), "{case}: {}", ran.stdout);
        assert!(never.iter().all(|text| offered(text) == 0), "{case}: {}", ran.stdout);
    }
}

/// Without white space between tokens, in the same order.
fn minified(text: &str) -> String {
    let (mut out, mut quoted, mut escaped) = (String::new(), false, false);
    for letter in text.chars() {
        if quoted || !letter.is_whitespace() {
            out.push(letter);
        }
        quoted ^= letter == '"' && !escaped;
        escaped = quoted && letter == '\\' && !escaped;
    }
    out
}

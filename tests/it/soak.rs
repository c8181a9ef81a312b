//! Public code, damaged in every way, through the whole binary: it never breaks, never calls clean what it could not read,
//! and says of what stands beside it what it always says.
//!
//! `KEYLESS_SOAK` is how often each file is damaged, `KEYLESS_SOAK_EVERY` of how many files one is taken.

use crate::chance::Chance;
use crate::harness::{VIOLATION, command, corpora};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// Damaged files in one tree.
const BATCH: usize = 300;
/// Larger ones are left to `bombs.rs`.
const LARGEST: u64 = 100_000;

/// A file, damaged, and whether nobody can take it for whole.
fn damaged(text: &[u8], chance: &mut Chance) -> (Vec<u8>, bool) {
    let mut bytes = text.to_vec();
    let at = chance.below(bytes.len());
    let to = (at + 1 + chance.below(200)).min(bytes.len());
    match chance.below(13) {
        0 => bytes.truncate(at),
        1 => (0..1 + chance.below(8)).for_each(|_| {
            let at = chance.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }),
        2 => {
            let block = bytes[at..to].to_vec();
            let target = chance.below(bytes.len());
            (0..1 + chance.below(4)).for_each(|_| drop(bytes.splice(target..target, block.iter().copied())));
        }
        3 => drop(bytes.drain(at..to)),
        4 => {
            let utf16 = String::from_utf8_lossy(&bytes).encode_utf16().collect::<Vec<_>>();
            bytes =
                [0xff, 0xfe].into_iter().chain(utf16.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        }
        5 => {
            let utf16 = String::from_utf8_lossy(&bytes).encode_utf16().collect::<Vec<_>>();
            bytes =
                [0xfe, 0xff].into_iter().chain(utf16.iter().flat_map(|unit| unit.to_be_bytes())).collect();
            bytes.truncate(bytes.len().saturating_sub(chance.below(3)));
        }
        6 => drop(bytes.splice(0..0, *b"\xef\xbb\xbf")),
        7 => {
            bytes.insert(at, 0xe9);
            return (bytes, true);
        }
        8 => {
            bytes.insert(0, 0);
            return (bytes, true);
        }
        9 => bytes.retain(|byte| *byte != b'"'),
        10 => bytes.iter_mut().for_each(|byte| {
            if *byte == b' ' {
                *byte = b'\t';
            }
        }),
        11 => {
            bytes = bytes
                .iter()
                .flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] })
                .collect();
        }
        _ => {
            let marks = b"{}[]()\"'$%<>#/*&!:,-|\\\n";
            (0..1 + chance.below(6)).for_each(|_| {
                let at = chance.below(bytes.len());
                bytes.insert(at.min(bytes.len()), marks[chance.below(marks.len())]);
            });
        }
    }
    (bytes, false)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut names: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    names.sort_by_key(std::fs::DirEntry::file_name);
    for entry in names {
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let is_code = ["tf", "tfvars", "yaml", "yml", "json", "template", "hcl", "env", "toml", "tfstate"]
            .contains(&ending.as_str());
        if kind.is_dir() && entry.file_name() != ".git" {
            files(&path, found);
        } else if kind.is_file() && is_code && entry.metadata().is_ok_and(|it| it.len() <= LARGEST) {
            found.push(path);
        }
    }
}

/// What is said of the part of a tree that nobody damaged, but for fixes: they are left out where findings are many.
fn of_the_rest(report: &Json) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let good = findings.filter(|one| one["path"].as_str().unwrap().starts_with("good/"));
    let without_fixes = good.cloned().map(|mut one| {
        one.as_object_mut().unwrap().remove("fixes");
        one.to_string()
    });
    without_fixes.collect()
}

/// Runs on a tree; keeps it where something is wrong with what comes.
fn assert_sound(tree: tempfile::TempDir, broken: &[String], expected: &mut Option<Vec<String>>) {
    let output = command(tree.path(), &["check", "--format", "json"]).output().unwrap();
    let wrong = |what: &str, tree: tempfile::TempDir| panic!("{what}: {}", tree.keep().display());
    let report: Json = match (output.status.code(), serde_json::from_slice(&output.stdout)) {
        (Some(0..=2), Ok(report)) => report,
        (code, _) => return wrong(&format!("exit code {code:?}"), tree),
    };
    let problems = report["problems"].as_array().unwrap();
    if problems.iter().any(|problem| problem["kind"] == "internal") {
        return wrong("a bug in keyless", tree);
    }
    let told = |path: &String| problems.iter().any(|problem| problem["path"] == **path);
    if let Some(path) = broken.iter().find(|path| !told(path)) {
        return wrong(&format!("{path} is broken and nobody says so"), tree);
    }
    let rest = of_the_rest(&report);
    if rest.is_empty() || *expected.get_or_insert_with(|| rest.clone()) != rest {
        wrong("the rest of the tree is judged otherwise", tree);
    }
}

#[test]
#[ignore = "takes minutes"]
fn damaged_code_breaks_nothing() {
    let Some(corpora) = corpora() else { return };
    let number = |name: &str, default: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (times, every) = (number("KEYLESS_SOAK", 3), number("KEYLESS_SOAK_EVERY", 10));
    let mut all = Vec::new();
    files(&corpora, &mut all);
    let mut chance = Chance::new(0x9e37_79b9_7f4a_7c15);
    let mut expected = None;
    let fresh = || {
        let tree = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(tree.path().join("good")).unwrap();
        std::fs::create_dir_all(tree.path().join(".git")).unwrap();
        std::fs::write(tree.path().join("good/main.tf"), VIOLATION).unwrap();
        tree
    };
    let (mut tree, mut broken, mut count) = (fresh(), Vec::new(), 0);
    for path in all.iter().step_by(every.max(1)) {
        let Ok(text) = std::fs::read(path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for _ in 0..times {
            let (bytes, is_broken) = damaged(&text, &mut chance);
            let shown = format!("m{count}/{name}");
            std::fs::create_dir_all(tree.path().join(format!("m{count}"))).unwrap();
            std::fs::write(tree.path().join(&shown), bytes).unwrap();
            let is_terraform = name.ends_with(".tf") && !name.starts_with('.');
            if is_broken && is_terraform {
                broken.push(shown);
            }
            count += 1;
            if count % BATCH == 0 {
                assert_sound(std::mem::replace(&mut tree, fresh()), &broken, &mut expected);
                broken.clear();
            }
        }
    }
    assert_sound(tree, &broken, &mut expected);
    eprintln!("{count} damaged files");
}

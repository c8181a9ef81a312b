//! Somebody ends a run early: what is known is said in whole documents, what is not is told, and nothing is half written.
#![cfg(unix)]

use crate::harness::{FORMATS, Repo, VIOLATION, command, findings};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Modules enough that a run takes a while.
fn tree() -> Repo {
    let repo = Repo::new();
    for at in 0..if cfg!(debug_assertions) { 150 } else { 1_500 } {
        let named = |number: usize| VIOLATION.replace("\"web\" {", &format!("\"web{number}\" {{"));
        repo.write(&format!("m{at}/main.tf"), (0..10).map(named).collect::<String>());
    }
    repo
}

struct Ended {
    code: Option<i32>,
    stdout: String,
    /// How long it took from the first signal on.
    took: Duration,
}

/// Runs, and sends these signals when so much time has gone by.
fn signalled(folder: &Path, args: &[&str], after: Duration, signals: &[&str]) -> Ended {
    let out = tempfile::NamedTempFile::new().unwrap();
    let mut child =
        command(folder, args).stdout(out.reopen().unwrap()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    let start = Instant::now();
    for signal in signals {
        assert!(Command::new("kill").arg(signal).arg(child.id().to_string()).status().is_ok());
    }
    let code = child.wait().unwrap().code();
    Ended { code, stdout: std::fs::read_to_string(out.path()).unwrap(), took: start.elapsed() }
}

fn duration_of(folder: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    command(folder, args).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    start.elapsed()
}

fn interruptions(report: &Json) -> usize {
    let problems = report["problems"].as_array().unwrap().iter();
    problems.filter(|problem| problem["message"].as_str().unwrap().starts_with("interrupted: ")).count()
}

#[test]
fn a_run_that_is_ended_says_what_it_has() {
    let repo = tree();
    let args = ["check", "--format", "json"];
    let (_, whole) = repo.json(&[]);
    let all: BTreeSet<String> = findings(&whole).into_iter().collect();
    let whole = duration_of(repo.path(), &args);
    let mut cut = 0;
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        for part in [1, 2, 3, 5, 7, 9] {
            let ended = signalled(repo.path(), &args, whole * part / 10, &[signal]);
            // On a busy machine the program may not have begun by then.
            if part <= 2 && ended.code.is_none() && ended.stdout.is_empty() {
                continue;
            }
            let report: Json = serde_json::from_str(&ended.stdout).unwrap();
            let said: BTreeSet<String> = findings(&report).into_iter().collect();
            assert!(said.is_subset(&all), "{signal} {part}");
            let interrupted = interruptions(&report);
            // It may have ended before.
            assert!(
                ended.code == Some(code) || ended.code == Some(1) && interrupted == 0,
                "{:?}",
                ended.code
            );
            assert_eq!(said.len() < all.len(), interrupted == 1, "{signal} {part}: {}", said.len());
            cut += interrupted;
        }
    }
    assert!(cut > 0, "no signal came in time");
}

#[test]
fn every_format_is_whole_however_early_a_run_ends() {
    let repo = tree();
    let whole = duration_of(repo.path(), &["check", "--format", "concise"]);
    for format in FORMATS {
        let ended = signalled(repo.path(), &["check", "--format", format], whole / 3, &["-TERM"]);
        let text = ended.stdout.trim_end();
        assert!(ended.code == Some(143) || ended.code == Some(1), "{format}: {:?}", ended.code);
        let json = |text: &str| serde_json::from_str::<Json>(text).is_ok();
        let is_whole = match *format {
            "json" | "sarif" | "gitlab" | "rdjson" => json(text),
            "jsonl" => text.lines().all(json),
            "junit" => text.ends_with("</testsuites>"),
            "checkstyle" => text.ends_with("</checkstyle>"),
            "html" => text.ends_with("</html>"),
            _ => !text.is_empty(),
        };
        assert!(is_whole, "{format}: {text}");
    }
}

#[test]
fn the_second_signal_does_not_ask() {
    let repo = tree();
    let args = ["check", "--format", "json"];
    let whole = duration_of(repo.path(), &args);
    for signals in [["-INT", "-INT"], ["-TERM", "-INT"], ["-INT", "-TERM"]] {
        let ended = signalled(repo.path(), &args, whole / 2, &signals);
        assert!(matches!(ended.code, Some(130 | 143 | 1)), "{:?}", ended.code);
        assert!(ended.took < Duration::from_secs(5), "{:?}", ended.took);
    }
}

#[test]
fn nothing_is_half_written() {
    let repo = tree();
    let state = || -> Vec<String> {
        let read = |at| std::fs::read_to_string(repo.path().join(format!("m{at}/main.tf"))).unwrap();
        (0..100).map(read).collect()
    };
    let before = state();
    let whole = duration_of(repo.path(), &["fix", "."]);
    for part in [1, 3, 5] {
        let ended = signalled(repo.path(), &["fix", ".", "--write"], whole * part / 10, &["-INT"]);
        for (text, before) in state().iter().zip(&before) {
            let mended = text.matches("http_tokens = \"required\"").count();
            assert!(text == before || mended == 10, "{text}");
        }
        assert!(matches!(ended.code, Some(130 | 0 | 1)), "{:?}", ended.code);
        if ended.code == Some(130) {
            assert!(ended.took < Duration::from_secs(60), "{:?}", ended.took);
        }
    }
    let args = ["baseline", ".", "--reason", "known"];
    let ended = signalled(repo.path(), &args, whole / 20, &["-TERM"]);
    assert!(matches!(ended.code, Some(143 | 0)), "{:?}", ended.code);
    // If all was judged before the signal came, all is accepted.
    if repo.path().join("keyless-baseline.json").exists() {
        assert_eq!(repo.run(&["check"]).code, 0);
    } else {
        assert_eq!(ended.code, Some(143), "{}", ended.stdout);
    }
}

#[test]
fn a_server_ends_at_once() {
    let repo = tree();
    let mut child = command(repo.path(), &["lsp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let start = Instant::now();
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    child.wait().unwrap();
    assert!(start.elapsed() < Duration::from_secs(5));
}

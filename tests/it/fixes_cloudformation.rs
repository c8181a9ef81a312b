//! Fixes of templates: for every fixture each fix as a diff, and what is judged again with it.

use insta::assert_snapshot;
use keyless::engine::{CheckRequest, check};
use keyless::findings::{Finding, Fix, Outcome};
use keyless::source::Sources;
use keyless::system::Disk;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What a run says of one file.
struct Judged {
    outcome: Outcome,
    sources: Sources,
}

fn judged(name: &str, text: &str) -> Judged {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let request = CheckRequest {
        paths: vec![folder.path().into()],
        strict: true,
        fixes: true,
        ..CheckRequest::default()
    };
    let sources = Sources::default();
    let outcome = check(&request, &Disk, &sources);
    Judged { outcome, sources }
}

/// What is wrong, without places, which move.
fn wrongs(judged: &Judged) -> BTreeSet<String> {
    let said = |finding: &Finding| format!("{} {} {:?}", finding.code, finding.title, finding.addresses);
    let all = judged.outcome.findings.iter().chain(&judged.outcome.cannot_tell).map(said);
    all.chain(judged.outcome.problems.iter().map(|problem| problem.message.clone())).collect()
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut edits = fix.edits.clone();
    edits.sort();
    let mut after = text.to_owned();
    for pair in edits.windows(2) {
        assert!(pair[0].site.span.end <= pair[1].site.span.start, "edits overlap: {edits:?}");
    }
    for edit in edits.iter().rev() {
        after.replace_range(edit.site.span.range(), &edit.text);
    }
    after
}

/// What a fix changes, line by line, with two lines around.
fn diff(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    // The lengths of what two rests have in common.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            common[at][to] = match old[at] == new[to] {
                true => common[at + 1][to + 1] + 1,
                false => common[at + 1][to].max(common[at][to + 1]),
            };
        }
    }
    let (mut at, mut to, mut lines) = (0, 0, Vec::new());
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            lines.push((' ', old[at]));
            (at, to) = (at + 1, to + 1);
        } else if at < old.len() && (to == new.len() || common[at + 1][to] >= common[at][to + 1]) {
            lines.push(('-', old[at]));
            at += 1;
        } else {
            lines.push(('+', new[to]));
            to += 1;
        }
    }
    let near = |line: usize| {
        let from = line.saturating_sub(2);
        lines[from..(line + 3).min(lines.len())].iter().any(|(mark, _)| *mark != ' ')
    };
    let mut shown = String::new();
    let mut gap = true;
    for (number, (mark, line)) in lines.iter().enumerate() {
        if near(number) {
            if gap {
                shown.push_str("@@\n");
            }
            writeln!(shown, "{mark}{line}").unwrap();
        }
        gap = !near(number);
    }
    shown
}

fn told(finding: &Finding, fix: &Fix, before: &str) -> String {
    let mut told = format!(
        "{} {} {}\n  {} [{}, {}: {}]\n",
        finding.code,
        finding.addresses.join(" "),
        finding.title,
        fix.title,
        fix.safety.as_str(),
        fix.effect.as_str(),
        fix.because
    );
    if !fix.note.is_empty() {
        writeln!(told, "  note: {}", fix.note).unwrap();
    }
    if !fix.edits.is_empty() {
        told.push_str(&diff(before, &applied(before, fix)));
    }
    told
}

/// All fixes of a policy in a file; each is held against a second run.
fn fixes(code: &str, name: &str, text: &str) -> Vec<(String, Option<String>)> {
    let before = judged(name, text);
    let known = wrongs(&before);
    let mut all = Vec::new();
    for finding in before.outcome.findings.iter().chain(&before.outcome.cannot_tell) {
        for fix in finding.fixes.iter().filter(|_| *finding.code == *code) {
            assert_eq!(
                fix.edits.iter().filter(|edit| before.sources.get(edit.site.file).text() != text).count(),
                0
            );
            let said = told(finding, fix, text);
            if !fix.is_applicable() {
                all.push((said, None));
                continue;
            }
            let fixed = applied(text, fix);
            let after = judged(name, &fixed);
            let now = wrongs(&after);
            let is_left = after.outcome.findings.iter().any(|left| {
                left.code == finding.code
                    && left.addresses == finding.addresses
                    && left.title == finding.title
            });
            let new: Vec<_> = now.difference(&known).collect();
            let verdict = match (is_left, new.as_slice()) {
                (false, []) => String::new(),
                (left, new) => format!("  left: {left}, new: {new:?}\n"),
            };
            all.push((said + &verdict, Some(fixed)));
        }
    }
    all
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/fixes/cloudformation")
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn every_fix_of_a_template_is_as_a_person_would_write_it() {
    for folder in sorted(&fixtures()) {
        let policy = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut all = String::new();
        for file in sorted(&folder) {
            let name = file.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            writeln!(all, "=== {name}").unwrap();
            let fixes = fixes(&policy.to_uppercase(), name, &text);
            assert!(!fixes.is_empty(), "no fix for {}", file.display());
            fixes.iter().for_each(|(told, _)| all.push_str(told));
        }
        assert_snapshot!(format!("fixes_cloudformation_{policy}"), all);
    }
}

#[test]
fn line_endings_and_marks_of_a_file_stay() {
    for folder in sorted(&fixtures()) {
        let code = folder.file_name().unwrap().to_str().unwrap().to_uppercase();
        for file in sorted(&folder) {
            let name = file.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            let plain: Vec<_> = fixes(&code, name, &text).into_iter().filter_map(|(_, text)| text).collect();
            let crlf = fixes(&code, name, &text.replace('\n', "\r\n"));
            let crlf: Vec<_> = crlf.into_iter().filter_map(|(_, text)| text).collect();
            let expected: Vec<_> = plain.iter().map(|text| text.replace('\n', "\r\n")).collect();
            assert_eq!(crlf, expected, "{}", file.display());
            let marked = fixes(&code, name, &format!("\u{feff}{text}"));
            let marked: Vec<_> = marked.into_iter().filter_map(|(_, text)| text).collect();
            let expected: Vec<_> = plain.iter().map(|text| format!("\u{feff}{text}")).collect();
            assert_eq!(marked, expected, "{}", file.display());
        }
    }
}

//! Fixes of templates: for every fixture each fix as a diff, and what is judged again with it.

use crate::harness::corpora;
use insta::assert_snapshot;
use keyless::engine::{CheckRequest, check};
use keyless::findings::{Finding, Fix, Outcome, Severity};
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
    let all = judged.outcome.findings.iter().chain(&judged.outcome.cannot_tell).map(wrong);
    all.chain(judged.outcome.problems.iter().map(|problem| problem.message.clone())).collect()
}

fn wrong(finding: &Finding) -> String {
    format!("{} {} {:?}", finding.code, finding.title, finding.addresses)
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
    let lines = shortened(&lines);
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

/// Of a long line and the one that takes its place what is different, with a little around.
fn shortened<'t>(lines: &[(char, &'t str)]) -> Vec<(char, std::borrow::Cow<'t, str>)> {
    const LONG: usize = 200;
    const AROUND: usize = 40;
    let mut shown: Vec<(char, std::borrow::Cow<'_, str>)> =
        lines.iter().map(|(mark, line)| (*mark, (*line).into())).collect();
    for at in 1..lines.len() {
        let ((gone, old), (new, line)) = (lines[at - 1], lines[at]);
        if (gone, new) != ('-', '+')
            || old.len().max(line.len()) < LONG
            || !old.is_ascii()
            || !line.is_ascii()
        {
            continue;
        }
        let same = old.bytes().zip(line.bytes()).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(line.len()) - same;
        let tail = old.bytes().rev().zip(line.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let (from, tail) = (same.saturating_sub(AROUND), tail.saturating_sub(AROUND));
        shown[at - 1].1 = format!("…{}…", &old[from..old.len() - tail]).into();
        shown[at].1 = format!("…{}…", &line[from..line.len() - tail]).into();
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

/// The texts that come of all fixes of a policy in a file.
fn fixed(code: &str, name: &str, text: &str) -> Vec<String> {
    let before = judged(name, text);
    let all = before.outcome.findings.iter().chain(&before.outcome.cannot_tell);
    let fixes = all.filter(|finding| *finding.code == *code).flat_map(|finding| &finding.fixes);
    fixes.filter(|fix| fix.is_applicable()).map(|fix| applied(text, fix)).collect()
}

/// All fixes of a policy in a file; each is held against a second run.
fn fixes(code: &str, name: &str, text: &str) -> Vec<String> {
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
                all.push(said);
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
            all.push(said + &verdict);
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
            fixes.iter().for_each(|told| all.push_str(told));
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
            let plain = fixed(&code, name, &text);
            let all =
                |change: &dyn Fn(&str) -> String| plain.iter().map(|text| change(text)).collect::<Vec<_>>();
            let crlf = |text: &str| text.replace('\n', "\r\n");
            assert_eq!(fixed(&code, name, &crlf(&text)), all(&crlf), "{}", file.display());
            let marked = |text: &str| format!("\u{feff}{text}");
            assert_eq!(fixed(&code, name, &marked(&text)), all(&marked), "{}", file.display());
        }
    }
}

/// Every fix of every template of public code: what it is about is gone, and nothing new is wrong.
#[test]
fn fixes_of_public_templates_hold() {
    let Some(corpora) = corpora() else { return };
    let request =
        CheckRequest { paths: vec![corpora.clone()], strict: true, fixes: true, ..CheckRequest::default() };
    let sources = Sources::default();
    let all = check(&request, &Disk, &sources);
    let fixable = all.findings.iter().chain(&all.cannot_tell).flat_map(|finding| &finding.fixes);
    let fixable =
        fixable.flat_map(|fix| &fix.edits).map(|edit| sources.get(edit.site.file).root_path.clone());
    let fixable: BTreeSet<String> = fixable.collect();
    let mut broken = Vec::new();
    let mut tried = 0;
    for file in templates(&corpora) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let shown = file.display().to_string();
        if !fixable.iter().any(|path| shown.ends_with(path.as_str())) {
            continue;
        }
        let name = file.file_name().unwrap().to_str().unwrap();
        let before = judged(name, &text);
        let known = wrongs(&before);
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        for finding in before.outcome.findings.iter().chain(&before.outcome.cannot_tell) {
            // One of a kind is enough for a file.
            let kind = finding.title.split_whitespace().take(2).collect();
            if finding.fixes.is_empty() || !seen.insert((finding.code.to_string(), kind)) {
                continue;
            }
            for fix in finding.fixes.iter().filter(|fix| fix.is_applicable()) {
                tried += 1;
                let after = judged(name, &applied(&text, fix));
                let is_same = |left: &&Finding| left.fingerprint == finding.fingerprint;
                let left = after.outcome.findings.iter().any(|left| is_same(&left));
                let now = wrongs(&after);
                // What AWS could do better yet is told of by notes.
                let is_note = |said: &&String| {
                    let notes =
                        after.outcome.findings.iter().filter(|finding| finding.severity == Severity::Note);
                    notes.map(wrong).any(|note| note == **said)
                };
                let new: Vec<_> = now.difference(&known).filter(|said| !is_note(said)).collect();
                if left || !new.is_empty() {
                    let (code, title) = (&finding.code, &fix.title);
                    broken.push(format!("{}: {code}: {title}: left: {left}, new: {new:?}", file.display()));
                }
            }
        }
    }
    assert!(tried > 0);
    eprintln!("{tried} fixes tried");
    assert!(broken.is_empty(), "{} of {tried}:\n{}", broken.len(), broken.join("\n"));
}

fn templates(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in sorted(folder) {
        if path.is_dir() && !path.is_symlink() {
            found.extend(templates(&path));
        } else if ["yaml", "yml", "json", "template"]
            .iter()
            .any(|end| path.extension().is_some_and(|is| is == *end))
        {
            let text = fs::read(&path).unwrap_or_default();
            let is_template = text.len() < 400_000 && text.windows(5).any(|window| window == b"AWS::");
            found.extend(is_template.then_some(path));
        }
    }
    found
}

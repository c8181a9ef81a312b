//! Fixes of Terraform's code about credentials. Each folder of `testdata/fixes/credentials` is a tree; the snapshot says of
//! each finding what is proposed, what the files become, and whether that held when it was judged again. The same trees with
//! other line breaks, with tabs and, of JSON, without white space come out as the same.

use keyless::engine::CheckRequest;
use keyless::engine::mend::{Judged, judge, judge_again, verify};
use keyless::findings::{Finding, Fix, Safety};
use keyless::fixes::splice;
use keyless::source::FileId;
use keyless::system::{Disk, Texts};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const CODES: [&str; 6] = ["KEY03", "KEY06", "ROLE02", "SEC01", "SEC07", "SEC08"];

struct Tree(tempfile::TempDir);

type Files = BTreeMap<String, String>;

impl Tree {
    fn of(files: &Files) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        let head = (".git/HEAD".to_owned(), "ref: refs/heads/main\n".to_owned());
        for (path, text) in files.iter().chain([(&head.0, &head.1)]) {
            let path = tree.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        tree
    }

    /// How the folder is called where a file of it is named.
    fn shown(&self, judged: &Judged) -> String {
        let files = judged.sources.all();
        let file = files.iter().find(|file| file.path.ends_with(&file.root_path)).unwrap();
        file.path[..file.path.len() - file.root_path.len()].to_owned()
    }

    fn request(&self) -> CheckRequest {
        CheckRequest {
            paths: vec![self.0.path().to_path_buf()],
            strict: true,
            fixes: true,
            ..CheckRequest::default()
        }
    }
}

fn files_of(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// What the files become that a fix edits.
fn edited(judged: &Judged, fix: &Fix) -> Files {
    let mut after = Files::new();
    for edit in &fix.edits {
        let source = judged.sources.get(edit.site.file);
        let edits = fix.edits.iter().filter(|other| other.site.file == edit.site.file);
        let text = splice(source.text(), edits).unwrap_or_else(|fault| panic!("{fault}: {fix:?}"));
        after.insert(source.root_path.clone(), text);
    }
    after
}

struct Proposed<'j> {
    finding: &'j Finding,
    fix: &'j Fix,
    place: (String, u32),
}

fn proposed(judged: &Judged) -> Vec<Proposed<'_>> {
    let place = |finding: &Finding| {
        let site = finding.primary.site;
        let source = judged.sources.get(site.file);
        (source.root_path.clone(), source.line_at(site.span.start))
    };
    let findings = judged.outcome.findings.iter().filter(|finding| CODES.contains(&&*finding.code));
    let of = |finding| {
        let fixes = |fix| Proposed { finding, fix, place: place(finding) };
        finding.fixes.iter().map(fixes).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = findings.flat_map(of).collect();
    all.sort_by(|a, b| (&a.place, &a.finding.code).cmp(&(&b.place, &b.finding.code)));
    all
}

fn each_case(mut test: impl FnMut(&str, &Files)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/fixes/credentials");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 10, "{cases:?}");
    for case in cases {
        test(case.file_name().unwrap().to_str().unwrap(), &files_of(&case));
    }
}

#[test]
fn what_is_proposed_is_what_a_person_would_write() {
    each_case(|name, files| {
        let tree = Tree::of(files);
        let judged = judge(&tree.request(), &Disk);
        let mut out = String::new();
        for Proposed { finding, fix, place: (path, line) } in proposed(&judged) {
            let (safety, effect) = (fix.safety.as_str(), fix.effect.as_str());
            writeln!(out, "{} {path}:{line} {} [{safety}, {effect}]", finding.code, fix.title).unwrap();
            writeln!(out, "  because {}", fix.because).unwrap();
            if !fix.note.is_empty() {
                writeln!(out, "  note: {}", fix.note).unwrap();
            }
            if fix.is_applicable() {
                let again = |texts: &Texts| judge_again(&tree.request(), &Disk, texts);
                let held = verify(judged.ground(&Disk), finding, fix, &again);
                if let Err(why) = held {
                    writeln!(out, "  REFUSED: {}", why.0).unwrap();
                }
                for (path, after) in edited(&judged, fix) {
                    out.push_str(&diff(&path, &files[&path], &after));
                }
            }
            out.push('\n');
        }
        // Paths are relative to where the test runs.
        let root = tree.shown(&judged);
        let out = out.replace(&root, "");
        insta::assert_snapshot!(format!("fixes_credentials_{name}"), out);
    });
}

/// Every fix of a tree, by what it is for.
fn all(files: &Files) -> Vec<(String, Files)> {
    let tree = Tree::of(files);
    let judged = judge(&tree.request(), &Disk);
    let mut seen = Vec::new();
    for Proposed { finding, fix, place } in proposed(&judged) {
        assert_eq!(fix.safety == Safety::Display, fix.edits.is_empty(), "{fix:?}");
        let _: FileId = finding.primary.site.file;
        seen.push((format!("{} {place:?} {}", finding.code, fix.title), edited(&judged, fix)));
    }
    seen
}

fn mapped(files: &Files, map: impl Fn(&str, &str) -> String) -> Files {
    files.iter().map(|(path, text)| (path.clone(), map(path, text))).collect()
}

#[test]
fn line_breaks_and_tabs_stay_what_they_are() {
    let with_breaks = |_: &str, text: &str| text.replace('\n', "\r\n");
    let with_tabs = |path: &str, text: &str| {
        if path.ends_with(".json") {
            return text.to_owned();
        }
        let line = |line: &str| {
            let bare = line.trim_start_matches(' ');
            "\t".repeat((line.len() - bare.len()) / 2) + bare
        };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    };
    let with_mark = |_: &str, text: &str| format!("\u{feff}{text}");
    each_case(|name, files| {
        let plain = all(files);
        type Map<'m> = &'m dyn Fn(&str, &str) -> String;
        for (style, map) in
            [("CRLF", &with_breaks as Map<'_>), ("tabs", &with_tabs), ("a byte order mark", &with_mark)]
        {
            let styled = all(&mapped(files, map));
            assert_eq!(styled.len(), plain.len(), "{name} with {style}");
            for ((what, after), (_, wanted)) in styled.iter().zip(&plain) {
                assert_eq!(*after, mapped(wanted, map), "{name} with {style}: {what}");
            }
        }
    });
}

#[test]
fn json_without_white_space_says_the_same() {
    each_case(|name, files| {
        let files: Files = files.iter().filter(|(path, _)| path.ends_with(".json")).map(owned).collect();
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let bare = mapped(&files, |_, text| parsed(text).to_string());
        let (plain, bare) = (all(&files), all(&bare));
        assert_eq!(plain.len(), bare.len(), "{name}");
        let texts = |all: Vec<(String, Files)>| {
            let mut texts: Vec<String> = all
                .into_iter()
                .flat_map(|(_, after)| after.into_values().map(|text| parsed(&text).to_string()))
                .collect();
            texts.sort();
            texts
        };
        assert!(bare.iter().all(|(_, after)| after.values().all(|text| !text.contains('\n'))), "{name}");
        assert_eq!(texts(plain), texts(bare), "{name}");
    });
}

fn owned((path, text): (&String, &String)) -> (String, String) {
    (path.clone(), text.clone())
}

#[test]
fn terraform_would_not_format_it_otherwise() {
    if Command::new("terraform").arg("version").output().is_err() {
        eprintln!("terraform is not on the PATH: not tested");
        return;
    }
    each_case(|name, files| {
        for (what, after) in all(files) {
            for (path, text) in after.iter().filter(|(path, _)| path.ends_with(".tf")) {
                assert!(is_formatted(&files[path]), "{name}/{path}");
                assert!(is_formatted(text), "{name}/{path}: {what}\n{text}");
            }
        }
    });
}

fn is_formatted(text: &str) -> bool {
    use std::io::Write as _;
    let mut child = Command::new("terraform")
        .args(["fmt", "-check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait().unwrap().success()
}

/// A unified diff with one line of context.
fn diff(path: &str, before: &str, after: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut common = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] =
                if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines: Vec<(char, &str)> = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', a[i]));
            i += 1;
        } else {
            lines.push(('+', b[j]));
            j += 1;
        }
    }
    let near = |at: usize| {
        (at.saturating_sub(2)..=at + 2).any(|near| lines.get(near).is_some_and(|(sign, _)| *sign != ' '))
    };
    let mut out = format!("  {path}\n");
    let mut cut = false;
    for (at, (sign, line)) in lines.iter().enumerate() {
        if near(at) {
            if cut {
                out.push_str("  @@\n");
            }
            cut = false;
            writeln!(out, "  {sign}{line}").unwrap();
        } else {
            cut = true;
        }
    }
    out
}

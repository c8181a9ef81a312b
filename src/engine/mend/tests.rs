//! Mending by planners that are made for the test.

mod laws;

use super::*;
use crate::findings::{Edit, Effect, Safety};
use crate::source::{Site, Span};
use crate::system::Disk;
use std::fs;
use std::path::Path;

/// What a planner proposes for a finding.
type Plan<'a> = &'a dyn Fn(&Finding, &Sources) -> Vec<Fix>;

struct Tree(tempfile::TempDir);

impl Tree {
    fn of(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for (path, text) in files.iter().chain(&[(".git/HEAD", "ref: refs/heads/main\n")]) {
            let path = tree.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        tree
    }

    fn request(&self) -> CheckRequest {
        CheckRequest { paths: vec![self.0.path().to_path_buf()], ..CheckRequest::default() }
    }

    fn judged(&self, texts: &Texts, plan: Plan<'_>) -> Judged {
        let mut judged = judge_again(&self.request(), &Disk, texts);
        let all = judged.outcome.findings.iter_mut().chain(&mut judged.outcome.cannot_tell);
        all.for_each(|finding| finding.fixes = plan(finding, &judged.sources));
        judged
    }

    fn mend(&self, unsafe_fixes: bool, plan: Plan<'_>) -> Mending {
        let first = self.judged(&Texts::new(), plan);
        rounds::rounds(&first, Wanted { unsafe_fixes, to_write: false }, &Disk, &|texts| {
            self.judged(texts, plan)
        })
    }
}

fn after(mending: &Mending, name: &str) -> String {
    let write = mending.writes.iter().find(|write| write.path.ends_with(Path::new(name)));
    write.map_or_else(String::new, |write| String::from_utf8(write.after.clone()).unwrap())
}

fn fix(safety: Safety, edits: Vec<Edit>) -> Vec<Fix> {
    vec![Fix {
        title: "require session tokens".to_owned(),
        safety,
        effect: Effect::InPlace,
        because: String::new(),
        note: String::new(),
        edits,
    }]
}

/// The first place of a text at or after the start of a finding's line, with another text.
fn put(finding: &Finding, sources: &Sources, old: &str, new: &str) -> Vec<Edit> {
    let Site { file, span } = finding.primary.site;
    let source = sources.get(file);
    let line = source.line_span(source.line_at(span.start)).unwrap().start as usize;
    let found = source.text()[line..].find(old).map(|at| Span::new(line + at, line + at + old.len()));
    let edit = |span| Edit { site: Site::new(file, span), text: new.to_owned() };
    found.map(edit).into_iter().collect()
}

fn require(finding: &Finding, sources: &Sources) -> Vec<Fix> {
    if &*finding.code != "IMDS01" {
        return Vec::new();
    }
    fix(Safety::Safe, put(finding, sources, "optional", "required"))
}

fn instance(name: &str, tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami = \"ami-12345678\"\n  iam_instance_profile = \"web\"\n  metadata_options {{\n    http_tokens = \"{tokens}\" # {name}\n  }}\n}}\n"
    )
}

#[test]
fn what_is_found_is_mended_and_nothing_else_changes() {
    let code = instance("a", "optional") + &instance("b", "required") + &instance("c", "optional");
    let tree = Tree::of(&[("main.tf", &code), ("other.tf", &instance("d", "optional"))]);
    let mending = tree.mend(false, &require);
    assert_eq!(after(&mending, "main.tf"), code.replace("optional", "required"));
    assert_eq!(after(&mending, "other.tf"), instance("d", "required"));
    assert_eq!(mending.told.applied.len(), 3);
    assert_eq!(mending.told.refused, []);
    assert!(!mending.fails && mending.problems.is_empty());
    let [first, second] = mending.told.patches.as_slice() else { panic!("{:?}", mending.told.patches) };
    assert!(first.path.ends_with("/main.tf") && second.path.ends_with("/other.tf"));
    let lines: Vec<_> =
        second.hunks.iter().flat_map(|hunk| &hunk.lines).map(|line| line.text.as_str()).collect();
    assert_eq!(lines[3..5], ["    http_tokens = \"optional\" # d", "    http_tokens = \"required\" # d"]);
}

#[test]
fn a_fix_that_helps_nothing_or_does_harm_is_refused_and_the_others_hold() {
    let code = instance("a", "optional")
        + &instance("b", "optional")
        + &instance("c", "optional")
        + &instance("d", "optional")
        + &instance("e", "optional");
    let tree = Tree::of(&[("main.tf", &code)]);
    let plan = |finding: &Finding, sources: &Sources| {
        let text = match finding.addresses.first().map(|address| &**address) {
            // Helps nothing.
            Some("aws_instance.a") => "${\"optional\"}",
            // Breaks the file.
            Some("aws_instance.b") => "required\" }",
            // Opens a question.
            Some("aws_instance.d") => "${var.nowhere}",
            _ => "required",
        };
        fix(Safety::Safe, put(finding, sources, "optional", text))
    };
    let mending = tree.mend(false, &plan);
    assert!(after(&mending, "main.tf").contains("\"required\" # e"), "{mending:?}");
    let refused: Vec<_> = mending
        .told
        .refused
        .iter()
        .map(|(told, why)| (told.line, why.split(" at ").next().unwrap()))
        .collect();
    let expected = [
        (5, "the finding would still be there"),
        (12, "the file would not be understood any more"),
        (26, "it would bring IMDS01"),
    ];
    assert_eq!(refused, expected);
    assert!(mending.fails);
}

#[test]
fn what_clashes_waits_for_the_next_round() {
    let code =
        "resource \"aws_instance\" \"a\" {\n  ami = \"ami-12345678\"\n  iam_instance_profile = \"a\"\n}\n";
    let both = format!("{code}{}", code.replace("\"a\"", "\"b\""));
    let tree = Tree::of(&[("main.tf", &both)]);
    // Both insert at the end of the file, and only as long as they stand alone.
    let plan = |finding: &Finding, sources: &Sources| {
        if &*finding.code != "IMDS02" {
            return Vec::new();
        }
        let end = sources.get(finding.primary.site.file).text().len();
        let name = finding.addresses.first().map_or("", |address| address.rsplit('.').next().unwrap());
        let comment = Edit {
            site: Site::new(finding.primary.site.file, Span::new(end, end)),
            text: format!("# {name} mended\n"),
        };
        let block = "  metadata_options {\n    http_tokens = \"required\"\n  }\n}";
        let mut edits = put(finding, sources, "}", block);
        edits.push(comment);
        fix(Safety::Safe, edits)
    };
    let mending = tree.mend(false, &plan);
    let block = "  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n";
    assert_eq!(after(&mending, "main.tf"), format!("{}# a mended\n# b mended\n", both.replace("}\n", block)));
    // The second one is told where it stands before anything is mended.
    let lines: Vec<_> = mending.told.applied.iter().map(|told| told.line).collect();
    assert_eq!(lines, [1, 5]);
}

#[test]
fn the_same_edit_of_two_findings_counts_once() {
    let code = "locals {\n  tokens = \"optional\"\n}\n".to_owned()
        + &instance("a", "X").replace("\"X\"", "local.tokens")
        + &instance("b", "X").replace("\"X\"", "local.tokens");
    let tree = Tree::of(&[("main.tf", &code)]);
    let plan = |finding: &Finding, sources: &Sources| {
        let text = sources.get(finding.primary.site.file).text().to_owned();
        let at = text.find("optional").unwrap_or(0);
        let site = Site::new(finding.primary.site.file, Span::new(at, at + 8));
        fix(Safety::Safe, vec![Edit { site, text: "required".to_owned() }])
    };
    let mending = tree.mend(false, &plan);
    assert_eq!(after(&mending, "main.tf"), code.replace("optional", "required"), "{mending:?}");
}

#[test]
fn who_does_not_ask_for_unsafe_fixes_gets_none() {
    let tree = Tree::of(&[("main.tf", &instance("a", "optional"))]);
    let plan = |finding: &Finding, sources: &Sources| {
        let mut fixes = require(finding, sources);
        fixes.iter_mut().for_each(|fix| fix.safety = Safety::Unsafe);
        fixes
    };
    let mending = tree.mend(false, &plan);
    assert!(mending.writes.is_empty() && mending.told.waiting.len() == 1 && mending.fails);
    let mending = tree.mend(true, &plan);
    assert!(mending.writes.len() == 1 && mending.told.waiting.is_empty() && !mending.fails);
}

#[test]
fn the_second_way_is_taken_where_the_first_does_not_hold() {
    let tree = Tree::of(&[("main.tf", &instance("a", "optional"))]);
    let plan = |finding: &Finding, sources: &Sources| {
        let mut ways = fix(Safety::Safe, put(finding, sources, "optional", "nonsense"));
        ways.extend(require(finding, sources));
        ways
    };
    let mending = tree.mend(false, &plan);
    assert_eq!(after(&mending, "main.tf"), instance("a", "required"));
    assert_eq!(mending.told.refused, []);
}

#[test]
fn many_fixes_that_each_help_nothing_take_few_runs() {
    let name = |at: usize| format!("i{at}");
    let code: String = (0..40).map(|at| instance(&name(at), "optional")).collect();
    let tree = Tree::of(&[("main.tf", &code)]);
    let plan = |finding: &Finding, sources: &Sources| {
        let is_odd = finding.addresses.iter().any(|address| address.ends_with(['1', '3', '5', '7', '9']));
        let new = if is_odd { "nonsense" } else { "required" };
        fix(Safety::Safe, put(finding, sources, "optional", new))
    };
    let first = tree.judged(&Texts::new(), &plan);
    let runs = std::cell::Cell::new(0);
    let mending = rounds::rounds(&first, Wanted::default(), &Disk, &|texts| {
        runs.set(runs.get() + 1);
        tree.judged(texts, &plan)
    });
    assert_eq!((mending.told.applied.len(), mending.told.refused.len()), (20, 20));
    assert!(mending.told.refused.iter().all(|(_, why)| !why.contains("not tried")));
    assert!(runs.get() <= 16, "{}", runs.get());
}

#[test]
fn an_outcome_keeps_the_fixes_that_hold_each_for_itself() {
    let code = instance("a", "optional") + &instance("b", "optional");
    let tree = Tree::of(&[("main.tf", &code)]);
    let plan = |finding: &Finding, sources: &Sources| {
        let mut ways = require(finding, sources);
        ways.extend(fix(Safety::Safe, put(finding, sources, "optional", "nonsense")));
        ways.extend(fix(Safety::Unsafe, put(finding, sources, "optional\"", "required\"")));
        ways.extend(fix(Safety::Display, Vec::new()));
        ways
    };
    let mut judged = tree.judged(&Texts::new(), &plan);
    let held = prove(judged.ground(&Disk), RUNS, &|texts| tree.judged(texts, &plan));
    keep(&mut judged.outcome, &held);
    let kept: Vec<Vec<Safety>> = judged
        .outcome
        .findings
        .iter()
        .map(|finding| finding.fixes.iter().map(|fix| fix.safety).collect())
        .collect();
    assert_eq!(
        kept,
        [[Safety::Safe, Safety::Unsafe, Safety::Display], [Safety::Safe, Safety::Unsafe, Safety::Display]]
    );
}

#[test]
fn one_fix_is_tried_for_itself() {
    let code = instance("a", "optional") + &instance("b", "optional");
    let tree = Tree::of(&[("main.tf", &code)]);
    let judged = tree.judged(&Texts::new(), &require);
    let finding = &judged.outcome.findings[0];
    let again = |texts: &Texts| tree.judged(texts, &require);
    let texts = verify(judged.ground(&Disk), finding, &finding.fixes[0], &again).unwrap();
    let text = String::from_utf8(texts.values().next().unwrap().to_vec()).unwrap();
    assert_eq!(text, code.replacen("optional", "required", 1));
    let mut bad = finding.fixes[0].clone();
    bad.edits[0].text = "${\"optional\"}".to_owned();
    assert_eq!(
        verify(judged.ground(&Disk), finding, &bad, &again),
        Err(Refused("the finding would still be there".to_owned()))
    );
}

#[test]
fn what_was_not_asked_for_is_not_edited() {
    let tree = Tree::of(&[
        ("live/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"),
        ("m/main.tf", &instance("a", "optional")),
    ]);
    let request = CheckRequest { paths: vec![tree.0.path().join("live")], ..CheckRequest::default() };
    let judged = |texts: &Texts| {
        let mut judged = judge_again(&request, &Disk, texts);
        for finding in &mut judged.outcome.findings {
            finding.fixes = require(finding, &judged.sources);
        }
        judged
    };
    let mending = rounds::rounds(&judged(&Texts::new()), Wanted::default(), &Disk, &judged);
    assert!(mending.writes.is_empty());
    assert_eq!(mending.told.refused.len(), 1, "{mending:?}");
    assert!(mending.told.refused[0].1.contains("not among the paths"), "{:?}", mending.told.refused);
}

#[test]
fn utf16_and_byte_order_marks_stay() {
    let code = instance("ü", "optional").replace('\n', "\r\n").replace("\"ü\"", "\"u\"");
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(code.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let tree = Tree::of(&[]);
    fs::write(tree.0.path().join("a.tf"), &utf16).unwrap();
    fs::create_dir(tree.0.path().join("b")).unwrap();
    fs::write(tree.0.path().join("b/b.tf"), format!("\u{feff}{code}")).unwrap();
    let mending = tree.mend(false, &require);
    let mended = code.replace("optional", "required");
    assert_eq!(after(&mending, "b/b.tf"), format!("\u{feff}{mended}"));
    let write = mending.writes.iter().find(|write| write.path.ends_with("a.tf")).unwrap();
    assert_eq!(crate::system::text(write.after.clone()).unwrap(), mended);
    assert!(write.after.starts_with(&[0xff, 0xfe]));
    let only_read: Vec<_> = mending.told.patches.iter().map(|patch| patch.only_read).collect();
    assert_eq!(only_read, [Some("the file is UTF-16"), None]);
}

#[test]
fn a_name_is_declared_once_in_a_module() {
    let code =
        "resource \"aws_instance\" \"a\" {\n  ami = \"ami-12345678\"\n  iam_instance_profile = \"a\"\n}\n";
    let other = code.replace("\"a\"", "\"b\"");
    let tree = Tree::of(&[("main.tf", code), ("other.tf", &other), ("more/main.tf", code)]);
    // Each takes the first name that is free in what it is proposed for.
    let plan = |finding: &Finding, sources: &Sources| {
        if &*finding.code != "IMDS02" {
            return Vec::new();
        }
        let file = sources.get(finding.primary.site.file);
        let (folder, _) = file.path.rsplit_once('/').unwrap();
        let beside = |path: &str| path.rsplit_once('/').is_some_and(|(other, _)| other == folder);
        let is_taken = sources.all().iter().any(|file| beside(&file.path) && file.text().contains("\"x\""));
        let name = if is_taken { "y" } else { "x" };
        let block = format!(
            "  metadata_options {{\n    http_tokens = \"required\"\n  }}\n}}\nresource \"aws_iam_role\" \"{name}\" {{}}"
        );
        fix(Safety::Safe, put(finding, sources, "}", &block))
    };
    let mending = tree.mend(false, &plan);
    let names: Vec<_> = ["more/main.tf", "other.tf"].iter().map(|name| after(&mending, name)).collect();
    assert!(names[0].ends_with("\"aws_iam_role\" \"x\" {}\n"), "{names:?}");
    let main = mending.writes.iter().find(|write| !write.path.ends_with("more/main.tf")).unwrap();
    let main = String::from_utf8(main.after.clone()).unwrap();
    assert!(main.contains("\"x\"") != names[1].contains("\"x\""), "{main}{names:?}");
    assert!(main.contains("\"y\"") != names[1].contains("\"y\""), "{main}{names:?}");
    assert_eq!(mending.told.refused, []);
}

//! Answers are those of a whole run, wherever they are said to be.

use super::*;
use crate::system::Disk;
use std::fs;

const TEMPLATE: &str =
    "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";

fn instance(name: &str, tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami           = \"ami-1\"\n  instance_type = \"t3.micro\"\n\n  metadata_options {{\n    http_tokens = \"{tokens}\"\n  }}\n}}\n"
    )
}

fn written(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn opened(folder: &tempfile::TempDir) -> Workspace<'static> {
    let mut workspace = Workspace::open(folder.path(), CheckRequest::default(), &Disk).unwrap();
    workspace.refresh();
    workspace
}

fn codes(workspace: &Workspace<'_>, path: &Path) -> Vec<String> {
    let answers = workspace.told(path).answers;
    let findings = answers.iter().filter(|answer| answer.reason.is_none() && answer.suppressed.is_none());
    findings.map(|answer| answer.code.to_string()).collect()
}

/// The texts that the findings of a file stand at.
fn marked(workspace: &Workspace<'_>, path: &Path) -> Vec<String> {
    let text = workspace.text(path).unwrap();
    workspace
        .told(path)
        .answers
        .iter()
        .filter(|answer| answer.reason.is_none())
        .map(|answer| text[answer.place.range.clone()].to_owned())
        .collect()
}

#[test]
fn an_edit_is_judged_and_the_rest_kept() {
    let folder = written(&[
        ("a/main.tf", &instance("a", "optional")),
        ("b/main.tf", &instance("b", "required")),
        ("c.yaml", TEMPLATE),
    ]);
    let mut workspace = opened(&folder);
    let a = folder.path().join("a/main.tf");
    let b = folder.path().join("b/main.tf");
    assert_eq!(codes(&workspace, &a), ["EC201", "IMDS01"]);
    assert_eq!(codes(&workspace, &b), ["EC201"]);
    let before = workspace.told(&folder.path().join("c.yaml"));
    assert!(!before.answers.is_empty());
    workspace.set_buffer(&a, Some(&format!("# x\n{}", instance("a", "required"))));
    let done = workspace.reanalyse(std::slice::from_ref(&a));
    assert!(!done.needs_whole);
    assert_eq!(codes(&workspace, &a), ["EC201"]);
    assert_eq!(workspace.told(&folder.path().join("c.yaml")), before);
    workspace.set_buffer(&b, Some(&instance("b", "optional")));
    workspace.reanalyse(std::slice::from_ref(&b));
    assert_eq!(marked(&workspace, &b), ["resource \"aws_instance\" \"b\"", "optional"]);
    workspace.set_buffer(&b, None);
    workspace.reanalyse(std::slice::from_ref(&b));
    assert_eq!(codes(&workspace, &b), ["EC201"]);
}

#[test]
fn answers_move_along_with_the_text_before_it_is_judged() {
    let folder = written(&[("main.tf", &instance("a", "optional"))]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    workspace.set_buffer(&path, Some(&format!("# äöü\n\n{}", instance("a", "optional"))));
    assert_eq!(marked(&workspace, &path), ["resource \"aws_instance\" \"a\"", "optional"]);
}

#[test]
fn broken_blocks_keep_their_answers() {
    let folder = written(&[("main.tf", &(instance("a", "optional") + "\n" + &instance("b", "optional")))]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    let broken =
        (instance("a", "optional") + "\n" + &instance("b", "optional")).replacen("t3.micro\"", "t3", 1);
    workspace.set_buffer(&path, Some(&broken));
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(codes(&workspace, &path), ["EC201", "IMDS01", "EC201", "IMDS01"]);
    assert_eq!(marked(&workspace, &path)[1], "optional");
    let troubles = workspace.told(&path).troubles;
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert!(broken[troubles[0].range.start..].starts_with("\"t3"), "{troubles:?}");
    // The same of a whole run.
    let told = workspace.told(&path);
    workspace.refresh();
    assert_eq!(workspace.told(&path), told);
}

//! Which folders are judged by themselves, however calls of them are written: folders that nobody seems to call are parsed
//! when they are judged.

use crate::harness::{Repo, findings, problems};

/// A module whose default is wrong, and which only a caller puts right.
const MODULE: &str = "variable \"tokens\" {\n  default = \"optional\"\n}\nresource \"aws_instance\" \"a\" {\n  \
                      iam_instance_profile = \"web\"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n";

#[track_caller]
fn found(files: &[(&str, &str)], paths: &[&str]) -> Vec<String> {
    let repo = Repo::new();
    for (path, text) in files {
        repo.write(path, text);
    }
    let (_, report) = repo.json(paths);
    assert!(problems(&report).is_empty(), "{report:#}");
    findings(&report)
}

/// What is found with a root that calls the module this way.
#[track_caller]
fn called(call: &str) -> Vec<String> {
    found(&[("live/main.tf", call), ("modules/web/main.tf", MODULE)], &["."])
}

#[test]
fn a_called_module_is_judged_with_what_its_caller_hands_over() {
    for source in ["source = \"../modules/web\"", "source=\"../modules//./web/\""] {
        let call = format!("module \"web\" {{\n  {source}\n  tokens = \"required\"\n}}\n");
        assert_eq!(called(&call), [""; 0], "{source}");
    }
    // Nothing that looks like a call: it is one only once escapes are read.
    for source in ["../modules/web", "..\\/modules\\/web", "\\u002e./modules/web"] {
        let call =
            format!("{{\"module\": {{\"web\": {{\"source\": \"{source}\", \"tokens\": \"required\"}}}}}}");
        let files = [("live/main.tf.json", call.as_str()), ("modules/web/main.tf", MODULE)];
        assert_eq!(found(&files, &["."]), [""; 0], "{source}");
    }
}

#[test]
fn a_module_that_only_seems_to_be_called_is_judged_by_itself() {
    let judged = ["IMDS01 modules/web/main.tf:2"];
    assert_eq!(called("# source = \"../modules/web\"\n"), judged);
    assert_eq!(called("locals {\n  source = \"../modules/web\"\n}\n"), judged);
    assert_eq!(called("locals {\n  other = \"../modules/web\"\n}\n"), judged);
    assert_eq!(called("module \"web\" {\n  source = \"../modules/none\"\n}\n"), judged);
}

#[test]
fn a_module_beside_what_is_named_is_loaded_for_its_callers() {
    let call = |tokens: &str| {
        format!("module \"web\" {{\n  source = \"../modules/web\"\n  tokens = \"{tokens}\"\n}}\n")
    };
    let (good, bad) = (call("required"), call("optional"));
    let files = [("a/main.tf", good.as_str()), ("b/main.tf", &bad), ("modules/web/main.tf", MODULE)];
    assert_eq!(found(&files, &["a"]), [""; 0]);
    assert_eq!(found(&files, &["a", "b"]).len(), 1);
    assert_eq!(found(&files, &["."]), found(&files, &["a", "b"]));
}

#[test]
fn modules_that_call_each_other_are_judged_once() {
    let next = |folder: &str| format!("module \"next\" {{\n  source = \"../{folder}\"\n}}\n");
    for root in [String::new(), next("a"), next("b")] {
        let repo = Repo::new();
        repo.write("a/main.tf", format!("{}{MODULE}", next("b")));
        repo.write("b/main.tf", next("a"));
        repo.write("live/main.tf", &root);
        let (_, report) = repo.json(&["."]);
        assert_eq!(findings(&report), ["IMDS01 a/main.tf:5"]);
        assert_eq!(report["summary"]["resources"], 1);
    }
}

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

/// Whoever shows places keeps the last that were told.
#[test]
fn what_only_moved_or_went_is_told() {
    let two = format!("{}\n{}", instance("a", "optional"), instance("b", "optional"));
    let folder = written(&[("main.tf", &two)]);
    let path = folder.path().join("main.tf");
    let (moved, alone) = (format!("# x\n\n{two}"), instance("a", "optional"));
    for text in [moved.as_str(), alone.as_str()] {
        for is_whole in [false, true] {
            let mut workspace = opened(&folder);
            let before = workspace.told(&path);
            workspace.set_buffer(&path, Some(text));
            let files = if is_whole {
                workspace.refresh()
            } else {
                workspace.reanalyse(std::slice::from_ref(&path)).files
            };
            assert_ne!(workspace.told(&path), before);
            assert!(files.contains(&path), "{text}: {files:?}");
        }
    }
    let folder = written(&[
        ("v.tf", "variable \"t\" {\n  default = \"optional\"\n}\n"),
        ("main.tf", &instance("a", "${var.t}")),
    ]);
    let (by, path) = (folder.path().join("v.tf"), folder.path().join("main.tf"));
    let mut workspace = opened(&folder);
    workspace.set_buffer(&path, Some(&format!("\n\n{}", instance("a", "${var.t}"))));
    let files = workspace.reanalyse(std::slice::from_ref(&path)).files;
    assert!(files.contains(&by), "{files:?}");
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

fn at(text: &str, part: &str) -> usize {
    text.find(part).unwrap() + 1
}

/// What stands for the text at its first place in a file, as `address attribute: words`.
fn values(workspace: &Workspace<'_>, path: &Path, part: &str) -> Vec<String> {
    let text = workspace.text(path).unwrap();
    let values = workspace.values_at(path, at(&text, part));
    values
        .into_iter()
        .map(|value| format!("{} {}: {}", value.address, value.attribute, value.words))
        .collect()
}

#[test]
fn values_are_followed_to_their_literals() {
    let module = "variable \"tokens\" {\n  default = \"required\"\n}\n\nvariable \"ami\" {}\n\nresource \"aws_instance\" \"this\" {\n  ami           = var.ami\n  instance_type = \"t3.${local.size}\"\n  tags = { Name = \"x\" }\n\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n\nlocals {\n  size = \"micro\"\n}\n";
    let root = "module \"a\" {\n  source = \"./m\"\n  tokens = \"optional\"\n  ami    = \"ami-1\"\n}\n\nmodule \"b\" {\n  source = \"./m\"\n  ami    = \"ami-1\"\n}\n";
    let folder = written(&[("main.tf", root), ("m/main.tf", module)]);
    let workspace = opened(&folder);
    let path = folder.path().join("m/main.tf");
    let a = "module.a.aws_instance.this";
    assert_eq!(
        values(&workspace, &path, "http_tokens = var"),
        [
            format!("{a} metadata_options.http_tokens: \"optional\""),
            "module.b.aws_instance.this metadata_options.http_tokens: \"required\"".to_owned(),
        ]
    );
    assert_eq!(
        values(&workspace, &path, "var.tokens"),
        ["module.a.var.tokens : \"optional\"", "module.b.var.tokens : \"required\""]
    );
    assert_eq!(values(&workspace, &path, "local.size"), ["module.a.local.size : \"micro\""]);
    assert_eq!(values(&workspace, &path, "size = "), ["module.a.local.size : \"micro\""]);
    assert_eq!(values(&workspace, &path, "\"t3."), [format!("{a} instance_type: \"t3.micro\"")]);
    assert_eq!(values(&workspace, &path, "\"x\""), [format!("{a} tags.Name: \"x\"")]);
    assert_eq!(
        values(&workspace, &path, "\"tokens\" {"),
        ["module.a.var.tokens : \"optional\"", "module.b.var.tokens : \"required\""]
    );
    let text = workspace.text(&path).unwrap();
    let values = workspace.values_at(&path, at(&text, "http_tokens = var"));
    let chain = &values[0].chain;
    assert_eq!(chain[0].path, folder.path().canonicalize().unwrap().join("main.tf"));
    assert_eq!(&root[chain[0].range.clone()], "optional");
    let ami = workspace.values_at(&path, at(&text, "ami           ="));
    assert_eq!((ami.len(), ami[0].others), (2, 0), "{ami:?}");
}

#[test]
fn what_each_and_count_are_is_told_of_all_instances() {
    let text = "resource \"aws_instance\" \"a\" {\n  for_each = { x = \"t3.micro\", y = \"t3.large\" }\n  instance_type = lower(each.value)\n}\n\nmodule \"m\" {\n  source = \"./m\"\n  count  = 2\n  ami    = \"ami-${count.index}\"\n}\n";
    let module = "variable \"ami\" {}\n";
    let folder = written(&[("main.tf", text), ("m/main.tf", module)]);
    let workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    assert_eq!(
        values(&workspace, &path, "each.value)"),
        ["each.value : \"t3.micro\"", "each.value : \"t3.large\""]
    );
    assert_eq!(values(&workspace, &path, "count.index"), ["count.index : 0", "count.index : 1"]);
}

#[test]
fn values_of_templates_are_told() {
    let text = "Parameters:\n  Image:\n    Type: String\n    Default: ami-7\nResources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n      KeyName: !Sub '${AWS::Region}-key'\n";
    let folder = written(&[("t.yaml", text)]);
    let workspace = opened(&folder);
    let path = folder.path().join("t.yaml");
    assert_eq!(values(&workspace, &path, "ImageId"), ["A ImageId: \"ami-7\""]);
    let key = values(&workspace, &path, "KeyName");
    assert_eq!(key, ["A KeyName: \"…-key\": `AWS::Region` is known when the stack is deployed"]);
}

#[test]
fn no_value_holds_a_secret() {
    let secret = format!("wJalr{}bPxRfiCYz{}", "XUtnFEMI7MDENG", "4kq0Tn9V");
    let text = format!(
        "variable \"db_password\" {{\n  default = \"{secret}\"\n}}\n\nresource \"aws_db_instance\" \"a\" {{\n  password = var.db_password\n  identifier = \"x-${{var.db_password}}\"\n}}\n\nlocals {{\n  copy = var.db_password\n  all  = {{ password = \"{secret}\", other = 1 }}\n}}\n\noutput \"o\" {{\n  value = base64encode(var.db_password)\n}}\n"
    );
    let pieces = "variable \"flag\" {}\n\nlocals {\n  list = [substr(var.db_password, 0, 20), lower(var.db_password)]\n  pick = var.flag ? substr(var.db_password, 0, 30) : \"no\"\n  part = \"${var.flag}-${substr(var.db_password, 0, 24)}\"\n}\n\nresource \"aws_instance\" \"a\" {\n  ami             = \"ami-1\"\n  user_data       = local.pick\n  security_groups = [upper(var.db_password), substr(var.db_password, 0, 25)]\n  tags            = { z = strrev(var.db_password), q = local.part }\n}\n";
    let text = format!("{text}\n{pieces}");
    let folder = written(&[("main.tf", &text)]);
    let workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    let reversed: String = secret.chars().rev().collect();
    for at in 0..text.len() {
        for value in workspace.values_at(&path, at) {
            let said = format!("{value:?}");
            for part in [&secret[..12], &secret[5..20], &secret[20..35], &reversed[..15], "d0phbH"] {
                let in_it = said.to_lowercase().contains(&part.to_lowercase());
                assert!(!in_it, "{at}: {said}");
            }
        }
    }
    let told = format!("{:?}", workspace.told(&path));
    assert!(!told.contains(&secret));
}

#[test]
fn fixes_hold_and_are_edits_of_the_text_as_it_is_edited() {
    let folder = written(&[("main.tf", &instance("a", "required"))]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    workspace.set_buffer(&path, Some(&format!("# edited\n\n{}", instance("a", "optional"))));
    workspace.reanalyse(std::slice::from_ref(&path));
    let told = workspace.told(&path);
    let answer = told.answers.iter().find(|answer| &*answer.code == "IMDS01").unwrap();
    let mends = workspace.fixes(&path, answer);
    let mend = mends.iter().find(|mend| !mend.edits.is_empty()).unwrap_or_else(|| panic!("{mends:?}"));
    let mut text = workspace.text(&path).unwrap().to_string();
    for edit in mend.edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    assert_eq!(text, format!("# edited\n\n{}", instance("a", "required")));
}

#[test]
fn what_is_intact_in_a_broken_text_can_be_mended() {
    let good = format!("{}\n{}", instance("a", "optional"), instance("b", "optional"));
    let folder = written(&[("main.tf", &good)]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    let broken = format!("# more\n{}", good.replacen("= \"ami-1\"", "= ", 1));
    workspace.set_buffer(&path, Some(&broken));
    workspace.reanalyse(std::slice::from_ref(&path));
    let told = workspace.told(&path);
    let open: Vec<&Answer> = told.answers.iter().filter(|answer| &*answer.code == "IMDS01").collect();
    assert_eq!(open.len(), 2, "{told:?}");
    let edits = |answer: &Answer| -> Vec<TextEdit> {
        workspace.fixes(&path, answer).into_iter().flat_map(|mend| mend.edits).collect()
    };
    assert_eq!(edits(open[0]), []);
    let edits = edits(open[1]);
    assert_eq!(edits, workspace.safe_fixes(&path));
    let mut text = workspace.text(&path).unwrap().to_string();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    let second = broken.rfind("\"optional\"").unwrap();
    assert_eq!(text, format!("{}{}", &broken[..second], broken[second..].replace("optional", "required")));
}

#[test]
fn all_safe_fixes_of_a_file_hold_together() {
    let good = format!("{}\n{}", instance("a", "optional"), instance("b", "optional"));
    let folder = written(&[("main.tf", &good)]);
    let workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    let mut text = good.clone();
    for edit in workspace.safe_fixes(&path).iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    assert_eq!(text, good.replace("optional", "required"));
}

#[test]
fn what_is_gone_from_a_broken_template_is_told_no_more() {
    let two = format!("{TEMPLATE}{}", TEMPLATE.replace("Resources:\n  A", "  B"));
    let folder = written(&[("t.yaml", &two)]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("t.yaml");
    let told = workspace.told(&path).answers.len();
    assert!(told > 1);
    for (broken, expected) in [(format!("{two}  C: [\n"), told), ("now: [ {\n".to_owned(), 0)] {
        workspace.set_buffer(&path, Some(&broken));
        workspace.reanalyse(std::slice::from_ref(&path));
        assert_eq!(workspace.told(&path).answers.len(), expected, "{broken}");
        workspace.refresh();
        assert_eq!(workspace.told(&path).answers.len(), expected, "{broken}");
    }
}

#[test]
fn configuration_alone_makes_open_questions_strict() {
    let open = "variable \"tokens\" {}\n\n".to_owned()
        + &instance("a", "optional").replace("\"optional\"", "var.tokens");
    let folder =
        written(&[("s/main.tf", &open), ("s/keyless.toml", "strict = true\n"), ("n/main.tf", &open)]);
    let mut workspace = opened(&folder);
    for (path, expected) in [("s/main.tf", true), ("n/main.tf", false)] {
        let path = folder.path().join(path);
        for text in [None, Some(format!("\n{open}"))] {
            workspace.set_buffer(&path, text.as_deref());
            workspace.reanalyse(std::slice::from_ref(&path));
            let told = workspace.told(&path).answers;
            let open: Vec<bool> = told
                .iter()
                .filter(|answer| answer.reason.is_some() && &*answer.code == "IMDS01")
                .map(|answer| answer.is_strict)
                .collect();
            assert_eq!(open, [expected], "{path:?}");
        }
    }
}

#[test]
fn files_that_come_and_go_are_told_at_once() {
    let folder = written(&[
        ("a/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"),
        ("m/x.tf", "variable \"tokens\" {\n  default = \"optional\"\n}\n"),
    ]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("m/main.tf");
    let text = instance("m", "optional");
    workspace.set_buffer(&path, Some(&text));
    let done = workspace.reanalyse(std::slice::from_ref(&path));
    assert!(done.exact.contains(&path.parent().unwrap().canonicalize().unwrap().join("main.tf")));
    assert_eq!(codes(&workspace, &path), ["EC201", "IMDS01"]);
    let told = workspace.told(&path);
    assert_eq!(told.answers[0].addresses, ["module.m.aws_instance.m".into()]);
    workspace.refresh();
    assert_eq!(workspace.told(&path), told);
    workspace.set_buffer(&path, None);
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(codes(&workspace, &path), [""; 0]);
    fs::write(&path, &text).unwrap();
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(workspace.told(&path), told);
    fs::remove_file(&path).unwrap();
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(codes(&workspace, &path), [""; 0]);
}

#[test]
fn what_is_edited_while_a_whole_run_goes_on_is_not_forgotten() {
    let folder = written(&[("main.tf", &instance("a", "optional"))]);
    let mut workspace = opened(&folder);
    let path = folder.path().join("main.tf");
    let whole = workspace.snapshot().run(&AtomicBool::new(false)).unwrap();
    workspace.set_buffer(&path, Some(&format!("\n\n{}", instance("a", "required"))));
    workspace.reanalyse(std::slice::from_ref(&path));
    workspace.adopt(whole);
    assert_eq!(codes(&workspace, &path), ["EC201"]);
    assert_eq!(marked(&workspace, &path), ["resource \"aws_instance\" \"a\""]);
    assert!(workspace.snapshot().run(&AtomicBool::new(true)).is_none());
}

#[test]
fn configuration_bears_on_everything() {
    let folder = written(&[("main.tf", &instance("a", "optional")), ("keyless.toml", "")]);
    let mut workspace = opened(&folder);
    let (path, configuration) = (folder.path().join("main.tf"), folder.path().join("keyless.toml"));
    assert_eq!(codes(&workspace, &path), ["EC201", "IMDS01"]);
    workspace.set_buffer(&configuration, Some("ignore = [\"IMDS01\"]\n"));
    assert!(workspace.reanalyse(std::slice::from_ref(&configuration)).needs_whole);
    workspace.refresh();
    assert_eq!(codes(&workspace, &path), ["EC201"]);
    // A scoped run asks the same.
    workspace.set_buffer(&path, Some(&format!("\n{}", instance("a", "optional"))));
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(codes(&workspace, &path), ["EC201"]);
}

#[test]
fn a_file_by_itself_is_a_workspace() {
    let folder =
        written(&[("main.tf", &instance("a", "optional")), ("other.tf", &instance("b", "optional"))]);
    let path = folder.path().join("main.tf");
    let mut workspace = Workspace::open(&path, CheckRequest::default(), &Disk).unwrap();
    workspace.refresh();
    assert_eq!(codes(&workspace, &path), ["EC201", "IMDS01"]);
    assert_eq!(codes(&workspace, &folder.path().join("other.tf")), [""; 0]);
    workspace.set_buffer(&path, Some(&instance("a", "required")));
    workspace.reanalyse(std::slice::from_ref(&path));
    assert_eq!(codes(&workspace, &path), ["EC201"]);
}

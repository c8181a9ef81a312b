//! What marking a variable leads to, held against what Terraform says of the same code.

use super::*;
use crate::source::{SourceFile, Sources};
use std::path::Path;
use std::process::Command;

/// The code of a module that shows what it is given.
const INNER: &str = r#"
variable "p" {}
variable "hidden" {
  default   = ""
  sensitive = true
}
output "p" { value = var.p }
output "c" { value = "x" }
output "all" { value = { p = var.p, c = "x" } }
"#;

/// Code below `variable "p"`, the outputs that have to be marked, and whether Terraform refuses it even then.
const CASES: &[(&str, &[&str], bool)] = &[
    (r#"output "o" { value = var.p }"#, &["o"], false),
    (r#"output "o" { value = var.p != "" }"#, &["o"], false),
    (r#"output "o" { value = "a${var.p}b" }"#, &["o"], false),
    (r#"output "o" { value = "%{ if var.p != "" }a%{ endif }" }"#, &["o"], false),
    (r#"output "o" { value = "%{ for x in [var.p] }a${x}%{ endfor }" }"#, &["o"], false),
    ("output \"o\" {\n  value = <<-E\n    a\n    ${var.p}\n  E\n}", &["o"], false),
    (r#"output "o" { value = var.p == "a" ? 1 : 2 }"#, &["o"], false),
    (r#"output "o" { value = true ? "a" : "b" }"#, &[], false),
    (r#"output "o" { value = sha256(var.p) }"#, &["o"], false),
    (r#"output "o" { value = nonsensitive(var.p) }"#, &[], false),
    (r#"output "o" { value = nonsensitive(sha256(var.p)) }"#, &[], false),
    (r#"output "o" { value = issensitive(var.p) }"#, &[], false),
    (r#"output "o" { value = can(var.p) }"#, &[], false),
    (r#"output "o" { value = try(var.p, "") }"#, &["o"], false),
    (r#"output "o" { value = length(var.p) }"#, &["o"], false),
    (r#"output "o" { value = length([var.p]) }"#, &[], false),
    (r#"output "o" { value = keys({ a = var.p }) }"#, &[], false),
    (r#"output "o" { value = values({ a = var.p }) }"#, &["o"], false),
    (r#"output "o" { value = { a = var.p }.a }"#, &["o"], false),
    (r#"output "o" { value = { a = var.p, b = 1 }.b }"#, &[], false),
    (r#"output "o" { value = { (var.p) = 1 } }"#, &["o"], false),
    (r#"output "o" { value = [var.p, "b"][1] }"#, &[], false),
    (r#"output "o" { value = ["a", "b"][var.p == "" ? 0 : 1] }"#, &["o"], false),
    (r#"output "o" { value = lookup({ a = var.p, b = "b" }, "b", "") }"#, &[], false),
    (r#"output "o" { value = lookup({ a = var.p, b = "b" }, "a", "") }"#, &["o"], false),
    (r#"output "o" { value = merge({ a = var.p }, { b = 1 }) }"#, &["o"], false),
    (r#"output "o" { value = merge({ a = var.p }, { b = 1 }).b }"#, &[], false),
    (r#"output "o" { value = element(["a", var.p], 1) }"#, &["o"], false),
    (r#"output "o" { value = one([var.p]) }"#, &["o"], false),
    (r#"output "o" { value = concat(["a"], [var.p]) }"#, &["o"], false),
    (r#"output "o" { value = [for x in [var.p] : x] }"#, &["o"], false),
    (r#"output "o" { value = [for k, x in { a = var.p } : k] }"#, &[], false),
    (r#"output "o" { value = { for k, x in { a = var.p } : x => k } }"#, &["o"], false),
    (r#"output "o" { value = [for x in [{ n = "a", p = var.p }] : x.n] }"#, &[], false),
    (r#"output "o" { value = [for x in [{ n = "a", p = var.p }] : x.p] }"#, &["o"], false),
    (r#"output "o" { value = [{ n = "a", p = var.p }][*].n }"#, &[], false),
    (r#"output "o" { value = [{ n = "a", p = var.p }][*].p }"#, &["o"], false),
    (r#"output "o" { value = [for x in ["a"] : x if var.p != ""] }"#, &["o"], false),
    ("locals { a = var.p }\noutput \"o\" { value = local.a }", &["o"], false),
    ("locals { a = { b = { c = var.p, d = 1 } } }\noutput \"o\" { value = local.a.b.d }", &[], false),
    ("locals { a = { b = { c = var.p, d = 1 } } }\noutput \"o\" { value = local.a[\"b\"].c }", &["o"], false),
    (
        "resource \"terraform_data\" \"a\" { input = var.p }\noutput \"o\" { value = terraform_data.a.input }",
        &["o"],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" { input = var.p }\noutput \"o\" { value = terraform_data.a.id }",
        &[],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" { input = var.p }\noutput \"o\" { value = terraform_data.a.output }",
        &[],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" { input = var.p }\noutput \"o\" { value = terraform_data.a }",
        &["o"],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" {\n  for_each = { k = var.p }\n  input = each.value\n}\noutput \"o\" { value = terraform_data.a[\"k\"].input }",
        &["o"],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" {\n  for_each = { k = var.p }\n  input = each.key\n}\noutput \"o\" { value = terraform_data.a[\"k\"].input }",
        &[],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" {\n  count = var.p == \"\" ? 0 : 1\n  input = var.p\n}\noutput \"o\" { value = terraform_data.a[*].input }",
        &["o"],
        false,
    ),
    ("resource \"terraform_data\" \"a\" { for_each = toset([var.p]) }", &[], true),
    ("resource \"terraform_data\" \"a\" { for_each = var.p == \"\" ? {} : { a = 1 } }", &[], true),
    ("resource \"terraform_data\" \"a\" { for_each = { (var.p) = 1 } }", &[], true),
    ("resource \"terraform_data\" \"a\" { for_each = { a = var.p } }", &[], false),
    ("resource \"terraform_data\" \"a\" { for_each = merge({ a = var.p }, { b = 1 }) }", &[], false),
    (
        "resource \"terraform_data\" \"a\" { for_each = { for k in [\"a\"] : k => k if var.p != \"\" } }",
        &[],
        true,
    ),
    (
        "resource \"terraform_data\" \"a\" { for_each = { for x in [{ n = \"a\", p = var.p }] : x.n => x.p } }",
        &[],
        false,
    ),
    ("resource \"terraform_data\" \"a\" { count = var.p == \"\" ? 0 : 1 }", &[], false),
    ("locals { l = { a = var.p } }\nresource \"terraform_data\" \"a\" { for_each = local.l }", &[], false),
    ("module \"m\" {\n  source = \"./m\"\n  p = var.p\n}", &[], false),
    (
        "module \"m\" {\n  source = \"./m\"\n  p = var.p\n}\noutput \"o\" { value = module.m.p }",
        &["o"],
        false,
    ),
    ("module \"m\" {\n  source = \"./m\"\n  p = var.p\n}\noutput \"o\" { value = module.m.c }", &[], false),
    (
        "module \"m\" {\n  source = \"./m\"\n  p = var.p\n}\noutput \"o\" { value = module.m.all.c }",
        &[],
        false,
    ),
    ("module \"m\" {\n  source = \"./m\"\n  p = var.p\n}\noutput \"o\" { value = module.m }", &["o"], false),
    (
        "module \"m\" {\n  source = \"./m\"\n  p = \"a\"\n  hidden = var.p\n}\noutput \"o\" { value = module.m.p }",
        &[],
        false,
    ),
    (
        "module \"m\" {\n  source = \"./m\"\n  for_each = { a = var.p }\n  p = each.value\n}\noutput \"o\" { value = module.m[\"a\"].p }",
        &["o"],
        false,
    ),
    (
        "module \"m\" {\n  source = \"./m\"\n  count = 1\n  p = var.p\n}\noutput \"o\" { value = module.m[*].p }",
        &["o"],
        false,
    ),
    ("module \"m\" {\n  source = \"./m\"\n  for_each = toset([var.p])\n  p = \"a\"\n}", &[], true),
    (
        "check \"c\" {\n  assert {\n    condition = length(var.p) > 1\n    error_message = \"bad ${var.p}\"\n  }\n}",
        &[],
        false,
    ),
    (
        "resource \"terraform_data\" \"a\" {\n  triggers_replace = [var.p]\n  lifecycle {\n    precondition {\n      condition = var.p != \"\"\n      error_message = \"${var.p} is bad\"\n    }\n  }\n}",
        &[],
        false,
    ),
];

/// The outputs that have to be marked, and whether a place is refused.
fn found(code: &str) -> (Vec<String>, bool) {
    let sources = Sources::default();
    let main = format!("variable \"p\" {{}}\n{code}\n");
    for (path, text) in [("main.tf", main.as_str()), ("m/main.tf", INNER)] {
        sources.add(SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false));
    }
    let modules = Modules::of(&sources, &|_| None);
    let folder = modules.folder("").unwrap();
    let found = consequences(&modules, folder, &modules.roots(folder), "p");
    (found.outputs.into_iter().map(|(_, name)| name).collect(), !found.refused.is_empty())
}

#[test]
fn what_shows_a_marked_variable_is_known() {
    for (code, outputs, refused) in CASES {
        assert_eq!(found(code), (outputs.iter().map(ToString::to_string).collect(), *refused), "{code}");
    }
}

/// One plan a case, which takes a while.
#[test]
#[ignore = "slow: .ci/slow"]
fn terraform_says_the_same() {
    if Command::new("terraform").arg("version").output().is_err() {
        return;
    }
    for (code, outputs, refused) in CASES {
        assert_eq!(plans(code, &[]), outputs.is_empty() && !refused, "not marked: {code}");
        assert_eq!(plans(code, outputs), !refused, "marked: {code}");
    }
}

/// Whether Terraform plans code with a variable that is marked, and some outputs.
fn plans(code: &str, outputs: &[&str]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let marked = outputs.iter().fold(code.to_owned(), |code, name| {
        code.replace(
            &format!("output \"{name}\" {{ value"),
            &format!("output \"{name}\" {{\n  sensitive = true\n  value"),
        )
        .replace(
            &format!("output \"{name}\" {{\n  value"),
            &format!("output \"{name}\" {{\n  sensitive = true\n  value"),
        )
    });
    let marked = marked.lines().map(|line| {
        let is_open = line.trim_start().starts_with("value =") && line.ends_with(" }");
        if is_open { format!("{}\n}}", line.strip_suffix(" }").unwrap()) } else { line.to_owned() }
    });
    let marked: Vec<String> = marked.collect();
    let main = format!("variable \"p\" {{\n  sensitive = true\n}}\n{}\n", marked.join("\n"));
    write(folder.path(), "main.tf", &main);
    write(folder.path(), "m/main.tf", INNER);
    let run = |args: &[&str]| {
        let mut command = Command::new("terraform");
        command.current_dir(folder.path()).env("TF_VAR_p", "abc").env("CHECKPOINT_DISABLE", "1");
        command.args(args).output().unwrap()
    };
    let made = run(&["init", "-no-color"]);
    assert!(made.status.success(), "{main}\n{}", String::from_utf8_lossy(&made.stderr));
    run(&["plan", "-no-color", "-input=false"]).status.success()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

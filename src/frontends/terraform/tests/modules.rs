//! Whole modules: each folder's `local.r` is a list of strings, and `want.txt` what Terraform makes of them.

use super::super::eval::Evaluator;
use super::super::instance::Instance;
use super::{Disk, cases, names, program};
use crate::model::{Kind, Value};
use crate::source::{FileId, Site, Sources, Span};
use std::fs;
use std::path::Path;

/// Expressions whose answer differs, and why that is borne.
const KNOWN: [(&str, &[&str]); 3] = [
    (
        "`&&` and `||` leave out what cannot matter, as since Terraform 1.12",
        &["false && null", "false && [][0]", "true || {}.a"],
    ),
    ("null of a collection type does not say which", &["var.setnull[*]"]),
    (
        "templates may render templates, as in OpenTofu, within a limit",
        &["templatefile(\"calls.tftpl\", { name = \"x\" })", "templatefile(\"self.tftpl\", {})"],
    ),
];

/// The elements of a module's `local.r`, as text; `!ERR` for what Terraform would refuse.
pub(in crate::frontends::terraform) fn answers(root: &Path) -> Vec<String> {
    let disk = Disk { root: root.to_owned(), sources: Sources::default() };
    let program = program(&disk, Vec::new());
    let evaluator = Evaluator::new(&program, &disk);
    let instance = Instance::root(program.module("").unwrap());
    let all = evaluator.local(&instance, "r", Site::new(FileId(0), Span::default()));
    let items = all.as_list().unwrap_or_else(|| panic!("{all:?}"));
    items.iter().map(answer).collect()
}

fn answer(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => text.to_string(),
        Kind::Unknown(unknown) => format!("? {}", unknown.reason),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) => {
            format!("? {value:?}")
        }
    }
}

/// The source of each element, for the message.
fn asked(root: &Path) -> Vec<String> {
    let text = fs::read_to_string(root.join("main.tf")).unwrap_or_default();
    let items = text.lines().filter_map(|line| line.trim().strip_prefix("try(jsonencode("));
    items.map(|item| item.trim_end_matches("), \"!ERR\"),").to_owned()).collect()
}

#[test]
fn every_expression_is_worth_what_terraform_makes_of_it() {
    let mut used = Vec::new();
    let mut differing = Vec::new();
    let (mut count, mut borne) = (0, 0);
    let mut folders = names(&cases());
    folders.sort();
    for name in folders.iter().filter(|name| cases().join(name).join("want.txt").is_file()) {
        let root = cases().join(name);
        let want = fs::read_to_string(root.join("want.txt")).unwrap();
        let want: Vec<&str> = want.lines().collect();
        let got = answers(&root);
        let asked = asked(&root);
        count += want.len();
        assert_eq!(got.len(), want.len(), "{name}");
        for (at, (got, want)) in got.iter().zip(&want).enumerate().filter(|(_, (got, want))| got != *want) {
            let asked = asked.get(at).cloned().unwrap_or_default();
            if KNOWN.iter().any(|(_, expressions)| expressions.contains(&asked.as_str())) {
                borne += 1;
                used.push(asked);
                continue;
            }
            differing.push(format!("{name} #{at}: {asked}\n    want {want}\n    got  {got}"));
        }
    }
    assert!(count >= 1000, "only {count} expressions");
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n"));
    let listed: usize = KNOWN.iter().map(|(_, expressions)| expressions.len()).sum();
    assert_eq!(borne, listed, "an expression is listed that does not differ any more: {used:?}");
}

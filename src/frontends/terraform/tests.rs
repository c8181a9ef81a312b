//! The evaluator against a real `terraform console`: each folder of `testdata/…/eval` holds a module whose `local.r`
//! is a list of strings, and `want.txt` what Terraform makes of them, written by `refresh.sh` beside.

use super::eval::Evaluator;
use super::instance::Instance;
use super::{Files, FolderFiles, Module, ModuleFile, Program};
use crate::model::{Kind, Reason, Value};
use crate::source::{FileId, Site, SourceFile, Sources, Span};
use crate::syntax::hcl;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/terraform/eval")
}

/// Expressions whose answer differs, and why that is borne.
const KNOWN: [(&str, &[&str]); 8] = [
    (
        "numbers have the digits of an `f64` behind the point, and no infinity or negative zero",
        &[
            "can(1 / 0)",
            "1 % 0",
            "1 / 3",
            "2 / 3",
            "1 / 3 + 1 / 3 + 1 / 3",
            "100000000000000000000000 / 3",
            "3.14159265358979323846",
            "-0",
            "false || 1 / 0 == 1",
            "1.1 + 2.2",
            "3 * 1.1",
            "1 - 0.9",
            "22 / 7",
        ],
    ),
    (
        "a value does not say whether it is a list or a tuple, a map or an object",
        &[
            "lookup(tomap({ a = 1 }), \"b\", \"x\")",
            "tolist([1]) == [1]",
            "tomap({ a = 1 }) == { a = 1 }",
            "concat(tolist([\"a\"]), tolist([1]))",
            "lookup(var.ms, \"zzz\", 5)",
            "lookup(var.mn, \"zzz\", \"5\")",
        ],
    ),
    (
        "collections may be of `any`, so that branches without a common type are let through",
        &[
            "true ? [1] : [true]",
            "true ? { a = 1, b = [] } : { a = 2 }",
            "true ? tolist([1]) : [true]",
            "true ? { a = \"1\", b = [] } : { c = 3 }",
            "true ? [\"a\", [\"b\"]] : []",
        ],
    ),
    (
        "`&&` and `||` leave out what cannot matter, as Terraform 1.12 does",
        &["false && null", "null || true", "false && [][0]", "true || {}.a"],
    ),
    ("a set of objects keeps the order in which it was written", &["var.so"]),
    ("null has no type", &["var.setnull[*]"]),
    (
        "functions that want a list take a set too",
        &[
            "concat(local.set, [\"z\"])[0]",
            "coalescelist([], local.set)",
            "element(local.set, 0)",
            "slice(local.set, 0, 1)",
            "index(local.set, \"b\")",
            "zipmap(local.set, local.set)",
        ],
    ),
    (
        "templates may render templates, as in OpenTofu, within a limit",
        &["templatefile(\"calls.tftpl\", { name = \"x\" })", "templatefile(\"self.tftpl\", {})"],
    ),
];

struct Disk {
    root: PathBuf,
    sources: Sources,
}

fn unreadable(path: &str) -> Reason {
    Reason::File { path: path.into() }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        let text = self.read_unlisted(path)?;
        Ok(self.sources.add(SourceFile::new(path.to_owned(), path.to_owned(), text, false)))
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        fs::read_to_string(self.root.join(path)).map_err(|_| unreadable(path))
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        Ok(self.root.join(path).is_file())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        let mut found = Vec::new();
        for name in names(&self.root.join(folder)) {
            let path = super::module::join(folder, &name);
            if self.root.join(&path).is_dir() {
                found.extend(self.list(&path)?.into_iter().map(|inner| format!("{name}/{inner}")));
            } else {
                found.push(name);
            }
        }
        found.sort();
        Ok(found)
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn load(disk: &Disk, folder: &str) -> Option<Module> {
    let mut files = FolderFiles::default();
    for name in names(&disk.root.join(folder)) {
        let path = super::module::join(folder, &name);
        let (into, parse): (_, fn(&str) -> hcl::Parsed) = match name.as_str() {
            name if name.ends_with(".tf") => (&mut files.configuration, hcl::parse),
            name if name.ends_with(".tf.json") => (&mut files.configuration, hcl::parse_json),
            name if name.ends_with(".tfvars") => (&mut files.values, hcl::parse),
            name if name.ends_with(".tfvars.json") => (&mut files.values, hcl::parse_json_values),
            _ => continue,
        };
        let (id, source) = disk.read(&path).unwrap();
        let parsed = parse(source.text());
        assert!(parsed.errors.is_empty(), "{path}: {:?}", parsed.errors);
        into.push(ModuleFile { id, source, tree: parsed.tree });
    }
    (!files.configuration.is_empty()).then(|| Module::new(folder.to_owned(), files))
}

/// The elements of a module's `local.r`, as text; `!ERR` for what Terraform would refuse.
pub(crate) fn answers(root: &Path) -> Vec<String> {
    let disk = Disk { root: root.to_owned(), sources: Sources::default() };
    let mut program = Program::default();
    let mut open = BTreeSet::from([String::new()]);
    while let Some(folder) = open.pop_first() {
        if let Some(module) = load(&disk, &folder) {
            program.add(module);
            open.extend(program.missing());
        }
    }
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
    let mut differing = Vec::new();
    let (mut count, mut borne) = (0, 0);
    let mut folders = names(&cases());
    folders.sort();
    for name in folders.iter().filter(|name| cases().join(name).is_dir()) {
        let root = cases().join(name);
        let want = fs::read_to_string(root.join("want.txt")).unwrap();
        let want: Vec<&str> = want.lines().collect();
        let got = answers(&root);
        let asked = asked(&root);
        count += want.len();
        assert_eq!(got.len(), want.len(), "{name}");
        for (at, (got, want)) in got.iter().zip(&want).enumerate().filter(|(_, (got, want))| got != *want) {
            let asked = asked.get(at).map_or("", String::as_str);
            if KNOWN.iter().any(|(_, expressions)| expressions.contains(&asked)) {
                borne += 1;
                continue;
            }
            differing.push(format!("{name} #{at}: {asked}\n    want {want}\n    got  {got}"));
        }
    }
    assert!(count >= 1000, "only {count} expressions");
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n"));
    let listed: usize = KNOWN.iter().map(|(_, expressions)| expressions.len()).sum();
    assert_eq!(borne, listed, "an expression is listed that does not differ any more");
}

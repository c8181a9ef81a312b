//! Single expressions: `console/*.cases`, over the module in `console/root`.

use super::super::eval::{Evaluator, Scope};
use super::super::instance::Instance;
use super::super::module::ModuleFile;
use super::render::render;
use super::{Disk, cases, names, program};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Expressions whose answer differs, each behind `> ` below the `# reason` why that is borne.
fn borne() -> BTreeSet<String> {
    let text = fs::read_to_string(cases().join("console/differs.txt")).unwrap();
    assert!(text.starts_with("# "), "every expression has a reason");
    text.lines().filter_map(|line| line.strip_prefix("> ")).map(str::to_owned).collect()
}

/// Expressions and the console's answers.
fn read(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let mut cases = Vec::new();
    while let Some(line) = lines.next() {
        cases.push((line.strip_prefix("> ").unwrap().to_owned(), lines.next().unwrap().to_owned()));
    }
    cases
}

/// Each expression as a local of a file of its own; `None` where it has a syntax error.
fn file(disk: &Disk, at: usize, expression: &str) -> Option<ModuleFile> {
    let text = format!("locals {{\n  asked_{at} = ({expression})\n}}\n");
    let parsed = hcl::parse(&text);
    let path = format!("asked_{at}.tf");
    let (id, source) = disk.sources.add(SourceFile::new(path.clone(), path, text, false));
    parsed.errors.is_empty().then_some(ModuleFile { id, source, tree: parsed.tree.into() })
}

fn answers(cases: &[(String, String)], root: &Path) -> Vec<String> {
    let disk = Disk { root: root.to_owned(), sources: Sources::default() };
    let files = cases.iter().enumerate().filter_map(|(at, (expression, _))| file(&disk, at, expression));
    let program = program(&disk, files.collect());
    let evaluator = Evaluator::new(&program, &disk);
    let instance = Instance::root(program.module("").unwrap());
    let answer = |at: usize| {
        let local = instance.module.locals.get(&*format!("asked_{at}"))?.last()?;
        let file = &instance.module.files[local.file as usize];
        let before = evaluator.refused.get();
        let value = evaluator.eval(local.expr, Scope { instance: &instance, file, frame: None });
        if evaluator.refused.get() > before { None } else { render(&value) }
    };
    (0..cases.len()).map(|at| answer(at).unwrap_or_else(|| "!ERR".to_owned())).collect()
}

/// Null has no type here.
fn untyped(want: &str) -> String {
    let mut text = want.to_owned();
    for typed in ["tostring(null)", "tonumber(null)", "tobool(null)"] {
        text = text.replace(typed, "null");
    }
    while let Some((start, rest)) = text.split_once("null /* ") {
        let Some((_, end)) = rest.split_once("*/") else { break };
        text = format!("{start}null{end}");
    }
    for typed in ["tolist(null) /* of ", "toset(null) /* of ", "tomap(null) /* of "] {
        while let Some((start, rest)) = text.split_once(typed) {
            let Some((_, end)) = rest.split_once("*/") else { break };
            text = format!("{start}null{end}");
        }
    }
    text
}

#[test]
fn every_expression_is_worth_what_the_console_prints() {
    let folder = cases().join("console");
    let mut files: Vec<String> = names(&folder).into_iter().filter(|name| name.ends_with(".cases")).collect();
    files.sort();
    let mut count = 0;
    let borne = borne();
    let mut listed = borne.clone();
    let mut differing = Vec::new();
    for name in &files {
        let cases = read(&folder.join(name));
        count += cases.len();
        let got = answers(&cases, &folder.join("root"));
        for ((expression, want), got) in cases.iter().zip(got) {
            let want = untyped(want);
            if got == want {
                continue;
            }
            listed.remove(expression);
            if !borne.contains(expression) {
                differing.push(format!("{name}: {expression}\n    want {want}\n    got  {got}"));
            }
        }
    }
    if let Ok(path) = std::env::var("DIFF_OUT") {
        fs::write(path, differing.join("\n")).unwrap();
    }
    assert!(count >= 3000, "only {count} expressions");
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n"));
    assert!(listed.is_empty(), "listed, but not different any more: {listed:#?}");
}

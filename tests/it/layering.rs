//! The way of the data: no module uses one that stands right of it.

use std::fs;
use std::path::{Path, PathBuf};

/// From left to right. Modules of one row may use each other.
const ORDER: [&[&str]; 18] = [
    &["catalog", "secrets", "source"],
    &["system"],
    &["discover", "git"],
    &["syntax"],
    &["exceptions"],
    &["model"],
    &["frontends"],
    &["facts"],
    &["policies"],
    &["findings"],
    &["fixes"],
    &["config"],
    &["baseline"],
    &["report"],
    &["engine"],
    &["workspace"],
    &["lsp"],
    &["cli"],
];

/// Plain data that any step may produce.
const EVERYWHERE: [&str; 2] = ["findings::Problem", "findings::ProblemKind"];

fn is_plain_data(used: &str) -> bool {
    EVERYWHERE
        .iter()
        .any(|data| used == *data || used.strip_prefix(data).is_some_and(|rest| rest.starts_with("::")))
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&module))
}

#[test]
fn the_data_goes_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in rust_files(&source) {
        let path = file.strip_prefix(&source).unwrap();
        let module = path.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(own) = rank(module) else {
            wrong.push(format!("{}: `{module}` has no place in the order", path.display()));
            continue;
        };
        for used in paths_into_the_crate(&fs::read_to_string(&file).unwrap()) {
            let target = used.split("::").next().unwrap();
            if rank(target).is_none_or(|target| target > own) && !is_plain_data(&used) {
                wrong.push(format!("{}: uses `{used}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point back:\n{}", wrong.join("\n"));
}

/// Who prints sees sources masked and findings free of secrets, and has no way to anything else.
#[test]
fn no_reporter_can_get_at_a_secret() {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    let unmasked = ["source::Sources", "source::SourceFile", "findings::Redactor", "findings::redact"];
    for file in rust_files(&report).into_iter().filter(|file| !file.ends_with("tests.rs")) {
        let used = paths_into_the_crate(&fs::read_to_string(&file).unwrap());
        let wrong: Vec<_> = used.iter().filter(|used| unmasked.contains(&used.as_str())).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
    }
}

#[test]
fn paths_are_read_out_of_code() {
    let code = "use crate::{a, b::{c, d::e}};\nuse crate::f::G;\nfn h() { crate::i::j() } // crate::k\nuse crate::l::{\n    M,\n    N,\n};";
    assert_eq!(paths_into_the_crate(code), ["a", "b::c", "b::d::e", "f::G", "i::j", "l::M", "l::N"]);
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every path behind `crate::`, groups in braces taken apart.
fn paths_into_the_crate(code: &str) -> Vec<String> {
    let code: String =
        code.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join(" ");
    code.split("crate::").skip(1).flat_map(|rest| tree(&mut rest.chars().peekable(), "")).collect()
}

fn tree(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, prefix: &str) -> Vec<String> {
    let mut path = prefix.to_owned();
    loop {
        match rest.peek() {
            Some('{') => {
                rest.next();
                let mut all = Vec::new();
                loop {
                    while rest.next_if(|next| next.is_whitespace() || *next == ',').is_some() {}
                    if rest.next_if_eq(&'}').is_some() || rest.peek().is_none() {
                        return all;
                    }
                    let before = all.len();
                    all.extend(tree(rest, &path));
                    while rest.next_if(|next| !matches!(next, ',' | '}')).is_some() {}
                    if all.len() == before {
                        return all;
                    }
                }
            }
            Some(next) if next.is_alphanumeric() || matches!(next, '_' | ':') => {
                path.push(*next);
                rest.next();
            }
            Some(_) | None => {
                let path = path.trim_end_matches(':');
                return if path.is_empty() { Vec::new() } else { vec![path.to_owned()] };
            }
        }
    }
}

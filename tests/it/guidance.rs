//! `docs/aws-guidance.md` and the policies are in step: every recommendation of AWS's five documents has a row, and every row
//! the policies that check it, or why none can.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The recommendations of each document.
const DOCUMENTS: [usize; 5] = [22, 12, 20, 9, 23];

/// What a row without a policy begins with, and what it names then.
const NOT_SHOWN: &str = "Not shown: ";
const NEAREST: &str = "; nearest: ";

struct Row {
    number: String,
    /// What AWS recommends, and in which section.
    asked: [String; 2],
    in_code: String,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/aws-guidance.md");
    let text = fs::read_to_string(path).unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let numbered = |line: &&str| {
        line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    text.lines()
        .filter(numbered)
        .map(|line| match <[String; 4]>::try_from(cells(line)) {
            Ok([number, recommendation, section, in_code]) => {
                Row { number, asked: [recommendation, section], in_code }
            }
            Err(cells) => panic!("{} cells in `{line}`", cells.len()),
        })
        .collect()
}

/// Code and page of every link to a policy: `[KEY01](../policies/access-key-resource.md)`.
fn links(text: &str) -> Vec<(String, String)> {
    text.split('[')
        .skip(1)
        .filter_map(|rest| {
            let (code, rest) = rest.split_once("](../policies/")?;
            let (page, _) = rest.split_once(".md)")?;
            Some((code.to_owned(), page.to_owned()))
        })
        .collect()
}

/// The policies' codes by name.
fn policies() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut found = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|end| end == "guard") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().find_map(|line| line.strip_prefix("# id: ")).unwrap().to_owned();
            found.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), code);
        }
    }
    found
}

#[test]
fn every_recommendation_has_a_row() {
    let expected: Vec<String> = DOCUMENTS
        .iter()
        .enumerate()
        .flat_map(|(document, count)| (1..=*count).map(move |row| format!("{document}.{row}")))
        .collect();
    let rows = rows();
    assert_eq!(rows.iter().map(|row| row.number.clone()).collect::<Vec<_>>(), expected);
    for row in rows {
        assert!(row.asked.iter().all(|cell| !cell.is_empty()), "{} says too little", row.number);
    }
}

#[test]
fn every_row_names_a_policy_or_says_why_there_is_none() {
    for Row { number, in_code, .. } in rows() {
        match in_code.strip_prefix(NOT_SHOWN) {
            Some(why) => {
                let (reason, nearest) =
                    why.split_once(NEAREST).unwrap_or_else(|| panic!("{number} names nothing near"));
                assert!(reason.len() > 20 && nearest.len() > 10, "{number} says too little");
            }
            None => assert!(!links(&in_code).is_empty(), "{number} names no policy and no reason"),
        }
    }
}

#[test]
fn every_policy_is_named_and_every_name_is_a_policy() {
    let policies = policies();
    let mut named = BTreeSet::new();
    for Row { number, in_code, .. } in rows() {
        for (code, page) in links(&in_code) {
            assert_eq!(policies.get(&page), Some(&code), "{number}: {code} is not {page}");
            named.insert(page);
        }
    }
    // What AWS says nothing of: what people say to keyless.
    let of_its_own = |code: &str| code.starts_with("EXC");
    let advised = policies.into_iter().filter(|(_, code)| !of_its_own(code)).map(|(name, _)| name);
    assert_eq!(named, advised.collect());
}

//! `SECURITY.md` says which tests hold keyless to what it promises: they are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The functions that carry `#[test]` in the files below a folder.
fn tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for after in text.split("#[test]").skip(1) {
                let name = after.split_once("fn ").and_then(|(_, rest)| rest.split_once('('));
                found.extend(name.map(|(name, _)| name.to_owned()));
            }
        }
    }
}

#[test]
fn tests_that_security_md_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut known = BTreeSet::new();
    tests(&root.join("src"), &mut known);
    tests(&root.join("tests"), &mut known);
    let in_code = page.split('`').skip(1).step_by(2);
    let is_name = |text: &&str| text.bytes().filter(|byte| *byte == b'_').count() > 2;
    let named: BTreeSet<&str> = in_code
        .filter(is_name)
        .filter(|text| {
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        })
        .collect();
    assert!(named.len() > 15, "{named:?}");
    let missing: Vec<_> = named.iter().filter(|name| !known.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for file in page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with(".ci/") || text.starts_with("scripts/"))
    {
        assert!(root.join(file).exists(), "{file}");
    }
}

//! `docs/limits.md` names every bound of keyless with the value that it has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Bounds that are no bounds of analysis: what reports, editors and tests show.
const ELSEWHERE: [&str; 3] = ["report", "lsp", "tests"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() && !ELSEWHERE.contains(&name.as_str()) {
            sources(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// The bounds that the code has: file, name and value.
fn of_code(root: &Path) -> BTreeSet<(String, String, String)> {
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let mut found = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        for line in text.lines() {
            let Some((_, declared)) = line.split_once("const ") else { continue };
            let Some((name, value)) = declared.split_once(": ") else { continue };
            let is_bound = name.starts_with("MAX_") || name.ends_with("_LIMIT");
            if let Some((_, value)) = value.strip_suffix(';').and_then(|value| value.split_once(" = "))
                && is_bound
                && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            {
                found.insert((file.clone(), name.to_owned(), value.to_owned()));
            }
        }
    }
    found
}

#[test]
fn the_page_of_limits_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/limits.md")).unwrap();
    let said: BTreeSet<(String, String, String)> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("src/"))
        .map(|line| {
            let marked: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
            let [.., value, file, name] = marked.as_slice() else { panic!("{line}") };
            ((*file).to_owned(), (*name).to_owned(), (*value).to_owned())
        })
        .collect();
    let code = of_code(root);
    let missing: Vec<_> = code.difference(&said).collect();
    let stale: Vec<_> = said.difference(&code).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "not on the page: {missing:#?}\nnot in the code: {stale:#?}"
    );
}

//! Public code in other shapes, against the `terraform fmt` that is installed.

use super::oracle::shared;
use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// As it is, with a byte order mark, with other line breaks, and with one character missing.
fn shapes(text: &str, at: usize) -> [(&'static str, String); 4] {
    let text = text.trim_start_matches('\u{feff}');
    let characters: Vec<char> = text.chars().collect();
    let gone = at.wrapping_mul(2_654_435_761) % characters.len().max(1);
    let cut = characters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| *c).collect();
    [
        ("plain", text.to_owned()),
        ("mark", format!("\u{feff}{text}")),
        ("breaks", text.replace("\r\n", "\n").replace('\n', "\r\n")),
        ("cut", cut),
    ]
}

/// Files that `terraform fmt` refuses below a folder.
fn refused(folder: &Path) -> Option<BTreeSet<String>> {
    let arguments = ["fmt", "-write=false", "-list=false", "-recursive", "-no-color"];
    let output = Command::new("terraform").args(arguments).current_dir(folder).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let places = errors.lines().filter_map(|line| line.strip_prefix("  on ")?.split_once(" line "));
    Some(places.map(|(path, _)| path.to_owned()).collect())
}

#[test]
#[ignore = "takes a minute; .ci/slow runs it"]
fn public_code_in_any_shape_is_taken_or_refused_as_by_terraform() {
    let Some(corpora) = shared().map(|shared| shared.join("corpora")) else {
        eprintln!("skipped: no corpora beside the repository");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut ours = BTreeSet::new();
    let mut count = 0;
    for entry in ignore::WalkBuilder::new(corpora).standard_filters(false).build().flatten() {
        let path = entry.path();
        if !path.is_file() || path.extension().is_none_or(|extension| extension != "tf") {
            continue;
        }
        let Ok(text) = fs::read_to_string(path) else { continue };
        count += 1;
        for (shape, text) in shapes(&text, count) {
            let name = format!("{shape}_{count}.tf");
            fs::write(folder.path().join(&name), &text).unwrap();
            if !parse(&text).errors.is_empty() {
                ours.insert(name);
            }
        }
    }
    let Some(theirs) = refused(folder.path()) else {
        eprintln!("skipped: no terraform on the PATH");
        return;
    };
    let differing: Vec<_> = ours.symmetric_difference(&theirs).collect();
    assert!(differing.is_empty(), "{} of {count}: {differing:?}", differing.len());
    assert!(count > 4000 && theirs.len() > 100, "{count} files, {} refused", theirs.len());
}

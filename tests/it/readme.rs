//! What the README shows is what the program says.

use crate::harness::run_in;
use std::path::Path;

#[test]
fn the_picture_in_the_readme_is_a_real_diagnostic() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(project.join("README.md")).unwrap();
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let ran = run_in(project, &["check", "testdata/demo"]);
    assert!(
        ran.stdout.contains(picture),
        "the README shows\n{picture}\nbut the program says\n{}",
        ran.stdout
    );
    assert_eq!(ran.code, 1);
}

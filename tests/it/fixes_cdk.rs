//! What is told to be written in CDK apps: nothing is edited, since templates are made anew.

use insta::assert_snapshot;
use keyless::engine::{CheckRequest, check};
use keyless::findings::Safety;
use keyless::source::Sources;
use keyless::system::Disk;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn apps_are_told_what_to_write() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let apps: [PathBuf; 6] = [
        data.join("cdk/fleet"),
        data.join("cdk/shop"),
        data.join("cdk/intake"),
        data.join("cdk/legacy"),
        data.join("cdk/mono"),
        data.join("frontends/cdk/app"),
    ];
    let mut told = String::new();
    for app in apps {
        let folder = tempfile::tempdir().unwrap();
        copy(&app, folder.path());
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
        let request = CheckRequest {
            paths: vec![folder.path().into()],
            strict: true,
            fixes: true,
            ..CheckRequest::default()
        };
        let sources = Sources::default();
        let outcome = check(&request, &Disk, &sources);
        writeln!(told, "=== {}", app.file_name().unwrap().to_str().unwrap()).unwrap();
        for finding in outcome.findings.iter().chain(&outcome.cannot_tell) {
            let source = sources.get(finding.primary.site.file);
            if finding.construct.is_none() {
                continue;
            }
            for fix in &finding.fixes {
                assert!(fix.safety == Safety::Display && fix.edits.is_empty(), "{fix:?}");
                let line = source.position(finding.primary.site.span.start).line;
                let construct = finding.construct.as_deref().unwrap();
                writeln!(told, "{} {}:{line} {construct}", finding.code, source.root_path).unwrap();
                writeln!(told, "  {} [{}: {}]", fix.title, fix.effect.as_str(), fix.because).unwrap();
                writeln!(told, "  note: {}", fix.note).unwrap();
            }
        }
    }
    assert_snapshot!(told);
}

//! A CDK app as the real library synthesizes it (aws-cdk-lib 2, cloud assembly 55), on another machine: `/ci/builds/7/shop`.

use crate::harness::Repo;
use std::fs;
use std::path::Path;

fn copy(from: &Path, under: &str, repo: &Repo) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(&path, &format!("{name}/"), repo);
        } else {
            repo.write(&name, fs::read(&path).unwrap());
        }
    }
}

/// The findings with what they name and the code of the user's that they stand on.
fn reported(repo: &Repo) -> String {
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["problems"], serde_json::json!([]));
    assert_eq!(report["cannot_tell"], serde_json::json!([]));
    let mut text = String::new();
    for finding in report["findings"].as_array().unwrap() {
        let path = finding["path"].as_str().unwrap();
        let line = finding["start"]["line"].as_u64().unwrap();
        let file = fs::read_to_string(repo.path().join(path)).unwrap();
        let code = file.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().trim();
        let addresses: Vec<&str> = finding["addresses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|address| address.as_str().unwrap())
            .collect();
        let addresses = addresses.join(" ");
        text.push_str(&format!("{} {path}:{line} [{addresses}] {code}\n", finding["code"].as_str().unwrap()));
    }
    text
}

#[test]
fn findings_of_a_synthesized_app_stand_on_its_code() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/cdk/app");
    for folder in ["", "checked/out/elsewhere/"] {
        let repo = Repo::new();
        copy(&app, folder, &repo);
        let found = reported(&repo).replace(folder, "");
        insta::assert_snapshot!("synthesized_app", found);
    }
}

#[test]
fn without_the_apps_code_the_template_is_the_place() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/cdk/app/infra/cdk.out");
    let repo = Repo::new();
    copy(&app, "cdk.out/", &repo);
    insta::assert_snapshot!("synthesized_app_alone", reported(&repo));
}
